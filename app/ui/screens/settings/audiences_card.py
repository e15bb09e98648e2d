"""Which places permission forms ask about: the headteacher chooses (P8). What is not asked about may not be used."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QSizePolicy, QWidget

from app.domain.permissions import Audience
from app.domain.problems import Problem
from app.services.office import Office
from app.services.permissions import AskedAudiences, SetAudiences
from app.ui.parts.arrange import STRETCH, row
from app.ui.parts.banner import Banner
from app.ui.parts.buttons import secondary
from app.ui.parts.card import Card
from app.ui.parts.text import body


class AudiencesCard(Card):
    """Ticks. Nothing changes before they are saved."""

    done = Signal(str)
    """The choice is saved: the sentence to say."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self.banner = Banner()
        self.ticks = {audience: QCheckBox(audience.words) for audience in Audience}
        held = QWidget()
        grid = QGridLayout(held)
        grid.setContentsMargins(0, 0, 0, 0)
        for at, (audience, tick) in enumerate(self.ticks.items()):
            tick.setAccessibleName(f"Forms ask about: {audience.words}")
            tick.clicked.connect(self._offer)
            grid.addWidget(tick, *divmod(at, 3))
        self.ticks[Audience.CLASS_STORY].setEnabled(False)
        self.save_button = secondary("Save t&he places", self._save)
        super().__init__(
            "Places that permission forms ask about",
            body(
                "The class story is always asked about. In a place that is not ticked, no child may be shown. "
                "Answers already on record are kept, and count again when you tick the place again."
            ),
            self.banner,
            held,
            row(STRETCH, self.save_button),
        )
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._shown: frozenset[Audience] = frozenset()

    @property
    def is_changed(self) -> bool:
        """Something was ticked that is not saved."""
        return bool(self._shown) and self._ticked() != self._shown

    def refresh(self) -> None:
        """Show what stands; what is being chosen is not overwritten."""
        if self.is_changed:
            return
        self._shown = frozenset(self._office.ask(AskedAudiences()))
        for audience, tick in self.ticks.items():
            tick.setChecked(audience in self._shown)
        self._offer()

    def _ticked(self) -> frozenset[Audience]:
        return frozenset(audience for audience, tick in self.ticks.items() if tick.isChecked())

    def _offer(self) -> None:
        self.save_button.setEnabled(self.is_changed)

    def _save(self) -> None:
        chosen = self._ticked()
        try:
            self._office.perform(SetAudiences(tuple(audience for audience in Audience if audience in chosen)), self)
        except Problem as problem:
            self.banner.problem(problem)
            return
        self.banner.dismiss()
        self._shown = chosen
        self._offer()
        self.done.emit("The places are saved. Forms and the board ask about them now.")

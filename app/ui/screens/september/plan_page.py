"""The plan: classes as they will be, what else happens, and the button that does it."""

from __future__ import annotations

from PySide6.QtCore import QDate, Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from app.domain.september import NextClass
from app.domain.years import spoken_year
from app.ui.parts.arrange import STRETCH, row, scrolling, tiles
from app.ui.parts.buttons import primary, secondary
from app.ui.parts.card import Card
from app.ui.parts.chip import Chip, Tone
from app.ui.parts.columns import Column
from app.ui.parts.form import Form, day_of
from app.ui.parts.table import Table
from app.ui.parts.text import body
from app.ui.screens.pupils.tables import fill
from app.ui.screens.september.presenter import SeptemberPresenter
from app.ui.theme.current import theme
from app.ui.theme.spacing import BETWEEN


class PlanPage(QWidget):
    """Nothing happens before "Apply the plan"."""

    changed = Signal()
    back = Signal()
    applied = Signal()

    def __init__(self, presenter: SeptemberPresenter) -> None:
        super().__init__()
        self._presenter = presenter
        self.table: Table[NextClass] = Table(
            "Classes as they will be",
            (
                Column("Class", text=lambda each: each.name, strong=True, stretch=True, least=110),
                Column("Year", text=lambda each: spoken_year(each.year), width=110),
                Column("Pupils", text=lambda each: str(each.count), number=True, width=80),
                Column("State", text=lambda each: _state(each).word, chip=_state, width=170),
            ),
            key=lambda each: each.key,
            empty=("class", "No classes yet. Bring in the class lists first."),
        )
        self.form = Form()
        self.day = self.form.date("Leavers' last &day", hint="Their links end when you apply the plan.")
        self.end_empty = self.form.tick(
            "&End classes that nobody goes to", hint="Classes for new starters stay in use. Nothing recorded is lost."
        )
        self.words = body()
        self.back_button = secondary("Back to the &places", self.back.emit, icon="back")
        self.apply_button = primary("&Apply the plan...", self.applied.emit, icon="done")
        what = Card("What happens", self.words)
        how = Card("How", self.form)
        for card in (what, how):
            card.inside.addStretch(1)
            card.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(theme().px(BETWEEN))
        whole.addWidget(scrolling(tiles(what, how, least=340), self.table, margin=0), 1)
        whole.addWidget(row(self.back_button, STRETCH, self.apply_button))
        self.day.dateChanged.connect(lambda _day: self._day_set())
        self.end_empty.toggled.connect(self._end_set)

    def show_plan(self, last_day: QDate) -> None:
        """Show the draft in hand."""
        draft, plan = self._presenter.draft, self._presenter.plan
        if draft is None or plan is None:
            return
        for field in (self.day, self.end_empty):
            field.blockSignals(True)
        self.day.setDate(last_day)
        self.end_empty.setChecked(draft.end_empty)
        for field in (self.day, self.end_empty):
            field.blockSignals(False)
        may = self._presenter.may_change
        self.form.setEnabled(may)
        self.form.show_field(self.day, bool(plan.leavers))
        fill(self.table, tuple(self._presenter.classes()), most=12)
        self.words.setText("\n".join(self._lines()))
        self.apply_button.setVisible(may)
        state = self._presenter.state
        early = state is not None and state.too_early
        self.apply_button.setEnabled(bool(plan.moves) and not plan.unplaced and not early)

    def _lines(self) -> list[str]:
        plan = self._presenter.plan
        assert plan is not None
        lines = [] if plan.moves else [self._presenter.summary()]
        if self._presenter.state is not None and self._presenter.state.too_early:
            lines.append("It is too early to apply it. Keep the draft, and apply it from 1 June at the earliest.")
        if plan.unplaced:
            lines.append("Give everybody a place before you apply the plan.")
        if plan.doubts:
            count = len(plan.doubts)
            lines.append(f"{count} {'pupil' if count == 1 else 'pupils'} to look at again: see “Look again”.")
        if plan.leavers:
            lines.append("Leavers: links end, codes and login cards are revoked. Then do it in ClassDojo.")
        lines.append("Unused codes of pupils who change class are revoked: a new class needs a new code.")
        lines.append("The class lists that change are issued anew. Nobody should post before staff have read them.")
        return lines

    def _day_set(self) -> None:
        self._presenter.set_last_day(day_of(self.day))
        self.changed.emit()

    def _end_set(self, on: bool) -> None:
        self._presenter.set_end_empty(on)
        self.changed.emit()


def _state(each: NextClass) -> Chip:
    if each.key.startswith("n"):
        word = "Empty: not made" if each.ends else "New"
        return Chip("add", word, Tone.QUIET if each.ends else Tone.INFO)
    if each.ends:
        return Chip("removed", "Empty: ends", Tone.WARN)
    return Chip("done", "In use", Tone.GOOD) if each.count else Chip("nothing", "Waits for starters", Tone.QUIET)

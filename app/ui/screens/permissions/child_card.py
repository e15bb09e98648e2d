"""One child's permissions on a card: the ruling for each kind and place, every answer, and the form behind it (P8)."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QSizePolicy, QVBoxLayout, QWidget

from app.domain.permissions import Answer, Audience, MediaKind
from app.domain.problems import Problem
from app.domain.words import day_words
from app.services.office import Office
from app.services.permissions import AskedAudiences
from app.services.permissions_forms import read_scan
from app.store.reads.permissions import ChildPermissions, SaidLine
from app.ui.parts.arrange import clear, wrapping
from app.ui.parts.banner import Banner
from app.ui.parts.buttons import secondary
from app.ui.parts.card import Card
from app.ui.parts.chip import Chip, Tone
from app.ui.parts.columns import Column
from app.ui.parts.rulings import RulingGrid
from app.ui.parts.table import Table
from app.ui.screens.chips import ruled
from app.ui.screens.permissions.answer_dialog import ask_answer
from app.ui.screens.permissions.child_presenter import ChildPresenter, answer_words
from app.ui.screens.permissions.form_view import show_form
from app.ui.theme.current import theme

_ABREAST, _ABREAST_LARGE = 3, 2
"""Places side by side in one grid; fewer in large text."""
_LARGE = 1.25
_MOST = 6
"""Answers in sight; more scroll."""


class PermissionsCard(Card):
    """The grid says what holds, the table below who said what. `refresh` reads it again."""

    done = Signal(str)
    """Something was recorded: the sentence to say."""

    def __init__(self, office: Office, pupil_id: int, banner: Banner) -> None:
        self.presenter = ChildPresenter(office, pupil_id)
        self._banner = banner
        self._asked: tuple[Audience, ...] = ()
        self._place = QWidget()
        inside = QVBoxLayout(self._place)
        inside.setContentsMargins(0, 0, 0, 0)
        self.grids = self._grids(office.ask(AskedAudiences()))
        for grid in self.grids:
            inside.addWidget(grid)
        self.table = _answers()
        self.record_button = secondary("&Record an answer", self.record_answer, icon="edit")
        self.form_button = secondary("&Open the form", self.open_form, icon="evidence")
        self.attach_button = secondary("&Keep the form...", self.attach_form, icon="import")
        super().__init__(
            "Permissions",
            self._place,
            self.table,
            wrapping(self.attach_button, self.form_button, self.record_button),
        )
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.table.on_chosen(lambda _line: self._offer())
        self.table.on_opened(lambda line: self.open_form() if line.has_form else None)

    def refresh(self) -> None:
        """Read the child's answers again. Raises `Problem` where there is no such child."""
        known = self.presenter.load()
        self._lay_out(known.asked)
        rulings = {(kind.words, where.words): ruled(found) for (kind, where), found in known.rulings.items()}
        for grid in self.grids:
            grid.show_rulings(rulings)
        self._fill(known)
        self._offer()

    def record_answer(self, kind: MediaKind | None = None, where: Audience | None = None) -> None:
        """Enter one person's answers from a form."""
        said = ask_answer(self, self.presenter.people(), self._asked, self.presenter.today, kind, where)
        if said is None:
            return
        try:
            count = self.presenter.record(said, self)
        except Problem as problem:
            self._banner.problem(problem)
            return
        self._banner.dismiss()
        self.refresh()
        self.done.emit("The answer is recorded." if count == 1 else f"{count} answers are recorded.")

    def open_form(self) -> None:
        """Show the form of the chosen answer."""
        line = self.table.current()
        if line is None or not line.has_form:
            return
        try:
            shown = self.presenter.form_of(line)
        except Problem as problem:
            self._banner.problem(problem)
            return
        about = f"{line.who}, {day_words(line.decided_on)}. This look is noted."
        show_form(self, "The permission form", shown, about)

    def attach_form(self) -> None:
        """Keep the form with an answer that has none."""
        place, _ = QFileDialog.getOpenFileName(self, "Choose the scan", "", "Scans (*.pdf *.jpg *.jpeg *.png);;All (*)")
        if place:
            self.keep_form(Path(place))

    def keep_form(self, place: Path) -> None:
        """Keep a file with the chosen answer."""
        line = self.table.current()
        if line is None:
            return
        try:
            self.presenter.attach(line, read_scan(place), self)
        except Problem as problem:
            self._banner.problem(problem)
            return
        self._banner.dismiss()
        self.refresh()
        self.done.emit("The form is kept.")

    @property
    def grid(self) -> RulingGrid:
        """The grid that has the class story."""
        return self.grids[0]

    def _lay_out(self, asked: tuple[Audience, ...]) -> None:
        if asked == self._asked:
            return
        layout = self._place.layout()
        assert layout is not None
        clear(layout)
        self.grids = self._grids(asked)
        for grid in self.grids:
            layout.addWidget(grid)

    def _grids(self, asked: tuple[Audience, ...]) -> list[RulingGrid]:
        """As many as the places need, so that none is wider than a narrow window."""
        self._asked = asked
        made = []
        abreast = _ABREAST_LARGE if theme().scale > _LARGE else _ABREAST
        for start in range(0, len(asked), abreast):
            places = asked[start : start + abreast]
            grid = RulingGrid("Permissions", [kind.words for kind in MediaKind], [where.words for where in places])
            grid.asked.connect(self._cell_asked)
            made.append(grid)
        return made

    def _cell_asked(self, kind: str, where: str) -> None:
        if self.presenter.may_record:
            chosen = next(one for one in MediaKind if one.words == kind)
            self.record_answer(chosen, next(one for one in Audience if one.words == where))

    def _fill(self, known: ChildPermissions) -> None:
        self.table.set_rows(known.said)
        look = theme()
        head = self.table.horizontalHeader().sizeHint().height()
        rows = max(1, min(len(known.said), _MOST))
        tall = head + rows * look.row_height + 2 * self.table.frameWidth() + look.px(4)
        self.table.setFixedHeight(tall if known.said else look.px(210))

    def _offer(self) -> None:
        line = self.table.current()
        self.record_button.setVisible(self.presenter.may_record)
        self.form_button.setEnabled(line is not None and line.has_form)
        self.attach_button.setEnabled(line is not None and not line.has_form)


def _answers() -> Table[SaidLine]:
    return Table(
        "Answers",
        (
            Column("Who", text=lambda line: line.who, strong=True, stretch=True, least=140, tip=_everything),
            Column("Kind", text=lambda line: line.kind.words, width=115),
            Column("Answer", text=answer_words, chip=_chip, width=120),
            Column("Day", text=lambda line: day_words(line.decided_on), sort=lambda line: line.decided_on, width=135),
            Column("For", text=_places, tip=_places, width=170, spare=True),
            Column("Form", text=lambda line: "Kept" if line.has_form else "", width=60, spare=True),
            Column("Until", text=lambda l: day_words(l.expires_on) if l.expires_on else "", width=135, spare=True),
            Column("Recorded by", text=lambda line: line.recorded_by, quiet=True, width=140, spare=True),
        ),
        key=lambda line: line.ids,
        empty=("permissions", "Nobody has answered yet. Until somebody does, the answer is no."),
    )


def _places(line: SaidLine) -> str:
    return ", ".join(where.words for where in line.audiences)


def _everything(line: SaidLine) -> str:
    parts = (
        f"{line.who}: {answer_words(line).lower()}, {line.kind.words.lower()}",
        f"For: {_places(line)}",
        f"By {line.route}",
        f"Lawful basis: {line.basis.words.lower()}" if line.basis else "Lawful basis: not recorded",
        f"Recorded by {line.recorded_by}",
        "" if line.in_force else "No longer counts: superseded, run out, or not this adult's to give.",
    )
    return "\n".join(part for part in parts if part)


def _chip(line: SaidLine) -> Chip:
    if not line.in_force:
        return Chip("withdrawn", f"{answer_words(line)}, past", Tone.QUIET)
    icon, tone = {
        Answer.GIVEN: ("allowed", Tone.GOOD),
        Answer.REFUSED: ("not-allowed", Tone.STOP),
        Answer.WITHDRAWN: ("withdrawn", Tone.STOP),
    }[line.answer]
    return Chip(icon, answer_words(line), tone)

"""One line of a plan, whole: what changes beside what is here, who a row may be about, why a row is left out."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QGridLayout, QVBoxLayout, QWidget

from app.domain.enrolment_mending import heading_of
from app.domain.enrolment_shapes import Candidate, Doubt, PlannedPupil, RegisterPlan, Settled, Settlement
from app.domain.incoming import FeedReading, IncomingPupil, RowCells
from app.domain.words import day_words
from app.ui.parts.arrange import STRETCH, clear, row, scrolling, wrapping
from app.ui.parts.buttons import secondary
from app.ui.parts.card import Card
from app.ui.parts.facts import Fact, Facts
from app.ui.parts.text import body, caption, literal, quiet, strong
from app.ui.screens.imports.changes import Offered, Taking, changes_of
from app.ui.screens.imports.plan_lines import (
    CHANGED,
    DOUBT,
    LEAVER,
    LOOK,
    MOVES,
    NEW,
    OUT,
    REJECTED,
    REPEATED,
    SAME,
    PlanLine,
    pupil_name,
)
from app.ui.screens.imports.presenter import ImportPresenter, another, same
from app.ui.theme.current import theme
from app.ui.theme.spacing import BETWEEN, WITHIN


class PlanDetail(QWidget):
    """The line that is chosen in the list. What is settled or ticked here is told to the screen."""

    def __init__(
        self,
        presenter: ImportPresenter,
        *,
        on_settled: Callable[[Sequence[Settlement]], object],
        on_unsettled: Callable[[IncomingPupil], object],
        on_left: Callable[[int], object],
        on_taken: Callable[[], object],
    ) -> None:
        super().__init__()
        self._presenter = presenter
        self._on_settled, self._on_unsettled = on_settled, on_unsettled
        self._on_left, self._on_taken = on_left, on_taken
        self._held = QWidget()
        self._column = QVBoxLayout(self._held)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme().px(BETWEEN))
        self.pane = scrolling(self._held, margin=0)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(theme().px(BETWEEN), 0, 0, 0)
        whole.addWidget(self.pane)
        self.ticks: list[QCheckBox] = []
        self.first: QWidget | None = None
        """Where Enter in the list leads; None where there is nothing to do."""

    def show_line(self, line: PlanLine | None) -> None:
        """Show this line, or nothing."""
        clear(self._column)
        self.ticks, self.first = [], None
        if line is None:
            return
        plan, feed = self._presenter.hand.plan, self._presenter.hand.feed
        if plan is not None:
            self._column.addWidget(self._of_plan(plan, line))
        elif feed is not None:
            self._column.addWidget(_of_feed(feed, line))

    def _of_plan(self, plan: RegisterPlan, line: PlanLine) -> QWidget:
        if line.sort == DOUBT:
            return self._doubt(plan.doubts[line.at])
        if line.sort in (MOVES, CHANGED):
            moves = line.sort == MOVES
            pupils = [pupil for pupil in plan.changed if (pupil.moves is not None) is moves]
            return self._changed(plan, pupils[line.at])
        if line.sort == LEAVER:
            return self._leaver(plan, line)
        if line.sort in (REJECTED, LOOK):
            remark = (plan.rejected if line.sort == REJECTED else plan.warnings)[line.at]
            return self._remark(line, remark.file, remark.row, remark.reason)
        if line.sort == OUT:
            return self._left_out(plan.left_out[line.at])
        if line.sort == REPEATED:
            repeated = plan.duplicates[line.at]
            told = (
                f"Row {repeated.incoming.row} is about the same pupil as row {repeated.first_row}, and was put with it."
            )
            return Card(pupil_name(repeated.incoming), body(told), Facts(_pupil_facts(repeated.incoming)))
        planned = (plan.new if line.sort == NEW else plan.unchanged)[line.at]
        told = "All of this is here already." if line.sort == SAME else "This pupil is new."
        return Card(pupil_name(planned.incoming), quiet(told), Facts(_pupil_facts(planned.incoming)))

    def _changed(self, plan: RegisterPlan, pupil: PlannedPupil) -> QWidget:
        offered = changes_of(plan, pupil)
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme().px(BETWEEN))
        grid.setVerticalSpacing(theme().px(WITHIN))
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(2, 1)
        for at, words in enumerate(("Take over", "Here now", "In the file")):
            grid.addWidget(caption(words), 0, at)
        taking = self._presenter.taking
        for at, change in enumerate(offered, start=1):
            self._offer(grid, at, change, taking)
        held = QWidget()
        held.setLayout(grid)
        matched = f"Row {pupil.incoming.row}, known by {pupil.matched_by}."
        whole = row(
            secondary("&Take all over", lambda: self._take_all(True)),
            secondary("&Keep all as it is", lambda: self._take_all(False)),
            STRETCH,
        )
        self.first = self.ticks[0] if self.ticks else None
        return Card(pupil_name(pupil.incoming), quiet(matched), held, whole if len(self.ticks) > 1 else None)

    def _offer(self, grid: QGridLayout, at: int, change: Offered, taking: Taking) -> None:
        top = Qt.AlignmentFlag.AlignTop
        if change.at is None:
            grid.addWidget(body(change.word), at, 0, top)
            grid.addWidget(body("The file says more. It is always taken over."), at, 1, 1, 2, top)
            return
        tick = QCheckBox(literal(change.word))
        tick.setChecked(taking.takes(change))
        tick.setAccessibleName(
            f"Take over {change.word}: here now {change.old or 'nothing'}, in the file {change.new or 'nothing'}"
        )
        tick.toggled.connect(lambda on, change=change: self._ticked(change, on))
        self.ticks.append(tick)
        grid.addWidget(tick, at, 0, top)
        grid.addWidget(body(change.old or "–"), at, 1, top)
        grid.addWidget(strong(change.new or "–"), at, 2, top)

    def _ticked(self, change: Offered, on: bool) -> None:
        self._presenter.taking.take(change, on)
        self._on_taken()

    def _take_all(self, on: bool) -> None:
        for tick in self.ticks:
            tick.setChecked(on)

    def _doubt(self, doubt: Doubt) -> QWidget:
        said = Card("In the file", Facts([("Name", pupil_name(doubt.incoming)), *_pupil_facts(doubt.incoming)]))
        new = secondary("A &new child", lambda: self._on_settled([another(doubt, Settled.NEW)]))
        out = secondary("Leave the row &out", lambda: self._on_settled([another(doubt, Settled.OUT)]))
        held = QWidget()
        down = QVBoxLayout(held)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(theme().px(BETWEEN))
        down.addWidget(said)
        for at, each in enumerate(doubt.candidates):
            down.addWidget(self._candidate(doubt, each, at))
        down.addWidget(Card("Neither of these" if len(doubt.candidates) > 1 else "Or", wrapping(new, out)))
        return held

    def _candidate(self, doubt: Doubt, each: Candidate, at: int) -> QWidget:
        known = each.pupil
        words = "The &same child" if at == 0 else f"The same child (&{at + 1})"
        button = secondary(words, lambda: self._on_settled([same(doubt, at)]))
        button.setAccessibleDescription(f"{known.first} {known.last}, {', '.join(each.because)}")
        if at == 0:
            self.first = button
        facts: list[Fact] = [
            ("Name", f"{known.first} {known.last}"),
            ("Class", each.class_name or ""),
            ("Born", day_words(known.born) if known.born else ""),
            ("UPN", known.upn or ""),
            ("In common", ", ".join(each.because)),
        ]
        return Card(f"On the register: {each.grade.words.lower()}", Facts(facts), actions=[button])

    def _leaver(self, plan: RegisterPlan, line: PlanLine) -> QWidget:
        leaver = plan.leavers[line.at]
        facts: list[Fact] = [
            ("Class", leaver.class_name or ""),
            ("Born", day_words(leaver.pupil.born) if leaver.pupil.born else ""),
        ]
        actions = []
        if self._presenter.may_record_leavers:
            button = secondary("&Has left", lambda: self._on_left(leaver.pupil.id), icon="removed")
            self.first = button
            actions.append(button)
        told = f"{leaver.reason} This is a question: nobody is taken off roll by a file."
        return Card(line.who, body(told), Facts(facts), actions=actions)

    def _left_out(self, pupil: IncomingPupil) -> QWidget:
        button = secondary("&Settle it again", lambda: self._on_unsettled(pupil))
        self.first = button
        told = f"You left row {pupil.row} out."
        return Card(pupil_name(pupil), body(told), Facts(_pupil_facts(pupil)), actions=[button])

    def _remark(self, line: PlanLine, file: str, number: int | None, reason: str) -> QWidget:
        register = self._presenter.hand.register
        cells = register.rejected_cells if register is not None and line.sort == REJECTED else ()
        found = next((each for each in cells if (each.file, each.row) == (file, number)), None)
        pieces = [body(reason, select=True)] + ([Facts(_cell_facts(found))] if found is not None else [])
        return Card(line.who, quiet(file), *pieces)


def _of_feed(feed: FeedReading, line: PlanLine) -> QWidget:
    if line.sort == "items":
        item = feed.items[line.at]
        return Card(line.outcome, quiet(line.who), body(item.text[:2_000], select=True))
    return Card(line.who, body(line.what))


def _pupil_facts(pupil: IncomingPupil) -> list[Fact]:
    facts: list[Fact] = [
        ("Class", pupil.class_name or ""),
        ("Year", pupil.year or ""),
        ("Born", day_words(pupil.born) if pupil.born else ""),
        ("UPN", pupil.upn or ""),
    ]
    for adult in pupil.guardians:
        words = [adult.called, adult.relationship_words, adult.email if adult.email != adult.called else ""]
        facts.append(("Guardian", ", ".join(filter(None, words))))
    return facts


def _cell_facts(row_: RowCells) -> list[Fact]:
    return [(heading_of(field), text) for field, text in row_.cells if heading_of(field)]

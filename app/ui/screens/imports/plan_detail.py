"""One line of a plan, whole: what changes beside what is here, who a row may be about, why a row is left out."""

from __future__ import annotations

import re
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
from app.ui.screens.imports.changes import Offered, changes_of
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
from app.ui.theme.spacing import BETWEEN, TIGHT, WITHIN


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
        grid = side_by_side("Here now", "In the file")
        for change in changes_of(plan, pupil):
            self._offer(grid, change)
        held = QWidget()
        held.setLayout(grid)
        matched = f"Row {pupil.incoming.row}, known by {pupil.matched_by}. Untick what is to stay as it is here."
        whole = row(
            secondary("&Take all over", lambda: self._take_all(True)),
            secondary("&Keep all as it is", lambda: self._take_all(False)),
            STRETCH,
        )
        self.first = self.ticks[0] if self.ticks else None
        return Card(pupil_name(pupil.incoming), quiet(matched), held, whole if len(self.ticks) > 1 else None)

    def _offer(self, grid: QGridLayout, change: Offered) -> None:
        at = grid.rowCount()
        if change.at is None:
            grid.addWidget(strong(change.word), at, 0, 1, 2)
            grid.addWidget(body("The file says more. It is always taken over."), at + 1, 0, 1, 2)
            return
        tick = QCheckBox(literal(change.word))
        tick.setChecked(self._presenter.taking.takes(change))
        tick.setAccessibleName(
            f"Take over {change.word}: here now {change.old or 'nothing'}, in the file {change.new or 'nothing'}"
        )
        tick.toggled.connect(lambda on: self._ticked(change, on))
        self.ticks.append(tick)
        grid.addWidget(tick, at, 0, 1, 2)
        put_beside(grid, at + 1, change.old, change.new, inset=True)

    def _ticked(self, change: Offered, on: bool) -> None:
        self._presenter.taking.take(change, on)
        self._on_taken()

    def _take_all(self, on: bool) -> None:
        for tick in self.ticks:
            tick.setChecked(on)

    def _doubt(self, doubt: Doubt) -> QWidget:
        new = secondary("A &new child", lambda: self._on_settled([another(doubt, Settled.NEW)]))
        out = secondary("Leave &out", lambda: self._on_settled([another(doubt, Settled.OUT)]))
        held = QWidget()
        down = QVBoxLayout(held)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(theme().px(BETWEEN))
        for at, each in enumerate(doubt.candidates):
            others = () if at else (new, out)
            down.addWidget(self._candidate(doubt, each, at, others))
        return held

    def _candidate(self, doubt: Doubt, each: Candidate, at: int, others: Sequence[QWidget]) -> QWidget:
        known, said = each.pupil, doubt.incoming
        words = "The &same child" if at == 0 else f"The same child (&{at + 1})"
        button = secondary(words, lambda: self._on_settled([same(doubt, at)]))
        button.setAccessibleDescription(f"{known.first} {known.last}, {', '.join(each.because)}")
        if at == 0:
            self.first = button
        grid = side_by_side("In the file", "On the register")
        beside = (
            (pupil_name(said), f"{known.first} {known.last}"),
            (said.class_name, each.class_name),
            (
                f"Born {day_words(said.born)}" if said.born else "",
                f"Born {day_words(known.born)}" if known.born else "",
            ),
            (f"UPN {said.upn}" if said.upn else "No UPN", f"UPN {known.upn}" if known.upn else "No UPN"),
        )
        for one, other in beside:
            put_beside(grid, grid.rowCount(), one or "", other or "")
        for adult in said.guardians:
            grid.addWidget(quiet(breakable(adult.called)), grid.rowCount(), 0)
        held = QWidget()
        held.setLayout(grid)
        why = f"Row {said.row}. {each.grade.words} the same child: {', '.join(each.because)}."
        return Card(
            "Is this the same child?" if at == 0 else "Or this one?", body(why), held, wrapping(button, *others)
        )

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


def side_by_side(left: str, right: str) -> QGridLayout:
    """Two columns of equal width under their headings."""
    grid = QGridLayout()
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(theme().px(BETWEEN))
    grid.setVerticalSpacing(theme().px(TIGHT))
    for at, words in enumerate((left, right)):
        grid.setColumnStretch(at, 1)
        grid.addWidget(caption(words), 0, at)
    return grid


def put_beside(grid: QGridLayout, at: int, left: str, right: str, *, inset: bool = False) -> None:
    """One value beside another; `inset` lines them up with the words of a tick above."""
    for place, (words, made) in enumerate(((left, body), (right, strong))):
        label = made(breakable(words) or "–")
        label.setContentsMargins(
            theme().px(30) if inset and place == 0 else 0, 0, 0, theme().px(WITHIN) if inset else 0
        )
        grid.addWidget(label, at, place, Qt.AlignmentFlag.AlignTop)


def breakable(words: str) -> str:
    """Long addresses may go on in a new line after a sign; a telephone number stays in one."""
    return _SIGN.sub("\\1\u200b", _IN_NUMBER.sub("\u00a0", words))


_IN_NUMBER = re.compile(r"(?<=\d) (?=\d)")
_SIGN = re.compile(r"([@._/-])(?=\w)")


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
        facts.append(("Guardian", breakable(", ".join(filter(None, words)))))
    return facts


_RESTRICTED = ("in_care", "care_authority")


def _cell_facts(row_: RowCells) -> list[Fact]:
    """What the row says of the pupil, but for what is restricted; the rest is on the sheet that can be saved."""
    return [
        (heading_of(field), breakable(text))
        for field, text in row_.cells
        if heading_of(field) and "." not in field and field not in _RESTRICTED
    ]

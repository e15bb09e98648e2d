"""The headteacher's decision: an outcome, its reasons, an end or review date, and what like cases led to."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QDateEdit, QPlainTextEdit, QVBoxLayout, QWidget

from app.domain.breach import Outcome
from app.domain.words import day_words, moment_words
from app.services.cases import CaseFile, Decided
from app.ui.parts.arrange import STRETCH, clear, row
from app.ui.parts.banner import Banner
from app.ui.parts.buttons import primary
from app.ui.parts.card import Card
from app.ui.parts.chip import ChipLabel
from app.ui.parts.confirm import confirm
from app.ui.parts.form import Form, day_of
from app.ui.parts.text import body, caption, quiet
from app.ui.screens.cases.presenter import consequence, end_words, needs_date
from app.ui.screens.chips import outcome_chip
from app.ui.theme.current import theme
from app.ui.theme.spacing import BETWEEN

_WEEKS = timedelta(weeks=4)
"""How far ahead an end or review date is proposed."""


class DecisionPanel(QWidget):
    """Shows the decisions so far, what like cases led to and, to the headteacher, the form for a new one."""

    decided = Signal(object, str, object, object)
    """Outcome, reasons, end date or None, review date or None."""

    def __init__(self) -> None:
        super().__init__()
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(theme().px(BETWEEN))
        self.banner = Banner()
        self.form: DecisionForm | None = None

    @property
    def is_writing(self) -> bool:
        """Reasons were begun and not saved."""
        return self.form is not None and bool(self.form.reasons.toPlainText().strip())

    def show_case(self, file: CaseFile, outcomes: list[Outcome], today: date, zone: str, *, may_decide: bool) -> None:
        """Show a case's decisions and what can be done."""
        self.banner.setParent(None)
        self.banner.dismiss()
        clear(self._layout)
        self.form = None
        self._layout.addWidget(self.banner)
        for made in file.decisions:
            self._layout.addWidget(_decision(made, zone))
        self._layout.addWidget(_like(file))
        if may_decide:
            self.form = DecisionForm(outcomes, file.linked_children, today)
            self.form.decided.connect(self.decided)
            self._layout.addWidget(Card("Decide anew" if file.decisions else "Decide", self.form))
        elif not file.decisions:
            self._layout.addWidget(quiet("The headteacher decides. You can add what you know to the timeline."))
        self._layout.addStretch(1)


class DecisionForm(QWidget):
    """What ends a family's link asks once more, with the consequence in words."""

    decided = Signal(object, str, object, object)

    def __init__(self, outcomes: list[Outcome], linked_children: int, today: date) -> None:
        super().__init__()
        self._children = linked_children
        self._form = form = Form()
        self.outcome: QComboBox = form.choice(
            "&Outcome", [(outcome.value, outcome.words) for outcome in outcomes], Outcome.REMINDER.value
        )
        self.reasons: QPlainTextEdit = form.passage(
            "&Reasons", hint="The family may ask for them. Say what was done and why it matters."
        )
        self.ends: QCheckBox = form.tick("It &ends on a day")
        self.ends_on: QDateEdit = form.date("End da&te", today + _WEEKS)
        self.reviewed: QCheckBox = form.tick("It is looked at again on a da&y")
        self.review_on: QDateEdit = form.date("Rev&iew date", today + _WEEKS)
        self._what = quiet("")
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.addWidget(form)
        down.addWidget(self._what)
        down.addWidget(row(STRETCH, primary("&Decide", self._decide)))
        for tick, day in ((self.ends, self.ends_on), (self.reviewed, self.review_on)):
            form.show_field(day, False)
            tick.toggled.connect(lambda on, field=day: form.show_field(field, on))
        self.outcome.currentIndexChanged.connect(self._chosen)
        self._chosen()

    @property
    def chosen(self) -> Outcome:
        """The outcome that is chosen."""
        return Outcome(self.outcome.currentData())

    def _chosen(self) -> None:
        self._what.setText(consequence(self.chosen, self._children))
        if needs_date(self.chosen) and not self.reviewed.isChecked():
            self.ends.setChecked(True)

    def _decide(self) -> None:
        self._form.clear_faults()
        if not self.reasons.toPlainText().strip():
            self._form.fault(self.reasons, "Write the reasons. The decision stands on them.")
            return
        outcome = self.chosen
        if outcome.ends_link and self._children and not confirm(self, *end_words(outcome, self._children), danger=True):
            return
        self.decided.emit(
            outcome,
            self.reasons.toPlainText(),
            day_of(self.ends_on) if self.ends.isChecked() else None,
            day_of(self.review_on) if self.reviewed.isChecked() else None,
        )


def _decision(made: Decided, zone: str) -> Card:
    pieces: list[QWidget] = [body(made.reasons, select=True)]
    days = [("Ends", made.ends_on), ("Looked at again", made.review_on)]
    pieces += [quiet(f"{what} {day_words(day)}") for what, day in days if day is not None]
    gone = "" if made.standing else " Replaced by a later decision."
    pieces.append(caption(f"{made.by}, {moment_words(made.decided_at, zone)}.{gone}"))
    return Card("Decision", ChipLabel(outcome_chip(made.outcome)), *pieces)


def _like(file: CaseFile) -> Card:
    if not file.like:
        return Card("Earlier cases like this", quiet("There are none under this clause yet."))
    lines = [body(f"{outcome.words}: {count:,}") for outcome, count in file.like]
    return Card("Earlier cases like this", quiet("So that like is treated alike:"), *lines)

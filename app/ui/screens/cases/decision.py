"""The headteacher's decision: an outcome, its reasons, an end or review date, and what like cases led to."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QPlainTextEdit, QVBoxLayout, QWidget

from app.domain.breach import Outcome
from app.domain.words import day_words, moment_words
from app.services.cases import CaseFile
from app.ui.parts.arrange import STRETCH, clear, row
from app.ui.parts.banner import Banner
from app.ui.parts.buttons import primary
from app.ui.parts.card import Card
from app.ui.parts.chip import ChipLabel
from app.ui.parts.form import Form, day_of
from app.ui.parts.text import body, caption, quiet
from app.ui.screens.cases.presenter import consequence, needs_date
from app.ui.screens.chips import outcome_chip
from app.ui.theme.current import theme
from app.ui.theme.spacing import BETWEEN


class DecisionPanel(QWidget):
    """Shows the standing decision and, to the headteacher, the form for a new one."""

    decided = Signal(object, str, object, object)
    """Outcome, reasons, end date or None, review date or None."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("ground", "page")
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(theme().px(BETWEEN))
        self.banner = Banner()
        self.outcome: QComboBox | None = None
        self.reasons: QPlainTextEdit | None = None

    def show_case(self, file: CaseFile, outcomes: list[Outcome], today: date, zone: str, *, may_decide: bool) -> None:
        """Show a case's decisions and what can be done."""
        self.banner.setParent(None)
        clear(self._layout)
        self._layout.addWidget(self.banner)
        for made in file.decisions:
            pieces: list[QWidget] = [body(made.reasons, select=True)]
            days = [("Ends", made.ends_on), ("To be reviewed", made.review_on)]
            pieces += [quiet(f"{what} {day_words(day)}") for what, day in days if day is not None]
            gone = "" if made.standing else " Replaced by a later decision."
            pieces.append(caption(f"{made.by}, {moment_words(made.decided_at, zone)}.{gone}"))
            self._layout.addWidget(Card("Decision", *pieces, aside=ChipLabel(outcome_chip(made.outcome))))
        self._layout.addWidget(self._like(file))
        if may_decide:
            self._layout.addWidget(self._form(file, outcomes, today))
        elif not file.decisions:
            self._layout.addWidget(quiet("The headteacher decides. You can add what you know to the timeline."))
        self._layout.addStretch(1)

    def _like(self, file: CaseFile) -> Card:
        if not file.like:
            return Card("Earlier cases like this", quiet("There are none under this clause yet."))
        lines = [body(f"{outcome.words}: {count}") for outcome, count in file.like]
        return Card("Earlier cases like this", quiet("So that like is treated alike:"), *lines)

    def _form(self, file: CaseFile, outcomes: list[Outcome], today: date) -> Card:
        form = Form()
        words = [(outcome.value, outcome.words) for outcome in outcomes]
        self.outcome = form.choice("&Outcome", words, Outcome.REMINDER.value)
        self.reasons = form.passage(
            "&Reasons", hint="The family may ask for them. Say what was done and why it matters."
        )
        ends_tick = form.tick("It &ends on a day")
        ends = form.date("End date", today + timedelta(days=28))
        review_tick = form.tick("It is re&viewed on a day")
        review = form.date("Review date", today + timedelta(days=28))
        what = quiet("")
        form.show_field(ends, False)
        form.show_field(review, False)
        ends_tick.toggled.connect(lambda on: form.show_field(ends, on))
        review_tick.toggled.connect(lambda on: form.show_field(review, on))
        outcome_field = self.outcome

        def chosen() -> None:
            outcome = Outcome(outcome_field.currentData())
            what.setText(consequence(outcome, file.linked_children))
            if needs_date(outcome) and not review_tick.isChecked():
                ends_tick.setChecked(True)

        def decide() -> None:
            assert self.reasons is not None
            self.decided.emit(
                Outcome(outcome_field.currentData()),
                self.reasons.toPlainText(),
                day_of(ends) if ends_tick.isChecked() else None,
                day_of(review) if review_tick.isChecked() else None,
            )

        outcome_field.currentIndexChanged.connect(chosen)
        chosen()
        heading = "Decide anew" if file.decisions else "Decide"
        return Card(heading, form, what, row(STRETCH, primary("&Decide", decide)))

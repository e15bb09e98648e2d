"""Asking for a line of the schedule, and for a hold (K4)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from PySide6.QtWidgets import QWidget

from app.domain.retention import RULES
from app.services.retention import ScheduleLine
from app.ui.parts.acting import Acting
from app.ui.parts.form import day_of

_TERM = timedelta(days=90)


class LineDialog(Acting):
    """How long one sort of record is kept, and why."""

    def __init__(self, parent: QWidget | None, line: ScheduleLine, do: Callable[[int, str], object]) -> None:
        assert line.kind is not None
        rule = RULES[line.kind]
        super().__init__(
            parent,
            f"{line.words}: how long are they kept?",
            f"{line.holds} The line is a suggestion until the headteacher confirms it.",
            "&Save line",
        )
        self._do = do
        self.months = self.form.number(f"&Months after {rule.starts}", line.months, rule.least, rule.most)
        self.why = self.form.passage("&Reason", line.why, lines=3, hint="It stands in the schedule.")
        self.months.setFocus()

    def judge(self) -> None:
        """A reason."""
        if not self.why.toPlainText().strip():
            self.form.fault(self.why, "Say why it is kept so long.")

    def act(self) -> None:
        """Suggest it."""
        self._do(self.months.value(), self.why.toPlainText())


class HoldDialog(Acting):
    """Why records are held, and when that is looked at again."""

    def __init__(self, parent: QWidget | None, what: str, today: date, do: Callable[[str, date], object]) -> None:
        super().__init__(
            parent,
            f"Hold {what}?",
            "What is held is not destroyed until you let it go. Hold it for a claim, an inquiry or a complaint.",
            "&Hold",
        )
        self._do, self._today = do, today
        self.why = self.form.passage("&Reason", lines=3, hint="For senior leaders alone.")
        self.review_on = self.form.date("&Look at it again on", today + _TERM)
        self.why.setFocus()

    def judge(self) -> None:
        """A reason, and a day ahead."""
        if not self.why.toPlainText().strip():
            self.form.fault(self.why, "Write the reason in a few words. It stays on record.")
        if day_of(self.review_on) <= self._today:
            self.form.fault(self.review_on, "Choose a day ahead.")

    def act(self) -> None:
        """Hold."""
        self._do(self.why.toPlainText(), day_of(self.review_on))

"""Asking what was done about leavers in ClassDojo, and how long their records are kept."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QWidget

from app.domain.leaving import Step
from app.ui.parts.acting import Acting
from app.ui.parts.form import day_of
from app.ui.parts.text import caption


class StepDialog(Acting):
    """Which of Graduate, Remove and Archive was done, and on which day."""

    def __init__(
        self, parent: QWidget | None, count: int, today: date, do: Callable[[Step, date], object], chosen: Step | None
    ) -> None:
        whom = "this leaver" if count == 1 else f"these {count} leavers"
        super().__init__(
            parent,
            "What was done in ClassDojo?",
            f"Do it in ClassDojo first. Here you note it for {whom}.",
            "&Tick as done",
        )
        self._today, self._do = today, do
        self.step = self.form.choice("&In ClassDojo", [(step, step.words) for step in Step], chosen or Step.REMOVE)
        self._means = caption(Step(self.step.currentData()).means)
        self.form.below(self.step, self._means)
        self.step.currentIndexChanged.connect(lambda _at: self._means.setText(Step(self.step.currentData()).means))
        self.day = self.form.date("&Day", today)
        self.step.setFocus()

    def judge(self) -> None:
        """A day that has come."""
        if day_of(self.day) > self._today:
            self.form.fault(self.day, "This day lies ahead. Tick it when it is done.")

    def act(self) -> None:
        """Note it."""
        self._do(Step(self.step.currentData()), day_of(self.day))


class MonthsDialog(Acting):
    """How long a leaver's record is kept."""

    def __init__(self, parent: QWidget | None, months: int, do: Callable[[int], object]) -> None:
        super().__init__(
            parent,
            "How long are leavers' records kept?",
            "Your retention schedule says it. Twelve months are suggested. It acts on earlier leavers too.",
            "&Confirm",
        )
        self._do = do
        self.months = self.form.number("&Months after the last day", months, 0, 120)
        self.months.setFocus()

    def act(self) -> None:
        """Set it."""
        self._do(self.months.value())

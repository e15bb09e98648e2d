"""Asking for what the monitoring screens need: a plan's size and day, what was found in an item."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtWidgets import QWidget

from app.domain.checks.finding import Check
from app.domain.review import Verdict
from app.domain.sampling import SIZE
from app.services.monitoring_plan import MOST
from app.store.reads.samples import SampleLine
from app.ui.parts.asking import Asking
from app.ui.parts.form import day_of

Leaders = Sequence[tuple[int, str]]
_ANYBODY = (None, "Any senior leader")


class PlanDialog(Asking):
    """How many items of each class, who looks, by when."""

    def __init__(self, parent: QWidget | None, leaders: Leaders, due: date) -> None:
        super().__init__(
            parent,
            "Plan the looks of this half-term?",
            "Every class, and the school story, gets a look. The items are drawn by chance from a seed that is noted "
            "now, so that a governor can check that nobody chose them by hand.",
            "&Plan",
            keep="&Not now",
        )
        self._size = self.form.number("&Items of each class", SIZE, 1, MOST)
        self._owner = self.form.choice("&Who looks", [_ANYBODY, *leaders])
        self._due = self.form.date("&Due by", due)

    @property
    def items(self) -> int:
        """How many items."""
        return self._size.value()

    @property
    def owner(self) -> int | None:
        """The account that looks, None for any leader's."""
        chosen = self._owner.currentData()
        return int(chosen) if chosen is not None else None

    @property
    def due(self) -> date:
        """The last day."""
        return day_of(self._due)


class LookDialog(PlanDialog):
    """The same of one look that is planned."""

    def __init__(self, parent: QWidget | None, leaders: Leaders, line: SampleLine) -> None:
        Asking.__init__(self, parent, "Change this look?", "The seed stays, so the items cannot be chosen.", "&Change")
        self._size = self.form.number("&Items", line.size, 1, MOST)
        self._size.setEnabled(line.state == "planned")
        self._owner = self.form.choice("&Who looks", [_ANYBODY, *leaders], line.owner_id)
        self._due = self.form.date("&Due by", line.due_on)


class FoundDialog(Asking):
    """What a person found in an item."""

    def __init__(self, parent: QWidget | None) -> None:
        super().__init__(
            parent,
            "What did you find?",
            "It goes on record with the item, as found by a person. A sign of harm goes to the head of the review "
            "queue for the safeguarding lead.",
            "&Note it",
            keep="&Back",
        )
        self._check = self.form.choice("&About", [(check, check.words) for check in Check])
        self._verdict = self.form.choice(
            "How you &judge it", [(Verdict.ADVICE, "Advice is given"), (Verdict.UPHELD, "Against the policy")]
        )
        self._words = self.form.passage("&What you saw", hint="A sentence. Leave names out where you can.")
        self._words.setFocus()

    def judge(self) -> None:
        """Words are needed."""
        if not self.words:
            self.form.fault(self._words, "Write what you saw, in a sentence.")

    @property
    def check(self) -> Check:
        """Under which check."""
        return Check(self._check.currentData())

    @property
    def verdict(self) -> Verdict:
        """How it is judged."""
        return Verdict(self._verdict.currentData())

    @property
    def words(self) -> str:
        """In what words."""
        return self._words.toPlainText().strip()

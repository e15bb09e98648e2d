"""Asking for a clause's words, for a new version's dates, for the day and route of acceptances."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QWidget

from app.domain.days import a_year_on
from app.services.policy import Clause
from app.ui.parts.asking import Asking
from app.ui.parts.form import day_of

_KEPT = (
    ("attest", "A named person states it"),
    ("workflow", "A screen makes people do it"),
    ("count", "It is counted from the records"),
    ("check", "Content is tested"),
    ("check, workflow", "Content is tested, and a screen"),
    ("check, count", "Content is tested, and counted"),
    ("data", "It is a list"),
    ("none", "Nothing: it stands as a note"),
)


class ClauseDialog(Asking):
    """A clause of the next version."""

    def __init__(self, parent: QWidget | None, clause: Clause | None, taken: frozenset[str]) -> None:
        super().__init__(
            parent,
            "Change this clause?" if clause else "Add a clause",
            "It goes into the draft of the next version. Nothing is in force before you adopt that.",
            "&Put it in the draft",
            keep="&Back",
        )
        self._clause, self._taken = clause, taken
        self._code = self.form.text("&Code", clause.code if clause else "", hint="A short id, such as S1.")
        self._code.setEnabled(clause is None)
        self._heading = self.form.text("&Heading", clause.heading if clause else "")
        self._words = self.form.passage("&Words", clause.words if clause else "", lines=4)
        kept = clause.kept_by if clause else "attest"
        offered = _KEPT if any(kept == key for key, _ in _KEPT) else ((kept, kept.capitalize()), *_KEPT)
        self._kept = self.form.choice("How it is &kept", offered, kept)

    def judge(self) -> None:
        """Every field is filled, and a new code is free."""
        if not self._code.text().strip():
            self.form.fault(self._code, "Give the clause a short id.")
        elif self._clause is None and self._code.text().strip() in self._taken:
            self.form.fault(self._code, "Another clause has this id. Choose another.")
        if not self._heading.text().strip():
            self.form.fault(self._heading, "Write what the clause is about, in a few words.")
        if not self._words.toPlainText().strip():
            self.form.fault(self._words, "Write what the clause says.")

    @property
    def clause(self) -> Clause:
        """What was entered."""
        return Clause(
            self._code.text().strip(),
            self._heading.text().strip(),
            self._words.toPlainText().strip(),
            str(self._kept.currentData()),
            self._clause.active if self._clause else True,
        )


class AdoptDialog(Asking):
    """A new version comes into force."""

    def __init__(self, parent: QWidget | None, today: date) -> None:
        super().__init__(
            parent,
            "Adopt this version?",
            "It is in force from the day you enter. Every guardian and every member of staff is asked to accept it "
            "anew; what they accepted before stays on record.",
            "&Adopt it",
            keep="&Not yet",
        )
        self._changes = self.form.passage("What &changed", hint="A sentence or two, for families and staff.", lines=3)
        self._on = self.form.date("In &force from", today)
        self._due = self.form.date("Next &review due", a_year_on(today))

    def judge(self) -> None:
        """What changed is said."""
        if not self.changes:
            self.form.fault(self._changes, "Say what changed: families and staff read it when they are asked.")

    @property
    def changes(self) -> str:
        """What changed."""
        return self._changes.toPlainText().strip()

    @property
    def adopted_on(self) -> date:
        """The first day."""
        return day_of(self._on)

    @property
    def review_due(self) -> date:
        """The day of the next review."""
        return day_of(self._due)


class AcceptanceDialog(Asking):
    """The day and the route of what was accepted, for one person or several."""

    def __init__(self, parent: QWidget | None, what: str, people: int, today: date) -> None:
        whom = "this person" if people == 1 else f"these {people} people"
        super().__init__(parent, f"Record for {whom}?", what, "&Record it", keep="&Not now")
        self._on = self.form.date("On which &day", today)
        self._route = self.form.choice(
            "&How", [("paper", "On paper"), ("email", "By e-mail"), ("person", "In person"), ("form", "Online form")]
        )

    @property
    def on(self) -> date:
        """The day on the slip."""
        return day_of(self._on)

    @property
    def route(self) -> str:
        """How it reached school."""
        return str(self._route.currentData())

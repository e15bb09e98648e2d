"""What the policy's screen knows and does, without Qt (P1, M3, T14)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from app.services.acceptance import RecordAcceptance, RecordAcceptances
from app.services.office import Office
from app.services.policy import (
    AcceptanceLine,
    Acceptances,
    AcceptancesShown,
    AdoptVersion,
    Clause,
    Policy,
    PolicyShown,
)
from app.services.school import School


@dataclass(slots=True)
class PolicyPresenter:
    """The policy in force, and the draft of the next version while one is being written."""

    office: Office
    shown: PolicyShown | None = None
    draft: list[Clause] = field(default_factory=list)
    """The clauses of the next version; empty while nothing was changed."""

    def load(self) -> PolicyShown:
        """Read the policy again. A draft stays."""
        self.shown = self.office.ask(Policy())
        return self.shown

    @property
    def clauses(self) -> Sequence[Clause]:
        """The draft's, or those in force."""
        assert self.shown is not None
        return self.draft or self.shown.clauses

    @property
    def may_change(self) -> bool:
        """Only the headteacher."""
        return self.office.may(AdoptVersion)

    @property
    def today(self) -> date:
        """The school's own date."""
        return self.office.ask(School()).today

    def changed(self, clause: Clause) -> bool:
        """The clause is new or other than in force."""
        assert self.shown is not None
        return bool(self.draft) and clause not in self.shown.clauses

    def put(self, code: str | None, clause: Clause) -> None:
        """Change a clause of the draft, or add one (`code` None)."""
        self._begin()
        if code is None:
            self.draft.append(clause)
        else:
            self.draft = [clause if one.code == code else one for one in self.draft]

    def retire(self, code: str) -> None:
        """Retire a clause, or take it back in."""
        self._begin()
        self.draft = [replace(one, active=not one.active) if one.code == code else one for one in self.draft]

    def drop_draft(self) -> None:
        """Let go of what was changed."""
        self.draft = []

    def adopt(self, changes: str, adopted_on: date, review_due: date, initiator: object) -> int:
        """Make the draft the policy in force; its number."""
        number = self.office.perform(AdoptVersion(tuple(self.clauses), changes, adopted_on, review_due), initiator)
        self.draft = []
        self.load()
        return number

    def _begin(self) -> None:
        if not self.draft:
            assert self.shown is not None
            self.draft = list(self.shown.clauses)


@dataclass(slots=True)
class AcceptancePresenter:
    """Who accepted the version in force."""

    office: Office
    shown: AcceptancesShown | None = None

    def load(self) -> AcceptancesShown:
        """Read again."""
        self.shown = self.office.ask(Acceptances())
        return self.shown

    @property
    def may_record(self) -> bool:
        """The office and leaders."""
        return self.office.may(RecordAcceptances)

    def record(self, lines: Iterable[AcceptanceLine], what: str, on: date, route: str, initiator: object) -> int:
        """Record the acceptance of several people at once; how many."""
        commands = tuple(
            RecordAcceptance(what, on, route, guardian_id=line.guardian_id, staff_id=line.staff_id) for line in lines
        )
        return self.office.perform(RecordAcceptances(commands), initiator)


def accepted_words(lines: Sequence[AcceptanceLine]) -> str:
    """ "12 of 30 accepted"."""
    return f"{sum(not line.waits for line in lines)} of {len(lines)} accepted"

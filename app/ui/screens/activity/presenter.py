"""What the activity screen knows and does, without Qt: pages of the audit, and whether it holds."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from app.domain.roles import Role
from app.services.activity import Activity, ChainState, CheckChain
from app.services.office import Office
from app.services.school import School
from app.store.reads.activity import ActivityFilter, ActivityLine

AREAS: dict[str, str] = {
    "permission": "Permissions",
    "register": "Register",
    "verdict": "Verdicts",
    "referral": "Referrals",
    "case": "Cases",
    "report": "Reports",
    "session": "Sign-ins",
    "account": "Accounts",
}
"""What can be looked at alone, by the first part of the audit's verbs."""

PAGE = 200


@dataclass(slots=True)
class ActivityPresenter:
    """The newest lines under a filter, and as many older pages as were asked for."""

    office: Office
    filter: ActivityFilter = field(default_factory=lambda: ActivityFilter(size=PAGE))
    lines: tuple[ActivityLine, ...] = ()
    has_older: bool = False
    zone: str = "Europe/London"

    def load(self) -> tuple[ActivityLine, ...]:
        """Read the newest lines again, as many as were in sight."""
        self.zone = self.office.ask(School()).timezone
        size = max(len(self.lines), PAGE)
        self.lines = self.office.ask(Activity(replace(self.filter, size=size + 1)))
        self.has_older = len(self.lines) > size
        self.lines = self.lines[:size]
        return self.lines

    def older(self) -> tuple[ActivityLine, ...]:
        """One page more."""
        if not self.lines:
            return self.load()
        before = self.lines[-1].seq
        more = self.office.ask(Activity(replace(self.filter, before=before, size=PAGE + 1)))
        self.has_older = len(more) > PAGE
        self.lines += more[:PAGE]
        return self.lines

    def keep(self, on: frozenset[str]) -> None:
        """Show only these."""
        area = next((key for key in AREAS if key in on), "")
        self.filter = replace(self.filter, area=area, refused_only="refused" in on)
        self.lines = ()

    def check(self) -> ChainState:
        """Recount the chain."""
        return self.office.ask(CheckChain())


def role_words(role: str) -> str:
    """A role as screens name it."""
    return Role(role).words if role in set(Role) else role


def detail_words(line: ActivityLine) -> str:
    """What the line is about, and its figures, in plain words."""
    said = [f"{key.replace('_', ' ')} {value.replace('_', ' ')}" for key, value in line.detail]
    subject = line.subject.replace(":", " ") if line.subject != "school" else ""
    return ", ".join(part for part in (subject, *said) if part)

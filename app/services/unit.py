"""What a handler works with: the session, who acts, what time it is, the leaders' seal."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.problems import NotAllowed
from app.domain.roles import Role
from app.store.keys import Keys, seal, unseal
from app.store.tables.school import SchoolRow
from app.store.vault import Vault

Clock = Callable[[], datetime]
"""Gives the present moment, with its zone."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who is signed in."""

    id: int
    login: str
    name: str
    role: Role


@dataclass(slots=True)
class View:
    """What a query may use."""

    session: Session
    actor: Actor
    now: datetime
    keys: Keys
    vault: Vault | None = None

    @property
    def today(self) -> date:
        """The school's own date."""
        zone = self.session.scalar(select(SchoolRow.timezone)) or "Europe/London"
        return self.now.astimezone(ZoneInfo(zone)).date()

    def opened(self, sealed: bytes) -> Any:
        """What was sealed for leaders; `NotAllowed` for everybody else."""
        if self.keys.leaders is None:
            raise NotAllowed("Only senior leaders can read this.")
        return json.loads(unseal(sealed, self.keys.leaders))


@dataclass(slots=True)
class Unit(View):
    """What a command may use: one transaction, one line in the audit."""

    subject: str = "school"
    detail: dict[str, object] = field(default_factory=dict)
    changes: set[str] = field(default_factory=set)
    words_went: bool = False
    """Words were taken away for good: what the database keeps for its own use must not spell them either (K1, H12)."""
    on_failure: list[Callable[[], None]] = field(default_factory=list)
    """What to undo outside the database where the transaction fails: a file that was put away."""
    on_success: list[Callable[[], None]] = field(default_factory=list)
    """What to do outside the database once the transaction stands: let go of a file that no row names any more."""

    def sealed(self, words: Any) -> bytes:
        """Anything that JSON can hold, so that only leaders can read it again. Everyone may seal."""
        return seal(json.dumps(words, ensure_ascii=False).encode(), self.keys.public)

    def audit(self, subject: str, detail: Mapping[str, object] | None = None) -> None:
        """Say what the audit's line is about ("pupil:12") and add figures to it: no names, no restricted words."""
        self.subject = subject
        self.detail.update(detail or {})

    def changed(self, *areas: str) -> None:
        """Say what changed ("pupils", "review"), so that open screens can refresh after the commit."""
        self.changes.update(areas)

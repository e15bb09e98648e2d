"""The one door. Nothing changes, and nothing restricted is seen, except through here.

`perform` asks whether the person may, does it in one transaction, writes the audit's line in that same transaction,
commits, and then tells whoever listens what changed. A refusal is an audit line of its own.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TypeVar

from sqlalchemy.orm import Session

from app.domain.audit import DONE, REFUSED
from app.domain.problems import NotAllowed, NotSignedIn, Problem
from app.domain.roles import Role
from app.services.door import COMMANDS, QUERIES, Command, Query
from app.services.rechecking import DUE, CheckChanges, settle
from app.services.unit import Actor, Clock, Unit, View
from app.store.audit_chain import append
from app.store.database import Database
from app.store.keys import Keys
from app.store.tables.accounts import AccountRow
from app.store.vault import Vault

R = TypeVar("R")

Listener = Callable[[frozenset[str], object], None]
"""Hears what changed, and who began it (so that a screen can skip its own news)."""


def wall_clock() -> datetime:
    """The present moment."""
    return datetime.now(UTC)


@dataclass(slots=True)
class Office:
    """A signed-in person's way to everything."""

    database: Database
    keys: Keys
    actor: Actor
    clock: Clock = wall_clock
    vault: Vault | None = None
    later: Callable[[Command[Any]], None] | None = None
    """Takes a command that is to follow by itself; where nobody takes it, it follows at once."""
    _listeners: list[Listener] | None = None

    def may(self, wanted: type[Command[Any]] | type[Query[Any]]) -> bool:
        """Whether this person's role includes it: screens leave out what it does not."""
        entry = COMMANDS.get(wanted) or QUERIES.get(wanted)  # type: ignore[arg-type]
        return entry is not None and self.actor.role in entry.roles

    def perform(self, command: Command[R], initiator: object = None) -> R:
        """Do it, whole or not at all, and leave a line in the audit.

        Raises `NotAllowed` (and records the refusal) where the role does not include it, and any `Problem` that the
        handler raises; in both cases nothing was changed.
        """
        action = COMMANDS[type(command)]
        if not self._includes(action.roles):
            self._refuse(action.verb)
        undo: list[Callable[[], None]] = []
        try:
            with self.database.writing() as session:
                self._still_here(session)
                unit = Unit(session, self.actor, self.clock(), self.keys, self.vault, on_failure=undo)
                result: R = action.handler(command, unit)
                session.flush()
                settle(unit)
                self._line(session, action.verb, unit.subject, DONE, unit.detail)
        except BaseException:
            for step in reversed(undo):
                with suppress(OSError):
                    step()
            raise
        for step in unit.on_success:
            with suppress(OSError):
                step()
        if unit.words_went:
            self.database.empty_log()
        self._tell(frozenset(unit.changes), initiator)
        if DUE in unit.changes:
            self._follow_up(initiator)
        return result

    def ask(self, query: Query[R]) -> R:
        """Look at something. Raises `NotAllowed` (and records the refusal) where the role does not include it."""
        answer = QUERIES[type(query)]
        if not self._includes(answer.roles):
            self._refuse(f"asked.{type(query).__name__}")
        with self.database.reading() as session:
            result: R = answer.handler(query, View(session, self.actor, self.clock(), self.keys, self.vault))
        return result

    def listen(self, listener: Listener) -> None:
        """Hear of every change made through this office."""
        if self._listeners is None:
            self._listeners = []
        self._listeners.append(listener)

    def close(self) -> None:
        """Sign out: let go of the database."""
        self.database.close()

    def _includes(self, roles: frozenset[Role]) -> bool:
        return self.actor.role in roles

    def _refuse(self, verb: str) -> None:
        with self.database.writing() as session:
            self._line(session, verb, "school", REFUSED, {})
        raise NotAllowed(
            f"Your role ({self.actor.role.words.lower()}) does not include this. Nothing was changed, "
            "and the attempt has been noted."
        )

    def _still_here(self, session: Session) -> None:
        account = session.get(AccountRow, self.actor.id)
        if account is None or not account.active or account.role != self.actor.role:
            raise NotSignedIn("Your account was changed since you signed in. Sign in again.")

    def _line(self, session: Session, verb: str, subject: str, outcome: str, detail: dict[str, object]) -> None:
        append(
            session,
            at=self.clock(),
            actor_id=self.actor.id,
            actor_role=self.actor.role,
            verb=verb,
            subject=subject,
            outcome=outcome,
            detail=detail,
        )

    def _follow_up(self, initiator: object) -> None:
        """What was changed stands. Should checking again fail now, the next command asks for it again."""
        if self.later is not None:
            self.later(CheckChanges())
            return
        with suppress(Problem):
            self.perform(CheckChanges(), initiator)

    def _tell(self, changes: frozenset[str], initiator: object) -> None:
        if changes:
            for listener in tuple(self._listeners or ()):
                listener(changes, initiator)

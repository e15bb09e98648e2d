"""Message histories asked for from ClassDojo: when, what came, its digest, who read it and what they found (M1, T2)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select

from app.domain.problems import Overtaken, Problem, Refused
from app.domain.roles import LEADERS
from app.services.door import Command, Query, answers, does
from app.services.unit import Unit, View
from app.store.tables.accounts import AccountRow
from app.store.tables.monitoring import RequestRow

KIND = "history"
"""The kind under which such a request stands among the others with a date."""

USUAL = timedelta(days=14)
"""How long the service is given, where nobody says otherwise."""

_DIGEST = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class AskForHistory(Command[int]):
    """Note that a message history was asked for: which conversation or class, which days. No child's full name."""

    words: str
    asked_on: date
    due_on: date | None = None

    def __repr__(self) -> str:
        return f"AskForHistory(asked_on={self.asked_on})"


@does(AskForHistory, roles=LEADERS, verb="history.asked")
def ask_for_history(command: AskForHistory, unit: Unit) -> int:
    """The request's id."""
    due = command.due_on or command.asked_on + USUAL
    if not command.words.strip():
        raise Refused("Write what you asked for: whose messages, and of which days.")
    if command.asked_on > unit.today:
        raise Refused("A request cannot have been made on a day to come. Check the date.")
    if due < command.asked_on:
        raise Refused("The answer is due before it was asked for. Check the two dates.")
    row = RequestRow(
        kind=KIND, received_on=command.asked_on, due_on=due, words=command.words.strip(), recorded_by=unit.actor.id
    )
    unit.session.add(row)
    unit.session.flush()
    unit.audit(f"request:{row.id}")
    unit.changed("samples")
    return row.id


@dataclass(frozen=True, slots=True)
class ReceiveHistory(Command[None]):
    """Note that the history came, with the SHA-256 of its file, so that what was read can be told from another."""

    request_id: int
    received_on: date
    sha256: str


@does(ReceiveHistory, roles=LEADERS, verb="history.received")
def receive_history(command: ReceiveHistory, unit: Unit) -> None:
    """Refused for a day before it was asked for, and where it is noted as received."""
    row = _request(unit, command.request_id)
    if row.answered_on is not None:
        raise Overtaken("This history is noted as received already. Nothing was changed.")
    if not row.received_on <= command.received_on <= unit.today:
        raise Refused("It cannot have come before it was asked for, nor on a day to come. Check the date.")
    if not _DIGEST.fullmatch(command.sha256):
        raise Refused("Choose the file that came. Its digest is worked out here.")
    row.answered_on, row.file_sha256 = command.received_on, command.sha256
    unit.audit(f"request:{row.id}", {"sha256": command.sha256})
    unit.changed("samples")


@dataclass(frozen=True, slots=True)
class ReviewHistory(Command[None]):
    """State that a history was read, and what was found in it."""

    request_id: int
    outcome: str

    def __repr__(self) -> str:
        return f"ReviewHistory(request_id={self.request_id})"


@does(ReviewHistory, roles=LEADERS, verb="history.reviewed")
def review_history(command: ReviewHistory, unit: Unit) -> None:
    """Refused before it came, without words, and a second time."""
    row = _request(unit, command.request_id)
    if row.answered_on is None:
        raise Refused("It has not come yet. Note first that it was received, and choose its file.")
    if row.reviewed_on is not None:
        raise Overtaken("Somebody has reviewed this history already. Nothing was changed.")
    if not command.outcome.strip():
        raise Refused("Write what you found, also where there was nothing to note.")
    row.reviewed_on, row.reviewed_by, row.outcome = unit.today, unit.actor.id, command.outcome.strip()
    unit.audit(f"request:{row.id}")
    unit.changed("samples")


def _request(unit: Unit, request_id: int) -> RequestRow:
    row = unit.session.get(RequestRow, request_id)
    if row is None or row.kind != KIND:
        raise Problem("That request is not there any more.")
    return row


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One request. `state` is waiting, overdue, received or reviewed."""

    id: int
    words: str
    asked_on: date
    asked_by: str
    due_on: date
    received_on: date | None
    sha256: str | None
    reviewed_on: date | None
    reviewed_by: str | None
    outcome: str | None
    state: str


@dataclass(frozen=True, slots=True)
class Histories(Query[tuple[HistoryLine, ...]]):
    """What was asked for, what still waits first."""


@answers(Histories, roles=LEADERS)
def histories(query: Histories, view: View) -> tuple[HistoryLine, ...]:
    """Waiting and overdue by their due date, then received and not read, then the rest, newest first."""
    del query
    names = {row.id: row.name for row in view.session.scalars(select(AccountRow))}
    rows = view.session.scalars(select(RequestRow).where(RequestRow.kind == KIND))
    lines = [
        HistoryLine(
            id=row.id,
            words=row.words or "",
            asked_on=row.received_on,
            asked_by=names.get(row.recorded_by, ""),
            due_on=row.due_on,
            received_on=row.answered_on,
            sha256=row.file_sha256,
            reviewed_on=row.reviewed_on,
            reviewed_by=names.get(row.reviewed_by or 0),
            outcome=row.outcome,
            state=_state(row, view.today),
        )
        for row in rows
    ]
    return tuple(sorted(lines, key=_place))


_RANK = {"overdue": 0, "waiting": 1, "received": 2, "reviewed": 3}


def _place(line: HistoryLine) -> tuple[int, int]:
    waits = line.received_on is None
    return _RANK[line.state], line.due_on.toordinal() if waits else -line.asked_on.toordinal()


def _state(row: RequestRow, today: date) -> str:
    if row.reviewed_on is not None:
        return "reviewed"
    if row.answered_on is not None:
        return "received"
    return "overdue" if row.due_on < today else "waiting"

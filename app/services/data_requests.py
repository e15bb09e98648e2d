"""Requests by people about their own data: recorded by anybody, closed by leaders (H12, K3).

The clock is reckoned anew at every step and stands as a date, so that lists and reports need not know the rule.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from app.domain.data_requests import (
    CLOSINGS,
    Asked,
    Asker,
    Identity,
    Pause,
    Result,
    days_paused,
    due_on,
    extension_faults,
    pause_faults,
)
from app.domain.problems import Overtaken, Problem, Refused
from app.domain.roles import EVERYONE, LEADERS
from app.services.door import Command, does
from app.services.unit import Unit, View
from app.store.reads.school_days import bank_holidays
from app.store.tables.data_requests import DataRequestRow, RequestStepRow
from app.store.tables.monitoring import RequestRow
from app.store.tables.people import GuardianRow, PupilRow
from app.store.tables.school import StaffRow

CHANGED = "requests"
"""What open screens hear of."""


@dataclass(frozen=True, slots=True)
class RecordDataRequest(Command[int]):
    """Somebody asks to see, correct or delete their data, or objects to a use of it.

    `guardian_id` is whom it is about, or who asks for the pupil; `name` is for somebody who is not in the register.
    While their identity is not checked, the clock stands from the first day.
    """

    kind: Asked
    asker: Asker
    received_on: date
    identity: Identity
    words: str
    guardian_id: int | None = None
    pupil_id: int | None = None
    staff_id: int | None = None
    name: str = ""

    def __repr__(self) -> str:
        return f"RecordDataRequest(kind={self.kind}, received_on={self.received_on})"


@does(RecordDataRequest, roles=EVERYONE, verb="request.recorded")
def record_data_request(command: RecordDataRequest, unit: Unit) -> int:
    """The request's id. Refused for a day ahead, without words, and where the person is not in the register."""
    if command.received_on > unit.today:
        raise Refused("That day lies ahead. Enter the day on which the request came in.")
    if not command.words.strip():
        raise Refused("Write what was asked for, as the person said it.")
    _check_people(unit, command)
    about_pupil = command.pupil_id if command.asker is Asker.FOR_PUPIL else None
    row = RequestRow(
        kind=command.kind,
        about_guardian=command.guardian_id if command.asker is Asker.GUARDIAN else None,
        about_pupil=about_pupil,
        received_on=command.received_on,
        due_on=due_on(command.received_on, holidays_from(command.received_on)),
        recorded_by=unit.actor.id,
    )
    unit.session.add(row)
    unit.session.flush()
    other = command.asker is Asker.OTHER
    detail = DataRequestRow(
        request_id=row.id,
        reference=_next_reference(unit),
        asker=command.asker,
        asked_by=command.guardian_id if about_pupil is not None else None,
        staff_id=command.staff_id if command.asker is Asker.STAFF else None,
        name=" ".join(command.name.split())[:120] if other else None,
        identity=command.identity,
        asked_sealed=unit.sealed(command.words.strip()),
        paused_days=0,
    )
    unit.session.add(detail)
    unit.session.flush()
    add_step(unit, row.id, "received", command.received_on)
    if command.identity is Identity.WAITING:
        row.paused_on, detail.pause_why = command.received_on, Pause.IDENTITY
        add_step(unit, row.id, "paused", command.received_on)
    _told(unit, row, {"kind": command.kind})
    return row.id


def _check_people(unit: Unit, command: RecordDataRequest) -> None:
    wanted: dict[Asker, tuple[type[GuardianRow] | type[PupilRow] | type[StaffRow], int | None, str]] = {
        Asker.GUARDIAN: (GuardianRow, command.guardian_id, "Choose the guardian who asks."),
        Asker.FOR_PUPIL: (PupilRow, command.pupil_id, "Choose the pupil whom it is about."),
        Asker.STAFF: (StaffRow, command.staff_id, "Choose the member of staff who asks."),
    }
    if command.asker is Asker.OTHER:
        if not command.name.strip():
            raise Refused("Write the name of the person who asks.")
        return
    table, row_id, words = wanted[command.asker]
    if row_id is None or unit.session.get(table, row_id) is None:
        raise Refused(words)
    if command.guardian_id is not None and unit.session.get(GuardianRow, command.guardian_id) is None:
        raise Problem("That adult is no longer in the register. Nothing was recorded.")


def _next_reference(unit: Unit) -> str:
    """The number of the next request of this year: "R-2026-004"."""
    year = unit.today.year
    last = unit.session.scalar(
        select(func.max(DataRequestRow.reference)).where(DataRequestRow.reference.like(f"R-{year}-%"))
    )
    return f"R-{year}-{int(last.rsplit('-', 1)[1]) + 1 if last else 1:03}"


@dataclass(frozen=True, slots=True)
class PauseDataRequest(Command[None]):
    """The person was asked for proof of identity, or for what they mean: the clock stands until they answer."""

    request_id: int
    why: Pause
    on: date


@does(PauseDataRequest, roles=EVERYONE, verb="request.paused")
def pause_data_request(command: PauseDataRequest, unit: Unit) -> None:
    """Refused where the clock stands already, and once the request is overdue: it cannot be stopped afterwards."""
    row, detail = open_request(unit, command.request_id)
    if row.paused_on is not None:
        raise Overtaken("The clock of this request stands already. Nothing was changed.")
    pause_faults(command.on, row.received_on, row.resumed_on, unit.today)
    if command.on > row.due_on:
        raise Refused("The request was overdue on that day, so its clock cannot stop any more. Answer it.")
    row.paused_on, detail.pause_why = command.on, command.why
    if command.why is Pause.IDENTITY:
        detail.identity = Identity.WAITING
    add_step(unit, row.id, "paused", command.on)
    _told(unit, row, {"why": command.why})


@dataclass(frozen=True, slots=True)
class ResumeDataRequest(Command[None]):
    """What the school waited for has come. `identity` says how it was checked, where that was what it waited for."""

    request_id: int
    on: date
    identity: Identity | None = None


@does(ResumeDataRequest, roles=EVERYONE, verb="request.resumed")
def resume_data_request(command: ResumeDataRequest, unit: Unit) -> None:
    """The due date is later by the days on which the clock stood."""
    row, detail = open_request(unit, command.request_id)
    if row.paused_on is None:
        raise Overtaken("The clock of this request is running already. Nothing was changed.")
    if detail.pause_why == Pause.IDENTITY and command.identity in (None, Identity.WAITING):
        raise Refused("Say how it was made sure that the person is who they say.")
    _go_on(unit, row, detail, command.on)
    if command.identity is not None and command.identity is not Identity.WAITING:
        detail.identity = command.identity
    add_step(unit, row.id, "resumed", command.on)
    _told(unit, row, {"due": row.due_on.isoformat()})


def _go_on(unit: Unit, row: RequestRow, detail: DataRequestRow, on: date) -> None:
    assert row.paused_on is not None
    detail.paused_days += days_paused(row.paused_on, on, unit.today)
    row.paused_on, row.resumed_on, detail.pause_why = None, on, None
    _reckon(row, detail)


@dataclass(frozen=True, slots=True)
class ExtendDataRequest(Command[None]):
    """Two months more, for a complex request or several of them, once the person was told why."""

    request_id: int
    told_on: date
    why: str

    def __repr__(self) -> str:
        return f"ExtendDataRequest(request_id={self.request_id})"


@does(ExtendDataRequest, roles=LEADERS, verb="request.extended")
def extend_data_request(command: ExtendDataRequest, unit: Unit) -> None:
    """Once, and only where the person was told within the first month."""
    row, detail = open_request(unit, command.request_id)
    if row.extended_to is not None:
        raise Overtaken("This request was extended already. It cannot be extended twice.")
    extension_faults(command.told_on, row.received_on, row.due_on, unit.today, command.why)
    detail.told_on = command.told_on
    row.extended_to = row.due_on
    _reckon(row, detail)
    add_step(unit, row.id, "extended", command.told_on, command.why.strip())
    _told(unit, row, {"due": row.due_on.isoformat()})


@dataclass(frozen=True, slots=True)
class CloseDataRequest(Command[None]):
    """It was answered: what was sent or done, or what was refused and why."""

    request_id: int
    result: Result
    on: date
    words: str

    def __repr__(self) -> str:
        return f"CloseDataRequest(request_id={self.request_id}, result={self.result})"


@does(CloseDataRequest, roles=LEADERS, verb="request.closed")
def close_data_request(command: CloseDataRequest, unit: Unit) -> None:
    """Nothing is sent or deleted for somebody whose identity nobody checked."""
    row, detail = open_request(unit, command.request_id)
    if command.result not in CLOSINGS:
        raise Refused("Choose how the request ended.")
    if not command.words.strip():
        raise Refused("Write what was sent or done. Where something was refused, write why.")
    if command.on > unit.today:
        raise Refused("That day lies ahead. Close the request on the day of the answer.")
    if command.on < row.received_on:
        raise Refused("It cannot have been answered before it came in. Check the day.")
    acts = command.result in (Result.DONE, Result.PART)
    if acts and row.paused_on is not None:
        raise Refused("The clock of this request stands. Let it go on first: note what came, and when.")
    if command.result is Result.DONE and row.kind == Asked.DELETE and is_in_register(row):
        raise Refused("Nothing was deleted yet. Choose “Delete the record”, or close it as done in part or refused.")
    if row.paused_on is not None:
        _go_on(unit, row, detail, max(command.on, row.paused_on))
    detail.result = command.result
    row.answered_on, row.reviewed_by, row.reviewed_on = command.on, unit.actor.id, unit.today
    add_step(unit, row.id, "closed", command.on, command.words.strip())
    _told(unit, row, {"result": command.result})


def is_in_register(row: RequestRow) -> bool:
    """The request is about a guardian or a pupil: what is held on them can be gathered and deleted here."""
    return row.about_guardian is not None or row.about_pupil is not None


def add_step(unit: Unit, request_id: int, kind: str, on: date, words: str = "") -> None:
    """Add to a request's steps; the words are sealed for leaders."""
    sealed = unit.sealed(words) if words else None
    step = RequestStepRow(request_id=request_id, kind=kind, on=on, at=unit.now, by=unit.actor.id, words_sealed=sealed)
    unit.session.add(step)


def request_rows(view: View, request_id: int) -> tuple[RequestRow, DataRequestRow]:
    """Both rows of a request. Raises `Problem` where there is none."""
    row, detail = view.session.get(RequestRow, request_id), view.session.get(DataRequestRow, request_id)
    if row is None or detail is None:
        raise Problem("That request is not in the register any more.")
    return row, detail


def open_request(unit: Unit, request_id: int) -> tuple[RequestRow, DataRequestRow]:
    """The same, of one that is still open."""
    row, detail = request_rows(unit, request_id)
    if row.answered_on is not None:
        raise Overtaken("This request was closed meanwhile. Nothing was changed.")
    return row, detail


def holidays_from(day: date) -> frozenset[date]:
    """Bank holidays for as long as a request that came in then may last, long pauses included."""
    return frozenset(day for day, _, _ in bank_holidays(day.year, day.year + 3))


def _reckon(row: RequestRow, detail: DataRequestRow) -> None:
    holidays = holidays_from(row.received_on)
    extended = row.extended_to is not None
    row.due_on = due_on(row.received_on, holidays, paused=detail.paused_days, extended=extended)
    if extended:
        row.extended_to = row.due_on


def _told(unit: Unit, row: RequestRow, figures: dict[str, object]) -> None:
    unit.audit(f"request:{row.id}", figures)
    unit.changed(CHANGED)

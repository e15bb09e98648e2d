"""The register of requests about people's own data: lines for everybody, words for leaders (H12, K3)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from app.domain.data_requests import Asked, Asker, Clock, Identity, Pause, Result, State
from app.domain.roles import EVERYONE, LEADERS
from app.services.data_requests import request_rows
from app.services.door import Command, Query, answers, does
from app.services.unit import Unit, View
from app.store.reads.people import key
from app.store.tables.accounts import AccountRow
from app.store.tables.data_requests import DataRequestRow, RequestStepRow
from app.store.tables.monitoring import RequestRow
from app.store.tables.people import GuardianRow, PupilRow, TieRow
from app.store.tables.register import LeaverRow
from app.store.tables.school import ClassRow, StaffRow

NO_RESPONSIBILITY = "No parental responsibility is recorded for the person who asks. Check before anything is sent."
STOPPED = "The person who asks may not be linked to this child. Ask the safeguarding lead before anything is sent."


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a request. Its words are read through `ReadDataRequest`."""

    kind: str
    on: date
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class DataRequestLine:
    """One request. `clock` holds its dates, `state` and `left` are those of today.

    `doubt` says why nothing should be sent to the person who asks before somebody has checked; it may be empty.
    """

    id: int
    reference: str
    kind: Asked
    asker: Asker
    about: str
    asked_by: str
    guardian_id: int | None
    pupil_id: int | None
    clock: Clock
    state: State
    left: int | None
    identity: Identity
    waits_for: Pause | None
    extended: bool
    result: Result | None
    doubt: str
    recorded_by: str
    steps: tuple[Step, ...]
    today: date

    @property
    def in_register(self) -> bool:
        """It is about a guardian or a pupil, so what is held can be gathered and deleted."""
        return self.guardian_id is not None or self.pupil_id is not None


@dataclass(frozen=True, slots=True)
class DataRequests(Query[tuple[DataRequestLine, ...]]):
    """The register, what is due first."""


@answers(DataRequests, roles=EVERYONE)
def data_requests(query: DataRequests, view: View) -> tuple[DataRequestLine, ...]:
    """Open ones by their due date, those whose clock stands after them, then closed ones, newest first."""
    del query
    today = view.today
    rows = view.session.execute(
        select(RequestRow, DataRequestRow).join(DataRequestRow, DataRequestRow.request_id == RequestRow.id)
    ).all()
    names = {row.id: row.name for row in view.session.scalars(select(AccountRow))}
    steps: dict[int, list[Step]] = defaultdict(list)
    for step in view.session.scalars(select(RequestStepRow).order_by(RequestStepRow.id)):
        steps[step.request_id].append(Step(step.kind, step.on, step.at, names.get(step.by, "")))
    lines = [_line(view, row, detail, names, tuple(steps[row.id]), today) for row, detail in rows]
    return tuple(sorted(lines, key=_place))


def _line(
    view: View, row: RequestRow, detail: DataRequestRow, names: dict[int, str], steps: tuple[Step, ...], today: date
) -> DataRequestLine:
    clock = Clock(row.received_on, row.due_on, row.paused_on, row.answered_on)
    asked_by = view.session.get(GuardianRow, detail.asked_by) if detail.asked_by is not None else None
    return DataRequestLine(
        id=row.id,
        reference=detail.reference,
        kind=Asked(row.kind),
        asker=Asker(detail.asker),
        about=about_words(view, row, detail),
        asked_by=asked_by.name if asked_by is not None else "",
        guardian_id=row.about_guardian,
        pupil_id=row.about_pupil,
        clock=clock,
        state=clock.state(today),
        left=clock.left(today),
        identity=Identity(detail.identity),
        waits_for=Pause(detail.pause_why) if detail.pause_why else None,
        extended=row.extended_to is not None,
        result=Result(detail.result) if detail.result else None,
        doubt="" if row.answered_on is not None else doubt_words(view, row, detail),
        recorded_by=names.get(row.recorded_by, ""),
        steps=steps,
        today=today,
    )


_RANK = {State.OVERDUE: 0, State.SOON: 0, State.OPEN: 0, State.PAUSED: 1, State.CLOSED: 2}


def _place(line: DataRequestLine) -> tuple[int, int, int]:
    day = line.clock.answered or line.clock.due
    ahead = -day.toordinal() if line.state is State.CLOSED else day.toordinal()
    return _RANK[line.state], ahead, -line.id


def about_words(view: View, row: RequestRow, detail: DataRequestRow) -> str:
    """Whom a request is about, by name; "Deleted record" once it was deleted."""
    session = view.session
    if detail.gone is not None:
        return "Deleted record"
    if row.about_pupil is not None:
        pupil = session.get(PupilRow, row.about_pupil)
        return f"{pupil.preferred or pupil.first} {pupil.last}" if pupil is not None else "Deleted record"
    if row.about_guardian is not None:
        guardian = session.get(GuardianRow, row.about_guardian)
        return guardian.name if guardian is not None else "Deleted record"
    staff = session.get(StaffRow, detail.staff_id) if detail.staff_id is not None else None
    return staff.name if staff is not None else detail.name or "No name recorded"


def doubt_words(view: View, row: RequestRow, detail: DataRequestRow) -> str:
    """Why the adult who asks for a pupil may not be the one to be answered; empty where nothing is known against it."""
    if row.about_pupil is None or detail.asked_by is None:
        return ""
    tie = view.session.scalar(
        select(TieRow).where(
            TieRow.pupil_id == row.about_pupil, TieRow.guardian_id == detail.asked_by, TieRow.ended_at.is_(None)
        )
    )
    if tie is not None and tie.contact != "open":
        return STOPPED
    return "" if tie is not None and tie.responsibility else NO_RESPONSIBILITY


@dataclass(frozen=True, slots=True)
class DataRequestWords:
    """What was asked for, and the words of each step in their order; empty where a step has none."""

    asked: str
    steps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReadDataRequest(Command[DataRequestWords]):
    """Read what a request says. Every look stands in the audit."""

    request_id: int


@does(ReadDataRequest, roles=LEADERS, verb="request.read")
def read_data_request(command: ReadDataRequest, unit: Unit) -> DataRequestWords:
    """Opened with the leaders' key."""
    row, detail = request_rows(unit, command.request_id)
    unit.audit(f"request:{row.id}")
    steps = unit.session.scalars(
        select(RequestStepRow).where(RequestStepRow.request_id == row.id).order_by(RequestStepRow.id)
    )
    said = tuple(str(unit.opened(step.words_sealed)) if step.words_sealed else "" for step in steps)
    return DataRequestWords(str(unit.opened(detail.asked_sealed)), said)


@dataclass(frozen=True, slots=True)
class Askers:
    """Everybody a request may be about, as pairs of id and words, by name."""

    guardians: tuple[tuple[int, str], ...]
    pupils: tuple[tuple[int, str], ...]
    staff: tuple[tuple[int, str], ...]
    today: date


@dataclass(frozen=True, slots=True)
class PossibleAskers(Query[Askers]):
    """Whom a request may be about, leavers included while their record is here."""


@answers(PossibleAskers, roles=EVERYONE)
def possible_askers(query: PossibleAskers, view: View) -> Askers:
    """Adults whose record was made one with another's, and deleted records, are left out."""
    del query
    session = view.session
    adults = session.scalars(select(GuardianRow).where(GuardianRow.merged_into.is_(None), GuardianRow.name_key != ""))
    guardians = [(row.id, " ".join(part for part in (row.name, f"({row.email})" if row.email else "") if part))
                 for row in adults]  # fmt: skip
    classes = {row.id: row.name for row in session.scalars(select(ClassRow))}
    gone = select(LeaverRow.pupil_id).where(LeaverRow.deleted_at.is_not(None))
    children = session.scalars(select(PupilRow).where(PupilRow.id.not_in(gone)))
    pupils = [(row.id, f"{row.preferred or row.first} {row.last} ({_where(row, classes)})") for row in children]
    staff = [(row.id, row.name) for row in session.scalars(select(StaffRow))]
    return Askers(_by_name(guardians), _by_name(pupils), _by_name(staff), view.today)


def _where(pupil: PupilRow, classes: dict[int, str]) -> str:
    return "has left" if pupil.left_on is not None else classes.get(pupil.class_id or 0, "no class")


def _by_name(pairs: list[tuple[int, str]]) -> tuple[tuple[int, str], ...]:
    return tuple(sorted(pairs, key=lambda pair: (key(pair[1]), pair[0])))

"""Writing a plan in sets: classes, staff, guardians, pupils, ties, care flags; what was there is traced (H7)."""

from __future__ import annotations

from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.care import CareRecord
from app.domain.enrolment_rows import class_key
from app.domain.enrolment_shapes import ChangeAt, FieldChange, PlannedGuardian, PlannedPupil, PlannedTie, RegisterPlan
from app.domain.incoming import IncomingGuardian
from app.domain.ticket import Ticket
from app.services.enrolment_codes import revoke_codes_of_movers
from app.services.enrolment_trace import Trace
from app.services.unit import Unit
from app.store.bulk import insert_many
from app.store.reads.people import key
from app.store.tables.people import GuardianRow, PupilRow, TieRow
from app.store.tables.permissions import CareRecordRow
from app.store.tables.school import ClassRow, StaffClassRow, StaffRow

_PUPIL_COLUMNS = {
    "first": "first",
    "last": "last",
    "born": "born",
    "upn": "upn",
    "preferred": "preferred",
    "preferred_last": "preferred_last",
    "middle": "middle",
    "year": "year_group",
    "sex": "sex",
    "postcode": "postcode",
    "source_id": "source_id",
}
_pupil_values = attrgetter(*_PUPIL_COLUMNS)
_PUPIL_ROW = (*_PUPIL_COLUMNS.values(), "class_id", "name_key", "joined_on", "picture_bar", "version")
_GUARDIAN_ROW = (
    "title", "first", "last", "email", "address", "postcode", "language", "source_id", "phones", "name_key",
)  # fmt: skip
_TIE_ROW = ("pupil_id", "guardian_id", "relationship", "responsibility", "contact_order", "contact")
_EVERY = 200
_TIE_COLUMNS = {"relationship": "relationship", "responsibility": "responsibility", "order": "contact_order"}


@dataclass(slots=True)
class RegisterWriter:
    """Writes one plan in sets: classes, staff, guardians, pupils, ties, care flags.

    `refused` names the changes that a person does not take over. Raises Cancelled from the ticket.
    """

    unit: Unit
    plan: RegisterPlan
    refused: frozenset[ChangeAt]
    trace: Trace
    ticket: Ticket
    classes: dict[str, int] = field(default_factory=dict)
    guardians: list[int | None] = field(default_factory=list)
    """The guardian's id at each place of the plan; None for one whom nobody takes over."""
    moved: list[int] = field(default_factory=list)
    """Pupils who came into another class."""

    @property
    def session(self) -> Session:
        return self.unit.session

    def write(self) -> None:
        """All of it, in an order in which nothing points at what is not there yet."""
        self._tick(0)
        self._look()
        self._classes()
        self._staff()
        self._tick(1)
        self._guardians()
        self._tick(2)
        new = self._new_pupils()
        self._tick(3)
        for number, pupil in enumerate(self.plan.changed):
            self._change_pupil(pupil)
            if number % _EVERY == 0:
                self._tick(3)
        revoke_codes_of_movers(self.unit, self.trace, self.moved)
        known = [(pupil, pupil.known.id) for pupil in self.plan.changed + self.plan.unchanged if pupil.known]
        self._tick(4)
        self._ties([*zip(self.plan.new, new, strict=True), *known])
        self._care([*zip(self.plan.new, new, strict=True), *known])
        self.trace.put()
        self._tick(5)

    def _tick(self, done: int) -> None:
        self.ticket.tick(done, 5, "Writing the register")

    def _look(self) -> None:
        """Read, in sets, every row that will be changed."""
        self.trace.look(ClassRow, (each.known.id for each in self.plan.classes if each.known))
        self.trace.look(StaffRow, (each.known.id for each in self.plan.staff if each.known))
        self.trace.look(GuardianRow, (each.known.id for each in self.plan.guardians if each.known and each.changes))
        barred = (each for each in self.plan.unchanged if each.incoming.in_care)
        self.trace.look(PupilRow, (each.known.id for each in (*self.plan.changed, *barred) if each.known))

    def _classes(self) -> None:
        new = [planned for planned in self.plan.classes if planned.known is None]
        rows = ((planned.name, planned.year, planned.source_id, True) for planned in new)
        ids = insert_many(self.session, ClassRow, ("name", "year_group", "source_id", "active"), rows)
        self.trace.note_made(ClassRow, ids)
        self.classes = {class_key(planned.name): id_ for planned, id_ in zip(new, ids, strict=True)}
        for planned in self.plan.classes:
            if planned.known is None:
                continue
            self.classes[class_key(planned.name)] = planned.known.id
            told = {"year_group": planned.year, "source_id": planned.source_id}
            had = {"year_group": planned.known.year, "source_id": planned.known.source_id}
            news = {name: said for name, said in told.items() if said and not had[name]}
            self.trace.change(ClassRow, planned.known.id, news)

    def _staff(self) -> None:
        for planned in self.plan.staff:
            said = planned.incoming
            if planned.known is None:
                row = StaffRow(name=said.name, role=said.role, email=said.email, source_id=said.source_id)
                self.session.add(row)
                self.session.flush()
                staff_id = row.id
                self.trace.note_made(StaffRow, staff_id)
            else:
                staff_id = planned.known.id
                if said.source_id and not planned.known.source_id:
                    self.trace.change(StaffRow, staff_id, {"source_id": said.source_id})
            for name in said.classes:
                class_id = self.classes.get(class_key(name))
                if class_id and self.session.get(StaffClassRow, (staff_id, class_id)) is None:
                    self.session.add(StaffClassRow(staff_id=staff_id, class_id=class_id))
                    self.trace.pairs.append((staff_id, class_id))

    def _guardians(self) -> None:
        wanted = self._wanted()
        new = [place for place, planned in enumerate(self.plan.guardians) if planned.known is None and place in wanted]
        rows = (_guardian(self.plan.guardians[place].incoming) for place in new)
        ids = insert_many(self.session, GuardianRow, _GUARDIAN_ROW, rows)
        self.trace.note_made(GuardianRow, ids)
        given = dict(zip(new, ids, strict=True))
        self.guardians = [
            given.get(place) if planned.known is None else planned.known.id
            for place, planned in enumerate(self.plan.guardians)
        ]
        for planned in self.plan.guardians:
            if planned.changes:
                self._change_guardian(planned)

    def _wanted(self) -> range | set[int]:
        """The places of the guardians whom some child's accepted tie needs."""
        if not any(each.sort == "added" for each in self.refused):
            return range(len(self.plan.guardians))
        return {
            tie.guardian for pupil in self.plan.pupils for tie in pupil.ties if not self._is_refused_tie(pupil, tie)
        }

    def _is_refused_tie(self, pupil: PlannedPupil, tie: PlannedTie) -> bool:
        if pupil.known is None or tie.known is not None:
            return False
        return ChangeAt("added", pupil.known.id, "", tie.guardian) in self.refused

    def _change_guardian(self, planned: PlannedGuardian) -> None:
        assert planned.known is not None
        values: dict[str, Any] = {}
        for change in planned.changes:
            if ChangeAt("guardian", planned.known.id, change.field) in self.refused:
                continue
            if change.field == "phones" and isinstance(change.new, tuple):
                values["phones"] = ", ".join(change.new)
            else:
                values[change.field] = change.new
        if not values:
            return
        first = values.get("first", planned.known.first)
        last = values.get("last", planned.known.last)
        values["name_key"] = key(f"{first or ''} {last or ''}")
        self.trace.change(GuardianRow, planned.known.id, values)

    def _new_pupils(self) -> range:
        today = self.unit.today
        incoming = (planned.incoming for planned in self.plan.new)
        rows = (
            (
                *_pupil_values(said),
                self.classes.get(class_key(said.class_name)) if said.class_name else None,
                pupil_key(said.first, said.preferred, said.last),
                today,
                False,
                1,
            )
            for said in incoming
        )
        ids = insert_many(self.session, PupilRow, _PUPIL_ROW, rows)
        self.trace.note_made(PupilRow, ids)
        return ids

    def _change_pupil(self, planned: PlannedPupil) -> None:
        assert planned.known is not None
        values: dict[str, Any] = {}
        for change in planned.changes:
            if ChangeAt("pupil", planned.known.id, change.field) not in self.refused:
                values.update(self._change(change))
        if not values:
            return
        known = planned.known
        values["name_key"] = pupil_key(
            values.get("first", known.first), values.get("preferred", known.preferred), values.get("last", known.last)
        )
        row = self.trace.row(PupilRow, known.id)
        if values.get("class_id", row["class_id"]) != row["class_id"]:
            self.moved.append(known.id)
        values["version"] = row["version"] + 1
        self.trace.change(PupilRow, known.id, values)

    def _change(self, change: FieldChange) -> dict[str, Any]:
        if change.field == "class_name":
            return {"class_id": self.classes.get(class_key(str(change.new)))}
        if change.field == "on_roll":
            return {"left_on": None}
        if change.field in _PUPIL_COLUMNS:
            return {_PUPIL_COLUMNS[change.field]: change.new}
        return {}

    def _ties(self, pupils: list[tuple[PlannedPupil, int]]) -> None:
        fresh: list[tuple[int, int, str | None, bool | None, int | None, str]] = []
        altered: list[PlannedTie] = []
        for planned, pupil_id in pupils:
            for tie in planned.ties:
                if tie.known is not None:
                    if tie.changes:
                        altered.append(tie)
                elif not self._is_refused_tie(planned, tie):
                    guardian = self.guardians[tie.guardian]
                    assert guardian is not None
                    fresh.append((pupil_id, guardian, tie.relationship, tie.responsibility, tie.order, "open"))
        if altered:
            self._change_ties(altered)
        over = select(TieRow.pupil_id, TieRow.guardian_id).where(TieRow.ended_at.is_not(None))
        ended = {(pupil, guardian) for pupil, guardian in self.session.execute(over)}
        rows = (row for row in fresh if row[:2] not in ended) if ended else fresh
        self.trace.note_made(TieRow, insert_many(self.session, TieRow, _TIE_ROW, rows))

    def _change_ties(self, ties: list[PlannedTie]) -> None:
        wanted = {(tie.known.pupil_id, tie.known.guardian_id): tie for tie in ties if tie.known}
        found: dict[tuple[int, int], int] = {}
        pupils = sorted({pupil for pupil, _ in wanted})
        for start in range(0, len(pupils), _EVERY):
            some = pupils[start : start + _EVERY]
            rows = self.session.execute(
                select(TieRow.id, TieRow.pupil_id, TieRow.guardian_id).where(TieRow.pupil_id.in_(some))
            )
            found |= {(pupil, guardian): id_ for id_, pupil, guardian in rows if (pupil, guardian) in wanted}
        self.trace.look(TieRow, found.values())
        for (pupil, guardian), tie in wanted.items():
            values = {
                _TIE_COLUMNS[change.field]: change.new
                for change in tie.changes
                if ChangeAt("tie", pupil, change.field, guardian) not in self.refused
            }
            self.trace.change(TieRow, found[pupil, guardian], values)

    def _care(self, pupils: list[tuple[PlannedPupil, int]]) -> None:
        """A flag in the file bars pictures at once; a file never lifts a bar."""
        barred: list[int] = []
        for planned, pupil_id in pupils:
            known = planned.known
            if not planned.incoming.in_care or (known is not None and known.in_care):
                continue
            record = CareRecord(pupil_id, authority=planned.incoming.care_authority or "")
            row = CareRecordRow(
                sealed=self.unit.sealed(record.as_json()),
                recorded_at=self.unit.now,
                recorded_by=self.unit.actor.id,
            )
            self.session.add(row)
            self.session.flush()
            self.trace.note_made(CareRecordRow, row.id)
            barred.append(pupil_id)
        self.trace.look(PupilRow, barred)
        for pupil_id in barred:
            self.trace.change(PupilRow, pupil_id, {"picture_bar": True})


def pupil_key(first: str, preferred: str | None, last: str) -> str:
    """What a search for a pupil looks in: every first name and the last, folded."""
    return key(f"{first} {preferred or ''} {last}")


def _guardian(said: IncomingGuardian) -> tuple[str | None, ...]:
    last = said.last if said.first or said.last else said.name or said.last
    return (
        said.title,
        said.first,
        last,
        said.email,
        said.address,
        said.postcode,
        said.language or "en",
        said.source_id,
        ", ".join(said.phones) or None,
        key(f"{said.first or ''} {last or ''}"),
    )

"""Bringing the register in from the school's own system: seen as a plan first, applied once, whole (H7, P4, P8)."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from operator import attrgetter
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.domain.bulk import collector_paused
from app.domain.care import CareRecord
from app.domain.enrolment import plan_register
from app.domain.enrolment_pupils import class_key
from app.domain.enrolment_shapes import (
    FieldChange,
    PlannedGuardian,
    PlannedPupil,
    PlannedTie,
    RegisterPlan,
)
from app.domain.incoming import IncomingGuardian, RegisterReading
from app.domain.problems import Overtaken
from app.domain.roles import EVERYONE
from app.services.door import Command, Query, answers, does
from app.services.school import OFFICE_AND_HEAD
from app.services.unit import Unit, View
from app.store.audit_chain import head
from app.store.bulk import first_load, insert_many
from app.store.reads.enrolment import known_register
from app.store.reads.people import key
from app.store.tables.content import ImportRow
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
_TIE_COLUMNS = {"relationship": "relationship", "responsibility": "responsibility", "order": "contact_order"}


@dataclass(frozen=True, slots=True)
class PlanRegister(Query[RegisterPlan]):
    """What bringing this reading in would do. Nothing is changed."""

    reading: RegisterReading

    def __repr__(self) -> str:
        return f"PlanRegister(rows={self.reading.rows})"


@answers(PlanRegister, roles=EVERYONE)
def plan(query: PlanRegister, view: View) -> RegisterPlan:
    """The plan against the register of this moment."""
    with collector_paused():
        made = plan_register(query.reading, known_register(view.session))
    return replace(made, as_of=head(view.session))


@dataclass(frozen=True, slots=True)
class ApplyRegister(Command[RegisterPlan]):
    """Write what a plan proposes. `refused` names the changes a person did not accept, as (pupil id, field).

    Leavers are never applied here: they are a proposal, confirmed one by one.
    """

    reading: RegisterReading
    plan: RegisterPlan
    refused: frozenset[tuple[int, str]] = frozenset()

    def __repr__(self) -> str:
        return f"ApplyRegister(rows={self.plan.rows})"


@does(ApplyRegister, roles=OFFICE_AND_HEAD, verb="register.brought_in")
def apply_register(command: ApplyRegister, unit: Unit) -> RegisterPlan:
    """The plan that was written, whole or not at all.

    Raises `Overtaken` where the register has changed since the plan was shown.
    """
    _check_still_so(command, unit)
    writer = _Writer(unit, command.plan, command.refused)
    with collector_paused(), first_load(unit.session, PupilRow, GuardianRow, TieRow, ClassRow):
        writer.write()
    record = ImportRow(
        area="register",
        format=command.reading.format,
        digest=_digest(command.plan),
        rows=command.plan.rows,
        new=len(command.plan.new),
        changed=len(command.plan.changed),
        unchanged=len(command.plan.unchanged),
        rejected=len(command.plan.rejected),
        applied_at=unit.now,
        applied_by=unit.actor.id,
    )
    unit.session.add(record)
    unit.session.flush()
    counts = {name: count for name, count in command.plan.counts.items() if count}
    unit.audit(f"import:{record.id}", {"format": command.reading.format, **counts})
    unit.changed("pupils", "guardians", "school")
    return command.plan


def _check_still_so(command: ApplyRegister, unit: Unit) -> None:
    """Where anything at all was done since the plan was made, it is made again: it must come out the same."""
    if command.plan.as_of == head(unit.session):
        return
    if plan_register(command.reading, known_register(unit.session)) != command.plan:
        raise Overtaken("The register has changed since you looked at the plan. Look at the new plan, then apply it.")


def _digest(plan: RegisterPlan) -> str:
    parts = "\n".join(f"{p.incoming.first}\t{p.incoming.last}\t{p.incoming.born}" for p in plan.pupils)
    return hashlib.sha256(parts.encode()).hexdigest()


@dataclass(slots=True)
class _Writer:
    """Writes one plan in sets: classes, staff, guardians, pupils, ties, care flags."""

    unit: Unit
    plan: RegisterPlan
    refused: frozenset[tuple[int, str]]
    classes: dict[str, int] = field(default_factory=dict)
    guardians: list[int] = field(default_factory=list)

    @property
    def session(self) -> Session:
        return self.unit.session

    def write(self) -> None:
        self._classes()
        self._staff()
        self._guardians()
        new = self._new_pupils()
        for pupil in self.plan.changed:
            self._change_pupil(pupil)
        known = [(pupil, pupil.known.id) for pupil in self.plan.changed + self.plan.unchanged if pupil.known]
        self._ties([*zip(self.plan.new, new, strict=True), *known])
        self._care([*zip(self.plan.new, new, strict=True), *known])

    def _classes(self) -> None:
        new = [planned for planned in self.plan.classes if planned.known is None]
        rows = ((planned.name, planned.year, planned.source_id, True) for planned in new)
        ids = insert_many(self.session, ClassRow, ("name", "year_group", "source_id", "active"), rows)
        self.classes = {class_key(planned.name): id_ for planned, id_ in zip(new, ids, strict=True)}
        for planned in self.plan.classes:
            if planned.known is None:
                continue
            self.classes[class_key(planned.name)] = planned.known.id
            told = {"year_group": planned.year, "source_id": planned.source_id}
            had = {"year_group": planned.known.year, "source_id": planned.known.source_id}
            news = {name: said for name, said in told.items() if said and not had[name]}
            if news:
                self.session.execute(update(ClassRow).where(ClassRow.id == planned.known.id).values(news))

    def _staff(self) -> None:
        for planned in self.plan.staff:
            said = planned.incoming
            if planned.known is None:
                row = StaffRow(name=said.name, role=said.role, email=said.email, source_id=said.source_id)
                self.session.add(row)
                self.session.flush()
                staff_id = row.id
            else:
                staff_id = planned.known.id
                if said.source_id and not planned.known.source_id:
                    self.session.execute(
                        update(StaffRow).where(StaffRow.id == staff_id).values(source_id=said.source_id)
                    )
            for name in said.classes:
                class_id = self.classes.get(class_key(name))
                if class_id and self.session.get(StaffClassRow, (staff_id, class_id)) is None:
                    self.session.add(StaffClassRow(staff_id=staff_id, class_id=class_id))

    def _guardians(self) -> None:
        new = [planned.incoming for planned in self.plan.guardians if planned.known is None]
        ids = iter(insert_many(self.session, GuardianRow, _GUARDIAN_ROW, map(_guardian, new)))
        for planned in self.plan.guardians:
            if planned.known is None:
                self.guardians.append(next(ids))
            else:
                self.guardians.append(planned.known.id)
                self._change_guardian(planned)

    def _change_guardian(self, planned: PlannedGuardian) -> None:
        assert planned.known is not None
        if not planned.changes:
            return
        values: dict[str, Any] = {}
        for change in planned.changes:
            if change.field == "phones" and isinstance(change.new, tuple):
                values["phones"] = ", ".join(change.new)
            else:
                values[change.field] = change.new
        first = values.get("first", planned.known.first)
        last = values.get("last", planned.known.last)
        values["name_key"] = key(f"{first or ''} {last or ''}")
        self.session.execute(update(GuardianRow).where(GuardianRow.id == planned.known.id).values(values))

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
        return insert_many(self.session, PupilRow, _PUPIL_ROW, rows)

    def _change_pupil(self, planned: PlannedPupil) -> None:
        assert planned.known is not None
        values: dict[str, Any] = {}
        for change in planned.changes:
            if (planned.known.id, change.field) in self.refused:
                continue
            values.update(self._change(change))
        if not values:
            return
        known = planned.known
        values["name_key"] = pupil_key(
            values.get("first", known.first), values.get("preferred", known.preferred), values.get("last", known.last)
        )
        values["version"] = PupilRow.version + 1
        self.session.execute(update(PupilRow).where(PupilRow.id == known.id).values(values))

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
        for planned, pupil_id in pupils:
            for tie in planned.ties:
                if tie.known is None:
                    fresh.append(self._tie(tie, pupil_id))
                elif tie.changes:
                    self.session.execute(
                        update(TieRow)
                        .where(TieRow.pupil_id == tie.known.pupil_id, TieRow.guardian_id == tie.known.guardian_id)
                        .values({_TIE_COLUMNS[change.field]: change.new for change in tie.changes})
                    )
        over = select(TieRow.pupil_id, TieRow.guardian_id).where(TieRow.ended_at.is_not(None))
        ended = {(pupil, guardian) for pupil, guardian in self.session.execute(over)}
        rows = (row for row in fresh if row[:2] not in ended) if ended else fresh
        insert_many(self.session, TieRow, _TIE_ROW, rows)

    def _tie(self, tie: PlannedTie, pupil_id: int) -> tuple[int, int, str | None, bool | None, int | None, str]:
        return pupil_id, self.guardians[tie.guardian], tie.relationship, tie.responsibility, tie.order, "open"

    def _care(self, pupils: list[tuple[PlannedPupil, int]]) -> None:
        """A flag in the file bars pictures at once; a file never lifts a bar."""
        for planned, pupil_id in pupils:
            known = planned.known
            if not planned.incoming.in_care or (known is not None and known.in_care):
                continue
            record = CareRecord(pupil_id, authority=planned.incoming.care_authority or "")
            self.session.add(
                CareRecordRow(
                    sealed=self.unit.sealed(record.as_json()),
                    recorded_at=self.unit.now,
                    recorded_by=self.unit.actor.id,
                )
            )
            self.session.execute(update(PupilRow).where(PupilRow.id == pupil_id).values(picture_bar=True))


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

"""The register as an import compares a file with it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.bulk import Remembered
from app.domain.enrolment_shapes import (
    KnownClass,
    KnownGuardian,
    KnownPupil,
    KnownRegister,
    KnownStaff,
    KnownTie,
    MergedGuardian,
)
from app.store.bulk import plain_rows
from app.store.tables.people import GuardianRow, PupilRow, TieRow
from app.store.tables.school import ClassRow, StaffRow


def known_register(session: Session) -> KnownRegister:
    """Everybody, current and left. Of a child's care only the picture bar is told, which anybody may know."""
    return KnownRegister(
        pupils=tuple([_pupil(row) for row in plain_rows(session, _PUPILS)]),
        guardians=_guardians(plain_rows(session, _GUARDIANS)),
        ties=tuple(
            [
                KnownTie(pupil_id, guardian_id, relationship, _TRUTH[responsibility], order)
                for pupil_id, guardian_id, relationship, responsibility, order in plain_rows(session, _TIES)
            ]
        ),
        classes=tuple(KnownClass(*row) for row in session.execute(_CLASSES)),
        staff=tuple(KnownStaff(*row) for row in session.execute(_STAFF)),
        merged=_merged(plain_rows(session, _MERGED)),
    )


_TRUTH = {None: None, 0: False, 1: True}
_PUPILS = select(
    PupilRow.id,
    PupilRow.first,
    PupilRow.last,
    PupilRow.born,
    PupilRow.upn,
    PupilRow.preferred,
    PupilRow.preferred_last,
    PupilRow.middle,
    PupilRow.year_group,
    PupilRow.class_id,
    PupilRow.sex,
    PupilRow.postcode,
    PupilRow.picture_bar,
    PupilRow.source_id,
    PupilRow.left_on,
).order_by(PupilRow.id)
_ADULT = (
    GuardianRow.id,
    GuardianRow.title,
    GuardianRow.first,
    GuardianRow.last,
    GuardianRow.email,
    GuardianRow.phones,
    GuardianRow.address,
    GuardianRow.postcode,
    GuardianRow.language,
    GuardianRow.source_id,
)
_GUARDIANS = select(*_ADULT).where(GuardianRow.merged_into.is_(None)).order_by(GuardianRow.id)
_MERGED = select(GuardianRow.merged_into, *_ADULT).where(GuardianRow.merged_into.is_not(None)).order_by(GuardianRow.id)
_TIES = (
    select(TieRow.pupil_id, TieRow.guardian_id, TieRow.relationship, TieRow.responsibility, TieRow.contact_order)
    .where(TieRow.ended_at.is_(None))
    .order_by(TieRow.id)
)
_CLASSES = (
    select(ClassRow.id, ClassRow.name, ClassRow.year_group, ClassRow.source_id)
    .where(ClassRow.active)
    .order_by(ClassRow.id)
)
_STAFF = (
    select(StaffRow.id, StaffRow.name, StaffRow.email, StaffRow.source_id).where(StaffRow.active).order_by(StaffRow.id)
)


def _pupil(row: tuple[Any, ...]) -> KnownPupil:
    (id_, first, last, born, upn, preferred, preferred_last, middle, year, class_id, sex, postcode, barred, source_id,
     left_on) = row  # fmt: skip
    return KnownPupil(
        id_, first, last, date.fromisoformat(born) if born else None, upn, preferred, preferred_last, middle, year,
        class_id, sex, postcode, True if barred else None, source_id, left_on is None,
    )  # fmt: skip


def _guardians(rows: Iterable[Sequence[Any]]) -> tuple[KnownGuardian, ...]:
    numbers = Remembered(_numbers)
    return tuple(
        [
            KnownGuardian(id_, title, first, last, email, numbers[phones], address, postcode, language, source_id)
            for id_, title, first, last, email, phones, address, postcode, language, source_id in rows
        ]
    )


def _merged(rows: Sequence[tuple[Any, ...]]) -> tuple[MergedGuardian, ...]:
    said = _guardians([adult for _, *adult in rows])
    return tuple(MergedGuardian(each, kept_id) for each, (kept_id, *_) in zip(said, rows, strict=True))


def _numbers(phones: str | None) -> tuple[str, ...]:
    return tuple(part.strip() for part in phones.split(",") if part.strip()) if phones else ()

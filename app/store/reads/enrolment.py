"""The register as an import compares a file with it."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.enrolment_shapes import (
    KnownClass,
    KnownGuardian,
    KnownPupil,
    KnownRegister,
    KnownStaff,
    KnownTie,
)
from app.store.tables.people import GuardianRow, PupilRow, TieRow
from app.store.tables.school import ClassRow, StaffRow


def known_register(session: Session) -> KnownRegister:
    """Everybody, current and left. Of a child's care only the picture bar is told, which anybody may know."""
    return KnownRegister(
        pupils=tuple(_pupil(row) for row in session.scalars(select(PupilRow).order_by(PupilRow.id))),
        guardians=tuple(
            _guardian(row)
            for row in session.scalars(
                select(GuardianRow).where(GuardianRow.merged_into.is_(None)).order_by(GuardianRow.id)
            )
        ),
        ties=tuple(
            KnownTie(row.pupil_id, row.guardian_id, row.relationship, row.responsibility, row.contact_order)
            for row in session.scalars(select(TieRow).where(TieRow.ended_at.is_(None)).order_by(TieRow.id))
        ),
        classes=tuple(
            KnownClass(row.id, row.name, row.year_group, row.source_id)
            for row in session.scalars(select(ClassRow).where(ClassRow.active).order_by(ClassRow.id))
        ),
        staff=tuple(
            KnownStaff(row.id, row.name, row.email, row.source_id)
            for row in session.scalars(select(StaffRow).where(StaffRow.active).order_by(StaffRow.id))
        ),
    )


def _pupil(row: PupilRow) -> KnownPupil:
    return KnownPupil(
        id=row.id,
        first=row.first,
        last=row.last,
        born=row.born,
        upn=row.upn,
        preferred=row.preferred,
        preferred_last=row.preferred_last,
        middle=row.middle,
        year=row.year_group,
        class_id=row.class_id,
        sex=row.sex,
        postcode=row.postcode,
        in_care=row.picture_bar or None,
        source_id=row.source_id,
        on_roll=row.left_on is None,
    )


def _guardian(row: GuardianRow) -> KnownGuardian:
    return KnownGuardian(
        id=row.id,
        title=row.title,
        first=row.first,
        last=row.last,
        email=row.email,
        phones=tuple(part.strip() for part in (row.phones or "").split(",") if part.strip()),
        address=row.address,
        postcode=row.postcode,
        language=row.language,
        source_id=row.source_id,
    )

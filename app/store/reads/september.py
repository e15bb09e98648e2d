"""The register as the change of school year sees it."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.september import Child, PresentClass
from app.domain.years import YEARS, usual_year
from app.store.reads.people import key
from app.store.tables.people import PupilRow
from app.store.tables.school import ClassRow


def children_of(session: Session) -> tuple[Child, ...]:
    """Everybody on roll, by surname and first name."""
    rows = session.execute(
        select(PupilRow.id, PupilRow.first, PupilRow.preferred, PupilRow.last, PupilRow.class_id, PupilRow.year_group)
        .where(PupilRow.left_on.is_(None))
        .order_by(PupilRow.id)
    ).all()
    ordered = sorted(rows, key=lambda row: (key(row.last), key(row.first), row.id))
    return tuple(
        Child(row.id, f"{row.preferred or row.first} {row.last}", row.class_id, row.year_group) for row in ordered
    )


def classes_of(session: Session) -> tuple[PresentClass, ...]:
    """Classes in use, by year group and name."""
    rows = session.execute(select(ClassRow.id, ClassRow.name, ClassRow.year_group).where(ClassRow.active)).all()
    order = {year: place for place, year in enumerate(YEARS)}
    ordered = sorted(rows, key=lambda row: (order.get(row.year_group or "", len(order)), row.name.casefold()))
    return tuple(PresentClass(row.id, row.name, row.year_group) for row in ordered)


def is_in_groups_of(session: Session, first: int) -> bool:
    """Whether most pupils, by their dates of birth, are in the year groups of the school year that begins in `first`.

    False where no date of birth is known.
    """
    rows = session.execute(
        select(PupilRow.born, PupilRow.year_group).where(
            PupilRow.left_on.is_(None), PupilRow.born.is_not(None), PupilRow.year_group.in_(YEARS)
        )
    ).all()
    there = sum(born is not None and usual_year(born, first) == year for born, year in rows)
    return there * 2 > len(rows)

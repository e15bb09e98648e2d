"""A child's points by School Way over some days: what was given, never what was taken away (H8, P11)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.content import Kind
from app.store.tables.content import ImportRow, ItemRow, PointsTotalRow, TagRow
from app.store.tables.school import SchoolRow, SchoolWayRow, SkillRow

OTHER = "For other things"
"""Points whose skill belongs to no School Way."""

Points = tuple[tuple[str, int], ...]


def points_given(session: Session, pupils: Iterable[int], first: date, last: date) -> dict[int, Points]:
    """For each pupil with any: the School Ways in the school's order with the points given, all above nought.

    A points report that was brought in holds every award, so single awards count only for a pupil whom no report of
    these days names, as in the school's figures.
    """
    zone = ZoneInfo(session.scalar(select(SchoolRow.timezone)) or "Europe/London")
    starts = datetime.combine(first, time.min, zone).astimezone(UTC)
    ends = datetime.combine(last + timedelta(days=1), time.min, zone).astimezone(UTC)
    wanted = frozenset(pupils)
    reported = _reported(session, wanted, starts, ends)
    given = _awarded(session, wanted, starts, ends) | reported
    names: dict[int | None, str] = {
        row.id: row.name for row in session.scalars(select(SchoolWayRow).order_by(SchoolWayRow.position))
    }
    names[None] = OTHER
    return {
        pupil_id: tuple((name, round(ways[way])) for way, name in names.items() if round(ways.get(way, 0)) > 0)
        for pupil_id, ways in given.items()
        if any(round(points) > 0 for points in ways.values())
    }


Ways = dict[int | None, float]


def _reported(session: Session, wanted: frozenset[int], starts: datetime, ends: datetime) -> dict[int, Ways]:
    found: dict[int, Ways] = defaultdict(lambda: defaultdict(float))
    rows = session.execute(
        select(PointsTotalRow.pupil_id, SkillRow.way_id, PointsTotalRow.points, PointsTotalRow.weight)
        .join(ImportRow, ImportRow.id == PointsTotalRow.import_id)
        .join(SkillRow, SkillRow.id == PointsTotalRow.skill_id)
        .where(ImportRow.applied_at >= starts, ImportRow.applied_at < ends, PointsTotalRow.weight > 0)
    )
    for pupil_id, way, count, weight in rows:
        if pupil_id in wanted:
            found[pupil_id][way] += count * weight
    return found


def _awarded(session: Session, wanted: frozenset[int], starts: datetime, ends: datetime) -> dict[int, Ways]:
    found: dict[int, Ways] = defaultdict(lambda: defaultdict(float))
    rows = session.execute(
        select(ItemRow.pupil_id, TagRow.pupil_id, SkillRow.way_id, ItemRow.value)
        .outerjoin(TagRow, TagRow.item_id == ItemRow.id)
        .outerjoin(SkillRow, SkillRow.id == ItemRow.skill_id)
        .where(
            ItemRow.kind == Kind.POINTS,
            ItemRow.value > 0,
            ItemRow.sent_at >= starts,
            ItemRow.sent_at < ends,
            ItemRow.restricted.is_(False),
        )
    )
    for whose, tagged, way, value in rows:
        pupil_id = tagged if tagged is not None else whose
        if pupil_id in wanted and value is not None:
            found[pupil_id][way] += value
    return found

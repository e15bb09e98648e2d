"""The figures behind the monitoring report: counts only, no names of people (H1, T1 to T13, P4 to P12, M1, M2, K1)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, SQLColumnExpression, and_, func, or_, select
from sqlalchemy.orm import Session

from app.domain.breach import CaseStatus, Outcome
from app.domain.checks.register import PermissionState
from app.domain.content import AuthorRole, Kind
from app.store.reads.register import rulings
from app.store.reads.replies import Wait, waits
from app.store.reads.school_days import school_calendar
from app.store.tables.base import Instant
from app.store.tables.cases import CaseDecisionRow, CaseRow
from app.store.tables.content import ImportRow, ItemRow, MediaRow, PointsTotalRow
from app.store.tables.links import LinkRow
from app.store.tables.monitoring import SampleItemRow, SampleRow
from app.store.tables.people import GuardianRow, PupilRow
from app.store.tables.policy import AcceptanceRow, ClassSheetRow, ClauseRow, PolicyVersionRow
from app.store.tables.review import FindingRow, ReferralRow
from app.store.tables.school import ClassRow, SchoolRow, SchoolWayRow, SkillRow, StaffClassRow, StaffRow

NO_WAY = "No School Way"
_UNDECIDED = (PermissionState.UNDECIDED, PermissionState.CONFLICT)


class MonitoringFigures:
    """Figures of one period, by the school's own days. Rows are tuples in the order their docstrings name."""

    def __init__(self, session: Session, first: date, last: date, now: datetime) -> None:
        self.session, self.first, self.last, self.now = session, first, last, now
        self.school = session.scalars(select(SchoolRow)).one()
        self.zone = ZoneInfo(self.school.timezone)
        self.today = now.astimezone(self.zone).date()
        self.starts = datetime.combine(first, time.min, self.zone).astimezone(UTC)
        self.ends = datetime.combine(last + timedelta(days=1), time.min, self.zone).astimezone(UTC)

    @cached_property
    def classes(self) -> dict[int, str]:
        """Class names by id."""
        return {row.id: row.name for row in self.session.scalars(select(ClassRow))}

    def items(self) -> Sequence[tuple[date, str | None, Kind, int, int]]:
        """Monday of the week, class, kind, items, items that carry media. Counted once: the pack asks several times."""
        return self._items

    @cached_property
    def _items(self) -> tuple[tuple[date, str | None, Kind, int, int], ...]:
        return tuple(self._counted_items())

    def _counted_items(self) -> Iterator[tuple[date, str | None, Kind, int, int]]:
        carrying = set(self.session.scalars(select(MediaRow.item_id).distinct()))
        counts: Counter[tuple[date, int | None, str]] = Counter()
        pictures: Counter[tuple[date, int | None, str]] = Counter()
        rows = self.session.execute(
            select(ItemRow.id, ItemRow.sent_at, ItemRow.class_id, ItemRow.kind).where(self._sent())
        )
        for item_id, sent_at, class_id, kind in rows:
            if sent_at is None:
                continue
            key = (self._monday(sent_at), class_id, kind)
            counts[key] += 1
            pictures[key] += item_id in carrying
        for (week, class_id, kind), count in sorted(counts.items(), key=lambda entry: str(entry[0])):
            yield week, self._class(class_id), Kind(kind), count, pictures[week, class_id, kind]

    def findings(self) -> Iterator[tuple[str, str, str | None, str, int]]:
        """Check, clause, class, state, findings; lapsed ones are left out."""
        rows = self.session.execute(
            select(FindingRow.check, FindingRow.clause, ItemRow.class_id, FindingRow.state, func.count())
            .join(ItemRow, ItemRow.id == FindingRow.item_id)
            .where(self._sent_or_undated(), FindingRow.state != "lapsed")
            .group_by(FindingRow.check, FindingRow.clause, ItemRow.class_id, FindingRow.state)
        )
        for check, clause, class_id, state, count in rows:
            yield check, clause, self._class(class_id), state, count

    def office(self) -> Iterator[tuple[str, int, int, int]]:
        """Topic, found, referred, done."""
        found: Counter[str] = Counter()
        rows = self.session.scalars(
            select(FindingRow.topics)
            .join(ItemRow, ItemRow.id == FindingRow.item_id)
            .where(self._sent(), FindingRow.check == "office", FindingRow.state.not_in(("lapsed", "false_alarm")))
        )
        for topics in rows:
            found.update(topic for topic in topics.split(",") if topic)
        referred: Counter[str] = Counter()
        done: Counter[str] = Counter()
        for referral in self.session.scalars(
            select(ReferralRow).where(ReferralRow.to == "office", self._within(ReferralRow.made_at))
        ):
            referred[referral.topic or "other"] += 1
            done[referral.topic or "other"] += referral.done_at is not None
        for topic in sorted(found.keys() | referred.keys()):
            yield topic, found[topic], referred[topic], done[topic]

    def referrals(self) -> Iterator[tuple[float | None, bool]]:
        """Minutes from the finding to the referral (None where nothing found it), whether received."""
        first_found = (
            select(FindingRow.item_id, func.min(FindingRow.found_at, type_=Instant).label("found"))
            .group_by(FindingRow.item_id)
            .subquery()
        )
        rows = self.session.execute(
            select(ReferralRow.made_at, ReferralRow.received_at, first_found.c.found)
            .outerjoin(first_found, first_found.c.item_id == ReferralRow.item_id)
            .where(ReferralRow.to == "safeguarding", self._within(ReferralRow.made_at))
        )
        for made, received, found in rows:
            yield ((made - found).total_seconds() / 60 if found else None), received is not None

    def waits(self) -> Iterator[tuple[str | None, Wait]]:
        """Class, and how a family's message was answered."""
        calendar = school_calendar(self.session, self.today)
        target = timedelta(hours=self.school.reply_hours)
        for wait in waits(self.session, calendar, target, self.starts, self.ends, self.now):
            yield self._class(wait.class_id), wait

    def hours(self) -> Sequence[tuple[str | None, int, int]]:
        """Class, what its staff sent in messages and comments, how much of it outside the hours. Counted once."""
        return self._hours

    @cached_property
    def _hours(self) -> tuple[tuple[str | None, int, int], ...]:
        return tuple(self._counted_hours())

    def _counted_hours(self) -> Iterator[tuple[str | None, int, int]]:
        outside = set(
            self.session.scalars(
                select(FindingRow.item_id).where(FindingRow.check == "hours", FindingRow.state != "lapsed")
            )
        )
        homes = self._homes()
        sent: Counter[int | None] = Counter()
        late: Counter[int | None] = Counter()
        rows = self.session.execute(
            select(ItemRow.id, ItemRow.class_id, ItemRow.staff_id).where(
                self._sent(),
                ItemRow.author_role == AuthorRole.STAFF,
                ItemRow.kind.in_((Kind.MESSAGE, Kind.COMMENT)),
            )
        )
        for item_id, class_id, staff_id in rows:
            home = class_id or homes.get(staff_id or 0)
            sent[home] += 1
            late[home] += item_id in outside
        for home in sent:
            yield self._class(home), sent[home], late[home]

    def cases(self) -> Iterator[tuple[str, str | None, int]]:
        """Status, outcome, cases that were open in the period."""
        standing = {
            row.case_id: row.outcome
            for row in self.session.scalars(select(CaseDecisionRow).where(CaseDecisionRow.superseded_by.is_(None)))
        }
        counts: Counter[tuple[str, str | None]] = Counter()
        for row in self.session.scalars(
            select(CaseRow).where(
                CaseRow.opened_at < self.ends, or_(CaseRow.closed_at.is_(None), CaseRow.closed_at >= self.starts)
            )
        ):
            outcome = standing.get(row.id)
            counts[CaseStatus(row.status).words, Outcome(outcome).words if outcome else None] += 1
        for (status, words), count in sorted(counts.items(), key=str):
            yield status, words, count

    @cached_property
    def _pupil_classes(self) -> dict[int, int | None]:
        return {
            id_: class_id
            for id_, class_id in self.session.execute(
                select(PupilRow.id, PupilRow.class_id).where(PupilRow.left_on.is_(None))
            )
        }

    @cached_property
    def _standing(self) -> list[tuple[int | None, list[tuple[str, PermissionState]]]]:
        ruled = rulings(self.session, self.today)
        return [
            (
                self._pupil_classes[pupil],
                [
                    (kind.value, PermissionState.UNDECIDED if found.expired else found.state)
                    for kind, found in kinds.items()
                ],
            )
            for pupil, kinds in ruled.items()
        ]

    def permissions(self) -> Iterator[tuple[str | None, str, PermissionState, int]]:
        """Class, kind, state, pupils, on the day of the report."""
        counts: Counter[tuple[int | None, str, PermissionState]] = Counter()
        for class_id, kinds in self._standing:
            for kind, state in kinds:
                counts[class_id, kind, state] += 1
        for (class_id, kind, state), count in counts.items():
            yield self._class(class_id), kind, state, count

    def gaps(self) -> Iterator[tuple[str | None, int, int]]:
        """Class, pupils, pupils with something undecided or in conflict."""
        pupils: Counter[int | None] = Counter()
        gaps: Counter[int | None] = Counter()
        for class_id, kinds in self._standing:
            pupils[class_id] += 1
            gaps[class_id] += any(state in _UNDECIDED for _, state in kinds)
        for class_id in pupils:
            yield self._class(class_id), pupils[class_id], gaps[class_id]

    def links(self) -> Iterator[tuple[str, int]]:
        """State, links of pupils on roll."""
        rows = self.session.execute(
            select(LinkRow.state, func.count())
            .join(PupilRow, PupilRow.id == LinkRow.pupil_id)
            .where(PupilRow.left_on.is_(None))
            .group_by(LinkRow.state)
        )
        yield from ((state, count) for state, count in rows)

    def people(self) -> dict[str, int]:
        """Guardians, linked, without acceptance and processing, uncovered pupils, exceptions, staff and sheets."""
        version = self.session.scalar(select(PolicyVersionRow.id).order_by(PolicyVersionRow.number.desc()).limit(1))
        linked = {
            guardian
            for guardian in self.session.scalars(
                select(LinkRow.guardian_id).where(LinkRow.state == "linked", LinkRow.guardian_id.is_not(None))
            )
        }
        accepted = set(
            self.session.scalars(
                select(AcceptanceRow.guardian_id).where(
                    AcceptanceRow.what == "policy", AcceptanceRow.version_id == version
                )
            )
        )
        processing = set(
            self.session.scalars(select(LinkRow.guardian_id).where(LinkRow.processing_accepted_at.is_not(None)))
        ) | set(self.session.scalars(select(AcceptanceRow.guardian_id).where(AcceptanceRow.what == "processing")))
        covered = set(self.session.scalars(select(LinkRow.pupil_id).where(LinkRow.state == "linked")))
        staff = set(self.session.scalars(select(StaffRow.id).where(StaffRow.active)))
        agreed = set(
            self.session.scalars(
                select(AcceptanceRow.staff_id).where(
                    AcceptanceRow.what == "policy", AcceptanceRow.version_id == version
                )
            )
        )
        due, missing = self._sheets()
        return {
            "guardians": self._count(select(func.count()).where(GuardianRow.merged_into.is_(None))),
            "linked": len(linked),
            "without_acceptance": len(linked - accepted),
            "without_processing": len(linked - processing),
            "uncovered": len(self._pupil_classes.keys() - covered),
            "exceptions": self._count(
                select(func.count()).where(LinkRow.state == "linked", LinkRow.exception_why.is_not(None))
            ),
            "staff": len(staff),
            "staff_silent": len(staff - agreed),
            "sheets_due": due,
            "sheets_missing": missing,
        }

    def _sheets(self) -> tuple[int, int]:
        newest: dict[int, int] = {}
        for row in self.session.scalars(
            select(ClassSheetRow).where(ClassSheetRow.class_id.is_not(None)).order_by(ClassSheetRow.number)
        ):
            newest[row.class_id or 0] = row.id
        said = {
            (row.class_sheet_id, row.staff_id)
            for row in self.session.scalars(select(AcceptanceRow).where(AcceptanceRow.what == "class_sheet"))
        }
        wanted = [
            (newest[row.class_id], row.staff_id)
            for row in self.session.scalars(select(StaffClassRow))
            if row.class_id in newest
        ]
        return len(wanted), sum(1 for pair in wanted if pair not in said)

    def points(self) -> Iterator[tuple[str, str | None, int, float, int]]:
        """School Way, class, awards, points, removals.

        Where a points report was brought in, awards and points are its totals, which hold every award; single awards
        count only where there is no such report. Removals are always single items.
        """
        awards: Counter[tuple[str, int | None]] = Counter()
        removals: Counter[tuple[str, int | None]] = Counter()
        points: dict[tuple[str, int | None], float] = defaultdict(float)
        totals = list(self._totals())
        for way, class_id, count, weight in totals:
            awards[way, class_id] += round(count)
            points[way, class_id] += count * weight
        for way, class_id, value in self._awards():
            if not totals:
                awards[way, class_id] += 1
                points[way, class_id] += value
            if value < 0:
                removals[way, class_id] += 1
        for way, class_id in sorted(awards.keys() | removals.keys(), key=str):
            place = (way, class_id)
            yield way, self._class(class_id), awards[place], points[place], removals[place]

    def _totals(self) -> Iterator[tuple[str, int | None, float, float]]:
        rows = self.session.execute(
            select(SchoolWayRow.name, PupilRow.class_id, PointsTotalRow.points, PointsTotalRow.weight)
            .select_from(PointsTotalRow)
            .join(ImportRow, ImportRow.id == PointsTotalRow.import_id)
            .join(PupilRow, PupilRow.id == PointsTotalRow.pupil_id)
            .join(SkillRow, SkillRow.id == PointsTotalRow.skill_id)
            .outerjoin(SchoolWayRow, SchoolWayRow.id == SkillRow.way_id)
            .where(self._within(ImportRow.applied_at), PointsTotalRow.weight > 0)
        )
        yield from ((way or NO_WAY, class_id, count, weight) for way, class_id, count, weight in rows)

    def _awards(self) -> Iterator[tuple[str, int | None, float]]:
        rows = self.session.execute(
            select(SchoolWayRow.name, ItemRow.class_id, ItemRow.value)
            .select_from(ItemRow)
            .outerjoin(SkillRow, SkillRow.id == ItemRow.skill_id)
            .outerjoin(SchoolWayRow, SchoolWayRow.id == SkillRow.way_id)
            .where(ItemRow.kind == Kind.POINTS, self._sent())
        )
        yield from ((way or NO_WAY, class_id, value or 0) for way, class_id, value in rows)

    def samples(self) -> Iterator[tuple[str | None, int, int, int, int]]:
        """Class, planned, done, overdue, items seen."""
        seen: dict[int, int] = {
            sample: count
            for sample, count in self.session.execute(
                select(SampleItemRow.sample_id, func.count())
                .where(SampleItemRow.seen_at.is_not(None))
                .group_by(SampleItemRow.sample_id)
            )
        }
        for row in self.session.scalars(
            select(SampleRow).where(SampleRow.due_on >= self.first, SampleRow.due_on <= self.last)
        ):
            done = row.done_at is not None
            yield (
                self._class(row.class_id),
                1,
                int(done),
                int(not done and row.due_on < self.today),
                seen.get(row.id, 0),
            )

    def clauses(self) -> Sequence[tuple[str, str, bool]]:
        """Code, heading, whether a check tests for it; of the version in force."""
        version = select(PolicyVersionRow.id).order_by(PolicyVersionRow.number.desc()).limit(1).scalar_subquery()
        rows = self.session.scalars(
            select(ClauseRow).where(ClauseRow.version_id == version, ClauseRow.active).order_by(ClauseRow.position)
        )
        return [(row.code, row.heading, "check" in row.kept_by) for row in rows]

    def policy(self) -> tuple[int, date] | None:
        """The version in force and since when."""
        row = self.session.scalar(select(PolicyVersionRow).order_by(PolicyVersionRow.number.desc()).limit(1))
        return (row.number, row.adopted_on) if row else None

    @property
    def pupils(self) -> int:
        """Pupils on roll."""
        return len(self._pupil_classes)

    def _count(self, query: Select[int]) -> int:
        return self.session.scalar(query) or 0

    def _homes(self) -> dict[int, int]:
        classes: dict[int, list[int]] = defaultdict(list)
        for row in self.session.scalars(select(StaffClassRow)):
            classes[row.staff_id].append(row.class_id)
        return {staff: found[0] for staff, found in classes.items() if len(found) == 1}

    def _class(self, class_id: int | None) -> str | None:
        return self.classes.get(class_id) if class_id is not None else None

    def _monday(self, sent_at: datetime) -> date:
        day = sent_at.astimezone(self.zone).date()
        return day - timedelta(days=day.weekday())

    def _within(
        self, column: SQLColumnExpression[datetime] | SQLColumnExpression[datetime | None]
    ) -> ColumnElement[bool]:
        return and_(column >= self.starts, column < self.ends)

    def _sent(self) -> ColumnElement[bool]:
        return self._within(ItemRow.sent_at)

    def _sent_or_undated(self) -> ColumnElement[bool]:
        """Items without a time (a points report's removals) count from the day they were brought in."""
        return or_(self._sent(), and_(ItemRow.sent_at.is_(None), self._within(FindingRow.found_at)))

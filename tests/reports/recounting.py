"""The school's figures counted again, by hand-written SQL over the tables: nothing of the product's own queries.

Only what no table holds is taken from the product: which words of a family's message ask for an answer. Times are kept
in UTC, so the year of 2026/27 runs from one British midnight in summer to another.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from statistics import median
from typing import Any
from zoneinfo import ZoneInfo

from app.domain.replies import waits_for_answer
from app.services.office import Office

Figure = float | tuple[float, float] | None
"""A number, or a number and of how many; None where there is nothing to take the middle of."""
YEAR = date(2026, 9, 1), date(2027, 8, 31)
STARTS, ENDS = "2026-08-31 23:00:00", "2027-08-31 23:00:00"
OPENS, CLOSES, TARGET = time(8), time(17), timedelta(hours=9)
"""Twenty-four hours on working days are one working day."""
LONDON = ZoneInfo("Europe/London")

SENT = "(i.sent_at >= :a AND i.sent_at < :z)"
COUNTED = f"({SENT} OR (i.sent_at IS NULL AND f.found_at >= :a AND f.found_at < :z)) AND f.state <> 'lapsed'"
FOUND = f"FROM finding f JOIN item i ON i.id = f.item_id WHERE {COUNTED}"
MONDAY = (
    "date(datetime(i.sent_at, CASE WHEN i.sent_at >= '2026-10-25 01:00' AND i.sent_at < '2027-03-28 01:00' "
    "THEN '+0 hours' ELSE '+1 hours' END), 'weekday 0', '-6 days')"
)
HOME = (
    "coalesce(i.class_id, (SELECT min(class_id) FROM staff_class sc WHERE sc.staff_id = i.staff_id "
    "GROUP BY staff_id HAVING count(*) = 1))"
)
LINKED = "SELECT DISTINCT guardian_id FROM link WHERE state = 'linked' AND guardian_id IS NOT NULL"
WITHIN = "{0} >= :a AND {0} < :z"
"""Fill in the name of a column that holds a moment."""
VERSION = "(SELECT id FROM policy_version ORDER BY number DESC LIMIT 1)"
STANDING = """
WITH said AS (
  SELECT p.*, CASE WHEN by_child THEN -1 ELSE coalesce(guardian_id, 0) END AS person, row_number() OVER (
    PARTITION BY pupil_id, kind, CASE WHEN by_child THEN -1 ELSE coalesce(guardian_id, 0) END
    ORDER BY decided_on DESC, id DESC) AS place
  FROM permission p WHERE audience = 'class_story' AND decided_on <= :day),
counted AS (
  SELECT s.*, s.answer = 'given' AND s.expires_on < :day AS lapsed FROM said s
  LEFT JOIN tie t ON t.pupil_id = s.pupil_id AND t.guardian_id = s.guardian_id AND t.ended_at IS NULL
  WHERE place = 1 AND (person <= 0 OR (t.id IS NULL AND answer <> 'given')
    OR (t.id IS NOT NULL AND t.responsibility IS NOT 0))),
summed AS (
  SELECT pupil_id, kind, sum(NOT coalesce(lapsed, 0) AND answer = 'given') AS yes,
    sum(NOT coalesce(lapsed, 0) AND answer = 'refused') AS no, sum(answer = 'withdrawn') AS gone,
    sum(coalesce(lapsed, 0)) AS lapsed, sum(NOT coalesce(lapsed, 0) AND person >= 0) AS adults
  FROM counted GROUP BY pupil_id, kind)
SELECT pupil.id, kinds.kind, pupil.class_id, pupil.picture_bar, CASE
    WHEN yes > 0 AND no + gone > 0 THEN 'conflict' WHEN no > 0 THEN 'refused' WHEN gone > 0 THEN 'withdrawn'
    WHEN lapsed > 0 THEN 'undecided' WHEN yes > 0 AND adults > 0 THEN 'given' ELSE 'undecided' END
FROM pupil JOIN (SELECT 'photograph' AS kind UNION SELECT 'recording' UNION SELECT 'work_sample') kinds
LEFT JOIN summed ON summed.pupil_id = pupil.id AND summed.kind = kinds.kind WHERE pupil.left_on IS NULL
"""


class Sql:
    """Questions to the tables of one school, with the year's ends and today as :a, :z, :f, :l and :t."""

    def __init__(self, office: Office) -> None:
        self._office, self.now = office, office.clock()
        self.today = self.now.astimezone(LONDON).date()

    def rows(self, query: str, **more: object) -> list[tuple[Any, ...]]:
        """All rows."""
        said = {"a": STARTS, "z": ENDS, "f": str(YEAR[0]), "l": str(YEAR[1]), "t": str(self.today), **more}
        with self._office.database.reading() as session:
            return [tuple(row) for row in session.connection().exec_driver_sql(query, said)]

    def one(self, query: str, **more: object) -> Any:
        """The only cell."""
        return self.rows(query, **more)[0][0] or 0

    def counts(self, query: str, **more: object) -> Counter[Any]:
        """The last column by the columns before it; by one column alone where there is only one before."""
        found: Counter[Any] = Counter()
        for *key, number in self.rows(query, **more):
            found[key[0] if len(key) == 1 else tuple(key)] += number or 0
        return found

    def middle(self, query: str, unit: float) -> float | None:
        """The median of the differences of two moments, in a unit of so many seconds, to one place."""
        taken = [(moment(end) - moment(begin)).total_seconds() / unit for begin, end in self.rows(query)]
        return round(median(taken), 1) if taken else None

    def standing(self, day: date | None = None) -> dict[tuple[int, str], tuple[int | None, bool, str]]:
        """Class, bar and state of each child on roll and kind of picture."""
        rows = self.rows(STANDING, day=str(day or self.today))
        return {(pupil, kind): (class_id, bool(bar), state) for pupil, kind, class_id, bar, state in rows}

    def waits(self) -> list[tuple[int | None, str, str, timedelta | None]]:
        """Each wait that began in the year: class, state, channel, working time until the answer."""
        said = self.rows(
            "SELECT i.thread_id, i.sent_at, i.author_role = 'staff', i.text, 'message', 0, t.class_id, i.class_id "
            "FROM item i JOIN thread t ON t.id = i.thread_id LEFT JOIN import m ON m.id = i.import_id "
            "WHERE i.kind = 'message' AND i.sent_at IS NOT NULL "
            "AND (m.id IS NULL OR i.sent_at <= datetime(m.applied_at, '+10 minutes'))"
        )
        closed = self.rows(
            "SELECT c.thread_id, c.at, 1, '', c.channel, 1, t.class_id, NULL "
            "FROM thread_closing c JOIN thread t ON t.id = c.thread_id"
        )
        found: list[tuple[int | None, datetime, datetime | None, str, bool]] = []
        asked: dict[int, tuple[datetime, int | None]] = {}
        for thread, at, by_school, text, channel, stated, home, own in sorted(
            (*said, *closed), key=lambda row: (row[0], moment(row[1]), row[2])
        ):
            if not by_school:
                if thread not in asked and waits_for_answer(text):
                    asked[thread] = moment(at), home or own
            elif thread in asked:
                since, place = asked.pop(thread)
                found.append((place, since, moment(at), channel, bool(stated) and channel != "message"))
        found += [(place, since, None, "", False) for since, place in asked.values()]
        return [self._wait(*one) for one in found if STARTS <= f"{one[1]:%Y-%m-%d %H:%M:%S}" < ENDS]

    def _wait(
        self, place: int | None, since: datetime, until: datetime | None, channel: str, stated: bool
    ) -> tuple[int | None, str, str, timedelta | None]:
        taken = self.working_time(since, until or self.now)
        if until is None:
            return place, "overdue" if taken >= TARGET else "running", channel, None
        if stated:
            return place, "otherwise", channel, None
        return place, "in_time" if taken <= TARGET else "late", channel, taken

    def working_time(self, begin: datetime, end: datetime) -> timedelta:
        """Eight to five on school days: not at weekends, in closures, on bank holidays, or between two terms."""
        terms = sorted((date.fromisoformat(a), date.fromisoformat(b)) for a, b in self._days("term"))
        closed = [(date.fromisoformat(a), date.fromisoformat(b)) for a, b in self._days("closure")]
        closed += [(one[1] + timedelta(1), two[0] - timedelta(1)) for one, two in pairwise(terms)]
        closed += [(day, day) for day in (date(2026, 8, 31), date(2026, 12, 25), date(2026, 12, 28), date(2027, 1, 1))]
        total, day = timedelta(), begin.astimezone(LONDON).date()
        while day <= end.astimezone(LONDON).date():
            if day.weekday() < 5 and not any(first <= day <= last for first, last in closed):
                opens, closes = (datetime.combine(day, at, LONDON).astimezone(UTC) for at in (OPENS, CLOSES))
                total += max(min(end, closes) - max(begin, opens), timedelta())
            day += timedelta(1)
        return total

    def _days(self, table: str) -> list[tuple[Any, ...]]:
        return self.rows(f"SELECT starts, ends FROM {table}")


def moment(said: str) -> datetime:
    """A moment as the tables keep it."""
    return datetime.fromisoformat(said).replace(tzinfo=UTC)


def total(counts: Counter[Any], keys: Iterable[Any]) -> int:
    """The counts of some keys together."""
    return sum(counts[key] for key in keys)

"""What would be destroyed today: sort by sort, with what is kept back and why (K4). For the headteacher alone.

Only lines that the headteacher confirmed count. A record is told by what sort of thing it is and its day.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass
from datetime import date

from app.domain.retention import RULES, Kept, KeptBack, keep_words
from app.domain.roles import HEAD
from app.services.door import Query, answers
from app.services.retention import confirmed_months
from app.services.unit import View
from app.store.reads.retention_due import DueRecord, Finder, seal_of

MOST_LISTED = 500
"""So many records of a sort are listed one by one; the counts are of all."""


@dataclass(frozen=True, slots=True)
class DuePart:
    """What is due of one sort. `records` are the oldest ones, those that are kept back among them."""

    kind: Kept
    keep: str
    count: int
    """How many would be destroyed."""
    oldest: date | None
    newest: date | None
    kept_back: tuple[tuple[KeptBack, int], ...]
    records: tuple[DueRecord, ...]


@dataclass(frozen=True, slots=True)
class Due:
    """What would be destroyed on a day. `seal` tells whether it is still the same when it is approved."""

    today: date
    parts: tuple[DuePart, ...]
    unconfirmed: int
    """Lines that are only suggested: nothing is due under them."""
    seal: str

    @property
    def count(self) -> int:
        """How many records would go."""
        return sum(part.count for part in self.parts)

    @property
    def kept_back(self) -> int:
        """How many are kept although their day has come."""
        return sum(count for part in self.parts for _, count in part.kept_back)


@dataclass(frozen=True, slots=True)
class DueToday(Query[Due]):
    """What would be destroyed today."""


@answers(DueToday, roles=HEAD)
def due_today(query: DueToday, view: View) -> Due:
    """Nothing under a line that is not confirmed."""
    del query
    months = confirmed_months(view)
    found = due_records(view, months)
    parts = tuple(_part(kind, months[kind], records) for kind, records in found.items())
    open_lines = sum(not rule.kept_whole and kind not in months for kind, rule in RULES.items())
    return Due(view.today, parts, open_lines, whole_seal(months, found))


def due_records(view: View, months: dict[Kept, int], as_of: date | None = None) -> dict[Kept, list[DueRecord]]:
    """Every record whose day has come, by sort; those that are kept back among them."""
    finder = Finder(view.session, as_of or view.today)
    return {kind: finder.due(kind, many) for kind, many in months.items()}


def whole_seal(months: dict[Kept, int], found: dict[Kept, list[DueRecord]]) -> str:
    """A digest of what would go under which lines."""
    parts = [
        f"{kind}:{months[kind]}:{seal_of([r for r in records if r.back is None])}" for kind, records in found.items()
    ]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _part(kind: Kept, months: int, records: list[DueRecord]) -> DuePart:
    going = [each for each in records if each.back is None]
    back = Counter(each.back for each in records if each.back is not None)
    return DuePart(
        kind=kind,
        keep=keep_words(kind, months),
        count=len(going),
        oldest=going[0].day if going else None,
        newest=going[-1].day if going else None,
        kept_back=tuple((why, back[why]) for why in KeptBack if back[why]),
        records=tuple(records[:MOST_LISTED]),
    )

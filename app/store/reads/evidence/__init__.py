"""What the records hold for each clause of the policy over a year; a file a part of the policy.

`evidence_of(code, year)` gives the evidence of one clause. A clause that nothing here knows, because a school
added it, has none recorded: the reviewer states what is known in words.
"""

from __future__ import annotations

from dataclasses import replace

from app.domain.annual import NONE_RECORDED, Evidence
from app.store.reads.evidence import families, home, law, staff
from app.store.reads.evidence.year import SHOWS, Year

__all__ = ["Year", "evidence_of", "known_clauses"]

_PARTS = (home, staff, families, law)
"""Named so that every part enters its clauses."""


def evidence_of(code: str, year: Year, before: Year | None = None) -> tuple[Evidence, ...]:
    """The evidence of one clause, with last year's figures beside this year's where they can be counted."""
    shows = SHOWS.get(code)
    found = shows(year) if shows is not None else ()
    if before is not None and shows is not None:
        last = {one.label: one for one in shows(before)}
        found = tuple(_beside(one, last.get(one.label)) for one in found)
    return found if any(one.recorded for one in found) else (NONE_RECORDED, *found)


def _beside(one: Evidence, last: Evidence | None) -> Evidence:
    if last is None or one.now_only or last.count is None:
        return one
    return replace(one, before=last.count)


def known_clauses() -> frozenset[str]:
    """The clauses for which something is gathered."""
    return frozenset(SHOWS)

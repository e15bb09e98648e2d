"""Making a report: through the office's door, for a period, into a file that is whole or not there, and noted."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from app.domain.problems import Problem
from app.services.office import Office
from app.services.reporting import RecordReport
from app.services.school import School, SchoolFacts
from reports.annual.reads import PackReads
from reports.catalogue import FORMS, REPORTS, Report
from reports.kit.numbers import day
from reports.monitoring.records import Records
from reports.period import Period
from reports.registers.shape import Reads

_OWN: dict[str, Callable[[Office, Period], Any]] = {
    "monitoring": Records,
    "annual": PackReads,
    "governors": PackReads,
}
READS: dict[str, Callable[[Office, Period], Any]] = {each.id: _OWN.get(each.id, Reads) for each in REPORTS}
"""Where each report's figures come from."""


@dataclass(frozen=True, slots=True)
class Made:
    """A report that was made."""

    path: Path
    starts: date
    ends: date
    sha256: str


def make(office: Office, report: Report, path: Path, starts: date | None = None, ends: date | None = None) -> Made:
    """Make a report as PDF or XLSX, as the file's ending says, and note that it was made.

    Without dates it is about the term that the school is in. Raises `NotAllowed` where the role does not include it,
    and `Problem` for another ending, an unusable place or days that lie the wrong way round.
    """
    if path.suffix.lower() not in FORMS:
        raise Problem(f"The report was not made: {path.name} must end in .pdf or .xlsx. Choose one of the two.")
    period = chosen_period(office.ask(School()), starts, ends, yearly=report.yearly)
    reads = READS[report.id](office, period)
    path.parent.mkdir(parents=True, exist_ok=True)
    report.write(report.gather(reads, period), path)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    office.perform(
        RecordReport(report.id, path.suffix.lower()[1:], period.first, period.last, digest, reads.facts().audit_head)
    )
    return Made(path, period.first, period.last, digest)


def chosen_period(school: SchoolFacts, starts: date | None, ends: date | None, *, yearly: bool = False) -> Period:
    """The days named; without them the term that today lies in, else the last one, else the school year so far.

    A yearly report is about the school year so far where no days are named.
    """
    if starts is not None or ends is not None:
        first = starts or _year_starts(ends or school.today)
        return Period(first, ends or max(school.today, first))
    begun = [term for term in school.terms if term[1] <= school.today]
    if not begun or yearly:
        return Period(_year_starts(school.today), school.today, "School year so far")
    name, first, last = begun[-1]
    return Period(first, min(last, school.today), name)


def offered_periods(school: SchoolFacts) -> list[Period]:
    """The periods that a screen offers: this term, earlier terms newest first, the school year so far."""
    begun = [term for term in school.terms if term[1] <= school.today]
    terms = [Period(first, min(last, school.today), name) for name, first, last in reversed(begun)]
    first = _year_starts(school.today)
    return [*terms, Period(first, school.today, f"School year since {day(first)}")]


def _year_starts(on: date) -> date:
    return date(on.year if on.month >= 9 else on.year - 1, 9, 1)

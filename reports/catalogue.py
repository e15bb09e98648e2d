"""Every report there is: what it says, who may make it, and how it becomes a PDF or a spreadsheet.

The window, the command line and the tests read this list; a report that is not here does not exist.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.domain.problems import Problem
from app.domain.roles import EVERYONE, LEADERS, Role
from reports import annual, governors, monitoring
from reports.kit.model import Document
from reports.period import Period
from reports.registers import (
    breaches,
    cases,
    links,
    looked_after,
    permissions,
    points,
    replies,
    requests,
    sampling,
    staff,
)

FORMS = (".pdf", ".xlsx")
"""The endings that pick a report's form."""


@dataclass(frozen=True, slots=True)
class Report:
    """One kind of report.

    `id` names it on the command line and in file names. `gather` takes the reads that the report's own protocol
    asks for, and a period, and returns frozen data; `compose` turns that data into a document. Both forms are
    rendered from the same data, so their figures agree.
    """

    id: str
    title: str
    says: str
    may_make: frozenset[Role]
    gather: Callable[[Any, Period], Any]
    compose: Callable[[Any], Document]
    yearly: bool = False
    """About the school year so far, where nobody names the days; about the term otherwise."""

    def to_pdf(self, data: object, path: Path) -> None:
        """Writes the PDF, whole or not at all. Raises `Problem` where the file cannot be written."""
        from reports.kit.paper import write_pdf

        write_pdf(self.compose(data), path)

    def to_xlsx(self, data: object, path: Path) -> None:
        """Writes the spreadsheet, whole or not at all. Raises `Problem` where the file cannot be written."""
        from reports.kit.sheet import write_xlsx

        write_xlsx(self.compose(data), path)

    def write(self, data: object, path: Path) -> None:
        """Writes the form that the file's ending picks. Raises `Problem` for any other ending."""
        form = path.suffix.lower()
        if form not in FORMS:
            raise Problem(f"The report was not made: {path.name} must end in .pdf or .xlsx. Choose one of the two.")
        if form == ".pdf":
            self.to_pdf(data, path)
        else:
            self.to_xlsx(data, path)

    def file_name(self, period: Period, form: str) -> str:
        """A name for the file: the report and its period, and nobody's name."""
        return f"{self.id}-{period.slug}{form}"


REPORTS: tuple[Report, ...] = (
    Report(
        id="monitoring",
        title=monitoring.TITLE,
        says="How the service was used in a term, what the checks found and how it was judged, replies, permissions, "
        "acceptances and cases.",
        may_make=LEADERS,
        gather=monitoring.gather,
        compose=monitoring.compose,
    ),
    Report(
        id="annual",
        title=annual.TITLE,
        says="The yearly review: evidence for every clause of the policy, the judgement on it, and what is to be done.",
        may_make=LEADERS,
        gather=annual.gather,
        compose=annual.compose,
        yearly=True,
    ),
    Report(
        id="governors",
        title=governors.TITLE,
        says="Two pages of the yearly review for governors, with counts under five suppressed.",
        may_make=LEADERS,
        gather=governors.gather,
        compose=governors.compose,
        yearly=True,
    ),
    Report(
        id="permissions",
        title=permissions.TITLE,
        says="How permissions stand by class and kind, undecided first.",
        may_make=EVERYONE,
        gather=permissions.gather,
        compose=permissions.compose,
    ),
    Report(
        id="links",
        title=links.TITLE,
        says="Codes given out and used, linked adults, requests and exceptions.",
        may_make=EVERYONE,
        gather=links.gather,
        compose=links.compose,
    ),
    Report(
        id="looked-after",
        title=looked_after.TITLE,
        says="Counts of care records and of children who may not be pictured. Restricted.",
        may_make=LEADERS,
        gather=looked_after.gather,
        compose=looked_after.compose,
    ),
    Report(
        id="replies",
        title=replies.TITLE,
        says="How soon families were answered, by class, and how conversations were closed.",
        may_make=LEADERS,
        gather=replies.gather,
        compose=replies.compose,
    ),
    Report(
        id="sampling",
        title=sampling.TITLE,
        says="Looks planned and done, every draw with its seed, and what they tell of the checks.",
        may_make=LEADERS,
        gather=sampling.gather,
        compose=sampling.compose,
    ),
    Report(
        id="cases",
        title=cases.TITLE,
        says="Cases of the period by reference, with clause, outcome and days.",
        may_make=LEADERS,
        gather=cases.gather,
        compose=cases.compose,
    ),
    Report(
        id="breaches",
        title=breaches.TITLE,
        says="Every personal data breach, with risk and the decision to report it or not.",
        may_make=LEADERS,
        gather=breaches.gather,
        compose=breaches.compose,
    ),
    Report(
        id="requests",
        title=requests.TITLE,
        says="Message histories asked for from the service, with the digest of what came.",
        may_make=LEADERS,
        gather=requests.gather,
        compose=requests.compose,
    ),
    Report(
        id="staff",
        title=staff.TITLE,
        says="Who of the staff acknowledged the policy in force and stated their devices.",
        may_make=EVERYONE,
        gather=staff.gather,
        compose=staff.compose,
    ),
    Report(
        id="points",
        title=points.TITLE,
        says="Points by School Way and class, and what was taken away.",
        may_make=LEADERS,
        gather=points.gather,
        compose=points.compose,
    ),
)


def report(name: str) -> Report:
    """The report with this id. Raises `Problem` where there is none."""
    for each in REPORTS:
        if each.id == name:
            return each
    known = ", ".join(each.id for each in REPORTS)
    raise Problem(f"There is no report “{name}”. The reports are: {known}.")


def reports_for(role: Role) -> tuple[Report, ...]:
    """The reports that a person in this role may make."""
    return tuple(each for each in REPORTS if role in each.may_make)

"""The school's own details as the headteacher sees and changes them in Settings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time

from sqlalchemy import select

from app.domain.roles import HEAD
from app.services.door import Query, answers
from app.services.unit import View
from app.store.tables.school import SchoolRow


@dataclass(frozen=True, slots=True)
class Details:
    """What stands on letters, when school is open, and what the policy leaves to the school."""

    name: str
    la: str
    estab: str
    phone: str
    email: str
    postcode: str
    open_days: frozenset[int]
    """0 is Monday."""
    opens: time
    closes: time
    reply_hours: int
    adult_cap: int
    code_needs_acceptance: bool = False
    """No code before the policy and the processing of data are accepted (P1, H4)."""


@dataclass(frozen=True, slots=True)
class SchoolDetails(Query[Details]):
    """The details as they stand."""


@answers(SchoolDetails, roles=HEAD)
def school_details(query: SchoolDetails, view: View) -> Details:
    """What was never entered is empty."""
    del query
    row = view.session.scalars(select(SchoolRow)).one()
    return Details(
        name=row.name,
        la=row.la or "",
        estab=row.estab or "",
        phone=row.phone or "",
        email=row.email or "",
        postcode=row.postcode or "",
        open_days=frozenset(int(day) for day in row.open_days.split(",") if day),
        opens=row.opens,
        closes=row.closes,
        reply_hours=row.reply_hours,
        adult_cap=row.adult_cap,
        code_needs_acceptance=row.code_needs_acceptance,
    )

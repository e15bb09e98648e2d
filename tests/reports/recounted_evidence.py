"""What the annual pack says under each clause, counted again by SQL: a number, or a number and of how many."""

from __future__ import annotations

from tests.reports.recounted_keeping import of_families, of_keeping, of_the_law
from tests.reports.recounted_school import of_staff, of_the_service
from tests.reports.recounting import FOUND, Figure, Sql

_JUDGED = {
    "H6": {"Written by pupils": "f.\"check\" = 'pupil-author'"},
    "H8": {"Points taken away": "f.\"check\" = 'points-removed'"},
    "T8": {"Surnames": "f.\"check\" = 'surname'", "Initials": "f.\"check\" = 'initial'"},
    "T9": {"Personal matters": "f.clause = 'T9'"},
    "T10": {"Private matters": "f.\"check\" = 'sensitive'", "Contact details": "f.\"check\" = 'contact'"},
    "T12": {"Without permission": "f.\"check\" = 'no-permission'"},
    "T13": {"Shared elsewhere": "f.clause = 'T13'"},
    "P4": {"Not linked": "f.\"check\" = 'outsider'"},
    "P5": {"Replies": "f.clause = 'P5'"},
    "P9": {"Shared elsewhere": "f.clause = 'P9'"},
    "P10": {"Personal matters": "f.clause = 'P10'"},
    "P12": {"Comparing pupils": "f.\"check\" = 'compare'"},
}  # fmt: skip
_STATES = {"findings": "1", "upheld, or advice given": "f.state IN ('upheld', 'advice')",
           "false alarms": "f.state = 'false_alarm'", "waiting to be judged": "f.state = 'open'"}  # fmt: skip


def recounted(sql: Sql) -> dict[str, dict[str, Figure]]:
    """By clause and label. Clauses whose evidence is words alone are left out."""
    found: dict[str, dict[str, Figure]] = {}
    for part in (of_the_service, of_staff, of_families, of_keeping, of_the_law):
        found.update(part(sql))
    for code, asked in _JUDGED.items():
        for name, which in asked.items():
            for state, how in _STATES.items():
                found.setdefault(code, {})[f"{name}: {state}"] = sql.one(
                    f"SELECT count(*) {FOUND} AND {which} AND {how}"
                )
    return found

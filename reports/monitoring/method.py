"""The appendix: how the figures were made, what they cannot say, and where each clause stands."""

from __future__ import annotations

from reports.kit import numbers
from reports.kit.model import Block, Cell, Column, Heading, Note, Notes, Table, Text
from reports.kit.model import Kind as Holds
from reports.monitoring.data import MonitoringData


def reading(data: MonitoringData) -> list[Block]:
    """How to read the report; stands beside the contents."""
    return [
        Heading("How to read this report", 2),
        Notes(
            (
                Note(
                    "A heading bears the ids of the policy's clauses that it is about: H for what the service is "
                    "for, T for staff, P for families, M for monitoring and decisions, K for the law. Appendix B lists "
                    "them all.",
                    "Clauses.",
                ),
                Note(
                    "A finding is what a check noticed. It is upheld, leads to advice, or is a false alarm; until a "
                    "senior leader has judged it, it waits.",
                    "Findings and verdicts.",
                ),
                Note(
                    f"Counts stand instead of percentages below {numbers.FEW}, and “{numbers.NOTHING}” where there is "
                    "nothing to measure. Appendix A says how the figures were made and what they cannot say.",
                    "Figures.",
                ),
            )
        ),
    ]


def method(data: MonitoringData) -> list[Block]:
    """Appendix A."""
    return [
        Heading("Appendix A: how the figures were made, and their limits"),
        Notes(
            (
                Note(
                    "Items are counted by the day they were sent, on the school's own clock, from what was brought in. "
                    "What was never brought in is not counted, and an item without a date is in no week.",
                    "What is counted.",
                ),
                *([Note(data.facts.destroyed, "Destroyed.")] if data.facts.destroyed else []),
                Note(
                    "Findings are made by machine and can be wrong in both directions. A false alarm is counted as "
                    "one; what a check missed is not known. Findings that no longer hold are left out.",
                    "Checks.",
                ),
                Note(
                    "Verdicts are those in force when the report was made. One that is changed later changes the next "
                    "report, not this one.",
                    "Verdicts.",
                ),
                Note(
                    f"Below {numbers.FEW}, counts are shown instead of a percentage (“3 of 4”). “{numbers.NOTHING}” "
                    "means that there was nothing to measure. Percentages are rounded, and never to all or none.",
                    "Small numbers.",
                ),
                Note(
                    "Permissions, links and acceptances are as they stood when the report was made, not at the end of "
                    "the period.",
                    "What stands now.",
                ),
                Note(
                    "No child, guardian or member of staff is named. A small count can still point to somebody: show "
                    "the tables by class only to those who need them.",
                    "Privacy.",
                ),
                Note(
                    "The audit head at the foot of each page is the fingerprint of the last entry in the audit. "
                    "If records are altered afterwards, the audit no longer leads to it.",
                    "Tampering.",
                ),
            )
        ),
        Heading("Appendix B: the clauses in this report"),
        Text("Every clause of the policy in force, where this report deals with it, and what was found under it."),
    ]


def clause_table(data: MonitoringData, blocks: list[Block]) -> Table:
    """Appendix B: for each clause, the sections whose headings bear its id."""
    places: dict[str, list[str]] = {}
    for block in blocks:
        if isinstance(block, Heading):
            for code in block.clauses:
                places.setdefault(code, []).append(block.text.split(" ", 1)[0])
    columns = (Column("Clause"), Column("About"), Column("Section"), Column("Findings", Holds.COUNT))
    rows: list[tuple[Cell, ...]] = []
    for line in data.clauses:
        found = sum(row.findings for row in data.findings if row.clause == line.code)
        where = ", ".join(places.get(line.code, [])) or "Not in this report"
        rows.append((line.code, line.heading, where, found if line.checked or found else None))
    return Table(
        "Clauses",
        "Clauses, sections and findings",
        columns,
        tuple(rows),
        note=f"“{numbers.NOTHING}” marks a clause that no check tests. Clauses that are not in this report are kept by "
        "other means and belong to the annual review.",
        empty="No policy is in the records.",
    )

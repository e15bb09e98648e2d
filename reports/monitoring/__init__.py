"""The termly monitoring report: how the messaging service was used, and how well the policy was kept.

`gather` asks the records once; `to_pdf` and `to_xlsx` render the same figures.
"""

from __future__ import annotations

from pathlib import Path

from reports.kit.model import Block, Contents, Document, Masthead, NewPage
from reports.monitoring.data import MonitoringData, MonitoringReads, gather
from reports.monitoring.decisions import decisions
from reports.monitoring.families import families
from reports.monitoring.findings import glance
from reports.monitoring.method import clause_table, method, reading
from reports.monitoring.shape import numbered
from reports.monitoring.staff import staff
from reports.monitoring.summary import front_page
from reports.monitoring.use import use

__all__ = ["MonitoringData", "MonitoringReads", "compose", "gather", "to_pdf", "to_xlsx"]

TITLE = "Monitoring report"


def compose(data: MonitoringData) -> Document:
    """The report as blocks, before it is paper or a spreadsheet."""
    facts = data.facts
    head = Masthead(
        school=facts.school,
        title=TITLE,
        period=data.period.words,
        policy=facts.policy,
        generated_at=facts.generated_at,
        generated_by=facts.generated_by,
        audit_head=facts.audit_head,
        audience="For senior leaders. Names nobody.",
    )
    body = numbered([*glance(data), *use(data), *staff(data), *families(data), *decisions(data), *method(data)])
    blocks: list[Block] = [
        *front_page(data),
        NewPage(),
        Contents(),
        *reading(data),
        NewPage(),
        *body,
        clause_table(data, body),
    ]
    return Document(head, tuple(blocks))


def to_pdf(data: MonitoringData, path: Path) -> None:
    """Writes the report as a PDF, whole or not at all. Raises `Problem` where the file cannot be written."""
    from reports.kit.paper import write_pdf

    write_pdf(compose(data), path)


def to_xlsx(data: MonitoringData, path: Path) -> None:
    """Writes the report as a spreadsheet, whole or not at all. Raises `Problem` where the file cannot be written."""
    from reports.kit.sheet import write_xlsx

    write_xlsx(compose(data), path)

"""What staff keep to (T): hours, office matters and what the checks found."""

from __future__ import annotations

from reports.kit import numbers
from reports.kit.model import Block, Cell, Column, Heading, Share, Table, Text
from reports.kit.model import Kind as Holds
from reports.monitoring import tally
from reports.monitoring.data import MonitoringData
from reports.monitoring.findings import family_findings
from reports.monitoring.shape import added, counts
from reports.monitoring.words import FAMILIES, class_words


def staff(data: MonitoringData) -> list[Block]:
    """The sections of the family T."""
    return [
        Heading(FAMILIES["T"]),
        Heading("Messages outside hours", 2, ("T1", "P5")),
        Text(
            f"The school's hours are {data.facts.open_hours}. This is kept as a welfare figure: it asks whether staff "
            "are left their evenings and weekends, not who wrote when."
        ),
        _hours(data),
        Heading("Matters for the office", 2, ("T5", "P7")),
        _office(data),
        *family_findings(data, "T"),
    ]


def _hours(data: MonitoringData) -> Table:
    columns = (
        Column("Class"),
        *counts("Sent by staff", "Outside hours"),
        Column("Share outside hours", Holds.SHARE),
    )
    sent = tally.summed(data.hours, lambda row: row.class_name, lambda row: row.sent)
    outside = tally.summed(data.hours, lambda row: row.class_name, lambda row: row.outside)
    names = tally.classes_of(data, sent) if sent.total() else []
    rows: list[tuple[Cell, ...]] = [
        (class_words(name), sent[name], outside[name], Share(outside[name], sent[name])) for name in names
    ]
    total = ("All", sent.total(), outside.total(), Share(outside.total(), sent.total())) if rows else None
    return Table(
        "Outside hours",
        "Messages and comments by staff, and those sent outside hours",
        columns,
        tuple(rows),
        total,
        f"Where fewer than {numbers.FEW} were sent, the counts are shown instead of a percentage.",
        "No message or comment by staff is on record for this period.",
    )


def _office(data: MonitoringData) -> Table:
    columns = (Column("Topic"), *counts("Found", "Referred to the office", "Done"))
    rows: list[tuple[Cell, ...]] = [
        (row.topic.replace("_", " ").capitalize(), row.found, row.referred, row.done) for row in data.office
    ]
    return Table(
        "Office matters",
        "Matters that belong to the office, by topic",
        columns,
        tuple(rows),
        added(rows, columns),
        "One message can raise more than one topic.",
        "No matter for the office was found in this period.",
    )

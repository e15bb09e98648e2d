"""What families keep to and may expect (P): replies, permissions, joining and accepting."""

from __future__ import annotations

from app.domain.checks.register import LinkState, PermissionState
from reports.kit import numbers
from reports.kit.model import Block, Cell, Chart, Column, Heading, Shape, Share, Table, Text
from reports.kit.model import Kind as Holds
from reports.monitoring import tally
from reports.monitoring.data import MonitoringData, ReplyState, Thread
from reports.monitoring.findings import family_findings
from reports.monitoring.shape import added, counts
from reports.monitoring.words import FAMILIES, KINDS, LINKS, PERMISSIONS, class_words, kind_words

_STATES = {
    ReplyState.IN_TIME: "In time",
    ReplyState.LATE: "Late",
    ReplyState.OVERDUE: "No reply, overdue",
    ReplyState.RUNNING: "Not due yet",
    ReplyState.OTHERWISE: "Another way",
}


def families(data: MonitoringData) -> list[Block]:
    """The sections of the family P."""
    return [
        Heading(FAMILIES["P"]),
        Heading("Replies to families", 2, ("P6", "T3", "T4")),
        Text(
            f"The target is a reply within {data.facts.reply_target}. The clock stops outside the school's hours and "
            "while the school is closed. The share in time is of the threads whose time has been used or has run out."
        ),
        _replies(data),
        Heading("Permissions", 2, ("P8", "T11", "T12")),
        *_permissions(data),
        Heading("Joining and accepting", 2, ("P1", "P3", "P4", "H4", "H7")),
        _joining(data),
        _links(data),
        *family_findings(data, "P"),
    ]


def _replies(data: MonitoringData) -> Table:
    columns = (
        Column("Class"),
        *counts("Threads", *_STATES.values()),
        Column("Share in time", Holds.SHARE),
        Column("Median working hours", Holds.NUMBER),
    )
    names = tally.classes_of(data, (thread.class_name for thread in data.threads)) if data.threads else []
    rows = tuple(
        _reply_row(class_words(name), tuple(thread for thread in data.threads if thread.class_name == name))
        for name in names
    )
    return Table(
        "Replies",
        "Threads that need a reply, by class",
        columns,
        rows,
        _reply_row("All", data.threads) if rows else None,
        "“Another way” means by telephone, at a meeting or by the office. The median is over threads with a reply; "
        "half were answered sooner.",
        "No message that needed a reply is on record for this period.",
    )


def _reply_row(name: str, threads: tuple[Thread, ...]) -> tuple[Cell, ...]:
    states = tally.states_of(threads)
    hours = numbers.median(thread.hours for thread in threads if thread.hours is not None)
    share = Share(states[ReplyState.IN_TIME], tally.due(states))
    return (name, states.total(), *(states[state] for state in _STATES), share, hours)


def _permissions(data: MonitoringData) -> list[Block]:
    table = _by_kind(data)
    return [
        Text(
            "Only a permission that is given permits. Refused, withdrawn, undecided and in conflict all count as no. A "
            "pupil whose adults disagree, or who says no, is in conflict until it is settled."
        ),
        Chart(
            "How permissions stand, by kind",
            Shape.BARS,
            table,
            "Kind",
            tuple(PERMISSIONS.values()),
            "Undecided and in conflict are what the office can still settle by asking.",
        ),
        table,
        _gaps(data),
        *_sheets(data),
    ]


def _by_kind(data: MonitoringData) -> Table:
    sums = tally.summed(data.permissions, lambda row: (row.kind, row.state), lambda row: row.pupils)
    kinds = list(dict.fromkeys([*KINDS, *(row.kind for row in data.permissions)])) if data.permissions else []
    columns = (Column("Kind"), *counts(*PERMISSIONS.values(), "Pupils"))
    rows: list[tuple[Cell, ...]] = []
    for kind in kinds:
        figures = [sums[kind, state] for state in PERMISSIONS]
        rows.append((kind_words(kind), *figures, sum(figures)))
    return Table(
        "Permissions by kind",
        "How permissions stand, by kind of picture or work",
        columns,
        tuple(rows),
        empty="No pupil is on roll in the records.",
    )


def _gaps(data: MonitoringData) -> Table:
    unsettled = (PermissionState.UNDECIDED, PermissionState.CONFLICT)
    sums = tally.summed(data.permissions, lambda row: (row.class_name, row.kind, row.state), lambda row: row.pupils)
    kinds = list(dict.fromkeys([*KINDS, *(row.kind for row in data.permissions)]))
    titles = [f"{kind_words(kind)}: {PERMISSIONS[state].lower()}" for kind in kinds for state in unsettled]
    columns = (
        Column("Class"),
        *counts("Pupils", "With a gap"),
        Column("Share with a gap", Holds.SHARE),
        *counts(*titles),
    )
    rows: list[tuple[Cell, ...]] = []
    for name in tally.classes_of(data, (row.class_name for row in data.gaps)) if data.gaps else []:
        own = [row for row in data.gaps if row.class_name == name]
        part, whole = sum(row.with_gap for row in own), sum(row.pupils for row in own)
        figures = [sums[name, kind, state] for kind in kinds for state in unsettled]
        rows.append((class_words(name), whole, part, Share(part, whole), *figures))
    total = added(rows, columns)
    if total is not None:
        part, whole = sum(row.with_gap for row in data.gaps), sum(row.pupils for row in data.gaps)
        total = (*total[:3], Share(part, whole), *total[4:])
    return Table(
        "Permission gaps",
        "Pupils with a permission undecided or in conflict, by class",
        columns,
        tuple(rows),
        total,
        "A pupil with several gaps is counted once under “With a gap”.",
        "No pupil is on roll in the records.",
    )


def _sheets(data: MonitoringData) -> list[Block]:
    people = data.people
    if not people.sheets_due:
        return [Text("No class sheet (“may be pictured, may not”) has been issued for staff to acknowledge.")]
    read = people.sheets_due - people.sheets_missing
    return [Text(f"Staff have acknowledged {numbers.of(read, people.sheets_due)} class sheets issued to them.")]


def _joining(data: MonitoringData) -> Table:
    people = data.people
    columns = (Column("Clause"), Column("What"), *counts("How many", "Of"), Column("Share", Holds.SHARE))
    figures = (
        ("H7", "Guardians on the register who are linked", people.linked, people.guardians),
        ("H7", "Pupils with no linked adult", people.uncovered, data.facts.pupils),
        ("P1", "Linked guardians who have not accepted the policy in force", people.without_acceptance, people.linked),
        ("H4", "Linked guardians without permission for processing", people.without_processing, people.linked),
        ("P4", "Links beyond two adults a pupil, by exception", people.exceptions, _links_of(data, LinkState.LINKED)),
    )
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (code, what, part, whole, Share(min(part, whole), whole)) for code, what, part, whole in figures
    )
    return Table("Joining and accepting", "Who has joined and accepted, on the day of this report", columns, rows)


def _links_of(data: MonitoringData, state: LinkState) -> int:
    return sum(row.links for row in data.people.links if row.state is state)


def _links(data: MonitoringData) -> Table:
    columns = (Column("Link"), *counts("Links"))
    rows: list[tuple[Cell, ...]] = [(words, _links_of(data, state)) for state, words in LINKS.items()]
    return Table(
        "Links by state",
        "Links of guardians to pupils, by state",
        columns,
        tuple(rows) if data.people.links else (),
        added(rows, columns) if data.people.links else None,
        empty="No link is in the records.",
    )

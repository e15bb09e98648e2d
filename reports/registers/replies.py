"""Reply times: how soon families were answered, by class and never by name (P6, P5, T3, T4)."""

from __future__ import annotations

from app.services.office import Office
from app.services.replies import Replies, ReplyFigures
from reports.kit.model import Block, Cell, Heading, Note, Notes, Share, Table, Text
from reports.kit.model import Kind as Holds
from reports.period import Period
from reports.registers.shape import LEADERS_ONLY, columns, compose, gatherer

__all__ = ["TITLE", "compose", "gather"]

TITLE = "Reply times"


def _blocks(office: Office, period: Period) -> tuple[Block, ...]:
    shown = office.ask(Replies(period.first, period.last))
    blocks: list[Block] = [
        Heading("How soon families were answered", clauses=("P6",)),
        Text(f"The target is {shown.target_hours} hours on working days. Classes differ: this is no league."),
        Table(
            "Replies",
            "Messages of families that wanted an answer, by class",
            columns(
                "Class",
                ("Messages", Holds.COUNT),
                ("Answered in time, of those due", Holds.SHARE),
                ("Late", Holds.COUNT),
                ("No answer, overdue", Holds.COUNT),
                ("Not due yet", Holds.COUNT),
                ("Another way", Holds.COUNT),
                ("Median working hours", Holds.NUMBER),
            ),
            tuple(_row(one) for one in shown.classes),
            _row(shown.whole) if len(shown.classes) > 1 else None,
            empty="No family wrote a message that wanted an answer in this period.",
        ),
        Table(
            "Channels",
            "How these messages were answered",
            columns("How", ("Messages", Holds.COUNT)),
            tuple((_HOW.get(how, how), number) for how, number in shown.channels),
            empty="No message was answered in this period.",
        ),
    ]
    if shown.notes:
        blocks.append(Notes(tuple(Note(one) for one in shown.notes)))
    return tuple(blocks)


_HOW = {
    "message": "By message",
    "telephone": "By telephone",
    "meeting": "At a meeting",
    "asked_to_phone": "Asked to phone school",
    "office": "By the office",
}


def _row(one: ReplyFigures) -> tuple[Cell, ...]:
    median = one.median.total_seconds() / 3600 if one.median is not None else None
    in_time = Share(one.in_time, one.in_time + one.late + one.overdue)
    return one.name, one.waits, in_time, one.late, one.overdue, one.running, one.otherwise, median


gather = gatherer(TITLE, LEADERS_ONLY, _blocks)

"""Items as JSON lines, the format in which content is checked and scored. Ids belong to the school's own register."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from app.domain.checks.item_json import parse_item
from app.domain.content import Item
from app.domain.incoming import IncomingItem
from app.domain.problems import Problem, Unreadable
from app.domain.ticket import Ticket
from app.intake.feed_gathering import FeedGathering

_TICK = 500


def read_items(file: str, text: str, zone: ZoneInfo, ticket: Ticket | None = None) -> FeedGathering:
    """Read a file of items. A line that is none is rejected; a file without a single item is refused."""
    gathering = FeedGathering("items", file)
    for number, line in enumerate(text.split("\n"), start=1):
        if ticket is not None and number % _TICK == 0:
            ticket.tick(number, None, file)
        if not line.strip():
            continue
        gathering.rows += 1
        try:
            gathering.items.append(_incoming(file, number, parse_item(line), zone))
        except Problem as problem:
            gathering.reject(number, None, f"The line cannot be read. {problem.sentence}")
    if not gathering.items:
        raise Unreadable(f"{file} holds no item that can be read. Each line should be one item as a JSON object.")
    return gathering


def _incoming(file: str, number: int, item: Item, zone: ZoneInfo) -> IncomingItem:
    sent_at = item.sent_at
    return IncomingItem(
        file=file,
        row=number,
        kind=item.kind,
        text=item.text,
        source_id=item.id,
        class_id=item.class_id,
        author_role=item.author.role,
        author_id=item.author.id,
        sent_at=sent_at if sent_at is None or sent_at.tzinfo else sent_at.replace(tzinfo=zone),
        media=item.media,
        tagged=item.tagged,
        to=item.to,
        value=item.value,
    )

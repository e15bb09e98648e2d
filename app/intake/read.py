"""The way in: register files and content files, whatever they are, become one reading each.

Reading changes nothing. Every file either reads, with what is odd about it as warnings, or is refused whole in one
sentence; where one of several is refused, none is read.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

from app.domain.bulk import collector_paused
from app.domain.incoming import FeedReading, RegisterReading, SchoolNumber
from app.domain.problems import Unreadable
from app.domain.ticket import Ticket
from app.intake.dates import today_in
from app.intake.feed_files import read_feed_file
from app.intake.feed_gathering import one_feed
from app.intake.gathering import one_reading
from app.intake.mapping import Mapped
from app.intake.pasted import read_pasted
from app.intake.register_files import read_register_files

__all__ = ["FEED_FORMATS", "REGISTER_FORMATS", "read_feed", "read_pasted", "read_register"]

REGISTER_FORMATS = ("csv", "xlsx", "ctf", "oneroster")
FEED_FORMATS = ("story", "messages", "items", "points", "eml", "pasted")
_FEED_NAMES = {
    "jsonl": "items",
    "csv": "",
    "xlsx": "",
    "json": "story",
    "mail": "eml",
    "feed": "story",
    "txt": "pasted",
}
LONDON = "Europe/London"


def read_register(
    paths: Sequence[Path],
    fmt: str | None = None,
    mapping: Mapped = None,
    ticket: Ticket | None = None,
    *,
    today: date | None = None,
    school: SchoolNumber | None = None,
) -> RegisterReading:
    """Read register files: class lists, a common transfer file, a OneRoster folder or zip, or several files of these.

    `fmt` is one of REGISTER_FORMATS, or None to go by content. `mapping` puts fields to columns of class lists:
    a map file's, or what was said by hand of tables with certain headings.
    `school` is this school's number, so that a file meant for another is remarked on. Raises Unreadable with one
    sentence, and Cancelled from the ticket.
    """
    _check(paths, fmt, REGISTER_FORMATS)
    day = today or today_in(ZoneInfo(LONDON))
    with collector_paused():
        return one_reading(read_register_files(paths, fmt, mapping, ticket, day, school))


def read_feed(
    paths: Sequence[Path],
    fmt: str | None = None,
    mapping: Mapped = None,
    ticket: Ticket | None = None,
    *,
    today: date | None = None,
    zone: str = LONDON,
) -> FeedReading:
    """Read content files: story feed pages, messages, items as JSON lines, points reports, e-mails, copied chats.

    `fmt` is one of FEED_FORMATS, or None to go by content. `mapping` puts fields to columns of messages. Times without
    an offset are in `zone`. Raises Unreadable with one sentence, and Cancelled from the ticket.
    """
    settled = _FEED_NAMES.get(fmt or "", fmt) or None
    _check(paths, settled, FEED_FORMATS)
    place = ZoneInfo(zone)
    day = today or today_in(place)
    with collector_paused():
        return one_feed([read_feed_file(path, settled, mapping, ticket, day, place) for path in paths])


def _check(paths: Sequence[Path], fmt: str | None, formats: Sequence[str]) -> None:
    if not paths:
        raise Unreadable("No file was chosen. Choose at least one.")
    if fmt is not None and fmt not in formats:
        raise Unreadable(f'"{fmt}" is no format the program reads here. It reads {", ".join(formats)}.')

"""Messages as a table, CSV or XLSX, with whatever columns the download, or the person who typed it, chose.

The service documents no format for its message history, so nothing is taken for granted: columns go by heading, or by
a map, and only a text is needed. Times without an offset are the school's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from zoneinfo import ZoneInfo

from app.domain.columns_said import Area
from app.domain.content import AuthorRole, Kind, Media
from app.domain.incoming import ColumnGuess, IncomingItem
from app.domain.problems import Unreadable
from app.domain.ticket import Ticket
from app.intake.dates import read_moment
from app.intake.feed_gathering import FeedGathering
from app.intake.headings import words_of
from app.intake.mapping import BY_HAND, Mapped, by_hand, by_map, mapped_headings, settle
from app.intake.table import TOO_LONG, HeadedTable, padded
from app.intake.values import tidy

_WORDS = {
    "from": "from, sender, author, sent by, written by, sender name, from name, author name, user, posted by, who",
    "to": "to, recipient, recipients, sent to, receiver, recipient name, to name, recipient names, addressee",
    "sent": "sent, sent at, date, date sent, sent date, timestamp, date time, datetime, date and time, sent on, when, "
    "created, created at, message date, time sent, posted, posted at, date posted, sent time",
    "time": "time, time of day, message time",
    "text": "text, message, body, content, message text, contents, message body, message content, comment, post, words",
    "class": "class, class name, classroom, group",
    "kind": "kind, type, message type, channel, item type",
    "role": "role, sender role, author role, from role, sender type, user type",
    "pupil": "pupil, student, child, regarding, about, pupil name, student name, child name",
    "media": "media, attachments, attachment, files, photos, attachment type",
    "id": "id, message id, identifier, item id",
    "from_id": "from id, sender id, author id",
    "subject": "subject, title",
}
_TABLE = {alias.strip(): field for field, listed in _WORDS.items() for alias in listed.split(",")}
MESSAGE_FIELDS = tuple(_WORDS)
_KNOWN = ", ".join(MESSAGE_FIELDS)
_KIND_WORDS = {
    Kind.MESSAGE: "message, direct message, private message, dm, chat",
    Kind.COMMENT: "comment, reply",
    Kind.CLASS_STORY: "class story, class, post, story",
    Kind.SCHOOL_STORY: "school story, school",
    Kind.PORTFOLIO: "portfolio",
}
_KINDS = {alias.strip(): kind for kind, listed in _KIND_WORDS.items() for alias in listed.split(",")}
_ROLE_WORDS = {
    AuthorRole.STAFF: "staff, teacher, office, headteacher, head teacher, support, school leader, leader, ta",
    AuthorRole.PARENT: "parent, guardian, carer, family, mother, father, mum, dad, parent carer, parent guardian",
    AuthorRole.PUPIL: "pupil, student, child",
    AuthorRole.UNKNOWN: "unknown, ",
}
_ROLES = {alias.strip(): role for role, listed in _ROLE_WORDS.items() for alias in listed.split(",")}
_PICTURE = re.compile(r"photo|picture|image|\.(?:jpe?g|png|gif|heic|webp)\b", re.IGNORECASE)
_FILM = re.compile(r"video|film|audio|recording|voice|\.(?:mp4|mov|avi|m4a|mp3)\b", re.IGNORECASE)
_WORK = re.compile(r"work|file|document|\.(?:pdf|docx?|pptx?)\b", re.IGNORECASE)
_SEVERAL = re.compile(r"[;|\n]")
_TICK = 500
_LONGEST = 200


def field_named(text: str) -> str | None:
    """Which field of a message a heading or a map's key means."""
    joined = " ".join(words_of(text))
    return _TABLE.get(joined) or _TABLE.get(joined.replace(" ", "")) or (text if text in _WORDS else None)


def score_messages(cells: Sequence[str], mapping: Mapped = None) -> float:
    """How much a row looks like the headings of a table of messages; 0 where it names no text."""
    told = by_hand(mapping, cells)
    if told is not None and told.area is not Area.MESSAGES:
        return 0
    fields = {field for cell in cells if cell and (field := field_named(cell)) is not None}
    mapped = mapped_headings(mapping, cells, Area.MESSAGES)
    if not mapped and ("text" not in fields or not {"from", "to", "sent", "role"} & fields):
        return 0
    return len(fields) + 10 * mapped


def read_messages(
    table: HeadedTable,
    zone: ZoneInfo,
    today: date,
    mapping: Mapped = None,
    ticket: Ticket | None = None,
) -> FeedGathering:
    """Read a table of messages. Raises Unreadable where no column holds the text, or a map does not fit."""
    gathering = FeedGathering("messages", table.file)
    columns = _columns(table, mapping, gathering)
    if "text" not in columns:
        raise Unreadable(
            f'{table.file} has no column with the messages\' text. Name one "Message", or say which it is with a map.'
        )
    gathering.rejected += table.broken
    gathering.rows = len(table.broken)
    for place, (number, cells) in enumerate(table.rows):
        if ticket is not None and place % _TICK == 0:
            ticket.tick(place, len(table.rows), table.file)
        gathering.rows += 1
        fitted = padded(cells, len(table.headings))
        if fitted is None:
            gathering.reject(number, None, TOO_LONG)
        else:
            said = {field: fitted[column].strip() for field, column in columns.items()}
            _read_row(number, said, zone, today, gathering)
    if gathering.rows == 0:
        gathering.warn(table.heading_row, None, "The file has headings and no messages below them.")
    return gathering


def guess_columns(headings: Sequence[str]) -> list[ColumnGuess]:
    """Which column holds which field, by heading alone."""
    guesses: dict[str, ColumnGuess] = {}
    for column, heading in enumerate(headings):
        field = field_named(heading) if heading else None
        if field is not None and field not in guesses:
            guesses[field] = ColumnGuess(field, heading, column, 1.0, "heading")
    return list(guesses.values())


def _columns(table: HeadedTable, mapping: Mapped, gathering: FeedGathering) -> dict[str, int]:
    told = by_hand(mapping, table.headings, Area.MESSAGES)
    if told is not None:
        said: dict[str, int] = {}
        for column in range(len(table.headings)):
            if told.meaning(column) in _WORDS:
                said.setdefault(told.meaning(column), column)
        gathering.columns += [
            ColumnGuess(field, table.headings[column], column, 1.0, BY_HAND) for field, column in said.items()
        ]
        return said
    map_file = by_map(mapping)
    mapped = settle(map_file, table.headings, field_named, table.file, _KNOWN) if map_file else {}
    columns = {field: column for field, column in mapped.items() if column is not None}
    taken = set(columns.values())
    gathering.columns += [
        ColumnGuess(field, table.headings[column], column, 1.0, "map file") for field, column in columns.items()
    ]
    for guess in guess_columns(table.headings):
        if guess.field not in mapped and guess.column not in taken:
            columns[guess.field] = guess.column
            gathering.columns.append(guess)
    return columns


def _read_row(number: int, said: dict[str, str], zone: ZoneInfo, today: date, gathering: FeedGathering) -> None:
    media = _media(said.get("media", ""))
    if not said["text"] and not media:
        gathering.reject(number, "text", "The row has no text.")
        return
    kind = _kind(number, said.get("kind", ""), gathering)
    role = _role(number, said.get("role", ""), gathering)
    moment = read_moment(" ".join(filter(None, (said.get("sent", ""), said.get("time", "")))), zone, today)
    if moment.moment is None:
        told = said.get("sent", "") or said.get("time", "")
        why = f'"{told[:40]}" is no date and time' if told else "The row has no date"
        gathering.warn(number, "sent", f"{why}. The message was kept without one.")
    elif moment.day_only:
        gathering.warn(
            number, "sent", "The row gives a day and no time. Noon was taken, so no rule about hours applies."
        )
    if not said.get("from"):
        gathering.warn(number, "from", "The row does not say who wrote it. It was kept as from an unknown person.")
    gathering.items.append(
        IncomingItem(
            file=gathering.file,
            row=number,
            kind=kind,
            text=said["text"],
            source_id=said.get("id", "")[:120] or None,
            class_name=tidy(said.get("class", ""))[:_LONGEST] or None,
            author_role=role,
            author_name=tidy(said.get("from", ""))[:_LONGEST] or None,
            author_id=said.get("from_id") or None,
            sent_at=moment.moment,
            media=media,
            tagged=_several(said.get("pupil", "")),
            to=_several(said.get("to", "")),
            subject=tidy(said.get("subject", "")) or None,
        )
    )


def _kind(number: int, text: str, gathering: FeedGathering) -> Kind:
    word = " ".join(words_of(text))
    if text and word not in _KINDS:
        gathering.warn(number, "kind", f'"{text[:40]}" is no known kind. The row was read as a message.')
    return _KINDS.get(word, Kind.MESSAGE)


def _role(number: int, text: str, gathering: FeedGathering) -> AuthorRole:
    word = " ".join(words_of(text))
    if word not in _ROLES:
        gathering.warn(number, "role", f'"{text[:40]}" is no known role. It was read as unknown.')
    return _ROLES.get(word, AuthorRole.UNKNOWN)


def _several(text: str) -> tuple[str, ...]:
    """The names in a cell. A comma parts names only where each part has two words: "Marsh, Joanne" is one."""
    names: list[str] = []
    for part in _SEVERAL.split(text):
        pieces = [tidy(piece) for piece in part.split(",")]
        names += pieces if all(" " in piece for piece in pieces) else [tidy(part)]
    return tuple(name for name in names if name)


def _media(text: str) -> tuple[Media, ...]:
    tests = ((Media.PHOTO, _PICTURE), (Media.VIDEO, _FILM), (Media.WORK, _WORK))
    return tuple(media for media, shape in tests if shape.search(text))

"""How a pasted text falls into messages: heads on one line, names above times, heads of e-mails, names alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from app.intake.pasted_heads import (
    MOMENT_ALONE,
    NAME_ALONE,
    NAME_COLON,
    TIME_ALONE,
    TOLD_CLOCK,
    Head,
    Shape,
    head_of,
    is_name,
    plain_line,
    settle,
)

_CHROME = re.compile(
    r"(?:seen|read|delivered|sent|seen by .{1,80}|read by .{1,80}|translate|see translation|translated|reply|like|"
    r"liked|\d+ likes?|edited|new messages?|typing…?|\d+ views?|today|double tap to like)(?:\s+\d{1,2}[:.]\d\d.*)?",
    re.IGNORECASE,
)
"""What the service's own page puts between messages."""

_FROM = re.compile(r"(?:\*?)from:\*?\s*(?P<name>.+)", re.IGNORECASE)
_FIELD = re.compile(r"\*?(?P<field>sent|date|to|cc|subject):\*?\s*(?P<value>.*)", re.IGNORECASE)
_ADDRESS = re.compile(r"\s*[<\[(](?:mailto:)?[^<>()\[\]\s]+@[^<>()\[\]\s]+[>\])]")
_DAY = re.compile(r"\d|today|yesterday|day\b", re.IGNORECASE)


@dataclass(slots=True)
class Piece:
    """A message (its head and the lines below it), or a line that names the day of what follows. Rows count from 1."""

    row: int
    head: Head | None = None
    heading: str | None = None
    lines: list[str] = field(default_factory=list)


def pieces_of(lines: Sequence[str]) -> list[Piece]:
    """The pieces of a text in the layout that tells most messages apart; none where no layout fits."""
    mails = _mails(lines)
    if mails:
        return mails
    best = max((_heads(lines), _stacked(lines), _closing(lines)), key=_messages)
    return best if _messages(best) else _names(lines)


def _messages(pieces: Sequence[Piece]) -> int:
    """How many messages of somebody's stand among the pieces; one without words is none."""
    return sum(
        piece.head is not None
        and piece.head.name is not None
        and bool(piece.head.rest.strip() or any(line.strip() for line in piece.lines))
        for piece in pieces
    )


def _heads(lines: Sequence[str]) -> list[Piece]:
    """Each message begins with name and moment on one line."""
    shape = settle(lines)
    if shape is None:
        return []
    heads = [head_of(line, shape) for line in lines]
    timed = any(head is not None and TOLD_CLOCK.search(head.moment) for head in heads)
    pieces: list[Piece] = []
    for row, (line, head) in enumerate(zip(lines, heads, strict=True), start=1):
        # Where messages tell the time of day, a line that tells only a day is more of the one above.
        if head is not None and (not timed or TOLD_CLOCK.search(head.moment)):
            pieces.append(Piece(row, head))
        elif _is_day_heading(line) and _timed_head_follows(lines, row, shape):
            pieces.append(Piece(row, heading=plain_line(line)))
        elif pieces and pieces[-1].head is not None:
            pieces[-1].lines.append(line)
    return pieces


def _timed_head_follows(lines: Sequence[str], row: int, shape: Shape) -> bool:
    """The next line that says something begins a message and names no day of its own."""
    following = next((line for line in lines[row:] if line.strip()), "")
    head = head_of(following, shape)
    return head is not None and TIME_ALONE.fullmatch(head.moment) is not None


def _is_day_heading(line: str) -> bool:
    plain = plain_line(line)
    return MOMENT_ALONE.fullmatch(plain) is not None and _DAY.search(plain) is not None and not TOLD_CLOCK.search(plain)


def _is_moment(line: str) -> bool:
    plain = plain_line(line)
    return MOMENT_ALONE.fullmatch(plain) is not None and TOLD_CLOCK.search(plain) is not None


def _is_name(line: str) -> bool:
    plain = plain_line(line)
    return NAME_ALONE.fullmatch(plain) is not None and is_name(plain.rstrip(":")) and plain[:1].isupper()


def _stacked(lines: Sequence[str]) -> list[Piece]:
    """A line with a name, below it a line with a moment, below that the words: the service's page, copied."""
    pieces: list[Piece] = []
    row = 0
    while row < len(lines):
        following = row + 1
        if _is_name(lines[row]) and following < len(lines) and _is_moment(lines[following]):
            name, moment = plain_line(lines[row]).rstrip(":"), _moment(lines[following])
            pieces.append(Piece(row + 1, Head(name, moment, "")))
            row += 2
            continue
        if _is_day_heading(lines[row]) and _stack_follows(lines, following):
            pieces.append(Piece(row + 1, heading=plain_line(lines[row])))
        else:
            _follow(lines[row], pieces)
        row += 1
    return pieces


def _stack_follows(lines: Sequence[str], row: int) -> bool:
    """The next lines that say something are a name and a moment."""
    following = [line for line in lines[row : row + 6] if line.strip()][:2]
    return len(following) == 2 and _is_name(following[0]) and _is_moment(following[1])


def _follow(line: str, pieces: list[Piece]) -> None:
    """A line that begins nothing: the page's own words, or more of the message above."""
    if _CHROME.fullmatch(plain_line(line)) is None and pieces and pieces[-1].head is not None:
        pieces[-1].lines.append(line)


def _moment(line: str) -> str:
    found = MOMENT_ALONE.fullmatch(plain_line(line))
    return found["moment"] if found else ""


def _closing(lines: Sequence[str]) -> list[Piece]:
    """A line with a name, then the words, then a line with a moment that closes the message."""
    kept = [(row, line) for row, line in enumerate(lines, start=1) if line.strip()]
    pieces: list[Piece] = []
    opening: tuple[int, str] | None = None
    words: list[str] = []
    for row, line in kept:
        if _is_day_heading(line) and opening is None:
            pieces.append(Piece(row, heading=plain_line(line)))
        elif opening is None:
            if not _is_name(line):
                return []
            opening, words = (row, plain_line(line).rstrip(":")), []
        elif _is_moment(line):
            if not words:
                return []
            pieces.append(Piece(opening[0], Head(opening[1], _moment(line), ""), lines=words))
            opening = None
        elif _CHROME.fullmatch(plain_line(line)) is None:
            words.append(line)
    told = [piece for piece in pieces if piece.head is not None]
    return pieces if opening is None and len(told) > 1 else []


def _names(lines: Sequence[str]) -> list[Piece]:
    """Names and words without any moment, as somebody types them. The first line must be one, and two at least."""
    pieces: list[Piece] = []
    for row, line in enumerate(lines, start=1):
        plain = plain_line(line)
        found = NAME_COLON.fullmatch(plain) if plain[:1].isupper() else None
        if found is not None and is_name(found["name"]) and len(found["name"].split()) <= 4:
            pieces.append(Piece(row, Head(found["name"].strip(), "", found["rest"])))
        elif pieces:
            pieces[-1].lines.append(line)
        elif plain:
            return []
    names = {piece.head.name for piece in pieces if piece.head is not None}
    return pieces if len(pieces) > 1 and len(names) < max(len(pieces), 3) else []


def _mails(lines: Sequence[str]) -> list[Piece]:
    """E-mails copied one below the other: From, Sent, To, Subject, and then the words."""
    pieces: list[Piece] = []
    row = 0
    while row < len(lines):
        found = _FROM.fullmatch(plain_line(lines[row]))
        fields, after = _fields(lines, row + 1) if found else ({}, row)
        moment = fields.get("sent") or fields.get("date")
        if found and moment:
            name = _ADDRESS.sub("", found["name"]).strip(" \"'*") or found["name"].strip()
            pieces.append(Piece(row + 1, Head(name, moment, fields.get("subject", ""))))
            row = after
            continue
        if pieces:
            pieces[-1].lines.append(lines[row])
        row += 1
    return pieces


def _fields(lines: Sequence[str], row: int) -> tuple[dict[str, str], int]:
    fields: dict[str, str] = {}
    while row < len(lines) and (found := _FIELD.fullmatch(plain_line(lines[row]))):
        fields[found["field"].lower()] = found["value"].strip(" *")
        row += 1
    return fields, row

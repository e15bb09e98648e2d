"""The lines that begin a message in a pasted conversation: who wrote, and when, in the shapes that programs write them.

Each shape is one expression over a line; which of them a text is in is settled once for the whole text, so that a
sentence with a colon in it is not taken for a new message.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_DAYS = "mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:r(?:s(?:day)?)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?"
_MONTHS = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    "nov(?:ember)?|dec(?:ember)?"
)
_YEAR = r"(?:,?\s*(?:\d{4}|'\d\d))?"
_DATE = (
    rf"(?:(?:{_DAYS})\.?,?\s+)?"
    rf"(?:\d{{4}}-\d\d-\d\d|\d{{1,2}}[/.-]\d{{1,2}}(?:[/.-]\d{{2,4}})?"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?(?:\s+of)?[\s-]+(?:{_MONTHS})\.?{_YEAR}"
    rf"|(?:{_MONTHS})\.?\s+\d{{1,2}}(?:st|nd|rd|th)?{_YEAR})"
    rf"|today|yesterday|(?:{_DAYS})\.?"
)
_TIME = r"\d{1,2}[:.]\d\d(?:[:.]\d\d)?(?:\s?[ap]\.?\s?m\.?)?|\d{1,2}\s?[ap]\.?m\.?"
_BETWEEN = r"(?:,|\s+at|\s+-|\s+·|\s+)\s*"
_MOMENT = rf"(?:(?:{_DATE})(?:{_BETWEEN}(?:{_TIME}))?|(?:{_TIME})(?:{_BETWEEN}(?:on\s+)?(?:{_DATE}))?)"
_NAME = r"[^\W\d_](?:[^:\n\[\]|]{0,58}?[^\s:\[\]|,(–—-])?|\+?\d[\d ]{6,18}\d"
_BAR = r"\s*[-–—|:]\s*"


@dataclass(frozen=True, slots=True)
class Head:
    """A message's beginning: its writer (None: a notice of the program), its moment as written, its first words."""

    name: str | None
    moment: str
    rest: str


@dataclass(frozen=True, slots=True)
class Shape:
    """One way of writing the beginning of a message."""

    name: str
    line: re.Pattern[str]


def _shape(name: str, expression: str) -> Shape:
    return Shape(name, re.compile(expression, re.IGNORECASE))


_WHO = rf"~?\s*(?P<name>{_NAME})"
_WHEN = rf"(?P<moment>{_MOMENT})"
_WORDS = r"(?P<rest>.*)"

SHAPES: tuple[Shape, ...] = (
    _shape("[moment] name: words", rf"\[{_WHEN}\]\s*(?:{_WHO}:(?:\s+|$){_WORDS}|(?P<notice>.*))"),
    _shape("moment - name: words", rf"{_WHEN}\s+[-–—]\s+(?:{_WHO}:(?:\s+|$){_WORDS}|(?P<notice>.*))"),
    _shape("moment - name", rf"{_WHEN}{_BAR}{_WHO}:?\s*(?P<rest>)"),
    _shape("name (moment): words", rf"{_WHO}\s*[\[(]{_WHEN}[\])]\s*(?::|-|–|—|$)\s*{_WORDS}"),
    _shape("name, moment: words", rf"{_WHO}(?:,\s*|\s+[-–—·|]\s+|\s+){_WHEN}\s*(?::\s+|:$|[-–—]\s+){_WORDS}"),
    _shape("moment name: words", rf"{_WHEN}[,\s]\s*{_WHO}:(?:\s+|$){_WORDS}"),
    _shape("name, moment", rf"{_WHO}(?:,\s*|\s+[-–—·|•]\s+|\s{{2,}}|\t){_WHEN}\s*(?P<rest>)"),
)
"""The shapes with a moment in them, the surest first."""

NAME_COLON = re.compile(rf"(?P<name>{_NAME}):\s+(?P<rest>\S.*)", re.IGNORECASE)
"""A name and words, without a moment."""

MOMENT_ALONE = re.compile(rf"[-–—\s]*(?:sent|on|at)?\s*(?P<moment>{_MOMENT})[-–—\s.]*", re.IGNORECASE)
"""A line that holds a moment and nothing else: a heading for a day, or the line under a name."""

TIME_ALONE = re.compile(_TIME, re.IGNORECASE)
"""A moment that names no day."""

NAME_ALONE = re.compile(rf"(?P<name>{_NAME}):?", re.IGNORECASE)

_BEGINNING = re.compile(r".{0,120}?\d", re.DOTALL)
"""Every head but one with a day's name alone holds a figure near its beginning; most lines hold none."""
_MARKS = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_SPACES = re.compile("[\u00a0\u2007\u202f\u2009]")
_NO_NAME = re.compile(rf"(?:{_DATE}|{_MONTHS})\.?|(?:.* )?(?:at|on|by)", re.IGNORECASE | re.DOTALL)
"""A day, or words that go on with one: "see you at"."""
_SENTENCE = re.compile(r"[.!?]\s|[.!?]$")
_TITLE = re.compile(r"\b(?:mrs?|ms|mx|dr|st|rev|[^\W\d_])\.", re.IGNORECASE)


def plain_line(line: str) -> str:
    """The line as it is read for a head: without marks of direction, with plain spaces."""
    return _SPACES.sub(" ", _MARKS.sub("", line)).strip()


def head_of(line: str, shape: Shape) -> Head | None:
    """The message that begins on this line in that shape, if one does."""
    found = shape.line.fullmatch(plain_line(line)) if _BEGINNING.match(line) else None
    if found is None:
        return None
    said = found.groupdict()
    name = (said.get("name") or "").strip(" ~-–—\t") or None
    if name is None:
        return Head(None, said["moment"], said.get("notice") or "") if said.get("notice") else None
    return Head(name, said["moment"], said.get("rest") or "") if is_name(name) else None


def is_name(text: str) -> bool:
    """Whether words can be somebody's name rather than part of a sentence."""
    if len(text.split()) > 7 or text.startswith(("http", "www")) or _NO_NAME.fullmatch(text):
        return False
    return _SENTENCE.search(_TITLE.sub("", text)) is None


TOLD_CLOCK = re.compile(r"\d{1,2}[:.]\d\d|\d\s?[ap]\.?m", re.IGNORECASE)


def settle(lines: Sequence[str]) -> Shape | None:
    """The shape most of a text's messages begin in; of two with as many, the surer. None where no line fits any.

    A head that tells the time of day counts for three: "Hello (6 Oct)" within a message is not taken for one.
    """
    counts = []
    for at, shape in enumerate(SHAPES):
        heads = [head for line in lines if (head := head_of(line, shape)) is not None and head.name is not None]
        timed = sum(TOLD_CLOCK.search(head.moment) is not None for head in heads)
        counts.append((len(heads) + 2 * timed, timed, -at))
    most, _, place = max(counts)
    return SHAPES[-place] if most else None

"""Conversations that were copied and pasted: from the service's own page, a telephone's chat, an e-mail, typed by hand.

Names and words are kept as written; who is staff and who a parent is found in the register when the conversation is
kept. Lines that the program put there itself ("Seen", "messages are encrypted") are left out and counted.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from app.domain.content import Kind, Media
from app.domain.incoming import FeedReading, IncomingItem
from app.domain.problems import Unreadable
from app.intake.dates import today_in
from app.intake.feed_gathering import FeedGathering, one_feed
from app.intake.pasted_heads import Head
from app.intake.pasted_layouts import Piece, pieces_of
from app.intake.pasted_moments import Clock, is_american, told

PASTED = "pasted"
MOST = 2_000_000
"""Characters; a conversation of years."""

NOTICE = "It is a notice of the program the conversation was copied from."
DELETED = "Its writer had deleted it before it was copied."

_LONDON = "Europe/London"
_OMITTED = re.compile(
    r"<?\b(?P<what>image|photo|picture|video|audio|document|sticker|gif|media|contact card) omitted>?"
    r"|(?P<name>\S+\.(?P<ending>[a-z0-9]{2,4})) \(file attached\)|<attached: (?P<other>\S+\.(?P<last>[a-z0-9]{2,4}))>",
    re.IGNORECASE,
)
_MEDIA = {
    Media.PHOTO: "image photo picture jpg jpeg png heic webp",
    Media.VIDEO: "video audio mp4 mov opus m4a mp3 3gp",
    Media.WORK: "document pdf doc docx ppt pptx xls xlsx",
}
_KIND_OF = {word: media for media, words in _MEDIA.items() for word in words.split()}
_GONE = re.compile(
    r"(?:this message was deleted|you deleted this message|this message has been deleted)\.?", re.IGNORECASE
)
_EDITED = re.compile(r"\s*<this message was edited>\s*$", re.IGNORECASE)
_MARKS = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_LONGEST_NAME = 200


@dataclass(slots=True)
class _Said:
    """A message while it is being put together."""

    row: int
    head: Head
    moment: datetime | None
    guessed: bool
    lines: list[str] = field(default_factory=list)


def read_pasted(
    text: str,
    *,
    today: date | None = None,
    zone: str = _LONDON,
    file: str = "Pasted text",
    day: date | None = None,
    you: str | None = None,
    kind: Kind = Kind.MESSAGE,
    class_name: str | None = None,
) -> FeedReading:
    """Read a pasted conversation.

    `day` is the day of times that stand without one; `you` is who "You" is; `class_name` the class it is about. Raises
    Unreadable where no message can be told apart.
    """
    place = ZoneInfo(zone)
    gathering = read_conversation(file, text, place, today or today_in(place), day=day, you=you)
    gathering.items = [replace(item, kind=kind, class_name=class_name) for item in gathering.items]
    return one_feed([gathering])


def is_conversation(text: str) -> bool:
    """Whether a text holds messages that can be told apart."""
    return bool(pieces_of(_lines(text[:MOST])))


def read_conversation(
    file: str, text: str, zone: ZoneInfo, today: date, *, day: date | None = None, you: str | None = None
) -> FeedGathering:
    """Read a conversation into a gathering, as the other readers do."""
    if not text.strip():
        raise Unreadable("There is nothing here yet. Paste the conversation first.")
    if len(text) > MOST:
        raise Unreadable("This is longer than any conversation. Bring it in as a file, or in parts.")
    pieces = pieces_of(_lines(text))
    if not pieces:
        raise Unreadable(
            f"No messages can be told apart in {file}. Each should begin with a name and a time, such as "
            "“Mrs Holt, 6 Oct 18:04: Thank you.”"
        )
    gathering = FeedGathering(PASTED, file)
    if any(line.strip() for line in _lines(text)[: pieces[0].row - 1]):
        gathering.warn(1, "text", "The words before the first message have no writer. They were left out.")
    said = _put_together(pieces, Clock(zone, today, day), today, gathering)
    _keep(said, you, gathering)
    if not gathering.items:
        raise Unreadable(f"{file} holds only notices of the program it was copied from, and no messages.")
    return gathering


def _lines(text: str) -> list[str]:
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "").split("\n")


def _put_together(pieces: Sequence[Piece], clock: Clock, today: date, gathering: FeedGathering) -> list[_Said]:
    american = is_american(piece.head.moment for piece in pieces if piece.head is not None)
    if american:
        gathering.warn(None, "date", "The days are written month first, as in America. They were read so: check one.")
    said: list[_Said] = []
    for piece in pieces:
        if piece.heading is not None:
            clock.heading(told(piece.heading, today, month_first=american))
        elif piece.head is not None:
            moment = clock.moment(told(piece.head.moment, today, month_first=american))
            said.append(_Said(piece.row, piece.head, moment, clock.guessed, [piece.head.rest, *piece.lines]))
    if clock.guessed:
        _end_today(said, today)
        gathering.warn(
            None, "date", "Times stand here without a day. They were taken for the last days up to today: check them."
        )
    return said


def _end_today(said: Iterable[_Said], today: date) -> None:
    """A conversation without a day ends today, so that nothing in it lies ahead."""
    guessed = [each for each in said if each.guessed and each.moment is not None]
    if not guessed:
        return
    last = max(each.moment.date() for each in guessed if each.moment is not None)
    for each in guessed:
        assert each.moment is not None
        each.moment -= timedelta(days=max((last - today).days, 0))


def _keep(said: Sequence[_Said], you: str | None, gathering: FeedGathering) -> None:
    names = list(dict.fromkeys(_name(each.head, you) for each in said if each.head.name is not None))
    for each in said:
        gathering.rows += 1
        words = _EDITED.sub("", _MARKS.sub("", "\n".join(each.lines))).strip()
        media, words = _media(words)
        if each.head.name is None:
            gathering.skip(NOTICE)
        elif _GONE.fullmatch(words):
            gathering.skip(DELETED)
        elif not words and not media:
            gathering.reject(each.row, "text", "The message has no words.")
        else:
            _keep_one(each, words, media, _name(each.head, you), names, gathering)
    if said and not any(each.head.moment for each in said):
        gathering.warn(None, "sent", "The messages stand here without days and times. They were kept without.")
    if any(name.casefold() in ("you", "me") for name in names):
        gathering.warn(None, "name", "“You” is somebody nobody named here. Say who that is, and read it again.")


def _keep_one(
    said: _Said, words: str, media: tuple[Media, ...], name: str, names: Sequence[str], gathering: FeedGathering
) -> None:
    if said.moment is None and said.head.moment:
        gathering.warn(said.row, "sent", "The message has no readable day and time. It was kept without one.")
    gathering.items.append(
        IncomingItem(
            file=gathering.file,
            row=said.row,
            kind=Kind.MESSAGE,
            text=words,
            author_name=name[:_LONGEST_NAME],
            sent_at=said.moment,
            media=media,
            to=tuple(other[:_LONGEST_NAME] for other in names if other != name),
        )
    )


def _name(head: Head, you: str | None) -> str:
    name = " ".join((head.name or "").split())
    return you.strip() if you and you.strip() and name.casefold() in ("you", "me") else name


def _media(words: str) -> tuple[tuple[Media, ...], str]:
    """What a message carried that was not copied with it, and its words without the program's note of that."""
    found: list[Media] = []
    for note in _OMITTED.finditer(words):
        word = (note["what"] or note["ending"] or note["last"] or "").lower()
        found.append(_KIND_OF.get(word, Media.PHOTO) if word not in ("sticker", "gif", "contact card") else Media.WORK)
    kept = [media for media, note in zip(found, _OMITTED.finditer(words), strict=True) if _counts(note)]
    return tuple(dict.fromkeys(kept)), _OMITTED.sub("", words).strip() if found else words


def _counts(note: re.Match[str]) -> bool:
    """Stickers, moving jokes and address cards show no child of the school."""
    return (note["what"] or "").lower() not in ("sticker", "gif", "contact card")

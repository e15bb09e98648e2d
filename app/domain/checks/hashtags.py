"""Names inside hashtags and run-together words: #EllaMarsh, #TeamElla, #wellDoneEllaM."""

from __future__ import annotations

import re
import unicodedata

from app.domain.checks.known_names import KnownNames, Way
from app.domain.checks.mention import Form, Mention
from app.domain.checks.words import Words
from app.domain.naming import fold

_PIECE = re.compile(r"U+(?!l)|U?l+|0+")
_MARKS = {"Lu": "U", "Lt": "U", "Nd": "0"}


def tag_pieces(written: str) -> list[str]:
    """What a run-together word was put together from, folded: "team", "ella" for "TeamElla"."""
    shape = "".join(_shape(character) for character in written)
    return [fold(written[piece.start() : piece.end()]) for piece in _PIECE.finditer(shape)]


def _shape(character: str) -> str:
    """A letter for the kind of a character: a capital, another letter (marks go with it), a figure, anything else."""
    kind = unicodedata.category(character)
    return _MARKS.get(kind) or ("l" if kind[0] in "LM" else " ")


def tag_mentions(words: Words, known: KnownNames) -> list[Mention]:
    """Mentions inside the words that follow a # or an @; whole names run together are found elsewhere."""
    mentions = []
    for place in range(len(words)):
        if words.gap(place)[-1:] in ("#", "@") and not known.joined(words.words[place]):
            mention = _inside(words, place, known)
            if mention is not None:
                mentions.append(mention)
    return mentions


def _inside(words: Words, place: int, known: KnownNames) -> Mention | None:
    written = words.written(place)
    if len(written) > 60:
        return None
    pieces = tag_pieces(written)
    span = words.span(place, place + 1)
    for start in range(len(pieces)):
        for size in (3, 2, 1):
            name = "".join(pieces[start : start + size])
            leads = [lead for lead in known.leads(name) if lead.way is Way.WHOLE and not lead.rest]
            if not leads or start + size > len(pieces):
                continue
            rest = pieces[start + size :]
            pupils = leads[0].pupils
            full = tuple(p for p in pupils if p.surname and "".join(rest).startswith(p.surname))
            lettered = tuple(p for p in pupils if rest and len(rest[0]) == 1 and rest[0] in p.initials)
            if full:
                return Mention(place, place + 1, span, Form.FULL, full, name, name_end=place + 1)
            if lettered:
                return Mention(place, place + 1, span, Form.INITIAL, lettered, name, name_end=place + 1)
            if len(pieces) > 1 and (not rest or not rest[0].isalpha()) and start > 0:
                return Mention(place, place + 1, span, Form.FIRST, pupils, name, name_end=place + 1)
    return None

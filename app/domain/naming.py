"""Names: folding for comparison, namesakes, and the name a pupil may be given in public (policy T8).

Folding makes spellings of one name equal: accents and capitals go, curly apostrophes become straight, and a few
letters that Unicode does not take apart (ß, ł, ø, æ) are written out. It keeps a map back to the original text.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable
from typing import NamedTuple

from app.domain.checks.register import PupilEntry

_WRITTEN_OUT = {
    "ß": "ss",
    "ẞ": "ss",
    "ł": "l",
    "Ł": "l",
    "ø": "o",
    "Ø": "o",
    "đ": "d",
    "Đ": "d",
    "ð": "d",
    "Ð": "d",
    "þ": "th",
    "Þ": "th",
    "æ": "ae",
    "Æ": "ae",
    "œ": "oe",
    "Œ": "oe",
    "ı": "i",
    "ħ": "h",
}
_APOSTROPHES = "’‘ʼ‛`´ʹ′＇"
_HYPHENS = "‐‑‒–—−﹣－"
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
_LETTERS = re.compile(r"[^\W_]+")


def _fold_character(character: str) -> str:
    if character in _WRITTEN_OUT:
        return _WRITTEN_OUT[character]
    if character in _APOSTROPHES:
        return "'"
    if character in _HYPHENS:
        return "-"
    if unicodedata.category(character) == "Cf":
        return ""
    kept = [
        _WRITTEN_OUT.get(part, part)
        for part in unicodedata.normalize("NFKD", character)
        if not unicodedata.category(part).startswith("M")
    ]
    lowered = unicodedata.normalize("NFKD", "".join(kept).lower())
    return "".join(part for part in lowered if not unicodedata.category(part).startswith("M"))


class _Foldings(dict[str, str]):
    def __missing__(self, character: str) -> str:
        folded = self[character] = _fold_character(character)
        return folded


_FOLDINGS = _Foldings()


def fold(text: str) -> str:
    """The text as it is compared: no accents, no capitals, straight apostrophes, plain hyphens."""
    plain = text.replace("`", "'")
    if plain.isascii():
        return plain.lower()
    return _NOT_ASCII.sub(lambda found: _FOLDINGS[found.group()], plain).lower()


class Folded(NamedTuple):
    """A folded text that remembers where each of its characters came from."""

    original: str
    text: str
    turns: tuple[int, ...]
    """Positions in `text` after which the shift below holds."""
    shifts: tuple[int, ...]
    """What to add to a position in `text` to find it in `original`."""

    def origin(self, position: int) -> int:
        """Where in the original the character at this position of the folded text came from."""
        if not self.turns:
            return position
        place = bisect_right(self.turns, position) - 1
        return position if place < 0 else position + self.shifts[place]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The half-open range of the original that a half-open range of the folded text stands for.

        Accents that were dropped from the last letter belong to it.
        """
        if not self.turns:
            return start, end
        if end <= start:
            return self.origin(start), self.origin(start)
        first, last = self.origin(start), self.origin(end - 1) + 1
        while last < len(self.original) and unicodedata.category(self.original[last]).startswith("M"):
            last += 1
        return first, last


def fold_with_origins(text: str) -> Folded:
    """Fold a text and keep the way back; costs nothing extra for plain ASCII."""
    original, text = text, text.replace("`", "'") if "`" in text else text
    if text.isascii():
        return Folded(original, text.lower(), (), ())
    pieces: list[str] = []
    turns: list[int] = []
    shifts: list[int] = []
    done = length = shift = 0
    for found in _NOT_ASCII.finditer(text):
        place = found.start()
        folded = _FOLDINGS[found.group()]
        pieces += (text[done:place], folded)
        length += place - done
        if len(folded) != 1:
            _note_turns(turns, shifts, length, len(folded), shift)
            shift += 1 - len(folded)
        length += len(folded)
        done = place + 1
    pieces.append(text[done:])
    return Folded(original, "".join(pieces).lower(), tuple(turns), tuple(shifts))


def _note_turns(turns: list[int], shifts: list[int], at: int, width: int, shift: int) -> None:
    """Record how positions move at one character that folds to none or to several."""
    for extra in range(1, width):
        turns.append(at + extra)
        shifts.append(shift - extra)
    if width == 0:
        if turns and turns[-1] == at:
            shifts[-1] = shift + 1
        else:
            turns.append(at)
            shifts.append(shift + 1)


def name_key(name: str) -> str:
    """A name reduced to its letters, so that O'Neill, O’Neill and ONeill compare equal."""
    return "".join(_LETTERS.findall(fold(name)))


def known_as(pupil: PupilEntry) -> str:
    """The first name the pupil goes by: the preferred one where there is one."""
    return pupil.preferred or pupil.first


def borne_names(pupil: PupilEntry) -> frozenset[str]:
    """Keys of every first name the pupil may be named by."""
    return frozenset(name_key(name) for name in (pupil.first, pupil.preferred) if name and name_key(name))


def namesakes(pupil: PupilEntry, pupils: Iterable[PupilEntry]) -> tuple[PupilEntry, ...]:
    """The other pupils of the same class who go by the same first name, however it is spelt (policy T8)."""
    if pupil.class_id is None:
        return ()
    key = name_key(known_as(pupil))
    return tuple(
        other
        for other in pupils
        if other.id != pupil.id and other.class_id == pupil.class_id and name_key(known_as(other)) == key
    )


def permitted_name(pupil: PupilEntry, classmates: Iterable[PupilEntry]) -> str:
    """The name staff may use in public: the first name, and the surname's initial only beside a namesake (T8).

    Namesakes who share the initial too keep the one letter: the policy allows no more, whatever it fails to tell apart.
    """
    first = known_as(pupil)
    initial = next((letter for letter in pupil.last if letter.isalpha()), "")
    return f"{first} {initial.upper()}" if initial and namesakes(pupil, classmates) else first


def permitted_names(classmates: Iterable[PupilEntry]) -> dict[str, str]:
    """The permitted name of every pupil of one class, by id: `permitted_name` for all of them at once (T8)."""
    everybody = tuple(classmates)
    alike: dict[str, int] = {}
    for pupil in everybody:
        key = name_key(known_as(pupil))
        alike[key] = alike.get(key, 0) + 1
    names = {}
    for pupil in everybody:
        first = known_as(pupil)
        initial = next((letter for letter in pupil.last if letter.isalpha()), "")
        shares = pupil.class_id is not None and alike[name_key(first)] > 1
        names[pupil.id] = f"{first} {initial.upper()}" if initial and shares else first
    return names

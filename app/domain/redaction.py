"""Taking other people's names out of what is handed to one person (K3).

Too much is better than too little here: a word that may be somebody's name goes, and a leader reads the whole before
anything is sent. Staff stay named, for they act for the school.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from app.domain.naming import fold

CHILD, ADULT = "another child", "another adult"
"""What stands in place of a name."""
MAIL, TELEPHONE = "[an e-mail address]", "[a telephone number]"

_WORD = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_TELEPHONE = re.compile(r"(?<!\d)(?:\+44[\s-]?|0)(?:\d[\s-]?){8,9}\d(?!\d)")
_TITLES = frozenset({"mr", "mrs", "miss", "ms", "mx", "dr", "sir"})
_PARTICLES = frozenset({"van", "von", "der", "den", "bin", "ibn", "del", "and", "the"})
_CLOSE = re.compile(r" {1,2}|-|\. ?|\s?\n\s?|")
_LEAST = 3


@dataclass(frozen=True, slots=True)
class PersonNames:
    """What one person may be called: first names and last names, as they are written."""

    firsts: tuple[str, ...]
    lasts: tuple[str, ...]

    @classmethod
    def of(cls, firsts: Iterable[str | None], lasts: Iterable[str | None]) -> PersonNames:
        """Without what is not recorded."""
        return cls(tuple(one for one in firsts if one), tuple(one for one in lasts if one))


@dataclass(slots=True)
class Redactor:
    """Takes out the names of `children` and `adults`; leaves those of `spared` and, after a title, of `staff`.

    `common` are ordinary words: written small, they are no names. `contacts` are the e-mail addresses and telephone
    numbers that may stay.
    """

    spared: tuple[PersonNames, ...]
    children: tuple[PersonNames, ...]
    adults: tuple[PersonNames, ...]
    staff: tuple[str, ...] = ()
    common: frozenset[str] = frozenset()
    contacts: tuple[str, ...] = ()
    child: str = CHILD
    adult: str = ADULT
    _child: frozenset[str] = field(init=False)
    _adult: frozenset[str] = field(init=False)
    _lasts: frozenset[str] = field(init=False)
    _own_firsts: frozenset[str] = field(init=False)
    _own_lasts: frozenset[str] = field(init=False)
    _staff: frozenset[str] = field(init=False)
    _kept: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        self._own_firsts = _keys(name for one in self.spared for name in one.firsts)
        self._own_lasts = _keys(name for one in self.spared for name in one.lasts)
        self._child = _keys(name for one in self.children for name in one.firsts)
        self._adult = _keys(name for one in self.adults for name in one.firsts)
        everybody = (*self.children, *self.adults)
        self._lasts = _keys(name for one in everybody for name in one.lasts)
        self._staff = _keys(self.staff)
        self._kept = frozenset(_plain_contact(one) for one in self.contacts if one)

    def redact(self, text: str) -> str:
        """The text without other people's names, e-mail addresses and telephone numbers."""
        text = _MAIL.sub(lambda found: self._contact(found.group(), MAIL), text)
        text = _TELEPHONE.sub(lambda found: self._contact(found.group(), TELEPHONE), text)
        words = list(_WORD.finditer(text))
        pieces, done, place = [], 0, 0
        while place < len(words):
            found = self._at(text, words, place)
            if found is None:
                place += 1
                continue
            stands, first, last = found
            start, end = words[first].start(), _end(words[last].group(), words[last].start())
            if start >= done:
                pieces += [text[done:start], stands]
                done = end
            place = last + 1
        return "".join([*pieces, text[done:]])

    def _contact(self, said: str, stands: str) -> str:
        return said if _plain_contact(said) in self._kept else stands

    def _at(self, text: str, words: list[re.Match[str]], place: int) -> tuple[str, int, int] | None:
        """What to put in place of the words from `first` to `last`; None where nobody else is named here."""
        word = words[place].group()
        key = _key(word)
        titled = place > 0 and _key(words[place - 1].group()) in _TITLES and _touch(text, words, place)
        if titled and key in self._staff:
            return None
        last = self._surname_end(text, words, place)
        if key in self._own_firsts:
            other = last > place and not self._is_own_surname(words, place + 1, last)
            return (self._stands(key), place, last) if other and self._is_first(key) else None
        if titled and key in self._lasts and key not in self._own_lasts:
            return self.adult, place - 1, last
        if not self._is_written_as_name(text, words[place]):
            return None
        if self._is_first(key):
            return self._stands(key), place, last
        if key in self._lasts and key not in self._own_lasts:
            return self._bearer(titled), place, place
        return None

    def _is_first(self, key: str) -> bool:
        return key in self._child or key in self._adult

    def _stands(self, key: str) -> str:
        return self.child if key in self._child else self.adult

    def _bearer(self, titled: bool) -> str:
        """Whoever bears a surname that stands alone."""
        if titled:
            return self.adult
        return self.child if self._child and not self._adult else "another person"

    def _is_own_surname(self, words: list[re.Match[str]], start: int, last: int) -> bool:
        return all(_key(words[at].group()) in self._own_lasts for at in range(start, last + 1))

    def _surname_end(self, text: str, words: list[re.Match[str]], place: int) -> int:
        """The last word of the surname, or of the initial, that follows a first name."""
        last = place
        if words[place].group().endswith(("'s", "’s")):
            return last
        while last + 1 < len(words) and last - place < 3 and _touch(text, words, last + 1):
            following = words[last + 1].group()
            key = _key(following)
            initial = len(following) == 1 and following.isupper() and following not in "IA"
            name = key in self._lasts and (following[0].isupper() or key not in self.common)
            if not (initial or name):
                break
            last += 1
        return last

    def _is_written_as_name(self, text: str, word: re.Match[str]) -> bool:
        said = word.group()
        key = _key(said)
        if len(key) < 2:
            return False
        if key in ("may", "june", "april", "august") and _beside_figure(text, word):
            return False
        return said[0].isupper() or (key not in self.common and len(key) >= _LEAST)


def _keys(names: Iterable[str]) -> frozenset[str]:
    """Each name, and each part of it that may stand for it."""
    found: set[str] = set()
    for name in names:
        whole = fold(name).strip()
        parts = re.split(r"[\s\-]+", whole)
        found |= {part for part in (*parts, "-".join(parts)) if len(part) > 1 and part not in _PARTICLES | _TITLES}
    return frozenset(found)


def _key(word: str) -> str:
    folded = fold(word).replace("’", "'")
    return folded.removesuffix("'s")


def _end(word: str, start: int) -> int:
    return start + len(word) - (2 if word.endswith(("'s", "’s")) else 0)


def _touch(text: str, words: list[re.Match[str]], place: int) -> bool:
    """Nothing but a space or a hyphen stands between this word and the one before."""
    return _CLOSE.fullmatch(text[words[place - 1].end() : words[place].start()]) is not None


def _beside_figure(text: str, word: re.Match[str]) -> bool:
    before, after = text[: word.start()].rstrip(), text[word.end() :].lstrip()
    return before[-1:].isdigit() or before.endswith(("st", "nd", "rd", "th")) or after[:1].isdigit()


def _plain_contact(said: str) -> str:
    if "@" in said:
        return said.strip().casefold()
    figures = re.sub(r"\D", "", said)
    return "0" + figures.removeprefix("44") if figures.startswith("44") else figures

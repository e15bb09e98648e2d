"""The register's names, ready to be found in any text: by one look-up a word."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum

from app.domain.checks.register import PupilEntry, Register
from app.domain.checks.slips import SlipIndex, is_one_slip
from app.domain.checks.surname_index import SurnameIndex
from app.domain.checks.words import Words, word_set
from app.domain.naming import borne_names, fold

_PARTS = re.compile(r"[^\W_]+")
_PARTICLES = word_set("al el de la le du da di del van von der den bin ben ibn abu o mc mac st ap dos das el ul and")
_JOINERS = re.compile(r"[ \t]{1,2}|[-'./]|- | -|\. |")
_LONGEST_MEMO = 100_000
_LONGEST_WORD = 40
_SLIP_IN_SURNAME = 5
_SPELLING = 6


@dataclass(frozen=True, slots=True, eq=False)
class KnownPupil:
    """A pupil with the forms that names are compared in; one object for each pupil, compared by identity."""

    entry: PupilEntry
    surname: str
    """The surname as one run of letters."""
    halves: frozenset[str]
    """Parts of a double surname that may stand for it."""
    initials: frozenset[str]
    """Letters that may stand for the surname: the first, each half's first, and those together."""
    firsts: frozenset[str]
    """Keys of the first names the pupil may be named by."""

    @classmethod
    def of(cls, pupil: PupilEntry) -> KnownPupil:
        """The forms of one pupil's names."""
        parts = _PARTS.findall(fold(pupil.last))
        halves = [part for part in parts if len(part) > 2 and part not in _PARTICLES] if len(parts) > 1 else []
        letters = [part[0] for part in parts]
        return cls(
            pupil,
            "".join(parts),
            frozenset(halves),
            frozenset((*letters, "".join(letters))) if letters else frozenset(),
            borne_names(pupil),
        )


class Way(IntEnum):
    """How a written word leads to a pupil's first name, the surest first."""

    WHOLE = 0
    PART = 1
    """The first half of a double name: Elsie for Elsie-Mae."""
    SHORT = 2
    """A short or long form that the register does not hold: Sam for Samuel."""
    SLIP = 3
    """One letter wrong."""


@dataclass(frozen=True, slots=True)
class Lead:
    """A word that may begin a pupil's first name: what must follow to complete it, and whose name it would be."""

    rest: str
    pupils: tuple[KnownPupil, ...]
    way: Way
    key: str
    possessive: bool = False
    apostrophe: bool = True
    """False where the possessive was written without one ("Ellas")."""


_Written = dict[tuple[str, ...], list[KnownPupil]]
"""By the parts of a name as registered: who bears it so."""


class KnownNames:
    """Finds which pupils a word may begin to name. Built once for a register; safe for any text."""

    def __init__(self, register: Register, short_forms: Mapping[str, frozenset[str]], ordinary: frozenset[str]) -> None:
        self.pupils = {pupil.id: KnownPupil.of(pupil) for pupil in register.pupils}
        self.classes_called: dict[str, frozenset[str]] = {}
        for entry in register.classes:
            for word in _class_words(entry.name):
                self.classes_called[word] = self.classes_called.get(word, frozenset()) | {entry.id}
        self.class_words = frozenset(self.classes_called)
        self.surname_words = frozenset(part for pupil in register.pupils for part in _PARTS.findall(fold(pupil.last)))
        self._leads: dict[str, list[Lead]] = {}
        self._joined: dict[str, list[KnownPupil]] = {}
        self._memo: dict[str, tuple[Lead, ...]] = {}
        self._idle: set[str] = set()
        self._by_key = self._bearers()
        self._add_names()
        self._add_short_forms(short_forms)
        taken = self.surname_words | _adult_words(register) | ordinary | self.class_words | self._leads.keys()
        self.surnames = SurnameIndex(
            ((pupil.surname, pupil.halves) for pupil in self.pupils.values()), _SLIP_IN_SURNAME
        )
        self._slips = SlipIndex((key for key in self._by_key if len(key) >= 5), taken)
        self._first_halves = self._halves()
        self._half_slips = SlipIndex((half for half in self._first_halves if len(half) >= 5), taken)

    def _bearers(self) -> dict[str, _Written]:
        bearers: dict[str, _Written] = {}
        for pupil in self.pupils.values():
            for name in dict.fromkeys(filter(None, (pupil.entry.first, pupil.entry.preferred))):
                parts = tuple(_PARTS.findall(fold(name)))
                if parts:
                    bearers.setdefault("".join(parts), {}).setdefault(parts, []).append(pupil)
        return bearers

    def is_first_name(self, key: str) -> bool:
        """Whether a pupil bears a first name of this key."""
        return key in self._by_key

    def _add_names(self) -> None:
        for key, written in self._by_key.items():
            pupils = _all_of(written)
            self._lead(key, Lead("", pupils, Way.WHOLE, key))
            for parts in written:
                if len(parts) > 1:
                    self._lead(parts[0], Lead(key[len(parts[0]) :], pupils, Way.WHOLE, key))
                    if parts[0] not in self._by_key and len(parts[0]) > 2:
                        self._lead(parts[0], Lead("", pupils, Way.PART, parts[0]))
            for pupil in pupils:
                self._joined.setdefault(key + pupil.surname, []).append(pupil)

    def _halves(self) -> dict[str, list[Lead]]:
        """By the first half of a double name: what must follow where that half was written with a slip."""
        halves: dict[str, list[Lead]] = {}
        for key, written in self._by_key.items():
            for parts, pupils in written.items():
                if len(parts) > 1:
                    lead = Lead(key[len(parts[0]) :], tuple(pupils), Way.SLIP, key)
                    halves.setdefault(parts[0], []).append(lead)
        return halves

    def _add_short_forms(self, short_forms: Mapping[str, frozenset[str]]) -> None:
        for key, written in self._by_key.items():
            for form in short_forms.get(key, ()):
                if form not in self._by_key:
                    self._lead(form, Lead("", _all_of(written), Way.SHORT, form))

    def _lead(self, word: str, lead: Lead) -> None:
        self._leads.setdefault(word, []).append(lead)

    def strange(self, words: list[str]) -> list[tuple[int, str]]:
        """The words, with their places, that may have to do with a name; those known to have nothing are left out."""
        idle = self._idle
        if idle.issuperset(words):
            return []
        found = []
        for place, word in enumerate(words):
            if word in idle:
                continue
            if self.leads(word) or self.joined(word):
                found.append((place, word))
            elif len(word) <= _LONGEST_WORD:
                idle.add(word)
        return found

    def leads(self, word: str) -> tuple[Lead, ...]:
        """What a folded word may begin; remembered, since most words of a school's talk recur."""
        known = self._memo.get(word)
        if known is None:
            if len(self._memo) > _LONGEST_MEMO:
                self._memo.clear()
                self._idle.clear()
            known = self._memo[word] = self._find(word) if len(word) <= _LONGEST_WORD else ()
        return known

    def _find(self, word: str) -> tuple[Lead, ...]:
        plain = word.replace("'", "")
        found = list(self._leads.get(plain, ()))
        if found and plain == word:
            return (*self._spelt_otherwise(plain, found), *found)
        if word.endswith("'s"):
            found += self._possessive(word[:-2].replace("'", ""), True)
        elif word.endswith("s"):
            found += self._possessive(plain[:-1], False)
        return (*self._spelt_otherwise(plain, found), *found) if found else self._slipped(word)

    @staticmethod
    def _spelt_otherwise(written: str, found: list[Lead]) -> list[Lead]:
        """Another form that is only another spelling of the name, "Mohamed" for Mohammed, counts as a slip of it."""
        return [
            Lead("", lead.pupils, Way.SLIP, lead.key, lead.possessive)
            for lead in found
            if lead.way is Way.SHORT
            and len(written) >= _SPELLING
            and any(is_one_slip(lead.key, key) for pupil in lead.pupils for key in pupil.firsts)
        ]

    def _possessive(self, base: str, apostrophe: bool) -> list[Lead]:
        return [
            Lead("", lead.pupils, lead.way, lead.key, True, apostrophe)
            for lead in self._leads.get(base, ())
            if not lead.rest
        ]

    def _slipped(self, word: str) -> tuple[Lead, ...]:
        possessive = word.endswith("'s")
        base = word.removesuffix("'s").replace("'", "")
        alone = tuple(
            Lead("", _all_of(self._by_key[key]), Way.SLIP, base, possessive) for key in self._slips.near(base)
        )
        if possessive:
            return alone
        halves = {half: self._first_halves[half] for half in self._half_slips.near(base)}
        return (*alone, *(lead for leads in halves.values() for lead in leads))

    def joined(self, word: str) -> tuple[KnownPupil, ...]:
        """The pupils whose first name and surname, run together, are this folded word (a possessive s allowed)."""
        if not 6 <= len(word) <= _LONGEST_WORD:
            return ()
        return tuple(self._joined.get(word.removesuffix("'s").replace("'", ""), ()))


def surname_at(words: Words, place: int, pupil: KnownPupil) -> tuple[int, int, bool] | None:
    """Where the pupil's surname stands from a word on: the word after it, letters to leave off, and whether in full.

    Double-barrelled and apostrophed surnames are found however they are spaced, either half of one on its own, and
    one with a single letter wrong. None where it does not stand there.
    """
    whole, best, run = pupil.surname, None, ""
    for end in range(place, min(place + 4, len(words))):
        if end > place and not _JOINERS.fullmatch(words.gap(end)):
            break
        word = words.words[end]
        run += word.replace("'", "")
        if len(run) > len(whole) + 3:
            break
        extra = 2 if word.endswith("'s") else 1
        if run == whole or run in pupil.halves:
            best = (end + 1, 0, run == whole)
        elif run[-1:] == "s" and (run[:-1] == whole or run[:-1] in pupil.halves):
            best = (end + 1, extra, run[:-1] == whole)
        elif best is None and end == place and len(whole) >= _SLIP_IN_SURNAME:
            base = word.removesuffix("'s").replace("'", "")
            if len(base) >= _SLIP_IN_SURNAME and is_one_slip(base, whole):
                best = (end + 1, len(word) - len(word.removesuffix("'s")), False)
    return best


def _all_of(written: _Written) -> tuple[KnownPupil, ...]:
    return tuple(dict.fromkeys(pupil for group in written.values() for pupil in group))


def _adult_words(register: Register) -> frozenset[str]:
    names = [member.name for member in register.staff] + [guardian.name for guardian in register.guardians]
    return frozenset(part for name in names for part in _PARTS.findall(fold(name)))


def _class_words(name: str) -> list[str]:
    return [part for part in _PARTS.findall(fold(name)) if part not in ("class", "year", "the") and len(part) > 2]

"""A register and the lexicons made ready: what every check shares, built once and only read afterwards."""

from __future__ import annotations

from app.domain.calendar import SchoolCalendar
from app.domain.checks.contact_reader import ContactReader
from app.domain.checks.known_names import KnownNames, KnownPupil
from app.domain.checks.lexicon import Lexicons
from app.domain.checks.mention_finder import MentionFinder
from app.domain.checks.name_sense import NameSense
from app.domain.checks.phrase_index import PhraseIndex, Prospects
from app.domain.checks.phrase_scanner import scanner_of
from app.domain.checks.plain import writer_for
from app.domain.checks.profanity import profanity_reader
from app.domain.checks.register import LinkState, Register
from app.domain.checks.word_kinds import word_kinds
from app.domain.content import AuthorRole, Item, Kind
from app.domain.naming import fold

_NOBODY: frozenset[str] = frozenset()


class School:
    """One school as the checks use it. Raises Problem for a time zone that does not exist."""

    def __init__(self, register: Register, lexicons: Lexicons) -> None:
        self.register = register
        self.lexicons = lexicons
        self.calendar = SchoolCalendar.of(register.school)
        ordinary = lexicons.common | lexicons.names.kinds.keys()
        self.known = KnownNames(register, lexicons.names.short_forms, ordinary)
        self.finder = MentionFinder(self.known, lexicons.common)
        self.sense = NameSense(self.known, lexicons.names, lexicons.common)
        self.class_words = {entry.id: frozenset(fold(entry.name).split()) for entry in register.classes}
        self._bearers: dict[tuple[str | None, str], int] = {}
        for pupil in self.known.pupils.values():
            for key in pupil.firsts:
                place = (pupil.entry.class_id, key)
                self._bearers[place] = self._bearers.get(place, 0) + 1
        self.contact = ContactReader(register, lexicons)
        self.profanity = profanity_reader(lexicons.rude, lexicons.innocent)
        self.plain = writer_for(register, lexicons)
        self.scanner = scanner_of(lexicons.entries)
        self._kinds = word_kinds(lexicons)
        self._prospects: dict[tuple[AuthorRole, Kind], Prospects] = {}
        self.staff = frozenset(member.id for member in register.staff)
        self.guardians = {guardian.id: guardian for guardian in register.guardians}
        self._children = {guardian.id: frozenset(guardian.pupils) for guardian in register.guardians}
        self.linked = frozenset(g.id for g in register.guardians if g.link is LinkState.LINKED)

    def prospects_for(self, item: Item) -> Prospects:
        """What this school's words may lead to in an item of that kind by that sort of writer."""
        key = (item.author.role, item.kind)
        known = self._prospects.get(key)
        if known is None:
            known = self._prospects[key] = self.prospects_among(self.scanner.index_for(*key))
        return known

    def prospects_among(self, index: PhraseIndex) -> Prospects:
        """What this school's words may lead to among some phrases."""
        return index.prospects(self.plain, self._kinds)

    def has_namesake(self, pupil: KnownPupil, key: str) -> bool:
        """Whether another pupil of the same class bears that first name too (policy T8)."""
        keys = (key,) if key in pupil.firsts else pupil.firsts
        return pupil.entry.class_id is not None and any(
            self._bearers.get((pupil.entry.class_id, key), 0) > 1 for key in keys
        )

    def children_of(self, adult: str | None) -> frozenset[str]:
        """Ids of the pupils a guardian belongs to; none for anybody else."""
        return self._children.get(adult, _NOBODY) if adult is not None else _NOBODY

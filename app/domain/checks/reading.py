"""One item as the checks read it: its words, the pupils named in it, its plain form, and who it concerns."""

from __future__ import annotations

from app.domain.checks.finding import Check
from app.domain.checks.known_names import KnownPupil
from app.domain.checks.mention import Mention
from app.domain.checks.phrase_scanner import Hit
from app.domain.checks.plain import PlainText
from app.domain.checks.school import School
from app.domain.checks.words import Words
from app.domain.content import AuthorRole, Item, Kind
from app.domain.once import once

_LONGEST_MENTION = 16
"""More words than any name is written with."""


class Reading:
    """Everything worked out about one item: what every check needs at once, the rest when it is first asked for."""

    def __init__(self, item: Item, school: School) -> None:
        self.item = item
        self.school = school
        self.is_by_staff = item.author.role is AuthorRole.STAFF
        """A member of staff wrote it."""
        self.words = words = Words(item.text)
        """The text taken apart."""
        self.strange = strange = school.known.strange(words.words)
        """The words that may have to do with a pupil's name, with their places."""
        self.prospects = school.prospects_for(item)
        """What the school's words may lead to in such an item."""
        self.seen = self.prospects.look(words.words)
        """What the first look at the words told."""
        tagged = "#" in words.text or "@" in words.text
        self.may_name = tagged or bool(strange)
        """A pupil may be named somewhere; False is certain, True is not."""
        self.most_named = 2 if tagged or len(strange) > 1 else len(strange)
        """How many times a pupil is named at the most: none, once, or 2 for more."""

    @property
    def is_by_parent(self) -> bool:
        """A parent or guardian wrote it, linked or not."""
        return self.item.author.role is AuthorRole.PARENT

    @property
    def is_talk(self) -> bool:
        """A message or a comment: somebody speaks to somebody."""
        return self.item.kind in (Kind.MESSAGE, Kind.COMMENT)

    @once
    def tagged(self) -> tuple[KnownPupil, ...]:
        """The pupils tagged, those the register knows."""
        pupils = self.school.known.pupils
        return tuple(pupils[id_] for id_ in dict.fromkeys(self.item.tagged) if id_ in pupils)

    @once
    def nearest(self) -> frozenset[str]:
        """Ids of the pupils the item is about anyway: tagged, or a child of the writer or of those it went to."""
        ids = set(self.item.tagged)
        for adult in (self.item.author.id, *self.item.to):
            ids |= self.school.children_of(adult)
        return frozenset(ids)

    @property
    def may_own(self) -> bool:
        """Something may be said to be a named pupil's; False is certain, True is not."""
        if not self.strange:
            return False
        words = self.words.words
        return any(word[-1] == "s" for place, _ in self.strange for word in words[place : place + _LONGEST_MENTION])

    @property
    def may_name_a_pair(self) -> bool:
        """Pupils may be set side by side; False is certain, True is not."""
        return self.most_named > 1 or (self.most_named == 1 and bool(self.nearest))

    @once
    def mentions(self) -> list[Mention]:
        """The places where a pupil is named, in order."""
        found = self.forms
        return self.school.sense.used_as_names(self.words, found, self.nearest, self.item.class_id) if found else []

    @once
    def forms(self) -> list[Mention]:
        """The places where a pupil's name may be written, in order, whether or not it is used as one."""
        return self.school.finder.find(self.words, self.strange) if self.may_name else []

    @once
    def names_a_pair(self) -> bool:
        """Pupils are set side by side: two are named, or one whom the item is not about beside those it is about."""
        keys = {mention.key for mention in self.mentions}
        own = {mention.key for mention in self.mentions if any(p.entry.id in self.nearest for p in mention.pupils)}
        other = len(self.mentions) > 1 and "other" in self.words.words
        return len(keys) > 1 or other or bool(self.nearest and keys - own)

    @once
    def plain(self) -> PlainText:
        """The text in plain form, for phrases."""
        return self.school.plain.of(self.words, self.mentions)

    @once
    def hits(self) -> list[Hit]:
        """Where the lexicons' phrases stand, exceptions already taken off."""
        return self.school.scanner.scan(self)

    @once
    def hits_by_check(self) -> dict[Check, list[Hit]]:
        """The hits, sorted by the check they belong to."""
        by_check: dict[Check, list[Hit]] = {}
        for hit in self.hits:
            by_check.setdefault(hit.entry.check, []).append(hit)
        return by_check

"""The content checks together: one item in, its findings out (every check of the policy, safeguarding first)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from app.domain.checks.conduct import abuse
from app.domain.checks.contact import contact
from app.domain.checks.finding import Check, Finding
from app.domain.checks.hours import hours
from app.domain.checks.judge import JUDGED, MAY_ADD, Judge, Kept
from app.domain.checks.lexicon import Lexicons
from app.domain.checks.names import initial, surname
from app.domain.checks.own_words import NOTE
from app.domain.checks.people import outsider, pupil_author
from app.domain.checks.permission import no_permission
from app.domain.checks.points import points_removed
from app.domain.checks.reading import Reading
from app.domain.checks.register import Register
from app.domain.checks.safeguarding import safeguarding
from app.domain.checks.school import School
from app.domain.checks.topics import compare, office, personal, reshare, sensitive
from app.domain.content import AuthorRole, Item, Kind
from app.domain.language import is_not_english


@dataclass(frozen=True, slots=True)
class Family:
    """A check's rules, and where they can find anything at all: elsewhere they need not be asked."""

    find: Callable[[Reading], list[Finding]]
    roles: frozenset[AuthorRole] = frozenset(AuthorRole)
    kinds: frozenset[Kind] = frozenset(Kind)
    media: bool = False
    """They look at items that carry media only."""
    names: bool = False
    """They look at texts that may name a pupil only."""
    phrases: Check | None = None
    """The check whose phrases they weigh, where they go by nothing else."""

    def __call__(self, reading: Reading) -> list[Finding]:
        """What they find in an item, wherever it stands."""
        return self.find(reading)


_STAFF = frozenset({AuthorRole.STAFF})
_PARENT = frozenset({AuthorRole.PARENT})
_TALK = frozenset({Kind.MESSAGE, Kind.COMMENT})
_OPEN = frozenset(kind for kind in Kind if kind.is_open)

FAMILIES: tuple[Family, ...] = (
    Family(safeguarding, phrases=Check.SAFEGUARDING),
    Family(no_permission, roles=_STAFF, kinds=frozenset(Kind) - {Kind.POINTS}, media=True),
    Family(sensitive, kinds=_OPEN, phrases=Check.SENSITIVE),
    Family(contact, kinds=_OPEN),
    Family(abuse),
    Family(reshare, phrases=Check.RESHARE),
    Family(outsider, roles=frozenset({AuthorRole.PARENT, AuthorRole.UNKNOWN}), kinds=_TALK),
    Family(pupil_author, roles=frozenset({AuthorRole.PUPIL}), kinds=_TALK),
    Family(surname, roles=_STAFF, names=True),
    Family(initial, roles=_STAFF, names=True),
    Family(personal, phrases=Check.PERSONAL),
    Family(office, roles=_PARENT, kinds=_TALK, phrases=Check.OFFICE),
    Family(compare, phrases=Check.COMPARE),
    Family(points_removed, kinds=frozenset({Kind.POINTS})),
    Family(hours, roles=_STAFF, kinds=_TALK),
)
"""Every check, in the order in which findings are given: safeguarding ahead of everything (K1)."""

_Find = Callable[[Reading], list[Finding]]


_EITHER = (False, True)


class _Chosen:
    """Those of some families that may find something in an item with media or without, naming somebody or nobody."""

    def __init__(self, families: Iterable[Family], media: bool, names: bool) -> None:
        here = [each for each in families if (media or not each.media) and (names or not each.names)]
        self.all = tuple((family.find, family.phrases) for family in here)
        self.wordless = tuple(family.find for family in here if family.phrases is None)


class _Asked:
    """The families that are asked about items of one kind by one sort of writer."""

    def __init__(self, role: AuthorRole, kind: Kind) -> None:
        here = [family for family in FAMILIES if role in family.roles and kind in family.kinds]
        self._families = {(media, names): _Chosen(here, media, names) for media in _EITHER for names in _EITHER}

    def about(self, reading: Reading) -> Iterable[_Find]:
        """Those that may find something, in their order."""
        families = self._families[bool(reading.item.media), reading.may_name]
        if not reading.hits:
            return families.wordless
        by_check = reading.hits_by_check
        return [find for find, phrases in families.all if phrases is None or phrases in by_check]


def _goes_for_any_language(reading: Reading, finding: Finding) -> bool:
    """What a text in another language is about is never guessed: rude words stand, and what the school itself added."""
    own = any(hit.entry.note == NOTE for hit in reading.hits_by_check.get(finding.check, ()))
    return own or finding.check is Check.ABUSE


class Engine:
    """Checks items against one register. Building it takes a moment; checking an item compiles nothing.

    It keeps no item and changes nothing, so one engine may serve any number of items; give each process its own.
    """

    def __init__(self, register: Register, lexicons: Lexicons, judge: Judge | None = None) -> None:
        self._school = School(register, lexicons)
        self._judge = judge
        self._asked = {(role, kind): _Asked(role, kind) for role in AuthorRole for kind in Kind}

    def check(self, item: Item) -> tuple[Finding, ...]:
        """What is to be looked at in an item; nothing for most. Never raises for any text."""
        return self._check(self.reading(item), None)

    def reading(self, item: Item) -> Reading:
        """An item as every reader of this school reads it."""
        return Reading(item, self._school)

    def check_again(self, item: Item, kept: Kept) -> tuple[tuple[Finding, ...], bool]:
        """The same with what a closer reader said of it, and whether that is of the words as they stand now."""
        reading = self.reading(item)
        return self._check(reading, kept), self._judge is None or self._judge.fits(reading, kept)

    def _check(self, reading: Reading, earlier: Kept | None) -> tuple[Finding, ...]:
        item = reading.item
        findings: list[Finding] = []
        for find in self._asked[item.author.role, item.kind].about(reading):
            findings += find(reading)
        if not findings and self._judge is None:
            return ()
        judged = [finding for finding in findings if finding.check in JUDGED]
        if self._judge is not None:
            judged = [finding for finding in self._judge.judge(reading, findings, earlier) if finding.check in MAY_ADD]
        if judged and is_not_english(item.text):
            judged = [finding for finding in judged if _goes_for_any_language(reading, finding)]
        elif self._judge is None:
            return tuple(findings)
        kept = [finding for finding in findings if finding.check not in JUDGED]
        return tuple(sorted((*judged, *kept), key=lambda finding: finding.check is not Check.SAFEGUARDING))

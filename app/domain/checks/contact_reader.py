"""Finding private contact details: telephone numbers, e-mail addresses, postcodes, addresses, handles (policy T10)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from app.domain.checks.addresses import AddressReader
from app.domain.checks.handle_shapes import GROUP_LINK
from app.domain.checks.handles import HandleReader
from app.domain.checks.lexicon import Lexicons
from app.domain.checks.phones import PhoneReader, digits_of
from app.domain.checks.public_places import PublicPlaces
from app.domain.checks.register import Register
from app.domain.checks.words import Words, word_set
from app.domain.naming import fold, known_as, name_key

_EMAIL = re.compile(r"(?<![a-z0-9._%+-])[a-z0-9][a-z0-9._%+'-]{0,63}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,4}")
_OPEN, _SHUT = r"[\[({<\"*~_|-]", r"[\])}>\"*~_|-]"
_SPELT_EMAIL = re.compile(
    r"(?<![a-z0-9._-])([a-z0-9][a-z0-9._-]{1,40}(?: (?:underscore|hyphen|dash|dot) [a-z0-9]{1,20}){0,3}"
    r"|(?:[a-z0-9] ){2,20}[a-z0-9])"
    rf" ?(?:{_OPEN} ?(?:at|@) ?{_SHUT}|@| at(?:[ -]sign)? ) ?[a-z0-9-]{{2,40}}"
    rf"(?: ?{_OPEN} ?(?:dot|\.) ?{_SHUT} ?| dot | ?\. ?)(?:com|co|org|net|uk|example|me|info|io)\b(?!\.?[a-z.]*/)"
)
_DOT = re.compile(rf" ?{_OPEN} ?(?:dot|\.) ?{_SHUT} ?| dot ")
_MAY_BE_EMAIL = re.compile(
    r"@|(?<!\w)dot(?!\w)|mail|(?<!\w)at(?!\w)[^\n]{0,45}\.(?:com|co|org|net|uk|example|me|info|io)"
)
_DOTTED = re.compile(r"\.[a-z]")
"""Without a full stop inside a word no domain is written out."""
_PROVIDERS = "gmail|googlemail|hotmail|yahoo|outlook|icloud|btinternet|protonmail|aol|live"
_MAILBOX = re.compile(
    r"(?<![a-z0-9._-])([a-z0-9][a-z0-9._-]{2,40}(?: (?:underscore|dot) [a-z0-9]{1,20}){0,3}(?: \d{1,4})?)"
    rf" ?(?:@|[\[({{<]at[\])}}>]| at ) ?(?:the |usual |good old )*(?:{_PROVIDERS})\b"
    rf"|(?<!\w)(?:my|his|her|our) (?:{_PROVIDERS})(?: is|'s|:) ([a-z0-9._-]*[0-9._-][a-z0-9._-]*)(?!\w)"
)
_NOT_MAILBOXES = word_set(
    "me us it look looking see is was out up them him her meet shop on or page site website here there find online "
    "available order book read more live lives work works stay staying lunch start starts back be are arrive"
)
_WHAT3WORDS = re.compile(r"/{2,3}[a-z]{3,}\.[a-z]{3,}\.[a-z]{3,}(?![./a-z])")
_NAMED_WORDS = re.compile(
    r"(?:what ?(?:three|3) ?words|w3w)[^\n]{0,30}?((?<![\w.])[a-z]{3,}\.[a-z]{3,}\.[a-z]{3,})(?![./a-z])"
)
_PUBLIC_DOMAIN = re.compile(r"@[a-z0-9.-]*\b(?:gov|nhs|police|ac|sch)\.uk$")


class ContactReader:
    """Finds private contact details. Built once for a school, whose own published details it leaves alone."""

    def __init__(self, register: Register, lexicons: Lexicons) -> None:
        school = register.school
        lists = lexicons.contact
        digits = dict(entry.split() for entry in lists["digits"])
        own = digits_of(school.phone)
        published = frozenset((own,)) if own else frozenset()
        self._phones = PhoneReader(digits, frozenset(lists["telling"]), published, frozenset(lists["not_numbers"]))
        postcode = "".join((school.postcode or "").lower().split())
        classes = frozenset(word for entry in register.classes for word in fold(entry.name).split())
        self._addresses = AddressReader(lists, lexicons.common, postcode, school.name, classes)
        self._handles = HandleReader(lists, lexicons.common, school.name, _handles_of_people(register))
        self._domain = (school.email or "@").lower().rpartition("@")[2]
        self._places = PublicPlaces(lists)
        self._desks = frozenset((*lists["desks"], *lists["public"], *lists["public_beside"]))

    def first(self, words: Words, by_staff: bool) -> tuple[tuple[int, int], str] | None:
        """The first private detail: its place in the folded text and what it is; None where there is none."""
        return next(self._all(words, by_staff), None)

    def _all(self, words: Words, by_staff: bool) -> Iterator[tuple[tuple[int, int], str]]:
        text = words.text
        for span, mobile in self._phones.find(words):
            if mobile or not self._places.is_public(text, span, by_staff):
                yield span, "telephone number"
        yield from self._emails(text, by_staff)
        if "//" in text:
            yield from ((place.span(), "place given by three words") for place in _WHAT3WORDS.finditer(text))
        if "words" in text or "w3w" in text:
            yield from ((place.span(1), "place given by three words") for place in _NAMED_WORDS.finditer(text))
        if words.has_figure:
            for span in self._addresses.postcodes(words):
                if not self._places.is_public(text, span, by_staff) and not self._places.is_made_up(text, span):
                    yield span, "postcode"
        for span in self._addresses.addresses(words):
            if not self._places.is_public(text, span, by_staff) and not self._places.is_made_up(text, span):
                yield span, "postal address"
        for span in self._handles.find(words):
            if not by_staff or self._places.is_said_private(text, span) or GROUP_LINK.match(text, span[0]):
                yield span, "social media handle"

    def _emails(self, text: str, by_staff: bool) -> Iterator[tuple[tuple[int, int], str]]:
        if not ("@" in text or "dot" in text or "mail" in text or _DOTTED.search(text)):
            return
        if not _MAY_BE_EMAIL.search(text):
            return
        for pattern in (_EMAIL, _SPELT_EMAIL, _MAILBOX):
            for match in pattern.finditer(text):
                address = match.group()
                if " at " in address and address.partition(" ")[0] in _NOT_MAILBOXES:
                    continue
                span = match.span()
                if address.partition("@")[0] in self._desks and not self._places.is_said_private(text, span):
                    continue
                own = bool(self._domain) and self._domain in _DOT.sub(".", address).replace(" ", "")
                if not own and not _PUBLIC_DOMAIN.search(address) and not self._places.is_public(text, span, by_staff):
                    yield span, "e-mail address"


def _handles_of_people(register: Register) -> frozenset[str]:
    """How people of the school are spoken to with an @: "@ella", "@mrsholt"."""
    names = [name_key(member.name) for member in register.staff]
    names += [name_key(known_as(pupil)) for pupil in register.pupils]
    return frozenset(names)

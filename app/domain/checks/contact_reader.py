"""Finding private contact details: telephone numbers, e-mail addresses, postcodes, addresses, handles (policy T10)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from app.domain.checks.addresses import AddressReader
from app.domain.checks.handle_shapes import GROUP_LINK
from app.domain.checks.handles import HandleReader
from app.domain.checks.lexicon import Lexicons
from app.domain.checks.mailboxes import mailbox_reader
from app.domain.checks.phones import PhoneReader, digit_words, digits_of
from app.domain.checks.public_places import PublicPlaces, nearby
from app.domain.checks.register import Register
from app.domain.checks.words import Words
from app.domain.naming import fold, known_as, name_key

_LOCAL = 6
"""As many figures of a telephone number are dialled within its own town."""
_NO_FIGURE = re.compile(r"\D+")
_WHAT3WORDS = re.compile(r"/{2,3}[a-z]{3,}\.[a-z]{3,}\.[a-z]{3,}(?![./a-z])")
_NAMED_WORDS = re.compile(
    r"(?:what ?(?:three|3) ?words|w3w)[^\n]{0,30}?((?<![\w.])[a-z]{3,}\.[a-z]{3,}\.[a-z]{3,})(?![./a-z])"
)
_MEETING = re.compile(
    r"(?<!\w)(?:meet|meeting|entrance|car park|coach|trip|visitors?|pitch|match|walk|start|finish)(?!\w)"
)


class ContactReader:
    """Finds private contact details. Built once for a school, whose own published details it leaves alone."""

    def __init__(self, register: Register, lexicons: Lexicons) -> None:
        school = register.school
        lists = lexicons.contact
        own = digits_of(school.phone)
        self._own_number = own[-_LOCAL:] if own else ""
        published = frozenset((own,)) if own else frozenset()
        self._phones = PhoneReader(
            digit_words(lists), frozenset(lists["telling"]), published, frozenset(lists["not_numbers"])
        )
        postcode = "".join((school.postcode or "").lower().split())
        classes = frozenset(word for entry in register.classes for word in fold(entry.name).split())
        self._addresses = AddressReader(lists, lexicons.common, postcode, school.name, classes)
        self._handles = HandleReader(lists, lexicons.common, school.name, _handles_of_people(register))
        self._places = PublicPlaces(lists)
        self._own_words = tuple(filter(None, ((school.email or "").lower(), postcode)))
        self._mailboxes = mailbox_reader(school.email, lists, self._places, lexicons.common)

    def first(self, words: Words, by_staff: bool) -> tuple[tuple[int, int], str] | None:
        """The first private detail: its place in the folded text and what it is; None where there is none."""
        return next(self._all(words, by_staff), None)

    def shows_own(self, words: Words) -> bool:
        """Whether a published detail of the school itself stands there: its number, its mailbox or its postcode."""
        number = self._own_number and self._own_number in _NO_FIGURE.sub("", words.text)
        return bool(number) or any(word in "".join(words.text.split()) for word in self._own_words)

    def _all(self, words: Words, by_staff: bool) -> Iterator[tuple[tuple[int, int], str]]:
        text = words.text
        for span, mobile in self._phones.find(words):
            if mobile or not self._places.is_public(text, span, by_staff):
                yield span, "telephone number"
        yield from ((span, "e-mail address") for span in self._mailboxes.find(text, by_staff))
        if "//" in text:
            yield from ((place.span(), "place given by three words") for place in _WHAT3WORDS.finditer(text))
        if "words" in text or "w3w" in text:
            spots = (spot.span(1) for spot in _NAMED_WORDS.finditer(text) if not self._is_meeting(text, spot, by_staff))
            yield from ((spot, "place given by three words") for spot in spots)
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

    def _is_meeting(self, text: str, spot: re.Match[str], by_staff: bool) -> bool:
        """Three words for a place that a trip or a match goes to, and nobody's home."""
        said = _MEETING.search(nearby(text, spot.span(1))) is not None
        return (said or self._places.is_public(text, spot.span(1), by_staff)) and not self._places.is_said_private(
            text, spot.span(1)
        )


def _handles_of_people(register: Register) -> frozenset[str]:
    """How people of the school are spoken to with an @: "@ella", "@mrsholt"."""
    names = [name_key(member.name) for member in register.staff]
    names += [name_key(known_as(pupil)) for pupil in register.pupils]
    return frozenset(names)

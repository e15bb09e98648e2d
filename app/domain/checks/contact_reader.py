"""Finding private contact details: telephone numbers, e-mail addresses, postcodes, addresses, handles (policy T10)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from app.domain.checks.addresses import AddressReader
from app.domain.checks.handles import HandleReader
from app.domain.checks.lexicon import Lexicons
from app.domain.checks.phones import PhoneReader, digits_of
from app.domain.checks.register import Register
from app.domain.checks.words import Words
from app.domain.naming import known_as, name_key

_EMAIL = re.compile(r"(?<![a-z0-9._%+-])[a-z0-9][a-z0-9._%+'-]{0,63}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,4}")
_SPELT_EMAIL = re.compile(
    r"(?<![a-z0-9._-])[a-z0-9][a-z0-9._-]{1,40} ?(?:[\[({<] ?(?:at|@) ?[\])}>]|@| at ) ?[a-z0-9-]{2,40}"
    r"(?: ?[\[({<] ?(?:dot|\.) ?[\])}>] ?| dot | ?\. ?)(?:com|co|org|net|uk|example|me|info|io)\b"
)
_DOT = re.compile(r" ?[\[({<] ?(?:dot|\.) ?[\])}>] ?| dot ")
_MAILBOX = re.compile(
    r"(?<![a-z0-9._-])[a-z0-9][a-z0-9._-]{2,40} ?(?:@|[\[({<]at[\])}>]| at ) ?"
    r"(?:gmail|googlemail|hotmail|yahoo|outlook|icloud|btinternet|protonmail)\b"
)
_WHAT3WORDS = re.compile(r"/{2,3}[a-z]{3,}\.[a-z]{3,}\.[a-z]{3,}(?![./a-z])")
_PUBLIC_DOMAIN = re.compile(r"@[a-z0-9.-]*\b(?:gov|nhs|police|ac|sch)\.uk$")
_LANDMARK = re.compile(
    r"(?:past|opposite|near|next to|behind|by|beside|after|before|from|above|below|over) (?:the|our)(?: [a-z']+){0,2} $"
)
"""What comes before a public place by which a private one is explained: "past the chapel"."""
_AROUND = 160
_JUST_BEFORE = 40
"""How far around a detail staff may speak of the organisation it belongs to, and others."""
_HAS_DIGIT = re.compile(r"\d")


class ContactReader:
    """Finds private contact details. Built once for a school, whose own published details it leaves alone."""

    def __init__(self, register: Register, lexicons: Lexicons) -> None:
        school = register.school
        lists = lexicons.contact
        digits = dict(entry.split() for entry in lists["digits"])
        own = digits_of(school.phone)
        self._phones = PhoneReader(digits, frozenset(lists["telling"]), frozenset((own,)) if own else frozenset())
        postcode = "".join((school.postcode or "").lower().split())
        self._addresses = AddressReader(lists, lexicons.common, postcode, school.name)
        self._handles = HandleReader(lists, lexicons.common, school.name, _handles_of_people(register))
        self._domain = (school.email or "@").lower().rpartition("@")[2]
        self._public = _any_of(lists["public"])
        self._private = _any_of(lists["own"])

    def first(self, words: Words, by_staff: bool) -> tuple[tuple[int, int], str] | None:
        """The first private detail: its place in the folded text and what it is; None where there is none."""
        return next(self._all(words, by_staff), None)

    def _all(self, words: Words, by_staff: bool) -> Iterator[tuple[tuple[int, int], str]]:
        text = words.folded.text
        reach = _AROUND if by_staff else _JUST_BEFORE
        for span, mobile in self._phones.find(words):
            if mobile or not self._is_public(text, span, reach):
                yield span, "telephone number"
        yield from self._emails(text, reach)
        if "//" in text:
            yield from ((place.span(), "place given by three words") for place in _WHAT3WORDS.finditer(text))
        if _HAS_DIGIT.search(text):
            for span in self._addresses.postcodes(words):
                if not self._is_public(text, span, reach):
                    yield span, "postcode"
        for span in self._addresses.addresses(words):
            if not self._is_public(text, span, reach):
                yield span, "postal address"
        for span in self._handles.find(text):
            if not by_staff or self._private.search(_nearby(text, span)):
                yield span, "social media handle"

    def _emails(self, text: str, reach: int) -> Iterator[tuple[tuple[int, int], str]]:
        if "@" not in text and "dot" not in text and "mail" not in text and "at)" not in text and "at]" not in text:
            return
        for pattern in (_EMAIL, _SPELT_EMAIL, _MAILBOX):
            for match in pattern.finditer(text):
                address = match.group()
                own = bool(self._domain) and self._domain in _DOT.sub(".", address).replace(" ", "")
                if not own and not _PUBLIC_DOMAIN.search(address) and not self._is_public(text, match.span(), reach):
                    yield match.span(), "e-mail address"

    def _is_public(self, text: str, span: tuple[int, int], reach: int) -> bool:
        """An organisation's, by the words around it, and not said to be anybody's own."""
        around = _nearby(text, span)
        near = around if reach == _AROUND else text[max(0, span[0] - reach) : span[0]]
        named = [found for found in self._public.finditer(near) if not _LANDMARK.search(near[: found.start()])]
        return bool(named) and self._private.search(around) is None


def _nearby(text: str, span: tuple[int, int]) -> str:
    return text[max(0, span[0] - _AROUND) : span[0]] + " " + text[span[1] : span[1] + _AROUND // 2]


def _any_of(phrases: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w'])(?:{'|'.join(re.escape(phrase) for phrase in phrases)})(?!\w)")


def _handles_of_people(register: Register) -> frozenset[str]:
    """How people of the school are spoken to with an @: "@ella", "@mrsholt"."""
    names = [name_key(member.name) for member in register.staff]
    names += [name_key(known_as(pupil)) for pupil in register.pupils]
    return frozenset(names)

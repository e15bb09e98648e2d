"""E-mail addresses in any writing: with an @, spelt out, or a mailbox's name beside a provider's."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import chain

from app.domain.checks.public_places import PublicPlaces
from app.domain.checks.words import word_set

_EMAIL = re.compile(r"(?<![a-z0-9._%+-])[a-z0-9][a-z0-9._%+'-]{0,63}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,4}")
_OPEN, _SHUT = r"[\[({<\"*~_|-]", r"[\])}>\"*~_|-]"
_THEN = r"(?:,|,? ?(?:and|then|and then))?"
_AT = (
    rf"(?: ?{_OPEN} ?(?:at|@) ?{_SHUT} ?|{_THEN} ?@{_THEN} ?"
    rf"|{_THEN} (?:the |an? )?at(?:[ -](?:sign|symbol|thing))?{_THEN} "
    rf"|{_THEN} (?:the |a )?(?:curly|swirly|little) a{_THEN} )"
)
_END = r"(?:com|co|org|net|uk|example|me|info|io)"
_JOINTS = r"(?: (?:underscore|hyphen|dash|dot|full stop) [a-z0-9]{1,20}){0,3}"
_SAID_OF_IT = r"(?:,? \(?(?:all )?(?:one word|lower ?case|small letters|no (?:spaces|gaps|dots?|caps|capitals))\)?,?)?"
_SPELT_EMAIL = re.compile(
    rf"(?<![a-z0-9._-])([a-z0-9][a-z0-9._-]{{1,40}}{_JOINTS}|(?:[a-z0-9] ){{2,20}}[a-z0-9]){_SAID_OF_IT}"
    rf"{_AT}[a-z0-9-]{{1,40}}(?: mail)?"
    rf"(?: ?{_OPEN} ?(?:dot|\.) ?{_SHUT} ?| dot | ?\. ?| (?:full stop|point) ){_END}\b(?!\.?[a-z.]*/)"
)
_DOT = re.compile(rf" ?{_OPEN} ?(?:dot|\.) ?{_SHUT} ?| dot ")
_MAY_BE_EMAIL = re.compile(rf"@|(?<!\w)dot(?!\w)|mail|(?<!\w)at(?!\w)[^\n]{{0,45}}\.{_END}")
_PROVIDERS = (
    r"(?:gmail|g-mail|g mail|googlemail|google mail|hotmail|hot mail|yahoo|ymail|outlook|icloud|i cloud|btinternet"
    r"|protonmail|aol|live|gmx|talktalk|sky mail|virgin ?media)(?:\.com|\.co\.uk|\.uk|\.net)?"
)
_MAILBOX = re.compile(
    rf"(?<![a-z0-9._-])([a-z0-9][a-z0-9._-]{{2,40}}{_JOINTS}(?: \d{{1,4}})?){_SAID_OF_IT}"
    rf"(?:{_AT}| ?[\[({{<]at[\])}}>] ?)(?:the |usual |good old )*{_PROVIDERS}\b"
    rf"|(?<!\w)(?:my|his|her|our) (?:{_PROVIDERS})(?: is|'s|:) ([a-z0-9._-]*[0-9._-][a-z0-9._-]*)(?!\w)"
)
_NOT_LIVE = _PROVIDERS.replace("|live", "")
_SHAPED = r"(?=[a-z0-9._-]{0,30}(?:[a-z][._-]?\d|[a-z][._][a-z]))([a-z0-9][a-z0-9._-]{3,40}[a-z0-9])(?![\w@/])"
_BESIDE = re.compile(
    rf"(?<!\w){_NOT_LIVE}(?: (?:me|us|account|address|addy|it))*(?: is|'s|s)?[,:;=-]*"
    rf" (?:it's |its |it is |i'm |im |as |on |under |- )?{_SHAPED}"
    rf"|(?<![\w@./]){_SHAPED}(?:,? ?(?:and )?(?:it's |its |on |with |via |- )?(?:my )?\(?){_NOT_LIVE}(?!\w)"
)
"""A name with a dot, an underscore or figures beside a provider's: "gmail me, kit.larch", "kit_larch82 (hotmail)"."""
_NAMED = re.compile(
    rf"(?<!\w)e-?mail(?: addy| address)?(?: is|'s|:|,)+ ([a-z0-9._-]{{5,40}}),?"
    rf" (?:(?:and|but) )?(?:it's |its |that's |on |with )?"
    rf"(?:a )?{_NOT_LIVE}(?!\w)"
)
"""A mailbox called by its name and then its provider: "my email is kitlarch, its gmail"."""
_NOT_BOXES = re.compile(
    r"\d+\w{0,2}|.*(?:\.(?:com|co|uk|org|net|pdf|jpe?g|png|docx?)|mail)|(?:year|class|room|y|p|ks)\d+\w?"
)
_NOT_MAILBOXES = word_set(
    "me us it look looking see is was out up them him her meet shop on or page site website here there find online "
    "available order book read more live lives work works stay staying lunch start starts back be are arrive"
)
_PUBLIC_DOMAIN = re.compile(r"@[a-z0-9.-]*\b(?:gov|nhs|police|ac|sch)\.uk$")
_DOTTED = re.compile(r"\.[a-z]")
"""Without a full stop inside a word no domain is written out."""

PROVIDER_PARTS = ("mail", "yahoo", "outlook", "cloud", "btinternet", "aol", "gmx", "talktalk", "virgin")
"""Every provider's name holds one of these."""

Span = tuple[int, int]


class MailboxReader:
    """Finds e-mail addresses that could be somebody's own.

    `domain` is the school's, `desks` what stands before the @ of an organisation's mailbox.
    """

    def __init__(self, domain: str, desks: frozenset[str], places: PublicPlaces, common: frozenset[str]) -> None:
        self._domain = domain
        self._desks = desks
        self._places = places
        self._common = common

    def find(self, text: str, by_staff: bool) -> Iterator[Span]:
        """Where private addresses stand in the folded text."""
        told = "@" in text or "dot" in text or "mail" in text or _DOTTED.search(text) is not None
        for pattern in (_EMAIL, _SPELT_EMAIL, _MAILBOX) if told and _MAY_BE_EMAIL.search(text) else ():
            yield from (at.span() for at in pattern.finditer(text) if self._is_private(text, at, by_staff))
        if _may_name_provider(text):
            for beside in chain(_BESIDE.finditer(text), _NAMED.finditer(text)):
                name = next(filter(None, beside.groups()))
                if not self._is_plain(name) and not self._places.is_public(text, beside.span(), by_staff):
                    yield beside.span()

    def _is_private(self, text: str, found: re.Match[str], by_staff: bool) -> bool:
        address = found.group()
        if " at " in address and address.partition(" ")[0] in _NOT_MAILBOXES:
            return False
        if address.partition("@")[0] in self._desks and not self._places.is_said_private(text, found.span()):
            return False
        if self._domain and self._domain in _DOT.sub(".", address).replace(" ", ""):
            return False
        return not _PUBLIC_DOMAIN.search(address) and not self._places.is_public(text, found.span(), by_staff)

    def _is_plain(self, name: str) -> bool:
        """Two sentences run together ("rain.again"), a file, a class: no mailbox."""
        parts = re.split(r"[._-]", name)
        return _NOT_BOXES.fullmatch(name) is not None or all(part in self._common for part in parts)


def _may_name_provider(text: str) -> bool:
    """A part of a provider's name stands there; looked for one by one, which is quicker than a pattern."""
    return any(part in text for part in PROVIDER_PARTS)


def mailbox_reader(
    email: str | None, lists: Mapping[str, tuple[str, ...]], places: PublicPlaces, common: frozenset[str]
) -> MailboxReader:
    """A reader for a school with this address of its own (None where it has published none)."""
    desks = frozenset((*lists["desks"], *lists["public"], *lists["public_beside"]))
    return MailboxReader((email or "@").lower().rpartition("@")[2], desks, places, common)

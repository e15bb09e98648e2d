"""Whether a number, an address or a mailbox is an organisation's, which anybody may be given, or somebody's own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from app.domain.checks.words import word_set

AROUND = 160
"""How many characters round a detail are read for whose it is."""
_LANDMARK = re.compile(
    r"(?:past|opposite|near|next to|behind|by|beside|after|before|above|below|over|(?:across|away|along|down|up|round"
    r"|doors|minutes|corner|back) from) (?:the|our)(?: [a-z']+){0,2} $"
)
"""What comes before a public place by which a private one is explained: "past the chapel"."""
_MINE = re.compile(
    r"(?<![\w'])(?:mine|ours|i live|we live|my house|our house is|our place|my address is|come to|pop round)(?!\w)"
)
_SOMEBODY = re.compile(
    r"(?<!\w)(?:mrs|mr|miss|ms|mum|dad|gran|nan|nana|grandad|grandma|husband|wife|neighbour|sister|brother|volunteer|parent"
    r"|grandparent|friend|childminder"
    r"|family|families|auntie?|uncle|cousin|pen ?pal|caretaker|gardener|colleague)(?:'?s)?(?!\w)"
)
_SUBJECT = re.compile(r" ?(?:the|our) (?:local |town |village |nearest |new )?")
_BREAK = re.compile(r"[.!?;\n]")
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)?")
_LINKS = word_set(
    "is are was on at in of the a an number num no tel phone telephone email mail e address postcode post code for it "
    "its it's says say call ring text contact book booking to or and via by from open opens which that can be reached "
    "found based sat nav satnav work works their help line lines desk team office reception direct s whose here"
)
_NOUN_THEN = word_set("is are on at number email address says works")
_LAST_LINK = word_set("is was on at number postcode address email to in tel or ring call")


class PublicPlaces:
    """Reads whose a detail is from the words round it. Built once from the lists of contact.toml."""

    def __init__(self, lists: Mapping[str, tuple[str, ...]]) -> None:
        self._named = any_of((*lists["public"], *lists["public_beside"], *lists["directions"]))
        self._weak = frozenset(lists["public_beside"])
        self._directions = frozenset(lists["directions"])
        self._private = any_of(lists["own"])
        self._pretend = any_of(lists["pretend"])

    def is_said_private(self, text: str, span: tuple[int, int]) -> bool:
        """Somebody says that it is theirs, or somebody else's own."""
        return self._private.search(nearby(text, span)) is not None

    def is_made_up(self, text: str, span: tuple[int, int]) -> bool:
        """A place in a story, a lesson or a game, and not said to be anybody's own."""
        around = nearby(text, span)
        return self._pretend.search(around) is not None and _MINE.search(around) is None

    def is_public(self, text: str, span: tuple[int, int], by_staff: bool) -> bool:
        """An organisation's, and not said to be anybody's own.

        Staff mostly write of organisations, so that the name of one nearby will do unless the sentence speaks of a
        person ("ring Mrs Orr"); otherwise it must stand beside the detail: "the taxi firm is on 01632 960444" and not
        "a lift to school? 01632 960444".
        """
        if self.is_said_private(text, span):
            return False
        start = max(0, span[0] - AROUND)
        before, after = text[start : span[0]], text[span[1] : span[1] + AROUND // 2]
        own_sentence = _BREAK.split(before)[-1]
        trusted = (by_staff or self._is_spoken_of(own_sentence)) and _SOMEBODY.search(own_sentence) is None
        for found in self._telling(before, trusted):
            if _LANDMARK.search(before[: found.start()]):
                continue
            if trusted and found.group() not in self._weak:
                return True
            if _leads_to(before[found.end() :]):
                return True
        return any(
            (trusted and found.group() not in self._weak) or _follows(after[: found.start()])
            for found in self._telling(after, trusted)
        )

    def _is_spoken_of(self, sentence: str) -> bool:
        """An organisation begins the sentence: "The dentist on Bridge Street is taking children, 01632 960900"."""
        begins = _SUBJECT.match(sentence)
        named = self._named.match(sentence, begins.end()) if begins is not None else None
        return named is not None and named.group() not in self._weak and named.group() not in self._directions

    def _telling(self, text: str, trusted: bool) -> Iterator[re.Match[str]]:
        """The words that speak of an organisation; those of directions only where staff give them."""
        return (found for found in self._named.finditer(text) if trusted or found.group() not in self._directions)


def nearby(text: str, span: tuple[int, int]) -> str:
    """What stands before a place in a text and, for half as far, after it."""
    return text[max(0, span[0] - AROUND) : span[0]] + " " + text[span[1] : span[1] + AROUND // 2]


def any_of(phrases: tuple[str, ...]) -> re.Pattern[str]:
    """A search for any of some words, whole."""
    longest = sorted(phrases, key=len, reverse=True)
    return re.compile(rf"(?<![\w'])(?:{'|'.join(re.escape(phrase) for phrase in longest)})(?!\w)")


def _leads_to(between: str) -> bool:
    """Nothing but "is on", "number", a comma and the like, after one noun at most ("taxi firm is on")."""
    if _BREAK.search(between):
        return False
    words = _WORD.findall(between)
    others = [place for place, word in enumerate(words) if word not in _LINKS]
    if not others:
        return not words or words[-1] in _LAST_LINK or words[-1] in _LINKS
    return len(others) == 1 and others[0] <= 1 and others[0] + 1 < len(words) and words[others[0] + 1] in _NOUN_THEN


def _follows(between: str) -> bool:
    """The organisation comes right after: "6 Mill Lane surgery", "9 Mill Lane, that's the vets"."""
    words = _WORD.findall(between)
    return not _BREAK.search(between) and all(
        word in ("the", "is", "a", "that's", "thats", "it's", "its", "for") for word in words
    )

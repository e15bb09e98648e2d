"""What single words may be to the readers of rude words and of private details: a first look that spares the long one.

It knows of no school, so that what it has met serves every register there is.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from app.domain.checks.addresses import home_words, road_words
from app.domain.checks.handle_shapes import DOTTED
from app.domain.checks.handles import is_telling, service_words
from app.domain.checks.kinds import DETAIL, FIGURE, HOUSE, LETTER, NUMBER, PART, ROAD, RUDE
from app.domain.checks.lexicon import Lexicons
from app.domain.checks.mailboxes import PROVIDER_PARTS
from app.domain.checks.phones import MULTIPLES, digit_words
from app.domain.checks.profanity import ProfanityReader, profanity_reader

_LONGEST_MEMO = 100_000
_LONGEST_WORD = 40
_PARTS = ("dot", "words", "slash", *MULTIPLES, *PROVIDER_PARTS)
"""Parts of words that tell of a mailbox, of a place in three words, of a link or of several figures at once."""


class WordKinds:
    """Tells of which kinds a word is. Remembers the words it has met."""

    def __init__(self, profanity: ProfanityReader, lists: Mapping[str, tuple[str, ...]]) -> None:
        self._profanity = profanity
        self._letters = profanity.telling_letters()
        self._services = service_words(lists)
        self._numbers = frozenset((*digit_words(lists), "hundred"))
        self._roads = road_words(lists)
        self._homes = home_words(lists)
        self._memo: dict[str, int] = {}

    def of(self, word: str) -> int:
        """The kinds of a folded word, as bits; 0 for one by which no such reader can find anything."""
        known = self._memo.get(word)
        if known is None:
            known = self._rude(word) | self._private(word)
            if len(word) <= _LONGEST_WORD:
                if len(self._memo) > _LONGEST_MEMO:
                    self._memo.clear()
                self._memo[word] = known
        return known

    def _rude(self, word: str) -> int:
        part = PART if self._profanity.is_part(word) else 0
        if word in self._letters:
            return LETTER | part
        return part | (RUDE if self._profanity.is_rude(word) else 0)

    def _private(self, word: str) -> int:
        if any(character.isdecimal() for character in word):
            return FIGURE
        if any(part in word for part in _PARTS) or is_telling(word, self._services):
            return DETAIL
        number = NUMBER if word in self._numbers else 0
        return number | (ROAD if word in self._roads else 0) | (HOUSE if word in self._homes else 0)


def may_tell_detail(text: str, kinds: int, twice: int) -> bool:
    """Whether a private detail may stand in a folded text; False is certain.

    `kinds`: those that its words are of; `twice`: those that two of them are of.
    """
    return (
        kinds & (FIGURE | DETAIL) != 0
        or (kinds & ROAD != 0 and kinds & HOUSE != 0)
        or twice & NUMBER != 0
        or "@" in text
        or "#" in text
        or "/" in text
        or "_" in text
        or "£" in text
        or "$" in text
        or ("." in text and DOTTED.search(text) is not None)
    )


def word_kinds(lexicons: Lexicons) -> WordKinds:
    """The kinds that these lexicons tell apart."""
    return _word_kinds(lexicons.rude, lexicons.innocent, tuple(lexicons.contact.items()))


@lru_cache(maxsize=4)
def _word_kinds(
    rude: tuple[str, ...], innocent: tuple[str, ...], lists: tuple[tuple[str, tuple[str, ...]], ...]
) -> WordKinds:
    return WordKinds(profanity_reader(rude, innocent), dict(lists))

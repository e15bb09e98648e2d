"""What stands around a mention: the words before and after it, whom it is listed with, what its capital tells."""

from __future__ import annotations

import re

from app.domain.checks.mention import Mention
from app.domain.checks.words import Words, word_set

_HARD = re.compile(r"[.!?;:\n]")
_LINK = re.compile(r"[ \t]*[,&/+][ \t]*")
_SPACE = re.compile(r"[ \t]+")
_LINKING = frozenset(("and", "or", "n"))
_QUOTED = re.compile(
    r"\"([^\"\n]{2,80})\"|“([^”\n]{2,80})”|(?<!\w)['‘]((?:[^'’‘\n]|(?<=\w)['’](?=\w)){2,80})['’](?!\w)"
)
_SMALL_WORDS = word_set("a an the and of in on to for with at by or from who that is")


class Surroundings:
    """Looks around the mentions of one text."""

    def __init__(self, words: Words, mentions: list[Mention], class_id: str | None = None) -> None:
        self.words = words
        self.class_id = class_id
        self._starts = {mention.first: mention for mention in mentions}
        self._lasts = {mention.last - 1: mention for mention in mentions}
        self._titles: list[tuple[int, int]] | None = None

    def before(self, mention: Mention, back: int = 1) -> str:
        """The word that many places before, in the same clause; empty where there is none."""
        place = mention.first - back
        if place < 0 or self._is_cut(place + 1, mention.first + 1):
            return ""
        return self.words.words[place]

    def after(self, mention: Mention, ahead: int = 0) -> str:
        """The word that many places after, in the same clause; empty where there is none."""
        place = mention.last + ahead
        if place >= len(self.words.words) or self._is_cut(mention.last, place + 1):
            return ""
        return self.words.words[place]

    def _is_cut(self, first: int, last: int) -> bool:
        """A clause ends in one of the gaps before these words."""
        return any(gap != " " and _HARD.search(gap) is not None for gap in self.words.gaps[first:last])

    def spaced_before(self, mention: Mention) -> bool:
        """Only a space stands between the mention and the word before."""
        return mention.first > 0 and _is_space(self.words.gaps[mention.first])

    def spaced_after(self, mention: Mention) -> bool:
        """Only a space stands between the mention and the word after."""
        return mention.last < len(self.words.words) and _is_space(self.words.gaps[mention.last])

    def mention_at(self, place: int) -> Mention | None:
        """The mention that begins or ends at a word."""
        return self._starts.get(place) or self._lasts.get(place)

    def company(self, mention: Mention) -> list[int]:
        """Words that the mention stands in one list with: "Holly, Ivy and Kai"."""
        found = []
        left, right = mention.first - 1, mention.last
        gap = self.words.gap(mention.first)
        if left > 0 and _SPACE.fullmatch(gap) and self.words.words[left] in _LINKING:
            if not _HARD.search(self.words.gap(left)):
                found.append(left - 1)
        elif left >= 0 and _LINK.fullmatch(gap):
            found.append(left)
        if right < len(self.words):
            found += self._to_the_right(right)
        return found

    def beside_adult(self, mention: Mention, titles: frozenset[str]) -> bool:
        """A grown-up with a title is named in the same breath: "Jade and Mrs Whitlow"."""
        words = self.words
        return any(
            words.words[place] in titles and words.is_capital(place) and words.is_capital(place + 1)
            for place in self.company(mention)
            if place + 1 < len(words) and place >= mention.last
        )

    def _to_the_right(self, right: int) -> list[int]:
        gap = self.words.gap(right)
        if _LINK.fullmatch(gap):
            place = right + 1 if self.words.words[right] in _LINKING else right
        elif _SPACE.fullmatch(gap) and self.words.words[right] in _LINKING:
            place = right + 1
        else:
            return []
        if place < len(self.words) and self.words.words[place] in ("the", "a"):
            place += 1
        return [place] if place < len(self.words) and not _HARD.search(self.words.gap(place)) else []

    def capital_tells(self, mention: Mention) -> bool:
        """The word has a capital where only a name would have one."""
        words, first = self.words, mention.first
        if not words.is_capital(first) or words.opens_sentence(first) or self.is_shouted(mention):
            return False
        return not self._in_heading(mention)

    def is_shouted(self, mention: Mention) -> bool:
        """The mention stands among words that are all in capitals."""
        words = self.words
        if not words.is_shouted(mention.first):
            return False
        around = [at for at in (mention.first - 1, mention.last) if 0 <= at < len(words)]
        return all(words.written(at).isupper() for at in around)

    def _in_heading(self, mention: Mention) -> bool:
        words = self.words
        sides = [at for at in (mention.first - 1, mention.last) if 0 <= at < len(words) and at not in self._starts]
        spaced = self.spaced_before(mention) and self.spaced_after(mention)
        return spaced and len(sides) == 2 and all(words.is_capital(at) for at in sides)

    def stands_alone(self, mention: Mention) -> bool:
        """Marks or edges on both sides: an item of a list, a line of its own."""
        left = mention.first == 0 or not _SPACE.fullmatch(self.words.gap(mention.first))
        right = mention.last >= len(self.words) or not _SPACE.fullmatch(self.words.gap(mention.last))
        return left and right

    def sentence_words(self, mention: Mention) -> list[str]:
        """The words of the sentence, the mention's own left out."""
        first, last = self.words.sentence(mention.first)
        return self.words.words[first : mention.first] + self.words.words[mention.last : last]

    def words_after(self, mention: Mention) -> list[str]:
        """The rest of the sentence."""
        _, last = self.words.sentence(mention.first)
        return self.words.words[mention.last : last]

    def words_until_next(self, mention: Mention) -> list[str]:
        """The rest of the sentence as far as the next mention."""
        _, last = self.words.sentence(mention.first)
        following = min((first for first in self._starts if first >= mention.last), default=last)
        return self.words.words[mention.last : min(last, following)]

    def in_quoted_title(self, mention: Mention) -> bool:
        """Inside quotation marks that hold a title: a word or several, the main ones with capitals."""
        if self._titles is None:
            self._titles = quoted_titles(self.words.folded.original)
        start, end = mention.span
        return any(first <= start and end <= last for first, last in self._titles)


def _is_space(gap: str) -> bool:
    return gap == " " or _SPACE.fullmatch(gap) is not None


def quoted_titles(text: str) -> list[tuple[int, int]]:
    """Where quotation marks hold what looks like a title."""
    if not any(mark in text for mark in "\"“'‘’"):
        return []
    found = []
    for quote in _QUOTED.finditer(text):
        content = next(part for part in quote.groups() if part is not None)
        parts = content.split()
        main = [part for part in parts if part.lower() not in _SMALL_WORDS]
        if 0 < len(parts) <= 8 and main and all(part[:1].isupper() or not part[:1].isalpha() for part in main):
            found.append(quote.span())
    return found

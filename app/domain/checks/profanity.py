"""Rude words however they are written: letters starred out, figures for letters, drawn out, spaced out."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from string import ascii_lowercase

from app.domain.checks.kinds import FIGURE, LETTER, PART, RUDE
from app.domain.checks.words import Words

_MASKED = re.compile(r"(?<![\w*@$!])(?=[a-z@$])[a-z0-9@$!*#%.-]{0,24}[*@$!#%0-9][a-z0-9@$!*#%]{0,24}[a-z*]?(?![\w*@$])")
_SPACED = re.compile(r"(?<![\w'])[a-z](?:[ .\-_*][a-z*]){2,8}(?![\w'])")
_SIGN = re.compile(r"[*@$#%0-9]")
_SIGN_WITHIN = re.compile(r"![!.-]*[a-z]")
"""Without any of these nothing is masked: a "!" at the end of a word masks nothing."""
_LETTER_FOR = str.maketrans("013457@$!", "oieastasi")
_RUN = re.compile(r"(.)\1+")
_STARS = re.compile(r"[*#%]+")
_NOT_MASKED = re.compile(r"\d+[a-z]{0,4}|[a-z]?\d+[a-z]?|[a-z0-9._%-]+@[a-z0-9.-]+|[a-z]+\d{1,4}")
_LONGEST_WORD = 24


_ANY = -1


class ProfanityReader:
    """Finds rude words. Built once; keeps nothing about the texts it reads."""

    def __init__(self, rude: Iterable[str], innocent: Iterable[str]) -> None:
        entries = frozenset(rude)
        self._single = frozenset(entry for entry in entries if " " not in entry)
        self._phrases = tuple(f" {entry} " for entry in entries if " " in entry)
        self._squeezed = {_RUN.sub(r"\1", word): word for word in self._single if len(word) > 3}
        self._innocent = re.compile(rf"(?<!\w)(?:{'|'.join(re.escape(phrase) for phrase in innocent)})(?!\w)")
        self._telling = frozenset(max(phrase.split(), key=len) for phrase in self._phrases)
        """A word of each phrase, without any of which none stands."""

    def is_part(self, word: str) -> bool:
        """Whether a folded word is the telling one of several that are rude together."""
        return word in self._telling

    def telling_letters(self) -> frozenset[str]:
        """The single letters without any of which nothing rude can be spaced out: "a" and "i" are words as well."""
        alone = "" if any(set(word) <= set("ai") for word in self._single) else "ai"
        return frozenset(ascii_lowercase) - frozenset(alone)

    def may_find(self, text: str, kinds: int) -> bool:
        """Whether anything rude may stand in a folded text whose words are of these kinds; False is certain."""
        return kinds & (RUDE | PART | LETTER | FIGURE) != 0 or _has_signs(text)

    def first(self, words: Words, kinds: int = _ANY) -> tuple[int, int] | None:
        """The characters of the first rude word, None where there is none. `kinds`: of the words, where known."""
        if kinds & RUDE and (alone := self._alone(words)) is not None:
            return alone
        if kinds & (LETTER | FIGURE) or _has_signs(words.text):
            masked = self._masked(words)
            if masked is not None:
                return masked
        return self._phrase(words) if kinds & PART else None

    def _alone(self, words: Words) -> tuple[int, int] | None:
        for place, word in enumerate(words.words):
            if self.is_rude(word):
                start, end = words.starts[place], words.ends[place]
                if not self._is_innocent(words.folded.text, start, end):
                    return words.span(place, place + 1)
        return None

    def is_rude(self, word: str) -> bool:
        """Whether a folded word is rude by itself, drawn out and with figures for letters included."""
        base = word.removesuffix("'s").replace("'", "")
        return len(word) <= _LONGEST_WORD and (base in self._single or self._undone(base))

    def _undone(self, word: str) -> bool:
        """Drawn out ("fuuuck") or with figures for letters ("sh1t"), but not a word that is only near a rude one."""
        lettered = word.translate(_LETTER_FOR) if any(c.isdigit() for c in word) and word[0].isalpha() else word
        if lettered != word and lettered in self._single:
            return True
        squeezed = _RUN.sub(r"\1", lettered)
        drawn_out = re.search(r"(.)\1\1", word) is not None
        return drawn_out and (squeezed in self._single or squeezed in self._squeezed)

    def _masked(self, words: Words) -> tuple[int, int] | None:
        text = words.text
        for found in _MASKED.finditer(text) if _may_be_masked(text) else ():
            token = found.group().rstrip(".-!")
            if len(token) <= _LONGEST_WORD and not _NOT_MASKED.fullmatch(token) and self._fits(token):
                return words.folded.span(found.start(), found.start() + len(token))
        for found in _SPACED.finditer(text) if _may_be_spaced(words) else ():
            joined = re.sub(r"[ .\-_]", "", found.group())
            if any(rude in joined for rude in self._single if len(rude) > 3) or ("*" in joined and self._fits(joined)):
                return words.folded.span(*found.span())
        return None

    def _fits(self, token: str) -> bool:
        lettered = token.translate(_LETTER_FOR)
        if lettered in self._single and lettered != token:
            return True
        if not _STARS.search(token):
            return False
        # One star may stand for several letters, and several for one fewer or one more.
        pattern = re.escape(_STARS.sub("*", token.translate(_LETTER_FOR))).replace(r"\*", "[a-z]{1,6}")
        letters = sum(character.isalpha() for character in token)
        return letters > 0 and any(
            abs(len(rude) - len(token)) <= 1 and re.fullmatch(pattern, rude) for rude in self._single if len(rude) > 2
        )

    def _phrase(self, words: Words) -> tuple[int, int] | None:
        if self._telling.isdisjoint(words.words):
            return None
        joined = f" {' '.join(words.words)} "
        for phrase in self._phrases:
            at = joined.find(phrase)
            if at >= 0:
                first = joined.count(" ", 0, at)
                last = first + phrase.count(" ") - 1
                start, end = words.starts[first], words.ends[last - 1]
                if not self._is_innocent(words.folded.text, start, end):
                    return words.folded.span(start, end)
        return None

    def _is_innocent(self, text: str, start: int, end: int) -> bool:
        around = text[max(0, start - 40) : end + 40]
        return any(
            found.start() <= start - max(0, start - 40) < found.end() for found in self._innocent.finditer(around)
        )


@lru_cache(maxsize=4)
def profanity_reader(rude: tuple[str, ...], innocent: tuple[str, ...]) -> ProfanityReader:
    """The reader of these words. It knows nothing of any school, so that one serves every register there is."""
    return ProfanityReader(rude, innocent)


def _has_signs(text: str) -> bool:
    """A sign that may stand for letters, figures apart."""
    return (
        "*" in text
        or "@" in text
        or "$" in text
        or "#" in text
        or "%" in text
        or ("!" in text and _SIGN_WITHIN.search(text) is not None)
    )


def _may_be_masked(text: str) -> bool:
    return _SIGN.search(text) is not None or ("!" in text and _SIGN_WITHIN.search(text) is not None)


def _may_be_spaced(words: Words) -> bool:
    """Three single letters stand somewhere, or stars for some."""
    return "*" in words.text or list(map(len, words.words)).count(1) > 2

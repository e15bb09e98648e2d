"""The words that an item's text can be found by: for people who search, and for checking again what a change touches.

Words are those of the content checks (`checks/words.py`): folded, so that accents, capitals and kinds of apostrophe
make no difference. A word may be entered in more than one form; what a text holds in any of these forms is found by it.
"""

from __future__ import annotations

import re

from app.domain.checks.hashtags import tag_pieces
from app.domain.checks.words import Words, folded_words
from app.domain.naming import fold

FOREIGN = "ø"
"""Stands for any letter outside a to z in the second form of a word. Folding never leaves one in a word."""

_FOREIGN = re.compile(r"[^\x00-\x7f]")
_DRAWN_OUT = re.compile(r"(.)\1{2,}")
_HANDLE = re.compile(r"[a-z0-9]+[._][a-z0-9._]*[a-z0-9]")
_JOINT = re.compile(r"[._]")
_IN_NUMBER = re.compile(r"[.:,]")
_LONGEST_TAG = 60
_LONGEST_NAME_IN_TAG = 3


def index_words(text: str) -> str:
    """What a text is entered under, with spaces between; empty for a text without words.

    Besides each word without its apostrophes: the word without a possessive ("ella" for "Ella's"), the pieces of what
    follows a # or an @, what dots and underlines join ("mrsholt" for "@mrs_holt"), a drawn-out word drawn in, and a
    word with foreign letters with `FOREIGN` in their places.
    """
    folded = fold(text)
    words = folded_words(folded)
    if "'" in folded:
        words = [form for word in words for form in _without_apostrophes(word)]
    if not folded.isascii():
        words += [foreign_form(word) for word in words if not word.isascii() and word.isalpha()]
    words += [_JOINT.sub("", handle) for handle in _HANDLE.findall(folded)]
    if "#" in folded or "@" in folded:
        words += _pieces(Words(text))
    if _DRAWN_OUT.search(folded):
        words += [_DRAWN_OUT.sub(r"\1", word) for word in words if _DRAWN_OUT.search(word)]
    return " ".join(words)


def query_words(said: str) -> list[str]:
    """What somebody typed, as words to look for; the last one may be unfinished."""
    return [part for word in folded_words(fold(said)) for part in _IN_NUMBER.split(word.replace("'", ""))]


def foreign_form(word: str) -> str:
    """The word with every letter outside a to z made one and the same."""
    return _FOREIGN.sub(FOREIGN, word)


def _without_apostrophes(word: str) -> list[str]:
    if "'" not in word:
        return [word]
    plain = word.replace("'", "")
    if not word.endswith("'s"):
        return [plain]
    return [plain, word[:-2].replace("'", "")]


def _pieces(words: Words) -> list[str]:
    """Every run of one to three pieces of a hashtag: "team", "ella", "teamella" for #TeamElla."""
    found: list[str] = []
    for place in range(len(words)):
        if words.gap(place)[-1:] not in ("#", "@"):
            continue
        written = words.written(place)
        if len(written) > _LONGEST_TAG:
            continue
        pieces = tag_pieces(written)
        for start in range(len(pieces)):
            for size in range(1, _LONGEST_NAME_IN_TAG + 1):
                found.append("".join(pieces[start : start + size]))
    return found

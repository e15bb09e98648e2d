"""The forms of a written name: where a first name ends, what of it is the possessive, what stands for an initial."""

from __future__ import annotations

import re

from app.domain.checks.known_names import Lead
from app.domain.checks.words import Words, word_set

_NAME_JOINER = re.compile(r"[ \t]{1,2}|-|'|")
_AFTER_PRONOUN_I = word_set("am have had think hope know will would was can could love loved want just really m do did")
_AFTER_SMALL_INITIAL = word_set("and was is has had did for with won got made n")
_SMALL_NOT_INITIAL = frozenset("aiunrxokbcyw")


def name_end(words: Words, place: int, lead: Lead) -> int | None:
    """The word after the first name, None where the rest of a double name does not follow."""
    rest, end = lead.rest, place + 1
    while rest:
        if end >= len(words) or not _NAME_JOINER.fullmatch(words.gap(end)):
            return None
        word = words.words[end].replace("'", "")
        if word in (rest, rest + "s"):
            return end + 1
        if not word or not rest.startswith(word):
            return None
        rest, end = rest[len(word) :], end + 1
    return end


def possessive_letters(words: Words, place: int, lead: Lead) -> int:
    """Letters of the last word that are the possessive and not the name."""
    word = words.words[place]
    if word.endswith("'s"):
        return 2
    return 1 if lead.possessive or (lead.rest and word.endswith("s") and not lead.rest.endswith("s")) else 0


def end_without(words: Words, place: int, extra: int) -> int:
    """Where the name's last character stands in the text, the possessive left off."""
    return words.folded.span(words.starts[place], words.ends[place] - extra)[1]


def is_initial(words: Words, place: int, end: int) -> bool:
    """Whether the word after a first name is an initial and not the word "a", "I" or a hurried "n"."""
    letters = words.words[end].removesuffix("'s")
    if not letters.isalpha() or len(letters) > 2:
        return False
    following = words.words[end + 1] if end + 1 < len(words) else ""
    closed = not following or words.gap(end + 1)[:1] not in (" ", "\t", "")
    if len(letters) == 2:
        return words.is_shouted(end) or words.written(end)[:2].isupper()
    if words.is_capital(end):
        if letters == "i":
            return closed or following not in _AFTER_PRONOUN_I
        return closed or letters != "a" or not words.is_all_shouted
    if words.is_capital(place):
        return closed and letters not in "aix"
    return closed or ((letters not in _SMALL_NOT_INITIAL or following in _AFTER_SMALL_INITIAL) and letters not in "ai")

"""Brothers and sisters before one surname: in "Ivy, Teddy and Esme Marsh" each of them is named in full (policy T8)."""

from __future__ import annotations

import re
from dataclasses import replace

from app.domain.checks.mention import Form, Mention
from app.domain.checks.words import Words

_SIGN = re.compile(r"[ \t]*[&+][ \t]*")
_LISTED = re.compile(r"[ \t]*[,/][ \t]*")


def with_shared_surnames(words: Words, mentions: list[Mention]) -> list[Mention]:
    """The mentions, those in full that share the surname which closes their list, where the register has them so."""
    for number in range(len(mentions) - 1, 0, -1):
        closing = mentions[number]
        if closing.form is not Form.FULL or closing.name_end >= closing.last:
            continue
        surnames = {pupil.surname for pupil in closing.pupils}
        after, joined = closing, _is_joined
        for place in range(number - 1, -1, -1):
            sibling = mentions[place]
            bearers = tuple(pupil for pupil in sibling.pupils if pupil.surname in surnames)
            if sibling.form is not Form.FIRST or sibling.possessive or not bearers or not joined(words, sibling, after):
                break
            mentions[place] = replace(sibling, form=Form.FULL, pupils=bearers)
            after, joined = sibling, _is_listed
    return mentions


def _is_joined(words: Words, one: Mention, other: Mention) -> bool:
    """ "And" or its sign stands between the two, with a comma before it or without."""
    between = words.words[one.last : other.first]
    if between:
        return between in (["and"], ["n"])
    return other.first == one.last and _SIGN.fullmatch(words.gap(other.first)) is not None


def _is_listed(words: Words, one: Mention, other: Mention) -> bool:
    """A comma stands between the two, or what joins two names."""
    comma = other.first == one.last and _LISTED.fullmatch(words.gap(other.first)) is not None
    return comma or _is_joined(words, one, other)

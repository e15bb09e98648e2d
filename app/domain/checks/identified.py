"""Whether a child or a family that private words are about can be identified: named, tagged or plainly meant (T10)."""

from __future__ import annotations

import re

from app.domain.checks.phrase_scanner import Hit
from app.domain.checks.plain import CHILD
from app.domain.checks.reading import Reading

_OWN = re.compile(
    r"(?<![^ ])(?:he|she|his|her|him|hers|(?:my|our|mine|ours|me|i) ?(?:own |little |eldest |youngest |big |other )?"
    r"(?:son|daughter|boy|girl|lad|lass|one|kid|twins|child|eldest|youngest|man|lady|bairn|two|boys|girls|kids)) "
)
_MEANT = re.compile(
    r"(?<![^ ])(?:(?:that|this|the new|the other|a certain|the same|one of (?:our|the|my|your)) (?:\S+ ){0,2}"
    r"(?:boy|girl|lad|lass|kid|child|pupil|family|boys|girls|children|pupils|kids|mum|dad|lot)|you know who|"
    r"a certain (?:somebody|someone|person|young)) "
)
_BESIDE = 220


def somebody_is_meant(reading: Reading, hit: Hit) -> bool:
    """Whether the words around a phrase, the tags or the writer's being a parent show who is spoken of."""
    if reading.tagged:
        return True
    text = reading.plain.text
    around = text[max(0, hit.sentence[0] - _BESIDE) : hit.sentence[1] + _BESIDE]
    if f"{CHILD} " in around:
        return True
    sentence = text[hit.sentence[0] : hit.sentence[1]]
    if _MEANT.search(sentence):
        return True
    return not reading.is_by_staff and _OWN.search(sentence) is not None

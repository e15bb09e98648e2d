"""Whether a child or a family that private words are about can be identified: named, tagged or plainly meant (T10)."""

from __future__ import annotations

import re

from app.domain.checks.phrase_scanner import Hit
from app.domain.checks.plain import CHILD
from app.domain.checks.reading import Reading

_OWN = re.compile(
    r" (?:he|she|his|her|him|hers|(?:my|our|mine|ours|me|i) ?(?:own |little |eldest |youngest |big |other )?"
    r"(?:son|daughter|boy|girl|lad|lass|one|kid|twins|child|eldest|youngest|man|lady|bairn|two|boys|girls|kids)) "
)
_MEANT = re.compile(
    r" (?:(?:that|this|the new|the other|a certain|the same|one of (?:our|the|my|your)) (?:\S+ ){0,2}"
    r"(?:boy|girl|lad|lass|kid|child|pupil|family|boys|girls|children|pupils|kids|mum|dad|lot)|you know who|"
    r"a certain (?:somebody|someone|person|young)|the [a-z]+ (?:boy|girl|lad|lass|family|families|kids)) "
)
_HE = re.compile(r" (?:he|she|his|her|him|they|their|them) ")
_END = re.compile(r"[.!?;] ")
_BESIDE = 160


def somebody_is_meant(reading: Reading, hit: Hit) -> bool:
    """Whether the words around a phrase, the tags or the writer's being a parent show who is spoken of."""
    if reading.tagged:
        return True
    text = reading.plain.text
    sentence = text[hit.sentence[0] - 1 : hit.sentence[1]]
    if f"{CHILD} " in sentence or _MEANT.search(sentence):
        return True
    if not reading.is_by_staff:
        return _OWN.search(sentence) is not None or f"{CHILD} " in text
    # Staff name the child in one sentence and go on about "him" or "her" in the next.
    before = text[max(0, hit.sentence[0] - _BESIDE) : hit.sentence[0]]
    after = text[hit.sentence[1] : hit.sentence[1] + _BESIDE]
    return (f"{CHILD} " in before and _HE.search(sentence) is not None) or f"{CHILD} " in _first_sentence(after)


def _first_sentence(text: str) -> str:
    end = _END.search(text)
    return text[: end.start()] if end is not None else text

"""From phrases found to a verdict: one sure phrase is enough, hints add up where they are of different topics."""

from __future__ import annotations

from collections.abc import Iterable

from app.domain.checks.finding import Check
from app.domain.checks.phrase_scanner import Hit
from app.domain.checks.reading import Reading

_ENOUGH = 0.999
_LONGEST_QUOTE = 60


def hits_of(reading: Reading, check: Check, topic: str | None = None) -> list[Hit]:
    """The phrases found for a check, or for one topic of it."""
    return [hit for hit in reading.hits_by_check.get(check, ()) if topic is None or hit.entry.topic == topic]


def weigh(hits: Iterable[Hit], worth: float = 1.0) -> Hit | None:
    """The phrase that a finding rests on, None where they weigh too little together.

    Of each topic only the heaviest counts, so that saying one thing twice proves no more. `worth` is what a sign is
    worth in this item: less in a staff post, which is written for everybody to read.
    """
    heaviest: dict[str, Hit] = {}
    for hit in hits:
        if hit.entry.topic not in heaviest or hit.entry.weight > heaviest[hit.entry.topic].entry.weight:
            heaviest[hit.entry.topic] = hit
    if not heaviest or sum(hit.entry.weight for hit in heaviest.values()) * worth < _ENOUGH:
        return None
    return max(heaviest.values(), key=lambda hit: hit.entry.weight)


def worth_of(reading: Reading) -> float:
    """What a sign of misconduct or harm is worth in an item: half in a staff post."""
    return 0.5 if reading.is_by_staff and reading.item.kind.is_post else 1.0


def sign_of_harm(reading: Reading) -> Hit | None:
    """The phrase that suggests that a child may be at risk, None where none does (clause K1)."""
    return weigh(hits_of(reading, Check.SAFEGUARDING), worth_of(reading))


def span_of(reading: Reading, hit: Hit) -> tuple[int, int]:
    """The characters of the item's text that a phrase was found in."""
    plain = reading.plain
    return reading.words.span(plain.word_at(hit.start), plain.word_at(max(hit.start, hit.end - 2)) + 1)


def quoted(reading: Reading, span: tuple[int, int]) -> str:
    """The words of a span for a reviewer to read, on one line and not too long."""
    written = " ".join(reading.item.text[span[0] : span[1]].split())
    return written if len(written) <= _LONGEST_QUOTE else written[: _LONGEST_QUOTE - 1].rstrip() + "…"

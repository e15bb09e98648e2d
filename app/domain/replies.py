"""Whether a family's message waits for an answer (P6), since when, and how it was answered (T3, T4)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

_THANKS = re.compile(
    r"\b(thank(s| you|you|u)?|ta|cheers|appreciate[ds]?|no need to reply|no reply needed|grateful|brilliant news)\b",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"\?|\b(can|could|would|will|shall|may) (you|we|i|he|she|they|someone|somebody)\b"
    r"|\bplease\b|\bpls\b|\blet me know\b",
    re.IGNORECASE,
)
_LETTERS = re.compile(r"\w")
_HEARD = re.compile(
    r"\W*(ok|okay|oki|aw+|aww+|ah+|ha(ha)+h?|lol|yay|wow|great|lovely|perfect|fab|fabulous|brill|brilliant|amazing|super"
    r"|bless (you|her|him|them)|will do|no (problem|probs|worries)|noted|got it|sounds (good|great|lovely)|well done"
    r"|love (it|this|that)|so (cute|sweet|lovely)|fingers crossed|you('ve| have)? made (my|our|someones?))"
    r"(\W+(?!no\b|not\b|but\b|what|when|where|which|who|how|why)\w+){0,3}\W*",
    re.IGNORECASE,
)
"""Heard and understood, and at most three more words; where they tell of anything else, the message may want more."""
SHORT = 280
"""A thank-you longer than this, in characters, usually says something else as well."""


def waits_for_answer(text: str) -> bool:
    """False for plain thanks, a brief "ok" or "lovely", and messages of signs alone; all else may want an answer."""
    if not _LETTERS.search(text):
        return False
    if _ASKS.search(text):
        return True
    if _HEARD.fullmatch(text):
        return False
    return not (len(text) <= SHORT and _THANKS.search(text))


@dataclass(frozen=True, slots=True)
class Event:
    """Something said in a conversation, or the statement that it was answered another way.

    `channel` names how school answered: message, telephone, meeting, asked_to_phone, office. `stated` marks what a
    person stated, which no message shows.
    """

    at: datetime
    by_school: bool
    item_id: int | None
    class_id: int | None
    text: str = ""
    channel: str = ""
    stated: bool = False


@dataclass(frozen=True, slots=True)
class Run:
    """Messages from home that waited together: since when, and when and how school answered (None: not yet)."""

    asked: datetime
    item_id: int | None
    class_id: int | None
    answered: datetime | None = None
    channel: str = ""
    stated: bool = False


def runs(events: Iterable[Event]) -> Iterator[Run]:
    """Each run of messages from home, until the next answer by the clock, in whatever order they were written down.

    Staff's every message may be the answer; a family's thanks ask for none. At the same moment, home wrote first.
    """
    waiting: Event | None = None
    for event in sorted(events, key=lambda each: (each.at, each.by_school)):
        if event.by_school:
            if waiting is not None:
                yield Run(waiting.at, waiting.item_id, waiting.class_id, event.at, event.channel, event.stated)
            waiting = None
        elif waiting is None and waits_for_answer(event.text):
            waiting = event
    if waiting is not None:
        yield Run(waiting.at, waiting.item_id, waiting.class_id)

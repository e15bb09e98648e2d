"""Whether a family's message waits for an answer (P6): thanks and good wishes do not."""

from __future__ import annotations

import re

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
SHORT = 280
"""A thank-you longer than this, in characters, usually says something else as well."""


def waits_for_answer(text: str) -> bool:
    """False for plain thanks and for messages of signs alone; anything else may want an answer."""
    if not _LETTERS.search(text):
        return False
    if _ASKS.search(text):
        return True
    return not (len(text) <= SHORT and _THANKS.search(text))

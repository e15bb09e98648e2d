"""Knowing the same words again in whatever they come: a saved page, a table, a pasted conversation (by time and text).

What is alike here may still be two things: one greeting sent to two families. Who wrote it and to whom is compared
by whoever keeps the items.
"""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime

from app.domain.content import Kind
from app.domain.naming import fold


def likeness(kind: Kind, sent_at: datetime | None, text: str) -> str | None:
    """One mark for every writing of the same words, of one kind, in one minute; capitals, accents and spaces aside.

    None where nothing can be told by it: no time, no words, or points, which are alike by nature.
    """
    words = " ".join(fold(text).split())
    if sent_at is None or not words or kind is Kind.POINTS:
        return None
    minute = sent_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M")
    return hashlib.sha256("\n".join((kind.value, minute, words)).encode("utf-8", "replace")).hexdigest()

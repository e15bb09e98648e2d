"""The audit's chain: each entry's hash covers the entry before, so that any later change shows (H5)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

GENESIS = "0" * 64
"""What the first entry names as the one before it."""

DONE = "done"
REFUSED = "refused"

_LINE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
_DETAIL = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True)


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the audit. `detail` is compact JSON without any child's name or restricted word."""

    seq: int
    at: datetime
    actor_id: int | None
    actor_role: str
    verb: str
    subject: str
    outcome: str
    detail: str
    prev: str

    @property
    def hash(self) -> str:
        """SHA-256 over every field, in a fixed order and writing."""
        parts = [
            self.seq,
            self.at.astimezone(UTC).isoformat(timespec="microseconds"),
            self.actor_id,
            self.actor_role,
            self.verb,
            self.subject,
            self.outcome,
            self.detail,
            self.prev,
        ]
        return hashlib.sha256(_LINE.encode(parts).encode()).hexdigest()


def written(detail: Mapping[str, object]) -> str:
    """A detail as it is kept: compact JSON with sorted keys."""
    return _DETAIL.encode(detail)


def first_broken(chain: Iterable[tuple[Entry, str]]) -> int | None:
    """The number of the first entry whose place, link or hash is wrong; None where the chain holds.

    Each pair is an entry as kept, and the hash kept beside it.
    """
    prev, expected = GENESIS, 1
    for entry, kept in chain:
        if entry.seq != expected or entry.prev != prev or entry.hash != kept:
            return expected
        prev, expected = kept, expected + 1
    return None

"""Points that take away: they reward the School Ways and are never removed (policy H8)."""

from __future__ import annotations

from app.domain.checks.finding import Check, Finding
from app.domain.checks.reading import Reading
from app.domain.content import Kind


def points_removed(reading: Reading) -> list[Finding]:
    """A points award below zero."""
    item = reading.item
    if item.kind is not Kind.POINTS or item.value is None or not item.value < 0:
        return []
    return [Finding(Check.POINTS_REMOVED, "H8", f"The award is {item.value:g}. Points are never taken away.")]

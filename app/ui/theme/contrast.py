"""How far two colours stand apart, by the Web Content Accessibility Guidelines 2.2."""

from __future__ import annotations

TEXT = 4.5
"""The least ratio for text (success criterion 1.4.3)."""
EDGE = 3.0
"""The least ratio for an edge that tells where a control is (success criterion 1.4.11)."""


def luminance(colour: str) -> float:
    """Relative luminance of `#rrggbb`, 0 for black to 1 for white."""

    def linear(channel: int) -> float:
        c = channel / 255
        return c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(int(colour[i : i + 2], 16)) for i in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def ratio(one: str, other: str) -> float:
    """Contrast of two `#rrggbb` colours, from 1 (the same) to 21 (black on white)."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)

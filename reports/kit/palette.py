"""Colours as tokens, the same as the desk's light scheme; every text colour is at least 4.5:1 on its ground."""

from __future__ import annotations

from reports.kit.model import Tone

Colour = tuple[float, float, float]


def _rgb(code: str) -> Colour:
    red, green, blue = (int(code[place : place + 2], 16) / 255 for place in (1, 3, 5))
    return red, green, blue


TEXT = "#1a2224"
TEXT_QUIET = "#55626a"
LINE = "#dbe2e3"
LINE_STRONG = "#808c91"
ACCENT = "#0b5f66"
ACCENT_STRONG = "#084a50"
ACCENT_SOFT = "#dceeee"
SURFACE = "#f6f8f8"
PAPER = "#ffffff"

INK: dict[Tone, str] = {Tone.PLAIN: ACCENT, Tone.GOOD: "#1c6437", Tone.WARN: "#7d4a00", Tone.STOP: "#a8221b"}
GROUND: dict[Tone, str] = {
    Tone.PLAIN: SURFACE,
    Tone.GOOD: "#e1f2e6",
    Tone.WARN: "#fcefd3",
    Tone.STOP: "#fbe6e4",
}
WORD: dict[Tone, str] = {Tone.PLAIN: "Note", Tone.GOOD: "In order", Tone.WARN: "To do", Tone.STOP: "Urgent"}

SERIES = ("#0b5f66", "#86c0c1", "#d3dadd", "#e0a63f", "#36435a", "#b9a3c9")
"""For a chart's series, in an order whose lightness alternates, so that they part in grey too."""

LINES = ("#0b5f66", "#b0680a", "#36435a", "#8a4fa3", "#55626a", "#a8221b")
"""For lines, which need more contrast with the paper than areas do."""

_KNOWN: dict[str, Colour] = {}


def rgb(code: str) -> Colour:
    """A token as red, green and blue between 0 and 1."""
    if code not in _KNOWN:
        _KNOWN[code] = _rgb(code)
    return _KNOWN[code]

"""What a text holds that the eye would miss: marks that turn the writing direction or take no room. No Qt here."""

from __future__ import annotations

import re

_NAMED = {
    "\u061c": "ALM",
    "\u200e": "LRM",
    "\u200f": "RLM",
    "\u202a": "LRE",
    "\u202b": "RLE",
    "\u202c": "PDF",
    "\u202d": "LRO",
    "\u202e": "RLO",
    "\u2066": "LRI",
    "\u2067": "RLI",
    "\u2068": "FSI",
    "\u2069": "PDI",
    "\u200b": "ZWSP",
    "\u2060": "WJ",
    "\ufeff": "BOM",
    "\u00ad": "SHY",
    "\ufffc": "OBJ",
    "\u2028": "LS",
    "\u2029": "PS",
    "\ufdd0": "?",
    "\ufdd1": "?",
}
_CONTROL = "".join(chr(n) for n in (*range(9), 11, 12, *range(13, 32), *range(127, 160)))
MARK = re.compile(f"[{re.escape(''.join(_NAMED) + _CONTROL)}\ud800-\udfff]")
"""One character that is shown by its name instead."""


def name_of(mark: str) -> str:
    """How a mark is shown: "[RLO]" for the right-to-left override, "[U+0007]" for a bell."""
    return f"[{_NAMED.get(mark) or f'U+{ord(mark):04X}'}]"


def shown(text: str) -> str:
    """The text with every hidden mark named, safe to hand to a label."""
    return MARK.sub(lambda found: name_of(found[0]), text)


def utf16_length(text: str) -> int:
    """How many UTF-16 units a text takes, which is how Qt counts: two for each character beyond U+FFFF."""
    return len(text) + sum(1 for char in text if char > "\uffff")


def utf16_offsets(text: str, places: tuple[int, ...]) -> tuple[int, ...]:
    """Where code-point offsets fall when counted in UTF-16 units. Places beyond the end count as the end."""
    found: dict[int, int] = {}
    before = at = 0
    for place in sorted(set(places)):
        stop = min(max(place, 0), len(text))
        before += utf16_length(text[at:stop])
        at = stop
        found[place] = before
    return tuple(found[place] for place in places)

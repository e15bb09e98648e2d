"""Letters that join: which glyphs a right-to-left run takes, by HarfBuzz, and how reportlab is brought to draw them.

reportlab draws characters, not glyphs. A glyph that no character stands for (the middle form of ێ, say) is given one of
Unicode's private ones, in the font's own table, so that it is drawn and embedded like any other. What a reader or a
search finds is the text itself: the pen writes it beside the glyphs.
"""

from __future__ import annotations

from typing import Any

import uharfbuzz
from reportlab.pdfbase.ttfonts import TTFont

_PRIVATE = range(0xE000, 0xF900)


class Shaper:
    """The joined forms of one font."""

    def __init__(self, font: TTFont) -> None:
        table: Any = font.face
        self._face = table
        face = uharfbuzz.Face(bytes(table._ttf_data), getattr(table, "subfontIndex", 0) or 0)
        self._font = uharfbuzz.Font(face)
        self._per_thousand = 1000 / face.upem
        self._letters: dict[int, str] = {}
        for code, glyph in self._face.charToGlyph.items():
            if code <= 0xFFFF:
                self._letters.setdefault(glyph, chr(code))
        self._free = iter(code for code in _PRIVATE if code not in self._face.charToGlyph)

    def drawn(self, text: str) -> str:
        """A run that goes from right to left, as the characters to draw from left to right."""
        buffer = uharfbuzz.Buffer()
        buffer.add_str(text)
        buffer.guess_segment_properties()
        buffer.direction = "rtl"
        # Kerning would need distances between letters, which a line of characters does not carry.
        uharfbuzz.shape(self._font, buffer, {"kern": False})
        return "".join(self._letter(info.codepoint) for info in buffer.glyph_infos or ())

    def _letter(self, glyph: int) -> str:
        known = self._letters.get(glyph)
        if known is None:
            code = next(self._free)
            self._face.charToGlyph[code] = glyph
            self._face.charWidths[code] = self._font.get_glyph_h_advance(glyph) * self._per_thousand
            known = self._letters[glyph] = chr(code)
        return known

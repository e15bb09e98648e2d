"""The letters a report is set in: Source Sans Pro; FiraGO for Arabic letters; the computer's fonts for the rest.

A character that no font can draw becomes readable words in square brackets ("[thumbs up sign]"); there is never a
black box. A book of fonts belongs to one document, so two reports can be made at the same time.
"""

from __future__ import annotations

import copy
import io
import os
import re
import unicodedata
from collections.abc import Iterable, Iterator
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

import font_source_sans_pro
import pymupdf_fonts
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError, TTFont

from reports.kit import bidi
from reports.kit.clean import harmless
from reports.kit.shaping import Shaper


class Face(StrEnum):
    """A cut of the typeface."""

    REGULAR = "Regular"
    SEMIBOLD = "Semibold"
    BOLD = "Bold"
    ITALIC = "It"


# Where systems keep fonts that hold symbols and other scripts; what is absent is passed over.
_PLACES = (
    Path(os.environ.get("WINDIR", "C:/Windows")) / "Fonts",
    Path("/usr/share/fonts/truetype"),
    Path("/System/Library/Fonts/Supplemental"),
    Path("/Library/Fonts"),
)
_OTHERS = (
    "dejavu/DejaVuSans.ttf",
    "segoeui.ttf",
    "seguisym.ttf",
    "arial.ttf",
    "Nirmala.ttf",
    "noto/NotoSansArabic-Regular.ttf",
    "noto/NotoSansSymbols2-Regular.ttf",
    "Arial Unicode.ttf",
    "droid/DroidSansFallbackFull.ttf",
    "msyh.ttc",
)
_OTHERS_BOLD = (
    "dejavu/DejaVuSans-Bold.ttf",
    "segoeuib.ttf",
    "arialbd.ttf",
    "NirmalaB.ttf",
    "noto/NotoSansArabic-Bold.ttf",
)

# Nothing to see in these: joiners, marks of direction, variation selectors, skin tones, tags.
_UNSEEN = re.compile(
    "[\u00ad\u200b-\u200f\u061c\u2060-\u2064\ufeff\ufe00-\ufe0f\U0001f3fb-\U0001f3ff\U000e0000-\U000e01ef]"
)
_UNSEEN_BUT_JOINERS = re.compile(
    "[\u00ad\u200b\u200e\u200f\u061c\u2060-\u2064\ufeff\ufe00-\ufe0f\U0001f3fb-\U0001f3ff\U000e0000-\U000e01ef]"
)
_LAST_WRITABLE = 0xFFFF
# reportlab writes a wrong map back to text for what lies above, and a reader may refuse the whole font for it.
_MOST_KEPT = 50_000

_JOINED = {False: "figo", True: "figbo"}
"""FiraGO's two cuts, as its package calls them. It holds every letter of Arabic, Urdu, Persian and Sorani."""

Runs = tuple[tuple[TTFont, str], ...]
_Value = TypeVar("_Value")


def system_fonts(bold: bool = False) -> list[Path]:
    """Fonts of this computer that may hold what Source Sans Pro lacks, best first."""
    names = (*_OTHERS_BOLD, *_OTHERS) if bold else _OTHERS
    return [place / name for name in names for place in _PLACES if (place / name).is_file()]


def own_font(face: Face) -> Path:
    """Where the typeface's own file for a cut lies."""
    return Path(font_source_sans_pro.font_directory) / f"SourceSansPro-{face.value}.ttf"


def leftwards_font() -> bytes:
    """The font of right-to-left letters, for whoever shows on the screen what will be printed."""
    return bytes(pymupdf_fonts.fontbuffers[_JOINED[False]]())


def base_font() -> str:
    """The name, known to reportlab, of the font that a new page starts with."""
    name = "SourceSansPro"
    if name not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont(name, str(own_font(Face.REGULAR))))
    return name


class FontBook:
    """The fonts of one document: what a text becomes on paper, and how wide it is.

    `others` are the fonts to fall back on, for every face; left out, they are FiraGO and this computer's.
    """

    def __init__(self, others: Iterable[Path] | None = None) -> None:
        self._others = None if others is None else list(others)
        self._own = {face: _fresh(_own(face)) for face in Face}
        self._letters = {face: _drawable(face) for face in Face}
        self._found: dict[Face, dict[str, TTFont | None]] = {face: {} for face in Face}
        self._files: dict[Path, TTFont | None] = {}
        self._joined: dict[bool, TTFont] = {}
        self._shapers: dict[str, Shaper] = {}
        self._shown: dict[tuple[str, Face], str] = {}
        self._runs: dict[tuple[str, Face], tuple[Runs, float]] = {}
        self._widths: dict[TTFont, _Widths] = {}

    def shown(self, text: str, face: Face = Face.REGULAR) -> str:
        """The text as it can be drawn: harmless, and with words for what no font holds."""
        known = self._shown.get((text, face))
        if known is None:
            known = self._make_shown(text, face)
            _keep(self._shown, (text, face), known)
        return known

    def width(self, text: str, face: Face, size: float) -> float:
        """How wide a line of shown text is, in points."""
        return self.runs(text, face)[1] * size / 1000

    def runs(self, text: str, face: Face) -> tuple[Runs, float]:
        """A line of shown text in drawing order, cut where the font changes, and its width per 1,000 of size."""
        known = self._runs.get((text, face))
        if known is None:
            known = self._make_runs(text, face)
            _keep(self._runs, (text, face), known)
        return known

    def _make_shown(self, text: str, face: Face) -> str:
        text = unicodedata.normalize("NFC", harmless(text).replace("\t", " "))
        if self._letters[face].issuperset(text):
            return _UNSEEN.sub("", text)
        text = (_UNSEEN_BUT_JOINERS if bidi.has_right_to_left(text) else _UNSEEN).sub("", text)
        shown: list[str] = []
        missing: list[str] = []
        for letter in text:
            if letter in "\n\u200c\u200d" or self._font(letter, face) is not None:
                shown.extend((_instead(missing), letter))
                missing.clear()
            else:
                missing.append(letter)
        return "".join((*shown, _instead(missing)))

    def _make_runs(self, text: str, face: Face) -> tuple[Runs, float]:
        own = self._own[face]
        if self._letters[face].issuperset(text) and not text.startswith("\u200f"):
            return ((own, text),), self._width(own, text)
        runs: list[tuple[TTFont, str]] = []
        for part, leftwards in bidi.ordered(text):
            logical = self._parted(part, face)
            for font, piece in reversed(logical) if leftwards else logical:
                drawn = self._shaper(font).drawn(piece) if leftwards else piece
                if runs and runs[-1][0] is font:
                    runs[-1] = (font, runs[-1][1] + drawn)
                else:
                    runs.append((font, drawn))
        return tuple(runs), sum(self._width(font, part) for font, part in runs)

    def _width(self, font: TTFont, text: str) -> float:
        widths = self._widths.get(font)
        if widths is None:
            widths = self._widths[font] = _Widths(font)
        return sum(map(widths.__getitem__, text))

    def _parted(self, text: str, face: Face) -> list[tuple[TTFont, str]]:
        """The text in its own order, cut where the font changes. Spaces, signs and marks stay with what they follow."""
        own = self._own[face]
        runs: list[tuple[TTFont, str]] = []
        for letter in text:
            kept = runs and not letter.isalnum() and (letter in "\u200c\u200d" or _holds(runs[-1][0], letter))
            font = runs[-1][0] if kept else self._font(letter, face) or own
            if runs and runs[-1][0] is font:
                runs[-1] = (font, runs[-1][1] + letter)
            else:
                runs.append((font, letter))
        return runs

    def _shaper(self, font: TTFont) -> Shaper:
        name = str(font.fontName)
        if name not in self._shapers:
            self._shapers[name] = Shaper(font)
        return self._shapers[name]

    def _font(self, letter: str, face: Face) -> TTFont | None:
        found = self._found[face]
        if letter not in found:
            found[letter] = self._look_up(letter, face)
        return found[letter]

    def _look_up(self, letter: str, face: Face) -> TTFont | None:
        if letter in self._letters[face]:
            return self._own[face]
        code = ord(letter)
        if code > _LAST_WRITABLE:
            return None
        return next((font for font in self._chain(face) if code in font.face.charToGlyph), None)

    def _chain(self, face: Face) -> Iterator[TTFont]:
        """The fonts to fall back on, each read only when those before it lack a letter."""
        bold = face in (Face.BOLD, Face.SEMIBOLD)
        if self._others is None:
            yield self._packaged(bold)
        for file in system_fonts(bold) if self._others is None else self._others:
            font = self._load(file)
            if font is not None:
                yield font

    def _packaged(self, bold: bool) -> TTFont:
        """FiraGO, the same on every computer."""
        if bold not in self._joined:
            self._joined[bold] = _fresh(_firago(bold))
        return self._joined[bold]

    def _load(self, file: Path) -> TTFont | None:
        """A font of the computer's, or None where it is of a sort that cannot be put into a document."""
        if file not in self._files:
            try:
                self._files[file] = TTFont(f"Other{len(self._files)}-{file.stem}", str(file))
            except (TTFError, OSError, ValueError):
                self._files[file] = None
        return self._files[file]


@cache
def _own(face: Face) -> TTFont:
    return TTFont(f"SourceSansPro-{face.value}", str(own_font(face)))


@cache
def _drawable(face: Face) -> frozenset[str]:
    return frozenset(map(chr, _own(face).face.charToGlyph)) | {"\n"}


@cache
def _firago(bold: bool) -> TTFont:
    data = pymupdf_fonts.fontbuffers[_JOINED[bold]]()
    return TTFont(f"FiraGO-{'Bold' if bold else 'Regular'}", io.BytesIO(data))


def _fresh(read: TTFont) -> TTFont:
    """A font for one document, from one that was read before: reading takes longer than writing a page."""
    font, face = copy.copy(read), copy.copy(read.face)
    table: Any = face
    table.charToGlyph, table.charWidths = dict(table.charToGlyph), dict(table.charWidths)
    font.face, font.state = face, WeakKeyDictionary()
    return font


def _keep(store: dict[tuple[str, Face], _Value], key: tuple[str, Face], value: _Value) -> None:
    if len(store) >= _MOST_KEPT:
        store.clear()
    store[key] = value


class _Widths(dict[str, float]):
    """How wide each letter of a font is, looked up once."""

    def __init__(self, font: TTFont) -> None:
        super().__init__()
        self._font = font

    def __missing__(self, letter: str) -> float:
        face = self._font.face
        wide = self[letter] = float(face.charWidths.get(ord(letter), face.defaultWidth))
        return wide


def _holds(font: TTFont, letter: str) -> bool:
    return ord(letter) in font.face.charToGlyph


def _instead(missing: list[str]) -> str:
    """Words for characters that no font can draw: their names, or how many where they are a strange script."""
    if not missing:
        return ""
    if len(missing) > 1 and all(unicodedata.category(letter)[0] in "LM" for letter in missing):
        return f"[{len(missing):,} letters that no font here can show]"
    names = [unicodedata.name(letter, f"character U+{ord(letter):04X}") for letter in missing]
    return "".join(f"[{name if name.startswith('character') else name.lower()}]" for name in names)

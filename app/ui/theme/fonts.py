"""Type: the system's font at four sizes, all scaled by the person's setting. Weight carries hierarchy."""

from __future__ import annotations

from enum import StrEnum
from functools import cache

from PySide6.QtGui import QFont, QFontDatabase

_GENERIC = frozenset({"sans serif", "sans", "sans-serif", "serif", "monospace", ""})
_BY_CHOICE = ("Segoe UI", "Noto Sans", "Cantarell", "Ubuntu", "Liberation Sans", "DejaVu Sans")


class Type(StrEnum):
    """The type scale. A label carries its step in the property `type`, which the style sheet sizes."""

    CAPTION = "caption"
    BODY = "body"
    SECTION = "section"
    TITLE = "title"


POINTS: dict[Type, float] = {Type.CAPTION: 11.0, Type.BODY: 13.0, Type.SECTION: 15.0, Type.TITLE: 20.0}
"""Points at 100 %."""

WEIGHT: dict[Type, QFont.Weight] = {
    Type.CAPTION: QFont.Weight.Normal,
    Type.BODY: QFont.Weight.Normal,
    Type.SECTION: QFont.Weight.DemiBold,
    Type.TITLE: QFont.Weight.DemiBold,
}


@cache
def family() -> str:
    """The system's own family; where the system names only a generic one, the first sensible one it has."""
    own = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).family()
    if own.casefold() not in _GENERIC:
        return own
    there = set(QFontDatabase.families())
    return next((name for name in _BY_CHOICE if name in there), own)


def font(step: Type, scale: float, *, bold: bool = False, tabular: bool = False) -> QFont:
    """A font of one step at a scale; `tabular` makes figures line up in a column."""
    made = QFont(family())
    made.setPointSizeF(POINTS[step] * scale)
    made.setWeight(QFont.Weight.DemiBold if bold else WEIGHT[step])
    if tabular:
        made.setFeature(QFont.Tag("tnum"), 1)
    return made

"""Widgets under or beside one another on the 8 px grid, in one line.

page(PageHeader("Codes"), row(search, STRETCH, primary("&Issue code", issue)), table)
column(section("Guardians"), guardians, gap=WITHIN)
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from app.ui.parts.flow import Flow, Tiles
from app.ui.theme.current import theme
from app.ui.theme.spacing import BETWEEN, PAGE, WITHIN


class _Stretch:
    """Room that grows."""


STRETCH: Final = _Stretch()
"""Put between widgets to push what follows to the far end."""

Piece = QWidget | QLayout | _Stretch | None


def column(*pieces: Piece, gap: int = WITHIN, margin: int = 0) -> QWidget:
    """Pieces one under the other. None is left out."""
    return _holder(QVBoxLayout(), pieces, gap, margin)


def row(*pieces: Piece, gap: int = WITHIN, margin: int = 0) -> QWidget:
    """Pieces side by side, centred on one line. None is left out."""
    return _holder(QHBoxLayout(), pieces, gap, margin)


def wrapping(*pieces: QWidget, gap: int = WITHIN) -> QWidget:
    """Pieces side by side that go on in a new line where the room ends: chips, buttons."""
    held = QWidget()
    held.setLayout(Flow(gap=theme().px(gap), centre=True))
    return _filled(held, pieces)


def tiles(*pieces: QWidget, gap: int = BETWEEN, least: int = 220) -> QWidget:
    """Cards or figures in columns of one width, as many as fit at `least` pixels (at 100 %), equally tall."""
    held = QWidget()
    held.setLayout(Tiles(gap=theme().px(gap), least=theme().px(least)))
    return _filled(held, pieces)


def page(*pieces: Piece, gap: int = BETWEEN, margin: int = PAGE) -> QWidget:
    """A screen's outermost column: 24 px round, 16 between."""
    held = _holder(QVBoxLayout(), pieces, gap, margin)
    held.setProperty("ground", "page")
    held.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    return held


def scrolling(
    *pieces: Piece, gap: int = BETWEEN, margin: int = PAGE, ground: str = "page", name: str = ""
) -> QScrollArea:
    """A column that scrolls downwards when it is taller than its place.

    Give it a `name` where nothing in it takes the focus: the keyboard can then scroll it.
    """
    inner = _holder(QVBoxLayout(), (*pieces, STRETCH), gap, margin)
    inner.setProperty("ground", ground)
    inner.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.StyledPanel if name else QFrame.Shape.NoFrame)
    area.setProperty("ring", "true" if name else "false")
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
    area.setFocusPolicy(Qt.FocusPolicy.StrongFocus if name else Qt.FocusPolicy.NoFocus)
    area.setAccessibleName(name)
    area.setWidget(inner)
    return area


def roomy(inner: QWidget) -> QScrollArea:
    """A page that fills its place, and scrolls only where the place is smaller than the page can be at the least."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(inner)
    return area


def rule() -> QFrame:
    """A hairline across."""
    line = QFrame()
    line.setProperty("part", "rule")
    return line


def fill(layout: QBoxLayout, pieces: tuple[Piece, ...], gap: int, margin: int) -> None:
    """Put pieces into a layout of your own, spaced on the grid at the person's text size."""
    px = theme().px
    layout.setSpacing(px(gap))
    layout.setContentsMargins(px(margin), px(margin), px(margin), px(margin))
    for piece in pieces:
        if isinstance(piece, QWidget):
            layout.addWidget(piece)
        elif isinstance(piece, QLayout):
            layout.addLayout(piece)
        elif isinstance(piece, _Stretch):
            layout.addStretch(1)


def clear(layout: QLayout) -> None:
    """Take everything out of a layout and let it go."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.setParent(None)
            widget.deleteLater()
        elif (inner := item.layout()) is not None:
            clear(inner)


def _filled(held: QWidget, pieces: tuple[QWidget, ...]) -> QWidget:
    layout = held.layout()
    assert layout is not None
    for piece in pieces:
        layout.addWidget(piece)
    policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
    policy.setHeightForWidth(True)
    held.setSizePolicy(policy)
    return held


def _holder(layout: QBoxLayout, pieces: tuple[Piece, ...], gap: int, margin: int) -> QWidget:
    held = QWidget()
    held.setLayout(layout)
    fill(layout, pieces, gap, margin)
    return held

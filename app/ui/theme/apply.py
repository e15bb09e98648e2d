"""Dress the application: Fusion, a palette and a style sheet made from the tokens, the system's font.

apply_theme(app, "system", 1.0)              # follows the desktop's light or dark as it changes
apply_theme(app, "dark", 1.5, compact=True)  # at any time; every open window changes at once
"""

from __future__ import annotations

import re
from functools import cache
from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory

from app.resources import resources
from app.ui.theme.current import Theme, theme
from app.ui.theme.fonts import POINTS, Type, family
from app.ui.theme.spacing import FOCUS, RADIUS
from app.ui.theme.tokens import DARK, LIGHT, Tokens

Scheme = Literal["light", "dark", "system"]

_HINT = {
    "light": Qt.ColorScheme.Light,
    "dark": Qt.ColorScheme.Dark,
    "system": Qt.ColorScheme.Unknown,
}
_MARK = re.compile(r"@([a-z0-9.-]+)@")


def apply_theme(app: QApplication, scheme: Scheme, scale: float = 1.0, *, compact: bool = False) -> Theme:
    """Put the look in force; `scale` is the text size (1.0 is 100 %), kept between 0.75 and 2.5.

    "system" follows the desktop's own scheme from now on, until another scheme is applied.
    """
    look = theme()
    scale = min(2.5, max(0.75, scale))
    hints = app.styleHints()
    _stop_following(app)
    hints.setColorScheme(_HINT[scheme])
    if scheme == "system":
        follower = _Follower(app, scale, compact)
        _following[app] = follower
        hints.colorSchemeChanged.connect(follower.follow)
    dark = scheme == "dark" or (scheme == "system" and hints.colorScheme() is Qt.ColorScheme.Dark)
    _dress(app, look, DARK if dark else LIGHT, scale, compact)
    return look


class _Follower:
    """Changes the look when the desktop changes its scheme."""

    def __init__(self, app: QApplication, scale: float, compact: bool) -> None:
        self._app, self._scale, self._compact = app, scale, compact

    def follow(self, scheme: Qt.ColorScheme) -> None:
        tokens = DARK if scheme is Qt.ColorScheme.Dark else LIGHT
        _dress(self._app, theme(), tokens, self._scale, self._compact)


_following: dict[QApplication, _Follower] = {}


def _stop_following(app: QApplication) -> None:
    follower = _following.pop(app, None)
    if follower is not None:
        app.styleHints().colorSchemeChanged.disconnect(follower.follow)


def _dress(app: QApplication, look: Theme, tokens: Tokens, scale: float, compact: bool) -> None:
    if not look.become(tokens, scale, compact) and app.styleSheet():
        return
    if not app.styleSheet():
        app.setStyle(QStyleFactory.create("Fusion"))
    app.setFont(look.font())
    app.setPalette(palette_of(tokens))
    app.setStyleSheet(style_sheet(tokens, scale))
    look.settle()


def palette_of(tokens: Tokens) -> QPalette:
    """The palette Fusion paints with, for whatever the style sheet does not name."""
    made = QPalette()
    role, group = QPalette.ColorRole, QPalette.ColorGroup
    for which, token in {
        role.Window: tokens.surface,
        role.WindowText: tokens.text,
        role.Base: tokens.surface_raised,
        role.AlternateBase: tokens.surface,
        role.Text: tokens.text,
        role.PlaceholderText: tokens.text_quiet,
        role.Button: tokens.surface_raised,
        role.ButtonText: tokens.text,
        role.ToolTipBase: tokens.surface_raised,
        role.ToolTipText: tokens.text,
        role.Highlight: tokens.accent,
        role.HighlightedText: tokens.accent_text,
        role.Accent: tokens.accent,
        role.Link: tokens.accent,
        role.LinkVisited: tokens.accent,
        role.BrightText: tokens.stop,
        role.Light: tokens.surface_raised,
        role.Midlight: tokens.line,
        role.Mid: tokens.line,
        role.Dark: tokens.line_strong,
        role.Shadow: tokens.line,
    }.items():
        made.setColor(which, token)
    for which in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(group.Disabled, which, tokens.text_quiet)
    return made


@cache
def _sheets() -> str:
    folder = resources() / "qss"
    return "\n".join(sheet.read_text(encoding="utf-8") for sheet in sorted(folder.glob("*.qss")))


def style_sheet(tokens: Tokens, scale: float) -> str:
    """`resources/qss/*.qss` with `@token@`, `@pt-body@` and `@8@` (pixels at 100 %) filled in.

    Raises KeyError for a mark that means nothing.
    """
    values = tokens.items() | {f"pt-{step}": f"{POINTS[step] * scale:.2f}pt" for step in Type}
    values |= {"family": family(), "focus": str(FOCUS), "radius": str(round(RADIUS * scale))}
    values["marks"] = (resources() / "qss" / ("light" if tokens is LIGHT else "dark")).as_posix()

    def fill(mark: re.Match[str]) -> str:
        name = mark[1]
        if name[0].isdigit():
            return f"{round(float(name) * scale)}px"
        return values[name]

    return _MARK.sub(fill, _sheets())

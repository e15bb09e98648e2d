"""Buttons. One primary a screen, at the lower right of what it concerns; a danger button is never the primary one.

primary("&Issue code", self.issue)            # verb first, with a mnemonic
secondary("&Print letter", self.print, icon="print")
danger("&Suspend account...", self.suspend)   # asks first, see confirm.py
icon_button("close", "Close help", self.hide) # an icon alone must be given its name
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton, QSizePolicy, QToolButton

from app.ui.parts.text import plain_tip, without_mnemonic
from app.ui.theme.current import theme
from app.ui.theme.icons import icon as themed
from app.ui.theme.spacing import FOCUS, ICON, RADIUS

_TOKEN = {"primary": "accent-text", "danger": "stop", "plain": "accent", "secondary": "text"}


def primary(words: str, do: Callable[[], object] | None = None, *, icon: str | None = None) -> QPushButton:
    """The one thing this screen is for."""
    return _button("primary", words, do, icon)


def secondary(words: str, do: Callable[[], object] | None = None, *, icon: str | None = None) -> QPushButton:
    """Anything else that can be done here."""
    return _button("secondary", words, do, icon)


def danger(words: str, do: Callable[[], object] | None = None, *, icon: str | None = None) -> QPushButton:
    """Takes something away; says the consequence before it does."""
    return _button("danger", words, do, icon)


def plain(words: str, do: Callable[[], object] | None = None, *, icon: str | None = None) -> QPushButton:
    """A quiet button that reads like a link."""
    made = _button("plain", words, do, icon)
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    return made


def icon_button(
    icon: str, name: str, do: Callable[[], object] | None = None, *, keys: str = "", token: str = "text-quiet"
) -> QToolButton:
    """An icon alone. `name` is what a screen reader says and the tooltip shows; `keys` is shown beside it."""
    made = QToolButton()
    made.setIcon(themed(icon, token))
    side = theme().px(ICON)
    made.setIconSize(QSize(side, side))
    made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    made.setAccessibleName(without_mnemonic(name))
    made.setToolTip(plain_tip(f"{without_mnemonic(name)}  ({keys})" if keys else without_mnemonic(name)))
    if do is not None:
        made.clicked.connect(lambda _checked=False: do())
    return made


class Button(QPushButton):
    """Pressed by Enter as well as by the space bar, wherever it stands."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            self.click()
        else:
            super().keyPressEvent(event)


class _Primary(Button):
    """Its ground is the accent, so the focus ring is parted from it by a line of the words' colour."""

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self.hasFocus():
            return
        look = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(look.colour("accent-text"), 1.5))
        inset = FOCUS + 0.75
        round_ = look.px(RADIUS) - FOCUS
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), round_, round_)
        painter.end()


def _button(kind: str, words: str, do: Callable[[], object] | None, icon: str | None) -> QPushButton:
    made = _Primary(words) if kind == "primary" else Button(words)
    made.setProperty("kind", kind)
    made.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    made.setAutoDefault(False)
    if icon is not None:
        side = theme().px(ICON)
        made.setIcon(themed(icon, _TOKEN[kind]))
        made.setIconSize(QSize(side + theme().px(4), side))
    if do is not None:
        made.clicked.connect(lambda _checked=False: do())
    return made

"""The look in force: tokens, scale and row height, and word to whoever paints when they change."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor, QFont

from app.ui.theme import fonts, spacing
from app.ui.theme.fonts import Type
from app.ui.theme.tokens import LIGHT, Tokens


class Theme(QObject):
    """What a widget asks when it paints: `theme().colour("accent")`, `theme().px(8)`, `theme().font(Type.CAPTION)`."""

    changed = Signal()
    """Tokens, scale or row height are different now: repaint, and measure again."""

    def __init__(self) -> None:
        super().__init__()
        self._tokens = LIGHT
        self._scale = 1.0
        self._compact = False
        self._colours: dict[str, QColor] = {}
        self._fonts: dict[tuple[Type, bool, bool], QFont] = {}

    @property
    def tokens(self) -> Tokens:
        """The scheme's colours."""
        return self._tokens

    @property
    def is_dark(self) -> bool:
        """The dark scheme is in force."""
        return self._tokens is not LIGHT

    @property
    def scale(self) -> float:
        """The person's text size, 1.0 for 100 %."""
        return self._scale

    @property
    def compact(self) -> bool:
        """Rows are 26 px high rather than 32."""
        return self._compact

    def colour(self, token: str) -> QColor:
        """A token's colour ("surface-raised"). Do not change the object you get."""
        found = self._colours.get(token)
        if found is None:
            found = self._colours[token] = QColor(getattr(self._tokens, token.replace("-", "_")))
        return found

    def font(self, step: Type = Type.BODY, *, bold: bool = False, tabular: bool = False) -> QFont:
        """A font of the type scale at the person's size. Copy it before changing it."""
        key = (step, bold, tabular)
        found = self._fonts.get(key)
        if found is None:
            found = self._fonts[key] = fonts.font(step, self._scale, bold=bold, tabular=tabular)
        return found

    def px(self, at_100: float) -> int:
        """A length at 100 % as pixels at the person's size."""
        return round(at_100 * self._scale)

    @property
    def row_height(self) -> int:
        """Height of a table's row in pixels."""
        return self.px(spacing.ROW_COMPACT if self._compact else spacing.ROW)

    def become(self, tokens: Tokens, scale: float, compact: bool) -> bool:
        """Take on a look. True when it differs from the one before; `settle` then tells the widgets."""
        if (tokens, scale, compact) == (self._tokens, self._scale, self._compact):
            return False
        self._tokens, self._scale, self._compact = tokens, scale, compact
        self._colours.clear()
        self._fonts.clear()
        return True

    def settle(self) -> None:
        """Tell every widget that paints by itself."""
        self.changed.emit()


@cache
def theme() -> Theme:
    """The one look of this program. Light at 100 % until `apply_theme` says otherwise."""
    return Theme()

"""A chip: an icon and a word in a tone. Never colour alone, and never the reason a child is looked after.

Chip("no-photograph", "No photographs", Tone.STOP)
header.set_chips([Chip("undecided", "Undecided", Tone.WARN), Chip("linked", "Linked", Tone.GOOD)])
Column("State", text=lambda r: r.state, chip=lambda r: CHIPS[r.state])
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui.theme.current import theme
from app.ui.theme.fonts import Type
from app.ui.theme.icons import paint_icon
from app.ui.theme.spacing import ICON_SMALL


class Tone(StrEnum):
    """How a state stands: settled, wanting care, barred, for information, or of no account."""

    GOOD = "good"
    WARN = "warn"
    STOP = "stop"
    INFO = "info"
    QUIET = "quiet"

    @property
    def ink(self) -> str:
        """The token of its words and icon."""
        return "text-quiet" if self is Tone.QUIET else self.value

    @property
    def ground(self) -> str:
        """The token behind them."""
        return f"{self.value}-soft"


@dataclass(frozen=True, slots=True)
class Chip:
    """What a chip shows: an icon by its meaning, a word or a few, a tone."""

    icon: str
    word: str
    tone: Tone = Tone.QUIET


_HEIGHT, _SIDE, _GAP = 22, 7, 4


def chip_size(chip: Chip) -> QSize:
    """The room a chip wants at the person's text size."""
    look = theme()
    words = QFontMetrics(look.font(Type.CAPTION)).horizontalAdvance(chip.word)
    wide = look.px(_SIDE) * 2 + look.px(ICON_SMALL) + look.px(_GAP) + words + 1
    return QSize(wide, chip_height())


def chip_height() -> int:
    """The height of every chip at the person's text size."""
    look = theme()
    return max(look.px(_HEIGHT), QFontMetrics(look.font(Type.CAPTION)).height() + look.px(4))


def paint_chip(painter: QPainter, chip: Chip, box: QRectF) -> None:
    """Paint a chip at the left of a box, centred in its height, shortened with an ellipsis where the box is narrow."""
    look = theme()
    wanted = chip_size(chip)
    wide = min(float(wanted.width()), box.width())
    body = QRectF(box.x(), box.center().y() - wanted.height() / 2, wide, wanted.height())
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.colour(chip.tone.ground))
    painter.drawRoundedRect(body, body.height() / 2, body.height() / 2)
    side, edge = look.px(ICON_SMALL), look.px(_SIDE)
    mark = QRectF(body.x() + edge, body.center().y() - side / 2, side, side)
    paint_icon(painter, chip.icon, mark, chip.tone.ink)
    words = body.adjusted(edge + side + look.px(_GAP), 0, -edge + 1, 0)
    painter.setFont(look.font(Type.CAPTION))
    painter.setPen(look.colour(chip.tone.ink))
    shown = painter.fontMetrics().elidedText(chip.word, Qt.TextElideMode.ElideRight, int(words.width()) + 1)
    painter.drawText(words, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), shown)
    painter.restore()


class ChipLabel(QWidget):
    """A chip standing in a layout. Not focusable: it says, it does not do."""

    def __init__(self, chip: Chip) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_chip(chip)
        theme().changed.connect(self._measure)

    @property
    def chip(self) -> Chip:
        """What it shows."""
        return self._chip

    def set_chip(self, chip: Chip) -> None:
        """Show another."""
        self._chip = chip
        self.setAccessibleName(chip.word)
        self._measure()

    def _measure(self) -> None:
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return chip_size(self._chip)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_chip(painter, self._chip, QRectF(self.rect()))
        painter.end()

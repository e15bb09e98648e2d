"""Who may see what: kinds down, audiences across. Each cell is an icon and a word; hover and focus say the reason.

grid = RulingGrid("Permissions", ["Photograph", "Recording"], ["Class page", "School page", "Own family"])
grid.show_rulings({("Photograph", "Class page"): Ruled("not-allowed", "No", Tone.STOP, "Withdrawn on Tue 6 Oct.")})
grid.asked.connect(self.open_decision)      # kind, audience: Enter or a click on a cell
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QFocusEvent, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from app.ui.parts.chip import Chip, Tone
from app.ui.parts.text import Text, plain_tip, quiet
from app.ui.theme.current import theme
from app.ui.theme.icons import paint_icon
from app.ui.theme.spacing import FOCUS, ICON_SMALL, TIGHT, WITHIN


@dataclass(frozen=True, slots=True)
class Ruled:
    """A ruling as a cell shows it, and the sentence that says why."""

    icon: str
    word: str
    tone: Tone
    reason: str

    @property
    def chip(self) -> Chip:
        """The same as a chip."""
        return Chip(self.icon, self.word, self.tone)


UNKNOWN = Ruled("undecided", "Undecided", Tone.WARN, "Nothing is on record. Unknown means no.")


class _Cell(QAbstractButton):
    looked_at = Signal()
    moved = Signal(int, int)

    def __init__(self, kind: str, audience: str) -> None:
        super().__init__()
        self.kind, self.audience = kind, audience
        self.ruled = UNKNOWN
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.become(UNKNOWN)

    def become(self, ruled: Ruled) -> None:
        self.ruled = ruled
        self.setAccessibleName(f"{self.kind}, {self.audience}: {ruled.word}. {ruled.reason}")
        self.setToolTip(plain_tip(ruled.reason))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        look = theme()
        metrics = QFontMetrics(look.font())
        wide = metrics.horizontalAdvance(self.ruled.word) + look.px(ICON_SMALL + 6 + 20) + 2
        return QSize(wide, max(look.px(34), metrics.height() + look.px(12)))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {
            Qt.Key.Key_Left: (0, -1),
            Qt.Key.Key_Right: (0, 1),
            Qt.Key.Key_Up: (-1, 0),
            Qt.Key.Key_Down: (1, 0),
        }
        step = steps.get(Qt.Key(event.key()))
        if step is not None:
            self.moved.emit(*step)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.looked_at.emit()

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.looked_at.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ring = FOCUS if self.hasFocus() else 0
        painter.setPen(QPen(look.colour("accent"), FOCUS) if ring else Qt.PenStyle.NoPen)
        painter.setBrush(look.colour(self.ruled.tone.ground))
        half = ring / 2
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(half, half, -half, -half), look.px(4), look.px(4))
        side = look.px(ICON_SMALL)
        mark = QRectF(look.px(10), (self.height() - side) / 2, side, side)
        paint_icon(painter, self.ruled.icon, mark, self.ruled.tone.ink)
        painter.setFont(look.font())
        painter.setPen(look.colour(self.ruled.tone.ink))
        words = QRectF(self.rect()).adjusted(look.px(16) + side, 0, 0, 0)
        painter.drawText(words, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), self.ruled.word)
        painter.end()


class RulingGrid(QWidget):
    """Kinds by audiences. One line below the grid says the reason of the cell looked at."""

    asked = Signal(str, str)
    """Kind and audience of a cell that was pressed."""

    def __init__(self, name: str, kinds: Sequence[str], audiences: Sequence[str]) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._kinds, self._audiences = tuple(kinds), tuple(audiences)
        px = theme().px
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(px(TIGHT))
        for across, audience in enumerate(self._audiences, start=1):
            head = Text(audience, "caption")
            grid.addWidget(head, 0, across)
            grid.setColumnStretch(across, 1)
        self._cells: dict[tuple[str, str], _Cell] = {}
        for down, kind in enumerate(self._kinds, start=1):
            head = Text(kind, "body", wrap=False)
            head.setContentsMargins(0, 0, px(12), 0)
            grid.addWidget(head, down, 0)
            for across, audience in enumerate(self._audiences, start=1):
                cell = _Cell(kind, audience)
                cell.clicked.connect(partial(self.asked.emit, kind, audience))
                cell.looked_at.connect(partial(self._explain, kind, audience))
                cell.moved.connect(partial(self._move, down - 1, across - 1))
                self._cells[kind, audience] = cell
                grid.addWidget(cell, down, across)
        self._why = quiet(" ")
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(px(WITHIN))
        whole.addLayout(grid)
        whole.addWidget(self._why)

    def show_rulings(self, rulings: Mapping[tuple[str, str], Ruled]) -> None:
        """Fill the cells; one that is not given is shown as undecided, which counts as no."""
        for place, cell in self._cells.items():
            cell.become(rulings.get(place, UNKNOWN))
        self._why.setText("Point at a ruling, or move to it, to see why.")

    def _explain(self, kind: str, audience: str) -> None:
        cell = self._cells[kind, audience]
        self._why.setText(f"{kind}, {audience.lower()}: {cell.ruled.word.lower()}. {cell.ruled.reason}")

    def _move(self, down: int, across: int, by_down: int, by_across: int) -> None:
        to_down, to_across = down + by_down, across + by_across
        if 0 <= to_down < len(self._kinds) and 0 <= to_across < len(self._audiences):
            target = self._cells[self._kinds[to_down], self._audiences[to_across]]
            target.setFocus(Qt.FocusReason.TabFocusReason)

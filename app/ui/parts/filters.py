"""Filters above a list: a search field and chips that are on or off, each with how many it holds.

bar = FilterBar("Search pupils", [Filter("undecided", "Undecided", 12), Filter("care", "Class 3", group="class")])
bar.changed.connect(self.refill)        # bar.text, bar.on -> frozenset of keys
bar.set_count("undecided", 11)
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from app.ui.parts.flow import Flow
from app.ui.parts.searchfield import SearchField
from app.ui.theme.current import theme
from app.ui.theme.fonts import Type
from app.ui.theme.icons import paint_icon
from app.ui.theme.spacing import FOCUS, ICON_SMALL, WITHIN


@dataclass(frozen=True, slots=True)
class Filter:
    """One filter. Of a `group` at most one is on at a time; `count` None shows no figure."""

    key: str
    word: str
    count: int | None = None
    group: str = ""
    on: bool = False


class FilterChip(QAbstractButton):
    """A filter that is on (ticked) or off."""

    def __init__(self, filter_: Filter) -> None:
        super().__init__()
        self.key, self.alone_in = filter_.key, filter_.group
        self._count = filter_.count
        self.setText(filter_.word)
        self.setCheckable(True)
        self.setChecked(filter_.on)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        theme().changed.connect(self.updateGeometry)
        self.set_count(filter_.count)

    def set_count(self, count: int | None) -> None:
        """How many rows it would show."""
        self._count = count
        self.setAccessibleName(self.text() if count is None else f"{self.text()}, {count}")
        self.updateGeometry()
        self.update()

    def _words(self) -> str:
        return self.text() if self._count is None else f"{self.text()}  {self._count:,}"

    def sizeHint(self) -> QSize:
        look = theme()
        metrics = QFontMetrics(look.font(Type.CAPTION))
        return QSize(
            metrics.horizontalAdvance(self._words()) + look.px(ICON_SMALL) + look.px(4 + 12 * 2) + 2,
            max(look.px(28), metrics.height() + look.px(8)),
        )

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme()
        on = self.isChecked()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width = FOCUS if self.hasFocus() else 1
        edge = "accent" if on or self.hasFocus() else "line-strong"
        painter.setPen(QPen(look.colour(edge), width))
        ground = "accent-soft" if on else ("hover" if self.underMouse() else "surface-raised")
        painter.setBrush(look.colour(ground))
        body = QRectF(self.rect()).adjusted(width / 2, width / 2, -width / 2, -width / 2)
        painter.drawRoundedRect(body, body.height() / 2, body.height() / 2)
        side = look.px(ICON_SMALL)
        mark = QRectF(look.px(10), (self.height() - side) / 2, side, side)
        ink = "accent" if on else "text-quiet"
        paint_icon(painter, "on" if on else "off", mark, ink)
        painter.setFont(look.font(Type.CAPTION))
        painter.setPen(look.colour("text"))
        words = QRectF(self.rect()).adjusted(look.px(10) + side + look.px(4), 0, 0, 0)
        painter.drawText(words, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), self._words())
        painter.end()


class FilterBar(QWidget):
    """A search field and filter chips. Says `changed` a moment after the last keystroke, at once for a chip."""

    changed = Signal()

    def __init__(self, search: str = "", filters: Iterable[Filter] = (), *, pause_ms: int = 120) -> None:
        """`search` names the field ("Search pupils"); empty leaves the field out."""
        super().__init__()
        px = theme().px
        self._flow = Flow(self, gap=px(WITHIN))
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(pause_ms)
        self._pause.timeout.connect(self.changed)
        self.field: SearchField | None = None
        if search:
            self.field = SearchField(search)
            self.field.setMinimumWidth(px(220))
            self.field.textChanged.connect(self._typed)
            self._flow.addWidget(self.field)
        self._chips: dict[str, FilterChip] = {}
        self.set_filters(filters)

    def set_filters(self, filters: Iterable[Filter]) -> None:
        """Offer these instead; a filter that was on stays on where it is offered again."""
        was_on = self.on
        for chip in self._chips.values():
            self._flow.removeWidget(chip)
            chip.deleteLater()
        self._chips = {}
        for one in filters:
            chip = FilterChip(one)
            if one.key in was_on:
                chip.setChecked(True)
            chip.clicked.connect(self._chip_clicked)
            self._chips[one.key] = chip
            self._flow.addWidget(chip)

    @property
    def text(self) -> str:
        """What was typed, without the spaces round it."""
        return self.field.text().strip() if self.field is not None else ""

    @property
    def on(self) -> frozenset[str]:
        """The keys of the filters that are on."""
        return frozenset(key for key, chip in self._chips.items() if chip.isChecked())

    def turn(self, key: str, on: bool = True) -> None:
        """Set one filter."""
        chip = self._chips[key]
        if chip.isChecked() != on:
            chip.setChecked(on)
            self._alone(chip)
            self.changed.emit()

    def set_count(self, key: str, count: int | None) -> None:
        """How many rows a filter would show."""
        self._chips[key].set_count(count)

    def clear(self) -> None:
        """Turn everything off and empty the field."""
        for chip in self._chips.values():
            chip.setChecked(False)
        if self.field is not None:
            self.field.clear()
        self.changed.emit()

    def focus_search(self) -> bool:
        """Go to the field, or to the first chip where there is none (Ctrl+F and / come here)."""
        target: QWidget | None = self.field or next(iter(self._chips.values()), None)
        if target is None:
            return False
        target.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if self.field is not None:
            self.field.selectAll()
        return True

    def _typed(self, _words: str) -> None:
        self._pause.start()

    def _chip_clicked(self) -> None:
        chip = self.sender()
        if isinstance(chip, FilterChip):
            self._alone(chip)
        self.changed.emit()

    def _alone(self, chip: FilterChip) -> None:
        if chip.alone_in and chip.isChecked():
            for other in self._chips.values():
                if other is not chip and other.alone_in == chip.alone_in:
                    other.setChecked(False)

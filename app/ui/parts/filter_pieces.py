"""What stands in a filter bar: chips that are on or off, and lists to choose one filter of a group from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QComboBox, QSizePolicy

from app.ui.theme.current import theme
from app.ui.theme.fonts import Type
from app.ui.theme.icons import paint_icon
from app.ui.theme.spacing import FOCUS, ICON_SMALL


@dataclass(frozen=True, slots=True)
class Filter:
    """One filter. Of a `group` at most one is on at a time; `count` None shows no figure."""

    key: str
    word: str
    count: int | None = None
    group: str = ""
    on: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """A list to choose one filter of a group from, with the words for "none of them"."""

    group: str
    name: str
    none: str


class FilterChoice(QComboBox):
    """One filter out of a group, or none. Letters choose by their word, so a screen's own keys wait."""

    def __init__(self, choice: Choice) -> None:
        super().__init__()
        self.group = choice.group
        self.setAccessibleName(choice.name)
        self.setProperty("kind", "filter")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.addItem(choice.none, "")
        self._words: dict[str, str] = {}
        self.currentTextChanged.connect(self.updateGeometry)
        theme().changed.connect(self.updateGeometry)

    @property
    def key(self) -> str:
        """The key of the filter that is on, or nothing."""
        return str(self.currentData())

    def offer(self, filters: Iterable[Filter]) -> None:
        """Offer these instead; the one that is on stays where it is offered again."""
        was = self.key
        self.blockSignals(True)
        while self.count() > 1:
            self.removeItem(1)
        self._words = {}
        for one in filters:
            self._words[one.key] = one.word
            self.addItem(_counted(one.word, one.count), one.key)
            if one.on:
                was = one.key
        self.setCurrentIndex(max(self.findData(was), 0))
        self.blockSignals(False)

    def set_count(self, key: str, count: int | None) -> None:
        """How many rows a filter would show."""
        self.setItemText(self.findData(key), _counted(self._words[key], count))

    def sizeHint(self) -> QSize:
        """As wide as what is chosen, like a chip."""
        words = QFontMetrics(theme().font(Type.CAPTION)).horizontalAdvance(self.currentText())
        return QSize(words + theme().px(12 + 26 + 6), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def showPopup(self) -> None:
        """The list is as wide as its longest entry."""
        self.view().setMinimumWidth(self.view().sizeHintForColumn(0) + theme().px(32))
        super().showPopup()

    def event(self, event: QEvent) -> bool:
        """A letter or figure is for the list itself."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            plain = not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier
            if plain and event.text().isprintable() and event.text():
                event.accept()
                return True
        return super().event(event)


def _counted(word: str, count: int | None) -> str:
    return word if count is None else f"{word}  {count:,}"


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
        return _counted(self.text(), self._count)

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

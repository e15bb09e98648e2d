"""The search box of the top bar: type, arrow down, Enter; Ctrl+Enter opens what is found in a window of its own."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from app.ui.parts.banner import announce
from app.ui.parts.searchfield import SearchField
from app.ui.parts.text import caption
from app.ui.shell.area import Hit, Search
from app.ui.theme.current import theme
from app.ui.theme.fonts import Type
from app.ui.theme.icons import paint_icon

_LEFT = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
_SHOWN = 10


class _Hits(QAbstractListModel):
    def __init__(self) -> None:
        super().__init__()
        self.hits: tuple[Hit, ...] = ()

    def set_hits(self, hits: Sequence[Hit]) -> None:
        self.beginResetModel()
        self.hits = tuple(hits)
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.hits)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role == Qt.ItemDataRole.DisplayRole:
            hit = self.hits[index.row()]
            return f"{hit.title}, {hit.detail}" if hit.detail else hit.title
        return None


class _HitLine(QStyledItemDelegate):
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        look = theme()
        model = index.model()
        assert isinstance(model, _Hits)
        hit = model.hits[index.row()]
        box: QRect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("accent-soft"))
            painter.drawRoundedRect(QRectF(box).adjusted(1, 1, -1, -1), look.px(4), look.px(4))
        side = look.px(18)
        top = box.center().y() - side / 2
        paint_icon(painter, hit.icon, QRectF(box.left() + look.px(10), top, side, side), "text-quiet")
        inner = box.adjusted(look.px(38), 0, -look.px(10), 0)
        painter.setFont(look.font())
        painter.setPen(look.colour("text"))
        title = painter.fontMetrics().elidedText(hit.title, Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(inner, _LEFT, title)
        used = painter.fontMetrics().horizontalAdvance(title) + look.px(10)
        painter.setFont(look.font(Type.CAPTION))
        painter.setPen(look.colour("text-quiet"))
        rest = inner.adjusted(used, 0, 0, 0)
        if rest.width() > look.px(30):
            words = painter.fontMetrics().elidedText(hit.detail, Qt.TextElideMode.ElideRight, rest.width())
            painter.drawText(rest, _LEFT, words)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        look = theme()
        return QSize(look.px(320), max(look.px(36), QFontMetrics(look.font()).height() + look.px(14)))


class SearchBox(SearchField):
    """Searches a moment after the last keystroke. Up and Down choose, Enter opens, Esc leaves."""

    opened = Signal(object, bool)
    """A Hit, and whether it wants a window of its own."""

    def __init__(self, *, pause_ms: int = 80) -> None:
        super().__init__("Search pupils, guardians, posts and cases", "Search  (Ctrl+K)")
        self._search: Search | None = None
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(pause_ms)
        self._pause.timeout.connect(self._look)
        self.textEdited.connect(lambda _words: self._pause.start())
        self._popup: _Popup | None = None

    def set_search(self, search: Search | None) -> None:
        """What is asked for hits: at most the first ten are shown."""
        self._search = search

    def close_hits(self) -> None:
        """Put the list of hits away."""
        if self._popup is not None:
            self._popup.hide()

    @property
    def hits(self) -> tuple[Hit, ...]:
        """What is listed."""
        return self._popup.model.hits if self._popup is not None and self._popup.isVisible() else ()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        popup = self._popup if self._popup is not None and self._popup.isVisible() else None
        key = event.key()
        if key == Qt.Key.Key_Escape:
            self.close_hits()
            self.clear()
            self.clearFocus()
        elif popup is not None and key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            popup.step(1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if popup is None:
                self._pause.stop()
                self._look()
            elif (hit := popup.hit()) is not None:
                self._open(hit, bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier))
        else:
            super().keyPressEvent(event)

    def _look(self) -> None:
        words = self.text().strip()
        if not words or self._search is None:
            self.close_hits()
            return
        hits = tuple(self._search(words))[:_SHOWN]
        if self._popup is None:
            self._popup = _Popup(self)
            self._popup.opened.connect(lambda hit: self._open(hit, False))
        self._popup.show_hits(hits, words)

    def _open(self, hit: Hit, aside: bool) -> None:
        self.close_hits()
        self.clear()
        self.opened.emit(hit, aside)


class _Popup(QFrame):
    """Lies over the window's content, under the box; the focus stays in the box."""

    opened = Signal(object)

    def __init__(self, box: SearchBox) -> None:
        super().__init__(box.window())
        self._box = box
        self.setProperty("part", "popup")
        self.model = _Hits()
        self._list = QListView()
        self._list.setAccessibleName("What was found")
        self._list.setModel(self.model)
        self._list.setItemDelegate(_HitLine(self._list))
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setMouseTracking(True)
        self._list.entered.connect(self._list.setCurrentIndex)
        self._list.clicked.connect(lambda index: self.opened.emit(self.model.hits[index.row()]))
        self._nothing = caption()
        self._nothing.setContentsMargins(8, 6, 8, 6)
        column = QVBoxLayout(self)
        column.setContentsMargins(6, 6, 6, 6)
        column.setSpacing(0)
        column.addWidget(self._list)
        column.addWidget(self._nothing)
        box.window().installEventFilter(self)

    def show_hits(self, hits: tuple[Hit, ...], words: str) -> None:
        self.model.set_hits(hits)
        self._list.setVisible(bool(hits))
        self._nothing.setVisible(not hits)
        self._nothing.setText(f"Nothing found for “{words[:60]}”. Try part of a name, a class or a word from a post.")
        if hits:
            self._list.setCurrentIndex(self.model.index(0))
            self._list.setFixedHeight(self._list.sizeHintForRow(0) * len(hits))
        self._settle()
        self.show()
        self.raise_()
        announce(self._box, f"{len(hits)} found" if hits else "Nothing found")

    def hit(self) -> Hit | None:
        at = self._list.currentIndex().row()
        return self.model.hits[at] if 0 <= at < len(self.model.hits) else None

    def step(self, by: int) -> None:
        count = len(self.model.hits)
        if count:
            at = (self._list.currentIndex().row() + by) % count
            self._list.setCurrentIndex(self.model.index(at))
            hit = self.model.hits[at]
            announce(self._box, f"{hit.title}, {hit.detail}")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._settle()
        elif event.type() == QEvent.Type.MouseButtonPress and self.isVisible():
            self.hide()
        return super().eventFilter(watched, event)

    def _settle(self) -> None:
        window: QWidget = self._box.window()
        below = self._box.mapTo(window, QPoint(0, self._box.height() + 4))
        self.setFixedWidth(max(self._box.width(), theme().px(360)))
        self.adjustSize()
        self.move(below)

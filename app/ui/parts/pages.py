"""A PDF's real pages, one under the other, rendered as they come into sight.

view = PagesView("Preview of the report")
view.show_pdf(path)             # a Path or bytes; raises Unreadable for what is no PDF
view.zoom_in(); view.fit_width()
"""

from __future__ import annotations

from collections import OrderedDict
from functools import partial
from pathlib import Path

import pypdfium2
from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea

from app.domain.problems import Unreadable
from app.ui.theme.current import theme

_GAP = 16
_KEPT = 8
_STEPS = (0.5, 0.67, 0.8, 1.0, 1.25, 1.5, 2.0, 3.0)
_DOTS_PER_POINT = 96 / 72


class PagesView(QAbstractScrollArea):
    """Pages fitted to the width until the person zooms. + and - zoom, 0 fits the width."""

    zoomed = Signal(str)
    """The zoom in words: "Fit width", "125 %"."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._name = name
        self._document: pypdfium2.PdfDocument | None = None
        self._sizes: list[tuple[float, float]] = []
        self._zoom: float | None = None
        self._open: list[pypdfium2.PdfDocument] = []
        self.destroyed.connect(partial(_close, self._open))
        self._images: OrderedDict[tuple[int, int], QImage] = OrderedDict()
        theme().changed.connect(self.viewport().update)

    @property
    def page_count(self) -> int:
        """How many pages there are."""
        return len(self._sizes)

    def show_pdf(self, source: Path | bytes) -> None:
        """Show another document from its first page. Raises `Unreadable` for what cannot be read as PDF."""
        self.clear()
        try:
            data = source.read_bytes() if isinstance(source, Path) else source
            self._document = pypdfium2.PdfDocument(data)
            self._open.append(self._document)
            self._sizes = [self._document.get_page_size(at) for at in range(len(self._document))]
        except (pypdfium2.PdfiumError, OSError) as fault:
            self.clear()
            raise Unreadable("The preview cannot be shown. Save the report and open the file instead.") from fault
        self.setAccessibleDescription(f"{self.page_count} pages")
        self._measure()
        self.verticalScrollBar().setValue(0)

    def clear(self) -> None:
        """Show nothing."""
        _close(self._open)
        self._document, self._sizes = None, []
        self._images.clear()
        self.setAccessibleDescription("No pages")
        self._measure()

    def fit_width(self) -> None:
        """As wide as there is room."""
        self._set_zoom(None)

    def zoom_in(self) -> None:
        """One step larger."""
        self._set_zoom(next((s for s in _STEPS if s > self._factor() + 0.01), _STEPS[-1]))

    def zoom_out(self) -> None:
        """One step smaller."""
        self._set_zoom(next((s for s in reversed(_STEPS) if s < self._factor() - 0.01), _STEPS[0]))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        bar = self.verticalScrollBar()
        if key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom_in()
        elif key == Qt.Key.Key_Minus:
            self.zoom_out()
        elif key == Qt.Key.Key_0:
            self.fit_width()
        elif key in (Qt.Key.Key_PageDown, Qt.Key.Key_Space):
            bar.setValue(bar.value() + bar.pageStep())
        elif key == Qt.Key.Key_PageUp:
            bar.setValue(bar.value() - bar.pageStep())
        elif key == Qt.Key.Key_Home:
            bar.setValue(0)
        elif key == Qt.Key.Key_End:
            bar.setValue(bar.maximum())
        elif key == Qt.Key.Key_Down:
            bar.setValue(bar.value() + theme().px(40))
        elif key == Qt.Key.Key_Up:
            bar.setValue(bar.value() - theme().px(40))
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            (self.zoom_in if event.angleDelta().y() > 0 else self.zoom_out)()
        else:
            super().wheelEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._measure()

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme()
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), look.colour("surface-sunken"))
        shift = QPoint(self.horizontalScrollBar().value(), self.verticalScrollBar().value())
        seen = self.viewport().rect().translated(shift)
        for at, box in enumerate(self._boxes()):
            if not box.intersects(seen):
                continue
            place = box.translated(-shift)
            painter.drawImage(place, self._image(at, box.size()))
            painter.setPen(QPen(look.colour("line"), 1))
            painter.drawRect(place.adjusted(-1, -1, 0, 0))
        painter.end()

    def _set_zoom(self, zoom: float | None) -> None:
        self._zoom = zoom
        self._measure()
        self.zoomed.emit("Fit width" if zoom is None else f"{zoom:.0%}".replace("%", " %"))

    def _factor(self) -> float:
        if self._zoom is not None:
            return self._zoom
        widest = max((wide for wide, _ in self._sizes), default=595.0) * _DOTS_PER_POINT
        return float(max((self.viewport().width() - 2 * _GAP) / widest, 0.1))

    def _boxes(self) -> list[QRect]:
        factor = self._factor() * _DOTS_PER_POINT
        room = self.viewport().width()
        boxes, top = [], _GAP
        for wide, tall in self._sizes:
            size = QSize(round(wide * factor), round(tall * factor))
            left = max((room - size.width()) // 2, _GAP)
            boxes.append(QRect(QPoint(left, top), size))
            top += size.height() + _GAP
        return boxes

    def _measure(self) -> None:
        boxes = self._boxes()
        down, across = self.verticalScrollBar(), self.horizontalScrollBar()
        place = down.value() / down.maximum() if down.maximum() else 0.0
        tall = boxes[-1].bottom() + _GAP if boxes else 0
        wide = max((box.right() + _GAP for box in boxes), default=0)
        view = self.viewport().size()
        down.setPageStep(view.height())
        down.setSingleStep(40)
        down.setRange(0, max(tall - view.height(), 0))
        across.setPageStep(view.width())
        across.setRange(0, 0 if self._zoom is None else max(wide - view.width(), 0))
        down.setValue(round(place * down.maximum()))
        self.viewport().update()

    def _image(self, at: int, size: QSize) -> QImage:
        ratio = self.devicePixelRatioF()
        wide = max(round(size.width() * ratio), 1)
        found = self._images.pop((at, wide), None)
        if found is None:
            found = self._render(at, wide)
            found.setDevicePixelRatio(ratio)
            while len(self._images) >= _KEPT:
                self._images.popitem(last=False)
        self._images[at, wide] = found
        return found

    def _render(self, at: int, wide: int) -> QImage:
        assert self._document is not None
        page = self._document[at]
        bitmap = page.render(scale=wide / self._sizes[at][0], prefer_bgrx=True)
        shape = QImage.Format.Format_RGB32
        image = QImage(bitmap.buffer, bitmap.width, bitmap.height, bitmap.stride, shape).copy()
        bitmap.close()
        page.close()
        return image


def _close(documents: list[pypdfium2.PdfDocument]) -> None:
    """Also when the view is let go of: PDFium would complain of what is left open."""
    while documents:
        documents.pop().close()

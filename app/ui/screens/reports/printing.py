"""Printing a PDF's pages as they are."""

from __future__ import annotations

import pypdfium2
from PySide6.QtCore import QRect
from PySide6.QtGui import QImage, QPainter
from PySide6.QtPrintSupport import QPrinter

DOTS_PER_INCH = 300


def print_pdf(pdf: bytes, printer: QPrinter) -> int:
    """Send every page to the printer at 300 dots an inch; how many there were."""
    document = pypdfium2.PdfDocument(pdf)
    painter = QPainter(printer)
    try:
        for at in range(len(document)):
            if at:
                printer.newPage()
            painter.drawImage(QRect(painter.viewport()), _image(document[at]))
        return len(document)
    finally:
        painter.end()
        document.close()


def _image(page: pypdfium2.PdfPage) -> QImage:
    drawn = page.render(scale=DOTS_PER_INCH / 72, rev_byteorder=True)
    pixels = bytes(drawn.buffer)
    shape = QImage.Format.Format_RGBA8888 if drawn.n_channels == 4 else QImage.Format.Format_RGB888
    return QImage(pixels, drawn.width, drawn.height, drawn.stride, shape).copy()

"""A kept scan in a window of its own: the pages of a PDF, or a picture fitted to the width. It is never written out."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QSize, Qt
from PySide6.QtGui import QPixmap, QResizeEvent
from PySide6.QtWidgets import QDialog, QLabel, QScrollArea, QVBoxLayout, QWidget

from app.domain.problems import Problem
from app.services.evidence import EvidenceShown
from app.ui.parts.arrange import STRETCH, row
from app.ui.parts.banner import Banner
from app.ui.parts.buttons import secondary
from app.ui.parts.pages import PagesView
from app.ui.parts.text import quiet, section
from app.ui.theme.current import theme
from app.ui.theme.spacing import BETWEEN, PAGE, WITHIN

_PDF = "application/pdf"


class FormView(QDialog):
    """Esc closes it. Page Up and Page Down turn the pages; the look is on record already."""

    def __init__(self, parent: QWidget | None, heading: str, shown: EvidenceShown, about: str) -> None:
        super().__init__(parent)
        self.setWindowTitle("Schoolgate")
        self.setAccessibleName(heading)
        self.setModal(True)
        px = theme().px
        self.banner = Banner(dismissable=False)
        self.view = self._pages(shown) if shown.kind.mime == _PDF else self._picture(shown)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(px(PAGE), px(PAGE), px(PAGE), px(BETWEEN))
        whole.setSpacing(px(WITHIN))
        whole.addWidget(section(heading))
        whole.addWidget(quiet(about))
        whole.addWidget(self.banner)
        whole.addWidget(self.view, 1)
        whole.addWidget(row(STRETCH, secondary("&Close", self.reject)))
        self.resize(_fitting(self, QSize(px(760), px(820))))
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _pages(self, shown: EvidenceShown) -> QWidget:
        pages = PagesView("The form's pages")
        try:
            pages.show_pdf(shown.content)
        except Problem:
            self.banner.problem("This PDF cannot be shown. The headteacher can take out the file as it was kept.")
        return pages

    def _picture(self, shown: EvidenceShown) -> QWidget:
        picture = QPixmap()
        if not picture.loadFromData(QByteArray(shown.content)):
            self.banner.problem("This picture cannot be shown. The headteacher can take out the file as it was kept.")
        return PictureView("The form as a picture", picture)


class PictureView(QScrollArea):
    """A picture as wide as there is room, and no wider than it is."""

    def __init__(self, name: str, picture: QPixmap) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("ring", "true")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self._picture = picture
        self._label = QLabel()
        self.setWidget(self._label)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._picture.isNull():
            return
        wide = min(self.viewport().width(), self._picture.width())
        fitted = self._picture.scaledToWidth(max(wide, 1), Qt.TransformationMode.SmoothTransformation)
        self._label.setPixmap(fitted)
        self._label.resize(fitted.size())


def _fitting(widget: QWidget, wanted: QSize) -> QSize:
    """No larger than nine tenths of the screen."""
    room = widget.screen().availableSize()
    return wanted.boundedTo(QSize(room.width() * 9 // 10, room.height() * 9 // 10))


def show_form(parent: QWidget, heading: str, shown: EvidenceShown, about: str) -> None:
    """Show it until it is closed."""
    dialog = FormView(parent, heading, shown, about)
    dialog.exec()
    dialog.deleteLater()

"""Pictures and files that were kept with an item: thumbnails in a row, and one of them opened."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon, QPixmap
from PySide6.QtWidgets import QDialog, QFileDialog, QLabel, QToolButton, QVBoxLayout, QWidget

from app.services.evidence import EvidenceLine, EvidenceShown
from app.ui.parts.arrange import STRETCH, row, scrolling
from app.ui.parts.banner import Banner
from app.ui.parts.buttons import icon_button, primary, secondary
from app.ui.parts.chip import Tone
from app.ui.parts.flow import Flow
from app.ui.parts.text import body, plain_tip, section
from app.ui.theme.current import theme
from app.ui.theme.spacing import BETWEEN, PAGE, WITHIN

_SIDE = 96
_PICTURES = ("image/png", "image/jpeg", "image/gif", "image/webp", "image/bmp")


class EvidenceStrip(QWidget):
    """One button for each file."""

    wanted = Signal(int)
    """The id of a file that is to be opened."""

    def __init__(self) -> None:
        super().__init__()
        self._flow = Flow(self, gap=theme().px(WITHIN))
        self.buttons: list[QToolButton] = []
        self.hide()

    def show_files(self, files: tuple[EvidenceLine, ...]) -> None:
        """Show these instead."""
        for button in self.buttons:
            self._flow.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.buttons = [self._button(file) for file in files]
        for button in self.buttons:
            self._flow.addWidget(button)
        self.setVisible(bool(files))

    def _button(self, file: EvidenceLine) -> QToolButton:
        what = "Shown by the item" if file.carried else "Added as evidence"
        name = f"Open {file.kind.words}. {what}."
        made = icon_button("picture" if file.kind.mime.startswith("image/") else "evidence", name)
        made.setToolTip(plain_tip(name))
        side = theme().px(_SIDE)
        made.setFixedSize(side, side * 3 // 4)
        if file.thumbnail is not None:
            picture = QPixmap()
            if picture.loadFromData(file.thumbnail):
                made.setIcon(QIcon(picture))
                made.setIconSize(QSize(side - theme().px(WITHIN), side * 3 // 4 - theme().px(WITHIN)))
        made.clicked.connect(partial(self.wanted.emit, file.id))
        return made


class EvidenceDialog(QDialog):
    """One file, as far as it can be shown here; anything else is saved and opened elsewhere."""

    def __init__(self, parent: QWidget | None, shown: EvidenceShown) -> None:
        super().__init__(parent)
        self.setWindowTitle("Schoolgate")
        self.setModal(True)
        self._shown = shown
        px = theme().px
        self.banner = Banner()
        self.picture = QLabel()
        self.picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.picture.setAccessibleName("The picture")
        known = QPixmap()
        can_be_shown = shown.kind.mime in _PICTURES and known.loadFromData(shown.content)
        about = "Drawn anew, without what the camera noted." if shown.is_copy else "As it was kept."
        if can_be_shown:
            room = QSize(px(860), px(560))
            fits = known.width() <= room.width() and known.height() <= room.height()
            scaled = known.scaled(room, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)
            self.picture.setPixmap(known if fits else scaled)
        else:
            about = f"This is {shown.kind.words}, which is not shown here. Save a copy and open it with care."
        whole = QVBoxLayout(self)
        whole.setContentsMargins(px(PAGE), px(PAGE), px(PAGE), px(BETWEEN))
        whole.setSpacing(px(WITHIN))
        whole.addWidget(section("Kept as evidence"))
        whole.addWidget(body(about))
        whole.addWidget(self.banner)
        if can_be_shown:
            whole.addWidget(scrolling(self.picture, margin=0, ground="raised", name="The picture"), 1)
            self.resize(px(940), px(740))
        self.close_button = primary("&Close", self.accept)
        whole.addWidget(row(STRETCH, secondary("&Save a copy", self._save), self.close_button))
        self.setAccessibleName(f"Kept as evidence. {about}")
        self.close_button.setFocus()

    def _save(self) -> None:
        place, _ = QFileDialog.getSaveFileName(self, "Save a copy", self._shown.name)
        if not place:
            return
        try:
            Path(place).write_bytes(self._shown.content)
        except OSError:
            self.banner.problem("The file could not be written there. Choose another place.")
            return
        self.banner.say(Tone.GOOD, "Saved.", "It is no longer encrypted: delete it when you are done.")


def show_evidence(parent: QWidget, shown: EvidenceShown) -> None:
    """Open a file, and wait until the person is done with it."""
    dialog = EvidenceDialog(parent, shown)
    dialog.exec()
    dialog.deleteLater()

"""A field for a scan: choose a file, see what it is, take it away again. What cannot be kept says so at once."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QSizePolicy, QWidget

from app.domain.problems import Problem
from app.services.permissions_forms import judge_scan, read_scan
from app.ui.parts.buttons import secondary
from app.ui.parts.text import quiet
from app.ui.theme.current import theme
from app.ui.theme.spacing import WITHIN

_NOTHING = "No scan chosen"
_WANTED = "Scans (*.pdf *.jpg *.jpeg *.png *.webp *.gif *.bmp);;Every file (*)"


class ScanField(QWidget):
    """Holds the file's content; nothing is kept before the form around it is sent."""

    refused = Signal(str)
    """Why the chosen file cannot be kept; empty where it can."""

    def __init__(self, choose: str = "Choose &scan...", take_away: str = "Take it &away") -> None:
        super().__init__()
        self.content: bytes | None = None
        self.choose_button = secondary(choose, self.ask, icon="import")
        self.clear_button = secondary(take_away, self.clear)
        self.told = quiet(_NOTHING)
        self.told.setWordWrap(False)
        self.told.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme().px(WITHIN))
        for piece in (self.choose_button, self.told, self.clear_button):
            line.addWidget(piece)
        self.setFocusProxy(self.choose_button)
        self.clear()

    def ask(self) -> None:
        """Let the person choose a file."""
        place, _ = QFileDialog.getOpenFileName(self, "Choose the scan", "", _WANTED)
        if place:
            self.take(Path(place))

    def take(self, place: Path) -> None:
        """Take a file, or say why it cannot be kept; then what was chosen before stays."""
        try:
            content = read_scan(place)
            mime = judge_scan(content)
        except Problem as problem:
            self.refused.emit(problem.sentence)
            return
        self.content = content
        kind = "PDF" if mime == "application/pdf" else "Picture"
        self.told.setText(f"{kind}, {_size(len(content))}")
        self.clear_button.show()
        self.refused.emit("")

    def clear(self) -> None:
        """No scan."""
        self.content = None
        self.told.setText(_NOTHING)
        self.clear_button.hide()
        self.refused.emit("")


def _size(count: int) -> str:
    return f"{max(count // 1024, 1):,} KB" if count < 1024 * 1024 else f"{count / (1024 * 1024):.1f} MB"

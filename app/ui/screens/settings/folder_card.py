"""The watched folder, for the headteacher: what the office saves there is shown in Bring in."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog

from app.ui.parts.banner import Banner
from app.ui.parts.buttons import plain, secondary
from app.ui.parts.card import Card
from app.ui.parts.text import body, caption

_ABOUT = (
    "Save what comes from ClassDojo or from your own system in this folder. The desk looks into it while it runs and "
    "shows in Bring in what has come. Nothing is brought in by itself, and nothing is deleted."
)


class FolderCard(Card):
    """The folder as it is set, and two buttons."""

    chosen = Signal(str)
    """A folder, or nothing: look into none."""

    def __init__(self) -> None:
        self.banner = Banner()
        self.set_to = caption()
        self.choose = secondary("Choose a &folder...", icon="imports")
        self.none = plain("&Stop watching")
        super().__init__("Watched folder", self.banner, body(_ABOUT), self.set_to, actions=[self.none, self.choose])
        self.choose.clicked.connect(lambda _on=False: self._ask())
        self.none.clicked.connect(lambda _on=False: self.chosen.emit(""))

    def show_folder(self, folder: str | None) -> None:
        """Say which it is."""
        self.set_to.setText(f"Watched now: {folder}" if folder else "No folder is watched.")
        self.none.setEnabled(bool(folder))

    def _ask(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, "Choose the folder to watch")
        if folder:
            self.chosen.emit(folder)

"""The recovery key, shown once: copy, print or save it, and say that it is written down before going on."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.ui.parts.buttons import primary, secondary
from app.ui.parts.text import Text, body, caption, title
from app.ui.theme.current import theme


class RecoveryKeyPage(QWidget):
    """The key is kept only as long as the page is. Printing and saving are the caller's: they get the key."""

    print_wanted = Signal(str)
    save_wanted = Signal(str)
    confirmed = Signal()
    """The person ticked that it is written down, and went on."""

    def __init__(self) -> None:
        super().__init__()
        px = theme().px
        self._key = Text("", "key", select=True)
        self._key.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._key.setAccessibleName("Recovery key")
        self._whole = ""
        self._told = caption(" ")
        well = QFrame()
        well.setProperty("part", "well")
        inside = QVBoxLayout(well)
        inside.setContentsMargins(px(16), px(20), px(16), px(20))
        inside.addWidget(self._key)
        ways = QHBoxLayout()
        ways.setSpacing(px(8))
        self.ways = (
            secondary("&Copy", self._copy, icon="copy"),
            secondary("&Print", lambda: self.print_wanted.emit(self._whole), icon="print"),
            secondary("&Save to a file", lambda: self.save_wanted.emit(self._whole), icon="save"),
        )
        for button in self.ways:
            ways.addWidget(button)
        ways.addStretch(1)
        self.written = QCheckBox("I have &written it down and put it in the school safe")
        self._go = primary("C&ontinue", self.confirmed.emit)
        self._go.setEnabled(False)
        self.written.toggled.connect(self._go.setEnabled)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self._go)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(px(12))
        whole.addWidget(title("Keep the recovery key"))
        whole.addWidget(
            body(
                "This key is shown once. It opens the school's records if every password is forgotten. Without a "
                "password or this key nobody can read them, and nobody can make a new key."
            )
        )
        whole.addWidget(well)
        whole.addLayout(ways)
        whole.addWidget(self._told)
        whole.addWidget(self.written)
        whole.addStretch(1)
        whole.addLayout(foot)

    def show_key(self, key: str) -> None:
        """Show the key. Nothing keeps it afterwards but this page."""
        self._whole = key
        groups = key.split("-")
        half = -(-len(groups) // 2) if len(groups) > 5 else len(groups)
        self._key.setText("-".join(groups[:half]) + ("\n" + "-".join(groups[half:]) if groups[half:] else ""))
        self._told.setText(" ")
        self.written.setChecked(False)

    def forget(self) -> None:
        """Take the key off the page."""
        self._whole = ""
        self._key.setText("")

    def tell(self, sentence: str) -> None:
        """Say how printing or saving went."""
        self._told.setText(sentence)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._whole)
        self.tell("Copied. Paste it somewhere safe, then copy something else so that it does not stay behind.")

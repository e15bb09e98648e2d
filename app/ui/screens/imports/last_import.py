"""The last import of a register, and taking it back (H7)."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.domain.words import moment_words
from app.services.enrolment_undo import ImportDone
from app.ui.parts.buttons import secondary
from app.ui.parts.confirm import confirm
from app.ui.parts.text import OneLine
from app.ui.screens.imports.plan_lines import counted
from app.ui.theme.current import theme
from app.ui.theme.spacing import BETWEEN


class LastImportLine(QWidget):
    """A quiet line below the drop panel. Hidden where there is nothing to take back."""

    def __init__(self, on_back: Callable[[ImportDone], object], zone: str) -> None:
        super().__init__()
        self._on_back, self._zone = on_back, zone
        self._done: ImportDone | None = None
        self._words = OneLine("", "quiet")
        self.back_button = secondary("&Take it back", self._ask, icon="undo")
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(theme().px(BETWEEN))
        across.addWidget(self._words, 1)
        across.addWidget(self.back_button)
        self.hide()

    def show_import(self, done: ImportDone | None) -> None:
        """Show this one, or nothing."""
        self._done = done
        self.setVisible(done is not None)
        if done is not None:
            self._words.setText(f"{self._when(done)} by {done.by}: {told(done)}.")

    def _when(self, done: ImportDone) -> str:
        return f"The register was last brought in on {moment_words(done.at, self._zone)}"

    def _ask(self) -> None:
        done = self._done
        if done is None:
            return
        gone = counted(done.new, "new pupil goes", "new pupils go")
        consequence = f"{gone} again, with the guardians and classes that came with them."
        if done.changed:
            consequence += f" {counted(done.changed, 'changed pupil is', 'changed pupils are')} as before."
        if confirm(self, "Take back the last import?", consequence, "&Take it back", danger=True):
            self._on_back(done)


def told(done: ImportDone) -> str:
    """What it did, in figures."""
    return f"{counted(done.new, 'new pupil', 'new pupils')}, {done.changed:,} changed"

"""Entering login codes: one pupil's, or a pasted list."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.domain.login_codes import login_doubt
from app.services.importing_codes import Imported
from app.services.login_cards import CardLine
from app.ui.parts.acting import Acting
from app.ui.parts.text import caption
from app.ui.screens.cards.presenter import CardsPresenter


class CodeDialog(Acting):
    """One pupil's code, and the link of its QR where ClassDojo gives one."""

    def __init__(self, parent: QWidget, presenter: CardsPresenter, line: CardLine) -> None:
        super().__init__(
            parent,
            "Enter a login code",
            f"For {line.name}. A code that was kept before holds no longer.",
            "&Keep code",
        )
        self._presenter, self._line = presenter, line
        self.code = self.form.text("&Text code", hint="As ClassDojo shows it under the pupil's name.")
        self._doubt = caption()
        self._doubt.set_tone("warn")
        self._doubt.hide()
        self.form.below(self.code, self._doubt)
        self.link = self.form.text("&Link of the QR code", hint="If you have it. Else the QR holds the text code.")
        self.code.textChanged.connect(self._judged)
        self.code.setFocus()

    def _judged(self, words: str) -> None:
        doubt = login_doubt(words) if len(words.strip()) > 3 else ""
        self._doubt.setText(doubt)
        self._doubt.setVisible(bool(doubt))

    def judge(self) -> None:
        """Something to keep."""
        if not self.code.text().strip():
            self.form.fault(self.code, "Enter the code as ClassDojo shows it.")

    def act(self) -> None:
        """Keep it."""
        self._presenter.enter(self._line, self.code.text(), self.link.text(), self.parent())


class LoginListDialog(Acting):
    """A pasted list of codes."""

    def __init__(self, parent: QWidget, presenter: CardsPresenter) -> None:
        super().__init__(
            parent,
            "Bring in login codes",
            "Paste a list: in each line a pupil's name and a code, and the link of the QR where you have it.",
            "&Bring in",
        )
        self._presenter = presenter
        self.outcome: Imported | None = None
        self.list = self.form.passage("&List", lines=8)
        self.list.setFocus()

    def judge(self) -> None:
        """Something to read."""
        if not self.list.toPlainText().strip():
            self.form.fault(self.list, "Paste the list: a name and a code in each line.")

    def act(self) -> None:
        """Keep what can be kept."""
        self.outcome = self._presenter.bring_in(self.list.toPlainText(), self.parent())

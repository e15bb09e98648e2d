"""Asking for a few fields and doing it at once: the dialog stays open, and says why, where it cannot be done.

class ClassDialog(Acting):
    def __init__(self, parent, presenter):
        super().__init__(parent, "Add a class", "It can be used at once.", "&Add class")
        self.name = self.form.text("&Name")
    def act(self): self.presenter.add(self.name.text())     # may raise a Problem
if done(ClassDialog(self, presenter)): ...
"""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QWidget

from app.domain.problems import Problem
from app.ui.parts.asking import Asking
from app.ui.parts.banner import Banner


class Acting(Asking):
    """A form whose verb acts. Esc and "Keep as it is" change nothing."""

    def __init__(self, parent: QWidget | None, question: str, words: str, verb: str) -> None:
        super().__init__(parent, question, words, verb)
        self.banner = Banner(dismissable=False)
        self.body.insertWidget(2, self.banner)

    def send(self) -> None:
        """Judge the fields, do it, and close; or say why not."""
        self.form.clear_faults()
        self.banner.dismiss()
        self.judge()
        if self.form.has_faults:
            return
        try:
            self.act()
        except Problem as problem:
            self.banner.problem(problem)
            return
        self.accept()

    def act(self) -> None:
        """Do what was asked for. May raise a `Problem`."""


def done(dialog: Acting) -> bool:
    """Show it, and wait; whether it was done. The fields can be read until the next event."""
    try:
        return dialog.exec() == QDialog.DialogCode.Accepted
    finally:
        dialog.deleteLater()

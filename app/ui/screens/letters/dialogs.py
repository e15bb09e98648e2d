"""Asking who has checked a wording."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.ui.parts.asking import Asking


class ConfirmDialog(Asking):
    """The speaker's name or role stays on record."""

    def __init__(self, parent: QWidget | None, language: str) -> None:
        super().__init__(
            parent,
            "Note that a speaker checked this wording?",
            f"{language}. The letters are no longer marked as a draft. If the words change, they are a draft again.",
            "&Note as checked",
        )
        self.speaker = self.form.text("&Checked by", hint="A name, or a role such as interpreter. It stays on record.")

    def judge(self) -> None:
        """Somebody is named."""
        if not self.speaker.text().strip():
            self.form.fault(self.speaker, "Say who checked the wording. It stays on record.")

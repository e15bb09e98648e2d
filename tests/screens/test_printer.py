"""Asking for a printer: the one that was chosen, or none."""

from __future__ import annotations

import pytest
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtWidgets import QDialog, QWidget
from pytestqt.qtbot import QtBot

from app.ui.parts.printer import chosen_printer


@pytest.mark.parametrize(("answer", "chosen"), [("Accepted", True), ("Rejected", False)])
def test_only_a_chosen_printer_prints(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, answer: str, chosen: bool) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    monkeypatch.setattr(QPrintDialog, "exec", lambda _self: QDialog.DialogCode[answer])
    assert (chosen_printer(parent) is not None) == chosen

"""Asking for a printer."""

from __future__ import annotations

from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QWidget


def chosen_printer(parent: QWidget) -> QPrinter | None:
    """The printer that the person chose; None where they stepped back."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    accepted = QPrintDialog(printer, parent).exec() == QDialog.DialogCode.Accepted
    return printer if accepted else None

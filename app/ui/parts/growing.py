"""A dialog that grows with what appears in it: a field that is asked for, a sentence above one."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QDialog, QWidget


def grow(dialog: QDialog) -> None:
    """Make room for what has just appeared, once it is laid out. What is large enough stays as it is."""
    QTimer.singleShot(0, dialog, lambda: _fit(dialog))


def _fit(dialog: QDialog) -> None:
    for part in (*dialog.findChildren(QWidget), dialog):
        layout = part.layout()
        if layout is not None:
            layout.activate()
    dialog.resize(dialog.size().expandedTo(dialog.sizeHint()))

"""How the tour's parts put a dialog or a part of a page before the painter."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QApplication, QDialog, QScrollArea, QWidget

Picture = Callable[[QWidget, str], str]
"""Paints what is in sight under a name; the file made."""


def dialog_picture(dialog: QDialog, picture: Picture, name: str, again: Callable[[], object] | None = None) -> str:
    """A dialog by itself; `again` is pressed once it is in sight. The dialog is let go of afterwards."""
    dialog.setModal(False)
    dialog.show()
    if again is not None:
        again()
    made = picture(dialog, name)
    dialog.close()
    dialog.deleteLater()
    return made


def part_picture(
    screen: QWidget, part: QWidget, picture: Picture, window: QWidget, name: str, *, around: int = 50
) -> str:
    """The page scrolled to one of its parts, with so many pixels `around` it."""
    QApplication.processEvents()
    area = next((area for area in screen.findChildren(QScrollArea) if area.isAncestorOf(part)), None)
    if area is not None:
        area.ensureWidgetVisible(part, around, around)
    return picture(window, name)

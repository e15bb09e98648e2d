"""Printing the recovery key, in letters large enough to type again."""

from __future__ import annotations

from PySide6.QtGui import QFont, QTextCharFormat, QTextCursor, QTextDocument
from PySide6.QtWidgets import QWidget

from app.ui.parts.printer import chosen_printer


def print_key(parent: QWidget, key: str) -> bool:
    """Ask for a printer and print. False where the person stepped back."""
    printer = chosen_printer(parent)
    if printer is None:
        return False
    key_document(key).print_(printer)
    return True


def key_document(key: str) -> QTextDocument:
    """The page: what it is, the key, what to do with it."""
    document = QTextDocument()
    cursor = QTextCursor(document)
    for words, points, heavy in (
        ("Schoolgate recovery key", 20, True),
        (key, 16, True),
        ("It opens the school's records if every password is forgotten. Keep this page in the school safe.", 12, False),
    ):
        style = QTextCharFormat()
        style.setFontPointSize(points)
        style.setFontWeight(QFont.Weight.DemiBold if heavy else QFont.Weight.Normal)
        cursor.insertText(f"{words}\n\n", style)
    return document

"""Putting a screen or the whole desk in front of a test, as the program does; and people who answer dialogs."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QCoreApplication, QEvent, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from app.services.office import Office
from app.services.school import School
from app.ui.areas import areas, records, search
from app.ui.shell.area import Screen, SignedIn
from app.ui.shell.desk import Desk
from app.ui.shell.window import MainWindow

S = TypeVar("S", bound=Screen)

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def opened(qtbot: QtBot, screen: S, office: Office | None = None, size: tuple[int, int] = (1224, 840)) -> S:
    """Show a screen, read it, give it the keyboard; it hears of what is done through `office`."""
    qtbot.addWidget(screen)
    screen.resize(*size)
    screen.show()
    screen.activateWindow()
    screen.seen(lambda do: do())
    settle()
    screen.take_focus()
    settle()
    if office is not None:
        office.listen(screen.on_changes)
    return screen


def seated(window: MainWindow, office: Office, first: str | None = None) -> Desk:
    """The desk of a person, on the real areas."""
    office.listen(window.announce)
    desk = window.show_desk(
        SignedIn(office.actor.name, office.actor.role),
        user=office.actor.login,
        areas=areas(office),
        records=records(office),
        school=office.ask(School()).name,
        search=search(office),
        first=first,
    )
    settle()
    return desk


def settle() -> None:
    """Let layouts, queued calls and single shots happen; a window that a dialog lay over is the active one again."""
    for _ in range(3):
        QApplication.processEvents()
    if QApplication.activeWindow() is None:
        for window in QApplication.topLevelWidgets():
            if window.isVisible():
                window.activateWindow()
        QApplication.processEvents()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def press(keys: str) -> None:
    """Type keys one by one, each into whatever has the keyboard by then, the way a person does."""
    for sign in keys:
        key(sign)


def key(which: str | Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """One key into whatever has the keyboard."""
    target = QApplication.focusWidget() or QApplication.activeWindow()
    assert target is not None, "nothing has the keyboard"
    if isinstance(which, str):
        QTest.keyClicks(target, which, modifier)
    else:
        QTest.keyClick(target, which, modifier)
    settle()


def focused() -> QWidget | None:
    """What has the keyboard."""
    return QApplication.focusWidget()


def when_asked(answer: Callable[[QDialog], object]) -> list[str]:
    """Answer the next dialog that opens; the words it was called by are noted in the list that comes back."""
    heard: list[str] = []

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, QDialog) or not dialog.isActiveWindow():
            QTimer.singleShot(5, look)
            return
        heard.append(dialog.accessibleName())
        try:
            answer(dialog)
        except BaseException:
            dialog.reject()  # a test that fails must not wait for ever
            raise

    QTimer.singleShot(0, look)
    return heard


def write(words: str) -> Callable[[QDialog], None]:
    """Type words into the dialog's passage and send it with Ctrl+Enter, by the keyboard alone."""

    def answer(dialog: QDialog) -> None:
        field = dialog.findChild(QPlainTextEdit)
        assert field is not None
        assert field.hasFocus(), "the dialog's field has the keyboard at once"
        QTest.keyClicks(field, words)
        QTest.keyClick(field, Qt.Key.Key_Return, CTRL)

    return answer


def step_back(dialog: QDialog) -> None:
    """Esc."""
    QTest.keyClick(dialog, Qt.Key.Key_Escape)

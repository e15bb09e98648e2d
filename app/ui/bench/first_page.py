"""Windows that end as soon as they are painted, each opened in a process of its own (`starting.py`)."""

from __future__ import annotations


class Screens:
    """The desk as the program opens it, up to the page on which a person signs in."""

    def desk(self, home: str | None) -> int:
        """Open, wait for the paint, end."""
        from app.ui.desk import open_desk

        return open_desk(home, end_when_painted)


def least() -> None:
    """The least that a PySide6 program can be: a window with two fields and a button."""
    from PySide6.QtWidgets import QApplication, QFormLayout, QLineEdit, QPushButton, QWidget

    app = QApplication([])
    window = QWidget()
    form = QFormLayout(window)
    form.addRow("&User name", QLineEdit())
    form.addRow("&Password", QLineEdit())
    form.addRow(QPushButton("Sign in"))
    window.show()
    end_when_painted(window)
    app.exec()


def end_when_painted(window: object) -> None:
    """End the program once this widget has been painted."""
    from PySide6.QtCore import QEvent, QObject, QTimer
    from PySide6.QtWidgets import QApplication, QWidget

    class Watcher(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Paint:
                QTimer.singleShot(0, QApplication.quit)
            return False

    assert isinstance(window, QWidget)
    watcher = Watcher(window)
    window.installEventFilter(watcher)

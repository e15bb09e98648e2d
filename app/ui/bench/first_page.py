"""A process of its own that opens a window, waits until it is painted, and ends: `first_page ours HOME` or `theirs`.

`ours` is the program as `schoolgate --home HOME` opens it, up to the page on which a person signs in. `theirs` is the
least that a PySide6 program can be: a window with two fields and a button.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence


def main(words: Sequence[str]) -> None:
    """Open, wait for the paint, end."""
    if words[0] == "ours":
        _ours(words[1])
    else:
        _theirs()


def _ours(home: str) -> None:
    from app.boot import run

    class Screens:
        def desk(self, home: str | None) -> int:
            from app.ui.desk import open_desk

            return open_desk(home, _end_when_painted)

        def __getattr__(self, name: str) -> object:
            raise AttributeError(name)

    from app import cli

    del run
    cli.run(["--home", home], Screens())  # type: ignore[arg-type]


def _theirs() -> None:
    from PySide6.QtWidgets import QApplication, QFormLayout, QLineEdit, QPushButton, QWidget

    app = QApplication([])
    window = QWidget()
    form = QFormLayout(window)
    form.addRow("&User name", QLineEdit())
    form.addRow("&Password", QLineEdit())
    form.addRow(QPushButton("Sign in"))
    window.show()
    _end_when_painted(window)
    app.exec()


def _end_when_painted(window: object) -> None:
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


if __name__ == "__main__":
    main(sys.argv[1:])

"""The tour's pictures of the word lists, and of what has come in the watched folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from PySide6.QtWidgets import QWidget

from app.ui.screens.imports.arrived import ArrivedPanel
from app.ui.screens.imports.watch import Arrived
from app.ui.screens.wordlists.screen import WordlistsScreen
from app.ui.shell.desk import Desk
from app.ui.tour_posing import Picture

_ARRIVED = (
    Arrived(Path("messages-november.csv"), "214 rows of posts, messages or points", "a"),
    Arrived(Path("feed.json"), "cannot be read", "b", "The file feed.json ends in the middle. Save it again."),
    Arrived(Path("points.xlsx"), "still being written", coming=True),
)


def words_pictures(desk: Desk, window: QWidget, picture: Picture) -> Iterator[str]:
    """A list, words that are tried, words that are silenced, files that have arrived."""
    desk.open_record("words", "personal")
    screen = desk.shown
    assert isinstance(screen, WordlistsScreen)
    yield picture(window, "head-words")
    screen.add()
    screen.adding.phrase.setText("wine")
    screen.adding.try_button.click()
    yield picture(window, "head-words-tried")
    screen.leave()
    screen.silence()
    screen.silencing.try_button.click()
    yield picture(window, "head-words-silence")
    screen.leave()
    desk.open_area("imports")
    shown = desk.shown
    assert shown is not None
    panel = shown.findChild(ArrivedPanel)
    assert isinstance(panel, ArrivedPanel)
    panel.show_arrived(_ARRIVED, "")
    panel.show()
    yield picture(window, "head-imports-arrived")
    panel.show_arrived((), "")
    panel.hide()

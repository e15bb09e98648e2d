"""What comes in the watched folder is shown in Bring in, taken in through the door only, and put aside when done."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from app.domain.problems import Problem
from app.domain.ticket import PlainTicket
from app.intake.watched import ASIDE, TAKEN
from app.jobs.runner import Running
from app.services.office import Office
from app.services.pupils import Pupils
from app.services.watching import SetWatchedFolder
from app.ui.areas import areas
from app.ui.screens.imports.screen import ImportScreen
from app.ui.screens.imports.watch import FolderWatch
from app.ui.screens.settings.screen import SettingsScreen
from tests.screens.fakes import FakeShell
from tests.screens.opening import opened, settle

LIST = "First name,Last name,Date of birth,Class\nElla,Marsh,01/02/2019,Willow\nOscar,Reed,03/04/2019,Willow\n"


class AtOnce:
    """Runs a job in this thread."""

    def start(
        self,
        job: Callable[[Any], Any],
        on_done: Callable[[Any], object],
        on_problem: Callable[[Problem], object],
        *,
        words: str = "",
        alongside: bool = False,
        quiet: bool = False,
    ) -> Running:
        assert alongside, "looking must not wait for what writes"
        try:
            result = job(PlainTicket())
        except Problem as problem:
            on_problem(problem)
        else:
            on_done(result)
        return Running(words)


class Watching:
    """A watch whose clock stands still until it is told to go on."""

    def __init__(self, office: Office, folder: Path) -> None:
        self.now = 0.0
        office.perform(SetWatchedFolder(str(folder)))
        self.changes: list[frozenset[str]] = []
        self.heard: Callable[[frozenset[str], object], object] = lambda changes, initiator: None
        self.watch = FolderWatch(office, AtOnce(), self._tell, clock=lambda: self.now)
        office.listen(self.watch.hear)
        self.watch.start()

    def later(self, seconds: float) -> None:
        self.now += seconds
        self.watch.look()

    def _tell(self, changes: frozenset[str], initiator: object) -> None:
        self.changes.append(changes)
        self.heard(changes, initiator)


@pytest.fixture
def watched(head: Office) -> Iterator[Callable[[Path], Watching]]:
    """Makes a watch on a folder; none of them looks any more once the test is over."""
    made: list[Watching] = []

    def make(folder: Path) -> Watching:
        made.append(Watching(head, folder))
        return made[-1]

    yield make
    for each in made:
        each.watch.stop()
        each.watch.deleteLater()


def brought_in(qtbot: QtBot, shell: FakeShell, office: Office, watching: Watching) -> ImportScreen:
    screen = opened(qtbot, ImportScreen(shell, office, watching.watch), office)
    watching.heard = screen.on_changes
    return screen


def test_a_class_list_that_arrives_is_looked_at_and_brought_in_by_a_person(
    qtbot: QtBot, shell: FakeShell, head: Office, tmp_path: Path, watched: Callable[[Path], Watching]
) -> None:
    watching = watched(tmp_path)
    screen = brought_in(qtbot, shell, head, watching)
    assert screen.arrived.isHidden()
    file = tmp_path / "list.csv"
    file.write_text(LIST, encoding="utf-8")
    watching.later(1)
    assert [each.coming for each in watching.watch.arrived] == [True]
    assert watching.watch.count() == 0
    watching.later(10)
    assert [each.is_ready for each in watching.watch.arrived] == [True]
    assert watching.watch.count() == 1
    assert not screen.arrived.isHidden()
    assert head.ask(Pupils()) == (), "nothing is taken in by itself"
    screen.arrived.wanted.emit(watching.watch.arrived[0])
    settle()
    if not screen.columns.isHidden():
        screen._read_columns()
    assert screen.arrived.isHidden()
    screen.apply()
    assert len(head.ask(Pupils())) == 2
    assert not file.exists()
    assert (tmp_path / TAKEN / "list.csv").read_text(encoding="utf-8") == LIST
    assert watching.watch.count() == 0
    file.write_text(LIST, encoding="utf-8")
    watching.later(10)
    watching.later(10)
    assert watching.watch.arrived == (), "the same content again is known"


def test_a_broken_file_is_named_with_a_sentence_and_put_aside(
    qtbot: QtBot, shell: FakeShell, head: Office, tmp_path: Path, watched: Callable[[Path], Watching]
) -> None:
    watching = watched(tmp_path)
    screen = brought_in(qtbot, shell, head, watching)
    file = tmp_path / "feed.json"
    file.write_text('{"half": ', encoding="utf-8")
    watching.later(1)
    watching.later(10)
    (broken,) = watching.watch.arrived
    assert broken.trouble.endswith(".")
    assert not broken.is_ready
    assert watching.watch.count() == 1
    screen.arrived.aside.emit(broken)
    assert (tmp_path / ASIDE / "feed.json").exists()
    assert watching.watch.count() == 0
    assert screen.arrived.isHidden()


def test_a_folder_that_goes_away_is_told_once_and_comes_back(
    qtbot: QtBot, shell: FakeShell, head: Office, tmp_path: Path, watched: Callable[[Path], Watching]
) -> None:
    place = tmp_path / "share"
    place.mkdir()
    watching = watched(place)
    screen = brought_in(qtbot, shell, head, watching)
    place.rmdir()
    watching.later(15)
    watching.later(15)
    assert "cannot be read" in watching.watch.trouble
    assert not screen.arrived.isHidden()
    place.mkdir()
    watching.later(15)
    assert watching.watch.trouble == ""


def test_the_side_bar_counts_what_has_arrived_and_settings_end_it(
    qtbot: QtBot, shell: FakeShell, head: Office, tmp_path: Path, watched: Callable[[Path], Watching]
) -> None:
    watching = watched(tmp_path)
    (tmp_path / "list.csv").write_text(LIST, encoding="utf-8")
    watching.later(1)
    watching.later(10)
    area = next(each for each in areas(head, watching.watch) if each.id == "imports")
    assert area.waiting is not None
    assert area.waiting() == 1
    settings = opened(qtbot, SettingsScreen(shell, head), head)
    assert settings.folder is not None
    assert str(tmp_path) in settings.folder.set_to.text()
    settings.folder.none.click()
    assert area.waiting() == 0
    settings.folder.chosen.emit(str(tmp_path / "nowhere"))
    assert "no such folder" in settings.folder.banner.accessibleName()

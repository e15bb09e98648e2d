"""Bring in: drop or choose, the plan, what is kept out, leavers, applying, stopping, what comes next."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QPushButton
from pytestqt.qtbot import QtBot

from app.bench.files import write_csv
from app.bench.town import children
from app.domain.problems import Cancelled
from app.domain.ticket import PlainTicket
from app.jobs.runner import Runner
from app.services.accounts import found_school, sign_in
from app.services.enrolment_undo import LastImport
from app.services.office import Office
from app.services.pupils import Pupils
from app.services.review import ReviewQueue
from app.store.reads.pupils import PupilFilter
from app.ui.screens.imports.leaver_dialog import LeaverDialog
from app.ui.screens.imports.plan_lines import Lines
from app.ui.screens.imports.presenter import ImportPresenter
from app.ui.screens.imports.screen import ImportScreen
from app.ui.shell.window import MainWindow
from tests.conftest import PASSWORD, QUICK
from tests.screens.fakes import FakeShell, Kept
from tests.screens.opening import key, opened, seated, settle, when_asked

LIST = "Forename,Surname,DOB,Class\nElla,Marsh,03/09/2018,Willow\nSam,Novák,04/05/2018,Willow\n"
MOVED = "Forename,Surname,DOB,Class\nElla,Marsh,03/09/2018,Oak\nMaya,Holt,01/02/2018,Willow\n"
MAIL = (
    "From: Joanne Marsh <joanne@families.example>\r\nTo: office@larkfield.example\r\n"
    "Date: Fri, 20 Nov 2026 14:00:00 +0000\r\nSubject: Today\r\n\r\nYou are a stupid idiot and a liar.\r\n"
)


def written(folder: Path, name: str, words: str) -> Path:
    place = folder / name
    place.write_text(words, encoding="utf-8", newline="")
    return place


def posts(folder: Path) -> Path:
    items = [
        {"id": "1", "kind": "class_story", "class": "Willow", "author": {"role": "staff", "name": "Mrs Holt"},
         "sent_at": "2026-11-20T14:00:00+00:00", "text": "Ella Marsh read to us."},
    ]  # fmt: skip
    return written(folder, "items.jsonl", "\n".join(json.dumps(item) for item in items) + "\n")


@pytest.fixture
def screen(qtbot: QtBot, shell: FakeShell, clerk: Office) -> ImportScreen:
    return opened(qtbot, ImportScreen(shell, clerk), clerk)


def show(screen: ImportScreen, *files: Path) -> None:
    """Read files; columns that are asked about are as the program guesses."""
    screen.read(files)
    settle()
    if screen.columns.isVisible():
        screen.columns.keep.setChecked(False)
        screen.columns.next_button.click()
        settle()


def bring(screen: ImportScreen, *files: Path) -> None:
    show(screen, *files)
    screen.apply_button.click()
    settle()


def outcomes(screen: ImportScreen) -> list[tuple[str, str]]:
    return [(line.outcome, line.who) for line in screen.table.rows]


def drop(screen: ImportScreen, files: Sequence[Path]) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    none = Qt.KeyboardModifier.NoModifier
    event = QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, none)
    screen.dropEvent(event)
    settle()


def test_a_list_is_seen_before_it_is_written(
    screen: ImportScreen, shell: FakeShell, clerk: Office, tmp_path: Path
) -> None:
    drop(screen, [written(tmp_path, "list.csv", LIST)])
    assert screen.columns.isVisible()
    assert screen.columns.next_button.hasFocus()
    key(Qt.Key.Key_Return)
    assert outcomes(screen) == [("New", "Ella Marsh"), ("New", "Sam Novák")]
    assert clerk.ask(Pupils()) == ()
    assert screen.table.hasFocus()
    assert screen.drop.isHidden()
    screen.apply_button.click()
    settle()
    assert [line.first for line in clerk.ask(Pupils())] == ["Ella", "Sam"]
    assert screen.banner.accessibleName() == "2 new pupils, 0 changed. The register is up to date."
    assert screen.drop.isVisible()
    assert screen.banner._act is not None
    screen.banner._act.click()
    assert shell.areas == ["pupils"]


def test_the_same_list_again_is_nothing_new(screen: ImportScreen, tmp_path: Path) -> None:
    file = written(tmp_path, "list.csv", LIST)
    bring(screen, file)
    show(screen, file)
    assert screen.banner.accessibleName().startswith("There is nothing new in this file.")
    assert not screen.apply_button.isEnabled()


def test_a_change_can_be_kept_out_and_the_rest_comes_in(screen: ImportScreen, clerk: Office, tmp_path: Path) -> None:
    bring(screen, written(tmp_path, "list.csv", LIST))
    show(screen, written(tmp_path, "moved.csv", MOVED))
    at = outcomes(screen).index(("Moves class", "Ella Marsh"))
    screen.table.choose_place(at)
    assert screen.table.rows[at].what == "Willow to Oak"
    screen.table.setFocus()
    key(Qt.Key.Key_Return)
    (tick,) = screen.plan.detail.ticks
    assert tick.hasFocus()
    assert tick.accessibleName() == "Take over Class: here now Willow, in the file Oak"
    key(Qt.Key.Key_Space)
    assert outcomes(screen)[at] == ("Kept as it is", "Ella Marsh")
    screen.apply_button.click()
    by_name = {line.first: line.class_name for line in clerk.ask(Pupils())}
    assert by_name == {"Ella": "Willow", "Sam": "Willow", "Maya": "Willow"}


def test_every_change_of_a_family_is_ticked_for_itself(screen: ImportScreen, tmp_path: Path) -> None:
    head = "Forename,Surname,DOB,Class,Parent 1 name,Parent 1 relationship,Parent 1 email,Parent 2 name\n"
    bring(screen, written(tmp_path, "a.csv", f"{head}Ella,Marsh,03/09/2018,Willow,Jo Marsh,PAM,jo@marsh.example,\n"))
    show(screen, written(tmp_path, "b.csv", f"{head}Ella,Marsh,03/09/2018,Oak,Jo Marsh,STP,j@marsh.example,Al Kay\n"))
    detail = screen.plan.detail
    assert [tick.text() for tick in detail.ticks] == [
        "Class", "Jo Marsh: relationship", "Jo Marsh: e-mail", "Guardian",
    ]  # fmt: skip
    keep_all = next(each for each in detail.findChildren(QPushButton) if each.text().startswith("&Keep all"))
    keep_all.click()
    assert outcomes(screen)[0][0] == "Kept as it is"
    detail.ticks[0].click()
    assert screen.table.rows[0].what == "Willow to Oak (3 kept)"


def test_a_leaver_is_confirmed_one_by_one(
    screen: ImportScreen, shell: FakeShell, clerk: Office, tmp_path: Path
) -> None:
    bring(screen, written(tmp_path, "list.csv", LIST))
    show(screen, written(tmp_path, "moved.csv", MOVED))
    at = outcomes(screen).index(("May have left", "Sam Novák"))
    screen.table.choose_place(at)
    left = screen.plan.detail.first
    assert isinstance(left, QPushButton)

    def agree(dialog: QDialog) -> None:
        assert isinstance(dialog, LeaverDialog)
        assert dialog.day.hasFocus()
        dialog.go.click()

    when_asked(agree)
    left.click()
    assert shell.told == ["Marked as a leaver."]
    assert [line.first for line in clerk.ask(Pupils(PupilFilter(left=True)))] == ["Sam"]
    assert ("May have left", "Sam Novák") not in outcomes(screen)
    assert screen.apply_button.isEnabled()
    screen.apply_button.click()
    assert "new pupil" in screen.banner.accessibleName()


def test_posts_before_the_register_are_warned_about(screen: ImportScreen, tmp_path: Path) -> None:
    screen.read([posts(tmp_path)])
    assert screen.banner.accessibleName().startswith("There are no class lists yet.")
    assert screen.apply_button.isEnabled()


def test_posts_come_in_checked_and_say_where_to_go(
    qtbot: QtBot, screen: ImportScreen, shell: FakeShell, slt: Office, tmp_path: Path
) -> None:
    bring(screen, written(tmp_path, "list.csv", LIST))
    bring(screen, posts(tmp_path))
    assert screen.banner.accessibleName().startswith("1 item brought in, 0 here already.")
    assert "for a senior leader to review." in screen.banner.accessibleName()
    assert screen.banner._act is None
    assert len(slt.ask(ReviewQueue())) == 1
    leader = opened(qtbot, ImportScreen(shell, slt), slt)
    bring(leader, written(tmp_path, "mail.eml", MAIL))
    assert leader.banner._act is not None
    leader.banner._act.click()
    assert shell.areas[-1] == "review"


def test_a_mail_is_dropped_like_any_file(screen: ImportScreen, tmp_path: Path) -> None:
    drop(screen, [written(tmp_path, "mail.eml", MAIL)])
    assert [(line.who, "idiot" in line.what) for line in screen.table.rows][-1] == ("Joanne Marsh", True)


def test_a_file_that_cannot_be_read_changes_nothing_and_is_said(screen: ImportScreen, tmp_path: Path) -> None:
    screen.read([written(tmp_path, "odd.pdf", "%PDF-1.7 nothing of ours")])
    assert not screen.banner.isHidden()
    assert screen.banner.property("tone") == "stop"
    assert screen.drop.isVisible()
    assert screen.drop.choose.hasFocus()


def test_a_leader_looks_at_a_plan_and_cannot_write_it(
    qtbot: QtBot, shell: FakeShell, slt: Office, tmp_path: Path
) -> None:
    screen = opened(qtbot, ImportScreen(shell, slt), slt)
    show(screen, written(tmp_path, "list.csv", LIST))
    assert screen.banner.accessibleName().startswith("You can look at this plan.")
    assert not screen.apply_button.isEnabled()
    assert screen.leave()
    assert screen.drop.isVisible()


def test_an_empty_school_is_told_to_begin_with_class_lists(screen: ImportScreen, tmp_path: Path) -> None:
    assert screen.drop._head.text() == "Begin with the class lists: drop them here"
    bring(screen, written(tmp_path, "list.csv", LIST))
    assert screen.drop._head.text() == "Drop files here"


def test_the_register_that_changed_meanwhile_is_not_written_over(
    screen: ImportScreen, clerk: Office, tmp_path: Path
) -> None:
    show(screen, written(tmp_path, "list.csv", LIST))
    other = ImportPresenter(clerk)
    other.take(other.read([written(tmp_path, "more.csv", MOVED)], PlainTicket()))
    other.apply(PlainTicket())
    screen.apply_button.click()
    assert "register has changed since you looked" in screen.banner.accessibleName()
    assert len(clerk.ask(Pupils())) == 2
    assert ("Moves class", "Ella Marsh") in outcomes(screen)
    screen.apply_button.click()
    assert len(clerk.ask(Pupils())) == 3


def test_stopping_while_it_comes_in_leaves_nothing_behind(clerk: Office, tmp_path: Path) -> None:
    presenter = ImportPresenter(clerk)
    presenter.take(presenter.read([posts(tmp_path)], PlainTicket()))
    ticket = PlainTicket()
    ticket.cancel()
    with pytest.raises(Cancelled):
        presenter.apply(ticket)
    assert presenter.hand.feed is not None


@pytest.fixture
def on_disk(home: Path) -> Iterator[Office]:
    """A school of its own on disk: window and job read it at the same time."""
    found_school(home, name="Larkfield", login="head", person="Helen", password=PASSWORD, hardness=QUICK)
    office = sign_in(home, "head", PASSWORD)
    yield office
    office.close()


@pytest.fixture
def frame(qtbot: QtBot, kept: Kept, on_disk: Office) -> Iterator[tuple[MainWindow, ImportScreen]]:
    """The real window on the page, with real threads."""
    runner = Runner()
    window = MainWindow(kept, runner)
    qtbot.addWidget(window)
    window.show()
    desk = seated(window, on_disk, "imports")
    assert isinstance(desk.shown, ImportScreen)
    yield window, desk.shown
    runner.close(30)


def idle(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: not window.busy, timeout=60_000)
    settle()


def test_through_the_real_frame_it_runs_beside_the_window(
    qtbot: QtBot, frame: tuple[MainWindow, ImportScreen], tmp_path: Path
) -> None:
    window, screen = frame
    screen.read([written(tmp_path, "list.csv", LIST)])
    screen.read([written(tmp_path, "other.csv", LIST)])
    assert screen.banner.accessibleName().startswith("One thing at a time.")
    idle(qtbot, window)
    screen.columns.next_button.click()
    idle(qtbot, window)
    assert len(screen.table.rows) == 2
    QTest.keyClick(screen.table, Qt.Key.Key_Escape)
    assert screen.drop.isVisible()


class Turns:
    """Counts how often the window's loop comes round, apart for each thing that is done meanwhile."""

    def __init__(self) -> None:
        self.count = 0
        self._timer = QTimer()
        self._timer.timeout.connect(self._turned)
        self._timer.start(0)

    def _turned(self) -> None:
        self.count += 1

    def since(self, before: int) -> int:
        return self.count - before


def test_twenty_thousand_pupils_do_not_stop_the_window(
    qtbot: QtBot, frame: tuple[MainWindow, ImportScreen], on_disk: Office, tmp_path: Path
) -> None:
    window, screen = frame
    town = children(20_000)
    turns = Turns()

    def done(begin: Callable[[], object], told: list[int]) -> None:
        """The loop came round many times between the beginning and the end; so did progress."""
        before = turns.count
        begin()
        assert window.busy
        assert turns.since(before) == 0
        idle(qtbot, window)
        told.append(turns.since(before))

    rounds: list[int] = []
    done(lambda: screen.read([write_csv(tmp_path / "town.csv", town)]), [])
    done(screen.columns.next_button.click, rounds)
    assert len(screen.table.rows) == 20_000
    assert screen.plan.listing.words.startswith("20,000 lines")
    made: list[int] = []
    lines = screen.table.rows
    assert isinstance(lines, Lines)
    section = lines.sections[0]
    counting = replace(section, line=lambda at: made.append(at) or section.line(at))  # type: ignore[func-returns-value]
    screen.table.set_rows(Lines([counting]))
    screen.table.grab()
    screen.table.choose_place(19_999)
    screen.table.grab()
    assert 0 < len(set(made)) < 300, "only the lines in sight are made"
    done(screen.apply_button.click, rounds)
    assert "20,000 new pupils" in screen.banner.accessibleName()
    done(lambda: screen.read([write_csv(tmp_path / "again.csv", town, 0.02)]), rounds)
    assert [(words, number) for _, words, number in screen.presenter.figures() if number] == [
        ("Moves class", 400), ("Changed", 400), ("Please look", 400), ("Unchanged", 19_600),
    ]  # fmt: skip
    assert all(count > 20 for count in rounds), rounds
    last = on_disk.ask(LastImport())
    assert last is not None
    assert last.new == 20_000


def test_stopping_in_the_window_leaves_everything_as_it_was(
    qtbot: QtBot, frame: tuple[MainWindow, ImportScreen], on_disk: Office, tmp_path: Path
) -> None:
    window, screen = frame
    screen.read([write_csv(tmp_path / "town.csv", children(2_000))])
    idle(qtbot, window)
    screen.columns.next_button.click()
    idle(qtbot, window)
    screen.apply_button.click()
    screen._cancel()
    idle(qtbot, window)
    assert screen.banner.accessibleName() == "Stopped. Nothing was changed."
    assert on_disk.ask(Pupils()) == ()
    assert screen.apply_button.isEnabled(), "the plan is still there"
    screen.apply_button.click()
    idle(qtbot, window)
    assert len(on_disk.ask(Pupils())) == 2_000

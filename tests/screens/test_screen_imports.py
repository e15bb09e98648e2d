"""Bring in: drop or choose, the plan, what is kept out, leavers, applying, stopping, what comes next."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from app.domain.problems import Cancelled
from app.domain.ticket import PlainTicket
from app.jobs.runner import Runner
from app.services.office import Office
from app.services.pupils import Pupils
from app.services.review import ReviewQueue
from app.store.reads.pupils import PupilFilter
from app.ui.screens.imports.leaver_dialog import LeaverDialog
from app.ui.screens.imports.presenter import ImportPresenter
from app.ui.screens.imports.screen import ImportScreen
from app.ui.shell.window import MainWindow
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


def bring(screen: ImportScreen, *files: Path) -> None:
    screen.read(files)
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
    screen.read([file])
    assert screen.banner.accessibleName().startswith("There is nothing new in this file.")
    assert not screen.apply_button.isEnabled()


def test_a_change_can_be_kept_out_and_the_rest_comes_in(screen: ImportScreen, clerk: Office, tmp_path: Path) -> None:
    bring(screen, written(tmp_path, "list.csv", LIST))
    screen.read([written(tmp_path, "moved.csv", MOVED)])
    at = outcomes(screen).index(("Changed", "Ella Marsh"))
    screen.table.choose_place(at)
    assert screen.keep_button.isVisible()
    screen.table.setFocus()
    key(Qt.Key.Key_Return)
    assert outcomes(screen)[at] == ("Kept as it is", "Ella Marsh")
    assert screen.keep_button.text() == "&Take it over"
    screen.apply_button.click()
    by_name = {line.first: line.class_name for line in clerk.ask(Pupils())}
    assert by_name == {"Ella": "Willow", "Sam": "Willow", "Maya": "Willow"}


def test_a_leaver_is_confirmed_one_by_one(
    screen: ImportScreen, shell: FakeShell, clerk: Office, tmp_path: Path
) -> None:
    bring(screen, written(tmp_path, "list.csv", LIST))
    screen.read([written(tmp_path, "moved.csv", MOVED)])
    at = outcomes(screen).index(("May have left", "Sam Novák"))
    screen.table.choose_place(at)
    assert screen.left_button.isVisible()

    def agree(dialog: QDialog) -> None:
        assert isinstance(dialog, LeaverDialog)
        assert dialog.day.hasFocus()
        dialog.go.click()

    when_asked(agree)
    screen.left_button.click()
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
    screen.read([written(tmp_path, "list.csv", LIST)])
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
    screen.read([written(tmp_path, "list.csv", LIST)])
    other = ImportPresenter(clerk)
    other.take(other.read([written(tmp_path, "more.csv", MOVED)], PlainTicket()))
    other.apply(PlainTicket())
    screen.apply_button.click()
    assert "register has changed since you looked" in screen.banner.accessibleName()
    assert len(clerk.ask(Pupils())) == 2


def test_stopping_while_it_comes_in_leaves_nothing_behind(clerk: Office, tmp_path: Path) -> None:
    presenter = ImportPresenter(clerk)
    presenter.take(presenter.read([posts(tmp_path)], PlainTicket()))
    ticket = PlainTicket()
    ticket.cancel()
    with pytest.raises(Cancelled):
        presenter.apply(ticket)
    assert presenter.hand.feed is not None


def test_through_the_real_frame_it_runs_beside_the_window(
    qtbot: QtBot, clerk: Office, kept: Kept, tmp_path: Path
) -> None:
    runner = Runner()
    window = MainWindow(kept, runner)
    qtbot.addWidget(window)
    window.show()
    desk = seated(window, clerk, "imports")
    screen = desk.shown
    assert isinstance(screen, ImportScreen)
    screen.read([written(tmp_path, "list.csv", LIST)])
    screen.read([written(tmp_path, "other.csv", LIST)])
    assert screen.banner.accessibleName().startswith("One thing at a time.")
    qtbot.waitUntil(lambda: len(screen.table.rows) == 2, timeout=5000)
    QTest.keyClick(screen.table, Qt.Key.Key_Escape)
    assert screen.drop.isVisible()
    runner.close(5)

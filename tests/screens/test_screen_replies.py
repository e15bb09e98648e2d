"""Replies: what waits in working time, closing by keys, figures by class; and reporting a message (P6, T2)."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QImage
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.domain.checks.finding import Check
from app.domain.problems import Refused
from app.domain.roles import Role
from app.jobs.runner import Runner
from app.services.office import Office
from app.services.replies import Replies
from app.services.review import ItemToReview, ReviewQueue
from app.services.school import SetCalendar
from app.services.today import Today
from app.ui.screens.replies.figures import ReplyFiguresScreen
from app.ui.screens.replies.presenter import RepliesPresenter, working_words
from app.ui.screens.replies.screen import RepliesScreen
from app.ui.screens.report_message.presenter import Entered, Fault, ReportPresenter
from app.ui.screens.report_message.screen import ReportScreen
from app.ui.shell.window import MainWindow
from tests.conftest import NOW, OfficeOf, StandingClock
from tests.screens.fakes import FakeShell, Kept
from tests.screens.opening import CTRL, key, opened, press, seated, settle, when_asked
from tests.screens.walk import mnemonics, walk
from tests.services.rows import a_class
from tests.services.test_replies import AUTUMN, FRIDAY, TUESDAY, a_thread, said


@pytest.fixture
def shell() -> FakeShell:
    return FakeShell()


@pytest.fixture
def leader(slt: Office, head: Office) -> Office:
    head.perform(SetCalendar(AUTUMN, ()))
    return slt


def words_of(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget))


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (0, "0 min"),
        (45, "45 min"),
        (125, "2 h 5 min"),
        (540, "9 h"),
        (600, "1 working day 1 h"),
        (1080, "2 working days"),
    ],
)
def test_working_time_in_words(minutes: int, words: str) -> None:
    assert working_words(timedelta(minutes=minutes), timedelta(hours=9)) == words


def test_late_ones_stand_first_and_are_closed_by_keys(qtbot: QtBot, shell: FakeShell, leader: Office) -> None:
    late = a_thread(leader, "Joanne", a_class(leader))
    said(leader, late, TUESDAY, "Where is her coat?")
    said(leader, a_thread(leader, "Omar"), FRIDAY)
    screen = opened(qtbot, RepliesScreen(shell, leader), leader)
    assert [line.family for line in screen.table.rows] == ["Joanne Marsh", "Omar Marsh"]
    assert "Where is her coat?" in words_of(screen)
    assert "Answer due" in words_of(screen)
    key(Qt.Key.Key_Return)
    assert screen.closing.channel.hasFocus()
    screen.closing.close_button.click()
    assert shell.told == ["Answered by telephone."]
    assert [line.family for line in screen.table.rows] == ["Omar Marsh"]
    assert screen.undo()
    assert len(screen.table.rows) == 2
    screen.look_through("running")
    assert [line.family for line in screen.table.rows] == ["Omar Marsh"]
    screen.open_figures()
    assert shell.opened == [("reply-figures", "now", False)]


@pytest.mark.parametrize(
    ("day", "at", "why"),
    [
        ("16 Nov 2026", "09:00", "later than the answer"),
        ("someday", "09:00", "is not a date"),
        ("20 Nov 2026", "", "Give the time as well"),
        ("20 Nov 2026", "half past", "cannot be read"),
        ("today", "23:00", "not come yet"),
    ],
)
def test_a_time_that_cannot_be_is_said_at_the_field(
    qtbot: QtBot, shell: FakeShell, leader: Office, day: str, at: str, why: str
) -> None:
    said(leader, a_thread(leader), TUESDAY)
    screen = opened(qtbot, RepliesScreen(shell, leader), leader)
    screen.closing.day.setText(day)
    screen.closing.at.setText(at)
    screen.closing.close_button.click()
    assert why in words_of(screen.closing)
    assert len(screen.table.rows) == 1


def test_an_answer_yesterday_is_measured_from_then(leader: Office) -> None:
    said(leader, a_thread(leader), TUESDAY)
    presenter = RepliesPresenter(leader)
    (line,) = presenter.load()
    presenter.close(line, "message", "17/11/2026", "14.30")
    assert leader.ask(Replies()).whole.in_time == 1


def test_what_cannot_be_measured_is_said_above(qtbot: QtBot, shell: FakeShell, slt: Office) -> None:
    said(slt, a_thread(slt), FRIDAY)
    screen = opened(qtbot, RepliesScreen(shell, slt), slt)
    assert screen.banner.accessibleName().startswith("No term dates are entered for")


def test_figures_stand_in_the_order_of_years_with_a_period_to_choose(
    qtbot: QtBot, shell: FakeShell, leader: Office
) -> None:
    willow = a_class(leader)
    for n in range(6):
        thread = a_thread(leader, f"P{n}", willow)
        said(leader, thread, TUESDAY)
        said(leader, thread, TUESDAY + timedelta(hours=2), staff=True)
    screen = opened(qtbot, ReplyFiguresScreen(shell, leader), leader)
    assert [line.name for line in screen.table.rows] == ["Willow", "No one class"]
    assert {"100%", "2 h"} <= set(words_of(screen).split("\n"))
    assert [screen.period.itemText(at) for at in range(3)] == ["This term", "Autumn 2", "Autumn 1"]
    screen.period.setCurrentIndex(2)
    screen.period.activated.emit(2)
    assert len(screen.table.rows) == 0
    assert "Too few" in words_of(screen)


def test_today_reminds_of_families_who_wait(leader: Office, clerk: Office) -> None:
    said(leader, a_thread(leader), TUESDAY)
    lines = [line for line in leader.ask(Today()).due if line.area == "replies"]
    assert [(line.what, line.lens) for line in lines] == [
        ("1 family waits for an answer longer than promised", "overdue")
    ]
    assert [line for line in clerk.ask(Today()).due if line.area == "replies"] == []


@pytest.mark.parametrize("size", [(1060, 760), (800, 700)])
def test_the_pages_pass_the_walk(qtbot: QtBot, shell: FakeShell, leader: Office, size: tuple[int, int]) -> None:
    said(leader, a_thread(leader, "Joanne", a_class(leader)), TUESDAY, "Where is her coat?")
    screens = (RepliesScreen(shell, leader), ReplyFiguresScreen(shell, leader), ReportScreen(shell, leader))
    for screen in screens:
        shown = opened(qtbot, screen, None, size)
        settle()
        assert walk(shown) + mnemonics(shown) == [], type(screen).__name__


# ------------------------------------------------------------------------------------------- reporting a message


def test_anybody_reports_from_everywhere_by_the_keyboard_alone(
    qtbot: QtBot, kept: Kept, office_of: OfficeOf, slt: Office
) -> None:
    runner = Runner()
    window = MainWindow(kept, runner)
    qtbot.addWidget(window)
    clerk = office_of(Role.OFFICE)
    desk = seated(window, clerk, "pupils")
    window.show()
    window.activateWindow()
    settle()
    key(Qt.Key.Key_R, CTRL)
    page = desk.shown
    assert isinstance(page, ReportScreen)
    assert page.text.hasFocus()
    press("You are a disgrace to this school")
    key(Qt.Key.Key_Return, CTRL)
    assert desk.shown is not page, "back where one was"
    (line,) = slt.ask(ReviewQueue())
    assert Check.REPORTED in line.checks
    desk.topbar.report.click()
    again = desk.shown
    assert isinstance(again, ReportScreen)
    assert again.text.toPlainText() == ""
    runner.close(5)


def test_nothing_and_nobody_are_said_at_their_fields(qtbot: QtBot, shell: FakeShell, clerk: Office) -> None:
    screen = opened(qtbot, ReportScreen(shell, clerk), clerk)
    screen.send()
    assert "Paste the words" in words_of(screen)
    press("Shame on you")
    screen.reporter.clear()
    screen.sent_day.setText("20 Nov 2026")
    screen.send()
    assert "Say who reports it" in words_of(screen)
    screen.reporter.setText("Mrs Holt")
    screen.send()
    assert "Give the time as well" in words_of(screen)
    assert shell.told == []


def test_a_sign_of_harm_is_said_at_once(qtbot: QtBot, shell: FakeShell, clerk: Office) -> None:
    screen = opened(qtbot, ReportScreen(shell, clerk), clerk)
    screen.text.setPlainText("My stepdad hits me every night and I am scared")
    screen.send()
    assert "Tell the safeguarding lead in person now" in screen.banner.accessibleName()
    assert shell.backs == 0


def test_leaving_asks_before_what_was_typed_is_lost(qtbot: QtBot, shell: FakeShell, clerk: Office) -> None:
    screen = opened(qtbot, ReportScreen(shell, clerk), clerk)
    assert screen.may_close()
    press("half a thought")
    when_asked(lambda dialog: dialog.reject())
    assert not screen.may_close()
    when_asked(lambda dialog: dialog.accept())
    assert screen.may_close()
    assert screen.text.toPlainText() == ""


def _mail(folder: Path, name: str = "complaint.eml") -> Path:
    place = folder / name
    place.write_bytes(
        b"From: Dean Pike <dean@pike.example>\r\nTo: office@larkfield.example\r\nSubject: Your staff\r\n"
        b"Date: Mon, 23 Nov 2026 08:15:00 +0000\r\nMessage-ID: <1@pike.example>\r\n\r\nThey are a shambles.\r\n"
    )
    return place


def test_an_email_and_a_screenshot_are_dropped(
    qtbot: QtBot, shell: FakeShell, clerk: Office, slt: Office, tmp_path: Path
) -> None:
    screen = opened(qtbot, ReportScreen(shell, clerk), clerk)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(_mail(tmp_path)))])
    screen.dropEvent(
        QDropEvent(
            QPointF(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        )
    )
    assert "E-mail from Dean Pike, Mon 23 Nov 2026, 08:15" in words_of(screen)
    screen.send()
    (line,) = slt.ask(ReviewQueue())
    item = slt.ask(ItemToReview(line.item_id)).item
    assert (item.text, item.sent_at) == (
        "Your staff\n\nThey are a shambles.",
        datetime(2026, 11, 23, 8, 15, tzinfo=UTC),
    )


def test_a_picture_from_the_clipboard_is_added_and_left_out_again(
    qtbot: QtBot, shell: FakeShell, clerk: Office
) -> None:
    screen = opened(qtbot, ReportScreen(shell, clerk), clerk)
    QApplication.clipboard().clear()
    screen.paste_picture()
    assert "no picture on the clipboard" in screen.banner.accessibleName()
    image = QImage(8, 8, QImage.Format.Format_RGB32)
    image.fill(0)
    QApplication.clipboard().setImage(image)
    screen.paste_picture()
    assert screen.presenter.files[0].content.startswith(b"\x89PNG")
    screen._drop(0)
    assert screen.presenter.is_empty
    QApplication.clipboard().clear()


def test_files_that_cannot_be_used_are_named_and_none_is_added(clerk: Office, tmp_path: Path) -> None:
    presenter = ReportPresenter(clerk)
    with pytest.raises(Refused, match="One e-mail makes one report"):
        presenter.add([_mail(tmp_path), _mail(tmp_path, "other.eml")])
    with pytest.raises(Refused, match="At most 10 files"):
        presenter.add([tmp_path / str(n) for n in range(11)])
    with pytest.raises(Exception, match=r"gone\.png could not be read"):
        presenter.add([tmp_path / "gone.png"])
    assert presenter.is_empty


def test_days_may_be_said_in_words(clerk: Office, slt: Office, clock: StandingClock) -> None:
    presenter = ReportPresenter(clerk)
    done = presenter.send(
        Entered(text="Shame on all of you there", sent_day="Yesterday", sent_time="17.45", reporter="Mrs Holt")
    )
    assert slt.ask(ItemToReview(done.item_id)).item.sent_at == datetime(2026, 11, 22, 17, 45, tzinfo=UTC)
    with pytest.raises(Fault, match="Give the day as well"):
        presenter.send(Entered(text="x", sent_time="17:45", reporter="Mrs Holt"))
    assert presenter.now == NOW == clock.now
    assert presenter.facts().today == date(2026, 11, 23)

"""The frame: areas by role, records with a way back, keys, search, notices, help, lock, other windows, news."""

from __future__ import annotations

import gc
import threading
import weakref
from collections.abc import Iterator, Sequence

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit
from pytestqt.qtbot import QtBot

from app.domain.problems import NotAllowed
from app.domain.roles import EVERYONE, HEAD, Role
from app.domain.ticket import Ticket
from app.jobs.runner import Runner
from app.ui.parts.arrange import page
from app.ui.parts.header import PageHeader
from app.ui.shell.area import Area, Hit, RecordFactory, Screen, Shell, SignedIn
from app.ui.shell.desk import Desk
from app.ui.shell.help import help_text
from app.ui.shell.window import MainWindow
from app.ui.theme.apply import apply_theme
from tests.screens.fakes import Kept
from tests.screens.walk import walk

CTRL = Qt.KeyboardModifier.ControlModifier


class Plain(Screen):
    """A screen that writes down what the frame asks of it."""

    def __init__(self, shell: Shell, title: str = "Plain", key: object = None) -> None:
        super().__init__(shell, title)
        self.key = key
        self.asked: list[str] = []
        self.heard: list[tuple[frozenset[str], object]] = []
        self.inner = self.closable = True
        self.field = QLineEdit()
        self.field.setAccessibleName("Field")
        self.set_content(page(PageHeader(title), self.field))
        self.inner = False

    def refresh(self) -> None:
        self.asked.append("refresh")

    def on_changes(self, changes: frozenset[str], initiator: object) -> None:
        self.heard.append((changes, initiator))

    def focus_filter(self) -> bool:
        self.asked.append("filter")
        return True

    def print_(self) -> bool:
        self.asked.append("print")
        return True

    def leave(self) -> bool:
        inner, self.inner = self.inner, False
        return inner

    def may_close(self) -> bool:
        return self.closable


WAITING = {"review": 128}
AREAS = (
    Area("today", "Today", "today", EVERYONE, lambda s: Plain(s, "Today")),
    Area("review", "Review", "review", EVERYONE, lambda s: Plain(s, "Review"), lambda: WAITING["review"]),
    Area("audit", "Audit", "audit", HEAD, lambda s: Plain(s, "Audit")),
    Area("settings", "Settings", "settings", EVERYONE, lambda s: Plain(s, "Settings"), at_foot=True),
)


class Broken(Plain):
    def refresh(self) -> None:
        raise NotAllowed("It cannot be read. Nothing was changed.")


def secret(shell: Shell, key: object) -> Screen:
    raise NotAllowed("Your role does not include this. Ask the headteacher.")


RECORDS: dict[str, RecordFactory] = {
    "pupil": lambda s, key: Plain(s, "Pupil", key),
    "case": lambda s, key: Plain(s, "Case", key),
    "secret": secret,
    "broken": lambda s, key: Broken(s, "Broken", key),
}


def find(words: str) -> Sequence[Hit]:
    return [Hit("pupil", n, "pupil", f"{words} {n}", "Willow") for n in range(12)] if words != "none" else []


@pytest.fixture
def window(qtbot: QtBot, kept: Kept) -> Iterator[MainWindow]:
    runner = Runner()
    made = MainWindow(kept, runner)
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    yield made
    runner.close(5)


@pytest.fixture
def desk(window: MainWindow) -> Desk:
    return seated(window, Role.OFFICE)


def seated(window: MainWindow, role: Role) -> Desk:
    person = SignedIn("Jane Holt", role)
    made = window.show_desk(person, user="j.holt", areas=AREAS, records=RECORDS, school="Hill View", search=find)
    QApplication.processEvents()
    return made


def plain(desk: Desk) -> Plain:
    assert isinstance(desk.shown, Plain)
    return desk.shown


def test_areas_are_those_of_the_role(window: MainWindow) -> None:
    assert seated(window, Role.OFFICE).areas == ["today", "review", "settings"]
    assert seated(window, Role.HEADTEACHER).areas == ["today", "review", "audit", "settings"]


def test_an_area_of_another_role_cannot_be_opened(desk: Desk) -> None:
    with pytest.raises(LookupError):
        desk.open_area("audit")
    with pytest.raises(LookupError):
        desk.open_record("dragon", 1)


@pytest.mark.parametrize(("scale", "width", "height"), [(1.0, 1280, 800), (1.5, 1440, 900), (1.5, 1024, 768)])
def test_the_frame_passes_the_walk(
    window: MainWindow, qapp: QApplication, scale: float, width: int, height: int
) -> None:
    apply_theme(qapp, "dark", scale)
    desk = seated(window, Role.HEADTEACHER)
    window.resize(width, height)
    assert walk(window) == []
    desk.done("The code was issued and the letter is ready to be printed for both adults.", lambda: None)
    assert walk(window) == []
    QTest.keyClick(desk, Qt.Key.Key_F1)
    QApplication.processEvents()
    assert desk.help.mapTo(desk, desk.help.rect().topRight()).x() <= desk.width()
    assert walk(window) == []


def test_in_a_narrow_window_help_takes_the_screens_place(desk: Desk, window: MainWindow) -> None:
    window.resize(900, 600)
    QTest.keyClick(desk, Qt.Key.Key_F1)
    assert not plain(desk).isVisible()
    QTest.keyClick(desk, Qt.Key.Key_F1)
    assert plain(desk).isVisible()


def test_screens_are_made_once_and_refreshed_when_made(desk: Desk) -> None:
    first = plain(desk)
    assert first.asked == ["refresh"]
    desk.open_area("review")
    desk.open_area("today")
    assert desk.shown is first
    assert first.asked == ["refresh"]


def test_records_open_in_place_and_escape_goes_back(desk: Desk, window: MainWindow) -> None:
    desk.open_record("pupil", 7)
    assert plain(desk).key == 7
    assert desk.topbar.back.isVisible()
    assert window.windowTitle() == "Pupil – Schoolgate"
    desk.open_record("case", 3)
    QTest.keyClick(desk, Qt.Key.Key_Escape)
    assert plain(desk).key == 7
    QTest.keyClick(desk, Qt.Key.Key_Escape)
    assert plain(desk).title == "Today"
    assert not desk.topbar.back.isVisible()
    assert not desk.back()


def test_escape_leaves_the_inside_of_a_screen_first(desk: Desk) -> None:
    desk.open_record("pupil", 7)
    plain(desk).inner = True
    QTest.keyClick(desk, Qt.Key.Key_Escape)
    assert plain(desk).key == 7


def test_a_screen_may_keep_the_person(desk: Desk) -> None:
    desk.open_record("pupil", 7)
    plain(desk).closable = False
    assert not desk.back()
    assert plain(desk).key == 7
    desk.open_area("review")
    assert plain(desk).title == "Review"


def test_records_that_cannot_be_reached_are_let_go_of(desk: Desk) -> None:
    desk.open_record("pupil", 7)
    gone = weakref.ref(plain(desk))
    desk.back()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    assert gone() is None


def test_a_record_that_may_not_be_seen_is_not_opened(desk: Desk) -> None:
    before = desk.shown
    desk.open_record("secret", 1)
    assert desk.shown is before
    assert desk._banner.isVisible()
    assert not desk.back()
    desk.open_record("secret", 1, aside=True)
    assert desk._banner.accessibleName() == "Your role does not include this. Ask the headteacher."


def test_a_screen_that_cannot_be_read_says_so_and_stays(desk: Desk) -> None:
    desk.open_record("broken", 1)
    assert desk._banner.isVisible()
    assert plain(desk).title == "Broken"
    QTest.keyClick(desk, Qt.Key.Key_F5)
    assert desk._banner.isVisible()


def test_a_screen_out_of_sight_reads_again_only_when_seen(desk: Desk) -> None:
    today = plain(desk)
    today.refresh_when_seen()
    assert today.asked == ["refresh"] * 2
    desk.open_area("review")
    today.refresh_when_seen()
    today.refresh_when_seen()
    assert today.asked == ["refresh"] * 2
    desk.open_area("today")
    assert today.asked == ["refresh"] * 3


def test_keys(desk: Desk, qtbot: QtBot) -> None:
    QTest.keyClick(desk, Qt.Key.Key_2, CTRL)
    assert plain(desk).title == "Review"
    QTest.keyClick(desk, Qt.Key.Key_F5)
    QTest.keyClick(desk, Qt.Key.Key_F, CTRL)
    QTest.keyClick(desk, Qt.Key.Key_P, CTRL)
    assert plain(desk).asked == ["refresh", "refresh", "filter", "print"]
    QTest.keyClick(desk, Qt.Key.Key_K, CTRL)
    qtbot.waitUntil(desk.topbar.search.hasFocus)


def test_the_focus_goes_to_the_screen_and_back_where_it_was(desk: Desk, qtbot: QtBot) -> None:
    screen = plain(desk)
    qtbot.waitUntil(screen.field.hasFocus)
    desk.open_record("pupil", 7)
    qtbot.waitUntil(plain(desk).field.hasFocus)
    desk.back()
    qtbot.waitUntil(screen.field.hasFocus)


def test_what_waits_is_counted_and_read_out(desk: Desk) -> None:
    assert desk.sidebar.button("review").accessibleName() == "Review, 128 waiting"
    WAITING["review"] = 0
    try:
        desk.recount()
        assert desk.sidebar.button("review").accessibleName() == "Review"
    finally:
        WAITING["review"] = 128


def test_search_opens_what_is_found_in_place_or_apart(desk: Desk, window: MainWindow, qtbot: QtBot) -> None:
    box = desk.topbar.search
    box.setFocus()
    QTest.keyClicks(box, "ella")
    qtbot.waitUntil(lambda: len(box.hits) == 10)
    QTest.keyClick(box, Qt.Key.Key_Down)
    QTest.keyClick(box, Qt.Key.Key_Return)
    assert plain(desk).key == 1
    assert (box.text(), box.hits) == ("", ())
    QTest.keyClicks(box, "ella")
    qtbot.waitUntil(lambda: len(box.hits) == 10)
    QTest.keyClick(box, Qt.Key.Key_Return, CTRL)
    assert [a.shown.title for a in window._asides] == ["Pupil"]
    assert plain(desk).key == 1


def test_a_search_that_finds_nothing_says_so_and_escape_leaves_it(desk: Desk, qtbot: QtBot) -> None:
    box = desk.topbar.search
    box.setFocus()
    QTest.keyClicks(box, "none")
    QTest.keyClick(box, Qt.Key.Key_Return)
    assert box._popup is not None
    assert box._popup.isVisible()
    assert "Nothing found" in box._popup._nothing.text()
    QTest.keyClick(box, Qt.Key.Key_Escape)
    assert not box._popup.isVisible()
    assert box.text() == ""


def test_a_notice_offers_undo_once(desk: Desk) -> None:
    undone: list[int] = []
    desk.done("Code issued.", lambda: undone.append(1))
    assert desk.notices.words == "Code issued."
    QTest.keyClick(desk, Qt.Key.Key_Z, CTRL)
    QTest.keyClick(desk, Qt.Key.Key_Z, CTRL)
    assert undone == [1]
    assert desk.notices.words == ""


def test_a_newer_notice_replaces_the_undo_of_the_older(desk: Desk) -> None:
    undone: list[str] = []
    desk.done("One.", lambda: undone.append("one"))
    desk.done("Two.")
    assert not desk.notices.undo()
    assert undone == []


def test_help_opens_closes_and_never_reads_a_path(desk: Desk, qtbot: QtBot) -> None:
    QTest.keyClick(desk, Qt.Key.Key_F1)
    assert desk.help.isVisible()
    desk.help._reader.setFocus()
    QTest.keyClick(desk, Qt.Key.Key_Escape)
    assert not desk.help.isVisible()
    assert help_text("../policy/school") == help_text("no-such-topic")
    assert help_text("no-such-topic").startswith("There is no help for this page yet.")


def test_the_lock_hides_everything_and_keys_do_nothing(desk: Desk, window: MainWindow, qtbot: QtBot) -> None:
    desk.open_record("pupil", 7)
    window.open_aside("case", 3)
    dialog = QDialog(window)
    dialog.open()
    with qtbot.waitSignal(window.locked):
        window.lock()
    assert window.is_locked
    assert not desk.isVisible()
    assert not dialog.isVisible()
    assert not window._asides[0].isVisible()
    assert window.windowTitle() == "Locked – Schoolgate"
    QTest.keyClick(window, Qt.Key.Key_2, CTRL)
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert not window.sign_in.user.isVisible()
    with qtbot.waitSignal(window.sign_in.submitted) as heard:
        window.sign_in.password.setText("correct horse battery")
        window.sign_in._go.click()
    assert heard.args == ["j.holt", "correct horse battery"]
    window.unlock()
    assert plain(desk).key == 7
    assert window._asides[0].isVisible()
    assert walk(window) == []


def test_control_l_locks(desk: Desk, window: MainWindow, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.locked):
        QTest.keyClick(desk, Qt.Key.Key_L, CTRL)
    assert window.is_locked


def test_someone_else_may_sign_in_and_finds_nothing_open(desk: Desk, window: MainWindow, qtbot: QtBot) -> None:
    window.open_aside("case", 3)
    aside = window._asides[0].shown
    assert isinstance(aside, Plain)
    aside.closable = False
    window.lock()
    with qtbot.waitSignal(window.signed_out):
        window.sign_in.someone_else.emit()
    assert window.desk is None
    assert window._asides == []


def test_news_reaches_every_screen_from_any_thread(desk: Desk, window: MainWindow, qtbot: QtBot) -> None:
    today = plain(desk)
    desk.open_area("review")
    window.open_aside("case", 3)
    aside = window._asides[0].shown
    assert isinstance(aside, Plain)
    thread = threading.Thread(target=window.announce, args=(frozenset({"pupils"}), "who"))
    thread.start()
    thread.join()
    news = [(frozenset({"pupils"}), "who")]
    qtbot.waitUntil(lambda: today.heard == news)
    assert plain(desk).heard == news
    assert aside.heard == news


def test_a_running_job_is_shown_and_can_be_cancelled(desk: Desk, qtbot: QtBot) -> None:
    def job(ticket: Ticket) -> None:
        step = 0
        while True:
            step += 1
            ticket.tick(min(step, 99), 100)

    desk.run(job, lambda _: None, words="Bringing in the register")
    assert not desk.topbar.jobs.isVisible()
    qtbot.waitUntil(desk.topbar.jobs.isVisible)
    assert desk.topbar.jobs._words.text() == "Bringing in the register"
    qtbot.waitUntil(lambda: desk.topbar.jobs._bar.maximum() == 100)
    desk.topbar.jobs._stop.click()
    qtbot.waitUntil(lambda: not desk.topbar.jobs.isVisible())


def test_a_problem_without_a_place_stands_above_the_screen(desk: Desk) -> None:
    desk.problem("It could not be saved. Nothing was changed. Try again.")
    assert desk._banner.isVisible()
    desk.open_area("review")
    assert not desk._banner.isVisible()


def test_the_place_of_the_window_is_kept(desk: Desk, window: MainWindow, kept: Kept) -> None:
    window.close()
    assert "window/place" in kept.values


def test_a_name_never_stands_in_a_title(desk: Desk, window: MainWindow) -> None:
    assert "Holt" not in window.windowTitle()
    window.lock()
    assert "Holt" not in window.windowTitle()

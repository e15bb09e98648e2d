"""Before posting, on screen: a draft in, rulings and a reworded text out, and nothing kept (T8, T12)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot
from sqlalchemy import func, select

from app.domain.content import Kind, Media
from app.domain.roles import Role
from app.services.office import Office
from app.services.sheets import AcknowledgeSheet, IssueClassSheet
from app.store.tables.monitoring import BeforePostingRow
from app.store.tables.permissions import PermissionRow
from app.store.tables.school import StaffClassRow, StaffRow
from app.ui.parts.chip import ChipLabel
from app.ui.screens.posting.presenter import PostingPresenter, child_words
from app.ui.screens.posting.screen import PostingScreen
from app.ui.theme.apply import apply_theme
from tests.conftest import NOW, OfficeOf
from tests.screens.fakes import FakeShell
from tests.screens.walk import mnemonics, walk
from tests.services.rows import a_class, a_pupil


@pytest.fixture
def school(head: Office) -> dict[str, int]:
    """Two classes, four children; only Maya may be photographed."""
    willow, rowan = a_class(head), a_class(head, "Rowan")
    made = {"willow": willow, "rowan": rowan}
    for first, last, class_id in (
        ("Ella", "Marsh", willow),
        ("Oscar", "Reed", willow),
        ("Maya", "Shah", willow),
        ("Noah", "Wood", rowan),
    ):
        made[first] = a_pupil(head, first, last, class_id)
    with head.database.writing() as session:
        session.add(
            PermissionRow(
                pupil_id=made["Maya"],
                kind="photograph",
                answer="given",
                decided_on=date(2026, 9, 7),
                route="paper",
                recorded_at=NOW,
                recorded_by=1,
            )
        )
    return made


@pytest.fixture
def screen(head: Office, school: dict[str, int], shell: FakeShell, qtbot: QtBot) -> PostingScreen:
    del school
    made = PostingScreen(shell, head)
    qtbot.addWidget(made)
    made.resize(1280, 800)
    made.show()
    made.refresh()
    return made


def cleared(office: Office, class_id: int) -> None:
    """Its list is issued, and the one member of its staff has acknowledged it."""
    with office.database.writing() as session:
        member = StaffRow(name="Mrs Holt")
        session.add(member)
        session.flush()
        session.add(StaffClassRow(staff_id=member.id, class_id=class_id))
        staff = member.id
    office.perform(IssueClassSheet(class_id))
    office.perform(AcknowledgeSheet(class_id, (staff,), NOW.date()))


def chips(screen: PostingScreen) -> list[str]:
    QApplication.processEvents()
    return [label.chip.word for label in screen.outcome.findChildren(ChipLabel) if label.isVisibleTo(screen)]


def test_a_draft_is_checked_and_copied_with_the_names_put_right(
    screen: PostingScreen, school: dict[str, int], shell: FakeShell
) -> None:
    screen.draft.setPlainText("Ella Marsh and Maya built a bridge.")
    screen.media[Media.PHOTO].setChecked(True)
    screen.ticks.tick(school["Maya"])
    screen.check_button.click()
    assert "Do not post this as it is. Found: no permission, surname used." in screen.outcome.banner.accessibleName()
    assert "May not be shown in photographs" in chips(screen)
    assert "May be shown" in chips(screen)
    assert screen.outcome.reworded.toPlainText().replace("\ufffc", "").replace("\u2060", "").startswith("Ella")
    left = "1 name is put right. What else was found is still there: take it out before you post."
    assert left in [label.text() for label in screen.outcome.findChildren(QLabel)]
    screen.outcome.copy.click()
    assert QGuiApplication.clipboard().text() == "Ella and Maya built a bridge."
    assert shell.told == ["The text is copied."]


def test_a_clean_draft_is_told_so_and_that_the_class_is_not_cleared(
    screen: PostingScreen, head: Office, school: dict[str, int]
) -> None:
    screen.draft.setPlainText("We grew cress on the windowsill.")
    screen.check()
    said = screen.outcome.banner.accessibleName()
    assert said.startswith("The words stand, and posting is not yet cleared.")
    assert "is not yet cleared for posting: its list of who may be shown was never issued." in said
    cleared(head, school["willow"])
    cleared(head, school["rowan"])
    screen.check()
    assert screen.outcome.banner.accessibleName().startswith("Nothing stands against posting this.")
    assert chips(screen) == []
    assert screen.outcome.copy.isEnabled()


def test_a_change_after_the_check_makes_it_stale(screen: PostingScreen, school: dict[str, int]) -> None:
    screen.draft.setPlainText("We grew cress.")
    changes: tuple[Callable[[], object], ...] = (
        lambda: screen.draft.setPlainText("We grew peas."),
        lambda: screen.media[Media.VIDEO].setChecked(True),
        lambda: screen.ticks.tick(school["Oscar"]),
        lambda: screen.kind.setCurrentIndex(screen.kind.findData(Kind.MESSAGE)),
    )
    for change in changes:
        screen.check()
        assert screen.outcome.copy.isEnabled()
        change()
        assert screen.outcome.banner.accessibleName().startswith("You have changed the draft.")
        assert not screen.outcome.copy.isEnabled()


def test_an_empty_draft_is_refused_in_one_sentence(screen: PostingScreen, head: Office) -> None:
    screen.check()
    assert screen.banner.isVisible()
    assert screen.banner.accessibleName().startswith("There is nothing to check yet.")
    assert screen.check_button.isEnabled()
    with head.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(BeforePostingRow)) == 0


def listed(screen: PostingScreen) -> list[str]:
    return [screen.ticks.list.item(row).text() for row in range(screen.ticks.list.count())]


def test_ticks_follow_the_class_and_the_filter(screen: PostingScreen, school: dict[str, int]) -> None:
    screen.class_.setCurrentIndex(screen.class_.findData(school["willow"]))
    assert listed(screen) == ["Ella", "Maya", "Oscar"]
    screen.ticks.search.setText("osc")
    assert listed(screen) == ["Oscar"]
    screen.ticks.list.setFocus()
    QTest.keyClick(screen.ticks.list, Qt.Key.Key_Space)
    screen.ticks.search.clear()
    assert screen.ticks.ticked == (school["Oscar"],)
    screen.kind.setCurrentIndex(screen.kind.findData(Kind.SCHOOL_STORY))
    assert listed(screen) == ["Noah, Rowan", "Ella, Willow", "Maya, Willow", "Oscar, Willow"]
    assert screen.ticks.ticked == (school["Oscar"],)
    assert not screen.class_.isVisibleTo(screen)
    screen.kind.setCurrentIndex(screen.kind.findData(Kind.CLASS_STORY))
    screen.class_.setCurrentIndex(screen.class_.findData(school["rowan"]))
    assert not screen.ticks.ticked


def test_control_enter_checks_and_start_again_empties(screen: PostingScreen, school: dict[str, int]) -> None:
    screen.draft.setFocus()
    QTest.keyClicks(screen.draft, "We grew cress")
    QTest.keyClick(screen.draft, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert screen.outcome.banner.isVisible()
    screen.ticks.tick(school["Maya"])
    screen.start_again()
    assert (screen.draft.toPlainText(), screen.ticks.ticked) == ("", ())


def test_hostile_text_is_shown_as_it_stands(screen: PostingScreen) -> None:
    screen.draft.setPlainText("<b>Ella Marsh</b> <img src=x> =cmd() \u202e")
    screen.check()
    assert "<b>" in screen.outcome.found.toPlainText()


@pytest.mark.parametrize("role", list(Role))
def test_every_role_may_check_a_draft(office_of: OfficeOf, role: Role) -> None:
    office = office_of(role)
    presenter = PostingPresenter(office)
    willow = a_class(office)
    ella = a_pupil(office, class_id=willow)
    presenter.load()
    assert presenter.classes == ((willow, "Willow, year 3"),)
    done = presenter.check("Out in the sun", Kind.CLASS_STORY, willow, [ella], [Media.PHOTO, Media.WORK])
    assert [child_words(child) for child in done.children] == ["May not be shown in photographs or pupils' work"]


@pytest.mark.parametrize("scale", [1.0, 1.5])
@pytest.mark.parametrize("width", [1440, 1000])
def test_nothing_is_cut_off_and_every_place_has_a_name(
    screen: PostingScreen, school: dict[str, int], qapp: QApplication, scale: float, width: int
) -> None:
    apply_theme(qapp, "light", scale)
    made = PostingScreen(screen.shell, screen.presenter.office)
    made.resize(width, 900)
    made.show()
    made.refresh()
    made.class_.setCurrentIndex(made.class_.findData(school["willow"]))
    assert walk(made) == []
    assert mnemonics(made) == []
    made.draft.setPlainText("Ella Marsh and Maya built a bridge. Ring me on 07700 900123.")
    made.media[Media.PHOTO].setChecked(True)
    made.ticks.tick(school["Maya"])
    made.check()
    assert walk(made) == []
    assert mnemonics(made) == []
    made.close()


def test_a_school_without_classes_says_what_to_do(head: Office, shell: FakeShell, qtbot: QtBot) -> None:
    made = PostingScreen(shell, head)
    qtbot.addWidget(made)
    made.refresh()
    made.draft.setPlainText("Hello")
    made.check()
    assert made.banner.accessibleName().startswith("A class story needs its class")

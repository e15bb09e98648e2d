"""The word lists on screen: looked through, tried, added, ruled out, silenced with a reason, found from a finding."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from app.domain.checks.finding import Check
from app.domain.checks.own_words import OwnPhrase
from app.domain.roles import Role
from app.services.office import Office
from app.services.wordlist_lines import WordLists
from app.services.wordlists import AddPhrase
from app.store.tables.review import FindingRow
from app.ui.areas import records
from app.ui.screens.settings.screen import SettingsScreen
from app.ui.screens.wordlists.presenter import Sort, readable
from app.ui.screens.wordlists.screen import WordlistsScreen
from tests.conftest import OfficeOf
from tests.screens.fakes import FakeShell
from tests.screens.opening import key, opened, press, settle, when_asked
from tests.services.rows import a_class, a_guardian, a_pupil
from tests.services.test_wordlists import bring


def a_school(head: Office) -> Office:
    a_guardian(head, a_pupil(head, class_id=a_class(head)), "Joanne")
    bring(head, "Off to LLAMA yoga on Friday!", "Is it PE tomorrow?", "can you put it on facebook for the family group")
    return head


def shown(qtbot: QtBot, shell: FakeShell, office: Office, key_: object = "personal") -> WordlistsScreen:
    return opened(qtbot, WordlistsScreen(shell, office, key_), office)


def own(office: Office, check: Check = Check.PERSONAL) -> list[str]:
    return [line.phrase.phrase for each in office.ask(WordLists()) if each.check is check for line in each.own]


def test_words_are_tried_and_added_by_the_keyboard_alone(qtbot: QtBot, shell: FakeShell, head: Office) -> None:
    screen = shown(qtbot, shell, a_school(head))
    assert screen.table.hasFocus()
    screen.add_button.setFocus()
    key(Qt.Key.Key_Space)
    assert screen.adding.phrase.hasFocus()
    press("llama yoga")
    key(Qt.Key.Key_Return)
    assert screen.adding.result.words.startswith("It would have marked 1 more.")
    assert "3 posts and messages since" in screen.adding.result.words
    press("s")
    assert screen.adding.result.words == "", "what was tried says nothing about other words"
    key(Qt.Key.Key_Backspace)
    screen.adding.go.setFocus()
    key(Qt.Key.Key_Space)
    assert own(head) == ["llama yoga"]
    assert shell.told == ["The words are added."]
    line = screen.table.current()
    assert line is not None
    assert (line.words, line.sort) == ("llama yoga", Sort.ADDED)
    with head.database.reading() as session:
        assert session.scalars(select(FindingRow.item_id).where(FindingRow.check == "personal")).all() == [1]


def test_words_are_ruled_out_and_taken_back(qtbot: QtBot, shell: FakeShell, head: Office) -> None:
    school = a_school(head)
    school.perform(AddPhrase(OwnPhrase(0, Check.PERSONAL, "llama yoga")))
    screen = shown(qtbot, shell, school)
    screen.add()
    screen.adding.doing.setCurrentIndex(1)
    assert screen.adding.go.text() == "&Rule out"
    screen.adding.go.click()
    assert "Write the words" in screen.adding.phrase.accessibleDescription()
    screen.adding.phrase.setText("on friday")
    screen.adding.try_button.click()
    assert screen.adding.result.words.startswith("It would have marked 1 fewer.")
    screen.adding.go.click()
    assert own(head) == ["on friday", "llama yoga"]
    assert screen.filters.text == ""
    screen.filters.turn(Sort.RULED_OUT.name)
    assert [line.words for line in screen.table.rows] == ["on friday"]
    screen.table.choose_place(0)
    when_asked(lambda dialog: dialog.go.click())  # type: ignore[attr-defined]
    screen.about.buttons[-1].click()
    settle()
    assert own(head) == ["llama yoga"]


def test_what_cannot_be_read_is_refused_in_the_form_and_stays(qtbot: QtBot, shell: FakeShell, head: Office) -> None:
    screen = shown(qtbot, shell, a_school(head))
    screen.add()
    screen.adding.phrase.setText("(llama")
    screen.adding.go.click()
    assert "cannot be used" in screen.adding.banner.accessibleName()
    assert screen.stack.currentWidget() is screen.adding
    assert own(head) == []
    screen.adding.phrase.clear()
    assert screen.leave()
    assert screen.stack.currentWidget() is screen.about


def test_a_finding_leads_to_its_words_which_are_silenced_with_a_reason(
    qtbot: QtBot, shell: FakeShell, head: Office
) -> None:
    school = a_school(head)
    with school.database.reading() as session:
        finding = session.scalars(select(FindingRow.id).where(FindingRow.check == Check.RESHARE)).first()
    assert finding is not None
    screen = opened(qtbot, records(school)["words"](shell, f"finding:{finding}").widget(), school)  # type: ignore[type-var]
    assert isinstance(screen, WordlistsScreen)
    assert screen.presenter.check is Check.RESHARE
    assert screen.stack.currentWidget() is screen.silencing
    assert screen.silencing.what.currentData(), "the phrase that was found, not all of the meaning"
    screen.silencing.try_button.click()
    assert screen.silencing.result.words
    screen.silencing.go.click()
    assert "Say in a few words" in screen.silencing.why.accessibleDescription()
    QTest.keyClicks(screen.silencing.why, "We have a family group of our own")
    screen.silencing.go.click()
    line = screen.table.current()
    assert line is not None
    assert line.sort is Sort.PARTLY
    assert line.silences[0].why == "We have a family group of our own"
    screen.about.buttons[0].click()
    settle()
    assert [each.silenced for each in head.ask(WordLists()) if each.check is Check.RESHARE] == [()]


def test_a_finding_without_a_phrase_says_so(qtbot: QtBot, shell: FakeShell, head: Office) -> None:
    screen = shown(qtbot, shell, a_school(head), "finding:999")
    assert "cannot be opened" in screen.banner.accessibleName()


def test_the_words_for_signs_of_harm_can_only_be_read_by_a_senior_leader(
    qtbot: QtBot, shell: FakeShell, office_of: OfficeOf
) -> None:
    screen = shown(qtbot, shell, office_of(Role.SLT), "safeguarding")
    assert not screen.add_button.isEnabled()
    assert screen.about.buttons == []
    screen.which.setCurrentIndex(0)
    assert screen.add_button.isEnabled()


def test_settings_lead_there_for_those_who_may(
    qtbot: QtBot, shell: FakeShell, clerk: Office, office_of: OfficeOf
) -> None:
    assert opened(qtbot, SettingsScreen(shell, clerk), clerk).words is None
    leader = office_of(Role.SLT)
    settings = opened(qtbot, SettingsScreen(shell, leader), leader)
    assert settings.words is not None
    settings.words.open_button.click()
    assert shell.opened == [("words", "", False)]


def test_the_lists_can_be_searched_by_a_phrase(qtbot: QtBot, shell: FakeShell, head: Office) -> None:
    screen = shown(qtbot, shell, a_school(head), "reshare")
    whole = len(screen.table.rows)
    assert screen.filters.field is not None
    screen.filters.field.setText("facebook")
    qtbot.waitUntil(lambda: 0 < len(screen.table.rows) < whole)


def test_phrases_are_readable() -> None:
    assert readable("wont be .. (in|there) late*") == "wont be … (in / there) late~"

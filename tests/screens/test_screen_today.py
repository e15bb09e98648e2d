"""Today: what waits by role, lines that lead to their work, the first steps of a new school."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from app.domain.checks.finding import Check
from app.domain.roles import Role
from app.services.cases import OpenCase
from app.services.office import Office
from app.services.review import CloseReferral, ReferToOffice, ReferToSafeguarding
from app.services.today import Today, TodayLine, WaitingCounts
from app.ui.areas import areas
from app.ui.screens.today.lines import StepRow
from app.ui.screens.today.presenter import TodayPresenter, first_steps
from app.ui.screens.today.screen import TodayScreen
from tests.conftest import OfficeOf, StandingClock
from tests.screens.fakes import FakeShell
from tests.screens.opening import key, opened
from tests.services.rows import a_class, a_pupil, an_item


def shown(qtbot: QtBot, shell: FakeShell, office: Office) -> TodayScreen:
    return opened(qtbot, TodayScreen(shell, office), office)


def lines(screen: TodayScreen) -> list[str]:
    return [button.accessibleName().split(". ")[0] for button in screen.buttons]


def test_a_new_school_is_led_through_its_first_steps(qtbot: QtBot, shell: FakeShell, head: Office) -> None:
    screen = shown(qtbot, shell, head)
    steps = screen.findChildren(StepRow)
    assert len(steps) == 4
    buttons = [step.findChild(QPushButton) for step in steps]
    assert [button.property("kind") for button in buttons if button] == ["primary", *["secondary"] * 3]
    assert buttons[0] is not None
    assert buttons[0].hasFocus()
    key(Qt.Key.Key_Return)
    assert shell.areas == ["imports"]
    assert buttons[3] is not None
    buttons[3].click()
    assert (shell.areas[-1], shell.lenses[-1]) == ("settings", "accounts")


def test_once_the_register_is_in_the_next_step_stands_out(qtbot: QtBot, shell: FakeShell, clerk: Office) -> None:
    a_pupil(clerk, class_id=a_class(clerk))
    screen = shown(qtbot, shell, clerk)
    steps = screen.findChildren(StepRow)
    assert [step.findChild(QPushButton) is None for step in steps] == [True, False]
    an_item(clerk)
    screen.refresh()
    assert screen.presenter.steps(screen.presenter.load()) == ()


@pytest.mark.parametrize("role", list(Role))
def test_the_first_steps_lead_only_where_the_role_may_go(role: Role, office_of: OfficeOf) -> None:
    open_to = {area.id for area in areas(office_of(role)) if role in area.roles}
    assert {step.area for step in first_steps(role, register=False)} <= open_to


@pytest.mark.parametrize("role", list(Role))
def test_every_line_leads_to_an_area_of_the_role(role: Role, office_of: OfficeOf, slt: Office) -> None:
    pupil = a_pupil(slt)
    item, finding = an_item(slt, "You are a fool", check=Check.ABUSE)
    slt.perform(OpenCase(finding, "Abuse."))
    harm, _ = an_item(slt, "He hurts her", check=Check.SAFEGUARDING)
    slt.perform(ReferToSafeguarding(harm))
    referral = slt.perform(ReferToOffice(item, "absence", "Away."))
    an_item(slt, "She hurts him", check=Check.SAFEGUARDING)
    office = office_of(role)
    office.perform(CloseReferral(referral, "Done"))
    assert pupil
    asked = office.ask(Today())
    open_to = {area.id for area in areas(office) if role in area.roles}
    told: list[TodayLine] = [*asked.now, *asked.due, *asked.done]
    assert told
    assert {line.area for line in told} <= open_to


def test_lines_open_the_part_they_speak_of(qtbot: QtBot, shell: FakeShell, head: Office) -> None:
    a_pupil(head)
    _, finding = an_item(head, "You are a fool", check=Check.ABUSE)
    case = head.perform(OpenCase(finding, "Abuse."))
    an_item(head, "She hurts him", check=Check.SAFEGUARDING)
    an_item(head, "Ella Marsh did it")
    screen = shown(qtbot, shell, head)
    assert lines(screen)[:3] == ["1 possible sign of harm", "1 item to review soon", "Case C-2026-001"]
    for button in screen.buttons[:3]:
        button.click()
    assert list(zip(shell.areas, shell.lenses, strict=True)) == [
        ("review", "harm"),
        ("review", "soon"),
        ("cases", f"case:{case}"),
    ]
    assert "1 pupil has no decision on photographs" in lines(screen)


def test_the_office_has_its_matters_and_no_review(qtbot: QtBot, shell: FakeShell, slt: Office, clerk: Office) -> None:
    item, _ = an_item(slt, "Sam is ill", check=Check.OFFICE)
    slt.perform(ReferToOffice(item, "sickness", "Sam is ill."))
    screen = shown(qtbot, shell, clerk)
    assert lines(screen) == ["1 matter for the office"]
    assert clerk.ask(WaitingCounts()) == {"review": 1, "referrals": 1}


def test_the_counts_of_the_side_bar_follow_the_work(slt: Office, head: Office) -> None:
    assert head.ask(WaitingCounts()) == {}
    item, finding = an_item(slt, "You are a fool", check=Check.ABUSE)
    slt.perform(OpenCase(finding, "Abuse."))
    assert head.ask(WaitingCounts()) == {"review": 1, "cases": 1}
    slt.perform(ReferToSafeguarding(item))
    assert head.ask(WaitingCounts()) == {"safeguarding": 1, "cases": 1}
    assert slt.ask(WaitingCounts()) == {"cases": 1}


def test_no_childs_name_stands_here(qtbot: QtBot, shell: FakeShell, head: Office) -> None:
    a_pupil(head, "Zephyrine", "Quillfeather")
    an_item(head, "Zephyrine Quillfeather did it")
    screen = shown(qtbot, shell, head)
    words = " ".join(button.accessibleName() for button in screen.buttons)
    assert "Zephyrine" not in words
    assert "Quillfeather" not in words


def test_the_keyboard_keeps_its_place_when_news_come(qtbot: QtBot, shell: FakeShell, slt: Office) -> None:
    an_item(slt, "Ella Marsh did it")
    an_item(slt, "You are a fool", check=Check.ABUSE)
    screen = shown(qtbot, shell, slt)
    screen.buttons[1].setFocus()
    screen.refresh()
    assert screen.buttons[1].hasFocus()


def test_it_is_read_again_whenever_it_comes_into_sight(qtbot: QtBot, shell: FakeShell, slt: Office) -> None:
    a_pupil(slt)
    screen = shown(qtbot, shell, slt)
    an_item(slt, "Ella Marsh did it")
    screen.seen(lambda do: do())
    assert "1 item to review" in lines(screen)


@pytest.mark.parametrize(("hour", "words"), [(7, "Good morning"), (12, "Good afternoon"), (18, "Good evening")])
def test_the_greeting_keeps_the_schools_time(slt: Office, clock: StandingClock, hour: int, words: str) -> None:
    clock.now = datetime(2026, 11, 23, hour, 5, tzinfo=UTC)
    presenter = TodayPresenter(slt)
    presenter.load()
    assert presenter.greeting() == words

"""Figures on screen: what each role sees, the table behind each chart, nothing about harm."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from app.domain.checks.finding import Check
from app.domain.figures import Shape
from app.domain.roles import Role
from app.sample.journey import SampleHome
from app.services.figures import Figures
from app.services.office import Office
from app.ui.screens.figures.screen import FiguresScreen
from app.ui.theme.apply import apply_theme
from tests.conftest import OfficeOf
from tests.screens.fakes import FakeShell
from tests.screens.opening import opened, settle
from tests.screens.sample import full_school, sample_school
from tests.screens.walk import mnemonics, walk
from tests.services.rows import a_class, a_guardian, a_pupil, an_item

__all__ = ["full_school", "sample_school"]

OFFICE = {"linked", "permissions", "office"}


@pytest.fixture
def some(head: Office) -> None:
    willow = a_class(head)
    for name in ("Ella", "Sam"):
        a_guardian(head, a_pupil(head, name, class_id=willow))
    an_item(head, "Ella Marsh did it")
    an_item(head, "He is hurt", check=Check.SAFEGUARDING)


def test_each_role_sees_its_own(office_of: OfficeOf, some: None) -> None:
    shown = {role: {figure.id for figure in office_of(role).ask(Figures()).figures} for role in Role}
    assert shown[Role.OFFICE] == OFFICE
    assert all(shown[role] > OFFICE for role in Role if role is not Role.OFFICE)


def test_signs_of_harm_stand_in_no_chart(head: Office, some: None) -> None:
    findings = next(figure for figure in head.ask(Figures()).figures if figure.id == "findings")
    assert findings.labels == (Check.SURNAME.words,)
    assert findings.says == "Findings this year: 1, of which 1 wait."


def test_what_the_charts_say_is_what_is_there(clerk: Office, some: None) -> None:
    linked = next(figure for figure in clerk.ask(Figures()).figures if figure.id == "linked")
    assert linked.rows() == (("Willow", "0", "0", "2"),)
    assert linked.says == "2 of 2 children have no linked adult."


def test_a_chart_turns_into_its_table_and_back(qtbot: QtBot, shell: FakeShell, head: Office, some: None) -> None:
    screen = opened(qtbot, FiguresScreen(shell, head), head)
    card = next(card for card in screen.cards if card.figure.id == "linked")
    assert card.plot.isVisibleTo(screen)
    card.turn_button.click()
    settle()
    assert card.table.isVisibleTo(screen)
    assert not card.plot.isVisibleTo(screen)
    assert [tuple(line) for line in card.table.rows] == list(card.figure.rows())
    screen.refresh()
    settle()
    again = next(card for card in screen.cards if card.figure.id == "linked")
    assert again.table.isVisibleTo(screen), "a refresh leaves a table a table"
    again.turn_button.click()
    assert again.plot.isVisibleTo(screen)


def test_an_empty_school_is_told_so(qtbot: QtBot, shell: FakeShell, head: Office) -> None:
    screen = opened(qtbot, FiguresScreen(shell, head), head)
    assert all(card.figure.empty for card in screen.cards)
    assert all(card.turn_button.isHidden() for card in screen.cards)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_sample_schools_figures_can_be_read(
    qtbot: QtBot, shell: FakeShell, sample_school: SampleHome, scheme: str
) -> None:
    from PySide6.QtWidgets import QApplication

    application = QApplication.instance()
    assert isinstance(application, QApplication)
    office = sample_school.enter(Role.HEADTEACHER)
    try:
        apply_theme(application, "dark" if scheme == "dark" else "light", 1.0)
        screen = opened(qtbot, FiguresScreen(shell, office), office)
        assert not any(card.figure.empty for card in screen.cards)
        assert {card.figure.shape for card in screen.cards} == set(Shape)
        assert walk(screen) == []
        assert mnemonics(screen) == []
    finally:
        office.close()

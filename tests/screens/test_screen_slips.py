"""Points slips, and what a guardian sees, on screen: by the keyboard, in every look (P11)."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from app.services.office import Office
from app.ui.screens.guardians.screen import GuardiansScreen
from app.ui.screens.guardians.sees import GuardianSeesScreen
from app.ui.screens.pupils.listing import PupilsScreen
from app.ui.screens.slips.screen import SlipsScreen
from app.ui.theme.apply import Scheme, apply_theme
from tests.reports.paper_reader import Paper
from tests.screens.fakes import FakeShell
from tests.screens.opening import opened, settle
from tests.screens.walk import mnemonics, walk
from tests.services.test_slips import adult, link, school

__all__ = ["adult", "school"]

LOOKS: tuple[tuple[Scheme, float, int, int], ...] = (
    ("light", 1.0, 1224, 840), ("dark", 1.0, 808, 720), ("dark", 1.5, 1224, 840),
)  # fmt: skip


def words(screen: GuardianSeesScreen) -> str:
    return "\n".join(label.text() for label in screen.findChildren(QLabel) if label.isVisibleTo(screen))


def test_slips_of_all_of_a_class_or_of_one_child_are_saved(
    qtbot: QtBot, shell: FakeShell, clerk: Office, school: dict[str, int], tmp_path: Path
) -> None:
    screen = opened(qtbot, SlipsScreen(shell, clerk), clerk)
    assert screen.save_button.text() == "&Save 2 slips"
    screen.save_to(tmp_path / "all.pdf")
    assert shell.told[-1] == "Saved 2 slips. 1 of the pupils was given no point then."
    screen.filters.turn(f"class:{school['Oak']}")
    assert screen.save_button.text() == "&Save 1 slip"
    screen.save_to(tmp_path / "oak.pdf")
    assert "Sam" in Paper((tmp_path / "oak.pdf").read_bytes()).text()
    assert "Ella" not in Paper((tmp_path / "oak.pdf").read_bytes()).text()
    screen.filters.clear()
    screen.table.choose(school["Ida"])
    assert not screen.save_button.isEnabled(), "nothing is printed for a child without points"


def test_other_days_are_looked_at(qtbot: QtBot, shell: FakeShell, clerk: Office, school: dict[str, int]) -> None:
    del school
    screen = opened(qtbot, SlipsScreen(shell, clerk), clerk)
    screen.first.setDate(screen.last.date().addDays(1))
    settle()
    assert not screen.save_button.isEnabled()
    assert screen.presenter.without == 3


def test_a_leader_looks_at_what_a_guardian_sees(qtbot: QtBot, shell: FakeShell, slt: Office, adult: int) -> None:
    screen = opened(qtbot, GuardiansScreen(shell, slt), slt)
    screen.table.choose(adult)
    screen.panel.sees_button.click()
    assert shell.opened == [("guardian-sees", adult, False)]
    shown = opened(qtbot, GuardianSeesScreen(shell, slt, adult), slt)
    said = words(shown)
    for there in (
        "Joanne Marsh",
        "Ella, class Willow",
        "Kind 3",
        "Willow planted beans",
        "The hall is painted",
        "To you alone",
    ):
        assert there in said
    for hidden in ("Oak went", "somebody else", "Shut away", "Taken down", "Long ago"):
        assert hidden not in said
    assert not [each for each in shown.findChildren(QPushButton) if each.isVisibleTo(shown)], "it is to look at only"


def test_without_a_link_the_page_says_that_nothing_is_seen(
    qtbot: QtBot, shell: FakeShell, slt: Office, adult: int, school: dict[str, int]
) -> None:
    link(slt, school["Ella"], adult, "suspended")
    shown = opened(qtbot, GuardianSeesScreen(shell, slt, adult), slt)
    assert "no link is in force" in words(shown)
    assert "beans" not in words(shown)


def test_the_office_has_no_such_button_and_finds_the_slips(
    qtbot: QtBot, shell: FakeShell, clerk: Office, adult: int
) -> None:
    del adult
    assert opened(qtbot, GuardiansScreen(shell, clerk), clerk).panel.sees_button.isHidden()
    opened(qtbot, PupilsScreen(shell, clerk), clerk).slips_button.click()
    assert shell.opened == [("slips", 0, False)]


@pytest.mark.parametrize(("scheme", "scale", "wide", "tall"), LOOKS)
def test_both_pages_can_be_walked_in_every_look(
    qtbot: QtBot, shell: FakeShell, head: Office, adult: int, qapp: QApplication,
    scheme: Scheme, scale: float, wide: int, tall: int,
) -> None:  # fmt: skip
    apply_theme(qapp, scheme, scale)
    found: list[str] = []
    for screen in (
        SlipsScreen(shell, head),
        GuardianSeesScreen(shell, head, adult),
        GuardianSeesScreen(shell, head, 2),
    ):
        opened(qtbot, screen, size=(wide, tall))
        settle()
        found += [f"{screen.title}: {fault}" for fault in [*walk(screen), *mnemonics(screen)]]
    assert "\n".join(found) == ""

"""Every screen of the full sample school, walked as somebody with a keyboard, a screen reader or large text would."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.domain.review import Verdict
from app.domain.roles import Role
from app.jobs.runner import Runner
from app.sample.journey import SampleHome
from app.services.accounts import found_school, sign_in
from app.services.cases import Cases
from app.services.office import Office
from app.services.pupils import Pupils
from app.ui.screens.cases.screen import CasesScreen
from app.ui.screens.imports.screen import ImportScreen
from app.ui.screens.referrals.safeguarding import SafeguardingScreen
from app.ui.screens.review.screen import ReviewScreen
from app.ui.shell.desk import Desk
from app.ui.shell.window import MainWindow
from app.ui.theme.apply import Scheme, apply_theme
from tests.conftest import PASSWORD, QUICK
from tests.screens.fakes import Kept
from tests.screens.opening import seated, settle
from tests.screens.sample import full_school, sample_school
from tests.screens.walk import mnemonics, walk

__all__ = ["full_school", "sample_school"]

LOOKS: tuple[tuple[Scheme, float, int, int], ...] = (
    ("light", 1.0, 1440, 900),
    ("dark", 1.0, 1024, 768),
    ("dark", 1.5, 1440, 900),
    ("light", 1.5, 1280, 800),
)


ELSEWHERE = frozenset({"codes", "posting"})
"""Areas that are walked by their own tests."""


@pytest.fixture
def runner() -> Iterator[Runner]:
    made = Runner()
    yield made
    made.close(20)


@pytest.fixture
def window(qtbot: QtBot, kept: Kept, runner: Runner) -> MainWindow:
    made = MainWindow(kept, runner)
    qtbot.addWidget(made)
    return made


def quiet(runner: Runner, qtbot: QtBot) -> None:
    """Wait for what runs beside the window: previews."""
    qtbot.waitUntil(lambda: not runner.running, timeout=30_000)
    settle()


def walked(desk: Desk) -> list[str]:
    return [area for area in desk.areas if area not in ELSEWHERE]


def faults(desk: Desk, where: str) -> list[str]:
    assert desk.shown is not None
    settle()
    found = [*walk(desk.shown.widget()), *mnemonics(desk.shown.widget())]
    return [f"{where}: {fault}" for fault in found]


def in_hand(desk: Desk, office: Office) -> Iterator[tuple[str, str]]:
    """What lies open once something is chosen: a word for it, and the area it is in."""
    desk.open_area("review")
    review = desk.shown
    assert isinstance(review, ReviewScreen)
    review.split.show_detail()
    yield "review in hand", "review"
    longest = max(review.presenter.lines, key=lambda line: (len(line.checks), len(line.opening)))
    review.open_item(longest.item_id)
    review.desk.judge(Verdict.ADVICE)
    yield "review, why", "review"
    review.leave()
    desk.open_area("cases")
    cases = desk.shown
    assert isinstance(cases, CasesScreen)
    for line in (office.ask(Cases())[0], office.ask(Cases())[-1]):
        cases.table.choose(line.id)
        cases.open_case(line.id)
        yield f"case {line.status}", "cases"
    desk.open_area("safeguarding")
    harm = desk.shown
    assert isinstance(harm, SafeguardingScreen)
    harm.split.show_detail()
    harm.read()
    yield "referral read", "safeguarding"
    barred = next(line for line in office.ask(Pupils()) if line.picture_bar)
    for line_id, words in ((office.ask(Pupils())[0].id, "pupil"), (barred.id, "barred pupil")):
        desk.open_area("pupils")
        desk.open_record("pupil", line_id)
        yield words, "pupils"


@pytest.mark.parametrize(("scheme", "scale", "wide", "tall"), LOOKS)
def test_the_headteachers_screens_pass_the_walk(
    sample_school: SampleHome,
    window: MainWindow,
    runner: Runner,
    qtbot: QtBot,
    qapp: QApplication,
    scheme: Scheme,
    scale: float,
    wide: int,
    tall: int,
) -> None:
    apply_theme(qapp, scheme, scale)
    head = sample_school.enter(Role.HEADTEACHER)
    desk = seated(window, head)
    window.resize(wide, tall)
    window.show()
    found: list[str] = []
    for area in walked(desk):
        desk.open_area(area)
        quiet(runner, qtbot)
        found += faults(desk, area)
    for words, _area in in_hand(desk, head):
        found += faults(desk, words)
    window.close()
    head.close()
    assert "\n".join(found) == ""


@pytest.mark.parametrize(("scheme", "scale", "wide", "tall"), LOOKS[1:3])
def test_the_offices_screens_and_an_import_pass_the_walk(
    full_school: tuple[SampleHome, object],
    sample_school: SampleHome,
    window: MainWindow,
    runner: Runner,
    qtbot: QtBot,
    qapp: QApplication,
    scheme: Scheme,
    scale: float,
    wide: int,
    tall: int,
) -> None:
    apply_theme(qapp, scheme, scale)
    clerk = sample_school.enter(Role.OFFICE)
    desk = seated(window, clerk)
    window.resize(wide, tall)
    window.show()
    found: list[str] = []
    for area in walked(desk):
        desk.open_area(area)
        quiet(runner, qtbot)
        found += faults(desk, f"office {area}")
    desk.open_area("imports")
    screen = desk.shown
    assert isinstance(screen, ImportScreen)
    screen.read([full_school[0].home.parent / "files" / "class_list.csv"])
    quiet(runner, qtbot)
    found += faults(desk, "the columns of a file")
    screen.columns.next_button.click()
    quiet(runner, qtbot)
    assert len(screen.table.rows) > 0
    found += faults(desk, "a plan")
    window.close()
    clerk.close()
    assert "\n".join(found) == ""


def test_an_empty_schools_screens_pass_the_walk(
    home: Path, window: MainWindow, runner: Runner, qtbot: QtBot, qapp: QApplication
) -> None:
    apply_theme(qapp, "light", 1.5)
    found_school(home, name="Larkfield", login="head", person="Helen", password=PASSWORD, hardness=QUICK)
    head = sign_in(home, "head", PASSWORD)
    desk = seated(window, head)
    window.resize(1280, 800)
    window.show()
    found: list[str] = []
    for area in walked(desk):
        desk.open_area(area)
        quiet(runner, qtbot)
        found += faults(desk, f"empty {area}")
    window.close()
    head.close()
    assert "\n".join(found) == ""

"""A text in another language says so where it is read."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from app.domain.checks.finding import Check
from app.services.office import Office
from app.ui.parts.chip import ChipLabel
from app.ui.screens.review.item_screen import ItemScreen
from tests.screens.fakes import FakeShell
from tests.screens.opening import opened
from tests.services.rows import a_class, a_guardian, a_pupil
from tests.services.test_wordlists import bring, standing


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Dzień dobry, moja córka jutro nie będzie w szkole bo jest chora", True),
        ("Ella will be off tomorrow, she is poorly", False),
    ],
)
def test_an_item_says_that_it_is_not_in_english(
    qtbot: QtBot, shell: FakeShell, head: Office, text: str, told: bool
) -> None:
    a_guardian(head, a_pupil(head, class_id=a_class(head)), "Joanne")
    bring(head, text)
    screen = opened(qtbot, ItemScreen(shell, head, 1), head)
    words = [chip.accessibleName() for chip in screen.findChildren(ChipLabel)]
    assert any("Not in English" in each for each in words) is told
    assert bool(standing(head, Check.OFFICE)) is not told

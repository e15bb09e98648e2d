"""What only the desk can measure runs, small, and says sane things. Nothing is timed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from app.bench import telling
from app.bench.filled import let_go
from app.ui.bench import measure


@pytest.fixture(autouse=True)
def _gone() -> Iterator[None]:
    yield
    let_go()


def test_a_keystroke_is_followed_to_the_painted_list(qtbot: QtBot) -> None:
    median, worst = measure("search", 0.0001, 1)
    for result in (median, worst):
        assert result.job == "search"
        assert result.peer is not None
        assert result.product.each() > 0
        assert result.peer.each() > 0
        assert "goal at least" in telling.lines_of(result)[-1]
    assert worst.product.each() >= median.product.each()


def test_the_program_and_the_least_window_both_start_and_end_by_themselves() -> None:
    (result,) = measure("start", 0.2, 1)
    assert result.slower
    assert result.product.units == 1
    assert result.ratio() is not None
    assert "goal at most 2x" in telling.lines_of(result)[-1]

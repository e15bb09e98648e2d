"""Which messages from home wait for an answer."""

from __future__ import annotations

import pytest

from app.domain.replies import waits_for_answer


@pytest.mark.parametrize(
    ("text", "waits"),
    [
        ("Thank you so much, she loved it", False),
        ("thanks miss x", False),
        ("💚💚", False),
        ("", False),
        ("Thank you. Could you tell me when the trip is", True),
        ("Thanks, is it PE today?", True),
        ("he cant find his reading book", True),
        ("Cheers for that. " + "We also wanted to raise something about the club on Monday evenings. " * 5, True),
    ],
)
def test_thanks_want_no_answer(text: str, waits: bool) -> None:
    assert waits_for_answer(text) is waits

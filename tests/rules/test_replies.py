"""Which messages from home wait for an answer, and until when."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.replies import Event, runs, waits_for_answer

T = datetime(2026, 11, 16, 10, 0, tzinfo=UTC)


def home(hours: float, text: str = "Is it PE today?") -> Event:
    return Event(T + timedelta(hours=hours), False, int(hours * 100), None, text)


def school(hours: float, channel: str = "message", *, stated: bool = False) -> Event:
    return Event(T + timedelta(hours=hours), True, None, None, "", channel, stated)


def hours_of(*events: Event) -> list[tuple[float, float | None, str]]:
    return [
        (
            (run.asked - T).total_seconds() / 3600,
            (run.answered - T).total_seconds() / 3600 if run.answered else None,
            run.channel,
        )
        for run in runs(events)
    ]


@pytest.mark.parametrize(
    ("text", "waits"),
    [
        ("Thank you so much, she loved it", False),
        ("thanks miss x", False),
        ("💚💚", False),
        ("", False),
        ("ok see you then", False),
        ("😂😂 you have made someones night", False),
        ("Aww bless her", False),
        ("Great, what time", True),
        ("ok but he was in tears all night and says nobody helped him at lunch", True),
        ("lovely. she has no coat", True),
        ("Thank you. Could you tell me when the trip is", True),
        ("Thanks, is it PE today?", True),
        ("he cant find his reading book", True),
        ("Cheers for that. " + "We also wanted to raise something about the club on Monday evenings. " * 5, True),
    ],
)
def test_thanks_want_no_answer(text: str, waits: bool) -> None:
    assert waits_for_answer(text) is waits


def test_a_run_of_messages_waits_from_its_first_to_the_next_answer() -> None:
    assert hours_of(home(0), home(1), school(2), home(3)) == [(0, 2, "message"), (3, None, "")]


def test_a_conversation_without_staff_waits_on() -> None:
    assert hours_of(home(0), home(5)) == [(0, None, "")]
    assert hours_of(school(0), school(1)) == []


def test_what_a_person_states_answers_as_well() -> None:
    assert hours_of(home(0), school(3, "telephone", stated=True), home(4)) == [(0, 3, "telephone"), (4, None, "")]


def test_answers_go_by_the_clock_and_not_by_the_order_in_which_they_came() -> None:
    assert hours_of(school(2), home(0)) == [(0, 2, "message")]
    assert hours_of(home(2), school(1)) == [(2, None, "")]
    assert hours_of(school(1), home(1)) == [(1, 1, "message")]


@given(st.lists(st.tuples(st.integers(0, 50), st.booleans())), st.randoms())
def test_no_run_ends_before_it_begins_in_whatever_order(told: list[tuple[int, bool]], rng: Random) -> None:
    events = [school(at) if by_school else home(at) for at, by_school in told]
    shuffled = list(events)
    rng.shuffle(shuffled)
    found = hours_of(*shuffled)
    assert found == hours_of(*events)
    assert all(answered is None or answered >= asked for asked, answered, _ in found)
    assert sum(answered is None for _, answered, _ in found) <= 1

"""The way back: areas keep their place, records stack, nothing reachable is lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from app.ui.shell.navigation import Place, Trail


def test_nothing_is_open_at_first() -> None:
    trail = Trail()
    assert trail.here is None
    assert not trail.can_go_back
    assert trail.back() is None
    with pytest.raises(LookupError):
        trail.open_record("pupil", 1)


def test_an_area_is_found_as_it_was_left() -> None:
    trail = Trail()
    trail.go_to_area("pupils")
    trail.open_record("pupil", 7)
    trail.go_to_area("cases")
    assert trail.go_to_area("pupils") == Place("pupils", "pupil", 7)


def test_choosing_the_area_one_is_in_goes_to_its_first_page() -> None:
    trail = Trail()
    trail.go_to_area("pupils")
    trail.open_record("pupil", 7)
    assert trail.go_to_area("pupils") == Place("pupils")
    assert trail.places() == {Place("pupils")}


def test_the_same_record_again_is_not_stacked_twice() -> None:
    trail = Trail()
    trail.go_to_area("pupils")
    trail.open_record("pupil", 7)
    trail.open_record("pupil", 7)
    assert trail.back() == Place("pupils")


@given(st.lists(st.integers(), max_size=60))
def test_the_stack_is_bounded_and_ends_at_the_area(keys: list[int]) -> None:
    trail = Trail()
    trail.go_to_area("pupils")
    for key in keys:
        trail.open_record("pupil", key)
    steps = 0
    while trail.back() is not None:
        steps += 1
    assert steps < Trail.DEPTH
    assert trail.here == Place("pupils")


class Wandering(RuleBasedStateMachine):
    """Whatever is pressed, here is reachable and back leads to where one was."""

    def __init__(self) -> None:
        super().__init__()
        self.trail = Trail()

    @rule(area=st.sampled_from(["today", "pupils", "cases"]))
    def choose_area(self, area: str) -> None:
        assert self.trail.go_to_area(area).area == area

    @precondition(lambda self: self.trail.here is not None)
    @rule(key=st.integers(0, 3))
    def open_record(self, key: int) -> None:
        before = self.trail.here
        opened = self.trail.open_record("pupil", key)
        assert self.trail.here == opened
        if opened != before and len(self.trail.places()) < 10:
            assert self.trail.back() == before
            self.trail.open_record("pupil", key)

    @rule()
    def go_back(self) -> None:
        could = self.trail.can_go_back
        assert (self.trail.back() is not None) == could

    @invariant()
    def here_is_reachable(self) -> None:
        assert self.trail.here is None or self.trail.here in self.trail.places()


TestWandering = Wandering.TestCase

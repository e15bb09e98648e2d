"""Charts claim no more than their numbers hold."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.domain.figures import LEAST_FOR_A_SHARE, Figure, Series, Shape, joined, stacked

values = st.lists(st.one_of(st.none(), st.floats(0, 100)), min_size=0, max_size=20)


@given(values, st.data())
def test_only_firm_neighbours_are_joined(shown: list[float | None], data: st.DataObject) -> None:
    of = tuple(data.draw(st.integers(0, 60)) for _ in shown)
    series = Series("Answered in time", tuple(shown), of)
    runs = joined(series)
    places = [at for run in runs for at in run]
    assert places == [at for at in range(len(shown)) if series.firm(at)]
    for run in runs:
        assert list(run) == list(range(run[0], run[-1] + 1))
        assert all(of[at] >= LEAST_FOR_A_SHARE for at in run if of)


def test_a_share_of_few_is_told_with_its_number() -> None:
    series = Series("Answered in time", (50.0, 90.0, None), (4, 40, 0))
    figure = Figure("x", "Replies", "", Shape.LINES, ("Autumn 1", "Autumn 2", "Spring 1"), (series,), percent=True)
    assert figure.rows() == (("Autumn 1", "50 % of 4"), ("Autumn 2", "90 % of 40"), ("Spring 1", "–"))
    assert "fewer than 20" in figure.notes
    assert not figure.empty


def test_counts_are_told_as_they_are() -> None:
    parts = stacked(
        {("Willow", "One"): 1_200, ("Rowan", "None"): 3}, ("Willow", "Rowan"), (("One", "good"), ("None", "warn"))
    )
    figure = Figure("x", "Links", "", Shape.BARS, ("Willow", "Rowan"), parts)
    assert figure.rows() == (("Willow", "1,200", "0"), ("Rowan", "0", "3"))
    assert figure.notes == ""


def test_nothing_but_noughts_is_nothing_to_show() -> None:
    assert Figure("x", "", "", Shape.BARS, ("Willow",), (Series("One", (0.0,)),)).empty
    assert Figure("x", "", "", Shape.BARS, (), ()).empty

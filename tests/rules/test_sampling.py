"""A sample that anybody can draw again, and an estimate that claims no more than it holds (M1)."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.content import Kind
from app.domain.sampling import (
    LEAST_TO_SAY,
    Stratum,
    by_stratum,
    draw,
    estimate,
    missed_words,
    place,
    shares,
)

there = st.dictionaries(st.sampled_from(list(Stratum)), st.integers(0, 400))
items = st.dictionaries(st.sampled_from(list(Stratum)), st.sets(st.integers(1, 10_000), max_size=60)).map(
    lambda parts: {
        stratum: {number * len(Stratum) + at for number in parts.get(stratum, ())} for at, stratum in enumerate(Stratum)
    }
)


@given(there, st.integers(0, 300))
def test_shares_add_up_and_leave_no_part_out(counts: dict[Stratum, int], size: int) -> None:
    given_ = shares(counts, size)
    whole = sum(counts.values())
    assert sum(given_.values()) == min(size, whole)
    assert all(0 < given_[one] <= counts[one] for one in given_)
    present = [one for one in Stratum if counts.get(one)]
    if size >= len(present):
        assert set(given_) == set(present)
    for one in given_:
        ideal = counts[one] * min(size, whole) / whole
        assert given_[one] <= max(1, ideal + 1)


@given(items, st.integers(0, 40), st.text(min_size=1, max_size=16))
def test_the_same_draw_twice_gives_the_same_items(parts: dict[Stratum, set[int]], size: int, seed: str) -> None:
    first = draw(parts, size, seed)
    shuffled = {stratum: sorted(numbers, reverse=True) for stratum, numbers in parts.items()}
    assert draw(shuffled, size, seed) == first
    numbers = [one.number for one in first]
    assert len(set(numbers)) == len(numbers) == min(size, sum(map(len, parts.values())))
    assert all(one.number in parts[one.stratum] for one in first)


@given(items, st.integers(1, 40), st.text(min_size=1, max_size=16))
def test_those_taken_stand_before_those_left(parts: dict[Stratum, set[int]], size: int, seed: str) -> None:
    """What a governor does with a pocket calculator: order by the digest, take the first of each part."""
    taken = draw(parts, size, seed)
    for stratum, numbers in parts.items():
        mine = {one.number for one in taken if one.stratum is stratum}
        ordered = sorted(numbers, key=lambda n: hashlib.sha256(f"{seed}:{n}".encode()).hexdigest())
        assert mine == set(ordered[: len(mine)])
    order = [place(seed, one.number) for one in taken]
    assert order == sorted(order)


def test_another_seed_gives_another_sample() -> None:
    parts = {Stratum.POSTS: range(1, 500)}
    assert draw(parts, 20, "0011223344556677") != draw(parts, 20, "0011223344556678")


@given(st.integers(LEAST_TO_SAY, 2_000), st.data())
def test_the_interval_holds_the_share(of: int, data: st.DataObject) -> None:
    found = data.draw(st.integers(0, of))
    seen = estimate(found, of)
    assert seen is not None
    assert 0 <= seen.low <= seen.share + 1e-9
    assert seen.share - 1e-9 <= seen.high <= 1
    low, high = seen.among(1_000)
    assert 0 <= low <= high <= 1_000


@pytest.mark.parametrize(
    ("found", "of", "low", "high"),
    [(0, 100, 0.0, 0.0370), (5, 100, 0.0215, 0.1118), (50, 100, 0.4038, 0.5962), (10, 10, 0.7225, 1.0)],
)
def test_the_interval_is_wilsons(found: int, of: int, low: float, high: float) -> None:
    """Against a published table of the interval."""
    seen = estimate(found, of)
    assert seen is not None
    assert seen.low == pytest.approx(low, abs=2e-4)
    assert seen.high == pytest.approx(high, abs=2e-4)


def test_a_small_sample_says_that_it_says_nothing() -> None:
    assert estimate(1, LEAST_TO_SAY - 1) is None
    assert missed_words(None, 500).startswith("Too few")
    told = missed_words(estimate(2, 100), 1_000)
    assert "Of 100 items that no check had flagged, people found something in 2." in told
    assert "5 to 70 of 1,000" in told


def test_points_belong_to_no_part() -> None:
    parts = by_stratum([(1, Kind.POINTS), (2, Kind.MESSAGE), (3, Kind.SCHOOL_STORY), (4, Kind.COMMENT)])
    assert parts == {Stratum.POSTS: [3], Stratum.COMMENTS: [4], Stratum.MESSAGES: [2]}

"""Figures in words: honest with small numbers, the same on every computer."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.kit import numbers
from reports.kit.model import Kind, Share

SHARES = st.integers(0, 5_000).flatmap(lambda whole: st.builds(Share, st.integers(0, whole), st.just(whole)))


@pytest.mark.parametrize(
    ("part", "whole", "words"),
    [
        (3, 4, "3 of 4"),
        (0, 19, "0 of 19"),
        (15, 20, "75%"),
        (1, 300, "under 1%"),
        (999, 1000, "over 99%"),
        (0, 300, "0%"),
        (300, 300, "100%"),
        (29, 200, "15%"),
        (0, 0, "–"),
    ],
)
def test_a_share_shows_counts_when_the_whole_is_small_and_never_claims_all_or_none(
    part: int, whole: int, words: str
) -> None:
    assert numbers.share(Share(part, whole)) == words


@given(SHARES)
def test_a_percentage_of_none_or_all_means_exactly_that(share: Share) -> None:
    words = numbers.percent(share)
    if words == "0%":
        assert share.part == 0
    if words == "100%":
        assert share.part == share.whole
    assert (words == numbers.NOTHING) == (share.whole == 0)


@given(SHARES)
def test_a_rounded_percentage_is_within_half_of_the_true_one(share: Share) -> None:
    shown = numbers.whole_percent(share)
    if shown is None:
        assert share.whole == 0
    else:
        assert abs(shown * share.whole - 100 * share.part) * 2 <= share.whole


def test_a_share_cannot_be_more_than_its_whole() -> None:
    with pytest.raises(ValueError, match="5 is not a part of 4"):
        Share(5, 4)


@pytest.mark.parametrize(
    ("part", "whole", "words"), [(3, 4, "3 of 4"), (150, 200, "150 of 200 (75%)"), (1500, 2000, "1,500 of 2,000 (75%)")]
)
def test_a_share_in_a_sentence_keeps_its_counts(part: int, whole: int, words: str) -> None:
    assert numbers.of(part, whole) == words


def test_days_and_moments_do_not_depend_on_the_computers_language() -> None:
    assert numbers.day(date(2026, 10, 6)) == "Tue 6 Oct 2026"
    assert numbers.short_day(date(2026, 10, 6)) == "6 Oct"
    assert numbers.moment(datetime(2026, 10, 6, 14, 41, tzinfo=UTC)) == "Tue 6 Oct 2026, 14:41"


@pytest.mark.parametrize(
    ("length", "words"),
    [
        (timedelta(), "0 min"),
        (timedelta(seconds=20), "under 1 min"),
        (timedelta(minutes=45), "45 min"),
        (timedelta(hours=2), "2 h"),
        (timedelta(hours=2, minutes=15), "2 h 15 min"),
        (timedelta(days=1), "1 day"),
        (timedelta(days=3, hours=4, minutes=50), "3 days 4 h"),
        (-timedelta(minutes=45), "−45 min"),
    ],
)
def test_durations_are_short_and_hold_together(length: timedelta, words: str) -> None:
    assert numbers.duration(length).replace("\N{NO-BREAK SPACE}", " ") == words
    assert " " not in numbers.duration(length)


def test_numbers_in_sentences_agree_with_their_nouns_and_verbs() -> None:
    assert numbers.counted(0, "finding") == "no findings"
    assert numbers.opening(1, "finding") == "One finding"
    assert numbers.counted(1200, "entry", "entries") == "1,200 entries"
    assert numbers.done(0, "was late", "were late") == "none was late"
    assert numbers.done(1, "was late", "were late") == "one was late"
    assert numbers.done(7, "was late", "were late") == "7 were late"


def test_lists_read_as_sentences_do() -> None:
    assert numbers.listed([]) == ""
    assert numbers.listed(["a"]) == "a"
    assert numbers.listed(["a", "b", "c"]) == "a, b and c"


def test_a_rate_is_not_made_up_from_too_few() -> None:
    assert numbers.per_thousand(3, 99) is None
    assert numbers.per_thousand(3, 1500) == 2


@given(st.lists(st.floats(0, 1e6), max_size=30))
def test_the_median_is_the_middle_or_nothing(figures: list[float]) -> None:
    assert numbers.median(figures) == (median(figures) if figures else None)


def test_cells_are_written_by_what_they_are() -> None:
    assert numbers.written(None) == "–"
    assert numbers.written("as it is") == "as it is"
    assert numbers.written(1234) == "1,234"
    assert numbers.written(-3) == "−3"
    assert numbers.written(4, Kind.NUMBER) == "4.0"
    assert numbers.written(0.25) == "0.3"
    assert numbers.written(Share(1, 2)) == "1 of 2"
    assert numbers.written(date(2026, 10, 6)) == "Tue 6 Oct 2026"
    assert numbers.written(timedelta(minutes=5)) == "5\N{NO-BREAK SPACE}min"

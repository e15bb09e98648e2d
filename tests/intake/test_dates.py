"""Dates and moments as offices and programs write them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.intake.dates import either_way, order_of, read_date, read_moment
from tests.intake.files import TODAY

LONDON = ZoneInfo("Europe/London")
DATES = st.dates(date(1930, 1, 1), date(2026, 11, 23))


@pytest.mark.parametrize(
    "text",
    [
        *("2019-09-01", "2019/9/1", "20190901", "2019-09-01T00:00:00", "2019-09-01 00:00:00", "01/09/2019", "1/9/2019"),
        *(
            "1/9/19",
            "01-09-2019",
            "1.9.2019",
            "01 09 2019",
            "1 Sep 2019",
            "1st September 2019",
            "1-Sep-19",
            "01Sep2019",
        ),
        *("Sunday 1 September 2019", "Sun 1 Sept 2019", "Sep 1, 2019", "September 1st 2019", "43709", "43709.0"),
        *(" 01/09/2019 ", "01/09/2019 00:00", "01/09/2019 00:00:00"),
    ],
)
def test_one_day_in_every_hand(text: str) -> None:
    assert read_date(text, TODAY).date == date(2019, 9, 1)


@pytest.mark.parametrize(
    "text",
    [
        *("", "soon", "2019", "9/2019", "31/02/2019", "2019-13-01", "32/1/2019", "00/01/2019", "1/0/2019", "99999"),
        *("123456", "1 Foo 2019", "5/6/7/8", "--", "1/2/3", "0/0/0", "²/1/2019"),
    ],
)
def test_what_is_no_date_has_a_reason(text: str) -> None:
    reading = read_date(text, TODAY)
    assert reading.date is None
    assert reading.problem


def test_two_digit_years_belong_to_this_century_until_this_year() -> None:
    assert read_date("1/2/26", TODAY).date == date(2026, 2, 1)
    assert read_date("1/2/27", TODAY).date == date(1927, 2, 1)


def test_month_first_is_told_and_never_taken_for_day_first() -> None:
    assert "the day comes first" in read_date("12/19/1997", TODAY).problem
    assert read_date("12/19/1997", TODAY, month_first=True).date == date(1997, 12, 19)
    assert read_date("4/2/2000", TODAY).date == date(2000, 2, 4)
    assert read_date("4/2/2000", TODAY, month_first=True).date == date(2000, 4, 2)


def test_what_a_column_says_about_its_order() -> None:
    assert order_of(["4/2/2000", "12/19/1997", "2000-01-30"]).american
    assert not order_of(["4/2/2000", "12/19/1997", "19/12/1997"]).american
    assert not order_of(["4/2/2000"]).american
    assert order_of(["1/31/2000", "12/19/1997"]).example == "1/31/2000"


def test_dates_that_can_be_read_both_ways() -> None:
    assert either_way("4/2/2000")
    assert not either_way("4/4/2000")
    assert not either_way("13/2/2000")
    assert not either_way("2000-04-02")


@given(DATES, st.sampled_from(["%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%d %b %Y", "%d %B %Y", "%Y%m%d"]))
def test_every_day_survives_being_written(day: date, how: str) -> None:
    assert read_date(day.strftime(how), TODAY).date == day


@given(DATES)
def test_spreadsheet_numbers(day: date) -> None:
    assert read_date(str((day - date(1899, 12, 30)).days), TODAY).date == day


@given(st.text(max_size=40))
def test_any_text_is_a_date_or_has_a_reason(text: str) -> None:
    reading = read_date(text, TODAY)
    assert (reading.date is None) == bool(reading.problem)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-09-18T13:41:07.259Z", datetime(2026, 9, 18, 13, 41, 7, 259000, tzinfo=UTC)),
        ("2026-09-18T14:41+02:00", datetime(2026, 9, 18, 12, 41, tzinfo=UTC)),
        ("2026-09-18 13:41", datetime(2026, 9, 18, 12, 41, tzinfo=UTC)),
        ("18/09/2026 13:41:05", datetime(2026, 9, 18, 12, 41, 5, tzinfo=UTC)),
        ("18/09/2026, 1:41 pm", datetime(2026, 9, 18, 12, 41, tzinfo=UTC)),
        ("12:05 am 18 Sep 2026", datetime(2026, 9, 17, 23, 5, tzinfo=UTC)),
        ("18.09.2026 13.41", datetime(2026, 9, 18, 12, 41, tzinfo=UTC)),
        ("Friday 18 September 2026 at 13:41", datetime(2026, 9, 18, 12, 41, tzinfo=UTC)),
        ("Fri, 18 Sep 2026 13:41:07 +0100", datetime(2026, 9, 18, 12, 41, 7, tzinfo=UTC)),
        ("46283.5", datetime(2026, 9, 18, 11, 0, tzinfo=UTC)),
        ("1/12/2026 09:00", datetime(2026, 12, 1, 9, 0, tzinfo=UTC)),
    ],
)
def test_moments_are_aware_and_without_an_offset_the_schools_own(text: str, moment: datetime) -> None:
    reading = read_moment(text, LONDON, TODAY)
    assert reading.moment == moment
    assert reading.moment is not None
    assert str(reading.moment.tzinfo) == "Europe/London"
    assert not reading.day_only


@pytest.mark.parametrize("text", ["18/09/2026", "2026-09-18", "18 Sep 2026", "46283"])
def test_a_day_without_a_time_is_noon_and_says_so(text: str) -> None:
    reading = read_moment(text, LONDON, TODAY)
    assert reading.day_only
    assert reading.moment == datetime(2026, 9, 18, 12, 0, tzinfo=LONDON)


@pytest.mark.parametrize(
    "text", ["", "soon", "13:41", "09/18/2026 13:41", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"]
)
def test_no_moment(text: str) -> None:
    assert read_moment(text, LONDON, TODAY).moment is None


@given(st.text(max_size=60))
def test_any_text_is_a_moment_or_none(text: str) -> None:
    moment = read_moment(text, LONDON, TODAY).moment
    assert moment is None or moment.utcoffset() is not None


@given(st.integers(915_148_800, 3_786_912_000))
def test_every_moment_survives_iso(seconds: int) -> None:
    moment = datetime.fromtimestamp(seconds, UTC)
    assert read_moment(moment.isoformat(), LONDON, TODAY).moment == moment

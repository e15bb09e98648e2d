"""Facts rather than words: the hour, the writer, the points (policy T1, H6, P4, H8)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest

from app.domain.checks.engine import Engine
from app.domain.checks.finding import Check
from app.domain.content import Author, AuthorRole, Kind
from app.services.checking import shipped_lexicons
from tests.rules.a_school import fires, item, register


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        ("2026-10-06T10:00:00+01:00", False),
        ("2026-10-06T08:00:00+01:00", False),
        ("2026-10-06T07:59:59+01:00", True),
        ("2026-10-06T17:00:00+01:00", False),
        ("2026-10-06T17:00:59+01:00", False),
        ("2026-10-06T17:01:00+01:00", True),
        ("2026-10-06T16:30:00Z", True),
        ("2026-11-10T16:45:00Z", False),
        ("2026-10-06T18:00:00+02:00", False),
        ("2026-10-10T10:00:00+01:00", True),
        ("2026-10-27T10:00:00+00:00", True),
        ("2026-10-06T10:00:00", False),
        ("2026-10-06T17:01:00", True),
        (None, False),
    ],
)
def test_hours_go_by_the_school_s_own_clock(sent: str | None, expected: bool) -> None:
    school = replace(register().school, closed=((date(2026, 10, 26), date(2026, 10, 30), "half term"),))
    engine = Engine(replace(register(), school=school), shipped_lexicons())
    assert fires(item("The hat is found.", Kind.MESSAGE, to=("g-freya",), sent=sent), Check.HOURS, engine) is expected


def test_hours_count_for_staff_messages_and_comments_only() -> None:
    late = "2026-10-06T21:00:00+01:00"
    assert fires(item("Hat.", Kind.COMMENT, sent=late), Check.HOURS)
    assert fires(item("Hat.", Kind.MESSAGE, to=("s2",), sent=late), Check.HOURS)
    for kind in (Kind.CLASS_STORY, Kind.SCHOOL_STORY, Kind.POINTS, Kind.PORTFOLIO):
        assert not fires(item("Hat.", kind, sent=late), Check.HOURS)
    assert not fires(item("Hat.", Kind.MESSAGE, Author(AuthorRole.PARENT, "g-freya"), sent=late), Check.HOURS)


def test_hours_of_a_school_with_other_days_and_times() -> None:
    school = replace(
        register().school, timezone="Asia/Karachi", days=frozenset({5, 6}), opens=time(9, 30), closes=time(15, 0)
    )
    engine = Engine(replace(register(), school=school), shipped_lexicons())
    assert not fires(item("Hat.", Kind.COMMENT, sent="2026-10-10T04:30:00Z"), Check.HOURS, engine)
    assert fires(item("Hat.", Kind.COMMENT, sent="2026-10-10T04:29:00Z"), Check.HOURS, engine)
    assert fires(item("Hat.", Kind.COMMENT, sent="2026-10-09T06:00:00Z"), Check.HOURS, engine)


@pytest.mark.parametrize(
    ("kind", "expected"), [(Kind.MESSAGE, True), (Kind.COMMENT, True), (Kind.PORTFOLIO, False), (Kind.POINTS, False)]
)
def test_a_pupil_may_not_write(kind: Kind, expected: bool) -> None:
    entry = item("hello", kind, Author(AuthorRole.PUPIL, "jack"))
    assert fires(entry, Check.PUPIL_AUTHOR) is expected
    assert not fires(entry, Check.OUTSIDER)


@pytest.mark.parametrize(
    ("author", "expected"),
    [
        (Author(AuthorRole.PARENT, "g-freya"), False),
        (Author(AuthorRole.PARENT, "g-invited"), True),
        (Author(AuthorRole.PARENT, "g-suspended"), True),
        (Author(AuthorRole.PARENT, "g-removed"), True),
        (Author(AuthorRole.PARENT, "g-nobody"), True),
        (Author(AuthorRole.PARENT, None), True),
        (Author(AuthorRole.UNKNOWN, None), True),
        (Author(AuthorRole.UNKNOWN, "s2"), False),
        (Author(AuthorRole.STAFF, "s1"), False),
        (Author(AuthorRole.STAFF, None), False),
    ],
)
def test_only_staff_and_linked_guardians_may_write(author: Author, expected: bool) -> None:
    assert fires(item("hello", Kind.MESSAGE, author, to=("s1",)), Check.OUTSIDER) is expected
    assert not fires(item("hello", Kind.PORTFOLIO, author), Check.OUTSIDER)


@pytest.mark.parametrize(("value", "expected"), [(-1.0, True), (-0.5, True), (0.0, False), (2.0, False), (None, False)])
def test_points_are_never_taken_away(value: float | None, expected: bool) -> None:
    assert fires(item("Chatting", Kind.POINTS, value=value), Check.POINTS_REMOVED) is expected
    assert not fires(item("Chatting", Kind.COMMENT, value=value), Check.POINTS_REMOVED)

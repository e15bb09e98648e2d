"""Contact details as many hands write them, and what looks like them and is none (policy T10).

The lines stand with what the judge learns from. They were written for this, with numbers from the ranges kept for
drama; rules are made for kinds of writing, never for one of these lines.
"""

from __future__ import annotations

import pytest

from app.domain.checks.finding import Check
from app.domain.content import Item
from app.judge.training.contacts import RULED, contact_lines
from tests.rules.a_school import findings


def _items(*, private: bool) -> list[tuple[str, Item]]:
    return [(line.item.text, line.item) for line in contact_lines(RULED) if line.private is private]


@pytest.fixture(scope="module")
def found() -> list[tuple[str, Item]]:
    return _items(private=True)


@pytest.fixture(scope="module")
def left() -> list[tuple[str, Item]]:
    return _items(private=False)


def test_the_tables_are_large_enough_to_mean_something(
    found: list[tuple[str, Item]], left: list[tuple[str, Item]]
) -> None:
    assert len(found) >= 400
    assert len(left) >= 500


def test_details_are_found_whoever_writes_them(found: list[tuple[str, Item]]) -> None:
    assert [row for row, entry in found if not findings(entry, Check.CONTACT)] == []


def test_look_alikes_are_left_alone(left: list[tuple[str, Item]]) -> None:
    assert [row for row, entry in left if findings(entry, Check.CONTACT)] == []


def test_every_finding_shows_the_words_it_rests_on(found: list[tuple[str, Item]]) -> None:
    for row, entry in found:
        (finding,) = findings(entry, Check.CONTACT)
        assert finding.span is not None, row
        start, end = finding.span
        assert 0 <= start < end <= len(entry.text), row
        assert " ".join(entry.text[start:end].split()) in finding.why, row

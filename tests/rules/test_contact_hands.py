"""Contact details as many hands write them, and what looks like them and is none (policy T10).

One item a line: "p" for a parent's comment, "s" for a post by staff. The sentences were written for these tables, with
numbers from the ranges kept for drama; rules are made for kinds of writing, never for one of these lines.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from app.domain.checks.finding import Check
from app.domain.content import Item, Kind
from tests.rules.a_school import by_parent, findings, item

_HANDS = Path(__file__).parent / "hands"


def _items(name: str) -> list[tuple[str, Item]]:
    rows = (_HANDS / name).read_text(encoding="utf-8").splitlines()
    return [(row, item(row[2:]) if row[0] == "s" else by_parent(row[2:], Kind.COMMENT)) for row in rows]


@pytest.fixture(scope="module")
def found() -> list[tuple[str, Item]]:
    return _items("contact_found.txt")


@pytest.fixture(scope="module")
def left() -> list[tuple[str, Item]]:
    return _items("contact_left.txt")


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

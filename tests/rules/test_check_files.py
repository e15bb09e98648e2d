"""Registers and items as JSON, and the lines that come out (the format of the checks)."""

from __future__ import annotations

import json
from typing import Any

import pytest

from app.domain.checks.item_json import item_of, parse_item
from app.domain.checks.register import LinkState, PermissionState
from app.domain.checks.register_json import parse_register, register_of
from app.domain.content import AuthorRole, Kind, Media
from app.domain.problems import Problem
from app.intake.checking import check_lines

_SCHOOL: dict[str, Any] = {
    "name": "Larkrise",
    "phone": "01632 960214",
    "timezone": "Europe/London",
    "hours": {"days": ["mon", "tue"], "from": "08:15", "to": "16:45"},
    "closed": [["2026-10-26", "2026-10-30", "half term"]],
}
_PUPIL: dict[str, Any] = {
    "id": "p1",
    "first": "Freya",
    "preferred": None,
    "last": "Ashdown",
    "class": "c1",
    "permissions": {"photograph": "given", "recording": "refused"},
    "in_care": True,
    "care_permission": False,
}
_REGISTER: dict[str, Any] = {
    "school": _SCHOOL,
    "classes": [{"id": "c1", "name": "Heron", "year": 1}],
    "staff": [{"id": "s1", "name": "Mrs Whitlow"}],
    "pupils": [_PUPIL],
    "guardians": [{"id": "g1", "name": "Dana", "pupils": ["p1"], "link": "linked"}],
}
_ITEM: dict[str, Any] = {
    "id": "i1",
    "kind": "class_story",
    "class": "c1",
    "author": {"role": "staff", "id": "s1"},
    "sent_at": "2026-10-06T14:10:00+01:00",
    "text": "Zoë and Freya Ashdown",
    "media": ["photo", "video"],
    "tagged": ["p1"],
    "to": [],
    "value": None,
    "expect": {},
}


def test_a_register_is_read_whole() -> None:
    register = parse_register("\ufeff" + json.dumps(_REGISTER))
    assert register.school.days == frozenset({0, 1})
    assert (register.school.opens.isoformat(), register.school.closes.isoformat()) == ("08:15:00", "16:45:00")
    assert register.school.closed[0][2] == "half term"
    assert register.classes[0].year == "1"
    assert register.pupils[0].permissions == {
        "photograph": PermissionState.GIVEN,
        "recording": PermissionState.REFUSED,
    }
    assert register.pupils[0].in_care
    assert register.guardians[0].link is LinkState.LINKED


@pytest.mark.parametrize(
    ("path", "value", "sentence"),
    [
        (("school",), None, "school is missing"),
        (("school", "timezone"), "Mars/Base", "Mars/Base"),
        (("school", "hours", "from"), "eight", 'school, hours, from is "eight"'),
        (("school", "hours", "from"), "18:00", "closes before it opens"),
        (("school", "hours", "days"), ["mon", "fun"], 'has "fun"'),
        (("school", "closed"), [["2026-10-30", "2026-10-26", "x"]], "closed, entry 1 ends before it begins"),
        (("school", "closed"), [["soon", "later"]], "closed, entry 1 should give its days"),
        (("pupils",), {}, "pupils should be a list"),
        (("pupils", 0), "Freya", "pupils, entry 1 should be an object"),
        (("pupils", 0, "last"), None, 'pupils, entry 1 has no "last"'),
        (("pupils", 0, "first"), 7, 'pupils, entry 1 has a "first" that is not a text'),
        (("pupils", 0, "permissions"), {"photo": "given"}, 'permission for "photo"'),
        (("pupils", 0, "permissions"), {"photograph": "yes"}, 'says "yes"'),
        (("pupils", 0, "in_care"), "no", "neither true nor false"),
        (("guardians", 0, "link"), "friend", 'says "friend"'),
        (("guardians", 0, "pupils"), [1], "guardians, entry 1, pupils should hold ids"),
        (("staff",), [{"id": "s1", "name": "A"}, {"id": "s1", "name": "B"}], 'staff gives the id "s1" twice'),
    ],
)
def test_a_fault_in_a_register_is_said_with_its_place(path: tuple[Any, ...], value: Any, sentence: str) -> None:
    register = json.loads(json.dumps(_REGISTER))
    place = register
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    with pytest.raises(Problem) as caught:
        register_of(register)
    assert sentence in caught.value.sentence


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '{"school": []}', "[" * 100_000])
def test_what_is_no_register_is_refused(text: str) -> None:
    with pytest.raises(Problem):
        parse_register(text)


def test_an_item_is_read_whole() -> None:
    item = parse_item(json.dumps(_ITEM))
    assert (item.kind, item.author.role, item.media) == (
        Kind.CLASS_STORY,
        AuthorRole.STAFF,
        (Media.PHOTO, Media.VIDEO),
    )
    assert item.sent_at is not None
    assert item.sent_at.isoformat() == "2026-10-06T14:10:00+01:00"
    assert item.tagged == ("p1",)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"id": None}, '"id"'),
        ({"kind": "poem"}, 'kind is "poem"'),
        ({"kind": ["comment"]}, "kind"),
        ({"author": None}, "author"),
        ({"author": {"role": "head"}}, 'role is "head"'),
        ({"sent_at": "yesterday"}, '"yesterday"'),
        ({"text": 5}, "text"),
        ({"media": ["song"]}, "song"),
        ({"tagged": "p1"}, "tagged"),
        ({"value": "two"}, "value"),
        ({"value": True}, "value"),
    ],
)
def test_a_fault_in_an_item_is_said(changes: dict[str, Any], sentence: str) -> None:
    with pytest.raises(Problem) as caught:
        item_of(_ITEM | changes)
    assert sentence in caught.value.sentence


def test_lines_come_out_in_order_in_the_printed_shape() -> None:
    second = _ITEM | {"id": "i2", "text": "", "media": [], "tagged": []}
    lines = list(check_lines(json.dumps(_REGISTER), [json.dumps(_ITEM), "", json.dumps(second)]))
    rows = [json.loads(line) for line in lines]
    assert [row["id"] for row in rows] == ["i1", "i2"]
    assert rows[1]["findings"] == []
    surname = next(finding for finding in rows[0]["findings"] if finding["check"] == "surname")
    assert list(surname) == ["check", "clause", "pupils", "topics", "span", "why"]
    assert (surname["clause"], surname["pupils"], surname["topics"]) == ("T8", ["p1"], [])
    assert _ITEM["text"][slice(*surname["span"])] == "Freya Ashdown"
    assert all(line.isascii() for line in lines)


def test_a_bad_line_is_named_by_its_number() -> None:
    lines = check_lines(json.dumps(_REGISTER), [json.dumps(_ITEM), "{not json"])
    next(lines)
    with pytest.raises(Problem, match="Line 2 of the items"):
        next(lines)

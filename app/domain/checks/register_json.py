"""Reading a register from JSON, with every fault said where it stands.

The shape is that of a register file: school, classes, staff, pupils, guardians. What may be missing is taken as the
safe value: a permission that is not given counts as undecided, a link that is not stated as invited.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date, time
from typing import Any, TypeVar

from app.domain.calendar import zone_named
from app.domain.checks.register import (
    ClassEntry,
    GuardianEntry,
    LinkState,
    PermissionState,
    PupilEntry,
    Register,
    SchoolEntry,
    StaffEntry,
)
from app.domain.problems import Problem

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_PERMISSIONS = ("photograph", "recording", "work_sample")
_Entry = TypeVar("_Entry")
_State = TypeVar("_State", PermissionState, LinkState)


def parse_register(text: str) -> Register:
    """The register in a JSON text. Raises Problem that says where and what where it cannot be used."""
    try:
        table = json.loads(text.removeprefix("\ufeff"))
    except (ValueError, RecursionError) as wrong:
        raise _problem("the file", f"is not JSON ({wrong})") from wrong
    return register_of(table)


def register_of(table: object) -> Register:
    """The register in decoded JSON. Raises Problem that says where and what where it cannot be used."""
    top = _table(table, "the file")
    register = Register(
        school=_school(_table(top.get("school"), "school")),
        classes=_rows(top, "classes", _class),
        staff=_rows(top, "staff", _staff),
        pupils=_rows(top, "pupils", _pupil),
        guardians=_rows(top, "guardians", _guardian),
    )
    for name, entries in (
        ("classes", register.classes),
        ("staff", register.staff),
        ("pupils", register.pupils),
        ("guardians", register.guardians),
    ):
        _unique(name, [entry.id for entry in entries])
    return register


def _school(row: Mapping[str, Any]) -> SchoolEntry:
    hours = _table(row.get("hours", {}), "school, hours")
    zone = _text(row, "timezone", "school", "Europe/London")
    zone_named(zone)
    opens, closes = (
        _time(_text(hours, key, "school, hours", default), f"school, hours, {key}")
        for key, default in (("from", "08:00"), ("to", "17:00"))
    )
    if closes <= opens:
        raise _problem("school, hours", "closes before it opens")
    return SchoolEntry(
        name=_text(row, "name", "school"),
        phone=_optional(row, "phone", "school"),
        email=_optional(row, "email", "school"),
        postcode=_optional(row, "postcode", "school"),
        timezone=zone,
        days=frozenset(_day(day) for day in _list(hours.get("days", list(_DAYS[:5])), "school, hours, days")),
        opens=opens,
        closes=closes,
        closed=tuple(_closure(row, n) for n, row in enumerate(_list(row.get("closed", []), "school, closed"), start=1)),
    )


def _closure(row: object, number: int) -> tuple[date, date, str]:
    place = f"school, closed, entry {number}"
    parts = _list(row, place)
    if len(parts) not in (2, 3) or not all(isinstance(part, str) for part in parts):
        raise _problem(place, "should hold the first day, the last day and the reason")
    try:
        first, last = date.fromisoformat(parts[0]), date.fromisoformat(parts[1])
    except ValueError as wrong:
        raise _problem(place, "should give its days as 2026-10-26") from wrong
    if last < first:
        raise _problem(place, "ends before it begins")
    return first, last, parts[2] if len(parts) == 3 else ""


def _class(row: Mapping[str, Any], place: str) -> ClassEntry:
    year = row.get("year")
    return ClassEntry(_text(row, "id", place), _text(row, "name", place), None if year is None else str(year))


def _staff(row: Mapping[str, Any], place: str) -> StaffEntry:
    role, classes = _text(row, "role", place, "teacher"), _texts(row, "classes", place)
    return StaffEntry(_text(row, "id", place), _text(row, "name", place), role, classes)


def _pupil(row: Mapping[str, Any], place: str) -> PupilEntry:
    permissions = _table(row.get("permissions", {}), f"{place}, permissions")
    unknown = sorted(set(permissions) - set(_PERMISSIONS))
    if unknown:
        raise _problem(place, f'has a permission for "{unknown[0]}"; known are {", ".join(_PERMISSIONS)}')
    return PupilEntry(
        id=_text(row, "id", place),
        first=_text(row, "first", place),
        last=_text(row, "last", place),
        class_id=_optional(row, "class", place),
        preferred=_optional(row, "preferred", place),
        permissions={kind: _one_of(PermissionState, state, place) for kind, state in permissions.items()},
        in_care=_yes_or_no(row, "in_care", place),
        care_permission=_yes_or_no(row, "care_permission", place),
    )


def _guardian(row: Mapping[str, Any], place: str) -> GuardianEntry:
    link = _one_of(LinkState, row.get("link", LinkState.INVITED.value), place)
    return GuardianEntry(_text(row, "id", place), _text(row, "name", place), _texts(row, "pupils", place), link)


def _rows(top: Mapping[str, Any], name: str, read: Callable[[Mapping[str, Any], str], _Entry]) -> tuple[_Entry, ...]:
    rows = _list(top.get(name, []), name)
    return tuple(read(_table(row, f"{name}, entry {n}"), f"{name}, entry {n}") for n, row in enumerate(rows, start=1))


def _unique(name: str, ids: list[str]) -> None:
    seen: set[str] = set()
    for id_ in ids:
        if id_ in seen:
            raise _problem(name, f'gives the id "{id_}" twice')
        seen.add(id_)


def _table(value: object, place: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise _problem(place, "is missing" if value is None else "should be an object in braces")
    return value


def _list(value: object, place: str) -> list[Any]:
    if not isinstance(value, list):
        raise _problem(place, "should be a list in square brackets")
    return value


def _text(row: Mapping[str, Any], key: str, place: str, default: str | None = None) -> str:
    value = row.get(key, default)
    if not isinstance(value, str) or not value.strip():
        raise _problem(place, f'has no "{key}"' if value is None else f'has a "{key}" that is not a text')
    return value


def _optional(row: Mapping[str, Any], key: str, place: str) -> str | None:
    value = row.get(key)
    if value is not None and not isinstance(value, str):
        raise _problem(place, f'has a "{key}" that is not a text')
    return value or None


def _texts(row: Mapping[str, Any], key: str, place: str) -> tuple[str, ...]:
    values = _list(row.get(key, []), f"{place}, {key}")
    if not all(isinstance(value, str) for value in values):
        raise _problem(f"{place}, {key}", "should hold ids")
    return tuple(values)


def _yes_or_no(row: Mapping[str, Any], key: str, place: str) -> bool:
    value = row.get(key, False)
    if not isinstance(value, bool):
        raise _problem(place, f'has a "{key}" that is neither true nor false')
    return value


def _one_of(states: type[_State], value: Any, place: str) -> _State:
    try:
        return states(value)
    except ValueError as wrong:
        known = ", ".join(state.value for state in states)
        raise _problem(place, f'says "{value}" where one of these is expected: {known}') from wrong


def _day(value: object) -> int:
    if value not in _DAYS:
        raise _problem("school, hours, days", f'has "{value}"; known are {", ".join(_DAYS)}')
    return _DAYS.index(str(value))


def _time(value: str, place: str) -> time:
    try:
        found = time.fromisoformat(value)
    except ValueError as wrong:
        raise _problem(place, f'is "{value}" and should be a time such as 08:00') from wrong
    return found.replace(tzinfo=None)


def _problem(place: str, fault: str) -> Problem:
    return Problem(f"The register cannot be used: {place} {fault}. Correct it and try again.")

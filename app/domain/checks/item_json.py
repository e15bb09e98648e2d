"""Items and findings as JSON lines, one object a line."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from datetime import datetime
from typing import Any, TypeVar

from app.domain.checks.finding import Finding
from app.domain.content import Author, AuthorRole, Item, Kind, Media
from app.domain.problems import Problem

_Choice = TypeVar("_Choice", Kind, AuthorRole, Media)


def parse_item(line: str) -> Item:
    """The item in one JSON line; labels and unknown keys are left out. Raises Problem that says what is wrong."""
    try:
        row = json.loads(line.removeprefix("\ufeff"))
    except (ValueError, RecursionError) as wrong:
        raise Problem(f"It is not JSON ({wrong}).") from wrong
    if not isinstance(row, dict):
        raise Problem("It should be an object in braces.")
    return item_of(row)


def item_of(row: dict[str, Any]) -> Item:
    """The item in a decoded JSON object. Raises Problem that says what is wrong with it."""
    author = row.get("author")
    if not isinstance(author, dict):
        raise Problem('It has no "author" with a role and an id.')
    return Item(
        id=_text(row, "id"),
        kind=_choice(Kind, row.get("kind"), "kind"),
        class_id=_optional(row, "class"),
        author=Author(_choice(AuthorRole, author.get("role"), "author's role"), _optional(author, "id")),
        sent_at=_instant(row.get("sent_at")),
        text=_body(row.get("text")),
        media=tuple(_choice(Media, value, "media") for value in _texts(row, "media")),
        tagged=_texts(row, "tagged"),
        to=_texts(row, "to"),
        value=_number(row.get("value")),
    )


def findings_json(item_id: str, findings: Iterable[Finding]) -> dict[str, Any]:
    """What is printed for one item: its id and its findings."""
    return {"id": item_id, "findings": [finding_json(finding) for finding in findings]}


def finding_json(finding: Finding) -> dict[str, Any]:
    """One finding as it is printed."""
    return {
        "check": finding.check.value,
        "clause": finding.clause,
        "pupils": list(finding.pupils),
        "topics": list(finding.topics),
        "span": None if finding.span is None else list(finding.span),
        "why": finding.why,
    }


def _text(row: dict[str, Any], key: str) -> str:
    value = row.get(key)
    if not isinstance(value, str) or not value:
        raise Problem(f'It has no "{key}".' if value is None else f'Its "{key}" should be a text.')
    return value


def _body(value: object) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        raise Problem('Its "text" should be a text.')
    return value


def _optional(row: dict[str, Any], key: str) -> str | None:
    value = row.get(key)
    if value is not None and not isinstance(value, str):
        raise Problem(f'Its "{key}" should be a text or null.')
    return value


def _texts(row: dict[str, Any], key: str) -> tuple[str, ...]:
    values = row.get(key)
    if values is None:
        return ()
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        raise Problem(f'Its "{key}" should be a list of texts.')
    return tuple(values)


def _choice(choices: type[_Choice], value: Any, name: str) -> _Choice:
    try:
        return choices(value)
    except ValueError as wrong:
        known = ", ".join(choice.value for choice in choices)
        raise Problem(f'Its {name} is "{value}"; known are {known}.') from wrong


def _instant(value: object) -> datetime | None:
    if value is None:
        return None
    try:
        return datetime.fromisoformat(str(value))
    except ValueError as wrong:
        raise Problem(f'Its "sent_at" is "{value}" and should be a time such as 2026-10-06T14:10:00+01:00.') from wrong


def _number(value: object) -> float | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise Problem('Its "value" should be a number.')
    return float(value)

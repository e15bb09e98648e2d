"""Checking items from a file against a register from a file: the content checks alone, no store and no sign-in."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from app.domain.checks.engine import Engine
from app.domain.checks.item_json import findings_json, parse_item
from app.domain.checks.register_json import parse_register
from app.domain.problems import Problem
from app.judge import load_judge
from app.services.checking import shipped_lexicons


def check_lines(register_text: str, lines: Iterable[str]) -> Iterator[str]:
    """One JSON line of findings for each item line, in the items' order; blank lines are passed over.

    Raises Problem for a register that cannot be used, and for an item that cannot, with the number of its line.
    The result is plain ASCII, so that it can be written anywhere.
    """
    engine = Engine(parse_register(register_text), shipped_lexicons(), load_judge())
    return _checked(engine, lines)


def _checked(engine: Engine, lines: Iterable[str]) -> Iterator[str]:
    for number, line in enumerate(lines, start=1):
        if not line.strip().removeprefix("\ufeff"):
            continue
        try:
            item = parse_item(line)
        except Problem as problem:
            fault = f"Line {number} of the items cannot be read. {problem.sentence} Correct it and try again."
            raise Problem(fault) from problem
        yield json.dumps(findings_json(item.id, engine.check(item)))

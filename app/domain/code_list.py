"""A pasted list of the service's own codes: in each line a pupil's name and a code, parted by tab or comma."""

from __future__ import annotations

import re
from dataclasses import dataclass

from app.domain.codes import plain

_PARTED = re.compile(r"[\t;,]|\s{2,}")
_HEADINGS = frozenset({"code", "codes", "parent code", "student code"})
_SIGNS = re.compile(r"[A-Z0-9]{6,12}")


@dataclass(frozen=True, slots=True)
class ListedCode:
    """One line of the list, by its number from 1. `code` is empty where the line holds none."""

    number: int
    name: str
    code: str

    def __repr__(self) -> str:
        return f"ListedCode({self.number})"


def read_code_list(text: str) -> tuple[ListedCode, ...]:
    """Every line that is neither empty nor a row of headings. The code is the last part that could be one."""
    found = []
    for number, line in enumerate(text.splitlines(), start=1):
        parts = [part.strip() for part in _PARTED.split(line) if part.strip()]
        if not parts or any(part.casefold() in _HEADINGS for part in parts):
            continue
        last = plain(parts[-1])
        has_code = len(parts) > 1 and _SIGNS.fullmatch(last) and any(sign.isdigit() for sign in last)
        name = ", ".join(parts[:-1] if has_code else parts)
        found.append(ListedCode(number, name, last if has_code else ""))
    return tuple(found)

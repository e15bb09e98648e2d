"""A class's list of permitted names and of who may be shown: what is on it, and when a new one is due (T8, T11).

A list says may or may not, never why. What it said is kept as a digest, so that a later look can tell whether anything
that matters has changed since it was issued.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from app.domain.permissions import MediaKind


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One child on a list: the permitted name, and for each kind in `MediaKind`'s order whether it may be shown."""

    pupil_id: int
    class_name: str
    name: str
    may: tuple[bool, ...]

    def of(self, kind: MediaKind) -> bool:
        """Whether this kind may be shown."""
        return self.may[list(MediaKind).index(kind)]


def sheet_digest(lines: Iterable[SheetLine]) -> str:
    """What the list says, as 64 hexadecimal signs: the same for the same children, names and rulings in any order."""
    said = sorted(
        f"{line.pupil_id}|{line.class_name}|{line.name}|{''.join('y' if may else 'n' for may in line.may)}"
        for line in lines
    )
    return hashlib.sha256("\n".join(["class sheet 1", *said]).encode()).hexdigest()


def said_by(lines: Iterable[SheetLine]) -> str:
    """A list as it is kept with its issue."""
    return json.dumps(
        [[line.pupil_id, line.class_name, line.name, [int(may) for may in line.may]] for line in lines],
        ensure_ascii=False,
    )


def lines_of(said: str) -> tuple[SheetLine, ...]:
    """The list that an issue said."""
    return tuple(
        SheetLine(int(pupil), str(room), str(name), tuple(bool(may) for may in rulings))
        for pupil, room, name, rulings in json.loads(said)
    )


@dataclass(frozen=True, slots=True)
class SheetChange:
    """What is new about one child since the issue that staff hold."""

    name: str
    words: str


def changes(before: Iterable[SheetLine], now: Iterable[SheetLine]) -> tuple[SheetChange, ...]:
    """What differs, by name: who is new, who has gone, who is called otherwise, who may or may not be shown now.

    A child who is moved between two classes of the whole school's list has changed too. Never why.
    """
    old, new = {line.pupil_id: line for line in before}, {line.pupil_id: line for line in now}
    found = [SheetChange(line.name, "new on the list") for id_, line in new.items() if id_ not in old]
    found += [SheetChange(line.name, "no longer on the list") for id_, line in old.items() if id_ not in new]
    for id_, line in new.items():
        if id_ in old:
            found += [SheetChange(line.name, words) for words in _differences(old[id_], line)]
    return tuple(sorted(found, key=lambda change: (change.name.casefold(), change.words)))


def _differences(old: SheetLine, new: SheetLine) -> list[str]:
    said = []
    if old.name != new.name:
        said.append(f"was called {old.name}")
    if old.class_name != new.class_name:
        said.append(f"was in {old.class_name}")
    for kind, was, may in zip(MediaKind, old.may, new.may, strict=False):
        if was != may:
            said.append(f"{kind.words.lower()}: {'may' if may else 'may not'} be shown now")
    return said


class SheetState(StrEnum):
    """Where a class's list stands."""

    EMPTY = "empty"
    NEVER = "never"
    OUTDATED = "outdated"
    LAST_YEAR = "last_year"
    WAITING = "waiting"
    CLEARED = "cleared"

    @property
    def needs_issue(self) -> bool:
        """A list must be issued before anybody can acknowledge what holds today."""
        return self in (SheetState.NEVER, SheetState.OUTDATED, SheetState.LAST_YEAR)


@dataclass(frozen=True, slots=True)
class Issue:
    """A list that was issued."""

    id: int
    number: int
    digest: str
    issued_on: date
    said: str | None = None
    """The list itself; not kept of the earliest ones."""


@dataclass(frozen=True, slots=True)
class Reader:
    """A member of staff who must know the list, and when they said that they have read its newest issue."""

    staff_id: int
    name: str
    acknowledged_on: date | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A class's list as it would be issued today, its newest issue, and who has acknowledged that issue.

    `class_id` None is the whole school's list, for staff who are tied to no class.
    """

    class_id: int | None
    name: str
    lines: tuple[SheetLine, ...]
    newest: Issue | None
    readers: tuple[Reader, ...]
    year_began: date
    digest: str = field(default="")

    @property
    def state(self) -> SheetState:
        """Cleared only where the newest list is this year's, still true, and acknowledged by all its staff."""
        if not self.lines:
            return SheetState.EMPTY
        if self.newest is None:
            return SheetState.NEVER
        if self.newest.digest != self.digest:
            return SheetState.OUTDATED
        if self.newest.issued_on < self.year_began:
            return SheetState.LAST_YEAR
        if not self.readers and self.class_id is not None:
            return SheetState.WAITING
        return SheetState.WAITING if self.outstanding else SheetState.CLEARED

    @property
    def outstanding(self) -> tuple[Reader, ...]:
        """Staff who have not acknowledged the newest issue."""
        return tuple(reader for reader in self.readers if reader.acknowledged_on is None)

    @property
    def cleared(self) -> bool:
        """Posting for this class is cleared."""
        return self.state is SheetState.CLEARED

    @property
    def words(self) -> str:
        """The state in a few words, for a chip."""
        number = self.newest.number if self.newest else 0
        return {
            SheetState.EMPTY: "No pupils",
            SheetState.NEVER: "Never issued",
            SheetState.OUTDATED: f"Changed since issue {number}",
            SheetState.LAST_YEAR: "Last year's list",
            SheetState.WAITING: "Not yet cleared",
            SheetState.CLEARED: "Cleared",
        }[self.state]

    @property
    def alike(self) -> tuple[str, ...]:
        """Permitted names that two children of one class share, although one may be shown and the other may not.

        The policy allows one initial and no more, so the list cannot tell them apart: neither may be shown in doubt.
        """
        said: dict[tuple[str, str], set[tuple[bool, ...]]] = {}
        for line in self.lines:
            said.setdefault((line.class_name, line.name), set()).add(line.may)
        return tuple(name for (_, name), rulings in said.items() if len(rulings) > 1)

    @property
    def changed(self) -> tuple[SheetChange, ...]:
        """What is new since the newest issue; nothing where that issue still holds, or what it said was not kept."""
        if self.newest is None or self.newest.said is None or self.newest.digest == self.digest:
            return ()
        return changes(lines_of(self.newest.said), self.lines)

    @property
    def barred_of(self) -> dict[MediaKind, int]:
        """How many children may not be shown, for each kind."""
        return {kind: sum(not line.of(kind) for line in self.lines) for kind in MediaKind}


def began(on: date) -> date:
    """The first day of the school year that a day lies in: 1 September."""
    return date(on.year if on.month >= 9 else on.year - 1, 9, 1)


def acknowledged_of(sheets: Sequence[Sheet]) -> tuple[int, int]:
    """How many acknowledgements there are, and how many there should be, of the newest issues."""
    due = [reader for sheet in sheets if sheet.newest is not None for reader in sheet.readers]
    return sum(reader.acknowledged_on is not None for reader in due), len(due)

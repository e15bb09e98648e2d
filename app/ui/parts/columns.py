"""Columns of a table: what each shows of a row, how it lies, how it sorts.

COLUMNS = (
    Column("Pupil", text=lambda r: r.name, stretch=True),
    Column("Class", text=lambda r: r.class_name, width=120),
    Column("Photographs", text=lambda r: r.photograph.words, chip=lambda r: CHIPS[r.photograph], width=160),
    Column("Adults", text=lambda r: str(r.adults), number=True, sort=lambda r: r.adults),
)
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar, overload

from app.ui.parts.chip import Chip

T = TypeVar("T")


@dataclass(frozen=True)
class Column(Generic[T]):
    """One column over rows of type T. Give `text` always: it is what is read out, copied and sorted by default."""

    heading: str
    text: Callable[[T], str]
    chip: Callable[[T], Chip | None] | None = None
    """Shown in place of the text, where it gives one."""
    icon: Callable[[T], str | None] | None = None
    """An icon's meaning, shown before the text."""
    tip: Callable[[T], str] | None = None
    """What hovering says; without it, the text where it is cut short."""
    number: bool = False
    """Right-aligned, in figures of one width."""
    quiet: bool = False
    """Can be read second."""
    strong: bool = False
    """What the row is known by."""
    sort: Callable[[T], Any] | None = None
    """What to sort by; the text, folded, without it."""
    sortable: bool = True
    width: int | None = None
    """Pixels at 100 % at least. Where there is room, words may take half as much again and chips what they need."""
    stretch: bool = False
    """Takes the room that is left. One column of a table, usually the one it is known by."""
    least: int = 160
    """Of the stretching column: pixels at 100 % that it keeps while others can be left out for it."""
    spare: bool = False
    """Left out where the table is too narrow, the last such column first."""


class PagedRows(Sequence[T]):
    """Rows fetched a page at a time, for lists too long to hold: a search over a million messages.

    `fetch(offset, limit)` gives that many rows from there; the pages last seen are kept.
    """

    def __init__(
        self, count: int, fetch: Callable[[int, int], Sequence[T]], *, size: int = 200, keep: int = 24
    ) -> None:
        self._count, self._fetch, self._size, self._keep = count, fetch, size, keep
        self._pages: dict[int, Sequence[T]] = {}

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, at: int) -> T: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[T]: ...
    def __getitem__(self, at: int | slice) -> T | Sequence[T]:
        if isinstance(at, slice):
            return [self[i] for i in range(*at.indices(self._count))]
        if not 0 <= at < self._count:
            raise IndexError(at)
        number, within = divmod(at, self._size)
        page = self._pages.pop(number, None)
        if page is None:
            page = self._fetch(number * self._size, self._size)
            if len(self._pages) >= self._keep:
                self._pages.pop(next(iter(self._pages)))
        self._pages[number] = page
        return page[within]

    def held(self) -> list[tuple[int, T]]:
        """The rows of the pages last seen, with their places."""
        found: list[tuple[int, T]] = []
        for number, page in sorted(self._pages.items()):
            found.extend(enumerate(page, start=number * self._size))
        return found

    def __iter__(self) -> Iterator[T]:
        return (self[i] for i in range(self._count))

"""How the report's tables are put together: columns of counts, total rows, headings with numbers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from reports.kit.model import Block, Cell, Column, Heading
from reports.kit.model import Kind as Holds


def counts(*titles: str) -> tuple[Column, ...]:
    """Columns of whole numbers."""
    return tuple(Column(title, Holds.COUNT) for title in titles)


def added(rows: Sequence[tuple[Cell, ...]], columns: Sequence[Column], label: str = "All") -> tuple[Cell, ...] | None:
    """A total row: counts are added up, every other column is left empty; None where there is at most one row."""
    if len(rows) < 2:
        return None
    sums: list[Cell] = [label]
    for place in range(1, len(columns)):
        figures = [row[place] for row in rows]
        whole = columns[place].kind is Holds.COUNT
        sums.append(sum(figure for figure in figures if isinstance(figure, int)) if whole else "")
    return tuple(sums)


def numbered(blocks: Iterable[Block]) -> list[Block]:
    """The blocks with "1", "1.1" before the headings of the first two levels; an appendix keeps its own letter."""
    done: list[Block] = []
    first = second = 0
    for block in blocks:
        if isinstance(block, Heading) and not block.text.startswith("Appendix"):
            if block.level == 1:
                first, second = first + 1, 0
                block = replace(block, text=f"{first} {block.text}")
            elif block.level == 2 and first:
                second += 1
                block = replace(block, text=f"{first}.{second} {block.text}")
        elif isinstance(block, Heading):
            first = 0
        done.append(block)
    return done

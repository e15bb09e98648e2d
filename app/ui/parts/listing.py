"""A list as every screen shows it: filters above, the table, and in words below how many rows and how many selected.

listing = Listing(table, "pupil", "pupils", filters=FilterBar("Search pupils", [...]))
listing.filters.changed.connect(self.refill)
table.set_rows(rows)            # "214 pupils, 1 selected" follows by itself
"""

from __future__ import annotations

from typing import Generic, TypeVar

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.ui.parts.filters import FilterBar
from app.ui.parts.table import Table
from app.ui.parts.text import caption
from app.ui.theme.current import theme

T = TypeVar("T")


def counted(count: int, one: str, many: str) -> str:
    """ "1 pupil", "214 pupils", "No pupils"."""
    if count == 0:
        return f"No {many}"
    return f"{count:,} {one if count == 1 else many}"


class Listing(QWidget, Generic[T]):
    """Filters, table, count. The whole is one panel that fills its side of a split."""

    def __init__(
        self,
        table: Table[T],
        one: str,
        many: str,
        *,
        filters: FilterBar | None = None,
        foot: QWidget | None = None,
        inset: bool = True,
    ) -> None:
        """`one` and `many` are the words for a row and for rows; `foot` stands at the right below (a button).

        `inset` keeps filters and count off the edges: not wanted on a page that has margins of its own.
        """
        super().__init__()
        px = theme().px
        side = px(16) if inset else 0
        self.table, self.filters = table, filters or FilterBar()
        self._one, self._many = one, many
        self._count = caption()
        self._count.setWordWrap(False)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        if filters is not None:
            top = QVBoxLayout()
            top.setContentsMargins(side, px(12) if inset else 0, side, px(12))
            top.addWidget(filters)
            whole.addLayout(top)
        whole.addWidget(table, 1)
        below = QHBoxLayout()
        below.setContentsMargins(side, px(8), side, px(8) if inset else 0)
        below.addWidget(self._count, 1)
        if foot is not None:
            below.addWidget(foot)
        whole.addLayout(below)
        self.setFocusProxy(table)
        table.selection_changed.connect(self._tell)
        table.search_wanted.connect(self.filters.focus_search)
        self._tell(0)

    @property
    def words(self) -> str:
        """The count as it stands below the table."""
        return self._count.text()

    def focus_filter(self) -> bool:
        """Ctrl+F comes here."""
        return self.filters.focus_search()

    def _tell(self, selected: int) -> None:
        words = counted(len(self.table.rows), self._one, self._many)
        self._count.setText(f"{words}, {selected:,} selected" if selected else words)

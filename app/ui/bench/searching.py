"""From a keystroke to the painted list: the full-text index and the program's table, beside a filter model over rows
that are in memory already.

Both sides show the same columns in a table of the same kind and size; both are asked for the same words, letter by
letter. Each keystroke is a measurement of its own: what a person feels is the median, and the worst.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
)
from PySide6.QtWidgets import QApplication, QTableView, QWidget

from app.bench.filled import filled_school
from app.bench.race import Result, Side
from app.domain.words import moment_words
from app.services.finding_items import FindItems, FoundItem
from app.services.office import Office
from app.ui.desk import application
from app.ui.parts.columns import Column
from app.ui.parts.table import Table

WORDS = ("swimming", "reading", "please could", "temperature", "well done", "thank you")
THEIRS = ("swim", "please", "temp")
"""Fewer for the peer, which takes seconds for a letter."""
MEDIAN_GOAL, WORST_GOAL = 150.0, 30.0
_COLUMNS = (
    Column[FoundItem]("Sent", text=lambda item: moment_words(item.sent_at, "Europe/London"), width=150),
    Column[FoundItem]("From", text=lambda item: item.author, width=160),
    Column[FoundItem]("Class", text=lambda item: item.class_name or "", width=90),
    Column[FoundItem]("Words", text=lambda item: item.opening, stretch=True),
)

Keystroke = Callable[[str], None]


def measure(scale: float, rounds: int) -> Iterator[Result]:
    """The median keystroke, and the worst."""
    office, count = filled_school(scale)
    application()
    ours, table = _ours(office)
    theirs, view = _theirs(office)
    own: list[float] = []
    other: list[float] = []
    for _ in range(rounds):
        for word in WORDS:
            own += _typed(ours, word)
        for word in THEIRS:
            other += _typed(theirs, word)
    table.close()
    view.close()
    name, peer = "Schoolgate", "QSortFilterProxyModel"
    what = f"keystroke to painted list, {count:,} rows"
    median = (Side(name, 1, tuple(own), tuple(own)), Side(peer, 1, tuple(other), tuple(other)))
    yield Result("search", f"{what}, median", *median, MEDIAN_GOAL)
    most, worst = (max(own),), (max(other),)
    yield Result("search", f"{what}, worst", Side(name, 1, most, most), Side(peer, 1, worst, worst), WORST_GOAL)


def _typed(keystroke: Keystroke, word: str) -> list[float]:
    """Seconds for each letter from the second on: one letter alone is not looked for."""
    taken = []
    for length in range(2, len(word) + 1):
        before = time.perf_counter()
        keystroke(word[:length])
        taken.append(time.perf_counter() - before)
    return taken


def _shown(widget: QWidget) -> None:
    widget.resize(1_000, 640)
    widget.show()
    QApplication.processEvents()


def _painted(view: QTableView) -> None:
    """Lay the list out and paint all of it, now."""
    QApplication.sendPostedEvents()
    view.viewport().repaint()


def _ours(office: Office) -> tuple[Keystroke, QWidget]:
    table: Table[FoundItem] = Table("Found", _COLUMNS, key=lambda item: item.id)
    _shown(table)

    def keystroke(said: str) -> None:
        table.set_rows(office.ask(FindItems(said)))
        _painted(table)

    return keystroke, table


class _Rows(QAbstractTableModel):
    """Every row in memory, as the tutorial has it."""

    def __init__(self, rows: list[tuple[str, str, str, str]]) -> None:
        super().__init__()
        self._rows = rows

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(_COLUMNS)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        return self._rows[index.row()][index.column()] if role == Qt.ItemDataRole.DisplayRole else None


def _theirs(office: Office) -> tuple[Keystroke, QWidget]:
    with office.database.reading() as session:
        rows = session.connection().exec_driver_sql(
            "SELECT i.sent_at, coalesce(s.name, i.author_name, ''), coalesce(c.name, ''), i.text FROM item i "
            "LEFT JOIN staff s ON s.id = i.staff_id LEFT JOIN class c ON c.id = i.class_id ORDER BY i.id DESC"
        )
        held = [(sent, who, where, text) for sent, who, where, text in rows]
    view = QTableView()
    proxy = QSortFilterProxyModel(view)
    model = _Rows(held)
    model.setParent(proxy)
    proxy.setSourceModel(model)
    proxy.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    proxy.setFilterKeyColumn(len(_COLUMNS) - 1)
    view.setModel(proxy)
    _shown(view)

    def keystroke(said: str) -> None:
        proxy.setFilterFixedString(said)
        _painted(view)

    return keystroke, view

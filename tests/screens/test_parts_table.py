"""The table: order, selection, keys, paging, what is said below it, hostile words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from pytestqt.qtbot import QtBot

from app.ui.parts.chip import Chip, Tone
from app.ui.parts.columns import Column, PagedRows
from app.ui.parts.filters import Filter, FilterBar
from app.ui.parts.listing import Listing, counted
from app.ui.parts.rows import RowsModel
from app.ui.parts.table import Table
from tests.screens.walk import walk


@dataclass(frozen=True)
class Line:
    id: int
    name: str
    adults: int = 0
    refused: bool = False


COLUMNS = (
    Column[Line]("Pupil", text=lambda r: r.name, strong=True, stretch=True),
    Column[Line](
        "Photographs",
        text=lambda r: "No" if r.refused else "Yes",
        chip=lambda r: Chip("no-photograph", "No photographs", Tone.STOP) if r.refused else None,
    ),
    Column[Line]("Adults", text=lambda r: str(r.adults), number=True, sort=lambda r: r.adults),
)
LINES = (Line(1, "Oscar", 10), Line(2, "ada", 9, refused=True), Line(3, "Zoë", 2))


def made(qtbot: QtBot, rows: Sequence[Line] = LINES, *, many: bool = False) -> Table[Line]:
    table = Table[Line](
        "Pupils", COLUMNS, key=lambda r: r.id, many=many, empty=("pupils", "No pupils yet. Bring in the register.")
    )
    qtbot.addWidget(table)
    table.resize(600, 300)
    table.set_rows(rows)
    table.show()
    return table


def names(table: Table[Line]) -> list[str]:
    return [row.name for row in table.rows]


def test_the_model_keeps_qts_contract(qtbot: QtBot) -> None:
    model: RowsModel[Line] = RowsModel(COLUMNS, LINES, key=lambda r: r.id)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.set_rows(LINES[:2])
    model.sort(0, Qt.SortOrder.DescendingOrder)
    model.set_rows(())
    assert tester.model() is model


def test_words_sort_without_regard_to_case_and_figures_as_figures(qtbot: QtBot) -> None:
    table = made(qtbot)
    table.sortByColumn(0, Qt.SortOrder.AscendingOrder)
    assert names(table) == ["ada", "Oscar", "Zoë"]
    table.sortByColumn(2, Qt.SortOrder.AscendingOrder)
    assert [row.adults for row in table.rows] == [2, 9, 10]


def test_the_order_asked_for_survives_new_rows(qtbot: QtBot) -> None:
    table = made(qtbot)
    table.sortByColumn(0, Qt.SortOrder.DescendingOrder)
    table.set_rows((*LINES, Line(4, "Maya")))
    assert names(table) == ["Zoë", "Oscar", "Maya", "ada"]


def test_selection_survives_new_rows_and_goes_with_its_row(qtbot: QtBot) -> None:
    table = made(qtbot)
    heard: list[Line | None] = []
    table.on_chosen(heard.append)
    table.choose(3)
    assert heard[-1] == LINES[2]
    table.set_rows((Line(3, "Zoë", 5), LINES[0]))
    assert table.current() == Line(3, "Zoë", 5)
    assert heard[-1] == Line(3, "Zoë", 5)
    table.set_rows((LINES[0],))
    assert table.current() is None
    assert heard[-1] is None


def test_several_rows_stay_selected(qtbot: QtBot) -> None:
    table = made(qtbot, many=True)
    table.selectAll()
    table.set_rows(tuple(reversed(LINES)))
    assert len(table.selected()) == 3


def test_enter_opens_and_control_enter_opens_apart(qtbot: QtBot) -> None:
    table = made(qtbot)
    opened: list[Line] = []
    apart: list[Line] = []
    table.on_opened(opened.append)
    table.on_aside(apart.append)
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert opened == []
    table.choose(2)
    QTest.keyClick(table, Qt.Key.Key_Return)
    QTest.keyClick(table, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert (opened, apart) == ([LINES[1]], [LINES[1]])


def test_without_rows_it_teaches(qtbot: QtBot) -> None:
    table = made(qtbot, ())
    assert table._empty is not None
    assert table._empty.isVisible()
    assert table._empty.accessibleName() == "No pupils yet. Bring in the register."
    table.set_rows(LINES)
    assert not table._empty.isVisible()


def test_non_display_roles_ask_no_column_for_words() -> None:
    asked: list[Line] = []

    def words(row: Line) -> str:
        asked.append(row)
        return row.name

    model: RowsModel[Line] = RowsModel((Column("Pupil", text=words),), LINES)
    index = model.index(0, 0)
    for role in Qt.ItemDataRole:
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            model.data(index, role)
    assert asked == []
    assert model.data(index, Qt.ItemDataRole.AccessibleTextRole) == "Oscar"


def test_figures_are_right_aligned_with_their_heading() -> None:
    model: RowsModel[Line] = RowsModel(COLUMNS, LINES)
    role = Qt.ItemDataRole.TextAlignmentRole
    right = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    assert model.data(model.index(0, 2), role) == right
    assert model.headerData(2, Qt.Orientation.Horizontal, role) == right


def test_tooltips_never_read_markup(qtbot: QtBot) -> None:
    model: RowsModel[Line] = RowsModel((Column("Pupil", text=lambda r: r.name, tip=lambda r: r.name),))
    model.set_rows((Line(1, "<img src='x'><b>bold</b>"),))
    tip = model.data(model.index(0, 0), Qt.ItemDataRole.ToolTipRole)
    assert "<img" not in tip
    assert "&lt;img" in tip


def test_a_hostile_and_endless_name_is_painted(qtbot: QtBot) -> None:
    table = made(qtbot, (Line(1, "<b>x</b>\n" + "\u202e" + "n" * 200_000), Line(2, "\0")))
    assert not table.viewport().grab().isNull()


def test_the_count_follows_rows_and_selection(qtbot: QtBot) -> None:
    table = made(qtbot, (), many=True)
    listing = Listing(table, "pupil", "pupils")
    qtbot.addWidget(listing)
    assert listing.words == "No pupils"
    table.set_rows(LINES[:1])
    assert listing.words == "1 pupil"
    table.set_rows(LINES)
    table.choose(1)
    assert listing.words == "3 pupils, 1 selected"


@pytest.mark.parametrize(("count", "words"), [(0, "No cases"), (1, "1 case"), (2, "2 cases"), (1234, "1,234 cases")])
def test_counts_in_words(count: int, words: str) -> None:
    assert counted(count, "case", "cases") == words


def test_slash_goes_to_the_search(qtbot: QtBot) -> None:
    table = made(qtbot)
    bar = FilterBar("Search pupils", [Filter("undecided", "Undecided", 12)])
    listing = Listing(table, "pupil", "pupils", filters=bar)
    qtbot.addWidget(listing)
    listing.show()
    listing.activateWindow()
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_Slash)
    assert bar.field is not None
    qtbot.waitUntil(bar.field.hasFocus)
    assert walk(listing) == []


def test_filters_tell_what_is_on(qtbot: QtBot) -> None:
    bar = FilterBar(
        "Search pupils",
        [
            Filter("undecided", "Undecided", 12),
            Filter("y1", "Year 1", group="year"),
            Filter("y2", "Year 2", group="year"),
        ],
        pause_ms=1,
    )
    qtbot.addWidget(bar)
    bar.turn("undecided")
    bar.turn("y1")
    bar.turn("y2")
    assert bar.on == {"undecided", "y2"}
    bar.set_filters([Filter("y2", "Year 2"), Filter("y3", "Year 3")])
    assert bar.on == {"y2"}
    assert bar.field is not None
    with qtbot.waitSignal(bar.changed):
        QTest.keyClicks(bar.field, "  ella ")
    assert bar.text == "ella"
    bar.clear()
    assert (bar.text, bar.on) == ("", frozenset())


def test_escape_empties_the_search_first(qtbot: QtBot) -> None:
    bar = FilterBar("Search pupils")
    qtbot.addWidget(bar)
    assert bar.field is not None
    bar.field.setText("ella")
    QTest.keyClick(bar.field, Qt.Key.Key_Escape)
    assert bar.field.text() == ""


@given(count=st.integers(0, 500), size=st.integers(1, 60), keep=st.integers(1, 5), data=st.data())
def test_paged_rows_are_the_rows_they_stand_for(count: int, size: int, keep: int, data: st.DataObject) -> None:
    everything = list(range(count))
    fetched: list[int] = []

    def fetch(offset: int, limit: int) -> list[int]:
        fetched.append(offset)
        return everything[offset : offset + limit]

    rows = PagedRows(count, fetch, size=size, keep=keep)
    assert len(rows) == count
    for at in data.draw(st.lists(st.integers(0, count - 1), max_size=30) if count else st.just([])):
        assert rows[at] == everything[at]
        assert len(rows.held()) <= size * keep
        assert (at, everything[at]) in rows.held()
    with pytest.raises(IndexError):
        rows[count]


def test_a_million_rows_are_fetched_only_where_they_are_seen(qtbot: QtBot) -> None:
    fetched: list[int] = []

    def fetch(offset: int, limit: int) -> list[Line]:
        fetched.append(offset)
        return [Line(at, f"Pupil {at}") for at in range(offset, offset + limit)]

    table = made(qtbot)
    table.sortByColumn(0, Qt.SortOrder.AscendingOrder)
    table.choose(1)
    table.set_rows(PagedRows(1_000_000, fetch))
    table.viewport().grab()
    assert set(fetched) == {0}
    table.scrollToBottom()
    table.viewport().grab()
    assert max(fetched) == 999_800
    assert len(set(fetched)) <= 3


def test_sorting_may_be_left_to_the_source(qtbot: QtBot) -> None:
    asked: list[tuple[int, bool]] = []
    table = Table[Line]("Pupils", COLUMNS, on_sort=lambda column, descending: asked.append((column, descending)))
    qtbot.addWidget(table)
    table.set_rows(LINES)
    table.sortByColumn(2, Qt.SortOrder.DescendingOrder)
    assert asked == [(2, True)]
    assert list(table.rows) == list(LINES)

"""How things find their room and the keyboard its place: pairs, columns that give way, choices, the screen's start."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit, QPushButton, QStackedWidget, QWidget
from pytestqt.qtbot import QtBot

from app.ui.parts.arrange import column, page
from app.ui.parts.buttons import danger, plain, primary, secondary
from app.ui.parts.chip import Chip
from app.ui.parts.columns import Column
from app.ui.parts.filters import Choice, Filter, FilterBar
from app.ui.parts.form import Form
from app.ui.parts.listing import Listing
from app.ui.parts.marked import MarkedText
from app.ui.parts.pair import Pair
from app.ui.parts.table import Table
from app.ui.shell.area import Screen
from app.ui.theme.apply import apply_theme
from tests.screens.fakes import FakeShell
from tests.screens.opening import focused, key, press, settle
from tests.screens.walk import walk

W = TypeVar("W", bound=QWidget)


def placed(qtbot: QtBot, widget: W, wide: int, tall: int = 400) -> W:
    qtbot.addWidget(widget)
    widget.resize(wide, tall)
    widget.show()
    widget.activateWindow()
    settle()
    return widget


def stacked(pair: Pair) -> bool:
    return pair.is_stacked


@pytest.mark.parametrize(("scale", "wide", "under"), [(1.0, 700, False), (1.0, 640, True), (1.5, 900, True)])
def test_a_pair_stands_side_by_side_where_there_is_room(
    qtbot: QtBot, qapp: QApplication, scale: float, wide: int, under: bool
) -> None:
    apply_theme(qapp, "light", scale)
    left, right = QLabel("left"), QLabel("right")
    pair = Pair(left, right, least=(300, 370))
    held = placed(qtbot, column(pair), wide)
    assert stacked(pair) is under
    if not under:
        assert right.width() >= 370
        assert left.geometry().right() < right.geometry().left()
    else:
        assert left.geometry().bottom() < right.geometry().top()
    held.resize(1400, 400)
    settle()
    assert not stacked(pair)
    held.resize(400, 400)
    settle()
    assert stacked(pair)
    assert pair.minimumSizeHint().width() < 300


@dataclass(frozen=True)
class Row:
    name: str
    word: str = "A word of some length"


COLUMNS = (
    Column[Row]("Name", text=lambda r: r.name, stretch=True, least=150),
    Column[Row]("State", text=lambda r: r.word, chip=lambda r: Chip("info", r.word), width=80),
    Column[Row]("First", text=lambda r: "spare", spare=True, width=120),
    Column[Row]("Second", text=lambda r: "spare", spare=True, width=120),
)


def hidden(table: Table[Row]) -> list[bool]:
    return [table.isColumnHidden(at) for at in range(4)]


def test_columns_give_way_the_last_spare_one_first_and_come_back(qtbot: QtBot) -> None:
    table: Table[Row] = Table("Rows", COLUMNS)
    table.set_rows([Row("Ada")])
    placed(qtbot, table, 900)
    assert hidden(table) == [False] * 4
    chip = table.columnWidth(1)
    table.resize(530, 400)
    settle()
    assert hidden(table) == [False, False, False, True]
    table.resize(300, 400)
    settle()
    assert hidden(table) == [False, False, True, True]
    assert table.columnWidth(1) < chip
    assert table.columnWidth(0) >= 150
    table.resize(900, 400)
    settle()
    assert hidden(table) == [False] * 4
    assert table.columnWidth(1) == chip


def test_a_width_set_by_hand_stays(qtbot: QtBot) -> None:
    table: Table[Row] = Table("Rows", COLUMNS)
    table.set_rows([Row("Ada")])
    placed(qtbot, table, 900)
    table.setColumnWidth(2, 200)
    table.resize(880, 400)
    settle()
    assert table.columnWidth(2) == 200


def test_a_choice_keeps_one_of_its_group_with_chips_beside_it(qtbot: QtBot) -> None:
    classes = [Filter("oak", "Oak", 3, group="class"), Filter("elm", "Elm", group="class")]
    bar = FilterBar("Search", [*classes, Filter("left", "Leavers")], [Choice("class", "Class", "All classes")])
    placed(qtbot, bar, 700, 60)
    heard: list[frozenset[str]] = []
    bar.changed.connect(lambda: heard.append(bar.on))
    choice = bar.findChild(QComboBox)
    assert choice is not None
    assert choice.accessibleName() == "Class"
    bar.turn("oak")
    bar.turn("left")
    bar.turn("elm")
    assert heard == [{"oak"}, {"oak", "left"}, {"elm", "left"}]
    bar.set_count("elm", 7)
    assert choice.currentText() == "Elm  7"
    bar.set_filters([classes[1], Filter("left", "Leavers")])
    assert bar.on == {"elm", "left"}
    bar.set_filters([classes[0]])
    assert bar.on == frozenset()
    bar.turn("oak")
    bar.clear()
    assert (bar.on, bar.text) == (frozenset(), "")
    assert walk(bar) == []


def test_filters_that_come_later_still_stand_before_the_list_for_tab(qtbot: QtBot) -> None:
    bar = FilterBar("Search", [], [Choice("class", "Class", "All classes")])
    table: Table[Row] = Table("Rows", COLUMNS)
    listing = Listing(table, "row", "rows", filters=bar)
    placed(qtbot, listing, 700)
    bar.set_filters([Filter("a", "Ayes"), Filter("b", "Bees")])
    settle()
    assert bar.focus_search()
    names = []
    for _ in range(4):
        key(Qt.Key.Key_Tab)
        place = focused()
        assert place is not None
        names.append(place.accessibleName())
    assert names == ["Class", "Ayes", "Bees", "Rows"]


@pytest.mark.parametrize("make", [primary, secondary, danger, plain])
def test_enter_presses_a_button_wherever_it_stands(qtbot: QtBot, make: object) -> None:
    pressed: list[int] = []
    assert callable(make)
    button: QPushButton = make("&Go", lambda: pressed.append(1))
    held = placed(qtbot, column(button), 200, 80)
    button.setFocus()
    for which in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
        QTest.keyClick(button, which)
    assert len(pressed) == 3
    assert held.isVisible()


def test_a_text_is_as_tall_as_its_words_up_to_a_limit(qtbot: QtBot) -> None:
    view = MarkedText("Words")
    view.fit(2, 6)
    view.show_text("One line.")
    held = placed(qtbot, page(view), 500)
    low = view.height()
    view.show_text("Several lines of it. " * 20)
    settle()
    tall = view.height()
    assert low < tall
    assert view.verticalScrollBar().maximum() == 0 or tall == view.maximumHeight()
    view.show_text("Many lines of it. " * 900)
    settle()
    assert view.verticalScrollBar().maximum() > 0
    assert view.height() <= view.fontMetrics().lineSpacing() * 8
    view.show_text("One line.")
    settle()
    assert view.height() == low
    assert held.isVisible()


def test_a_long_hint_is_not_squeezed_by_a_short_field(qtbot: QtBot) -> None:
    form = Form()
    form.number("&Reply within", 24, hint="Working hours in which staff answer a message, counted on school days.")
    form.choice("&Role", [("a", "A"), ("b", "B")], hint="Each sees what belongs to the role, and nothing else at all.")
    assert walk(placed(qtbot, page(form), 640)) == []


class Begins(Screen):
    def __init__(self, shell: FakeShell) -> None:
        super().__init__(shell, "Begins")
        self.first, self.second = QLineEdit(), QLineEdit()
        for field, name in ((self.first, "First"), (self.second, "Second")):
            field.setAccessibleName(name)
        self.set_content(page(self.first, self.second))
        self.begin_at = self.second


def test_a_screen_begins_where_it_says_and_later_where_the_person_was(qtbot: QtBot, shell: FakeShell) -> None:
    screen, other = Begins(shell), Begins(shell)
    stack = QStackedWidget()
    stack.addWidget(screen)
    stack.addWidget(other)
    placed(qtbot, stack, 600)

    def go(to: Begins) -> None:
        stack.setCurrentWidget(to)
        to.take_focus()
        settle()

    go(screen)
    assert focused() is screen.second
    screen.first.setFocus()
    press("x")
    go(other)
    assert focused() is other.second
    go(screen)
    assert focused() is screen.first
    screen.first.setEnabled(False)
    go(screen)
    assert focused() is screen.second

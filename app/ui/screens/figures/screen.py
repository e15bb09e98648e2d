"""Figures: a few honest charts for each role, each with the table behind it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.figures import Figure
from app.domain.words import day_words
from app.services.figures import Figures
from app.services.office import Office
from app.ui.parts.arrange import clear, scrolling, tiles
from app.ui.parts.buttons import plain
from app.ui.parts.card import Card
from app.ui.parts.columns import Column
from app.ui.parts.header import PageHeader
from app.ui.parts.plot import Plot
from app.ui.parts.table import Table
from app.ui.parts.text import caption, quiet
from app.ui.shell.area import Screen, Shell
from app.ui.theme.current import theme

Row = tuple[str, ...]
_LETTERS = (("t", "t"), ("S", "S"), ("h", "h"), ("o", "o"), ("w", "w"), ("a", "a"), ("b", "c"), ("e", "r"))
"""The letter that a button is reached with, while it offers the table and while it offers the chart."""
_WIDE = 460
"""Pixels at 100 % that a chart needs."""


class FigureCard(Card):
    """A chart; the button turns it into its table and back."""

    def __init__(self, figure: Figure, at: int) -> None:
        """`at` is its place on the page, from 0: each card's button has a letter of its own."""
        self.turn_button = plain("Show as table", self.turn, icon="table")
        super().__init__(figure.title, aside=self.turn_button)
        self.figure, self._at = figure, at
        self._name_button(False)
        self.inside.addWidget(quiet(figure.says))
        self.plot = Plot()
        self.table: Table[Row] = Table(
            f"{figure.title}, as a table",
            (
                Column("", text=lambda line: line[0], strong=True, stretch=True, least=110, sortable=False),
                *(_column(at, one.name) for at, one in enumerate(figure.series, start=1)),
            ),
            empty=("table", "Nothing to show yet."),
        )
        self.table.set_rows(figure.rows())
        self.table.setFixedHeight(theme().row_height * (len(figure.labels) + 1) + theme().px(16))
        self.table.hide()
        if figure.empty:
            self.inside.addWidget(caption("There is nothing to show yet."))
            self.turn_button.hide()
            self.plot.hide()
        else:
            self.plot.show_figure(figure)
        self.inside.addWidget(self.plot)
        self.inside.addWidget(self.table)
        if figure.notes:
            self.inside.addWidget(caption(figure.notes))
        self.inside.addStretch(1)

    def turn(self) -> None:
        """The table instead of the chart, or back."""
        as_table = self.table.isHidden()
        self.table.setVisible(as_table)
        self.plot.setVisible(not as_table)
        self._name_button(as_table)
        if as_table:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _name_button(self, as_table: bool) -> None:
        letter = _LETTERS[self._at % len(_LETTERS)][as_table]
        words = "Show as chart" if as_table else "Show as table"
        self.turn_button.setText(words.replace(letter, f"&{letter}", 1))
        self.turn_button.setAccessibleName(f"{words}: {self.figure.title}")


def _column(at: int, name: str) -> Column[Row]:
    return Column(name, text=lambda line: line[at], number=True, width=74, sortable=False)


class FiguresScreen(Screen):
    """The charts of the role, two beside each other where there is room."""

    def __init__(self, shell: Shell, office: Office) -> None:
        super().__init__(shell, "Figures", "figures")
        self._office = office
        self.header = PageHeader("Figures")
        self.cards: list[FigureCard] = []
        self._held = QWidget()
        self._down = QVBoxLayout(self._held)
        self._down.setContentsMargins(0, 0, 0, 0)
        self.set_content(scrolling(self.header, self._held))

    def refresh(self) -> None:
        """Count again."""
        shown = self._office.ask(Figures())
        self.header.say(
            subtitle=f"{day_words(shown.starts)} to {day_words(shown.ends)}, counted from the records just now. "
            "No ranking: schools, classes and weeks differ for good reasons."
        )
        as_tables = {card.figure.id for card in self.cards if not card.table.isHidden()}
        clear(self._down)
        self.cards = [FigureCard(figure, at) for at, figure in enumerate(shown.figures)]
        self._down.addWidget(tiles(*self.cards, least=_WIDE))
        self._down.addStretch(1)
        for card in self.cards:
            if card.figure.id in as_tables:
                card.turn()

    def on_changes(self, changes: frozenset[str], initiator: object) -> None:
        """Anything may change a count."""
        if changes:
            self.refresh_when_seen()

"""Facts: label and value, two columns, values may be chips.

facts = Facts([("Class", "Willow"), ("Born", "Tue 6 Oct 2016"), ("Photographs", Chip(...))])
facts.show_facts([...])
"""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from app.ui.parts.arrange import clear
from app.ui.parts.chip import Chip, ChipLabel
from app.ui.parts.text import body, quiet
from app.ui.theme.current import theme
from app.ui.theme.spacing import BETWEEN, WITHIN

Fact = tuple[str, str | Chip | QWidget]


class Facts(QWidget):
    """A grid of facts. An empty value is shown as a dash that a screen reader calls "not recorded"."""

    def __init__(self, facts: Iterable[Fact] = (), *, columns: int = 1) -> None:
        super().__init__()
        self._columns = columns
        px = theme().px
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(px(BETWEEN))
        self._grid.setVerticalSpacing(px(WITHIN))
        for at in range(columns):
            self._grid.setColumnStretch(at * 2 + 1, 1)
        self.show_facts(facts)

    def show_facts(self, facts: Iterable[Fact]) -> None:
        """Show these instead."""
        clear(self._grid)
        top = Qt.AlignmentFlag.AlignTop
        for at, (label, value) in enumerate(facts):
            line, side = divmod(at, self._columns)
            name = quiet(label)
            name.setWordWrap(False)
            self._grid.addWidget(name, line, side * 2, top)
            self._grid.addWidget(_shown(label, value), line, side * 2 + 1, top)


def _shown(label: str, value: str | Chip | QWidget) -> QWidget:
    if isinstance(value, Chip):
        holder = QWidget()
        inner = QGridLayout(holder)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.addWidget(ChipLabel(value), 0, 0, Qt.AlignmentFlag.AlignLeft)
        return holder
    if isinstance(value, QWidget):
        return value
    shown = body(value or "–", select=True)
    shown.setAccessibleName(f"{label}: {value or 'not recorded'}")
    return shown

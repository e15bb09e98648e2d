"""Filters above a list: a search field, choices of one out of many, chips that are on or off, with how many each holds.

bar = FilterBar(
    "Search pupils",
    [Filter("undecided", "Undecided", 12), Filter("class:3", "Willow", group="class")],
    [Choice("class", "Class", "All classes")],      # a group with a choice is a list to choose from, not chips
)
bar.changed.connect(self.refill)        # bar.text, bar.on -> frozenset of keys
bar.set_count("undecided", 11)
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui.parts.filter_pieces import Choice, Filter, FilterChip, FilterChoice
from app.ui.parts.flow import Flow
from app.ui.parts.searchfield import SearchField
from app.ui.theme.current import theme
from app.ui.theme.spacing import WITHIN

__all__ = ["Choice", "Filter", "FilterBar", "FilterChip", "FilterChoice"]


class FilterBar(QWidget):
    """A search field and filter chips. Says `changed` a moment after the last keystroke, at once for a chip."""

    changed = Signal()

    def __init__(
        self, search: str = "", filters: Iterable[Filter] = (), choices: Iterable[Choice] = (), *, pause_ms: int = 120
    ) -> None:
        """`search` names the field ("Search pupils"); empty leaves the field out."""
        super().__init__()
        px = theme().px
        self._flow = Flow(self, gap=px(WITHIN), centre=True)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(pause_ms)
        self._pause.timeout.connect(self.changed)
        self.field: SearchField | None = None
        if search:
            self.field = SearchField(search)
            self.field.setMinimumWidth(px(220))
            self.field.textChanged.connect(self._typed)
            self._flow.addWidget(self.field)
        self._choices = {choice.group: FilterChoice(choice) for choice in choices}
        for offered in self._choices.values():
            offered.currentIndexChanged.connect(self._chosen)
            self._flow.addWidget(offered)
        self._chips: dict[str, FilterChip] = {}
        self.set_filters(filters)

    def set_filters(self, filters: Iterable[Filter]) -> None:
        """Offer these instead; a filter that was on stays on where it is offered again."""
        was_on = self.on
        for chip in self._chips.values():
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._chips = {}
        offered = list(filters)
        for group, choice in self._choices.items():
            choice.offer(one for one in offered if one.group == group)
        for one in offered:
            if one.group in self._choices:
                continue
            chip = FilterChip(one)
            if one.key in was_on:
                chip.setChecked(True)
            chip.clicked.connect(self._chip_clicked)
            self._chips[one.key] = chip
            self._flow.addWidget(chip)
        self._order_tabs()

    @property
    def text(self) -> str:
        """What was typed, without the spaces round it."""
        return self.field.text().strip() if self.field is not None else ""

    @property
    def on(self) -> frozenset[str]:
        """The keys of the filters that are on."""
        chosen = {choice.key for choice in self._choices.values() if choice.key}
        return frozenset(chosen | {key for key, chip in self._chips.items() if chip.isChecked()})

    def turn(self, key: str, on: bool = True) -> None:
        """Set one filter."""
        choice = next((one for one in self._choices.values() if one.findData(key) > 0), None)
        if choice is not None:
            choice.setCurrentIndex(choice.findData(key) if on else 0)
            return
        chip = self._chips[key]
        if chip.isChecked() != on:
            chip.setChecked(on)
            self._alone(chip)
            self.changed.emit()

    def put(self, text: str, on: Iterable[str]) -> None:
        """Search for this with just these filters on; says `changed` once. A filter that is not offered is left out."""
        wanted = frozenset(on)
        for chip in self._chips.values():
            chip.setChecked(chip.key in wanted)
        for choice in self._choices.values():
            choice.blockSignals(True)
            choice.setCurrentIndex(max(0, *(choice.findData(key) for key in wanted), 0))
            choice.blockSignals(False)
            choice.updateGeometry()
        if self.field is not None and self.field.text().strip() != text:
            self.field.setText(text)
        self._pause.stop()
        self.changed.emit()

    def set_count(self, key: str, count: int | None) -> None:
        """How many rows a filter would show."""
        for choice in self._choices.values():
            if choice.findData(key) > 0:
                choice.set_count(key, count)
                return
        self._chips[key].set_count(count)

    def clear(self) -> None:
        """Turn everything off and empty the field."""
        for chip in self._chips.values():
            chip.setChecked(False)
        for choice in self._choices.values():
            choice.blockSignals(True)
            choice.setCurrentIndex(0)
            choice.blockSignals(False)
            choice.updateGeometry()
        if self.field is not None:
            self.field.clear()
        self.changed.emit()

    def focus_search(self) -> bool:
        """Go to the field, or to the first choice or chip where there is none (Ctrl+F and / come here)."""
        target: QWidget | None = self.field or next(iter([*self._choices.values(), *self._chips.values()]), None)
        if target is None:
            return False
        target.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if self.field is not None:
            self.field.selectAll()
        return True

    def _order_tabs(self) -> None:
        """Chips that are offered later still come after the field and before the list."""
        stops: list[QWidget] = [self.field] if self.field is not None else []
        stops += [*self._choices.values(), *self._chips.values()]
        for before, after in pairwise(stops):
            QWidget.setTabOrder(before, after)

    def _typed(self, _words: str) -> None:
        self._pause.start()

    def _chip_clicked(self) -> None:
        chip = self.sender()
        if isinstance(chip, FilterChip):
            self._alone(chip)
        self.changed.emit()

    def _chosen(self, _at: int) -> None:
        self.changed.emit()

    def _alone(self, chip: FilterChip) -> None:
        if chip.alone_in and chip.isChecked():
            for other in self._chips.values():
                if other is not chip and other.alone_in == chip.alone_in:
                    other.setChecked(False)

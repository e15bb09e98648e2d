"""The columns of a table, a line each: the heading, the first rows, and what it is read as, to be put right."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QFrame, QGridLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from app.domain.columns_said import Area
from app.ui.parts.arrange import STRETCH, clear, column, row, scrolling, wrapping
from app.ui.parts.buttons import plain, primary, secondary
from app.ui.parts.text import OneLine, Text, caption, quiet, section
from app.ui.screens.imports.column_words import InQuestion, Questions, choices
from app.ui.screens.imports.plan_lines import counted
from app.ui.theme.current import theme
from app.ui.theme.spacing import BETWEEN, PAGE, TIGHT, WITHIN

_SAMPLES = 3
_WIDE = 760
"""Pixels at 100 % from which heading, rows and meaning fit side by side."""


class ColumnsPanel(QFrame):
    """One table after another. What the person says is kept here until they go on."""

    def __init__(
        self,
        *,
        on_done: Callable[[], object],
        on_left: Callable[[], object],
        remember: Callable[[InQuestion, str], bool],
        forget: Callable[[InQuestion], bool],
    ) -> None:
        """`remember` and `forget` say whether it was done; where it was not, they have told the person why."""
        super().__init__()
        self.setProperty("part", "card")
        px = theme().px
        self._on_done, self._remember, self._forget = on_done, remember, forget
        self._questions = Questions()
        self._today = date.min
        self._names: frozenset[str] = frozenset()
        self._hows: list[Text] = []
        self.meanings: list[QComboBox] = []
        self._heading, self._about = section(), quiet()
        self.area = QComboBox()
        self.area.setAccessibleName("What the rows are about")
        for each in Area:
            self.area.addItem(each.words, each)
        self.area.activated.connect(self._area_chosen)
        self._area_label = Text("Each &row is about", "strong", wrap=False)
        self._area_label.setBuddy(self.area)
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(px(BETWEEN))
        self._grid.setVerticalSpacing(px(WITHIN))
        self._narrow = False
        self._fault = caption()
        self._fault.set_tone("stop")
        self.name = QLineEdit()
        self.keep = QCheckBox("Re&member these columns as")
        self.keep.toggled.connect(self.name.setEnabled)
        self.name.setAccessibleName("Name for these columns")
        self.name.setMinimumWidth(px(240))
        self.forget_button = plain("For&get what was remembered", self._forget_this)
        self.away_button = secondary("&Leave it", on_left)
        self.next_button = primary("&Continue", self._go_on)
        held = QWidget()
        held.setLayout(self._grid)
        self._pane = scrolling(
            column(self._heading, self._about),
            wrapping(self._area_label, self.area, self.keep, self.name, self.forget_button),
            held,
            margin=TIGHT,
            gap=WITHIN,
            ground="raised",
        )
        whole = QVBoxLayout(self)
        whole.setContentsMargins(px(PAGE), px(BETWEEN), px(PAGE), px(BETWEEN))
        whole.setSpacing(px(WITHIN))
        whole.addWidget(self._pane, 1)
        whole.addWidget(self._fault)
        whole.addWidget(row(STRETCH, self.away_button, self.next_button))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < theme().px(_WIDE)
        if narrow != self._narrow:
            self._narrow = narrow
            if self._questions.tables:
                self._fill()

    def ask(self, questions: Questions, today: date, names: frozenset[str]) -> None:
        """Show the first of these tables. `names` are taken by other columns."""
        questions.at = 0
        self._questions, self._today, self._names = questions, today, names
        self._show()

    def _show(self) -> None:
        table = self._questions.current
        several = f" Table {self._questions.at + 1} of {len(self._questions.tables)}."
        sheet = f", sheet “{table.look.sheet}”" if table.look.sheet else ""
        self._heading.setText("What does each column hold?")
        self._about.setText(
            f"{table.look.file}{sheet}: {counted(table.look.rows, 'row', 'rows')}. Check what each column is read as, "
            f"and put right what is wrong.{several if len(self._questions.tables) > 1 else ''}"
        )
        self.area.setCurrentIndex(self.area.findData(table.area))
        self.keep.setChecked(True)
        self.name.setText(table.preset.name if table.preset is not None else self._suggested(table))
        self.forget_button.setVisible(table.preset is not None)
        self._fill()

    def _suggested(self, table: InQuestion) -> str:
        wish = f"{table.area.words}, {len(table.look.headings)} columns"
        name, number = wish, 2
        while name in self._names:
            name, number = f"{wish} ({number})", number + 1
        return name

    def _fill(self) -> None:
        clear(self._grid)
        table = self._questions.current
        offered = choices(table.area, table.meanings)
        self.meanings, self._hows = [], []
        self._grid.setColumnStretch(0, 2)
        self._grid.setColumnStretch(3, 0 if self._narrow else 3)
        heads = () if self._narrow else ("Column", "Read as", "", "First rows")
        for at, words in enumerate(heads):
            self._grid.addWidget(caption(words), 0, at)
        for at, heading in enumerate(table.look.headings):
            shown = heading or f"Column {at + 1}, without a heading"
            samples = [each[at] for each in table.look.samples if at < len(each) and each[at]][:_SAMPLES]
            combo = _Meaning()
            combo.setAccessibleName(f"“{shown}” is read as")
            combo.addItem("Not read", "")
            for value, words in offered:
                combo.addItem(words, value)
            combo.setCurrentIndex(max(combo.findData(table.meanings[at]), 0))
            combo.activated.connect(lambda _index, at=at: self._said(at))
            how = caption(table.how(at))
            how.setWordWrap(False)
            self._lay(
                at + 1,
                _fitting(OneLine(shown, "strong")),
                _fitting(OneLine("  ·  ".join(samples) or "Empty", "quiet")),
                combo,
                how,
            )
            self.meanings.append(combo)
            self._hows.append(how)
        self._order_tabs()
        self._tell_fault()

    def _lay(self, line: int, heading: QWidget, samples: QWidget, combo: QWidget, how: QWidget) -> None:
        """One column of the file. Where there is little room its first rows stand under its heading."""
        if self._narrow:
            self._grid.addWidget(column(row(heading, how), samples, row(combo, STRETCH), gap=TIGHT), line, 0)
            return
        for at, piece in enumerate((heading, combo, how, samples)):
            self._grid.addWidget(piece, line, at)

    def _order_tabs(self) -> None:
        stops: list[QWidget] = [self.area, self.keep, self.name, self.forget_button, *self.meanings]
        stops += [self.away_button, self.next_button]
        for before, after in pairwise(stops):
            QWidget.setTabOrder(before, after)

    def _said(self, at: int) -> None:
        table = self._questions.current.with_meaning(at, str(self.meanings[at].currentData()))
        self._questions.tables[self._questions.at] = table
        self._hows[at].setText(table.how(at))
        self._tell_fault()

    def _area_chosen(self, index: int) -> None:
        table = self._questions.current.about(Area(self.area.itemData(index)), self._today)
        self._questions.tables[self._questions.at] = table
        if table.preset is None:
            self.name.setText(self._suggested(table))
        self._fill()

    def _tell_fault(self) -> None:
        fault = self._questions.current.fault
        self._fault.setText(fault)
        self._fault.setVisible(bool(fault))
        self.next_button.setEnabled(not fault)

    def _go_on(self) -> None:
        if self.keep.isChecked() and not self._remember(self._questions.current, self.name.text()):
            self.name.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        if self._questions.at + 1 < len(self._questions.tables):
            self._questions.at += 1
            self._show()
            self.begin().setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._on_done()

    def _forget_this(self) -> None:
        if self._forget(self._questions.current):
            self.forget_button.hide()
            self.keep.setChecked(False)
            self.keep.setFocus(Qt.FocusReason.OtherFocusReason)

    def begin(self) -> QWidget:
        """Where the keyboard goes: straight on where all is well, else to the first column."""
        return self.next_button if self.next_button.isEnabled() or not self.meanings else self.meanings[0]


def _fitting(label: OneLine) -> OneLine:
    """As wide as its column: the words themselves ask for no room."""
    label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    return label


class _Meaning(QComboBox):
    """A list to choose from. Scrolling past it does not change it."""

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.setMaxVisibleItems(16)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

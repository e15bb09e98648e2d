"""Fields with a label above, named for screen readers, with a hint and a fault of their own.

form = Form()
name = form.text("&School name", hint="As it stands on letters.")
role = form.choice("&Role", [("office", "Office"), ("slt", "Senior leader")])
due = form.date("&Review date")
form.add("&Notes", QPlainTextEdit())
form.fault(name, "Enter the school's name.")     # "" takes it away; focuses the first fault
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDateEdit,
    QFormLayout,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from app.ui.parts.text import Text, caption, repolish, without_mnemonic
from app.ui.theme.current import theme
from app.ui.theme.spacing import BETWEEN, TIGHT

W = TypeVar("W", bound=QWidget)


class Form(QWidget):
    """A form. Labels stand above their fields; tab order is reading order."""

    def __init__(self, *, beside: bool = False, width: int = 560) -> None:
        """`beside` puts labels at the left of short fields instead; `width` is the most it spreads, 0 for all."""
        super().__init__()
        px = theme().px
        if width:
            self.setMaximumWidth(px(width))
        self._layout = QFormLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setHorizontalSpacing(px(BETWEEN))
        self._layout.setVerticalSpacing(px(BETWEEN if beside else TIGHT))
        wrap = QFormLayout.RowWrapPolicy
        self._layout.setRowWrapPolicy(wrap.WrapLongRows if beside else wrap.WrapAllRows)
        self._layout.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        self._layout.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self._beside = beside
        self._faults: dict[QWidget, Text] = {}
        self._hints: dict[QWidget, str] = {}
        self._holders: dict[QWidget, QWidget] = {}

    def add(self, label: str, field: W, *, hint: str = "") -> W:
        """Add any field. Gives the field back."""
        name = without_mnemonic(label)
        field.setAccessibleName(name)
        field.setAccessibleDescription(hint)
        self._hints[field] = hint
        fault = caption()
        fault.set_tone("stop")
        fault.hide()
        self._faults[field] = fault
        holder = self._holders[field] = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0 if self._beside else theme().px(12))
        column.setSpacing(theme().px(TIGHT))
        if hint:
            column.addWidget(caption(hint))
        column.addWidget(fault)
        holder.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        if field.sizePolicy().horizontalPolicy() in (QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored):
            column.addWidget(field)
        else:
            column.addWidget(field, 0, Qt.AlignmentFlag.AlignLeft)
        shown = Text("", "strong", wrap=False)
        shown.setTextFormat(Qt.TextFormat.PlainText)
        shown.setText(label)
        shown.setBuddy(field)
        self._layout.addRow(shown, holder)
        return field

    def text(self, label: str, value: str = "", *, hint: str = "", secret: bool = False) -> QLineEdit:
        """A line of text; `secret` hides what is typed."""
        field = QLineEdit(value)
        if secret:
            field.setEchoMode(QLineEdit.EchoMode.Password)
        return self.add(label, field, hint=hint)

    def passage(self, label: str, value: str = "", *, hint: str = "", lines: int = 4) -> QPlainTextEdit:
        """Several lines of text. Tab goes on to the next field."""
        field = QPlainTextEdit(value)
        field.setTabChangesFocus(True)
        field.setFixedHeight(field.fontMetrics().lineSpacing() * lines + theme().px(20))
        return self.add(label, field, hint=hint)

    def choice(
        self, label: str, choices: Iterable[tuple[object, str]], chosen: object = None, *, hint: str = ""
    ) -> QComboBox:
        """One of a few: pairs of value and words. `field.currentData()` gives the value."""
        field = QComboBox()
        for value, words in choices:
            field.addItem(words, value)
        at = field.findData(chosen)
        field.setCurrentIndex(max(at, 0))
        return self.add(label, field, hint=hint)

    def date(self, label: str, value: date | None = None, *, hint: str = "") -> QDateEdit:
        """A day, shown as "Tue 6 Oct 2026", with a calendar. `day_of(field)` reads it."""
        from app.ui.parts.dates import date_field  # the calendar costs time at start

        return self.add(label, date_field(value), hint=hint)

    def number(self, label: str, value: int = 0, least: int = 0, most: int = 9999, *, hint: str = "") -> QSpinBox:
        """A whole number."""
        field = QSpinBox()
        field.setRange(least, most)
        field.setValue(value)
        field.lineEdit().setTextMargins(theme().px(8), 0, 0, 0)
        return self.add(label, field, hint=hint)

    def tick(self, label: str, on: bool = False, *, hint: str = "") -> QCheckBox:
        """Something that is so or not."""
        field = QCheckBox(label)
        field.setChecked(on)
        field.setAccessibleName(without_mnemonic(label))
        field.setAccessibleDescription(hint)
        holder = self._holders[field] = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0 if self._beside else theme().px(12))
        column.setSpacing(0)
        column.addWidget(field)
        if hint:
            told = caption(hint)
            told.setContentsMargins(theme().px(30), 0, 0, 0)
            column.addWidget(told)
        self._layout.addRow(holder)
        return field

    def below(self, field: QWidget, note: QWidget) -> None:
        """Put a note of your own under a field."""
        column = self._holders[field].layout()
        assert column is not None
        column.addWidget(note)

    def show_field(self, field: QWidget, shown: bool) -> None:
        """Show or hide a field with its label."""
        self._layout.setRowVisible(self._holders[field], shown)

    def fault(self, field: QWidget, sentence: str) -> None:
        """Say above a field what is wrong with it and what to do; an empty sentence takes it away."""
        shown = self._faults[field]
        shown.setText(sentence)
        shown.setVisible(bool(sentence))
        field.setProperty("fault", "true" if sentence else "false")
        field.setAccessibleDescription(" ".join(part for part in (sentence, self._hints[field]) if part))
        repolish(field)
        if sentence and not any(other.text() for one, other in self._faults.items() if one is not field):
            field.setFocus(Qt.FocusReason.OtherFocusReason)

    def clear_faults(self) -> None:
        """Before judging again."""
        for field in self._faults:
            if field.property("fault") == "true":
                self.fault(field, "")

    @property
    def has_faults(self) -> bool:
        """Something is still wrong."""
        return any(shown.text() for shown in self._faults.values())


def day_of(field: QDateEdit) -> date:
    """The day a date field holds."""
    shown = field.date()
    return date(shown.year(), shown.month(), shown.day())

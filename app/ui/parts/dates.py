"""A day to choose: "Tue 6 Oct 2026", typed or picked from a calendar that keeps to the tokens.

field = date_field(date(2026, 10, 6))       # give it a name: Form.date does, and form.day_of reads it
"""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QDate, QLocale, Qt
from PySide6.QtGui import QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QDateEdit, QToolButton

from app.ui.theme.current import theme
from app.ui.theme.icons import icon

_BRITISH = QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom)


def date_field(value: date | None = None) -> QDateEdit:
    """A field that holds a day; today's where none is given."""
    field = QDateEdit()
    field.setCalendarPopup(True)
    field.setCalendarWidget(Calendar())
    field.setLocale(_BRITISH)
    field.setDisplayFormat("ddd d MMM yyyy")
    field.setDate(QDate(value.year, value.month, value.day) if value is not None else QDate.currentDate())
    return field


class Calendar(QCalendarWidget):
    """Monday first, weekends in quiet ink rather than red, in the colours of the moment."""

    def __init__(self) -> None:
        super().__init__()
        self.setLocale(_BRITISH)
        self.setAccessibleName("Calendar")
        self.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        self.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        for name, meaning, said in (("prev", "previous", "Month before"), ("next", "next", "Month after")):
            button = self.findChild(QToolButton, f"qt_calendar_{name}month")
            if isinstance(button, QToolButton):
                button.setIcon(icon(meaning))
                button.setAccessibleName(said)
        self.setMinimumSize(theme().px(340), theme().px(280))
        theme().changed.connect(self._dress)
        self._dress()

    def _dress(self) -> None:
        quiet = QTextCharFormat()
        quiet.setForeground(theme().colour("text-quiet"))
        for day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            self.setWeekdayTextFormat(day, quiet)
        self.setHeaderTextFormat(quiet)

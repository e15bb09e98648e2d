"""The four weekly figures of a leader's page, noted before the service lets go of them (H1, M1)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtWidgets import QDoubleSpinBox, QVBoxLayout, QWidget

from app.domain.problems import Problem
from app.domain.words import day_words
from app.services.office import Office
from app.services.weekly_figures import MOST, NoteWeek, WeekLine, WeeklyFigures
from app.ui.parts.arrange import page
from app.ui.parts.asking import Asking, asked
from app.ui.parts.banner import Banner
from app.ui.parts.buttons import primary
from app.ui.parts.chip import Chip, Tone
from app.ui.parts.columns import Column
from app.ui.parts.header import PageHeader
from app.ui.parts.listing import Listing
from app.ui.parts.table import Table
from app.ui.shell.area import Shell

_ABOUT = "ClassDojo shows a leader two weeks only. Noted here each week, the four figures make a year."


class WeekDialog(Asking):
    """The four figures of one week."""

    def __init__(self, parent: QWidget | None, weeks: Sequence[WeekLine], chosen: WeekLine) -> None:
        super().__init__(
            parent,
            "Note a week's figures",
            "Copy them from your leader's page in ClassDojo.",
            "&Note the week",
            keep="&Not now",
        )
        self._week = self.form.choice(
            "&Week of", [(line.week_of, day_words(line.week_of)) for line in weeks], chosen.week_of
        )
        self._messages = self.form.number("&Messages sent", chosen.messages or 0, 0, MOST)
        self._pictures = self.form.number("&Photographs", chosen.pictures or 0, 0, MOST)
        self._videos = self.form.number("&Videos", chosen.videos or 0, 0, MOST)
        self._positive = self.form.add("P&ositive points, in per cent", QDoubleSpinBox())
        self._positive.setRange(0, 100)
        self._positive.setDecimals(1)
        self._positive.setValue(chosen.positive if chosen.positive is not None else 100.0)

    @property
    def command(self) -> NoteWeek:
        """What was entered."""
        week = self._week.currentData()
        assert isinstance(week, date)
        return NoteWeek(
            week, self._messages.value(), self._pictures.value(), self._videos.value(), self._positive.value()
        )


class WeeksPage(QWidget):
    """Every week of the year, those that can still be noted first."""

    def __init__(self, shell: Shell, office: Office) -> None:
        super().__init__()
        self._shell, self._office = shell, office
        self.note_button = primary("&Note a week", self.note, icon="add")
        self.header = PageHeader("Weekly figures", _ABOUT, actions=[self.note_button])
        self.banner = Banner()
        self.table: Table[WeekLine] = Table(
            "Weeks",
            (
                Column("Week of", text=_week, strong=True, sort=lambda line: line.week_of, stretch=True),
                Column("Messages", text=lambda line: _number(line.messages), number=True, width=90),
                Column("Photographs", text=lambda line: _number(line.pictures), number=True, width=100),
                Column("Videos", text=lambda line: _number(line.videos), number=True, width=80),
                Column("Positive", text=_positive, number=True, width=80),
                Column("Noted", text=_noted, chip=_chip, width=170),
            ),
            key=lambda line: line.week_of,
            empty=("monitoring", "No week is over yet. The first can be noted when it is."),
        )
        self.table.on_opened(self.note)
        self.listing = Listing(self.table, "week", "weeks", inset=False)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(page(self.header, self.banner, self.listing))
        self._can: tuple[WeekLine, ...] = ()

    def refresh(self) -> None:
        """Read the weeks again."""
        shown = self._office.ask(WeeklyFigures())
        self._can = tuple(line for line in shown.lines if line.still_shown or line.noted)
        self.note_button.setEnabled(bool(self._can))
        self.table.set_rows(shown.lines)

    def note(self, line: WeekLine | None = None) -> None:
        """Note a week, or correct one."""
        if not self._can:
            return
        missing = [week for week in self._can if not week.noted]
        chosen = line if line in self._can else missing[-1] if missing else self._can[0]
        assert chosen is not None
        dialog = WeekDialog(self, self._can, chosen)
        if asked(dialog):
            try:
                self._office.perform(dialog.command, self)
            except Problem as problem:
                self.banner.problem(problem)
            else:
                self.banner.dismiss()
                self._shell.done("Noted.")
                self.refresh()
        dialog.deleteLater()


def _week(line: WeekLine) -> str:
    return day_words(line.week_of)


def _number(figure: int | None) -> str:
    return "–" if figure is None else f"{figure:,}"


def _positive(line: WeekLine) -> str:
    return "–" if line.positive is None else f"{line.positive:g} %"


def _noted(line: WeekLine) -> str:
    return _chip(line).word


def _chip(line: WeekLine) -> Chip:
    if line.noted:
        return Chip("done", line.noted_by or "Noted", Tone.GOOD)
    if line.still_shown:
        return Chip("due", "Note it now", Tone.WARN)
    return Chip("quiet", "Not noted in time", Tone.QUIET)

"""Who goes where: classes at the left, the pupils of the one in hand at the right."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.september import LEAVE, NOWHERE, Move
from app.domain.years import spoken_year
from app.ui.parts.acting import done
from app.ui.parts.arrange import STRETCH, column, row, wrapping
from app.ui.parts.buttons import primary, secondary
from app.ui.parts.chip import Chip, Tone
from app.ui.parts.columns import Column
from app.ui.parts.listing import Listing
from app.ui.parts.split import ListDetail, Remembered
from app.ui.parts.table import Table
from app.ui.parts.text import quiet, section
from app.ui.screens.september.dialogs import NewClassDialog, PlaceDialog, SplitDialog
from app.ui.screens.september.presenter import STARTERS, FromLine, SeptemberPresenter

_NOBODY = "Nobody here. Bring in the class lists, then come back for the new school year."


class WherePage(QWidget):
    """Says `changed` after every correction."""

    changed = Signal()
    opened = Signal(object)
    onward = Signal()

    def __init__(self, presenter: SeptemberPresenter, settings: Remembered) -> None:
        super().__init__()
        self._presenter = presenter
        self.table: Table[FromLine] = Table(
            "Classes of now",
            (
                Column("From", text=lambda line: line.name, strong=True, stretch=True, least=110),
                Column("Year", text=_year, width=95, spare=True),
                Column("Pupils", text=lambda line: str(line.pupils), number=True, width=70),
                Column("Go to", text=lambda line: line.goes, chip=_goes, width=150),
            ),
            key=lambda line: line.class_id,
            empty=("class", _NOBODY),
        )
        self.pupils: Table[Move] = Table(
            "Where each pupil goes",
            (
                Column("Pupil", text=lambda move: move.child.name, strong=True, stretch=True, least=120),
                Column("Goes to", text=presenter.place_words, chip=self._place, width=130),
                Column("Year then", text=_year_then, width=100, spare=True),
                Column("Look again", text=lambda move: move.doubt, chip=_doubt, width=190, spare=True),
            ),
            key=lambda move: move.child.id,
            many=True,
        )
        self.title, self.about = section(""), quiet()
        self.all_button = secondary("&All of them go to...", self.send_all, icon="next")
        self.some_button = secondary("&The selected go to...", self.send_some, icon="next")
        self.split_button = secondary("S&plit the class...", self.split_class, icon="conflict")
        self.new_button = secondary("Plan a &new class...", self.make, icon="add")
        self.onward_button = primary("&Look at the plan", self.onward.emit, icon="next")
        left = Listing(self.table, "class", "classes", foot=self.new_button)
        right = column(
            self.title,
            self.about,
            self.pupils,
            wrapping(self.all_button, self.split_button, self.some_button),
            row(STRETCH, self.onward_button),
            gap=12,
            margin=16,
        )
        self.split = ListDetail(left, right, settings, "september", share=0.44)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.split)
        self.table.on_chosen(lambda _line: self._choose())
        self.table.on_opened(lambda _line: self._open())
        self.pupils.selection_changed.connect(lambda _count: self._offer())
        self.pupils.on_opened(lambda move: self.opened.emit(move.child.id))

    def show_places(self) -> None:
        """Show the draft in hand."""
        self.table.set_rows(self._presenter.sources(), choose_first=True)
        self._choose()

    def send_all(self) -> None:
        """Everybody of the class in hand goes to one place."""
        line = self.table.current()
        if line is not None:
            self._send([move.child.id for move in self._presenter.moves(line.class_id)], f"all of {line.name}")

    def send_some(self) -> None:
        """The selected pupils go to one place."""
        chosen = [move.child.id for move in self.pupils.selected()]
        if chosen:
            self._send(chosen, "the selected pupils" if len(chosen) > 1 else "this pupil and nobody else")

    def split_class(self) -> None:
        """The class in hand is dealt out to two."""
        line = self.table.current()
        if line is None:
            return
        places = self._presenter.places()
        if done(SplitDialog(self, line.name, places, lambda keys: self._presenter.split(line.class_id, keys))):
            self.changed.emit()

    def make(self) -> None:
        """A class more in the plan."""
        if done(NewClassDialog(self, self._presenter.make)):
            self.changed.emit()

    def _send(self, pupils: list[int], whom: str) -> None:
        line = self.table.current()
        moves = self._presenter.moves(line.class_id) if line is not None else ()
        now = next((move.place for move in moves if move.child.id in pupils), NOWHERE)
        places = self._presenter.places()
        if done(PlaceDialog(self, whom, places, now, lambda key: self._presenter.send(pupils, key))):
            self.changed.emit()
            self.table.setFocus()

    def _choose(self) -> None:
        line = self.table.current()
        if line is None:
            self.title.setText("")
            self.about.setText(_NOBODY)
            self.pupils.set_rows([])
        else:
            self.title.setText(line.name)
            self.about.setText(_about(line))
            self.pupils.set_rows(self._presenter.moves(line.class_id))
        self._offer()

    def _offer(self) -> None:
        may = self._presenter.may_change
        some = self.table.current() is not None
        for button in (self.all_button, self.some_button, self.split_button, self.new_button):
            button.setVisible(may)
            button.setEnabled(some)
        self.some_button.setEnabled(bool(self.pupils.selected()))
        self.onward_button.setEnabled(some)

    def _open(self) -> None:
        self.split.show_detail()
        self.pupils.setFocus()

    def _place(self, move: Move) -> Chip | None:
        words = self._presenter.place_words(move)
        if move.place == NOWHERE:
            return Chip("warn", words, Tone.WARN)
        return Chip("removed", words, Tone.INFO) if move.place == LEAVE else None


def _goes(line: FromLine) -> Chip | None:
    return Chip("warn", line.goes, Tone.WARN) if line.unplaced == line.pupils else None


def _doubt(move: Move) -> Chip | None:
    return Chip("warn", move.doubt, Tone.WARN) if move.doubt else None


def _year(line: FromLine) -> str:
    return spoken_year(line.year) if line.class_id != STARTERS else ""


def _year_then(move: Move) -> str:
    return "" if move.place == LEAVE else spoken_year(move.year)


def _about(line: FromLine) -> str:
    if line.class_id == STARTERS:
        return "On roll and in no class yet. Each joins a class of the year group that is recorded."
    parts = [f"{line.pupils} {'pupil' if line.pupils == 1 else 'pupils'}. They go to: {line.goes}."]
    if line.unplaced:
        parts.append(f"{line.unplaced} without a place: choose one, or plan a new class.")
    if line.doubts:
        parts.append(f"{line.doubts} to look at again.")
    return " ".join(parts)

"""Classes: which there are, who is in them and who works in them; and the staff (H7, T11)."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QWidget

from app.domain.problems import Problem
from app.domain.years import spoken_year
from app.services.classes import ClassLine, StaffLine
from app.services.office import Office
from app.store.reads.pupils import PupilLine
from app.ui.parts.acting import Acting, done
from app.ui.parts.arrange import STRETCH, column, row, wrapping
from app.ui.parts.banner import Banner
from app.ui.parts.buttons import danger, primary, secondary
from app.ui.parts.chip import Chip, Tone
from app.ui.parts.columns import Column
from app.ui.parts.confirm import confirm
from app.ui.parts.filters import Filter, FilterBar
from app.ui.parts.header import PageHeader
from app.ui.parts.listing import Listing, counted
from app.ui.parts.split import ListDetail
from app.ui.parts.table import Table
from app.ui.screens.classes.dialogs import (
    ClassDialog,
    MoveDialog,
    StaffDialog,
    StaffLeftDialog,
    StaffOfClassDialog,
)
from app.ui.screens.classes.presenter import ClassesPresenter, names_of, role_words
from app.ui.screens.sheets.screen import sheet_chip
from app.ui.shell.area import Screen, Shell
from app.ui.theme.spacing import PAGE

STAFF, ENDED = "staff", "ended"


class ClassesScreen(Screen):
    """Classes at the left and the one in hand at the right; with the filter Staff, the staff instead."""

    def __init__(self, shell: Shell, office: Office) -> None:
        super().__init__(shell, "Classes", "classes")
        self.presenter = ClassesPresenter(office)
        self.filters = FilterBar("", [Filter(STAFF, "Staff", group="what"), Filter(ENDED, "Ended", group="what")])
        self.filters.changed.connect(self._fill)
        self.table = _class_table()
        self.people = _staff_table()
        self.pupils = _pupil_table()
        self.lists = QStackedWidget()
        self.classes_list = Listing(self.table, "class", "classes")
        self.staff_list = Listing(self.people, "member of staff", "members of staff")
        self.lists.addWidget(self.classes_list)
        self.lists.addWidget(self.staff_list)
        self.header, self.banner = PageHeader("Classes"), Banner()
        self.year_button = secondary("&New school year", self.new_year, icon="date")
        self._make_buttons()
        self.split = ListDetail(self._left(), self._right(), shell.settings, "classes", share=0.46)
        self.table.on_chosen(lambda _line: self._show())
        self.people.on_chosen(lambda _line: self._show())
        self.table.on_opened(lambda _line: self._open_detail())
        self.people.on_opened(lambda _line: self.change())
        self.pupils.on_opened(lambda line: shell.open_record("pupil", line.id))
        self.pupils.selection_changed.connect(lambda _count: self._offer())
        self.begin_at = self.table
        self.set_content(self.split)

    def refresh(self) -> None:
        """Read everything again."""
        self.presenter.load()
        self.filters.set_count(STAFF, len(self.presenter.board.staff))
        self.filters.set_count(ENDED, self.presenter.ended)
        self._fill()

    def on_changes(self, changes: frozenset[str], initiator: object) -> None:
        """The register, staff, lists or the new year changed."""
        if changes & {"school", "pupils", "sheets", "permissions", "september"} and initiator is not self:
            self.refresh_when_seen()

    def focus_filter(self) -> bool:
        """Ctrl+F."""
        return self.filters.focus_search()

    def leave(self) -> bool:
        """From one class back to all of them, in a narrow window."""
        return self.split.show_list()

    def new_year(self) -> None:
        """To the assistant for the change of school year."""
        self.shell.open_record("september", 0)

    def add(self) -> None:
        """A class, or with the filter Staff a member of staff."""
        if self._is_staff:
            self._ask(StaffDialog(self, None, self._added_staff), "Added.")
        else:
            years = self.presenter.years()
            self._ask(ClassDialog(self, years, None, self._added), "Class added.")

    def change(self) -> None:
        """Name and year group of the class in hand, or a member of staff's name and role."""
        person, line = self.people.current(), self.table.current()
        if self._is_staff and person is not None:
            dialog = StaffDialog(
                self, person, lambda name, role, email: self.presenter.change_staff(person, name, role, email, self)
            )
            self._ask(dialog, "Saved.")
        elif not self._is_staff and line is not None:
            years = self.presenter.years()
            named = ClassDialog(self, years, line, lambda name, year: self.presenter.change(line, name, year, self))
            self._ask(named, "Saved.")

    def staff_class(self) -> None:
        """Who works in the class in hand."""
        line = self.table.current()
        if line is not None:
            staff = self.presenter.board.staff
            dialog = StaffOfClassDialog(self, line, staff, lambda ids: self.presenter.staff_class(line, ids, self))
            self._ask(dialog, "Saved. They are asked to read the class list.")

    def move_pupils(self) -> None:
        """The selected pupils change class."""
        line, chosen = self.table.current(), [pupil.id for pupil in self.pupils.selected()]
        if line is None or not chosen:
            return
        others = [each for each in self.presenter.classes(ended=False) if each.id != line.id]
        dialog = MoveDialog(self, len(chosen), others, lambda place: self.presenter.move(chosen, place, self))
        self._ask(dialog, "Moved. Issue the class lists again.")

    def end(self) -> None:
        """The class in hand is no longer in use, or is again; a member of staff has left."""
        person, line = self.people.current(), self.table.current()
        if self._is_staff and person is not None:
            today = self.presenter.today
            self._ask(
                StaffLeftDialog(self, today, lambda day: self.presenter.end_staff(person, day, self)), "Recorded."
            )
        elif not self._is_staff and line is not None and not line.active:
            self._do(lambda: self.presenter.reopen(line, self), "The class is in use again.")
        elif (
            not self._is_staff
            and line is not None
            and confirm(
                self,
                "End this class?",
                "Its staff are taken out of it. What was recorded of it stays, and you can take it into use again.",
                "&End class",
                danger=True,
            )
        ):
            self._do(lambda: self.presenter.end(line, self), "The class has ended.")

    @property
    def _is_staff(self) -> bool:
        return STAFF in self.filters.on

    def _added(self, name: str, year: str) -> None:
        self.presenter.add(name, year, self)

    def _added_staff(self, name: str, role: str, email: str) -> None:
        self.presenter.add_staff(name, role, email, self)

    def _ask(self, dialog: Acting, told: str) -> None:
        if done(dialog):
            self._settled(told)

    def _do(self, do: Callable[[], object], told: str) -> None:
        try:
            do()
        except Problem as problem:
            self.banner.problem(problem)
            return
        self._settled(told)

    def _settled(self, told: str) -> None:
        self.banner.dismiss()
        self.refresh()
        (self.people if self._is_staff else self.table).setFocus()
        self.shell.done(told)

    def _fill(self) -> None:
        staff, ended = self._is_staff, ENDED in self.filters.on
        self.lists.setCurrentWidget(self.staff_list if staff else self.classes_list)
        self.people.set_rows(self.presenter.board.staff, choose_first=True)
        self.table.say_empty("No class has ended." if ended else _NO_CLASSES)
        self.table.set_rows(self.presenter.classes(ended=ended), choose_first=True)
        self.add_button.setText("&Add staff..." if staff else "&Add a class...")
        self._show()

    def _show(self) -> None:
        person, line = self.people.current(), self.table.current()
        self.pupils.setVisible(not self._is_staff and line is not None)
        if self._is_staff:
            title, about = (person.name, _about_staff(person)) if person else ("Staff", "Choose somebody on the left.")
            self.header.say(title=title, subtitle=about, chips=[])
        elif line is None:
            self.header.say(title="Classes", subtitle="Choose a class on the left.", chips=[])
            self.pupils.set_rows([])
        else:
            chips = [sheet_chip(line.sheet)] if line.sheet is not None else [Chip("removed", "Ended", Tone.QUIET)]
            self.header.say(title=line.name, subtitle=_about_class(line), chips=chips)
            self.pupils.set_rows(self.presenter.pupils(line.id))
        self._offer()

    def _offer(self) -> None:
        may, staff = self.presenter.may_change, self._is_staff
        person, line = self.people.current(), self.table.current()
        some = person is not None if staff else line is not None
        active = line is not None and line.active
        for button in (self.add_button, self.change_button, self.end_button):
            button.setVisible(may)
        self.change_button.setEnabled(some and (staff or active))
        self.end_button.setEnabled(some)
        for button in (self.staff_button, self.move_button):
            button.setVisible(may and not staff)
        self.staff_button.setEnabled(active and bool(self.presenter.board.staff))
        self.move_button.setEnabled(active and bool(self.pupils.selected()))
        self.change_button.setText("&Change..." if staff else "&Rename...")
        ended = line is not None and not line.active
        self.end_button.setText("Has &left..." if staff else "&Use it again" if ended else "&End class...")

    def _make_buttons(self) -> None:
        self.add_button = secondary("&Add a class...", self.add, icon="add")
        self.end_button = danger("&End class...", self.end)
        self.change_button = secondary("&Rename...", self.change, icon="edit")
        self.move_button = secondary("&Move pupils...", self.move_pupils, icon="next")
        self.staff_button = primary("&Who works here...", self.staff_class, icon="staff")

    def _left(self) -> QWidget:
        inset = wrapping(self.year_button, self.add_button)
        return column(column(inset, self.filters, gap=12, margin=16), self.lists, gap=0)

    def _right(self) -> QWidget:
        buttons = row(self.end_button, STRETCH, self.change_button, self.move_button, self.staff_button)
        room = column(self.pupils, gap=0)
        room.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        return column(self.header, self.banner, room, buttons, gap=12, margin=PAGE)

    def _open_detail(self) -> None:
        self.split.show_detail()
        self.pupils.setFocus()


_NO_CLASSES = "No classes yet. Bring in the class lists, or add a class."


def _class_table() -> Table[ClassLine]:
    return Table(
        "Classes",
        (
            Column("Class", text=lambda line: line.name, strong=True, stretch=True, least=110),
            Column("Year", text=lambda line: spoken_year(line.year_group), width=100),
            Column("Pupils", text=lambda line: str(line.pupils), number=True, sort=lambda line: line.pupils, width=70),
            Column("Staff", text=lambda line: names_of(line.staff, "Nobody"), width=160, spare=True),
        ),
        key=lambda line: line.id,
        empty=("class", _NO_CLASSES),
    )


def _staff_table() -> Table[StaffLine]:
    return Table(
        "Staff",
        (
            Column("Name", text=lambda line: line.name, strong=True, stretch=True, least=130),
            Column("Role", text=lambda line: role_words(line.role), width=130),
            Column("Classes", text=lambda line: names_of(line.classes, "No class"), width=150, spare=True),
        ),
        key=lambda line: line.id,
        empty=("staff", "No staff yet. Bring in the class lists, or add somebody."),
    )


def _pupil_table() -> Table[PupilLine]:
    return Table(
        "Pupils of this class",
        (
            Column("Surname", text=lambda line: line.last, strong=True, stretch=True, least=110),
            Column("First name", text=lambda line: line.first, width=110),
            Column("May be called", text=lambda line: line.permitted, width=110, spare=True),
            Column("Year", text=lambda line: spoken_year(line.year_group), width=95, spare=True),
        ),
        key=lambda line: line.id,
        many=True,
        empty=("pupils", "Nobody is in this class. Move pupils here from another class, or bring in the class list."),
    )


def _about_class(line: ClassLine) -> str:
    staff = names_of(line.staff, "nobody yet")
    return f"{spoken_year(line.year_group)}, {counted(line.pupils, 'pupil', 'pupils').lower()}. Works here: {staff}."


def _about_staff(line: StaffLine) -> str:
    parts = [role_words(line.role), names_of(line.classes, "no class"), line.email]
    return ", ".join(part for part in parts if part) + "."

"""Entering a pile of paper forms: class, kinds, whose answer, day and route once; then Y, N, U and Enter."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QWidget

from app.domain.permissions import MediaKind
from app.domain.problems import Problem
from app.services.office import Office
from app.ui.parts.arrange import STRETCH, page, row, wrapping
from app.ui.parts.banner import Banner, announce
from app.ui.parts.buttons import primary, secondary
from app.ui.parts.confirm import confirm
from app.ui.parts.dates import date_field
from app.ui.parts.form import day_of
from app.ui.parts.header import PageHeader
from app.ui.parts.text import OneLine, Text, without_mnemonic
from app.ui.screens.permissions.grid import FormsGrid
from app.ui.screens.permissions.pile import ROUTES, Pile, Who
from app.ui.screens.permissions.place_ticks import PlaceTicks
from app.ui.shell.area import Screen, Shell
from app.ui.theme.spacing import BETWEEN


class FormsScreen(Screen):
    """Nothing is on record before "Save all"."""

    def __init__(self, shell: Shell, office: Office, class_id: int) -> None:
        super().__init__(shell, "Enter forms", "permissions")
        self.pile = Pile(office, class_id)
        self.header = PageHeader(
            "Enter forms",
            "Y yes, N no, U undecided, Enter for the next child, A for another adult, Delete to clear, Ctrl+Z to undo.",
        )
        self.banner = Banner()
        self.class_choice, self.who_choice, self.route_choice = QComboBox(), QComboBox(), QComboBox()
        self.day = date_field()
        self.kind_ticks = {kind: self._tick(kind) for kind in MediaKind}
        self.place_choice = PlaceTicks()
        self.place_choice.changed.connect(self._places_chosen)
        self.grid = FormsGrid(self.pile)
        self.grid.changed.connect(self._tell)
        self.count = Text("", "strong", wrap=False)
        self.signer = OneLine("", "quiet")
        self.grid.moved.connect(self._name_signer)
        self.save_button = primary("&Save all", self.save, icon="save")
        self.undo_button = secondary("&Undo last", self.undo, icon="withdrawn")
        self.begin_at = self.grid
        for who in Who:
            self.who_choice.addItem(who.words, who)
        for route, words in ROUTES.items():
            self.route_choice.addItem(words, route)
        self.class_choice.activated.connect(self._class_chosen)
        self.who_choice.activated.connect(self._who_chosen)
        self.route_choice.activated.connect(self._route_chosen)
        self.day.dateChanged.connect(self._day_chosen)
        self.set_content(
            page(
                self.header,
                self.banner,
                wrapping(
                    _named("&Class", self.class_choice),
                    _named("&Whose answer", self.who_choice),
                    _named("&Day on the form", self.day),
                    _named("&How it came", self.route_choice),
                    *self.kind_ticks.values(),
                    self.place_choice,
                    gap=BETWEEN,
                ),
                self.grid,
                row(
                    self.count,
                    self.signer,
                    STRETCH,
                    self.undo_button,
                    self.save_button,
                ),
            )
        )

    def refresh(self) -> None:
        """Read the class again; what was entered stays."""
        self.pile.load()
        self._offer()
        self.grid.show_pile()
        self._tell()

    def on_changes(self, changes: frozenset[str], initiator: object) -> None:
        """The register or a permission changed elsewhere."""
        if initiator is not self and changes & {"pupils", "permissions", "school"}:
            self.refresh_when_seen()

    def undo(self) -> bool:
        """Ctrl+Z takes back the last key."""
        self.grid.setFocus(Qt.FocusReason.OtherFocusReason)
        return self.grid.take_back()

    def save(self) -> None:
        """Everything that was entered, in one go."""
        forms = self.pile.entered
        try:
            saved = self.pile.save(self)
        except Problem as problem:
            self.banner.problem(problem)
            return
        self.banner.hide()
        self.grid.show_pile()
        self._tell()
        self.grid.setFocus(Qt.FocusReason.OtherFocusReason)
        answers = "1 answer" if saved == 1 else f"{saved} answers"
        self.shell.done(f"Saved {answers}." if not forms else f"Saved {answers} from {forms} complete forms.")

    def may_close(self) -> bool:
        """Asks, where something was entered and not saved."""
        return not self.pile.unsaved or self._let_go("leave this page")

    def _let_go(self, why: str) -> bool:
        entered = len(self.pile.marks)
        words = "1 entry is" if entered == 1 else f"{entered} entries are"
        return confirm(
            self,
            "Leave without saving?",
            f"{words} not saved and will be lost if you {why}. Keep them to go back and save all.",
            "&Lose the entries",
            danger=True,
        )

    def _settled(self, why: str) -> bool:
        """Whether something that drops entries may be done; the choices are put back where it may not."""
        if self.pile.unsaved and not self._let_go(why):
            self._offer()
            return False
        return True

    def _class_chosen(self, _at: int) -> None:
        chosen = int(self.class_choice.currentData())
        if chosen != self.pile.class_id and self._settled("change the class"):
            self.pile.turn_to(class_id=chosen)
            self._again()

    def _who_chosen(self, _at: int) -> None:
        chosen = Who(self.who_choice.currentData())
        if chosen is not self.pile.who and self._settled("change whose answer this is"):
            self.pile.turn_to(who=chosen)
            self._again()

    def _kinds_chosen(self, kind: MediaKind) -> None:
        wanted = [one for one, tick in self.kind_ticks.items() if tick.isChecked()]
        if not wanted:
            self._offer()
            self.banner.problem("At least one kind must stay. Tick another kind before you take this one away.")
            return
        dropped = any(place[1] is kind for place in self.pile.marks) and kind not in wanted
        if dropped and not self._let_go(f"take away {kind.words.lower()}"):
            self._offer()
            return
        self.pile.show_kinds(wanted)
        self._again()

    def _places_chosen(self) -> None:
        if not self.place_choice.chosen:
            self.place_choice.show_places(self.pile.asked, self.pile.places)
            self.banner.problem("At least one place must stay. Tick another place before you take this one away.")
            return
        self.pile.places = self.place_choice.chosen

    def _route_chosen(self, _at: int) -> None:
        self.pile.route = str(self.route_choice.currentData())

    def _day_chosen(self, _day: QDate) -> None:
        self.pile.day = day_of(self.day)

    def _again(self) -> None:
        self._offer()
        self.grid.show_pile()
        self._tell()

    def _offer(self) -> None:
        pile = self.pile
        if [self.class_choice.itemData(at) for at in range(self.class_choice.count())] != [c[0] for c in pile.classes]:
            self.class_choice.clear()
            for id_, name, _ in pile.classes:
                self.class_choice.addItem(name, id_)
        self.class_choice.setCurrentIndex(self.class_choice.findData(pile.class_id))
        self.who_choice.setCurrentIndex(self.who_choice.findData(pile.who))
        self.day.blockSignals(True)
        self.day.setDate(QDate(pile.day.year, pile.day.month, pile.day.day))
        self.day.blockSignals(False)
        for kind, tick in self.kind_ticks.items():
            tick.setChecked(kind in pile.kinds)
        self.place_choice.show_places(pile.asked, pile.places)

    def _name_signer(self) -> None:
        self.signer.setText(self.grid.here)

    def _tell(self) -> None:
        words = self.pile.words
        if words != self.count.text():
            self.count.setText(words)
            announce(self.count, words)
        self.save_button.setEnabled(self.pile.unsaved)
        self.undo_button.setEnabled(bool(self.pile.steps))

    def _tick(self, kind: MediaKind) -> QCheckBox:
        letter = {MediaKind.PHOTOGRAPH: "&Photographs", MediaKind.RECORDING: "&Recordings"}
        tick = QCheckBox(letter.get(kind, "W&ork samples"))
        tick.setChecked(True)
        tick.clicked.connect(partial(self._kinds_chosen, kind))
        return tick


def _named(label: str, field: QWidget) -> QWidget:
    words = Text(label, "strong", wrap=False)
    words.setBuddy(field)
    field.setAccessibleName(without_mnemonic(label))
    return row(words, field)

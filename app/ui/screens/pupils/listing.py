"""Pupils: the register as a list, with what each may be called and whether they may be shown."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.domain.permissions import MediaKind
from app.domain.problems import Problem
from app.services.office import Office
from app.store.reads.pupils import PupilLine
from app.ui.parts.acting import Acting, done
from app.ui.parts.arrange import page, row
from app.ui.parts.buttons import primary, secondary
from app.ui.parts.chip import Chip, Tone
from app.ui.parts.columns import Column
from app.ui.parts.filters import Choice, Filter, FilterBar
from app.ui.parts.header import PageHeader
from app.ui.parts.listing import Listing
from app.ui.parts.table import Table
from app.ui.screens.chips import ruled
from app.ui.screens.pupils.list_presenter import VIEW, PupilsPresenter, keys_of
from app.ui.screens.pupils.pupil_dialog import ask_new_pupil
from app.ui.shell.area import Screen, Shell

_EMPTY = "No pupils yet. Bring in the class lists from your own system."
_NONE_SUCH = "No pupil matches. Take a filter away, or search for a part of the name."


class PupilsScreen(Screen):
    """The list. A saved view sets search and filters at once; changing one of them leaves the view."""

    def __init__(self, shell: Shell, office: Office) -> None:
        super().__init__(shell, "Pupils", "pupils")
        self.presenter = PupilsPresenter(office)
        self._bring = primary("&Bring in class lists", lambda: self.shell.open_area("imports"), icon="imports")
        self.table: Table[PupilLine] = Table(
            "Pupils",
            (
                Column("Surname", text=lambda line: line.last, strong=True, stretch=True, least=110),
                Column("First name", text=lambda line: line.first, width=110),
                Column("May be called", text=lambda line: line.permitted, spare=True, width=110),
                Column("Class", text=lambda line: line.class_name or "No class", width=90),
                _ruling(MediaKind.PHOTOGRAPH, spare=False),
                _ruling(MediaKind.RECORDING, spare=True),
                _ruling(MediaKind.WORK_SAMPLE, spare=True),
                Column("Adults", text=_adults, chip=_adults_chip, sort=lambda line: line.linked, spare=True, width=100),
            ),
            key=lambda line: line.id,
            empty=("pupils", _EMPTY),
            empty_action=self._bring,
        )
        self._offered: list[tuple[str, str, str]] = []
        self._view = ""
        self.filters = FilterBar(
            "Search pupils",
            [],
            [
                Choice("view", "Saved view", "No view"),
                Choice("class", "Class", "All classes"),
                Choice("year", "Year", "All years"),
            ],
        )
        self._offer()
        self.filters.changed.connect(self._filtered)
        self.save_button = secondary("&Save this view...", self.save_view, icon="save")
        self.remove_button = secondary("&Remove the view", self.remove_view, icon="remove")
        self.slips_button = secondary("Points sli&ps", lambda: self.shell.open_record("slips", 0), icon="points")
        foot = row(self.remove_button, self.save_button, self.slips_button)
        self.listing = Listing(self.table, "pupil", "pupils", filters=self.filters, foot=foot, inset=False)
        self.table.on_opened(lambda line: self.shell.open_record("pupil", line.id))
        self.table.on_aside(lambda line: self.shell.open_record("pupil", line.id, aside=True))
        self.begin_at = self.filters.field
        self.add_button = secondary("&Add a pupil", self.add, icon="add")
        self.leavers_button = secondary("&Leavers", lambda: self.shell.open_record("leavers", 0), icon="removed")
        self.cards_button = secondary("Login &cards", lambda: self.shell.open_record("cards", 0), icon="qr")
        actions = [self.leavers_button, self.cards_button]
        actions += [self.add_button] if self.presenter.may_add else []
        self.set_content(page(PageHeader("Pupils", actions=actions), self.listing))

    def refresh(self) -> None:
        """Read the list again."""
        rows = self.presenter.load()
        self._offer()
        narrowed = self.presenter.is_narrowed
        self.table.say_empty(_NONE_SUCH if narrowed else _EMPTY)
        self._bring.setVisible(not narrowed)
        self.save_button.setVisible(narrowed and not self._view)
        self.remove_button.setVisible(bool(self._view))
        waiting = self.presenter.leavers_to_do
        self.leavers_button.setText(f"&Leavers ({waiting} to do)" if waiting else "&Leavers")
        self.table.set_rows(rows)

    def on_changes(self, changes: frozenset[str], initiator: object) -> None:
        """The register, a permission or a link changed."""
        if changes & {"pupils", "permissions", "links", "school", "leavers", "views"} and initiator is not self:
            self.refresh_when_seen()

    def look_through(self, lens: str) -> None:
        """Only those of one sort: undecided, unlinked; or the list of leavers."""
        if lens == "leavers":
            self.shell.open_record("leavers", 0)
            return
        self.filters.clear()
        self.filters.turn(lens)
        self.table.setFocus()

    def focus_filter(self) -> bool:
        """Ctrl+F."""
        return self.listing.focus_filter()

    def add(self) -> None:
        """Enter a new pupil by hand, and open the record."""
        pupil_id = ask_new_pupil(self, self.presenter.office, self.presenter.filter.class_id)
        if pupil_id is not None:
            self.refresh()
            self.shell.done("The pupil is added. Add the family on the record, or bring in the class list.")
            self.shell.open_record("pupil", pupil_id)

    def save_view(self) -> None:
        """Keep search and filters under a name."""
        dialog = ViewDialog(self, self.presenter)
        if not done(dialog):
            return
        self.refresh()
        self._view = dialog.key
        self.filters.turn(dialog.key)
        self.shell.done("The view is saved.")

    def remove_view(self) -> None:
        """Let go of the chosen view. The list stays as it is."""
        view = self.presenter.chosen_view(frozenset({self._view}))
        if view is None:
            return
        try:
            self.presenter.remove_view(view, self)
        except Problem as problem:
            self.shell.problem(problem)
            return
        self._view = ""
        self.refresh()
        self.table.setFocus()
        self.shell.done("The view is removed.")

    def _offer(self) -> None:
        offered = self.presenter.offered()
        if offered != self._offered:
            self._offered = offered
            self.filters.set_filters([Filter(key, word, group=group) for key, word, group in offered])

    def _filtered(self) -> None:
        on = self.filters.on
        view = self.presenter.chosen_view(on)
        key = f"{VIEW}{view.id}" if view is not None else ""
        if view is not None and key != self._view:
            self._view = key
            self.filters.put(view.filter.words, {key, *keys_of(view.filter)})
            return
        self._view = key
        self.presenter.keep(self.filters.text, on)
        if view is not None and self.presenter.filter != view.filter:
            self._view = ""
            self.filters.turn(key, False)
            return
        self.refresh()


class ViewDialog(Acting):
    """A name for search and filters as they stand."""

    def __init__(self, parent: QWidget | None, presenter: PupilsPresenter) -> None:
        super().__init__(
            parent,
            "Save this view",
            "Search and filters are kept for you alone. Choose the view above the list to see them again.",
            "&Save view",
        )
        self._presenter = presenter
        self.key = ""
        self.name = self.form.text("&Name of the view", hint="One of the same name is replaced.")

    def judge(self) -> None:
        """A name."""
        if not self.name.text().strip():
            self.form.fault(self.name, "Give the view a name, such as “Year 3 to chase”.")

    def act(self) -> None:
        """Save it."""
        self.key = self._presenter.save_view(self.name.text(), self.parent())


def _ruling(kind: MediaKind, *, spare: bool) -> Column[PupilLine]:
    def chip(line: PupilLine) -> Chip:
        return ruled(line.rulings[kind]).chip

    def tip(line: PupilLine) -> str:
        return " ".join(line.rulings[kind].reasons)

    return Column(kind.words, text=lambda line: chip(line).word, chip=chip, tip=tip, width=110, spare=spare)


def _adults(line: PupilLine) -> str:
    return "1 linked" if line.linked == 1 else f"{line.linked} linked"


def _adults_chip(line: PupilLine) -> Chip:
    if line.linked == 0:
        return Chip("unlinked", "None linked", Tone.WARN)
    return Chip("linked", _adults(line), Tone.GOOD if line.linked <= 2 else Tone.INFO)

"""Pupils: the register as a list, with what each may be called and whether they may be shown."""

from __future__ import annotations

from app.domain.permissions import MediaKind
from app.services.office import Office
from app.store.reads.pupils import PupilLine
from app.ui.parts.arrange import page
from app.ui.parts.chip import Chip, Tone
from app.ui.parts.columns import Column
from app.ui.parts.filters import Filter, FilterBar
from app.ui.parts.header import PageHeader
from app.ui.parts.listing import Listing
from app.ui.parts.table import Table
from app.ui.screens.chips import ruled
from app.ui.screens.pupils.presenter import FLAGS, PupilsPresenter
from app.ui.shell.area import Screen, Shell


class PupilsScreen(Screen):
    """The list. Enter opens a pupil's record."""

    def __init__(self, shell: Shell, office: Office) -> None:
        super().__init__(shell, "Pupils", "pupils")
        self.presenter = PupilsPresenter(office)
        self.table: Table[PupilLine] = Table(
            "Pupils",
            (
                Column("Surname", text=lambda line: line.last, strong=True, width=150),
                Column("First name", text=lambda line: line.first, width=150),
                Column("May be called", text=lambda line: line.permitted, width=140),
                Column("Class", text=lambda line: line.class_name or "No class", stretch=True),
                _ruling(MediaKind.PHOTOGRAPH),
                _ruling(MediaKind.RECORDING),
                _ruling(MediaKind.WORK_SAMPLE),
                Column("Adults", text=_adults, chip=_adults_chip, sort=lambda line: line.linked, width=120),
            ),
            key=lambda line: line.id,
            empty=("pupils", "No pupils yet. Bring in the class lists from your own system."),
        )
        self.filters = FilterBar("Search pupils", [Filter(key, word) for key, word in FLAGS.items()])
        self.filters.changed.connect(self._filtered)
        self.listing = Listing(self.table, "pupil", "pupils", filters=self.filters)
        self.table.on_opened(lambda line: self.shell.open_record("pupil", line.id))
        self._offered: tuple[str, ...] = ()
        self.set_content(page(PageHeader("Pupils", "Press Enter to open a pupil's record."), self.listing))

    def refresh(self) -> None:
        """Read the list again."""
        self.table.set_rows(self.presenter.load())
        names = tuple(f"class:{id_}:{name}" for id_, name, _ in self.presenter.classes)
        if names != self._offered:
            self._offered = names
            classes = [Filter(f"class:{id_}", name, group="class") for id_, name, _ in self.presenter.classes]
            self.filters.set_filters([*(Filter(key, word) for key, word in FLAGS.items()), *classes])

    def on_changes(self, changes: frozenset[str], initiator: object) -> None:
        """The register, a permission or a link changed."""
        if changes & {"pupils", "permissions", "links", "school"}:
            self.refresh()

    def focus_filter(self) -> bool:
        """Ctrl+F."""
        return self.listing.focus_filter()

    def _filtered(self) -> None:
        on = self.filters.on
        chosen = next((int(key.split(":")[1]) for key in on if key.startswith("class:")), None)
        self.presenter.keep(self.filters.text, on, chosen)
        searching = bool(self.filters.text or on)
        self.table.say_empty(
            "No pupil matches. Take a filter away, or search for a part of the name."
            if searching
            else "No pupils yet. Bring in the class lists from your own system."
        )
        self.refresh()


def _ruling(kind: MediaKind) -> Column[PupilLine]:
    def chip(line: PupilLine) -> Chip:
        return ruled(line.rulings[kind]).chip

    def tip(line: PupilLine) -> str:
        return " ".join(line.rulings[kind].reasons)

    return Column(kind.words, text=lambda line: chip(line).word, chip=chip, tip=tip, width=145)


def _adults(line: PupilLine) -> str:
    return "1 linked" if line.linked == 1 else f"{line.linked} linked"


def _adults_chip(line: PupilLine) -> Chip:
    if line.linked == 0:
        return Chip("unlinked", "None linked", Tone.WARN)
    return Chip("linked", _adults(line), Tone.GOOD if line.linked <= 2 else Tone.INFO)

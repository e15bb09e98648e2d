"""Pupils: the register as a list, with what each may be called and whether they may be shown."""

from __future__ import annotations

from app.domain.permissions import MediaKind
from app.services.office import Office
from app.store.reads.pupils import PupilLine
from app.ui.parts.arrange import page
from app.ui.parts.buttons import primary
from app.ui.parts.chip import Chip, Tone
from app.ui.parts.columns import Column
from app.ui.parts.filters import Choice, Filter, FilterBar
from app.ui.parts.header import PageHeader
from app.ui.parts.listing import Listing
from app.ui.parts.table import Table
from app.ui.screens.chips import ruled
from app.ui.screens.pupils.presenter import FLAGS, PupilsPresenter
from app.ui.shell.area import Screen, Shell

_EMPTY = "No pupils yet. Bring in the class lists from your own system."
_NONE_SUCH = "No pupil matches. Take a filter away, or search for a part of the name."


class PupilsScreen(Screen):
    """The list. Enter opens a pupil's record, Ctrl+Enter opens it in a window of its own."""

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
        self.filters = FilterBar("Search pupils", self._offered(), [Choice("class", "Class", "All classes")])
        self.filters.changed.connect(self._filtered)
        self.listing = Listing(self.table, "pupil", "pupils", filters=self.filters, inset=False)
        self.table.on_opened(lambda line: self.shell.open_record("pupil", line.id))
        self.table.on_aside(lambda line: self.shell.open_record("pupil", line.id, aside=True))
        self.begin_at = self.filters.field
        about = "Enter opens a pupil's record, Ctrl+Enter opens it in a window of its own."
        self.set_content(page(PageHeader("Pupils", about), self.listing))

    def refresh(self) -> None:
        """Read the list again."""
        before = self.presenter.classes
        rows = self.presenter.load()
        if self.presenter.classes != before:
            self.filters.set_filters(self._offered())
        narrowed = self.presenter.is_narrowed
        self.table.say_empty(_NONE_SUCH if narrowed else _EMPTY)
        self._bring.setVisible(not narrowed)
        self.table.set_rows(rows)

    def on_changes(self, changes: frozenset[str], initiator: object) -> None:
        """The register, a permission or a link changed."""
        if changes & {"pupils", "permissions", "links", "school"}:
            self.refresh_when_seen()

    def look_through(self, lens: str) -> None:
        """Only those of one sort: undecided, unlinked."""
        self.filters.clear()
        self.filters.turn(lens)
        self.table.setFocus()

    def focus_filter(self) -> bool:
        """Ctrl+F."""
        return self.listing.focus_filter()

    def _offered(self) -> list[Filter]:
        classes = [Filter(f"class:{id_}", name, group="class") for id_, name, _ in self.presenter.classes]
        return [*classes, *(Filter(key, word) for key, word in FLAGS.items())]

    def _filtered(self) -> None:
        on = self.filters.on
        chosen = next((int(key.removeprefix("class:")) for key in on if key.startswith("class:")), None)
        self.presenter.keep(self.filters.text, on, chosen)
        self.refresh()


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

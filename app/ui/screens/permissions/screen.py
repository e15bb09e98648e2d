"""Permissions: coverage by class and kind, undecided first; each line opens the pupils it is about."""

from __future__ import annotations

from app.domain.permissions import Audience, MediaKind
from app.domain.words import day_words
from app.services.coverage import PermissionBoard
from app.services.office import Office
from app.services.permissions import AskedAudiences
from app.store.reads.coverage import Concerned, CoverageLine, Standing
from app.ui.parts.arrange import STRETCH, column, row
from app.ui.parts.buttons import primary
from app.ui.parts.chip import Chip, Tone
from app.ui.parts.columns import Column
from app.ui.parts.filters import Choice, Filter, FilterBar
from app.ui.parts.header import PageHeader
from app.ui.parts.listing import Listing
from app.ui.parts.split import ListDetail
from app.ui.parts.table import Table
from app.ui.parts.text import quiet
from app.ui.screens.chips import ruled
from app.ui.shell.area import Screen, Shell
from app.ui.theme.spacing import PAGE

LENSES: dict[str, Standing] = {
    "undecided": Standing.UNDECIDED,
    "conflict": Standing.CONFLICT,
    "expiring": Standing.EXPIRING,
}
"""The filters that keep only children who want something done."""
_WORDS = {Standing.EXPIRING: "Runs out within 60 days"}


class PermissionsScreen(Screen):
    """The board. Enter on a child opens the record; the button opens the grid for the class's forms."""

    def __init__(self, shell: Shell, office: Office) -> None:
        super().__init__(shell, "Permissions", "permissions")
        self._office = office
        self._asked = office.ask(AskedAudiences())
        self._shown_place = Audience.CLASS_STORY
        self.lines: tuple[CoverageLine, ...] = ()
        self.table: Table[CoverageLine] = Table(
            "Permissions by class and kind",
            (
                Column("Class and kind", text=_about, strong=True, stretch=True),
                _count(Standing.UNDECIDED, 90),
                _count(Standing.CONFLICT, 85, "Disagree"),
                _count(Standing.EXPIRING, 85, "Runs out"),
            ),
            key=lambda line: (line.class_id, line.kind),
            empty=("permissions", "No pupils yet. Bring in the class lists, then enter the permission forms here."),
        )
        self.filters = FilterBar(
            "",
            self._offered(),
            [Choice("place", "Place", Audience.CLASS_STORY.words), Choice("kind", "Kind", "Every kind")],
        )
        self.filters.changed.connect(self._filtered)
        self.header = PageHeader("Permissions")
        self.pupils: Table[Concerned] = Table(
            "Pupils concerned",
            (
                Column("Pupil", text=lambda one: one.name, strong=True, stretch=True, least=150),
                Column("Permission", text=_stands, chip=_chip, sort=lambda one: one.standing, width=165),
                Column("Why", text=_why, tip=_why, quiet=True, spare=True, width=300),
            ),
            key=lambda one: one.pupil_id,
            empty=("permissions", "Choose a line on the left. The pupils it is about appear here."),
        )
        self.enter_button = primary("&Enter forms for this class", self.enter_forms, icon="edit")
        self.table.on_chosen(self._show)
        self.table.on_opened(lambda _line: self._open_detail())
        self.pupils.on_opened(lambda one: self.shell.open_record("pupil", one.pupil_id))
        self.pupils.on_aside(lambda one: self.shell.open_record("pupil", one.pupil_id, aside=True))
        self.listing = Listing(self.table, "line", "lines", filters=self.filters)
        self.why = quiet()
        self.pupils.on_chosen(lambda one: self.why.setText(_why(one) if one is not None else ""))
        detail = column(self.header, self.pupils, self.why, row(STRETCH, self.enter_button), margin=PAGE)
        self.split = ListDetail(self.listing, detail, shell.settings, "permissions", share=0.5)
        self.begin_at = self.table
        self.set_content(self.split)

    def refresh(self) -> None:
        """Count again."""
        asked = self._office.ask(AskedAudiences())
        if asked != self._asked:
            self._asked = asked
            self.filters.set_filters(self._offered())
        self._shown_place = self._place
        self.lines = self._office.ask(PermissionBoard(self._shown_place))
        for key, standing in LENSES.items():
            self.filters.set_count(key, sum(line.count(standing) for line in self.lines))
        self._fill()

    def on_changes(self, changes: frozenset[str], initiator: object) -> None:
        """A permission, the register or a bar changed."""
        if changes & {"permissions", "pupils", "school"}:
            self.refresh_when_seen()

    def look_through(self, lens: str) -> None:
        """Undecided, conflict or expiring."""
        if lens in LENSES:
            self.filters.clear()
            self.filters.turn(lens)

    def focus_filter(self) -> bool:
        """Ctrl+F."""
        return self.listing.focus_filter()

    def leave(self) -> bool:
        """From the pupils back to the board, in a narrow window."""
        return self.split.show_list()

    def enter_forms(self) -> None:
        """The grid, for the class of the chosen line."""
        line = self.table.current()
        if line is not None and line.class_id is not None:
            self.shell.open_record("forms", line.class_id)

    @property
    def _kept(self) -> frozenset[Standing]:
        return frozenset(LENSES[key] for key in self.filters.on if key in LENSES)

    @property
    def _place(self) -> Audience:
        chosen = next((key.partition(":")[2] for key in self.filters.on if key.startswith("place:")), "")
        return Audience(chosen) if chosen else Audience.CLASS_STORY

    def _offered(self) -> list[Filter]:
        others = [where for where in self._asked if where is not Audience.CLASS_STORY]
        return [
            *(Filter(key, _WORDS.get(one, one.words)) for key, one in LENSES.items()),
            *(Filter(f"kind:{kind}", kind.words, group="kind") for kind in MediaKind),
            *(Filter(f"place:{where}", where.words, group="place") for where in others),
        ]

    def _filtered(self) -> None:
        if self._place is not self._shown_place:
            self.refresh()
        else:
            self._fill()

    def _fill(self) -> None:
        kind = next((key.partition(":")[2] for key in self.filters.on if key.startswith("kind:")), "")
        kept = self._kept
        shown = [
            line
            for line in self.lines
            if (not kind or line.kind == kind) and (not kept or any(line.count(one) for one in kept))
        ]
        self.table.say_empty(
            "Nothing here. No class has a child like this."
            if self.lines
            else "No pupils yet. Bring in the class lists, then enter the permission forms here."
        )
        self.table.set_rows(shown, choose_first=True)
        self._show(self.table.current())

    def _show(self, line: CoverageLine | None) -> None:
        self.enter_button.setEnabled(line is not None and line.class_id is not None)
        if line is None:
            self.header.say(title="Permissions", subtitle="Choose a class on the left.", chips=[])
            self.pupils.set_rows([])
            return
        kept = self._kept
        self.header.say(
            title=line.class_name,
            subtitle=f"{line.kind.words}, {self._shown_place.words.lower()}: {_may(line)} may be shown. "
            "Anything but a clear yes means no.",
            chips=[_summary(line)],
        )
        self.pupils.say_empty("No child in this class is like this.")
        self.pupils.set_rows([one for one in line.pupils if not kept or one.standing in kept], choose_first=True)

    def _open_detail(self) -> None:
        self.split.show_detail()
        self.pupils.setFocus()
        if self.pupils.rows and self.pupils.current() is None:
            self.pupils.choose_place(0)


def _count(standing: Standing, width: int, heading: str = "") -> Column[CoverageLine]:
    def number(line: CoverageLine) -> int:
        return line.count(standing)

    return Column(heading or standing.words, text=lambda line: str(number(line)), number=True, sort=number, width=width)


def _about(line: CoverageLine) -> str:
    return f"{line.class_name}, {line.kind.words.lower()}"


def _may(line: CoverageLine) -> str:
    return f"{line.may} of {len(line.pupils)}"


def _summary(line: CoverageLine) -> Chip:
    waiting = line.count(Standing.UNDECIDED)
    if waiting:
        return Chip("undecided", f"{waiting} undecided", Tone.WARN)
    if line.count(Standing.CONFLICT):
        return Chip("conflict", "Adults disagree", Tone.STOP)
    return Chip("allowed", "All answered", Tone.GOOD)


def _stands(one: Concerned) -> str:
    return _chip(one).word


def _chip(one: Concerned) -> Chip:
    if one.standing is Standing.EXPIRING and one.runs_out is not None:
        return Chip("due", "Runs out soon", Tone.WARN)
    return ruled(one.ruling).chip


def _why(one: Concerned) -> str:
    until = f"Runs out after {day_words(one.runs_out)}. " if one.runs_out is not None else ""
    return until + " ".join(one.ruling.reasons)

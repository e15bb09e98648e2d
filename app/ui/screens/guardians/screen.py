"""Guardians: one record each across siblings, records that may be of one adult, and those that were made one."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QDialog, QStackedWidget, QVBoxLayout, QWidget

from app.domain.problems import Problem
from app.domain.words import day_words
from app.services.guardians_alike import Pair, Sure
from app.services.office import Office
from app.store.reads.guardians import GuardianEntry, MergedLine
from app.ui.parts.arrange import STRETCH, column, row
from app.ui.parts.banner import Banner
from app.ui.parts.buttons import primary, secondary
from app.ui.parts.chip import Chip, Tone
from app.ui.parts.columns import Column
from app.ui.parts.filters import Choice, Filter, FilterBar
from app.ui.parts.listing import Listing
from app.ui.parts.split import ListDetail
from app.ui.parts.table import Table
from app.ui.screens.guardians.dialogs import DetailsDialog, MergeDialog
from app.ui.screens.guardians.panel import GuardianPanel
from app.ui.screens.guardians.presenter import ALIKE, FLAGS, MERGED, GuardiansPresenter, children_words
from app.ui.screens.pupils.presenter import LANGUAGES
from app.ui.shell.area import Screen, Shell
from app.ui.theme.current import theme
from app.ui.theme.spacing import BETWEEN, PAGE

_EMPTY = "No adults yet. Bring in the class lists from your own system, or add one."
_NONE_SUCH = "No adult matches. Take a filter away, or search for a part of the name, e-mail or telephone."
_SURE = {Sure.SURE: Tone.STOP, Sure.LIKELY: Tone.WARN, Sure.PERHAPS: Tone.INFO}


class GuardiansScreen(Screen):
    """The list with one adult beside it; or pairs of records to compare; or what was made one."""

    def __init__(self, shell: Shell, office: Office) -> None:
        super().__init__(shell, "Guardians", "guardians")
        self.presenter = GuardiansPresenter(office)
        self._undo: int | None = None
        self.banner = Banner()
        self.table = _adults()
        self.pairs = _pairs()
        self.merged = _merged()
        self.filters = FilterBar(
            "Search guardians",
            self._offered(),
            [
                Choice("class", "Class", "All classes"),
                Choice("language", "Language", "All languages"),
                Choice("show", "Show", "Everybody"),
            ],
        )
        self.filters.changed.connect(self._filtered)
        self.add_button = secondary("&Add an adult...", self.add, icon="add")
        self.panel = GuardianPanel(shell, self.presenter, self.refresh)
        adults = Listing(self.table, "adult", "adults", inset=False)
        self.split = ListDetail(adults, self.panel, shell.settings, "guardians", share=0.5)
        self.apart_button = secondary("Two &people", self.tell_apart)
        self.merge_button = primary("&Compare...", self.merge, icon="guardians")
        self.undo_button = secondary("Make them t&wo again", self.undo_chosen, icon="undo")
        self.pages = QStackedWidget()
        self.pages.addWidget(self.split)
        self.pages.addWidget(
            column(
                Listing(self.pairs, "pair", "pairs", inset=False), row(STRETCH, self.apart_button, self.merge_button)
            )
        )
        self.pages.addWidget(
            column(Listing(self.merged, "record", "records", inset=False), row(STRETCH, self.undo_button))
        )
        self.table.on_chosen(lambda line: self.panel.show_adult(line.id if line is not None else None))
        self.table.on_opened(lambda _line: self._open_detail())
        self.pairs.on_chosen(lambda _pair: self._offer())
        self.pairs.on_opened(lambda _pair: self.merge())
        self.merged.on_chosen(lambda _line: self._offer())
        self.begin_at = self.table
        self.set_content(self._page())

    def refresh(self) -> None:
        """Read everything again."""
        classes = self.presenter.classes
        rows = self.presenter.load()
        if self.presenter.classes != classes:
            self.filters.set_filters(self._offered())
        self.filters.set_count(ALIKE, len(self.presenter.pairs))
        self.pairs.set_rows(self.presenter.pairs, choose_first=True)
        self.merged.set_rows(self.presenter.merged(), choose_first=True)
        self._show(rows)

    def _show(self, rows: tuple[GuardianEntry, ...]) -> None:
        self.table.say_empty(_NONE_SUCH if self.presenter.is_narrowed else _EMPTY)
        self.table.set_rows(rows, choose_first=True)
        self._turn_page()
        line = self.table.current()
        self.panel.show_adult(line.id if line is not None else None)
        self._offer()

    def on_changes(self, changes: frozenset[str], initiator: object) -> None:
        """An adult, a child or a link changed."""
        if initiator not in (self, self.panel) and changes & {"guardians", "pupils", "links"}:
            self.refresh_when_seen()

    def look_through(self, lens: str) -> None:
        """Records that may be of one adult, adults who may not be linked, and so on."""
        if lens in (*FLAGS, ALIKE, MERGED):
            self.filters.clear()
            self.filters.turn(lens)

    def focus_filter(self) -> bool:
        """Ctrl+F."""
        return self.filters.focus_search()

    def leave(self) -> bool:
        """From one adult back to the list, in a narrow window."""
        return self.pages.currentWidget() is self.split and self.split.show_list()

    def undo(self) -> bool:
        """Ctrl+Z makes the records that were made one last two again."""
        if self._undo is None:
            return False
        self._take_back(self._undo)
        return True

    def add(self) -> None:
        """Enter an adult by hand."""
        dialog = DetailsDialog(self, None)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            try:
                made = self.presenter.save(None, dialog.details, None, self)
            except Problem as problem:
                self.banner.problem(problem)
            else:
                self.banner.dismiss()
                self.filters.clear()
                self.refresh()
                self.table.choose(made)
                self.split.show_detail()
                self.panel.add_button.setFocus()
                self.shell.done("The adult is added. Now add the child they belong to.")
        dialog.deleteLater()

    def merge(self) -> None:
        """Compare the chosen pair, and make one record of it."""
        pair = self.pairs.current()
        if pair is None:
            return
        left, right = self.presenter.record(pair.first_id), self.presenter.record(pair.second_id)
        dialog = MergeDialog(self, left, right, " ".join(pair.reasons))
        agreed, (kept, gone) = dialog.exec() == QDialog.DialogCode.Accepted, dialog.kept_and_gone
        dialog.deleteLater()
        if not agreed:
            return
        try:
            merge = self.presenter.merge(kept, gone, self)
        except Problem as problem:
            self.banner.problem(problem)
            return
        self._undo = merge
        self.banner.dismiss()
        self.refresh()
        self.shell.done("The two records are one.", partial(self._take_back, merge))

    def tell_apart(self) -> None:
        """The chosen pair are two people."""
        pair = self.pairs.current()
        if pair is None:
            return
        try:
            self.presenter.tell_apart(pair, self)
        except Problem as problem:
            self.banner.problem(problem)
            return
        self.banner.dismiss()
        self.refresh()
        self.shell.done("They stay two, and are not offered again.")

    def undo_chosen(self) -> None:
        """Take back the chosen merge."""
        line = self.merged.current()
        if line is not None:
            self._take_back(line.id)

    def _take_back(self, merge: int) -> None:
        try:
            self.presenter.undo_merge(merge, self)
        except Problem as problem:
            self.banner.problem(problem)
            return
        self._undo = None
        self.banner.dismiss()
        self.refresh()
        self.shell.done("The records are two again.")

    def _page(self) -> QWidget:
        px = theme().px
        held = QWidget()
        held.setProperty("ground", "page")
        whole = QVBoxLayout(held)
        whole.setContentsMargins(px(PAGE), px(BETWEEN), px(PAGE), px(BETWEEN))
        whole.setSpacing(px(12))
        whole.addWidget(self.banner)
        whole.addWidget(row(self.filters, self.add_button))
        whole.addWidget(self.pages, 1)
        return held

    def _offered(self) -> list[Filter]:
        return [
            *(Filter(f"class:{id_}", name, group="class") for id_, name, _ in self.presenter.classes),
            *(Filter(f"language:{code}", words, group="language") for code, words in LANGUAGES.items()),
            *(Filter(key, words, group="show") for key, words in FLAGS.items()),
            Filter(MERGED, "Records made one", group="show"),
            Filter(ALIKE, "May be one adult", len(self.presenter.pairs)),
        ]

    def _filtered(self) -> None:
        self.presenter.keep(self.filters.text, self.filters.on)
        self._show(self.presenter.entries())

    def _turn_page(self) -> None:
        on = self.filters.on
        self.pages.setCurrentIndex(1 if ALIKE in on else 2 if MERGED in on else 0)

    def _open_detail(self) -> None:
        self.split.show_detail()
        self.panel.edit_button.setFocus()

    def _offer(self) -> None:
        pair, line = self.pairs.current(), self.merged.current()
        self.merge_button.setEnabled(pair is not None)
        self.apart_button.setEnabled(pair is not None)
        self.undo_button.setEnabled(line is not None and not line.undone)


def _adults() -> Table[GuardianEntry]:
    return Table(
        "Guardians",
        (
            Column("Name", text=lambda g: g.name, strong=True, stretch=True, least=150),
            Column("Children", text=children_words, tip=children_words, width=170, spare=True),
            Column("On ClassDojo", text=lambda g: _linked(g).word, chip=_linked, width=175),
            Column("Telephone", text=lambda g: g.phones or "", width=130, spare=True),
            Column("E-mail", text=lambda g: g.email or "", width=220, spare=True),
            Column("Language", text=lambda g: LANGUAGES.get(g.language, g.language), width=110, spare=True),
        ),
        key=lambda g: g.id,
        empty=("guardians", _EMPTY),
    )


def _linked(entry: GuardianEntry) -> Chip:
    if entry.stopped:
        return Chip("not-allowed", "May not be linked", Tone.STOP)
    here = sum(child.on_roll for child in entry.children)
    if not entry.linked:
        return Chip("unlinked", "Not linked", Tone.QUIET)
    words = "Linked" if entry.linked >= here else f"Linked to {entry.linked} of {here}"
    return Chip("linked", words, Tone.GOOD)


def _pairs() -> Table[Pair]:
    return Table(
        "Records that may be of one adult",
        (
            Column("One record", text=lambda p: p.first, strong=True, width=190),
            Column("The other", text=lambda p: p.second, strong=True, width=190),
            Column("How sure", text=lambda p: p.sure.words, chip=_sure, sort=lambda p: p.sure, width=140),
            Column(
                "Why", text=lambda p: " ".join(p.reasons), tip=lambda p: " ".join(p.reasons), stretch=True, least=200
            ),
            Column("Children", text=lambda p: ", ".join(p.children), width=200, spare=True),
        ),
        key=lambda p: (p.first_id, p.second_id),
        empty=("guardians", "No two records look alike. Pairs appear here after class lists were brought in."),
    )


def _sure(pair: Pair) -> Chip:
    return Chip("undecided", pair.sure.words, _SURE[pair.sure])


def _merged() -> Table[MergedLine]:
    return Table(
        "Records made one",
        (
            Column("Kept", text=lambda m: m.kept, strong=True, stretch=True, least=160),
            Column("Made one with it", text=lambda m: m.gone, width=220),
            Column("When", text=lambda m: day_words(m.merged_at.date()), sort=lambda m: m.merged_at, width=150),
            Column("By", text=lambda m: m.merged_by, width=170, spare=True),
            Column("State", text=lambda m: "Two again" if m.undone else "One", width=100, quiet=True),
        ),
        key=lambda m: m.id,
        empty=("guardians", "No two records were made one so far."),
    )

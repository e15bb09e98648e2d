"""Review: the queue, the item in its conversation, a card per finding. Verdicts by U, A, F; the next item by N."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from app.domain.words import age_words
from app.services.office import Office
from app.store.reads.review import QueueLine
from app.ui.parts.buttons import secondary
from app.ui.parts.chip import Chip
from app.ui.parts.columns import Column
from app.ui.parts.empty import EmptyState
from app.ui.parts.filters import Choice, Filter, FilterBar
from app.ui.parts.listing import Listing
from app.ui.parts.split import ListDetail
from app.ui.parts.table import Table
from app.ui.screens.chips import KIND_ICON, SEVERITY_ICON, SEVERITY_TONE
from app.ui.screens.review.item_desk import ItemDesk, bind
from app.ui.screens.review.presenter import GROUPS, QueuePresenter, following
from app.ui.shell.area import Screen, Shell

_EMPTY = "Nothing to review. New items appear here after you bring in posts or messages."
_NONE_SUCH = "Nothing of this sort waits. Choose something else above."
_CHANGES = frozenset({"review", "content", "pupils", "permissions", "school"})


class ReviewScreen(Screen):
    """A senior leader's queue. Ten decisions take under a minute."""

    def __init__(self, shell: Shell, office: Office) -> None:
        super().__init__(shell, "Review", "review")
        self.presenter = QueuePresenter(office)
        self._office = office
        self._place = 0
        self._bring = secondary("&Bring in posts or messages", lambda: self.shell.open_area("imports"), icon="imports")
        self.table: Table[QueueLine] = Table(
            "Items to review",
            self._columns(),
            key=lambda line: line.item_id,
            empty=("review", _EMPTY),
            empty_action=self._bring,
        )
        self.filters = FilterBar(
            "",
            self._offered(),
            [Choice("finding", "Findings", "All findings"), Choice("class", "Class", "All classes")],
        )
        self.listing = Listing(self.table, "item", "items", filters=self.filters)
        self.desk = ItemDesk(shell, office)
        self._nothing = EmptyState("review", "Choose an item on the left to read it.")
        held = QWidget()
        down = QVBoxLayout(held)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(0)
        down.addWidget(self.desk)
        down.addWidget(self._nothing, 1)
        self.desk.pair.hide()
        self.split = ListDetail(self.listing, held, shell.settings, "review", share=0.35)
        self.set_content(self.split)
        self.begin_at = self.table
        self._connect()

    def refresh(self) -> None:
        """Read the queue again; the item in hand stays, and so does a reason that is being typed."""
        self._load(choose_first=self.desk.presenter.shown is None)
        self.desk.reread()

    def on_changes(self, changes: frozenset[str], initiator: object) -> None:
        """Somebody else judged, or new items came in."""
        if initiator is not self.desk and changes & _CHANGES:
            self.refresh_when_seen()

    def look_through(self, lens: str) -> None:
        """Show one sort of finding."""
        self.filters.turn(lens)

    def focus_filter(self) -> bool:
        """Ctrl+F."""
        return self.listing.focus_filter()

    def leave(self) -> bool:
        """Esc: from the reason to the finding, from the finding to the list."""
        if self.desk.step_back() or self.split.show_list():
            return True
        if self.desk.isAncestorOf(QApplication.focusWidget() or self):
            self._home()
            return True
        return False

    def undo(self) -> bool:
        """Ctrl+Z."""
        return self.desk.undo()

    def open_item(self, item_id: int) -> None:
        """Take an item in hand, whether or not the queue shows it."""
        if not self.table.choose(item_id):
            self._open(item_id)

    def step(self, by: int = 1) -> None:
        """N or P: on to the next item that waits, or back."""
        order = [line.item_id for line in self.table.rows]
        wanted = following(order, self.desk.presenter.item_id, self._place, by)
        if wanted is not None:
            self.open_item(wanted)
        self._home()

    def _columns(self) -> tuple[Column[QueueLine], ...]:
        return (
            Column(
                "Finding",
                text=lambda line: line.checks[0].words if line.checks else "",
                chip=_finding_chip,
                tip=lambda line: ", ".join(check.words for check in line.checks),
                sort=lambda line: (list(SEVERITY_TONE).index(line.severity), line.item_id),
                width=150,
            ),
            Column(
                "Item",
                text=lambda line: f"{line.author}: {line.opening}" if line.opening else line.author,
                icon=lambda line: KIND_ICON[line.kind],
                stretch=True,
                least=110,
            ),
            Column("Class", text=lambda line: line.class_name or "", quiet=True, spare=True, width=70),
            Column(
                "Age",
                text=lambda line: age_words(line.sent_at or line.found_at, self._office.clock()),
                sort=lambda line: line.sent_at or line.found_at,
                number=True,
                quiet=True,
                width=58,
            ),
        )

    def _connect(self) -> None:
        self.table.on_chosen(self._chosen)
        self.table.on_opened(lambda _line: self._enter())
        self.table.on_aside(lambda line: self.shell.open_record("item", line.item_id, aside=True))
        self.table.clicked.connect(self._clicked)
        self.filters.changed.connect(self._filter)
        self.desk.decided.connect(self._decided)
        self.desk.taken_back.connect(self._taken_back)
        self.desk.gone.connect(self._gone)
        self.desk.lost.connect(self._lost)
        self.desk.overtaken.connect(partial(self._load, choose_first=False))
        self.desk.left.connect(self._home)
        self.desk.asked.connect(self.split.show_detail)
        self.desk.bind_keys(self)
        for keys, by in (("N", 1), ("P", -1), ("Shift+N", -1)):
            bind(self, keys, partial(self.step, by))

    def _offered(self) -> list[Filter]:
        groups = [Filter(key, words, group="finding") for key, (words, _) in GROUPS.items()]
        classes = [Filter(f"class:{id_}", name, group="class") for id_, name, _ in self.presenter.classes]
        return [*groups, *classes, Filter("decided", "Decided")]

    def _load(self, *, choose_first: bool) -> None:
        before = self.presenter.classes
        lines = self.presenter.load()
        if self.presenter.classes != before:
            self.filters.set_filters(self._offered())
        self._count()
        self.table.say_empty(_NONE_SUCH if self.presenter.is_narrowed else _EMPTY)
        self._bring.setVisible(not self.presenter.is_narrowed)
        self.table.set_rows(lines, choose_first=choose_first)
        self._settle()

    def _count(self) -> None:
        for key, count in self.presenter.counts().items():
            self.filters.set_count(key, count)

    def _filter(self) -> None:
        self.presenter.keep(self.filters.on)
        self.desk.presenter.let_go()
        self.refresh()

    def _chosen(self, line: QueueLine | None) -> None:
        if line is None:
            return
        self._place = next((at for at, row in enumerate(self.table.rows) if row.item_id == line.item_id), 0)
        if line.item_id != self.desk.presenter.item_id:
            self._open(line.item_id)

    def _open(self, item_id: int) -> None:
        if not self.desk.open(item_id):
            self.desk.presenter.let_go()
        self._settle()

    def _settle(self) -> None:
        """Show the item in hand, or that there is none."""
        shown = self.desk.presenter.shown is not None
        self.desk.pair.setVisible(shown)
        self._nothing.setVisible(not shown and bool(self.table.rows))

    def _enter(self) -> None:
        self.split.show_detail()
        self.desk.focus_card()

    def _clicked(self, _index: QModelIndex) -> None:
        if self.split.is_narrow:
            self._enter()

    def _home(self) -> None:
        """Where the keyboard rests between two decisions: the queue, or the finding where the queue is out of sight."""
        if self.table.isVisibleTo(self):
            self.table.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            self.desk.focus_card()

    def _decided(self) -> None:
        done = self.desk.presenter.item_done
        self.refresh()
        if done:
            self.step()
        else:
            self._home()

    def _taken_back(self, item_id: int) -> None:
        self.refresh()
        self.table.choose(item_id)
        self._home()

    def _gone(self) -> None:
        """The item in hand was referred: on to the next."""
        self._load(choose_first=False)
        self.step()

    def _lost(self) -> None:
        """Somebody else referred it: the banner says so, and the queue no longer shows it."""
        self._load(choose_first=False)
        self._home()


def _finding_chip(line: QueueLine) -> Chip | None:
    if not line.checks:
        return None
    return Chip(SEVERITY_ICON[line.severity], line.checks[0].words, SEVERITY_TONE[line.severity])

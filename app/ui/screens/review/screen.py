"""Review: the queue, the item in its conversation, a card per finding. Verdicts by U, A, F; the next item by N."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import partial

from PySide6.QtCore import QModelIndex, Qt, QTimer
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from app.domain.problems import Problem
from app.domain.words import age_words
from app.services.judging_many import JudgedMany
from app.services.office import Office
from app.store.reads.review import QueueLine
from app.ui.parts.arrange import STRETCH, column, row
from app.ui.parts.buttons import plain, secondary
from app.ui.parts.chip import Chip
from app.ui.parts.columns import Column
from app.ui.parts.empty import EmptyState
from app.ui.parts.filters import Choice, Filter, FilterBar
from app.ui.parts.listing import Listing
from app.ui.parts.split import ListDetail
from app.ui.parts.table import Table
from app.ui.parts.text import caption, plain_tip
from app.ui.screens.chips import KIND_ICON, SEVERITY_ICON, SEVERITY_TONE
from app.ui.screens.review.item_desk import ItemDesk, bind
from app.ui.screens.review.presenter import GROUPS, QueuePresenter, following, second_reading_words, shared_check
from app.ui.screens.review.second_reading import SECOND_READING
from app.ui.screens.review.together_dialog import ask_together
from app.ui.shell.area import Screen, Shell
from app.ui.theme.current import theme
from app.ui.theme.spacing import BETWEEN, TIGHT, WITHIN

_EMPTY = "Nothing to review. New items appear here after you bring in posts or messages."
_NONE_SUCH = "Nothing of this sort waits. Choose something else above."
NEWS_MS = 20_000
"""How often the queue is read again while it is in sight: other desks work on the same one."""
_CHANGES = frozenset({"claims", "takedowns", "review", "content", "pupils", "permissions", "school"})


class ReviewScreen(Screen):
    """A senior leader's queue. Ten decisions take under a minute."""

    def __init__(self, shell: Shell, office: Office, left_to_read: Callable[[], int] | None = None) -> None:
        """`left_to_read` says how many items are still to be read a second time."""
        super().__init__(shell, "Review", "review")
        self._left_to_read = left_to_read
        self.presenter = QueuePresenter(office)
        self._office = office
        self._place = 0
        self._bring = secondary("&Bring in posts or messages", lambda: self.shell.open_area("imports"), icon="imports")
        self.table: Table[QueueLine] = Table(
            "Items to review",
            self._columns(),
            key=lambda line: line.item_id,
            many=True,
            empty=("review", _EMPTY),
            empty_action=self._bring,
        )
        self.filters = FilterBar(
            "",
            self._offered(),
            [Choice("finding", "Findings", "All findings"), Choice("class", "Class", "All classes")],
        )
        self.together_button = secondary("Fa&lse alarm for all", self.judge_together)
        self.together_button.setToolTip(plain_tip("Shift+F"))
        self.down_button = plain("As&ked to be taken down", self.open_asked_down)
        self.together_button.hide()
        self.listing = Listing(self.table, "item", "items", filters=self.filters, foot=self.together_button)
        below = row(self.down_button, STRETCH, margin=TIGHT)
        self.second = caption()
        self.second.setContentsMargins(*(theme().px(side) for side in (BETWEEN, 0, BETWEEN, WITHIN)))
        self.tell_second()
        left = column(self.listing, self.second, below, gap=0)
        left.setFocusProxy(self.table)
        self.desk = ItemDesk(shell, office)
        self._nothing = EmptyState("review", "Choose an item on the left to read it.")
        held = QWidget()
        down = QVBoxLayout(held)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(0)
        down.addWidget(self.desk)
        down.addWidget(self._nothing, 1)
        self.desk.pair.hide()
        self.split = ListDetail(left, held, shell.settings, "review", share=0.35)
        self.set_content(self.split)
        self.begin_at = self.table
        self._connect()
        self._news = QTimer(self)
        self._news.setInterval(NEWS_MS)
        self._news.timeout.connect(self.hear_news)
        self._news.start()

    def refresh(self) -> None:
        """Read the queue again; the item in hand stays, and so does a reason that is being typed."""
        self._load(choose_first=self.desk.presenter.shown is None)
        self.desk.reread()

    def on_changes(self, changes: frozenset[str], initiator: object) -> None:
        """Somebody else judged, new items came in, or some were read a second time."""
        if SECOND_READING in changes:
            self.tell_second()
        if initiator is not self.desk and changes & _CHANGES:
            self.refresh_when_seen()

    def tell_second(self, left: int | None = None) -> None:
        """Say calmly how many items are still to be read a second time; nothing once none is."""
        if left is None:
            left = self._left_to_read() if self._left_to_read is not None else 0
        words = second_reading_words(left)
        self.second.setText(words)
        self.second.setVisible(bool(words))

    def look_through(self, lens: str) -> None:
        """Show one sort of finding, or what was asked to be taken down."""
        if lens == "takedowns":
            self.open_asked_down()
        else:
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
        here = self.desk.presenter.item_id
        free = set(self.presenter.free(here))
        order = [line.item_id for line in self.table.rows]
        open_to_us = [item for item in order if item in free]
        place = sum(1 for item in order[: self._place] if item in free)
        wanted = following(open_to_us, here, place, by) or following(order, here, self._place, by)
        if wanted is not None:
            self.open_item(wanted)
        self._home()

    def open_asked_down(self) -> None:
        """What was asked to be taken down in ClassDojo, until somebody states that it is."""
        self.shell.open_record("takedowns", "asked")

    def judge_together(self) -> None:
        """Shift+F: what one trivial check found on the selected items was a false alarm, for one reason."""
        chosen = self.table.selected()
        if len(chosen) < 2:
            return
        check = shared_check(chosen)
        if check is None:
            self.desk.tell(
                "These are too serious to be judged several at a time. Read them one by one: nothing was changed."
            )
            return
        with_it = [line.item_id for line in chosen if check in line.checks]
        said = ask_together(self, check, len(with_it), len(chosen) - len(with_it))
        if said is None:
            return
        try:
            done = self.presenter.judge_together(with_it, check, *said)
        except Problem as problem:
            self.desk.tell(problem)
            return
        self.desk.presenter.let_go()
        self.table.clearSelection()
        self._load(choose_first=True)
        left = f" {done.left:,} had been decided meanwhile." if done.left else ""
        count = len(done.verdicts)
        words = f"{count:,} false alarm{'' if count == 1 else 's'}.{left}"
        self.shell.done(words, partial(self._take_back_together, done))
        self._home()

    def hear_news(self) -> None:
        """Every so often: what others at other desks have in hand, and what waits no more.

        The item in hand is not read again under the person's eyes: who decides second is told at that moment.
        """
        if not self.isVisible() or QApplication.activeModalWidget() is not None:
            return
        with suppress(Problem):
            if self.desk.findings.asking is None:
                self._load(choose_first=self.desk.presenter.shown is None)
            elif self.presenter.renew():
                self.table.set_rows(self.presenter.lines)

    def _take_back_together(self, done: JudgedMany) -> bool:
        count = self.presenter.take_back_together(done)
        self.refresh()
        self.shell.done(f"{count:,} taken back.")
        return True

    def _selected(self, count: int) -> None:
        self.together_button.setVisible(count > 1)
        self.together_button.setText(f"Fa&lse alarm for all {count:,}" if count > 1 else "Fa&lse alarm for all")

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
                text=_item_words,
                icon=lambda line: "user" if line.with_whom else KIND_ICON[line.kind],
                tip=lambda line: f"{line.with_whom} has this in hand." if line.with_whom else "",
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
        self.table.selection_changed.connect(self._selected)
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
        bind(self, "Shift+F", self.judge_together)

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
        self.table.set_rows(lines, choose_first=False)
        if choose_first and self.table.current() is None and lines:
            free = self.presenter.free(None)
            self.table.choose(free[0] if free else lines[0].item_id)
        asked = self.presenter.asked_down()
        self.down_button.setText(f"As&ked to be taken down: {asked:,}" if asked else "As&ked to be taken down")
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


def _item_words(line: QueueLine) -> str:
    said = f"{line.author}: {line.opening}" if line.opening else line.author
    return f"With {line.with_whom}  ·  {said}" if line.with_whom else said


def _finding_chip(line: QueueLine) -> Chip | None:
    if not line.checks:
        return None
    return Chip(SEVERITY_ICON[line.severity], line.checks[0].words, SEVERITY_TONE[line.severity])

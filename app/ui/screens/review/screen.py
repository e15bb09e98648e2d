"""Review: the queue, the item in its conversation, a card per finding. Verdicts by U, A, F; the next item by N."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.problems import Problem
from app.domain.review import Reason, Verdict
from app.domain.words import age_words
from app.services.office import Office
from app.store.reads.review import QueueLine
from app.ui.parts.banner import Banner
from app.ui.parts.chip import Chip
from app.ui.parts.columns import Column
from app.ui.parts.confirm import ask_reason
from app.ui.parts.empty import EmptyState
from app.ui.parts.filters import Filter, FilterBar
from app.ui.parts.listing import Listing
from app.ui.parts.split import ListDetail
from app.ui.parts.table import Table
from app.ui.screens.chips import KIND_ICON, SEVERITY_ICON, SEVERITY_TONE
from app.ui.screens.review.findings import Findings
from app.ui.screens.review.item_view import ItemView
from app.ui.screens.review.office_dialog import ask_office
from app.ui.screens.review.presenter import GROUPS, ReviewPresenter, suggested_brief
from app.ui.shell.area import Screen, Shell
from app.ui.theme.current import theme


class ReviewScreen(Screen):
    """A senior leader's queue. Ten decisions take under a minute."""

    def __init__(self, shell: Shell, office: Office) -> None:
        super().__init__(shell, "Review", "review")
        self.presenter = ReviewPresenter(office)
        self._office = office
        self.wanted: int | None = None
        """An item to take in hand as soon as the queue is there."""
        self.table: Table[QueueLine] = Table(
            "Items to review",
            self._columns(),
            key=lambda line: line.item_id,
            empty=("review", "Nothing to review. New items appear here after you bring in posts or messages."),
        )
        filters = [Filter(key, word) for key, (word, _) in GROUPS.items()]
        self.filters = FilterBar("", [*filters, Filter("decided", "Decided")])
        self.listing = Listing(self.table, "item", "items", filters=self.filters)
        self.item, self.findings = ItemView(), Findings()
        self.banner = Banner()
        self._nothing = EmptyState("review", "Choose an item on the left to read it.")
        self.split = ListDetail(self.listing, self._detail(), shell.settings, "review", share=0.4)
        self.set_content(self.split)
        self._connect()
        self._bind_keys()

    def _columns(self) -> tuple[Column[QueueLine], ...]:
        return (
            Column(
                "Finding",
                text=lambda line: line.checks[0].words if line.checks else "",
                chip=_finding_chip,
                sort=lambda line: (list(SEVERITY_TONE).index(line.severity), line.item_id),
                width=165,
            ),
            Column(
                "Item",
                text=lambda line: f"{line.author}: {line.opening}" if line.opening else line.author,
                icon=lambda line: KIND_ICON[line.kind],
                stretch=True,
            ),
            Column(
                "Age",
                text=lambda line: age_words(line.sent_at or line.found_at, self._office.clock()),
                sort=lambda line: line.sent_at or line.found_at,
                number=True,
                quiet=True,
                width=72,
            ),
        )

    def refresh(self) -> None:
        """Read the queue again; the item in hand stays."""
        before = self.table.current()
        lines = self.presenter.load()
        self.table.set_rows(lines, choose_first=before is None and self.wanted is None)
        counts = self.presenter.counts()
        for key in GROUPS:
            self.filters.set_count(key, counts[key])
        if self.wanted is not None:
            wanted, self.wanted = self.wanted, None
            self.open_item(wanted)
        elif not lines and self.presenter.shown is None:
            self._show_nothing()

    def on_changes(self, changes: frozenset[str], initiator: object) -> None:
        """Somebody else judged, or new items came in."""
        if initiator is not self and changes & {"review", "content", "pupils", "permissions"}:
            self.refresh()

    def focus_filter(self) -> bool:
        """Ctrl+F."""
        return self.listing.focus_filter()

    def leave(self) -> bool:
        """From the item back to the list, in a narrow window."""
        return self.split.show_list()

    def open_item(self, item_id: int) -> None:
        """Take an item in hand, from wherever it was asked for."""
        if not self.table.choose(item_id):
            self._open(item_id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_N and not event.modifiers():
            self.next_item()
        else:
            super().keyPressEvent(event)

    def next_item(self) -> None:
        """N: on to the next item that waits."""
        following = self.presenter.next_item()
        if following is not None:
            self.open_item(following)
            self.table.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def judge(self, verdict: Verdict) -> None:
        """U, A or F: ask why, with the most likely reason proposed."""
        if self.presenter.card is not None:
            self.findings.ask_why(self.presenter.card.id, verdict)

    def _detail(self) -> QWidget:
        held = QWidget()
        self._parts = QWidget()
        across = QHBoxLayout(self._parts)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        across.addWidget(self.item, 5)
        across.addWidget(self.findings, 4)
        self.findings.setMinimumWidth(theme().px(340))
        down = QVBoxLayout(held)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(0)
        down.addWidget(self.banner)
        down.addWidget(self._nothing, 1)
        down.addWidget(self._parts, 1)
        self._parts.hide()
        return held

    def _connect(self) -> None:
        self.table.on_chosen(self._chosen)
        self.table.on_opened(lambda line: self.split.show_detail())
        self.filters.changed.connect(self._filter)
        self.item.pointed.connect(self._pointed)
        self.findings.chosen.connect(self._choose)
        self.findings.judged.connect(self.judge)
        self.findings.wanted.connect(self._wanted)
        self.findings.given.connect(self._give)
        self.findings.left.connect(self.table.setFocus)

    def _bind_keys(self) -> None:
        for key, verdict in (("U", Verdict.UPHELD), ("A", Verdict.ADVICE), ("F", Verdict.FALSE_ALARM)):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(partial(self.judge, verdict))
        following = QShortcut(QKeySequence("N"), self)
        following.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        following.activated.connect(self.next_item)

    def _filter(self) -> None:
        self.presenter.keep(self.filters.on)
        self.presenter.let_go()
        self.table.set_rows(self.presenter.load(), choose_first=True)
        if not self.presenter.lines:
            self._show_nothing()

    def _chosen(self, line: QueueLine | None) -> None:
        if line is not None:
            self._open(line.item_id)

    def _open(self, item_id: int) -> None:
        try:
            self.presenter.open(item_id)
        except Problem as problem:
            self.banner.problem(problem)
            return
        self.banner.hide()
        self._show()

    def _show(self) -> None:
        shown = self.presenter.shown
        assert shown is not None
        self._nothing.hide()
        self._parts.show()
        self.item.show_item(shown, self.presenter.zone)
        self.findings.show_findings(shown.findings, self.presenter.zone)
        if self.presenter.chosen is None and shown.findings:
            self.presenter.choose(shown.findings[0].id)
        self._mark()

    def _mark(self) -> None:
        self.findings.choose(self.presenter.chosen)
        self.item.choose(self._number_of(self.presenter.chosen))

    def _number_of(self, finding_id: int | None) -> int | None:
        shown = self.presenter.shown
        if shown is None:
            return None
        return next((n for n, card in enumerate(shown.findings, start=1) if card.id == finding_id), None)

    def _show_nothing(self) -> None:
        self._parts.hide()
        self._nothing.show()

    def _choose(self, finding_id: int) -> None:
        if finding_id != self.presenter.chosen:
            self.presenter.choose(finding_id)
            self._mark()

    def _pointed(self, number: int) -> None:
        shown = self.presenter.shown
        if shown is not None and 1 <= number <= len(shown.findings):
            self._choose(shown.findings[number - 1].id)

    def _give(self, verdict: Verdict, reason: Reason, words: str) -> None:
        finding = self.presenter.chosen
        try:
            given = self.presenter.give(verdict, reason, words, initiator=self)
        except Problem as problem:
            if finding is not None:
                self.findings.panel(finding).fault(problem.sentence)
            return
        self.shell.done(f"{verdict.words}.", partial(self._undo, given))
        self.shell.recount()
        if self.presenter.item_done:
            following = self.presenter.next_item()
            self.refresh()
            if following is not None:
                self.open_item(following)
            elif self.presenter.shown is not None:
                self._show()
        else:
            self._show()
        self.table.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _undo(self, verdict_id: int) -> None:
        try:
            self.presenter.take_back(verdict_id)
        except Problem as problem:
            self.shell.problem(problem)

    def _wanted(self, what: str) -> None:
        {"office": self._refer_office, "safeguarding": self._refer_lead, "case": self._open_case}[what]()

    def _refer_office(self) -> None:
        card, shown = self.presenter.card, self.presenter.shown
        if card is None or shown is None:
            return
        said = ask_office(self, card.topics, suggested_brief(shown))
        if said is not None:
            self._do(partial(self.presenter.refer_to_office, *said, initiator=self), "Referred to the office.")
            self._show()

    def _refer_lead(self) -> None:
        note = ask_reason(
            self,
            "Refer to the safeguarding lead?",
            "The words leave this queue at once and only the safeguarding lead and the headteacher can read them.",
            "&Refer now",
            label="&Note for the safeguarding lead",
        )
        if note is not None and self._do(
            partial(self.presenter.refer_to_safeguarding, note, initiator=self), "Referred to the safeguarding lead."
        ):
            self._show_nothing()
            self.refresh()

    def _open_case(self) -> None:
        summary = ask_reason(
            self,
            "Open a case?",
            "The item is kept as evidence as it stands now, and the headteacher decides.",
            "&Open case",
            label="What &happened",
        )
        if summary is not None:
            self._do(partial(self.presenter.open_case, summary, initiator=self), "Case opened.")
            self.shell.recount()

    def _do(self, act: Callable[[], object], done: str) -> bool:
        try:
            act()
        except Problem as problem:
            self.banner.problem(problem)
            return False
        self.shell.done(done)
        return True


def _finding_chip(line: QueueLine) -> Chip | None:
    if not line.checks:
        return None
    more = f" +{line.waiting - 1}" if line.waiting > 1 else ""
    return Chip(SEVERITY_ICON[line.severity], f"{line.checks[0].words}{more}", SEVERITY_TONE[line.severity])

"""Replies: families' messages that wait, late ones first, in working time; and stating how they were answered (P6)."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QApplication, QFrame, QVBoxLayout, QWidget

from app.domain.problems import Problem
from app.services.office import Office
from app.services.replies import ReplyLine
from app.services.threads import CHANNELS
from app.store.reads.conversations import Said
from app.ui.parts.arrange import clear, column, scrolling, wrapping
from app.ui.parts.banner import Banner
from app.ui.parts.buttons import secondary
from app.ui.parts.card import Card
from app.ui.parts.chip import Chip, ChipLabel, Tone
from app.ui.parts.columns import Column
from app.ui.parts.empty import EmptyState
from app.ui.parts.facts import Facts
from app.ui.parts.filters import Choice, Filter, FilterBar
from app.ui.parts.header import PageHeader
from app.ui.parts.listing import Listing
from app.ui.parts.split import ListDetail
from app.ui.parts.table import Table
from app.ui.parts.text import OneLine, Text, caption
from app.ui.screens.replies.closing import ClosingCard
from app.ui.screens.replies.presenter import STATES, RepliesPresenter
from app.ui.shell.area import Screen, Shell
from app.ui.theme.current import theme
from app.ui.theme.spacing import TIGHT, WITHIN

_NONE = "No family waits for an answer. Messages appear here after you bring them in, until somebody answers."
_NONE_SUCH = "Nothing of this sort. Choose something else above."
_TONE = {"overdue": ("late", Tone.STOP), "running": ("waiting", Tone.INFO), "late": ("history", Tone.WARN)}


class RepliesScreen(Screen):
    """What waits on the left, the conversation on the right."""

    def __init__(self, shell: Shell, office: Office) -> None:
        super().__init__(shell, "Replies", "replies")
        self.presenter = RepliesPresenter(office)
        self.table: Table[ReplyLine] = Table(
            "Messages that wait for an answer",
            (
                Column("State", text=lambda r: STATES[r.state], chip=_chip, width=130),
                Column("From", text=_who, stretch=True, least=150),
                Column("Class", text=lambda r: r.class_name or "", quiet=True, spare=True, width=80),
                Column(
                    "Working time",
                    text=self.presenter.waited,
                    sort=lambda r: r.waited,
                    number=True,
                    width=150,
                ),
            ),
            key=lambda r: (r.thread_id, r.item_id),
            empty=("threads", _NONE),
        )
        self.filters = FilterBar("", self._offered(), [Choice("class", "Class", "All classes")])
        self.figures_button = secondary("&Figures by class", self.open_figures, icon="reports")
        self.listing = Listing(self.table, "message", "messages", filters=self.filters, foot=self.figures_button)
        self.banner, self.header = Banner(), PageHeader("Replies")
        self.facts = Facts()
        self._said = QVBoxLayout()
        self._said.setSpacing(theme().px(WITHIN))
        held = QWidget()
        held.setLayout(self._said)
        self._card = Card("Conversation", held)
        self.closing = ClosingCard()
        self.closing.wanted.connect(self.close_chosen)
        self._nothing = EmptyState("threads", "Choose a message on the left to read the conversation.")
        detail = scrolling(self.header, self.banner, self.facts, self._card, self.closing, self._nothing)
        self.split = ListDetail(self.listing, detail, shell.settings, "replies", share=0.5)
        self.set_content(self.split)
        self.begin_at = self.table
        self.table.on_chosen(self._chosen)
        self.table.on_opened(lambda _line: self._enter())
        self.table.clicked.connect(self._clicked)
        self.filters.changed.connect(self._filter)
        self._show(None)

    def refresh(self) -> None:
        """Read again what waits."""
        self.presenter.load()
        self.filters.set_filters(self._offered())
        for state, count in self.presenter.counts().items():
            self.filters.set_count(state, count)
        self._fill()
        shown = self.presenter.shown
        if shown is not None and shown.notes and not self.banner.isVisibleTo(self):
            self.banner.say(Tone.INFO, shown.notes[0], *shown.notes[1:3])

    def on_changes(self, changes: frozenset[str], initiator: object) -> None:
        """Messages came in, a conversation was closed, terms were entered."""
        if initiator is not self and changes & {"threads", "content", "review", "school"}:
            self.refresh_when_seen()

    def look_through(self, lens: str) -> None:
        """One sort of message ("overdue")."""
        self.filters.turn(lens)

    def focus_filter(self) -> bool:
        """Ctrl+F."""
        return self.listing.focus_filter()

    def leave(self) -> bool:
        """From the conversation back to the list."""
        if self.split.show_list():
            return True
        if not self.listing.isAncestorOf(QApplication.focusWidget() or self.listing):
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        return False

    def undo(self) -> bool:
        """Ctrl+Z: the last closing."""
        try:
            if not self.presenter.take_back(self):
                return False
        except Problem as problem:
            self.banner.problem(problem)
            return True
        self.shell.done("Taken back.")
        self.refresh()
        return True

    def open_figures(self) -> None:
        """Median, share in time and staff's hours, class by class."""
        self.shell.open_record("reply-figures", "now")

    def close_chosen(self, channel: str, day: str, at: str) -> None:
        """State how the family of the chosen line was answered."""
        line = self.table.current()
        if line is None:
            return
        try:
            self.presenter.close(line, channel, day, at, self)
        except Problem as problem:
            self.closing.fault(problem.sentence)
            return
        self.shell.done(f"{CHANNELS[channel]}.", self.undo)
        self.refresh()
        if not self.split.show_list():
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _offered(self) -> list[Filter]:
        shown = self.presenter.shown
        names = dict.fromkeys(line.class_name for line in shown.lines if line.class_name) if shown is not None else {}
        classes = [Filter(f"class:{name}", str(name), group="class") for name in sorted(map(str, names))]
        return [*(Filter(state, words) for state, words in STATES.items()), *classes]

    def _filter(self) -> None:
        self.presenter.on = self.filters.on
        self._fill()

    def _fill(self) -> None:
        self.table.say_empty(_NONE_SUCH if self.presenter.on else _NONE)
        self.table.set_rows(self.presenter.lines, choose_first=True)
        self._show(self.table.current())

    def _enter(self) -> None:
        self.split.show_detail()
        if self.closing.isVisibleTo(self):
            self.closing.channel.setFocus(Qt.FocusReason.OtherFocusReason)

    def _clicked(self, _index: QModelIndex) -> None:
        self.split.show_detail()

    def _chosen(self, line: ReplyLine | None) -> None:
        self.closing.begin()
        self._show(line)

    def _show(self, line: ReplyLine | None) -> None:
        for piece in (self.header, self.facts, self._card):
            piece.setVisible(line is not None)
        self.closing.setVisible(line is not None and line.answered is None)
        self._nothing.setVisible(line is None and bool(self.table.rows))
        clear(self._said)
        if line is None:
            return
        self.header.say(title=line.family, subtitle=line.class_name or "No one class", chips=[_chip(line)])
        facts = [("Wrote", self.presenter.when(line.asked)), ("Working time", self.presenter.waited(line))]
        if line.answered is not None:
            facts.append(("Answered", self.presenter.when(line.answered)))
        elif line.due is not None:
            facts.append(("Answer due", self.presenter.when(line.due)))
        self.facts.show_facts(facts)
        for said in self.presenter.conversation(line)[-8:]:
            self._said.addWidget(_spoken(said, self.presenter.when(said.at)))


def _who(line: ReplyLine) -> str:
    return f"{line.family}: {line.opening}" if line.opening else line.family


def _chip(line: ReplyLine) -> Chip:
    icon, tone = _TONE[line.state]
    return Chip(icon, STATES[line.state], tone)


def _spoken(said: Said, when: str) -> QWidget:
    """One message, or the statement how it was closed."""
    if said.channel:
        return column(
            wrapping(ChipLabel(Chip("done", CHANNELS.get(said.channel, said.channel), Tone.GOOD))),
            caption(f"Stated by {said.who}, {when}"),
            gap=2,
        )
    held = QFrame()
    held.setProperty("part", "said")
    layout = QVBoxLayout(held)
    px = theme().px
    layout.setContentsMargins(px(12), px(TIGHT), px(12), px(TIGHT))
    who = wrapping(OneLine(said.who, "strong"), Text(when, "caption", wrap=False))
    layout.addWidget(column(who, Text(said.text or "Without words.", select=True), gap=2))
    return held

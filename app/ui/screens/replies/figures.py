"""How soon families were answered, class by class in the order of the years: no league, and few make no figure (P6)."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from app.services.office import Office
from app.services.replies import FEW, RepliesShown, ReplyFigures
from app.ui.parts.arrange import STRETCH, clear, row, scrolling, tiles
from app.ui.parts.columns import Column
from app.ui.parts.form import Form
from app.ui.parts.header import PageHeader
from app.ui.parts.listing import Listing
from app.ui.parts.stat import StatTile
from app.ui.parts.table import Table
from app.ui.parts.text import caption, quiet
from app.ui.screens.replies.presenter import RepliesPresenter, channel_words, median_words, share_words
from app.ui.shell.area import Screen, Shell
from app.ui.theme.current import theme
from app.ui.theme.spacing import TIGHT

_ABOUT = (
    f"Classes stand in the order of their years. Fewer than {FEW} answers make no median and no share. How many "
    "messages there are is no measure of anybody's work: the policy leaves it to each member of staff."
)


class ReplyFiguresScreen(Screen):
    """Figures of one term, with a table that says the same in full."""

    def __init__(self, shell: Shell, office: Office) -> None:
        super().__init__(shell, "Figures on replies", "replies")
        self.presenter = RepliesPresenter(office)
        self.header = PageHeader("Figures on replies")
        form = Form(beside=True)
        self.period: QComboBox = form.choice("&Period", [(None, "This term")])
        self.period.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.period.activated.connect(self._chosen)
        self.tiles = [StatTile("", "") for _ in range(4)]
        self.table: Table[ReplyFigures] = Table(
            "Replies by class",
            (
                Column("Class", text=lambda r: r.name, strong=True, stretch=True, least=110),
                Column("Waits", text=lambda r: f"{r.waits:,}", sort=lambda r: r.waits, number=True, width=70),
                Column("In time", text=lambda r: f"{r.in_time:,}", sort=lambda r: r.in_time, number=True, width=80),
                Column("Late", text=lambda r: f"{r.late:,}", sort=lambda r: r.late, number=True, width=64),
                Column("No answer", text=lambda r: f"{r.overdue:,}", sort=lambda r: r.overdue, number=True, width=100),
                Column(
                    "Other way",
                    text=lambda r: f"{r.otherwise:,}",
                    sort=lambda r: r.otherwise,
                    number=True,
                    spare=True,
                    width=100,
                ),
                Column("Share", text=share_words, number=True, width=84),
                Column("Median", text=median_words, number=True, width=110),
                Column("Outside hours", text=_outside, number=True, spare=True, width=130),
            ),
            key=lambda r: r.name,
            empty=("threads", "No family's message is on record for these days. Choose another period."),
        )
        self.listing = Listing(self.table, "class", "classes", inset=False)
        self._notes = QVBoxLayout()
        self._notes.setSpacing(theme().px(TIGHT))
        self._notes.setContentsMargins(0, 0, 0, 0)
        self.listing.setMinimumHeight(theme().px(400))
        held = QWidget()
        held.setLayout(self._notes)
        self.set_content(scrolling(self.header, row(form, STRETCH), tiles(*self.tiles, least=190), self.listing, held))
        self.begin_at = self.table

    def refresh(self) -> None:
        """Read the figures of the period again."""
        self.presenter.load()
        self._offer()
        shown = self.presenter.shown
        assert shown is not None
        self.header.say(subtitle=self.presenter.period_words())
        self._tiles(shown)
        self.table.set_rows(shown.classes)
        clear(self._notes)
        for note in shown.notes:
            self._notes.addWidget(quiet(note))
        channels = channel_words(shown.channels)
        if channels:
            self._notes.addWidget(caption(f"How families were answered: {channels}."))
        self._notes.addWidget(caption(f"{self.presenter.target_words()} {_ABOUT}"))

    def on_changes(self, changes: frozenset[str], initiator: object) -> None:
        """Messages came in or a conversation was closed."""
        if changes & {"threads", "content", "school"}:
            self.refresh_when_seen()

    def _offer(self) -> None:
        """This term first, then those before it."""
        chosen = self.period.currentIndex()
        self.period.clear()
        self.period.addItem("This term", None)
        for name, first, last in reversed(self.presenter.periods):
            self.period.addItem(name, (first, last))
        self.period.setCurrentIndex(min(max(chosen, 0), self.period.count() - 1))

    def _chosen(self, _at: int) -> None:
        self.presenter.period = self.period.currentData()
        self.refresh()

    def _tiles(self, shown: RepliesShown) -> None:
        whole = shown.whole
        late = sum(line.state == "overdue" for line in shown.lines)
        outside = f"of {whole.sent_by_staff:,} that staff sent. A matter of their welfare, by class only."
        said = (
            (
                share_words(whole),
                "answered in time",
                f"{whole.in_time:,} of {whole.in_time + whole.late + whole.overdue:,}",
            ),
            (median_words(whole), "median working time", "Half were answered sooner."),
            (f"{late:,}", "late without an answer", "Now, whenever they were sent."),
            (f"{whole.outside_hours:,}", "sent outside hours", outside),
        )
        for tile, (figure, counts, note) in zip(self.tiles, said, strict=True):
            tile.say(figure, counts, note=note)


def _outside(line: ReplyFigures) -> str:
    return f"{line.outside_hours:,} of {line.sent_by_staff:,}"

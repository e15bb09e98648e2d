"""What would be destroyed today: sorts of record, then the records one by one; hold them, or approve (K4)."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.problems import Problem
from app.domain.words import day_words
from app.services.retention_destroying import Progress
from app.services.retention_preview import MOST_LISTED, DuePart
from app.store.reads.retention_due import DueRecord
from app.ui.parts.acting import done
from app.ui.parts.arrange import STRETCH, page, roomy, row, wrapping
from app.ui.parts.banner import Banner
from app.ui.parts.buttons import danger, secondary
from app.ui.parts.chip import Chip, Tone
from app.ui.parts.columns import Column
from app.ui.parts.confirm import confirm
from app.ui.parts.header import PageHeader
from app.ui.parts.listing import Listing
from app.ui.parts.table import Table
from app.ui.parts.text import quiet
from app.ui.screens.retention.dialogs import HoldDialog
from app.ui.screens.retention.presenter import RetentionPresenter, destroyed_words, part_words
from app.ui.shell.area import Shell

_NOTHING = "Nothing has come to its day. Records are listed here once their line is confirmed and their time is over."


class DuePage(QWidget):
    """Above the sorts with counts; below the records of the chosen sort, without a word of what they say."""

    def __init__(self, shell: Shell, presenter: RetentionPresenter) -> None:
        super().__init__()
        self._shell, self.presenter = shell, presenter
        self.header = PageHeader("Due today")
        self.banner = Banner()
        self.table: Table[DuePart] = Table(
            "What is due, by sort of record",
            (
                Column("Records", text=lambda part: part.kind.words, strong=True, stretch=True, least=180),
                Column("To be destroyed", text=lambda part: f"{part.count:,}", number=True, width=130),
                Column(
                    "Oldest", text=lambda part: day_words(part.oldest) if part.oldest else "", width=150, spare=True
                ),
                Column("Kept back", text=lambda part: f"{_back(part):,}", number=True, width=110),
            ),
            key=lambda part: part.kind,
            empty=("retention", _NOTHING),
        )
        self.table.on_chosen(lambda _part: self._show())
        self.about = quiet()
        self.records: Table[DueRecord] = Table(
            "Records of the chosen sort",
            (
                Column("What", text=lambda each: each.words, strong=True, stretch=True, least=180),
                Column(
                    "Number",
                    text=lambda each: str(each.id),
                    number=True,
                    sort=lambda each: each.id,
                    width=90,
                    spare=True,
                ),
                Column("Day", text=lambda each: day_words(each.day), sort=lambda each: each.day, width=150),
                Column("State", text=lambda each: _state(each).word, chip=_state, width=160),
            ),
            key=lambda each: each.key,
            many=True,
            empty=("retention", "Choose a sort of record above."),
        )
        self.records.selection_changed.connect(lambda _count: self._offer())
        self.listing = Listing(self.records, "record", f"records (the oldest {MOST_LISTED} at most)", inset=False)
        self.hold_button = secondary("&Hold records...", self.hold, icon="lock")
        self.kind_button = secondary("Hold &all of this sort...", self.hold_kind, icon="lock")
        self.go_on_button = danger("&Go on destroying", self.go_on)
        self.approve_button = danger("A&pprove and destroy...", self.approve)
        foot = row(wrapping(self.hold_button, self.kind_button), STRETCH, self.go_on_button, self.approve_button)
        line = self.table.fontMetrics().lineSpacing()
        self.table.setMaximumHeight(line * 14)
        self.table.setMinimumHeight(line * 8)
        self.records.setMinimumHeight(line * 9)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(roomy(page(self.header, self.banner, self.table, self.about, self.listing, foot)))

    def refresh(self) -> None:
        """Look again what is due."""
        self.presenter.load_due()
        self.header.say(subtitle=self.presenter.due_words())
        self.table.set_rows(self.presenter.due.parts, choose_first=True)
        cut_off = self.presenter.unfinished
        if cut_off is not None:
            told = f"{cut_off.destroyed:,} of {cut_off.approved:,} records are destroyed."
            self.banner.say(Tone.WARN, "A destruction was cut off.", told, "Go on with it.")
        self._show()

    def hold(self) -> None:
        """The selected records."""
        part, chosen = self.table.current(), self.records.selected()
        if part is None or not chosen:
            return
        what = "this record" if len(chosen) == 1 else f"these {len(chosen)} records"
        self._hold(part, what, chosen)

    def hold_kind(self) -> None:
        """Everything of the chosen sort."""
        part = self.table.current()
        if part is not None:
            self._hold(part, f"all of: {part.kind.words.lower()}", [])

    def _hold(self, part: DuePart, what: str, chosen: list[DueRecord]) -> None:
        today = self.presenter.due.today
        dialog = HoldDialog(self, what, today, lambda why, on: self.presenter.hold(part.kind, chosen, why, on, self))
        if done(dialog):
            self._settled("Held. What is held stands under Held.")

    def approve(self) -> None:
        """Destroy what the list shows."""
        due = self.presenter.due
        if confirm(
            self,
            f"Destroy {'this record' if due.count == 1 else f'these {due.count:,} records'}?",
            "They are deleted for good, with their files and every word about them. A list of how many of what is kept "
            "under your name. Counts in reports about those days leave them out. This cannot be undone.",
            "&Destroy for good",
            danger=True,
        ):
            self._run(None)

    def go_on(self) -> None:
        """Go on where it was cut off."""
        self._run(self.presenter.unfinished)

    def _run(self, cut_off: object) -> None:
        self._shell.run(
            lambda ticket: self.presenter.destroy(ticket, go_on=self.presenter.unfinished if cut_off else None),
            self._destroyed,
            self._failed,
            words="Destroying records",
            on_cancelled=self.refresh,
        )

    def _destroyed(self, done_: Progress) -> None:
        self._settled(destroyed_words(done_))

    def _failed(self, problem: Problem) -> None:
        self.refresh()
        self.banner.problem(problem)

    def _settled(self, told: str) -> None:
        self.banner.dismiss()
        self.refresh()
        self.table.setFocus()
        self._shell.done(told)

    def _show(self) -> None:
        part = self.table.current()
        self.about.setText(part_words(part) if part is not None else "")
        self.about.setVisible(part is not None)
        self.records.set_rows(part.records if part is not None else ())
        self._offer()

    def _offer(self) -> None:
        part = self.table.current()
        self.hold_button.setEnabled(bool(self.records.selected()))
        self.kind_button.setEnabled(part is not None)
        self.approve_button.setEnabled(bool(self.presenter.due.count) and self.presenter.unfinished is None)
        self.go_on_button.setVisible(self.presenter.unfinished is not None)


def _back(part: DuePart) -> int:
    return sum(count for _, count in part.kept_back)


def _state(each: DueRecord) -> Chip:
    if each.back is not None:
        return Chip("lock", f"Kept: {each.back.words}", Tone.INFO)
    return Chip("due", "To be destroyed", Tone.WARN)

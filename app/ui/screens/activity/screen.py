"""Activity: the audit, for the headteacher. Who did what, who was refused, and whether the record holds."""

from __future__ import annotations

from app.domain.verbs import spoken
from app.domain.words import moment_words
from app.services.office import Office
from app.store.reads.activity import ActivityLine
from app.ui.parts.arrange import page
from app.ui.parts.banner import Banner
from app.ui.parts.buttons import plain, secondary
from app.ui.parts.chip import Chip, Tone
from app.ui.parts.columns import Column
from app.ui.parts.filters import Choice, Filter, FilterBar
from app.ui.parts.header import PageHeader
from app.ui.parts.listing import Listing
from app.ui.parts.table import Table
from app.ui.screens.activity.presenter import AREAS, ActivityPresenter, detail_words, role_words
from app.ui.shell.area import Screen, Shell

_EMPTY = "Nothing has been done yet. Everything that people do here appears in this list."
_NONE_SUCH = "Nothing of this sort is on record. Choose something else above."


class ActivityScreen(Screen):
    """The audit, newest first, with a way to check that nothing of it was changed."""

    def __init__(self, shell: Shell, office: Office) -> None:
        super().__init__(shell, "Activity", "activity")
        self.presenter = ActivityPresenter(office)
        self.banner = Banner()
        self.table: Table[ActivityLine] = Table(
            "Activity",
            (
                Column(
                    "When",
                    text=lambda line: moment_words(line.at, self.presenter.zone),
                    sort=lambda line: line.seq,
                    width=185,
                ),
                Column("Who", text=lambda line: line.who, strong=True, width=140),
                Column("Role", text=lambda line: role_words(line.role), quiet=True, spare=True, width=110),
                Column("What", text=lambda line: spoken(line.verb), stretch=True, least=170),
                Column("Outcome", text=lambda line: _outcome(line).word, chip=_outcome, width=90),
                Column("Details", text=detail_words, quiet=True, spare=True, width=200),
            ),
            key=lambda line: line.seq,
            empty=("audit", _EMPTY),
        )
        offered = [Filter(key, word, group="area") for key, word in AREAS.items()]
        self.filters = FilterBar(
            "", [*offered, Filter("refused", "Refused")], [Choice("area", "What was done", "Everything")]
        )
        self.filters.changed.connect(self._filtered)
        self.older_button = plain("Show &older lines", self.older)
        self.listing = Listing(self.table, "line", "lines", filters=self.filters, foot=self.older_button, inset=False)
        self.check_button = secondary("&Check the record", self.check, icon="audit")
        header = PageHeader(
            "Activity",
            "Every change and every restricted look, chained so that tampering shows.",
            actions=[self.check_button],
        )
        self.set_content(page(header, self.banner, self.listing))
        self.begin_at = self.table

    def refresh(self) -> None:
        """Read the newest lines."""
        narrowed = bool(self.presenter.filter.area or self.presenter.filter.refused_only)
        self.table.say_empty(_NONE_SUCH if narrowed else _EMPTY)
        self.table.set_rows(self.presenter.load())
        self.older_button.setVisible(self.presenter.has_older)

    def on_changes(self, changes: frozenset[str], initiator: object) -> None:
        """Whatever was done is news here."""
        self.refresh_when_seen()

    def focus_filter(self) -> bool:
        """Ctrl+F."""
        return self.listing.focus_filter()

    def older(self) -> None:
        """One page more."""
        self.table.set_rows(self.presenter.older())
        self.older_button.setVisible(self.presenter.has_older)
        self.table.setFocus()

    def check(self) -> None:
        """Recount the chain and say what was found."""
        state = self.presenter.check()
        if state.broken_at is None:
            self.banner.say(
                Tone.GOOD,
                f"The record holds: all {state.lines:,} lines are as they were written.",
                f"Its last seal is {state.head[:16]}….",
            )
        else:
            self.banner.say(
                Tone.STOP,
                f"Line {state.broken_at:,} is not as it was written.",
                "Somebody changed the record outside the program.",
                "Keep this computer as it is, and restore a backup beside it to compare.",
            )

    def _filtered(self) -> None:
        self.presenter.keep(self.filters.on)
        self.refresh()


def _outcome(line: ActivityLine) -> Chip:
    if line.outcome == "refused":
        return Chip("not-allowed", "Refused", Tone.STOP)
    return Chip("done", "Done", Tone.QUIET)

"""Activity: the audit, for the headteacher. Who did what, who was refused, and whether the record holds."""

from __future__ import annotations

from dataclasses import replace

from app.domain.roles import Role
from app.domain.verbs import spoken
from app.domain.words import moment_words
from app.services.activity import Activity, CheckChain
from app.services.office import Office
from app.services.school import School
from app.store.reads.activity import ActivityFilter, ActivityLine
from app.ui.parts.arrange import column, page
from app.ui.parts.banner import Banner
from app.ui.parts.buttons import secondary
from app.ui.parts.chip import Chip, Tone
from app.ui.parts.columns import Column
from app.ui.parts.filters import Filter, FilterBar
from app.ui.parts.header import PageHeader
from app.ui.parts.listing import Listing
from app.ui.parts.table import Table
from app.ui.shell.area import Screen, Shell

AREAS = (
    ("permission", "Permissions"),
    ("register", "Register"),
    ("verdict", "Verdicts"),
    ("referral", "Referrals"),
    ("case", "Cases"),
    ("report", "Reports"),
    ("session", "Sign-ins"),
)


class ActivityScreen(Screen):
    """The audit, newest first, with a way to check that nothing of it was changed."""

    def __init__(self, shell: Shell, office: Office) -> None:
        super().__init__(shell, "Activity", "activity")
        self._office = office
        self._zone = "Europe/London"
        self._filter = ActivityFilter(size=500)
        self.banner = Banner()
        self.table: Table[ActivityLine] = Table(
            "Activity",
            (
                Column(
                    "When",
                    text=lambda line: moment_words(line.at, self._zone),
                    sort=lambda line: line.seq,
                    width=195,
                ),
                Column("Who", text=lambda line: line.who, strong=True, width=200),
                Column("Role", text=lambda line: _role(line.role), quiet=True, width=140),
                Column("What", text=lambda line: spoken(line.verb), stretch=True),
                Column("Outcome", text=lambda line: _outcome(line).word, chip=_outcome, width=110),
                Column("Details", text=_details, quiet=True, width=260),
            ),
            key=lambda line: line.seq,
            empty=("audit", "Nothing has been done yet. Everything that people do here appears in this list."),
        )
        filters = [Filter(key, word, group="area") for key, word in AREAS]
        self.filters = FilterBar("", [Filter("refused", "Refused"), *filters])
        self.filters.changed.connect(self._filtered)
        self.listing = Listing(self.table, "line", "lines", filters=self.filters)
        header = PageHeader(
            "Activity",
            "Every change and every restricted look, chained so that tampering shows.",
            actions=[secondary("&Check the record", self.check, icon="audit")],
        )
        self.set_content(page(column(header, self.banner), self.listing))

    def refresh(self) -> None:
        """Read the newest lines."""
        self._zone = self._office.ask(School()).timezone
        lines = self._office.ask(Activity(self._filter))
        self.table.set_rows(lines)

    def on_changes(self, changes: frozenset[str], initiator: object) -> None:
        """Whatever was done is news here."""
        if self.isVisible():
            self.refresh()

    def focus_filter(self) -> bool:
        """Ctrl+F."""
        return self.listing.focus_filter()

    def check(self) -> None:
        """Recount the chain and say what was found."""
        state = self._office.ask(CheckChain())
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
        on = self.filters.on
        area = next((key for key, _ in AREAS if key in on), "")
        self._filter = replace(self._filter, area=area, refused_only="refused" in on)
        self.refresh()


def _role(role: str) -> str:
    return Role(role).words if role in set(Role) else role


def _outcome(line: ActivityLine) -> Chip:
    if line.outcome == "refused":
        return Chip("not-allowed", "Refused", Tone.STOP)
    return Chip("done", "Done", Tone.QUIET)


def _details(line: ActivityLine) -> str:
    said = [f"{key.replace('_', ' ')} {value.replace('_', ' ')}" for key, value in line.detail]
    return ", ".join([line.subject.replace(":", " "), *said]) if line.subject != "school" else ", ".join(said)

"""The policy: its clauses and versions; which guardians and staff accepted the one in force (P1, M3, T14, M4)."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.problems import Problem
from app.domain.words import day_words
from app.services.office import Office
from app.services.policy import AcceptanceLine, Clause, VersionLine
from app.ui.parts.arrange import STRETCH, page, row
from app.ui.parts.asking import asked
from app.ui.parts.banner import Banner
from app.ui.parts.buttons import plain, primary, secondary
from app.ui.parts.chip import Chip, Tone
from app.ui.parts.columns import Column
from app.ui.parts.confirm import confirm
from app.ui.parts.filters import Filter, FilterBar
from app.ui.parts.header import PageHeader
from app.ui.parts.listing import Listing
from app.ui.parts.table import Table
from app.ui.parts.tabs import Tabs
from app.ui.screens.policy.dialogs import AcceptanceDialog, AdoptDialog, ClauseDialog
from app.ui.screens.policy.presenter import AcceptancePresenter, PolicyPresenter, accepted_words
from app.ui.shell.area import Screen, Shell

_STATES = "They state that they need not use a device of their own, or how they use it."


class PeoplePage(QWidget):
    """Guardians or staff with what they accepted, those that wait first."""

    def __init__(self, shell: Shell, office: Office, who: str) -> None:
        super().__init__()
        self._shell, self._who = shell, who
        self.presenter = AcceptancePresenter(office)
        staff = who == "staff"
        self.header = PageHeader("Staff" if staff else "Guardians")
        self.banner = Banner()
        self.filters = FilterBar("", [Filter("waits", "To be asked")])
        self.filters.changed.connect(self._fill)
        columns: list[Column[AcceptanceLine]] = [
            Column("Name", text=lambda line: line.name, strong=True, stretch=True, least=180),
            Column("Policy", text=lambda line: _accepted(line).word, chip=_accepted, width=230),
        ]
        if staff:
            columns.append(Column("Devices, this year", text=lambda line: _stated(line).word, chip=_stated, width=200))
        else:
            columns.insert(1, Column("Classes", text=lambda line: ", ".join(line.classes), quiet=True, width=200))
        self.table: Table[AcceptanceLine] = Table(
            f"{'Staff' if staff else 'Guardians'} and what they accepted",
            columns,
            key=lambda line: (line.guardian_id, line.staff_id),
            many=True,
            empty=(
                "policy",
                "Nobody is to be asked: no member of staff yet." if staff else "No guardian is linked yet.",
            ),
        )
        self.table.selection_changed.connect(self._chosen)
        self.record_button = primary("&Record acceptance", lambda: self.record("policy"))
        self.device_button = secondary("Record &device statement", lambda: self.record("device"))
        self.device_button.setVisible(staff)
        self.listing = Listing(
            self.table,
            "person" if staff else "guardian",
            "people" if staff else "guardians",
            filters=self.filters,
            inset=False,
        )
        held = page(self.header, self.banner, self.listing, row(STRETCH, self.device_button, self.record_button))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(held)

    def refresh(self) -> None:
        """Read again who accepted."""
        self.presenter.load()
        self._fill()

    @property
    def lines(self) -> tuple[AcceptanceLine, ...]:
        """Everybody of this page."""
        shown = self.presenter.shown
        assert shown is not None
        return shown.staff if self._who == "staff" else shown.guardians

    def record(self, what: str) -> None:
        """Record it for everybody who is selected."""
        chosen = self.table.selected()
        if not chosen:
            return
        words = _STATES if what == "device" else "They accept the version of the policy that is in force."
        dialog = AcceptanceDialog(self, words, len(chosen), PolicyPresenter(self.presenter.office).today)
        if asked(dialog):
            try:
                self.presenter.record(chosen, what, dialog.on, dialog.route, self)
            except Problem as problem:
                self.banner.problem(problem)
            else:
                self.banner.dismiss()
                self._shell.done("Recorded.")
                self.refresh()
        dialog.deleteLater()

    def _fill(self) -> None:
        shown = self.presenter.shown
        if shown is None:
            return
        waits = "waits" in self.filters.on
        self.header.say(subtitle=f"Version {shown.number} of the policy: {accepted_words(self.lines)}.")
        self.filters.set_count("waits", sum(line.waits for line in self.lines))
        self.table.set_rows([line for line in self.lines if not waits or line.waits])
        self._chosen(len(self.table.selected()))

    def _chosen(self, count: int) -> None:
        may = bool(count) and self.presenter.may_record
        self.record_button.setEnabled(may)
        self.device_button.setEnabled(may)


class ClausesPage(QWidget):
    """The clauses in force, or of the draft."""

    def __init__(self, shell: Shell, office: Office) -> None:
        super().__init__()
        self._shell = shell
        self.presenter = PolicyPresenter(office)
        self.keeping_button = secondary(
            "How long records are &kept", lambda: shell.open_record("retention", 0), icon="retention"
        )
        self.header = PageHeader("Policy", actions=[self.keeping_button])
        self.banner = Banner()
        self.table: Table[Clause] = Table(
            "Clauses of the policy",
            (
                Column("Clause", text=lambda one: one.code, strong=True, width=70, sortable=False),
                Column("About", text=lambda one: one.heading, width=230, sortable=False),
                Column("What it says", text=lambda one: one.words, stretch=True, least=240, sortable=False),
                Column("State", text=lambda one: self._chip(one).word, chip=self._chip, width=120, sortable=False),
            ),
            key=lambda one: one.code,
            empty=("policy", "There is no clause yet."),
        )
        self.table.on_opened(self.change)
        self.listing = Listing(self.table, "clause", "clauses", inset=False)
        self.add_button = secondary("&Add a clause", lambda: self.change(None), icon="add")
        self.change_button = secondary("Chan&ge", lambda: self.change(self.table.current()), icon="edit")
        self.retire_button = plain("R&etire or take back", self.retire)
        self.drop_button = plain("&Let go of the draft", self.drop)
        self.adopt_button = primary("Adopt as &new version", self.adopt)
        foot = row(
            self.add_button, self.change_button, self.retire_button, STRETCH, self.drop_button, self.adopt_button
        )
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(page(self.header, self.banner, self.listing, foot))

    def refresh(self) -> None:
        """Read the policy again; a draft stays."""
        shown = self.presenter.load()
        version = shown.versions[0] if shown.versions else None
        words = _version_words(version) if version else "There is no policy yet."
        drafting = bool(self.presenter.draft)
        self.header.say(
            subtitle=words, chips=[Chip("edit", "Draft of the next version", Tone.WARN)] if drafting else []
        )
        self.table.set_rows(self.presenter.clauses, choose_first=True)
        may = self.presenter.may_change
        for button in (self.add_button, self.change_button, self.retire_button):
            button.setVisible(may)
        for button in (self.drop_button, self.adopt_button):
            button.setVisible(may and drafting)

    def change(self, clause: Clause | None) -> None:
        """Change a clause in the draft, or add one."""
        if not self.presenter.may_change:
            return
        dialog = ClauseDialog(self, clause, frozenset(one.code for one in self.presenter.clauses))
        if asked(dialog):
            self.presenter.put(clause.code if clause else None, dialog.clause)
            self.refresh()
            self.table.choose(dialog.clause.code)
        dialog.deleteLater()

    def retire(self) -> None:
        """Retire the chosen clause, or take it back in."""
        clause = self.table.current()
        if clause is not None:
            self.presenter.retire(clause.code)
            self.refresh()

    def drop(self) -> None:
        """Let go of the draft."""
        if confirm(self, "Let go of the draft?", "The policy in force stays as it is.", "&Let go of it", danger=True):
            self.presenter.drop_draft()
            self.refresh()

    def adopt(self) -> None:
        """The draft comes into force."""
        dialog = AdoptDialog(self, self.presenter.today)
        if asked(dialog):
            try:
                self.presenter.adopt(dialog.changes, dialog.adopted_on, dialog.review_due, self)
            except Problem as problem:
                self.banner.problem(problem)
            else:
                self.banner.dismiss()
                self._shell.done("Adopted. Everyone is asked to accept it.")
                self.refresh()
        dialog.deleteLater()

    def _chip(self, clause: Clause) -> Chip:
        if not clause.active:
            return Chip("withdrawn", "Retired", Tone.QUIET)
        if self.presenter.changed(clause):
            return Chip("edit", "In the draft", Tone.WARN)
        return Chip("good", "In force", Tone.GOOD)


class PolicyScreen(Screen):
    """Clauses, guardians, staff, versions."""

    def __init__(self, shell: Shell, office: Office) -> None:
        super().__init__(shell, "Policy", "policy")
        self.clauses = ClausesPage(shell, office)
        self.guardians = PeoplePage(shell, office, "guardians")
        self.staff = PeoplePage(shell, office, "staff")
        self.versions = VersionsPage(self.clauses.presenter)
        self._pages: dict[str, ClausesPage | PeoplePage | VersionsPage] = {
            "clauses": self.clauses,
            "guardians": self.guardians,
            "staff": self.staff,
            "versions": self.versions,
        }
        self.tabs = Tabs("Pages of the policy")
        for key, words in (
            ("clauses", "Clauses"),
            ("guardians", "Guardians"),
            ("staff", "Staff"),
            ("versions", "Versions"),
        ):
            self.tabs.add(key, words, self._pages[key])
        self.tabs.changed.connect(self._turned)
        self.set_content(self.tabs)
        self.begin_at = self.clauses.table

    def refresh(self) -> None:
        """Read the page that shows again."""
        self._pages[self.tabs.key].refresh()

    def on_changes(self, changes: frozenset[str], initiator: object) -> None:
        """Somebody accepted, linked, or adopted."""
        if initiator not in self._pages.values() and changes & {"policy", "links", "pupils", "school"}:
            self.refresh_when_seen()

    def look_through(self, lens: str) -> None:
        """A page by its key."""
        self.tabs.show_page(lens)

    def may_close(self) -> bool:
        """A draft that was begun is asked about."""
        if not self.clauses.presenter.draft:
            return True
        return confirm(self, "Leave the draft?", "What you changed is lost. The policy in force stays.", "&Leave it")

    def _turned(self, key: str) -> None:
        self._pages[key].refresh()
        self.begin_at = self._pages[key].table


class VersionsPage(QWidget):
    """Every version with what changed, newest first."""

    def __init__(self, presenter: PolicyPresenter) -> None:
        super().__init__()
        self._presenter = presenter
        self.table: Table[VersionLine] = Table(
            "Versions of the policy",
            (
                Column("Version", text=lambda one: str(one.number), number=True, width=80),
                Column("In force from", text=lambda one: day_words(one.adopted_on), strong=True, width=150),
                Column("What changed", text=lambda one: one.changes or "The first version", stretch=True, least=260),
                Column("Adopted by", text=lambda one: one.signed_by or "–", quiet=True, width=180),
            ),
            key=lambda one: one.number,
            empty=("policy", "There is no version yet."),
        )
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        listing = Listing(self.table, "version", "versions", inset=False)
        whole.addWidget(page(PageHeader("Versions", "What was in force when, and what changed."), listing))

    def refresh(self) -> None:
        """Read the versions again."""
        self.table.set_rows(self._presenter.load().versions)


def _version_words(version: VersionLine) -> str:
    review = f" Next review {day_words(version.review_due)}." if version.review_due else ""
    return f"Version {version.number}, in force since {day_words(version.adopted_on)}.{review}"


def _accepted(line: AcceptanceLine) -> Chip:
    if line.accepted_on is not None:
        return Chip("good", f"Accepted {day_words(line.accepted_on)}", Tone.GOOD)
    if line.earlier:
        return Chip("due", "Ask again: new version", Tone.WARN)
    return Chip("waiting", "To be asked", Tone.WARN)


def _stated(line: AcceptanceLine) -> Chip:
    if line.stated_on is not None:
        return Chip("good", f"Stated {day_words(line.stated_on)}", Tone.GOOD)
    return Chip("waiting", "Not stated yet", Tone.WARN)

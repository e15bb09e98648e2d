"""Codes: the ledger with its filters, whom to chase, and the requests to be linked that wait for a decision."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QDialog, QStackedWidget

from app.domain.codes import CodeState
from app.domain.problems import Problem
from app.domain.words import day_words
from app.services.link_requests import Asked
from app.services.office import Office
from app.store.reads.codes import LedgerLine, RequestLine
from app.ui.parts.arrange import STRETCH, page, row
from app.ui.parts.banner import Banner
from app.ui.parts.buttons import danger, primary, secondary
from app.ui.parts.chip import Chip, Tone
from app.ui.parts.columns import Column
from app.ui.parts.confirm import ask_reason
from app.ui.parts.filters import Choice, Filter, FilterBar
from app.ui.parts.header import PageHeader
from app.ui.parts.listing import Listing, counted
from app.ui.parts.table import Table
from app.ui.screens.codes.dialogs import ApproveDialog, ListDialog, RequestDialog, UsedDialog
from app.ui.screens.codes.presenter import CHASE, OUTCOME, REQUEST_WORDS, REQUESTS, STOPPED, CodesPresenter
from app.ui.shell.area import Screen, Shell

_CHIPS = {
    CodeState.WAITING: ("invited", Tone.INFO),
    CodeState.USED: ("linked", Tone.GOOD),
    CodeState.EXPIRED: ("due", Tone.WARN),
    CodeState.REVOKED: ("removed", Tone.QUIET),
}
_REQUEST_CHIPS = {
    "requested": ("waiting", Tone.WARN),
    "rejected": ("not-allowed", Tone.QUIET),
    "stopped": ("stop", Tone.STOP),
}
_VIEWS = "view"
_TOLD = 8
"""Lines of a list that a banner has room for; nothing is recorded twice, so the list can be brought in again."""


class CodesScreen(Screen):
    """One list at a time: codes, or requests. Issuing has a page of its own, with the letters as they will be."""

    def __init__(self, shell: Shell, office: Office) -> None:
        super().__init__(shell, "Codes", "codes")
        self.presenter = CodesPresenter(office)
        self.presenter.load()
        self._classes = self.presenter.classes
        self.banner = Banner()
        self.filters = FilterBar("Search codes", self._offered(), [Choice("class", "Class", "All classes")])
        self.filters.changed.connect(self._fill)
        self.table = self._ledger_table()
        self.asked = self._request_table()
        self.codes = Listing(self.table, "code", "codes", inset=False)
        self.requests = Listing(self.asked, "request", "requests", inset=False)
        self.pages = QStackedWidget()
        self.pages.addWidget(self.codes)
        self.pages.addWidget(self.requests)
        self.revoke_button = danger("Re&voke code...", self.revoke)
        self.new_button = secondary("&Give a new code", self.give_new)
        self.reject_button = secondary("&Reject...", self.reject)
        self.approve_button = primary("&Approve...", self.approve)
        self.issue_button = primary("&Issue codes", self.issue, icon="code")
        self.table.on_chosen(lambda _line: self._offer())
        self.asked.on_chosen(lambda _line: self._offer())
        self.table.on_opened(lambda line: shell.open_record("pupil", line.pupil_id))
        self.asked.on_opened(lambda line: shell.open_record("pupil", line.pupil_id))
        self.set_content(
            page(
                PageHeader(
                    "Codes",
                    "Who was given a code for which child, what became of it, and who asks to be linked.",
                    actions=[
                        secondary("&Bring in codes", self.bring_in, icon="import"),
                        secondary("&Enter a request", self.enter, icon="link-request"),
                        secondary("A code was &used", self.used, icon="linked"),
                    ],
                ),
                self.banner,
                self.filters,
                self.pages,
                row(
                    self.revoke_button,
                    STRETCH,
                    self.new_button,
                    self.reject_button,
                    self.approve_button,
                    self.issue_button,
                ),
            )
        )
        self.begin_at = self.table

    def refresh(self) -> None:
        """Read the ledger and the requests again."""
        self.presenter.load()
        if self._classes != self.presenter.classes:
            self._classes = self.presenter.classes
            self.filters.set_filters(self._offered())
        for key, count in self.presenter.counts().items():
            self.filters.set_count(key, count)
        self._fill()

    def on_changes(self, changes: frozenset[str], initiator: object) -> None:
        """A code or a link changed elsewhere."""
        if changes & {"links", "pupils"}:
            self.refresh_when_seen()

    def look_through(self, lens: str) -> None:
        """From Today: the requests that wait, or those that were stopped."""
        if lens in (REQUESTS, STOPPED, CHASE):
            self.refresh()
            self.filters.turn(lens)

    def focus_filter(self) -> bool:
        """Ctrl+F."""
        return self.filters.focus_search()

    def issue(self) -> None:
        """To the page where codes are issued, for the class that is looked at."""
        chosen = next((key.partition(":")[2] for key in self.filters.on if key.startswith("class:")), "0")
        self.shell.open_record("issue", int(chosen))

    def give_new(self) -> None:
        """A new code for the adult and child of the chosen one."""
        line = self.table.current()
        if line is not None and line.guardian_id is not None:
            self.shell.open_record("issue", f"{line.pupil_id}-{line.guardian_id}")

    def revoke(self) -> None:
        """Make the chosen code worthless, with the reason."""
        line = self.table.current()
        if line is None:
            return
        why = ask_reason(
            self,
            "Revoke this code?",
            "Nobody can be linked with it any more. Take it out of ClassDojo too.",
            "Re&voke code",
            danger=True,
        )
        if why is not None and self._do(lambda: self.presenter.revoke(line, why, self)):
            self.shell.done("Revoked.")

    def used(self) -> None:
        """Note a code that was used."""
        dialog = UsedDialog(self)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            code, accepted = dialog.code.text(), dialog.agreed.isChecked()
            self._settle(lambda: self.presenter.note_used(code, accepted, self))
        dialog.deleteLater()

    def enter(self) -> None:
        """Enter somebody's request."""
        dialog = RequestDialog(self, self.presenter.pupils())
        if dialog.exec() == QDialog.DialogCode.Accepted:
            pupil, name, code = dialog.pupil_id, dialog.name.text(), dialog.code.text()
            self._settle(lambda: self.presenter.enter(pupil, name, code, self))
        dialog.deleteLater()

    def bring_in(self) -> None:
        """Record ClassDojo's own codes from a pasted list, and say what became of every line."""
        dialog = ListDialog(self)
        text = dialog.list.toPlainText() if dialog.exec() == QDialog.DialogCode.Accepted else ""
        dialog.deleteLater()
        if not text:
            return
        try:
            result = self.presenter.bring_in(text, self)
        except Problem as problem:
            self.banner.problem(problem)
            return
        told = [
            f"Line {line.number}: {line.name or 'no name'}. {line.why}" for line in (*result.rejected, *result.doubts)
        ]
        tone = Tone.WARN if told else Tone.GOOD
        self.banner.say(tone, f"{counted(result.recorded, 'code', 'codes')} recorded.", "\n".join(told))
        self.refresh()

    def approve(self) -> None:
        """Approve the chosen request."""
        line = self.asked.current()
        if line is None:
            return
        against = self.presenter.against(line)
        full = line.linked_adults >= 2 and any("linked adults" in reason for reason in against)
        dialog = ApproveDialog(self, line.reason, against, full and self.presenter.may_except, self.presenter.today)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            why, (exception, review) = dialog.reason.toPlainText(), dialog.exception
            self._settle(lambda: self.presenter.approve(line, why, exception, review, self))
        dialog.deleteLater()

    def reject(self) -> None:
        """Reject the chosen request."""
        line = self.asked.current()
        if line is None:
            return
        why = ask_reason(self, "Reject this request?", "Reject it in ClassDojo too.", "&Reject request")
        if why is not None and self._do(lambda: self.presenter.reject(line, why, self)):
            self.shell.done("Rejected.")

    def _settle(self, do: Callable[[], Asked]) -> None:
        try:
            asked = do()
        except Problem as problem:
            self.banner.problem(problem)
            return
        if asked.state == "stopped":
            self.banner.say(Tone.STOP, "Contact with this child is barred.", OUTCOME["stopped"])
        elif asked.state == "linked":
            self.banner.dismiss()
            self.shell.done(OUTCOME["linked"])
        else:
            self.banner.say(Tone.WARN, OUTCOME[asked.state], " ".join(asked.reasons))
        self.shell.recount()
        self.refresh()

    def _do(self, do: Callable[[], object]) -> bool:
        try:
            do()
        except Problem as problem:
            self.banner.problem(problem)
            return False
        self.banner.dismiss()
        self.shell.recount()
        self.refresh()
        return True

    def _offered(self) -> list[Filter]:
        counts = self.presenter.counts()
        word = {state.value: state.words for state in CodeState}
        return [
            Filter(REQUESTS, "Requests", counts[REQUESTS], _VIEWS),
            Filter(CHASE, "To chase", counts[CHASE], _VIEWS),
            *(Filter(state.value, word[state.value], counts[state.value], _VIEWS) for state in CodeState),
            Filter(STOPPED, "Stopped", counts[STOPPED], _VIEWS),
            *(Filter(f"class:{id_}", name, group="class") for id_, name in self.presenter.classes),
        ]

    def _fill(self) -> None:
        on = self.filters.on
        asking = bool(on & {REQUESTS, STOPPED})
        self.pages.setCurrentWidget(self.requests if asking else self.codes)
        if asking:
            self.asked.set_rows(self.presenter.requests(on), choose_first=True)
        else:
            self.table.set_rows(self.presenter.ledger(on, self.filters.text.casefold()))
            some = bool(self.presenter.lines)
            self.table.say_empty(
                "No code matches these filters. Turn one off to see more."
                if some
                else "No codes yet. Issue codes to a class, and print the letters."
            )
        self._offer()

    def _offer(self) -> None:
        asking = self.pages.currentWidget() is self.requests
        line, request = self.table.current(), self.asked.current()
        self.revoke_button.setVisible(not asking)
        self.new_button.setVisible(not asking)
        self.issue_button.setVisible(not asking)
        self.reject_button.setVisible(asking)
        self.approve_button.setVisible(asking)
        live = line is not None and line.state in (CodeState.WAITING, CodeState.EXPIRED)
        self.revoke_button.setEnabled(live)
        self.new_button.setEnabled(line is not None and line.guardian_id is not None and not line.linked)
        waits = request is not None and request.state == "requested"
        self.reject_button.setEnabled(waits)
        self.approve_button.setEnabled(waits)

    def _ledger_table(self) -> Table[LedgerLine]:
        return Table(
            "Ledger of codes",
            (
                Column("Pupil", text=lambda r: r.pupil, strong=True, stretch=True),
                Column("Given to", text=lambda r: r.guardian, width=180),
                Column("Class", text=lambda r: r.class_name or "", width=90, spare=True),
                Column("State", text=lambda r: r.state.words, chip=_state_chip, width=110),
                Column("Given", text=self.presenter.age, sort=lambda r: r.issued_at, width=140, quiet=True),
                Column("Use by", text=lambda r: day_words(r.expires_on) if r.expires_on else "", width=130, spare=True),
                Column("Ends in", text=lambda r: r.ending, width=85, spare=True),
                Column("Note", text=_note, tip=_note, width=190, spare=True),
            ),
            key=lambda r: r.id,
            empty=("codes", "No codes yet. Issue codes to a class, and print the letters."),
        )

    def _request_table(self) -> Table[RequestLine]:
        return Table(
            "Requests to be linked",
            (
                Column("Name given", text=lambda r: r.name_given, strong=True, width=190),
                Column("For", text=lambda r: r.pupil, width=150),
                Column("Class", text=lambda r: r.class_name or "", width=90, spare=True),
                Column("State", text=lambda r: REQUEST_WORDS[r.state], chip=_request_chip, width=120),
                Column("In the register", text=lambda r: r.guardian or "Nobody", width=170),
                Column("Why", text=lambda r: r.reason, tip=lambda r: r.reason, stretch=True),
                Column("Linked adults", text=lambda r: str(r.linked_adults), number=True, width=110, spare=True),
            ),
            key=lambda r: r.id,
            empty=("link-request", "No request waits. Enter one when an adult asks on ClassDojo to be linked."),
        )


def _note(line: LedgerLine) -> str:
    """Why it was revoked; else where the adult can be reached."""
    return line.revoked_why or line.reach


def _state_chip(line: LedgerLine) -> Chip:
    icon, tone = _CHIPS[line.state]
    return Chip(icon, line.state.words, tone)


def _request_chip(line: RequestLine) -> Chip:
    icon, tone = _REQUEST_CHIPS[line.state]
    return Chip(icon, REQUEST_WORDS[line.state], tone)

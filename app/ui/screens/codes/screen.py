"""Codes: the ledger, whom to chase, the requests to be linked that wait for a decision, the exceptions that stand."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QDialog, QFileDialog, QStackedWidget

from app.domain.codes import CodeState
from app.domain.problems import Problem
from app.services.link_requests import Asked
from app.services.office import Office
from app.store.reads.codes import LedgerLine, RequestLine
from app.ui.parts.arrange import STRETCH, column, page, roomy, row, wrapping
from app.ui.parts.banner import Banner
from app.ui.parts.buttons import danger, primary, secondary
from app.ui.parts.chip import Tone
from app.ui.parts.confirm import ask_reason
from app.ui.parts.filters import Choice, Filter, FilterBar
from app.ui.parts.header import PageHeader
from app.ui.parts.listing import Listing, counted
from app.ui.screens.codes.dialogs import ApproveDialog, KeepDialog, ListDialog, RequestDialog, UsedDialog
from app.ui.screens.codes.presenter import AGES, CHASE, EXCEPTIONS, OUTCOME, REQUESTS, STOPPED, CodesPresenter
from app.ui.screens.codes.request_card import RequestCard
from app.ui.screens.codes.tables import exception_table, ledger_table, request_table
from app.ui.shell.area import Screen, Shell
from app.ui.theme.current import theme

_VIEWS = "view"
_TOLD = 8
"""Lines of a list that a banner has room for; nothing is recorded twice, so the list can be brought in again."""


class CodesScreen(Screen):
    """One list at a time: codes, requests, or exceptions. Issuing has a page of its own, with the letters."""

    def __init__(self, shell: Shell, office: Office) -> None:
        super().__init__(shell, "Codes", "codes")
        self.presenter = CodesPresenter(office)
        self.presenter.load()
        self._classes = self.presenter.classes
        self.banner = Banner()
        self.filters = FilterBar(
            "Search codes",
            self._offered(),
            [Choice("class", "Class", "All classes"), Choice("age", "Age", "Given at any time")],
        )
        self.filters.changed.connect(self._fill)
        self.table = ledger_table(self.presenter.age)
        self.asked = request_table()
        self.excepted = exception_table(self.presenter.is_due)
        self.card = RequestCard()
        self.codes = Listing(self.table, "code", "codes", inset=False)
        self.requests = column(Listing(self.asked, "request", "requests", inset=False), self.card, gap=12)
        self.exceptions = Listing(self.excepted, "exception", "exceptions", inset=False)
        self.pages = QStackedWidget()
        for view in (self.codes, self.requests, self.exceptions):
            self.pages.addWidget(view)
        self.revoke_button = danger("Re&voke code...", self.revoke)
        self.save_button = secondary("Save &list", self.save, icon="sheet")
        self.new_button = secondary("&Give a new code", self.give_new)
        self.end_button = danger("E&nd exception...", self.end)
        self.keep_button = primary("&Keep exception...", self.keep)
        self.reject_button = secondary("&Reject...", self.reject)
        self.approve_button = primary("&Approve...", self.approve)
        self.issue_button = primary("&Issue codes", self.issue, icon="code")
        self.table.on_chosen(lambda _line: self._offer())
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._offer())
        self.asked.on_chosen(lambda _line: self._offer())
        self.excepted.on_chosen(lambda _line: self._offer())
        self.excepted.on_opened(lambda line: shell.open_record("pupil", line.pupil_id))
        self.table.on_opened(lambda line: shell.open_record("pupil", line.pupil_id))
        self.asked.on_opened(lambda line: shell.open_record("pupil", line.pupil_id))
        for table in (self.table, self.asked, self.excepted):
            table.setMinimumHeight(theme().px(150))
        whole = page(
            PageHeader("Codes", "Who was given a code for which child, what became of it, and who asks to be linked."),
            wrapping(
                secondary("&Bring in codes", self.bring_in, icon="import"),
                secondary("&Enter a request", self.enter, icon="link-request"),
                secondary("A code was &used", self.used, icon="linked"),
            ),
            self.banner,
            self.filters,
            self.pages,
            row(
                self.revoke_button,
                self.end_button,
                STRETCH,
                self.save_button,
                self.new_button,
                self.reject_button,
                self.approve_button,
                self.keep_button,
                self.issue_button,
            ),
            gap=12,
        )
        self.set_content(roomy(whole))
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
        """From Today: the requests that wait, those that were stopped, the exceptions to look at again."""
        if lens in (REQUESTS, STOPPED, CHASE, EXCEPTIONS):
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
        """A new code for the adult and child of each selected one, in place of the old."""
        pairs = [f"{line.pupil_id}-{line.guardian_id}" for line in self.table.selected() if _may_be_new(line)]
        if len(pairs) == 1:
            self.shell.open_record("issue", pairs[0])
        elif pairs:
            self.shell.open_record("issue", "again:" + ",".join(dict.fromkeys(pairs)))

    def save(self) -> None:
        """Save the codes to chase where the person says."""
        place, _ = QFileDialog.getSaveFileName(self, "Save list", "codes-to-chase.xlsx", "Spreadsheet (*.xlsx)")
        if place:
            self.save_to(Path(place).with_suffix(".xlsx"))

    def save_to(self, place: Path) -> None:
        """Save the codes to chase into this file."""
        if self._do(lambda: self.presenter.save_chase(self.table.rows, place)):
            self.shell.done(f"Saved as {place.name}. Delete the file when you are done.")

    def keep(self) -> None:
        """The chosen exception stands, until a new day."""
        line = self.excepted.current()
        if line is None:
            return
        dialog = KeepDialog(self, line.why, self.presenter.today)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            why, on = dialog.reason.toPlainText(), dialog.review_on
            if self._do(lambda: self.presenter.review(line, why, on, self)):
                self.shell.done("The exception stands.")
        dialog.deleteLater()

    def end(self) -> None:
        """The chosen exception ends, and the adult's link with it."""
        line = self.excepted.current()
        if line is None:
            return
        why = ask_reason(
            self,
            "End this exception?",
            "The adult is no longer linked to the child in Schoolgate. Take them off in ClassDojo too.",
            "&End exception",
            danger=True,
        )
        if why is not None and self._do(lambda: self.presenter.review(line, why, None, self)):
            self.shell.done("The exception has ended.")

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
        ruling = self.presenter.ruling(line)
        excepts = ruling.full and self.presenter.may_except
        dialog = ApproveDialog(self, line.reason, ruling.reasons, excepts, self.presenter.today)
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
            Filter(EXCEPTIONS, "Exceptions", counts[EXCEPTIONS], _VIEWS),
            *(Filter(key, words, group="age") for key, words in AGES.items()),
            *(Filter(f"class:{id_}", name, group="class") for id_, name in self.presenter.classes),
        ]

    def _fill(self) -> None:
        on = self.filters.on
        if EXCEPTIONS in on:
            self.pages.setCurrentWidget(self.exceptions)
            self.excepted.set_rows(self.presenter.excepted, choose_first=True)
        elif on & {REQUESTS, STOPPED}:
            self.pages.setCurrentWidget(self.requests)
            self.asked.set_rows(self.presenter.requests(on), choose_first=True)
        else:
            self.pages.setCurrentWidget(self.codes)
            self.table.set_rows(self.presenter.ledger(on, self.filters.text.casefold()))
            some = bool(self.presenter.lines)
            self.table.say_empty(
                "No code matches these filters. Turn one off to see more."
                if some
                else "No codes yet. Issue codes to a class, and print the letters."
            )
        self._offer()

    def _offer(self) -> None:
        view = self.pages.currentWidget()
        for shown, buttons in (
            (view is self.codes, (self.revoke_button, self.new_button, self.issue_button)),
            (view is self.requests, (self.reject_button, self.approve_button)),
            (view is self.exceptions, (self.end_button, self.keep_button)),
            (CHASE in self.filters.on, (self.save_button,)),
        ):
            for button in buttons:
                button.setVisible(shown)
        line, request, excepted = self.table.current(), self.asked.current(), self.excepted.current()
        live = line is not None and line.state in (CodeState.WAITING, CodeState.EXPIRED)
        self.revoke_button.setEnabled(live)
        several = [one for one in self.table.selected() if _may_be_new(one)]
        self.new_button.setText(f"&Give {len(several)} new codes" if len(several) > 1 else "&Give a new code")
        self.new_button.setEnabled(bool(several))
        self.save_button.setEnabled(bool(self.table.rows))
        waits = request is not None and request.state == "requested"
        self.reject_button.setEnabled(waits)
        self.approve_button.setEnabled(waits)
        for button in (self.end_button, self.keep_button):
            button.setEnabled(excepted is not None and self.presenter.may_except)
        if view is self.requests:
            self._tell(request)

    def _tell(self, request: RequestLine | None) -> None:
        """What is known of the chosen request."""
        self.card.setVisible(request is not None)
        if request is not None:
            against = self.presenter.ruling(request).reasons if request.state == "requested" else ()
            self.card.tell(request, self.presenter.linked(request), against)


def _may_be_new(line: LedgerLine) -> bool:
    return line.guardian_id is not None and not line.linked and line.on_roll

"""An item with its findings and what can be done with them: the heart of Review, and of an item's own window."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.problems import Overtaken, Problem
from app.domain.review import Reason, Verdict
from app.services.office import Office
from app.ui.parts.arrange import column
from app.ui.parts.banner import Banner
from app.ui.parts.chip import Tone
from app.ui.parts.confirm import ask_reason
from app.ui.parts.pair import Pair
from app.ui.screens.review.evidence_strip import show_evidence
from app.ui.screens.review.finding_card import WAYS
from app.ui.screens.review.findings import Findings
from app.ui.screens.review.item_presenter import ItemPresenter
from app.ui.screens.review.item_view import ItemView
from app.ui.screens.review.office_dialog import ask_office
from app.ui.screens.review.presenter import suggested_brief
from app.ui.screens.review.takedown_dialog import ask_takedown
from app.ui.shell.area import Shell
from app.ui.theme.spacing import WITHIN

_VERDICT_KEYS = (("U", Verdict.UPHELD), ("A", Verdict.ADVICE), ("F", Verdict.FALSE_ALARM))
DWELL_MS = 1_200
"""An item that stays in sight this long is taken in hand: going through the list with the arrows claims nothing."""


class ItemDesk(QWidget):
    """Shows one item at a time. What it does is announced with itself as the initiator."""

    decided = Signal()
    """A verdict was saved."""
    taken_back = Signal(int)
    """A verdict was taken back; the item it belongs to is in hand again."""
    gone = Signal()
    """The item was referred from here and is no longer to be seen."""
    lost = Signal()
    """Somebody else referred it: the banner says so."""
    overtaken = Signal()
    """Somebody else decided first: what they decided is shown."""
    left = Signal()
    """The person stepped back from a verdict: the keyboard wants a place."""
    asked = Signal()
    """A reason is about to be given."""

    def __init__(self, shell: Shell, office: Office) -> None:
        super().__init__()
        self._shell = shell
        self.presenter = ItemPresenter(office)
        self.banner = Banner()
        self.view, self.findings = ItemView(), Findings()
        self.pair = Pair(self.view, self.findings, least=(310, 370), shares=(6, 5))
        self._note = column(self.banner, margin=WITHIN)
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(0)
        down.addWidget(self._note)
        down.addWidget(self.pair, 1)
        self._note.hide()
        self.banner.dismissed.connect(self._note.hide)
        self.view.pointed.connect(self.choose_number)
        self.findings.chosen.connect(self._choose)
        self.findings.judged.connect(self.judge)
        self.findings.wanted.connect(self.do)
        self.findings.given.connect(self._give)
        self.findings.left.connect(self.left)
        self.view.files.wanted.connect(self._open_file)
        self._dwell = QTimer(self)
        self._dwell.setSingleShot(True)
        self._dwell.setInterval(DWELL_MS)
        self._dwell.timeout.connect(self.take_in_hand)

    def bind_keys(self, screen: QWidget) -> None:
        """Let a screen's keys judge: U, A, F; S, O, C, T, R; 1 to 9. They rest while a field is typed in."""
        for key, verdict in _VERDICT_KEYS:
            bind(screen, key, partial(self.judge, verdict))
        for way, (_, _, key) in WAYS.items():
            bind(screen, key, partial(self._do_if_open, way))
        for number in range(1, 10):
            bind(screen, str(number), partial(self.choose_number, number))

    def open(self, item_id: int) -> bool:
        """Take an item in hand. False where it may not be seen: the banner says why."""
        try:
            self.presenter.open(item_id)
        except Problem as problem:
            self._tell(problem)
            return False
        self.hush()
        self.show_item()
        self._dwell.start()
        return True

    def take_in_hand(self) -> None:
        """Let others see who reads this; say who has it in hand already."""
        if not self.isVisible():
            return
        try:
            other = self.presenter.take_in_hand(self)
        except Problem:
            return
        if other is not None and not self.banner.isVisible():
            self._note.show()
            self.banner.say(Tone.INFO, f"{other} has this in hand.", "N goes on to the next.")

    def hideEvent(self, event: QHideEvent) -> None:
        """Out of sight is out of hand."""
        super().hideEvent(event)
        self._dwell.stop()
        with suppress(Problem):
            self.presenter.release(self)

    def reread(self) -> None:
        """Read the item in hand again, after somebody did something. A reason being typed is not lost for nothing."""
        asking = self.findings.asking
        before = self.presenter.finding(asking)
        waited = self.presenter.waiting()
        try:
            changed = self.presenter.reread()
        except Problem as problem:
            self._lose(problem)
            return
        after = self.presenter.finding(asking)
        if not changed or (before is not None and after is not None and before.state is after.state):
            return
        self.show_item()
        if before is not None:
            self._tell("Somebody else decided this while you were writing. Yours was not saved: see theirs below.")
        elif (theirs := self.presenter.decided_by_others(waited)) is not None:
            self._tell(f"Somebody else has decided this meanwhile: {theirs.state.words.lower()}. See theirs below.")

    def show_item(self) -> None:
        """Show the item in hand afresh."""
        shown = self.presenter.shown
        if shown is None:
            return
        self.view.show_item(shown, self.presenter.zone, self.presenter.files)
        self.findings.show_findings(shown.findings, self.presenter.zone)
        self._mark()

    def focus_card(self) -> None:
        """Let the keyboard go to the chosen finding."""
        self.findings.focus_card(self.presenter.chosen)

    def judge(self, verdict: Verdict) -> None:
        """U, A or F: ask why, with the most likely reason proposed."""
        if self.presenter.card is not None:
            self.asked.emit()
            self.findings.ask_why(self.presenter.card.id, verdict)

    def choose_number(self, number: int) -> None:
        """1 to 9: turn to a finding."""
        if self.presenter.choose_number(number):
            self._mark()
            self.focus_card()

    def step_back(self) -> bool:
        """Esc: close the reason panel. False where none was open."""
        return self.findings.step_back()

    def undo(self) -> bool:
        """Ctrl+Z: take back the last verdict given here. False where there is none."""
        if not self.presenter.given:
            return False
        try:
            last = self.presenter.take_back(self)
        except Problem as problem:
            self._tell(problem)
            return True
        assert last is not None
        self.hush()
        self.show_item()
        self._shell.done("Taken back.")
        self.taken_back.emit(last.item_id)
        return True

    def do(self, way: str) -> None:
        """Refer the item, open a case, ask for a takedown or correct it, after asking for what is needed."""
        {
            "office": self._refer_office,
            "lead": self._refer_lead,
            "case": self._open_case,
            "takedown": self._ask_takedown,
            "correct": self._correct,
            "words": self._show_words,
        }[way]()

    def _show_words(self) -> None:
        """The word lists, at what the chosen finding rests on."""
        if self.presenter.chosen is not None:
            self._shell.open_record("words", f"finding:{self.presenter.chosen}")

    def hush(self) -> None:
        """What the banner said is over."""
        self.banner.dismiss()

    def tell(self, problem: Problem | str) -> None:
        """Say in the banner what stands against something."""
        self._tell(problem)

    def _do_if_open(self, way: str) -> None:
        if self.presenter.card is not None:
            self.do(way)

    def _choose(self, finding_id: int) -> None:
        if finding_id != self.presenter.chosen:
            self.presenter.choose(finding_id)
            self._mark()

    def _mark(self) -> None:
        self.findings.choose(self.presenter.chosen)
        self.view.choose(self.presenter.number)

    def _tell(self, problem: Problem | str) -> None:
        self._note.show()
        self.banner.problem(problem)

    def _give(self, verdict: Verdict, reason: Reason, words: str) -> None:
        finding = self.presenter.chosen
        assert finding is not None
        try:
            self.presenter.give(verdict, reason, words, self)
        except Overtaken as problem:
            self._overtaken(problem, finding)
            return
        except Problem as problem:
            if self.presenter.shown is None:  # saved, and then referred away by somebody else
                self._lose(problem)
            else:
                self.findings.panel(finding).fault(problem.sentence)
            return
        self.hush()
        self.show_item()
        self._shell.done(f"{verdict.words}.", self.undo)
        self.decided.emit()

    def _overtaken(self, problem: Overtaken, finding: int) -> None:
        """Somebody decided first: theirs is shown, and nothing of it was overwritten."""
        before = self.presenter.finding(finding)
        try:
            self.presenter.reread()
        except Problem as gone:
            self._lose(gone)
            return
        now = self.presenter.finding(finding)
        if before is not None and now is not None and before.state is now.state:  # only slow: it can be tried again
            self.findings.panel(finding).fault(problem.sentence)
            return
        self.presenter.choose(finding)
        self.show_item()
        self._tell(problem)
        self.focus_card()
        self.overtaken.emit()

    def _lose(self, problem: Problem) -> None:
        self._tell(problem)
        self.lost.emit()

    def _refer_office(self) -> None:
        card, shown = self.presenter.card, self.presenter.shown
        if card is None or shown is None:
            return
        said = ask_office(self, card.topics, suggested_brief(shown))
        if said is not None and self._done(
            partial(self.presenter.refer_to_office, *said, initiator=self), "Referred to the office."
        ):
            self.show_item()
            self.focus_card()

    def _refer_lead(self) -> None:
        note = ask_reason(
            self,
            "Refer to the safeguarding lead?",
            "The words leave this queue at once and only the safeguarding lead and the headteacher can read them.",
            "&Refer now",
            label="&Note for the safeguarding lead",
        )
        if note is not None and self._done(
            partial(self.presenter.refer_to_safeguarding, note, initiator=self), "Referred to the safeguarding lead."
        ):
            self.gone.emit()

    def _open_case(self) -> None:
        summary = ask_reason(
            self,
            "Open a case?",
            "The item is kept as evidence as it stands now, and the headteacher decides.",
            "&Open case",
            label="What &happened",
        )
        if summary is not None and self._done(
            partial(self.presenter.open_case, summary, initiator=self), "Case opened. The headteacher decides."
        ):
            self.focus_card()

    def _ask_takedown(self) -> None:
        said = ask_takedown(self)
        if said is not None and self._done(
            partial(self.presenter.ask_takedown, *said, initiator=self), "Noted under “Asked to be taken down”."
        ):
            self.show_item()
            self.focus_card()

    def _correct(self) -> None:
        words = ask_reason(
            self,
            "Add a correction?",
            "The words themselves are never changed. What you write stands beside them with your name.",
            "&Add correction",
            label="What is to be &known",
        )
        if words is not None and self._done(
            partial(self.presenter.correct, words, initiator=self), "Correction added."
        ):
            self.show_item()
            self.focus_card()

    def _open_file(self, evidence_id: int) -> None:
        try:
            shown = self.presenter.look_at(evidence_id)
        except Problem as problem:
            self._tell(problem)
            return
        show_evidence(self, shown)

    def _done(self, act: Callable[[], object], said: str) -> bool:
        try:
            act()
        except Problem as problem:
            self._tell(problem)
            return False
        self.hush()
        self._shell.done(said)
        return True


def bind(screen: QWidget, keys: str, do: Callable[[], object]) -> None:
    """A key of a screen: it acts while the keyboard is anywhere on it and nothing there wants the key for itself."""
    shortcut = QShortcut(QKeySequence(keys), screen)
    shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    shortcut.setAutoRepeat(False)
    shortcut.activated.connect(do)

"""One case: what happened, its evidence, its timeline, and beside them the decision."""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from app.domain.breach import Outcome
from app.domain.problems import Problem
from app.domain.words import moment_words
from app.services.cases import CaseFile
from app.services.office import Office
from app.store.reads.cases import CaseLine
from app.ui.parts.arrange import STRETCH, clear, column, scrolling
from app.ui.parts.banner import Banner
from app.ui.parts.buttons import secondary
from app.ui.parts.card import Card
from app.ui.parts.chip import Tone
from app.ui.parts.confirm import ask_reason, confirm
from app.ui.parts.facts import Facts
from app.ui.parts.header import PageHeader
from app.ui.parts.marked import MarkedText
from app.ui.parts.pair import Pair
from app.ui.parts.text import body
from app.ui.parts.timeline import Event, Timeline
from app.ui.screens.cases.appeal_card import AfterDecision
from app.ui.screens.cases.classdojo_card import ClassDojoCard
from app.ui.screens.cases.decision import DecisionPanel
from app.ui.screens.cases.evidence_card import evidence_card
from app.ui.screens.cases.letter_card import LetterCard
from app.ui.screens.cases.outside_card import OutsideCard
from app.ui.screens.cases.presenter import CasePresenter
from app.ui.screens.chips import case_chip
from app.ui.screens.review.evidence_strip import EvidenceDialog
from app.ui.shell.area import Shell
from app.ui.theme.current import theme
from app.ui.theme.spacing import BETWEEN

_EVENT = {
    "opened": ("case", "Case opened"),
    "note": ("edit", "Note"),
    "decided": ("decision", "Decided"),
    "appealed": ("conflict", "Appeal"),
    "appeal decided": ("decision", "Appeal decided"),
    "reinstated": ("linked", "Let back"),
    "letter": ("letter", "Letter made"),
    "classdojo": ("done", "Done in ClassDojo"),
    "referred out": ("case", "Referred outside the school"),
}

_LONG = 2_000
"""Signs that stand in running text."""


class CasePanel(QWidget):
    """Reads a case when it is asked to, and not before: every look is audited. Acts with itself as the initiator."""

    changed = Signal()
    """A decision or a note was added from here."""

    def __init__(self, shell: Shell, office: Office) -> None:
        super().__init__()
        self._shell = shell
        self.presenter = CasePresenter(office)
        self.header = PageHeader("Case")
        self.banner = Banner()
        self.decision = DecisionPanel()
        self.decision.decided.connect(self.decide)
        self._note = secondary("&Add a note", self.add_note, icon="edit")
        self._record = QVBoxLayout()
        self._record.setContentsMargins(0, 0, 0, 0)
        self._record.setSpacing(theme().px(BETWEEN))
        left = QWidget()
        left.setLayout(self._record)
        self.after = AfterDecision(office)
        self.after.did.connect(self._followed)
        self.after.failed.connect(self.banner.problem)
        self.letter = LetterCard(office)
        self.letter.did.connect(self._followed)
        self.letter.failed.connect(self.banner.problem)
        self.letter.reword.connect(lambda key: shell.open_record("letters", key))
        self.classdojo = ClassDojoCard(office)
        self.classdojo.did.connect(self._followed)
        self.classdojo.failed.connect(self.banner.problem)
        self.outside = OutsideCard(office)
        self.outside.did.connect(self._followed)
        self.outside.failed.connect(self.banner.problem)
        right = column(self.classdojo, self.decision, self.letter, self.after, self.outside, STRETCH, gap=BETWEEN)
        self.pair = Pair(left, right, least=(300, 290), shares=(6, 5), under=(0, 1), gap=BETWEEN)
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        self._page = scrolling(self.header, self.banner, self.pair, name="The case")
        down.addWidget(self._page)

    @property
    def case_id(self) -> int | None:
        """The case that lies open."""
        return self.presenter.file.line.id if self.presenter.file is not None else None

    def open(self, case_id: int) -> bool:
        """Read a case and show it. False where it cannot be read: the banner says why."""
        try:
            self.presenter.open(case_id)
        except Problem as problem:
            self.banner.problem(problem)
            return False
        self.banner.dismiss()
        self._show()
        self._page.verticalScrollBar().setValue(0)
        return True

    def close_case(self) -> None:
        """Put the case away."""
        self.presenter.file = None

    def focus_record(self) -> None:
        """Where the keyboard begins: on the page, to read it; Tab goes on to what can be done."""
        self._page.setFocus(Qt.FocusReason.OtherFocusReason)

    def has_focus(self) -> bool:
        """The keyboard is somewhere in the case."""
        return self.isAncestorOf(QApplication.focusWidget() or self)

    def may_close(self) -> bool:
        """Ask before words that were begun are lost."""
        return not self.decision.is_writing or confirm(
            self,
            "Leave the decision unfinished?",
            "The reasons you wrote are not saved yet and will be lost.",
            "&Leave it",
            danger=True,
        )

    def compare(self, line: CaseLine | None) -> None:
        """The register was read again: read the case again where it differs, but never over words being written."""
        file = self.presenter.file
        if file is None or line is None or line == file.line:
            return
        if not self.decision.is_writing:
            self.open(line.id)
            return
        self.banner.say(
            Tone.WARN,
            "This case was changed while you were writing.",
            "Copy your words before you read it again: they are not saved yet.",
            act=("Read it a&gain", lambda: self.open(line.id)),
        )

    def decide(self, outcome: Outcome, reasons: str, ends_on: date | None, review_on: date | None) -> None:
        """The headteacher's decision."""
        try:
            self.presenter.decide(outcome, reasons, ends_on, review_on, initiator=self)
        except Problem as problem:
            self.decision.banner.problem(problem)
            return
        self._show()
        self._note.setFocus(Qt.FocusReason.OtherFocusReason)
        self._shell.done("Decided.")
        self.changed.emit()

    def add_note(self) -> None:
        """A note that cannot be changed afterwards."""
        words = ask_reason(
            self,
            "Add a note?",
            "It is added to the timeline and cannot be changed afterwards.",
            "&Add note",
            label="&Note",
        )
        if words is None:
            return
        try:
            self.presenter.note(words, initiator=self)
        except Problem as problem:
            self.banner.problem(problem)
            return
        self._show_record()
        self._shell.done("Note added.")
        self.changed.emit()

    def _show(self) -> None:
        """The whole case afresh. Where the keyboard was in it, it goes on to the new."""
        file = self.presenter.file
        assert file is not None
        was_here = self.has_focus()
        self._show_record()
        self.classdojo.show_case(file.line.id, self.presenter.zone)
        self.decision.show_case(
            file,
            self.presenter.outcomes(),
            self.presenter.today,
            self.presenter.zone,
            may_decide=self.presenter.may_decide,
        )
        self.letter.show_case(file, self.presenter.zone)
        self.after.show_case(file, self.presenter.today, self.presenter.zone)
        self.outside.show_case(file, self.presenter.today)
        if was_here:
            self.focus_record()

    def _followed(self, told: str) -> None:
        """An appeal, a return, a data breach was recorded: the case is read again."""
        assert self.presenter.file is not None
        self.open(self.presenter.file.line.id)
        self._shell.done(told)
        self.changed.emit()

    def _show_record(self) -> None:
        file = self.presenter.file
        assert file is not None
        line = file.line
        self.header.say(
            title=line.reference, subtitle=f"{line.clause}  {line.clause_heading}", chips=[case_chip(line.status)]
        )
        self._note.setParent(self)
        self._note.hide()
        clear(self._record)
        self._record.addWidget(self._facts(file))
        for kept in file.evidence:
            self._record.addWidget(evidence_card(kept, self.presenter.zone, partial(self._look, kept.id)))
        self._record.addWidget(Card("Timeline", self._timeline(file), aside=self._note))
        self._note.show()
        self._record.addStretch(1)

    def _look(self, case_evidence_id: int) -> None:
        """Open a file that was added by hand. The look is noted."""
        try:
            shown = self.presenter.look(case_evidence_id)
        except Problem as problem:
            self.banner.problem(problem)
            return
        dialog = EvidenceDialog(self, shown)
        dialog.exec()
        dialog.deleteLater()

    def _facts(self, file: CaseFile) -> Card:
        facts = Facts()
        facts.show_facts(
            [
                ("About", f"{file.line.about} ({file.line.about_role.words.lower()})"),
                ("Opened", f"{moment_words(file.line.opened_at, self.presenter.zone)} by {file.line.opened_by}"),
                ("Linked children", f"{file.linked_children:,}"),
            ]
        )
        return Card("What happened", _passage(file.summary, "What happened"), facts)

    def _timeline(self, file: CaseFile) -> Timeline:
        events = []
        for event in reversed(file.events):
            icon, words = _EVENT.get(event.kind, ("history", event.kind))
            tone = Tone.INFO if event.kind == "decided" else Tone.QUIET
            when = f"{moment_words(event.at, self.presenter.zone)}, {event.by}"
            told = event.words if len(event.words) <= _LONG else event.words[:_LONG] + " …"
            events.append(Event(when, words, told, icon, tone))
        return Timeline(events)


def _passage(words: str, name: str) -> QWidget:
    """Words as they stand; a very long text scrolls by itself."""
    if len(words) <= _LONG:
        return body(words, select=True)
    view = MarkedText(name)
    view.fit(2, 12)
    view.show_text(words)
    return view

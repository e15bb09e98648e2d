"""Cases: the register on the left; facts, evidence and timeline of one; the decision at the right."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.breach import Outcome
from app.domain.content import Kind
from app.domain.problems import Problem
from app.domain.words import moment_words
from app.services.cases import CaseFile, Evidence
from app.services.office import Office
from app.store.reads.cases import CaseLine
from app.ui.parts.arrange import clear, scrolling
from app.ui.parts.buttons import secondary
from app.ui.parts.card import Card
from app.ui.parts.chip import Chip, Tone
from app.ui.parts.columns import Column
from app.ui.parts.confirm import ask_reason
from app.ui.parts.empty import EmptyState
from app.ui.parts.facts import Facts
from app.ui.parts.filters import Filter, FilterBar
from app.ui.parts.header import PageHeader
from app.ui.parts.listing import Listing
from app.ui.parts.marked import MarkedText
from app.ui.parts.split import ListDetail
from app.ui.parts.table import Table
from app.ui.parts.text import body, caption
from app.ui.parts.timeline import Event, Timeline
from app.ui.screens.cases.decision import DecisionPanel
from app.ui.screens.cases.presenter import CasesPresenter
from app.ui.screens.chips import case_chip, outcome_chip
from app.ui.shell.area import Screen, Shell
from app.ui.theme.current import theme
from app.ui.theme.spacing import BETWEEN

_EVENT = {"opened": ("case", "Case opened"), "note": ("edit", "Note"), "decided": ("decision", "Decided")}


class CasesScreen(Screen):
    """Where the headteacher decides, and senior leaders see what became of it."""

    def __init__(self, shell: Shell, office: Office) -> None:
        super().__init__(shell, "Cases", "cases")
        self.presenter = CasesPresenter(office)
        self.wanted: int | None = None
        self.table: Table[CaseLine] = Table(
            "Cases",
            (
                Column("Case", text=lambda line: line.reference, strong=True, width=115),
                Column("About", text=lambda line: line.about, stretch=True),
                Column(
                    "State",
                    text=lambda line: _state(line).word,
                    chip=_state,
                    width=150,
                ),
            ),
            key=lambda line: line.id,
            empty=("cases", "No cases. Open one from a finding in Review when the code of conduct may be broken."),
        )
        self.filters = FilterBar("", [Filter("waiting", "Waiting for a decision")])
        self.filters.changed.connect(self.refresh)
        self.listing = Listing(self.table, "case", "cases", filters=self.filters)
        self.header = PageHeader("Case", actions=[secondary("&Add a note", self.add_note, icon="edit")])
        self._middle = QVBoxLayout()
        self.decision = DecisionPanel()
        self.decision.decided.connect(self.decide)
        self._nothing = EmptyState("cases", "Choose a case on the left. Every look at a case is noted.")
        self.split = ListDetail(self.listing, self._detail(), shell.settings, "cases", share=0.36)
        self.set_content(self.split)
        self.table.on_chosen(self._chosen)
        self.table.on_opened(lambda line: self._open(line.id))

    def refresh(self) -> None:
        """Read the register again. A case is read only when it is chosen: every look is audited."""
        self.table.set_rows(self.presenter.load(waiting_only="waiting" in self.filters.on))
        if self.wanted is not None:
            wanted, self.wanted = self.wanted, None
            self.table.choose(wanted)

    def on_changes(self, changes: frozenset[str], initiator: object) -> None:
        """Another desk opened or decided a case."""
        if initiator is not self and "cases" in changes:
            self.refresh()

    def leave(self) -> bool:
        """From the case back to the list, in a narrow window."""
        return self.split.show_list()

    def decide(self, outcome: Outcome, reasons: str, ends_on: date | None, review_on: date | None) -> None:
        """The headteacher's decision."""
        try:
            self.presenter.decide(outcome, reasons, ends_on, review_on, initiator=self)
        except Problem as problem:
            self.decision.banner.problem(problem)
            return
        self.refresh()
        self._show()
        self.shell.done("Decided.")
        self.shell.recount()

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
            self.decision.banner.problem(problem)
            return
        self._show()
        self.shell.done("Note added.")

    def _detail(self) -> QWidget:
        px = theme().px
        inner = QWidget()
        self._middle.setContentsMargins(0, 0, 0, 0)
        self._middle.setSpacing(px(BETWEEN))
        inner.setLayout(self._middle)
        middle = scrolling(self.header, inner)
        right = scrolling(self.decision, margin=BETWEEN)
        right.setMinimumWidth(px(330))
        self._parts = QWidget()
        across = QHBoxLayout(self._parts)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        across.addWidget(middle, 5)
        across.addWidget(right, 4)
        held = QWidget()
        down = QVBoxLayout(held)
        down.setContentsMargins(0, 0, 0, 0)
        down.addWidget(self._nothing, 1)
        down.addWidget(self._parts, 1)
        self._parts.hide()
        return held

    def _chosen(self, line: CaseLine | None) -> None:
        if line is not None:
            self._open(line.id)

    def _open(self, case_id: int) -> None:
        self.presenter.open(case_id)
        self.split.show_detail()
        self._show()

    def _show(self) -> None:
        file = self.presenter.file
        assert file is not None
        self._nothing.hide()
        self._parts.show()
        line = file.line
        self.header.say(
            title=line.reference, subtitle=f"{line.clause}  {line.clause_heading}", chips=[case_chip(line.status)]
        )
        clear(self._middle)
        self._middle.addWidget(self._facts(file))
        for kept in file.evidence:
            self._middle.addWidget(self._evidence(kept.text, _about_evidence(kept, self.presenter.zone)))
        self._middle.addWidget(Card("Timeline", self._timeline(file)))
        self._middle.addStretch(1)
        self.decision.banner.hide()
        self.decision.show_case(
            file,
            self.presenter.outcomes(),
            self.presenter.today,
            self.presenter.zone,
            may_decide=self.presenter.may_decide,
        )

    def _facts(self, file: CaseFile) -> Card:
        facts = Facts()
        facts.show_facts(
            [
                ("About", f"{file.line.about} ({file.line.about_role.words.lower()})"),
                ("Opened", f"{moment_words(file.line.opened_at, self.presenter.zone)} by {file.line.opened_by}"),
                ("Linked children", str(file.linked_children)),
            ]
        )
        return Card("What happened", body(file.summary, select=True), facts)

    def _evidence(self, text: str, about: str) -> Card:
        view = MarkedText("The words as they were captured")
        view.show_text(text)
        lines = max(3, min(10, len(text) // 60 + text.count("\n") + 2))
        view.setFixedHeight(view.fontMetrics().lineSpacing() * lines + theme().px(24))
        return Card("Evidence", view, caption(about))

    def _timeline(self, file: CaseFile) -> Timeline:
        zone = self.presenter.zone
        events = []
        for event in reversed(file.events):
            icon, words = _EVENT.get(event.kind, ("history", event.kind))
            tone = Tone.INFO if event.kind == "decided" else Tone.QUIET
            events.append(Event(f"{moment_words(event.at, zone)}, {event.by}", words, event.words, icon, tone))
        return Timeline(events)


def _state(line: CaseLine) -> Chip:
    return outcome_chip(line.outcome) if line.outcome is not None else case_chip(line.status)


def _about_evidence(kept: Evidence, zone: str) -> str:
    sent = f"{Kind(kept.kind).words}, sent {moment_words(kept.sent_at, zone)}. "
    return f"{sent}Captured {moment_words(kept.captured_at, zone)} by {kept.captured_by}. SHA-256 {kept.sha256[:16]}…"

"""The right-hand column: a card per finding, the chosen one with its verdict buttons."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from app.domain.checks.finding import Check
from app.domain.permissions import MediaKind
from app.domain.review import FindingState, Verdict
from app.domain.words import moment_words
from app.store.reads.review import FindingCard
from app.ui.parts.arrange import STRETCH, clear, row
from app.ui.parts.buttons import plain, secondary
from app.ui.parts.chip import Chip, ChipLabel
from app.ui.parts.text import body, caption, quiet, repolish, strong
from app.ui.screens.chips import SEVERITY_ICON, SEVERITY_TONE, ruled, state_chip
from app.ui.screens.review.presenter import TOPIC_WORDS
from app.ui.screens.review.verdict import VerdictPanel
from app.ui.theme.current import theme
from app.ui.theme.spacing import BETWEEN, TIGHT, WITHIN

_CASE_CHECKS = frozenset(
    {Check.ABUSE, Check.RESHARE, Check.SENSITIVE, Check.CONTACT, Check.NO_PERMISSION, Check.OUTSIDER}
)
_RULING_CHECKS = frozenset({Check.NO_PERMISSION, Check.SURNAME, Check.INITIAL, Check.SENSITIVE})


class FindingWidget(QFrame):
    """One finding: what, under which clause, why, whom it concerns, what was said of it before."""

    chosen = Signal(int)
    judged = Signal(object)
    """A verdict button was pressed."""
    wanted = Signal(str)
    """"office", "safeguarding" or "case"."""

    def __init__(self, card: FindingCard, number: int, zone: str) -> None:
        super().__init__()
        self.card = card
        self.setProperty("part", "card")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        px = theme().px
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(px(BETWEEN), px(12), px(BETWEEN), px(12))
        self._layout.setSpacing(px(WITHIN))
        heading = Chip(SEVERITY_ICON[card.severity], f"{number}  {card.check.words}", SEVERITY_TONE[card.severity])
        self._layout.addWidget(row(ChipLabel(heading), STRETCH, ChipLabel(state_chip(card.state))))
        self._layout.addWidget(quiet(f"{card.clause}  {card.clause_heading}"))
        self._layout.addWidget(body(card.why, select=True))
        if card.topics:
            words = ", ".join(TOPIC_WORDS.get(topic, topic).lower() for topic in card.topics)
            self._layout.addWidget(quiet(f"Topic: {words}"))
        self._add_pupils()
        self._add_verdicts(zone)
        self.buttons = self._add_buttons()
        self._layout.addWidget(self.buttons)
        self.panel = VerdictPanel()
        self._layout.addWidget(self.panel)
        self.setAccessibleName(f"Finding {number}: {card.check.words}. {card.why} {card.state.words}.")
        self.mark(False)

    def mark(self, chosen: bool) -> None:
        """Show or hide what can be done with it."""
        self.setProperty("chosen", "true" if chosen else "false")
        self.buttons.setVisible(chosen)
        if not chosen:
            self.panel.hide()
        repolish(self)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        self.chosen.emit(self.card.id)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            self.chosen.emit(self.card.id)

    def _add_pupils(self) -> None:
        for pupil in self.card.pupils:
            words = f"{pupil.name}, {pupil.class_name}" if pupil.class_name else pupil.name
            self._layout.addWidget(strong(words))
            if self.card.check in _RULING_CHECKS:
                chips = []
                for kind in MediaKind:
                    cell = ruled(pupil.rulings[kind])
                    label = ChipLabel(Chip(cell.icon, f"{kind.words}: {cell.word.lower()}", cell.tone))
                    label.setToolTip(cell.reason)
                    chips.append(label)
                held = QWidget()
                column = QVBoxLayout(held)
                column.setContentsMargins(0, 0, 0, 0)
                column.setSpacing(theme().px(TIGHT))
                for label in chips:
                    column.addWidget(label, 0, Qt.AlignmentFlag.AlignLeft)
                self._layout.addWidget(held)

    def _add_verdicts(self, zone: str) -> None:
        if self.card.lapsed_why:
            self._layout.addWidget(quiet(self.card.lapsed_why))
        for verdict in self.card.verdicts:
            gone = "" if verdict.standing else " (taken back or replaced)"
            said = f"{verdict.verdict.words}: {verdict.reason.words.lower()}{gone}."
            if verdict.words:
                said += f" {verdict.words}"
            self._layout.addWidget(body(said, select=True))
            self._layout.addWidget(caption(f"{verdict.given_by}, {moment_words(verdict.given_at, zone)}"))

    def _add_buttons(self) -> QWidget:
        held = QWidget()
        layout = QVBoxLayout(held)
        layout.setContentsMargins(0, theme().px(TIGHT), 0, 0)
        layout.setSpacing(theme().px(WITHIN))
        verdicts = QHBoxLayout()
        verdicts.setSpacing(theme().px(WITHIN))
        for verdict, words in (
            (Verdict.UPHELD, "&Upheld"),
            (Verdict.ADVICE, "&Advice given"),
            (Verdict.FALSE_ALARM, "&False alarm"),
        ):
            verdicts.addWidget(secondary(words, partial(self.judged.emit, verdict)))
        verdicts.addStretch(1)
        layout.addLayout(verdicts)
        more: list[QPushButton] = []
        if self.card.check is Check.SAFEGUARDING:
            more.append(
                plain("Refer to the safeguarding &lead", partial(self.wanted.emit, "safeguarding"), icon="safeguarding")
            )
        if self.card.check is Check.OFFICE:
            more.append(plain("Refer to the &office", partial(self.wanted.emit, "office"), icon="office"))
        if self.card.check in _CASE_CHECKS and self.card.state is not FindingState.FALSE_ALARM:
            more.append(plain("Open a &case", partial(self.wanted.emit, "case"), icon="case"))
        for button in more:
            layout.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        return held


class Findings(QScrollArea):
    """Every finding of the item in hand."""

    chosen = Signal(int)
    judged = Signal(object)
    wanted = Signal(str)
    given = Signal(object, object, str)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inner = QWidget()
        inner.setProperty("ground", "page")
        inner.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        px = theme().px
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(px(BETWEEN), px(BETWEEN), px(BETWEEN), px(BETWEEN))
        self._column.setSpacing(px(12))
        self.setWidget(inner)
        self._cards: dict[int, FindingWidget] = {}

    def show_findings(self, cards: tuple[FindingCard, ...], zone: str) -> None:
        """Show these instead."""
        clear(self._column)
        self._cards = {}
        for number, card in enumerate(cards, start=1):
            made = FindingWidget(card, number, zone)
            made.chosen.connect(self.chosen)
            made.judged.connect(self.judged)
            made.wanted.connect(self.wanted)
            made.panel.given.connect(self.given)
            made.panel.left.connect(self.left)
            self._cards[card.id] = made
            self._column.addWidget(made)
        self._column.addStretch(1)

    def choose(self, finding_id: int | None) -> None:
        """Open one card, close the others."""
        for id_, made in self._cards.items():
            made.mark(id_ == finding_id)
        made_now = self._cards.get(finding_id or 0)
        if made_now is not None:
            self.ensureWidgetVisible(made_now, 0, theme().px(BETWEEN))

    def ask_why(self, finding_id: int, verdict: Verdict) -> None:
        """Open the reason panel of a card."""
        made = self._cards[finding_id]
        made.panel.ask(verdict)
        self.ensureWidgetVisible(made.panel)

    def panel(self, finding_id: int) -> VerdictPanel:
        """The reason panel of a card."""
        return self._cards[finding_id].panel

"""One finding as a card: what, under which clause, why, whom it concerns, what was said of it, what can be done."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QMenu, QPushButton, QVBoxLayout, QWidget

from app.domain.checks.finding import Check
from app.domain.permissions import MediaKind
from app.domain.review import FindingState, Verdict
from app.domain.words import moment_words
from app.store.reads.review import FindingCard
from app.ui.parts.arrange import column, wrapping
from app.ui.parts.buttons import plain, secondary
from app.ui.parts.chip import Chip, ChipLabel
from app.ui.parts.text import body, caption, plain_tip, quiet, repolish, strong
from app.ui.screens.chips import SEVERITY_ICON, SEVERITY_TONE, ruled, state_chip
from app.ui.screens.review.presenter import TOPIC_WORDS
from app.ui.screens.review.verdict import VerdictPanel
from app.ui.theme.current import theme
from app.ui.theme.icons import icon
from app.ui.theme.spacing import BETWEEN, TIGHT, WITHIN

_CASE_CHECKS = frozenset(
    {Check.ABUSE, Check.RESHARE, Check.SENSITIVE, Check.CONTACT, Check.NO_PERMISSION, Check.OUTSIDER}
)
_RULING_CHECKS = frozenset({Check.NO_PERMISSION, Check.SURNAME, Check.INITIAL, Check.SENSITIVE})
WAYS: dict[str, tuple[str, str, str]] = {
    "lead": ("Refer to the &safeguarding lead", "safeguarding", "S"),
    "office": ("Refer to the &office", "office", "O"),
    "case": ("Open a &case", "case", "C"),
    "takedown": ("Ask for it to be &taken down", "remove", "T"),
    "correct": ("Add a co&rrection", "edit", "R"),
    "words": ("The &words behind it", "wordlists", "W"),
}
"""Everything that can be done with an item beyond judging it: the words, the icon and the key."""
_VERDICTS = ((Verdict.UPHELD, "&Uphold"), (Verdict.ADVICE, "&Advice"), (Verdict.FALSE_ALARM, "&False alarm"))


def offered(card: FindingCard) -> tuple[str, ...]:
    """What is most likely done with a finding beyond judging it: "lead", "office", "case". `WAYS` has the rest."""
    ways = (
        ("lead", card.check is Check.SAFEGUARDING),
        ("office", card.check is Check.OFFICE),
        ("case", card.check in _CASE_CHECKS and card.state is not FindingState.FALSE_ALARM),
    )
    return tuple(way for way, open_ in ways if open_)


class FindingWidget(QFrame):
    """A stop for the keyboard. Only the chosen card shows its buttons."""

    chosen = Signal(int)
    judged = Signal(object)
    """A verdict button was pressed."""
    wanted = Signal(str)
    """What is to be done with it, as `offered` names it."""

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
        self._layout.addWidget(wrapping(ChipLabel(heading), ChipLabel(state_chip(card.state))))
        self._layout.addWidget(quiet(f"{card.clause}  {card.clause_heading}"))
        self._clause = caption(card.clause_words)
        self._layout.addWidget(self._clause)
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
        self._clause.setVisible(chosen and bool(self.card.clause_words))
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
            if self.card.check not in _RULING_CHECKS:
                continue
            chips = []
            for kind in MediaKind:
                cell = ruled(pupil.rulings[kind])
                label = ChipLabel(Chip(cell.icon, f"{kind.words}: {cell.word.lower()}", cell.tone))
                label.setToolTip(plain_tip(cell.reason))
                chips.append(label)
            self._layout.addWidget(column(*chips, gap=TIGHT))

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
        verdicts = wrapping(*(secondary(words, partial(self.judged.emit, verdict)) for verdict, words in _VERDICTS))
        ways: list[QPushButton] = [
            plain(WAYS[way][0], partial(self.wanted.emit, way), icon=WAYS[way][1]) for way in offered(self.card)
        ]
        self.more = plain("&More", self._open_more, icon="more")
        self.more.setToolTip(plain_tip("Refer, open a case, ask for it to be taken down, add a correction"))
        return column(verdicts, wrapping(*ways, self.more, gap=0))

    def _open_more(self) -> None:
        """Everything that can be done with the item, whatever was found."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for way, (words, sign, key) in WAYS.items():
            action = menu.addAction(icon(sign), f"{words}\t{key}")
            action.triggered.connect(partial(self.wanted.emit, way))
        menu.popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))

"""The right-hand column: a card per finding, the chosen one with its verdict buttons."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QVBoxLayout, QWidget

from app.domain.review import Verdict
from app.store.reads.review import FindingCard
from app.ui.parts.arrange import clear
from app.ui.parts.text import caption
from app.ui.screens.review.finding_card import FindingWidget
from app.ui.screens.review.verdict import VerdictPanel
from app.ui.theme.current import theme
from app.ui.theme.spacing import BETWEEN

_KEYS = (
    "Keys: U, A or F, then Enter. N next item, P previous, 1 to 9 a finding, Ctrl+Z undo. "
    "S safeguarding lead, O office, C case, T taken down, R correction."
)


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
        self._column.setContentsMargins(px(12), px(BETWEEN), px(BETWEEN), px(BETWEEN))
        self._column.setSpacing(px(12))
        self.setWidget(inner)
        self._cards: dict[int, FindingWidget] = {}

    @property
    def cards(self) -> tuple[FindingWidget, ...]:
        """The cards, from the top."""
        return tuple(self._cards.values())

    @property
    def asking(self) -> int | None:
        """The finding whose reason is being given."""
        return next((id_ for id_, made in self._cards.items() if not made.panel.isHidden()), None)

    def show_findings(self, cards: tuple[FindingCard, ...], zone: str) -> None:
        """Show these instead. Where the keyboard was on one of the old, it goes to the chosen one of the new."""
        was_here = self.isAncestorOf(QApplication.focusWidget() or self)
        if was_here:
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            self.setFocus(Qt.FocusReason.OtherFocusReason)
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
        self._column.addWidget(caption(_KEYS))
        self._column.addStretch(1)
        if was_here and self._cards:
            next(iter(self._cards.values())).setFocus(Qt.FocusReason.OtherFocusReason)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def choose(self, finding_id: int | None) -> None:
        """Open one card, close the others."""
        for id_, made in self._cards.items():
            made.mark(id_ == finding_id)
        card = self._cards.get(finding_id or 0)
        if card is not None:
            self._bring(card)

    def focus_card(self, finding_id: int | None) -> None:
        """Let the keyboard go to a card."""
        card = self._cards.get(finding_id or 0) or next(iter(self._cards.values()), None)
        if card is not None:
            card.setFocus(Qt.FocusReason.OtherFocusReason)

    def ask_why(self, finding_id: int, verdict: Verdict) -> None:
        """Open the reason panel of a card."""
        panel = self._cards[finding_id].panel
        panel.ask(verdict)
        self._bring(panel)

    def step_back(self) -> bool:
        """Close the reason panel. False where none was open."""
        asking = self.asking
        if asking is None:
            return False
        self._cards[asking].panel.leave()
        return True

    def panel(self, finding_id: int) -> VerdictPanel:
        """The reason panel of a card."""
        return self._cards[finding_id].panel

    def _bring(self, piece: QWidget) -> None:
        """Into sight, once the layout has its size."""
        QTimer.singleShot(0, piece, lambda: self.ensureWidgetVisible(piece, 0, theme().px(BETWEEN)))

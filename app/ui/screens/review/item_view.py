"""The middle column: the item as it was sent, with its findings marked, and the conversation around it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from app.domain.content import Kind
from app.domain.words import moment_words
from app.store.reads.review import ItemInContext, ItemShown
from app.ui.parts.arrange import STRETCH, clear, row
from app.ui.parts.chip import Chip, ChipLabel, Tone
from app.ui.parts.marked import MarkedText, Span
from app.ui.parts.text import body, caption, quiet, section, strong
from app.ui.screens.chips import KIND_ICON, SEVERITY_TONE
from app.ui.theme.current import theme
from app.ui.theme.spacing import BETWEEN, TIGHT, WITHIN

_MEDIA = {"photo": ("photograph", "Photograph"), "video": ("recording", "Recording"), "work": ("work", "Work sample")}


class ItemView(QScrollArea):
    """What was said, by whom, to whom, when; with what came before and after."""

    pointed = Signal(int)
    """The number of a finding whose words were pointed at."""

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inner = QWidget()
        inner.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        px = theme().px
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(px(24), px(BETWEEN), px(24), px(24))
        self._column.setSpacing(px(12))
        self.setWidget(inner)
        self.text = MarkedText("The words of this item")
        self.text.chosen.connect(self.pointed)
        self.text.setMinimumHeight(px(120))

    def show_item(self, shown: ItemInContext, zone: str) -> None:
        """Show an item in its conversation."""
        self.text.setParent(None)
        clear(self._column)
        for earlier in shown.before:
            self._column.addWidget(_Said(earlier, zone))
        self._column.addWidget(self._head(shown.item, zone))
        spans = [
            Span(card.span[0], card.span[1], number, SEVERITY_TONE[card.severity], card.why)
            for number, card in enumerate(shown.findings, start=1)
            if card.span is not None
        ]
        self.text.show_text(shown.item.text, spans)
        lines = max(4, min(14, len(shown.item.text) // 48 + shown.item.text.count("\n") + 2))
        self.text.setFixedHeight(self.text.fontMetrics().lineSpacing() * lines + theme().px(32))
        self._column.addWidget(self.text)
        self._column.addWidget(self._foot(shown))
        for later in shown.after:
            self._column.addWidget(_Said(later, zone))
        self._column.addStretch(1)

    def choose(self, number: int | None) -> None:
        """Lift out the words of a finding."""
        self.text.choose(number)

    def _head(self, item: ItemShown, zone: str) -> QWidget:
        held = QWidget()
        layout = QVBoxLayout(held)
        layout.setContentsMargins(0, theme().px(WITHIN), 0, 0)
        layout.setSpacing(theme().px(TIGHT))
        layout.addWidget(section(item.author))
        where = item.kind.words if not item.class_name else f"{item.kind.words}, {item.class_name}"
        layout.addWidget(quiet(f"{item.author_role.words}  ·  {where}  ·  {moment_words(item.sent_at, zone)}"))
        if item.to:
            layout.addWidget(quiet(f"To {_several(item.to)}"))
        return held

    def _foot(self, shown: ItemInContext) -> QWidget:
        item = shown.item
        chips = [ChipLabel(Chip(*_MEDIA[media.value], Tone.QUIET)) for media in item.media]
        if item.value is not None:
            sign = "+" if item.value > 0 else ""
            tone = Tone.WARN if item.value < 0 else Tone.QUIET
            chips.append(ChipLabel(Chip("points", f"{sign}{item.value:g} points", tone)))
        if item.tagged:
            chips.append(ChipLabel(Chip("pupil", f"Tagged: {_several(item.tagged)}", Tone.QUIET)))
        for topic in shown.referred:
            chips.append(ChipLabel(Chip("office", f"With the office: {topic}", Tone.INFO)))
        past = ""
        if shown.author_items:
            past = f"{shown.author_items:,} items by this author, {shown.author_upheld:,} earlier findings upheld."
        held = QWidget()
        layout = QVBoxLayout(held)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme().px(WITHIN))
        if chips:
            layout.addWidget(row(*chips, STRETCH))
        if past:
            layout.addWidget(caption(past))
        return held


class _Said(QFrame):
    """Something said before or after, smaller."""

    def __init__(self, item: ItemShown, zone: str) -> None:
        super().__init__()
        self.setProperty("part", "said")
        layout = QVBoxLayout(self)
        px = theme().px
        layout.setContentsMargins(px(12), px(WITHIN), px(12), px(WITHIN))
        layout.setSpacing(px(2))
        layout.addWidget(row(strong(item.author), STRETCH, caption(moment_words(item.sent_at, zone))))
        words = body(item.text if len(item.text) < 1_200 else item.text[:1_200] + " …", select=True)
        words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        layout.addWidget(words)


def _several(names: tuple[str, ...]) -> str:
    shown = ", ".join(names[:4])
    return shown if len(names) <= 4 else f"{shown} and {len(names) - 4} more"


def kind_icon(kind: Kind) -> str:
    """The icon of an item's kind."""
    return KIND_ICON[kind]

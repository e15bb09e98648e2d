"""The middle column: the item as it was sent, with its findings marked, and the conversation around it."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from app.domain.language import is_not_english
from app.domain.words import moment_words
from app.services.evidence import EvidenceLine
from app.store.reads.review import ItemInContext, ItemShown
from app.ui.parts.arrange import clear, column, wrapping
from app.ui.parts.chip import Chip, ChipLabel, Tone
from app.ui.parts.marked import MarkedText, Span
from app.ui.parts.text import OneLine, Text, caption, quiet, section
from app.ui.screens.chips import SEVERITY_TONE
from app.ui.screens.review.evidence_strip import EvidenceStrip
from app.ui.screens.review.item_around import pieces
from app.ui.theme.current import theme
from app.ui.theme.spacing import BETWEEN, PAGE, TIGHT, WITHIN

_MEDIA = {"photo": ("photograph", "Photograph"), "video": ("recording", "Recording"), "work": ("work", "Work sample")}
_SILENT = "Without words."
_LONG = 1_200
"""Signs of a neighbouring message that are shown."""


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
        inner.setProperty("ground", "page")
        inner.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        px = theme().px
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(px(PAGE), px(BETWEEN), px(12), px(PAGE))
        self._column.setSpacing(px(12))
        self.setWidget(inner)
        self.text = MarkedText("The words of this item")
        self.text.fit(2, 16)
        self.text.chosen.connect(self.pointed)
        self.files = EvidenceStrip()
        self._before, self._after = QVBoxLayout(), QVBoxLayout()
        self._head, self._foot = QVBoxLayout(), QVBoxLayout()
        for layout, gap in ((self._before, 12), (self._after, 12), (self._head, TIGHT), (self._foot, WITHIN)):
            layout.setSpacing(px(gap))
        self._column.addLayout(self._before)
        self._column.addLayout(self._head)
        self._column.addWidget(self.text)
        self._column.addWidget(self.files)
        self._column.addLayout(self._foot)
        self._column.addLayout(self._after)
        self._column.addStretch(1)

    def show_item(self, shown: ItemInContext, zone: str, files: tuple[EvidenceLine, ...] = ()) -> None:
        """Show an item in its conversation."""
        for layout in (self._before, self._head, self._foot, self._after):
            clear(layout)
        spans = [
            Span(card.span[0], card.span[1], number, SEVERITY_TONE[card.severity], card.why)
            for number, card in enumerate(shown.findings, start=1)
            if card.span is not None
        ]
        self.text.show_text(shown.item.text or _SILENT, spans)
        self.files.show_files(files)
        _conversation(self._before, "Earlier in this conversation", shown.before, zone)
        self._tell_head(shown.item, zone)
        self._tell_foot(shown, zone)
        _conversation(self._after, "Later in this conversation", shown.after, zone)
        QTimer.singleShot(0, self, self._bring_text)

    def choose(self, number: int | None) -> None:
        """Lift out the words of a finding."""
        self.text.choose(number)

    def _bring_text(self) -> None:
        self.ensureWidgetVisible(self.text, 0, theme().px(80))

    def _tell_head(self, item: ItemShown, zone: str) -> None:
        self._head.addWidget(section(item.author))
        where = item.kind.words if not item.class_name else f"{item.kind.words}, {item.class_name}"
        self._head.addWidget(quiet(f"{item.author_role.words}  ·  {where}"))
        to = f" to {_several(item.to)}" if item.to else ""
        self._head.addWidget(quiet(f"{moment_words(item.sent_at, zone)}{to}"))

    def _tell_foot(self, shown: ItemInContext, zone: str) -> None:
        item = shown.item
        chips = [Chip(*_MEDIA[media.value], Tone.QUIET) for media in item.media]
        if is_not_english(item.text):
            self._foot.addWidget(wrapping(ChipLabel(Chip("language", "Not in English", Tone.INFO))))
            self._foot.addWidget(caption("Names, contacts and times were checked. What it is about was not guessed."))
        if item.value is not None:
            sign = "+" if item.value > 0 else ""
            chips.append(Chip("points", f"{sign}{item.value:g} points", Tone.WARN if item.value < 0 else Tone.QUIET))
        if item.tagged:
            chips.append(Chip("pupil", f"Tagged: {_several(item.tagged)}", Tone.QUIET))
        chips += [Chip("office", f"With the office: {topic}", Tone.INFO) for topic in shown.referred]
        if chips:
            self._foot.addWidget(wrapping(*(ChipLabel(chip) for chip in chips)))
        for piece in pieces(shown.around, zone):
            self._foot.addWidget(piece)


def _conversation(layout: QVBoxLayout, heading: str, items: tuple[ItemShown, ...], zone: str) -> None:
    if items:
        layout.addWidget(caption(heading))
    for item in items:
        layout.addWidget(_said(item, zone))


def _said(item: ItemShown, zone: str) -> QWidget:
    """Something said before or after, smaller."""
    when = Text(moment_words(item.sent_at, zone), "caption", wrap=False)
    words = Text(item.text if len(item.text) < _LONG else item.text[:_LONG] + " …", select=True)
    inner = column(wrapping(OneLine(item.author, "strong"), when), words, gap=2)
    held = QFrame()
    held.setProperty("part", "said")
    layout = QVBoxLayout(held)
    px = theme().px
    layout.setContentsMargins(px(12), px(TIGHT), px(12), px(TIGHT))
    layout.addWidget(inner)
    return held


def _several(names: tuple[str, ...]) -> str:
    shown = ", ".join(names[:4])
    return shown if len(names) <= 4 else f"{shown} and {len(names) - 4} more"

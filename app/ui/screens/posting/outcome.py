"""What came of checking a draft: the verdict, the children, the findings in the text, the names put right."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.services.before_posting import DraftChecked, DraftChild
from app.ui.parts.arrange import STRETCH, clear, column, row, scrolling, wrapping
from app.ui.parts.banner import Banner
from app.ui.parts.buttons import secondary
from app.ui.parts.card import Card
from app.ui.parts.chip import Chip, ChipLabel, Tone
from app.ui.parts.empty import EmptyState
from app.ui.parts.marked import MarkedText, Span
from app.ui.parts.text import body, caption, quiet, section, strong
from app.ui.screens.chips import SEVERITY_ICON, SEVERITY_TONE
from app.ui.screens.posting.presenter import Told, changes_words, child_words, told
from app.ui.theme.current import theme
from app.ui.theme.spacing import TIGHT, WITHIN


class Outcome(QWidget):
    """The right-hand side. Until something was checked it says what it is for."""

    def __init__(self, told: Callable[[str], object]) -> None:
        """`told` shows a quiet notice that something is done."""
        super().__init__()
        self._told = told
        self._text = ""
        self.banner = Banner(dismissable=False)
        self.found = MarkedText("The draft, with what was found in it")
        self.found.fit(2, 10)
        self.reworded = MarkedText("The draft with the names put right")
        self.reworded.fit(2, 10)
        self.copy = secondary("C&opy this text", self._copy, icon="copy")
        self._changes = caption()
        self._children, self._cards = QVBoxLayout(), QVBoxLayout()
        for layout in (self._children, self._cards):
            layout.setSpacing(theme().px(WITHIN))
        self._children_head = section("Children")
        self._found_head = section("What was found")
        self._shown = scrolling(
            self.banner,
            column(self._children_head, self._children),
            column(self._found_head, self.found, self._cards),
            column(section("To post"), self.reworded, self._changes, row(STRETCH, self.copy)),
            name="What came of the check",
        )
        self._empty = EmptyState(
            "drafts",
            "Nothing checked yet. Write or paste the draft, tick who is in the pictures, and check. "
            "What you write here is not kept.",
        )
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._empty)
        whole.addWidget(self._shown)
        self._shown.hide()

    def show_done(self, draft: str, done: DraftChecked, verdict: tuple[str, str]) -> None:
        """Show what came of a check."""
        self._empty.hide()
        self._shown.show()
        tone = Tone.STOP if not done.is_clear else Tone.WARN if done.not_cleared else Tone.GOOD
        self.banner.say(tone, *verdict)
        self._show_children(done)
        self._show_findings(draft, done)
        self._show_reworded(done)
        self.copy.setEnabled(True)

    def grow_stale(self) -> None:
        """The draft was changed since: what stands here is no longer about it."""
        if not self._shown.isHidden():
            self.banner.say(Tone.INFO, "You have changed the draft.", "Check it again before you post it.")
            self.copy.setEnabled(False)

    def _show_children(self, done: DraftChecked) -> None:
        clear(self._children)
        for child in done.children:
            self._children.addWidget(_child(child))
        self._children_head.setVisible(bool(done.children))

    def _show_findings(self, draft: str, done: DraftChecked) -> None:
        clear(self._cards)
        spans = [
            Span(finding.span[0], finding.span[1], number, SEVERITY_TONE[finding.severity], finding.why)
            for number, finding in enumerate(done.findings, start=1)
            if finding.span is not None
        ]
        self.found.show_text(draft, spans)
        self.found.setVisible(bool(spans))
        for each in told(done.findings):
            self._cards.addWidget(_card(each))
        self._found_head.setVisible(bool(done.findings))

    def _show_reworded(self, done: DraftChecked) -> None:
        self._text = done.rewording.text
        spans = []
        shift = 0
        for number, change in enumerate(done.rewording.changes, start=1):
            start = change.start + shift
            spans.append(Span(start, start + len(change.new), number, Tone.GOOD, f"It said “{change.old}”."))
            shift += len(change.new) - len(change.old)
        self.reworded.show_text(self._text, spans)
        self._changes.setText(changes_words(done))

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._text)
        self._told("The text is copied.")


def _child(child: DraftChild) -> QWidget:
    words = f"{child.name}, {child.class_name}" if child.class_name else child.name
    if child.stopped:
        chip = Chip("no-photograph", child_words(child), Tone.STOP)
    elif child.allowed:
        chip = Chip("allowed", child_words(child), Tone.GOOD)
    else:
        chip = Chip("quiet", child_words(child), Tone.QUIET)
    how = "in the picture and named" if child.ticked and child.named else "in the picture" if child.ticked else "named"
    return wrapping(strong(words), ChipLabel(chip), caption(how))


def _card(each: Told) -> QWidget:
    finding = each.first
    words = f"{', '.join(map(str, each.numbers))}  {finding.check.words}"
    chip = Chip(SEVERITY_ICON[finding.severity], words, SEVERITY_TONE[finding.severity])
    return Card(
        "",
        column(
            wrapping(ChipLabel(chip), quiet(f"Clause {finding.clause}")),
            *(body(why, select=True) for why in each.whys),
            strong(finding.advice) if finding.advice else None,
            gap=TIGHT,
        ),
    )

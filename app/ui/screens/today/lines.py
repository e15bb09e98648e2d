"""The lines of Today: something that waits, and one of the first steps."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.services.today import TodayLine
from app.ui.parts.buttons import Button, primary, secondary
from app.ui.parts.chip import Tone
from app.ui.parts.glyph import Glyph
from app.ui.parts.text import caption, quiet, strong
from app.ui.screens.today.presenter import Step
from app.ui.theme.current import theme
from app.ui.theme.spacing import ICON, WITHIN

_ICON = {
    "review": "review",
    "cases": "cases",
    "pupils": "pupils",
    "referrals": "referrals",
    "reports": "reports",
    "safeguarding": "safeguarding",
    "replies": "threads",
    "imports": "imports",
    "monitoring": "monitoring",
    "annual": "annual",
    "codes": "codes",
    "permissions": "permissions",
    "requests": "access",
}


class TodayButton(Button):
    """One line: an icon, what it is, why it is here, since when. The whole line is the button."""

    def __init__(self, line: TodayLine, when: str) -> None:
        super().__init__()
        self.setProperty("kind", "line")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        px = theme().px
        tone = Tone(line.tone)
        icon = "done" if tone is Tone.QUIET and line.area not in ("reports", "annual") else _ICON.get(line.area, "info")
        words = QVBoxLayout()
        words.setSpacing(px(2))
        for label in (strong(line.what), quiet(line.why) if line.why else None, caption(when) if when else None):
            if label is not None:
                label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
                words.addWidget(label)
        across = QHBoxLayout(self)
        across.setContentsMargins(px(WITHIN), px(WITHIN), px(WITHIN), px(WITHIN))
        across.setSpacing(px(12))
        across.addWidget(Glyph(icon, tone.ink, ICON), 0, Qt.AlignmentFlag.AlignTop)
        across.addLayout(words, 1)
        self.setAccessibleName(". ".join(part for part in (line.what, line.why, when) if part))


class StepRow(QWidget):
    """One of the first steps: done, the next, or for later."""

    def __init__(self, step: Step, number: int, is_next: bool, do: Callable[[], object]) -> None:
        super().__init__()
        px = theme().px
        mark: QWidget = Glyph("done", "good", ICON) if step.done else strong(f"{number}.")
        mark.setFixedWidth(px(22))
        words = QVBoxLayout()
        words.setSpacing(px(2))
        words.addWidget(strong(step.what))
        words.addWidget(quiet("Done." if step.done else step.how))
        across = QHBoxLayout(self)
        across.setContentsMargins(0, px(4), 0, px(4))
        across.setSpacing(px(WITHIN))
        across.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        across.addLayout(words, 1)
        if not step.done:
            made = (primary if is_next else secondary)(step.verb, do)
            across.addWidget(made, 0, Qt.AlignmentFlag.AlignVCenter)

"""The head of a page: title, subtitle, chips, and what can be done at the right.

PageHeader("Permissions", "Willow, 28 pupils", actions=[secondary("&Print sheet", ...)])
header.say(title="Ella M", subtitle="Willow, year 3", chips=[Chip("linked", "2 linked", Tone.GOOD)])
"""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.ui.parts.chip import Chip, ChipLabel
from app.ui.parts.flow import Flow
from app.ui.parts.text import OneLine, quiet
from app.ui.theme.current import theme
from app.ui.theme.spacing import TIGHT, WITHIN


class PageHeader(QWidget):
    """Title (20 pt) with chips beside it, a quiet subtitle below, actions at the far right."""

    def __init__(
        self,
        words: str,
        subtitle: str = "",
        *,
        chips: Iterable[Chip] = (),
        actions: Iterable[QWidget] = (),
    ) -> None:
        super().__init__()
        px = theme().px
        self._title = OneLine(words, "title")
        self._subtitle = quiet(subtitle)
        self._chips: list[ChipLabel] = []
        head = QWidget()
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        head.setSizePolicy(policy)
        self._first = Flow(head, gap=px(WITHIN), centre=True)
        self._first.addWidget(self._title)
        words_side = QVBoxLayout()
        words_side.setSpacing(px(TIGHT))
        words_side.addWidget(head)
        words_side.addWidget(self._subtitle)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(px(WITHIN))
        whole.addLayout(words_side, 1)
        for action in actions:
            whole.addWidget(action, 0, Qt.AlignmentFlag.AlignTop)
        self.say(subtitle=subtitle, chips=chips)

    def say(
        self, *, title: str | None = None, subtitle: str | None = None, chips: Iterable[Chip] | None = None
    ) -> None:
        """Change what is given and leave the rest."""
        if title is not None:
            self._title.setText(title)
        if subtitle is not None:
            self._subtitle.setText(subtitle)
            self._subtitle.setVisible(bool(subtitle))
        if chips is not None:
            for old in self._chips:
                self._first.removeWidget(old)
                old.deleteLater()
            self._chips = [ChipLabel(chip) for chip in chips]
            for label in self._chips:
                self._first.addWidget(label)

"""The head of a page: title, subtitle, chips, and what can be done at the right.

PageHeader("Permissions", "Willow, 28 pupils", actions=[secondary("&Print sheet", ...)])
header.say(title="Ella M", subtitle="Willow, year 3", chips=[Chip("linked", "2 linked", Tone.GOOD)])
"""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.ui.parts.arrange import clear
from app.ui.parts.chip import Chip, ChipLabel
from app.ui.parts.text import quiet, title
from app.ui.theme.current import theme
from app.ui.theme.spacing import BETWEEN, TIGHT, WITHIN


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
        self._title = title(words)
        self._title.setWordWrap(False)
        self._subtitle = quiet(subtitle)
        self._chips = QHBoxLayout()
        self._chips.setSpacing(px(WITHIN))
        first = QHBoxLayout()
        first.setSpacing(px(BETWEEN))
        first.addWidget(self._title)
        first.addLayout(self._chips)
        first.addStretch(1)
        words_side = QVBoxLayout()
        words_side.setSpacing(px(TIGHT))
        words_side.addLayout(first)
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
            clear(self._chips)
            for chip in chips:
                self._chips.addWidget(ChipLabel(chip))

"""A card: a heading, what belongs to it, and actions at the lower right.

Card("Guardians and links", table, actions=[primary("&Issue code", self.issue)])
"""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.ui.parts.arrange import Piece, fill
from app.ui.parts.text import section
from app.ui.theme.current import theme
from app.ui.theme.spacing import BETWEEN, WITHIN


class Card(QFrame):
    """Things that belong together, raised from the page."""

    def __init__(
        self, heading: str = "", *pieces: Piece, actions: Iterable[QWidget] = (), aside: QWidget | None = None
    ) -> None:
        """`aside` stands at the right of the heading: a chip or a quiet button."""
        super().__init__()
        self.setProperty("part", "card")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        px = theme().px
        self.inside = QVBoxLayout(self)
        """The card's own layout, for what comes and goes."""
        head: QWidget | None = None
        if heading:
            head = QWidget()
            line = QHBoxLayout(head)
            line.setContentsMargins(0, 0, 0, 0)
            self._heading = section(heading)
            line.addWidget(self._heading, 1)
            if aside is not None:
                line.addWidget(aside)
        fill(self.inside, (head, *pieces), 12, BETWEEN)
        buttons = list(actions)
        if buttons:
            foot = QHBoxLayout()
            foot.setSpacing(px(WITHIN))
            foot.addStretch(1)
            for button in buttons:
                foot.addWidget(button)
            self.inside.addSpacing(px(WITHIN))
            self.inside.addLayout(foot)

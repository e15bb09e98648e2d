"""What has come in the watched folder: looked at one by one, put aside where it cannot be read."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from app.ui.parts.arrange import clear, column, row
from app.ui.parts.buttons import plain, secondary
from app.ui.parts.chip import Chip, ChipLabel, Tone
from app.ui.parts.text import caption, section, strong
from app.ui.screens.imports.watch import Arrived
from app.ui.theme.current import theme
from app.ui.theme.spacing import BETWEEN, TIGHT, WITHIN

_MOST = 6
_HERE = Chip("import", "Arrived", Tone.INFO)
_COMING = Chip("running", "Still being written", Tone.QUIET)
_BROKEN = Chip("stop", "Cannot be read", Tone.STOP)


class ArrivedPanel(QFrame):
    """Hidden while nothing has come."""

    wanted = Signal(object)
    """An Arrived to look at: it is read like a file that was dropped."""
    aside = Signal(object)
    """An Arrived to put aside."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("part", "card")
        self._inside = QVBoxLayout(self)
        px = theme().px
        self._inside.setContentsMargins(px(BETWEEN), px(12), px(BETWEEN), px(12))
        self._inside.setSpacing(px(WITHIN))
        self._shown: tuple[tuple[Arrived, ...], str] = ((), "")
        self.hide()

    @property
    def is_wanted(self) -> bool:
        """There is something to say."""
        return bool(self._shown[0] or self._shown[1])

    def show_arrived(self, arrived: tuple[Arrived, ...], trouble: str) -> None:
        """Show these instead."""
        if (arrived, trouble) == self._shown:
            return
        self._shown = (arrived, trouble)
        clear(self._inside)
        self._inside.addWidget(section("In the watched folder"))
        if trouble:
            self._inside.addWidget(ChipLabel(_BROKEN))
            self._inside.addWidget(caption(trouble))
        for each in arrived[:_MOST]:
            self._inside.addWidget(self._line(each))
        if len(arrived) > _MOST:
            self._inside.addWidget(caption(f"and {len(arrived) - _MOST} more."))

    def _line(self, each: Arrived) -> QWidget:
        chip = _COMING if each.coming else _BROKEN if each.trouble else _HERE
        told = "It is read once it has been quiet for a few seconds." if each.coming else each.trouble or each.holds
        words = column(strong(each.path.name), caption(told[:1].upper() + told[1:]), gap=TIGHT)
        buttons: list[QWidget] = []
        if not each.coming:
            put = plain("Put aside", partial(self.aside.emit, each))
            put.setAccessibleName(f"Put {each.path.name} aside")
            buttons.append(put)
        if each.is_ready:
            look = secondary("Look at it", partial(self.wanted.emit, each))
            look.setAccessibleName(f"Look at {each.path.name}")
            buttons.append(look)
        held = row(words, ChipLabel(chip), *buttons, gap=12)
        layout = held.layout()
        assert layout is not None
        layout.setStretch(0, 1)  # type: ignore[attr-defined]
        return held

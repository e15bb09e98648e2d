"""Today: what waits for me now, what is due, what was done. Each line opens the work."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from app.domain.words import age_words, day_words, moment_words
from app.services.office import Office
from app.services.school import School
from app.services.today import Today, TodayLine, TodayShown
from app.ui.parts.arrange import clear, scrolling
from app.ui.parts.buttons import primary
from app.ui.parts.card import Card
from app.ui.parts.chip import Tone
from app.ui.parts.empty import EmptyState
from app.ui.parts.glyph import Glyph
from app.ui.parts.header import PageHeader
from app.ui.parts.text import caption, quiet, strong
from app.ui.shell.area import Screen, Shell
from app.ui.theme.current import theme
from app.ui.theme.spacing import BETWEEN, ICON, TIGHT, WITHIN

_ICON = {"review": "review", "cases": "cases", "pupils": "pupils", "referrals": "referrals", "reports": "reports"}
_ICON |= {"safeguarding": "safeguarding", "today": "done", "imports": "imports"}


class TodayScreen(Screen):
    """Three columns: Now, Due, Recently done."""

    def __init__(self, shell: Shell, office: Office) -> None:
        super().__init__(shell, "Today", "today")
        self._office = office
        self.header = PageHeader("Today")
        self._body = QVBoxLayout()
        held = QWidget()
        held.setLayout(self._body)
        self._body.setContentsMargins(0, 0, 0, 0)
        self.set_content(scrolling(self.header, held))

    def refresh(self) -> None:
        """Read again what waits."""
        shown = self._office.ask(Today())
        facts = self._office.ask(School())
        self.header.say(title=self._greeting(facts.timezone), subtitle=f"{day_words(facts.today)}  ·  {facts.name}")
        clear(self._body)
        if shown.empty_school:
            self._body.addWidget(self._teach())
        else:
            self._body.addWidget(self._columns(shown, facts.timezone))

    def on_changes(self, changes: frozenset[str], initiator: object) -> None:
        """Anything may change what waits."""
        if self.isVisible() and initiator is not self:
            self.refresh()

    def showEvent(self, event: object) -> None:
        super().showEvent(event)  # type: ignore[arg-type]
        self.refresh()

    def _greeting(self, zone: str) -> str:
        hour = int(moment_words(self._office.clock(), zone)[-5:-3])
        part = "morning" if hour < 12 else "afternoon" if hour < 17 else "evening"
        return f"Good {part}"

    def _teach(self) -> QWidget:
        sentence = (
            "This school is empty so far. Bring in the class lists from your own system first, then the posts and "
            "messages that you have saved."
        )
        action = primary("&Bring in class lists", partial(self.shell.open_area, "imports"), icon="imports")
        return EmptyState("imports", sentence, action)

    def _columns(self, shown: TodayShown, zone: str) -> QWidget:
        held = QWidget()
        across = QHBoxLayout(held)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(theme().px(BETWEEN))
        for heading, lines, empty in (
            ("Now", shown.now, "Nothing is urgent."),
            ("Due", shown.due, "Nothing is due."),
            ("Recently done", shown.done, "What you do appears here."),
        ):
            across.addWidget(self._card(heading, lines, empty, zone), 1, Qt.AlignmentFlag.AlignTop)
        return held

    def _card(self, heading: str, lines: Sequence[TodayLine], empty: str, zone: str) -> Card:
        card = Card(heading)
        card.inside.setSpacing(theme().px(TIGHT))
        for line in lines:
            made = TodayButton(line, self._when(line, zone))
            made.clicked.connect(partial(self._open, line))
            card.inside.addWidget(made)
        if not lines:
            card.inside.addWidget(quiet(empty))
        return card

    def _when(self, line: TodayLine, zone: str) -> str:
        if line.when is None:
            return ""
        if isinstance(line.when, datetime):
            if line.tone == "quiet":
                return moment_words(line.when, zone)
            return f"Since {moment_words(line.when, zone)} ({age_words(line.when, self._office.clock())})"
        return day_words(line.when)

    def _open(self, line: TodayLine) -> None:
        if line.record is not None and line.area in ("cases", "review"):
            self.shell.open_area(line.area)
            self.shell.open_record({"cases": "case", "review": "item"}[line.area], line.record)
        else:
            self.shell.open_area(line.area)


class TodayButton(QPushButton):
    """One line: an icon, what it is, why it is here, since when. The whole line is the button."""

    def __init__(self, line: TodayLine, when: str) -> None:
        super().__init__()
        self.setProperty("kind", "line")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        px = theme().px
        tone = Tone(line.tone)
        icon = "done" if tone is Tone.QUIET and line.area != "reports" else _ICON.get(line.area, "info")
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

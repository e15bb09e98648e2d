"""Pasting a conversation: the words, and what they do not say themselves (a day, who "You" is, the class)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QVBoxLayout

from app.domain.content import Kind
from app.domain.problems import Refused
from app.domain.ticket import Ticket
from app.intake.dates import HOW_TO, read_date
from app.intake.read import read_pasted
from app.services.office import Office
from app.services.school import School
from app.ui.parts.arrange import STRETCH, column, row, scrolling
from app.ui.parts.buttons import primary, secondary
from app.ui.parts.form import Form
from app.ui.parts.text import quiet, section
from app.ui.screens.imports.presenter import InHand
from app.ui.theme.current import theme
from app.ui.theme.spacing import BETWEEN, PAGE, TIGHT, WITHIN

_ABOUT = (
    "Copy it from ClassDojo, a telephone's chat or an e-mail, as it stands: names, times and words. "
    "Who is staff and who a parent is found in the register. You see what it would bring before anything is written."
)


@dataclass(frozen=True, slots=True)
class Pasted:
    """A conversation as it was pasted. `day` is as typed, empty where the text tells its days itself."""

    text: str
    kind: Kind = Kind.MESSAGE
    class_name: str | None = None
    day: str = ""
    you: str = ""

    def __repr__(self) -> str:
        return f"Pasted(characters={len(self.text)})"


def read(office: Office, pasted: Pasted, ticket: Ticket) -> InHand:
    """Read it as files are read. Raises `Problem` in one sentence; changes nothing."""
    del ticket
    facts = office.ask(School())
    return InHand(
        feed=read_pasted(
            pasted.text,
            today=facts.today,
            zone=facts.timezone,
            day=_day(pasted.day, facts.today),
            you=pasted.you or None,
            kind=pasted.kind,
            class_name=pasted.class_name,
        )
    )


def _day(typed: str, today: date) -> date | None:
    if not typed.strip():
        return None
    told = read_date(typed, today)
    if told.date is None:
        raise Refused(f"The day “{typed.strip()[:40]}” {told.problem}. {HOW_TO}")
    return told.date


class PastePanel(QFrame):
    """The form. It keeps what was pasted until the conversation is brought in or put away."""

    asked = Signal(object)
    """What was pasted, to be read."""
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("part", "card")
        px = theme().px
        first, second = Form(width=0), Form(width=0)
        self.words = first.passage("Con&versation", lines=18)
        self.kind: QComboBox = second.choice("&They are", [(Kind.MESSAGE, "Messages"), (Kind.COMMENT, "Comments")])
        self.class_: QComboBox = second.choice("Cl&ass", [(None, "Not said")])
        self.day = second.text("&Day of the times", hint="Only where the text tells times and no day.")
        self.you = second.text("Who is “Yo&u”?", hint="Only where the text says “You” instead of a name.")
        for choice in (self.kind, self.class_):
            choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.read_button = primary("&Read it", self._ask)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(px(PAGE), px(BETWEEN), px(PAGE), px(BETWEEN))
        whole.setSpacing(px(WITHIN))
        whole.addWidget(column(section("Paste a conversation"), quiet(_ABOUT)))
        across = row(first, second, gap=PAGE)
        layout = across.layout()
        assert layout is not None
        layout.setAlignment(second, Qt.AlignmentFlag.AlignTop)
        whole.addWidget(scrolling(across, margin=TIGHT, ground="raised"), 1)
        whole.addWidget(row(STRETCH, secondary("&Leave it", self.left.emit), self.read_button))
        self.setFocusProxy(self.words)

    def show_classes(self, classes: Sequence[str]) -> None:
        """Offer these classes."""
        chosen = self.class_.currentData()
        self.class_.clear()
        self.class_.addItem("Not said", None)
        for name in classes:
            self.class_.addItem(name, name)
        self.class_.setCurrentIndex(max(self.class_.findData(chosen), 0))

    def clear(self) -> None:
        """Let go of what was pasted."""
        self.words.clear()
        self.day.clear()
        self.you.clear()

    def _ask(self) -> None:
        self.asked.emit(
            Pasted(
                self.words.toPlainText(),
                Kind(self.kind.currentData()),
                self.class_.currentData(),
                self.day.text(),
                self.you.text().strip(),
            )
        )

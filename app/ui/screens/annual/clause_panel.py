"""One clause of the yearly review: what it says, its evidence, the judgement and what is to be done (H3)."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtCore import QDate, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.annual import Judgement
from app.domain.words import day_words
from app.services.annual_review import ClauseInReview, ReviewShown
from app.ui.parts.arrange import STRETCH, row, scrolling
from app.ui.parts.banner import Banner
from app.ui.parts.buttons import primary
from app.ui.parts.card import Card
from app.ui.parts.chip import Chip, Tone
from app.ui.parts.facts import Facts
from app.ui.parts.form import Form, day_of
from app.ui.parts.header import PageHeader
from app.ui.parts.text import body
from app.ui.screens.annual.presenter import evidence_words, judgement_chip

_ACTION_DAYS = 90
"""Days until an action's day, where nobody says otherwise."""


class ClausePanel(QWidget):
    """The evidence above, the judgement below."""

    judged = Signal()
    """The judgement on the clause is to be saved."""

    def __init__(self) -> None:
        super().__init__()
        self.clause: ClauseInReview | None = None
        self.header = PageHeader("Clause")
        self.banner = Banner()
        self.evidence = Facts()
        self.form = Form(width=0)
        self.judgement = self.form.choice("&Judgement", [(one, one.words) for one in Judgement])
        self.words = self.form.passage("&Why, in a sentence or two", lines=2)
        self.action = self.form.passage("What is &done about it", lines=2)
        self.owner = self.form.text("B&y whom")
        self.due = self.form.date("By which &day")
        self.judgement.currentIndexChanged.connect(self._fit)
        self.save_button = primary("&Save and go on", self.judged.emit)
        self.said = body()
        self.judging = Card("Judgement", self.form, self.said, row(STRETCH, self.save_button))
        self.page = scrolling(self.header, self.banner, Card("Evidence from the records", self.evidence), self.judging)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.page)

    def show_clause(self, clause: ClauseInReview, review: ReviewShown, may_judge: bool) -> None:
        """Show a clause as it stands."""
        self.clause = clause
        icon, word, tone = judgement_chip(clause.judgement)
        self.header.say(
            title=f"{clause.code}  {clause.heading}", subtitle=clause.words, chips=[Chip(icon, word, Tone(tone))]
        )
        self.evidence.show_facts([(one.label, evidence_words(one)) for one in clause.evidence])
        self.form.clear_faults()
        self.judgement.setCurrentIndex(max(self.judgement.findData(clause.judgement or Judgement.KEPT), 0))
        self.words.setPlainText(clause.why)
        self.action.setPlainText(clause.action)
        self.owner.setText(clause.owner)
        day = clause.due or review.today + timedelta(days=_ACTION_DAYS)
        self.due.setDate(QDate(day.year, day.month, day.day))
        self.form.setVisible(may_judge)
        self.save_button.setVisible(may_judge)
        self.said.setVisible(not may_judge)
        self.said.setText(_said(clause, review))
        self._fit()

    @property
    def wants_action(self) -> bool:
        """The judgement that is chosen needs an action."""
        return Judgement(self.judgement.currentData()).wants_action

    def entered(self) -> tuple[Judgement, str, str, str, object]:
        """Judgement, words, action, owner, day (None without an action)."""
        judgement = Judgement(self.judgement.currentData())
        due = day_of(self.due) if self.wants_action else None
        action = self.action.toPlainText() if self.wants_action else ""
        return judgement, self.words.toPlainText(), action, self.owner.text() if self.wants_action else "", due

    def _fit(self) -> None:
        for field in (self.action, self.owner, self.due):
            self.form.show_field(field, self.wants_action)


def _said(clause: ClauseInReview, review: ReviewShown) -> str:
    if review.id is None:
        return "Open the review to judge this clause."
    said = clause.why or "No words were added."
    if clause.action:
        by = f" by {day_words(clause.due)}" if clause.due else ""
        said += f"\n\nAction: {clause.action} ({clause.owner},{by})".replace("(,", "(")
    return said

"""The monitoring plan: every class of a half-term with its look, and what one look draws from (M1)."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from app.domain.problems import Problem
from app.domain.words import day_words
from app.services.office import Office
from app.services.sampling import LookShown
from app.store.reads.samples import SampleLine
from app.ui.parts.arrange import STRETCH, column, row, scrolling, wrapping
from app.ui.parts.asking import asked
from app.ui.parts.banner import Banner
from app.ui.parts.buttons import plain, primary, secondary
from app.ui.parts.card import Card
from app.ui.parts.chip import Chip, Tone
from app.ui.parts.columns import Column
from app.ui.parts.confirm import ask_reason, confirm
from app.ui.parts.facts import Facts
from app.ui.parts.header import PageHeader
from app.ui.parts.listing import Listing
from app.ui.parts.split import ListDetail
from app.ui.parts.table import Table
from app.ui.parts.text import quiet
from app.ui.screens.monitoring.dialogs import LookDialog, PlanDialog
from app.ui.screens.monitoring.presenter import (
    PlanPresenter,
    draws_words,
    due_words,
    figures_words,
    proof_words,
    state_words,
)
from app.ui.shell.area import Shell
from app.ui.theme.current import theme
from app.ui.theme.spacing import WITHIN

_NO_TERMS = "There are no half-terms yet. Enter the school's terms in Settings, then plan the looks here."
_NO_PLAN = "Nothing is planned for this half-term. Plan a look at every class: the items are drawn by chance."


class PlanPage(QWidget):
    """Looks on the left, one of them on the right."""

    def __init__(self, shell: Shell, office: Office) -> None:
        super().__init__()
        self._shell = shell
        self.presenter = PlanPresenter(office)
        self.term = QComboBox()
        self.term.setAccessibleName("Half-term")
        self.term.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.term.activated.connect(self._another_term)
        self.plan_button = primary("&Plan this half-term", self.plan, icon="add")
        self.figures = quiet()
        self.table: Table[SampleLine] = Table(
            "Looks planned for the half-term",
            (
                Column("Class", text=lambda line: line.class_name, strong=True, stretch=True, least=120),
                Column("Looked at", text=_seen, number=True, sort=lambda line: line.seen, width=84),
                Column("Due", text=due_words, sort=lambda line: line.due_on, quiet=True, spare=True, width=130),
                Column("State", text=lambda line: self._chip(line).word, chip=self._chip, width=150),
            ),
            key=lambda line: line.id,
            empty=("monitoring", _NO_PLAN),
        )
        self.listing = Listing(self.table, "look", "looks", foot=self.plan_button)
        self.table.on_chosen(self._show)
        self.table.on_opened(self.begin)
        self.banner = Banner()
        self.header = PageHeader("Look")
        self.facts = Facts()
        self.proof = quiet()
        self.begin_button = primary("&Look at the items", lambda: self.begin(self.table.current()), icon="review")
        self.draw_button = primary("&Draw the items", self.draw)
        self.again_button = plain("Draw &others", self.draw_again)
        self.change_button = secondary("Chan&ge", self.change, icon="edit")
        self.drop_button = plain("&Take out of the plan", self.drop)
        self.card = Card(
            "How the items are drawn",
            self.facts,
            self.proof,
            wrapping(self.change_button, self.again_button, self.drop_button),
            row(STRETCH, self.draw_button, self.begin_button),
        )
        detail = scrolling(self.header, self.banner, self.card)
        self.split = ListDetail(self._left(), detail, shell.settings, "monitoring", share=0.52)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.split)

    def _left(self) -> QWidget:
        held = QWidget()
        down = QVBoxLayout(held)
        px = theme().px
        down.setContentsMargins(0, px(12), 0, 0)
        down.setSpacing(px(WITHIN))
        head = column(row(self.term, STRETCH), self.figures, gap=WITHIN)
        top = QVBoxLayout()
        top.setContentsMargins(px(16), 0, px(16), 0)
        top.addWidget(head)
        down.addLayout(top)
        down.addWidget(self.listing, 1)
        return held

    def refresh(self) -> None:
        """Read the plan again."""
        shown = self.presenter.load()
        self.term.clear()
        for id_, name, starts, ends in shown.terms:
            self.term.addItem(f"{name}, {day_words(starts)} to {day_words(ends)}", id_)
        self.term.setCurrentIndex(max(self.term.findData(shown.term_id), 0))
        self.term.setVisible(bool(shown.terms))
        self.figures.setText(figures_words(shown.figures) if shown.figures is not None and shown.lines else "")
        self.figures.setVisible(bool(self.figures.text()))
        self.plan_button.setVisible(self.presenter.unplanned)
        self.plan_button.setText("&Plan the other classes" if shown.lines else "&Plan this half-term")
        self.table.say_empty(_NO_PLAN if shown.terms else _NO_TERMS)
        self.table.set_rows(shown.lines, choose_first=True)
        self._show(self.table.current())

    def plan(self) -> None:
        """Plan every class that has no look yet."""
        shown = self.presenter.shown
        if shown is None or shown.term_id is None:
            return
        ends = next(term[3] for term in shown.terms if term[0] == shown.term_id)
        dialog = PlanDialog(self, shown.leaders, ends)
        if asked(dialog) and self._did(lambda: self.presenter.plan(dialog.items, dialog.owner, dialog.due)):
            self._shell.done("Planned. Each look has its seed from now on.")
        dialog.deleteLater()

    def draw(self) -> None:
        """Draw the chosen look's items."""
        line = self.table.current()
        if line is not None and self._did(lambda: self.presenter.draw(line)):
            self._shell.done("Drawn.")
            if self.begin_button.isVisibleTo(self):
                self.begin_button.setFocus()

    def draw_again(self) -> None:
        """Draw others, with a reason."""
        line = self.table.current()
        if line is None:
            return
        why = ask_reason(
            self,
            "Draw other items?",
            "A new seed is made. The seed and items of before stay on record, with your reason beside them.",
            "&Draw others",
        )
        if why is not None and self._did(lambda: self.presenter.draw(line, why)):
            self._shell.done("Drawn again.")

    def change(self) -> None:
        """Who looks, by when, at how many."""
        line, shown = self.table.current(), self.presenter.shown
        if line is None or shown is None:
            return
        dialog = LookDialog(self, shown.leaders, line)
        if asked(dialog) and self._did(lambda: self.presenter.change(line, dialog.owner, dialog.due, dialog.items)):
            self._shell.done("Changed.")
        dialog.deleteLater()

    def drop(self) -> None:
        """Take the look out of the plan."""
        line = self.table.current()
        if line is None:
            return
        sure = confirm(
            self, "Take this look out of the plan?", "Nothing is drawn yet, so nothing is lost.", "&Take it out"
        )
        if sure and self._did(lambda: self.presenter.drop(line)):
            self._shell.done("Taken out of the plan.")

    def begin(self, line: SampleLine | None) -> None:
        """Work through the items; those of a look that is only planned are drawn first."""
        if line is None:
            return
        if line.state == "planned":
            self.draw_button.setFocus()
            self.split.show_detail()
            return
        self._shell.open_record("look", line.id)

    def leave(self) -> bool:
        """From the look back to the list, in a narrow window."""
        return self.split.show_list()

    def _did(self, do: Callable[[], object]) -> bool:
        try:
            do()
        except Problem as problem:
            self.refresh()
            self.banner.problem(problem)
            return False
        self.banner.dismiss()
        self.refresh()
        return True

    def _another_term(self) -> None:
        self.presenter.load(int(self.term.currentData()))
        self.refresh()

    def _chip(self, line: SampleLine) -> Chip:
        assert self.presenter.shown is not None
        icon, word, tone = state_words(line, self.presenter.shown.today)
        return Chip(icon, word, Tone(tone))

    def _show(self, line: SampleLine | None) -> None:
        self.card.setVisible(line is not None)
        self.header.setVisible(line is not None)
        if line is None:
            return
        look = self.presenter.about(line)
        self.header.say(
            title=line.class_name,
            subtitle=f"{line.term}, due {day_words(line.due_on)}",
            chips=[self._chip(line)],
        )
        self.facts.show_facts(_facts(look, self.presenter.zone))
        self.proof.setText(proof_words(look))
        planned, open_ = line.state == "planned", line.done_at is None
        self.draw_button.setVisible(planned)
        self.begin_button.setVisible(not planned)
        self.begin_button.setText("&Look at the items" if open_ else "&Look at it again")
        self.again_button.setVisible(not planned and open_ and line.seen == 0 and line.drawn > 0)
        self.drop_button.setVisible(planned)
        self.change_button.setVisible(open_)


def _seen(line: SampleLine) -> str:
    return "–" if line.state == "planned" else f"{line.seen} of {line.drawn}"


def _facts(look: LookShown, zone: str) -> list[tuple[str, str]]:
    line = look.line
    facts = [("Who looks", line.owner or "Any senior leader"), ("Items to draw", str(line.size)), ("Seed", line.seed)]
    if look.draws:
        facts.append(("Draws", draws_words(look, zone)))
        facts.append(("Looked at", f"{line.seen} of {line.drawn}, {line.found} with a finding"))
    if line.words:
        facts.append(("What was seen", line.words))
    return facts

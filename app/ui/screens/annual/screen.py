"""The yearly review: every clause with its evidence and judgement, last year's actions, the signature (H3)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from app.domain.days import a_year_on
from app.domain.problems import Problem
from app.domain.words import day_words
from app.services.annual_review import ActionLine, ClauseInReview
from app.services.office import Office
from app.ui.parts.arrange import STRETCH, page, row
from app.ui.parts.asking import Asking, asked
from app.ui.parts.banner import Banner
from app.ui.parts.buttons import primary, secondary
from app.ui.parts.chip import Chip, Tone
from app.ui.parts.columns import Column
from app.ui.parts.filters import Filter, FilterBar
from app.ui.parts.form import day_of
from app.ui.parts.header import PageHeader
from app.ui.parts.listing import Listing
from app.ui.parts.split import ListDetail
from app.ui.parts.table import Table
from app.ui.parts.tabs import Tabs
from app.ui.parts.text import quiet
from app.ui.screens.annual.clause_panel import ClausePanel
from app.ui.screens.annual.presenter import AnnualPresenter, judgement_chip, progress_words
from app.ui.shell.area import Screen, Shell
from app.ui.theme.current import theme
from app.ui.theme.spacing import WITHIN


class SignDialog(Asking):
    """The signature, and the day of the next review."""

    def __init__(self, parent: QWidget | None, today: date) -> None:
        super().__init__(
            parent,
            "Sign the review?",
            "It stays as you sign it, with the head of the audit at this moment, so that any later change would show.",
            "&Sign the review",
            keep="&Not yet",
        )
        self._due = self.form.date("&Next review due", a_year_on(today))

    @property
    def due(self) -> date:
        """The day of the next review."""
        return day_of(self._due)


class DoneDialog(Asking):
    """An action of an earlier review is done."""

    def __init__(self, parent: QWidget | None, line: ActionLine, today: date) -> None:
        super().__init__(parent, "Is this action done?", line.action, "&It is done", keep="&Not yet")
        self._on = self.form.date("&Done on", today)

    @property
    def on(self) -> date:
        """The day."""
        return day_of(self._on)


class AnnualScreen(Screen):
    """Clauses on the left, one of them on the right; the actions of earlier reviews on a page of their own."""

    def __init__(self, shell: Shell, office: Office) -> None:
        super().__init__(shell, "Annual review", "annual")
        self.presenter = AnnualPresenter(office)
        self.progress = quiet()
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(theme().px(6))
        self.bar.setAccessibleName("Clauses judged")
        self.filters = FilterBar("", [Filter("waiting", "To judge"), Filter("action", "With an action")])
        self.filters.changed.connect(self._fill)
        self.table: Table[ClauseInReview] = Table(
            "Clauses of the policy",
            (
                Column("Clause", text=lambda one: one.code, strong=True, width=66, sortable=False),
                Column("About", text=lambda one: one.heading, stretch=True, least=150, sortable=False),
                Column("Judgement", text=lambda one: _chip(one).word, chip=_chip, width=140, sortable=False),
            ),
            key=lambda one: one.code,
            empty=("annual", "No clause is like this."),
        )
        self.table.on_chosen(self._show)
        self.table.on_opened(lambda _one: self._enter())
        self.open_button = primary("&Open this year's review", self.open_review)
        self.sign_button = primary("Si&gn the review", self.sign)
        self.banner = Banner()
        self.panel = ClausePanel()
        self.panel.judged.connect(self.judge)
        self.split = ListDetail(self._left(), self.panel, shell.settings, "annual", share=0.44)
        self.past: Table[ActionLine] = Table(
            "Actions of earlier reviews",
            (
                Column("Review", text=lambda one: one.year, width=80),
                Column("Clause", text=lambda one: one.code, width=70),
                Column("Action", text=lambda one: one.action, strong=True, stretch=True, least=240),
                Column("By whom", text=lambda one: one.owner, width=150, spare=True),
                Column("Due", text=lambda one: day_words(one.due) if one.due else "–", quiet=True, width=130),
                Column("State", text=lambda one: self._done_chip(one).word, chip=self._done_chip, width=170),
            ),
            key=lambda one: one.id,
            empty=("annual", "No action of an earlier review is on record."),
        )
        self.past.on_opened(self.finish)
        self.done_button = secondary("It is &done", lambda: self.finish(self.past.current()))
        self.tabs = Tabs("Pages of the yearly review")
        self.tabs.add("clauses", "Clauses", self.split)
        self.tabs.add("actions", "Actions of earlier reviews", self._actions_page())
        self.set_content(self.tabs)
        self.begin_at = self.table

    def _left(self) -> QWidget:
        held = QWidget()
        px = theme().px
        down = QVBoxLayout(held)
        down.setContentsMargins(0, px(12), 0, 0)
        down.setSpacing(px(WITHIN))
        top = QVBoxLayout()
        top.setContentsMargins(px(16), 0, px(16), 0)
        top.setSpacing(px(WITHIN))
        top.addWidget(self.progress)
        top.addWidget(self.bar)
        top.addWidget(self.banner)
        down.addLayout(top)
        self.listing = Listing(
            self.table, "clause", "clauses", filters=self.filters, foot=row(self.open_button, self.sign_button)
        )
        down.addWidget(self.listing, 1)
        return held

    def _actions_page(self) -> QWidget:
        listing = Listing(self.past, "action", "actions", inset=False)
        about = "What earlier reviews wanted done. State it here when it is."
        return page(PageHeader("Actions", about), listing, row(STRETCH, self.done_button))

    def refresh(self) -> None:
        """Gather the evidence again."""
        shown = self.presenter.load()
        self.progress.setText(progress_words(shown))
        self.bar.setRange(0, max(len(shown.clauses), 1))
        self.bar.setValue(shown.judged)
        self.open_button.setVisible(shown.id is None)
        self.sign_button.setVisible(self.presenter.may_sign)
        self.filters.set_count("waiting", sum(one.judgement is None for one in shown.clauses))
        self.past.set_rows(shown.actions, choose_first=True)
        self.done_button.setEnabled(bool(shown.actions))
        self._fill()

    def on_changes(self, changes: frozenset[str], initiator: object) -> None:
        """Somebody judged, signed, or changed the policy."""
        if initiator is not self and changes & {"annual", "policy"}:
            self.refresh_when_seen()

    def focus_filter(self) -> bool:
        """Ctrl+F."""
        return self.listing.focus_filter()

    def look_through(self, lens: str) -> None:
        """A page, or a clause ("clause:T8")."""
        if lens.startswith("clause:"):
            self.table.choose(lens.removeprefix("clause:"))
        else:
            self.tabs.show_page(lens)

    def leave(self) -> bool:
        """From the clause back to the list, in a narrow window."""
        return self.split.show_list()

    def open_review(self) -> None:
        """Begin the review of the year."""
        if self._did(lambda: self.presenter.open(self)):
            self.shell.done("Opened.")

    def judge(self) -> None:
        """Save the judgement and go on to the next clause that waits."""
        clause = self.panel.clause
        if clause is None:
            return
        judgement, words, action, owner, due = self.panel.entered()
        assert due is None or isinstance(due, date)
        try:
            following = self.presenter.judge(clause.code, judgement, words, action, owner, due, self)
        except Problem as problem:
            self.panel.banner.problem(problem)
            return
        self.panel.banner.dismiss()
        self.refresh()
        if following is not None and self.table.choose(following):
            self.panel.judgement.setFocus()
        elif self.sign_button.isVisible():
            self.sign_button.setFocus()

    def sign(self) -> None:
        """The headteacher's signature."""
        assert self.presenter.shown is not None
        dialog = SignDialog(self, self.presenter.shown.today)
        if asked(dialog) and self._did(lambda: self.presenter.sign(dialog.due, self)):
            self.shell.done("Signed.")
        dialog.deleteLater()

    def finish(self, line: ActionLine | None) -> None:
        """State that an action is done."""
        if line is None or line.done_on is not None:
            return
        assert self.presenter.shown is not None
        dialog = DoneDialog(self, line, self.presenter.shown.today)
        if asked(dialog) and self._did(lambda: self.presenter.finish(line, dialog.on, self)):
            self.shell.done("Stated.")
        dialog.deleteLater()

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

    def _fill(self) -> None:
        shown = self.presenter.shown
        if shown is None:
            return
        on = self.filters.on
        self.table.set_rows(
            [
                one
                for one in shown.clauses
                if ("waiting" not in on or one.judgement is None) and ("action" not in on or one.action)
            ],
            choose_first=True,
        )
        self._show(self.table.current())

    def _show(self, clause: ClauseInReview | None) -> None:
        self.panel.setVisible(clause is not None)
        if clause is not None and self.presenter.shown is not None:
            self.panel.show_clause(clause, self.presenter.shown, self.presenter.may_judge)

    def _enter(self) -> None:
        self.split.show_detail()
        if self.presenter.may_judge:
            self.panel.judgement.setFocus()

    def _done_chip(self, line: ActionLine) -> Chip:
        assert self.presenter.shown is not None
        if line.done_on is not None:
            return Chip("done", f"Done {day_words(line.done_on)}", Tone.GOOD)
        if line.due is not None and line.due < self.presenter.shown.today:
            return Chip("late", "Overdue", Tone.STOP)
        return Chip("waiting", "Not done yet", Tone.WARN)


def _chip(clause: ClauseInReview) -> Chip:
    icon, word, tone = judgement_chip(clause.judgement)
    return Chip(icon, word, Tone(tone))

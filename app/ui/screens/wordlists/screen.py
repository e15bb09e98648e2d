"""The word lists: what each check looks for, what the school added, ruled out or silenced, each change tried first."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QStackedWidget, QWidget

from app.domain.checks.finding import Check
from app.domain.checks.own_words import OwnPhrase, Silenced
from app.domain.problems import Problem
from app.domain.ticket import Ticket
from app.services.office import Office
from app.services.trying_words import Tried
from app.ui.parts.arrange import column, rule
from app.ui.parts.banner import Banner
from app.ui.parts.buttons import primary
from app.ui.parts.columns import Column
from app.ui.parts.confirm import confirm
from app.ui.parts.filters import Filter, FilterBar
from app.ui.parts.form import Form
from app.ui.parts.header import PageHeader
from app.ui.parts.listing import Listing
from app.ui.parts.split import ListDetail
from app.ui.parts.table import Table
from app.ui.screens.wordlists.about import SORT_CHIPS, AboutWords
from app.ui.screens.wordlists.changes import AddPanel, ChangePanel, SilencePanel
from app.ui.screens.wordlists.presenter import Sort, WordLine, WordlistsPresenter
from app.ui.shell.area import Screen, Shell
from app.ui.theme.spacing import PAGE

_SHOWN = ((Sort.ADDED, "Added"), (Sort.RULED_OUT, "Ruled out"), (Sort.SILENCED, "Silenced"))
_FOUND = "finding:"
"""Before the id of the finding whose words are wanted."""


class WordlistsScreen(Screen):
    """`key` is a check, or a finding ("finding:12") whose words are looked at."""

    def __init__(self, shell: Shell, office: Office, key: object = "") -> None:
        super().__init__(shell, "Word lists", "wordlists")
        self.presenter = WordlistsPresenter(office)
        self._wanted = str(key)
        if self._wanted in set(Check):
            self.presenter.check = Check(self._wanted)
        self.banner = Banner()
        self.header = PageHeader(
            "Word lists", "What the checks look for. Every change is tried on the last term first."
        )
        self.form = Form()
        self.which: QComboBox = self.form.choice("&Check", ())
        self.which.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.filters = FilterBar("Search words", [Filter(sort.name, words) for sort, words in _SHOWN])
        self.table: Table[WordLine] = Table(
            "Words that are looked for",
            (
                Column("What is looked for", text=lambda line: line.words, strong=True, stretch=True, least=180),
                Column("Topic", text=lambda line: line.topic_words, quiet=True, spare=True, width=110),
                Column("State", text=lambda line: line.sort.value, chip=lambda line: SORT_CHIPS[line.sort], width=150),
            ),
            key=lambda line: line.key,
            empty=("wordlists", "No words match. Choose another filter, or add words of your own."),
        )
        self.add_button = primary("A&dd words...", self.add, icon="add")
        self.listing = Listing(self.table, "row", "rows", filters=self.filters, foot=self.add_button)
        self.about, self.adding, self.silencing = AboutWords(), AddPanel(), SilencePanel()
        self.stack = QStackedWidget()
        for piece in (self.about, self.adding, self.silencing):
            self.stack.addWidget(piece)
        left = column(column(self.header, self.banner, self.form, margin=PAGE), rule(), self.listing, gap=0)
        self.split = ListDetail(left, self.stack, shell.settings, "wordlists", share=0.5)
        self._connect()
        self.begin_at = self.table
        self._filling = False
        self.set_content(self.split)

    def refresh(self) -> None:
        """Read the lists again; a form that is open stays."""
        self.presenter.load()
        if self._wanted.startswith(_FOUND):
            self._look_behind(int(self._wanted.removeprefix(_FOUND)))
            self._wanted = ""
            return
        self._fill()

    def on_changes(self, changes: frozenset[str], initiator: object) -> None:
        """Somebody else changed the words."""
        if initiator is not self and "words" in changes:
            self.refresh_when_seen()

    def focus_filter(self) -> bool:
        """Ctrl+F."""
        return self.listing.focus_filter()

    def leave(self) -> bool:
        """Esc: from a form to the row, from the row to the list in a narrow window."""
        if self.stack.currentWidget() is not self.about:
            self._put_away()
            return True
        return self.split.show_list()

    def may_close(self) -> bool:
        """Words that were written are asked about."""
        written = self.stack.currentWidget() is self.adding and self.adding.phrase.text().strip()
        return not written or confirm(
            self, "Leave without adding?", "The words that you wrote are lost.", "&Leave it", danger=True
        )

    def add(self) -> None:
        """The form for words of the school's own."""
        self.adding.open_for(self.presenter.check)
        self._open(self.adding)

    def silence(self, phrase: str | None = None) -> None:
        """The form for silencing the chosen row, or one phrase of it."""
        line = self.table.current()
        if line is not None and line.entry is not None:
            self.silencing.open_for(line, phrase)
            self._open(self.silencing)

    def try_(self, change: OwnPhrase | Silenced) -> None:
        """Try it on the last term; the form's result says what would change."""
        panel = self._panel()

        def shown(tried: Tried) -> None:
            panel.result.show_tried(tried)
            panel.page.ensureWidgetVisible(panel.result)

        self.shell.run(
            lambda ticket: self.presenter.try_(change, ticket),
            shown,
            panel.banner.problem,
            words="Trying the words",
            alongside=True,
        )

    def put_in_force(self, change: OwnPhrase | Silenced) -> None:
        """Change the list; what it touches is checked again."""
        if isinstance(change, OwnPhrase):
            said = "The words are ruled out." if change.is_exception else "The words are added."
            self._change(lambda ticket: self.presenter.add(change, ticket, self), said, "first")
            return
        why = self.silencing.why.toPlainText()
        self._change(lambda ticket: self.presenter.silence(change, why, ticket, self), "The words are silenced.")

    def end(self, phrase_id: int) -> None:
        """Take a phrase of the school's own out, after asking."""
        if confirm(
            self,
            "Take these words out?",
            "They are no longer looked for or ruled out. What rests on them alone is marked so, and kept.",
            "&Take out",
            danger=True,
        ):
            self._change(lambda ticket: self.presenter.end(phrase_id, ticket, self), "The words are taken out.")

    def lift(self, silence_id: int) -> None:
        """Look for something again."""
        self._change(lambda ticket: self.presenter.lift(silence_id, ticket, self), "The words are looked for again.")

    def _connect(self) -> None:
        self.which.currentIndexChanged.connect(self._choose_check)
        self.filters.changed.connect(self._fill)
        self.table.on_chosen(self._choose_line)
        self.table.on_opened(lambda _line: self._show_about())
        self.about.silence_wanted.connect(self.silence)
        self.about.end_wanted.connect(self.end)
        self.about.lift_wanted.connect(self.lift)
        for panel in (self.adding, self.silencing):
            panel.trial_wanted.connect(self.try_)
            panel.wanted.connect(self.put_in_force)
            panel.left.connect(self._put_away)

    def _change(self, do: Callable[[Ticket], object], said: str, choose: str = "") -> None:
        panel = self._panel() if self.stack.currentWidget() is not self.about else None

        def done(_result: object) -> None:
            self.presenter.load()
            self.stack.setCurrentWidget(self.about)
            self._fill()
            if choose and len(self.table.rows):
                self.table.choose_place(0)
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
            self.shell.done(said)

        def problem(problem: Problem) -> None:
            (panel.banner if panel is not None else self.banner).problem(problem)

        self.shell.run(do, done, problem, words="Checking again what the words touch")

    def _look_behind(self, finding_id: int) -> None:
        try:
            found = self.presenter.behind(finding_id)
        except Problem as problem:
            self._fill()
            self.banner.problem(problem)
            return
        self._fill()
        if found is None or not self.table.choose(found[0]):
            self.banner.problem(
                "No phrase of the lists stands behind this finding. It was found by what the whole item says. "
                "Rule out words of it instead: choose Add words, then Rule these words out."
            )
            return
        if self.presenter.may_change and found[0].startswith("shipped:"):
            self.silence(found[1])

    def _fill(self) -> None:
        self._filling = True
        self.which.clear()
        for value, words in self.presenter.choices():
            self.which.addItem(words, value)
        self.which.setCurrentIndex(max(0, self.which.findData(self.presenter.check.value)))
        self._filling = False
        counts = self.presenter.counts()
        for sort, _ in _SHOWN:
            self.filters.set_count(sort.name, counts[sort.name])
        self.add_button.setEnabled(self.presenter.may_change)
        self.table.set_rows(self.presenter.lines(self.filters.text, self.filters.on), choose_first=True)
        self._choose_line(self.table.current())

    def _choose_check(self) -> None:
        value = self.which.currentData()
        if self._filling or value is None or value == self.presenter.check.value:
            return
        self.presenter.check = Check(value)
        self.stack.setCurrentWidget(self.about)
        self._fill()

    def _choose_line(self, line: WordLine | None) -> None:
        self.about.show_line(line, may_change=self.presenter.may_change if self.presenter.lists else False)

    def _show_about(self) -> None:
        self.stack.setCurrentWidget(self.about)
        self.split.show_detail()

    def _open(self, panel: ChangePanel) -> None:
        self.stack.setCurrentWidget(panel)
        self.split.show_detail()
        panel.begin()

    def _put_away(self) -> None:
        self.stack.setCurrentWidget(self.about)
        self.split.show_list()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _panel(self) -> ChangePanel:
        shown: QWidget | None = self.stack.currentWidget()
        assert isinstance(shown, ChangePanel)
        return shown

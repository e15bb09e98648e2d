"""Before posting: paste a draft, tick who is in the pictures, see what stands against it, copy it with names put right.

Everybody may use it. Nothing written here is kept: only that a check was made (T12).
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QComboBox

from app.domain.content import Kind, Media
from app.domain.problems import Problem
from app.services.before_posting import DraftChecked
from app.services.office import Office
from app.ui.parts.arrange import STRETCH, column, row, rule, scrolling, wrapping
from app.ui.parts.banner import Banner
from app.ui.parts.buttons import plain, primary
from app.ui.parts.form import Form
from app.ui.parts.header import PageHeader
from app.ui.parts.split import ListDetail
from app.ui.screens.posting.outcome import Outcome
from app.ui.screens.posting.presenter import MEDIA_WORDS, PostingPresenter
from app.ui.screens.posting.ticks import Ticks
from app.ui.shell.area import Screen, Shell
from app.ui.theme.spacing import BETWEEN

_MNEMONICS = {Media.PHOTO: "&Photographs", Media.VIDEO: "&Videos", Media.WORK: "Pupils' &work"}


class PostingScreen(Screen):
    """The draft at the left, what came of checking it at the right."""

    def __init__(self, shell: Shell, office: Office) -> None:
        super().__init__(shell, "Before posting", "posting")
        self.presenter = PostingPresenter(office)
        self.banner = Banner()
        first, kinds, classes, form = (Form(width=0) for _ in range(4))
        self.draft = first.passage("&Draft", lines=7, hint="What you mean to post. It is not kept.")
        self.kind: QComboBox = kinds.choice("It &is", [(kind, kind.words) for kind in self.presenter.kinds])
        self.class_: QComboBox = classes.choice("C&lass", [])
        for choice in (self.kind, self.class_):
            choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.media: dict[Media, QCheckBox] = {}
        for kind, words in _MNEMONICS.items():
            tick = QCheckBox(words)
            tick.setAccessibleName(MEDIA_WORDS[kind])
            tick.toggled.connect(self._changed)
            self.media[kind] = tick
        carries = wrapping(*self.media.values())
        form.add("It carries", carries)
        self.ticks = form.add("C&hildren in the pictures", Ticks())
        self.check_button = primary("&Check", self.check)
        self._classes = classes
        self.outcome = Outcome(shell.done)
        above = scrolling(
            PageHeader("Before posting", "See who may be shown, and what the policy says, before families see it."),
            self.banner,
            first,
            row(kinds, classes, STRETCH, gap=BETWEEN),
            form,
        )
        below = row(plain("Start &again", self.start_again), STRETCH, self.check_button, margin=BETWEEN)
        left = column(above, rule(), below, gap=0)
        self.split = ListDetail(left, self.outcome, shell.settings, "posting", share=0.5, back="Bac&k to the draft")
        self.set_content(self.split)
        self.begin_at = self.draft
        self.draft.textChanged.connect(self._changed)
        self.kind.currentIndexChanged.connect(self._choose)
        self.class_.currentIndexChanged.connect(self._choose)
        self.ticks.changed.connect(self._changed)
        keys = QShortcut(QKeySequence("Ctrl+Return"), self.draft)
        keys.setContext(Qt.ShortcutContext.WidgetShortcut)
        keys.activated.connect(self.check)
        self._ready = False

    def refresh(self) -> None:
        """Read the classes and children; the draft stays as it is."""
        chosen = self.class_.currentData()
        self.presenter.load()
        blocked = self.class_.blockSignals(True)
        self.class_.clear()
        for id_, words in self.presenter.classes:
            self.class_.addItem(words, id_)
        self.class_.setCurrentIndex(max(self.class_.findData(chosen), 0 if self.class_.count() else -1))
        self.class_.blockSignals(blocked)
        self._choose()
        if not self._ready:
            self._ready = True
            self.shell.run(self.presenter.get_ready, lambda _none: None, words="Reading the word lists", alongside=True)

    def on_changes(self, changes: frozenset[str], initiator: object) -> None:
        """Classes, names or permissions changed."""
        if changes & {"pupils", "school", "permissions"}:
            self.refresh_when_seen()

    def check(self) -> None:
        """Check what is in hand."""
        self.banner.hide()
        self.check_button.setEnabled(False)
        text, kind, class_id = self.draft.toPlainText(), Kind(self.kind.currentData()), self.class_.currentData()
        pupils = self.ticks.ticked
        media = tuple(kind for kind, tick in self.media.items() if tick.isChecked())
        self.shell.run(
            lambda _ticket: self.presenter.check(text, kind, class_id, pupils, media),
            lambda done: self._show(text, done),
            self._failed,
            words="Checking the draft",
        )

    def start_again(self) -> None:
        """An empty draft for the same class."""
        self.draft.clear()
        for tick in self.media.values():
            tick.setChecked(False)
        self.ticks.clear()
        self.banner.hide()
        self.split.show_list()
        self.draft.setFocus(Qt.FocusReason.OtherFocusReason)

    def leave(self) -> bool:
        """Esc goes from the outcome to the draft, in a narrow window."""
        return self.split.show_list()

    def _show(self, text: str, done: DraftChecked) -> None:
        self.check_button.setEnabled(True)
        self.outcome.show_done(text, done, self.presenter.verdict(done))
        self.split.show_detail()

    def _failed(self, problem: Problem) -> None:
        self.check_button.setEnabled(True)
        self.split.show_list()
        self.banner.problem(problem)

    def _choose(self) -> None:
        kind = Kind(self.kind.currentData())
        whole = kind is Kind.SCHOOL_STORY
        self._classes.show_field(self.class_, not whole)
        self.ticks.show_children(self.presenter.children(kind, self.class_.currentData()), whole_school=whole)
        self._changed()

    def _changed(self) -> None:
        self.outcome.grow_stale()

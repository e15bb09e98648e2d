"""The September assistant: who goes where, then the plan, then it is done, and can be taken back (H7, T11)."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QDate
from PySide6.QtWidgets import QStackedWidget

from app.domain.problems import Problem
from app.domain.words import day_words, moment_words
from app.services.office import Office
from app.ui.parts.arrange import page
from app.ui.parts.banner import Banner
from app.ui.parts.buttons import secondary
from app.ui.parts.chip import Chip, Tone
from app.ui.parts.confirm import confirm
from app.ui.parts.header import PageHeader
from app.ui.screens.september.done_page import DonePage
from app.ui.screens.september.plan_page import PlanPage
from app.ui.screens.september.presenter import SeptemberPresenter, done_words
from app.ui.screens.september.where_page import WherePage
from app.ui.shell.area import Screen, Shell


class SeptemberScreen(Screen):
    """Three pages, one at a time. What was changed is asked about before it is left."""

    def __init__(self, shell: Shell, office: Office) -> None:
        super().__init__(shell, "New school year", "september")
        self.presenter = SeptemberPresenter(office)
        self.banner = Banner()
        self.save_button = secondary("&Keep the draft", self.save, icon="save")
        self.discard_button = secondary("Begin a&gain", self.discard, icon="undo")
        self.header = PageHeader("New school year", actions=[self.discard_button, self.save_button])
        self.where = WherePage(self.presenter, shell.settings)
        self.plan = PlanPage(self.presenter)
        self.done = DonePage(self.presenter)
        self.pages = QStackedWidget()
        for each in (self.where, self.plan, self.done):
            self.pages.addWidget(each)
        self.where.changed.connect(self._show)
        self.where.opened.connect(lambda pupil: shell.open_record("pupil", pupil))
        self.where.onward.connect(self.look_at_plan)
        self.plan.changed.connect(self._show)
        self.plan.back.connect(self.look_at_places)
        self.plan.applied.connect(self.apply)
        self.done.undone.connect(self.take_back)
        self.done.codes.connect(lambda: shell.open_record("issue", 0))
        self.done.lists.connect(lambda: shell.open_area("sheets"))
        self.done.leavers.connect(lambda: shell.open_record("leavers", 0))
        self.set_content(page(self.header, self.banner, self.pages))
        self.begin_at = self.where.table

    def refresh(self) -> None:
        """Read the draft again, unless one is in hand."""
        if not self.presenter.is_changed:
            self.presenter.load()
        self.pages.setCurrentWidget(self.done if self.presenter.is_applied else self._planning())
        self._show()

    def on_changes(self, changes: frozenset[str], initiator: object) -> None:
        """The register or the draft changed elsewhere."""
        if changes & {"pupils", "school", "september"} and initiator is not self:
            self.refresh_when_seen()

    def look_at_plan(self) -> None:
        """From who goes where to what that does."""
        self.pages.setCurrentWidget(self.plan)
        self._show()
        self.plan.table.setFocus()

    def look_at_places(self) -> None:
        """Back to who goes where."""
        self.pages.setCurrentWidget(self.where)
        self._show()
        self.where.table.setFocus()

    def leave(self) -> bool:
        """Esc: from the plan back to the places."""
        if self.pages.currentWidget() is self.plan:
            self.look_at_places()
            return True
        return self.where.split.show_list() if self.pages.currentWidget() is self.where else False

    def may_close(self) -> bool:
        """A draft that is not kept is asked about."""
        return not self.presenter.is_changed or confirm(
            self,
            "Leave without keeping the draft?",
            "What you changed since you last kept it is lost.",
            "&Leave it",
            danger=True,
        )

    def save(self) -> None:
        """Keep the draft, to go on later."""
        if self._do(lambda: self.presenter.save(self)):
            self.shell.done("The draft is kept. Go on whenever you like: nothing has happened yet.")

    def discard(self) -> None:
        """Begin again from a proposal."""
        if confirm(
            self,
            "Begin again?",
            "The draft is thrown away, and everybody is proposed a place anew.",
            "&Begin again",
            danger=True,
        ) and self._do(lambda: self.presenter.discard(self)):
            self.look_at_places()

    def apply(self) -> None:
        """Do what the plan says."""
        if not confirm(
            self,
            f"Change to {self.presenter.year}?",
            "Pupils change class, leavers' links end, class lists are issued anew. You can take it back until "
            "something is built on it. It runs once a year.",
            "&Apply the plan",
        ):
            return
        try:
            told = done_words(self.presenter.apply(self))
        except Problem as problem:
            self.banner.problem(problem)
            return
        self.banner.say(Tone.GOOD, f"{self.presenter.year} is applied.", told)
        self.pages.setCurrentWidget(self.done)
        self.shell.recount()
        self._show()
        self.done.codes_button.setFocus()

    def take_back(self) -> None:
        """Undo it as a whole."""
        if confirm(
            self,
            "Take the change back?",
            "Every pupil goes back to the class and year group of before, with links and codes. The draft is kept.",
            "&Take it back",
            danger=True,
        ) and self._do(lambda: self.presenter.undo(self)):
            self.shell.recount()
            self.look_at_places()
            self.shell.done("Taken back. The draft is here to go on with.")

    def _planning(self) -> WherePage | PlanPage:
        return self.plan if self.pages.currentWidget() is self.plan else self.where

    def _do(self, do: Callable[[], object]) -> bool:
        try:
            do()
        except Problem as problem:
            self.banner.problem(problem)
            return False
        self.banner.dismiss()
        self._show()
        return True

    def _show(self) -> None:
        state, presenter = self.presenter.state, self.presenter
        if state is None or presenter.draft is None:
            return
        applied, may = presenter.is_applied, presenter.may_change
        if applied and state.applied_at is not None:
            about = f"Applied {moment_words(state.applied_at, presenter.zone)} by {state.applied_by}."
            chips = [Chip("done", "Done", Tone.GOOD)]
        else:
            about = presenter.summary()
            chips = [Chip("edit", "Not kept yet", Tone.WARN)] if presenter.is_changed else []
            if state.saved_at is not None and not presenter.is_changed:
                chips = [Chip("save", f"Draft of {day_words(state.saved_at.date())}", Tone.INFO)]
        self.header.say(title=f"New school year {presenter.year}", subtitle=about, chips=chips)
        self.save_button.setVisible(may and not applied)
        self.save_button.setEnabled(presenter.is_changed or not state.version)
        self.discard_button.setVisible(may and not applied)
        self.discard_button.setEnabled(presenter.is_changed or bool(state.version))
        self.where.show_places()
        day = presenter.draft.last_day
        self.plan.show_plan(QDate(day.year, day.month, day.day))
        self.done.show_done()

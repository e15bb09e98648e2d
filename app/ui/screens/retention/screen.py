"""How long records are kept: the schedule, what is due today, what is held, what was destroyed (K4)."""

from __future__ import annotations

from app.services.office import Office
from app.ui.parts.tabs import Tabs
from app.ui.screens.retention.due_page import DuePage
from app.ui.screens.retention.holds_page import HoldsPage
from app.ui.screens.retention.lists_page import ListsPage
from app.ui.screens.retention.presenter import RetentionPresenter
from app.ui.screens.retention.schedule_page import SchedulePage
from app.ui.shell.area import Screen, Shell

RetentionPage = SchedulePage | DuePage | HoldsPage | ListsPage


class RetentionScreen(Screen):
    """Everybody reads the schedule; leaders the lists; the headteacher alone what is due and held."""

    def __init__(self, shell: Shell, office: Office) -> None:
        super().__init__(shell, "Retention", "retention")
        self.presenter = RetentionPresenter(office)
        self.schedule = SchedulePage(shell, self.presenter)
        self.due = DuePage(shell, self.presenter)
        self.holds = HoldsPage(shell, self.presenter)
        self.lists = ListsPage(shell, self.presenter)
        self.tabs = Tabs("Pages of the retention schedule")
        decides, sees = self.presenter.may_decide, self.presenter.may_see_lists
        self._pages: dict[str, RetentionPage] = {}
        for key, words, page, shown in (
            ("schedule", "Schedule", self.schedule, True),
            ("due", "Due today", self.due, decides),
            ("holds", "Held", self.holds, decides),
            ("lists", "Destroyed", self.lists, sees),
        ):
            if shown:
                self._pages[key] = page
                self.tabs.add(key, words, page)
            else:
                page.setParent(self)
                page.hide()
        self.tabs.changed.connect(self._turned)
        self.set_content(self.tabs)
        self.begin_at = self.schedule.table

    def refresh(self) -> None:
        """Read the page that shows again."""
        self._pages[self.tabs.key].refresh()

    def on_changes(self, changes: frozenset[str], initiator: object) -> None:
        """A line, a hold or a leaver's months changed."""
        if changes & {"retention", "leavers"} and initiator not in self._pages.values():
            self.refresh_when_seen()

    def look_through(self, lens: str) -> None:
        """A page by its key."""
        self.tabs.show_page(lens)

    def print_(self) -> bool:
        """Ctrl+P: the chosen destruction list."""
        return self.tabs.key == "lists" and self.lists.print_()

    def _turned(self, key: str) -> None:
        self._pages[key].refresh()
        self.begin_at = self._pages[key].table

"""Monitoring: looks drawn by chance, weekly figures, settings found, histories asked for (M1)."""

from __future__ import annotations

from app.services.office import Office
from app.ui.parts.tabs import Tabs
from app.ui.screens.monitoring.found_settings import SettingsPage
from app.ui.screens.monitoring.histories import HistoriesPage
from app.ui.screens.monitoring.plan import PlanPage
from app.ui.screens.monitoring.weeks import WeeksPage
from app.ui.shell.area import Screen, Shell


class MonitoringScreen(Screen):
    """Four pages; the plan first."""

    def __init__(self, shell: Shell, office: Office) -> None:
        super().__init__(shell, "Monitoring", "monitoring")
        self.plan = PlanPage(shell, office)
        self.weeks = WeeksPage(shell, office)
        self.found = SettingsPage(shell, office)
        self.histories = HistoriesPage(shell, office)
        self._pages: dict[str, PlanPage | WeeksPage | SettingsPage | HistoriesPage] = {
            "plan": self.plan,
            "weeks": self.weeks,
            "settings": self.found,
            "histories": self.histories,
        }
        self.tabs = Tabs("Pages of monitoring")
        for key, words in (
            ("plan", "Looks"),
            ("weeks", "Weekly figures"),
            ("settings", "Settings in ClassDojo"),
            ("histories", "Message histories"),
        ):
            self.tabs.add(key, words, self._pages[key])
        self.tabs.changed.connect(self._turned)
        self.set_content(self.tabs)
        self.begin_at = self.plan.table

    def refresh(self) -> None:
        """Read the page that shows again."""
        self._pages[self.tabs.key].refresh()

    def on_changes(self, changes: frozenset[str], initiator: object) -> None:
        """Somebody planned, drew, looked or noted."""
        if initiator not in self._pages.values() and changes & {"samples", "school"}:
            self.refresh_when_seen()

    def look_through(self, lens: str) -> None:
        """A page by its key ("weeks")."""
        self.tabs.show_page(lens)

    def leave(self) -> bool:
        """From a look back to the list, in a narrow window."""
        return self.tabs.key == "plan" and self.plan.leave()

    def _turned(self, key: str) -> None:
        self._pages[key].refresh()
        self.begin_at = self._pages[key].table

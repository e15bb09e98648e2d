"""One case on a screen of its own: opened from Today, or in a second window."""

from __future__ import annotations

from app.services.office import Office
from app.ui.screens.cases.case_panel import CasePanel
from app.ui.screens.cases.presenter import CasesPresenter
from app.ui.shell.area import Screen, Shell


class CaseScreen(Screen):
    """Opening it is a look, and is audited as one."""

    def __init__(self, shell: Shell, office: Office, case_id: int) -> None:
        super().__init__(shell, "Case", "cases")
        self._case_id = case_id
        self._register = CasesPresenter(office)
        self.panel = CasePanel(shell, office)
        self.set_content(self.panel)

    def refresh(self) -> None:
        """Read the case, or read it again where it was changed."""
        if self.panel.case_id is None:
            self.panel.pair.setVisible(self.panel.open(self._case_id))
        else:
            self.panel.compare(self._register.find(self._case_id))

    def take_focus(self) -> None:
        """Begin at the decision."""
        if self.panel.case_id is not None:
            self.panel.focus_record()
        else:
            super().take_focus()

    def on_changes(self, changes: frozenset[str], initiator: object) -> None:
        """Somebody else decided, or added a note."""
        if initiator is not self.panel and "cases" in changes:
            self.refresh_when_seen()

    def may_close(self) -> bool:
        """Words that were begun are asked about."""
        return self.panel.may_close()

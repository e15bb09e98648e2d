"""One item on a screen of its own: opened from a pupil's record, or in a second window."""

from __future__ import annotations

from app.services.office import Office
from app.ui.screens.review.item_desk import ItemDesk
from app.ui.shell.area import Screen, Shell


class ItemScreen(Screen):
    """The same desk as in Review, without the queue."""

    def __init__(self, shell: Shell, office: Office, item_id: int) -> None:
        super().__init__(shell, "Item", "review")
        self._item_id = item_id
        self.desk = ItemDesk(shell, office)
        self.desk.bind_keys(self)
        self.desk.decided.connect(self.desk.focus_card)
        self.desk.left.connect(self.desk.focus_card)
        self.desk.gone.connect(self._gone)
        self.desk.lost.connect(self.desk.pair.hide)
        self.set_content(self.desk)

    def refresh(self) -> None:
        """Read the item, or read it again."""
        if self.desk.presenter.shown is None:
            self.desk.pair.setVisible(self.desk.open(self._item_id))
        else:
            self.desk.reread()

    def take_focus(self) -> None:
        """Begin at the first finding that waits."""
        self.desk.focus_card()

    def on_changes(self, changes: frozenset[str], initiator: object) -> None:
        """Somebody else judged, or a ruling changed."""
        if initiator is not self.desk and changes & {"review", "content", "pupils", "permissions"}:
            self.refresh_when_seen()

    def leave(self) -> bool:
        """Esc closes the reason panel first."""
        return self.desk.step_back()

    def undo(self) -> bool:
        """Ctrl+Z."""
        return self.desk.undo()

    def _gone(self) -> None:
        self.desk.pair.hide()
        self.shell.back()

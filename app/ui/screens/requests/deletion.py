"""What deleting would take away and leave, the headteacher's approval, and the certificate afterwards (H12)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from app.domain.data_requests import Result
from app.domain.problems import Problem
from app.services.data_erasure import ErasurePreview
from app.services.data_request_board import DataRequestLine
from app.ui.parts.arrange import STRETCH, clear, row
from app.ui.parts.buttons import danger, secondary
from app.ui.parts.card import Card
from app.ui.parts.confirm import ask_reason
from app.ui.parts.facts import Facts
from app.ui.parts.text import body, quiet, strong
from app.ui.screens.requests.presenter import RequestsPresenter, file_name, offers_deletion
from app.ui.theme.current import theme
from app.ui.theme.spacing import TIGHT

_HEAD_ONLY = "The headteacher approves a deletion and carries it out."


class Notes(QWidget):
    """What, and below it why, one under the other."""

    def __init__(self) -> None:
        super().__init__()
        self._down = QVBoxLayout(self)
        self._down.setContentsMargins(0, 0, 0, 0)
        self._down.setSpacing(theme().px(TIGHT))

    def show_notes(self, notes: Iterable[tuple[str, str]]) -> None:
        """Show these instead."""
        clear(self._down)
        for what, why in notes:
            self._down.addWidget(body(what))
            self._down.addWidget(quiet(why))
            self._down.addSpacing(theme().px(TIGHT))


class DeletionCard(QWidget):
    """For leaders, on a request that asks for a deletion."""

    def __init__(
        self, presenter: RequestsPresenter, settled: Callable[[str], object], failed: Callable[[Problem], object]
    ) -> None:
        super().__init__()
        self.presenter, self._settled, self._failed = presenter, settled, failed
        self.line: DataRequestLine | None = None
        self.shown: ErasurePreview | None = None
        self.goes, self.stays = Facts(), Notes()
        self.against = strong()
        self.who = quiet(_HEAD_ONLY)
        self.delete_button = danger("&Delete the record...", self.delete)
        self.certificate_button = secondary("Save the cer&tificate...", self.certify, icon="pdf")
        self._goes_head, self._stays_head = strong("What would go"), strong("What stays, and why")
        self.card = Card(
            "Deleting",
            self.against,
            self._goes_head,
            self.goes,
            self._stays_head,
            self.stays,
            self.who,
            row(STRETCH, self.certificate_button, self.delete_button),
        )
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.card)

    def show_request(self, line: DataRequestLine | None) -> None:
        """Show what concerns this request; nothing where it asks for something else."""
        self.line, self.shown = line, None
        self.against.setText("")
        erased = line is not None and line.result is Result.ERASED
        asks = line is not None and offers_deletion(line)
        self.setVisible(self.presenter.may_read and (erased or asks))
        if line is None or not self.presenter.may_read or not (erased or asks):
            return
        ready = asks and self._preview(line)
        if erased:
            self.against.setText("The record was deleted. The certificate says what went, and names nobody.")
        for piece in (self._goes_head, self.goes, self._stays_head, self.stays):
            piece.setVisible(asks)
        self.against.setVisible(bool(self.against.text()))
        self.delete_button.setVisible(asks and self.presenter.may_delete)
        self.delete_button.setEnabled(ready)
        self.who.setVisible(asks and not self.presenter.may_delete)
        self.certificate_button.setVisible(erased)

    def _preview(self, line: DataRequestLine) -> bool:
        """Show what would go and stay; whether it can go now."""
        try:
            shown = self.presenter.preview(line)
        except Problem as problem:
            self._failed(problem)
            return False
        self.shown = shown
        self.against.setText(shown.against)
        self.goes.show_facts([(what, f"{count:,}") for what, count in shown.goes])
        self.stays.show_notes(shown.stays)
        return not shown.against

    def delete(self) -> None:
        """Ask the headteacher for a last word, then delete what was shown."""
        line, shown = self.line, self.shown
        if line is None or shown is None:
            return
        why = ask_reason(
            self,
            "Delete this record for good?",
            "Everything listed under “What would go” is deleted now, in one step. It cannot be brought back.",
            "&Delete for good",
            label="&Why you approve it",
            danger=True,
        )
        if why is None:
            return
        try:
            self.presenter.erase(line, shown, why, self)
        except Problem as problem:
            self._failed(problem)
            return
        self._settled("The record is deleted. Save the certificate.")

    def certify(self) -> None:
        """Save the certificate where the person says."""
        if self.line is None:
            return
        name = file_name(self.line, "-certificate.pdf")
        place, _ = QFileDialog.getSaveFileName(self, "Save the certificate", name, "PDF (*.pdf)")
        if place:
            self.certify_to(Path(place).with_suffix(".pdf"))

    def certify_to(self, place: Path) -> None:
        """Save the certificate into this file."""
        if self.line is None:
            return
        try:
            self.presenter.certify(self.line, place, self)
        except Problem as problem:
            self._failed(problem)
            return
        self._settled("The certificate is saved.")

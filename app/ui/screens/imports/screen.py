"""Bring in: drop files, see what they would do, apply it once."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.domain.problems import Problem
from app.services.office import Office
from app.ui.parts.arrange import STRETCH, clear, page, row
from app.ui.parts.banner import Banner
from app.ui.parts.buttons import primary, secondary
from app.ui.parts.chip import Chip, Tone
from app.ui.parts.columns import Column
from app.ui.parts.glyph import Glyph
from app.ui.parts.header import PageHeader
from app.ui.parts.listing import Listing
from app.ui.parts.stat import StatTile
from app.ui.parts.table import Table
from app.ui.parts.text import quiet, strong
from app.ui.screens.imports.presenter import ImportPresenter, PlanLine
from app.ui.shell.area import Screen, Shell
from app.ui.theme.current import theme
from app.ui.theme.spacing import BETWEEN, ICON_LARGE, WITHIN

_TONES = {
    "New": ("add", Tone.GOOD),
    "Changed": ("edit", Tone.INFO),
    "Rejected": ("stop", Tone.STOP),
    "May have left": ("removed", Tone.WARN),
    "Please look": ("warn", Tone.WARN),
}


class ImportScreen(Screen):
    """The register, or posts and messages. Nothing is written before the person has seen the plan."""

    def __init__(self, shell: Shell, office: Office) -> None:
        super().__init__(shell, "Bring in", "imports")
        self.presenter = ImportPresenter(office)
        self.banner = Banner()
        self.drop = DropPanel()
        self.drop.chosen.connect(self.read)
        self.table: Table[PlanLine] = Table(
            "What bringing this in would do",
            (
                Column("Outcome", text=lambda line: line.outcome, chip=_chip, width=160),
                Column("Who", text=lambda line: line.who, strong=True, width=220),
                Column("What", text=lambda line: line.what, stretch=True),
            ),
            key=lambda line: line.key,
        )
        self.listing = Listing(self.table, "row", "rows")
        self.apply_button = primary("&Bring in", self.apply)
        self._figures = QHBoxLayout()
        self._figures.setSpacing(theme().px(BETWEEN))
        self._plan = QWidget()
        down = QVBoxLayout(self._plan)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(theme().px(BETWEEN))
        down.addLayout(self._figures)
        down.addWidget(self.listing, 1)
        down.addWidget(row(STRETCH, secondary("&Leave it", self.put_away), self.apply_button))
        self._plan.hide()
        self.header = PageHeader("Bring in", "Class lists from your own system, or what you saved from ClassDojo.")
        self.set_content(page(self.header, self.banner, self.drop, self._plan))
        self.setAcceptDrops(True)

    def read(self, files: Sequence[Path]) -> None:
        """Read files and show what they would do."""
        self.banner.hide()
        self.shell.run(
            lambda ticket: self.presenter.read(files, ticket),
            lambda _presenter: self._show(),
            self._failed,
            words="Reading the files",
            alongside=True,
        )

    def apply(self) -> None:
        """Write the plan, once."""
        self.apply_button.setEnabled(False)
        self.shell.run(
            lambda ticket: self.presenter.apply(ticket, self),
            self._applied,
            self._failed,
            words="Bringing in",
        )

    def put_away(self) -> None:
        """Leave the files as they are; nothing was changed."""
        self.presenter.clear()
        self._plan.hide()
        self.drop.show()
        self.drop.setFocus(Qt.FocusReason.OtherFocusReason)

    def leave(self) -> bool:
        """Esc puts the plan away."""
        if self._plan.isHidden():
            return False
        self.put_away()
        return True

    def may_close(self) -> bool:
        """A plan that was not applied can be read again at any time."""
        return True

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        files = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if files:
            event.acceptProposedAction()
            self.read(files)

    def _show(self) -> None:
        self.drop.hide()
        clear(self._figures)
        for word, number in self.presenter.figures():
            self._figures.addWidget(StatTile(f"{number:,}", word))
        lines = self.presenter.lines()
        self.table.set_rows(lines)
        self.apply_button.setEnabled(self.presenter.worth_applying and self.presenter.may_apply)
        self._plan.show()
        if not self.presenter.worth_applying:
            self.banner.say(Tone.INFO, "There is nothing new in this file.", "All of it is here already.")
        elif not self.presenter.may_apply:
            self.banner.say(Tone.WARN, "You can look at this plan.", "The office or the headteacher brings it in.")

    def _applied(self, sentence: str) -> None:
        self.put_away()
        self.banner.say(Tone.GOOD, sentence)
        self.shell.recount()

    def _failed(self, problem: Problem) -> None:
        self.put_away()
        self.banner.problem(problem)


class DropPanel(QFrame):
    """Where files are dropped, or chosen from a window."""

    chosen = Signal(object)
    """The files, as paths."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("part", "drop")
        px = theme().px
        self.choose = primary("&Choose files", self._choose, icon="imports")
        self.folder = secondary("Choose a &folder", self._choose_folder)
        down = QVBoxLayout(self)
        down.setContentsMargins(px(BETWEEN), px(48), px(BETWEEN), px(48))
        down.setSpacing(px(WITHIN))
        centre = Qt.AlignmentFlag.AlignHCenter
        down.addStretch(1)
        down.addWidget(Glyph("imports", "accent", ICON_LARGE), 0, centre)
        head = strong("Drop files here")
        head.setAlignment(centre)
        down.addWidget(head)
        about = quiet(
            "Class lists (CSV or Excel), a common transfer file, OneRoster (folder or zip), a saved story feed, "
            "messages, points reports, e-mails. You see what they would do before anything is written."
        )
        about.setAlignment(centre)
        about.setFixedWidth(px(560))
        down.addWidget(about, 0, centre)
        down.addSpacing(px(WITHIN))
        down.addWidget(row(STRETCH, self.folder, self.choose, STRETCH))
        down.addStretch(1)
        self.setFocusProxy(self.choose)

    def _choose(self) -> None:
        names, _ = QFileDialog.getOpenFileNames(self, "Choose files")
        if names:
            self.chosen.emit([Path(name) for name in names])

    def _choose_folder(self) -> None:
        name = QFileDialog.getExistingDirectory(self, "Choose a folder")
        if name:
            self.chosen.emit([Path(name)])


def _chip(line: PlanLine) -> Chip:
    icon, tone = _TONES.get(line.outcome, ("quiet", Tone.QUIET))
    return Chip(icon, line.outcome, tone)

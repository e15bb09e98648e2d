"""Opening a case by hand: whom it concerns, the clause, what happened, files (M2)."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from app.domain.problems import Problem
from app.ui.parts.asking import Asking
from app.ui.parts.banner import Banner
from app.ui.parts.buttons import secondary
from app.ui.parts.text import quiet
from app.ui.screens.cases.opening_presenter import OpeningPresenter
from app.ui.screens.codes.dialogs import searchable


class OpeningDialog(Asking):
    """Accepted when the case is open; `case_id` is its id."""

    def __init__(self, parent: QWidget | None, presenter: OpeningPresenter) -> None:
        super().__init__(
            parent,
            "Open a case?",
            "For what was not found by a check. A message is better reported first: then its words are frozen with it.",
            "&Open the case",
            keep="&Not now",
        )
        self.presenter = presenter
        self.case_id: int | None = None
        self.banner = Banner()
        self.body.insertWidget(2, self.banner)
        self.whom = self.form.add(
            "&Whom it concerns", searchable(presenter.people()), hint="Type a part of the name to find it."
        )
        self.clause = self.form.choice("&Clause", presenter.clauses())
        self.summary = self.form.passage("What &happened", lines=4)
        self.files = quiet("")
        self.add = secondary("Add &files", self.choose, icon="evidence")
        self.form.below(self.summary, self.add)
        self.form.below(self.summary, self.files)
        self._show_files()
        self.whom.setFocus()

    def choose(self) -> None:
        """Choose files from a window."""
        names, _ = QFileDialog.getOpenFileNames(self, "Choose files")
        if names:
            self.take([Path(name) for name in names])

    def take(self, paths: list[Path]) -> None:
        """Take these files as evidence."""
        try:
            self.presenter.add_files(paths)
        except Problem as problem:
            self.banner.problem(problem)
            return
        self.banner.dismiss()
        self._show_files()

    def judge(self) -> None:
        """Somebody, and words; then the case is opened, or it is said why not."""
        place = self.whom.findText(self.whom.currentText())
        if place < 0:
            self.form.fault(self.whom, "Choose somebody from the list.")
        if not self.summary.toPlainText().strip():
            self.form.fault(self.summary, "Say in a sentence what happened.")

    def send(self) -> None:
        """Judge the fields, then open the case. The dialog stays where that is refused."""
        self.form.clear_faults()
        self.judge()
        if self.form.has_faults:
            return
        place = int(self.whom.itemData(self.whom.findText(self.whom.currentText())))
        try:
            self.case_id = self.presenter.open(
                place, str(self.clause.currentData()), self.summary.toPlainText(), self.parent()
            )
        except Problem as problem:
            self.banner.problem(problem)
            return
        self.accept()

    def _show_files(self) -> None:
        names = ", ".join(path.name for path in self.presenter.files)
        self.files.setText(f"With it: {names}" if names else "No files yet. They are kept as they are, with a seal.")

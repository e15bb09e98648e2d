"""Making the letter of a decision: language and reasons at the left, the letter as it will be at the right (M2, H2)."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QWidget

from app.domain.problems import Problem
from app.ui.parts.arrange import STRETCH, column, row, wrapping
from app.ui.parts.banner import Banner
from app.ui.parts.buttons import primary, secondary
from app.ui.parts.form import Form
from app.ui.parts.pages import PagesView
from app.ui.parts.text import body, quiet, section
from app.ui.screens.cases.letter_presenter import LetterPresenter
from app.ui.theme.current import theme
from app.ui.theme.spacing import BETWEEN, PAGE

_PAUSE = 400
"""Milliseconds without a key before the letter is drawn again."""


class LetterDialog(QDialog):
    """Accepted when the letter was saved; `wording` says that the person wants to change the wording instead."""

    def __init__(self, parent: QWidget | None, presenter: LetterPresenter) -> None:
        super().__init__(parent)
        self.presenter = presenter
        self.wording = False
        self.setWindowTitle("Schoolgate")
        self.setModal(True)
        self.setAccessibleName("Letter of the decision")
        px = theme().px
        self.resize(px(960), px(680))
        self.banner = Banner()
        self.form = Form(width=0)
        self.language = self.form.choice("&Language", presenter.choices(), presenter.language)
        self.reasons = self.form.passage("&Reasons, as the letter gives them", presenter.reasons, lines=9)
        self.about = quiet("")
        self.letter = PagesView("The letter")
        self.go = primary("&Save PDF", self.save, icon="pdf")
        left = column(
            section("Letter of the decision"),
            body(f"To {presenter.facts.to}, {presenter.facts.reference}. {presenter.facts.outcome.words}."),
            self.banner,
            self.form,
            self.about,
            wrapping(secondary("Change the &wording", self._reword, icon="letter")),
            STRETCH,
            gap=12,
        )
        left.setFixedWidth(px(370))
        right = column(self.letter, row(STRETCH, secondary("&Close", self.reject), self.go), gap=12)
        across = QHBoxLayout(self)
        across.setContentsMargins(px(PAGE), px(PAGE), px(PAGE), px(BETWEEN))
        across.setSpacing(px(PAGE))
        across.addWidget(left)
        across.addWidget(right, 1)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self.show_letter)
        self.language.currentIndexChanged.connect(self._chosen)
        self.reasons.textChanged.connect(self._pause.start)
        self._chosen()

    def show_letter(self) -> bool:
        """Draw the letter with what stands in the fields. False where it cannot be made: the reasons say why."""
        self._pause.stop()
        self.form.clear_faults()
        self.presenter.reasons = self.reasons.toPlainText()
        try:
            self.letter.show_pdf(self.presenter.pdf())
        except Problem as problem:
            self.form.fault(self.reasons, str(problem))
            return False
        return True

    def save(self) -> None:
        """Save the letter where the person says."""
        if not self.show_letter():
            return
        name = f"decision-{self.presenter.facts.reference}.pdf"
        place, _ = QFileDialog.getSaveFileName(self, "Save the letter", name, "PDF (*.pdf)")
        if place:
            self.save_to(Path(place).with_suffix(".pdf"))

    def save_to(self, place: Path) -> None:
        """Save into this file and note it in the case."""
        try:
            self.presenter.save(place)
        except Problem as problem:
            self.banner.problem(problem)
            return
        self.accept()

    def _chosen(self) -> None:
        self.presenter.language = str(self.language.currentData())
        self.about.setText(self.presenter.about())
        self.show_letter()

    def _reword(self) -> None:
        self.wording = True
        self.reject()

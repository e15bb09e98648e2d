"""The wording of letters: a language's words at the left, the letter as it will be at the right (P3, H2)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache

from PySide6.QtCore import QByteArray, Qt, QTimer
from PySide6.QtGui import QFontDatabase, QTextOption
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QWidget

from app.domain.problems import Problem
from app.services.office import Office
from app.ui.parts.arrange import STRETCH, column, row, rule, scrolling, wrapping
from app.ui.parts.banner import Banner
from app.ui.parts.buttons import primary, secondary
from app.ui.parts.chip import Chip, Tone
from app.ui.parts.confirm import confirm
from app.ui.parts.form import Form
from app.ui.parts.header import PageHeader
from app.ui.parts.pages import PagesView
from app.ui.parts.split import ListDetail
from app.ui.parts.text import body, caption
from app.ui.screens.letters.dialogs import ConfirmDialog
from app.ui.screens.letters.presenter import LettersPresenter
from app.ui.shell.area import Screen, Shell
from app.ui.theme.spacing import PAGE

_PAUSE = 400
"""Milliseconds without a key before the letter is drawn again."""
_TAKEN = "lgcwsb"
"""Letters that the buttons and the choice of language have."""


class LettersScreen(Screen):
    """Words are judged as they are written, and kept when they are saved."""

    def __init__(self, shell: Shell, office: Office, key: object) -> None:
        super().__init__(shell, "Wording of letters", "letters")
        self.presenter = LettersPresenter.of(office, key)
        self.banner = Banner()
        self.header = PageHeader("Wording of letters", self.presenter.kind.name)
        self.choosing, self.form = Form(), Form(width=0)
        self.language = self.choosing.choice("&Language", self.presenter.choices(), self.presenter.language)
        labels = with_mnemonics([part.label for part in self.presenter.kind.parts], _TAKEN)
        self.fields: dict[str, QPlainTextEdit] = {
            part.key: self.form.passage(label, lines=part.lines)
            for part, label in zip(self.presenter.kind.parts, labels, strict=True)
        }
        self.about = body()
        self.letter = PagesView("The letter")
        self.restore_button = secondary("&Go back to shipped...", self.restore, icon="undo")
        self.letter_button = secondary("Sho&w the letter", lambda: self.split.show_detail(), icon="letter")
        self.letter_button.hide()
        self.confirm_button = secondary("Note as &checked...", self.confirm_, icon="done")
        self.save_button = primary("&Save wording", self.save, icon="save")
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self.show_letter)
        self._filling = False
        self.language.currentIndexChanged.connect(self._choose)
        for field in self.fields.values():
            field.textChanged.connect(self._written)
        self.split = ListDetail(
            self._left(), self._right(), shell.settings, "letters", share=0.45, back="&Back to the words"
        )
        self.split.narrowed.connect(self.letter_button.setVisible)
        self.begin_at = self.language
        self._fill()
        self.set_content(self.split)

    def refresh(self) -> None:
        """Read the wordings again; what is written and not saved stays."""
        changed = self.presenter.is_changed(self.said())
        self.presenter.load()
        self._name_choices()
        if not changed:
            self._fill()
        self.show_letter()

    def on_changes(self, changes: frozenset[str], initiator: object) -> None:
        """A wording or the school's details changed elsewhere."""
        if initiator is not self and changes & {"letters", "school"}:
            self.refresh_when_seen()

    def said(self) -> dict[str, str]:
        """What stands in the fields."""
        return {key: field.toPlainText() for key, field in self.fields.items()}

    def save(self) -> None:
        """Keep the words, unless one of them is at fault."""
        if self._tell_faults():
            self._act(lambda: self.presenter.save(self.said(), self), "The wording is saved.")

    def restore(self) -> None:
        """Back to the shipped wording, after asking."""
        if confirm(
            self,
            "Go back to the shipped wording?",
            "Your school's own words for this language are no longer used. They cannot be brought back.",
            "&Go back",
            danger=True,
        ):
            self._act(lambda: self.presenter.restore(self), "The shipped wording is in force again.")

    def confirm_(self) -> None:
        """Note who has checked the wording."""
        dialog = ConfirmDialog(self, self.presenter.now.wording.language)
        speaker = dialog.speaker.text() if dialog.exec() == QDialog.DialogCode.Accepted else ""
        dialog.deleteLater()
        if speaker:
            self._act(lambda: self.presenter.confirm(speaker, self), "Noted. The letters are no longer marked a draft.")

    def show_letter(self) -> None:
        """Draw the letter with the words as they stand."""
        self._pause.stop()
        if not self._tell_faults():
            return
        try:
            self.letter.show_pdf(self.presenter.preview(self.said()))
        except Problem as problem:
            self.banner.problem(problem)
            return
        if self.letter.page_count > 1:
            self.banner.say(Tone.WARN, "The letter takes two pages.", "Make it shorter to keep it on one.")
        else:
            self.banner.dismiss()

    def leave(self) -> bool:
        """From the letter back to the words, in a narrow window; nowhere while words would be lost."""
        return self.split.show_list() or not self.may_close()

    def may_close(self) -> bool:
        """Asks where words are not saved."""
        return not self.presenter.is_changed(self.said()) or confirm(
            self, "Leave without saving?", "What you wrote is lost.", "&Leave without saving", danger=True
        )

    def _choose(self) -> None:
        wanted = str(self.language.currentData())
        if self._filling or wanted == self.presenter.language:
            return
        if not self.may_close():
            self._name_choices()
            return
        self.presenter.language = wanted
        self._fill()
        self.show_letter()

    def _written(self) -> None:
        if not self._filling:
            self._pause.start()
            self._offer()

    def _act(self, do: Callable[[], object], done: str) -> None:
        try:
            do()
        except Problem as problem:
            self.banner.problem(problem)
            return
        self._name_choices()
        self._fill()
        self.show_letter()
        self.shell.done(done)

    def _tell_faults(self) -> bool:
        """Say beside each part what is wrong with it. True where nothing is."""
        found = self.presenter.faults(self.said())
        for key, field in self.fields.items():
            if field.property("fault") == "true" or key in found:
                self._fault(field, found.get(key, ""))
        return not found

    def _fault(self, field: QWidget, sentence: str) -> None:
        """Without taking the keyboard from whoever writes."""
        kept = self.focusWidget()
        self.form.fault(field, sentence)
        if kept is not None and kept is not field and kept in self.fields.values():
            kept.setFocus(Qt.FocusReason.OtherFocusReason)

    def _name_choices(self) -> None:
        self._filling = True
        for at, (code, words) in enumerate(self.presenter.choices()):
            self.language.setItemText(at, words)
            if code == self.presenter.language:
                self.language.setCurrentIndex(at)
        self._filling = False

    def _fill(self) -> None:
        self._filling = True
        leftwards = self.presenter.now.wording.leftwards
        option = QTextOption()
        if leftwards:
            option.setTextDirection(Qt.LayoutDirection.RightToLeft)
            option.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute)
        rules = f"font-family: '{leftwards_family()}';" if leftwards else ""
        for key, words in self.presenter.said().items():
            self.fields[key].setStyleSheet(rules)
            self.fields[key].document().setDefaultTextOption(option)
            self.fields[key].setPlainText(words)
        self._filling = False
        self._offer()

    def _offer(self) -> None:
        now, changed = self.presenter.now, self.presenter.is_changed(self.said())
        self.header.say(subtitle=self.presenter.kind.name, chips=[chip(self.presenter)])
        self.about.setText(self.presenter.about())
        self.save_button.setEnabled(changed)
        self.restore_button.setEnabled(now.own)
        self.confirm_button.setEnabled(now.wording.draft and not changed)

    def _left(self) -> QWidget:
        listed = ", ".join(f"{{{name}}} {stands}" for name, stands in self.presenter.kind.fields.items())
        words = caption(f"Fields you may use: {listed}. Steps stand one to a line.")
        head = column(
            self.header,
            self.choosing,
            self.about,
            wrapping(self.restore_button, self.confirm_button, self.letter_button),
            gap=12,
            margin=PAGE,
        )
        return column(head, rule(), scrolling(words, self.form), gap=0)

    def _right(self) -> QWidget:
        return column(self.banner, self.letter, row(STRETCH, self.save_button), gap=12, margin=PAGE)


def chip(presenter: LettersPresenter) -> Chip:
    """How the wording stands."""
    now = presenter.now
    if now.wording.draft:
        return Chip("warn", "Draft", Tone.WARN)
    if now.confirmed_at is not None:
        return Chip("done", "Checked by a speaker", Tone.GOOD)
    return Chip("edit", "Your own words", Tone.INFO) if now.own else Chip("letter", "As it came", Tone.QUIET)


@cache
def leftwards_family() -> str:
    """The letters' own font for Arabic script: not every computer has each letter of Urdu and Sorani."""
    from reports.kit.fonts import leftwards_font  # only for whoever opens such a wording

    at = QFontDatabase.addApplicationFontFromData(QByteArray(leftwards_font()))
    return next(iter(QFontDatabase.applicationFontFamilies(at)), "")


def with_mnemonics(labels: Iterable[str], taken: str) -> list[str]:
    """Labels with a letter to reach each by; none where every letter is taken."""
    used, made = set(taken), []
    for label in labels:
        at = next((at for at, sign in enumerate(label) if sign.isalpha() and sign.casefold() not in used), None)
        if at is not None:
            used.add(label[at].casefold())
            label = f"{label[:at]}&{label[at:]}"
        made.append(label)
    return made

"""The wording of letters: drawn as it is written, judged beside its field, saved, checked, and back as it came."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from app.domain.problems import Problem
from app.services.letters import LetterWordings, SaveWording, Standing
from app.services.office import Office
from app.ui.areas import records
from app.ui.screens.letters.dialogs import ConfirmDialog
from app.ui.screens.letters.presenter import LettersPresenter
from app.ui.screens.letters.screen import LettersScreen, with_mnemonics
from app.ui.theme.apply import apply_theme
from tests.reports.test_letters import read_codes, words_of
from tests.screens.fakes import FakeShell
from tests.screens.opening import key, opened, press, when_asked
from tests.screens.walk import mnemonics, walk


def standing(office: Office, code: str) -> Standing:
    return next(one for one in office.ask(LetterWordings()) if one.wording.code == code)


def test_the_letter_is_drawn_and_saved_from_the_keyboard(qtbot: QtBot, shell: FakeShell, clerk: Office) -> None:
    screen = opened(qtbot, LettersScreen(shell, clerk, "code:pl"), clerk)
    assert screen.letter.page_count == 1
    assert not screen.save_button.isEnabled()
    screen.fields["code_label"].setFocus()
    screen.fields["code_label"].selectAll()
    press("Kod dla rodziny")
    assert screen.save_button.isEnabled()
    screen.save_button.setFocus()
    key(Qt.Key.Key_Space)
    assert shell.told == ["The wording is saved."]
    assert standing(clerk, "pl").wording.words["code_label"] == "Kod dla rodziny"
    assert "Kod dla rodziny" in words_of(screen.presenter.preview(screen.said()))
    assert screen.may_close()


def test_an_unknown_field_is_told_beside_its_part_and_nothing_is_saved(
    qtbot: QtBot, shell: FakeShell, clerk: Office
) -> None:
    screen = opened(qtbot, LettersScreen(shell, clerk, "code"), clerk)
    screen.fields["title"].setPlainText("Connect to {surname}")
    screen.save_button.click()
    assert "uses the field {surname}" in screen.fields["title"].accessibleDescription()
    assert not standing(clerk, "en").own
    screen.fields["title"].setPlainText("Connect to {child}")
    screen.save_button.click()
    assert screen.fields["title"].accessibleDescription() == ""
    assert standing(clerk, "en").own


def test_a_speakers_check_is_noted_and_the_mark_goes(qtbot: QtBot, shell: FakeShell, clerk: Office) -> None:
    screen = opened(qtbot, LettersScreen(shell, clerk, "code:ur"), clerk)
    assert "Draft translation" in words_of(screen.presenter.preview(screen.said()))

    def answer(dialog: QDialog) -> None:
        assert isinstance(dialog, ConfirmDialog)
        dialog.go.click()
        assert dialog.form.has_faults
        dialog.speaker.setText("Interpreter at the hub")
        dialog.go.click()

    when_asked(answer)
    screen.confirm_button.click()
    assert not standing(clerk, "ur").wording.draft
    assert "Interpreter at the hub" in screen.about.text()
    assert "Draft translation" not in words_of(screen.presenter.preview(screen.said()))
    assert not screen.confirm_button.isEnabled()


def test_the_shipped_wording_comes_back_after_asking(qtbot: QtBot, shell: FakeShell, clerk: Office) -> None:
    screen = opened(qtbot, LettersScreen(shell, clerk, "code:cy"), clerk)
    came = screen.said()
    screen.fields["code_label"].setPlainText("Y cod")
    screen.save_button.click()
    heard = when_asked(lambda dialog: dialog.accept())
    screen.restore_button.click()
    assert heard[0].startswith("Go back to the shipped wording?")
    assert screen.said() == came
    assert not standing(clerk, "cy").own


def test_words_that_are_not_saved_are_asked_about(qtbot: QtBot, shell: FakeShell, clerk: Office) -> None:
    screen = opened(qtbot, LettersScreen(shell, clerk, "code"), clerk)
    screen.fields["title"].setPlainText("Another title")
    heard = when_asked(lambda dialog: dialog.reject())
    screen.language.setCurrentIndex(2)
    assert heard[0].startswith("Leave without saving?")
    assert (screen.presenter.language, screen.language.currentIndex()) == ("en", 0)
    when_asked(lambda dialog: dialog.accept())
    screen.language.setCurrentIndex(2)
    assert screen.presenter.language == "pl"
    assert screen.may_close()


def test_somebody_elses_words_come_in_and_ones_own_stay(
    qtbot: QtBot, shell: FakeShell, clerk: Office, slt: Office
) -> None:
    screen = opened(qtbot, LettersScreen(shell, clerk, "code"), clerk)
    slt.listen(screen.on_changes)
    said = screen.said()
    slt.perform(SaveWording("code", "en", {**said, "title": "From a leader"}, standing(slt, "en").wording.digest))
    assert screen.fields["title"].toPlainText() == "From a leader"
    screen.fields["title"].setPlainText("From the office")
    now = standing(slt, "en").wording.digest
    slt.perform(SaveWording("code", "en", {**said, "title": "From a leader again"}, now))
    assert screen.fields["title"].toPlainText() == "From the office"


def test_very_long_words_are_told_to_take_two_pages(qtbot: QtBot, shell: FakeShell, clerk: Office) -> None:
    screen = opened(qtbot, LettersScreen(shell, clerk, "code"), clerk)
    screen.fields["opening"].setPlainText("A long opening. " * 70)
    screen.fields["closing"].setPlainText("A long closing. " * 70)
    screen.show_letter()
    assert screen.letter.page_count == 2
    assert "two pages" in screen.banner.accessibleName()


def test_a_preview_holds_no_real_family_and_a_code_that_is_none(clerk: Office) -> None:
    presenter = LettersPresenter.of(clerk, "code:ar")
    pdf = presenter.preview(presenter.said())
    assert "Alex Thornbury" in words_of(pdf)
    assert read_codes(pdf) == ["ACDEFHJKMNPQ"]


def test_the_page_opens_for_each_kind_and_language_and_no_others(qtbot: QtBot, shell: FakeShell, clerk: Office) -> None:
    screen = records(clerk)["letters"](shell, "code:sk")
    qtbot.addWidget(screen.widget())
    assert isinstance(screen, LettersScreen)
    assert screen.presenter.language == "sk"
    assert LettersPresenter.of(clerk, "code:xx").language == "en"
    with pytest.raises(Problem):
        LettersPresenter.of(clerk, "nothing")


def test_labels_get_a_letter_of_their_own() -> None:
    assert with_mnemonics(["Title", "Tail", "At"], "i") == ["&Title", "T&ail", "At"]


@pytest.mark.parametrize(("scheme", "scale"), [("light", 1.0), ("dark", 1.0), ("light", 1.5)])
def test_the_page_passes_the_accessibility_walk(
    qtbot: QtBot, qapp: QApplication, shell: FakeShell, clerk: Office, scheme: str, scale: float
) -> None:
    apply_theme(qapp, "dark" if scheme == "dark" else "light", scale)
    screen = opened(qtbot, LettersScreen(shell, clerk, "code:pl"), clerk, (int(1224 * scale), int(840 * scale)))
    screen.fields["title"].setPlainText("{nobody}")
    screen.show_letter()
    assert walk(screen) == []
    assert mnemonics(screen) == []

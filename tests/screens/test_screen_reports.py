"""Reports: seen before they are saved, noted when they are, previews that do not overtake one another."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pypdf
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.domain.problems import Problem
from app.services.activity import Activity
from app.services.office import Office
from app.services.school import SetCalendar
from app.store.reads.activity import ActivityFilter
from app.ui.screens.reports import screen as module
from app.ui.screens.reports.screen import ReportsScreen
from tests.conftest import NOW
from tests.screens.fakes import FakeShell
from tests.screens.opening import key, opened, settle

TODAY = NOW.date()


@pytest.fixture
def screen(qtbot: QtBot, shell: FakeShell, head: Office) -> ReportsScreen:
    head.perform(SetCalendar((("Autumn 2", TODAY.replace(day=2), TODAY.replace(month=12, day=18)),), ()))
    return opened(qtbot, ReportsScreen(shell, head), head)


def made(head: Office) -> int:
    return len(head.ask(Activity(ActivityFilter(area="report"))))


def test_the_first_report_is_previewed_once_and_not_noted(screen: ReportsScreen, head: Office) -> None:
    assert screen._asked == 1
    assert screen.pages.page_count > 0
    assert screen.pages.isVisible()
    assert screen.print_button.isEnabled()
    assert made(head) == 0
    assert screen.table.hasFocus()


def test_another_period_is_previewed(screen: ReportsScreen) -> None:
    words = [screen.period.itemText(at) for at in range(screen.period.count())]
    assert words[0] == "Autumn 2: Mon 2 Nov 2026 to Mon 23 Nov 2026"
    screen.period.setCurrentIndex(1)
    assert screen._asked == 2


def test_it_is_saved_as_both_forms_and_noted(
    screen: ReportsScreen, shell: FakeShell, head: Office, tmp_path: Path
) -> None:
    for form in (".pdf", ".xlsx"):
        screen.save_to(tmp_path / f"monitoring{form}")
    assert shell.told == ["Saved as monitoring.pdf.", "Saved as monitoring.xlsx."]
    assert "Monitoring report" in pypdf.PdfReader(tmp_path / "monitoring.pdf").pages[0].extract_text()
    assert made(head) == 2


def test_a_place_that_cannot_be_written_is_said(screen: ReportsScreen, tmp_path: Path) -> None:
    (tmp_path / "a file").write_text("", encoding="utf-8")
    screen.save_to(tmp_path / "a file" / "report.doc")
    assert "must end in .pdf or .xlsx" in screen.banner.accessibleName()


def test_a_preview_that_fails_says_so_and_prints_nothing(
    screen: ReportsScreen, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> bytes:
        raise Problem("The report could not be made. Try again.")

    monkeypatch.setattr(module, "_pages", fail)
    screen.preview()
    assert screen.banner.accessibleName().startswith("The report could not be made.")
    assert screen.pages.page_count == 0
    assert screen.print_() is False


def test_an_older_preview_does_not_take_the_newers_place(screen: ReportsScreen) -> None:
    shown = screen._pdf
    screen._show(screen._asked - 1, b"no PDF at all")
    screen._failed(screen._asked - 1, Problem("Old news."))
    assert screen._pdf == shown
    assert screen.banner.isHidden()


def test_news_are_read_when_it_is_looked_at_again(screen: ReportsScreen) -> None:
    before = screen._asked
    screen.on_changes(frozenset({"review"}), None)
    assert screen._asked == before
    screen.hide()
    screen.on_changes(frozenset({"review"}), None)
    screen.show()
    screen.seen(lambda do: do())
    assert screen._asked == before + 1


def test_in_a_narrow_window_enter_shows_the_pages(qtbot: QtBot, shell: FakeShell, head: Office) -> None:
    screen = opened(qtbot, ReportsScreen(shell, head), head, (760, 700))
    assert not screen.pages.isVisible()
    key(Qt.Key.Key_Return)
    assert screen.pages.isVisible()
    assert screen.pages.hasFocus()
    assert screen.leave()
    settle()
    assert screen.table.hasFocus()


def test_each_report_remembers_its_period(qtbot: QtBot, shell: FakeShell, head: Office) -> None:
    head.perform(SetCalendar((("Autumn 2", date(2026, 11, 2), date(2026, 12, 18)),), ()))
    screen = opened(qtbot, ReportsScreen(shell, head), head)
    screen.table.choose("monitoring")
    assert "Autumn 2" in screen.period.currentText()
    screen.table.choose("annual")
    assert "School year" in screen.period.currentText()
    screen.period.setCurrentIndex(0)
    screen.table.choose("monitoring")
    screen.table.choose("annual")
    assert "Autumn 2" in screen.period.currentText()

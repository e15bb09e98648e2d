"""Chips, banners, forms, splits, rulings, charts, pages, dialogs, progress: each behaves and can be reached."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QEvent, QObject, QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from reportlab.pdfgen.canvas import Canvas

from app.domain.problems import Refused, Unreadable
from app.ui.parts.arrange import STRETCH, column, page, row, scrolling, tiles, wrapping
from app.ui.parts.asking import Asking
from app.ui.parts.banner import Banner
from app.ui.parts.bars import Bar, BarChart
from app.ui.parts.buttons import danger, icon_button, plain, primary, secondary
from app.ui.parts.card import Card
from app.ui.parts.chip import Chip, ChipLabel, Tone, chip_size
from app.ui.parts.confirm import ConfirmDialog
from app.ui.parts.empty import EmptyState
from app.ui.parts.facts import Facts
from app.ui.parts.form import Form, day_of
from app.ui.parts.header import PageHeader
from app.ui.parts.pages import PagesView
from app.ui.parts.progress import ProgressStrip
from app.ui.parts.rulings import Ruled, RulingGrid
from app.ui.parts.split import ListDetail
from app.ui.parts.stat import StatTile
from app.ui.parts.text import OneLine, Text, body, literal, plain_tip, without_mnemonic
from app.ui.parts.timeline import Event, Timeline
from app.ui.theme.apply import Scheme, apply_theme
from tests.screens.fakes import Kept
from tests.screens.walk import mnemonics, walk

W = TypeVar("W", bound=QWidget)


def shown(qtbot: QtBot, widget: W, width: int = 900, height: int = 700) -> W:
    qtbot.addWidget(widget)
    vars(qtbot).setdefault("held", []).append(widget)  # a holder lives as long as its test
    widget.resize(width, height)
    widget.show()
    QApplication.processEvents()
    return widget


class Windows(QObject):
    """Writes down which widgets were shown as windows."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[QObject] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.opened.append(watched)
        return False


def a_page() -> QWidget:
    """Most parts on one page."""
    form = Form()
    form.text("&School name", "Hill View Primary", hint="As it stands on letters.")
    form.choice("&Role", [("office", "Office"), ("slt", "Senior leader")])
    form.date("Review &date", date(2026, 10, 6))
    form.passage("&Notes")
    form.tick("Send &reminders", True)
    form.fault(form.text("&Telephone", "12"), "Enter a telephone number with its area code, such as 01632 960001.")
    grid = RulingGrid("Permissions", ["Photograph", "Recording"], ["Class page", "School page", "Own family"])
    grid.show_rulings({("Photograph", "Class page"): Ruled("not-allowed", "No", Tone.STOP, "Withdrawn on Tue 6 Oct.")})
    banner = Banner()
    banner.say(Tone.WARN, "Two adults disagree.", "It counts as no.", act=("Record a decisio&n", lambda: None))
    return scrolling(
        PageHeader(
            "Ella M",
            "Willow, year 3",
            chips=[Chip("linked", "2 linked", Tone.GOOD), Chip("no-photograph", "No photographs", Tone.STOP)],
            actions=[secondary("&Print class sheet", icon="print"), primary("&Issue code")],
        ),
        banner,
        tiles(
            StatTile("96 %", "replies in time", chip=Chip("good", "Above target", Tone.GOOD)),
            StatTile("3", "links waiting", note="Oldest since Mon 5 Oct"),
        ),
        Card("Permissions", grid, actions=[plain("&Why"), danger("Wi&thdraw")]),
        Card("Details", Facts([("Class", "Willow"), ("Adults", Chip("linked", "2", Tone.GOOD)), ("Former", "")])),
        Card("", BarChart("Posts by class", [Bar("Willow", 42), Bar("Oak", 17)])),
        Card("School", form),
        Timeline([Event("Tue 6 Oct 2026, 14:10", "Withdrawn", "On paper.", "withdrawn", Tone.STOP)]),
        wrapping(*(ChipLabel(Chip("info", f"Chip {n}", tone)) for n, tone in enumerate(Tone))),
        row(body("Left"), STRETCH, body("Right")),
    )


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("scale", [1.0, 1.5])
def test_a_page_of_parts_passes_the_walk(qtbot: QtBot, qapp: QApplication, scheme: Scheme, scale: float) -> None:
    apply_theme(qapp, scheme, scale)
    assert walk(shown(qtbot, a_page())) == []


def test_parts_are_never_windows_of_their_own(qtbot: QtBot) -> None:
    watch = Windows()
    QApplication.instance().installEventFilter(watch)  # type: ignore[union-attr]
    try:
        made = a_page()
        shown(qtbot, made)
    finally:
        QApplication.instance().removeEventFilter(watch)  # type: ignore[union-attr]
    assert watch.opened == [made]


def test_labels_never_read_markup() -> None:
    label = Text("<b>bold</b> & <img src='x'>")
    assert label.textFormat() is Qt.TextFormat.PlainText
    assert plain_tip("<b>\n") == "<p>&lt;b&gt;<br></p>"
    assert plain_tip("") == ""


def test_ampersands_and_mnemonics() -> None:
    assert without_mnemonic("&Fish && chips") == "Fish & chips"
    assert without_mnemonic(literal("Marks & Co")) == "Marks & Co"


def test_one_line_shortens_and_tells_in_full(qtbot: QtBot) -> None:
    label = OneLine("A very long class name that cannot fit")
    shown(qtbot, label, 80, 30)
    label.grab()
    assert "cannot fit" in label.toolTip()
    label.resize(900, 30)
    label.grab()
    assert label.toolTip() == ""


def test_a_chip_says_its_word_and_grows_with_the_text(qtbot: QtBot, qapp: QApplication) -> None:
    chip = ChipLabel(Chip("undecided", "Undecided", Tone.WARN))
    qtbot.addWidget(chip)
    small = chip.sizeHint()
    apply_theme(qapp, "light", 1.5)
    assert chip.accessibleName() == "Undecided"
    assert chip.sizeHint().width() > small.width()
    chip.set_chip(Chip("undecided", "Undecided since Mon 5 Oct", Tone.WARN))
    assert chip.sizeHint() == chip_size(chip.chip)


def test_an_icon_button_has_a_name_and_shows_its_keys(qtbot: QtBot) -> None:
    pressed: list[int] = []
    button = icon_button("lock", "&Lock", lambda: pressed.append(1), keys="Ctrl+L")
    qtbot.addWidget(button)
    assert button.accessibleName() == "Lock"
    assert "Ctrl+L" in button.toolTip()
    button.click()
    assert pressed == [1]


def test_a_problem_stands_in_the_banner_as_it_is(qtbot: QtBot) -> None:
    banner = Banner()
    holder = column(banner)
    shown(qtbot, holder)
    assert not banner.isVisible()
    banner.problem(Refused("No code was issued: two adults are linked. Ask the headteacher for an exception."))
    assert banner.isVisible()
    assert banner.accessibleName() == (
        "No code was issued: two adults are linked. Ask the headteacher for an exception."
    )
    with qtbot.waitSignal(banner.dismissed):
        banner.dismiss()
    assert not banner.isVisible()


def test_a_banner_that_spoke_before_it_had_a_place_is_seen_once_it_has(qtbot: QtBot) -> None:
    banner = Banner()
    banner.say(Tone.GOOD, "214 pupils brought in.")
    assert not banner.isVisible()
    shown(qtbot, column(banner))
    assert banner.isVisible()


def test_a_banner_replaces_its_action(qtbot: QtBot) -> None:
    banner = Banner()
    shown(qtbot, column(banner))
    done: list[str] = []
    banner.say(Tone.INFO, "One.", act=("&First", lambda: done.append("first")))
    banner.say(Tone.INFO, "Two.", act=("&Second", lambda: done.append("second")))
    QApplication.processEvents()
    buttons = [b for b in banner.findChildren(QPushButton) if b.isVisible() and b.text() == "&Second"]
    buttons[0].click()
    assert done == ["second"]


def test_an_empty_state_teaches_and_offers(qtbot: QtBot) -> None:
    state = EmptyState("review", "Nothing to review. New items appear here after you bring in posts.", secondary("&Go"))
    assert walk(shown(qtbot, state, 320, 400)) == []
    assert state.accessibleName().startswith("Nothing to review.")


def test_fields_are_named_hinted_and_faulted(qtbot: QtBot) -> None:
    form = Form()
    name = form.text("&School name", hint="As it stands on letters.")
    other = form.text("&Town")
    shown(qtbot, form)
    form.activateWindow()
    assert (name.accessibleName(), name.accessibleDescription()) == ("School name", "As it stands on letters.")
    form.fault(name, "Enter the school's name.")
    form.fault(other, "Enter the town.")
    assert form.has_faults
    assert name.accessibleDescription() == "Enter the school's name. As it stands on letters."
    qtbot.waitUntil(name.hasFocus)
    form.clear_faults()
    assert name.property("fault") == "false"
    assert walk(form) == []
    assert mnemonics(form) == []


def test_fields_give_back_what_was_entered(qtbot: QtBot) -> None:
    form = Form(beside=True)
    qtbot.addWidget(form)
    role = form.choice("&Role", [("office", "Office"), ("slt", "Senior leader")], "slt")
    due = form.date("&Due", date(2026, 10, 6))
    tick = form.tick("&Send", True, hint="By e-mail.")
    assert role.currentData() == "slt"
    assert day_of(due) == date(2026, 10, 6)
    assert due.text() == "Tue 6 Oct 2026"
    assert tick.isChecked()
    form.show_field(role, False)
    form.show()
    assert not role.isVisible()


def split(kept: Kept, width: int, qtbot: QtBot) -> tuple[ListDetail, QWidget, QWidget]:
    left, right = QWidget(), QWidget()
    both = ListDetail(left, right, kept, "pupils")
    shown(qtbot, both, width, 600)
    return both, left, right


def test_the_width_of_the_split_is_remembered(qtbot: QtBot, kept: Kept) -> None:
    both, _, _ = split(kept, 1400, qtbot)
    both._splitter.moveSplitter(500, 1)
    assert kept.values["split/pupils"] == 500
    again, left, _ = split(kept, 1400, qtbot)
    assert abs(left.width() - 500) <= 1
    assert not again.is_narrow


def test_a_remembered_width_that_means_nothing_is_passed_over(qtbot: QtBot, kept: Kept) -> None:
    kept.values["split/pupils"] = "wide"
    _, left, right = split(kept, 1400, qtbot)
    assert left.width() > 280
    assert right.width() > 280


def test_in_a_narrow_window_the_detail_replaces_the_list(qtbot: QtBot, kept: Kept) -> None:
    both, left, right = split(kept, 1000, qtbot)
    assert (left.isVisible(), right.isVisible()) == (True, False)
    both.show_detail()
    assert (left.isVisible(), right.isVisible()) == (False, True)
    assert both.show_list()
    assert not both.show_list()
    assert left.isVisible()
    both.resize(1300, 600)
    QApplication.processEvents()
    assert (left.isVisible(), right.isVisible()) == (True, True)


def test_the_split_takes_qsettings(qtbot: QtBot, tmp_path: Path) -> None:
    settings = QSettings(str(tmp_path / "s.ini"), QSettings.Format.IniFormat)
    settings.setValue("split/pupils", 444)
    left = QWidget()
    shown(qtbot, ListDetail(left, QWidget(), settings, "pupils"), 1400, 500)
    assert abs(left.width() - 444) <= 1


def test_rulings_say_why_on_focus_and_hover(qtbot: QtBot) -> None:
    grid = RulingGrid("Permissions", ["Photograph", "Recording"], ["Class page", "Own family"])
    grid.show_rulings({("Photograph", "Class page"): Ruled("not-allowed", "No", Tone.STOP, "Withdrawn on Tue 6 Oct.")})
    shown(qtbot, grid, 700, 200)
    grid.activateWindow()
    first = grid._cells["Photograph", "Class page"]
    first.setFocus()
    qtbot.waitUntil(first.hasFocus)
    assert grid._why.text() == "Photograph, class page: no. Withdrawn on Tue 6 Oct."
    QTest.keyClick(first, Qt.Key.Key_Down)
    below = grid._cells["Recording", "Class page"]
    qtbot.waitUntil(below.hasFocus)
    assert below.accessibleName() == "Recording, Class page: Undecided. Nothing is on record. Unknown means no."
    with qtbot.waitSignal(grid.asked) as heard:
        QTest.keyClick(below, Qt.Key.Key_Return)
    assert heard.args == ["Recording", "Class page"]
    QTest.keyClick(below, Qt.Key.Key_Left)
    assert below.hasFocus()
    assert walk(grid) == []


@pytest.mark.parametrize("upright", [False, True])
def test_a_chart_can_be_read_as_a_table(qtbot: QtBot, upright: bool) -> None:
    chart = BarChart("Posts by class", [Bar("Willow", 42), Bar("Oak", 0, "none")], upright=upright)
    shown(qtbot, chart, 400, 300)
    assert chart._canvas.accessibleName() == "Posts by class: Willow 42, Oak none"
    chart._switch.click()
    assert chart._table.isVisible()
    assert [bar.said for bar in chart._table.rows] == ["42", "none"]
    chart._switch.click()
    assert chart._canvas.isVisible()
    chart.show_bars(())
    assert not chart.grab().isNull()
    assert walk(chart) == []


def pdf(pages: int) -> bytes:
    made = BytesIO()
    canvas = Canvas(made, pagesize=(595, 842))
    for number in range(pages):
        canvas.drawString(72, 720, f"Page {number + 1}")
        canvas.showPage()
    canvas.save()
    return made.getvalue()


def test_pages_are_rendered_as_they_come_into_sight(qtbot: QtBot, tmp_path: Path) -> None:
    view = PagesView("Preview of the report")
    shown(qtbot, view, 500, 600)
    path = tmp_path / "report.pdf"
    path.write_bytes(pdf(30))
    view.show_pdf(path)
    view.grab()
    assert view.page_count == 30
    assert {page for page, _ in view._images} == {0}
    QTest.keyClick(view, Qt.Key.Key_End)
    view.grab()
    assert 29 in {page for page, _ in view._images}
    assert len(view._images) <= 8
    assert view.accessibleDescription() == "30 pages"
    assert walk(view) == []


def test_pages_zoom_in_steps_and_fit_again(qtbot: QtBot) -> None:
    view = PagesView("Preview")
    shown(qtbot, view, 500, 600)
    view.show_pdf(pdf(2))
    heard: list[str] = []
    view.zoomed.connect(heard.append)
    for key in (Qt.Key.Key_Plus, Qt.Key.Key_Plus, Qt.Key.Key_Minus, Qt.Key.Key_0):
        QTest.keyClick(view, key)
    assert heard == ["67 %", "80 %", "67 %", "Fit width"]
    view.clear()
    assert view.page_count == 0


def test_what_is_no_pdf_is_said_so(qtbot: QtBot) -> None:
    view = PagesView("Preview")
    qtbot.addWidget(view)
    with pytest.raises(Unreadable):
        view.show_pdf(b"<html>")
    assert view.page_count == 0


def test_confirming_states_the_consequence_and_keeping_comes_first(qtbot: QtBot) -> None:
    dialog = ConfirmDialog(None, "Suspend this account?", "The adult can see nothing.", "&Suspend account", danger=True)
    shown(qtbot, dialog, 480, 240)
    dialog.activateWindow()
    qtbot.waitUntil(dialog.keep.hasFocus)
    assert dialog.go.text() == "&Suspend account"
    assert walk(dialog) == []
    assert mnemonics(dialog) == []
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.result() == QDialog.DialogCode.Rejected


def test_a_reason_must_be_written(qtbot: QtBot) -> None:
    dialog = ConfirmDialog(None, "Reject?", "They are told.", "R&eject", reason="&Reason")
    shown(qtbot, dialog, 480, 320)
    dialog.go.click()
    assert dialog._reason is not None
    assert dialog.result() == QDialog.DialogCode.Rejected
    dialog._reason.setPlainText("  not on the register ")
    dialog.go.click()
    assert dialog.result() == QDialog.DialogCode.Accepted
    assert dialog.reason == "not on the register"


def test_progress_appears_only_when_it_takes_long(qtbot: QtBot) -> None:
    strip = ProgressStrip(after_ms=30)
    shown(qtbot, column(strip))
    cancelled: list[int] = []
    strip.begin("Bringing in the register", cancel=lambda: cancelled.append(1))
    assert not strip.isVisible()
    qtbot.waitUntil(strip.isVisible)
    strip.tell(6420, 20000, "Matching guardians")
    assert strip._note.text() == "6,420 of 20,000  Matching guardians"
    strip._cancel.click()
    assert cancelled == [1]
    assert "Nothing will be changed" in strip._note.text()
    strip.end()
    assert not strip.isVisible()
    strip.begin("Quick")
    strip.end()
    qtbot.wait(60)
    assert not strip.isVisible()


def test_a_header_says_what_it_is_told(qtbot: QtBot) -> None:
    header = PageHeader("Pupils")
    shown(qtbot, page(header))
    header.say(title="Ella M", subtitle="Willow", chips=[Chip("linked", "Linked", Tone.GOOD)])
    header.say(chips=[Chip("linked", "2 linked", Tone.GOOD)])
    assert header._title.text() == "Ella M"
    assert [chip.accessibleName() for chip in header._chips] == ["2 linked"]
    assert walk(header) == []


def test_empty_facts_are_not_recorded(qtbot: QtBot) -> None:
    facts = Facts([("Born", "")])
    qtbot.addWidget(facts)
    assert [label.accessibleName() for label in facts.findChildren(Text)][1] == "Born: not recorded"


def test_the_walk_finds_faults(qtbot: QtBot) -> None:
    nameless = QPushButton()
    cut = Text("Words that are far too long for their place", wrap=False)
    cut.setFixedWidth(40)
    faint = Text("Faint")
    faint.setStyleSheet("color: #cccccc;")
    holder = column(nameless, cut, faint)
    faults = walk(shown(qtbot, holder, 300, 200))
    assert any("no accessible name" in fault for fault in faults)
    assert any("cut off at the right" in fault for fault in faults)
    assert any("contrast 1." in fault for fault in faults)


def test_the_walk_finds_a_tab_order_that_goes_back(qtbot: QtBot) -> None:
    first, second, third = QPushButton("A"), QPushButton("B"), QPushButton("C")
    holder = column(first, second, third)
    QWidget.setTabOrder(second, first)
    QWidget.setTabOrder(first, third)
    faults = walk(shown(qtbot, holder, 200, 200))
    assert any("Tab goes back" in fault for fault in faults)


def test_the_keyboard_meets_the_fields_of_a_dialog_before_its_buttons(qtbot: QtBot) -> None:
    dialog = Asking(None, "Note a week?", "Copy the figures.", "&Note it")
    qtbot.addWidget(dialog)
    first, second = dialog.form.text("&First"), dialog.form.text("&Second")
    dialog.show()
    chain, piece = [], first.nextInFocusChain()
    while piece is not None and piece is not first:
        chain.append(piece)
        piece = piece.nextInFocusChain()
    assert chain.index(second) < chain.index(dialog.go)

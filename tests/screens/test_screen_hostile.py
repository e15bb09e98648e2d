"""Text that means harm, in every field a family or a file can fill: shown as it stands, never read as anything."""

from __future__ import annotations

import time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.domain.checks.finding import Check
from app.domain.review import FindingState, Reason, Verdict
from app.services.cases import AddCaseNote, OpenCase
from app.services.office import Office
from app.services.review import GiveVerdict, ItemToReview, ReferToOffice, ReferToSafeguarding
from app.store.tables.content import ItemRow
from app.store.tables.people import GuardianRow, PupilRow
from app.store.tables.school import ClassRow, SchoolRow
from app.ui.screens.activity.screen import ActivityScreen
from app.ui.screens.cases.screen import CasesScreen
from app.ui.screens.pupils.listing import PupilsScreen
from app.ui.screens.pupils.record import PupilScreen
from app.ui.screens.referrals.office import ReferralsScreen
from app.ui.screens.referrals.safeguarding import SafeguardingScreen
from app.ui.screens.review.screen import ReviewScreen
from app.ui.screens.today.screen import TodayScreen
from app.ui.shell.area import Screen
from tests.screens.fakes import FakeShell
from tests.screens.opening import key, opened, press, settle
from tests.services.rows import a_class, a_guardian, a_pupil, about, an_item

HOSTILE: dict[str, str] = {
    "markup": "<b>bold</b><img src='file:///etc/passwd' width=99999><script>alert(1)</script></p><table><tr>&lt;&amp;",
    "direction": "abc\u202egnp.exe\u202c \u2066\u2067\u2068\u2069 \u200f\u200e\u061c שלום مرحبا",
    "controls": "nul\x00bell\x07escape\x1b[31mred\x7f\x85\u2028line\u2029paragraph\ufeff\ufffc",
    "emoji": "👩‍👩‍👧‍👦🏴󠁧󠁢󠁥󠁮󠁧󠁿🧑🏿‍🦽‍➡️" * 5 + "e" + "\u0301" * 60,
    "formula": '=HYPERLINK("http://evil.example","x")+cmd|\' /C calc\'!A0 %s {0} ${x} %(name)s &Save && more',
    "lines": "one\r\ntwo\n\n\n\nthree\ttab\vfeed\f" * 20,
    "long": ("Supercalifragilistic" * 10 + " ") * 500,
    "surrogate": "half a pair \ud83d here",
}


@pytest.fixture(params=list(HOSTILE), ids=list(HOSTILE))
def words(request: pytest.FixtureRequest) -> str:
    return HOSTILE[str(request.param)]


def storable(words: str) -> str:
    """What a database can hold: half a surrogate pair never gets as far."""
    return words.encode("utf-8", "replace").decode("utf-8")


def spoil(office: Office, words: str) -> tuple[int, int, int]:
    """A pupil, an item with two findings and a guardian, all with the words where a file could put them."""
    short = storable(words[:180])
    pupil = a_pupil(office, "Ella", "Marsh", a_class(office))
    guardian = a_guardian(office, pupil)
    item, finding = an_item(office, storable(words) or " ", check=Check.ABUSE, guardian=guardian)
    about(office, finding, pupil)
    with office.database.writing() as session:
        session.get_one(PupilRow, pupil).first = short
        session.get_one(PupilRow, pupil).last = short[::-1]
        session.get_one(GuardianRow, guardian).last = short
        session.get_one(GuardianRow, guardian).phones = short
        for row in session.query(ClassRow):
            row.name = short[:60]
        session.query(SchoolRow).one().name = short[:100]
    return pupil, item, finding


def plain(screen: Screen) -> None:
    """No label on the screen reads mark-up, and the screen can be painted."""
    settle()
    for label in screen.findChildren(QLabel):
        assert label.textFormat() == Qt.TextFormat.PlainText, label.text()[:60]
    for piece in screen.findChildren(QWidget):
        tip = piece.toolTip()
        assert "<script" not in tip
        assert "<img" not in tip
    assert not screen.grab().isNull()


def test_review_shows_it_as_it_stands(qtbot: QtBot, shell: FakeShell, slt: Office, words: str) -> None:
    _, item, finding = spoil(slt, words)
    screen = opened(qtbot, ReviewScreen(shell, slt), slt)
    plain(screen)
    shown = screen.desk.view.text.toPlainText()
    if words == HOSTILE["markup"]:
        assert "<img src='file:///etc/passwd'" in shown
    if words == HOSTILE["direction"]:
        assert "[RLO]" in shown
        assert "\u202e" not in shown
    if words == HOSTILE["controls"]:
        assert "[U+0000]" in shown
    press("f")
    key(Qt.Key.Key_Return)
    assert slt.ask(ItemToReview(item)).item.text == storable(words)
    judged = {card.id: card.state for card in slt.ask(ItemToReview(item)).findings}
    assert judged[finding] is FindingState.FALSE_ALARM


def test_cases_and_their_notes_show_it_as_it_stands(qtbot: QtBot, shell: FakeShell, head: Office, words: str) -> None:
    _, _, finding = spoil(head, words)
    case = head.perform(OpenCase(finding, storable(words).strip() or "-"))
    head.perform(AddCaseNote(case, storable(words).strip() or "-"))
    screen = opened(qtbot, CasesScreen(shell, head), head)
    screen.open_case(case)
    plain(screen)


def test_pupils_and_their_page_show_it_as_it_stands(qtbot: QtBot, shell: FakeShell, slt: Office, words: str) -> None:
    pupil, _, finding = spoil(slt, words)
    slt.perform(GiveVerdict(finding, Verdict.UPHELD, Reason.REPEATED, storable(words)))
    listing = opened(qtbot, PupilsScreen(shell, slt), slt)
    plain(listing)
    assert listing.filters.field is not None
    listing.filters.field.setText(words[:500])
    plain(listing)
    page = opened(qtbot, PupilScreen(shell, slt, pupil), slt)
    plain(page)
    assert page.title == "Pupil"


def test_the_offices_list_the_leads_list_today_and_activity_stand_it(
    qtbot: QtBot, shell: FakeShell, head: Office, words: str
) -> None:
    _, item, _ = spoil(head, words)
    head.perform(ReferToOffice(item, "absence", storable(words).strip() or "-"))
    head.perform(ReferToSafeguarding(item, storable(words)))
    plain(opened(qtbot, ReferralsScreen(shell, head), head))
    lead = opened(qtbot, SafeguardingScreen(shell, head), head)
    lead.read()
    plain(lead)
    plain(opened(qtbot, TodayScreen(shell, head), head))
    plain(opened(qtbot, ActivityScreen(shell, head), head))


def test_a_message_of_a_hundred_thousand_signs_opens_quickly(qtbot: QtBot, shell: FakeShell, slt: Office) -> None:
    item, _ = an_item(slt, "word " * 20_000)
    with slt.database.writing() as session:
        session.get_one(ItemRow, item).text = ("Ella Marsh said <b>this</b> \u202e " * 4_000)[:100_000]
    begun = time.process_time()
    screen = opened(qtbot, ReviewScreen(shell, slt), slt)
    plain(screen)
    assert len(screen.desk.view.text.toPlainText()) >= 100_000
    press("a")
    key(Qt.Key.Key_Return)
    assert time.process_time() - begun < 8
    assert screen.desk.view.text.height() < screen.height()

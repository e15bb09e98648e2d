"""Review with others: who has what in hand, several at once, requests to take down, corrections, what stands around."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QDialog, QLabel, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from app.domain.checks.finding import Check
from app.domain.review import FindingState, Reason, Takedown, Verdict
from app.services.claims import TakeInHand, WithWhom
from app.services.office import Office
from app.services.reported import ReportMessage
from app.services.review import GiveVerdict, ItemToReview
from app.services.takedowns import AskedDown, AskTakedown, StateTakenDown
from app.ui.screens.review.presenter import QueuePresenter, shared_check
from app.ui.screens.review.screen import ReviewScreen
from app.ui.screens.review.takedowns import TakedownsScreen
from tests.conftest import NOW
from tests.screens.fakes import FakeShell
from tests.screens.opening import CTRL, SHIFT, key, opened, press, settle, when_asked, write
from tests.screens.walk import mnemonics, walk
from tests.services.rows import an_item


@pytest.fixture
def shell() -> FakeShell:
    return FakeShell()


def shown(qtbot: QtBot, shell: FakeShell, office: Office, size: tuple[int, int] = (1224, 840)) -> ReviewScreen:
    return opened(qtbot, ReviewScreen(shell, office), office, size)


def words_of(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget))


def test_what_stays_in_sight_is_taken_in_hand_and_let_go_of_out_of_sight(
    qtbot: QtBot, shell: FakeShell, slt: Office, head: Office
) -> None:
    first, second = an_item(slt, "one")[0], an_item(slt, "two")[0]
    screen = shown(qtbot, shell, slt)
    assert head.ask(WithWhom()) == {}, "a glance claims nothing"
    screen.desk.take_in_hand()
    assert head.ask(WithWhom()) == {first: "Pat Senior leader"}
    press("n")
    screen.desk.take_in_hand()
    assert head.ask(WithWhom()) == {second: "Pat Senior leader"}
    screen.hide()
    assert head.ask(WithWhom()) == {}


def test_who_has_an_item_in_hand_is_seen_and_the_next_free_one_is_offered(
    qtbot: QtBot, shell: FakeShell, slt: Office, head: Office
) -> None:
    held, free, other = (an_item(slt, f"number {n}")[0] for n in range(3))
    head.perform(TakeInHand(held))
    screen = shown(qtbot, shell, slt)
    assert screen.desk.presenter.item_id == free
    assert screen.table.rows[0].with_whom == "Pat Headteacher"
    index = screen.table.model().index(0, 1)
    assert str(index.data()).startswith("With Pat Headteacher")
    press("n")
    assert screen.desk.presenter.item_id == other
    press("n")
    assert screen.desk.presenter.item_id == free
    screen.open_item(held)
    screen.desk.take_in_hand()
    assert screen.desk.banner.accessibleName().startswith("Pat Headteacher has this in hand.")
    head.perform(TakeInHand(None))
    screen.hear_news()
    assert screen.table.rows[0].with_whom is None


def test_news_of_other_desks_leave_a_reason_that_is_being_typed(
    qtbot: QtBot, shell: FakeShell, slt: Office, head: Office
) -> None:
    an_item(slt, "one")
    other, _ = an_item(slt, "two")
    screen = shown(qtbot, shell, slt)
    press("f")
    head.perform(TakeInHand(other))
    screen.hear_news()
    assert screen.desk.findings.asking is not None
    assert screen.table.rows[1].with_whom == "Pat Headteacher"


def test_several_trivial_ones_are_judged_by_keys_and_come_back(qtbot: QtBot, shell: FakeShell, slt: Office) -> None:
    items = [an_item(slt, f"Rose {n}")[0] for n in range(4)]
    screen = shown(qtbot, shell, slt)
    assert screen.together_button.isHidden()
    for _ in range(2):
        key(Qt.Key.Key_Down, SHIFT)
    assert screen.together_button.text() == "Fa&lse alarm for all 3"
    heard = when_asked(lambda dialog: QTest.keyClick(dialog, Qt.Key.Key_Return, CTRL))
    key("F", SHIFT)
    assert heard[0].startswith("A false alarm in all of them? “Surname used” was a false alarm in 3 items.")
    assert shell.told == ["3 false alarms."]
    assert [line.item_id for line in screen.table.rows] == items[3:]
    assert shell.undo is not None
    shell.undo()
    assert len(screen.table.rows) == 4


def test_serious_ones_are_not_judged_several_at_a_time(qtbot: QtBot, shell: FakeShell, slt: Office) -> None:
    for n in range(2):
        an_item(slt, f"You are a fool {n}", check=Check.ABUSE)
    screen = shown(qtbot, shell, slt)
    key(Qt.Key.Key_A, CTRL)
    key("F", SHIFT)
    assert "too serious" in screen.desk.banner.accessibleName()
    assert len(screen.table.rows) == 2


def test_the_check_that_most_share_is_the_one_that_is_judged(slt: Office) -> None:
    for n, check in enumerate((Check.SURNAME, Check.SURNAME, Check.HOURS, Check.ABUSE)):
        an_item(slt, f"number {n}", check=check)
    lines = QueuePresenter(slt).load()
    assert shared_check(lines) is Check.SURNAME
    assert shared_check([line for line in lines if Check.ABUSE in line.checks]) is None


def test_a_request_to_take_down_by_keys_until_it_is_stated(qtbot: QtBot, shell: FakeShell, slt: Office) -> None:
    item, _ = an_item(slt)
    screen = shown(qtbot, shell, slt)

    def reword(dialog: QDialog) -> None:
        choice = dialog.findChild(QComboBox)
        field = dialog.findChild(QPlainTextEdit)
        assert choice is not None
        assert field is not None
        choice.setCurrentIndex(1)
        QTest.keyClick(field, Qt.Key.Key_Return, CTRL)
        assert dialog.isVisible(), "a rewording needs words"
        QTest.keyClicks(field, "First name only")
        QTest.keyClick(field, Qt.Key.Key_Return, CTRL)

    when_asked(reword)
    press("t")
    assert shell.told == ["Noted under “Asked to be taken down”."]
    assert "First name only" in words_of(screen.desk.view)
    screen.look_through("takedowns")
    assert shell.opened == [("takedowns", "asked", False)]
    down = opened(qtbot, TakedownsScreen(shell, slt), slt)
    assert [line.item_id for line in down.table.rows] == [item]
    when_asked(lambda dialog: dialog.accept())
    down.done_button.click()
    assert slt.ask(AskedDown()) == ()
    assert shell.told[-1] == "Stated."
    down.filters.turn("done")
    assert down.done_button.isHidden()
    down.open_item()
    assert shell.opened[-1] == ("item", item, False)


def test_a_request_that_somebody_else_stated_is_said(qtbot: QtBot, shell: FakeShell, slt: Office, head: Office) -> None:
    item, _ = an_item(slt)
    head.perform(AskTakedown(item, Takedown.REMOVAL))
    down = TakedownsScreen(shell, slt)
    opened(qtbot, down)
    head.perform(StateTakenDown(head.ask(AskedDown())[0].id))
    when_asked(lambda dialog: dialog.accept())
    down.state_done()
    assert "stated this already" in down.banner.accessibleName()


def test_a_correction_by_keys_stands_beside_the_words(qtbot: QtBot, shell: FakeShell, slt: Office) -> None:
    an_item(slt, "Ella Marsh did it")
    screen = shown(qtbot, shell, slt)
    when_asked(write("It was the other Ella."))
    press("r")
    assert "Correction: It was the other Ella." in words_of(screen.desk.view)
    shown_item = screen.desk.presenter.shown
    assert shown_item is not None
    assert shown_item.item.text == "Ella Marsh did it"


def test_who_reported_it_and_the_clauses_sentence_stand_there(qtbot: QtBot, shell: FakeShell, slt: Office) -> None:
    item = slt.perform(ReportMessage("Mrs Holt", "This is not how we speak to one another", sent_at=NOW)).item_id
    screen = shown(qtbot, shell, slt)
    screen.open_item(item)
    settle()
    assert "Reported by Mrs Holt, Mon 23 Nov 2026, 09:30." in words_of(screen.desk.view)
    chosen = next(card for card in screen.desk.findings.cards if card.buttons.isVisibleTo(screen))
    assert chosen.card.clause_words
    assert chosen.card.clause_words in words_of(chosen)
    assert {card.state for card in slt.ask(ItemToReview(item)).findings} == {FindingState.OPEN}


@pytest.mark.parametrize("size", [(1060, 760), (800, 700)])
def test_the_pages_pass_the_walk(
    qtbot: QtBot, shell: FakeShell, slt: Office, head: Office, size: tuple[int, int]
) -> None:
    item = slt.perform(ReportMessage("Mrs Holt", "This is not how we speak to one another", sent_at=NOW)).item_id
    head.perform(AskTakedown(item, Takedown.REMOVAL, "Asked by telephone."))
    an_item(slt, "Rose")
    screen = shown(qtbot, shell, slt, size)
    screen.open_item(item)
    screen.split.show_detail()
    settle()
    assert walk(screen) + mnemonics(screen) == []
    down = opened(qtbot, TakedownsScreen(shell, slt), slt, size)
    assert walk(down) + mnemonics(down) == []


def test_what_a_colleague_decides_while_one_reads_is_said(
    qtbot: QtBot, shell: FakeShell, slt: Office, head: Office
) -> None:
    item, finding = an_item(slt)
    screen = shown(qtbot, shell, slt)
    head.perform(GiveVerdict(finding, Verdict.UPHELD, Reason.AGAINST_POLICY))
    screen.hear_news()
    assert not screen.desk.banner.isVisible(), "nothing changes under the eyes of who reads"
    screen.refresh()
    assert "decided this meanwhile: upheld" in screen.desk.banner.accessibleName()
    slt.perform(GiveVerdict(finding, Verdict.ADVICE, Reason.SLIP, seen=FindingState.UPHELD))
    assert [verdict.standing for verdict in slt.ask(ItemToReview(item)).findings[0].verdicts] == [True, False]

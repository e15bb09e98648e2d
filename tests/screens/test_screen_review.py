"""Review: the queue and its filters, verdicts by keys, referring and cases, two desks, hostile words."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QDialog, QLabel, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from app.domain.checks.finding import Check
from app.domain.review import FindingState, Reason, Verdict
from app.domain.roles import Role
from app.services.cases import Cases
from app.services.office import Office
from app.services.review import (
    GiveVerdict,
    ItemToReview,
    OfficeReferrals,
    ReferToSafeguarding,
    SafeguardingList,
)
from app.store.tables.content import ItemRow
from app.store.tables.review import FindingRow
from app.ui.parts.chip import ChipLabel
from app.ui.screens.review.item_screen import ItemScreen
from app.ui.screens.review.screen import ReviewScreen
from tests.conftest import OfficeOf
from tests.screens.fakes import FakeShell
from tests.screens.opening import CTRL, SHIFT, focused, key, opened, press, settle, step_back, when_asked, write
from tests.services.rows import SENT, a_class, a_guardian, a_pupil, about, an_item


@pytest.fixture
def shell() -> FakeShell:
    return FakeShell()


def shown(qtbot: QtBot, shell: FakeShell, office: Office, size: tuple[int, int] = (1224, 840)) -> ReviewScreen:
    return opened(qtbot, ReviewScreen(shell, office), office, size)


def queue(screen: ReviewScreen) -> list[int]:
    return [line.item_id for line in screen.table.rows]


def states(office: Office, item: int) -> list[FindingState]:
    return [card.state for card in office.ask(ItemToReview(item)).findings]


def another_finding(office: Office, item: int, check: Check = Check.HOURS) -> int:
    with office.database.writing() as session:
        row = FindingRow(
            item_id=item, check=check, clause="T7", severity="low", why="Sent late.", found_at=SENT
        )  # fmt: skip
        session.add(row)
        session.flush()
        return row.id


def several(office: Office, count: int) -> list[int]:
    return [an_item(office, f"Ella Marsh number {n}")[0] for n in range(count)]


def test_the_queue_shows_what_waits_safeguarding_first(qtbot: QtBot, shell: FakeShell, slt: Office) -> None:
    plain, _ = an_item(slt, "Ella Marsh did it")
    harm, _ = an_item(slt, "She says he hurts her", check=Check.SAFEGUARDING)
    rude, _ = an_item(slt, "You are a fool", check=Check.ABUSE)
    screen = shown(qtbot, shell, slt)
    assert queue(screen) == [harm, rude, plain]
    assert screen.listing.words == "3 items, 1 selected"
    assert screen.desk.presenter.item_id == harm
    assert screen.table.hasFocus()


def test_an_empty_queue_teaches_and_leads_to_bringing_in(qtbot: QtBot, shell: FakeShell, slt: Office) -> None:
    screen = shown(qtbot, shell, slt)
    assert screen.listing.words == "No items"
    assert screen.desk.pair.isHidden()
    screen._bring.click()
    assert shell.areas == ["imports"]


def test_filters_keep_findings_classes_and_what_is_decided(qtbot: QtBot, shell: FakeShell, slt: Office) -> None:
    named, finding = an_item(slt, "Ella Marsh did it")
    rude, _ = an_item(slt, "You are a fool", check=Check.ABUSE)
    willow = a_class(slt)
    with slt.database.writing() as session:
        item = session.get(ItemRow, rude)
        assert item is not None
        item.class_id = willow
    screen = shown(qtbot, shell, slt)
    screen.filters.turn("names")
    assert queue(screen) == [named]
    assert screen.desk.presenter.item_id == named
    screen.filters.clear()
    screen.filters.turn(f"class:{willow}")
    assert queue(screen) == [rude]
    screen.filters.clear()
    slt.perform(GiveVerdict(finding, Verdict.UPHELD, Reason.AGAINST_POLICY))
    screen.filters.turn("decided")
    assert queue(screen) == [named]
    screen.filters.clear()
    screen.filters.turn("office")
    assert queue(screen) == []
    assert screen.table._empty is not None
    assert screen.table._empty.accessibleName().startswith("Nothing of this sort waits.")


def test_each_choice_says_how_many_it_keeps(qtbot: QtBot, shell: FakeShell, slt: Office) -> None:
    an_item(slt, "Ella Marsh did it")
    an_item(slt, "You are a fool", check=Check.ABUSE)
    screen = shown(qtbot, shell, slt)
    offered = screen.filters.findChildren(QComboBox)[0]
    words = [offered.itemText(at) for at in range(offered.count())]
    assert words[:4] == ["All findings", "Signs of harm  0", "To review soon  1", "Can wait  1"]


def test_today_leads_to_one_sort_of_finding(qtbot: QtBot, shell: FakeShell, slt: Office) -> None:
    an_item(slt, "Ella Marsh did it")
    harm, _ = an_item(slt, "He hurts her", check=Check.SAFEGUARDING)
    screen = shown(qtbot, shell, slt)
    screen.look_through("harm")
    assert queue(screen) == [harm]


@pytest.mark.parametrize(
    ("letter", "verdict", "reason"),
    [
        ("u", Verdict.UPHELD, Reason.AGAINST_POLICY),
        ("a", Verdict.ADVICE, Reason.SLIP),
        ("f", Verdict.FALSE_ALARM, Reason.MISREAD),
    ],
)
def test_a_letter_and_enter_judge_and_move_on(
    qtbot: QtBot, shell: FakeShell, slt: Office, letter: str, verdict: Verdict, reason: Reason
) -> None:
    first, second, third = several(slt, 3)
    screen = shown(qtbot, shell, slt)
    press(letter)
    assert isinstance(focused(), QComboBox)
    key(Qt.Key.Key_Return)
    given = slt.ask(ItemToReview(first)).findings[0].verdicts[0]
    assert (given.verdict, given.reason) == (verdict, reason)
    assert queue(screen) == [second, third]
    assert screen.desk.presenter.item_id == second
    assert screen.table.hasFocus()
    assert shell.told == [f"{verdict.words}."]


def test_ten_decisions_by_keys_alone(qtbot: QtBot, shell: FakeShell, slt: Office) -> None:
    items = several(slt, 10)
    screen = shown(qtbot, shell, slt)
    for letter in "uaf" * 3 + "u":
        press(letter)
        key(Qt.Key.Key_Return)
    assert queue(screen) == []
    assert {state for item in items for state in states(slt, item)} <= {
        FindingState.UPHELD,
        FindingState.ADVICE,
        FindingState.FALSE_ALARM,
    }
    assert screen.listing.words == "No items"


def test_another_reason_by_arrow_and_a_change_of_mind(qtbot: QtBot, shell: FakeShell, slt: Office) -> None:
    item, _ = an_item(slt)
    shown(qtbot, shell, slt)
    press("u")
    press("a")
    key(Qt.Key.Key_Down)
    key(Qt.Key.Key_Return)
    given = slt.ask(ItemToReview(item)).findings[0].verdicts[0]
    assert (given.verdict, given.reason) == (Verdict.ADVICE, Reason.NEW_TO_RULE)


def test_letters_typed_into_the_reason_are_only_words(qtbot: QtBot, shell: FakeShell, slt: Office) -> None:
    item, other = several(slt, 2)
    screen = shown(qtbot, shell, slt)
    press("f")
    key(Qt.Key.Key_Tab)
    assert isinstance(focused(), QLineEdit)
    press("nap fun 123 uaf")
    assert screen.desk.presenter.item_id == item
    assert states(slt, item) == [FindingState.OPEN]
    key(Qt.Key.Key_Return)
    given = slt.ask(ItemToReview(item)).findings[0].verdicts[0]
    assert given.words == "nap fun 123 uaf"
    assert states(slt, other) == [FindingState.OPEN]


def test_letters_choose_in_a_filter_and_do_not_judge(qtbot: QtBot, shell: FakeShell, slt: Office) -> None:
    several(slt, 2)
    screen = shown(qtbot, shell, slt)
    assert screen.focus_filter()
    settle()
    press("n")
    assert screen.filters.on == {"names"}
    assert screen.desk.findings.asking is None


def test_something_else_needs_words_and_says_so(qtbot: QtBot, shell: FakeShell, slt: Office) -> None:
    item, finding = an_item(slt)
    screen = shown(qtbot, shell, slt)
    press("u")
    key(Qt.Key.Key_End)
    key(Qt.Key.Key_Return)
    assert states(slt, item) == [FindingState.OPEN]
    words = screen.desk.findings.panel(finding).words
    assert words.hasFocus()
    assert "needs a few words" in words.accessibleDescription()
    press("why")
    key(Qt.Key.Key_Return)
    assert states(slt, item) == [FindingState.UPHELD]


def test_escape_steps_back_from_the_reason(qtbot: QtBot, shell: FakeShell, slt: Office) -> None:
    item, _ = an_item(slt)
    screen = shown(qtbot, shell, slt)
    press("u")
    assert screen.leave()
    assert screen.desk.findings.asking is None
    assert screen.table.hasFocus()
    assert states(slt, item) == [FindingState.OPEN]
    assert not screen.leave()


def test_n_and_p_go_round_the_queue(qtbot: QtBot, shell: FakeShell, slt: Office) -> None:
    first, second, third = several(slt, 3)
    screen = shown(qtbot, shell, slt)
    seen = []
    for letter in "nnnp":
        press(letter)
        seen.append(screen.desk.presenter.item_id)
    assert seen == [second, third, first, third]
    key("N", SHIFT)
    assert screen.desk.presenter.item_id == second
    assert screen.table.hasFocus()


def test_several_findings_are_judged_one_after_the_other(qtbot: QtBot, shell: FakeShell, slt: Office) -> None:
    item, first = an_item(slt)
    second = another_finding(slt, item)
    screen = shown(qtbot, shell, slt)
    press("2")
    assert screen.desk.presenter.chosen == second
    press("1")
    assert screen.desk.presenter.chosen == first
    press("9")
    assert screen.desk.presenter.chosen == first
    press("u")
    key(Qt.Key.Key_Return)
    assert screen.desk.presenter.item_id == item
    assert screen.desk.presenter.chosen == second
    press("f")
    key(Qt.Key.Key_Return)
    assert states(slt, item) == [FindingState.UPHELD, FindingState.FALSE_ALARM]


def test_undo_takes_back_one_verdict_after_the_other(qtbot: QtBot, shell: FakeShell, slt: Office) -> None:
    first, second = several(slt, 2)
    screen = shown(qtbot, shell, slt)
    for letter in "uf":
        press(letter)
        key(Qt.Key.Key_Return)
    assert queue(screen) == []
    assert screen.undo()
    assert queue(screen) == [second]
    assert screen.desk.presenter.item_id == second
    assert shell.undo is None
    assert screen.undo()
    assert queue(screen) == [first, second]
    assert screen.desk.presenter.item_id == first
    assert screen.table.hasFocus()
    assert screen.undo() is False
    assert states(slt, first) == states(slt, second) == [FindingState.OPEN]


def test_undo_on_the_notice_is_the_same(qtbot: QtBot, shell: FakeShell, slt: Office) -> None:
    item, _ = an_item(slt)
    shown(qtbot, shell, slt)
    press("u")
    key(Qt.Key.Key_Return)
    assert shell.undo is not None
    shell.undo()
    assert states(slt, item) == [FindingState.OPEN]


def test_who_was_second_is_told_and_shown_and_overwrites_nothing(
    qtbot: QtBot, shell: FakeShell, slt: Office, head: Office
) -> None:
    item, finding = an_item(slt)
    screen = shown(qtbot, shell, slt)
    press("f")
    head.perform(GiveVerdict(finding, Verdict.UPHELD, Reason.REPEATED))
    key(Qt.Key.Key_Return)
    verdicts = slt.ask(ItemToReview(item)).findings[0].verdicts
    assert [(v.verdict, v.given_by) for v in verdicts] == [(Verdict.UPHELD, "Pat Headteacher")]
    assert not screen.desk.banner.isHidden()
    assert screen.desk.banner.accessibleName().startswith("Somebody else has decided this already: upheld.")
    assert screen.desk.presenter.item_id == item
    card = screen.desk.findings.cards[0]
    assert card.card.state is FindingState.UPHELD
    assert card.hasFocus()
    assert queue(screen) == []
    assert shell.told == []


def test_news_of_another_desk_does_not_take_the_reason_away(
    qtbot: QtBot, shell: FakeShell, slt: Office, head: Office
) -> None:
    item, finding = an_item(slt)
    _, elsewhere = an_item(slt, "Another matter altogether")
    screen = shown(qtbot, shell, slt)
    head.listen(screen.on_changes)
    press("f")
    key(Qt.Key.Key_Tab)
    press("half a sen")
    head.perform(GiveVerdict(elsewhere, Verdict.UPHELD, Reason.REPEATED))
    findings = screen.desk.findings
    assert findings.asking == finding
    assert findings.panel(finding).words.text() == "half a sen"
    head.perform(GiveVerdict(finding, Verdict.UPHELD, Reason.REPEATED))
    assert [card for card in findings.cards if not card.panel.isHidden()] == []
    assert "Somebody else decided this while you were writing." in screen.desk.banner.accessibleName()
    assert screen.desk.presenter.item_id == item


def test_what_somebody_else_referred_away_is_let_go_of(
    qtbot: QtBot, shell: FakeShell, slt: Office, head: Office
) -> None:
    item, _ = an_item(slt, "He hurts her", check=Check.SAFEGUARDING)
    screen = shown(qtbot, shell, slt)
    head.listen(screen.on_changes)
    head.perform(ReferToSafeguarding(item))
    assert screen.desk.presenter.shown is None
    assert screen.desk.pair.isHidden()
    assert "referred" in screen.desk.banner.accessibleName()
    assert queue(screen) == []


def test_a_sign_of_harm_goes_to_the_lead_by_keys(
    qtbot: QtBot, shell: FakeShell, slt: Office, office_of: OfficeOf
) -> None:
    an_item(slt, "He hurts her", check=Check.SAFEGUARDING)
    after, _ = an_item(slt, "Ella Marsh did it")
    screen = shown(qtbot, shell, slt)
    asked = when_asked(write("Please look today."))
    press("s")
    assert asked[0].startswith("Refer to the safeguarding lead?")
    assert len(office_of(Role.SAFEGUARDING).ask(SafeguardingList())) == 1
    assert shell.told == ["Referred to the safeguarding lead."]
    assert screen.desk.presenter.item_id == after
    assert queue(screen) == [after]
    assert screen.table.hasFocus()


def test_stepping_back_from_a_dialog_changes_nothing(qtbot: QtBot, shell: FakeShell, slt: Office) -> None:
    item, _ = an_item(slt, "He hurts her", check=Check.SAFEGUARDING)
    screen = shown(qtbot, shell, slt)
    when_asked(step_back)
    press("s")
    assert queue(screen) == [item]
    assert shell.told == []


def test_a_matter_goes_to_the_office_with_its_words_proposed(
    qtbot: QtBot, shell: FakeShell, slt: Office, clerk: Office
) -> None:
    item, _ = an_item(slt, "Sam is ill today", check=Check.OFFICE)
    screen = shown(qtbot, shell, slt)
    proposed: list[str] = []

    def answer(dialog: QDialog) -> None:
        field = dialog.findChild(QPlainTextEdit)
        assert field is not None
        proposed.append(field.toPlainText())
        QTest.keyClicks(field, "Sam: ill today")
        QTest.keyClick(field, Qt.Key.Key_Return, CTRL)

    when_asked(answer)
    press("o")
    assert proposed == ["Unknown person: Sam is ill today"]
    assert [line.brief for line in clerk.ask(OfficeReferrals())] == ["Sam: ill today"]
    assert shell.told == ["Referred to the office."]
    assert screen.desk.presenter.item_id == item
    when_asked(lambda dialog: QTest.keyClick(dialog, Qt.Key.Key_Return, CTRL))
    press("o")
    assert "The office has this already" in screen.desk.banner.accessibleName()


def test_a_case_is_opened_by_keys(qtbot: QtBot, shell: FakeShell, slt: Office) -> None:
    an_item(slt, "You are a fool", check=Check.ABUSE)
    screen = shown(qtbot, shell, slt)
    when_asked(write("A message was abusive."))
    press("c")
    assert len(slt.ask(Cases())) == 1
    assert shell.told == ["Case opened. The headteacher decides."]
    when_asked(write("Again."))
    press("c")
    assert "has a case already" in screen.desk.banner.accessibleName()


def test_every_way_is_open_whatever_the_check_found(qtbot: QtBot, shell: FakeShell, slt: Office) -> None:
    an_item(slt, "He waits outside her window", check=Check.SURNAME)
    shown(qtbot, shell, slt)
    when_asked(write("Please look today."))
    press("s")
    assert shell.told == ["Referred to the safeguarding lead."]


def test_keys_do_nothing_where_nothing_is_in_hand(qtbot: QtBot, shell: FakeShell, slt: Office) -> None:
    shown(qtbot, shell, slt)
    press("soctruaf")
    assert shell.told == []
    assert slt.ask(Cases()) == ()


def test_after_a_referral_control_z_takes_back_no_earlier_verdict(qtbot: QtBot, shell: FakeShell, slt: Office) -> None:
    first, _ = an_item(slt, "You are a fool", check=Check.ABUSE)
    an_item(slt, "Sam is ill today", check=Check.OFFICE)
    screen = shown(qtbot, shell, slt)
    press("u")
    key(Qt.Key.Key_Return)
    when_asked(write("And so on."))
    press("o")
    assert not screen.undo()
    assert states(slt, first) == [FindingState.UPHELD]


def test_in_a_narrow_window_the_detail_takes_the_lists_place(qtbot: QtBot, shell: FakeShell, slt: Office) -> None:
    items = several(slt, 3)
    screen = shown(qtbot, shell, slt, (760, 700))
    assert screen.split.is_narrow
    assert screen.table.isVisible()
    assert not screen.desk.isVisible()
    key(Qt.Key.Key_Return)
    assert screen.desk.isVisible()
    assert screen.desk.findings.cards[0].hasFocus()
    press("u")
    key(Qt.Key.Key_Return)
    assert screen.desk.presenter.item_id == items[1]
    assert screen.desk.findings.cards[0].hasFocus()
    press("n")
    assert screen.desk.presenter.item_id == items[2]
    assert screen.desk.findings.cards[0].hasFocus()
    assert screen.leave()
    settle()
    assert screen.table.hasFocus()
    press("f")
    assert isinstance(focused(), QComboBox)
    assert screen.desk.isVisible()


def test_control_enter_opens_the_item_in_a_window_of_its_own(qtbot: QtBot, shell: FakeShell, slt: Office) -> None:
    item, _ = an_item(slt)
    shown(qtbot, shell, slt)
    key(Qt.Key.Key_Return, CTRL)
    assert shell.opened == [("item", item, True)]


def test_an_item_alone_is_judged_the_same_way(qtbot: QtBot, shell: FakeShell, slt: Office) -> None:
    item, _ = an_item(slt)
    screen = opened(qtbot, ItemScreen(shell, slt, item), slt, (960, 720))
    assert screen.desk.findings.cards[0].hasFocus()
    press("a")
    key(Qt.Key.Key_Return)
    assert states(slt, item) == [FindingState.ADVICE]
    assert screen.undo()
    assert states(slt, item) == [FindingState.OPEN]


def test_an_item_that_is_gone_says_so(qtbot: QtBot, shell: FakeShell, slt: Office) -> None:
    item, _ = an_item(slt)
    slt.perform(ReferToSafeguarding(item))
    screen = opened(qtbot, ItemScreen(shell, slt, item), slt)
    assert screen.desk.pair.isHidden()
    assert "referred" in screen.desk.banner.accessibleName()


def test_the_childrens_rulings_stand_beside_a_finding_about_them(qtbot: QtBot, shell: FakeShell, slt: Office) -> None:
    _, finding = an_item(slt)
    about(slt, finding, a_pupil(slt))
    screen = shown(qtbot, shell, slt)
    chips = screen.desk.findings.cards[0].findChildren(ChipLabel)
    assert "Photographs: undecided" in [chip.chip.word for chip in chips]


def test_the_authors_other_findings_are_counted(qtbot: QtBot, shell: FakeShell, slt: Office) -> None:
    guardian = a_guardian(slt, a_pupil(slt))
    an_item(slt, "One", guardian=guardian)
    _, finding = an_item(slt, "Two", guardian=guardian)
    slt.perform(GiveVerdict(finding, Verdict.UPHELD, Reason.REPEATED))
    screen = shown(qtbot, shell, slt)
    assert "2 items by this author, 1 other finding upheld." in words_of(screen.desk.view)


def words_of(widget: QWidget) -> list[str]:
    return [label.text() for label in widget.findChildren(QLabel)]

"""Pupils' login codes: kept so that the store alone tells nothing, given out on record (H6)."""

from __future__ import annotations

from datetime import date

import pytest

from app.domain.login_codes import login_doubt, read_login_list
from app.domain.problems import NotAllowed, Overtaken, Refused
from app.domain.roles import Role
from app.services.activity import Activity
from app.services.leavers import RecordLeaver
from app.services.login_cards import EnterLogin, ImportLogins, LoginCards, RevokeLogin, TakeOutCards
from app.services.office import Office
from app.store.reads.activity import ActivityFilter
from tests.conftest import OfficeOf
from tests.services.rows import a_class, a_pupil, everything


def test_a_code_is_entered_and_shown_by_its_ending_only(clerk: Office) -> None:
    ella = a_pupil(clerk, class_id=a_class(clerk))
    clerk.perform(EnterLogin(ella, " sab 12-cd34 "))
    line = clerk.ask(LoginCards())[0]
    assert (line.permitted, line.ending, line.printed_at) == ("Ella", "34", None)
    assert "SAB12CD34" not in everything(clerk)
    assert "SAB12CD34" not in repr(EnterLogin(ella, "SAB12CD34"))


@pytest.mark.parametrize(
    ("code", "link", "part"),
    [
        ("", "", "Enter the pupil's text code"),
        ("PAB12CD34", "", "a code for parents"),
        ("S!", "", "4 to 16 letters and figures"),
        ("SAB12CD34", "student.example/abc", "must begin with https"),
    ],
)
def test_a_code_that_cannot_be_is_refused(clerk: Office, code: str, link: str, part: str) -> None:
    with pytest.raises(Refused, match=part):
        clerk.perform(EnterLogin(a_pupil(clerk), code, link))


def test_two_children_never_share_a_code(clerk: Office) -> None:
    ella, sam = a_pupil(clerk), a_pupil(clerk, "Sam")
    clerk.perform(EnterLogin(ella, "SAB12CD34"))
    with pytest.raises(Refused, match="Another pupil has this code"):
        clerk.perform(EnterLogin(sam, "SAB12CD34"))
    with pytest.raises(Overtaken):
        clerk.perform(EnterLogin(ella, "SAB12CD34"))
    clerk.perform(EnterLogin(ella, "SXY98ZW76"))
    clerk.perform(EnterLogin(sam, "SAB12CD34"))
    assert [line.ending for line in clerk.ask(LoginCards())] == ["76", "34"]


def test_a_leaver_gets_none(clerk: Office) -> None:
    ella = a_pupil(clerk)
    clerk.perform(RecordLeaver(ella, date(2026, 11, 20)))
    with pytest.raises(Refused, match="has left"):
        clerk.perform(EnterLogin(ella, "SAB12CD34"))


def test_a_lists_lines_add_up(clerk: Office) -> None:
    a_pupil(clerk, "Omar", "Ward")
    a_pupil(clerk, "Ella", "Marsh")
    text = (
        "Student, Code\nWard, Omar\tSAB12CD34\thttps://student.example/x1\nElla Marsh, 12345\nNobody Here, SAA11BB22\n"
        "Ella Marsh\nElla Marsh, SAB12CD34\n"
    )
    lines = read_login_list(text)
    assert [(line.number, bool(line.code), bool(line.link)) for line in lines] == [
        (2, True, True), (3, True, False), (4, True, False), (5, False, False), (6, True, False),
    ]  # fmt: skip
    done = clerk.perform(ImportLogins(lines))
    assert (done.recorded, [told.number for told in done.rejected]) == (2, [4, 5, 6])
    assert [told.number for told in done.doubts] == [3]
    assert login_doubt("12345").startswith("ClassDojo's codes for pupils begin with S")
    with pytest.raises(Refused, match="holds no code"):
        clerk.perform(ImportLogins(()))


def test_cards_are_taken_out_in_order_and_on_record(clerk: Office, head: Office) -> None:
    willow = a_class(clerk)
    ella, sam, tom = (a_pupil(clerk, first, class_id=willow) for first in ("Ella", "Sam", "Tom"))
    clerk.perform(EnterLogin(ella, "SAB12CD34"))
    clerk.perform(EnterLogin(sam, "SXY98ZW76", "https://student.example/sam"))
    taken = clerk.perform(TakeOutCards((sam, tom, ella)))
    assert [(card.name, card.login.code, card.login.in_qr) for card in taken.cards] == [
        ("Sam", "SXY98ZW76", "https://student.example/sam"),
        ("Ella", "SAB12CD34", "SAB12CD34"),
    ]
    assert taken.without == 1
    assert sum(line.printed_at is not None for line in clerk.ask(LoginCards())) == 2
    newest = head.ask(Activity(ActivityFilter()))[0]
    assert (newest.verb, newest.detail) == ("card.taken_out", (("cards", "2"),))
    with pytest.raises(Refused, match="None of these pupils"):
        clerk.perform(TakeOutCards((tom,)))


def test_a_lost_card_is_revoked_with_the_reason(clerk: Office) -> None:
    ella = a_pupil(clerk)
    clerk.perform(EnterLogin(ella, "SAB12CD34"))
    with pytest.raises(Refused, match="Say why"):
        clerk.perform(RevokeLogin(ella, " "))
    clerk.perform(RevokeLogin(ella, "Lost on the bus."))
    assert clerk.ask(LoginCards())[0].ending == ""
    with pytest.raises(Overtaken):
        clerk.perform(RevokeLogin(ella, "Again."))


@pytest.mark.parametrize("role", [Role.SLT, Role.SAFEGUARDING])
def test_others_see_that_there_is_a_code_and_not_which(office_of: OfficeOf, clerk: Office, role: Role) -> None:
    ella = a_pupil(clerk)
    clerk.perform(EnterLogin(ella, "SAB12CD34"))
    other = office_of(role)
    assert other.ask(LoginCards())[0].ending == "34"
    with pytest.raises(NotAllowed):
        other.perform(TakeOutCards((ella,)))

"""The schedule, what falls due under it, holds: nothing under a suggestion, nothing that is guarded (K4)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from app.domain.problems import NotAllowed, Overtaken, Refused
from app.domain.retention import RULES, Kept, KeptBack
from app.domain.roles import Role
from app.services.office import Office
from app.services.retention import ConfirmRetention, Schedule, ScheduleLine, SetRetention, UnconfirmRetention
from app.services.retention_holds import HoldsInForce, LiftHold, PlaceHold
from app.services.retention_preview import Due, DueToday
from app.store.tables.cases import AppealRow, CaseDecisionRow, CaseEventRow, CaseRow, DataBreachRow
from app.store.tables.content import ItemRow, TagRow
from app.store.tables.monitoring import RequestRow
from app.store.tables.register import LeaverRow
from app.store.tables.review import FindingRow, ReferralRow, TakedownRow
from tests.conftest import NOW, OfficeOf, StandingClock
from tests.services.retention_rows import OLD, WORD, Old, old_item, old_records
from tests.services.rows import a_guardian, a_pupil, everything
from tests.services.test_evidence import office, opens, vault

__all__ = ["office", "opens", "vault"]

NEXT_YEAR = date(2027, 11, 1)
EVERYTHING = [kind for kind in Kept if not RULES[kind].kept_whole]


def confirm_all(head: Office) -> None:
    for line in head.ask(Schedule()):
        if line.kind in EVERYTHING and not line.confirmed:
            assert line.kind is not None
            head.perform(ConfirmRetention(line.kind, line.months))


def line_of(office: Office, kind: Kept) -> ScheduleLine:
    return next(line for line in office.ask(Schedule()) if line.kind is kind)


def counts(due: Due) -> dict[Kept, int]:
    return {part.kind: part.count for part in due.parts if part.count}


def back(due: Due, kind: Kept) -> dict[KeptBack, int]:
    return dict(next(part.kept_back for part in due.parts if part.kind is kind))


def test_a_new_school_has_every_line_as_a_suggestion(head: Office) -> None:
    lines = head.ask(Schedule())
    assert [line.kind for line in lines] == [*Kept, None]
    assert not any(line.confirmed for line in lines)
    assert all(line.why and line.keep for line in lines)
    assert line_of(head, Kept.CASES).keep == "6 years after closing"


def test_nothing_is_due_until_a_line_is_confirmed_and_only_under_that_line(office: Office) -> None:
    old_records(office)
    due = office.ask(DueToday())
    assert (due.parts, due.count, due.unconfirmed) == ((), 0, len(EVERYTHING))
    office.perform(ConfirmRetention(Kept.DRAFTS, 12))
    due = office.ask(DueToday())
    assert counts(due) == {Kept.DRAFTS: 1}
    office.perform(UnconfirmRetention(Kept.DRAFTS))
    assert office.ask(DueToday()).count == 0


def test_one_old_record_of_every_sort_is_due(office: Office) -> None:
    old_records(office)
    confirm_all(office)
    due = office.ask(DueToday())
    assert counts(due) == {kind: 2 if kind is Kept.CASES else 1 for kind in EVERYTHING}
    assert due.kept_back == 0
    part = due.parts[0]
    assert (part.oldest, part.newest) == (OLD.date(), OLD.date())
    assert WORD not in repr(due)
    assert "Una" not in repr(due)
    assert "Bea" not in repr(due)


def test_records_fall_due_on_the_first_day_after_their_time(office: Office, clock: StandingClock) -> None:
    office.perform(ConfirmRetention(Kept.ITEMS, 12))
    old_item(office, at=OLD.replace(year=2025))
    clock.now = NOW.replace(year=2027, month=8, day=31)
    assert office.ask(DueToday()).count == 0
    clock.now = NOW.replace(year=2027, month=9, day=1)
    assert office.ask(DueToday()).count == 1


def test_an_item_without_any_date_stays(office: Office) -> None:
    office.perform(ConfirmRetention(Kept.ITEMS, 12))
    with office.database.writing() as session:
        session.add(ItemRow(digest="d" * 64, kind="message", author_role="parent", text="When?"))
    assert office.ask(DueToday()).count == 0


def referred(head: Office, old: Old) -> None:
    with head.database.writing() as session:
        session.add(ReferralRow(item_id=old.item, to="safeguarding", brief_sealed=b"x", made_at=OLD, made_by=1))


def tagged_elsewhere(head: Office, old: Old) -> None:
    """The child is tagged in something recent that went to the safeguarding lead; the referral is closed."""
    other = old_item(head, "something else", NOW, restricted=True)
    with head.database.writing() as session:
        session.add(TagRow(item_id=other, pupil_id=old.pupil))
        session.add(
            ReferralRow(
                item_id=other, to="safeguarding", brief_sealed=b"x", made_at=NOW, made_by=1, done_at=NOW, done_by=1
            )
        )


def requested(head: Office, old: Old) -> None:
    with head.database.writing() as session:
        session.add(
            RequestRow(
                kind="access",
                about_guardian=old.guardian,
                received_on=NOW.date(),
                due_on=NEXT_YEAR,
                recorded_by=1,
            )
        )


def held_leaver(head: Office, old: Old) -> None:
    with head.database.writing() as session:
        session.add(LeaverRow(pupil_id=old.pupil, hold_why="A claim."))


def open_finding(head: Office, old: Old) -> None:
    with head.database.writing() as session:
        session.get_one(FindingRow, old.finding).state = "open"


def open_takedown(head: Office, old: Old) -> None:
    with head.database.writing() as session:
        session.add(TakedownRow(item_id=old.item, wanted="remove", words="", asked_at=OLD, asked_by=1))


def with_the_office(head: Office, old: Old) -> None:
    with head.database.writing() as session:
        session.add(ReferralRow(item_id=old.item, to="office", brief="b", made_at=OLD, made_by=1))


def in_a_case(head: Office, old: Old) -> None:
    with head.database.writing() as session:
        session.get_one(CaseRow, old.case).finding_id = old.finding


@pytest.mark.parametrize(
    ("guard", "why"),
    [
        (referred, KeptBack.SAFEGUARDING),
        (tagged_elsewhere, KeptBack.SAFEGUARDING),
        (requested, KeptBack.REQUEST),
        (held_leaver, KeptBack.HOLD),
        (open_finding, KeptBack.REVIEW),
        (open_takedown, KeptBack.REVIEW),
        (with_the_office, KeptBack.REFERRED),
        (in_a_case, KeptBack.CASE),
    ],
)
def test_a_guarded_message_is_kept_back_with_the_reason(
    office: Office, guard: Callable[[Office, Old], None], why: KeptBack
) -> None:
    office.perform(ConfirmRetention(Kept.ITEMS, 12))
    old = old_records(office)
    guard(office, old)
    due = office.ask(DueToday())
    assert counts(due) == {}
    assert back(due, Kept.ITEMS) == {why: 1}


@pytest.mark.parametrize("guard", [referred, tagged_elsewhere, requested, held_leaver])
def test_everything_about_a_guarded_family_stays(office: Office, guard: Callable[[Office, Old], None]) -> None:
    guard(office, old_records(office))
    confirm_all(office)
    due = office.ask(DueToday())
    assert counts(due) == {Kept.DRAFTS: 1, Kept.REQUESTS: 1, Kept.CASES: 1}, "these name no child; the case is kept"
    for kind in (Kept.ITEMS, Kept.CODES, Kept.FORMS, Kept.LISTS, Kept.CASES):
        assert sum(back(due, kind).values()) == 1, kind


def open_case(head: Office, old: Old) -> None:
    with head.database.writing() as session:
        session.get_one(CaseRow, old.case).status = "open"


def appealed(head: Office, old: Old) -> None:
    with head.database.writing() as session:
        decision = session.query(CaseDecisionRow).one()
        session.add(AppealRow(decision_id=decision.id, received_on=OLD.date()))


def referred_out(head: Office, old: Old) -> None:
    with head.database.writing() as session:
        session.add(CaseEventRow(case_id=old.case, at=OLD, by=1, kind="referred out", words_sealed=b"x"))


def undecided_breach(head: Office, old: Old) -> None:
    with head.database.writing() as session:
        session.query(DataBreachRow).one().decided_at = None


@pytest.mark.parametrize(
    ("guard", "why"),
    [
        (open_case, KeptBack.OPEN),
        (appealed, KeptBack.OPEN),
        (undecided_breach, KeptBack.OPEN),
        (referred_out, KeptBack.REFERRED),
    ],
)
def test_a_case_that_is_not_over_stays(office: Office, guard: Callable[[Office, Old], None], why: KeptBack) -> None:
    guard(office, old_records(office))
    confirm_all(office)
    assert why in back(office.ask(DueToday()), Kept.CASES)


def test_a_decision_that_still_holds_keeps_its_case(office: Office) -> None:
    old_records(office)
    with office.database.writing() as session:
        session.query(CaseDecisionRow).one().review_on = NEXT_YEAR
    confirm_all(office)
    assert counts(office.ask(DueToday()))[Kept.CASES] == 1, "the entry of the register alone"


def test_a_line_is_changed_by_leaders_and_confirmed_by_the_headteacher(head: Office, slt: Office) -> None:
    slt.perform(SetRetention(Kept.DRAFTS, 6, "  The governors said so. "))
    line = line_of(slt, Kept.DRAFTS)
    assert (line.months, line.why, line.keep) == (6, "The governors said so.", "6 months after the check")
    with pytest.raises(NotAllowed):
        slt.perform(ConfirmRetention(Kept.DRAFTS, 6))
    with pytest.raises(Overtaken):
        head.perform(ConfirmRetention(Kept.DRAFTS, 12))
    head.perform(ConfirmRetention(Kept.DRAFTS, 6))
    line = line_of(slt, Kept.DRAFTS)
    assert (line.confirmed, line.confirmed_by) == (True, head.actor.name)
    with pytest.raises(Overtaken):
        head.perform(ConfirmRetention(Kept.DRAFTS, 6))
    slt.perform(SetRetention(Kept.DRAFTS, 7, "Changed."))
    assert not line_of(slt, Kept.DRAFTS).confirmed, "what is changed is a suggestion again"
    with pytest.raises(Refused):
        head.perform(UnconfirmRetention(Kept.DRAFTS))


@pytest.mark.parametrize("role", [Role.OFFICE, Role.SLT, Role.SAFEGUARDING])
def test_what_is_due_and_held_is_for_the_headteacher_alone(office_of: OfficeOf, role: Role) -> None:
    for query in (DueToday(), HoldsInForce()):
        with pytest.raises(NotAllowed):
            office_of(role).ask(query)


def test_a_hold_keeps_a_record_until_it_is_let_go(office: Office) -> None:
    old = old_records(office)
    confirm_all(office)
    office.perform(PlaceHold(Kept.ITEMS, (("item", old.item),), "A governor asked.", NEXT_YEAR))
    due = office.ask(DueToday())
    assert Kept.ITEMS not in counts(due)
    assert back(due, Kept.ITEMS) == {KeptBack.HOLD: 1}
    (hold,) = office.ask(HoldsInForce())
    assert (hold.why, hold.review_on, hold.overdue) == ("A governor asked.", NEXT_YEAR, False)
    with pytest.raises(Overtaken):
        office.perform(PlaceHold(Kept.ITEMS, (("item", old.item),), "Again.", NEXT_YEAR))
    assert office.perform(LiftHold((hold.id,))) == 1
    assert counts(office.ask(DueToday()))[Kept.ITEMS] == 1
    with pytest.raises(Overtaken):
        office.perform(LiftHold((hold.id,)))


def test_a_whole_sort_can_be_held(office: Office, clock: StandingClock) -> None:
    old_records(office)
    confirm_all(office)
    office.perform(PlaceHold(Kept.CASES, (), "An inquiry.", NEXT_YEAR))
    assert Kept.CASES not in counts(office.ask(DueToday()))
    clock.now = NOW.replace(year=2027, month=12)
    assert office.ask(HoldsInForce())[0].overdue


@pytest.mark.parametrize(
    ("records", "why", "on", "said"),
    [
        ((), " ", NEXT_YEAR, "Say why"),
        ((), "x" * 301, NEXT_YEAR, "too long"),
        ((), "Because", NOW.date(), "Choose a day ahead"),
        ((("item", 999),), "Because", NEXT_YEAR, "no longer there"),
        ((("pupil", 1),), "Because", NEXT_YEAR, "does not belong"),
        ((("breach_case", 1),), "Because", NEXT_YEAR, "does not belong"),
    ],
)
def test_a_hold_that_cannot_be_is_refused_in_words(
    head: Office, records: tuple[tuple[str, int], ...], why: str, on: date, said: str
) -> None:
    with pytest.raises((Refused, Overtaken), match=said):
        head.perform(PlaceHold(Kept.ITEMS, records, why, on))
    assert head.ask(HoldsInForce()) == ()


def test_why_something_is_held_lies_sealed(head: Office) -> None:
    head.perform(PlaceHold(Kept.ITEMS, (), f"Because of {WORD}.", NEXT_YEAR))
    assert WORD not in everything(head)


def test_a_stranger_s_records_are_due_beside_a_guarded_family(office: Office) -> None:
    office.perform(ConfirmRetention(Kept.ITEMS, 12))
    old = old_records(office)
    referred(office, old)
    other = a_pupil(office, "Ida", "Frost")
    adult = a_guardian(office, other, "Kit")
    old_item(office, "about the trip", guardian_id=adult)
    due = office.ask(DueToday())
    assert (counts(due), back(due, Kept.ITEMS)) == ({Kept.ITEMS: 1}, {KeptBack.SAFEGUARDING: 1})

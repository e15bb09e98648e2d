"""September: proposed, corrected, applied once in one transaction, taken back whole (H7, T11)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from app.domain.leaving import Step
from app.domain.problems import Overtaken, Refused
from app.domain.september import LEAVE, STAY, Draft
from app.domain.sheets import SheetState
from app.services.classes import Classes
from app.services.codes import CodeLedger, IssueCodes, Scope
from app.services.leavers import Leavers, NoteStep, RecordLeaver
from app.services.leaving import MOVED
from app.services.linking import RecordLink
from app.services.office import Office
from app.services.pupils import Pupil, Pupils
from app.services.pupils_by_hand import MovePupils
from app.services.school import RecordStaff, SetCalendar
from app.services.september import (
    ApplySeptember,
    DiscardSeptember,
    PlanSeptember,
    SaveSeptember,
    September,
    UndoSeptember,
)
from app.services.sheets import ClassSheets
from app.store.tables.people import PupilRow
from app.store.tables.school import ClassRow
from tests.conftest import StandingClock
from tests.services.rows import a_guardian, a_pupil, everything

FIRST = datetime(2027, 9, 1, 9, 0, tzinfo=UTC)


@pytest.fixture
def school(clerk: Office, clock: StandingClock) -> dict[str, int]:
    """A class each of Reception, Years 1, 5 and 6, a child in each, and one who starts."""
    clock.now = FIRST
    ids: dict[str, int] = {}
    with clerk.database.writing() as session:
        for name, year in (("Acorn", "R"), ("Ash", "1"), ("Oak", "5"), ("Elm", "6")):
            row = ClassRow(name=name, year_group=year)
            session.add(row)
            session.flush()
            ids[name] = row.id
    for first, place, year in (("Ella", "Acorn", "R"), ("Olu", "Oak", "5"), ("Sam", "Elm", "6"), ("Nia", "", "R")):
        ids[first] = a_pupil(clerk, first, "Reed", ids.get(place))
        with clerk.database.writing() as session:
            session.get_one(PupilRow, ids[first]).year_group = year
    return ids


def where(office: Office) -> dict[str, tuple[str | None, str | None]]:
    return {line.first: (line.class_name, line.year_group) for line in office.ask(Pupils())}


def apply(office: Office, draft: Draft | None = None) -> None:
    state = office.ask(September())
    office.perform(ApplySeptember(draft or state.draft, state.version))


def test_everybody_goes_up_year_six_leaves_and_starters_are_placed(clerk: Office, school: dict[str, int]) -> None:
    state = clerk.ask(September())
    assert state.draft.year == "2027/28"
    assert (len(state.plan.leavers), len(state.plan.starters), state.plan.unplaced) == (1, 1, ())
    done = clerk.perform(ApplySeptember(state.draft, state.version))
    assert (done.moved, done.leavers, done.starters, done.ended) == (3, 1, 1, 1)
    assert where(clerk) == {"Ella": ("Ash", "1"), "Olu": ("Elm", "6"), "Nia": ("Acorn", "R")}
    assert [line.pupil_id for line in clerk.ask(Leavers()).lines] == [school["Sam"]]
    assert [line.name for line in clerk.ask(Classes()).classes if not line.active] == ["Oak"], "nobody went there"


def test_it_runs_once_a_year_and_again_the_next(clerk: Office, school: dict[str, int], clock: StandingClock) -> None:
    apply(clerk)
    with pytest.raises(Refused, match="2027/28 is applied already"):
        apply(clerk)
    with pytest.raises(Refused, match="applied already"):
        clerk.perform(DiscardSeptember())
    clock.now = FIRST.replace(year=2028)
    assert clerk.ask(September()).applied_at is None
    apply(clerk, clerk.ask(September()).draft.place([school["Ella"]], STAY))
    assert where(clerk)["Ella"] == ("Ash", "1")


def test_class_lists_are_issued_anew_and_old_codes_hold_no_longer(clerk: Office, school: dict[str, int]) -> None:
    adult = a_guardian(clerk, school["Ella"])
    clerk.perform(IssueCodes(Scope(pupil_id=school["Ella"], guardian_id=adult)))
    state = clerk.ask(September())
    done = clerk.perform(ApplySeptember(state.draft, state.version))
    assert (done.codes, done.lists) == (1, 4)
    assert clerk.ask(CodeLedger())[0].revoked_why == MOVED
    states = {sheet.name: sheet.state for sheet in clerk.ask(ClassSheets()).sheets}
    assert SheetState.NEVER not in states.values()
    assert SheetState.OUTDATED not in states.values()


def test_a_draft_is_kept_and_taken_up_again(clerk: Office, head: Office, school: dict[str, int]) -> None:
    state = clerk.ask(September())
    draft, key = state.draft.make("Oak Two", "6", ())
    draft = replace(draft.place([school["Olu"]], key), end_empty=False)
    version = clerk.perform(SaveSeptember(draft, state.version))
    again = head.ask(September())
    assert (again.draft, again.version) == (draft, version)
    with pytest.raises(Overtaken, match="another draft"):
        head.perform(SaveSeptember(draft, 0))
    assert "Reed" not in everything(clerk).split("2027/28")[1].split("}")[0], "a draft names nobody"
    head.perform(DiscardSeptember())
    assert clerk.ask(September()).draft == state.draft
    with pytest.raises(Overtaken):
        head.perform(DiscardSeptember())


def test_a_draft_follows_the_register(clerk: Office, school: dict[str, int]) -> None:
    state = clerk.ask(September())
    clerk.perform(SaveSeptember(state.draft.place([school["Ella"]], STAY), 0))
    clerk.perform(RecordLeaver(school["Olu"], date(2027, 8, 31)))
    late = a_pupil(clerk, "Tom", "Reed", school["Acorn"])
    draft = clerk.ask(September()).draft
    assert school["Olu"] not in draft.places
    assert draft.places[school["Ella"]] == STAY
    assert draft.places[late] == f"c{school['Ash']}"
    with pytest.raises(Overtaken, match="register has changed"):
        clerk.perform(ApplySeptember(state.draft, 1))


def test_nothing_is_applied_while_somebody_has_no_place(clerk: Office, school: dict[str, int]) -> None:
    with pytest.raises(Refused, match="1 pupil has no place"):
        apply(clerk, clerk.ask(September()).draft.place([school["Nia"]], ""))
    assert where(clerk)["Ella"] == ("Acorn", "R")


def test_leavers_do_not_leave_before_their_last_day(clerk: Office, school: dict[str, int]) -> None:
    with pytest.raises(Refused, match="last day lies ahead"):
        apply(clerk, replace(clerk.ask(September()).draft, last_day=date(2027, 9, 2)))


def test_taken_back_whole(clerk: Office, school: dict[str, int]) -> None:
    clerk.perform(RecordStaff("Mrs Holt", classes=("Oak",)))
    adult = a_guardian(clerk, school["Sam"])
    clerk.perform(RecordLink(school["Sam"], adult))
    code = a_guardian(clerk, school["Ella"], "Tom")
    clerk.perform(IssueCodes(Scope(pupil_id=school["Ella"], guardian_id=code)))
    before = where(clerk)
    draft, key = clerk.ask(September()).draft.make("Pine", "6", ())
    apply(clerk, draft.place([school["Olu"]], key))
    assert where(clerk)["Olu"] == ("Pine", "6")
    assert clerk.perform(UndoSeptember()) == 4
    assert where(clerk) == before
    assert clerk.ask(Pupil(school["Sam"])).guardians[0].link == "linked"
    assert clerk.ask(CodeLedger())[0].revoked_at is None
    board = {line.name: line for line in clerk.ask(Classes()).classes}
    assert board["Oak"].active
    assert [name for _, name in board["Oak"].staff] == ["Mrs Holt"]
    assert not board["Pine"].active
    assert clerk.ask(Leavers()).lines == ()
    with pytest.raises(Overtaken):
        clerk.perform(UndoSeptember())
    apply(clerk)


@pytest.mark.parametrize("what", ["moved", "code", "ticked"])
def test_what_somebody_did_since_is_not_undone(
    clerk: Office, school: dict[str, int], clock: StandingClock, what: str
) -> None:
    adult = a_guardian(clerk, school["Ella"])
    apply(clerk)
    clock.later(minutes=5)
    if what == "moved":
        clerk.perform(MovePupils((school["Ella"],), school["Elm"]))
    elif what == "code":
        clerk.perform(IssueCodes(Scope(pupil_id=school["Ella"], guardian_id=adult)))
    else:
        clerk.perform(NoteStep((school["Sam"],), Step.GRADUATE))
    now = where(clerk)
    with pytest.raises(Refused, match="cannot be taken back"):
        clerk.perform(UndoSeptember())
    assert where(clerk) == now


def test_a_plan_is_only_looked_at(clerk: Office, school: dict[str, int]) -> None:
    draft = clerk.ask(September()).draft
    plan = clerk.ask(PlanSeptember(draft.place([school["Olu"]], LEAVE)))
    assert [move.doubt for move in plan.doubts] == ["Leaves before Year 6."]
    assert clerk.ask(September()).version == 0


def test_a_year_that_pupils_are_in_by_age_is_not_done_again(
    clerk: Office, school: dict[str, int], clock: StandingClock
) -> None:
    for id_ in (school["Ella"], school["Nia"], school["Sam"], school["Olu"]):
        with clerk.database.writing() as session:
            session.get_one(PupilRow, id_).year_group = "4"
    state = clerk.ask(September())
    assert (state.draft.year, state.too_early) == ("2028/29", True)
    with pytest.raises(Refused, match="too early"):
        apply(clerk)
    clerk.perform(SaveSeptember(state.draft, 0))
    clock.now = FIRST.replace(year=2028, month=6)
    again = clerk.ask(September())
    assert (again.draft, again.version, again.too_early) == (state.draft, 1, False)


def test_leavers_leave_at_the_end_of_the_summer_term(
    clerk: Office, school: dict[str, int], clock: StandingClock
) -> None:
    assert clerk.ask(September()).draft.last_day == date(2027, 8, 31)
    clerk.perform(SetCalendar((("Summer", date(2027, 4, 12), date(2027, 7, 20)),), ()))
    assert clerk.ask(September()).draft.last_day == date(2027, 7, 20)

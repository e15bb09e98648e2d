"""Appeals heard by somebody else, adults let back, and the register of data breaches with its clock (M2, K2)."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from app.domain.appeals import SCHOOL_DAYS, AppealOutcome, check_hearing, last_day
from app.domain.breach import CaseStatus, Outcome
from app.domain.calendar import SchoolCalendar, zone_named
from app.domain.problems import Overtaken, Problem, Refused
from app.services.appeals import AppealOf, DecideAppeal, RecordAppeal, Reinstate
from app.services.cases import Cases, DecideCase, OpenCase, ReadCase
from app.services.data_breaches import DataBreaches, DecideBreach, ReadBreach, RecordBreach
from app.services.linking import RecordLink, SetContact
from app.services.office import Office
from app.store.tables.links import LinkRow
from tests.conftest import NOW, StandingClock
from tests.services.rows import a_class, a_guardian, a_pupil, an_item, everything

TODAY = date(2026, 11, 23)


@pytest.fixture
def case(slt: Office, head: Office, clerk: Office) -> int:
    """A guardian with one linked child, suspended for four weeks."""
    ella = a_pupil(head, class_id=a_class(head))
    joanne = a_guardian(head, ella)
    clerk.perform(RecordLink(ella, joanne))
    _, finding = an_item(slt, guardian=joanne)
    made = slt.perform(OpenCase(finding, "She posted a photograph elsewhere."))
    head.perform(DecideCase(made, Outcome.SUSPENSION, "Against P9.", ends_on=TODAY + timedelta(weeks=4)))
    return made


def state_of_link(office: Office) -> str:
    with office.database.reading() as session:
        return session.scalars(select(LinkRow.state)).one()


def hear(
    case: int, outcome: AppealOutcome, by: str = "Mrs Ruth Okafor, chair of governors", **more: object
) -> DecideAppeal:
    return DecideAppeal(case, outcome, by, "The picture was her own child's.", TODAY, **more)  # type: ignore[arg-type]


def test_an_appeal_taken_back_gives_the_link_back(slt: Office, head: Office, case: int) -> None:
    assert state_of_link(head) == "suspended"
    slt.perform(RecordAppeal(case, TODAY))
    assert slt.ask(Cases())[0].status is CaseStatus.APPEALED
    slt.perform(hear(case, AppealOutcome.WITHDRAWN))
    assert state_of_link(head) == "linked"
    shown = slt.ask(AppealOf(case))
    assert (shown.outcome, shown.heard_by) == (AppealOutcome.WITHDRAWN, "Mrs Ruth Okafor, chair of governors")
    file = head.perform(ReadCase(case))
    assert file.line.status is CaseStatus.CLOSED
    assert [event.kind for event in file.events] == ["opened", "decided", "appealed", "appeal decided"]
    with pytest.raises(Overtaken):
        slt.perform(hear(case, AppealOutcome.STANDS))


def test_a_milder_decision_supersedes_and_keeps_the_first(slt: Office, head: Office, case: int) -> None:
    slt.perform(RecordAppeal(case, TODAY))
    with pytest.raises(Refused, match="milder"):
        slt.perform(hear(case, AppealOutcome.EASED, milder=Outcome.REMOVAL))
    slt.perform(hear(case, AppealOutcome.EASED, milder=Outcome.WARNING))
    assert state_of_link(head) == "linked"
    decisions = head.perform(ReadCase(case)).decisions
    assert [(one.outcome, one.standing) for one in decisions] == [
        (Outcome.SUSPENSION, False),
        (Outcome.WARNING, True),
    ]


def test_a_decision_that_stands_leaves_the_suspension(slt: Office, head: Office, case: int) -> None:
    slt.perform(RecordAppeal(case, TODAY))
    slt.perform(hear(case, AppealOutcome.STANDS))
    assert state_of_link(head) == "suspended"


@pytest.mark.parametrize("by", ["Pat Headteacher", "pat headteacher", "Mrs Pat Headteacher", "Pat", " "])
def test_the_decider_does_not_hear_the_appeal(slt: Office, case: int, by: str) -> None:
    slt.perform(RecordAppeal(case, TODAY))
    with pytest.raises(Refused, match=r"somebody else|Name the person"):
        slt.perform(hear(case, AppealOutcome.STANDS, by=by))
    assert slt.ask(AppealOf(case)).outcome is None


def test_one_appeal_in_time(slt: Office, head: Office, case: int, clock: StandingClock) -> None:
    with pytest.raises(Refused, match="lies ahead"):
        slt.perform(RecordAppeal(case, TODAY + timedelta(days=1)))
    with pytest.raises(Refused, match="before the decision"):
        slt.perform(RecordAppeal(case, TODAY - timedelta(days=1)))
    last = slt.ask(AppealOf(case)).last_day
    assert last == date(2026, 12, 21)
    clock.later(days=40)
    with pytest.raises(Refused, match="21 December 2026"):
        slt.perform(RecordAppeal(case, last + timedelta(days=1)))
    slt.perform(RecordAppeal(case, last))
    with pytest.raises(Refused, match="appealed once"):
        slt.perform(RecordAppeal(case, last))


def test_nothing_to_appeal_against(slt: Office) -> None:
    _, finding = an_item(slt)
    made = slt.perform(OpenCase(finding, "Something."))
    with pytest.raises(Refused, match="not decided yet"):
        slt.perform(RecordAppeal(made, TODAY))
    with pytest.raises(Problem):
        slt.perform(RecordAppeal(99, TODAY))


def test_the_headteacher_lets_an_adult_back_with_a_reason(head: Office, case: int) -> None:
    with pytest.raises(Refused, match="Say why"):
        head.perform(Reinstate(case, " "))
    assert head.perform(Reinstate(case, "They have apologised.")) == 1
    assert state_of_link(head) == "linked"
    with pytest.raises(Refused, match="No link of this adult is suspended"):
        head.perform(Reinstate(case, "Again."))


def test_a_barred_adult_never_comes_back(head: Office, slt: Office, case: int) -> None:
    with head.database.reading() as session:
        pupil, guardian = session.execute(select(LinkRow.pupil_id, LinkRow.guardian_id)).one()
    assert guardian is not None
    slt.perform(SetContact(pupil, guardian, "barred", why="A court order."))
    with pytest.raises(Refused):
        head.perform(Reinstate(case, "They have apologised."))
    assert state_of_link(head) != "linked"


@given(
    st.dates(date(2026, 1, 1), date(2030, 1, 1)), st.lists(st.dates(date(2026, 1, 1), date(2030, 6, 1)), max_size=30)
)
def test_twenty_school_days_are_counted(decided: date, closed: list[date]) -> None:
    calendar = SchoolCalendar(
        zone_named("Europe/London"),
        frozenset(range(5)),
        time(8),
        time(17),
        tuple((day, day, "Closed") for day in closed),
    )
    last = last_day(decided, calendar)
    days = [decided + timedelta(days=n) for n in range(1, (last - decided).days + 1)]
    assert sum(calendar.is_school_day(day) for day in days) == SCHOOL_DAYS
    assert calendar.is_school_day(last)


def test_a_name_with_a_title_is_the_same_name() -> None:
    with pytest.raises(Refused):
        check_hearing("Mrs H. Whitcombe", "Mrs H Whitcombe", "Because.")
    check_hearing("Mrs Ruth Okafor", "Mrs Helen Whitcombe", "Because.")


def test_a_breach_from_awareness_to_decision(slt: Office, head: Office, clock: StandingClock, case: int) -> None:
    made = slt.perform(RecordBreach(NOW - timedelta(hours=70), "A list with 30 names went to one family.", case))
    line = head.ask(DataBreaches())[0]
    assert (line.left, line.late) == (timedelta(hours=2), False)
    clock.later(hours=3)
    assert head.ask(DataBreaches())[0].late
    assert "30 names" not in everything(head)
    with pytest.raises(Refused, match="register of data breaches already"):
        slt.perform(RecordBreach(NOW, "Again.", case))
    with pytest.raises(Refused, match="high risk is always reported"):
        head.perform(DecideBreach(made, "high", False, "Small."))
    head.perform(DecideBreach(made, "none", False, "The family deleted it, and said so in writing."))
    with pytest.raises(Overtaken):
        head.perform(DecideBreach(made, "none", True, "On second thought."))
    assert slt.perform(ReadBreach(made)) == {
        "what": "A list with 30 names went to one family.",
        "reasons": "The family deleted it, and said so in writing.",
    }
    done = head.ask(DataBreaches())[0]
    assert (done.risk, done.reported, done.decided_by, done.late) == ("none", False, "Pat Headteacher", False)


def test_breaches_that_make_no_sense_are_refused(slt: Office, head: Office) -> None:
    with pytest.raises(Refused, match="lies ahead"):
        slt.perform(RecordBreach(NOW + timedelta(hours=1), "x"))
    with pytest.raises(Refused, match="what happened"):
        slt.perform(RecordBreach(NOW, " "))
    with pytest.raises(Problem):
        slt.perform(RecordBreach(NOW, "x", 99))
    made = slt.perform(RecordBreach(NOW, "A laptop was lost."))
    with pytest.raises(Refused, match="reasons"):
        head.perform(DecideBreach(made, "some", True, " "))
    with pytest.raises(Refused, match="how likely"):
        head.perform(DecideBreach(made, "perhaps", True, "x"))

"""What senior leaders note themselves: weekly figures, settings found in the service, message histories (M1)."""

from __future__ import annotations

import hashlib
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from app.domain.problems import Overtaken, Problem, Refused
from app.services.attestations import AttestSetting, SettingsAttested, as_expected, settings_to_attest
from app.services.histories import AskForHistory, Histories, ReceiveHistory, ReviewHistory
from app.services.office import Office
from app.services.school import SetCalendar
from app.services.weekly_figures import NoteWeek, WeeklyFigures
from app.store.tables.audit import AuditRow
from app.store.tables.policy import ClauseRow
from tests.conftest import StandingClock

MONDAY = date(2026, 11, 16)
TODAY = date(2026, 11, 23)
TERM = ("Autumn 2", date(2026, 11, 2), date(2026, 12, 18))
DIGEST = hashlib.sha256(b"a history").hexdigest()


def test_a_week_is_noted_once_and_corrected_with_both_on_record(head: Office, slt: Office) -> None:
    head.perform(SetCalendar((TERM,), ()))
    assert [line.week_of for line in slt.ask(WeeklyFigures()).missing] == [MONDAY, MONDAY - timedelta(weeks=1)]
    slt.perform(NoteWeek(date(2026, 11, 19), 210, 34, 2, 96.5))
    slt.perform(NoteWeek(MONDAY, 201, 34, 2, 96.5))
    shown = slt.ask(WeeklyFigures())
    line = shown.lines[0]
    assert (line.week_of, line.messages, line.positive, line.noted_by) == (MONDAY, 201, 96.5, "Pat Senior leader")
    assert [week.week_of for week in shown.missing] == [MONDAY - timedelta(weeks=1)]
    with slt.database.reading() as session:
        details = session.scalars(select(AuditRow.detail).where(AuditRow.verb == "week.noted")).all()
    assert '"before":210' in details[1].replace(" ", "")


def test_weeks_that_the_service_no_longer_shows_are_told_as_lost(head: Office, slt: Office) -> None:
    head.perform(SetCalendar((("Autumn 1", date(2026, 9, 7), date(2026, 10, 23)), TERM), ()))
    lines = slt.ask(WeeklyFigures()).lines
    assert [line.week_of for line in lines if line.still_shown] == [MONDAY, MONDAY - timedelta(weeks=1)]
    assert date(2026, 10, 26) not in {line.week_of for line in lines}, "half-term has no figures"
    assert len(lines) == 7 + 3


@pytest.mark.parametrize(
    ("week", "figures", "why"),
    [
        (TODAY + timedelta(days=7), (1, 1, 1, 90.0), "has not begun"),
        (MONDAY, (-1, 1, 1, 90.0), "0 or more"),
        (MONDAY, (1, 1, 1, 101.0), "between 0 and 100"),
        (MONDAY, (2_000_000, 1, 1, 90.0), "slip"),
    ],
)
def test_figures_that_cannot_be_are_refused(
    slt: Office, week: date, figures: tuple[int, int, int, float], why: str
) -> None:
    with pytest.raises(Refused, match=why):
        slt.perform(NoteWeek(week, *figures))
    assert not [line for line in slt.ask(WeeklyFigures()).lines if line.noted]


def test_settings_wait_every_term_anew(head: Office, slt: Office, clock: StandingClock) -> None:
    head.perform(SetCalendar((TERM, ("Spring 1", date(2027, 1, 4), date(2027, 2, 12))), ()))
    first = settings_to_attest()[0]
    slt.perform(AttestSetting(first.code, "On for Rowan"))
    slt.perform(AttestSetting(first.code, " off. "))
    shown = slt.ask(SettingsAttested())
    assert (shown.term, shown.waiting) == ("Autumn 2", len(shown.lines) - 1)
    line = shown.lines[0]
    assert line.now is not None
    assert (line.now.agrees, line.now.by, line.now.term) == (True, "Pat Senior leader", "Autumn 2")
    assert [one.agrees for one in line.earlier] == [False]
    clock.later(days=50)
    spring = slt.ask(SettingsAttested())
    assert (spring.term, spring.waiting) == ("Spring 1", len(spring.lines))
    assert len(spring.lines[0].earlier) == 2


def test_settings_without_terms_are_kept_all_the_same(slt: Office) -> None:
    slt.perform(AttestSetting(settings_to_attest()[1].code, "Off"))
    shown = slt.ask(SettingsAttested())
    assert shown.term is None
    assert shown.waiting == len(shown.lines) - 1


def test_what_is_said_of_a_setting_is_judged(slt: Office) -> None:
    with pytest.raises(Refused, match="as expected"):
        slt.perform(AttestSetting("family-chat", "  "))
    with pytest.raises(Refused, match="few words"):
        slt.perform(AttestSetting("family-chat", "x" * 121))
    with pytest.raises(Problem, match="not among"):
        slt.perform(AttestSetting("colours", "Blue"))
    assert as_expected("None", "none.")
    assert not as_expected("None", "2 classes")


def test_every_setting_stands_under_a_clause_of_the_policy(slt: Office) -> None:
    with slt.database.reading() as session:
        clauses = set(session.scalars(select(ClauseRow.code)))
    assert {setting.clause for setting in settings_to_attest()} <= clauses


def test_a_history_from_asking_to_review(slt: Office, head: Office) -> None:
    late = slt.perform(AskForHistory("Willow, messages of October", TODAY - timedelta(days=30)))
    soon = slt.perform(AskForHistory("Rowan, one conversation", TODAY))
    assert [(line.id, line.state) for line in slt.ask(Histories())] == [(late, "overdue"), (soon, "waiting")]
    with pytest.raises(Refused, match="not come yet"):
        slt.perform(ReviewHistory(late, "Read."))
    slt.perform(ReceiveHistory(late, TODAY, DIGEST))
    with pytest.raises(Overtaken):
        head.perform(ReceiveHistory(late, TODAY, DIGEST))
    assert [line.state for line in slt.ask(Histories())] == ["waiting", "received"]
    with pytest.raises(Refused, match="nothing to note"):
        head.perform(ReviewHistory(late, " "))
    head.perform(ReviewHistory(late, "One deleted message, kept as evidence."))
    line = slt.ask(Histories())[1]
    assert (line.state, line.reviewed_by, line.reviewed_on, line.sha256) == (
        "reviewed",
        "Pat Headteacher",
        TODAY,
        DIGEST,
    )
    with pytest.raises(Overtaken):
        slt.perform(ReviewHistory(late, "Again."))


def test_dates_of_a_history_that_cannot_be_are_refused(slt: Office) -> None:
    with pytest.raises(Refused, match="day to come"):
        slt.perform(AskForHistory("Willow", TODAY + timedelta(days=1)))
    with pytest.raises(Refused, match="before it was asked"):
        slt.perform(AskForHistory("Willow", TODAY, TODAY - timedelta(days=1)))
    with pytest.raises(Refused, match="what you asked for"):
        slt.perform(AskForHistory(" ", TODAY))
    one = slt.perform(AskForHistory("Willow", TODAY))
    with pytest.raises(Refused, match="before it was asked"):
        slt.perform(ReceiveHistory(one, TODAY - timedelta(days=1), DIGEST))
    with pytest.raises(Refused, match="Choose the file"):
        slt.perform(ReceiveHistory(one, TODAY, "no digest"))
    with pytest.raises(Problem):
        slt.perform(ReceiveHistory(99, TODAY, DIGEST))

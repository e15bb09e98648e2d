"""Replies: what waits in working time, how it was answered, and what cannot be measured is said (P6, T1, T3, T4)."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from app.domain.problems import NotAllowed, Overtaken, Refused
from app.domain.roles import Role
from app.services.office import Office
from app.services.replies import Conversation, Replies, RepliesShown
from app.services.school import SetCalendar, SetSchool
from app.services.threads import CloseConversation, CloseThread, TakeBackClosing
from app.store.reads.school_days import bank_holidays, school_calendar
from app.store.tables.content import ImportRow, ItemRow, ThreadRow
from tests.conftest import NOW, OfficeOf, StandingClock
from tests.services.rows import a_class, a_guardian, a_pupil

AUTUMN = (("Autumn 1", date(2026, 9, 2), date(2026, 10, 23)), ("Autumn 2", date(2026, 11, 2), date(2026, 12, 18)))
FRIDAY = datetime(2026, 11, 20, 16, 0, tzinfo=UTC)
TUESDAY = datetime(2026, 11, 17, 10, 0, tzinfo=UTC)


def a_thread(office: Office, name: str = "Joanne", class_id: int | None = None) -> int:
    guardian = a_guardian(office, a_pupil(office, class_id=class_id), name)
    with office.database.writing() as session:
        row = ThreadRow(key=f"guardian:{guardian}", guardian_id=guardian, class_id=class_id)
        session.add(row)
        session.flush()
        return row.id


def said(
    office: Office, thread: int | None, at: datetime | None, text: str = "Is it PE today?", *, staff: bool = False
) -> int:
    with office.database.writing() as session:
        came = ImportRow(
            area="feed", format="messages", digest="0" * 64, rows=1, new=1, changed=0, unchanged=0, rejected=0,
            applied_at=NOW, applied_by=1,
        )  # fmt: skip
        session.add(came)
        session.flush()
        row = ItemRow(
            digest=f"{thread}:{at}:{text}:{staff}", kind="message", author_role="staff" if staff else "parent",
            thread_id=thread, sent_at=at, text=text, import_id=came.id,
        )  # fmt: skip
        session.add(row)
        session.flush()
        return row.id


@pytest.fixture
def leader(slt: Office, head: Office) -> Office:
    """A senior leader of a school whose autumn is entered."""
    head.perform(SetCalendar(AUTUMN, ()))
    return slt


def states(shown: RepliesShown) -> list[tuple[str, str]]:
    return [(line.family, line.state) for line in shown.lines]


def test_a_message_of_friday_is_not_late_on_monday_morning(leader: Office, clock: StandingClock) -> None:
    said(leader, a_thread(leader), FRIDAY)
    (line,) = leader.ask(Replies()).lines
    assert (line.state, line.waited) == ("running", timedelta(hours=2, minutes=30))
    assert line.due == datetime(2026, 11, 23, 16, 0, tzinfo=UTC)
    clock.now = datetime(2026, 11, 23, 16, 1, tzinfo=UTC)
    assert leader.ask(Replies()).lines[0].state == "overdue"


def test_the_late_list_has_the_oldest_first_and_says_who_wrote_what(leader: Office) -> None:
    willow = a_class(leader)
    said(leader, a_thread(leader, "Joanne", willow), TUESDAY)
    said(leader, a_thread(leader, "Omar"), TUESDAY - timedelta(days=1), "When is the trip?")
    said(leader, a_thread(leader, "Beth"), FRIDAY)
    shown = leader.ask(Replies())
    assert states(shown) == [("Omar Marsh", "overdue"), ("Joanne Marsh", "overdue"), ("Beth Marsh", "running")]
    assert [(line.class_name, line.opening) for line in shown.lines[:2]] == [
        (None, "When is the trip?"),
        ("Willow", "Is it PE today?"),
    ]


def test_figures_by_class_in_the_order_of_years_and_too_few_make_no_median(leader: Office) -> None:
    willow = a_class(leader, "Willow")
    for n in range(6):
        thread = a_thread(leader, f"Parent {n}", willow)
        said(leader, thread, TUESDAY)
        said(leader, thread, TUESDAY + timedelta(hours=1 if n < 4 else 30), staff=True)
    other = a_thread(leader, "Alone")
    said(leader, other, TUESDAY)
    shown = leader.ask(Replies())
    (class_, nowhere) = shown.classes
    assert (class_.name, class_.waits, class_.in_time, class_.late) == ("Willow", 6, 4, 2)
    assert (class_.median, class_.share) == (timedelta(hours=1), 4 / 6)
    assert (nowhere.waits, nowhere.overdue, nowhere.median, nowhere.share) == (1, 1, None, None)
    assert (shown.whole.waits, shown.whole.share) == (7, 4 / 7)
    assert [line.state for line in shown.lines] == ["overdue", "late", "late"]


@pytest.mark.parametrize("channel", ["telephone", "meeting", "asked_to_phone", "office"])
def test_a_conversation_answered_another_way_waits_no_more(leader: Office, channel: str) -> None:
    thread = a_thread(leader)
    said(leader, thread, TUESDAY)
    closing = leader.perform(CloseConversation(thread, channel, TUESDAY + timedelta(hours=2)))
    shown = leader.ask(Replies())
    assert (shown.lines, shown.whole.otherwise, shown.channels) == ((), 1, ((channel, 1),))
    assert [each.channel for each in leader.ask(Conversation(thread))] == ["", channel]
    leader.perform(TakeBackClosing(closing))
    assert leader.ask(Replies()).lines[0].state == "overdue"


def test_answered_by_message_elsewhere_is_measured_like_one(leader: Office) -> None:
    thread = a_thread(leader)
    said(leader, thread, TUESDAY)
    leader.perform(CloseConversation(thread, "message", TUESDAY + timedelta(hours=3)))
    assert leader.ask(Replies()).whole.in_time == 1


def test_what_the_family_writes_later_opens_the_conversation_and_the_first_closing_stands(leader: Office) -> None:
    thread = a_thread(leader)
    said(leader, thread, TUESDAY)
    leader.perform(CloseConversation(thread, "telephone", TUESDAY + timedelta(hours=1)))
    said(leader, thread, FRIDAY, "And now?")
    leader.perform(CloseConversation(thread, "meeting"))
    shown = leader.ask(Replies())
    assert shown.whole.otherwise == 2
    assert dict(shown.channels) == {"telephone": 1, "meeting": 1}


def test_a_clock_that_goes_backwards_is_refused_or_left_out_and_said(leader: Office) -> None:
    thread = a_thread(leader)
    said(leader, thread, TUESDAY)
    with pytest.raises(Refused, match="Tue 17 Nov 2026, 10:00"):
        leader.perform(CloseConversation(thread, "telephone", TUESDAY - timedelta(minutes=1)))
    with pytest.raises(Refused, match="not come yet"):
        leader.perform(CloseConversation(thread, "telephone", NOW + timedelta(minutes=1)))
    said(leader, thread, NOW + timedelta(days=3), "Sent tomorrow?", staff=True)
    shown = leader.ask(Replies())
    assert shown.lines[0].state == "overdue"
    assert any("dated later than it was brought in" in note for note in shown.notes)


def test_a_message_without_a_time_or_a_conversation_is_said(leader: Office) -> None:
    said(leader, a_thread(leader), None)
    said(leader, None, TUESDAY)
    shown = leader.ask(Replies())
    assert shown.whole.waits == 0
    assert shown.notes == (
        "1 message tells no time, and cannot be measured.",
        "1 message belongs to no one conversation, and cannot be measured.",
    )


def test_a_term_without_dates_is_said_and_counted_as_ordinary_weeks(slt: Office, head: Office) -> None:
    said(slt, a_thread(slt), FRIDAY)
    shown = slt.ask(Replies())
    assert shown.period == "The last four weeks"
    assert shown.notes[0].startswith("No term dates are entered for Mon 26 Oct 2026 to Mon 23 Nov 2026.")
    assert shown.lines[0].waited == timedelta(hours=2, minutes=30)
    head.perform(SetCalendar(AUTUMN, ()))
    again = slt.ask(Replies())
    assert (again.period, again.notes) == ("Autumn 2", ())


def test_half_term_closures_and_bank_holidays_stop_the_clock(
    leader: Office, head: Office, clock: StandingClock
) -> None:
    before = datetime(2026, 10, 23, 9, 0, tzinfo=UTC)  # ten by the school's clock: summer time
    thread = a_thread(leader)
    said(leader, thread, before)
    clock.now = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
    assert leader.ask(Replies(date(2026, 10, 1), date(2026, 11, 2))).lines[0].waited == timedelta(hours=8)
    head.perform(
        SetCalendar(
            (*AUTUMN, ("Spring", date(2027, 1, 4), date(2027, 3, 25))),
            ((date(2026, 11, 2), date(2026, 11, 2), "Training"),),
        )
    )
    assert leader.ask(Replies(date(2026, 10, 1), date(2026, 11, 2))).lines[0].waited == timedelta(hours=7)
    with leader.database.reading() as session:
        calendar = school_calendar(session, date(2026, 11, 2))
    assert calendar.closure(date(2026, 12, 24)) == "between terms"
    assert calendar.closure(date(2027, 3, 26)) == "Good Friday"
    assert calendar.is_school_day(date(2027, 3, 25))


def test_bank_holidays_are_those_of_england() -> None:
    known = {day: name for day, _, name in bank_holidays(2022, 2026)}
    assert known[date(2022, 9, 19)] == "State Funeral of Queen Elizabeth II"
    assert date(2026, 12, 28) in known
    assert date(2026, 11, 30) not in known, "Saint Andrew's is Scotland's"


def test_a_target_of_another_length_is_the_schools_own(leader: Office, head: Office) -> None:
    said(leader, a_thread(leader), datetime(2026, 11, 19, 15, 0, tzinfo=UTC))
    assert leader.ask(Replies()).lines[0].state == "overdue"
    head.perform(SetSchool(reply_hours=48))
    assert leader.ask(Replies()).lines[0].state == "running"


def test_two_who_close_at_once_the_second_is_told(leader: Office, clerk: Office, head: Office) -> None:
    thread = a_thread(leader)
    said(leader, thread, TUESDAY)
    closing = clerk.perform(CloseConversation(thread, "telephone"))
    with pytest.raises(Overtaken, match="answered or closed already"):
        leader.perform(CloseConversation(thread, "meeting"))
    with pytest.raises(Refused, match="Only the person"):
        head.perform(TakeBackClosing(closing))


def test_a_family_is_closed_by_its_guardian_too(leader: Office) -> None:
    thread = a_thread(leader)
    said(leader, thread, TUESDAY)
    with leader.database.reading() as session:
        guardian = session.get_one(ThreadRow, thread).guardian_id
    assert guardian is not None
    leader.perform(CloseThread(guardian, "telephone"))
    assert leader.ask(Replies()).lines == ()


def test_a_period_that_ends_first_is_refused_and_the_office_sees_nothing(
    leader: Office, clerk: Office, office_of: OfficeOf
) -> None:
    with pytest.raises(Refused, match="ends before it begins"):
        leader.ask(Replies(date(2026, 11, 2), date(2026, 11, 1)))
    for query in (Replies(), Conversation(1)):
        with pytest.raises(NotAllowed):
            clerk.ask(query)
    assert office_of(Role.SAFEGUARDING).ask(Replies()).lines == ()

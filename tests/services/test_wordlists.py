"""The word lists: changed through the door, checked again at once, tried before, refused by name, kept on record."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from app.domain.checks.finding import Check
from app.domain.checks.own_words import OwnPhrase, Silenced
from app.domain.content import AuthorRole, Kind
from app.domain.incoming import FeedReading, IncomingItem
from app.domain.problems import Cancelled, Overtaken, Refused
from app.domain.review import FindingState, Reason, Verdict
from app.domain.roles import Role
from app.domain.ticket import PlainTicket
from app.services.before_posting import CheckDraft
from app.services.content import ApplyFeed
from app.services.office import Office
from app.services.review import GiveVerdict, ReferToSafeguarding
from app.services.school import SetCalendar
from app.services.trying_words import TryWords
from app.services.wordlist_lines import WordList, WordLists
from app.services.wordlists import AddPhrase, EndPhrase, LiftSilence, SilencePhrase
from app.store.tables.audit import AuditRow
from app.store.tables.review import FindingRow
from app.store.tables.wordlists import OwnPhraseRow, SilencedPhraseRow
from tests.conftest import OfficeOf
from tests.services.rows import a_class, a_guardian, a_pupil

SENT = datetime(2026, 11, 20, 14, 0, tzinfo=UTC)
YOGA = OwnPhrase(0, Check.PERSONAL, "llama yoga")


def bring(office: Office, *texts: str, sent_at: datetime = SENT) -> None:
    items = tuple(
        IncomingItem(
            file="f",
            row=row,
            kind=Kind.MESSAGE,
            text=text,
            author_role=AuthorRole.PARENT,
            author_name="Joanne Marsh",
            sent_at=sent_at + timedelta(minutes=row),
        )
        for row, text in enumerate(texts)
    )
    office.perform(ApplyFeed(FeedReading("messages", ("f",), len(items), items)))


def standing(office: Office, check: Check = Check.PERSONAL) -> list[tuple[int, str]]:
    """Item and state of every finding of a check."""
    with office.database.reading() as session:
        rows = session.execute(
            select(FindingRow.item_id, FindingRow.state).where(FindingRow.check == check).order_by(FindingRow.id)
        )
        return [(item_id, state) for item_id, state in rows]


def listed(office: Office, check: Check = Check.PERSONAL) -> WordList:
    return next(each for each in office.ask(WordLists()) if each.check is check)


@pytest.fixture
def school(head: Office) -> Office:
    a_guardian(head, a_pupil(head, class_id=a_class(head)), "Joanne")
    bring(head, "Off to LLAMA yoga on Friday!", "Is it PE tomorrow?", "the llamas do yoga")
    return head


def test_a_phrase_finds_what_is_here_and_what_comes(school: Office) -> None:
    assert standing(school) == []
    school.perform(AddPhrase(YOGA))
    assert standing(school) == [(1, "open")]
    bring(school, "llama yoga was grand", sent_at=SENT + timedelta(days=1))
    assert standing(school) == [(1, "open"), (4, "open")]
    with school.database.reading() as session:
        line = session.scalars(select(AuditRow).where(AuditRow.verb == "words.added")).one()
        assert '"new_findings":1' in line.detail
        assert "llama" not in line.detail


def test_a_phrase_taken_out_leaves_its_findings_on_record(school: Office) -> None:
    added = school.perform(AddPhrase(YOGA))
    school.perform(EndPhrase(added))
    with school.database.reading() as session:
        (row,) = session.scalars(select(FindingRow).where(FindingRow.check == Check.PERSONAL))
        assert (row.state, row.lapsed_why) == ("lapsed", "The school took back the words that this rested on.")
        kept = session.scalars(select(OwnPhraseRow)).one()
        assert kept.ended_by == school.actor.id
    with pytest.raises(Overtaken):
        school.perform(EndPhrase(added))


def test_a_verdict_outlives_the_phrase(school: Office) -> None:
    added = school.perform(AddPhrase(YOGA))
    with school.database.reading() as session:
        finding = session.scalars(select(FindingRow.id).where(FindingRow.check == Check.PERSONAL)).one()
    school.perform(GiveVerdict(finding, Verdict.UPHELD, Reason.AGAINST_POLICY))
    school.perform(EndPhrase(added))
    assert standing(school) == [(1, FindingState.UPHELD.value)]


def test_words_are_ruled_out_and_come_back(school: Office) -> None:
    school.perform(AddPhrase(YOGA))
    out = school.perform(AddPhrase(OwnPhrase(0, Check.PERSONAL, "on friday", is_exception=True)))
    assert standing(school) == [(1, "lapsed")]
    school.perform(EndPhrase(out))
    assert standing(school) == [(1, "lapsed"), (1, "open")]


def test_a_broken_phrase_is_refused_and_the_old_one_kept(school: Office) -> None:
    added = school.perform(AddPhrase(YOGA))
    with pytest.raises(Refused, match=r"“\(llama” cannot be used: a \"\(\" is never closed"):
        school.perform(AddPhrase(OwnPhrase(0, Check.PERSONAL, "(llama"), replaces=added))
    assert [line.phrase.phrase for line in listed(school).own] == ["llama yoga"]
    assert standing(school) == [(1, "open")]
    better = school.perform(AddPhrase(OwnPhrase(0, Check.PERSONAL, "llama* .. yoga"), replaces=added))
    assert [line.phrase.id for line in listed(school).own] == [better]
    assert standing(school) == [(1, "open"), (3, "open")]


def test_the_same_phrase_twice_is_refused(school: Office) -> None:
    school.perform(AddPhrase(YOGA))
    with pytest.raises(Refused, match="there already"):
        school.perform(AddPhrase(OwnPhrase(0, Check.PERSONAL, "  llama   yoga ")))


def test_a_shipped_entry_is_silenced_with_a_reason_and_lifted_again(school: Office) -> None:
    bring(school, "Can you put it on facebook for the family group please", sent_at=SENT + timedelta(days=2))
    entries = listed(school, Check.RESHARE).entries
    before = standing(school, Check.RESHARE)
    wanted = Silenced(Check.RESHARE, entries[0].topic, entries[0].note)
    with pytest.raises(Refused, match="Say in a few words"):
        school.perform(SilencePhrase(wanted, " "))
    with pytest.raises(Refused, match="does not carry"):
        school.perform(SilencePhrase(Silenced(Check.RESHARE, "", "nothing like it"), "because"))
    silence = school.perform(SilencePhrase(wanted, "We have a page of our own"))
    with pytest.raises(Overtaken):
        school.perform(SilencePhrase(wanted, "again"))
    shown = next(entry for entry in listed(school, Check.RESHARE).entries if entry.note == wanted.note)
    assert shown.silence_id == silence
    assert [line.why for line in listed(school, Check.RESHARE).silenced] == ["We have a page of our own"]
    school.perform(LiftSilence(silence))
    assert listed(school, Check.RESHARE).silenced == ()
    assert [state for _, state in standing(school, Check.RESHARE)].count("open") == len(before)
    with school.database.reading() as session:
        assert session.scalars(select(SilencedPhraseRow)).one().lifted_by == school.actor.id


def test_one_phrase_of_an_entry_can_be_silenced(school: Office) -> None:
    entry = next(entry for entry in listed(school, Check.SENSITIVE).entries if len(entry.phrases) > 1)
    text = entry.phrases[1]
    silence = school.perform(SilencePhrase(Silenced(Check.SENSITIVE, entry.topic, entry.note, text), "too wide"))
    shown = next(each for each in listed(school, Check.SENSITIVE).entries if each.note == entry.note)
    assert (shown.silence_id, shown.silenced_phrases) == (None, ((text, silence),))


def test_a_draft_is_checked_by_the_schools_words_too(school: Office) -> None:
    school.perform(AddPhrase(YOGA))
    done = school.perform(CheckDraft("We did llama yoga", class_id=1))
    assert [finding.check for finding in done.findings] == [Check.PERSONAL]


def test_the_words_for_signs_of_harm_are_the_leads_and_the_heads(office_of: OfficeOf) -> None:
    leader, lead = office_of(Role.SLT), office_of(Role.SAFEGUARDING)
    phrase = OwnPhrase(0, Check.SAFEGUARDING, "sleeps in the shed")
    with pytest.raises(Refused, match="safeguarding lead or the headteacher"):
        leader.perform(AddPhrase(phrase))
    with pytest.raises(Refused, match="safeguarding lead or the headteacher"):
        leader.ask(TryWords(phrase))
    added = lead.perform(AddPhrase(phrase))
    with pytest.raises(Refused):
        leader.perform(EndPhrase(added))
    assert [listed(office, Check.SAFEGUARDING).may_change for office in (leader, lead)] == [False, True]


def test_a_change_is_tried_on_the_last_term(school: Office) -> None:
    bring(school, "llama yoga was last summer", sent_at=datetime(2026, 3, 2, 9, 0, tzinfo=UTC))
    school.perform(
        SetCalendar(
            (("Autumn 1", date(2026, 9, 3), date(2026, 10, 23)), ("Autumn 2", date(2026, 11, 2), date(2026, 12, 18))),
            (),
        )
    )
    tried = school.ask(TryWords(YOGA))
    assert (tried.starts, tried.ends, tried.looked_at) == (date(2026, 9, 3), date(2026, 11, 23), 3)
    assert (tried.found_now, tried.found_then, tried.more, tried.fewer) == (0, 1, 1, 0)
    (example,) = tried.examples_more
    assert example.span is not None
    assert example.text[slice(*example.span)] == "LLAMA yoga"
    assert standing(school) == [], "nothing was changed"
    school.perform(AddPhrase(YOGA))
    out = school.ask(TryWords(OwnPhrase(0, Check.PERSONAL, "on friday", is_exception=True)))
    assert (out.found_now, out.found_then, out.more, out.fewer) == (1, 0, 0, 1)
    assert out.examples_fewer[0].item_id == 1
    with pytest.raises(Refused, match="cannot be used"):
        school.ask(TryWords(OwnPhrase(0, Check.PERSONAL, "(")))


def test_replacing_a_phrase_is_tried_as_such(school: Office) -> None:
    added = school.perform(AddPhrase(YOGA))
    tried = school.ask(TryWords(OwnPhrase(0, Check.PERSONAL, "llamas"), replaces=added))
    assert (tried.found_now, tried.found_then, tried.more, tried.fewer) == (1, 1, 1, 1)


def test_a_referred_item_is_tried_on_by_nobody(school: Office) -> None:
    school.perform(ReferToSafeguarding(1))
    tried = school.ask(TryWords(YOGA))
    assert (tried.looked_at, tried.more) == (2, 0)


def test_a_change_that_is_stopped_changes_nothing(school: Office) -> None:
    ticket = PlainTicket()
    ticket.cancel()
    with pytest.raises(Cancelled):
        school.perform(AddPhrase(YOGA, ticket=ticket))
    assert (standing(school), listed(school).own) == ([], ())


def test_the_lists_are_shown_by_meaning(school: Office) -> None:
    lists = school.ask(WordLists())
    assert [each.check for each in lists] == [
        Check.SENSITIVE,
        Check.PERSONAL,
        Check.OFFICE,
        Check.ABUSE,
        Check.COMPARE,
        Check.RESHARE,
        Check.SAFEGUARDING,
    ]
    assert all(each.entries for each in lists)
    assert all(entry.note and entry.phrases for each in lists for entry in each.entries)
    keys = [(each.check, entry.topic, entry.note) for each in lists for entry in each.entries]
    assert len(keys) == len(set(keys))

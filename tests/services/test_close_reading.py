"""New items are read a second time: what is kept, what that changes, and when it goes (T5, T10, K1, H12)."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
from sqlalchemy import select, update

from app.domain.checks.finding import Check
from app.domain.content import AuthorRole, Kind
from app.domain.incoming import FeedReading, IncomingItem
from app.domain.permissions import Answer, MediaKind
from app.domain.review import REASONS, Verdict
from app.domain.roles import Role
from app.domain.ticket import PlainTicket
from app.judge import loading, reader_mark
from app.services import checking, engines
from app.services.checking import CheckAgain
from app.services.close_reading import (
    AT_A_TIME,
    WITHDRAWN,
    ItemRead,
    ItemsToRead,
    KeepReadings,
    LeftToRead,
    ReadClosely,
    Told,
    read_what_waits,
)
from app.services.content import ApplyFeed
from app.services.office import Office
from app.services.permissions import RecordPermission
from app.services.review import GiveVerdict, ReferToSafeguarding, ReviewQueue
from app.store.forgetting import Forgetting
from app.store.reads.close_reading import keep_reading
from app.store.search import items_saying
from app.store.tables.audit import AuditRow
from app.store.tables.close_reading import ItemReadingRow
from app.store.tables.content import ItemRow
from app.store.tables.people import PupilRow
from app.store.tables.review import FindingRow
from tests.conftest import NOW, OfficeOf
from tests.services.a_close_reader import GONDOLA, TROMBONE, OneWordReader, reader
from tests.services.rows import a_class, a_guardian, a_pupil

__all__ = ["reader"]

INSULT = "What an idiot that umpire was"
"""Words alone find it; the closer reader of these tests does not."""


def brought_in(office: Office, *texts: str, kind: Kind = Kind.MESSAGE) -> list[int]:
    """Messages by a parent, each a minute younger than the one before; their ids."""
    items = tuple(
        IncomingItem("m.csv", row, kind, text, author_role=AuthorRole.PARENT, author_name="Joanne Marsh",
                     sent_at=NOW - timedelta(days=1) + timedelta(minutes=row))
        for row, text in enumerate(texts)
    )  # fmt: skip
    office.perform(ApplyFeed(FeedReading("messages", ("m.csv",), len(items), items)))
    with office.database.reading() as session:
        return [session.scalars(select(ItemRow.id).where(ItemRow.text == text)).one() for text in texts]


def findings(office: Office, check: Check) -> list[tuple[str, str | None]]:
    with office.database.reading() as session:
        rows = session.execute(
            select(FindingRow.state, FindingRow.lapsed_why).where(FindingRow.check == check).order_by(FindingRow.id)
        )
        return [(state, why) for state, why in rows]


def readings(office: Office) -> dict[int, str]:
    """Which items have something kept, and by which reader."""
    with office.database.reading() as session:
        rows = session.execute(select(ItemReadingRow.item_id, ItemReadingRow.reader))
        return {item_id: by for item_id, by in rows}


def lines(office: Office, verb: str) -> list[dict[str, object]]:
    with office.database.reading() as session:
        return [json.loads(each) for each in session.scalars(select(AuditRow.detail).where(AuditRow.verb == verb))]


def a_family(office: Office) -> tuple[int, int]:
    pupil = a_pupil(office, "Ella", "Marsh", a_class(office))
    return pupil, a_guardian(office, pupil)


def test_what_words_alone_do_not_see_is_found_and_says_which_words(slt: Office, reader: OneWordReader) -> None:
    (item,) = brought_in(slt, GONDOLA)
    assert findings(slt, Check.OFFICE) == []
    assert slt.ask(LeftToRead()) == 1
    assert read_what_waits(slt) == Told(read=1, new=1, withdrawn=0, left=0)
    assert readings(slt) == {item: "one word"}
    with slt.database.reading() as session:
        row = session.scalars(select(FindingRow).where(FindingRow.check == Check.OFFICE)).one()
        assert (row.topics, row.clause, row.origin) == ("absence", "P7", "check")
        assert '"gondola sinks"' in row.why
        assert GONDOLA[row.span_start : row.span_end] == "gondola sinks"
    assert lines(slt, "items.read_closely") == [{"items": 1, "new": 1, "withdrawn": 0}]
    assert read_what_waits(slt) == Told()
    assert len(reader.read_so_far) == 1


def test_what_the_closer_reader_withdraws_lapses_and_says_why(slt: Office, reader: OneWordReader) -> None:
    brought_in(slt, INSULT + ", a stupid moron")
    open_before = findings(slt, Check.ABUSE)
    assert open_before == [("open", None)]
    judged = "a stupid cow of a woman"
    (item,) = brought_in(slt, judged)
    with slt.database.reading() as session:
        finding = session.scalars(
            select(FindingRow.id).where(FindingRow.item_id == item, FindingRow.check == Check.ABUSE)
        ).one()
    slt.perform(GiveVerdict(finding, Verdict.UPHELD, REASONS[Verdict.UPHELD][0]))
    brought_in(slt, "Not your fault, he is off sick with a temperature")
    assert ("open", None) in findings(slt, Check.OFFICE)
    assert read_what_waits(slt).withdrawn >= 1
    assert set(findings(slt, Check.OFFICE)) == {("lapsed", WITHDRAWN)}
    assert ("upheld", None) in findings(slt, Check.ABUSE), "what a person judged keeps its verdict"


def test_checking_again_comes_to_the_same(head: Office, reader: OneWordReader) -> None:
    pupil, guardian = a_family(head)
    brought_in(head, GONDOLA, f"Ella says {GONDOLA.lower()}")
    read_what_waits(head)
    assert findings(head, Check.OFFICE) == [("open", None)] * 2
    head.perform(RecordPermission(pupil, guardian, MediaKind.PHOTOGRAPH, Answer.GIVEN, date(2026, 11, 3)))
    assert head.perform(CheckAgain()) == 0
    assert findings(head, Check.OFFICE) == [("open", None)] * 2
    assert head.ask(LeftToRead()) == 0


def test_processes_apart_know_what_was_kept(
    head: Office, reader: OneWordReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    brought_in(head, GONDOLA, "Thank you for a lovely day", TROMBONE)
    read_what_waits(head)
    monkeypatch.setattr(checking, "APART_FROM", 1)
    monkeypatch.setattr(checking, "can_check_apart", lambda: True)
    assert head.perform(CheckAgain()) == 0
    assert ("open", None) in findings(head, Check.OFFICE)
    assert ("open", None) in findings(head, Check.SAFEGUARDING)


def test_where_a_name_changes_what_was_read_it_is_read_again_and_stands_till_then(
    head: Office, reader: OneWordReader
) -> None:
    pupil, _ = a_family(head)
    other, named = brought_in(head, GONDOLA, f"{GONDOLA}. Bramble sends her love")
    read_what_waits(head)
    with head.database.writing() as session:
        session.execute(update(PupilRow).where(PupilRow.id == pupil).values(first="Bramble"))
    head.perform(CheckAgain())
    assert findings(head, Check.OFFICE) == [("open", None)] * 2, "nothing flips back meanwhile"
    assert head.ask(ItemsToRead()) == (named,)
    assert readings(head)[other] == "one word"
    assert read_what_waits(head).read == 1
    assert head.ask(LeftToRead()) == 0
    assert findings(head, Check.OFFICE) == [("open", None)] * 2


def test_newer_weights_read_everything_again(
    head: Office, reader: OneWordReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    item, _ = brought_in(head, GONDOLA, "Thank you for a lovely day")
    read_what_waits(head)
    monkeypatch.setattr(engines, "reader_of_now", lambda: "two words")
    assert head.ask(LeftToRead()) == 2
    assert head.perform(CheckAgain()) == 0
    assert findings(head, Check.OFFICE) == [("open", None)], "what the older one said stands till then"
    assert read_what_waits(head).read == 2
    assert readings(head)[item] == "two words"


def test_the_newest_are_read_first_and_the_stop_is_quiet(slt: Office, reader: OneWordReader) -> None:
    texts = [f"Message number {number}" for number in range(AT_A_TIME + 5)]
    brought_in(slt, *texts)
    ticket = PlainTicket(lambda done, of, note: ticket.cancel())
    came_to = read_what_waits(slt, ticket)
    assert sorted(reader.read_so_far) == sorted(texts[5:])
    assert (came_to.read, came_to.left) == (AT_A_TIME, 5)
    assert sorted(slt.ask(ItemsToRead())) == sorted(brought_in(slt, *texts)[:5])


def test_what_was_kept_before_an_end_from_outside_stands_and_the_rest_follows(
    slt: Office, reader: OneWordReader
) -> None:
    texts = [f"Message number {number}" for number in range(70)]
    brought_in(slt, *texts)
    reader.breaks_after = 60
    with pytest.raises(KeyboardInterrupt):
        read_what_waits(slt)
    assert len(readings(slt)) == 60
    reader.breaks_after = None
    left: list[int] = []
    assert read_what_waits(slt, told=left.append).read == 10
    assert left == [10, 0, 0]
    assert len(readings(slt)) == 70


def test_the_audit_gets_few_lines_for_many_items(slt: Office, reader: OneWordReader) -> None:
    brought_in(slt, *(f"Message number {number}" for number in range(150)))
    read_what_waits(slt)
    assert [line["items"] for line in lines(slt, "items.read_closely")] == [20, 40, 80, 10]


def test_no_more_than_asked_for_is_read(slt: Office, reader: OneWordReader) -> None:
    brought_in(slt, *(f"Message number {number}" for number in range(50)))
    assert read_what_waits(slt, most=30) == Told(read=30, left=20)


def test_an_item_that_reads_otherwise_at_once_is_not_read_for_ever(
    slt: Office, reader: OneWordReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    brought_in(slt, GONDOLA)
    monkeypatch.setattr(
        "app.services.close_reading.keep_reading",
        lambda session, by, kept: keep_reading(session, by, [(id_, type(each)(each.said, b"x")) for id_, each in kept]),
    )
    assert read_what_waits(slt) == Told(read=1, new=1, left=1)
    assert len(reader.read_so_far) == 1


def test_what_was_said_goes_with_the_words(head: Office, reader: OneWordReader) -> None:
    deleted, erased, sealed, kept = brought_in(head, GONDOLA, f"{GONDOLA} now", TROMBONE, "Thank you")
    read_what_waits(head)
    assert set(readings(head)) == {deleted, erased, sealed, kept}
    with head.database.writing() as session:
        Forgetting(session).forget("item", [deleted])
    with head.database.writing() as session:
        session.execute(update(ItemRow).where(ItemRow.id == erased).values(text=""))
    head.perform(ReferToSafeguarding(sealed))
    with head.database.reading() as session:
        rows = session.execute(select(ItemReadingRow.item_id, ItemReadingRow.said, ItemReadingRow.of)).all()
    left = {item_id: (said, of) for item_id, said, of in rows}
    assert set(left) == {erased, kept}
    assert left[erased] == (b"", b""), "that it is not to be read again is all that is left"
    assert head.ask(LeftToRead()) == 0
    assert head.ask(ItemsToRead()) == ()
    head.perform(CheckAgain())
    assert head.ask(LeftToRead()) == 0


def test_an_item_that_words_were_taken_out_of_before_it_was_read_is_passed_over(
    head: Office, reader: OneWordReader
) -> None:
    """Its findings are what they were when somebody asked for it."""
    (item,) = brought_in(head, GONDOLA)
    meanwhile = head.ask(ReadClosely((item,)))
    reader.read_so_far.clear()
    with head.database.writing() as session:
        session.execute(update(ItemRow).where(ItemRow.id == item).values(text="The gondola sinks"))
    assert head.perform(KeepReadings(meanwhile, "one word")) == Told()
    assert head.ask(LeftToRead()) == 0
    assert read_what_waits(head) == Told()
    assert reader.read_so_far == []


def test_a_sign_of_harm_stands_above_everything_and_goes_where_it_must(
    office_of: OfficeOf, reader: OneWordReader
) -> None:
    slt, clerk = office_of(Role.SLT), office_of(Role.OFFICE)
    (item,) = brought_in(clerk, TROMBONE)
    brought_in(clerk, GONDOLA)
    changes: list[frozenset[str]] = []
    clerk.listen(lambda areas, _by: changes.append(areas))
    read_what_waits(clerk)
    assert changes == [frozenset({"review"})]
    first = slt.ask(ReviewQueue())[0]
    assert (first.item_id, first.checks[0]) == (item, Check.SAFEGUARDING)
    slt.perform(ReferToSafeguarding(item))
    assert item not in {line.item_id for line in slt.ask(ReviewQueue())}
    assert clerk.ask(ReadClosely((item,))) == (), "what was sealed is not read"
    assert all("trombone" not in str(line) for line in lines(slt, "items.read_closely"))


def test_what_was_sealed_while_it_was_read_is_passed_over(head: Office, reader: OneWordReader) -> None:
    (item,) = brought_in(head, TROMBONE)
    read = head.ask(ReadClosely((item,)))
    head.perform(ReferToSafeguarding(item))
    assert head.perform(KeepReadings(read, "one word")) == Told()
    assert readings(head) == {}
    assert head.perform(KeepReadings((ItemRead(9_999, read[0].kept),), "one word")) == Told()


def test_nothing_of_it_is_in_the_index(slt: Office, reader: OneWordReader) -> None:
    brought_in(slt, GONDOLA)
    read_what_waits(slt)
    with slt.database.reading() as session:
        assert items_saying(session, "absence ") == []
        assert items_saying(session, "gondola ") != []


def test_without_a_closer_reader_nothing_happens_and_nothing_is_said(slt: Office) -> None:
    brought_in(slt, GONDOLA)
    assert slt.ask(LeftToRead()) == 0
    assert slt.ask(ItemsToRead()) == ()
    assert read_what_waits(slt) == Told()
    assert readings(slt) == {}
    assert lines(slt, "items.read_closely") == []


def test_the_mark_of_the_shipped_reader_is_empty_without_its_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    assert len(reader_mark()) == 20
    monkeypatch.setattr(loading, "encoder_path", lambda: loading.weights_path().with_name("none.npz"))
    assert engines.reader_of_now() == ""
    assert engines.close_reader() is None

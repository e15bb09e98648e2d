"""The same words in another form: known again, kept once, with what the other form tells added; threads assembled."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from app.domain.checks.finding import Check
from app.domain.content import AuthorRole, Kind, Media
from app.domain.incoming import FeedReading, IncomingAttachment, IncomingItem
from app.domain.likeness import likeness
from app.intake.pasted import read_pasted
from app.intake.read import read_feed
from app.services.authors import Authors, Writer
from app.services.content import ApplyFeed, FeedApplied
from app.services.office import Office
from app.services.review import ReferToSafeguarding
from app.services.school import RecordStaff
from app.store.reads.people import key
from app.store.tables.content import ItemRow, MediaRow, RecipientRow, TagRow, ThreadRow
from app.store.tables.people import GuardianRow, TieRow
from app.store.tables.review import FindingRow
from app.store.vault import new_vault
from tests.conftest import QUICK
from tests.pictures import picture
from tests.services.rows import a_class, a_guardian, a_pupil, everything

SENT = datetime(2026, 10, 6, 17, 4, tzinfo=UTC)


@pytest.fixture
def school(head: Office) -> Office:
    """Mrs Holt of Willow; Ella Marsh with her mother Joanne, Noah Wood with his father Peter."""
    willow = a_class(head)
    head.perform(RecordStaff("Mrs Holt", classes=("Willow",), email="holt@larkfield.example"))
    a_guardian(head, a_pupil(head, "Ella", "Marsh", willow), "Joanne")
    noah = a_pupil(head, "Noah", "Wood", willow)
    with head.database.writing() as session:
        row = GuardianRow(title="Mr", first="Peter", last="Wood", name_key=key("Peter Wood"), email="p@wood.example")
        session.add(row)
        session.flush()
        session.add(TieRow(pupil_id=noah, guardian_id=row.id, relationship="PAF"))
    return head


def item(text: str = "Is it PE tomorrow?", **more: object) -> IncomingItem:
    said: dict[str, object] = {
        "file": "messages.csv",
        "row": 2,
        "kind": Kind.MESSAGE,
        "text": text,
        "author_name": "Joanne Marsh",
        "sent_at": SENT,
    }
    return IncomingItem(**(said | more))  # type: ignore[arg-type]


def bring(office: Office, *items: IncomingItem, fmt: str = "messages") -> FeedApplied:
    return office.perform(ApplyFeed(FeedReading(fmt, ("f",), len(items), items)))


def stored(office: Office) -> list[ItemRow]:
    with office.database.reading() as session:
        rows = list(session.scalars(select(ItemRow).order_by(ItemRow.id)))
        session.expunge_all()
    return rows


def test_the_same_message_by_table_and_by_paste_is_kept_once(school: Office, tmp_path: Path) -> None:
    table = tmp_path / "messages.csv"
    table.write_text(
        "Message ID,From,To,Date,Message\n"
        "m1,Joanne Marsh,Mrs Holt,06/10/2026 18:04:33,Is it PE tomorrow?\n"
        "m2,Mrs Holt,Joanne Marsh,06/10/2026 18:09,Yes it is.\n",
        encoding="utf-8",
    )
    first = school.perform(ApplyFeed(read_feed([table])))
    pasted = read_pasted(
        "[06/10/2026, 18:04] Joanne Marsh: Is it  PE tomorrow?\n[06/10/2026, 18:09] Mrs. Holt: YES it is.\n"
        "[06/10/2026, 18:12] Joanne Marsh: Thank you",
        today=datetime(2026, 11, 23, tzinfo=UTC).date(),
    )
    second = school.perform(ApplyFeed(pasted))
    assert (first.new, second.new, second.unchanged, second.changed) == (2, 1, 2, 0)
    assert school.perform(ApplyFeed(pasted)).new == 0
    rows = stored(school)
    assert [row.text for row in rows] == ["Is it PE tomorrow?", "Yes it is.", "Thank you"]
    assert {row.thread_id for row in rows} == {1}
    with school.database.reading() as session:
        thread = session.scalars(select(ThreadRow)).one()
        assert thread.guardian_id == 1
        assert thread.started_at == datetime(2026, 10, 6, 17, 4, 33, tzinfo=UTC)


def test_both_forms_in_one_go_are_kept_once(school: Office) -> None:
    done = bring(school, item(source_id="m1"), item(file="chat.txt", row=1), fmt="messages+pasted")
    assert (done.new, done.unchanged) == (1, 1)


@pytest.mark.parametrize(
    "other",
    [
        item(sent_at=SENT + timedelta(minutes=1)),
        item("Is it PE today?"),
        item(author_name="Peter Wood"),
        item(kind=Kind.COMMENT),
        item(kind=Kind.CLASS_STORY),
        item(to=("Peter Wood",)),
        item(sent_at=None),
    ],
)
def test_what_only_looks_alike_is_kept_twice(school: Office, other: IncomingItem) -> None:
    bring(school, item(source_id="m1", to=("Mrs Holt", "Joanne Marsh") if other.to else ()))
    assert bring(school, other, fmt="pasted").new == 1


def test_one_greeting_to_many_families_is_many_messages(school: Office) -> None:
    names = ("Joanne Marsh", "Peter Wood")
    said = [item("Reminder: PE", author_name="Mrs Holt", row=n, to=(name,)) for n, name in enumerate(names)]
    assert bring(school, *said).new == 2
    again = [replace(each, file="b", source_id=f"x{each.row}") for each in said]
    assert (bring(school, *again, fmt="items").new, len(stored(school))) == (0, 2)


def test_saying_ok_twice_in_a_minute_is_two_messages_of_one_file(school: Office) -> None:
    twice = (item("ok", row=2), item("ok", row=3, sent_at=SENT + timedelta(seconds=20)))
    assert bring(school, *twice).new == 2
    pasted = tuple(item("OK", file="chat.txt", row=n, sent_at=SENT) for n in (1, 2, 3))
    done = bring(
        school, pasted[0], item("Ok", file="chat.txt", row=2, sent_at=SENT + timedelta(seconds=1)), fmt="pasted"
    )
    assert (done.new, done.unchanged) == (0, 2)


def test_one_source_tells_its_own_items_apart(school: Office) -> None:
    assert bring(school, item(source_id="m1")).new == 1
    assert bring(school, item(source_id="m2")).new == 1
    assert bring(school, item(source_id="z9"), fmt="items").new == 0


def test_points_are_never_taken_for_one_another(school: Office) -> None:
    award = {"kind": Kind.POINTS, "author_name": "Mrs Holt", "value": 1.0, "skill": "Helping"}
    said = [item("Helping", row=n, tagged=(name,), **award) for n, name in enumerate(("Ella Marsh", "Noah Wood"))]
    assert bring(school, *said).new == 2
    assert likeness(Kind.POINTS, SENT, "Helping") is None


def test_a_picture_that_only_the_second_form_tells_of_is_checked(school: Office) -> None:
    post = {
        "kind": Kind.CLASS_STORY,
        "author_name": "Mrs Holt",
        "author_role": AuthorRole.STAFF,
        "class_name": "Willow",
    }
    first = bring(school, item("Ella built a bridge", **post))
    assert (first.new, first.findings) == (1, 0)
    more = item(
        "Ella built a bridge", file="feed.json", source_id="s1", media=(Media.PHOTO,), tagged=("Noah Wood",), **post
    )
    second = bring(school, more, fmt="story")
    assert (second.new, second.changed, second.unchanged, second.findings) == (0, 1, 0, 2)
    with school.database.reading() as session:
        assert session.scalars(select(MediaRow.kind)).all() == ["photo"]
        assert session.scalars(select(TagRow.pupil_id)).all() == [2]
        assert set(session.scalars(select(FindingRow.check))) == {Check.NO_PERMISSION.value}
    assert bring(school, more, fmt="story").changed == 0


def test_a_file_that_comes_later_is_kept_with_the_item(school: Office, home: Path) -> None:
    school.vault = new_vault(home, QUICK)[0]
    bring(school, item())
    mail = item(
        file="m.eml",
        source_id="<1@x>",
        media=(Media.PHOTO,),
        attachments=(IncomingAttachment("a.jpg", Media.PHOTO, content=picture()),),
    )
    assert bring(school, mail, fmt="eml").changed == 1
    with school.database.reading() as session:
        assert session.scalars(select(MediaRow)).one().evidence_id == 1


def test_a_referred_message_does_not_come_back_in_the_open(school: Office) -> None:
    bring(school, item("He hits her at home and she is frightened", source_id="m1"))
    school.perform(ReferToSafeguarding(1))
    done = bring(school, item("He hits her at home and she is frightened", file="chat.txt"), fmt="pasted")
    assert done.new == 0
    assert "frightened" not in everything(school)


def test_a_writer_who_was_a_stranger_is_known_once_the_register_is(school: Office) -> None:
    bring(school, item(author_name="Sam Okoro"))
    assert stored(school)[0].author_role == "unknown"
    a_guardian(school, a_pupil(school, "Ada", "Okoro"), "Sam")
    with school.database.writing() as session:
        session.scalars(select(GuardianRow).where(GuardianRow.first == "Sam")).one().last = "Okoro"
    bring(school, item(author_name="Sam Okoro", file="chat.txt", source_id="p1"), fmt="pasted")
    (row,) = stored(school)
    assert (row.author_role, row.guardian_id) == ("parent", 3)


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("Mrs Holt", Writer(AuthorRole.STAFF, staff_id=1)),
        ("mrs. holt", Writer(AuthorRole.STAFF, staff_id=1)),
        ("holt@larkfield.example", Writer(AuthorRole.STAFF, staff_id=1)),
        ("Joanne Marsh", Writer(AuthorRole.PARENT, guardian_id=1)),
        ("Joanne Marsh (Ella's mum)", Writer(AuthorRole.PARENT, guardian_id=1)),
        ("Jo (Ella's mum)", Writer(AuthorRole.PARENT, guardian_id=1)),
        ("Ella’s mum", Writer(AuthorRole.PARENT, guardian_id=1)),
        ("Mum of Ella", Writer(AuthorRole.PARENT, guardian_id=1)),
        ("Ella Marsh's parent", Writer(AuthorRole.PARENT, guardian_id=1)),
        ("Ella's dad", Writer(AuthorRole.PARENT)),
        ("Mr Wood", Writer(AuthorRole.PARENT, guardian_id=2)),
        ("Noah's Dad", Writer(AuthorRole.PARENT, guardian_id=2)),
        ("p@wood.example", Writer(AuthorRole.PARENT, guardian_id=2)),
        ("Ella Marsh", Writer(AuthorRole.PUPIL, pupil_id=1)),
        ("Somebody Else", Writer(AuthorRole.UNKNOWN)),
        ("Zoe's mum", Writer(AuthorRole.UNKNOWN)),
        ("", Writer(AuthorRole.UNKNOWN)),
        ("()", Writer(AuthorRole.UNKNOWN)),
    ],
)
def test_who_is_staff_and_who_a_parent_is_found_in_the_register(school: Office, said: str, wanted: Writer) -> None:
    with school.database.reading() as session:
        assert Authors.of(session).who(AuthorRole.UNKNOWN, None, said) == wanted


def test_a_name_that_fits_staff_and_parent_answers_nobody(school: Office) -> None:
    school.perform(RecordStaff("Joanne Marsh"))
    with school.database.reading() as session:
        authors = Authors.of(session)
        assert authors.who(AuthorRole.UNKNOWN, None, "Joanne Marsh") == Writer(AuthorRole.UNKNOWN)
        assert authors.who(AuthorRole.PARENT, None, "Joanne Marsh").guardian_id == 1
        assert authors.who(AuthorRole.STAFF, None, "Joanne Marsh").staff_id == 2


def test_strangers_have_conversations_too(school: Office) -> None:
    bring(
        school,
        item("Hello", author_name="Aunt Vi", to=("Mrs Holt",)),
        item("Who are you?", author_name="Mrs Holt", to=("Aunt Vi",), sent_at=SENT - timedelta(hours=1)),
        item("To everybody", author_name="Mrs Holt", to=("Joanne Marsh", "Peter Wood")),
    )
    rows = stored(school)
    assert rows[0].thread_id == rows[1].thread_id is not None
    assert rows[2].thread_id is None
    with school.database.reading() as session:
        thread = session.get(ThreadRow, rows[0].thread_id)
        assert thread is not None
        assert (thread.guardian_id, thread.started_at) == (None, SENT - timedelta(hours=1))
        assert session.scalars(select(RecipientRow.guardian_id).order_by(RecipientRow.id)).all() == [None, 1, 2]

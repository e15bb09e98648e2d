"""The full-text index: it finds what is there, in every spelling, and keeps nothing of what has gone."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterable

import pytest
import sqlcipher3.dbapi2 as sqlcipher
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.orm import Session

from app.domain.checks.words import Words
from app.domain.searching import foreign_form, index_words
from app.store import search
from app.store.database import Database, open_in_memory
from app.store.migrate import migrate
from app.store.tables.content import ItemRow


def put(session: Session, texts: Iterable[str]) -> list[int]:
    rows = [
        ItemRow(
            digest=hashlib.sha256(f"{place}{said}".encode("utf-8", "replace")).hexdigest(),
            kind="message",
            author_role="staff",
            text=said,
        )
        for place, said in enumerate(texts)
    ]
    session.add_all(rows)
    session.flush()
    return [row.id for row in rows]


@pytest.mark.parametrize(
    ("said", "typed"),
    [
        ("Zoë loves maths", "zoe"),
        ("Zoe loves maths", "Zoë"),
        ("that is O'Neill's coat", "oneill"),
        ("that is O’Neill’s coat", "o'neill"),
        ("Well done #TeamElla", "ella"),
        ("Well done #wellDoneEllaM", "ella"),
        ("Ella's picture", "ella"),
        ("we loooove it", "love"),
        ("Łukasz und die Straße", "lukasz strasse"),
        ("a\x00null, then Ella", "ella"),
        ("the dentist at 10.30", "10.30"),
        ("ＥＬＬＡ in wide letters", "ella"),
    ],
)
def test_a_word_is_found_however_it_is_written(database: Database, said: str, typed: str) -> None:
    with database.writing() as session:
        (item,) = put(session, [said])
        assert search.items_saying(session, typed) == [item]


def test_every_word_typed_must_be_there_and_the_last_may_be_unfinished(database: Database) -> None:
    with database.writing() as session:
        first, second, _ = put(session, ["dentist on Monday", "dentist on Friday", "swimming on Monday"])
        assert search.items_saying(session, "dent") == [second, first]
        assert search.items_saying(session, "dentist mo") == [first]
        assert search.items_saying(session, "dent ") == []
        assert search.items_saying(session, "monday dentist ") == [first]


@pytest.mark.parametrize("typed", ["", " ", "d", "!?", "\x00", '"', "*", "AND", "a OR b NEAR(", "🖕"])
def test_nothing_odd_breaks_the_search(database: Database, typed: str) -> None:
    with database.writing() as session:
        put(session, ["nothing to see"])
        assert search.items_saying(session, typed) == []


def test_pages_are_keyed_by_the_last_seen(database: Database) -> None:
    with database.writing() as session:
        ids = put(session, [f"swimming {number}" for number in range(25)])
        pages, before = [], None
        while page := search.items_saying(session, "swim", before=before, limit=10):
            pages.append(page)
            before = page[-1]
    assert [len(page) for page in pages] == [10, 10, 5]
    assert [item for page in pages for item in page] == ids[::-1]


def test_loading_many_enters_the_same_as_one_by_one(database: Database) -> None:
    texts = ["Zoë and #TeamElla", "-", "O’Neill’s", "the wheels on the bus"]
    with database.writing() as session:
        one_by_one = put(session, texts)
        with search.loading(session):
            together = put(session, [f"{said} " for said in texts])
        after = put(session, ["and a wheel more"])
        for typed in ("zoe", "ella", "oneill", "wheels"):
            found = search.items_saying(session, typed)
            assert [together.index(item) for item in found if item in together] == [
                one_by_one.index(item) for item in found if item in one_by_one
            ]
            assert len(found) == 2
        assert search.items_saying(session, "wheel ") == after


def test_loading_that_fails_leaves_the_index_as_it_was(database: Database) -> None:
    with pytest.raises(RuntimeError), database.writing() as session, search.loading(session):
        put(session, ["lost for good"])
        raise RuntimeError
    with database.writing() as session:
        (item,) = put(session, ["found again"])
        assert search.items_saying(session, "found") == [item]
        assert search.items_saying(session, "lost") == []


def test_a_school_from_before_gets_its_items_entered() -> None:
    connection = sqlcipher.connect(":memory:", check_same_thread=False, isolation_level=None)
    database = open_in_memory(connection)
    migrate(database)
    with database.writing() as session:
        (item,) = put(session, ["Ella found a hedgehog"])
        for table in ("item_words_insert", "item_words_delete", "item_words_update"):
            session.execute(text(f"DROP TRIGGER {table}"))
        session.execute(text("DROP TABLE item_word"))
        session.execute(text("DROP TABLE item_words"))
        search.make_index(session.connection())
        assert search.items_saying(session, "hedge") == [item]
    database.close()
    connection.close()


SECRET = "bruises zebrawood quaggaberry frightened-of-home Thistlewaite O'Quill #TeamPetronella zzyzx"


def test_a_sealed_text_leaves_no_trace_in_any_table(database: Database) -> None:
    with database.writing() as session:
        put(session, [f"ordinary talk {number} about swimming and the trip to the farm" for number in range(400)])
        (item,) = put(session, [SECRET])
        put(session, [f"more talk {number} afterwards" for number in range(400)])
    with database.writing() as session:
        row = session.get(ItemRow, item)
        assert row is not None
        row.text, row.restricted = "", True
    gone = [word for word in index_words(SECRET).split() if len(word) > 3 and word != "home"]
    cells = every_cell(database)
    assert [word for word in gone if word in cells] == []
    with database.reading() as session:
        held = set(session.scalars(text("SELECT DISTINCT term FROM item_word")))
    assert held.isdisjoint(gone)
    assert "swimming" in held


def test_even_the_signposts_of_the_index_forget(database: Database) -> None:
    """Thousands of words make an index of many pages; some of the words that go stand at the head of one."""
    with database.writing() as session:
        ids = put(
            session, [" ".join(f"w{(n * 7919 + k * 104729) % 99991:05x}ord" for k in range(30)) for n in range(300)]
        )
        session.execute(text("INSERT INTO item_words (item_words) VALUES ('optimize')"))
    with database.writing() as session:
        for row in session.query(ItemRow).where(ItemRow.id.in_(ids[::2])):
            row.text, row.restricted = "", True
        session.flush()
        assert search.leave_no_trace(session) is True
    with database.reading() as session:
        held = set(session.scalars(text("SELECT DISTINCT term FROM item_word")))
        posts = session.scalars(text("SELECT CAST(term AS TEXT) FROM item_words_idx")).all()
    assert all(any(word.startswith(post[1:]) for word in held) for post in posts if post.startswith("0"))
    with database.writing() as session:
        assert search.leave_no_trace(session) is False


def test_a_signpost_may_end_in_the_middle_of_a_letter(database: Database) -> None:
    """The index cuts a word where it differs from the one before: two letters of one script differ in a later byte."""
    chance = random.Random(7)
    letters = [chr(number) for number in (*range(0x0430, 0x0450), *range(0x0627, 0x064B), *range(0x0905, 0x0930))]
    said = [" ".join("".join(chance.choices(letters, k=6)) for _ in range(12)) for _ in range(500)]
    with database.writing() as session:
        ids = put(session, said)
    with database.reading() as session:
        posts = session.scalars(text("SELECT CAST(term AS BLOB) FROM item_words_idx")).all()
    assert any(not _is_whole(post) for post in posts), "the words are such that it happens"
    with database.writing() as session:
        for row in session.query(ItemRow).where(ItemRow.id.in_(ids[::2])):
            row.text, row.restricted = "", True
        session.flush()
        assert search.leave_no_trace(session) is True
        assert search.leave_no_trace(session) is False
        assert search.items_saying(session, said[1].split()[0] + " ") == [ids[1]]


def _is_whole(post: bytes) -> bool:
    try:
        post.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def test_a_deleted_item_is_found_no_more(database: Database) -> None:
    with database.writing() as session:
        (item,) = put(session, ["Ella found a hedgehog"])
        session.delete(session.get(ItemRow, item))
        session.flush()
        assert search.items_saying(session, "hedgehog") == []
    assert "hedgehog" not in every_cell(database)


@given(st.text(alphabet=st.sampled_from("abe'’ éßøłА#@ES1. -\n😀\u0301\u200d"), max_size=30))
def test_every_word_that_the_checks_read_is_entered(said: str) -> None:
    entered = set(index_words(said).split())
    for word in Words(said).words:
        plain = word.replace("'", "")
        assert plain in entered
        base = word.removesuffix("'s").replace("'", "")
        assert base in entered or not base
        if base.isalpha() and not base.isascii():
            assert foreign_form(base) in entered


def every_cell(database: Database) -> str:
    """Every cell of every table there is, the index's own included, as somebody with the database's key reads it."""
    cells: list[str] = []
    with database.reading() as session:
        tables = session.scalars(text("SELECT name FROM sqlite_master WHERE type = 'table'")).all()
        assert any(name.startswith("item_words_") for name in tables)
        for name in tables:
            if name in ("item_words", "item_word"):
                continue
            for row in session.execute(text(f'SELECT * FROM "{name}"')):
                cells += [value.decode("latin-1") if isinstance(value, bytes) else str(value) for value in row]
    return "\n".join(cells)

"""Rows written thousands at a time are the rows that were meant, one by one."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from app.store.bulk import first_load, insert_many, plain_rows
from app.store.database import Database, open_in_memory
from app.store.migrate import migrate
from app.store.tables.content import ItemRow
from app.store.tables.people import PupilRow
from app.store.tables.rechecking import RegisterChangeRow

COLUMNS = ("first", "last", "born", "postcode", "name_key", "picture_bar", "version")
Line = tuple[str, str, date | None, str | None, str, bool, int]

names = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
lines = st.tuples(
    names, names, st.none() | st.dates(), st.none() | names, names, st.booleans(), st.integers(-(2**40), 2**40)
)


@given(st.lists(lines, max_size=6))
@settings(deadline=None, max_examples=80)
def test_what_goes_in_comes_out(rows: list[Line]) -> None:
    database = open_in_memory()
    migrate(database)
    with database.writing() as session:
        ids = insert_many(session, PupilRow, COLUMNS, rows)
    with database.reading() as session:
        found = session.scalars(select(PupilRow).order_by(PupilRow.id)).all()
        kept = [(p.first, p.last, p.born, p.postcode, p.name_key, p.picture_bar, p.version) for p in found]
        assert kept == rows
        assert [p.id for p in found] == list(ids)
        assert all(isinstance(p.picture_bar, bool) for p in found)
    database.close()


def test_ids_go_on_where_others_ended(database: Database) -> None:
    row = ("Ella", "Marsh", date(2018, 9, 1), None, "ella marsh", False, 1)
    with database.writing() as session:
        assert insert_many(session, PupilRow, COLUMNS, [row] * 12_001) == range(1, 12_002)
        assert insert_many(session, PupilRow, COLUMNS, []) == range(12_002, 12_002)
        assert list(insert_many(session, PupilRow, COLUMNS, [row])) == [12_002]
        assert session.scalar(select(func.max(PupilRow.id))) == 12_002


def test_plain_rows_are_what_lies_in_the_file(database: Database) -> None:
    with database.writing() as session:
        insert_many(session, PupilRow, COLUMNS, [("Ella", "Marsh", date(2018, 9, 1), None, "k", True, 1)])
        rows = plain_rows(session, select(PupilRow.first, PupilRow.born, PupilRow.picture_bar).where(PupilRow.id == 1))
    assert rows == [("Ella", "2018-09-01", 1)]


@pytest.mark.parametrize("items", [0, 1])
def test_a_first_load_is_not_noted_and_later_ones_are(database: Database, items: int) -> None:
    row = ("Ella", "Marsh", None, None, "ella marsh", False, 1)
    with database.writing() as session:
        if items:
            session.add(ItemRow(digest="d", kind="message", author_role="staff", text="Hello"))
            session.flush()
        with first_load(session, PupilRow):
            insert_many(session, PupilRow, COLUMNS, [row])
        assert session.scalar(select(func.count()).select_from(RegisterChangeRow)) == items
        session.add(ItemRow(digest="e", kind="message", author_role="staff", text="Hello"))
        session.flush()
        insert_many(session, PupilRow, COLUMNS, [row])
        assert session.scalar(select(func.count()).select_from(RegisterChangeRow)) == items + 1

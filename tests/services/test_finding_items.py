"""Finding posts and messages by their words, for leaders, from the index: newest first, a page at a time."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import update

from app.domain.content import Kind
from app.domain.problems import NotAllowed
from app.domain.roles import Role
from app.services.finding_items import FindItems
from app.services.office import Office
from app.store.tables.content import ItemRow
from app.ui.areas import search
from tests.conftest import NOW, OfficeOf

TEXTS = ("Swimming on Friday", "A swim bag was left behind", "Zoë swam a length", "Reading books, please", "")


@pytest.fixture
def ids(head: Office) -> list[int]:
    with head.database.writing() as session:
        rows: list[Any] = [
            ItemRow(
                digest=f"d{place}",
                kind=Kind.CLASS_STORY.value,
                author_role="staff",
                author_name="Mrs Holt",
                text=text,
                sent_at=NOW + timedelta(minutes=place),
            )
            for place, text in enumerate(TEXTS)
        ]
        session.add_all(rows)
        session.flush()
        return [row.id for row in rows]


def said(office: Office, words: str, **more: Any) -> list[str]:
    return [item.opening for item in office.ask(FindItems(words, **more))]


def test_an_unfinished_word_finds_newest_first(head: Office, ids: list[int]) -> None:
    assert said(head, "swi") == [TEXTS[1], TEXTS[0]]
    assert said(head, "swimming ") == [TEXTS[0]]
    assert said(head, "zoe swam") == [TEXTS[2]]
    assert said(head, "s") == []
    assert said(head, "nothing like it") == []
    (found,) = head.ask(FindItems("reading"))
    assert (found.author, found.kind, found.sent_at) == ("Mrs Holt", Kind.CLASS_STORY, NOW + timedelta(minutes=3))


def test_a_page_goes_on_after_the_last_one(head: Office, ids: list[int]) -> None:
    first = head.ask(FindItems("sw", size=2))
    assert [item.id for item in first] == [ids[2], ids[1]]
    assert [item.id for item in head.ask(FindItems("sw", before=first[-1].id, size=2))] == [ids[0]]


def test_what_was_sealed_is_found_no_more(head: Office, ids: list[int]) -> None:
    with head.database.writing() as session:
        session.execute(update(ItemRow).where(ItemRow.id == ids[0]).values(text="", restricted=True))
    assert said(head, "swi") == [TEXTS[1]]


def test_leaders_find_words_in_the_search_box_and_the_office_finds_pupils_alone(
    head: Office, office_of: OfficeOf, ids: list[int]
) -> None:
    hits = search(head)("swi")
    assert [(hit.kind, hit.title, hit.detail) for hit in hits] == [
        ("item", TEXTS[1], "Class story, Mrs Holt"),
        ("item", TEXTS[0], "Class story, Mrs Holt"),
    ]
    clerk = office_of(Role.OFFICE)
    assert list(search(clerk)("swi")) == []
    with pytest.raises(NotAllowed):
        clerk.ask(FindItems("swi"))

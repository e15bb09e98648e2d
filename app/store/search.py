"""The full-text index of what items say, inside the encrypted database.

It holds words and no texts (`searching.index_words` says which). Triggers keep it right for single rows; many rows are
put in first and entered together (`loading`). What leaves an item leaves the index at once and leaves nothing behind:
a text that was sealed for the safeguarding lead cannot be pieced together from it (K1).

All of this is SQLite's FTS5; another database has its own, behind the same functions.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, text
from sqlalchemy.orm import Session

SHORTEST = 2
"""A last word of fewer letters is not looked for yet: it would fit nearly everything."""

_AT_A_TIME = 300
_MAKE = (
    "CREATE VIRTUAL TABLE item_words USING fts5(words, content='', columnsize=0, detail=none, tokenize='ascii', "
    "prefix='2 3')",
    "INSERT INTO item_words (item_words, rank) VALUES ('secure-delete', 1)",
    "CREATE VIRTUAL TABLE item_word USING fts5vocab(item_words, 'instance')",
)
_ENTER = (
    "INSERT INTO item_words (rowid, words) SELECT NEW.id, search_words(CAST(NEW.text AS BLOB)) WHERE NEW.text <> ''"
)
_TAKE_OUT = (
    "INSERT INTO item_words (item_words, rowid, words) "
    "SELECT 'delete', OLD.id, search_words(CAST(OLD.text AS BLOB)) WHERE OLD.text <> ''"
)
# An index of one piece is not rewritten unless there is something to join to it.
_REWRITE = (
    "INSERT INTO item_words (rowid, words) VALUES (0, 'a')",
    "INSERT INTO item_words (item_words) VALUES ('optimize')",
    "INSERT INTO item_words (item_words, rowid, words) VALUES ('delete', 0, 'a')",
)
_ON_INSERT = f"CREATE TRIGGER item_words_insert AFTER INSERT ON item BEGIN {_ENTER}; END"
_TRIGGERS = (
    _ON_INSERT,
    f"CREATE TRIGGER item_words_delete AFTER DELETE ON item BEGIN {_TAKE_OUT}; END",
    "CREATE TRIGGER item_words_update AFTER UPDATE OF text ON item WHEN OLD.text IS NOT NEW.text "
    f"BEGIN {_TAKE_OUT}; {_ENTER}; END",
)


def prepare(connection: Any) -> None:
    """Teach a driver's connection the function that the triggers call."""
    connection.create_function("search_words", 1, _words_of, deterministic=True)


def _words_of(said: bytes) -> str:
    """Takes bytes, since the driver would end a text at a null character."""
    from app.domain.searching import index_words

    return index_words(said.decode("utf-8", "replace"))


def make_index(connection: Connection) -> None:
    """Make the index and its triggers, and enter what items there are."""
    for statement in (*_MAKE, *_TRIGGERS):
        connection.exec_driver_sql(statement)
    _enter_all(connection, 0)


@contextmanager
def loading(session: Session) -> Iterator[None]:
    """While many items are put in: they are entered together at the end, in a third of the time.

    They must be new ones. In the caller's transaction, like everything else.
    """
    connection = session.connection()
    last = connection.exec_driver_sql("SELECT coalesce(max(id), 0) FROM item").scalar_one()
    connection.exec_driver_sql("DROP TRIGGER item_words_insert")
    yield
    session.flush()
    _enter_all(connection, last)
    connection.exec_driver_sql(_ON_INSERT)


def _enter_all(connection: Connection, after: int) -> None:
    connection.exec_driver_sql(
        "INSERT INTO item_words (rowid, words) "
        "SELECT id, search_words(CAST(text AS BLOB)) FROM item WHERE id > ? AND text <> ''",
        (after,),
    )


def items_saying(session: Session, said: str, *, before: int | None = None, limit: int = 50) -> list[int]:
    """Ids of the items that hold every word typed, newest first; the last word may be unfinished.

    `before` is the last id of the page before (keyset). None are found for nothing, or for a single letter.
    """
    from app.domain.searching import query_words

    wanted = query_words(said)
    if wanted and len(wanted[-1]) < SHORTEST:
        wanted.pop()
    if not wanted:
        return []
    unfinished = not said[-1:].isspace()
    terms = [_quoted(word) for word in wanted]
    if unfinished:
        terms[-1] += "*"
    query = "SELECT rowid FROM item_words WHERE item_words MATCH :terms"
    if before is not None:
        query += " AND rowid < :before"
    query += " ORDER BY rowid DESC LIMIT :limit"
    values = {"terms": " AND ".join(terms), "before": before, "limit": limit}
    return list(session.scalars(text(query), {k: v for k, v in values.items() if k in ("terms", "limit") or v}))


def items_with_any(session: Session, words: Iterable[str], *, shown_by_staff: bool = False) -> set[int]:
    """Ids of the items that hold any of these words, as indexed; if so told, only of those staff sent with media."""
    query = "SELECT rowid FROM item_words WHERE item_words MATCH :terms"
    if shown_by_staff:
        query = (
            "SELECT w.rowid FROM item_words w JOIN item i ON i.id = w.rowid WHERE item_words MATCH :terms "
            "AND i.author_role = 'staff' AND EXISTS (SELECT 1 FROM media m WHERE m.item_id = i.id)"
        )
    found: set[int] = set()
    ordered = sorted(filter(None, words))
    for start in range(0, len(ordered), _AT_A_TIME):
        terms = " OR ".join(_quoted(word) for word in ordered[start : start + _AT_A_TIME])
        found.update(session.scalars(text(query), {"terms": terms}))
    return found


def leave_no_trace(session: Session) -> bool:
    """Rewrite the index where its inner signposts still spell a word that no item holds; whether that was needed.

    Signposts are beginnings of words that once headed a page. Everything else goes as soon as an item loses its text.
    """
    connection = session.connection()
    posts = connection.exec_driver_sql("SELECT CAST(term AS BLOB) FROM item_words_idx WHERE length(term) > 1").scalars()
    held = text(
        "SELECT 1 FROM item_word WHERE term >= :start AND term < :past "
        "AND substr(CAST(term AS BLOB), 1, length(:post)) = :post LIMIT 1"
    )
    for post in posts.all():
        # The first byte tells words from the prefixes of two and three letters, which spell nothing. The last letter
        # may be cut in the middle of its bytes.
        word = post[1:]
        start = word.decode("utf-8", "ignore")
        if not post.startswith(b"0") or not start:
            continue
        if connection.execute(held, {"start": start, "past": start + "\U0010ffff", "post": word}).first() is None:
            for statement in _REWRITE:
                connection.exec_driver_sql(statement)
            return True
    return False


def _quoted(word: str) -> str:
    return '"' + word.replace('"', '""') + '"'

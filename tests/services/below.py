"""Reading a school's files below the application: with keys, and without any of its code on what may be seen.

Whoever holds the database's key can open every table with any SQLite, or decipher the pages themselves, those that
are free and those still in the log among them.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

PAGE, RESERVED = 4096, 80
"""SQLCipher's page, and its end: 16 bytes to start deciphering with, 64 to prove that nobody changed the page."""
SALT, LOG_HEAD, FRAME_HEAD = 16, 32, 24
"""The first page begins with a salt in the clear; a log with its own head, and each page in it with another."""


def opened(file: Path, key: bytes) -> Any:
    """A plain connection of the driver: no engine, no triggers' functions, no door."""
    connection = sqlcipher.connect(str(file), isolation_level=None)
    connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    return connection


def tables(connection: Any) -> list[str]:
    """Every table that holds anything itself, those that the full-text index keeps for its own use among them."""
    rows = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name"
    )
    return [name for (name,) in rows]


def cells(connection: Any) -> Iterator[tuple[str, str]]:
    """Every cell of every column of every table, as text, with where it stands."""
    for table in tables(connection):
        rows = connection.execute(f'SELECT * FROM "{table}"')
        columns = [each[0] for each in rows.description]
        for row in rows:
            for column, value in zip(columns, row, strict=True):
                yield f"{table}.{column}", value.decode("latin-1") if isinstance(value, bytes) else str(value)


def index_terms(connection: Any) -> set[str]:
    """Every word that the full-text index knows."""
    return {str(term) for (term,) in connection.execute("SELECT DISTINCT term FROM item_word")}


def pages(file: Path, key: bytes) -> Iterator[bytes]:
    """Every page of the file deciphered, used or free."""
    raw = file.read_bytes()
    for start in range(0, len(raw), PAGE):
        yield _deciphered(raw[start : start + PAGE], key, first=start == 0)


def logged_pages(log: Path, key: bytes) -> Iterator[bytes]:
    """Every page in the log beside the file, also those that newer ones stand in for; nothing where there is no log."""
    raw = log.read_bytes() if log.is_file() else b""
    for start in range(LOG_HEAD, len(raw) - FRAME_HEAD - PAGE + 1, FRAME_HEAD + PAGE):
        number = int.from_bytes(raw[start : start + 4], "big")
        page = raw[start + FRAME_HEAD : start + FRAME_HEAD + PAGE]
        yield _deciphered(page, key, first=number == 1)


def _deciphered(page: bytes, key: bytes, *, first: bool) -> bytes:
    begin = SALT if first else 0
    body, rest = page[begin : PAGE - RESERVED], page[PAGE - RESERVED :]
    reader = Cipher(algorithms.AES(key), modes.CBC(rest[:16])).decryptor()
    return reader.update(body) + reader.finalize()

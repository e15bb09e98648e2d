"""Reading what the school changed about the word lists."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.checks.finding import Check
from app.domain.checks.own_words import OwnPhrase, OwnWords, Silenced
from app.domain.content import AuthorRole
from app.store.tables.accounts import AccountRow
from app.store.tables.wordlists import OwnPhraseRow, SilencedPhraseRow

FIND, EXCEPT = "find", "except"


def own_words(session: Session) -> OwnWords:
    """What is in force just now."""
    phrases = session.scalars(select(OwnPhraseRow).where(OwnPhraseRow.ended_at.is_(None)).order_by(OwnPhraseRow.id))
    silenced = session.scalars(select(SilencedPhraseRow).where(SilencedPhraseRow.lifted_at.is_(None)))
    return OwnWords(
        tuple(as_phrase(row) for row in phrases),
        frozenset(Silenced(Check(row.check), row.topic, row.note, row.phrase) for row in silenced),
    )


def as_phrase(row: OwnPhraseRow) -> OwnPhrase:
    """A row as the checks know it."""
    return OwnPhrase(
        id=row.id,
        check=Check(row.check),
        phrase=row.phrase,
        topic=row.topic,
        by=frozenset(AuthorRole(role) for role in row.by.split(",") if role),
        is_exception=row.sort == EXCEPT,
    )


@dataclass(frozen=True, slots=True)
class OwnPhraseLine:
    """A phrase of the school's own, and who added it."""

    phrase: OwnPhrase
    added_at: datetime
    added_by: str


@dataclass(frozen=True, slots=True)
class SilencedLine:
    """A silenced entry or phrase, why, and who silenced it."""

    id: int
    silenced: Silenced
    why: str
    silenced_at: datetime
    silenced_by: str


def own_phrase_lines(session: Session) -> list[OwnPhraseLine]:
    """What the school added, the newest first."""
    rows = session.execute(
        select(OwnPhraseRow, AccountRow.name)
        .join(AccountRow, AccountRow.id == OwnPhraseRow.added_by)
        .where(OwnPhraseRow.ended_at.is_(None))
        .order_by(OwnPhraseRow.id.desc())
    )
    return [OwnPhraseLine(as_phrase(row), row.added_at, name) for row, name in rows]


def silenced_lines(session: Session) -> list[SilencedLine]:
    """What the school silenced, the newest first."""
    rows = session.execute(
        select(SilencedPhraseRow, AccountRow.name)
        .join(AccountRow, AccountRow.id == SilencedPhraseRow.silenced_by)
        .where(SilencedPhraseRow.lifted_at.is_(None))
        .order_by(SilencedPhraseRow.id.desc())
    )
    return [
        SilencedLine(
            row.id,
            Silenced(Check(row.check), row.topic, row.note, row.phrase),
            row.why,
            row.silenced_at,
            name,
        )
        for row, name in rows
    ]

"""The school's wording of its letters: changed, confirmed by a speaker, or put back as it came (P3, H2)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.letters import LANGUAGES, LetterKind, Wording, as_json, kind_of, read_shipped, reworded
from app.domain.problems import Overtaken, Problem, Refused
from app.resources import text_of
from app.services.door import Command, Query, answers, does
from app.services.linking import OFFICE_AND_LEADERS
from app.services.unit import Unit, View
from app.store.tables.accounts import AccountRow
from app.store.tables.letters import LetterWordingRow

HOME_LANGUAGE = "en"
"""The school's own language: its wording needs no speaker to check it."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A language's wording in force, whether it is the school's own, and who has confirmed it."""

    wording: Wording
    own: bool
    saved_at: datetime | None
    saved_by: str
    confirmed_at: datetime | None
    confirmed_by: str
    speaker: str


@cache
def shipped(kind: str, code: str) -> Wording:
    """The wording that comes with the program. Raises `Problem` where there is none."""
    known = kind_of(kind)
    if code not in LANGUAGES:
        raise Problem(f"There is no letter in “{code}”. The languages are: {', '.join(LANGUAGES)}.")
    return read_shipped(known, code, text_of("letters", known.id, f"{code}.toml"))


@dataclass(frozen=True, slots=True)
class LetterWordings(Query[tuple[Standing, ...]]):
    """The wording of a kind of letter in every language."""

    kind: str = "code"


@answers(LetterWordings, roles=OFFICE_AND_LEADERS)
def letter_wordings(query: LetterWordings, view: View) -> tuple[Standing, ...]:
    """English first, then as they are listed."""
    return standings(query.kind, view.session)


def standings(kind: str, session: Session) -> tuple[Standing, ...]:
    """Each language's wording in force."""
    known = kind_of(kind)
    rows = {row.language: row for row in session.scalars(select(LetterWordingRow).where(LetterWordingRow.kind == kind))}
    names = {id_: name for id_, name in session.execute(select(AccountRow.id, AccountRow.name))}
    return tuple(_standing(known, code, rows.get(code), names) for code in LANGUAGES)


def _standing(kind: LetterKind, code: str, row: LetterWordingRow | None, names: dict[int, str]) -> Standing:
    came = shipped(kind.id, code)
    if row is None:
        return Standing(came, False, None, "", None, "", "")
    words = came if row.words is None else reworded(kind, came, json.loads(row.words))
    confirmed = row.confirmed_digest == words.digest
    draft = code != HOME_LANGUAGE and not confirmed and (came.draft or words.digest != came.digest)
    return Standing(
        wording=replace(words, draft=draft),
        own=row.words is not None,
        saved_at=row.saved_at if row.words is not None else None,
        saved_by=names.get(row.saved_by or 0, "") if row.words is not None else "",
        confirmed_at=row.confirmed_at if confirmed else None,
        confirmed_by=names.get(row.confirmed_by or 0, "") if confirmed else "",
        speaker=(row.speaker or "") if confirmed else "",
    )


@dataclass(frozen=True, slots=True)
class SaveWording(Command[Standing]):
    """Keep the school's own words for a language: a text for each part, steps one to a line.

    `before` is the digest of the wording that was changed.
    """

    kind: str
    language: str
    said: Mapping[str, str]
    before: str


@does(SaveWording, roles=OFFICE_AND_LEADERS, verb="letter.reworded")
def save_wording(command: SaveWording, unit: Unit) -> Standing:
    """Judged first: refused, with a sentence, for an empty part or a field that does not exist.

    `Overtaken` where somebody else changed the wording meanwhile. Other words are a draft again until somebody who
    speaks the language confirms them.
    """
    kind, came = kind_of(command.kind), shipped(command.kind, command.language)
    made = reworded(kind, came, command.said)
    if _of(command.kind, command.language, unit).wording.digest != command.before:
        raise Overtaken("Somebody else changed this wording meanwhile. Nothing was saved. Read it again with F5.")
    row = _row(command.kind, command.language, unit)
    row.words = None if made.digest == came.digest else as_json(made.words, made.steps)
    row.saved_at, row.saved_by = unit.now, unit.actor.id
    return _done(command.kind, command.language, unit)


@dataclass(frozen=True, slots=True)
class RestoreWording(Command[Standing]):
    """Go back to the wording that comes with the program."""

    kind: str
    language: str


@does(RestoreWording, roles=OFFICE_AND_LEADERS, verb="letter.restored")
def restore_wording(command: RestoreWording, unit: Unit) -> Standing:
    """A confirmation of the shipped wording holds again. `Overtaken` where it stands already."""
    shipped(command.kind, command.language)
    row = _row(command.kind, command.language, unit)
    if row.words is None:
        raise Overtaken("The shipped wording is in force already. Nothing was changed.")
    row.words = row.saved_at = row.saved_by = None
    return _done(command.kind, command.language, unit)


@dataclass(frozen=True, slots=True)
class ConfirmWording(Command[Standing]):
    """A speaker of the language has read the wording in force, whose digest is given, and it is right."""

    kind: str
    language: str
    speaker: str
    digest: str


@does(ConfirmWording, roles=OFFICE_AND_LEADERS, verb="letter.confirmed")
def confirm_wording(command: ConfirmWording, unit: Unit) -> Standing:
    """Refused without the speaker's name; `Overtaken` where the wording has changed since it was read."""
    speaker = " ".join(command.speaker.split())[:120]
    if not speaker:
        raise Refused("Say who checked the wording: a name, or a role such as “interpreter”. It stays on record.")
    now = _of(command.kind, command.language, unit)
    if now.wording.digest != command.digest:
        raise Overtaken("The wording was changed meanwhile. Nothing was confirmed. Have the speaker read it again.")
    if not now.wording.draft:
        raise Overtaken("This wording is no draft. Nothing was changed.")
    row = _row(command.kind, command.language, unit)
    row.confirmed_digest, row.confirmed_at = command.digest, unit.now
    row.confirmed_by, row.speaker = unit.actor.id, speaker
    return _done(command.kind, command.language, unit)


def _row(kind: str, language: str, unit: Unit) -> LetterWordingRow:
    row = unit.session.get(LetterWordingRow, (kind, language))
    if row is None:
        row = LetterWordingRow(kind=kind, language=language)
        unit.session.add(row)
    return row


def _done(kind: str, language: str, unit: Unit) -> Standing:
    unit.session.flush()
    unit.audit(f"letter:{kind}", {"language": language})
    unit.changed("letters")
    return _of(kind, language, unit)


def _of(kind: str, language: str, unit: Unit) -> Standing:
    shipped(kind, language)
    return next(one for one in standings(kind, unit.session) if one.wording.code == language)

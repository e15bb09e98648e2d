"""A folder that the running desk looks into, if the school sets one; which of its files have been dealt with."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from sqlalchemy import select

from app.domain.problems import Refused
from app.domain.roles import EVERYONE, HEAD
from app.services.door import Command, Query, answers, does
from app.services.unit import Unit, View
from app.store.tables.content import WatchedFileRow
from app.store.tables.school import SchoolRow

LONGEST = 500


class Outcome(StrEnum):
    """What became of a file."""

    TAKEN = "taken"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class SetWatchedFolder(Command[None]):
    """Look into this folder from now on; None: into none."""

    folder: str | None


@does(SetWatchedFolder, roles=HEAD, verb="folder.watched")
def set_watched_folder(command: SetWatchedFolder, unit: Unit) -> None:
    """Refused for what is no folder. The folder's name is not in the audit: it may hold a person's."""
    school = unit.session.scalars(select(SchoolRow)).one()
    folder = (command.folder or "").strip()
    if len(folder) > LONGEST:
        raise Refused(f"The folder's name is longer than {LONGEST} characters. Choose one nearer the top of the drive.")
    if folder and not Path(folder).is_dir():
        raise Refused("There is no such folder, or it cannot be read from this computer. Nothing was changed.")
    school.watched_folder = folder or None
    unit.audit("school", {"watched": bool(folder)})
    unit.changed("school", "watched")


@dataclass(frozen=True, slots=True)
class WatchedFolderSet(Query[str | None]):
    """The folder that is looked into; None where the school set none."""


@answers(WatchedFolderSet, roles=EVERYONE)
def watched_folder(query: WatchedFolderSet, view: View) -> str | None:
    """As it was set."""
    del query
    return view.session.scalar(select(SchoolRow.watched_folder))


@dataclass(frozen=True, slots=True)
class DealtWith(Query[frozenset[str]]):
    """Which of these files, by their SHA-256, have been dealt with."""

    digests: tuple[str, ...]


@answers(DealtWith, roles=EVERYONE)
def dealt_with(query: DealtWith, view: View) -> frozenset[str]:
    """Taken in or put aside, by whom and when is on record."""
    wanted = select(WatchedFileRow.digest).where(WatchedFileRow.digest.in_(query.digests))
    return frozenset(view.session.scalars(wanted))


@dataclass(frozen=True, slots=True)
class NoteDealtWith(Command[None]):
    """A file of the watched folder was taken in, or cannot be and was put aside."""

    digest: str
    outcome: Outcome


@does(NoteDealtWith, roles=EVERYONE, verb="folder.file_noted")
def note_dealt_with(command: NoteDealtWith, unit: Unit) -> None:
    """A second time changes nothing but the outcome."""
    row = unit.session.scalar(select(WatchedFileRow).where(WatchedFileRow.digest == command.digest))
    if row is None:
        row = WatchedFileRow(digest=command.digest, outcome=command.outcome, seen_at=unit.now, seen_by=unit.actor.id)
        unit.session.add(row)
    row.outcome = command.outcome
    unit.session.flush()
    unit.audit(f"watched:{row.id}", {"outcome": command.outcome})

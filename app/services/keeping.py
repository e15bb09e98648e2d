"""Keeping the school's records safe: verification, backup, restore (H5, K4).

A backup is one file: the database, the key slots and every file of evidence, each still encrypted. Files are copied in
pieces, so that a folder of any size fits through.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

import sqlcipher3.dbapi2 as sqlcipher

from app.domain.problems import Problem, Unreadable
from app.domain.roles import EVERYONE, LEADERS, Role
from app.services.door import Command, does
from app.services.evidence import evidence_faults
from app.services.unit import Unit
from app.store.audit_chain import broken_at, head
from app.store.reads.activity import activity_count
from app.store.seam import cipher_faults, integrity_faults
from app.store.vault import Vault, has_school

MANIFEST = "schoolgate-backup.json"
PARTS = ("school.db", "keys.json")
_EVIDENCE = re.compile(r"evidence/[0-9a-f]{2}/[0-9a-f]{32}")
_PIECE = 1024 * 1024
_NO_BACKUP = (
    OSError,
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    LookupError,
    ValueError,
    TypeError,
    NotImplementedError,
    RuntimeError,
)
"""What reading a file that is no backup, or a damaged one, may raise."""


@dataclass(frozen=True, slots=True)
class Verified:
    """What was found. `faults` are sentences, the first broken place first; empty where all is well."""

    audit_lines: int
    audit_head: str
    backups: int
    faults: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Verify(Command[Verified]):
    """Check the database, the audit's chain, the files of evidence and the backups beside it."""


@does(Verify, roles=EVERYONE, verb="store.verified")
def verify(command: Verify, unit: Unit) -> Verified:
    """Changes nothing but the audit's own line about it. Files that no record names are let go of."""
    del command
    connection = unit.session.connection()
    faults = [f"The database: {fault}." for fault in (*cipher_faults(connection), *integrity_faults(connection))]
    broken = broken_at(unit.session)
    if broken is not None:
        faults.append(f"The audit: line {broken} is not as it was written.")
    faults += evidence_faults(unit)
    readable = 0
    if unit.vault is not None and unit.vault.backups.is_dir():
        for place in sorted(unit.vault.backups.glob("*.schoolgate")):
            try:
                _check(place)
                readable += 1
            except Unreadable as fault:
                faults.append(f"The backup {place.name}: {fault.sentence}")
    unit.audit("school", {"faults": len(faults)})
    return Verified(activity_count(unit.session), head(unit.session), readable, tuple(faults))


@dataclass(frozen=True, slots=True)
class BackedUp:
    """The copy that was made."""

    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class BackUp(Command[BackedUp]):
    """Copy the whole school, still encrypted, into one file."""

    out: Path


@does(BackUp, roles=LEADERS | {Role.OFFICE}, verb="store.backed_up")
def back_up(command: BackUp, unit: Unit) -> BackedUp:
    """A consistent copy, even while others work. Refused where the place cannot be written."""
    if unit.vault is None:
        raise Problem("This school lives in memory only, so there is nothing to back up.")
    if command.out.is_dir():
        raise Problem("Name a file for the backup, not a folder.")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as scratch:
        copy = Path(scratch) / "school.db"
        _copy_database(unit.vault.database, copy, unit.keys.main)
        made = _pack(command.out, _sources(unit.vault, copy), unit.now)
    unit.audit("school", {"size": made.size})
    return made


def _copy_database(source: Path, copy: Path, key: bytes) -> None:
    raw = f"PRAGMA key = \"x'{key.hex()}'\""
    with_key = [sqlcipher.connect(str(place), isolation_level=None) for place in (source, copy)]
    try:
        for connection in with_key:
            connection.execute(raw)
        with_key[0].backup(with_key[1])
    finally:
        for connection in with_key:
            connection.close()


def _sources(vault: Vault, database: Path) -> dict[str, Path]:
    """What goes into a backup: names in the file, and where each lies."""
    sources = {"school.db": database, "keys.json": vault.home / "keys.json"}
    for file in sorted(vault.evidence.glob("??/*")):
        name = file.relative_to(vault.home).as_posix()
        if _EVIDENCE.fullmatch(name):
            sources[name] = file
    return sources


def _pack(out: Path, sources: dict[str, Path], now: datetime) -> BackedUp:
    """Write a backup so that it is there whole or not at all."""
    out.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=out.parent, prefix=".new-")
    try:
        with os.fdopen(handle, "w+b") as file:
            with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
                digests = {part: _copied(source, archive, part) for part, source in sources.items()}
                made_at = now.astimezone(UTC).isoformat()
                archive.writestr(MANIFEST, json.dumps({"format": 1, "made_at": made_at, "parts": digests}))
            file.flush()
            os.fsync(file.fileno())
            size = file.tell()
            file.seek(0)
            digest = _digest(file)
        Path(name).replace(out)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return BackedUp(digest, size)


def _copied(source: Path, archive: zipfile.ZipFile, name: str) -> str:
    """Copy a file into the archive; the SHA-256 of what was copied."""
    digest = hashlib.sha256()
    with source.open("rb") as file, archive.open(name, "w", force_zip64=True) as into:
        for piece in _pieces(file):
            digest.update(piece)
            into.write(piece)
    return digest.hexdigest()


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    while piece := file.read(_PIECE):
        yield piece


def _digest(file: IO[bytes]) -> str:
    digest = hashlib.sha256()
    for piece in _pieces(file):
        digest.update(piece)
    return digest.hexdigest()


def _check(place: Path) -> list[str]:
    """The names of a backup's parts, each found to be what was put in. Raises `Unreadable` for anything else."""
    try:
        with zipfile.ZipFile(place) as archive:
            wanted = json.loads(archive.read(MANIFEST))["parts"]
            names = [*PARTS, *(name for name in archive.namelist() if _EVIDENCE.fullmatch(name))]
            found = {}
            for name in names:
                with archive.open(name) as file:
                    found[name] = _digest(file)
    except _NO_BACKUP as fault:
        raise Unreadable("It is not a Schoolgate backup, or it is damaged.") from fault
    if found != wanted:
        raise Unreadable("It is damaged: what it holds is not what was put in.")
    return names


def _unpack(place: Path, names: list[str], folder: Path) -> None:
    """Write a backup's parts into a folder."""
    with zipfile.ZipFile(place) as archive:
        for name in names:
            target = folder.joinpath(*name.split("/"))
            target.parent.mkdir(parents=True, exist_ok=True)
            with archive.open(name) as file, target.open("wb") as into:
                shutil.copyfileobj(file, into, _PIECE)
                into.flush()
                os.fsync(into.fileno())


def restore_backup(place: Path, home: Path, *, replace: bool = False) -> Path | None:
    """Put a backup's school into `home`; where the old one is kept, if there was one.

    Raises `Problem` where a school is there and `replace` was not said, or the backup cannot be read. A failure leaves
    everything as it was.
    """
    if not place.is_file():
        raise Unreadable(f"{place} is not there. Nothing was restored.")
    names = _check(place)
    occupied = home.exists() and any(home.iterdir())
    if occupied and not replace:
        raise Problem(
            "There is something in this folder already. Restore into an empty one, or add --replace to keep the old "
            "one beside it."
        )
    home.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(dir=home.parent, prefix=f".{home.name}-"))
    try:
        _unpack(place, names, fresh)
        if not has_school(fresh):
            raise Unreadable("The backup holds no school. Nothing was restored.")
        kept = _set_aside(home) if occupied else None
        if home.exists():
            home.rmdir()
        fresh.rename(home)
    except BaseException:
        shutil.rmtree(fresh, ignore_errors=True)
        raise
    return kept


def _set_aside(home: Path) -> Path:
    stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
    kept = home.with_name(f"{home.name}-before-{stamp}")
    home.rename(kept)
    return kept

"""Keeping the school's records safe: verification, backup, restore (H5, K4)."""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
import zipfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import sqlcipher3.dbapi2 as sqlcipher

from app.domain.problems import Problem, Unreadable
from app.domain.roles import EVERYONE, LEADERS, Role
from app.services.door import Command, does
from app.services.unit import Unit
from app.store.audit_chain import broken_at, head
from app.store.reads.activity import activity_count
from app.store.seam import cipher_faults, integrity_faults
from app.store.vault import has_school, write_whole

MANIFEST = "schoolgate-backup.json"
PARTS = ("school.db", "keys.json")


@dataclass(frozen=True, slots=True)
class Verified:
    """What was found. `faults` are sentences, the first broken place first; empty where all is well."""

    audit_lines: int
    audit_head: str
    backups: int
    faults: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Verify(Command[Verified]):
    """Check the database, the audit's chain and the backups beside it."""


@does(Verify, roles=EVERYONE, verb="store.verified")
def verify(command: Verify, unit: Unit) -> Verified:
    """Changes nothing but the audit's own line about it."""
    del command
    connection = unit.session.connection()
    faults = [f"The database: {fault}." for fault in (*cipher_faults(connection), *integrity_faults(connection))]
    broken = broken_at(unit.session)
    if broken is not None:
        faults.append(f"The audit: line {broken} is not as it was written.")
    readable = 0
    if unit.vault is not None and unit.vault.backups.is_dir():
        for place in sorted(unit.vault.backups.glob("*.schoolgate")):
            try:
                _checked_parts(place)
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
        packed = Path(scratch) / "backup.schoolgate"
        _pack(packed, copy, unit.vault.home / "keys.json", unit.now)
        content = packed.read_bytes()
    write_whole(command.out, content)
    unit.audit("school", {"size": len(content)})
    return BackedUp(hashlib.sha256(content).hexdigest(), len(content))


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


def _pack(packed: Path, database: Path, slots: Path, now: datetime) -> None:
    parts = {"school.db": database.read_bytes(), "keys.json": slots.read_bytes()}
    manifest = {
        "format": 1,
        "made_at": now.astimezone(UTC).isoformat(),
        "parts": {name: hashlib.sha256(content).hexdigest() for name, content in parts.items()},
    }
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr(MANIFEST, json.dumps(manifest))
        for name, content in parts.items():
            archive.writestr(name, content)


def _checked_parts(place: Path) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(place) as archive:
            manifest = json.loads(archive.read(MANIFEST))
            parts = {name: archive.read(name) for name in PARTS}
            wanted = manifest["parts"]
    except (OSError, zipfile.BadZipFile, KeyError, ValueError) as fault:
        raise Unreadable("It is not a Schoolgate backup, or it is damaged.") from fault
    for name, content in parts.items():
        if hashlib.sha256(content).hexdigest() != wanted.get(name):
            raise Unreadable("It is damaged: what it holds is not what was put in.")
    return parts


def restore_backup(place: Path, home: Path, *, replace: bool = False) -> Path | None:
    """Put a backup's school into `home`; where the old one is kept, if there was one.

    Raises `Problem` where a school is there and `replace` was not said, or the backup cannot be read. A failure leaves
    everything as it was.
    """
    if not place.is_file():
        raise Unreadable(f"{place} is not there. Nothing was restored.")
    parts = _checked_parts(place)
    occupied = home.exists() and any(home.iterdir())
    if occupied and not replace:
        raise Problem(
            "There is something in this folder already. Restore into an empty one, or add --replace to keep the old "
            "one beside it."
        )
    home.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(dir=home.parent, prefix=f".{home.name}-"))
    try:
        for name, content in parts.items():
            write_whole(fresh / name, content)
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

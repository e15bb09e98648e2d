"""Taking a file in safely: size limits, zips that are not what they seem, and one sentence where it cannot be read."""

from __future__ import annotations

import stat
import zipfile
import zlib
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from app.domain.problems import Unreadable

MOST_BYTES = 200 * 1024 * 1024
"""No register or feed of a school comes near this size."""
MOST_UNPACKED = 600 * 1024 * 1024
MOST_MEMBERS = 2_000
_MOST_RATIO = 200
_RATIO_MATTERS_FROM = 20 * 1024 * 1024

_KINDS = (
    (b"%PDF", "a PDF"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\x1f\x8b", "a compressed file"),
    (b"7z\xbc\xaf", "a compressed file"),
    (b"Rar!", "a compressed file"),
    (b"SQLite format 3", "a database"),
    (b"MZ", "a program"),
    (b"{\\rtf", "a word-processor document"),
)


def read_bytes(path: Path) -> bytes:
    """The whole file. Raises Unreadable where it is missing, empty, too large, or cannot be opened."""
    check_size(path)
    try:
        return path.read_bytes()
    except OSError as fault:
        raise Unreadable(_cannot_open(path, fault)) from fault


def read_head(path: Path, length: int = 4096) -> bytes:
    """The first bytes of a file, with the same refusals as `read_bytes`."""
    check_size(path)
    try:
        with path.open("rb") as file:
            return file.read(length)
    except OSError as fault:
        raise Unreadable(_cannot_open(path, fault)) from fault


def check_size(path: Path) -> None:
    """Raise Unreadable where there is no such file, or it is empty or larger than any register."""
    try:
        facts = path.stat()
    except (OSError, ValueError) as fault:
        raise Unreadable(_cannot_open(path, fault)) from fault
    if not stat.S_ISREG(facts.st_mode):
        raise Unreadable(f"{path.name} is not a file that can be read. Choose the file itself.")
    if facts.st_size == 0:
        raise Unreadable(f"{path.name} is empty. Save it again from where it came and bring it in again.")
    if facts.st_size > MOST_BYTES:
        raise Unreadable(
            f"{path.name} is larger than {MOST_BYTES // (1024 * 1024)} MB, more than any school's file. "
            "Check that it is the right one, or split it."
        )


def _cannot_open(path: Path, fault: Exception) -> str:
    if isinstance(fault, FileNotFoundError | ValueError):
        return f"{path.name or path} was not found. Check the name and the folder."
    if isinstance(fault, PermissionError):
        return f"{path.name} could not be opened. Close it in other programs and check that you may read it."
    return f"{path.name} could not be read from its disk. Copy it to this computer and try again."


_ZIPPED = (
    ("xl/workbook.bin", "an Excel binary workbook"),
    ("word/document.xml", "a Word document"),
    ("ppt/presentation.xml", "a presentation"),
    ("content.xml", "an OpenDocument file"),
)


def foreign_zip(names: Collection[str]) -> str | None:
    """What a zip that is no bundle and no XLSX workbook is, in words, from its members' names."""
    return next((words for name, words in _ZIPPED if name in names), None)


def foreign_kind(head: bytes) -> str | None:
    """What a file that is no register and no feed is, in words, from its first bytes."""
    return next((words for start, words in _KINDS if head.startswith(start)), None)


@dataclass(frozen=True, slots=True)
class Archive:
    """A zip whose members' names and sizes have been looked at before anything is unpacked. Nothing goes to disk."""

    path: Path
    members: dict[str, zipfile.ZipInfo]

    def read(self, member: str) -> bytes:
        """One member, unpacked in memory. Raises Unreadable where the zip is damaged or lied about the size."""
        facts = self.members[member]
        try:
            with zipfile.ZipFile(self.path) as opened, opened.open(facts) as file:
                content = file.read(facts.file_size + 1)
        except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError) as fault:
            raise Unreadable(_damaged(self.path)) from fault
        except (NotImplementedError, RuntimeError) as fault:
            raise Unreadable(_locked(self.path)) from fault
        if len(content) > facts.file_size:
            raise Unreadable(_damaged(self.path))
        return content


def open_archive(path: Path) -> Archive:
    """Look into a zip. Raises Unreadable for a damaged, locked, oversized or deceitful one."""
    check_size(path)
    try:
        with zipfile.ZipFile(path) as opened:
            entries = opened.infolist()
    except (zipfile.BadZipFile, OSError, EOFError, ValueError, NotImplementedError, RuntimeError) as fault:
        raise Unreadable(_damaged(path)) from fault
    if len(entries) > MOST_MEMBERS:
        raise Unreadable(f"{path.name} holds {len(entries)} files. Nothing a school sends does; it was not opened.")
    members: dict[str, zipfile.ZipInfo] = {}
    for entry in entries:
        if entry.is_dir():
            continue
        _check_member(path, entry)
        if entry.filename in members:
            raise Unreadable(f"{path.name} holds two files named {entry.filename}. Ask for it to be made again.")
        members[entry.filename] = entry
    if sum(entry.file_size for entry in members.values()) > MOST_UNPACKED:
        raise Unreadable(_swells(path))
    return Archive(path, members)


def _check_member(path: Path, entry: zipfile.ZipInfo) -> None:
    # `orig_filename` keeps what ZipInfo tidies away: backslashes on Windows and everything after a NUL.
    name = entry.orig_filename
    place = PurePosixPath(name.replace("\\", "/"))
    if place.is_absolute() or ".." in place.parts or ":" in name or "\x00" in name:
        raise Unreadable(f"{path.name} tries to place a file outside its own folder, so it was not opened.")
    if entry.flag_bits & 0x1:
        raise Unreadable(_locked(path))
    if stat.S_ISLNK(entry.external_attr >> 16):
        raise Unreadable(f"{path.name} points at files outside it, so it was not opened.")
    swollen = entry.file_size > _RATIO_MATTERS_FROM and entry.file_size > _MOST_RATIO * max(entry.compress_size, 1)
    if swollen or entry.file_size > MOST_UNPACKED:
        raise Unreadable(_swells(path))


def _damaged(path: Path) -> str:
    return f"{path.name} is damaged and cannot be opened. Save or download it again."


def _locked(path: Path) -> str:
    return f"{path.name} is locked with a password or packed in an unusual way. Save it without a password."


def _swells(path: Path) -> str:
    return f"{path.name} would unpack to far more than any school's file, so it was not opened."

"""A folder that is looked into now and then: which files have come, which are still being written, where done ones go.

Looking and nothing else: it works on a share of another computer, where nobody tells of new files. Nothing is ever
deleted; a file that is done is moved into a folder beside it, and one that cannot be moved stays where it is.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path

from app.domain.problems import Problem

ENDINGS = frozenset({".csv", ".xlsx", ".xlsm", ".xls", ".xml", ".zip", ".json", ".jsonl", ".eml", ".txt"})
"""What can be brought in. A half-loaded file of a browser or of Excel ends otherwise or begins with a sign."""
TAKEN, ASIDE = "Brought in", "Put aside"
QUIET_SECONDS = 4.0
"""So long a file must not have grown before it counts as whole."""
EMPTY_SECONDS = 60.0
"""So long an empty file is waited for: some programs make the file first and write later."""
_CHUNK = 1 << 20


class State(Enum):
    """How a file of the folder stands."""

    COMING = "still being written"
    HERE = "arrived"


@dataclass(frozen=True, slots=True)
class Arrival:
    """A file in the folder."""

    path: Path
    size: int
    state: State


@dataclass(slots=True)
class WatchedFolder:
    """What has been seen in a folder, look by look."""

    folder: Path
    _seen: dict[Path, tuple[int, int, float]] = field(default_factory=dict)

    def look(self, now: float) -> tuple[Arrival, ...]:
        """The files that are there, by name. `now` is a clock's seconds. Raises Problem where it cannot be read."""
        try:
            files = sorted(path for path in self.folder.iterdir() if _counts(path))
        except OSError as fault:
            raise Problem(
                "The watched folder cannot be read. It may have been moved, or the other computer is off. "
                "Nothing is lost; it is looked for again every few moments."
            ) from fault
        arrivals = [arrival for path in files if (arrival := self._arrival(path, now)) is not None]
        here = {arrival.path for arrival in arrivals}
        self._seen = {path: seen for path, seen in self._seen.items() if path in here}
        return tuple(arrivals)

    def _arrival(self, path: Path, now: float) -> Arrival | None:
        try:
            told = path.stat()
        except OSError:
            return None
        before = self._seen.get(path)
        if before is None or before[:2] != (told.st_size, told.st_mtime_ns):
            before = self._seen[path] = (told.st_size, told.st_mtime_ns, now)
        patience = QUIET_SECONDS if told.st_size else EMPTY_SECONDS
        whole = now - before[2] >= patience and _can_be_opened(path)
        return Arrival(path, told.st_size, State.HERE if whole else State.COMING)


def digest_of_file(path: Path) -> str:
    """SHA-256 of a file's content. Raises Problem where it cannot be read."""
    digest = hashlib.sha256()
    try:
        with path.open("rb") as content:
            while chunk := content.read(_CHUNK):
                digest.update(chunk)
    except OSError as fault:
        raise Problem(f"{path.name} cannot be read any more. Look whether it is still in the folder.") from fault
    return digest.hexdigest()


def put_aside(path: Path, into: str) -> Path | None:
    """Move a file into a folder beside it, never over another; where it is now, None where it had to stay."""
    place = path.parent / into
    try:
        place.mkdir(exist_ok=True)
        for number in range(1, 1_000):
            target = place / (path.name if number == 1 else f"{path.stem} ({number}){path.suffix}")
            if not target.exists():
                return path.rename(target)
    except OSError:
        return None
    return None


def _counts(path: Path) -> bool:
    return not path.name.startswith((".", "~")) and path.suffix.lower() in ENDINGS and path.is_file()


def _can_be_opened(path: Path) -> bool:
    """On Windows a file that another program still writes cannot be opened."""
    try:
        with path.open("rb"):
            return True
    except OSError:
        return False

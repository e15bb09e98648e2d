"""Files that are there whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from uuid import uuid4

from app.domain.problems import Problem


@contextmanager
def written_whole(path: Path) -> Iterator[Path]:
    """Gives a temporary place beside `path` to write to, and moves it into place when all went well.

    When anything fails, whatever stood at `path` is as it was. Raises `Problem` where the folder is missing or the
    file is in use.
    """
    place = path.with_name(f".writing-{uuid4().hex}{path.suffix}")
    try:
        place.touch(exist_ok=False)
    except OSError as fault:
        raise Problem(
            f"The report was not saved: the folder {path.parent} cannot be written to. Choose another folder."
        ) from fault
    try:
        yield place
        try:
            place.replace(path)
        except OSError as fault:
            raise Problem(
                f"The report was not saved: {path.name} may be open in another program. "
                "Close it there, or choose another name."
            ) from fault
    finally:
        with suppress(OSError):
            place.unlink()

"""The composition root: the only module that knows every layer."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from app import cli

if TYPE_CHECKING:
    from app.bench.race import Result


def run(arguments: Sequence[str]) -> int:
    """Run the program; the exit code of CLI contract: 0 done, 1 needs a person, 2 cannot be used, 3 not allowed."""
    if getattr(sys, "frozen", False):
        # In the built program a process that only checks begins here too.
        from multiprocessing import freeze_support

        freeze_support()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    return cli.run(arguments, _Screens())


class _Screens:
    """The desk, imported only when somebody wants to see it: the command line alone needs no Qt."""

    def desk(self, home: str | None) -> int:
        """Open the desk on a school's folder, or the set-up assistant where there is no school yet."""
        from app.ui.desk import open_desk

        return open_desk(home)

    def demo(self, role: str) -> int:
        """Open the desk on the sample school, signed in."""
        from app.ui.desk import open_demo

        return open_demo(role)

    def tour(self, out: str, schemes: Sequence[str], size: tuple[int, int], scale: float) -> list[str]:
        """Paint every screen of the desk on the sample school; the files made."""
        from app.ui.tour import tour

        return tour(out, schemes, size, scale)

    def measure(self, job: str, scale: float, rounds: int) -> Iterator[Result]:
        """Measure what only the desk can do: lists and the start."""
        from app.ui.bench import measure

        return measure(job, scale, rounds)

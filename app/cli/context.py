"""What a command works with: its arguments, where the school is, who signs in, where output goes."""

from __future__ import annotations

import getpass
import json
import os
import sys
import time
from argparse import Namespace
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from app.domain.problems import NotSignedIn
from app.domain.ticket import PlainTicket
from app.services.places import school_folder

if TYPE_CHECKING:
    from app.bench.race import Result
    from app.services.office import Office


class Screens(Protocol):
    """What only the desk can do."""

    def desk(self, home: str | None) -> int: ...

    def demo(self, role: str) -> int: ...

    def tour(self, out: str, schemes: Sequence[str], size: tuple[int, int], scale: float) -> list[str]: ...

    def measure(self, job: str, scale: float, rounds: int) -> Iterator[Result]: ...


@dataclass(frozen=True, slots=True)
class Context:
    """One command's surroundings."""

    said: Namespace
    screens: Screens

    @property
    def as_json(self) -> bool:
        """One JSON document on stdout, and nothing else there."""
        return bool(getattr(self.said, "json", False))

    @property
    def home(self) -> Path:
        """The school's folder: `--home`, or the platform's place for application data."""
        return school_folder(getattr(self.said, "home", None))

    def office(self) -> Office:
        """Sign in by SCHOOLGATE_USER and SCHOOLGATE_PASSWORD, or at a prompt on a terminal.

        Raises `NotSignedIn` where neither is there, or they are wrong.
        """
        from app.services.accounts import sign_in

        login = os.environ.get("SCHOOLGATE_USER") or prompt("User name: ", hidden=False)
        password = os.environ.get("SCHOOLGATE_PASSWORD") or prompt("Password: ", hidden=True)
        if not login or not password:
            raise NotSignedIn(
                "You are not signed in. Set SCHOOLGATE_USER and SCHOOLGATE_PASSWORD, or run this on a terminal."
            )
        return sign_in(self.home, login, password)

    def answer(self, document: Any, lines: Sequence[str]) -> None:
        """Say what came of it: the document with `--json`, else the lines."""
        if self.as_json:
            print(json.dumps(document, ensure_ascii=False, indent=1))
        else:
            print("\n".join(lines))

    def ticket(self) -> PlainTicket:
        """Progress on stderr: a bar on a terminal, a line now and then elsewhere."""
        return PlainTicket(_Progress())


def prompt(words: str, *, hidden: bool) -> str:
    """What a person types on a terminal; empty where there is none."""
    if not sys.stdin.isatty():
        return ""
    try:
        if hidden:
            return getpass.getpass(words)
        print(words, end="", file=sys.stderr, flush=True)
        return sys.stdin.readline().strip()
    except EOFError:
        return ""


class _Progress:
    """Tells how far a job is, not more often than a person can read."""

    def __init__(self) -> None:
        self._last = time.monotonic()
        self._every = 0.1 if sys.stderr.isatty() else 5.0

    def __call__(self, done: int, of: int | None, note: str) -> None:
        now = time.monotonic()
        if now - self._last < self._every:
            return
        self._last = now
        share = f"{done:,} of {of:,}" if of else f"{done:,}"
        if sys.stderr.isatty():
            print(f"\r{note}: {share}".ljust(60), end="\n" if done == of else "", file=sys.stderr, flush=True)
        else:
            print(f"{note}: {share}", file=sys.stderr)

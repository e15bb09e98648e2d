"""The sample school's clock: it starts where it is put and goes on from there."""

from __future__ import annotations

import time
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


class SampleClock:
    """Tells the sample school's time. `at` moves it; between moves it runs like any clock, or stands still."""

    def __init__(self, start: datetime, *, running: bool = False) -> None:
        self._start, self._running = start, running
        self._since = time.monotonic()

    def __call__(self) -> datetime:
        gone = time.monotonic() - self._since if self._running else 0.0
        return self._start + timedelta(seconds=gone)

    def at(self, year: int, month: int, day: int, hour: int = 9, minute: int = 0) -> None:
        """Move it to a moment of the school's own time."""
        self._start = datetime(year, month, day, hour, minute, tzinfo=LONDON)
        self._since = time.monotonic()

    def later(self, *, minutes: int) -> None:
        """Move it on."""
        self._start, self._since = self() + timedelta(minutes=minutes), time.monotonic()

    def run(self) -> None:
        """Let it run from now on."""
        self._start, self._since, self._running = self(), time.monotonic(), True

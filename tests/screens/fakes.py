"""Stand-ins for the frame, so that a screen can be tested alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from app.domain.problems import Cancelled, Problem
from app.domain.ticket import PlainTicket, Ticket
from app.jobs.runner import Progress, Running
from app.ui.parts.split import Remembered

R = TypeVar("R")


class Kept:
    """Settings in memory, with QSettings' two methods."""

    def __init__(self) -> None:
        self.values: dict[str, Any] = {}

    def value(self, key: str, /) -> Any:
        return self.values.get(key)

    def setValue(self, key: str, value: Any, /) -> None:
        self.values[key] = value


class FakeShell:
    """Writes down what is asked of it; jobs run at once, in this thread."""

    def __init__(self, settings: Remembered | None = None) -> None:
        self._settings = settings or Kept()
        self.opened: list[tuple[str, object, bool]] = []
        self.areas: list[str] = []
        self.lenses: list[str] = []
        self.told: list[str] = []
        self.undo: Callable[[], object] | None = None
        self.problems: list[str] = []
        self.backs = 0
        self.recounts = 0
        self.renewals = 0

    @property
    def settings(self) -> Remembered:
        return self._settings

    def open_record(self, kind: str, key: object, *, aside: bool = False) -> None:
        self.opened.append((kind, key, aside))

    def open_area(self, area: str, lens: str = "") -> None:
        self.areas.append(area)
        self.lenses.append(lens)

    def back(self) -> bool:
        self.backs += 1
        return True

    def done(self, sentence: str, undo: Callable[[], object] | None = None) -> None:
        self.told.append(sentence)
        self.undo = undo

    def problem(self, problem: Problem | str) -> None:
        self.problems.append(problem.sentence if isinstance(problem, Problem) else problem)

    def run(
        self,
        job: Callable[[Ticket], R],
        on_done: Callable[[R], object],
        on_problem: Callable[[Problem], object] | None = None,
        on_progress: Callable[[Progress], object] | None = None,
        *,
        words: str = "Working",
        alongside: bool = False,
        on_cancelled: Callable[[], object] | None = None,
    ) -> Running:
        running = Running(words)

        def tell(done: int, of: int | None, note: str) -> None:
            if on_progress is not None:
                on_progress(Progress(done, of, note))

        ticket = PlainTicket(tell)
        try:
            result = job(ticket)
        except Cancelled:
            if on_cancelled is not None:
                on_cancelled()
        except Problem as problem:
            (on_problem or self.problem)(problem)
        else:
            on_done(result)
        return running

    def recount(self) -> None:
        self.recounts += 1

    def renew(self) -> None:
        self.renewals += 1

"""What the register of requests knows and does, without Qt (H12, K3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from app.domain.data_requests import Asked, Asker, Identity, Pause, Result, State
from app.domain.words import day_words
from app.services.data_erasure import EraseAsAsked, ErasurePreview, PreviewErasure
from app.services.data_gathering import Holdings
from app.services.data_request_board import (
    Askers,
    DataRequestLine,
    DataRequests,
    DataRequestWords,
    PossibleAskers,
    ReadDataRequest,
    Step,
)
from app.services.data_requests import (
    CloseDataRequest,
    ExtendDataRequest,
    PauseDataRequest,
    RecordDataRequest,
    ResumeDataRequest,
)
from app.services.office import Office
from reports.own_data.answer import save_answer
from reports.own_data.certificate import save_certificate

OPEN = "open"
"""The filter that leaves out what is closed."""

_STEPS = {
    "received": ("Request received", "letter"),
    "paused": ("Clock paused", "suspended"),
    "resumed": ("Clock running again", "running"),
    "extended": ("Two months more, and told why", "date"),
    "exported": ("What is held was saved as a file", "access"),
    "closed": ("Closed", "done"),
    "erased": ("Deleted, approved by the headteacher", "removed"),
}


@dataclass(slots=True)
class RequestsPresenter:
    """The register and the request in hand."""

    office: Office
    rows: tuple[DataRequestLine, ...] = ()
    words: DataRequestWords | None = None
    """What the request in hand says, once it was read."""

    def load(self) -> None:
        """Read the register again."""
        self.rows = self.office.ask(DataRequests())

    def lines(self, on: frozenset[str], text: str) -> list[DataRequestLine]:
        """Those that the filters keep."""
        wanted = text.casefold().split()
        return [
            line
            for line in self.rows
            if (OPEN not in on or line.state is not State.CLOSED)
            and all(word in f"{line.reference} {line.about} {line.asked_by}".casefold() for word in wanted)
        ]

    def open_count(self) -> int:
        """How many are not closed."""
        return sum(line.state is not State.CLOSED for line in self.rows)

    def find(self, request_id: int) -> DataRequestLine | None:
        """A request by its number."""
        return next((line for line in self.rows if line.id == request_id), None)

    @property
    def may_read(self) -> bool:
        """Leaders read words, extend and close."""
        return self.office.may(CloseDataRequest)

    @property
    def may_delete(self) -> bool:
        """The headteacher alone approves a deletion."""
        return self.office.may(EraseAsAsked)

    def people(self) -> Askers:
        """Whom a request may be about."""
        return self.office.ask(PossibleAskers())

    def record(self, command: RecordDataRequest, initiator: object = None) -> int:
        """Enter a request."""
        return self.office.perform(command, initiator)

    def pause(self, line: DataRequestLine, why: Pause, on: date, initiator: object = None) -> None:
        """The clock stands."""
        self.office.perform(PauseDataRequest(line.id, why, on), initiator)

    def resume(self, line: DataRequestLine, on: date, identity: Identity | None, initiator: object = None) -> None:
        """The clock goes on."""
        self.office.perform(ResumeDataRequest(line.id, on, identity), initiator)

    def extend(self, line: DataRequestLine, told_on: date, why: str, initiator: object = None) -> None:
        """Two months more."""
        self.office.perform(ExtendDataRequest(line.id, told_on, why), initiator)

    def close(self, line: DataRequestLine, result: Result, on: date, words: str, initiator: object = None) -> None:
        """It was answered."""
        self.office.perform(CloseDataRequest(line.id, result, on, words), initiator)

    def read(self, line: DataRequestLine) -> DataRequestWords:
        """What it says. The look is noted."""
        self.words = self.office.perform(ReadDataRequest(line.id))
        return self.words

    def save(self, line: DataRequestLine, place: Path, initiator: object = None) -> Holdings:
        """Gather what is held, and save it."""
        return save_answer(self.office, line.id, place, initiator)

    def preview(self, line: DataRequestLine) -> ErasurePreview:
        """What deleting would take away and leave."""
        return self.office.ask(PreviewErasure(line.id))

    def erase(self, line: DataRequestLine, shown: ErasurePreview, why: str, initiator: object = None) -> None:
        """Approve, and delete what was shown."""
        self.office.perform(EraseAsAsked(line.id, shown.seen, why), initiator)

    def certify(self, line: DataRequestLine, place: Path, initiator: object = None) -> None:
        """Save the certificate."""
        save_certificate(self.office, line.id, place, initiator)


def state_words(line: DataRequestLine) -> str:
    """The chip: days left, overdue, paused, or how it ended."""
    if line.state is State.CLOSED:
        return line.result.words if line.result is not None else "Closed"
    if line.left is None:
        return "Paused"
    if line.left == 0:
        return "Due today"
    days = "1 day" if abs(line.left) == 1 else f"{abs(line.left)} days"
    return f"{days} overdue" if line.left < 0 else f"{days} left"


def due_words(line: DataRequestLine) -> str:
    """When it is due, and what moved that day."""
    told = day_words(line.clock.due)
    if line.clock.paused_on is not None:
        return f"Later than {told}, by each day that the clock stands"
    return f"{told}, with two months more" if line.extended else told


def waits_words(line: DataRequestLine) -> str:
    """What the clock stands for; empty while it runs."""
    if line.clock.paused_on is None or line.waits_for is None:
        return ""
    return f"The clock stands since {day_words(line.clock.paused_on)}: the school waits for {line.waits_for.words}"


def who_words(line: DataRequestLine) -> str:
    """Who asks."""
    if line.asker is Asker.FOR_PUPIL:
        return line.asked_by or "The pupil, or somebody who is not in the register"
    return {Asker.GUARDIAN: "The guardian themselves", Asker.STAFF: "The member of staff themselves"}.get(
        line.asker, "Somebody who is not in the register"
    )


def closed_words(line: DataRequestLine) -> str:
    """When it was answered, and whether that was in time."""
    if line.clock.answered is None:
        return ""
    days = (line.clock.answered - line.clock.received).days
    kept = "in time" if line.clock.in_time else "late"
    return f"{day_words(line.clock.answered)}, after {days} {'day' if days == 1 else 'days'}, {kept}"


def step_words(step: Step) -> tuple[str, str]:
    """What a step is, and its icon."""
    return _STEPS.get(step.kind, (step.kind.capitalize(), "history"))


def file_name(line: DataRequestLine, ending: str) -> str:
    """What a file is called: the reference, never a name."""
    return f"{line.reference}{ending}"


def offers_answer(line: DataRequestLine) -> bool:
    """What is held can be gathered for this request."""
    return line.state is not State.CLOSED and line.in_register


def offers_deletion(line: DataRequestLine) -> bool:
    """It asks for a deletion of what is in the register."""
    return line.kind is Asked.DELETE and line.in_register and line.state is not State.CLOSED

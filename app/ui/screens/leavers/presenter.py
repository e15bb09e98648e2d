"""What the leavers' list knows and does, without Qt (H12, K4)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.domain.leaving import Step
from app.domain.problems import Problem
from app.services.leavers import (
    HoldLeaver,
    LeaverBoard,
    LeaverLine,
    Leavers,
    NoteStep,
    SetLeaverMonths,
)
from app.services.leavers_deletion import Deleted, DeleteLeavers
from app.services.office import Office

TO_DO, DUE, HELD = "to-do", "due", "held"
_NONE = LeaverBoard((), 12, False, 0, date.min)


@dataclass(slots=True)
class LeaversPresenter:
    """Leavers whose records are still here."""

    office: Office
    board: LeaverBoard = _NONE

    def load(self) -> None:
        """Read the list again."""
        self.board = self.office.ask(Leavers())

    def lines(self, on: frozenset[str], words: str) -> list[LeaverLine]:
        """Those that the filters keep."""
        today = self.board.today
        return [
            line
            for line in self.board.lines
            if (TO_DO not in on or line.leaving.to_do)
            and (DUE not in on or line.leaving.is_due(today))
            and (HELD not in on or line.leaving.held)
            and all(word in f"{line.name} {line.class_name or ''}".casefold() for word in words.casefold().split())
        ]

    def counts(self) -> dict[str, int]:
        """How many each filter would show."""
        held = sum(bool(line.leaving.held) for line in self.board.lines)
        return {TO_DO: self.board.to_do, DUE: self.board.due, HELD: held}

    @property
    def may_tick(self) -> bool:
        """Whether this person says what was done in ClassDojo."""
        return self.office.may(NoteStep)

    @property
    def may_delete(self) -> bool:
        """Only the headteacher holds and deletes records, and sets how long they are kept."""
        return self.office.may(DeleteLeavers)

    def kept_words(self) -> str:
        """How long records are kept, and whose word that is."""
        months = self.board.months
        told = f"Records are deleted {months} {'month' if months == 1 else 'months'} after the last day"
        gone = self.board.deleted
        done = f" {gone} {'record is' if gone == 1 else 'records are'} deleted already." if gone else ""
        if self.board.confirmed:
            return f"{told}, as the headteacher decided.{done}"
        return f"{told}: suggested until the headteacher confirms it.{done}"

    def tick(self, lines: Sequence[LeaverLine], step: Step | None, day: date | None, initiator: object = None) -> int:
        """Say what was done in ClassDojo, or take the tick back."""
        return self.office.perform(NoteStep(tuple(line.pupil_id for line in lines), step, day), initiator)

    def hold(self, line: LeaverLine, why: str, initiator: object = None) -> None:
        """Keep one record past its date; an empty reason lets it go."""
        self.office.perform(HoldLeaver(line.pupil_id, why), initiator)

    def set_months(self, months: int, initiator: object = None) -> None:
        """How long records are kept."""
        self.office.perform(SetLeaverMonths(months), initiator)

    def due(self) -> list[LeaverLine]:
        """Records that can be deleted now."""
        return [line for line in self.board.lines if not line.why_not]

    def delete(self, lines: Sequence[LeaverLine], initiator: object = None) -> Deleted:
        """Delete these records."""
        blocked = next((line for line in lines if line.why_not), None)
        if blocked is not None:
            raise Problem(f"Nothing was deleted. {blocked.why_not}")
        return self.office.perform(DeleteLeavers(tuple(line.pupil_id for line in lines)), initiator)


def deleted_words(done: Deleted) -> str:
    """What went, in a sentence."""
    parts = [
        _counted(done.pupils, "pupil's record", "pupils' records"),
        _counted(done.guardians, "adult", "adults"),
        _counted(done.answers, "answer", "answers"),
        _counted(done.files, "scanned form", "scanned forms"),
    ]
    return f"Deleted: {', '.join(part for part in parts if part)}."


def _counted(count: int, one: str, many: str) -> str:
    return f"{count} {one if count == 1 else many}" if count else ""

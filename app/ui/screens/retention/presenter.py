"""What the pages of the retention schedule know and do, without Qt (K4)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from app.domain.retention import Kept
from app.domain.ticket import Ticket
from app.domain.words import day_words
from app.services.office import Office
from app.services.retention import (
    ConfirmRetention,
    Schedule,
    ScheduleLine,
    SetRetention,
    UnconfirmRetention,
)
from app.services.retention_destroying import BATCH, ApproveDestruction, GoOnDestroying, Progress
from app.services.retention_holds import HoldLine, HoldsInForce, LiftHold, PlaceHold
from app.services.retention_lists import Destruction, Destructions
from app.services.retention_preview import Due, DuePart, DueToday
from app.store.reads.retention_due import DueRecord

NOTHING = Due(date.min, (), 0, "")


@dataclass(slots=True)
class RetentionPresenter:
    """The schedule, what is due under it, what is held, what was destroyed."""

    office: Office
    lines: tuple[ScheduleLine, ...] = ()
    due: Due = NOTHING
    holds: tuple[HoldLine, ...] = ()
    lists: tuple[Destruction, ...] = ()

    @property
    def may_change(self) -> bool:
        """Leaders suggest a line."""
        return self.office.may(SetRetention)

    @property
    def may_decide(self) -> bool:
        """The headteacher confirms, holds and approves."""
        return self.office.may(ApproveDestruction)

    @property
    def may_see_lists(self) -> bool:
        """Leaders read what was destroyed."""
        return self.office.may(Destructions)

    def load_schedule(self) -> None:
        """Read the lines again."""
        self.lines = self.office.ask(Schedule())

    def load_due(self) -> None:
        """Look again what is due today."""
        self.due = self.office.ask(DueToday())
        self.load_lists()

    def load_holds(self) -> None:
        """Read what is held."""
        self.holds = self.office.ask(HoldsInForce())

    def load_lists(self) -> None:
        """Read the destruction lists."""
        self.lists = self.office.ask(Destructions())

    def schedule_words(self) -> str:
        """How many lines are the school's own word."""
        waiting = sum(not line.confirmed for line in self.lines)
        if not waiting:
            return "Every line is confirmed. Nothing is destroyed without the headteacher's approval."
        told = "1 line is" if waiting == 1 else f"{waiting} lines are"
        return f"{told} suggested until the headteacher confirms them. Nothing falls due under a suggested line."

    def due_words(self) -> str:
        """What would go today, and what stays although its day has come."""
        due = self.due
        if not due.parts:
            return "No line of the schedule is confirmed, so nothing is due."
        told = f"{_records(due.count)} would be destroyed today" if due.count else "Nothing is due today"
        back = f"; {_records(due.kept_back)} {'is' if due.kept_back == 1 else 'are'} kept back" if due.kept_back else ""
        open_ = f" {due.unconfirmed} lines are only suggested." if due.unconfirmed > 1 else ""
        return f"{told}{back}.{open_}"

    @property
    def unfinished(self) -> Destruction | None:
        """A destruction that was cut off."""
        return next((each for each in self.lists if each.finished_at is None), None)

    def change(self, kind: Kept, months: int, why: str, initiator: object = None) -> None:
        """Suggest a line."""
        self.office.perform(SetRetention(kind, months, why), initiator)

    def confirm(self, line: ScheduleLine, initiator: object = None) -> None:
        """The headteacher's word on a line; or taking it back."""
        assert line.kind is not None
        if line.confirmed:
            self.office.perform(UnconfirmRetention(line.kind), initiator)
        else:
            self.office.perform(ConfirmRetention(line.kind, line.months), initiator)

    def hold(
        self, kind: Kept, records: Sequence[DueRecord], why: str, review_on: date, initiator: object = None
    ) -> int:
        """Hold records, or a whole sort."""
        return self.office.perform(PlaceHold(kind, tuple(each.key for each in records), why, review_on), initiator)

    def lift(self, holds: Sequence[HoldLine], initiator: object = None) -> int:
        """Let go of holds."""
        return self.office.perform(LiftHold(tuple(each.id for each in holds)), initiator)

    def destroy(self, ticket: Ticket, batch: int = BATCH, go_on: Destruction | None = None) -> Progress:
        """Approve what the preview showed, or go on; batch after batch. Cancelling stops between two batches."""
        if go_on is not None:
            ticket.tick(go_on.destroyed, go_on.approved, "records")
            done = self.office.perform(GoOnDestroying(go_on.id, batch))
        else:
            ticket.tick(0, self.due.count, "records")
            done = self.office.perform(ApproveDestruction(self.due.seal, batch))
        while not done.finished:
            ticket.tick(done.destroyed, done.of, "records")
            done = self.office.perform(GoOnDestroying(done.destruction_id, batch))
        return done

    def save(self, listed: Destruction, place: Path) -> None:
        """A destruction list as a PDF; saving it is noted."""
        from reports.destruction import save  # the letters of a page cost time, so only now

        save(self.office, listed, place)

    def pages(self, listed: Destruction) -> bytes:
        """A destruction list to be printed."""
        from reports.destruction import as_pdf

        return as_pdf(self.office, listed)


def part_words(part: DuePart) -> str:
    """What is due of one sort, and what is kept back and why."""
    days = ""
    if part.oldest is not None and part.newest is not None:
        days = f", from {day_words(part.oldest)[4:]} to {day_words(part.newest)[4:]}"
    told = f"{_records(part.count)} to be destroyed{days}." if part.count else "Nothing to be destroyed."
    back = "; ".join(f"{count:,} {why.words}" for why, count in part.kept_back)
    return f"{told} Kept {part.keep}." + (f" Kept back: {back}." if back else "")


def destroyed_words(done: Progress) -> str:
    """What went."""
    return f"{_records(done.destroyed)} destroyed. The list is kept."


def _records(count: int) -> str:
    return "1 record" if count == 1 else f"{count:,} records"


Do = Callable[[], object]

"""What the import screen knows and does, without Qt: read, show, apply once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from app.domain.enrolment_shapes import ChangeAt, RegisterPlan
from app.domain.incoming import FeedReading, RegisterReading
from app.domain.problems import Problem, Unreadable
from app.domain.ticket import Ticket
from app.intake.read import read_feed, read_register
from app.services.content import ApplyFeed
from app.services.enrolment import ApplyRegister, PlanRegister
from app.services.leavers import RecordLeaver
from app.services.office import Office
from app.services.review import ReviewQueue
from app.services.school import School
from app.ui.screens.imports.plan_lines import PlanLine, counted, feed_lines, plan_lines

_FEED_ONLY = frozenset({".json", ".jsonl", ".eml", ".txt"})


@dataclass(frozen=True, slots=True)
class InHand:
    """Files that were read: a register with its plan, or posts and messages."""

    register: RegisterReading | None = None
    plan: RegisterPlan | None = None
    feed: FeedReading | None = None


@dataclass(frozen=True, slots=True)
class Brought:
    """What was done, in a sentence, and where it leads: the area and the words of the button."""

    sentence: str
    means: str = ""
    area: str = ""
    verb: str = ""


@dataclass(slots=True)
class ImportPresenter:
    """Files in, a plan to look at, one step that writes."""

    office: Office
    hand: InHand = field(default_factory=InHand)
    kept: set[ChangeAt] = field(default_factory=set)
    """Changes that the person does not take over."""

    def clear(self) -> None:
        """Nothing is in hand."""
        self.take(InHand())

    def take(self, hand: InHand) -> None:
        """Have these files in hand instead."""
        self.hand = hand
        self.kept.clear()

    def read(self, files: Sequence[Path], ticket: Ticket) -> InHand:
        """Read files of either sort; the register's are tried first. Raises `Problem` in one sentence.

        Changes nothing, here or in the store, so that it may run beside the window.
        """
        facts = self.office.ask(School())
        try:
            register = read_register(files, ticket=ticket, today=facts.today, school=facts.number)
        except Unreadable as not_register:
            try:
                return InHand(feed=read_feed(files, ticket=ticket, today=facts.today, zone=facts.timezone))
            except Problem as not_feed:
                raise (not_feed if _looks_like_feed(files) else not_register) from not_feed
        return InHand(register, self.office.ask(PlanRegister(register)))

    def apply(self, ticket: Ticket, initiator: object = None) -> Brought:
        """Write what is in hand, once; what was done. Raises `Cancelled` from the ticket, with nothing written."""
        hand = self.hand
        if hand.register is not None and hand.plan is not None:
            done = self.office.perform(ApplyRegister(hand.register, hand.plan, frozenset(self.kept)), initiator)
            new = counted(len(done.new), "new pupil", "new pupils")
            sentence = f"{new}, {len(done.changed):,} changed."
            return Brought(sentence, "The register is up to date.", "pupils", "See the &pupils")
        assert hand.feed is not None
        applied = self.office.perform(ApplyFeed(hand.feed, ticket), initiator)
        items = counted(applied.new, "item", "items")
        sentence = f"{items} brought in, {applied.unchanged:,} here already."
        found = counted(applied.findings, "finding waits", "findings wait")
        if not applied.findings:
            return Brought(sentence, "The checks found nothing new.")
        if self.office.may(ReviewQueue):
            return Brought(sentence, f"{found} for review.", "review", "&Review what was found")
        return Brought(sentence, f"{found} for a senior leader to review.")

    def record_leaver(self, pupil_id: int, left_on: date, initiator: object = None) -> None:
        """Confirm that a pupil has left, and plan again: the files are as they were."""
        assert self.hand.register is not None
        self.office.perform(RecordLeaver(pupil_id, left_on), initiator)
        self.hand = InHand(self.hand.register, self.office.ask(PlanRegister(self.hand.register)))

    def toggle(self, line: PlanLine) -> bool:
        """Take a change over after all, or keep what is here. False where the line is no such change."""
        if line.change is None:
            return False
        self.kept ^= {line.change}
        return True

    @property
    def may_apply(self) -> bool:
        """Whether this person may write what is in hand."""
        return self.office.may(ApplyRegister if self.hand.plan is not None else ApplyFeed)

    @property
    def may_record_leavers(self) -> bool:
        """Whether this person may confirm that a pupil has left."""
        return self.office.may(RecordLeaver)

    @property
    def worth_applying(self) -> bool:
        """Whether there is anything to write."""
        plan, feed = self.hand.plan, self.hand.feed
        if plan is not None:
            return bool(plan.new or plan.changed or plan.staff)
        return feed is not None and bool(feed.items or feed.points)

    @property
    def wants_register_first(self) -> bool:
        """Posts or messages are in hand and the school has no class yet: nobody's name would be known."""
        return self.hand.feed is not None and not self.office.ask(School()).classes

    def figures(self) -> list[tuple[str, int]]:
        """What is counted, and the number, for the figures above the list."""
        plan, feed = self.hand.plan, self.hand.feed
        if plan is not None:
            return [
                ("New", len(plan.new)),
                ("Changed", len(plan.changed)),
                ("Unchanged", len(plan.unchanged)),
                ("May have left", len(plan.leavers)),
                ("Rejected", len(plan.rejected)),
            ]
        if feed is not None:
            return [
                ("Posts and messages", len(feed.items)),
                ("Points rows", len(feed.points)),
                ("Left out", sum(each.count for each in feed.skipped)),
                ("Rejected", len(feed.rejected)),
            ]
        return []

    def lines(self) -> list[PlanLine]:
        """What would be done, row by row: what needs a look stands first."""
        if self.hand.plan is not None:
            return plan_lines(self.hand.plan, frozenset(self.kept))
        return feed_lines(self.hand.feed) if self.hand.feed is not None else []


def _looks_like_feed(files: Sequence[Path]) -> bool:
    return all(file.suffix.lower() in _FEED_ONLY for file in files)

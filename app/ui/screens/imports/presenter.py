"""What the import screen knows and does, without Qt: look at columns, read, show, settle, apply once, take back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from app.domain.enrolment_mending import MendingList, mending_list
from app.domain.enrolment_shapes import Doubt, Grade, RegisterPlan, Settled, Settlement
from app.domain.incoming import FeedReading, IncomingPupil, RegisterReading
from app.domain.problems import Problem, Unreadable
from app.domain.ticket import Ticket
from app.intake.look import TableLook, look_at_tables
from app.intake.mapping import Mapped
from app.intake.read import read_feed, read_register
from app.services.content import ApplyFeed
from app.services.enrolment import ApplyRegister, PlanRegister
from app.services.enrolment_undo import ImportDone, LastImport, TakeBackImport
from app.services.leavers import RecordLeaver
from app.services.office import Office
from app.services.presets import ColumnPresets, ForgetColumns, RememberColumns
from app.services.review import ReviewQueue
from app.services.school import School
from app.ui.screens.imports.changes import Taking
from app.ui.screens.imports.column_words import InQuestion, Questions, questions
from app.ui.screens.imports.plan_lines import (
    CHANGED,
    DOUBT,
    LEAVER,
    LOOK,
    MOVES,
    NEW,
    OUT,
    REJECTED,
    REPEATED,
    SAME,
    Lines,
    counted,
    feed_lines,
    plan_lines,
)

_FEED_ONLY = frozenset({".json", ".jsonl", ".eml", ".txt"})


@dataclass(frozen=True, slots=True)
class InHand:
    """Files that were read: a register with its plan, or posts and messages; or columns that are to be looked at."""

    register: RegisterReading | None = None
    plan: RegisterPlan | None = None
    feed: FeedReading | None = None
    asked: Questions | None = None
    trouble: Unreadable | None = None
    """Why the files cannot be read by what is remembered of their columns."""


@dataclass(frozen=True, slots=True)
class Brought:
    """What was done, in a sentence, and where it leads: the area and the words of the button."""

    sentence: str
    means: str = ""
    area: str = ""
    verb: str = ""
    left_out: MendingList | None = None
    """Rows that did not come in, to be saved and mended."""


@dataclass(slots=True)
class ImportPresenter:
    """Files in, columns looked at, a plan settled, one step that writes."""

    office: Office
    hand: InHand = field(default_factory=InHand)
    taking: Taking = field(default_factory=Taking)
    files: tuple[Path, ...] = ()
    asked: Questions | None = None
    """The columns of the files in hand, where they have any to look at."""

    def clear(self) -> None:
        """Nothing is in hand."""
        self.files, self.asked = (), None
        self.take(InHand())

    def take(self, hand: InHand) -> None:
        """Have these files in hand instead."""
        self.hand = hand
        self.asked = hand.asked or self.asked
        self.taking = Taking()

    def begin(self, files: Sequence[Path], ticket: Ticket) -> InHand:
        """Look at the files' columns, and read them where everything about those is known. Changes nothing.

        Raises `Problem` in one sentence.
        """
        today = self.office.ask(School()).today
        looks: list[TableLook] = []
        for number, file in enumerate(files):
            ticket.tick(number, len(files), file.name)
            looks += look_at_tables(file, today)
        asked = questions(looks, self.office.ask(ColumnPresets()))
        if any(each.preset is None for each in asked.tables):
            return InHand(asked=asked)
        if not asked.tables:
            return self.read(files, ticket)
        try:
            return replace(self.read(files, ticket, asked), asked=asked)
        except Unreadable as trouble:
            return InHand(asked=asked, trouble=trouble)

    def read(self, files: Sequence[Path], ticket: Ticket, asked: Questions | None = None) -> InHand:
        """Read files of either sort; without columns that say which, the register's are tried first.

        Raises `Problem` in one sentence. Changes nothing, here or in the store, so that it may run beside the window.
        """
        said: Mapped = asked.said if asked is not None else None
        if asked is not None:
            return self._register(files, ticket, said) if asked.are_register else self._feed(files, ticket, said)
        try:
            return self._register(files, ticket, said)
        except Unreadable as not_register:
            try:
                return self._feed(files, ticket, said)
            except Problem as not_feed:
                raise (not_feed if _looks_like_feed(files) else not_register) from not_feed

    def _register(self, files: Sequence[Path], ticket: Ticket, said: Mapped) -> InHand:
        facts = self.office.ask(School())
        register = read_register(files, mapping=said, ticket=ticket, today=facts.today, school=facts.number)
        return InHand(register, self.office.ask(PlanRegister(register, ticket=ticket)))

    def _feed(self, files: Sequence[Path], ticket: Ticket, said: Mapped) -> InHand:
        facts = self.office.ask(School())
        return InHand(feed=read_feed(files, mapping=said, ticket=ticket, today=facts.today, zone=facts.timezone))

    def remember(self, table: InQuestion, name: str) -> None:
        """Keep what is said of a table's columns, by a name. Raises `Refused` where the name cannot be used."""
        self.office.perform(RememberColumns(name, table.area, table.look.headings, table.meanings))

    def forget(self, table: InQuestion) -> None:
        """Guess these columns again next time."""
        if table.preset is not None:
            self.office.perform(ForgetColumns(table.preset.id))

    def settle(self, said: Sequence[Settlement], ticket: Ticket) -> InHand:
        """Plan again with what a person says of rows in doubt; what they said before still holds."""
        assert self.hand.register is not None
        assert self.hand.plan is not None
        words = {(each.file, each.row): each for each in (*self.hand.plan.settled, *said)}
        return self._again(tuple(words.values()), ticket)

    def unsettle(self, row: IncomingPupil, ticket: Ticket) -> InHand:
        """Take back what was said of a row."""
        assert self.hand.plan is not None
        kept = [each for each in self.hand.plan.settled if (each.file, each.row) != (row.file, row.row)]
        return self._again(tuple(kept), ticket)

    def _again(self, settled: tuple[Settlement, ...], ticket: Ticket) -> InHand:
        assert self.hand.register is not None
        return replace(self.hand, plan=self.office.ask(PlanRegister(self.hand.register, settled, ticket)))

    def replan(self, hand: InHand) -> None:
        """Have the same files in hand under a new plan; changes that were kept out stay out."""
        self.hand = hand

    @property
    def sure(self) -> list[Settlement]:
        """The rows in doubt that are very likely one pupil, each said to be that child."""
        plan = self.hand.plan
        return [same(each) for each in plan.doubts if each.grade is Grade.HIGH] if plan is not None else []

    def apply(self, ticket: Ticket, initiator: object = None) -> Brought:
        """Write what is in hand, once; what was done. Raises `Cancelled` from the ticket, with nothing written."""
        hand = self.hand
        if hand.register is not None and hand.plan is not None:
            left_out = self.mending
            done = self.office.perform(
                ApplyRegister(hand.register, hand.plan, frozenset(self.taking.refused), ticket), initiator
            )
            new = counted(len(done.new), "new pupil", "new pupils")
            sentence = f"{new}, {len(done.changed):,} changed."
            if left_out is not None:
                rows = counted(len(left_out.rows), "row was", "rows were")
                means = f"{rows} left out. Save what was left out, mend it in the spreadsheet and bring that in."
                return Brought(sentence, means, left_out=left_out)
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

    def record_leaver(self, pupil_id: int, left_on: date, ticket: Ticket, initiator: object = None) -> InHand:
        """Confirm that a pupil has left, and plan again: the files are as they were."""
        assert self.hand.plan is not None
        self.office.perform(RecordLeaver(pupil_id, left_on), initiator)
        return self._again(self.hand.plan.settled, ticket)

    @property
    def last(self) -> ImportDone | None:
        """The last import of a register, where this person may take it back."""
        return self.office.ask(LastImport()) if self.office.may(LastImport) else None

    def take_back(self, done: ImportDone, initiator: object = None) -> None:
        """Take the last import back. Raises `Refused` with what stands on it."""
        self.office.perform(TakeBackImport(done.id), initiator)

    @property
    def mending(self) -> MendingList | None:
        """The rows that would not come in; None where all would."""
        if self.hand.register is None or self.hand.plan is None:
            return None
        listed = mending_list(self.hand.register, self.hand.plan)
        return listed if listed.rows else None

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

    def figures(self) -> list[tuple[str, str, int]]:
        """What is counted, above the list: the filter's key, its words and the number."""
        plan, feed = self.hand.plan, self.hand.feed
        if plan is not None:
            told = [
                (DOUBT, len(plan.doubts)),
                (REJECTED, len(plan.rejected)),
                (LEAVER, len(plan.leavers)),
                (MOVES, len(plan.movers)),
                (CHANGED, len(plan.changed)),
                (LOOK, len(plan.warnings)),
                (OUT, len(plan.left_out)),
                (NEW, len(plan.new)),
                (REPEATED, len(plan.duplicates)),
                (SAME, len(plan.unchanged)),
            ]
            return [(key, key, number) for key, number in told]
        if feed is not None:
            return [
                (REJECTED, "Rejected", len(feed.rejected)),
                (OUT, "Left out", sum(each.count for each in feed.skipped)),
                (LOOK, "Please look", len(feed.warnings)),
                ("items", "Posts and messages", len(feed.items)),
                ("points", "Points rows", len(feed.points)),
            ]
        return []

    def lines(self) -> Lines:
        """What would be done, line by line: what needs a look stands first."""
        if self.hand.plan is not None:
            return plan_lines(self.hand.plan, self.taking)
        return feed_lines(self.hand.feed) if self.hand.feed is not None else Lines()


def same(doubt: Doubt, candidate: int = 0) -> Settlement:
    """The row is the same child as one of its candidates."""
    row = doubt.incoming
    return Settlement(row.file, row.row, Settled.SAME, doubt.candidates[candidate].pupil.id)


def another(doubt: Doubt, said: Settled) -> Settlement:
    """The row is a new child, or is left out."""
    return Settlement(doubt.incoming.file, doubt.incoming.row, said)


def _looks_like_feed(files: Sequence[Path]) -> bool:
    return all(file.suffix.lower() in _FEED_ONLY for file in files)

"""What the import screen knows and does, without Qt: read, show, apply once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from app.domain.enrolment_shapes import FieldChange, RegisterPlan
from app.domain.incoming import FeedReading, RegisterReading, Remark
from app.domain.problems import Problem, Unreadable
from app.domain.ticket import Ticket
from app.domain.words import day_words
from app.intake.read import read_feed, read_register
from app.services.content import ApplyFeed, FeedApplied
from app.services.enrolment import ApplyRegister, PlanRegister
from app.services.office import Office

FIELDS: dict[str, str] = {
    "first": "First name",
    "last": "Surname",
    "preferred": "Preferred name",
    "preferred_last": "Preferred surname",
    "middle": "Middle names",
    "born": "Date of birth",
    "upn": "UPN",
    "year": "Year group",
    "class_name": "Class",
    "sex": "Sex",
    "postcode": "Postcode",
    "in_care": "Restricted information",
    "source_id": "System number",
    "on_roll": "On roll",
}


@dataclass(frozen=True, slots=True)
class PlanLine:
    """One row of what an import would do."""

    key: str
    outcome: str
    who: str
    what: str


@dataclass(slots=True)
class ImportPresenter:
    """Files in, a plan to look at, one step that writes."""

    office: Office
    register: RegisterReading | None = None
    plan: RegisterPlan | None = None
    feed: FeedReading | None = None

    def clear(self) -> None:
        """Nothing is in hand."""
        self.register = self.plan = self.feed = None

    def read(self, files: Sequence[Path], ticket: Ticket) -> ImportPresenter:
        """Read files of either sort; the register's are tried first. Raises `Problem` in one sentence."""
        self.clear()
        try:
            self.register = read_register(files, ticket=ticket)
        except Unreadable as not_register:
            try:
                self.feed = read_feed(files, ticket=ticket)
            except Problem as not_feed:
                raise (not_feed if _looks_like_feed(files) else not_register) from not_feed
            return self
        self.plan = self.office.ask(PlanRegister(self.register))
        return self

    def apply(self, ticket: Ticket, initiator: object = None) -> str:
        """Write what is in hand, once; what was done, in a sentence."""
        if self.register is not None and self.plan is not None:
            done = self.office.perform(ApplyRegister(self.register, self.plan), initiator)
            self.clear()
            return f"{_count(len(done.new), 'new pupil', 'new pupils')}, {len(done.changed):,} changed."
        assert self.feed is not None
        applied: FeedApplied = self.office.perform(ApplyFeed(self.feed, ticket), initiator)
        self.clear()
        found = _count(applied.findings, "finding waits", "findings wait")
        items = _count(applied.new, "item", "items")
        return f"{items} brought in, {applied.unchanged:,} here already. {found} for review."

    @property
    def may_apply(self) -> bool:
        """Whether this person may write what is in hand."""
        return self.office.may(ApplyRegister if self.plan is not None else ApplyFeed)

    @property
    def worth_applying(self) -> bool:
        """Whether there is anything to write."""
        if self.plan is not None:
            return bool(self.plan.new or self.plan.changed or self.plan.staff)
        return self.feed is not None and bool(self.feed.items or self.feed.points)

    def figures(self) -> list[tuple[str, int]]:
        """What is counted, and the number, for the figures above the list."""
        if self.plan is not None:
            plan = self.plan
            return [
                ("New", len(plan.new)),
                ("Changed", len(plan.changed)),
                ("Unchanged", len(plan.unchanged)),
                ("May have left", len(plan.leavers)),
                ("Rejected", len(plan.rejected)),
            ]
        if self.feed is not None:
            feed = self.feed
            return [
                ("Posts and messages", len(feed.items)),
                ("Points rows", len(feed.points)),
                ("Left out", sum(each.count for each in feed.skipped)),
                ("Rejected", len(feed.rejected)),
            ]
        return []

    def lines(self) -> list[PlanLine]:
        """What would be done, row by row: what needs a look stands first."""
        if self.plan is not None:
            return _plan_lines(self.plan)
        if self.feed is not None:
            return _feed_lines(self.feed)
        return []


def _plan_lines(plan: RegisterPlan) -> list[PlanLine]:
    lines = [*_remarks("Rejected", plan.rejected)]
    for leaver in plan.leavers:
        who = f"{leaver.pupil.first} {leaver.pupil.last}"
        lines.append(PlanLine(f"l{leaver.pupil.id}", "May have left", who, leaver.reason))
    for pupil in plan.changed:
        changes = "; ".join(_change(change) for change in pupil.changes) or "A guardian's details"
        lines.append(
            PlanLine(f"c{pupil.incoming.row}", "Changed", f"{pupil.incoming.first} {pupil.incoming.last}", changes)
        )
    for pupil in plan.new:
        said = pupil.incoming
        born = f", born {day_words(said.born)}" if said.born else ""
        adults = _count(len(pupil.ties), "guardian", "guardians")
        lines.append(
            PlanLine(
                f"n{said.row}{said.file}",
                "New",
                f"{said.first} {said.last}",
                f"{said.class_name or 'No class'}{born}, {adults}",
            )
        )
    for repeated in plan.duplicates:
        said = repeated.incoming
        lines.append(
            PlanLine(
                f"d{said.row}",
                "Repeated",
                f"{said.first} {said.last}",
                f"Row {repeated.first_row} is about this pupil already",
            )
        )
    return lines + _remarks("Please look", plan.warnings)


def _feed_lines(feed: FeedReading) -> list[PlanLine]:
    lines = _remarks("Rejected", feed.rejected)
    lines += [PlanLine(f"s{n}", "Left out", f"{skip.count:,}", skip.reason) for n, skip in enumerate(feed.skipped)]
    for item in feed.items:
        opening = " ".join(item.text.split())[:140]
        who = item.author_name or item.author_role.words
        lines.append(PlanLine(f"i{item.file}{item.row}", item.kind.words, who, opening))
    lines += [PlanLine(f"p{total.row}", "Points", total.pupil, f"{len(total.skills)} skills") for total in feed.points]
    return lines + _remarks("Please look", feed.warnings)


def _remarks(outcome: str, remarks: Sequence[Remark]) -> list[PlanLine]:
    return [
        PlanLine(
            f"{outcome}{number}",
            outcome,
            ", ".join(part for part in (f"Row {r.row}" if r.row else "", r.field or "") if part) or "The file",
            r.reason,
        )
        for number, r in enumerate(remarks)
    ]


def _change(change: FieldChange) -> str:
    if change.field == "in_care":
        return FIELDS["in_care"]
    return f"{FIELDS.get(change.field, change.field)}: {_spoken(change.old)} → {_spoken(change.new)}"


def _spoken(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return day_words(value)
    return str(value) if value else "nothing"


def _looks_like_feed(files: Sequence[Path]) -> bool:
    return all(file.suffix.lower() in (".json", ".jsonl", ".eml") for file in files)


def _count(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"

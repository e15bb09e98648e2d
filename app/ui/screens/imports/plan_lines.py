"""What an import would do, row by row, in words. No Qt here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.domain.enrolment_shapes import ChangeAt, FieldChange, PlannedPupil, RegisterPlan
from app.domain.incoming import FeedReading, Remark
from app.domain.words import day_words

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

CHANGED, KEPT, LEAVER = "Changed", "Kept as it is", "May have left"


@dataclass(frozen=True, slots=True)
class PlanLine:
    """One row of what an import would do."""

    key: str
    outcome: str
    who: str
    what: str
    change: ChangeAt | None = None
    """A change that can be refused."""
    leaver: int | None = None
    """The id of a pupil who may have left."""


def plan_lines(plan: RegisterPlan, kept: frozenset[ChangeAt]) -> list[PlanLine]:
    """The register's plan: rejected rows first, then what asks for a decision, then the rest."""
    lines = [*_remarks("Rejected", plan.rejected)]
    for leaver in plan.leavers:
        who = f"{leaver.pupil.first} {leaver.pupil.last}"
        lines.append(PlanLine(f"l{leaver.pupil.id}", LEAVER, who, leaver.reason, leaver=leaver.pupil.id))
    for pupil in plan.changed:
        lines += _changes(pupil, kept)
    lines += _remarks("Please look", plan.warnings)
    for pupil in plan.new:
        said = pupil.incoming
        born = f", born {day_words(said.born)}" if said.born else ""
        adults = counted(len(pupil.ties), "guardian", "guardians")
        what = f"{said.class_name or 'No class'}{born}, {adults}"
        lines.append(PlanLine(f"n{said.file}:{said.row}", "New", f"{said.first} {said.last}", what))
    for repeated in plan.duplicates:
        said = repeated.incoming
        what = f"Row {repeated.first_row} is about this pupil already"
        lines.append(PlanLine(f"d{said.file}:{said.row}", "Repeated", f"{said.first} {said.last}", what))
    return lines


def feed_lines(feed: FeedReading) -> list[PlanLine]:
    """Posts and messages: rejected rows first, what is left out and why, then every item."""
    lines = _remarks("Rejected", feed.rejected)
    lines += [PlanLine(f"s{n}", "Left out", f"{skip.count:,}", skip.reason) for n, skip in enumerate(feed.skipped)]
    lines += _remarks("Please look", feed.warnings)
    for number, item in enumerate(feed.items):
        opening = " ".join(item.text[:400].split())[:140]
        who = item.author_name or item.author_role.words
        lines.append(PlanLine(f"i{number}", item.kind.words, who, opening))
    for number, total in enumerate(feed.points):
        lines.append(PlanLine(f"p{number}", "Points", total.pupil, counted(len(total.skills), "skill", "skills")))
    return lines


def counted(number: int, one: str, many: str) -> str:
    """ "1 pupil", "2 pupils"."""
    return f"{number:,} {one if number == 1 else many}"


def _changes(pupil: PlannedPupil, kept: frozenset[ChangeAt]) -> list[PlanLine]:
    said, known = pupil.incoming, pupil.known
    who = f"{said.first} {said.last}"
    if known is None or not pupil.changes:
        return [PlanLine(f"c{said.file}:{said.row}", CHANGED, who, "A guardian's details")]
    lines = []
    for change in pupil.changes:
        place = ChangeAt("pupil", known.id, change.field)
        can_refuse = None if change.field == "in_care" else place
        outcome = KEPT if place in kept else CHANGED
        lines.append(PlanLine(f"c{known.id}:{change.field}", outcome, who, _change(change), change=can_refuse))
    return lines


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

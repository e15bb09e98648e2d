"""What bringing a register in would do: pupils new, changed and unchanged, adults put together, leavers proposed.

A pure function of what the files say and what the school has. A person sees the plan and accepts it; planning the
same file again after that finds everything unchanged.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from app.domain.bulk import collector_paused
from app.domain.enrolment_adults import plan_adults
from app.domain.enrolment_classes import plan_classes, unknown_classes
from app.domain.enrolment_leavers import propose_leavers
from app.domain.enrolment_people import forget_keys, name_key, person_key
from app.domain.enrolment_pupils import Finder, Match, own_changes
from app.domain.enrolment_rows import gather
from app.domain.enrolment_shapes import (
    Doubt,
    Duplicate,
    FieldChange,
    KnownClass,
    KnownGuardian,
    KnownPupil,
    KnownRegister,
    KnownStaff,
    KnownTie,
    Leaver,
    PlannedClass,
    PlannedGuardian,
    PlannedPupil,
    PlannedStaff,
    PlannedTie,
    RegisterPlan,
    Settlement,
    Value,
)
from app.domain.incoming import IncomingPupil, RegisterReading, Remark
from app.domain.ticket import PlainTicket, Ticket

__all__ = [
    "Duplicate",
    "FieldChange",
    "KnownClass",
    "KnownGuardian",
    "KnownPupil",
    "KnownRegister",
    "KnownStaff",
    "KnownTie",
    "Leaver",
    "PlannedClass",
    "PlannedGuardian",
    "PlannedPupil",
    "PlannedStaff",
    "PlannedTie",
    "RegisterPlan",
    "Value",
    "plan_register",
]


def plan_register(
    reading: RegisterReading,
    known: KnownRegister,
    *,
    whole_school: bool = False,
    settled: Sequence[Settlement] = (),
    ticket: Ticket | None = None,
) -> RegisterPlan:
    """Compare what the files say with what the school has.

    `whole_school` says that the files list every pupil, so that anybody missing may be a leaver; otherwise only
    pupils of the classes that the reading covers can be. `settled` is what a person has said of rows in doubt.
    Raises Cancelled from the ticket.
    """
    try:
        with collector_paused():
            return _plan(reading, known, whole_school, tuple(settled), ticket or PlainTicket())
    finally:
        forget_keys()


_STEPS = 5
_NOTE = "Comparing with the register"


def _plan(
    reading: RegisterReading,
    known: KnownRegister,
    whole_school: bool,
    settled: tuple[Settlement, ...],
    ticket: Ticket,
) -> RegisterPlan:
    ticket.tick(0, _STEPS, _NOTE)
    gathered = gather(reading.pupils)
    ticket.tick(1, _STEPS, _NOTE)
    matches = Finder(known, settled).find_all(gathered.pupils)
    ticket.tick(2, _STEPS, _NOTE)
    judged = _judge(gathered.pupils, matches, known)
    refused = judged.refused + list(gathered.refused)
    duplicates, orphaned = _follow_leaders(gathered.duplicates, refused)
    guardians, pupils = plan_adults(judged.planned, known)
    ticket.tick(3, _STEPS, _NOTE)
    new, changed, unchanged = _sort(pupils, guardians)
    aside = [each.incoming for each in judged.doubts] + judged.left_out
    leavers, caution = propose_leavers(
        reading, known, pupils, [pupil for pupil, _ in refused] + aside, whole_school, _may_be_here(judged.doubts)
    )
    ticket.tick(4, _STEPS, _NOTE)
    classes = plan_classes(reading, pupils, known)
    return RegisterPlan(
        rows=reading.rows,
        new=tuple(new),
        changed=tuple(changed),
        unchanged=tuple(unchanged),
        guardians=guardians,
        classes=classes,
        staff=_staff(reading, known),
        leavers=leavers,
        duplicates=duplicates,
        marked_gone=len(reading.proposals),
        rejected=reading.rejected + tuple(remark for _, remark in refused) + orphaned,
        warnings=reading.warnings
        + gathered.warnings
        + tuple(judged.warned)
        + unknown_classes(reading, classes, pupils, known)
        + caution,
        doubts=tuple(judged.doubts),
        left_out=tuple(judged.left_out),
        settled=settled,
    )


def _may_be_here(doubts: Sequence[Doubt]) -> frozenset[int]:
    """Nobody is proposed as a leaver while a row may be about them."""
    return frozenset(each.pupil.id for doubt in doubts for each in doubt.candidates)


@dataclass(slots=True)
class _Judged:
    """Rows by what became of their match."""

    planned: list[PlannedPupil] = field(default_factory=list)
    refused: list[tuple[IncomingPupil, Remark]] = field(default_factory=list)
    warned: list[Remark] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    left_out: list[IncomingPupil] = field(default_factory=list)


def _judge(pupils: Sequence[IncomingPupil], matches: Sequence[Match], known: KnownRegister) -> _Judged:
    names = {each.id: each.name for each in known.classes}
    judged = _Judged()
    for pupil, match in zip(pupils, matches, strict=True):
        if match.refusal:
            judged.refused.append((pupil, Remark(pupil.file, pupil.row, "UPN", match.refusal)))
            continue
        if match.doubt is not None:
            judged.doubts.append(match.doubt)
            continue
        if match.left_out:
            judged.left_out.append(pupil)
            continue
        if match.warning:
            judged.warned.append(Remark(pupil.file, pupil.row, "UPN", match.warning))
        if match.known is None:
            judged.planned.append(PlannedPupil(pupil))
            continue
        changes = own_changes(pupil, match.known, names.get(match.known.class_id or 0))
        judged.planned.append(PlannedPupil(pupil, match.known, match.by, changes))
    return judged


def _follow_leaders(
    duplicates: Sequence[Duplicate], refused: Sequence[tuple[IncomingPupil, Remark]]
) -> tuple[tuple[Duplicate, ...], tuple[Remark, ...]]:
    """A row that repeats a refused row is refused with it."""
    lost = {(pupil.file, pupil.row): remark for pupil, remark in refused}
    kept = tuple(each for each in duplicates if (each.first_file, each.first_row) not in lost)
    orphaned = tuple(
        Remark(each.incoming.file, each.incoming.row, "UPN", lost[each.first_file, each.first_row].reason)
        for each in duplicates
        if (each.first_file, each.first_row) in lost
    )
    return kept, orphaned


def _sort(
    pupils: Sequence[PlannedPupil], guardians: Sequence[PlannedGuardian]
) -> tuple[list[PlannedPupil], list[PlannedPupil], list[PlannedPupil]]:
    """A pupil counts as changed where their own record, an adult of theirs or a tie to one would change."""
    new: list[PlannedPupil] = []
    changed: list[PlannedPupil] = []
    unchanged: list[PlannedPupil] = []
    altered = [guardian.known is None or bool(guardian.changes) for guardian in guardians]
    for pupil in pupils:
        if pupil.known is None:
            new.append(pupil)
        elif pupil.changes or _ties_differ(pupil.ties, altered):
            changed.append(pupil)
        else:
            unchanged.append(pupil)
    return new, changed, unchanged


def _ties_differ(ties: Sequence[PlannedTie], altered: Sequence[bool]) -> bool:
    for tie in ties:  # noqa: SIM110 - half the cost of `any` for a school of any size
        if tie.known is None or tie.changes or altered[tie.guardian]:
            return True
    return False


def _staff(reading: RegisterReading, known: KnownRegister) -> tuple[PlannedStaff, ...]:
    by_source = {each.source_id: each for each in known.staff if each.source_id}
    by_email = {each.email.casefold(): each for each in known.staff if each.email}
    names: dict[str, list[KnownStaff]] = defaultdict(list)
    for each in known.staff:
        names[name_key(each.name)].append(each)
    planned = []
    for person in reading.staff:
        found = by_source.get(person.source_id) if person.source_id else None
        if found is None and person.email:
            found = by_email.get(person.email.casefold())
        if found is None:
            alike = names.get(name_key(person.name), []) or names.get(
                name_key(person_key(person.title, None, person.last)), []
            )
            found = alike[0] if len(alike) == 1 else None
        planned.append(PlannedStaff(person, found))
    return tuple(planned)

"""What bringing a register in would do: pupils new, changed and unchanged, adults put together, leavers proposed.

A pure function of what the files say and what the school has. A person sees the plan and accepts it; planning the
same file again after that finds everything unchanged.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from app.domain.bulk import collector_paused
from app.domain.enrolment_adults import plan_adults
from app.domain.enrolment_leavers import propose_leavers
from app.domain.enrolment_people import name_key, person_key
from app.domain.enrolment_pupils import Finder, Match, own_changes
from app.domain.enrolment_rows import class_key, gather
from app.domain.enrolment_shapes import (
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
    Value,
)
from app.domain.incoming import IncomingPupil, RegisterReading, Remark

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


def plan_register(reading: RegisterReading, known: KnownRegister, *, whole_school: bool = False) -> RegisterPlan:
    """Compare what the files say with what the school has.

    `whole_school` says that the files list every pupil, so that anybody missing may be a leaver; otherwise only
    pupils of the classes that the reading covers can be.
    """
    try:
        with collector_paused():
            return _plan(reading, known, whole_school)
    finally:
        name_key.cache_clear()


def _plan(reading: RegisterReading, known: KnownRegister, whole_school: bool) -> RegisterPlan:
    gathered = gather(reading.pupils)
    matches = Finder(known).find_all(gathered.pupils)
    settled, refused, warned = _settle(gathered.pupils, matches, known)
    refused += gathered.refused
    duplicates, orphaned = _follow_leaders(gathered.duplicates, refused)
    guardians, pupils = plan_adults(settled, known)
    new, changed, unchanged = _sort(pupils, guardians)
    leavers, caution = propose_leavers(reading, known, pupils, [pupil for pupil, _ in refused], whole_school)
    return RegisterPlan(
        rows=reading.rows,
        new=tuple(new),
        changed=tuple(changed),
        unchanged=tuple(unchanged),
        guardians=guardians,
        classes=_classes(reading, pupils, known),
        staff=_staff(reading, known),
        leavers=leavers,
        duplicates=duplicates,
        marked_gone=len(reading.proposals),
        rejected=reading.rejected + tuple(remark for _, remark in refused) + orphaned,
        warnings=reading.warnings + gathered.warnings + tuple(warned) + caution,
    )


def _settle(
    pupils: Sequence[IncomingPupil], matches: Sequence[Match], known: KnownRegister
) -> tuple[list[PlannedPupil], list[tuple[IncomingPupil, Remark]], list[Remark]]:
    names = {each.id: each.name for each in known.classes}
    settled: list[PlannedPupil] = []
    refused: list[tuple[IncomingPupil, Remark]] = []
    warned: list[Remark] = []
    for pupil, match in zip(pupils, matches, strict=True):
        if match.refusal:
            refused.append((pupil, Remark(pupil.file, pupil.row, "UPN", match.refusal)))
            continue
        if match.warning:
            warned.append(Remark(pupil.file, pupil.row, "UPN", match.warning))
        if match.known is None:
            settled.append(PlannedPupil(pupil))
            continue
        changes = own_changes(pupil, match.known, names.get(match.known.class_id or 0))
        settled.append(PlannedPupil(pupil, match.known, match.by, changes))
    return settled, refused, warned


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
        elif pupil.changes or any(tie.known is None or tie.changes or altered[tie.guardian] for tie in pupil.ties):
            changed.append(pupil)
        else:
            unchanged.append(pupil)
    return new, changed, unchanged


def _classes(
    reading: RegisterReading, pupils: Sequence[PlannedPupil], known: KnownRegister
) -> tuple[PlannedClass, ...]:
    """The classes the file names, those that pupils are in and those that stand in a list of classes."""
    on_record = {class_key(each.name): each for each in known.classes}
    planned: dict[str, PlannedClass] = {}
    for each in reading.classes:
        key = class_key(each.name)
        planned.setdefault(key, PlannedClass(each.name, each.year, each.source_id, on_record.get(key)))
    for pupil in pupils:
        name = pupil.incoming.class_name
        if name and (key := class_key(name)) not in planned:
            planned[key] = PlannedClass(name, known=on_record.get(key))
    return tuple(planned.values())


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

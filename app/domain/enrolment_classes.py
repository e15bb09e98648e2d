"""The classes that a file names: which are here, which would be added, and which look like a slip of the pen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from app.domain.enrolment_rows import class_key
from app.domain.enrolment_shapes import KnownRegister, PlannedClass, PlannedPupil
from app.domain.incoming import RegisterReading, Remark

_LONG_ENOUGH = 4
"""Names shorter than this differ by a letter because they are different classes: 3A and 3B."""


def plan_classes(
    reading: RegisterReading, pupils: Sequence[PlannedPupil], known: KnownRegister
) -> tuple[PlannedClass, ...]:
    """The classes the file names, those that pupils are in and those that stand in a list of classes."""
    on_record = {class_key(each.name): each for each in known.classes}
    planned: dict[str, PlannedClass] = {}
    for each in reading.classes:
        key = class_key(each.name)
        planned.setdefault(key, PlannedClass(each.name, each.year, each.source_id, on_record.get(key)))
    for name in dict.fromkeys(pupil.incoming.class_name for pupil in pupils):
        if name and (key := class_key(name)) not in planned:
            planned[key] = PlannedClass(name, known=on_record.get(key))
    return tuple(planned.values())


def unknown_classes(
    reading: RegisterReading, classes: Sequence[PlannedClass], pupils: Sequence[PlannedPupil], known: KnownRegister
) -> tuple[Remark, ...]:
    """A remark on each class that the school does not have, once it has any: it may be a misspelling of one."""
    new = {class_key(each.name): each for each in classes if each.known is None}
    if not new or not known.classes:
        return ()
    size: Counter[str] = Counter()
    first: dict[str, tuple[str, int]] = {}
    for pupil in pupils:
        key = class_key(pupil.incoming.class_name) if pupil.incoming.class_name else ""
        if key in new:
            size[key] += 1
            first.setdefault(key, (pupil.incoming.file, pupil.incoming.row))
    spellings = {variant: each.name for each in known.classes for variant in _variants(class_key(each.name))}
    remarks = []
    for key, planned in new.items():
        if not size[key]:
            continue
        file, row = first.get(key, (", ".join(reading.files), None))
        of = "1 pupil" if size[key] == 1 else f"{size[key]:,} pupils"
        told = f'The class "{planned.name}" is not in the school yet. Bringing this in adds it, with {of} of the file.'
        like = next((spellings[variant] for variant in _variants(key) if variant in spellings), None)
        if like is not None:
            told += f' If "{like}" is meant, correct the file.'
        remarks.append(Remark(file, row, "class", told))
    return tuple(remarks)


def _variants(key: str) -> Iterator[str]:
    """The name and what is left of it without one letter: two names that share one are a slip apart."""
    yield key
    if len(key) >= _LONG_ENOUGH:
        yield from (key[:at] + key[at + 1 :] for at, letter in enumerate(key) if letter.isalpha())

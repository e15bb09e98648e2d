"""The school as it stands, and what a register file would change in it: frozen shapes, nothing decided yet."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from operator import itemgetter
from typing import Any, NamedTuple

from app.domain.incoming import IncomingGuardian, IncomingPupil, IncomingStaff, Remark


def picking(kind: type[NamedTuple], *names: str) -> Callable[[tuple[Any, ...]], tuple[Any, ...]]:
    """These fields of one kind of tuple together, as the quickest way to see that nothing is said differently."""
    places = [kind._fields.index(name) for name in names]
    neighbours = range(places[0], places[0] + len(places))
    return itemgetter(slice(neighbours.start, neighbours.stop)) if places == [*neighbours] else itemgetter(*places)


Value = str | bool | int | date | tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class KnownClass:
    """A class in use."""

    id: int
    name: str
    year: str | None = None
    source_id: str | None = None


class KnownPupil(NamedTuple):
    """A pupil as the school has them. `in_care` None means that it is not known, or not for this person to know."""

    id: int
    first: str
    last: str
    born: date | None = None
    upn: str | None = None
    preferred: str | None = None
    preferred_last: str | None = None
    middle: str | None = None
    year: str | None = None
    class_id: int | None = None
    sex: str | None = None
    postcode: str | None = None
    in_care: bool | None = None
    source_id: str | None = None
    on_roll: bool = True


class KnownGuardian(NamedTuple):
    """An adult as the school has them."""

    id: int
    title: str | None = None
    first: str | None = None
    last: str | None = None
    email: str | None = None
    phones: tuple[str, ...] = ()
    address: str | None = None
    postcode: str | None = None
    language: str | None = None
    source_id: str | None = None


class MergedGuardian(NamedTuple):
    """A record that was made one with another: what it says still tells who an adult of a file is."""

    said: KnownGuardian
    kept_id: int
    """The record that stands for both."""


class KnownTie(NamedTuple):
    """What an adult is to a child."""

    pupil_id: int
    guardian_id: int
    relationship: str | None = None
    responsibility: bool | None = None
    order: int | None = None


@dataclass(frozen=True, slots=True)
class KnownStaff:
    """A member of staff: the name as one, "Mrs Holt" or "Rachel Holt"."""

    id: int
    name: str
    email: str | None = None
    source_id: str | None = None


@dataclass(frozen=True, slots=True)
class KnownRegister:
    """Everybody the school knows, current and left."""

    pupils: tuple[KnownPupil, ...] = ()
    guardians: tuple[KnownGuardian, ...] = ()
    ties: tuple[KnownTie, ...] = ()
    classes: tuple[KnownClass, ...] = ()
    staff: tuple[KnownStaff, ...] = ()
    merged: tuple[MergedGuardian, ...] = ()


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field that the file says differently. A person accepts or refuses each."""

    field: str
    old: Value
    new: Value


class ChangeAt(NamedTuple):
    """Which change is meant, where a person does not take one over.

    `sort` is "pupil", "guardian" or "tie"; `id` the pupil's or guardian's on the register, `other` the guardian's of a
    tie. A guardian that the file adds to a known pupil is `sort` "added", with the place in the plan as `other`.
    """

    sort: str
    id: int
    field: str = ""
    other: int = 0


class PlannedTie(NamedTuple):
    """A child's tie to the adult at place `guardian` of the plan's guardians. New where `known` is None."""

    guardian: int
    relationship: str | None
    responsibility: bool | None
    order: int | None
    known: KnownTie | None = None
    changes: tuple[FieldChange, ...] = ()


class PlannedPupil(NamedTuple):
    """One pupil of the file beside the pupil it was matched with, if any.

    `incoming` holds what all the file's rows about this pupil say together. `matched_by` is "UPN", "source",
    "name and date of birth", or empty for a new pupil. `changes` are the pupil's own; the ties carry theirs.
    """

    incoming: IncomingPupil
    known: KnownPupil | None = None
    matched_by: str = ""
    changes: tuple[FieldChange, ...] = ()
    ties: tuple[PlannedTie, ...] = ()

    @property
    def moves(self) -> FieldChange | None:
        """The change of class, where there is one and the pupil was in a class before."""
        return next((change for change in self.changes if change.field == "class_name" and change.old), None)


class PlannedGuardian(NamedTuple):
    """One adult of the file, with everything that all rows say of them, beside the adult they were matched with."""

    incoming: IncomingGuardian
    known: KnownGuardian | None = None
    changes: tuple[FieldChange, ...] = ()


@dataclass(frozen=True, slots=True)
class PlannedClass:
    """A class that the file names. New where `known` is None."""

    name: str
    year: str | None = None
    source_id: str | None = None
    known: KnownClass | None = None


@dataclass(frozen=True, slots=True)
class PlannedStaff:
    """A member of staff whom the file names. New where `known` is None."""

    incoming: IncomingStaff
    known: KnownStaff | None = None


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A row about a pupil whom an earlier row of the same files is about already."""

    incoming: IncomingPupil
    first_file: str
    first_row: int


class Grade(StrEnum):
    """How likely it is that a row is about somebody on the register, where no number and no birth date settles it."""

    HIGH = "high"
    PARTIAL = "partial"
    SEVERAL = "several"

    @property
    def words(self) -> str:
        """The grade for a screen."""
        return {"high": "Very likely", "partial": "Perhaps", "several": "Several may be meant"}[self.value]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A pupil on the register whom a row may be about, with what speaks for it, in words."""

    pupil: KnownPupil
    grade: Grade
    because: tuple[str, ...]
    class_name: str | None = None


@dataclass(frozen=True, slots=True)
class Doubt:
    """A row that may be about somebody on the register. A person settles it; until then it is left out."""

    incoming: IncomingPupil
    grade: Grade
    candidates: tuple[Candidate, ...]

    @property
    def sentence(self) -> str:
        """Why it was left out so far, and what to do."""
        who = " or ".join(
            f"{each.pupil.first} {each.pupil.last}" + (f" of {each.class_name}" if each.class_name else "")
            for each in self.candidates[:3]
        )
        told = "; ".join(self.candidates[0].because)
        return (
            f"This may be {who}, who is on the register already ({told}). It was left out: say on the desk whether it "
            "is the same child, or add the UPN."
        )


class Settled(StrEnum):
    """What a person says of a row in doubt."""

    SAME = "same"
    NEW = "new"
    OUT = "out"


@dataclass(frozen=True, slots=True)
class Settlement:
    """A person's word on one row: the same child as `pupil_id`, a new child, or left out."""

    file: str
    row: int
    said: Settled
    pupil_id: int | None = None


@dataclass(frozen=True, slots=True)
class Leaver:
    """A pupil who may have left, with the reason. A person confirms each one; nothing happens by itself."""

    pupil: KnownPupil
    class_name: str | None
    reason: str


@dataclass(frozen=True, slots=True)
class RegisterPlan:
    """What bringing the file in would do. Showing it changes nothing."""

    rows: int
    new: tuple[PlannedPupil, ...]
    changed: tuple[PlannedPupil, ...]
    unchanged: tuple[PlannedPupil, ...]
    guardians: tuple[PlannedGuardian, ...]
    classes: tuple[PlannedClass, ...]
    staff: tuple[PlannedStaff, ...]
    leavers: tuple[Leaver, ...]
    duplicates: tuple[Duplicate, ...]
    marked_gone: int
    """Rows that the file itself marks as deleted, whether or not the pupil is known here."""
    rejected: tuple[Remark, ...]
    warnings: tuple[Remark, ...]
    doubts: tuple[Doubt, ...] = ()
    left_out: tuple[IncomingPupil, ...] = ()
    """Rows that a person left out."""
    settled: tuple[Settlement, ...] = ()
    """What a person has said of rows in doubt."""
    as_of: str = field(default="", compare=False)
    """What was last done in the school when the plan was made: the audit's head then."""

    @property
    def pupils(self) -> tuple[PlannedPupil, ...]:
        """Every pupil of the file, once."""
        return self.new + self.changed + self.unchanged

    @property
    def movers(self) -> tuple[PlannedPupil, ...]:
        """Changed pupils whom the file has in another class."""
        return tuple(pupil for pupil in self.changed if pupil.moves is not None)

    @property
    def counts(self) -> Mapping[str, int]:
        """Rows by outcome; all but `movers`, which are among the changed, and `leavers` add up to `rows`.

        A row that is in doubt or left out stands for itself; rows that repeat it are among the duplicates.
        """
        return {
            "new": len(self.new),
            "changed": len(self.changed),
            "unchanged": len(self.unchanged),
            "duplicates": len(self.duplicates),
            "rejected": len(self.rejected),
            "marked_gone": self.marked_gone,
            "doubts": len(self.doubts),
            "left_out": len(self.left_out),
            "movers": len(self.movers),
            "leavers": len(self.leavers),
        }

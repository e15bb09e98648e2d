"""What an adult of a file is to each child, beside what is on record of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from app.domain.enrolment_people import merged
from app.domain.enrolment_shapes import (
    FieldChange,
    KnownRegister,
    KnownTie,
    PlannedGuardian,
    PlannedPupil,
    PlannedTie,
    picking,
)
from app.domain.incoming import IncomingGuardian

_said = picking(IncomingGuardian, "relationship", "responsibility", "order")
_known = picking(KnownTie, "relationship", "responsibility", "order")
_NEW = 0
"""No id on record is this."""


def with_ties(
    pupils: Sequence[PlannedPupil],
    places: Sequence[Sequence[int]],
    guardians: Sequence[PlannedGuardian],
    known: KnownRegister,
) -> Iterator[PlannedPupil]:
    """The pupils with their ties. `places` says, pupil by pupil, which of the guardians each adult of the row is."""
    on_record = {(tie.pupil_id, tie.guardian_id): tie for tie in known.ties}
    ids = [each.known.id if each.known is not None else _NEW for each in guardians]
    for pupil, of_child in zip(pupils, places, strict=True):
        child, adults = pupil.known.id if pupil.known is not None else _NEW, pupil.incoming.guardians
        if len(set(of_child)) < len(of_child):
            of_child, adults = _each_once(of_child, adults)
        ties = []
        for place, adult in zip(of_child, adults, strict=True):
            tie = on_record.get((child, ids[place]))
            changes = _changes(adult, tie) if tie is not None and _said(adult) != _known(tie) else ()
            ties.append(PlannedTie(place, adult.relationship, adult.responsibility, adult.order, tie, changes))
        yield PlannedPupil(pupil.incoming, pupil.known, pupil.matched_by, pupil.changes, tuple(ties))


def _each_once(
    of_child: Sequence[int], adults: Sequence[IncomingGuardian]
) -> tuple[tuple[int, ...], tuple[IncomingGuardian, ...]]:
    """A child's places and adults, what several entries say of one put together."""
    said: dict[int, list[IncomingGuardian]] = {}
    for place, adult in zip(of_child, adults, strict=True):
        said.setdefault(place, []).append(adult)
    return tuple(said), tuple(merged(entries) for entries in said.values())


def _changes(said: IncomingGuardian, tie: KnownTie) -> tuple[FieldChange, ...]:
    changes = []
    if (
        said.relationship
        and said.relationship != tie.relationship
        and said.relationship.casefold() != (tie.relationship or "").casefold()
    ):
        changes.append(FieldChange("relationship", tie.relationship, said.relationship))
    if said.responsibility is not None and said.responsibility != tie.responsibility:
        changes.append(FieldChange("responsibility", tie.responsibility, said.responsibility))
    if said.order is not None and said.order != tie.order:
        changes.append(FieldChange("order", tie.order, said.order))
    return tuple(changes)

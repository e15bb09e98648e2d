"""Who may have left: pupils the file marks as gone, and pupils of a class it lists whom no row is about.

Always a proposal. A rejected row keeps its pupil from being proposed, and a file with only a few of a class proposes
nobody.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from app.domain.enrolment_rows import class_key, full_key
from app.domain.enrolment_shapes import KnownPupil, KnownRegister, Leaver, PlannedPupil
from app.domain.incoming import IncomingPupil, ProposedLeaver, RegisterReading, Remark, Sighting
from app.domain.naming import name_key

_FEW = 5
"""Up to so many absentees of a class are proposed as leavers however small the class."""


def propose_leavers(
    reading: RegisterReading,
    known: KnownRegister,
    pupils: Sequence[PlannedPupil],
    refused: Sequence[IncomingPupil],
    whole_school: bool,
    may_be_here: frozenset[int] = frozenset(),
) -> tuple[tuple[Leaver, ...], tuple[Remark, ...]]:
    """Pupils marked as gone, and pupils of the covered classes whom no row is about, rejected rows included."""
    names = {each.id: each.name for each in known.classes}
    here = {pupil.known.id for pupil in pupils if pupil.known is not None} | may_be_here
    leavers = _marked(reading.proposals, known, here, names)
    told = {leaver.pupil.id for leaver in leavers}
    rejected = tuple(Sighting(pupil.first, pupil.last, pupil.born, pupil.upn) for pupil in refused)
    seen = _Sightings(reading.sightings + rejected)
    covered = {class_key(name) for name in reading.covers}
    listed = {id_ for id_, name in names.items() if name and class_key(name) in covered}
    missing: dict[str, list[KnownPupil]] = defaultdict(list)
    size: Counter[str] = Counter()
    for pupil in known.pupils:
        if pupil.on_roll and (whole_school or pupil.class_id in listed):
            name = names.get(pupil.class_id or 0, "")
            size[name] += 1
            if pupil.id not in here and pupil.id not in told and not seen.names(pupil):
                missing[name].append(pupil)
    caution = []
    for name, absent in missing.items():
        if not whole_school and len(absent) > _FEW and len(absent) * 2 > size[name]:
            caution.append(_too_many(reading, name, len(absent), size[name]))
            continue
        why = f"Not in the file, which lists {name}." if name and not whole_school else "Not in the file."
        leavers += [Leaver(pupil, name or None, why) for pupil in absent]
    return tuple(leavers), tuple(caution)


def _too_many(reading: RegisterReading, name: str, absent: int, size: int) -> Remark:
    return Remark(
        ", ".join(reading.files),
        None,
        "class",
        f"{absent} of the {size} pupils of {name} are not in the file. It does not look like the whole class, so "
        "nobody is proposed as a leaver. If they have left, mark them as leavers yourself.",
    )


def _marked(
    proposals: Sequence[ProposedLeaver], known: KnownRegister, here: set[int], names: dict[int, str]
) -> list[Leaver]:
    if not proposals:
        return []
    by_source = {pupil.source_id: pupil for pupil in known.pupils if pupil.source_id}
    by_name: dict[tuple[str, str], list[KnownPupil]] = defaultdict(list)
    for pupil in known.pupils:
        by_name[full_key(pupil.first, pupil.last)].append(pupil)
    leavers: dict[int, Leaver] = {}
    for proposal in proposals:
        pupil_or_none = by_source.get(proposal.source_id) if proposal.source_id else None
        if pupil_or_none is None and proposal.first and proposal.last:
            alike = by_name.get(full_key(proposal.first, proposal.last), [])
            pupil_or_none = alike[0] if len(alike) == 1 and alike[0].source_id is None else None
        if pupil_or_none is not None and pupil_or_none.on_roll and pupil_or_none.id not in here:
            leavers[pupil_or_none.id] = Leaver(pupil_or_none, names.get(pupil_or_none.class_id or 0), proposal.reason)
    return list(leavers.values())


class _Sightings:
    """Rejected rows by whatever could be read of them, so that nobody in one is taken for a leaver."""

    def __init__(self, sightings: Sequence[Sighting]) -> None:
        self._upns = {each.upn for each in sightings if each.upn}
        self._full = {full_key(each.first, each.last) for each in sightings if each.first and each.last}
        self._firsts = {name_key(each.first) for each in sightings if each.first and not each.last}
        self._lasts = {name_key(each.last) for each in sightings if each.last and not each.first}

    def names(self, pupil: KnownPupil) -> bool:
        """Whether a rejected row may have been about this pupil."""
        return (
            pupil.upn in self._upns
            or bool({full_key(first, pupil.last) for first in (pupil.first, pupil.preferred or "")} & self._full)
            or name_key(pupil.first) in self._firsts
            or name_key(pupil.last) in self._lasts
        )

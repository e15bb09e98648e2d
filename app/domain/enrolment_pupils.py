"""Whom a row is about: finding a file's pupils on the register, and what it says differently of each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import NamedTuple

from app.domain.enrolment_ladder import Ladder
from app.domain.enrolment_rows import COMPARED, NameKey, alike, class_key, full_key
from app.domain.enrolment_shapes import Doubt, FieldChange, KnownPupil, KnownRegister, Settled, Settlement, picking
from app.domain.incoming import IncomingPupil
from app.domain.upn import is_temporary

__all__ = ["Finder", "Match", "class_key", "full_key", "own_changes"]


class Match(NamedTuple):
    """Which known pupil a row is about, by what; or why that cannot be said; or what a person has to settle."""

    known: KnownPupil | None = None
    by: str = ""
    refusal: str = ""
    warning: str = ""
    doubt: Doubt | None = None
    left_out: bool = False


_NOBODY = Match()
_said_facts = picking(IncomingPupil, *COMPARED)
_known_facts = picking(KnownPupil, *COMPARED)


class Finder:
    """Finds incoming pupils on the register: by UPN, then by the source's identifier, then by name and birth.

    What is left goes up the ladder, for a person to settle; `settled` is what they said so far.
    """

    def __init__(self, known: KnownRegister, settled: Sequence[Settlement] = ()) -> None:
        self._known = known
        self._settled = {(each.file, each.row): each for each in settled}
        self._by_id = {each.id: each for each in known.pupils} if settled else {}
        self._register_filled = bool(known.pupils)
        self._upn = {pupil.upn: pupil for pupil in known.pupils if pupil.upn}
        self._source = {pupil.source_id: pupil for pupil in known.pupils if pupil.source_id}
        self._classes = {each.id: class_key(each.name) for each in known.classes}

    @cached_property
    def _name(self) -> Mapping[tuple[NameKey, date], Sequence[KnownPupil]]:
        """Everybody by name and birth date; only asked where a number does not tell."""
        named: dict[tuple[NameKey, date], list[KnownPupil]] = defaultdict(list)
        for pupil in self._known.pupils:
            if pupil.born:
                named[(full_key(pupil.first, pupil.last), pupil.born)].append(pupil)
        return named

    def find_all(self, pupils: Sequence[IncomingPupil]) -> list[Match]:
        """A match for each, in order. Nobody on the register is matched twice: sure signs go before likely ones."""
        if not self._register_filled and not self._settled:
            return [_NOBODY] * len(pupils)
        taken: dict[int, IncomingPupil] = {}
        matches = [_NOBODY] * len(pupils)
        unfound: Sequence[int] = range(len(pupils))
        for finder in (self._by_number, self._by_source, self._by_name, self._by_word):
            left = []
            for place in unfound:
                pupil = pupils[place]
                match = finder(pupil, taken)
                if match is None:
                    left.append(place)
                    continue
                known = match.known
                if known is not None and known.id in taken:
                    match = _claimed_twice(known, taken[known.id])
                elif known is not None:
                    taken[known.id] = pupil
                matches[place] = match
            unfound = left
        if unfound:
            ladder = Ladder(self._known, taken)
            for place in unfound:
                if (doubt := ladder.doubt(pupils[place])) is not None:
                    matches[place] = Match(doubt=doubt)
        return matches

    def _by_word(self, pupil: IncomingPupil, _: Mapping[int, IncomingPupil]) -> Match | None:
        """What a person said of the row, where nothing surer was found."""
        said = self._settled.get((pupil.file, pupil.row))
        if said is None:
            return None
        if said.said is Settled.OUT:
            return Match(left_out=True)
        known = self._by_id.get(said.pupil_id or 0) if said.said is Settled.SAME else None
        return Match(known, "your word") if known is not None else _NOBODY

    def _by_number(self, pupil: IncomingPupil, _: Mapping[int, IncomingPupil]) -> Match | None:
        for upn in (pupil.upn, pupil.former_upn):
            known = self._upn.get(upn) if upn else None
            if known is not None:
                if alike(pupil, known):
                    return Match(known, "UPN")
                return Match(
                    refusal=f"The UPN {upn} belongs to {known.first} {known.last} on the register, whose name and date "
                    "of birth are both different. Check the UPN."
                )
        return None

    def _by_source(self, pupil: IncomingPupil, _: Mapping[int, IncomingPupil]) -> Match | None:
        known = self._source.get(pupil.source_id) if pupil.source_id else None
        return Match(known, "source") if known is not None and alike(pupil, known) else None

    def _by_name(self, pupil: IncomingPupil, taken: Mapping[int, IncomingPupil]) -> Match | None:
        if pupil.born is None:
            return None
        key = (full_key(pupil.first, pupil.last), pupil.born)
        others = [known for known in self._name.get(key, ()) if known.id not in taken]
        if len(others) > 1 and pupil.class_name:
            same_class = class_key(pupil.class_name)
            others = [each for each in others if self._classes.get(each.class_id or 0) == same_class] or others
        if len(others) > 1:
            return Match(
                refusal=f"The register has {len(others)} pupils with this name and date of birth. Add the UPN to say "
                "which one is meant."
            )
        if not others:
            return None
        known = others[0]
        if pupil.upn and known.upn and pupil.upn != known.upn and not is_temporary(known.upn):
            return Match(
                known,
                "name and date of birth",
                warning=f"The register has the UPN {known.upn} for this pupil and the file has {pupil.upn}. "
                "Check which is right before you accept the change.",
            )
        return Match(known, "name and date of birth")


def _claimed_twice(known: KnownPupil, other: IncomingPupil) -> Match:
    return Match(
        refusal=f"This row and row {other.row} are both {known.first} {known.last} on the register, by different "
        "numbers. Check which row is right."
    )


def own_changes(pupil: IncomingPupil, known: KnownPupil, class_name: str | None) -> tuple[FieldChange, ...]:
    """What the file says differently of the pupil. Silence changes nothing, and "not in care" changes only a yes."""
    changes = [] if _said_facts(pupil) == _known_facts(known) else _compared(pupil, known)
    if pupil.class_name and pupil.class_name != class_name and class_key(pupil.class_name) != class_key(class_name):
        changes.append(FieldChange("class_name", class_name, pupil.class_name))
    if pupil.in_care is not None and pupil.in_care != bool(known.in_care):
        changes.append(FieldChange("in_care", known.in_care, pupil.in_care))
    if pupil.source_id and pupil.source_id != known.source_id:
        changes.append(FieldChange("source_id", known.source_id, pupil.source_id))
    if not known.on_roll:
        changes.append(FieldChange("on_roll", False, True))
    return tuple(changes)


def _compared(pupil: IncomingPupil, known: KnownPupil) -> list[FieldChange]:
    return [
        FieldChange(field, old, said)
        for field in COMPARED
        if (said := getattr(pupil, field)) is not None and said != (old := getattr(known, field))
    ]

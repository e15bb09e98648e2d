"""Drawing a random sample that anybody can draw again, and what it tells of the checks (M1).

Items are put in the order of the SHA-256 of "seed:number", and the first of each stratum are taken. Whoever has the
seed, which stands in the record from the day the look was planned, and the items' numbers gets the same items: a
governor can see that nobody picked them by hand.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import sqrt

from app.domain.content import Kind

SIZE = 20
"""How many items a look draws, where the school says nothing else."""

_Z = 1.959964
"""Of a normal distribution, 95 in a hundred lie within this many standard deviations."""


class Stratum(StrEnum):
    """The parts of which each gives its share of a sample."""

    POSTS = "posts"
    COMMENTS = "comments"
    MESSAGES = "messages"

    @property
    def words(self) -> str:
        """How the part is named on screens and in reports."""
        return {Stratum.POSTS: "Posts", Stratum.COMMENTS: "Comments", Stratum.MESSAGES: "Messages"}[self]


KINDS: dict[Stratum, tuple[Kind, ...]] = {
    Stratum.POSTS: (Kind.CLASS_STORY, Kind.SCHOOL_STORY, Kind.PORTFOLIO),
    Stratum.COMMENTS: (Kind.COMMENT,),
    Stratum.MESSAGES: (Kind.MESSAGE,),
}
"""What belongs to each part. Points are counted elsewhere: they hold nothing to read."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """An item that the draw took, by its number, and the part it stands for."""

    number: int
    stratum: Stratum


def place(seed: str, number: int) -> str:
    """Where an item stands in the draw: the SHA-256 of "seed:number", in hexadecimal."""
    return hashlib.sha256(f"{seed}:{number}".encode()).hexdigest()


def shares(counts: Mapping[Stratum, int], size: int) -> dict[Stratum, int]:
    """How many items each part gives: in proportion, at least one of each that has any, never more than it has.

    The whole is `size`, or everything there is where that is less.
    """
    there = {stratum: counts[stratum] for stratum in Stratum if counts.get(stratum, 0) > 0}
    whole, size = sum(there.values()), min(max(size, 0), sum(there.values()))
    given = dict.fromkeys(list(there)[:size], 1)
    while sum(given.values()) < size:
        wanted = {one: there[one] * size / whole - given[one] for one in given if given[one] < there[one]}
        given[max(wanted, key=lambda one: (wanted[one], one))] += 1
    return given


def draw(items: Mapping[Stratum, Iterable[int]], size: int, seed: str) -> tuple[Drawn, ...]:
    """The sample, in the order in which it is looked at. The same items, size and seed give the same sample."""
    numbers = {stratum: sorted(set(items.get(stratum, ()))) for stratum in Stratum}
    given = shares({stratum: len(found) for stratum, found in numbers.items()}, size)
    taken = [
        Drawn(number, stratum)
        for stratum, count in given.items()
        for number in sorted(numbers[stratum], key=lambda number: place(seed, number))[:count]
    ]
    return tuple(sorted(taken, key=lambda one: place(seed, one.number)))


@dataclass(frozen=True, slots=True)
class Estimate:
    """A share with the interval that holds it 19 times in 20 (Wilson's score interval)."""

    of: int
    found: int
    low: float
    high: float

    @property
    def share(self) -> float:
        """The share that was seen."""
        return self.found / self.of if self.of else 0.0

    def among(self, number: int) -> tuple[int, int]:
        """The same interval as a number of items among `number` like them."""
        return int(self.low * number), round(self.high * number)


LEAST_TO_SAY = 10
"""Fewer items than this tell nothing that is worth an estimate."""


def estimate(found: int, of: int) -> Estimate | None:
    """What share of all items a sample tells of; None where it is too small to tell (`LEAST_TO_SAY`)."""
    if of < LEAST_TO_SAY:
        return None
    share = found / of
    middle = (share + _Z**2 / (2 * of)) / (1 + _Z**2 / of)
    reach = _Z / (1 + _Z**2 / of) * sqrt(share * (1 - share) / of + _Z**2 / (4 * of**2))
    return Estimate(of, found, max(0.0, middle - reach), min(1.0, middle + reach))


def missed_words(seen: Estimate | None, unflagged: int) -> str:
    """What the sample says of the checks: a sentence that claims no more than the sample holds."""
    if seen is None:
        return f"Too few items without a finding were looked at to say what the checks miss (at least {LEAST_TO_SAY})."
    low, high = seen.among(unflagged)
    looked = f"Of {seen.of:,} items that no check had flagged, people found something in {seen.found:,}."
    reach = f"{low:,} to {high:,}" if low != high else f"{high:,}"
    return f"{looked} So the checks may have missed something in {reach} of {unflagged:,} such items (19 times in 20)."


def by_stratum(items: Sequence[tuple[int, Kind]]) -> dict[Stratum, list[int]]:
    """Items by the part they belong to; kinds that belong to none are left out."""
    found: dict[Stratum, list[int]] = {stratum: [] for stratum in Stratum}
    homes = {kind: stratum for stratum, kinds in KINDS.items() for kind in kinds}
    for number, kind in items:
        if kind in homes:
            found[homes[kind]].append(number)
    return found

"""Which surnames of the register a word may begin: nearly always none, so that nothing further need be compared."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable

from app.domain.checks.slips import is_one_slip, with_a_letter_out

_LONGEST_MEMO = 100_000
_NONE: frozenset[str] = frozenset()


class SurnameIndex:
    """Surnames by how they begin, by their halves, and by what a slip of the pen leaves of them."""

    def __init__(self, surnames: Iterable[tuple[str, Iterable[str]]], shortest_slip: int) -> None:
        """Each surname is a run of letters, given with the parts that may stand for it."""
        every = [(part, whole) for whole, halves in surnames for part in (whole, *halves)]
        self._parts = sorted(set(every))
        self._shortest = shortest_slip
        self._slips: dict[str, set[str]] = {}
        for whole in {whole for _, whole in every if len(whole) >= shortest_slip}:
            for shorter in (whole, *with_a_letter_out(whole)):
                self._slips.setdefault(shorter, set()).add(whole)
        self._memo: dict[str, frozenset[str]] = {}

    def begun_by(self, word: str) -> frozenset[str]:
        """The surnames that may stand where this folded word stands, it being their first or only word.

        What may also end here in an s, and one letter wrong, counts; whoever asks compares the rest.
        """
        known = self._memo.get(word)
        if known is None:
            if len(self._memo) > _LONGEST_MEMO:
                self._memo.clear()
            known = self._memo[word] = self._find(word)
        return known

    def _find(self, word: str) -> frozenset[str]:
        run = word.replace("'", "")
        found = {whole for part, whole in self._from(run) if part.startswith(run)}
        if run.endswith("s"):
            found |= {whole for part, whole in self._from(run[:-1]) if part == run[:-1]}
        base = word.removesuffix("'s").replace("'", "")
        if len(base) >= self._shortest:
            for shorter in (base, *with_a_letter_out(base)):
                found |= {whole for whole in self._slips.get(shorter, ()) if is_one_slip(base, whole)}
        return frozenset(found) if found else _NONE

    def _from(self, start: str) -> Iterable[tuple[str, str]]:
        place = bisect_left(self._parts, (start, ""))
        while place < len(self._parts) and self._parts[place][0].startswith(start):
            yield self._parts[place]
            place += 1

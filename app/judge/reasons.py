"""Which words weighed most: the clause without which the score drops furthest, and within it the most telling words."""

from __future__ import annotations

import re
from functools import cached_property

from app.domain.checks.reading import Reading
from app.judge.encoder import Array
from app.judge.model import Model, Sight
from app.judge.wording import Wording

_CLAUSE_END = re.compile(r"[.!?;:,\n…]|[-–—] |[^\x00-\u2fff]")
_SHORTEST_CLAUSE = 3
_MOST_CLAUSES = 8
_LONGEST_QUOTE = 7


class Telling:
    """Tells which words of one view weighed most, for any mark: the view is scored without each clause once."""

    def __init__(self, model: Model, reading: Reading, wording: Wording, within: tuple[int, int]) -> None:
        """`within` is a range of words that is not empty."""
        self._model, self._wording, self._within = model, wording, within
        self._clauses = _clauses(reading, within)

    def words(self, mark: int) -> tuple[int, int]:
        """The half-open range of words that weighed most for a mark."""
        clause = self._clauses[0]
        if len(self._clauses) > 1:
            clause = self._clauses[int(self._without[:, mark].argmin())]
        return _narrowed(self._model, self._wording, clause, mark)

    @cached_property
    def _without(self) -> Array:
        sights = [sight_of(self._wording, self._within, range(*clause)) for clause in self._clauses]
        return self._model.scores(sights)


def sight_of(wording: Wording, within: tuple[int, int], left_out: range = range(0)) -> Sight:
    """The sight of a range of words, without some of them."""
    return Sight(
        wording.speaker,
        wording.setting,
        wording.plain_text(left_out, within),
        wording.written_text(left_out, within),
    )


def _clauses(reading: Reading, within: tuple[int, int]) -> list[tuple[int, int]]:
    """The range cut where punctuation stands, short clauses joined to the next, a few at most."""
    first, last = within
    cuts = [first]
    for place in range(first + 1, last):
        if place - cuts[-1] >= _SHORTEST_CLAUSE and _CLAUSE_END.search(reading.words.gap(place)):
            cuts.append(place)
    if len(cuts) > 1 and last - cuts[-1] < _SHORTEST_CLAUSE:
        cuts.pop()
    step = -(-len(cuts) // _MOST_CLAUSES)
    cuts = cuts[::step]
    return list(zip(cuts, [*cuts[1:], last], strict=True))


def _narrowed(model: Model, wording: Wording, clause: tuple[int, int], mark: int) -> tuple[int, int]:
    """The run of a few words in a clause whose grams speak loudest for the mark."""
    first, last = clause
    if last - first <= _LONGEST_QUOTE:
        return clause
    runs = [(start, start + _LONGEST_QUOTE) for start in range(first, last - _LONGEST_QUOTE + 1)]
    # Of runs that speak alike the first is told: what differs after four places is the order of adding up.
    return max(runs, key=lambda run: round(float(model.gram_scores(wording.plain_text(within=run))[mark]), 4))

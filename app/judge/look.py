"""One look at an item: what every part of it scores, what that comes to, and which words weighed most."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np

from app.domain.checks.reading import Reading
from app.judge.encoder import Array
from app.judge.model import Model, Sight
from app.judge.reasons import Telling, sight_of
from app.judge.said import ADDED, PLAINLY, STANDS
from app.judge.wording import Wording, opening, plain_of, wording_of

LONGEST_VIEW = 100
"""Words looked at together; a longer text is looked at in overlapping views, and the strongest counts."""
_STEP = 70
_MOST_VIEWS = 12
_PLAINLY = 1.5


class Look:
    """One model's look at an item that holds words. The scores are made when they are first asked for, or are given."""

    def __init__(self, model: Model, reading: Reading) -> None:
        self._model, self._reading = model, reading
        self.views = _views(len(reading.words))
        self._tellings: dict[int, Telling] = {}

    @cached_property
    def wording(self) -> Wording:
        """The item's words, names neutral."""
        return wording_of(self._reading)

    def sights(self) -> list[Sight]:
        """What the model is to score: one sight a view."""
        if len(self.views) == 1 and not self._model.reads_written:
            return [Sight(*opening(self._reading.item), plain_of(self._reading), "")]
        return [sight_of(self.wording, view) for view in self.views]

    @cached_property
    def scores(self) -> Array:
        """What each view scores for each mark."""
        return self._model.scores(self.sights())

    def give(self, scores: Array) -> None:
        """The scores, where somebody had them made together with others'."""
        self.__dict__["scores"] = scores

    @property
    def adds(self) -> bool:
        """Any mark scores so high that it would be added."""
        return bool((self.scores.max(0) >= self._model.bars.add).any())

    def levels(self) -> tuple[int, ...]:
        """What becomes of each mark."""
        best, bars = self.scores.max(0), self._model.bars
        steps = ((best >= bars.keep, STANDS), (best >= bars.add, ADDED), (best >= bars.add + _PLAINLY, PLAINLY))
        return tuple(np.max([reached * level for reached, level in steps], axis=0).tolist())

    def words(self, mark: int) -> tuple[int, int]:
        """The half-open range of words that weighed most for a mark."""
        view = int(self.scores[:, mark].argmax())
        if view not in self._tellings:
            self._tellings[view] = Telling(self._model, self._reading, self.wording, self.views[view])
        return self._tellings[view].words(mark)


def _views(count: int) -> Sequence[tuple[int, int]]:
    if count <= LONGEST_VIEW:
        return [(0, count)]
    starts = range(0, max(1, count - LONGEST_VIEW + _STEP), _STEP)
    return [(start, min(count, start + LONGEST_VIEW)) for start in starts][:_MOST_VIEWS]

"""Words, runs of two and three words, and pieces of words, counted and weighed (TF-IDF, runs and pieces apart)."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable

LONGEST_RUN = 3
SHORTEST_PIECE, LONGEST_PIECE = 2, 5
_LONGEST_WORD = 40


class GramTable:
    """The words, runs and pieces that are known, with how telling each is; turns a plain text into weighed numbers."""

    def __init__(self, runs: Iterable[str], pieces: Iterable[str], rarity: Iterable[float]) -> None:
        self._runs = {gram: number for number, gram in enumerate(runs)}
        self._pieces = {gram: number for number, gram in enumerate(pieces, len(self._runs))}
        self._rarity = [float(value) for value in rarity]
        self._memo: dict[str, tuple[int, ...]] = {}

    def __len__(self) -> int:
        return len(self._rarity)

    def row(self, text: str) -> dict[int, float]:
        """The known grams of a plain text and their weights; the squares of runs and of pieces each add up to one."""
        words = text.split()
        weighed = self._weighed(self._runs[gram] for gram in runs_of(words) if gram in self._runs)
        weighed.update(self._weighed(number for word in words for number in self._pieces_in(word)))
        return weighed

    def _pieces_in(self, word: str) -> tuple[int, ...]:
        known = self._memo.get(word)
        if known is None:
            if len(self._memo) > 50_000:
                self._memo.clear()
            known = tuple(self._pieces[piece] for piece in pieces_of(word) if piece in self._pieces)
            self._memo[word] = known
        return known

    def _weighed(self, numbers: Iterable[int]) -> dict[int, float]:
        raw = {number: (1.0 + math.log(times)) * self._rarity[number] for number, times in Counter(numbers).items()}
        size = math.sqrt(sum(value * value for value in raw.values())) or 1.0
        return {number: value / size for number, value in raw.items()}


def runs_of(words: list[str]) -> list[str]:
    """The words and the runs of two and of three."""
    return [
        " ".join(words[start : start + size])
        for size in range(1, LONGEST_RUN + 1)
        for start in range(len(words) - size + 1)
    ]


def pieces_of(word: str) -> list[str]:
    """The pieces of a word, its ends marked by a space."""
    ended = f" {word[:_LONGEST_WORD]} "
    return [
        ended[start : start + size]
        for size in range(SHORTEST_PIECE, LONGEST_PIECE + 1)
        for start in range(len(ended) - size + 1)
    ]


def learn_table(texts: Iterable[str]) -> tuple[list[str], list[str], list[float]]:
    """The runs in two texts or more, the pieces in three or more, and the rarity of each, runs first."""
    run_count: Counter[str] = Counter()
    piece_count: Counter[str] = Counter()
    total = 0
    for text in texts:
        total += 1
        words = text.split()
        run_count.update(set(runs_of(words)))
        piece_count.update({piece for word in words for piece in pieces_of(word)})
    runs = sorted(gram for gram, count in run_count.items() if count >= 2)
    pieces = sorted(gram for gram, count in piece_count.items() if count >= 3)
    counts = [run_count[gram] for gram in runs] + [piece_count[gram] for gram in pieces]
    return runs, pieces, [math.log((1 + total) / (1 + count)) + 1.0 for count in counts]

"""Finding a name with one letter wrong: added, left out, changed, or two swapped."""

from __future__ import annotations

from collections.abc import Collection, Iterable


def is_one_slip(written: str, meant: str) -> bool:
    """Whether exactly one slip of the pen turns one word into the other."""
    if written == meant or abs(len(written) - len(meant)) > 1:
        return False
    start = 0
    while start < min(len(written), len(meant)) and written[start] == meant[start]:
        start += 1
    left, right = written[start:], meant[start:]
    if len(left) == len(right):
        swapped = left[:2] == right[1::-1] and left[2:] == right[2:]
        return left[1:] == right[1:] or swapped
    return left[1:] == right if len(left) > len(right) else left == right[1:]


class SlipIndex:
    """Names indexed by what is left when a letter is taken out, so that near ones are found by look-up."""

    def __init__(self, names: Iterable[str], taken: Collection[str]) -> None:
        self._taken = taken
        self._index: dict[str, list[str]] = {}
        for name in names:
            for shorter in {name, *with_a_letter_out(name)}:
                self._index.setdefault(shorter, []).append(name)

    def near(self, word: str) -> list[str]:
        """The names that the word misses by one slip; none where the word is a word or a name in its own right."""
        if len(word) < 5 or word in self._taken or not word.isalpha():
            return []
        near: dict[str, None] = {}
        for shorter in (word, *with_a_letter_out(word)):
            for name in self._index.get(shorter, ()):
                if is_one_slip(word, name):
                    near[name] = None
        return list(near)


def with_a_letter_out(word: str) -> list[str]:
    """The word with each of its letters left out in turn."""
    return [word[:place] + word[place + 1 :] for place in range(len(word))]

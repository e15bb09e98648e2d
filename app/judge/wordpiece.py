"""Cutting a text into the encoder's word pieces (BERT's uncased WordPiece), in plain Python."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence

_LONGEST_WORD = 100
_START, _END, _UNKNOWN = "[CLS]", "[SEP]", "[UNK]"


class WordPieces:
    """Cuts texts into word pieces. Remembers the words it has met."""

    def __init__(self, vocabulary: Mapping[str, int]) -> None:
        self._known = vocabulary
        self._memo: dict[str, tuple[int, ...]] = {}

    @classmethod
    def of(cls, pieces: Sequence[str]) -> WordPieces:
        """The pieces numbered as they are listed."""
        return cls({piece: number for number, piece in enumerate(pieces) if piece})

    def cut(self, text: str, most: int) -> list[int]:
        """The numbers of a text's pieces between the marks for start and end, `most` at most."""
        numbers = [self._known[_START]]
        for word in _words(text):
            pieces = self._memo.get(word)
            if pieces is None:
                if len(self._memo) > 50_000:
                    self._memo.clear()
                pieces = self._memo[word] = self._pieces(word)
            numbers += pieces
            if len(numbers) >= most:
                break
        return [*numbers[: most - 1], self._known[_END]]

    def _pieces(self, word: str) -> tuple[int, ...]:
        if len(word) > _LONGEST_WORD:
            return (self._known[_UNKNOWN],)
        found = []
        start = 0
        while start < len(word):
            end = len(word)
            while end > start:
                piece = word[start:end] if start == 0 else f"##{word[start:end]}"
                if piece in self._known:
                    break
                end -= 1
            else:
                return (self._known[_UNKNOWN],)
            found.append(self._known[piece])
            start = end
        return tuple(found)


def _words(text: str) -> list[str]:
    spaced = []
    for character in unicodedata.normalize("NFD", text.lower()):
        kind = unicodedata.category(character)
        if character in "\t\n\r" or kind == "Zs":
            spaced.append(" ")
        elif kind in ("Mn", "Cc", "Cf") or character == "\ufffd":
            continue
        elif kind[0] == "P" or _is_ascii_mark(character) or _is_ideograph(character):
            spaced.append(f" {character} ")
        else:
            spaced.append(character)
    return "".join(spaced).split()


def _is_ascii_mark(character: str) -> bool:
    return character < "\x7f" and not character.isalnum() and character > " "


def _is_ideograph(character: str) -> bool:
    return "\u4e00" <= character <= "\u9fff" or "\u3400" <= character <= "\u4dbf" or "\uf900" <= character <= "\ufaff"

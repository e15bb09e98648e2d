"""The checks made ready for a school: what a process that only checks needs, and nothing of the store."""

from __future__ import annotations

from functools import cache, lru_cache
from zipfile import BadZipFile

from app.domain.checks.engine import Engine
from app.domain.checks.judge import CloseReader, Judge
from app.domain.checks.lexicon import LEXICON_FILES, Lexicons, parse_lexicons
from app.domain.checks.own_words import InForce, OwnWords, in_force
from app.domain.checks.register import Register
from app.domain.problems import Problem
from app.judge import load_close_reader, load_judge, reader_mark
from app.resources import text_of

DAMAGED = (
    "The files that posts and messages are read a second time with are damaged. Everything is still checked by its "
    "words. Install Schoolgate again."
)


@cache
def shipped_lexicons() -> Lexicons:
    """The word lists that the program carries."""
    return parse_lexicons({name: text_of("lexicons", name) for name in LEXICON_FILES})


@cache
def shipped_judge() -> Judge | None:
    """The second stage, by words alone: quick enough for a term's messages at once. None where numpy is absent."""
    return load_judge(encoder=False)


@cache
def close_judge() -> Judge | None:
    """The second stage with the sentence encoder: it sees more, for tens of milliseconds an item."""
    return load_judge()


def close_reader() -> CloseReader | None:
    """Reads new items closely for keeping; None where the sentence encoder is absent. The first time takes a second.

    Raises `Problem` where its files are damaged.
    """
    try:
        return _close_reader() if reader_of_now() else None
    except (OSError, ValueError, KeyError, BadZipFile) as fault:
        raise Problem(DAMAGED) from fault


def reader_of_now() -> str:
    """What tells the close reader of this program from that of another version; empty where there is none."""
    return reader_mark()


@cache
def _close_reader() -> CloseReader | None:
    return load_close_reader()


@lru_cache(maxsize=4)
def _in_force(words: OwnWords) -> InForce:
    return in_force(shipped_lexicons(), words)


def engine_with(register: Register, words: OwnWords, *, closely: bool = False) -> Engine:
    """The checks for a school with these changes to the word lists; `closely` for one item that somebody waits for."""
    judge = close_judge() if closely else shipped_judge()
    if words.is_empty:
        return Engine(register, shipped_lexicons(), judge)
    here = _in_force(words)
    return Engine(register, here.lexicons, here.judge(judge))

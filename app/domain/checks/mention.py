"""A mention: a place in a text where pupils of the register are named, and in what form."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from app.domain.checks.known_names import KnownPupil, Way


class Form(Enum):
    """How much of the name is given."""

    FIRST = "first name"
    INITIAL = "first name and initial"
    FULL = "first name and surname"


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in a text. `first` and `last` are a half-open range of words, `span` one of characters of the text."""

    first: int
    last: int
    span: tuple[int, int]
    form: Form
    pupils: tuple[KnownPupil, ...]
    """Everybody in the school it may mean."""
    key: str
    """The first name as written, folded."""
    way: Way = Way.WHOLE
    possessive: bool = False
    apostrophe: bool = True
    """False where the possessive was written without one."""
    name_end: int = 0
    """The word after the first name."""

"""Building very many small lasting values at once, as a whole school's register is."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Generic, TypeVar

_Text = TypeVar("_Text")
_Value = TypeVar("_Value")


class Remembered(dict[_Text, _Value], Generic[_Text, _Value]):
    """Remembers what a function made of each text, since classes, dates, titles and relationships repeat."""

    def __init__(self, function: Callable[[_Text], _Value]) -> None:
        super().__init__()
        self._function = function

    def __missing__(self, text: _Text) -> _Value:
        value = self[text] = self._function(text)
        return value


@contextmanager
def collector_paused() -> Iterator[None]:
    """Hold the cyclic garbage collector back for a moment of pure building.

    Frozen values refer to each other in one direction only, so there are no cycles to find; searching for them again
    and again while hundreds of thousands of values are made takes as long as making them. What was made is handed over
    as old, so that it is not searched the moment the pause ends either, but with everything else that lasts.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.freeze()
            gc.unfreeze()
            gc.enable()

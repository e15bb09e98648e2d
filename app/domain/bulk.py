"""Building very many small lasting values at once, as a whole school's register is."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collector_paused() -> Iterator[None]:
    """Hold the cyclic garbage collector back for a moment of pure building.

    Frozen values refer to each other in one direction only, so there are no cycles to find; searching for them again
    and again while hundreds of thousands of values are made takes as long as making them.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()

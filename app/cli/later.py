"""A command's function that is read only when its command is given.

What the commands stand on takes a second to read, and most of it is for one or two of them: the desk must not wait.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from app.cli.context import Context


@dataclass(frozen=True, slots=True)
class Later:
    """The function of this name in a module of the command line."""

    module: str
    name: str

    def __call__(self, context: Context) -> int:
        """Carry the command out."""
        return self.function()(context)

    def function(self) -> Callable[[Context], int]:
        """The function itself."""
        return cast("Callable[[Context], int]", getattr(import_module(f"app.cli.{self.module}"), self.name))

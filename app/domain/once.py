"""A value that is worked out when it is first asked for, and then kept with its object."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar, overload

T = TypeVar("T")


class once(Generic[T]):  # noqa: N801  (it stands where `property` would)
    """As `functools.cached_property`, without the lock: that costs more here than most of what it guards.

    For objects that one thread works with, and that have a `__dict__`.
    """

    def __init__(self, work: Callable[[Any], T]) -> None:
        self._work = work
        self._name = work.__name__
        self.__doc__ = work.__doc__

    @overload
    def __get__(self, thing: None, owner: type) -> once[T]: ...

    @overload
    def __get__(self, thing: object, owner: type) -> T: ...

    def __get__(self, thing: object | None, owner: type) -> once[T] | T:
        if thing is None:
            return self
        value = self._work(thing)
        thing.__dict__[self._name] = value
        return value

"""Commands, queries, and the book that says who may do which, under what name it stands in the audit.

A *command* is something a person wants done; a *query* is something a person wants to see. Each is a frozen dataclass
with one handler. Handlers neither commit nor check permission: the office does (see `office.py`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from app.domain.roles import Role
from app.services.unit import Unit, View

R = TypeVar("R")
R_co = TypeVar("R_co", covariant=True)
C = TypeVar("C", bound="Command[Any]")
Q = TypeVar("Q", bound="Query[Any]")


class Command(Generic[R_co]):
    """Something that changes, or looks at something restricted, and leaves a line in the audit."""


class Query(Generic[R_co]):
    """Something that only looks."""


@dataclass(frozen=True, slots=True)
class Action:
    """How a command is carried out: by whom it may be, its verb in the audit, its handler."""

    roles: frozenset[Role]
    verb: str
    handler: Callable[[Any, Unit], Any]


@dataclass(frozen=True, slots=True)
class Answer:
    """How a query is answered, and who may ask it."""

    roles: frozenset[Role]
    handler: Callable[[Any, View], Any]


COMMANDS: dict[type[Command[Any]], Action] = {}
QUERIES: dict[type[Query[Any]], Answer] = {}


def does(
    command: type[C], *, roles: frozenset[Role], verb: str
) -> Callable[[Callable[[C, Unit], R]], Callable[[C, Unit], R]]:
    """Enter the handler of a command. `verb` is `area.past_tense` ("permission.recorded")."""

    def enter(handler: Callable[[C, Unit], R]) -> Callable[[C, Unit], R]:
        if command in COMMANDS:
            raise TypeError(f"{command.__name__} has a handler already")
        COMMANDS[command] = Action(roles, verb, handler)
        return handler

    return enter


def answers(query: type[Q], *, roles: frozenset[Role]) -> Callable[[Callable[[Q, View], R]], Callable[[Q, View], R]]:
    """Enter the handler of a query."""

    def enter(handler: Callable[[Q, View], R]) -> Callable[[Q, View], R]:
        if query in QUERIES:
            raise TypeError(f"{query.__name__} has a handler already")
        QUERIES[query] = Answer(roles, handler)
        return handler

    return enter

"""Nothing is forgotten: every command has its permission, its verb and its refusal."""

from __future__ import annotations

import dataclasses
import importlib
import pkgutil
from collections.abc import Iterable, Mapping
from typing import Any

import pytest
from sqlalchemy import select

import app.services
from app.domain.problems import NotAllowed
from app.domain.roles import Role
from app.domain.verbs import WORDS
from app.services.door import COMMANDS, QUERIES, Action, Answer, Command, Query
from app.store.tables.audit import AuditRow
from tests.conftest import OfficeOf

for _module in pkgutil.iter_modules(app.services.__path__):
    importlib.import_module(f"app.services.{_module.name}")


def names(kinds: Iterable[type[Any]]) -> set[str]:
    """By name: a dataclass with slots is made twice, and the first make lingers among its base's children."""
    return {f"{kind.__module__}.{kind.__qualname__}" for kind in kinds if kind.__module__.startswith("app.")}


def blank(wanted: type[Any]) -> Any:
    """An instance whose values do not matter: a refused role never gets as far as reading them."""
    made = object.__new__(wanted)
    for field in dataclasses.fields(wanted):
        object.__setattr__(made, field.name, None)
    return made


COMMAND_KINDS: list[type[Any]] = sorted(COMMANDS, key=lambda kind: kind.__name__)


def test_every_command_and_query_has_a_handler() -> None:
    assert names(Command.__subclasses__()) == names(COMMANDS)
    assert names(Query.__subclasses__()) == names(QUERIES)


@pytest.mark.parametrize("command", COMMAND_KINDS, ids=[kind.__name__ for kind in COMMAND_KINDS])
def test_a_command_is_frozen_and_says_what_it_is(command: type[Any]) -> None:
    assert command.__dataclass_params__.frozen
    assert command.__doc__
    assert COMMANDS[command].roles, "unknown means no, but somebody must be able to do it"
    assert COMMANDS[command].verb in WORDS


def wrong_roles(book: Mapping[type[Any], Action | Answer]) -> list[Any]:
    """Every pair of something and a role that it is not for."""
    return [
        pytest.param(kind, role, id=f"{kind.__name__}-{role}")
        for kind in sorted(book, key=lambda kind: kind.__name__)
        for role in Role
        if role not in book[kind].roles
    ]


@pytest.mark.parametrize(("command", "role"), wrong_roles(COMMANDS))
def test_a_wrong_role_is_refused_at_the_door_with_an_audit_row(
    command: type[Any], role: Role, office_of: OfficeOf
) -> None:
    office = office_of(role)
    with pytest.raises(NotAllowed):
        office.perform(blank(command))
    with office.database.reading() as session:
        rows = session.execute(select(AuditRow.verb, AuditRow.outcome, AuditRow.actor_role)).all()
    assert [tuple(row) for row in rows] == [(COMMANDS[command].verb, "refused", role)]


@pytest.mark.parametrize(("query", "role"), wrong_roles(QUERIES))
def test_a_wrong_role_cannot_look_either(query: type[Any], role: Role, office_of: OfficeOf) -> None:
    office = office_of(role)
    with pytest.raises(NotAllowed):
        office.ask(blank(query))
    with office.database.reading() as session:
        rows = session.execute(select(AuditRow.verb, AuditRow.outcome)).all()
    assert [tuple(row) for row in rows] == [(f"asked.{query.__name__}", "refused")]

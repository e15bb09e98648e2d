"""Families before they have ids: those of the cast, who are always there, and those drawn at random."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from app.resources import text_of


@dataclass(frozen=True, slots=True)
class ChildPlan:
    """A child of a family: the names, the year ("N2", "R", "1" to "6"), when it came or went."""

    first: str
    last: str
    sex: str
    year: str
    preferred: str | None = None
    joined: date | None = None
    left: date | None = None
    temporary_upn: bool = False


@dataclass(frozen=True, slots=True)
class AdultPlan:
    """An adult of a family. `link` says how they come to stand on the service, None leaves it to chance.

    It is linked, invited, suspended, removed, waiting, rejected or none (no code was ever given).
    """

    title: str
    first: str
    last: str
    relationship: str
    responsibility: bool | None = True
    home: int = 0
    language: str = "en"
    link: str | None = None
    exception: str | None = None
    contact: str = "open"
    order_date: date | None = None


@dataclass(frozen=True, slots=True)
class FamilyPlan:
    """A family: children, adults in contact order, how permission stands by kind of media, care facts if any."""

    children: tuple[ChildPlan, ...]
    adults: tuple[AdultPlan, ...]
    permissions: tuple[tuple[str, str], ...]
    care: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class NameGroup:
    """The names that one part of the town gives its children, and the languages it reads."""

    id: str
    share: int
    languages: tuple[str, ...]
    girls: tuple[str, ...]
    boys: tuple[str, ...]
    women: tuple[str, ...]
    men: tuple[str, ...]
    elders: tuple[str, ...]
    surnames: tuple[str, ...]
    feminine: str

    def surname_for(self, surname: str, sex: str) -> str:
        """The surname as a girl or woman bears it, where the language has a form of its own."""
        return surname + self.feminine if sex == "F" else surname


@cache
def name_groups() -> tuple[NameGroup, ...]:
    """The groups of names that ship with the program."""
    return tuple(
        NameGroup(
            id=said["id"],
            share=said["share"],
            languages=tuple(said["languages"]),
            girls=tuple(said["girls"]),
            boys=tuple(said["boys"]),
            women=tuple(said["women"]),
            men=tuple(said["men"]),
            elders=tuple(said["elders"]),
            surnames=tuple(said["surnames"]),
            feminine=said.get("feminine", ""),
        )
        for said in tomllib.loads(text_of("demo", "names.toml"))["groups"]
    )


KINDS = ("photograph", "recording", "work_sample")


def cast_families() -> tuple[FamilyPlan, ...]:
    """The families who are in the sample school whatever its seed."""
    return tuple(_family(said) for said in tomllib.loads(text_of("demo", "cast.toml"))["families"])


def cast_requests() -> tuple[Mapping[str, Any], ...]:
    """Requests of strangers to be joined to a child of the cast."""
    return tuple(tomllib.loads(text_of("demo", "cast.toml")).get("requests", ()))


def _family(said: Mapping[str, Any]) -> FamilyPlan:
    permissions = said.get("permissions", "given")
    by_kind = permissions if isinstance(permissions, Mapping) else dict.fromkeys(KINDS, permissions)
    return FamilyPlan(
        children=tuple(_child(child, said["surname"]) for child in said["children"]),
        adults=tuple(_adult(adult) for adult in said["adults"]),
        permissions=tuple((kind, str(by_kind[kind])) for kind in KINDS),
        care=said.get("care"),
    )


def _child(said: Mapping[str, Any], surname: str) -> ChildPlan:
    return ChildPlan(
        first=said["first"],
        last=said.get("last", surname),
        sex=said["sex"],
        year=said["year"],
        preferred=said.get("preferred"),
        joined=said.get("joined"),
        left=said.get("left"),
        temporary_upn=said.get("temporary", False),
    )


def _adult(said: Mapping[str, Any]) -> AdultPlan:
    title, first, last = said["name"]
    return AdultPlan(
        title=title,
        first=first,
        last=last,
        relationship=said["as"],
        responsibility=said.get("responsibility", True),
        home=said.get("home", 0),
        language=said.get("language", "en"),
        link=said.get("link"),
        exception=said.get("exception"),
        contact=said.get("contact", "open"),
        order_date=said.get("order_date"),
    )

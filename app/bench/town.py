"""An invented town for measurements: pupils and guardians of any number, and what people write about them.

Everything comes from the sample school's stock of names and texts and a seed, so that both sides of a race, and two
runs on different machines, work on the same.
"""

from __future__ import annotations

import random
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache

from app.domain.checks.register import (
    ClassEntry,
    GuardianEntry,
    LinkState,
    PermissionState,
    PupilEntry,
    Register,
    SchoolEntry,
    StaffEntry,
)
from app.domain.content import Author, AuthorRole, Item, Kind, Media
from app.domain.upn import check_letter
from app.resources import text_of

_CLASS_SIZE = 30
_SYLLABLES = (
    "ba be bri ca co da del el fa fin ga han il jo ka lan le ma mer na no or pa quin ra ro sa ste ta tor va wen"
)
_SLOT = re.compile(r"\{(\w+)(?:\.(\w+))?\}")
_FIRST_DAY = datetime(2026, 8, 31, 8, 0, tzinfo=UTC)
"""A Monday."""


@dataclass(frozen=True, slots=True)
class Child:
    """One invented pupil, with two guardians."""

    number: int
    first: str
    last: str
    born: date
    upn: str
    class_name: str
    year: str
    guardians: tuple[tuple[str, str, str], ...]
    """First name, surname, e-mail address."""
    postcode: str


@cache
def children(count: int, seed: int = 1) -> tuple[Child, ...]:
    """So many children, in classes of thirty, with two guardians each. Names recur as they do in life."""
    chance = random.Random(seed)
    firsts, adults, surnames = _names(count, chance)
    found = []
    for number in range(count):
        last = chance.choice(surnames)
        year = number // _CLASS_SIZE % 7
        shared = chance.random() < 0.7
        guardians = tuple(
            (chance.choice(adults), last if shared else chance.choice(surnames), f"family{number}.{place}@home.example")
            for place in range(2)
        )
        found.append(
            Child(
                number,
                chance.choice(firsts),
                last,
                date(2021 - year, 9, 1) - timedelta(days=chance.randrange(365)),
                _upn(number),
                f"{'R' if year == 0 else year}-{number // _CLASS_SIZE + 1}",
                "R" if year == 0 else str(year),
                guardians,
                f"S{number % 90 + 10} {number % 9}AA",
            )
        )
    return tuple(found)


def _upn(number: int) -> str:
    body = f"3722038{20 + number // 1000:02}{number % 1000:03}"[:12]
    return f"{check_letter(body)}{body}"


def _names(count: int, chance: random.Random) -> tuple[list[str], list[str], list[str]]:
    """First names, adults' first names, surnames: the sample school's, and as many made up as make a town's variety."""
    groups = tomllib.loads(text_of("demo", "names.toml"))["groups"]
    firsts = [name for group in groups for name in (*group["girls"], *group["boys"])]
    adults = [name for group in groups for name in (*group["women"], *group["men"])]
    surnames = [name for group in groups for name in group["surnames"]]
    parts = _SYLLABLES.split()
    while len(surnames) < min(count, 900):
        surnames.append("".join(chance.choices(parts, k=chance.choice((2, 3)))).capitalize())
    while len(firsts) < min(count, 500):
        firsts.append("".join(chance.choices(parts, k=chance.choice((2, 3)))).capitalize())
    return firsts, adults, surnames


def register(count: int, seed: int = 1) -> Register:
    """The town as the checks see it: one pupil in five lacks a permission, one in fifty may not be pictured."""
    chance = random.Random(seed + 1)
    names = sorted({child.class_name for child in children(count, seed)})
    classes = {name: f"c{place + 1}" for place, name in enumerate(names)}
    kinds = ("photograph", "recording", "work_sample")
    pupils = tuple(
        PupilEntry(
            f"p{child.number + 1}",
            child.first,
            child.last,
            classes[child.class_name],
            permissions={
                kind: PermissionState.GIVEN if chance.random() < 0.8 else PermissionState.UNDECIDED for kind in kinds
            },
            in_care=chance.random() < 0.02,
        )
        for child in children(count, seed)
    )
    guardians = tuple(
        GuardianEntry(
            f"g{2 * child.number + place + 1}",
            f"{first} {last}",
            (f"p{child.number + 1}",),
            LinkState.LINKED if chance.random() < 0.9 else LinkState.INVITED,
        )
        for child in children(count, seed)
        for place, (first, last, _) in enumerate(child.guardians)
    )
    staff = tuple(StaffEntry(f"s{place + 1}", f"Mrs Teacher{name}") for place, name in enumerate(names))
    return Register(
        SchoolEntry("Benchmark Primary School", "01632 960100", "office@benchmark.example", "S10 1AA"),
        tuple(ClassEntry(id_, name) for name, id_ in classes.items()),
        staff,
        pupils,
        guardians,
    )


_FILES = {
    "posts_any": Kind.CLASS_STORY, "posts_early": Kind.CLASS_STORY, "posts_middle": Kind.CLASS_STORY,
    "posts_upper": Kind.CLASS_STORY, "flagged_staff": Kind.CLASS_STORY, "school_stories": Kind.SCHOOL_STORY,
    "comments": Kind.COMMENT, "portfolio": Kind.PORTFOLIO, "talks": Kind.MESSAGE, "office": Kind.MESSAGE,
    "notes": Kind.MESSAGE, "flagged_families": Kind.MESSAGE,
}  # fmt: skip
_BY_FAMILIES = frozenset(("comments", "office", "flagged_families"))


@cache
def _stock() -> tuple[tuple[str, str, bool], ...]:
    """Every text of the sample school: the file it stands in, its words, whether a family says it."""
    found: list[tuple[str, str, bool]] = []
    for name in _FILES:
        for groups in tomllib.loads(text_of("demo", f"{name}.toml")).values():
            for group in groups if isinstance(groups, list) else []:
                found += [(name, text, name in _BY_FAMILIES) for text in group.get("texts", ())]
                for turns in group.get("turns", ()):
                    talk = _FILES[name] is Kind.MESSAGE
                    found += [(name, text, talk and place % 2 == 0) for place, text in enumerate(turns)]
    return tuple(found)


_PLAIN = {
    "he": "she", "his": "her", "him": "her", "teacher": "Mrs Okonedo", "miss": "miss", "me": "Joanne",
    "parent": "Mrs Marsh", "class": "Willow", "library": "Tuesday", "swim": "Friday", "pe": "Monday",
    "forest": "Wednesday", "homework": "Thursday", "spell": "Friday", "street": "Mill Lane", "postcode": "S10 2ZZ",
    "mobile": "07700 900123", "email": "jo@home.example",
}  # fmt: skip


def messages(count: int, pupils: int, seed: int = 1) -> Iterator[Item]:
    """So many posts, comments and messages over a school year, one at a time: as many as anybody likes, none kept."""
    chance = random.Random(seed + 2)
    stock = _stock()
    everybody = children(pupils, seed)
    classes = {name: f"c{place + 1}" for place, name in enumerate(sorted({child.class_name for child in everybody}))}
    for number in range(count):
        file, text, by_family = stock[chance.randrange(len(stock))]
        child = everybody[chance.randrange(pupils)]
        said = _SLOT.sub(lambda found, child=child: _put(found, child, everybody, chance), text)  # type: ignore[misc]
        yield _item(number, _FILES[file], said, by_family, child, classes[child.class_name], chance)


def _item(
    number: int, kind: Kind, said: str, by_family: bool, child: Child, class_id: str, chance: random.Random
) -> Item:
    guardian = f"g{2 * child.number + 1}"
    shows = kind in (Kind.CLASS_STORY, Kind.PORTFOLIO) and chance.random() < 0.5
    media = (chance.choice(tuple(Media)),) if shows else ()
    day, minute = number // 60 % 270, 5 + chance.randrange(500 if chance.random() < 0.95 else 900)
    return Item(
        str(number + 1),
        kind,
        None if kind is Kind.SCHOOL_STORY else class_id,
        Author(AuthorRole.PARENT, guardian) if by_family else Author(AuthorRole.STAFF, f"s{class_id[1:]}"),
        _FIRST_DAY + timedelta(days=day // 5 * 7 + day % 5, minutes=minute),
        said,
        media,
        (f"p{child.number + 1}",) if media and chance.random() < 0.5 else (),
        () if by_family or kind not in (Kind.MESSAGE, Kind.PORTFOLIO) else (guardian,),
    )


def _put(found: re.Match[str], child: Child, everybody: tuple[Child, ...], chance: random.Random) -> str:
    name, form = found[1], found[2]
    if name not in "abcd":
        return _PLAIN.get(name, name)
    pupil = child if name == "a" else everybody[chance.randrange(len(everybody))]
    forms = {
        "full": f"{pupil.first} {pupil.last}",
        "comma": f"{pupil.last}, {pupil.first}",
        "caps": f"{pupil.first} {pupil.last}".upper(),
        "hash": f"{pupil.first}{pupil.last}",
        "init": f"{pupil.first} {pupil.last[0]}",
        "dot": f"{pupil.first} {pupil.last[0]}.",
        "class": pupil.class_name,
    }
    return forms.get(form or "", _PLAIN.get(form or "", pupil.first))

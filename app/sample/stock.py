"""The stock of texts that ships with the program: what people write in a primary school, with slots for names."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from app.domain.content import Media
from app.resources import text_of

_ALWAYS = (date(2026, 9, 1), date(2026, 12, 31))
_SETTINGS = frozenset({"texts", "turns", "about", "years", "from", "to", "media", "expect"})


@dataclass(frozen=True, slots=True)
class Text:
    """One text, or the turns of one conversation, and where it fits.

    `turns` holds a single text for everything that is no conversation. `years` empty means every year. `traits` are
    the settings that only one kind of text has ("eal", "by", "pick", "link", "at").
    """

    key: str
    turns: tuple[str, ...]
    about: tuple[str, ...]
    years: tuple[str, ...]
    starts: date
    ends: date
    media: tuple[Media, ...]
    expect: tuple[tuple[str, tuple[str, ...]], ...]
    traits: Mapping[str, Any]

    @property
    def words(self) -> str:
        """The first turn: the whole text where it is no conversation."""
        return self.turns[0]

    def fits(self, year: str | None, on: date) -> bool:
        """Whether a class of that year could see it on that day; None asks for no year in particular."""
        return (not self.years or year is None or year in self.years) and self.starts <= on <= self.ends

    def trait(self, name: str, default: Any = None) -> Any:
        """A setting that only some texts have."""
        return self.traits.get(name, default)


@cache
def texts(section: str, *files: str) -> tuple[Text, ...]:
    """Every text of one section ("posts", "talks") in these files of the stock, in order."""
    found: list[Text] = []
    for name in files:
        groups = tomllib.loads(text_of("demo", f"{name}.toml")).get(section, [])
        for number, group in enumerate(groups):
            found += _group(f"{name}/{section}/{number}", group)
    return tuple(found)


def _group(key: str, group: Mapping[str, Any]) -> list[Text]:
    about = group.get("about", ())
    starts, ends = group.get("from", _ALWAYS[0]), group.get("to", _ALWAYS[1])
    spoken = [(text,) for text in group.get("texts", ())] + [tuple(turns) for turns in group.get("turns", ())]
    return [
        Text(
            key=f"{key}/{place}",
            turns=turns,
            about=(about,) if isinstance(about, str) else tuple(about),
            years=tuple(group.get("years", ())),
            starts=starts,
            ends=ends,
            media=tuple(Media(kind) for kind in group.get("media", ())),
            expect=tuple((check, tuple(topics)) for check, topics in group.get("expect", {}).items()),
            traits={name: value for name, value in group.items() if name not in _SETTINGS},
        )
        for place, turns in enumerate(spoken)
    ]


@cache
def ways() -> tuple[tuple[str, tuple[tuple[str, int], ...]], ...]:
    """The School Ways of the sample school, each with its skills and what they are worth."""
    said = tomllib.loads(text_of("demo", "points.toml"))["ways"]
    return tuple((way["name"], tuple((name, weight) for name, weight in way["skills"])) for way in said)


@cache
def suggestions() -> tuple[tuple[str, str, str], ...]:
    """What a senior leader might say of a finding: (check, verdict, reason)."""
    said = tomllib.loads(text_of("demo", "verdicts.toml"))["suggestions"]
    return tuple((group["check"], verdict, reason) for group in said for verdict, reason in group["reasons"])

"""Filling the slots of a text, and remembering whom it then names and how."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from app.domain.naming import permitted_name
from app.sample.shapes import Pupil
from app.sample.world import World

_SLOT = re.compile(r"\{(\w+)(?:\.(\w+))?\}")
_PUPIL_SLOTS = frozenset("abcd")
_PRONOUNS = {"F": {"he": "she", "his": "her", "him": "her"}, "M": {"he": "he", "his": "his", "him": "him"}}
_WITH_SURNAME = frozenset({"full", "comma", "caps", "hash"})
_WITH_INITIAL = frozenset({"init", "dot"})


@dataclass(frozen=True, slots=True)
class Mention:
    """A pupil named in a text: by surname ("full", "comma", "caps", "hash"), by initial, or by first name alone."""

    pupil: str
    surname: bool
    initial: bool


@dataclass(frozen=True, slots=True)
class Phrase:
    """A text with its slots filled, and the pupils it names."""

    text: str
    mentions: tuple[Mention, ...]


def pupil_slots(text: str) -> tuple[str, ...]:
    """The letters of the pupils that a text needs, in order."""
    return tuple(sorted({found[1] for found in _SLOT.finditer(text) if found[1] in _PUPIL_SLOTS}))


def needs_first_pupil(text: str) -> bool:
    """Whether a text speaks of its first pupil, by name or as he, his or him."""
    return any(found[1] in {"a", "he", "his", "him"} for found in _SLOT.finditer(text))


def fill(text: str, pupils: Mapping[str, Pupil], words: Mapping[str, str], world: World, *, in_public: bool) -> Phrase:
    """The text with names and words in its slots.

    In public, staff write the name that the policy permits ("Oliver B" beside another Oliver, T8); elsewhere people
    write the name that the child goes by. Raises KeyError for a slot that nothing fills.
    """
    mentions: list[Mention] = []

    def put(found: re.Match[str]) -> str:
        name, form = found[1], found[2]
        if name in _PRONOUNS["F"]:
            said = _PRONOUNS[pupils["a"].sex][name]
            return said.capitalize() if form == "cap" else said
        if name not in _PUPIL_SLOTS:
            return words[name]
        pupil = pupils[name]
        if form in _PRONOUNS["F"]:
            return _PRONOUNS[pupil.sex][form]
        if form == "class":
            return world.classes[pupil.class_id].name
        said, mention = _named(pupil, form, world, in_public)
        mentions.append(mention)
        return said

    return Phrase(_SLOT.sub(put, text), tuple(mentions))


def _named(pupil: Pupil, form: str | None, world: World, in_public: bool) -> tuple[str, Mention]:
    entry = world.entries.get(pupil.id)
    called = pupil.called
    permitted = permitted_name(entry, world.entries.values()) if entry is not None and in_public else called
    initial = next(letter for letter in pupil.last if letter.isalpha()).upper()
    said = {
        None: permitted,
        "first": called,
        "full": f"{called} {pupil.last}",
        "comma": f"{pupil.last}, {called}",
        "caps": f"{called} {pupil.last}".upper(),
        "hash": "".join(sign for sign in f"{called}{pupil.last}" if sign.isalpha()),
        "init": f"{called} {initial}",
        "dot": f"{called} {initial}.",
    }[form]
    by_initial = form in _WITH_INITIAL or (form is None and permitted != called)
    return said, Mention(pupil.id, form in _WITH_SURNAME, by_initial)

"""Whom a name means: a first name fits the class's pupils first, or those whom the item is about."""

from __future__ import annotations

from collections.abc import Iterable

from app.domain.checks.known_names import KnownPupil
from app.domain.checks.mention import Mention
from app.domain.checks.reading import Reading
from app.domain.content import Kind

_ABOUT_SOMEBODY = frozenset({Kind.SCHOOL_STORY, Kind.MESSAGE, Kind.PORTFOLIO})


def meant(reading: Reading, mention: Mention) -> tuple[KnownPupil, ...]:
    """The pupils whom a mention means: several where nothing tells them apart, for any of them may be meant."""
    pupils = mention.pupils
    if len(pupils) < 2:
        return pupils
    pupils = _of_class_beside(reading, mention) or pupils
    tagged = _among(pupils, reading.item.tagged)
    if tagged:
        return tagged
    if reading.item.kind in _ABOUT_SOMEBODY:
        return _among(pupils, reading.nearest) or pupils
    if reading.item.class_id is None:
        return pupils
    return tuple(pupil for pupil in pupils if pupil.entry.class_id == reading.item.class_id) or pupils


def _among(pupils: Iterable[KnownPupil], ids: Iterable[str]) -> tuple[KnownPupil, ...]:
    wanted = frozenset(ids)
    return tuple(pupil for pupil in pupils if pupil.entry.id in wanted)


def _of_class_beside(reading: Reading, mention: Mention) -> tuple[KnownPupil, ...]:
    """The pupils of the class that is named just after the name: "Holly (Willow)", "Holly from Willow"."""
    words, place = reading.words, mention.last
    if place + 1 < len(words) and words.words[place] in ("from", "in") and words.gap(place) == " ":
        named = words.words[place + 1]
    elif place < len(words) and words.gap(place).strip(" ").startswith("("):
        named = words.words[place]
    else:
        return ()
    classes = {id_ for id_, parts in reading.school.class_words.items() if named in parts}
    return tuple(pupil for pupil in mention.pupils if pupil.entry.class_id in classes)

"""What the checks must find in an item that the sample school wrote, worked out from what was put into it.

This is a second, independent reading of the rules on names, permissions, hours, authors and points: it knows whom a
text names because it filled the slots, and never looks at the words.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from app.domain.checks.register import LinkState, PupilEntry
from app.domain.content import AuthorRole, Item, Kind, Media
from app.domain.naming import borne_names, known_as, name_key, namesakes
from app.domain.permissions import MediaKind
from app.sample.phrasing import Mention
from app.sample.world import World

_KIND_OF = {Media.PHOTO: MediaKind.PHOTOGRAPH, Media.VIDEO: MediaKind.RECORDING, Media.WORK: MediaKind.WORK_SAMPLE}

Expect = tuple[tuple[str, tuple[str, ...]], ...]


def expected(item: Item, mentions: Sequence[Mention], planted: Expect, world: World) -> Expect:
    """Every check that must fire on an item: what was planted in its words, and what follows from the rest."""
    found: dict[str, list[str]] = {check: list(topics) for check, topics in planted}
    if item.author.role is AuthorRole.STAFF:
        _put(found, "surname", [mention.pupil for mention in mentions if mention.surname])
        _put(found, "initial", [m.pupil for m in mentions if m.initial and not _has_namesake(m.pupil, world)])
        _put(found, "no-permission", _without_permission(item, mentions, world))
    for check in _from_circumstances(item, world):
        found.setdefault(check, [])
    return tuple((check, tuple(dict.fromkeys(details))) for check, details in found.items())


def _put(found: dict[str, list[str]], check: str, pupils: list[str]) -> None:
    if pupils:
        found[check] = pupils


def _has_namesake(pupil: str, world: World) -> bool:
    return bool(namesakes(world.entries[pupil], world.entries.values()))


def _from_circumstances(item: Item, world: World) -> Iterable[str]:
    talk = item.kind in (Kind.MESSAGE, Kind.COMMENT)
    role, author = item.author.role, item.author.id
    if talk and role is AuthorRole.STAFF and item.sent_at is not None and not world.calendar.is_inside(item.sent_at):
        yield "hours"
    if talk and role is AuthorRole.PUPIL:
        yield "pupil-author"
    if talk and role in (AuthorRole.PARENT, AuthorRole.UNKNOWN):
        state = world.link_states.get(author) if author else None
        if state is not LinkState.LINKED:
            yield "outsider"
    if item.value is not None and item.value < 0:
        yield "points-removed"


def _without_permission(item: Item, mentions: Sequence[Mention], world: World) -> list[str]:
    kinds = {_KIND_OF[media] for media in item.media}
    if not kinds or item.kind is Kind.POINTS:
        return []
    shown = dict.fromkeys(item.tagged)
    for mention in mentions:
        shown |= dict.fromkeys(_meant(mention, item, world))
    own = _own_only(item, world)
    return [pupil for pupil in shown if pupil not in own and not all(world.permitted(pupil, kind) for kind in kinds)]


def _meant(mention: Mention, item: Item, world: World) -> list[str]:
    """Everybody whom a name fits, from the nearest circle that has anybody of it."""
    named = world.entries[mention.pupil]
    if mention.surname:
        return [named.id]
    bearers = [entry for entry in world.entries.values() if name_key(known_as(named)) in borne_names(entry)]
    if mention.initial:
        bearers = [entry for entry in bearers if entry.last[0] == named.last[0]]
    near = [entry for entry in bearers if _is_near(entry, item, world)]
    circle = [entry.id for entry in near or bearers]
    tagged = [pupil for pupil in circle if pupil in item.tagged]
    return tagged or circle


def _is_near(entry: PupilEntry, item: Item, world: World) -> bool:
    if item.class_id is not None and item.kind in (Kind.CLASS_STORY, Kind.COMMENT):
        return entry.class_id == item.class_id
    return entry.id in item.tagged or any(
        entry.id == child.id for guardian in item.to for child in world.children_of(guardian)
    )


def _own_only(item: Item, world: World) -> set[str]:
    """The pupils to whose own guardians, and nobody else, a message or a portfolio entry went."""
    if item.kind not in (Kind.MESSAGE, Kind.PORTFOLIO) or not item.to:
        return set()
    circles = [{child.id for child in world.children_of(guardian)} for guardian in item.to]
    return set.intersection(*circles)

"""A small invented school to check items against, and short ways to write an item and to read what was found."""

from __future__ import annotations

from datetime import datetime
from functools import cache

from app.domain.checks.engine import Engine
from app.domain.checks.finding import Check, Finding
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
from app.services.checking import shipped_lexicons

GIVEN = dict.fromkeys(("photograph", "recording", "work_sample"), PermissionState.GIVEN)
REFUSED = dict.fromkeys(GIVEN, PermissionState.REFUSED)
STAFF = Author(AuthorRole.STAFF, "s1")
PARENT = Author(AuthorRole.PARENT, "g-freya")
_NAMES = (
    # id, first, last, class, preferred
    ("freya", "Freya", "Ashdown", "c1", None),
    ("tobias", "Tobias", "Quill", "c1", "Toby"),
    ("isla-g", "Isla", "Garrick", "c1", None),
    ("isla-p", "Isla", "Penhale", "c1", None),
    ("bronagh", "Bronagh", "O'Neill", "c1", None),
    ("elsie", "Elsie-Mae", "Thorne-Smith", "c1", None),
    ("zoe", "Zoë", "Wren", "c2", None),
    ("lukasz", "Łukasz", "Górski", "c2", None),
    ("hope", "Hope", "Marlow", "c2", None),
    ("will", "Will", "Tanner", "c2", None),
    ("poppy", "Poppy", "Day", "c2", None),
    ("robin", "Robin", "Field", "c2", None),
    ("grace", "Grace", "Bell", "c2", None),
    ("may", "May", "Oduya", "c2", None),
    ("jasmine", "Jasmine", "de la Cruz", "c2", None),
    ("summer", "Summer", "Holt", "c2", None),
    ("leo", "Leo", "Marsh", "c3", None),
    ("amelia", "Amelia", "Booth", "c3", None),
    ("tyler", "Tyler", "Kemp", "c3", None),
    ("jack", "Jack", "Pike", "c3", None),
    ("isla-b", "Isla", "Brand", "c3", None),
    ("rowan", "Rowan", "Lister", "c3", None),
    ("christopher", "Christopher", "Hargreaves", "c3", None),
    ("james", "James", "Davis", "c3", None),
)


def pupil(key: str, **changes: object) -> PupilEntry:
    """One of the school's pupils, with some of its fields changed."""
    row = next(row for row in _NAMES if row[0] == key)
    fields: dict[str, object] = {
        "id": row[0],
        "first": row[1],
        "last": row[2],
        "class_id": row[3],
        "preferred": row[4],
        "permissions": dict(GIVEN),
    }
    return PupilEntry(**(fields | changes))  # type: ignore[arg-type]


def register(*changed: PupilEntry) -> Register:
    """The school's register, some pupils replaced by others of the same id."""
    replaced = {entry.id: entry for entry in changed}
    return Register(
        school=SchoolEntry(
            name="Larkrise Primary School",
            phone="01632 960214",
            email="office@larkrise.example",
            postcode="LS99 4QD",
        ),
        classes=(ClassEntry("c1", "Heron", "1"), ClassEntry("c2", "Otter", "3"), ClassEntry("c3", "Rowan", "5")),
        staff=(StaffEntry("s1", "Mrs Whitlow", "teacher", ("c1",)), StaffEntry("s2", "Mr Marsh", "teacher", ("c3",))),
        pupils=tuple(replaced.get(row[0], pupil(row[0])) for row in _NAMES),
        guardians=(
            GuardianEntry("g-freya", "Dana Ashdown", ("freya",), LinkState.LINKED),
            GuardianEntry("g-toby", "Ruth Quill", ("tobias",), LinkState.LINKED),
            GuardianEntry("g-both", "Sam Tanner", ("will", "robin"), LinkState.LINKED),
            GuardianEntry("g-isla", "Morag Garrick", ("isla-g",), LinkState.LINKED),
            GuardianEntry("g-invited", "Pat Bell", ("grace",), LinkState.INVITED),
            GuardianEntry("g-suspended", "Lee Marsh", ("leo",), LinkState.SUSPENDED),
            GuardianEntry("g-removed", "Jo Kemp", ("tyler",), LinkState.REMOVED),
        ),
    )


@cache
def usual_engine() -> Engine:
    """The engine of the unchanged school; built once."""
    return Engine(register(), shipped_lexicons())


def engine_for(*changed: PupilEntry) -> Engine:
    """An engine for the school with some pupils changed."""
    return Engine(register(*changed), shipped_lexicons()) if changed else usual_engine()


def item(
    text: str = "",
    kind: Kind = Kind.CLASS_STORY,
    author: Author = STAFF,
    class_id: str | None = "c1",
    media: tuple[Media, ...] = (),
    tagged: tuple[str, ...] = (),
    to: tuple[str, ...] = (),
    sent: str | None = "2026-10-06T10:00:00+01:00",
    value: float | None = None,
) -> Item:
    """An item, by default a class story by staff at ten on a Tuesday in term."""
    sent_at = None if sent is None else datetime.fromisoformat(sent)
    return Item("i1", kind, class_id, author, sent_at, text, media, tagged, to, value)


def by_parent(text: str, kind: Kind = Kind.MESSAGE, **more: object) -> Item:
    """A message or comment by a linked guardian."""
    return item(text, kind, PARENT, to=("s1",) if kind is Kind.MESSAGE else (), **more)  # type: ignore[arg-type]


def findings(entry: Item, check: Check, engine: Engine | None = None) -> list[Finding]:
    """What one check has to say about an item."""
    return [finding for finding in (engine or usual_engine()).check(entry) if finding.check is check]


def pupils_found(entry: Item, check: Check, engine: Engine | None = None) -> set[str]:
    """The pupils that one check names in an item."""
    return {pupil_id for finding in findings(entry, check, engine) for pupil_id in finding.pupils}


def fires(entry: Item, check: Check, engine: Engine | None = None) -> bool:
    """Whether a check has anything to say about an item."""
    return bool(findings(entry, check, engine))

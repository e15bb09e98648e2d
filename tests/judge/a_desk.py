"""A small invented school for the judge's tests, and a short way to write an item."""

from __future__ import annotations

from app.domain.checks.register import ClassEntry, GuardianEntry, PupilEntry, Register, SchoolEntry, StaffEntry
from app.domain.content import Author, AuthorRole, Item, Kind


def register() -> Register:
    """Two pupils, a teacher and a guardian."""
    return Register(
        school=SchoolEntry("Little Marsh Primary"),
        classes=(ClassEntry("c1", "Linnets", "3"),),
        staff=(StaffEntry("s1", "Mrs Oakes", classes=("c1",)),),
        pupils=(
            PupilEntry("p1", "Freya", "Ashdown", "c1"),
            PupilEntry("p2", "Tobias", "Quill", "c1"),
        ),
        guardians=(GuardianEntry("g1", "Dana Ashdown", ("p1",)),),
    )


def an_item(text: str, kind: Kind = Kind.MESSAGE, role: AuthorRole = AuthorRole.PARENT) -> Item:
    """An item by the guardian, unless another role is given."""
    writer = {AuthorRole.PARENT: "g1", AuthorRole.STAFF: "s1", AuthorRole.PUPIL: "p1"}.get(role)
    return Item("i1", kind, "c1", Author(role, writer), None, text, to=("s1",))

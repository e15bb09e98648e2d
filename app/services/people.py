"""Who is who: rows by the words that files use for people."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.roles import EVERYONE
from app.services.door import Query, answers
from app.services.unit import View
from app.store.reads.people import Directory, directory


@dataclass(frozen=True, slots=True)
class Found:
    """Row ids by name, e-mail address, UPN or the source's own id, folded; a word that fits two people fits nobody."""

    classes: dict[str, int]
    staff: dict[str, int]
    guardians: dict[str, int]
    pupils: dict[str, int]

    @classmethod
    def of(cls, book: Directory) -> Found:
        """The same as a plain value."""
        return cls(book.classes, book.staff, book.guardians, book.pupils)


@dataclass(frozen=True, slots=True)
class Everybody(Query[Found]):
    """Everybody the school knows."""


@answers(Everybody, roles=EVERYONE)
def everybody(query: Everybody, view: View) -> Found:
    """Leavers are found too."""
    del query
    return Found.of(directory(view.session))

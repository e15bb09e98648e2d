"""Finding people and classes by what a file calls them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.naming import fold
from app.store.tables.people import GuardianRow, PupilRow, TieRow
from app.store.tables.school import ClassRow, StaffRow


@dataclass(slots=True)
class Directory:
    """Everybody, by the ids and the names that files use. A name borne by two people answers nobody."""

    classes: dict[str, int] = field(default_factory=dict)
    staff: dict[str, int] = field(default_factory=dict)
    guardians: dict[str, int] = field(default_factory=dict)
    pupils: dict[str, int] = field(default_factory=dict)
    guardian_pupils: dict[int, set[int]] = field(default_factory=dict)
    pupil_class: dict[int, int | None] = field(default_factory=dict)

    def class_of(self, source_id: str | None, name: str | None) -> int | None:
        """A class by its id, its name, or a heading that ends in its name ("Year 3 Rowan")."""
        for said in (source_id, name):
            if said and (found := self.classes.get(key(said))) is not None:
                return found
        words = key(name or "").split()
        for start in range(1, len(words)):
            if (found := self.classes.get(" ".join(words[start:]))) is not None:
                return found
        return None


def key(said: str) -> str:
    """An id or a name as it is compared: folded, single spaces."""
    return " ".join(fold(said).replace(",", " ").replace(".", " ").split())


def directory(session: Session) -> Directory:
    """Who is who just now. Leavers are found too: an old message may name them."""
    book = Directory()
    book.classes = _unique(
        [(row.id, (row.source_id, row.name)) for row in session.scalars(select(ClassRow).where(ClassRow.active))]
    )
    book.staff = _unique([(row.id, (row.source_id, row.name)) for row in session.scalars(select(StaffRow))])
    guardians = session.scalars(select(GuardianRow).where(GuardianRow.merged_into.is_(None))).all()
    book.guardians = _unique(
        [(g.id, (g.source_id, g.name, f"{g.first or ''} {g.last or ''}", g.email)) for g in guardians]
    )
    pupils = session.scalars(select(PupilRow)).all()
    book.pupils = _unique(
        [(p.id, (p.source_id, p.upn, f"{p.first} {p.last}", f"{p.preferred or p.first} {p.last}")) for p in pupils]
    )
    book.pupil_class = {pupil.id: pupil.class_id for pupil in pupils}
    children: dict[int, set[int]] = defaultdict(set)
    for guardian_id, pupil_id in session.execute(select(TieRow.guardian_id, TieRow.pupil_id)):
        children[guardian_id].add(pupil_id)
    book.guardian_pupils = dict(children)
    return book


def _unique(people: list[tuple[int, tuple[str | None, ...]]]) -> dict[str, int]:
    found: dict[str, int | None] = {}
    for id_, names in people:
        for name in {key(name) for name in names if name and name.strip()}:
            found[name] = id_ if found.get(name, id_) == id_ else None
    return {name: id_ for name, id_ in found.items() if id_ is not None}

"""Who wrote something, and to whom: names as files and people write them, looked up in the register (P4, H6).

A name that fits two people, or a member of staff and a parent, answers nobody: it is kept as it was written.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.content import AuthorRole
from app.domain.incoming import RELATIONSHIPS
from app.store.reads.people import Directory, directory, key
from app.store.tables.people import GuardianRow, PupilRow, TieRow
from app.store.tables.school import StaffRow

_WORDS = {
    "mum": "mother", "mam": "mother", "mom": "mother", "mummy": "mother", "mother": "mother",
    "dad": "father", "daddy": "father", "father": "father", "stepmum": "step-parent", "stepdad": "step-parent",
    "parent": "", "carer": "carer", "guardian": "", "nan": "other family", "gran": "other family",
    "grandma": "other family", "grandad": "other family", "grandparent": "other family", "aunt": "other family",
    "auntie": "other family", "uncle": "other family", "family": "",
}  # fmt: skip
_LISTED = "|".join(sorted(_WORDS, key=len, reverse=True))
_WHOSE = re.compile(rf"(?P<child>[^()]{{2,80}}?)(?:['’`]s|s['’]|['’])\s+(?P<what>{_LISTED})\b.*", re.IGNORECASE)
_OF = re.compile(rf"(?P<what>{_LISTED})\s+(?:of|to)\s+(?P<child>[^()]{{2,80}})", re.IGNORECASE)
_ASIDE = re.compile(r"\s*[(\[]([^()\[\]]{2,80})[)\]]\s*")


@dataclass(frozen=True, slots=True)
class Writer:
    """Who it was, as far as the register tells: at most one of the three ids stands."""

    role: AuthorRole
    staff_id: int | None = None
    guardian_id: int | None = None
    pupil_id: int | None = None


@dataclass(slots=True)
class Authors:
    """The register's people by what others call them. Built once for a bringing-in."""

    session: Session
    book: Directory
    _staff: dict[str, int]
    _guardians: dict[str, int]
    _memo: dict[tuple[AuthorRole, str | None, str | None], Writer] = field(default_factory=dict)
    _children: dict[str, set[int]] | None = None

    @classmethod
    def of(cls, session: Session) -> Authors:
        """Everybody in the register of this moment."""
        book = directory(session)
        staff, guardians = dict(book.staff), dict(book.guardians)
        _add_unique(staff, ((row.email, row.id) for row in session.scalars(select(StaffRow).where(StaffRow.active))))
        grown = session.scalars(select(GuardianRow).where(GuardianRow.merged_into.is_(None)))
        _add_unique(guardians, ((f"{g.title} {g.last}" if g.title and g.last else None, g.id) for g in grown))
        return cls(session, book, staff, guardians)

    def who(self, role: AuthorRole, source_id: str | None, name: str | None) -> Writer:
        """The writer of an item. A role that the source told is believed; an unknown one is looked up."""
        told = (role, source_id, name)
        if told not in self._memo:
            self._memo[told] = self._find(role, source_id, name)
        return self._memo[told]

    def recipient(self, said: str) -> Writer:
        """Somebody an item went to, by id, e-mail address or name."""
        return self.who(AuthorRole.UNKNOWN, said, said)

    def _find(self, role: AuthorRole, source_id: str | None, name: str | None) -> Writer:
        for said in _sayings(source_id, name):
            found = {
                AuthorRole.STAFF: self._staff.get(said),
                AuthorRole.PARENT: self._guardians.get(said),
                AuthorRole.PUPIL: self.book.pupils.get(said),
            }
            fitting = {
                kind: id_ for kind, id_ in found.items() if id_ is not None and role in (kind, AuthorRole.UNKNOWN)
            }
            if len(fitting) == 1:
                kind, id_ = next(iter(fitting.items()))
                return _writer(kind, id_)
        if role in (AuthorRole.PARENT, AuthorRole.UNKNOWN):
            return self._by_child(name) or Writer(role)
        return Writer(role)

    def _by_child(self, name: str | None) -> Writer | None:
        """Somebody called after a child: "Ella's mum", "Joanne (mum of Ella)"."""
        for part in _parts(name or ""):
            said = _WHOSE.fullmatch(part) or _OF.fullmatch(part)
            if said is None:
                continue
            children = self._called(said["child"])
            if len(children) == 1:
                found = self._tied(next(iter(children)), _WORDS[said["what"].lower()])
                return Writer(AuthorRole.PARENT, guardian_id=found)
        return None

    def _called(self, child: str) -> set[int]:
        if (found := self.book.pupils.get(key(child))) is not None:
            return {found}
        if self._children is None:
            self._children = defaultdict(set)
            for pupil in self.session.scalars(select(PupilRow).where(PupilRow.left_on.is_(None))):
                for first in {pupil.first, pupil.preferred or pupil.first}:
                    self._children[key(first)].add(pupil.id)
                    self._children[key(f"{first} {pupil.last[:1]}")].add(pupil.id)
        return self._children.get(key(child), set())

    def _tied(self, pupil_id: int, relationship: str) -> int | None:
        ties = self.session.scalars(select(TieRow).where(TieRow.pupil_id == pupil_id, TieRow.ended_at.is_(None))).all()
        fitting = [tie for tie in ties if not relationship or _relationship(tie) == relationship]
        return fitting[0].guardian_id if len(fitting) == 1 else None


def _relationship(tie: TieRow) -> str:
    told = (tie.relationship or "").strip()
    return RELATIONSHIPS.get(told.upper(), _WORDS.get(told.lower(), told.lower()))


def _sayings(source_id: str | None, name: str | None) -> Iterator[str]:
    for said in (source_id, *_parts(name or "")):
        if said and (folded := key(said)):
            yield folded


def _parts(name: str) -> Iterator[str]:
    """A name as written, then without what stands in brackets after it, then that by itself."""
    if not name:
        return
    yield name.strip()
    aside = _ASIDE.search(name)
    if aside is not None:
        yield (name[: aside.start()] + " " + name[aside.end() :]).strip()
        yield aside[1].strip()


def _writer(kind: AuthorRole, id_: int) -> Writer:
    return Writer(
        kind,
        staff_id=id_ if kind is AuthorRole.STAFF else None,
        guardian_id=id_ if kind is AuthorRole.PARENT else None,
        pupil_id=id_ if kind is AuthorRole.PUPIL else None,
    )


def _add_unique(known: dict[str, int], pairs: Iterator[tuple[str | None, int]]) -> None:
    """Add further names; one that two people bear is added for neither."""
    found: dict[str, set[int]] = defaultdict(set)
    for name, id_ in pairs:
        if name and key(name):
            found[key(name)].add(id_)
    for name, ids in found.items():
        if len(ids) == 1:
            known.setdefault(name, next(iter(ids)))

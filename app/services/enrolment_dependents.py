"""What stands on an import: everything in the store that points at what it made, or has changed it since."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Column, ColumnElement, Table, and_, exists, func, not_, or_, select
from sqlalchemy.orm import Session

from app.domain.audit import DONE
from app.services.enrolment_codes import any_code_open
from app.services.enrolment_trace import Traced, stored
from app.store.tables.audit import AuditRow
from app.store.tables.base import Base

_WORDS = {
    "acceptance": "acceptances",
    "before_posting": "drafts that were checked",
    "breach_case": "cases",
    "class_sheet": "class lists that were issued",
    "finding_pupil": "findings of the checks",
    "item": "posts or messages",
    "leaver": "leavers",
    "link": "links to ClassDojo",
    "linking_code": "linking codes",
    "login_card": "login cards",
    "permission": "permission decisions",
    "points_total": "points reports",
    "pupil": "pupils who were put into its classes",
    "recipient": "posts or messages",
    "staff_class": "staff who were given its classes",
    "tag": "posts that show a pupil",
    "thread": "conversations",
    "tie": "adults who were added by hand",
}
"""What the rows of a table are called; any other table's are other records."""
_OTHER = "other records"
_SUBJECTS = ("pupil", "guardian", "staff", "class")
_LOOKS = (".seen", ".read", ".saved", ".made", ".listed", ".printed")
"""Endings of the verbs by which nothing was changed."""
_AT_A_TIME = 400


def stands_on(session: Session, trace: Traced, import_id: int) -> list[str]:
    """In words, what keeps the import from being taken back; nothing where nothing does."""
    found = dict.fromkeys(_pointing(session, trace))
    found |= dict.fromkeys(_changed_since(session, trace))
    found |= dict.fromkeys(_codes_since(session, trace))
    found |= dict.fromkeys(_done_since(session, trace, import_id))
    return list(found)


def _pointing(session: Session, trace: Traced) -> Iterator[str]:
    """Rows of other hands that point at rows of the import."""
    own_pupils = {each.id for each in trace.changed if each.table == "pupil" and "class_id" in each.after}
    for table in Base.metadata.sorted_tables:
        for key in table.foreign_keys:
            made = trace.made.get(key.column.table.name)
            if not made:
                continue
            wanted = and_(_within(key.parent, made), _others(table, trace, own_pupils))
            if session.scalar(select(exists().where(wanted))):
                yield _WORDS.get(table.name, _OTHER)


def _within(column: Column[int], runs: Sequence[tuple[int, int]]) -> ColumnElement[bool]:
    return or_(*(column.between(first, last) for first, last in _joined(runs)))


def _joined(runs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Runs that touch are one: a condition has only so many parts."""
    joined: list[tuple[int, int]] = []
    for first, last in sorted(runs):
        if joined and first <= joined[-1][1] + 1:
            joined[-1] = joined[-1][0], max(last, joined[-1][1])
        else:
            joined.append((first, last))
    return joined


def _others(table: Table, trace: Traced, own_pupils: set[int]) -> ColumnElement[bool]:
    """The rows that the import did not make itself."""
    own: list[ColumnElement[bool]] = []
    if table.name in ("pupil", "tie") and table.name in trace.made:
        own.append(_within(table.c.id, trace.made[table.name]))
    if table.name == "pupil" and own_pupils:
        own.append(table.c.id.in_(own_pupils))
    if table.name == "staff_class" and trace.pairs:
        own += [and_(table.c.staff_id == staff, table.c.class_id == class_) for staff, class_ in trace.pairs]
    return not_(or_(*own)) if own else table.c[table.primary_key.columns.keys()[0]].is_not(None)


def _changed_since(session: Session, trace: Traced) -> Iterator[str]:
    """Rows that hold something else now than what the import put there."""
    yield from _fresh_pupils_changed(session, trace)
    put: dict[tuple[str, int], dict[str, Any]] = defaultdict(dict)
    for each in trace.changed:
        put[each.table, each.id] |= stored(Base.metadata.tables[each.table], each.after)
    now: dict[tuple[str, int], dict[str, Any]] = {}
    for name in {table for table, _ in put}:
        table = Base.metadata.tables[name]
        ids = [id_ for of, id_ in put if of == name]
        for start in range(0, len(ids), _AT_A_TIME):
            found = session.execute(select(table).where(table.c.id.in_(ids[start : start + _AT_A_TIME])))
            now |= {(name, row["id"]): dict(row) for row in found.mappings()}
    for place, values in put.items():
        row = now.get(place)
        if row is None or any(row[column] != value for column, value in values.items()):
            yield f"changes to its {_PLURAL.get(place[0], _OTHER)}"


def _fresh_pupils_changed(session: Session, trace: Traced) -> Iterator[str]:
    """New pupils whom somebody has worked on since, or barred from pictures for a reason of their own."""
    fresh = trace.made.get("pupil")
    if not fresh:
        return
    pupil = Base.metadata.tables["pupil"]
    if session.scalar(select(exists().where(_within(pupil.c.id, fresh), pupil.c.version != 1))):
        yield "changes to its pupils"
    barred = set(session.scalars(select(pupil.c.id).where(_within(pupil.c.id, fresh), pupil.c.picture_bar)))
    if barred - {each.id for each in trace.changed if each.table == "pupil" and each.after.get("picture_bar")}:
        yield _OTHER


_PLURAL = {
    "linking_code": "linking codes",
    "pupil": "pupils",
    "guardian": "guardians",
    "tie": "guardians",
    "class": "classes",
    "staff": "staff",
}


def _codes_since(session: Session, trace: Traced) -> Iterator[str]:
    """Codes that were issued for a pupil's new class: all earlier ones were revoked when the pupil was moved."""
    moved = [each.id for each in trace.changed if each.table == "pupil" and "class_id" in each.after]
    if any_code_open(session, moved):
        yield _WORDS["linking_code"]


def _done_since(session: Session, trace: Traced, import_id: int) -> Iterator[str]:
    """What the record says was done since to the very people and classes of the import."""
    begun = session.scalar(
        select(func.max(AuditRow.seq)).where(
            AuditRow.subject == f"import:{import_id}", AuditRow.verb == "register.brought_in"
        )
    )
    touched = {(each.table, each.id) for each in trace.changed}
    done = session.execute(
        select(AuditRow.verb, AuditRow.subject).where(AuditRow.seq > (begun or 0), AuditRow.outcome == DONE)
    )
    for verb, subject in done:
        kind, _, number = subject.partition(":")
        if verb.endswith(_LOOKS):
            continue
        if kind == "care" and "care_record" in trace.made:
            yield _OTHER
        elif kind in _SUBJECTS and number.isdigit():
            about = (kind, int(number))
            if about in touched or trace.makes(*about):
                yield f"changes to its {_PLURAL[kind]}"

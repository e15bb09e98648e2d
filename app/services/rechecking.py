"""Checking again what a change in the register touches (T8, T11, T12, P4): all of it, and little else.

The database notes every change by itself (`store/seam_changes.py`). At the end of each command, in the same
transaction, the office calls `settle`: what the change touches is found in the full-text index and by ids, and checked
again with the whole register. So a withdrawn permission and the findings that follow from it stand together or not at
all. Where that would keep a person waiting, the change stays noted and `CheckChanges` follows by itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import exists, select

from app.domain.checks.reach import NameReach, NamesChanged, words_naming
from app.domain.checks.register import PupilEntry, Register
from app.domain.roles import EVERYONE
from app.domain.ticket import Ticket
from app.services.checking import check_items, shipped_lexicons
from app.services.door import Command, Query, answers, does
from app.services.lapsing import Lapsing
from app.services.unit import Unit, View
from app.store.reads.changes import Change, Touched, changes_due, forget_changes, items_touched
from app.store.reads.register import checks_register, ref
from app.store.search import leave_no_trace
from app.store.tables.content import ItemRow
from app.store.tables.people import GuardianRow
from app.store.tables.school import ClassRow, ClosureRow, SchoolRow, StaffRow

AT_ONCE = 2_000
"""So many items are checked again within the command itself: half a second at the most."""

MANY_PUPILS = 60
"""So many pupils' names are looked for one by one; of more changes at once, everything is checked again."""

DUE = "recheck"
"""Told among a command's changes where items still wait to be checked again."""


@dataclass(frozen=True, slots=True)
class CheckChanges(Command[int]):
    """Check again what the register's changes touch, where that was too much to do at once."""

    ticket: Ticket | None = None


@does(CheckChanges, roles=EVERYONE, verb="items.rechecked")
def check_changes(command: CheckChanges, unit: Unit) -> int:
    """How many items were checked again."""
    return _check_again(unit, changes_due(unit.session, unit.today), command.ticket, limit=None) or 0


@dataclass(frozen=True, slots=True)
class ChangesWaiting(Query[int]):
    """How many changes in the register wait until what they touch is checked again."""


@answers(ChangesWaiting, roles=EVERYONE)
def changes_waiting(query: ChangesWaiting, view: View) -> int:
    """None as a rule."""
    del query
    return len(changes_due(view.session, view.today))


def settle(unit: Unit) -> None:
    """At the end of a command: check again what it touched, or say that this is still to be done."""
    changes = changes_due(unit.session, unit.today)
    if changes and _check_again(unit, changes, None, limit=AT_ONCE) is None:
        unit.audit(unit.subject, {"recheck": "due"})
        unit.changed(DUE)


def _check_again(unit: Unit, changes: list[Change], ticket: Ticket | None, limit: int | None) -> int | None:
    """How many items were checked again; None where they are more than the limit, and nothing was done."""
    if not unit.session.scalar(select(exists().select_from(ItemRow))):
        changes = []
    many = len({change.row_id for change in changes if change.what == "pupil"}) > MANY_PUPILS
    if many and limit is not None:
        return None
    ids: list[int] = []
    if changes:
        register = checks_register(unit.session, unit.today)
        ids = _every_item(unit) if many else items_touched(unit.session, _touched(unit, changes, register))
        if limit is not None and len(ids) > limit:
            return None
        if ids:
            found = check_items(unit, ids, ticket, register=register, lapsing=Lapsing(unit, changes))
            unit.audit(unit.subject, {"rechecked": len(ids), "new_findings": found})
            unit.changed("review")
    forget_changes(unit.session, unit.today)
    _clear_away(unit, changes)
    return len(ids)


def _every_item(unit: Unit) -> list[int]:
    return list(unit.session.scalars(select(ItemRow.id).order_by(ItemRow.id)))


def _clear_away(unit: Unit, changes: Iterable[Change]) -> None:
    """Where an item was sealed, not even the index's inner order may spell its words (K1)."""
    touched = [change.row_id for change in changes if change.what == "item"]
    if touched and unit.session.scalar(select(exists().where(ItemRow.id.in_(touched[:500]), ItemRow.restricted))):
        unit.session.flush()
        leave_no_trace(unit.session)
        unit.words_went = True


def _touched(unit: Unit, changes: list[Change], register: Register) -> Touched:
    short_forms = shipped_lexicons().names.short_forms
    after = {pupil.id: pupil for pupil in register.pupils}
    versions = _versions(changes, after)
    renamed = {id_ for id_, entries in versions.items() if len({_named(entry) for entry in entries}) > 1}
    moved_in_or_out = {id_ for id_ in renamed if None in versions[id_]}
    ruled_anew = {c.row_id for c in changes if c.what in ("pupil", "permission")}
    names = NamesChanged(
        pupils=tuple(entry for id_ in renamed for entry in versions[id_] if entry is not None),
        adults=tuple(_adults(unit, changes)),
        staff=tuple(_names(unit, changes, "staff")),
        classes=tuple(_names(unit, changes, "class")),
    )
    ruled = [after[ref("p", id_)] for id_ in ruled_anew - renamed if ref("p", id_) in after]
    school = _school_changes(unit, changes)
    return Touched(
        words=NameReach(register.pupils, names, short_forms).words() if names != NamesChanged() else frozenset(),
        shown_words=frozenset().union(*(words_naming(pupil, short_forms) for pupil in ruled)),
        tagged=frozenset(moved_in_or_out),
        shown=frozenset(ruled_anew),
        guardians=frozenset(c.row_id for c in changes if c.what in ("guardian", "tie", "link")),
        staff=frozenset(c.row_id for c in changes if c.what == "staff"),
        items=frozenset(c.row_id for c in changes if c.what == "item"),
        days=_closed_days(unit, changes),
        all_talk=bool(school & {"timezone", "open_days", "opens", "closes"}),
        all_open=bool(school & {"name", "phone", "email", "postcode"}),
    )


def _versions(changes: list[Change], after: dict[str, PupilEntry]) -> dict[int, list[PupilEntry | None]]:
    """Every pupil of whom something changed, as they were at each change and as they are; None where not on roll."""
    versions: dict[int, list[PupilEntry | None]] = {}
    for change in changes:
        if change.what == "pupil":
            here = versions.setdefault(change.row_id, [after.get(ref("p", change.row_id))])
            here.append(_entry(change))
    return versions


def _entry(change: Change) -> PupilEntry | None:
    was = change.was
    if was is None or was["left_on"] is not None:
        return None
    class_id = ref("c", was["class_id"]) if was["class_id"] else None
    return PupilEntry(ref("p", change.row_id), was["first"], was["last"], class_id, was["preferred"])


def _named(pupil: PupilEntry | None) -> tuple[str | None, ...] | None:
    return None if pupil is None else (pupil.first, pupil.preferred, pupil.last, pupil.class_id)


def _adults(unit: Unit, changes: list[Change]) -> Iterable[str]:
    """Names of guardians and staff that came or went."""
    yield from _names(unit, changes, "staff")
    for change in changes:
        if change.what == "guardian":
            said = change.was or {}
            yield " ".join(str(said[part]) for part in ("title", "first", "last", "email") if said.get(part))
            row = unit.session.get(GuardianRow, change.row_id)
            if row is not None:
                yield row.name


def _names(unit: Unit, changes: list[Change], what: str) -> Iterable[str]:
    """The names of before and of after of staff or classes that changed."""
    name = StaffRow.name if what == "staff" else ClassRow.name
    row_id = StaffRow.id if what == "staff" else ClassRow.id
    noted = [change for change in changes if change.what == what]
    yield from (change.was["name"] for change in noted if change.was is not None)
    yield from unit.session.scalars(select(name).where(row_id.in_({change.row_id for change in noted})))


def _school_changes(unit: Unit, changes: list[Change]) -> set[str]:
    row = unit.session.scalars(select(SchoolRow)).one()
    now = {name: str(getattr(row, name)) for name in ("name", "phone", "email", "postcode", "timezone", "open_days")}
    now |= {"opens": row.opens.isoformat(), "closes": row.closes.isoformat()}
    return {
        name
        for change in changes
        if change.what == "school" and change.was is not None
        for name, value in change.was.items()
        if str(value).removesuffix(".000000") != now[name]
    }


def _closed_days(unit: Unit, changes: list[Change]) -> tuple[tuple[date, date], ...]:
    """The closures that came or went; one that was only written again does not count."""
    noted = [change for change in changes if change.what == "closure"]
    if not noted:
        return ()
    new = {c.row_id for c in noted}
    rows = unit.session.scalars(select(ClosureRow).where(ClosureRow.id.in_(new)))
    came = {(row.starts.isoformat(), row.ends.isoformat(), row.reason) for row in rows}
    went = {(c.was["starts"], c.was["ends"], c.was["reason"]) for c in noted if c.was is not None}
    return tuple((date.fromisoformat(a), date.fromisoformat(b)) for a, b, _ in came ^ went)

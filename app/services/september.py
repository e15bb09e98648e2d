"""The change to a new school year: kept as a draft, applied once a year, whole, and taken back whole (H7, T11)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, select

from app.domain.problems import Overtaken, Refused
from app.domain.roles import EVERYONE
from app.domain.september import (
    LEAVE,
    STAY,
    Draft,
    Move,
    NewClass,
    SeptemberPlan,
    plan,
    propose,
    reconcile,
)
from app.domain.years import coming_year, earliest, year_named
from app.services.classes import new_class
from app.services.door import Command, Query, answers, does
from app.services.leaving import MOVED, any_code_since, let_go, restore_codes, revoke_codes, take_back
from app.services.school import OFFICE_AND_HEAD
from app.services.sheets import IssueOutdated, issue_outdated
from app.services.unit import Unit, View
from app.store.reads.september import children_of, classes_of, is_in_groups_of
from app.store.tables.accounts import AccountRow
from app.store.tables.people import PupilRow
from app.store.tables.register import LeaverRow, SeptemberRow
from app.store.tables.school import ClassRow, StaffClassRow, TermRow

_AGAIN = "The register has changed since you looked at the plan. Look at it again, then apply it."


@dataclass(frozen=True, slots=True)
class SeptemberState:
    """Where the change to the coming year stands."""

    draft: Draft
    plan: SeptemberPlan
    version: int
    """0 where nothing was saved yet."""
    too_early: bool
    """The year can be prepared and not applied yet."""
    saved_at: datetime | None
    applied_at: datetime | None
    applied_by: str
    today: date


@dataclass(frozen=True, slots=True)
class September(Query[SeptemberState]):
    """The draft for the coming year, brought up to the register of now; a proposal where none was saved."""


@answers(September, roles=EVERYONE)
def september(query: September, view: View) -> SeptemberState:
    """Nothing is kept by looking."""
    del query
    row = _row(view)
    draft = _present(row, view)
    by = view.session.get(AccountRow, row.applied_by) if row is not None and row.applied_by is not None else None
    return SeptemberState(
        draft,
        plan(draft, children_of(view.session), classes_of(view.session)),
        row.version if row is not None else 0,
        view.today < earliest(_first(view)),
        row.saved_at if row is not None else None,
        row.applied_at if row is not None else None,
        by.name if by is not None else "",
        view.today,
    )


@dataclass(frozen=True, slots=True)
class PlanSeptember(Query[SeptemberPlan]):
    """What a draft would do. Nothing is kept."""

    draft: Draft


@answers(PlanSeptember, roles=EVERYONE)
def plan_september(query: PlanSeptember, view: View) -> SeptemberPlan:
    """Against the register of this moment."""
    children, classes = children_of(view.session), classes_of(view.session)
    return plan(reconcile(query.draft, children, classes), children, classes)


@dataclass(frozen=True, slots=True)
class SaveSeptember(Command[int]):
    """Keep the draft, to go on later. `version` is that of the draft that was looked at."""

    draft: Draft
    version: int


@does(SaveSeptember, roles=OFFICE_AND_HEAD, verb="september.saved")
def save_september(command: SaveSeptember, unit: Unit) -> int:
    """The new version. `Overtaken` where somebody else saved another draft; refused once the year is applied."""
    row = _own(unit, command.draft, command.version)
    row.draft = _written(command.draft)
    row.version += 1
    row.saved_at, row.saved_by = unit.now, unit.actor.id
    unit.audit("school", {"year": row.year, "pupils": len(command.draft.places)})
    unit.changed("september")
    return row.version


@dataclass(frozen=True, slots=True)
class DiscardSeptember(Command[None]):
    """Throw the draft away and begin again from a proposal."""


@does(DiscardSeptember, roles=OFFICE_AND_HEAD, verb="september.discarded")
def discard_september(command: DiscardSeptember, unit: Unit) -> None:
    """Refused once the year is applied; `Overtaken` where there is no draft."""
    del command
    row = _row(unit)
    if row is None:
        raise Overtaken("There is no draft to throw away.")
    if row.applied_at is not None:
        raise Refused("The new year is applied already, so there is no draft any more.")
    unit.session.delete(row)
    unit.audit("school", {"year": row.year})
    unit.changed("september")


@dataclass(frozen=True, slots=True)
class Changed:
    """What applying did, in figures."""

    moved: int
    leavers: int
    starters: int
    made: int
    ended: int
    codes: int
    """Unused codes that hold no longer: their families need new ones."""
    lists: int
    """Class lists issued anew."""


@dataclass(frozen=True, slots=True)
class ApplySeptember(Command[Changed]):
    """Do what the draft says, whole or not at all."""

    draft: Draft
    version: int


@does(ApplySeptember, roles=OFFICE_AND_HEAD, verb="september.applied")
def apply_september(command: ApplySeptember, unit: Unit) -> Changed:
    """What was done. Refused a second time in a year, with pupils unplaced, and for a last day that lies ahead.

    Raises `Overtaken` where the register or the draft has changed since it was looked at.
    """
    row = _own(unit, command.draft, command.version)
    draft = command.draft
    if unit.today < earliest(_first(unit)):
        raise Refused(
            f"It is too early to change to {draft.year}. Keep the draft, and apply it from 1 June at the earliest."
        )
    children, classes = children_of(unit.session), classes_of(unit.session)
    if reconcile(draft, children, classes) != draft:
        raise Overtaken(_AGAIN)
    planned = plan(draft, children, classes)
    if planned.unplaced:
        count = len(planned.unplaced)
        told = "1 pupil has no place" if count == 1 else f"{count} pupils have no place"
        raise Refused(f"{told} yet. Choose one for each, then apply the plan.")
    if planned.leavers and draft.last_day > unit.today:
        raise Refused("The leavers' last day lies ahead. Apply the plan when it has come, or choose an earlier day.")
    done, before = _carry_out(unit, draft, planned)
    row.draft, row.before = _written(draft), json.dumps(before)
    row.version += 1
    row.saved_at, row.saved_by = unit.now, unit.actor.id
    row.applied_at, row.applied_by = unit.now, unit.actor.id
    unit.audit("school", {"year": row.year, **{name: getattr(done, name) for name in Changed.__slots__}})
    unit.changed("pupils", "links", "school", "sheets", "september", "leavers")
    return done


def _carry_out(unit: Unit, draft: Draft, planned: SeptemberPlan) -> tuple[Changed, dict[str, Any]]:
    places = {each.key: int(each.key[1:]) for each in planned.classes if each.key.startswith("c")}
    wanted = {each.key for each in planned.classes if each.count}
    made = {each.key: new_class(unit, each.name, each.year).id for each in draft.new if each.key in wanted}
    places |= made
    pupils: list[list[Any]] = []
    left: dict[str, Any] = {}
    codes: list[int] = []
    for move in planned.moves:
        row = unit.session.get_one(PupilRow, move.child.id)
        had = [row.id, row.class_id, row.year_group]
        if move.place == LEAVE:
            left[str(row.id)] = let_go(unit, row, draft.last_day)
        elif move.place == STAY or not _moves(unit, row, move, places, codes):
            continue
        pupils.append([*had, row.version])
    unit.session.flush()
    ended = [int(each.key[1:]) for each in planned.classes if each.ends and each.key.startswith("c")]
    staffed = _end(unit, ended)
    lists = issue_outdated(IssueOutdated(), unit)
    done = Changed(
        moved=len(pupils) - len(left),
        leavers=len(left),
        starters=len(planned.starters),
        made=len(made),
        ended=len(ended),
        codes=len(codes),
        lists=lists,
    )
    before = {
        "pupils": pupils, "left": left, "codes": codes, "made": list(made.values()), "ended": ended, "staffed": staffed,
    }  # fmt: skip
    return done, before


def _moves(unit: Unit, row: PupilRow, move: Move, places: dict[str, int], codes: list[int]) -> bool:
    """Put one pupil into class and year group; whether that changed anything."""
    target = places[move.place]
    if row.class_id == target and row.year_group == move.year:
        return False
    if row.class_id != target:
        codes += revoke_codes(unit, row.id, MOVED)
    row.class_id, row.year_group = target, move.year
    row.version += 1
    return True


def _end(unit: Unit, classes: list[int]) -> list[list[int]]:
    """End classes and take their staff out; who was in which."""
    ties = unit.session.scalars(select(StaffClassRow).where(StaffClassRow.class_id.in_(classes))).all()
    staffed = [[tie.staff_id, tie.class_id] for tie in ties]
    for class_id in classes:
        unit.session.get_one(ClassRow, class_id).active = False
    unit.session.execute(delete(StaffClassRow).where(StaffClassRow.class_id.in_(classes)))
    return staffed


@dataclass(frozen=True, slots=True)
class UndoSeptember(Command[int]):
    """Take the change back: every pupil where they were, links and codes as they stood."""


@does(UndoSeptember, roles=OFFICE_AND_HEAD, verb="september.undone")
def undo_september(command: UndoSeptember, unit: Unit) -> int:
    """How many pupils. The draft is there again. Refused, with the reason, once something depends on the change."""
    del command
    row = _row(unit)
    if row is None or row.applied_at is None or row.before is None:
        raise Overtaken("The new year is not applied, so there is nothing to take back.")
    before = json.loads(row.before)
    _check_untouched(unit, before, row.applied_at)
    for class_id in before["ended"]:
        unit.session.get_one(ClassRow, class_id).active = True
    for staff_id, class_id in before["staffed"]:
        unit.session.add(StaffClassRow(staff_id=staff_id, class_id=class_id))
    for pupil_id, class_id, year, _ in before["pupils"]:
        pupil = unit.session.get_one(PupilRow, pupil_id)
        if str(pupil_id) in before["left"]:
            take_back(unit, pupil, before["left"][str(pupil_id)])
        pupil.class_id, pupil.year_group = class_id, year
        pupil.version += 1
    restore_codes(unit, before["codes"])
    unit.session.flush()
    _end(unit, before["made"])
    row.applied_at = row.applied_by = row.before = None
    row.version += 1
    issue_outdated(IssueOutdated(), unit)
    unit.audit("school", {"year": row.year, "pupils": len(before["pupils"])})
    unit.changed("pupils", "links", "school", "sheets", "september", "leavers")
    return len(before["pupils"])


def _check_untouched(unit: Unit, before: dict[str, Any], applied_at: datetime) -> None:
    """Raises `Refused` where taking back would undo what somebody did since."""
    touched = sum(
        (pupil := unit.session.get(PupilRow, pupil_id)) is None or pupil.version != version
        for pupil_id, _, _, version in before["pupils"]
    )
    if touched:
        raise Refused(
            f"The change cannot be taken back as a whole any more: {touched} of its pupils were changed since. "
            "Correct what is wrong by hand."
        )
    if any_code_since(unit, [pupil_id for pupil_id, *_ in before["pupils"]], applied_at):
        raise Refused("The change cannot be taken back: codes were issued for the new classes. Correct it by hand.")
    if before["left"]:
        steps = select(LeaverRow.pupil_id).where(
            LeaverRow.pupil_id.in_([int(pupil_id) for pupil_id in before["left"]]), LeaverRow.done_on.is_not(None)
        )
        if unit.session.scalar(steps.limit(1)) is not None:
            raise Refused(
                "The change cannot be taken back: a leaver was noted as done in ClassDojo. Take that tick back first."
            )
    held = select(PupilRow.id).where(PupilRow.class_id.in_(before["made"]), PupilRow.left_on.is_(None))
    moved = {pupil_id for pupil_id, *_ in before["pupils"]}
    if any(pupil_id not in moved for pupil_id in unit.session.scalars(held)):
        raise Refused("The change cannot be taken back: pupils joined one of the new classes since. Move them first.")


def _row(view: View) -> SeptemberRow | None:
    return _kept(view, _first(view))


def _kept(view: View, first: int) -> SeptemberRow | None:
    return view.session.scalar(select(SeptemberRow).where(SeptemberRow.year == year_named(first)))


def _first(view: View) -> int:
    """The school year in hand: one that was applied stays so until May; one that is there by age is passed over."""
    this = coming_year(view.today)
    row = _kept(view, this)
    if row is not None:
        return this
    return coming_year(view.today, is_in_groups_of(view.session, this))


def _own(unit: Unit, draft: Draft, version: int) -> SeptemberRow:
    """The row of the draft's year, to be written. Raises where it is applied, or another draft was saved."""
    if draft.year != year_named(_first(unit)):
        raise Overtaken(f"The draft is for {draft.year}, which is over. Begin again from a new proposal.")
    row = _row(unit)
    if row is not None and row.applied_at is not None:
        raise Refused(f"{draft.year} is applied already; it runs once a year. Take it back first, or correct by hand.")
    if (row.version if row is not None else 0) != version:
        raise Overtaken("Somebody else saved another draft meanwhile. Look at theirs, then go on.")
    if row is None:
        row = SeptemberRow(year=draft.year, draft="", version=0, saved_at=unit.now, saved_by=unit.actor.id)
        unit.session.add(row)
    return row


def _present(row: SeptemberRow | None, view: View) -> Draft:
    children, classes = children_of(view.session), classes_of(view.session)
    if row is not None:
        return reconcile(_read(row.draft), children, classes)
    first = _first(view)
    return propose(year_named(first), _last_day(view, first), children, classes)


def _last_day(view: View, first: int) -> date:
    """The end of the summer term before that year, where it is known; else 31 August, or today where that is past."""
    ends = view.session.scalars(select(TermRow.ends).where(TermRow.ends.between(earliest(first), date(first, 8, 31))))
    return max(
        ends, default=min(date(first, 8, 31), view.today) if view.today >= earliest(first) else date(first, 8, 31)
    )


def _written(draft: Draft) -> str:
    return json.dumps(
        {
            "year": draft.year,
            "last_day": draft.last_day.isoformat(),
            "end_empty": draft.end_empty,
            "new": [[each.key, each.name, each.year] for each in draft.new],
            "places": [[pupil_id, place] for pupil_id, place in draft.places.items()],
        }
    )


def _read(text: str) -> Draft:
    said = json.loads(text)
    return Draft(
        year=said["year"],
        last_day=date.fromisoformat(said["last_day"]),
        new=tuple(NewClass(*each) for each in said["new"]),
        places={int(pupil_id): place for pupil_id, place in said["places"]},
        end_empty=said["end_empty"],
    )

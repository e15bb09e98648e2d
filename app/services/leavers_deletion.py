"""Deleting the personal data of leavers whose date has come: what is counted stays, who it was goes (H12, K4).

The pupil's row stays without name, birthday and numbers, so that counts of past years still add up. The audit stays:
it names nobody. Posts and messages follow their own retention.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from functools import partial

from sqlalchemy import delete, or_, select, update

from app.domain.problems import Overtaken, Problem, Refused
from app.domain.roles import HEAD
from app.services.door import Command, does
from app.services.leavers import NO_PUPIL, leaving_of
from app.services.sheets import forget_on_lists
from app.services.unit import Unit
from app.store.evidence import EvidenceFolder
from app.store.tables import Base
from app.store.tables.cases import CaseRow
from app.store.tables.content import EvidenceRow
from app.store.tables.importing import ImportUndoRow
from app.store.tables.links import LinkRow
from app.store.tables.monitoring import RequestRow
from app.store.tables.people import ContactNoteRow, GuardianMergeRow, GuardianRow, PupilRow, TieRow
from app.store.tables.permissions import CareRecordRow, PermissionRow
from app.store.tables.register import LeaverRow, LoginCardRow, SeptemberRow
from app.store.tables.school import SchoolRow

FIRST, LAST = "Deleted", "record"
"""What stands in place of a deleted pupil's name."""


@dataclass(frozen=True, slots=True)
class Deleted:
    """What went, in figures: the line of a destruction list."""

    pupils: int
    guardians: int
    answers: int
    cards: int
    files: int


@dataclass(frozen=True, slots=True)
class DeleteLeavers(Command[Deleted]):
    """Delete the personal data of these leavers, all of them or none."""

    pupils: tuple[int, ...]


@does(DeleteLeavers, roles=HEAD, verb="leaver.deleted")
def delete_leavers(command: DeleteLeavers, unit: Unit) -> Deleted:
    """What went. Refused, with the reason, before the date, under a hold, and while a case or request is open."""
    if not command.pupils:
        raise Refused("Nobody was chosen. Choose the leavers whose records are to be deleted.")
    months = unit.session.scalars(select(SchoolRow.leaver_months)).one()
    gone: Counter[str] = Counter()
    for pupil_id in command.pupils:
        pupil = unit.session.get(PupilRow, pupil_id)
        if pupil is None:
            raise Problem(NO_PUPIL)
        _check(unit, pupil, months)
        forget_pupil(unit, pupil, gone)
    unit.session.flush()
    done = Deleted(gone["pupils"], gone["guardians"], gone["answers"], gone["cards"], gone["files"])
    unit.audit("school", {name: getattr(done, name) for name in Deleted.__slots__})
    unit.changed("pupils", "leavers", "guardians")
    unit.words_went = True
    return done


def _check(unit: Unit, pupil: PupilRow, months: int) -> None:
    if pupil.left_on is None:
        raise Refused("One of these pupils is on roll. Nothing was deleted.")
    row = unit.session.get(LeaverRow, pupil.id)
    if row is not None and row.deleted_at is not None:
        raise Overtaken("One of these records was deleted already. Look at the list again.")
    why_not = leaving_of(pupil, row, months).against_deleting(unit.today)
    if why_not:
        raise Refused(f"Nothing was deleted. {why_not}")
    adults = select(TieRow.guardian_id).where(TieRow.pupil_id == pupil.id)
    case = select(CaseRow.id).where(
        CaseRow.status != "closed", or_(CaseRow.pupil_id == pupil.id, CaseRow.guardian_id.in_(adults))
    )
    if unit.session.scalar(case.limit(1)) is not None:
        raise Refused("Nothing was deleted: a case about this family is not closed yet. Close it, or hold the record.")
    asked = select(RequestRow.id).where(
        RequestRow.answered_on.is_(None),
        or_(RequestRow.about_pupil == pupil.id, RequestRow.about_guardian.in_(adults)),
    )
    if unit.session.scalar(asked.limit(1)) is not None:
        raise Refused("Nothing was deleted: a request for this family's data is not answered yet. Answer it first.")


def forget_pupil(unit: Unit, pupil: PupilRow, gone: Counter[str]) -> None:
    """Take away what is personal of a pupil who left, and of adults who have no other child here; count it."""
    session = unit.session
    gone["files"] += _delete_answers(unit, pupil.id, gone)
    gone["cards"] += session.execute(delete(LoginCardRow).where(LoginCardRow.pupil_id == pupil.id)).rowcount  # type: ignore[attr-defined]  # a statement's result has it
    gone["files"] += _delete_care(unit, pupil.id)
    forget_on_lists(session, pupil.id)
    session.execute(
        update(LinkRow).where(LinkRow.pupil_id == pupil.id).values(name_given=None, reason=None, exception_why=None)
    )
    adults = session.scalars(select(TieRow.guardian_id).where(TieRow.pupil_id == pupil.id)).all()
    _delete_ties(unit, pupil.id)
    forget_on_lists(session, pupil.id)
    _forget_what_undoing_needs(unit, pupil.id)
    gone["guardians"] += sum(forget_adult(unit, guardian_id) for guardian_id in adults)
    pupil.first, pupil.last, pupil.name_key = FIRST, LAST, ""
    pupil.preferred = pupil.preferred_last = pupil.middle = None
    pupil.upn = pupil.born = pupil.sex = pupil.postcode = pupil.source_id = None
    pupil.picture_bar = False
    pupil.version += 1
    row = session.get(LeaverRow, pupil.id)
    assert row is not None
    row.deleted_at, row.deleted_by = unit.now, unit.actor.id
    gone["pupils"] += 1


def _delete_ties(unit: Unit, pupil_id: int) -> None:
    ties = select(TieRow.id).where(TieRow.pupil_id == pupil_id)
    unit.session.execute(delete(ContactNoteRow).where(ContactNoteRow.tie_id.in_(ties)))
    unit.session.execute(delete(TieRow).where(TieRow.pupil_id == pupil_id))


def _forget_what_undoing_needs(unit: Unit, pupil_id: int) -> None:
    """The last import can no longer be taken back, and what a change of year kept of the pupil's links goes."""
    unit.session.execute(delete(ImportUndoRow))
    for row in unit.session.scalars(select(SeptemberRow).where(SeptemberRow.before.is_not(None))):
        before = json.loads(row.before or "{}")
        if before.get("left", {}).pop(str(pupil_id), None) is not None:
            row.before = json.dumps(before)


def _delete_answers(unit: Unit, pupil_id: int, gone: Counter[str]) -> int:
    """Every answer about the child, and scanned forms that nothing else needs; how many files."""
    rows = unit.session.scalars(select(PermissionRow).where(PermissionRow.pupil_id == pupil_id)).all()
    scans = {row.evidence_id for row in rows if row.evidence_id is not None}
    for row in rows:
        unit.session.delete(row)
    unit.session.flush()
    gone["answers"] += len(rows)
    return sum(let_go_of_file(unit, evidence_id) for evidence_id in scans)


def let_go_of_file(unit: Unit, evidence_id: int) -> bool:
    """Let go of a file that no row names any more; whether it was so."""
    row = unit.session.get(EvidenceRow, evidence_id)
    if row is None or unit.vault is None or _is_needed(unit, evidence_id):
        return False
    unit.on_success.append(partial(EvidenceFolder(unit.vault.evidence, unit.keys).remove, row.place))
    unit.session.delete(row)
    return True


def _is_needed(unit: Unit, evidence_id: int) -> bool:
    """Whether any row of any table still names the file."""
    for table in Base.metadata.sorted_tables:
        for key in table.foreign_keys:
            if key.target_fullname == "evidence.id":
                held = select(key.parent).where(key.parent == evidence_id).limit(1)
                if unit.session.execute(held).first() is not None:
                    return True
    return False


def _delete_care(unit: Unit, pupil_id: int) -> int:
    """Which records are about the child is sealed too, so each is opened by the headteacher's key; how many files."""
    said = {row: unit.opened(row.sealed) for row in unit.session.scalars(select(CareRecordRow))}
    about = [row for row, words in said.items() if words.get("pupil_id") == pupil_id]
    for row in about:
        row.replaced_by = None
    unit.session.flush()
    for row in about:
        unit.session.delete(row)
    unit.session.flush()
    files = {said[row].get("evidence_id") for row in about} - {None}
    return sum(let_go_of_file(unit, int(evidence_id)) for evidence_id in files)


def forget_adult(unit: Unit, guardian_id: int) -> bool:
    """Take an adult's own data away where no child of theirs is left here; whether that was so."""
    session = unit.session
    if session.scalar(select(TieRow.id).where(TieRow.guardian_id == guardian_id).limit(1)) is not None:
        return False
    merges = or_(GuardianMergeRow.kept_id == guardian_id, GuardianMergeRow.gone_id == guardian_id)
    session.execute(delete(GuardianMergeRow).where(merges))
    rows = session.scalars(
        select(GuardianRow).where(or_(GuardianRow.id == guardian_id, GuardianRow.merged_into == guardian_id))
    )
    for row in rows:
        row.title = row.first = row.last = row.email = row.phones = row.address = row.postcode = None
        row.source_id, row.name_key = None, ""
    return True

"""Destroying what was approved: whole batches, no trace, the audit whole, a list without names (K4, H12, K1)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from app.domain.problems import NotAllowed, Overtaken, Problem, Refused
from app.domain.retention import Kept
from app.domain.roles import Role
from app.services.evidence import evidence_faults
from app.services.keeping import Verify
from app.services.office import Office
from app.services.reporting import SchoolOf
from app.services.retention import UnconfirmRetention
from app.services.retention_destroying import ApproveDestruction, GoOnDestroying, Progress
from app.services.retention_holds import PlaceHold
from app.services.retention_lists import Destructions
from app.services.retention_preview import DueToday
from app.services.unit import Unit
from app.store.audit_chain import broken_at
from app.store.reads.evidence import Year, evidence_of
from app.store.seam import integrity_faults
from app.store.search import items_saying
from app.store.tables.audit import AuditRow
from app.store.tables.cases import CaseRow, DataBreachRow
from app.store.tables.content import EvidenceRow, ItemRow, ThreadRow
from app.store.tables.links import LinkingCodeRow, LinkRow
from app.store.tables.permissions import PermissionRow
from app.store.tables.policy import ClassSheetRow
from app.store.tables.retention import DestructionRow
from app.store.tables.review import FindingRow, ReferralRow, VerdictRow
from reports.destruction import as_pdf
from tests.conftest import NOW, OfficeOf
from tests.reports.paper_reader import Paper
from tests.services.below import cells, index_terms, logged_pages, opened, pages
from tests.services.retention_rows import OLD, WORD, old_item, old_records
from tests.services.rows import everything
from tests.services.test_evidence import Opens, kept_files, office, opens, real, vault
from tests.services.test_retention import EVERYTHING, NEXT_YEAR, confirm_all

__all__ = ["office", "opens", "real", "vault"]


def approve(head: Office, batch: int = 5_000) -> Progress:
    return head.perform(ApproveDestruction(head.ask(DueToday()).seal, batch))


def count(head: Office, kind: type[Any]) -> int:
    with head.database.reading() as session:
        return int(session.scalar(select(func.count()).select_from(kind)) or 0)


def whole(head: Office) -> None:
    """The audit's chain holds and no row points at a missing one."""
    with head.database.reading() as session:
        assert broken_at(session) is None
        assert integrity_faults(session.connection()) == []


def test_everything_that_was_due_is_gone_and_what_still_counts_stays(office: Office) -> None:
    old = old_records(office)
    confirm_all(office)
    assert len(kept_files(office.vault)) == 3
    progress = approve(office)
    assert progress == Progress(1, 8, 8, True)
    for kind in (ItemRow, FindingRow, VerdictRow, ReferralRow, ThreadRow, CaseRow, DataBreachRow, LinkingCodeRow):
        assert count(office, kind) == 0, kind
    assert count(office, EvidenceRow) == 0
    assert kept_files(office.vault) == []
    assert (count(office, LinkRow), count(office, PermissionRow), count(office, ClassSheetRow)) == (1, 2, 2)
    with office.database.reading() as session:
        assert session.scalar(select(LinkRow.code_id)) is None, "the link stands without its code"
        assert {row.number: row.said is None for row in session.scalars(select(ClassSheetRow))} == {1: True, 2: False}
        assert items_saying(session, WORD) == []
    rows = everything(office).replace(f'Una {WORD}", [true', "")
    assert WORD not in rows
    assert old.pupil
    whole(office)
    assert office.ask(DueToday()).count == 0


def test_the_list_says_how_many_of_what_and_names_nobody(office: Office, slt_office: Office) -> None:
    old = old_records(office)
    confirm_all(office)
    approve(office)
    (listed,) = slt_office.ask(Destructions())
    assert (listed.approved_by, listed.destroyed, listed.finished_at) == (office.actor.name, 8, NOW)
    items = next(part for part in listed.parts if part.kind is Kept.ITEMS)
    assert dict(items.figures)["Findings: upheld"] == 1
    assert dict(items.figures)["Message"] == 1
    assert items.files == 2
    assert items.numbers == (("item", ((old.item, old.item),)),)
    assert all(len(part.digest) == 64 for part in listed.parts)
    for word in (WORD, "Una", "Vane", "Bea"):
        assert word not in repr(listed)
    said = Paper(as_pdf(slt_office, listed)).text()
    assert "Destruction list" in said
    assert "Cases and the breach register" in said
    assert "6 years after closing" in said
    assert items.digest in said.replace(" ", "")
    for word in (WORD, "Una", "Vane", "Bea"):
        assert word not in said


@pytest.fixture
def slt_office(opens: Opens) -> Office:
    return opens(Role.SLT)


def test_only_the_headteacher_approves_and_only_what_was_seen(office: Office, office_of: OfficeOf) -> None:
    old_records(office)
    confirm_all(office)
    seal = office.ask(DueToday()).seal
    for role in (Role.OFFICE, Role.SLT, Role.SAFEGUARDING):
        with pytest.raises(NotAllowed):
            office_of(role).perform(ApproveDestruction(seal))
    old_item(office, "one more")
    with pytest.raises(Overtaken):
        office.perform(ApproveDestruction(seal))
    assert (count(office, ItemRow), count(office, DestructionRow)) == (2, 0)


def test_nothing_due_is_nothing_to_approve(head: Office) -> None:
    with pytest.raises(Refused, match="Nothing is due"):
        approve(head)


def test_batches_go_on_until_the_list_is_closed(office: Office) -> None:
    confirm_all(office)
    for number in range(7):
        old_item(office, f"{WORD} {number}")
    assert approve(office, 3) == Progress(1, 3, 7, False)
    assert count(office, ItemRow) == 4
    with pytest.raises(Refused, match="not finished"):
        approve(office)
    assert office.perform(GoOnDestroying(1, 3)) == Progress(1, 6, 7, False)
    whole(office)
    assert office.perform(GoOnDestroying(1, 3)) == Progress(1, 7, 7, True)
    with pytest.raises(Overtaken):
        office.perform(GoOnDestroying(1))
    with pytest.raises(Problem, match="not on record"):
        office.perform(GoOnDestroying(2))
    (listed,) = office.ask(Destructions())
    assert listed.parts[0].numbers == (("item", ((1, 7),)),)
    with office.database.reading() as session:
        lines = session.execute(select(AuditRow.verb, AuditRow.detail).where(AuditRow.verb.like("retention.%"))).all()
    went = [
        json.loads(detail)["items"] for verb, detail in lines if verb in ("retention.approved", "retention.destroyed")
    ]
    assert went == [3, 3, 1]


def test_a_hold_or_a_new_word_on_the_line_in_between_counts(office: Office) -> None:
    confirm_all(office)
    numbers = [old_item(office, f"{WORD} {number}") for number in range(6)]
    approve(office, 2)
    office.perform(PlaceHold(Kept.ITEMS, (("item", numbers[3]),), "A governor asked.", NEXT_YEAR))
    assert office.perform(GoOnDestroying(1, 2)) == Progress(1, 4, 6, False)
    office.perform(UnconfirmRetention(Kept.ITEMS))
    assert office.perform(GoOnDestroying(1, 2)) == Progress(1, 4, 6, True)
    assert count(office, ItemRow) == 2
    (listed,) = office.ask(Destructions())
    assert (listed.destroyed, listed.approved) == (4, 6)


def test_what_was_not_approved_does_not_go_with_a_later_batch(office: Office) -> None:
    confirm_all(office)
    for number in range(3):
        old_item(office, f"{WORD} {number}")
    approve(office, 2)
    late = old_item(office, "came later")
    assert office.perform(GoOnDestroying(1)).finished
    with office.database.reading() as session:
        assert list(session.scalars(select(ItemRow.id))) == [late]


class Killed(BaseException):
    """The computer stopped."""


@pytest.mark.parametrize(
    "place", ["app.services.retention_destroying._finish", "app.store.forgetting.Forgetting._delete"]
)
def test_cut_off_in_the_middle_nothing_has_happened(
    office: Office, place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    old_records(office)
    confirm_all(office)
    before, files = everything(office), sorted(kept_files(office.vault))
    calls = iter(range(5))

    def stop(*args: object) -> None:
        if place.endswith("_finish") or next(calls, None) is None:
            raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(place, stop)
        with pytest.raises(Killed):
            approve(office)
    assert everything(office) == before
    assert sorted(kept_files(office.vault)) == files
    whole(office)
    assert approve(office).finished


def test_cut_off_before_the_files_went_the_next_check_lets_go_of_them(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    old_records(office)
    confirm_all(office)
    with monkeypatch.context() as patch:
        patch.setattr("app.store.evidence.EvidenceFolder.remove", lambda folder, place: None)
        approve(office)
    assert len(kept_files(office.vault)) == 3
    with office.database.writing() as session:
        unit = Unit(session, office.actor, office.clock(), office.keys, office.vault)
        assert evidence_faults(unit) == []
        for step in unit.on_success:
            step()
    assert kept_files(office.vault) == []


def test_the_case_tables_grow_only_again_afterwards(office: Office) -> None:
    old_records(office)
    confirm_all(office)
    approve(office)
    with office.database.reading() as session:
        guards = session.connection().exec_driver_sql("SELECT name FROM sqlite_master WHERE name LIKE '%no_delete'")
        assert {"audit_no_delete", "case_event_no_delete", "case_evidence_no_delete"} <= {name for (name,) in guards}


def test_no_page_of_the_file_spells_what_was_destroyed(real: Office) -> None:
    """A school on disk: no cell, no word of the index, no page of the file or of its log."""
    old_records(real)
    for number in range(40):
        old_item(real, f"{WORD}{number} was here with {WORD}")
    with real.database.writing() as session:
        session.query(ClassSheetRow).delete()
    confirm_all(real)
    approve(real, 10)
    while not real.perform(GoOnDestroying(1, 10)).finished:
        pass
    assert real.vault is not None
    file, main = real.vault.database, real.keys.main
    connection = opened(file, main)
    try:
        assert not [where for where, said in cells(connection) if WORD in said]
        assert not [term for term in index_terms(connection) if WORD in term]
    finally:
        connection.close()
    for page in (*pages(file, main), *logged_pages(Path(f"{file}-wal"), main)):
        assert WORD.encode() not in page
    assert real.perform(Verify()).faults == ()


def test_the_yearly_review_counts_what_was_destroyed_and_held(office: Office) -> None:
    old_records(office)
    confirm_all(office)
    approve(office)
    office.perform(PlaceHold(Kept.CASES, (), "An inquiry.", NEXT_YEAR))
    with office.database.reading() as session:
        year = Year(session, NOW.date().replace(month=9, day=1), NEXT_YEAR, NOW)
        shown = {one.label: one.words for one in evidence_of("K4", year)}
    assert shown["Lines of the retention schedule that the school confirmed"] == f"{len(EVERYTHING)} of {len(Kept)}"
    assert shown["Destructions that the headteacher approved"] == "1"
    assert shown["Records destroyed under the schedule"] == "8"
    assert shown["Records or whole sorts of record held, with a reason"] == "1"


def test_a_report_about_those_days_says_that_they_are_left_out(office: Office) -> None:
    old_records(office)
    confirm_all(office)
    first, last = OLD.date().replace(month=9, day=1), OLD.date()
    said = [office.ask(SchoolOf(first, last)).destroyed]
    approve(office)
    said += [office.ask(SchoolOf(*days)).destroyed for days in ((first, last), (NOW.date(), NOW.date()))]
    assert said[0] == said[2] == ""
    assert "destroyed under the retention schedule" in said[1]

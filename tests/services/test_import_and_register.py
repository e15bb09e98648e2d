"""An import beside what was done by hand since: records that were made one, and codes of pupils who move."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import func, select

from app.domain.enrolment_shapes import RegisterPlan
from app.domain.problems import Refused
from app.intake.read import read_register
from app.services.codes import CodeLedger, IssueCodes, Scope
from app.services.enrolment import ApplyRegister, PlanRegister
from app.services.enrolment_undo import LastImport, TakeBackImport
from app.services.guardians_merging import MergeGuardians, UndoMerge
from app.services.leaving import MOVED
from app.services.office import Office
from app.store.tables.links import LinkingCodeRow
from app.store.tables.people import GuardianRow, TieRow

TODAY = date(2026, 11, 23)
HEADINGS = "UPN,Forename,Surname,Date of birth,Class,Contact 1 name,Contact 1 email,Contact 2 name,Contact 2 email\n"
ELLA, NOAH = "R201100018042,Ella,Marsh,01/09/2018,", "A201100018043,Noah,Marsh,02/10/2019,"
JOANNE, JO = "Joanne Marsh,joanne@marsh.example", "Jo Kay,jo@kay.example"
FIRST = f"{HEADINGS}{ELLA}Willow,{JOANNE},{JO}\n{NOAH}Oak,{JO},,\n"


def planned(office: Office, folder: Path, words: str) -> RegisterPlan:
    """What bringing this list in would do."""
    file = folder / "list.csv"
    file.write_text(words, encoding="utf-8")
    return office.ask(PlanRegister(read_register([file], today=TODAY)))


def bring(office: Office, folder: Path, words: str) -> None:
    """Bring this list in."""
    plan = planned(office, folder, words)
    office.perform(ApplyRegister(read_register([folder / "list.csv"], today=TODAY), plan))


def adult(office: Office, first: str) -> int:
    with office.database.reading() as session:
        return session.scalars(select(GuardianRow.id).where(GuardianRow.first == first)).one()


def count(office: Office, kind: type[GuardianRow] | type[TieRow]) -> int:
    with office.database.reading() as session:
        return session.scalar(select(func.count()).select_from(kind)) or 0


@pytest.fixture
def begun(head: Office, tmp_path: Path) -> Office:
    bring(head, tmp_path, FIRST)
    return head


@pytest.mark.parametrize("row", [f"{ELLA}Willow,{JOANNE},{JO}", f"{ELLA}Willow,{JO},{JOANNE}", f"{ELLA}Willow,{JO},,"])
def test_an_adult_who_was_made_one_with_another_is_not_made_again(begun: Office, tmp_path: Path, row: str) -> None:
    kept = adult(begun, "Joanne")
    begun.perform(MergeGuardians(kept, adult(begun, "Jo")))
    plan = planned(begun, tmp_path, f"{HEADINGS}{row}\n{NOAH}Oak,{JO},,\n")
    assert [(each.known.id, each.changes) for each in plan.guardians if each.known] == [(kept, ())]
    assert len(plan.guardians) == 1
    had = count(begun, GuardianRow), count(begun, TieRow)
    bring(begun, tmp_path, f"{HEADINGS}{row}\n{NOAH}Oak,{JO},,\n")
    assert (count(begun, GuardianRow), count(begun, TieRow)) == had


@pytest.mark.parametrize("said", ["Jo Kay,jo@kay.example", ",jo@kay.example"])
def test_an_adult_who_was_made_one_is_known_beside_another_child_too(begun: Office, tmp_path: Path, said: str) -> None:
    kept = adult(begun, "Joanne")
    begun.perform(MergeGuardians(kept, adult(begun, "Jo")))
    (planned_adult,) = planned(begun, tmp_path, f"{HEADINGS},Maya,Kay,03/11/2018,Oak,{said},,\n").guardians
    assert planned_adult.known is not None
    assert (planned_adult.known.id, planned_adult.changes) == (kept, ())


def test_what_neither_record_said_is_still_news(begun: Office, tmp_path: Path) -> None:
    begun.perform(MergeGuardians(adult(begun, "Joanne"), adult(begun, "Jo")))
    (said,) = planned(begun, tmp_path, f"{HEADINGS}{NOAH}Oak,Jo Kay,new@kay.example,,\n").guardians
    assert [(each.field, each.new) for each in said.changes] == [("email", "new@kay.example")]


def test_records_that_are_two_again_are_each_their_own(begun: Office, tmp_path: Path) -> None:
    joanne, jo = adult(begun, "Joanne"), adult(begun, "Jo")
    begun.perform(UndoMerge(begun.perform(MergeGuardians(joanne, jo))))
    plan = planned(begun, tmp_path, FIRST)
    assert [each.known.id for each in plan.guardians if each.known] == [joanne, jo]
    assert len(plan.unchanged) == 2


def codes(office: Office) -> list[tuple[int, str | None]]:
    with office.database.reading() as session:
        rows = session.execute(
            select(LinkingCodeRow.pupil_id, LinkingCodeRow.revoked_why, LinkingCodeRow.revoked_at).order_by(
                LinkingCodeRow.pupil_id
            )
        )
        return [(pupil, why) for pupil, why, at in rows if (at is None) == (why is None)]


def test_a_move_by_an_import_revokes_codes_and_taking_it_back_restores_them(begun: Office, tmp_path: Path) -> None:
    begun.perform(IssueCodes(Scope()))
    assert codes(begun) == [(1, None), (1, None), (2, None)]
    bring(begun, tmp_path, FIRST.replace("Willow", "Elm"))
    assert codes(begun) == [(1, MOVED), (1, MOVED), (2, None)]
    assert [code.revoked_why for code in begun.ask(CodeLedger())].count(MOVED) == 2
    done = begun.ask(LastImport())
    assert done is not None
    begun.perform(TakeBackImport(done.id))
    assert codes(begun) == [(1, None), (1, None), (2, None)]


def test_an_import_that_moves_nobody_leaves_codes_alone(begun: Office, tmp_path: Path) -> None:
    begun.perform(IssueCodes(Scope()))
    bring(begun, tmp_path, FIRST.replace("Ella,", "Elle,"))
    assert codes(begun) == [(1, None), (1, None), (2, None)]


def test_a_code_for_the_new_class_keeps_an_import_from_being_taken_back(begun: Office, tmp_path: Path) -> None:
    bring(begun, tmp_path, FIRST.replace("Willow", "Elm"))
    begun.perform(IssueCodes(Scope()))
    done = begun.ask(LastImport())
    assert done is not None
    with pytest.raises(Refused, match="linking codes"):
        begun.perform(TakeBackImport(done.id))
    assert codes(begun) == [(1, None), (1, None), (2, None)]

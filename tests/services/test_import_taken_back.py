"""The last import can be taken back, whole, until something stands on it; then it says what."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, select, update

from app.domain.enrolment_shapes import ChangeAt, Settled, Settlement
from app.domain.incoming import RegisterReading
from app.domain.problems import Cancelled, Overtaken, Refused
from app.domain.ticket import PlainTicket
from app.intake.read import read_register
from app.services.enrolment import ApplyRegister, PlanRegister
from app.services.enrolment_undo import LastImport, TakeBackImport
from app.services.leavers import RecordLeaver
from app.services.office import Office
from app.services.school import RecordStaff
from app.store.tables import Base
from app.store.tables.audit import AuditRow
from app.store.tables.content import ImportRow
from app.store.tables.links import LinkRow
from app.store.tables.people import GuardianRow, PupilRow, TieRow
from app.store.tables.permissions import CareRecordRow, PermissionRow
from tests.conftest import NOW
from tests.services.rows import an_item

TODAY = date(2026, 11, 23)
HEADINGS = (
    "UPN,Forename,Surname,Date of birth,Class,Postcode,In care,Contact 1 name,Contact 1 relationship,Contact 1 email\n"
)
FIRST = f"""{HEADINGS}R201100018042,Ella,Marsh,01/09/2018,Willow,S65 0AA,Yes,Joanne Marsh,Mother,jo@marsh.example
,Noah,Marsh,02/10/2019,Oak,S65 0AA,,Joanne Marsh,Mother,jo@marsh.example
"""
AGAIN = f"""{HEADINGS}R201100018042,Ella,Marshall,01/09/2018,Elm,S65 9ZZ,Yes,Joanne Marsh,Carer,joanne@marsh.example
,Noah,Marsh,02/10/2019,Oak,S65 0AA,Yes,Joanne Marsh,Mother,joanne@marsh.example
,Maya,Holt,03/10/2019,Elm,S65 0AB,Yes,Asha Holt,Mother,asha@holt.example
"""
REGISTER = ("pupil", "guardian", "tie", "class", "staff", "staff_class", "care_record")


def reading(folder: Path, words: str, name: str = "list.csv") -> RegisterReading:
    file = folder / name
    file.write_text(words, encoding="utf-8")
    return read_register([file], today=TODAY)


def bring(office: Office, read: RegisterReading, *refused: ChangeAt) -> None:
    office.perform(ApplyRegister(read, office.ask(PlanRegister(read)), frozenset(refused)))


def register(office: Office) -> dict[str, list[dict[str, Any]]]:
    """Every row of the register, but for how often it was changed."""
    found = {}
    with office.database.reading() as session:
        for name in REGISTER:
            rows = session.execute(select(Base.metadata.tables[name])).mappings()
            found[name] = [{key: value for key, value in row.items() if key != "version"} for row in rows]
    return found


def last(office: Office) -> int:
    done = office.ask(LastImport())
    assert done is not None
    return done.id


@pytest.fixture
def begun(head: Office, tmp_path: Path) -> Office:
    bring(head, reading(tmp_path, FIRST))
    return head


def test_a_first_import_is_taken_back_whole(head: Office, tmp_path: Path) -> None:
    assert head.ask(LastImport()) is None
    before = register(head)
    bring(head, reading(tmp_path, FIRST))
    done = head.ask(LastImport())
    assert done is not None
    assert (done.new, done.changed, done.by, done.at) == (2, 0, "Pat Headteacher", NOW)
    assert head.perform(TakeBackImport(done.id)) == done
    assert register(head) == before
    assert head.ask(LastImport()) is None
    with head.database.reading() as session:
        assert session.scalar(select(ImportRow.taken_back_at)) == NOW
        lines = session.execute(select(AuditRow.verb, AuditRow.subject, AuditRow.detail)).all()
    assert tuple(lines[-1]) == ("register.taken_back", f"import:{done.id}", '{"changed":0,"new":2}')


def test_what_an_import_changed_is_as_it_was_and_may_be_brought_in_again(begun: Office, tmp_path: Path) -> None:
    before = register(begun)
    again = reading(tmp_path, AGAIN, "again.csv")
    bring(begun, again)
    after = register(begun)
    assert after != before
    assert [row["last"] for row in after["pupil"]] == ["Marshall", "Marsh", "Holt"]
    assert [row["picture_bar"] for row in after["pupil"]] == [True, True, True]
    begun.perform(TakeBackImport(last(begun)))
    assert register(begun) == before
    with begun.database.reading() as session:
        assert session.scalar(select(PupilRow.version).where(PupilRow.id == 1)) == 3
    bring(begun, again)
    rows = register(begun)
    assert [(row["last"], row["postcode"]) for row in rows["pupil"]] == [
        ("Marshall", "S65 9ZZ"), ("Marsh", "S65 0AA"), ("Holt", "S65 0AB"),
    ]  # fmt: skip


def test_only_the_last_one_that_did_anything_can_be(begun: Office, tmp_path: Path) -> None:
    first = last(begun)
    bring(begun, reading(tmp_path, FIRST))
    assert last(begun) == first
    bring(begun, reading(tmp_path, AGAIN, "again.csv"))
    with pytest.raises(Overtaken, match="no longer the last import"):
        begun.perform(TakeBackImport(first))
    begun.perform(TakeBackImport(last(begun)))
    assert begun.ask(LastImport()) is None


def permission(office: Office) -> None:
    with office.database.writing() as session:
        session.add(
            PermissionRow(
                pupil_id=1, kind="photograph", answer="given", decided_on=TODAY, route="form", recorded_at=NOW,
                recorded_by=1,
            )
        )  # fmt: skip


def link(office: Office) -> None:
    with office.database.writing() as session:
        session.execute(insert(LinkRow).values(pupil_id=2, guardian_id=1, state="linked", requested_at=NOW))


def tie_by_hand(office: Office) -> None:
    with office.database.writing() as session:
        session.add(GuardianRow(first="Dean", last="Kay", name_key="dean kay"))
        session.flush()
        session.add(TieRow(pupil_id=1, guardian_id=2, contact="open"))


def pupil_by_hand(office: Office) -> None:
    with office.database.writing() as session:
        session.add(PupilRow(first="Ida", last="Kay", name_key="ida kay", class_id=1))


def guardian_mended(office: Office) -> None:
    with office.database.writing() as session:
        session.execute(update(PupilRow).values(version=2).where(PupilRow.id == 2))


def barred(office: Office) -> None:
    with office.database.writing() as session:
        session.execute(update(PupilRow).values(picture_bar=True).where(PupilRow.id == 2))


def staff_of_a_class(office: Office) -> None:
    office.perform(RecordStaff("Mrs Holt", classes=("Willow",)))


def leaver(office: Office) -> None:
    office.perform(RecordLeaver(1, TODAY))


def message(office: Office) -> None:
    an_item(office, guardian=1)


@pytest.mark.parametrize(
    ("then", "told"),
    [
        (permission, "permission decisions"),
        (link, "links to ClassDojo"),
        (tie_by_hand, "adults who were added by hand"),
        (pupil_by_hand, "pupils who were put into its classes"),
        (guardian_mended, "changes to its pupils"),
        (barred, "other records"),
        (message, "posts or messages"),
        (staff_of_a_class, "staff who were given its classes"),
        (leaver, "changes to its pupils"),
    ],
)
def test_what_stands_on_it_keeps_it_and_is_named(begun: Office, then: Callable[[Office], object], told: str) -> None:
    then(begun)
    before = register(begun)
    with pytest.raises(Refused) as refusal:
        begun.perform(TakeBackImport(last(begun)))
    assert "because these stand on it:" in refusal.value.sentence
    assert told in refusal.value.sentence
    assert register(begun) == before


def test_a_change_to_what_it_changed_keeps_it(begun: Office, tmp_path: Path) -> None:
    bring(begun, reading(tmp_path, AGAIN, "again.csv"))
    with begun.database.writing() as session:
        session.execute(update(GuardianRow).where(GuardianRow.id == 1).values(email="other@marsh.example"))
    with pytest.raises(Refused, match="changes to its guardians"):
        begun.perform(TakeBackImport(last(begun)))


def test_what_has_nothing_to_do_with_it_does_not_keep_it(begun: Office, tmp_path: Path) -> None:
    permission(begun)
    before = register(begun)
    bring(begun, reading(tmp_path, AGAIN.replace("Ella,Marshall", "Ella,Marsh"), "again.csv"))
    begun.perform(RecordStaff("Mr Kay", classes=("Willow",)))
    begun.perform(TakeBackImport(last(begun)))
    after = register(begun)
    assert after["pupil"] == before["pupil"]
    assert after["guardian"] == before["guardian"]


def test_refused_changes_stay_out_field_by_field(begun: Office, tmp_path: Path) -> None:
    refused = (
        ChangeAt("pupil", 1, "last"),
        ChangeAt("tie", 1, "relationship", 1),
        ChangeAt("guardian", 1, "email"),
    )
    bring(begun, reading(tmp_path, AGAIN, "again.csv"), *refused)
    rows = register(begun)
    assert (rows["pupil"][0]["last"], rows["pupil"][0]["postcode"]) == ("Marsh", "S65 9ZZ")
    assert rows["guardian"][0]["email"] == "jo@marsh.example"
    assert rows["tie"][0]["relationship"] == "Mother"


def test_an_adult_who_is_not_taken_over_is_not_added(begun: Office, tmp_path: Path) -> None:
    words = FIRST.replace("Contact 1 email\n", "Contact 1 email,Contact 2 name\n").replace(
        "jo@marsh.example\n,", "jo@marsh.example,Dean Kay\n,"
    )
    read = reading(tmp_path, words, "two.csv")
    plan = begun.ask(PlanRegister(read))
    place = next(at for at, each in enumerate(plan.guardians) if each.known is None)
    bring(begun, read, ChangeAt("added", 1, "", place))
    rows = register(begun)
    assert (len(rows["guardian"]), len(rows["tie"])) == (1, 2)
    bring(begun, read)
    rows = register(begun)
    assert [(row["first"], row["last"]) for row in rows["guardian"]] == [("Joanne", "Marsh"), ("Dean", "Kay")]
    assert (rows["tie"][-1]["pupil_id"], rows["tie"][-1]["guardian_id"]) == (1, 2)


def test_cancelled_at_any_step_leaves_nothing(head: Office, tmp_path: Path) -> None:
    read = reading(tmp_path, FIRST)
    plan = head.ask(PlanRegister(read))
    before = register(head)
    for stop_at in range(6):
        steps: list[int] = []

        def told(done: int, of: int | None, note: str, steps: list[int] = steps, at: int = stop_at) -> None:
            steps.append(done)
            if done >= at:
                raise Cancelled

        with pytest.raises(Cancelled):
            head.perform(ApplyRegister(read, plan, ticket=PlainTicket(told)))
        assert steps[-1] == stop_at
        assert register(head) == before
    assert head.ask(LastImport()) is None


def test_the_restricted_flag_goes_with_it(head: Office, tmp_path: Path) -> None:
    bring(head, reading(tmp_path, FIRST))
    head.perform(TakeBackImport(last(head)))
    with head.database.reading() as session:
        assert session.scalars(select(CareRecordRow)).all() == []


def test_a_settled_plan_is_written_as_it_was_seen(begun: Office, tmp_path: Path) -> None:
    words = "Forename,Surname,Date of birth,Contact 1 name\nElla,Marsh,01/09/2017,Joanne Marsh\n"
    read = reading(tmp_path, words, "other.csv")
    plan = begun.ask(PlanRegister(read))
    assert [doubt.grade for doubt in plan.doubts] == ["high"]
    bring(begun, read)
    assert len(register(begun)["pupil"]) == 2
    said = (Settlement("other.csv", 2, Settled.SAME, 1),)
    settled = begun.ask(PlanRegister(read, said))
    begun.perform(RecordStaff("Mrs Holt"))
    begun.perform(ApplyRegister(read, settled))
    assert register(begun)["pupil"][0]["born"] == date(2017, 9, 1)

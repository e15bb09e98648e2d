"""A plan that a person looked at is what is written, or nothing is."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import func, select, update

from app.domain.enrolment import RegisterPlan
from app.domain.incoming import RegisterReading
from app.domain.problems import Overtaken
from app.intake.read import read_register
from app.services.enrolment import ApplyRegister, PlanRegister
from app.services.leavers import RecordLeaver
from app.services.office import Office
from app.services.school import RecordStaff
from app.store.tables.people import GuardianRow, PupilRow, TieRow

LIST = """UPN,Forename,Surname,Date of birth,Class,Contact 1 name,Contact 1 relationship,Contact 1 email
R201100018042,Ella,Marsh,01/09/2018,Willow,Joanne Marsh,Mother,jo@marsh.example
,Noah,Marsh,02/10/2019,Oak,Joanne Marsh,Mother,jo@marsh.example
"""


@pytest.fixture
def reading(tmp_path: Path) -> RegisterReading:
    file = tmp_path / "list.csv"
    file.write_text(LIST, encoding="utf-8")
    return read_register([file], today=date(2026, 11, 23))


def counted(office: Office) -> tuple[int, int, int]:
    with office.database.reading() as session:
        pupils, guardians, ties = (
            session.scalar(select(func.count()).select_from(table)) or 0 for table in (PupilRow, GuardianRow, TieRow)
        )
        return pupils, guardians, ties


def planned(office: Office, reading: RegisterReading) -> RegisterPlan:
    return office.ask(PlanRegister(reading))


def test_a_register_goes_in_once_and_the_same_file_again_changes_nothing(
    head: Office, reading: RegisterReading
) -> None:
    head.perform(ApplyRegister(reading, planned(head, reading)))
    assert counted(head) == (2, 1, 2)
    with head.database.reading() as session:
        pupil = session.scalars(select(PupilRow).order_by(PupilRow.id)).first()
        assert pupil is not None
        assert (pupil.first, pupil.born, pupil.joined_on) == ("Ella", date(2018, 9, 1), date(2026, 11, 23))
        assert (pupil.version, pupil.picture_bar, pupil.name_key) == (1, False, "ella marsh")
    again = planned(head, reading)
    assert (len(again.new), len(again.changed), len(again.unchanged)) == (0, 0, 2)


def test_a_plan_that_something_overtook_is_not_written(head: Office, reading: RegisterReading) -> None:
    head.perform(ApplyRegister(reading, planned(head, reading)))
    with head.database.writing() as session:
        session.execute(update(PupilRow).where(PupilRow.id == 1).values(last="Marshall"))
    shown = planned(head, reading)
    assert len(shown.changed) == 1
    head.perform(RecordLeaver(2, date(2026, 11, 20)))
    with pytest.raises(Overtaken):
        head.perform(ApplyRegister(reading, shown))
    with head.database.reading() as session:
        assert session.scalar(select(PupilRow.last).where(PupilRow.id == 1)) == "Marshall"


def test_what_has_nothing_to_do_with_it_does_not_stand_in_its_way(head: Office, reading: RegisterReading) -> None:
    shown = planned(head, reading)
    head.perform(RecordStaff("Mrs Holt"))
    head.perform(ApplyRegister(reading, shown))
    assert counted(head) == (2, 1, 2)

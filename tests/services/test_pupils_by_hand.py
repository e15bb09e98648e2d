"""Adding and changing a pupil by hand: each slip in its own sentence, nothing saved half (T8, H7)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from app.domain.problems import Overtaken, Problem, Refused
from app.domain.pupil_details import PupilDetails
from app.domain.upn import check_letter
from app.services.codes import CodeLedger, IssueCodes, Scope
from app.services.leavers import RecordLeaver
from app.services.leaving import MOVED
from app.services.office import Office
from app.services.pupils import Pupil
from app.services.pupils_by_hand import AddPupil, ChangePupil, JudgePupil, MovePupils, PupilAsEntered
from app.store.reads.pupils import PupilFilter, pupil_lines
from app.store.tables.audit import AuditRow
from app.store.tables.people import PupilRow
from tests.services.rows import a_class, a_guardian, a_pupil

TODAY = date(2026, 11, 23)
UPN = check_letter("201100018042") + "201100018042"
ELLA = PupilDetails("Ella", "Marsh", born=date(2018, 9, 3), year_group="3")


def faults(office: Office, said: PupilDetails, pupil_id: int | None = None) -> dict[str, str]:
    return {each.field: each.sentence for each in office.ask(JudgePupil(said, pupil_id)).faults}


def doubts(office: Office, said: PupilDetails) -> dict[str, str]:
    return {each.field: each.sentence for each in office.ask(JudgePupil(said)).doubts}


def test_a_pupil_is_added_tidily_and_found_by_any_name(clerk: Office) -> None:
    willow = a_class(clerk)
    said = replace(
        ELLA, first="  Eleanor ", preferred="Ella", class_id=willow, upn=f" {UPN.lower()} ", postcode="s65 1ab"
    )
    id_ = clerk.perform(AddPupil(said))
    record = clerk.ask(Pupil(id_))
    assert (record.line.first, record.line.permitted, record.upn, record.postcode) == (
        "Eleanor",
        "Ella",
        UPN,
        "S65 1AB",
    )
    assert record.joined_on == TODAY
    with clerk.database.reading() as session:
        assert [line.id for line in pupil_lines(session, PupilFilter(words="ella marsh"), TODAY)] == [id_]


@pytest.mark.parametrize(
    ("said", "field", "part"),
    [
        (replace(ELLA, first=" "), "first", "Enter the first name"),
        (replace(ELLA, last=""), "last", "Enter the last name"),
        (replace(ELLA, born=date(2027, 1, 4)), "born", "Mon 4 Jan 2027 lies ahead"),
        (replace(ELLA, born=date(1988, 1, 4)), "born", "born in 1988 is too old"),
        (replace(ELLA, joined_on=date(2017, 9, 1)), "joined_on", "before being born"),
        (replace(ELLA, upn="R2011"), "upn", "This is no UPN"),
        (replace(ELLA, class_id=999), "class_id", "That class is not in use"),
        (replace(ELLA, year_group="9"), "year_group", "Choose a year group"),
    ],
)
def test_what_cannot_be_is_refused_in_its_own_sentence(
    clerk: Office, said: PupilDetails, field: str, part: str
) -> None:
    assert part in faults(clerk, said)[field]
    with pytest.raises(Refused, match="Nothing was saved"):
        clerk.perform(AddPupil(said))
    with clerk.database.reading() as session:
        assert session.scalars(select(PupilRow)).all() == []


def test_two_children_never_share_a_upn(clerk: Office) -> None:
    first = clerk.perform(AddPupil(replace(ELLA, upn=UPN)))
    other = replace(ELLA, first="Sam", last="Reed", upn=UPN)
    assert faults(clerk, other)["upn"] == (
        "This UPN belongs to Ella Marsh, no class. Two children never share one: check both."
    )
    assert faults(clerk, replace(ELLA, upn=UPN), first) == {}, "not of the pupil's own"


def test_a_wrong_check_letter_is_a_doubt_that_says_the_right_one(clerk: Office) -> None:
    wrong = "A" + UPN[1:]
    assert doubts(clerk, replace(ELLA, upn=wrong))["upn"].startswith("The check letter should be R, not A.")
    assert clerk.perform(AddPupil(replace(ELLA, upn=wrong))) > 0
    temporary = check_letter("20110001804V") + "20110001804V"
    assert "temporary UPN" in doubts(clerk, replace(ELLA, upn=temporary))["upn"]


def test_an_age_that_does_not_fit_the_year_is_a_doubt(clerk: Office) -> None:
    willow = a_class(clerk)
    assert doubts(clerk, ELLA) == {}
    assert "usually in Year 3, not Year 5" in doubts(clerk, replace(ELLA, year_group="5"))["born"]
    assert "Willow is a class of Year 3" in doubts(clerk, replace(ELLA, year_group="5", class_id=willow))["class_id"]
    baby = replace(ELLA, born=date(2026, 3, 1), year_group="R")
    assert "usually in no year group of this school" in doubts(clerk, baby)["born"]


def test_a_namesake_gives_the_name_as_the_school_would_show_it(clerk: Office) -> None:
    willow = a_class(clerk)
    a_pupil(clerk, "Ella", "Moss", willow)
    judged = clerk.ask(JudgePupil(replace(ELLA, class_id=willow)))
    assert (judged.permitted, judged.namesakes) == ("Ella M", ("Ella Moss",))
    assert clerk.ask(JudgePupil(ELLA)).permitted == "Ella"


def test_a_likely_second_record_is_added_knowingly_or_not_at_all(clerk: Office) -> None:
    clerk.perform(AddPupil(ELLA))
    assert "already has Ella Marsh, no class. Open that record" in doubts(clerk, ELLA)["first"]
    with pytest.raises(Refused, match="Nothing was added"):
        clerk.perform(AddPupil(ELLA))
    assert doubts(clerk, replace(ELLA, born=date(2018, 9, 4))) == {}, "born on another day is somebody else"
    assert clerk.perform(AddPupil(ELLA, knowingly=True)) > 0


def test_a_leaver_of_the_name_is_pointed_out(clerk: Office) -> None:
    id_ = clerk.perform(AddPupil(ELLA))
    clerk.perform(RecordLeaver(id_, TODAY))
    assert "who has left. If the child is back" in doubts(clerk, ELLA)["first"]


def test_a_change_names_its_fields_in_the_audit_and_nobody(clerk: Office) -> None:
    willow = a_class(clerk)
    id_ = a_pupil(clerk)
    entered = clerk.ask(PupilAsEntered(id_))
    said = replace(entered.details, preferred="Elle", class_id=willow)
    assert clerk.perform(ChangePupil(id_, said, entered.version)) == ("class_id", "preferred")
    assert clerk.ask(Pupil(id_)).line.permitted == "Elle"
    with clerk.database.reading() as session:
        newest = select(AuditRow.verb, AuditRow.subject, AuditRow.detail).order_by(AuditRow.seq.desc()).limit(1)
        line = session.execute(newest).one()
    assert tuple(line) == ("pupil.changed", f"pupil:{id_}", '{"fields":["class_id","preferred"]}')


def test_two_people_do_not_overwrite_each_other(clerk: Office) -> None:
    id_ = a_pupil(clerk)
    entered = clerk.ask(PupilAsEntered(id_))
    clerk.perform(ChangePupil(id_, replace(entered.details, middle="Rose"), entered.version))
    with pytest.raises(Overtaken):
        clerk.perform(ChangePupil(id_, replace(entered.details, middle="May"), entered.version))
    assert clerk.ask(PupilAsEntered(id_)).details.middle == "Rose"


def test_saving_what_stands_changes_nothing(clerk: Office) -> None:
    id_ = a_pupil(clerk)
    entered = clerk.ask(PupilAsEntered(id_))
    assert clerk.perform(ChangePupil(id_, entered.details, entered.version)) == ()
    assert clerk.ask(PupilAsEntered(id_)).version == entered.version


def test_a_leavers_record_stays_as_it_is(clerk: Office) -> None:
    id_ = a_pupil(clerk)
    clerk.perform(RecordLeaver(id_, TODAY))
    entered = clerk.ask(PupilAsEntered(id_))
    with pytest.raises(Refused, match="has left"):
        clerk.perform(ChangePupil(id_, entered.details, entered.version))
    with pytest.raises(Refused, match="has left"):
        clerk.perform(MovePupils((id_,), None))


def test_a_new_class_needs_a_new_code(clerk: Office) -> None:
    willow, oak = a_class(clerk), a_class(clerk, "Oak")
    one, two = a_pupil(clerk, class_id=willow), a_pupil(clerk, "Sam", "Reed", willow)
    for pupil in (one, two):
        clerk.perform(IssueCodes(Scope(pupil_id=pupil, guardian_id=a_guardian(clerk, pupil))))
    entered = clerk.ask(PupilAsEntered(one))
    clerk.perform(ChangePupil(one, replace(entered.details, middle="Rose"), entered.version))
    assert [code.revoked_at for code in clerk.ask(CodeLedger())] == [None, None]
    entered = clerk.ask(PupilAsEntered(one))
    clerk.perform(ChangePupil(one, replace(entered.details, class_id=oak), entered.version))
    clerk.perform(MovePupils((two,), oak))
    assert {code.revoked_why for code in clerk.ask(CodeLedger())} == {MOVED}


def test_pupils_are_moved_together_or_not_at_all(clerk: Office) -> None:
    willow, oak = a_class(clerk), a_class(clerk, "Oak")
    one, two = a_pupil(clerk, class_id=willow), a_pupil(clerk, "Sam", "Reed", oak)
    assert clerk.perform(MovePupils((one, two), oak)) == 1
    with pytest.raises(Problem, match="no longer in the register"):
        clerk.perform(MovePupils((one, 999), willow))
    with pytest.raises(Refused, match="not in use"):
        clerk.perform(MovePupils((one,), 999))
    assert clerk.ask(Pupil(one)).line.class_name == "Oak"

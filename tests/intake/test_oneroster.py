"""OneRoster and School Data Sync as they come in the wild: misspelt, incomplete, contradictory."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.domain.enrolment import KnownRegister, plan_register
from app.domain.incoming import RegisterReading
from app.domain.problems import Unreadable
from app.intake.read import read_register
from tests.intake.files import TODAY, told, written

USERS_1_1 = "sourcedId,status,role,givenName,familyName,email,sms,phone,agentSourcedIds,grades,password,orgSourcedIds\n"
USERS_1_2 = (
    "sourcedId,status,dataLastModified,givenName,familyName,prefferedGivenName,prefferedMiddleName,agentSourcedIds,"
    "grades,password,primaryOrgSourcedId\n"
)


def bundle(folder: Path, **tables: str) -> RegisterReading:
    place = folder / "bundle"
    place.mkdir(exist_ok=True)
    for name, content in tables.items():
        written(place, f"{name}.csv", content)
    return read_register([place], today=TODAY)


def test_agents_on_the_child_and_on_the_adult(tmp_path: Path) -> None:
    found = bundle(
        tmp_path,
        users=USERS_1_1
        + 'p1,active,student,Ella,Marsh,,,,"a1,a2",3,Secret1,\n'
        + "p2,active,student,Oscar,Khan,,,,,3,Secret2,\n"
        + "a1,active,parent,Joanne,Marsh,jo@marsh.example,07700 900001,07700 900001,,,Secret3,\n"
        + "a2,active,relative,Ann,Marsh,,,,,,,\n"
        + "a3,active,guardian,Ali,Khan,,,01632 960001,p2,,,\n",
        classes="sourcedId,status,title,classType\nc1,active,Oak,homeroom\nc2,active,Maths,scheduled\n",
        enrollments="sourcedId,status,classSourcedId,userSourcedId,role\n"
        "e1,active,c2,p1,student\ne2,active,c1,p1,student\ne3,active,c2,p2,student\n",
    )
    ella, oscar = found.pupils
    assert [(adult.name, adult.relationship) for adult in ella.guardians] == [
        ("Joanne Marsh", "parent"),
        ("Ann Marsh", "relative"),
    ]
    assert [(adult.name, adult.phones) for adult in oscar.guardians] == [("Ali Khan", ("01632 960001",))]
    assert (ella.class_name, ella.groups, oscar.class_name) == ("Oak", ("Maths", "Oak"), "Maths")
    assert "Secret" not in repr(found)
    assert found.covers == {"Oak", "Maths"}


def test_version_one_point_two_with_roles_elsewhere_and_misspelt_headings(tmp_path: Path) -> None:
    found = bundle(
        tmp_path,
        manifest="propertyName,value\noneroster.version,1.2\nfile.users,bulk\n",
        users=USERS_1_2
        + "t1,active,1/05/2023,Ruth,Holt,,,,,,s1\n"
        + "p1,,,Eleanor,Marsh,Ella,X,t1,3,Secret,s1\n"
        + "a1,active,1/05/2023,Joanne,Marsh,Jo,,p1,,Secret,s1\n",
        userprofiles="sourcedId,status,dataLastModified,userSourcedId,roleType,role,beginDate,endDate,orgSourcedId,,\n"
        "r1,active,x,t1,primary,teacher,,,s1\nr2,active,x,t1,secondary,guardian,,,s1\n"
        "r3,active,x,p1,primary,student,,,s1\nr4,active,x,a1,primary,parent,,,s1\n",
        demographics="sourcedId,birthDate,sex\np1,11/02/2019,female\n",
    )
    (ella,) = found.pupils
    assert (found.detail, ella.first, ella.preferred, str(ella.born), ella.sex) == (
        "OneRoster 1.2", "Eleanor", "Ella", "2019-02-11", "F",
    )  # fmt: skip
    assert [adult.name for adult in ella.guardians] == ["Ruth Holt", "Joanne Marsh"]
    assert [person.name for person in found.staff] == ["Ruth Holt"]
    assert ("users.csv", "prefferedGivenName") in [(remark.file, remark.field) for remark in found.warnings]
    assert {remark.file for remark in found.warnings} >= {"classes.csv", "enrollments.csv"}


def test_marked_for_deletion_is_a_proposal_and_counts_as_a_row(tmp_path: Path) -> None:
    found = bundle(
        tmp_path,
        users=USERS_1_1 + "p1,tobedeleted,student,Ella,Marsh,,,,,3,,\np2,ACTIVE,Student,Oscar,Khan,,,,,3,,\n"
        "a1,tobedeleted,parent,Jo,Marsh,,,,p1,,,\n",
    )
    assert [(each.row, each.first, each.source_id) for each in found.proposals] == [(2, "Ella", "p1")]
    assert (found.rows, [pupil.first for pupil in found.pupils]) == (2, ["Oscar"])
    plan = plan_register(found, KnownRegister())
    assert (plan.marked_gone, len(plan.new), plan.leavers) == (1, 1, ())


def test_people_whom_nothing_explains_are_rejected(tmp_path: Path) -> None:
    found = bundle(
        tmp_path,
        users=USERS_1_1 + "x1,active,,Ella,Marsh,,,,,,,\n,active,student,No,Id,,,,,,,\np1,active,student,,,,,,,,,\n"
        "p2,active,student,Oscar\n",
    )
    assert sorted(told(found.rejected)) == [(2, "role"), (3, "sourcedId"), (4, "first name"), (5, "last name")]
    assert found.rows == 4


def test_a_person_without_a_role_takes_it_from_where_they_stand(tmp_path: Path) -> None:
    found = bundle(
        tmp_path,
        users="sourcedId,givenName,familyName,email,phone\n1,Ella,Marsh,,\n2,Jo,Marsh,jo@marsh.example,\n3,Ruth,Holt,,\n",
        classes="sourcedId,orgSourcedId,title\nc,s,Oak\n",
        enrollments="classSourcedId,userSourcedId,role\nc,1,Student\nc,3,Teacher\nc,9,Student\nz,1,student\n",
        relationships="userSourcedId,relationshipUserSourcedId,relationshipRole\n1,2,guardian\n1,9,parent\n",
    )
    (ella,) = found.pupils
    assert (ella.class_name, [adult.email for adult in ella.guardians]) == ("Oak", ["jo@marsh.example"])
    assert [(person.name, person.classes) for person in found.staff] == [("Ruth Holt", ("Oak",))]
    assert {(remark.file, remark.field) for remark in found.warnings} >= {
        ("relationships.csv", "adult"),
        ("enrollments.csv", "enrolment"),
    }


def test_a_bundle_of_changes_covers_no_class(tmp_path: Path) -> None:
    tables = {
        "users": USERS_1_1 + "p1,active,student,Ella,Marsh,,,,,3,,\n",
        "classes": "sourcedId,status,title\nc,active,Oak\n",
        "enrollments": "sourcedId,status,classSourcedId,userSourcedId,role\ne,active,c,p1,student\n",
    }
    assert bundle(tmp_path, **tables).covers == {"Oak"}
    delta = "propertyName,value\noneroster.version,1.1\nfile.users,delta\n"
    assert bundle(tmp_path, manifest=delta, **tables).covers == frozenset()


def test_american_dates_are_read_only_where_the_whole_column_says_so_and_told(tmp_path: Path) -> None:
    users = USERS_1_1 + "p1,active,student,Ella,Marsh,,,,,3,,\np2,active,student,Oscar,Khan,,,,,3,,\n"
    american = bundle(tmp_path, users=users, demographics="sourcedId,birthDate,sex\np1,2/13/2019,F\np2,4/2/2019,M\n")
    assert [str(pupil.born) for pupil in american.pupils] == ["2019-02-13", "2019-04-02"]
    assert any("month first" in remark.reason for remark in american.warnings)
    mixed = bundle(tmp_path, users=users, demographics="sourcedId,birthDate,sex\np1,2/13/2019,F\np2,13/2/2019,M\n")
    assert [str(pupil.born) for pupil in mixed.pupils] == ["None", "2019-02-13"]


def test_several_schools_and_health_flags(tmp_path: Path) -> None:
    found = bundle(
        tmp_path,
        users=USERS_1_1 + "p1,active,student,Ella,Marsh,,,,,3,,s1\np2,active,student,Oscar,Khan,,,,,3,,s2\n",
        orgs="sourcedId,name,type\ns1,Oakfield Primary,school\ns2,Elm Infants,school\n",
        userFlags="userSourcedId,flag\np1,freeLunch\n",
    )
    assert any(remark.field == "school" and "Oakfield Primary" in remark.reason for remark in found.warnings)
    assert "freeLunch" not in repr(found)


def test_uk_format_with_names_and_with_the_least_it_may_have(tmp_path: Path) -> None:
    found = bundle(
        tmp_path,
        Student="ID,School DfE Number,First Name,Last Name,Password,Grade,Status,Birthdate\n"
        "1,3722038,Ella,Marsh,Secret,3,Active,11/02/2019\n2,3722038,Oscar,Khan,Secret,3,Inactive,\n,1,No,Id,,,,\n",
        Section="ID,School DfE Number,Section Name\nk,3722038,Oak\n",
        StudentEnrollment="Section ID,ID\nk,1\n",
        Teacher="SIS ID,School SIS ID,First Name,Last Name\nt,3722038,Ruth,Holt\n",
        TeacherRoster="Section SIS ID,SIS ID\nk,t\n",
    )
    assert [(pupil.first, pupil.class_name, pupil.source_id) for pupil in found.pupils] == [("Ella", "Oak", "1")]
    assert [each.first for each in found.proposals] == ["Oscar"]
    assert told(found.rejected) == [(4, "ID")]
    assert found.staff[0].classes == ("Oak",)
    assert "Secret" not in repr(found)


def test_usernames_alone_are_no_pupils(tmp_path: Path) -> None:
    found = bundle(tmp_path, Student="ID,School DfE Number,Username\n1,3722038,EMarsh\n")
    assert told(found.rejected) == [(2, "first name")]
    assert found.pupils == ()


def test_bundles_with_empty_files_and_without_people(tmp_path: Path) -> None:
    found = bundle(tmp_path, users=USERS_1_1 + "p1,active,student,Ella,Marsh,,,,,3,,\n", classes="")
    assert ("classes.csv", None) in [(remark.file, remark.field) for remark in found.warnings]
    with pytest.raises(Unreadable, match="holds no list of people"):
        bundle(tmp_path, users="")


def test_the_same_identifier_twice(tmp_path: Path) -> None:
    found = bundle(
        tmp_path, users=USERS_1_1 + "p1,active,student,Ella,Marsh,,,,,3,,\np1,active,student,Oscar,Khan,,,,,3,,\n"
    )
    assert [pupil.first for pupil in found.pupils] == ["Ella"]
    assert (3, "sourcedId") in told(found.warnings)


def test_a_single_table_is_told_from_a_class_list(tmp_path: Path) -> None:
    path = written(tmp_path, "people.csv", USERS_1_1 + "p1,active,student,Ella,Marsh,,,,,3,,\n")
    found = read_register([path], today=TODAY)
    assert (found.format, found.files, len(found.pupils)) == ("oneroster", ("people.csv",), 1)

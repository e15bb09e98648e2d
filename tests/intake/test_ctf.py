"""Common transfer files that differ from the sample: versions, addresses, odd values, and hostile XML."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.domain.incoming import RegisterReading
from app.domain.problems import Cancelled, Unreadable
from app.domain.ticket import PlainTicket
from app.intake.read import read_register
from tests.intake.files import TODAY, told, written

PUPIL = (
    "<Pupil><UPN>R201100018042</UPN><Surname>Marsh</Surname><Forename>Ella</Forename><DOB>2019-02-11</DOB>"
    "<Sex>F</Sex>{more}</Pupil>"
)


def transfer(pupils: str, version: str = "25.0", header: str = "") -> str:
    return (
        f"<?xml version='1.0' encoding='UTF-8'?><CTfile><Header><CTFversion>{version}</CTFversion>{header}</Header>"
        f"<CTFpupilData>{pupils}</CTFpupilData></CTfile>"
    )


def reading(folder: Path, content: str | bytes) -> RegisterReading:
    return read_register([written(folder, "transfer.xml", content)], today=TODAY)


@pytest.mark.parametrize(("version", "warned"), [("25.0", 0), ("24.0", 0), ("26.0", 1), ("99", 1), ("", 1), ("x", 1)])
def test_no_version_is_refused_and_unknown_ones_are_warned_about(tmp_path: Path, version: str, warned: int) -> None:
    found = reading(tmp_path, transfer(PUPIL.format(more=""), version))
    assert len(found.pupils) == 1
    assert [remark.field for remark in found.warnings] == ["CTFversion"] * warned


def test_both_forms_of_address(tmp_path: Path) -> None:
    premises = (
        "<Address><BS7666Address><PAON>4</PAON><Street>Example Row</Street><Town>Thrybergh</Town></BS7666Address>"
        "<County>South Yorkshire</County><PostCode>s650aa</PostCode></Address>"
    )
    lines = (
        "<Address><AddressLines><AddressLine1>4 Example Row</AddressLine1></AddressLines><PostCode>?</PostCode>"
        "</Address>"
    )
    found = reading(tmp_path, transfer(PUPIL.format(more=premises) + PUPIL.format(more=lines)))
    assert [(pupil.address, pupil.postcode) for pupil in found.pupils] == [
        ("4, Example Row, Thrybergh, South Yorkshire", "S65 0AA"),
        ("4 Example Row", None),
    ]
    assert told(found.warnings) == [(2, "postcode")]


def test_contacts_of_every_sort_are_kept(tmp_path: Path) -> None:
    contacts = (
        "<Contacts>"
        "<Contact><Surname>Doe</Surname><Relationship>doc</Relationship><Responsible>F</Responsible>"
        "<Phones><Phone><TelephoneType>H</TelephoneType><PhoneNo>01632 960001</PhoneNo></Phone>"
        "<Phone><TelephoneType>M</TelephoneType><PhoneNo>07700 900001</PhoneNo></Phone></Phones></Contact>"
        "<Contact><Email>only@mail.example</Email><Responsibility>perhaps</Responsibility></Contact>"
        "<Contact><Relationship>PAM</Relationship></Contact>"
        "<Contact><Surname>Kay</Surname><Email>nothing</Email><Phones><Phone><PhoneNo>x</PhoneNo></Phone></Phones>"
        "<Address><AddressLines><AddressLine1>1 Other Row</AddressLine1></AddressLines></Address></Contact>"
        "</Contacts>"
    )
    found = reading(tmp_path, transfer(PUPIL.format(more=contacts)))
    doctor, nameless, kay = found.pupils[0].guardians
    assert (doctor.name, doctor.relationship, doctor.responsibility) == ("Doe", "doc", False)
    assert doctor.phones == ("07700 900001", "01632 960001")
    assert (nameless.called, nameless.responsibility) == ("only@mail.example", None)
    assert (kay.email, kay.phones, kay.address) == (None, (), "1 Other Row")
    assert [remark.field for remark in found.warnings] == [
        "contact", "parental responsibility", "contact", "email", "phone",
    ]  # fmt: skip


def test_looked_after_in_every_spelling(tmp_path: Path) -> None:
    spellings = {"true": True, "1": True, "Y": True, "T": True, "false": False, "0": False, "N": False, "F": False}
    for text, said in (*spellings.items(), ("?", None)):
        found = reading(tmp_path, transfer(PUPIL.format(more=f"<LookedAfter><InCare>{text}</InCare></LookedAfter>")))
        assert found.pupils[0].in_care is said
        assert told(found.warnings) == ([] if said is not None else [(1, "in care")])


def test_rows_that_cannot_be_kept(tmp_path: Path) -> None:
    good = PUPIL.format(more="")
    pupils = (
        good.replace("<Surname>Marsh</Surname>", "")
        + good.replace("2019-02-11", "2019-02-31")
        + good.replace("<DOB>2019-02-11</DOB>", "")
        + good.replace("R201100018042", "R2011000")
        + good.replace("<UPN>R201100018042</UPN>", "")
    )
    found = reading(tmp_path, transfer(pupils))
    assert told(found.rejected) == [(1, "last name"), (2, "date of birth"), (3, "date of birth"), (4, "UPN")]
    assert told(found.warnings) == [(5, "UPN")]
    assert (found.rows, len(found.pupils)) == (5, 1)
    assert len(found.sightings) == 4


def test_what_is_not_ours_is_skipped_quietly(tmp_path: Path) -> None:
    other = "<StageAssessments><Stage/></StageAssessments>"
    found = reading(tmp_path, transfer(PUPIL.format(more=other + "<SchoolHistory/><Attendance/><FSMhistory/>")))
    assert (len(found.pupils), found.warnings) == (1, ())


def test_other_encodings_a_namespace_and_another_spelling_of_the_root(tmp_path: Path) -> None:
    content = transfer(PUPIL.format(more="").replace("Ella", "Zoë"))
    for data in (
        content.replace("UTF-8", "UTF-16").encode("utf-16"),
        content.replace("UTF-8", "ISO-8859-1").encode("latin-1"),
        b"\xef\xbb\xbf" + content.encode(),
        content.replace("<CTfile>", "<CTfile xmlns='urn:example'>").encode(),
        content.replace("CTfile>", "CTFile>").encode(),
    ):
        assert [pupil.first for pupil in reading(tmp_path, data).pupils] == ["Zoë"]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a 'b'>]><CTfile>&a;</CTfile>", "document type"),
        ("<!DOCTYPE CTfile SYSTEM 'http://x.example/x.dtd'><CTfile/>", "document type"),
        ("<ATfile/>", 'begins with "ATfile"'),
        ("<html xmlns='http://www.w3.org/1999/xhtml'/>", "web page"),
        ("<rss version='2.0'/>", 'begins with "rss"'),
        (transfer(PUPIL.format(more=""))[:-30], "breaks off"),
        ("<CTfile><Header>", "breaks off"),
        ("<CTfile>&undefined;</CTfile>", "breaks off|not whole"),
        ("<", "not whole XML"),
        ("<?xml version='1.0' encoding='klingon'?><CTfile/>", "not whole XML"),
    ],
)
def test_hostile_and_broken_files_are_refused(tmp_path: Path, content: str, words: str) -> None:
    with pytest.raises(Unreadable, match=words):
        reading(tmp_path, content)


def test_deep_nesting_does_no_harm(tmp_path: Path) -> None:
    deep = "<a>" * 50_000 + "</a>" * 50_000
    assert reading(tmp_path, transfer(deep)).pupils == ()


def test_a_file_without_pupils_says_so(tmp_path: Path) -> None:
    assert [remark.reason for remark in reading(tmp_path, transfer("")).warnings] == ["The file names no pupils."]
    assert "header" in reading(tmp_path, "<CTfile/>").warnings[0].reason


def test_cancelling_stops_the_reading(tmp_path: Path) -> None:
    ticket = PlainTicket()
    ticket.cancel()
    path = written(tmp_path, "transfer.xml", transfer(PUPIL.format(more="")))
    with pytest.raises(Cancelled):
        read_register([path], ticket=ticket, today=TODAY)
    assert ticket.cancelled

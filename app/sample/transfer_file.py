"""The common transfer file that brings the sample school's new starters, as their last school would send it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from app.sample.shapes import Guardian, Pupil, SampleSchool, Tie

TRANSFER_NAME = "9903301_CTF_9902047_001.xml"
"""The file's name as schools name it: authority and establishment of sender and receiver, and a serial number."""

_SENDER = ("990", "3301", "Millbeck Infant School")
_CODES = {
    "Mother": "PAM",
    "Father": "PAF",
    "Step-father": "STP",
    "Grandmother": "REL",
    "Foster carer": "CAR",
    "Social worker": "SWR",
}


def new_starters(school: SampleSchool) -> tuple[Pupil, ...]:
    """The pupils who joined after the year began."""
    return tuple(pupil for pupil in school.pupils if pupil.joined is not None)


def write_ctf(school: SampleSchool, path: Path, pupils: Iterable[Pupil] | None = None) -> None:
    """A common transfer file for these pupils, the new starters where None. No permission ever travels in one."""
    root = Element("CTfile")
    _header(school, root)
    data = ElementTree.SubElement(root, "CTFpupilData")
    for pupil in new_starters(school) if pupils is None else pupils:
        _pupil(school, pupil, data)
    ElementTree.indent(root)
    text = ElementTree.tostring(root, encoding="unicode")
    path.write_text(f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n', encoding="utf-8", newline="\n")


def _add(parent: Element, tag: str, text: str | None = None) -> Element:
    element = ElementTree.SubElement(parent, tag)
    element.text = text
    return element


def _header(school: SampleSchool, root: Element) -> None:
    header = _add(root, "Header")
    _add(header, "DocumentName", "Common Transfer File")
    _add(header, "CTFversion", "25.0")
    _add(header, "DateTime", f"{date(school.today.year, 11, 2).isoformat()}T10:05:00")
    _add(header, "DocumentQualifier", "full")
    _add(header, "SupplierID", "SAMPLE")
    source = _add(header, "SourceSchool")
    _add(source, "LEA", _SENDER[0])
    _add(source, "Estab", _SENDER[1])
    _add(source, "SchoolName", _SENDER[2])
    _add(source, "AcademicYear", str(school.year.starts.year))
    dest = _add(header, "DestSchool")
    _add(dest, "LEA", school.details.la)
    _add(dest, "Estab", school.details.establishment)


def _pupil(school: SampleSchool, pupil: Pupil, data: Element) -> None:
    element = _add(data, "Pupil")
    _add(element, "UPN", pupil.upn)
    _add(element, "Surname", pupil.last)
    _add(element, "Forename", pupil.first)
    _add(element, "DOB", pupil.born.isoformat())
    _add(element, "Sex", pupil.sex)
    basic = _add(element, "BasicDetails")
    if pupil.preferred:
        _add(basic, "PreferredForename", pupil.preferred)
    _add(basic, "NCyearActual", pupil.year)
    _add(basic, "EnrolStatus", "C")
    _add(_add(element, "LookedAfter"), "InCare", "true" if pupil.in_care else "false")
    _address(element, pupil.address, pupil.postcode)
    contacts = _add(element, "Contacts")
    guardians = {guardian.id: guardian for guardian in school.guardians}
    for tie in school.ties:
        if tie.pupil == pupil.id:
            _contact(contacts, tie, guardians[tie.guardian], pupil)


def _address(parent: Element, address: str, postcode: str) -> None:
    element = _add(parent, "Address")
    lines = _add(element, "AddressLines")
    for number, line in enumerate(address.split(", "), start=1):
        _add(lines, f"AddressLine{number}", line)
    _add(element, "PostCode", postcode)


def _contact(contacts: Element, tie: Tie, guardian: Guardian, pupil: Pupil) -> None:
    element = _add(contacts, "Contact")
    _add(element, "Order", str(tie.order))
    _add(element, "Title", guardian.title)
    _add(element, "Surname", guardian.last)
    _add(element, "Forename", guardian.first)
    _add(element, "Relationship", _CODES.get(tie.relationship, "OTH"))
    if tie.responsibility is not None:
        _add(element, "Responsibility", "true" if tie.responsibility else "false")
    if guardian.address == pupil.address:
        _add(_add(element, "Address"), "AddressAsPupil", "true")
    else:
        _address(element, guardian.address, guardian.postcode)
    phone = _add(_add(element, "Phones"), "Phone")
    _add(phone, "TelephoneType", "M")
    _add(phone, "PhoneNo", guardian.phone)
    if guardian.email:
        _add(element, "Email", guardian.email)

"""The common transfer file, the Department for Education's XML for pupils who change school.

Versions change every September: an unknown one is read with a warning. No photograph permission travels in it, so
every pupil it brings starts undecided. Assessments, attendance and school history are not ours and are skipped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from xml.etree.ElementTree import Element, ParseError, iterparse
from xml.parsers import expat

from app.domain.incoming import IncomingPupil, SchoolNumber
from app.domain.problems import Unreadable
from app.domain.ticket import Ticket
from app.intake.ctf_contacts import address_of, guardians_of, text_at
from app.intake.fields import RowFaults, judge_age, judge_birth, judge_names, judge_upn, judge_year
from app.intake.files import check_size
from app.intake.gathering import Gathering
from app.intake.values import read_postcode, read_sex, read_yes_no

NEWEST_VERSION = 25.0
_VERSION = re.compile(r"\d{1,2}(?:\.\d{1,2})?")
_TICK = 250
_CHUNK = 65_536


def read_ctf(path: Path, today: date, school: SchoolNumber | None = None, ticket: Ticket | None = None) -> Gathering:
    """Read a CTF. Raises Unreadable for anything that is not one, and for a document type or entities in it.

    `school` is this school's number; the file is then expected to be addressed to it.
    """
    namespaced = check_root(path)
    gathering = Gathering("ctf", (path.name,), "Common transfer file")
    try:
        for number, pupil in enumerate(pupils_in(path, gathering, school, namespaced), start=1):
            if ticket is not None and number % _TICK == 1:
                ticket.tick(number - 1, None, path.name)
            gathering.rows += 1
            _read_pupil(pupil, number, today, gathering)
            pupil.clear()
    except ParseError as fault:
        raise Unreadable(
            f"{path.name} breaks off or is damaged at line {fault.position[0]}. Ask the sending school for it again."
        ) from fault
    except (OSError, ValueError, LookupError) as fault:
        raise Unreadable(f"{path.name} could not be read. Ask the sending school for it again.") from fault
    if gathering.rows == 0:
        gathering.warn(path.name, None, None, "The file names no pupils.")
    return gathering


def pupils_in(path: Path, gathering: Gathering, school: SchoolNumber | None, namespaced: bool) -> Iterator[Element]:
    """Each pupil as soon as it is complete; the header is judged when it comes by."""
    headed = False
    for _, element in iterparse(path):
        if namespaced:
            element.tag = element.tag.rpartition("}")[2]
        if element.tag == "Pupil":
            yield element
        elif element.tag == "Header" and not headed:
            headed = True
            _judge_header(element, path.name, gathering, school)
    if not headed:
        gathering.warn(path.name, None, "Header", "The file has no header, so nobody can say which school sent it.")


def check_root(path: Path) -> bool:
    """Whether the elements stand in a namespace, which no real CTF has but which does no harm.

    Raises Unreadable unless the file is XML with the root of a CTF and without a document type. Entities can only be
    declared in a document type, so none can do harm after this.
    """
    check_size(path)
    parser = expat.ParserCreate()
    found: list[str] = []
    spaces: list[str] = []

    def refuse_doctype(*_: object) -> None:
        raise Unreadable(
            f"{path.name} carries a document type, which no common transfer file has and which can do harm. It was not "
            "opened."
        )

    def note_root(name: str, attributes: dict[str, str]) -> None:
        if not found:
            found.append(name.rpartition(":")[2])
            spaces.extend(each for each in attributes if each.startswith("xmlns"))

    parser.StartDoctypeDeclHandler = refuse_doctype
    parser.StartElementHandler = note_root
    try:
        with path.open("rb") as file:
            while not found and (chunk := file.read(_CHUNK)):
                parser.Parse(chunk, False)
    except (expat.ExpatError, OSError, ValueError, LookupError) as fault:
        if not found:
            raise Unreadable(f"{path.name} is not whole XML. Ask the sending school for it again.") from fault
    if not found:
        raise Unreadable(f"{path.name} is not whole XML. Ask the sending school for it again.")
    if found[0].casefold() != "ctfile":
        raise Unreadable(
            f'{path.name} is not a common transfer file: it begins with "{found[0][:60]}", where a CTF begins with '
            '"CTfile".'
        )
    return bool(spaces)


def _judge_header(header: Element, file: str, gathering: Gathering, school: SchoolNumber | None) -> None:
    version = text_at(header, "CTFversion") or ""
    if _VERSION.fullmatch(version) is None or float(version) > NEWEST_VERSION:
        told = f"version {version[:20]}" if version else "without a version"
        gathering.warn(
            file, None, "CTFversion", f"This CTF is {told}, which the program does not know. It was read: check it."
        )
    source = header.find("SourceSchool")
    if source is not None:
        number = f"{text_at(source, 'LEA') or '?'}/{text_at(source, 'Estab') or '?'}"
        gathering.source_school = " ".join(part for part in (text_at(source, "SchoolName"), number) if part)
    gathering.detail = f"Common transfer file {version[:20]}".strip()
    destination = header.find("DestSchool")
    if destination is None or school is None:
        return
    addressed = SchoolNumber(text_at(destination, "LEA") or "?", text_at(destination, "Estab") or "?")
    if addressed != school:
        gathering.warn(
            file,
            None,
            "DestSchool",
            f"The file is addressed to school {addressed}, and this school is {school}. Check that it was meant for "
            "you.",
        )


def _read_pupil(pupil: Element, number: int, today: date, gathering: Gathering) -> None:
    file = gathering.files[0]
    row = RowFaults(text_at(pupil, "Forename") or "", text_at(pupil, "Surname") or "")
    judge_names(row, gathering, file, number)
    born = text_at(pupil, "DOB")
    if born:
        judge_birth(row, born, today)
    else:
        row.add("date of birth", "The date of birth is missing.")
    upn = text_at(pupil, "UPN")
    if upn:
        judge_upn(row, upn, gathering, file, number)
    else:
        gathering.warn(file, number, "UPN", "The pupil has no UPN. Name and date of birth will have to do.")
    if row.faults:
        gathering.reject(file, number, row.faults, row.sighting)
        return
    gathering.pupils.append(_pupil(pupil, row, number, today, gathering))


def _pupil(pupil: Element, row: RowFaults, number: int, today: date, gathering: Gathering) -> IncomingPupil:
    file = gathering.files[0]
    basic = pupil.find("BasicDetails")
    details = basic if basic is not None else pupil
    year_text = text_at(details, "NCyearActual")
    year = judge_year(year_text, gathering, file, number) if year_text else None
    judge_age(row.born, year, today, gathering, file, number)
    home = pupil.find("Address")
    address, postcode_text = address_of(home) if home is not None else (None, None)
    postcode = read_postcode(postcode_text) if postcode_text else None
    if postcode_text and postcode is None:
        gathering.warn(file, number, "postcode", f'"{postcode_text[:40]}" is not a postcode. It was left out.')
    in_care, authority = _care(pupil, number, gathering)
    return IncomingPupil(
        file=file,
        row=number,
        first=row.first,
        last=row.last,
        born=row.born,
        upn=row.upn,
        preferred=text_at(details, "PreferredForename"),
        preferred_last=text_at(details, "PreferredSurname"),
        middle=text_at(details, "MiddleNames"),
        year=year,
        sex=read_sex(text_at(pupil, "Sex") or text_at(pupil, "Gender") or ""),
        address=address,
        postcode=postcode,
        in_care=in_care,
        care_authority=authority,
        former_upn=text_at(details, "FormerUPN"),
        guardians=guardians_of(pupil, address, postcode, number, gathering),
    )


def _care(pupil: Element, number: int, gathering: Gathering) -> tuple[bool | None, str | None]:
    looked_after = pupil.find("LookedAfter")
    if looked_after is None:
        return None, None
    said = text_at(looked_after, "InCare")
    in_care = read_yes_no(said) if said else None
    if said and in_care is None:
        gathering.warn(
            gathering.files[0],
            number,
            "in care",
            "Whether the pupil is in care is neither yes nor no. It was left as not known: settle it on the pupil's "
            "page before any picture is shared.",
        )
    return in_care, text_at(looked_after, "CareAuthority")

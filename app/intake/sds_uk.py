"""Microsoft School Data Sync's older tables, in the UK format and its American twin: School, Section, Student,
StudentEnrollment, Teacher, TeacherRoster. They name no guardians. Passwords are never read."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from app.domain.incoming import IncomingClass, IncomingStaff, ProposedLeaver, Sighting
from app.domain.ticket import Ticket
from app.intake.bundle import Bundle, plain
from app.intake.bundle_people import Births, Group, PupilFacts, add_pupil, group_name, registration_class, source_id
from app.intake.gathering import Gathering
from app.intake.values import read_emails, tidy

_GONE = frozenset({"deleted", "tobedeleted", "inactive", "left", "leaver", "withdrawn"})
_TICK = 500


def read_sds_uk(bundle: Bundle, today: date, ticket: Ticket | None = None) -> Gathering:
    """Read a bundle whose pupils stand in Student.csv."""
    gathering = Gathering("oneroster", tuple(bundle.files), "Microsoft School Data Sync (Student.csv)")
    gathering.warnings += bundle.warnings
    groups = _groups(bundle, gathering)
    enrolled = _rosters(bundle, "studentenrollment", groups)
    teaching = _rosters(bundle, "teacherroster", groups)
    for table in ("section", "studentenrollment"):
        if not bundle.has(table):
            gathering.warn(
                f"{table.capitalize()}.csv", None, None, f"The bundle has no {table}.csv, so pupils have no classes."
            )
    _read_pupils(bundle, enrolled, today, gathering, ticket)
    _read_teachers(bundle, teaching, gathering)
    _say_schools(bundle, gathering)
    gathering.name_classes()
    gathering.covers |= {pupil.class_name for pupil in gathering.pupils if pupil.class_name}
    return gathering


def _groups(bundle: Bundle, gathering: Gathering) -> dict[str, Group]:
    groups: dict[str, Group] = {}
    for _, said in bundle.records("section"):
        name, identifier = group_name(said.get("sectionName", "")), said.get("id", "")
        if name and identifier and plain(said.get("status", "")) not in _GONE:
            groups[identifier] = Group(identifier, name)
            gathering.classes.append(IncomingClass(name, source_id=source_id(identifier)))
    return groups


def _rosters(bundle: Bundle, table: str, groups: dict[str, Group]) -> dict[str, list[Group]]:
    rosters: dict[str, list[Group]] = defaultdict(list)
    for _, said in bundle.records(table):
        group = groups.get(said.get("sectionId", ""))
        if group is not None and group not in rosters[said.get("id", "")]:
            rosters[said.get("id", "")].append(group)
    return rosters


def _read_pupils(
    bundle: Bundle, enrolled: dict[str, list[Group]], today: date, gathering: Gathering, ticket: Ticket | None
) -> None:
    file = bundle.file_of("student")
    records = bundle.records("student")
    births = Births(bundle, "student", [said.get("birthdate", "") for _, said in records], gathering, today)
    for place, (row, said) in enumerate(records):
        if ticket is not None and place % _TICK == 0:
            ticket.tick(place, len(records), file)
        identifier = said.get("id", "")
        first, last = said.get("firstName", ""), said.get("lastName", "")
        if not identifier:
            gathering.rows += 1
            gathering.reject(
                file, row, [("ID", "The row has no identifier.")], Sighting(tidy(first) or None, tidy(last) or None)
            )
        elif plain(said.get("status", "")) in _GONE:
            gathering.rows += 1
            reason = f'The file marks the pupil as "{said.get("status", "")}".'
            gathering.proposals.append(
                ProposedLeaver(file, row, tidy(first) or None, tidy(last) or None, source_id(identifier), reason)
            )
        else:
            groups = enrolled.get(identifier, [])
            add_pupil(
                PupilFacts(
                    file=file,
                    row=row,
                    first=first,
                    last=last,
                    source_id=source_id(identifier),
                    middle=said.get("middleName"),
                    year=said.get("grade"),
                    born=births.read(said.get("birthdate"), row),
                    class_name=registration_class(groups),
                    groups=tuple(group.name for group in groups),
                ),
                today,
                gathering,
            )


def _read_teachers(bundle: Bundle, teaching: dict[str, list[Group]], gathering: Gathering) -> None:
    file = bundle.file_of("teacher")
    for row, said in bundle.records("teacher"):
        first, last = tidy(said.get("firstName", "")), tidy(said.get("lastName", ""))
        if not last or plain(said.get("status", "")) in _GONE:
            continue
        emails = read_emails(said.get("email", ""))
        gathering.staff.append(
            IncomingStaff(
                file=file,
                row=row,
                first=first or None,
                last=last,
                title=tidy(said.get("title", "")) or None,
                email=emails[0] if emails else None,
                source_id=source_id(said.get("id")),
                classes=tuple(group.name for group in teaching.get(said.get("id", ""), [])),
            )
        )


def _say_schools(bundle: Bundle, gathering: Gathering) -> None:
    names = {said.get("id", ""): said.get("name", "") for _, said in bundle.records("school")}
    schools = {said["schoolId"] for _, said in bundle.records("student") if "schoolId" in said}
    if len(schools) > 1:
        listed = ", ".join(sorted(names.get(school) or school for school in schools)[:5])
        gathering.warn(
            bundle.file_of("student"),
            None,
            "school",
            f"The bundle holds pupils of {len(schools)} schools ({listed}). All were read.",
        )

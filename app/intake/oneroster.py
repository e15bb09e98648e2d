"""OneRoster 1.1 and 1.2, and Microsoft's School Data Sync 2.1, which is near it.

Adults are tied to children by `agentSourcedIds` on either of them, or by relationships.csv. None of these says
anything of parental responsibility. What is marked "tobedeleted" becomes a proposal. Passwords are never read.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from app.domain.incoming import IncomingClass, IncomingStaff, ProposedLeaver, Sighting
from app.domain.ticket import Ticket
from app.intake.bundle import Bundle, Record
from app.intake.bundle_people import (
    Births,
    Group,
    PupilFacts,
    add_pupil,
    group_name,
    registration_class,
    source_id,
)
from app.intake.gathering import Gathering
from app.intake.oneroster_ties import Ties
from app.intake.oneroster_users import GONE, HOME, PUPILS, STAFF, User, roles_in, word
from app.intake.values import read_emails, read_yes_no, tidy

_TICK = 500


def read_oneroster(bundle: Bundle, today: date, ticket: Ticket | None = None) -> Gathering:
    """Read a bundle whose people stand in users.csv."""
    reader = _Reader(bundle, today)
    reader.read(ticket)
    return reader.gathering


class _Reader:
    """Reads one bundle, table by table, into a gathering."""

    def __init__(self, bundle: Bundle, today: date) -> None:
        self._bundle = bundle
        self._today = today
        self._file = bundle.file_of("users")
        self.gathering = Gathering("oneroster", tuple(bundle.files), _detail(bundle))
        self.gathering.warnings += bundle.warnings
        self._users: dict[str, User] = {}
        self._groups: dict[str, Group] = {}
        self._enrolled: dict[str, list[Group]] = defaultdict(list)
        self._primary: dict[str, list[str]] = defaultdict(list)

    def read(self, ticket: Ticket | None) -> None:
        self._say_missing()
        self._read_users()
        self._read_groups()
        self._read_roles()
        self._read_enrolments()
        ties = Ties(self._bundle, self._users, self.gathering)
        ties.read()
        births = self._births()
        for place, user in enumerate(self._users.values()):
            if ticket is not None and place % _TICK == 0:
                ticket.tick(place, len(self._users), self._file)
            self._read_person(user, births, ties)
        ties.say_oddities()
        self._say_schools()
        self.gathering.name_classes()
        self._cover()

    def _say_missing(self) -> None:
        absent = {
            record.get("propertyName", "").casefold()
            for _, record in self._bundle.records("manifest")
            if record.get("value", "").casefold() == "absent"
        }
        for table, loss in (("classes", "pupils have no classes"), ("enrollments", "pupils have no classes")):
            if not self._bundle.has(table):
                meant = " (the manifest says so too)" if f"file.{table}" in absent else ""
                self.gathering.warn(f"{table}.csv", None, None, f"The bundle has no {table}.csv{meant}, so {loss}.")
        if not self._bundle.has("users", "role") and not self._bundle.has("roles"):
            self.gathering.warn(
                "roles.csv",
                None,
                None,
                "No file says who is a pupil, an adult or staff. The enrolments were asked, where they name people.",
            )

    def _read_users(self) -> None:
        for row, said in self._bundle.records("users"):
            user = User(row, said)
            if not user.id:
                self._reject(user, "sourcedId", "The row has no identifier (sourcedId), so nobody can be tied to it.")
            elif user.id in self._users:
                self.gathering.warn(
                    self._file,
                    row,
                    "sourcedId",
                    f"The identifier is row {self._users[user.id].row}'s too. The first counts.",
                )
            else:
                self._users[user.id] = user
                user.roles |= roles_in(said.get("role"))
                user.year = (said.get("grades") or said.get("grade") or "").split(",")[0] or None

    def _read_groups(self) -> None:
        for _, said in self._bundle.records("classes"):
            name = group_name(said.get("title") or said.get("classCode") or "")
            identifier = said.get("sourcedId", "")
            if name and identifier and word(said.get("status")) not in GONE:
                self._groups[identifier] = Group(identifier, name, word(said.get("classType")) in HOME)
                self.gathering.classes.append(IncomingClass(name, source_id=source_id(identifier)))

    def _read_roles(self) -> None:
        for _, said in self._bundle.records("roles"):
            user = self._users.get(said.get("userSourcedId", ""))
            if user is not None and word(said.get("status")) not in GONE:
                roles = roles_in(said.get("role"))
                user.roles |= roles
                if roles & PUPILS:
                    user.year = user.year or said.get("grade")

    def _read_enrolments(self) -> None:
        known = {said.get("sourcedId", "") for _, said in self._bundle.records("classes")}
        for row, said in self._bundle.records("enrollments"):
            user = self._users.get(said.get("userSourcedId", ""))
            group = self._groups.get(said.get("classSourcedId", ""))
            if user is None or word(said.get("status")) in GONE:
                if user is None:
                    self._tally_enrolment(row, "somebody who is not in users.csv", "people who are not in users.csv")
                continue
            user.enrolled_as |= roles_in(said.get("role"))
            if group is None:
                gone = said.get("classSourcedId", "") in known
                what = "marked as deleted" if gone else "not in classes.csv"
                self._tally_enrolment(row, f"a class that is {what}", f"classes that are {what}")
                continue
            if group not in self._enrolled[user.id]:
                self._enrolled[user.id].append(group)
            if read_yes_no(said.get("primary", "")):
                self._primary[user.id].append(group.source_id)

    def _tally_enrolment(self, row: int, one: str, many: str) -> None:
        self.gathering.tally(
            self._bundle.file_of("enrollments"),
            row,
            "enrolment",
            f"This enrolment is for {one}. It was passed over.",
            f"{{count}} enrolments are for {many}. They were passed over.",
        )

    def _births(self) -> dict[str, tuple[date | None, str | None]]:
        """Birth date and sex of every user who has them."""
        records = self._bundle.records("demographics")
        births = Births(
            self._bundle,
            "demographics",
            [said.get("birthDate", "") for _, said in records],
            self.gathering,
            self._today,
        )
        found: dict[str, tuple[date | None, str | None]] = {}
        for row, said in records:
            identifier = said.get("userSourcedId") or said.get("sourcedId", "")
            user = self._users.get(identifier)
            if user is not None and user.is_pupil:
                found[identifier] = births.read(said.get("birthDate"), row), said.get("sex")
        return found

    def _read_person(self, user: User, births: dict[str, tuple[date | None, str | None]], ties: Ties) -> None:
        if user.is_pupil and user.gone:
            self._propose(user)
        elif user.is_pupil:
            self._add_pupil(user, births, ties)
        elif user.is_staff and not user.gone:
            self._add_staff(user)
        elif not user.roles and not user.gone:
            self._reject(user, "role", f"Nothing in the files says whether {user.name} is a pupil, an adult or staff.")

    def _propose(self, user: User) -> None:
        self.gathering.rows += 1
        self.gathering.proposals.append(
            ProposedLeaver(
                self._file,
                user.row,
                tidy(user.said.get("givenName", "")) or None,
                tidy(user.said.get("familyName", "")) or None,
                source_id(user.id),
                f'The file marks the pupil as "{user.said.get("status", "")}".',
            )
        )

    def _add_pupil(self, user: User, births: dict[str, tuple[date | None, str | None]], ties: Ties) -> None:
        groups = self._enrolled.get(user.id, [])
        born, sex = births.get(user.id, (None, None))
        add_pupil(
            PupilFacts(
                file=self._file,
                row=user.row,
                first=user.said.get("givenName", ""),
                last=user.said.get("familyName", ""),
                source_id=source_id(user.id),
                middle=user.said.get("middleName"),
                preferred=user.said.get("preferredGivenName"),
                preferred_last=user.said.get("preferredFamilyName"),
                year=user.year,
                born=born,
                sex=sex,
                class_name=registration_class(groups, self._primary.get(user.id, ())),
                groups=tuple(group.name for group in groups),
                guardians=ties.guardians_of(user),
            ),
            self._today,
            self.gathering,
        )

    def _add_staff(self, user: User) -> None:
        emails = read_emails(user.said.get("email", ""))
        self.gathering.staff.append(
            IncomingStaff(
                file=self._file,
                row=user.row,
                first=tidy(user.said.get("givenName", "")) or None,
                last=tidy(user.said.get("familyName", "")) or None,
                email=emails[0] if emails else None,
                role=min(user.roles & STAFF, key=lambda role: (role != "teacher", role)),
                source_id=source_id(user.id),
                classes=tuple(group.name for group in self._enrolled.get(user.id, [])),
            )
        )

    def _reject(self, user: User, name: str, reason: str) -> None:
        self.gathering.rows += 1
        first, last = tidy(user.said.get("givenName", "")), tidy(user.said.get("familyName", ""))
        self.gathering.reject(self._file, user.row, [(name, reason)], Sighting(first or None, last or None))

    def _say_schools(self) -> None:
        names = {said.get("sourcedId", ""): said.get("name", "") for _, said in self._bundle.records("orgs")}
        schools = {
            user.said.get("primaryOrgSourcedId") or user.said.get("orgSourcedIds", "")
            for user in self._users.values()
            if user.is_pupil
        } - {""}
        if len(schools) > 1:
            listed = ", ".join(sorted(names.get(school, school) for school in schools)[:5])
            self.gathering.warn(
                self._file,
                None,
                "school",
                f"The bundle holds pupils of {len(schools)} schools ({listed}). All were read.",
            )

    def _cover(self) -> None:
        """A bundle of changes lists no class in full; any other one does."""
        delta = any(record.get("value", "").casefold() == "delta" for _, record in self._bundle.records("manifest"))
        if not delta:
            self.gathering.covers |= {pupil.class_name for pupil in self.gathering.pupils if pupil.class_name}


def _detail(bundle: Bundle) -> str:
    stated = {record.get("propertyName", "").casefold(): record.get("value", "") for _, record in _manifest(bundle)}
    version = stated.get("oneroster.version", "")
    if version:
        return f"OneRoster {version[:10]}"
    if bundle.has("users", "role"):
        return "OneRoster 1.1"
    return "Microsoft School Data Sync 2.1" if not bundle.has("users", "status") else "OneRoster 1.2"


def _manifest(bundle: Bundle) -> list[Record]:
    return bundle.records("manifest")

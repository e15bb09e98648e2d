"""Who belongs to whom in a OneRoster bundle: agentSourcedIds on the child or on the adult, and relationships.csv."""

from __future__ import annotations

import re
from collections import defaultdict

from app.domain.incoming import IncomingGuardian
from app.intake.bundle import Bundle
from app.intake.bundle_people import adult_of, source_id
from app.intake.gathering import Gathering
from app.intake.oneroster_users import ADULTS, GONE, PUPILS, User, word

_SEPARATORS = re.compile(r"[,;|\s]+")


class Ties:
    """The ties of one bundle, each child's adults in the order they were named."""

    def __init__(self, bundle: Bundle, users: dict[str, User], gathering: Gathering) -> None:
        self._bundle = bundle
        self._users = users
        self._gathering = gathering
        self._file = bundle.file_of("users")
        self._adults: dict[str, dict[str, str | None]] = defaultdict(dict)

    def read(self) -> None:
        """Who belongs to whom, from three places; a person without a role takes it from where they stand."""
        for user in self._users.values():
            if not user.roles:
                user.roles |= user.enrolled_as
        for row, said in self._bundle.records("relationships"):
            child, adult = said.get("userSourcedId", ""), said.get("relationshipUserSourcedId", "")
            if word(said.get("status")) in GONE:
                continue
            if adult in self._users and not self._users[adult].roles:
                self._users[adult].roles.add("guardian")
            self._tie(child, adult, said.get("relationshipRole"), self._bundle.file_of("relationships"), row)
        for user in self._users.values():
            for other in filter(None, _SEPARATORS.split(user.said.get("agentSourcedIds", ""))):
                if user.is_pupil:
                    self._tie(user.id, other, None, self._file, user.row)
                elif user.is_adult:
                    self._tie(other, user.id, None, self._file, user.row)

    def _tie(self, child: str, adult: str, relationship: str | None, file: str, row: int) -> None:
        pupil, person = self._users.get(child), self._users.get(adult)
        if pupil is None or person is None or pupil.gone or person.gone:
            if pupil is None or person is None:
                missing = child if pupil is None else adult
                self._gathering.warn(file, row, "adult", f'A tie names "{missing[:80]}", who is not in {self._file}.')
        elif not pupil.is_pupil:
            self._gathering.warn(
                file, row, "adult", f"{pupil.name} is given a guardian but is not a pupil. Nothing was tied."
            )
        elif not person.is_adult:
            what = "a member of staff" if person.is_staff else "a pupil" if person.is_pupil else "nobody known"
            self._gathering.warn(
                file,
                row,
                "adult",
                f"{person.name} is named as the adult of {pupil.name} but is {what} in the file. No guardian was made.",
            )
        else:
            role = relationship or next(iter(sorted(person.roles & ADULTS)), None)
            self._adults[child].setdefault(adult, role)

    def guardians_of(self, pupil: User) -> tuple[IncomingGuardian, ...]:
        """The adults of a pupil, as guardians."""
        found = []
        for identifier, relationship in self._adults.get(pupil.id, {}).items():
            said = self._users[identifier].said
            adult = adult_of(
                said.get("givenName"),
                said.get("familyName"),
                said.get("email"),
                (said.get("sms"), said.get("phone")),
                source_id(identifier),
                relationship,
            )
            if adult is not None:
                found.append(adult)
        return tuple(found)

    def say_oddities(self) -> None:
        """Remark on adults of nobody, and on staff who are enrolled as pupils."""
        tied = {adult for adults in self._adults.values() for adult in adults}
        for user in self._users.values():
            if user.is_adult and not user.is_staff and user.id not in tied and not user.gone:
                self._gathering.warn(
                    self._file,
                    user.row,
                    "adult",
                    f"{user.name} is a parent or guardian of nobody in the file. Not added.",
                )
            if user.is_staff and user.enrolled_as & PUPILS:
                self._gathering.warn(
                    self._file,
                    user.row,
                    "role",
                    f"{user.name} is staff here but enrolled as a pupil in {self._bundle.file_of('enrollments')}. They "
                    "were read as staff.",
                )

"""The sample school's people as those who write its texts look them up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime

from app.domain.calendar import SchoolCalendar
from app.domain.checks.register import (
    ClassEntry,
    GuardianEntry,
    LinkState,
    PermissionState,
    PupilEntry,
    Register,
    SchoolEntry,
    StaffEntry,
)
from app.domain.permissions import MediaKind
from app.sample.allowances import standing
from app.sample.linkage import Linkage
from app.sample.people import TODAY, People, classes, details, school_year, staff
from app.sample.shapes import Guardian, Link, PermissionDecision, Pupil

_STRONGEST = (LinkState.LINKED, LinkState.SUSPENDED, LinkState.INVITED, LinkState.REMOVED)


class World:
    """Everybody, by what one needs to know of them. Nothing in it changes."""

    def __init__(self, people: People, permissions: tuple[PermissionDecision, ...], linkage: Linkage) -> None:
        self.classes = {entry.id: entry for entry in classes()}
        self.staff = {member.id: member for member in staff()}
        self.pupils = {pupil.id: pupil for pupil in people.pupils}
        self.guardians = {guardian.id: guardian for guardian in people.guardians}
        self.ties = people.ties
        self.register = _register(people, permissions, linkage)
        self.entries = {entry.id: entry for entry in self.register.pupils}
        self.calendar = SchoolCalendar.of(self.register.school)
        self.on_roll = tuple(pupil for pupil in people.pupils if pupil.on_roll(TODAY))
        self._relationships = {(tie.pupil, tie.guardian): tie.relationship for tie in people.ties}
        self._families: dict[str, list[str]] = defaultdict(list)
        self._children: dict[str, list[str]] = defaultdict(list)
        for tie in people.ties:
            if tie.contact == "open":
                self._families[tie.pupil].append(tie.guardian)
                self._children[tie.guardian].append(tie.pupil)
        self._links: dict[tuple[str, str], Link] = {(link.pupil, link.guardian): link for link in linkage.links}
        self._holders = {link.guardian for link in linkage.links}
        self.link_states = {entry.id: entry.link for entry in self.register.guardians}

    def in_class(self, class_id: str, at: datetime) -> list[Pupil]:
        """The pupils of a class who were there then and are here still."""
        return [pupil for pupil in self.on_roll if pupil.class_id == class_id and pupil.on_roll(at.date())]

    def family_of(self, pupil: str) -> list[Guardian]:
        """The adults of a child whom nothing bars."""
        return [self.guardians[guardian] for guardian in self._families.get(pupil, ())]

    def children_of(self, guardian: str) -> list[Pupil]:
        """The children an adult is tied to and not barred from."""
        return [self.pupils[pupil] for pupil in self._children.get(guardian, ())]

    def relationship(self, pupil: str, guardian: str) -> str:
        """What an adult is to a child: "Mother", "Foster carer"."""
        return self._relationships[pupil, guardian]

    def linked(self, pupil: str, at: datetime) -> list[Guardian]:
        """The adults who stood on a child's account then."""
        return [guardian for guardian in self.family_of(pupil) if self._was_linked(pupil, guardian.id, at)]

    def _was_linked(self, pupil: str, guardian: str, at: datetime) -> bool:
        link = self._links.get((pupil, guardian))
        return (
            link is not None
            and link.state is LinkState.LINKED
            and link.decided_at is not None
            and link.decided_at <= at
        )

    def permitted(self, pupil: str, kind: MediaKind) -> bool:
        """Whether a picture, recording or work of a child may be shared (T11, T12)."""
        entry = self.entries[pupil]
        given = entry.permissions.get(kind.value) is PermissionState.GIVEN
        return given and (entry.care_permission or not entry.in_care)

    def teacher_of(self, class_id: str) -> str:
        """The id of the teacher of a class."""
        return next(m.id for m in self.staff.values() if m.role == "teacher" and class_id in m.classes)

    def support_of(self, class_id: str) -> list[str]:
        """The ids of the support staff of a class."""
        return [m.id for m in self.staff.values() if m.role == "support" and class_id in m.classes]

    def with_role(self, role: str) -> list[str]:
        """The ids of the staff of one role."""
        return [member.id for member in self.staff.values() if member.role == role]

    def has_link(self, guardian: str) -> bool:
        """Whether an adult was ever given a code or a link, and not only named in the register."""
        return guardian in self._holders

    def guardians_with(self, state: LinkState) -> list[Guardian]:
        """The guardians whose best standing on the service is this one."""
        return [guardian for guardian in self.guardians.values() if self.link_states[guardian.id] is state]


def _register(people: People, permissions: tuple[PermissionDecision, ...], linkage: Linkage) -> Register:
    school, year = details(), school_year()
    stands = standing(permissions)
    here = [pupil for pupil in people.pupils if pupil.on_roll(TODAY)]
    return Register(
        school=SchoolEntry(
            name=school.name,
            phone=school.phone,
            email=school.email,
            postcode=school.postcode,
            timezone=school.timezone,
            opens=school.opens,
            closes=school.closes,
            closed=year.closures,
        ),
        classes=tuple(ClassEntry(entry.id, entry.name, entry.year) for entry in classes()),
        staff=tuple(StaffEntry(m.id, m.name, m.role, m.classes) for m in staff()),
        pupils=tuple(_pupil(pupil, stands.get(pupil.id, {})) for pupil in here),
        guardians=_guardians(people, linkage, {pupil.id for pupil in here}),
    )


def _pupil(pupil: Pupil, stands: Mapping[str, PermissionState]) -> PupilEntry:
    return PupilEntry(
        id=pupil.id,
        first=pupil.first,
        last=pupil.last,
        class_id=pupil.class_id,
        preferred=pupil.preferred,
        permissions={kind.value: stands.get(kind.value, PermissionState.UNDECIDED) for kind in MediaKind},
        in_care=pupil.in_care,
        care_permission=pupil.care_permission,
    )


def _guardians(people: People, linkage: Linkage, here: set[str]) -> tuple[GuardianEntry, ...]:
    children: dict[str, list[str]] = defaultdict(list)
    for tie in people.ties:
        if tie.pupil in here and tie.contact != "barred":
            children[tie.guardian].append(tie.pupil)
    states: dict[str, set[LinkState]] = defaultdict(set)
    for link in linkage.links:
        states[link.guardian].add(link.state)
    return tuple(
        GuardianEntry(guardian.id, guardian.name, tuple(children[guardian.id]), _strongest(states[guardian.id]))
        for guardian in people.guardians
    )


def _strongest(states: Iterable[LinkState]) -> LinkState:
    held = set(states)
    return next((state for state in _STRONGEST if state in held), LinkState.INVITED)

"""What the sample school is made of: everything a store of a real school would hold, as frozen values.

Ids are those of the checks' register ("c3", "s8", "p12", "g40") and the same everywhere in the sample school.
Every person, place, number and address is invented.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from app.domain.care import LegalStatus
from app.domain.checks.register import LinkState
from app.domain.content import Item
from app.domain.permissions import Answer, MediaKind
from app.domain.roles import Role


@dataclass(frozen=True, slots=True)
class SchoolDetails:
    """The school's published facts and the figures of its policy (T1, P4, P5, P6)."""

    name: str
    phone: str
    email: str
    town: str
    street: str
    postcode: str
    la: str
    establishment: str
    timezone: str
    opens: time
    closes: time
    adult_cap: int
    reply_hours: int


@dataclass(frozen=True, slots=True)
class SchoolYear:
    """A school year with its terms (name, first day, last day) and closures (from, to, why; both days closed)."""

    name: str
    starts: date
    ends: date
    terms: tuple[tuple[str, date, date], ...]
    closures: tuple[tuple[date, date, str], ...]


@dataclass(frozen=True, slots=True)
class SchoolClass:
    """A class: its name and its national-curriculum year ("N2", "R", "1" to "6")."""

    id: str
    name: str
    year: str

    @property
    def heading(self) -> str:
        """How the messaging service writes it above a post: "Year 3 Starling"."""
        words = {"N2": "Nursery", "R": "Reception"}.get(self.year, f"Year {self.year}")
        return f"{words} {self.name}"


@dataclass(frozen=True, slots=True)
class StaffMember:
    """One of the staff. `role` is teacher, support, office, leader or headteacher."""

    id: str
    title: str
    first: str
    last: str
    role: str
    classes: tuple[str, ...]
    email: str

    @property
    def name(self) -> str:
        """As named on the messaging service: "Mrs Aziz"."""
        return f"{self.title} {self.last}"


@dataclass(frozen=True, slots=True)
class Account:
    """A sign-in to the desk. The password is the demo's own affair and never stands here."""

    user: str
    name: str
    role: Role
    staff: str


@dataclass(frozen=True, slots=True)
class Pupil:
    """A child. `joined` and `left` are None for one who was here before the year and is here still."""

    id: str
    upn: str
    first: str
    preferred: str | None
    last: str
    sex: str
    born: date
    class_id: str
    year: str
    address: str
    postcode: str
    in_care: bool = False
    care_permission: bool = False
    joined: date | None = None
    left: date | None = None

    @property
    def called(self) -> str:
        """The first name the child goes by."""
        return self.preferred or self.first

    @property
    def full(self) -> str:
        """First and last name as the register has it."""
        return f"{self.first} {self.last}"

    def on_roll(self, on: date) -> bool:
        """Whether the child is on the school's roll that day."""
        return (self.joined is None or self.joined <= on) and (self.left is None or self.left > on)


@dataclass(frozen=True, slots=True)
class Guardian:
    """An adult, across all the children they are tied to. `language` is a language code ("pl", "ckb") (H2)."""

    id: str
    title: str
    first: str
    last: str
    email: str | None
    phone: str
    address: str
    postcode: str
    language: str

    @property
    def name(self) -> str:
        """First and last name, as a class list gives it."""
        return f"{self.first} {self.last}"

    @property
    def formal(self) -> str:
        """How staff address them: "Mrs Marsh"."""
        return f"{self.title} {self.last}"


@dataclass(frozen=True, slots=True)
class Tie:
    """What an adult is to a child: relationship in words, parental responsibility, contact priority, any bar (P4)."""

    pupil: str
    guardian: str
    relationship: str
    responsibility: bool | None
    order: int
    contact: str = "open"
    order_date: date | None = None


@dataclass(frozen=True, slots=True)
class PermissionDecision:
    """One adult's dated answer for one kind of media (P8)."""

    pupil: str
    guardian: str
    kind: MediaKind
    answer: Answer
    on: date
    route: str
    expires: date | None = None


@dataclass(frozen=True, slots=True)
class CareNote:
    """What leaders know about a looked-after child (T11). Everybody else sees only whether it may be pictured."""

    pupil: str
    status: LegalStatus
    authority: str
    social_worker: str
    decides: str
    images_allowed: bool | None
    document: str
    starts: date
    review_on: date


@dataclass(frozen=True, slots=True)
class LinkingCode:
    """A parent code of the messaging service: for whom, for which child, how it was given out (P3)."""

    pupil: str
    guardian: str
    code: str
    route: str
    issued: date
    expires: date | None = None
    used: date | None = None
    revoked: date | None = None
    revoked_why: str | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """How one adult stands to one child on the messaging service (P4, H4)."""

    pupil: str
    guardian: str
    state: LinkState
    decided_at: datetime | None
    processing_accepted_at: datetime | None = None
    exception_why: str | None = None
    review_on: date | None = None
    suspended_until: date | None = None


@dataclass(frozen=True, slots=True)
class LinkRequest:
    """Somebody asked to be joined and was turned away, or waits: a name as given, perhaps a known guardian (P4)."""

    pupil: str
    name_given: str
    guardian: str | None
    asked_at: datetime
    outcome: str
    """waiting or rejected"""
    reason: str


@dataclass(frozen=True, slots=True)
class Acceptance:
    """Somebody accepted the policy, agreed to processing or stated their devices (P1, H4, M3, T14).

    `what` is policy, processing or device; `who` is a guardian's or a member of staff's id.
    """

    what: str
    who: str
    on: date
    route: str


@dataclass(frozen=True, slots=True)
class SampleItem:
    """An item, the conversation it belongs to, and what was planted in it.

    `thread` is the id of the post for a comment, "t12" for a message. `expect` holds the checks that must fire, each
    with the pupils concerned or the office's topics; it is empty where there is nothing to find.
    """

    item: Item
    thread: str | None
    expect: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Closing:
    """How a conversation was closed away from the page: telephone, meeting, office or asked to phone (T3, T4, T5)."""

    channel: str
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class Thread:
    """A conversation between one family and school: its items in order, and how it ended where not by a reply."""

    id: str
    guardian: str
    staff: str
    pupil: str
    items: tuple[str, ...]
    closing: Closing | None = None


@dataclass(frozen=True, slots=True)
class SchoolWay:
    """One of the School Ways and the skills that earn points for it: (name, points each) (H8, M4)."""

    name: str
    skills: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A verdict a senior leader might give on a finding of this check, with the reason (M1)."""

    check: str
    verdict: str
    reason: str


@dataclass(frozen=True, slots=True)
class SampleSchool:
    """The whole sample school. `today` is the day it is opened on."""

    seed: int
    today: date
    details: SchoolDetails
    year: SchoolYear
    classes: tuple[SchoolClass, ...]
    staff: tuple[StaffMember, ...]
    accounts: tuple[Account, ...]
    pupils: tuple[Pupil, ...]
    guardians: tuple[Guardian, ...]
    ties: tuple[Tie, ...]
    permissions: tuple[PermissionDecision, ...]
    care: tuple[CareNote, ...]
    codes: tuple[LinkingCode, ...]
    links: tuple[Link, ...]
    requests: tuple[LinkRequest, ...]
    acceptances: tuple[Acceptance, ...]
    ways: tuple[SchoolWay, ...]
    items: tuple[SampleItem, ...]
    threads: tuple[Thread, ...]
    suggestions: tuple[Suggestion, ...]

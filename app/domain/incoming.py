"""What files say: pupils, adults, classes, posts and points as read, before anything is compared or kept.

A value of None, or an empty tuple, means that the file says nothing; it never erases what the school already knows.
Rows are numbered as a spreadsheet shows them, the headings being row 1. In a CTF a row is a pupil's place in the file.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple

from app.domain.content import AuthorRole, Kind, Media

RELATIONSHIPS = {
    "PAM": "mother",
    "PAF": "father",
    "STP": "step-parent",
    "CAR": "carer",
    "FAM": "other family",
    "REL": "other relative",
    "SWR": "social worker",
    "DOC": "doctor",
    "OTH": "other",
    "FAF": "family friend",
    "RLG": "religious contact",
    "HFA": "host family",
    "TUT": "tutor",
    "AGN": "agent",
}
"""The common transfer file's relationship codes, in words."""


@dataclass(frozen=True, slots=True)
class Remark:
    """Something a person should know about a file, a row or one field of it, in one plain sentence or two."""

    file: str
    row: int | None
    field: str | None
    reason: str


@dataclass(frozen=True, slots=True)
class ColumnGuess:
    """Which column a field was read from, how sure the program is (0 to 1), and what made it think so.

    `because` is "heading", "content" or "map file".
    """

    field: str
    heading: str
    column: int
    confidence: float
    because: str


@dataclass(frozen=True, slots=True)
class SchoolNumber:
    """A school's authority (three digits) and establishment (four digits): Rotherham's 372/2038."""

    lea: str
    estab: str

    def __str__(self) -> str:
        return f"{self.lea}/{self.estab}"


class IncomingGuardian(NamedTuple):
    """An adult as one row names them. `relationship` is the file's own code or words, never translated.

    `name` is the whole name as written; `first` and `last` are as far as it could be told apart. All three may be
    empty where the file gives an e-mail address or a telephone number alone. `responsibility` is parental
    responsibility, None where the file does not say. `order` is contact priority, 1 first.
    """

    title: str | None = None
    first: str | None = None
    last: str | None = None
    name: str | None = None
    relationship: str | None = None
    responsibility: bool | None = None
    order: int | None = None
    email: str | None = None
    phones: tuple[str, ...] = ()
    address: str | None = None
    postcode: str | None = None
    language: str | None = None
    source_id: str | None = None

    @property
    def called(self) -> str:
        """What to show: the name, or the e-mail address or number where there is no name."""
        return self.name or self.email or (self.phones[0] if self.phones else "")

    @property
    def relationship_words(self) -> str:
        """The relationship for a screen: a known code in words, anything else as the file says it."""
        told = self.relationship or ""
        return RELATIONSHIPS.get(told.strip().upper(), told)


class IncomingPupil(NamedTuple):
    """A pupil as one row names them. `class_name` is the registration class; `groups` are all classes named.

    `in_care` None means that the file does not say, which is not the same as no.
    """

    file: str
    row: int
    first: str
    last: str
    born: date | None = None
    upn: str | None = None
    preferred: str | None = None
    preferred_last: str | None = None
    middle: str | None = None
    year: str | None = None
    class_name: str | None = None
    sex: str | None = None
    address: str | None = None
    postcode: str | None = None
    in_care: bool | None = None
    care_authority: str | None = None
    former_upn: str | None = None
    source_id: str | None = None
    guardians: tuple[IncomingGuardian, ...] = ()
    groups: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class IncomingStaff:
    """A member of staff as a file names them, with the classes they are enrolled in."""

    file: str
    row: int
    first: str | None
    last: str | None
    title: str | None = None
    email: str | None = None
    role: str = "teacher"
    source_id: str | None = None
    classes: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The whole name."""
        return " ".join(part for part in (self.title, self.first, self.last) if part)


@dataclass(frozen=True, slots=True)
class IncomingClass:
    """A class that the file names; `year` only where every pupil of it is in the same one."""

    name: str
    year: str | None = None
    source_id: str | None = None


@dataclass(frozen=True, slots=True)
class ProposedLeaver:
    """A pupil whom the file itself marks as gone ("tobedeleted"). A proposal for a person, never a deletion."""

    file: str
    row: int
    first: str | None
    last: str | None
    source_id: str | None
    reason: str


@dataclass(frozen=True, slots=True)
class Sighting:
    """What could be read of a rejected row: enough not to take the pupil in it for a leaver."""

    first: str | None = None
    last: str | None = None
    born: date | None = None
    upn: str | None = None


@dataclass(frozen=True, slots=True)
class RowCells:
    """What a rejected row of a table says, field by field as the columns were read, so that it can be mended."""

    file: str
    row: int
    cells: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class RegisterReading:
    """Everything that one or several register files say.

    `format` is csv, xlsx, ctf or oneroster, joined by "+" where the files differ; `detail` says which sort, for a
    screen. `rows` counts the rows about pupils, without blank and explaining rows: pupils read, rows rejected and
    proposals made add up to it. `covers` names the classes whose whole list the file may be; only their pupils can
    be proposed as leavers for not being in it.
    """

    format: str
    files: tuple[str, ...]
    rows: int
    pupils: tuple[IncomingPupil, ...] = ()
    staff: tuple[IncomingStaff, ...] = ()
    classes: tuple[IncomingClass, ...] = ()
    rejected: tuple[Remark, ...] = ()
    warnings: tuple[Remark, ...] = ()
    proposals: tuple[ProposedLeaver, ...] = ()
    sightings: tuple[Sighting, ...] = ()
    covers: frozenset[str] = frozenset()
    columns: tuple[ColumnGuess, ...] = ()
    detail: str = ""
    source_school: str | None = None
    rejected_cells: tuple[RowCells, ...] = ()


@dataclass(frozen=True, slots=True)
class IncomingAttachment:
    """A picture, film or file that came with an item. `content` is there for e-mail only; `sha256` goes with it."""

    name: str
    media: Media
    mime: str | None = None
    size: int | None = None
    sha256: str | None = None
    source_id: str | None = None
    content: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class IncomingItem:
    """A post, message or award as the file gives it, before anybody is looked up in the register.

    `class_name` and `class_id` are the class or target as the file says; names and ids of people likewise. `sent_at`
    carries its offset, or is None where the file told no usable time.
    """

    file: str
    row: int
    kind: Kind
    text: str
    source_id: str | None = None
    class_name: str | None = None
    class_id: str | None = None
    author_role: AuthorRole = AuthorRole.UNKNOWN
    author_name: str | None = None
    author_id: str | None = None
    sent_at: datetime | None = None
    media: tuple[Media, ...] = ()
    attachments: tuple[IncomingAttachment, ...] = ()
    tagged: tuple[str, ...] = ()
    to: tuple[str, ...] = ()
    value: float | None = None
    skill: str | None = None
    subject: str | None = None


@dataclass(frozen=True, slots=True)
class SkillPoints:
    """How often one pupil was given one skill; `weight` is what each award is worth, below zero for removals (H8)."""

    skill: str
    weight: int
    count: int


@dataclass(frozen=True, slots=True)
class PointsTotal:
    """One pupil's line of a points report. Totals are None where the report has no such column."""

    file: str
    row: int
    pupil: str
    skills: tuple[SkillPoints, ...] = ()
    positive: int | None = None
    needs_work: int | None = None
    total: int | None = None

    @property
    def removed(self) -> int:
        """How many awards took points away (H8)."""
        told = abs(self.needs_work) if self.needs_work is not None else 0
        return max(told, sum(abs(each.count) for each in self.skills if each.weight < 0))


@dataclass(frozen=True, slots=True)
class Skipped:
    """Items that were left out on purpose, counted, with the reason."""

    file: str
    reason: str
    count: int


@dataclass(frozen=True, slots=True)
class FeedReading:
    """Everything that one or several content files say.

    `format` is story, messages, items, points, eml or pasted, joined by "+" where the files differ. `rows` counts what
    the files hold: items, points rows, rejected rows and skipped items add up to it.
    """

    format: str
    files: tuple[str, ...]
    rows: int
    items: tuple[IncomingItem, ...] = ()
    points: tuple[PointsTotal, ...] = ()
    rejected: tuple[Remark, ...] = ()
    warnings: tuple[Remark, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    columns: tuple[ColumnGuess, ...] = ()

"""Items: what was posted, said or awarded on the messaging service, and by whom.

The shape is the one content is checked in: a post, a comment, a message, a portfolio entry or a points award.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Kind(StrEnum):
    """What sort of item it is."""

    CLASS_STORY = "class_story"
    SCHOOL_STORY = "school_story"
    COMMENT = "comment"
    MESSAGE = "message"
    PORTFOLIO = "portfolio"
    POINTS = "points"

    __hash__ = str.__hash__

    @property
    def is_post(self) -> bool:
        """A class story or a school story."""
        return self in (Kind.CLASS_STORY, Kind.SCHOOL_STORY)

    @property
    def is_open(self) -> bool:
        """Many families see it: a post, or a comment on one (policy T10)."""
        return self.is_post or self is Kind.COMMENT

    @property
    def words(self) -> str:
        """How the kind is named on screens and in reports."""
        return {
            Kind.CLASS_STORY: "Class story",
            Kind.SCHOOL_STORY: "School story",
            Kind.COMMENT: "Comment",
            Kind.MESSAGE: "Message",
            Kind.PORTFOLIO: "Portfolio",
            Kind.POINTS: "Points",
        }[self]


class AuthorRole(StrEnum):
    """Who wrote it, as far as the service tells."""

    STAFF = "staff"
    PARENT = "parent"
    PUPIL = "pupil"
    UNKNOWN = "unknown"

    __hash__ = str.__hash__

    @property
    def words(self) -> str:
        """How the author's role is named on screens."""
        return {
            AuthorRole.STAFF: "Staff",
            AuthorRole.PARENT: "Parent or guardian",
            AuthorRole.PUPIL: "Pupil",
            AuthorRole.UNKNOWN: "Unknown person",
        }[self]


class Media(StrEnum):
    """A kind of media an item carries; each needs its own permission (policy T12, P8)."""

    PHOTO = "photo"
    VIDEO = "video"
    WORK = "work"

    __hash__ = str.__hash__


@dataclass(frozen=True, slots=True)
class Author:
    """The writer: a role, and the id in the register where it is known."""

    role: AuthorRole
    id: str | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """One item as the checks read it.

    Ids are strings and belong to one register. `sent_at` carries its own offset, or is None where the source told
    no time; `value` is for points awards only; `to` holds the ids of guardians and staff an item went to.
    """

    id: str
    kind: Kind
    class_id: str | None
    author: Author
    sent_at: datetime | None
    text: str
    media: tuple[Media, ...] = ()
    tagged: tuple[str, ...] = ()
    to: tuple[str, ...] = ()
    value: float | None = None


PlainItem = tuple[
    str, str, str | None, str, str | None, datetime | None, str, tuple[str, ...], tuple[str, ...], tuple[str, ...],
    float | None,
]  # fmt: skip
"""An item's fields in their order, the author's role and id in place of the author, words in place of enumerations:
what passes from one process to another quickly.
"""

_KINDS = {kind.value: kind for kind in Kind}
_ROLES = {role.value: role for role in AuthorRole}
_MEDIA = {media.value: media for media in Media}


def item_from(plain: PlainItem) -> Item:
    """The item again."""
    id_, kind, class_id, role, author, sent_at, text, media, tagged, to, value = plain
    kept = tuple(_MEDIA[each] for each in media) if media else ()
    return Item(id_, _KINDS[kind], class_id, Author(_ROLES[role], author), sent_at, text, kept, tagged, to, value)

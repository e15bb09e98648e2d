"""What a linked adult may see in ClassDojo, as far as it was brought in: points, stories, own messages (P11, P4).

Nothing where no link is in force. What went to the safeguarding lead, and what was taken down, is never shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, or_, select

from app.domain.content import Kind
from app.domain.problems import Problem
from app.domain.review import Takedown
from app.domain.roles import LEADERS
from app.services.door import Query, answers
from app.services.unit import View
from app.store.reads.codes import permitted_names
from app.store.reads.pupil_points import Points, points_given
from app.store.tables.content import ItemRow, MediaRow, RecipientRow, ThreadRow
from app.store.tables.links import LinkRow
from app.store.tables.people import GuardianRow, PupilRow, TieRow
from app.store.tables.review import TakedownRow
from app.store.tables.school import ClassRow

WEEKS = 4
MOST = 200
"""So many posts, and so many messages, are shown: the newest."""


@dataclass(frozen=True, slots=True)
class ChildSeen:
    """A child of theirs with the points given in these weeks."""

    name: str
    class_name: str
    points: Points


@dataclass(frozen=True, slots=True)
class ItemSeen:
    """A post or message as it was sent."""

    id: int
    kind: Kind
    class_name: str
    author: str
    sent_at: datetime
    text: str
    media: int


@dataclass(frozen=True, slots=True)
class GuardianSees:
    """What one adult may see. Without a link in force, everything is empty."""

    name: str
    linked: bool
    since: date
    children: tuple[ChildSeen, ...]
    posts: tuple[ItemSeen, ...]
    messages: tuple[ItemSeen, ...]


@dataclass(frozen=True, slots=True)
class WhatGuardianSees(Query[GuardianSees]):
    """What an adult may see of the last weeks."""

    guardian_id: int
    weeks: int = WEEKS


@answers(WhatGuardianSees, roles=LEADERS)
def what_guardian_sees(query: WhatGuardianSees, view: View) -> GuardianSees:
    """`Problem` where there is no such adult."""
    row = view.session.get(GuardianRow, query.guardian_id)
    if row is None:
        raise Problem("This adult is no longer in the records.")
    since = view.today - timedelta(weeks=query.weeks)
    pupils = _children(view, query.guardian_id)
    if not pupils:
        return GuardianSees(row.name, False, since, (), (), ())
    names = permitted_names(view.session)
    classes: dict[int, str] = {id_: name for id_, name in view.session.execute(select(ClassRow.id, ClassRow.name))}
    given = points_given(view.session, [pupil.id for pupil in pupils], since, view.today)
    children = tuple(
        ChildSeen(names[pupil.id], classes.get(pupil.class_id or 0, ""), given.get(pupil.id, ())) for pupil in pupils
    )
    places = [pupil.class_id for pupil in pupils if pupil.class_id is not None]
    in_class = (ItemRow.kind == Kind.CLASS_STORY) & ItemRow.class_id.in_(places)
    posts = _items(view, since, classes, or_(in_class, ItemRow.kind == Kind.SCHOOL_STORY))
    adult = query.guardian_id
    told = select(RecipientRow.item_id).where(RecipientRow.guardian_id == adult)
    threads = select(ThreadRow.id).where(ThreadRow.guardian_id == adult)
    own = or_(ItemRow.guardian_id == adult, ItemRow.id.in_(told), ItemRow.thread_id.in_(threads))
    messages = _items(view, since, classes, (ItemRow.kind == Kind.MESSAGE) & own)
    return GuardianSees(row.name, True, since, children, posts, messages)


def _children(view: View, guardian_id: int) -> list[PupilRow]:
    """Children on roll to whom a link is in force, and from whom no bar parts the adult."""
    barred = select(TieRow.pupil_id).where(TieRow.guardian_id == guardian_id, TieRow.contact == "barred")
    rows = view.session.scalars(
        select(PupilRow)
        .join(LinkRow, LinkRow.pupil_id == PupilRow.id)
        .where(
            LinkRow.guardian_id == guardian_id,
            LinkRow.state == "linked",
            PupilRow.left_on.is_(None),
            PupilRow.id.not_in(barred),
        )
        .order_by(PupilRow.born, PupilRow.id)
    )
    return list(dict.fromkeys(rows))


def _items(view: View, since: date, classes: dict[int, str], which: ColumnElement[bool]) -> tuple[ItemSeen, ...]:
    down = select(TakedownRow.item_id).where(TakedownRow.wanted == Takedown.REMOVAL, TakedownRow.stated_at.is_not(None))
    after = view.now - timedelta(days=(view.today - since).days)
    rows = view.session.scalars(
        select(ItemRow)
        .where(which, ItemRow.restricted.is_(False), ItemRow.sent_at >= after, ItemRow.id.not_in(down))
        .order_by(ItemRow.sent_at.desc(), ItemRow.id.desc())
        .limit(MOST)
    ).all()
    carrying: dict[int, int] = {}
    for item_id in view.session.scalars(select(MediaRow.item_id).where(MediaRow.item_id.in_([r.id for r in rows]))):
        carrying[item_id] = carrying.get(item_id, 0) + 1
    return tuple(
        ItemSeen(
            id=row.id,
            kind=Kind(row.kind),
            class_name=classes.get(row.class_id or 0, ""),
            author=row.author_name or "",
            sent_at=row.sent_at,
            text=row.text,
            media=carrying.get(row.id, 0),
        )
        for row in rows
        if row.sent_at is not None
    )

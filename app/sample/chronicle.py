"""Gathering what the sample school wrote: items as they are made, put in order and numbered at the end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from random import Random

from app.domain.content import Author, AuthorRole, Item, Kind, Media
from app.sample.labels import Expect, expected
from app.sample.phrasing import Phrase
from app.sample.shapes import Closing, SampleItem, Thread
from app.sample.world import World


@dataclass(eq=False, slots=True)
class Talk:
    """A conversation while it is being written."""

    guardian: str
    staff: str
    pupil: str
    written: list[Written] = field(default_factory=list)
    closing: Closing | None = None


@dataclass(eq=False, slots=True)
class Written:
    """An item while it has no number yet, with what is to be found in it."""

    item: Item
    expect: Expect
    about: tuple[str, ...] = ()
    post: Written | None = None
    talk: Talk | None = None


class Chronicle:
    """Everything written so far."""

    def __init__(self, world: World, rng: Random) -> None:
        self.world = world
        self._rng = rng
        self._ids: set[str] = set()
        self.written: list[Written] = []
        self.talks: list[Talk] = []

    def draft(
        self,
        kind: Kind,
        author: Author,
        at: datetime,
        phrase: Phrase,
        planted: Expect = (),
        *,
        class_id: str | None = None,
        media: Sequence[Media] = (),
        tagged: Sequence[str] = (),
        to: Sequence[str] = (),
        value: float | None = None,
    ) -> Written:
        """An item and what is to be found in it, not yet part of the chronicle."""
        item = Item("", kind, class_id, author, at, phrase.text, tuple(media), tuple(tagged), tuple(to), value)
        return Written(item, expected(item, phrase.mentions, planted, self.world))

    def keep(
        self,
        written: Written,
        *,
        about: tuple[str, ...] = (),
        post: Written | None = None,
        talk: Talk | None = None,
    ) -> Written:
        """Make it part of the chronicle, with its subject, the post it stands under, or its conversation."""
        written.about, written.post, written.talk = about, post, talk
        if written.item.kind.is_post:
            written.item = replace(written.item, id=self._hexadecimal())
        self.written.append(written)
        if talk is not None:
            talk.written.append(written)
        return written

    def open_talk(self, guardian: str, staff: str, pupil: str) -> Talk:
        """A new conversation between a family and a member of staff."""
        talk = Talk(guardian, staff, pupil)
        self.talks.append(talk)
        return talk

    def posts_in(self, class_id: str | None) -> list[Written]:
        """The posts of a class so far; the whole school's where None."""
        return [each for each in self.written if each.item.kind.is_post and each.item.class_id == class_id]

    def finish(self) -> tuple[tuple[SampleItem, ...], tuple[Thread, ...]]:
        """Everything in the order in which it was sent, numbered."""
        ordered = sorted(enumerate(self.written), key=lambda pair: (_sent(pair[1]), pair[0]))
        number = 0
        for _, each in ordered:
            if not each.item.id:
                number += 1
                each.item = replace(each.item, id=f"i{number}")
        talks = [talk for talk in self.talks if talk.written]
        talks.sort(key=lambda talk: _sent(talk.written[0]))
        names = {id(talk): f"t{place}" for place, talk in enumerate(talks, start=1)}
        items = tuple(SampleItem(each.item, _thread(each, names), each.expect) for _, each in ordered)
        threads = tuple(
            Thread(
                names[id(talk)],
                talk.guardian,
                talk.staff,
                talk.pupil,
                tuple(each.item.id for each in sorted(talk.written, key=_sent)),
                talk.closing,
            )
            for talk in talks
        )
        return items, threads

    def _hexadecimal(self) -> str:
        while True:
            id_ = f"{self._rng.getrandbits(96):024x}"
            if id_ not in self._ids:
                self._ids.add(id_)
                return id_


def _thread(each: Written, names: dict[int, str]) -> str | None:
    if each.post is not None:
        return each.post.item.id
    return names[id(each.talk)] if each.talk is not None else None


def _sent(each: Written) -> datetime:
    assert each.item.sent_at is not None
    return each.item.sent_at


def by_staff(id_: str) -> Author:
    """A member of staff as an author."""
    return Author(AuthorRole.STAFF, id_)


def by_parent(id_: str) -> Author:
    """A guardian as an author."""
    return Author(AuthorRole.PARENT, id_)


def by_pupil(id_: str) -> Author:
    """A pupil as an author."""
    return Author(AuthorRole.PUPIL, id_)


UNKNOWN = Author(AuthorRole.UNKNOWN)

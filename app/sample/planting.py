"""Writing what is left of the planted items: between colleagues, to other families, by pupils and by outsiders."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from app.domain.checks.register import LinkState
from app.domain.content import Author, Kind
from app.sample.chronicle import UNKNOWN, Written, by_parent, by_pupil, by_staff
from app.sample.moments import LAST_DAY
from app.sample.pen import Pen
from app.sample.people import FIRST_DAY
from app.sample.shapes import Guardian, Pupil
from app.sample.stock import Text, texts


class Planter:
    """Writes messages and comments that need somebody in particular."""

    def __init__(self, pen: Pen) -> None:
        self._pen = pen

    def write(self) -> None:
        """Staff to families and to each other, notices, pupils, and adults who are not linked."""
        for text in texts("messages", "flagged_staff"):
            self._to_family(text)
        for text in (*texts("colleagues", "flagged_staff"), *texts("colleagues", "notes")):
            self._to_colleague(text)
        for text in texts("notices", "notes"):
            self._notice(text)
        for text in texts("pupil_messages", "flagged_families"):
            self._by_pupil(text)
        for text in texts("outsiders", "flagged_families"):
            self._by_outsider(text)

    def _time(self, text: Text) -> datetime:
        day = self._pen.moments.school_day(max(FIRST_DAY, text.starts), min(LAST_DAY, text.ends))
        return self._pen.moments.at(day, "staff")

    def _to_family(self, text: Text) -> None:
        """To the family of the first pupil, or of the second where it goes to others."""
        pen, at = self._pen, self._time(text)
        pupils = [pupil for pupil in pen.world.on_roll if pupil.on_roll(at.date())]
        firsts = [pupil for pupil in pupils if pen.suits(text, pupil)]

        def attempt() -> Written | None:
            first = pen.rng.choice(firsts)
            people = pen.people(text.words, pen.world.in_class(first.class_id, at), first)
            if people is None:
                return None
            reader = people["b"] if text.trait("readers") == "others" else first
            family = pen.world.linked(reader.id, at)
            if not family:
                return None
            phrase = pen.phrase(text.words, people, pen.words(first.class_id, family[0]), in_public=False)
            author = by_staff(pen.world.teacher_of(first.class_id))
            to = tuple(guardian.id for guardian in family)
            return pen.chronicle.draft(Kind.MESSAGE, author, at, phrase, text.expect, media=text.media, to=to)

        self._keep(text, attempt)

    def _to_colleague(self, text: Text) -> None:
        pen, at = self._pen, self._time(text)
        pupils = [pupil for pupil in pen.world.on_roll if pupil.on_roll(at.date())]

        def attempt() -> Written | None:
            writer, reader = pen.rng.sample(sorted(pen.world.staff), 2)
            people = pen.people(text.words, pupils)
            if people is None:
                return None
            phrase = pen.phrase(text.words, people, {}, in_public=False)
            return pen.chronicle.draft(Kind.MESSAGE, by_staff(writer), at, phrase, text.expect, to=(reader,))

        self._keep(text, attempt)

    def _notice(self, text: Text) -> None:
        pen, at = self._pen, self._time(text)
        pupils = pen.rng.sample([p for p in pen.world.on_roll if pen.world.linked(p.id, at)], 12)
        to = tuple(dict.fromkeys(guardian.id for p in pupils for guardian in pen.world.linked(p.id, at)[:1]))
        author = by_staff(pen.rng.choice(pen.world.with_role("office")))
        phrase = pen.phrase(text.words, {}, {}, in_public=False)
        pen.chronicle.keep(pen.chronicle.draft(Kind.MESSAGE, author, at, phrase, to=to))

    def _by_pupil(self, text: Text) -> None:
        pen = self._pen
        at = pen.moments.at(pen.moments.school_day(FIRST_DAY, LAST_DAY), "evening")
        pupil = pen.rng.choice([p for p in pen.world.on_roll if p.year in "3456" and p.on_roll(at.date())])
        phrase = pen.phrase(text.words, {"a": pupil}, pen.words(pupil.class_id), in_public=False)
        to = (pen.world.teacher_of(pupil.class_id),)
        pen.chronicle.keep(pen.chronicle.draft(Kind.MESSAGE, by_pupil(pupil.id), at, phrase, text.expect, to=to))

    def _by_outsider(self, text: Text) -> None:
        pen = self._pen
        link = text.trait("link")
        span = "midday" if dict(text.expect).get("office") == ("urgent",) else "any"
        at = pen.moments.at(pen.moments.school_day(max(FIRST_DAY, text.starts), LAST_DAY), span)
        guardian, child = self._outsider(link)
        author = by_parent(guardian.id) if guardian else UNKNOWN
        class_id = child.class_id if child else pen.rng.choice(sorted(pen.world.classes))
        words = pen.words(class_id, guardian)
        phrase = pen.phrase(text.words, {"a": child} if child else {}, words, in_public=False)
        if text.trait("kind") == "comment":
            self._under_a_post(text, phrase.text, author, class_id)
            return
        draft = pen.chronicle.draft(Kind.MESSAGE, author, at, phrase, text.expect, to=(pen.world.teacher_of(class_id),))
        talk = None
        if guardian and child:
            talk = pen.chronicle.open_talk(guardian.id, pen.world.teacher_of(class_id), child.id)
        pen.chronicle.keep(draft, talk=talk)

    def _under_a_post(self, text: Text, words: str, author: Author, class_id: str) -> None:
        pen = self._pen
        posts = [each for each in pen.chronicle.posts_in(class_id) if not each.expect]
        while True:
            post = pen.rng.choice(posts)
            assert post.item.sent_at is not None
            at = pen.moments.soon_after(post.item.sent_at)
            if at is not None:
                break
        phrase = pen.phrase(words, {}, {}, in_public=False)
        draft = pen.chronicle.draft(Kind.COMMENT, author, at, phrase, text.expect, class_id=class_id)
        pen.chronicle.keep(draft, post=post)

    def _outsider(self, link: str) -> tuple[Guardian | None, Pupil | None]:
        """An adult of this standing with a child; nobody the school knows for an unknown one."""
        world = self._pen.world
        if link == "unknown":
            return None, None
        if link == "barred":
            tie = next(tie for tie in world.ties if tie.contact == "barred")
            return world.guardians[tie.guardian], world.pupils[tie.pupil]
        guardians = [
            guardian
            for guardian in world.guardians_with(LinkState(link))
            if world.children_of(guardian.id) and world.has_link(guardian.id)
        ]
        guardian = self._pen.rng.choice(guardians)
        return guardian, world.children_of(guardian.id)[0]

    def _keep(self, text: Text, attempt: Callable[[], Written | None]) -> None:
        written = self._pen.settle(text, (), attempt)
        if written is None:
            raise RuntimeError(f"Nobody suits the text {text.key}.")
        self._pen.chronicle.keep(written)

"""Writing what stands under the posts: families' comments, answers, and those that were planted."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from app.domain.content import Kind
from app.sample.chronicle import Written, by_parent, by_pupil, by_staff
from app.sample.moments import LAST_DAY
from app.sample.pen import Pen
from app.sample.shapes import Guardian, Pupil
from app.sample.stock import Text, texts


class Commenter:
    """Writes comments under posts that are there already."""

    def __init__(self, pen: Pen) -> None:
        self._pen = pen

    def write(self) -> None:
        """Comments under about half of the posts, then everything planted."""
        stock = texts("comments", "comments")
        exchanges = texts("exchanges", "comments")
        posts = [each for each in self._pen.chronicle.written if each.item.kind.is_post]
        for post in posts:
            for _ in range(self._pen.rng.choices((0, 1, 2, 3), (57, 27, 11, 5))[0]):
                self._chance(post, stock)
            if self._pen.rng.random() < 0.08:
                self._exchange(post, exchanges)
        for text in (*texts("comments", "flagged_families", "office", "traps"), *texts("comments", "flagged_staff")):
            self._planted(text)
        for text in texts("hours_comments", "flagged_staff"):
            self._out_of_hours(text)
        for text in texts("pupil_comments", "flagged_families"):
            self._by_pupil(text)

    def family_under(self, post: Written, at: datetime, text: Text) -> tuple[Guardian, Pupil] | None:
        """A linked guardian who sees the post, and their child there."""
        world = self._pen.world
        pupils = world.on_roll if post.item.class_id is None else world.in_class(post.item.class_id, at)
        pairs = [
            (guardian, pupil)
            for pupil in pupils
            for guardian in world.linked(pupil.id, at)
            if self._pen.speaks(text, guardian, pupil)
        ]
        return self._pen.rng.choice(pairs) if pairs else None

    def _chance(self, post: Written, stock: tuple[Text, ...]) -> None:
        at = self._after(post)
        if at is None:
            return
        particular = [text for text in stock if set(text.about) & set(post.about)]
        general = [text for text in stock if not text.about] if _is_cheerful(post) else []
        pool = particular if not general or (particular and self._pen.rng.random() < 0.5) else general
        text = self._pen.next_text(pool, most=4)
        if text is not None:
            self._by_family(text, post, at)

    def _by_family(self, text: Text, post: Written, at: datetime) -> Written | None:
        found = self.family_under(post, at, text)
        if found is None:
            return None
        guardian, child = found
        pen, class_id = self._pen, post.item.class_id
        others = pen.world.in_class(child.class_id, at)

        def attempt() -> Written | None:
            people = pen.people(text.words, others, child)
            if people is None:
                return None
            phrase = pen.phrase(text.words, people, pen.words(child.class_id, guardian), in_public=False)
            return pen.chronicle.draft(Kind.COMMENT, by_parent(guardian.id), at, phrase, text.expect, class_id=class_id)

        written = pen.settle(text, (), attempt)
        return pen.chronicle.keep(written, post=post) if written else None

    def _exchange(self, post: Written, stock: tuple[Text, ...]) -> None:
        at = self._after(post)
        text = self._pen.next_text([text for text in stock if set(text.about) & set(post.about)], most=4)
        if at is None or text is None or self._by_family(text, post, at) is None:
            return
        answered = self._pen.moments.staff_after(at)
        if answered is None or post.item.author.id is None:
            return
        self._keep_staff(text.turns[1], post, answered)

    def _keep_staff(self, words: str, post: Written, at: datetime) -> None:
        assert post.item.author.id is not None
        phrase = self._pen.phrase(words, {}, self._pen.words(post.item.class_id), in_public=True)
        draft = self._pen.chronicle.draft(
            Kind.COMMENT, by_staff(post.item.author.id), at, phrase, class_id=post.item.class_id
        )
        self._pen.chronicle.keep(draft, post=post)

    def _after(self, post: Written, hours: int = 30) -> datetime | None:
        sent = post.item.sent_at
        assert sent is not None
        if self._pen.rng.random() < 0.6:
            hours = 5
        return self._pen.moments.soon_after(sent, longest=hours * 60)

    def _post_for(self, text: Text) -> Written:
        """A class story in the text's season with time enough left after it."""
        latest = min(LAST_DAY - timedelta(days=2), text.ends)
        posts = [
            each
            for each in self._pen.chronicle.written
            if each.item.kind is Kind.CLASS_STORY
            and each.item.sent_at is not None
            and text.starts <= each.item.sent_at.date() <= latest
            and not each.expect
        ]
        return self._pen.rng.choice(posts)

    def _planted(self, text: Text) -> None:
        for _ in range(80):
            post = self._post_for(text)
            if "flagged_staff" in text.key:
                done = self._by_staff(text, post)
            else:
                at = self._after(post)
                done = self._by_family(text, post, at) if at else None
            if done:
                return
        raise RuntimeError(f"No post suits the text {text.key}.")

    def _by_staff(self, text: Text, post: Written) -> Written | None:
        pen, class_id = self._pen, post.item.class_id
        assert class_id is not None
        assert post.item.sent_at is not None
        assert post.item.author.id is not None
        at = pen.moments.staff_after(post.item.sent_at)
        if at is None:
            return None
        pupils = pen.world.in_class(class_id, at)
        firsts = [pupil for pupil in pupils if pen.suits(text, pupil)]
        author = by_staff(post.item.author.id)

        def attempt() -> Written | None:
            first = pen.rng.choice(firsts) if firsts else None
            people = pen.people(text.words, pupils, first)
            if people is None:
                return None
            phrase = pen.phrase(text.words, people, pen.words(class_id), in_public=True)
            tagged = (first.id,) if first is not None and text.trait("tagged") else ()
            return pen.chronicle.draft(
                Kind.COMMENT, author, at, phrase, text.expect, class_id=class_id, media=text.media, tagged=tagged
            )

        written = pen.settle(text, (), attempt)
        return pen.chronicle.keep(written, post=post) if written else None

    def _out_of_hours(self, text: Text) -> None:
        post = self._post_for(text)
        assert post.item.sent_at is not None
        clock = time.fromisoformat(text.trait("at")[int(text.key.rsplit("/", 1)[1])])
        self._keep_staff(text.words, post, self._pen.moments.exactly(post.item.sent_at.date(), clock, 20))

    def _by_pupil(self, text: Text) -> None:
        for _ in range(80):
            post = self._post_for(text)
            at = self._after(post)
            if at is None or post.item.class_id not in ("c5", "c6", "c7", "c8"):
                continue
            pupil = self._pen.rng.choice(self._pen.world.in_class(post.item.class_id, at))
            phrase = self._pen.phrase(text.words, {"a": pupil}, {}, in_public=False)
            draft = self._pen.chronicle.draft(
                Kind.COMMENT, by_pupil(pupil.id), at, phrase, text.expect, class_id=post.item.class_id
            )
            self._pen.chronicle.keep(draft, post=post)
            return
        raise RuntimeError(f"No post suits the text {text.key}.")


def _is_cheerful(post: Written) -> bool:
    """Whether any friendly word fits below it: there is something to see, or somebody is praised."""
    if "remembrance" in post.about:
        return False
    return bool(post.item.media) or "celebrate" in post.about

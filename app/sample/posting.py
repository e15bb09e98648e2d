"""Writing the posts: class stories day by day, school stories, and those that were planted."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime

from app.domain.content import Kind
from app.domain.naming import name_key
from app.sample.chronicle import Written, by_staff
from app.sample.moments import LAST_DAY
from app.sample.pen import Pen
from app.sample.people import FIRST_DAY
from app.sample.shapes import Pupil, SchoolClass
from app.sample.stock import Text, texts

_CLASS_FILES = ("posts_early", "posts_middle", "posts_upper", "posts_any")


class Poster:
    """Writes posts."""

    def __init__(self, pen: Pen) -> None:
        self._pen = pen
        self._seen: dict[str, set[str]] = defaultdict(set)

    def write(self) -> None:
        """Everything on the class pages and the school's page."""
        for text in texts("posts", "flagged_staff"):
            self._planted(text)
        for text in texts("posts", "traps"):
            self._trap(text)
        for text in (*texts("stories", "school_stories"), *texts("stories", "flagged_staff")):
            self._story(text)
        stock = texts("posts", *_CLASS_FILES)
        for day in self._pen.moments.school_days:
            for entry in self._pen.world.classes.values():
                for _ in range(self._pen.rng.choices((0, 1, 2), (34, 52, 14))[0]):
                    self._daily(stock, entry, day)

    def _daily(self, stock: tuple[Text, ...], entry: SchoolClass, day: date) -> None:
        fitting = [text for text in stock if text.fits(entry.year, day) and text.key not in self._seen[entry.id]]
        particular = [text for text in fitting if (text.ends - text.starts).days < 14]
        own = [text for text in fitting if text.years]
        chance = self._pen.rng.random()
        pool = particular if particular and chance < 0.55 else own if own and chance < 0.85 else fitting
        text = self._pen.next_text(pool, most=4)
        if text is not None:
            self._seen[entry.id].add(text.key)
            self._keep(text, entry, self._time(day))

    def _time(self, day: date) -> datetime:
        late = self._pen.rng.random() < 0.08
        return self._pen.moments.at(day, "evening" if late else "lesson")

    def _planted(self, text: Text) -> None:
        for entry in self._shuffled_classes(text):
            day = self._pen.moments.school_day(max(FIRST_DAY, text.starts), min(LAST_DAY, text.ends))
            if self._keep(text, entry, self._time(day)):
                return
        raise RuntimeError(f"No class suits the text {text.key}.")

    def _trap(self, text: Text) -> None:
        spoken = {name_key(word) for word in text.words.replace("'s", " ").split()}
        tempting = [
            pupil
            for pupil in self._pen.world.on_roll
            if name_key(pupil.called) in spoken
            and not all(state == "given" for state in self._pen.world.entries[pupil.id].permissions.values())
        ]
        day = self._pen.moments.school_day(FIRST_DAY, LAST_DAY)
        classes = self._pen.world.classes
        entry = classes[tempting[0].class_id] if tempting else self._pen.rng.choice(list(classes.values()))
        if not self._keep(text, entry, self._time(day)):
            raise RuntimeError(f"The text {text.key} does not stay clean.")

    def _shuffled_classes(self, text: Text) -> list[SchoolClass]:
        entries = [entry for entry in self._pen.world.classes.values() if not text.years or entry.year in text.years]
        self._pen.rng.shuffle(entries)
        return entries

    def _keep(self, text: Text, entry: SchoolClass, at: datetime) -> Written | None:
        pen = self._pen
        pupils = pen.world.in_class(entry.id, at)
        firsts = [pupil for pupil in pupils if pen.suits(text, pupil)] if text.trait("pick") else []
        if text.trait("pick") and not firsts:
            return None
        author = by_staff(self._author(entry.id))
        named: list[Pupil] = []

        def attempt() -> Written | None:
            first = pen.rng.choice(firsts) if firsts else None
            people = pen.people(text.words, pupils, first)
            if people is None:
                return None
            named[:] = people.values()
            phrase = pen.phrase(text.words, people, pen.words(entry.id), in_public=True)
            return pen.chronicle.draft(
                Kind.CLASS_STORY, author, at, phrase, text.expect, class_id=entry.id, media=text.media
            )

        written = pen.settle(text, (), attempt)
        if written is not None:
            pen.count_named(named)
            pen.chronicle.keep(written, about=text.about)
        return written

    def _author(self, class_id: str) -> str:
        support = self._pen.world.support_of(class_id)
        if support and self._pen.rng.random() < 0.18:
            return self._pen.rng.choice(support)
        return self._pen.world.teacher_of(class_id)

    def _story(self, text: Text) -> None:
        pen = self._pen
        at = self._time(pen.moments.school_day(max(FIRST_DAY, text.starts), min(LAST_DAY, text.ends)))
        pupils = [pupil for pupil in pen.world.on_roll if pupil.on_roll(at.date())]
        firsts = [pupil for pupil in pupils if pen.suits(text, pupil)]
        author = by_staff(self._leader(text.trait("by", "headteacher")))

        def attempt() -> Written | None:
            people = pen.people(text.words, pupils, pen.rng.choice(firsts))
            if people is None:
                return None
            phrase = pen.phrase(text.words, people, pen.words(None), in_public=True)
            return pen.chronicle.draft(Kind.SCHOOL_STORY, author, at, phrase, text.expect, media=text.media)

        written = pen.settle(text, (), attempt)
        if written is None:
            raise RuntimeError(f"Nobody suits the text {text.key}.")
        pen.chronicle.keep(written, about=text.about or ("school",))

    def _leader(self, by: str) -> str:
        world = self._pen.world
        if by == "sport":
            return next(member.id for member in world.staff.values() if not member.classes and member.role == "teacher")
        if by == "leader":
            return self._pen.rng.choice([*world.with_role("leader"), world.teacher_of("c8")])
        return self._pen.rng.choice(world.with_role(by))

"""Writing portfolio entries and points awards (H8, H11)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from app.domain.content import Author, Kind
from app.sample.chronicle import Written, by_pupil, by_staff
from app.sample.moments import LAST_DAY
from app.sample.pen import Pen
from app.sample.people import FIRST_DAY
from app.sample.shapes import Pupil
from app.sample.stock import Text, texts, ways

_PLAIN_AWARDS = 48
_ENTRIES = 118
_REASONS = 70


class Collector:
    """Writes what is handed in, sent home and awarded."""

    def __init__(self, pen: Pen) -> None:
        self._pen = pen

    def write(self) -> None:
        """Portfolio entries, points, and those of both that were planted."""
        for _ in range(_ENTRIES):
            text = self._pen.next_text(texts("entries", "portfolio"), most=3)
            if text is not None:
                self._entry(text)
        for text in (*texts("portfolio", "flagged_staff"), *texts("pupil_portfolio", "flagged_families")):
            self._entry(text)
        self._plain_awards()
        for _ in range(_REASONS):
            text = self._pen.next_text(texts("reasons", "points"), most=3)
            if text is not None:
                self._award(text, 1 if self._pen.rng.random() < 0.7 else 2)
        for text in (*texts("points", "flagged_staff"), *texts("points", "traps")):
            self._award(text, text.trait("value"))

    def _time(self, text: Text | None = None) -> datetime:
        starts = max(FIRST_DAY, text.starts) if text else FIRST_DAY
        return self._pen.moments.at(self._pen.moments.school_day(starts, LAST_DAY), "lesson")

    def _entry(self, text: Text) -> None:
        pen = self._pen
        by_child = text.trait("by") == "pupil" or "pupil_portfolio" in text.key
        day = pen.moments.school_day(FIRST_DAY, LAST_DAY)
        at = pen.moments.at(day, "evening" if by_child else "lesson")
        years = text.years or (("3", "4", "5", "6") if by_child else ())
        pupils = [
            pupil
            for pupil in pen.world.on_roll
            if pupil.on_roll(at.date()) and (not years or pupil.year in years) and pen.suits(text, pupil)
        ]

        def attempt() -> Written | None:
            first = pen.rng.choice(pupils)
            people = pen.people(text.words, pen.world.in_class(first.class_id, at), first)
            if people is None:
                return None
            to = self._readers(text, people, first, at)
            if not to:
                return None
            author = by_pupil(first.id) if by_child else by_staff(pen.world.teacher_of(first.class_id))
            tagged = tuple(p.id for p in people.values()) if text.trait("tagged") else (first.id,)
            return self._portfolio(text, people, first, author, at, tagged, to)

        self._keep(text, attempt)

    def _readers(self, text: Text, people: dict[str, Pupil], first: Pupil, at: datetime) -> tuple[str, ...]:
        family = self._pen.world.linked(first.id, at)
        if text.trait("readers") == "others":
            family = family + self._pen.world.linked(people["b"].id, at) if family else []
            if {g.id for g in family} == {g.id for g in self._pen.world.linked(first.id, at)}:
                return ()
        return tuple(dict.fromkeys(guardian.id for guardian in family))

    def _portfolio(
        self,
        text: Text,
        people: dict[str, Pupil],
        first: Pupil,
        author: Author,
        at: datetime,
        tagged: Sequence[str],
        to: Sequence[str],
    ) -> Written:
        phrase = self._pen.phrase(text.words, people, self._pen.words(first.class_id), in_public=False)
        return self._pen.chronicle.draft(
            Kind.PORTFOLIO,
            author,
            at,
            phrase,
            text.expect,
            class_id=first.class_id,
            media=text.media,
            tagged=tagged,
            to=to,
        )

    def _plain_awards(self) -> None:
        """Awards that carry the skill's name and nothing else, to one pupil or to a table."""
        skills = [skill for _, skills in ways() for skill in skills]
        for number in range(_PLAIN_AWARDS):
            name, worth = skills[number % len(skills)]
            at = self._time()
            class_id = self._pen.rng.choice(sorted(self._pen.world.classes))
            pupils = self._pen.world.in_class(class_id, at)
            tagged = self._pen.rng.sample(pupils, self._pen.rng.choice((1, 1, 1, 2, 4)))
            phrase = self._pen.phrase(name, {}, {}, in_public=True)
            self._pen.chronicle.keep(
                self._pen.chronicle.draft(
                    Kind.POINTS,
                    by_staff(self._giver(class_id)),
                    at,
                    phrase,
                    class_id=class_id,
                    tagged=[pupil.id for pupil in tagged],
                    value=float(worth),
                )
            )

    def _giver(self, class_id: str) -> str:
        support = self._pen.world.support_of(class_id)
        if support and self._pen.rng.random() < 0.3:
            return self._pen.rng.choice(support)
        return self._pen.world.teacher_of(class_id)

    def _award(self, text: Text, value: int) -> None:
        pen, at = self._pen, self._time(text)
        fitting = sorted(id_ for id_, entry in pen.world.classes.items() if text.fits(entry.year, at.date()))

        def attempt() -> Written | None:
            class_id = pen.rng.choice(fitting)
            pupils = pen.world.in_class(class_id, at)
            first = pen.rng.choice(pupils)
            people = pen.people(text.words, pupils, first)
            if people is None:
                return None
            phrase = pen.phrase(text.words, people, pen.words(class_id), in_public=True)
            author = by_staff(self._giver(class_id))
            return pen.chronicle.draft(
                Kind.POINTS,
                author,
                at,
                phrase,
                text.expect,
                class_id=class_id,
                tagged=(first.id,),
                value=float(value),
            )

        self._keep(text, attempt)

    def _keep(self, text: Text, attempt: Callable[[], Written | None]) -> None:
        written = self._pen.settle(text, (), attempt)
        if written is None:
            raise RuntimeError(f"Nobody suits the text {text.key}.")
        self._pen.chronicle.keep(written)

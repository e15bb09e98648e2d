"""Writing messages between families and school: conversations with answers in time, late, elsewhere or never (P6)."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from app.domain.content import Kind
from app.sample.chronicle import Talk, Written, by_parent, by_staff
from app.sample.moments import LAST_DAY
from app.sample.pen import Pen
from app.sample.people import FIRST_DAY
from app.sample.shapes import Closing, Guardian, Pupil
from app.sample.stock import Text, texts

_CHANNELS = ("telephone", "telephone", "meeting", "office", "asked to phone")


class Talker:
    """Writes conversations."""

    def __init__(self, pen: Pen) -> None:
        self._pen = pen

    def write(self) -> None:
        """Conversations that families begin, those that staff begin, and notices to several families."""
        for _ in range(100):
            text = self._pen.next_text(texts("talks", "talks"), most=2)
            if text is not None:
                self._family_begins(text)
        for text in (*texts("talks", "office"), *texts("messages", "flagged_families", "traps")):
            if not self._family_begins(text):
                raise RuntimeError(f"No family suits the text {text.key}.")
        for _ in range(62):
            text = self._pen.next_text(texts("notes", "notes"), most=2)
            if text is not None:
                self._staff_begin(text)
        for text in texts("notes", "traps"):
            self._staff_begin(text)
        for text in texts("hours", "flagged_staff"):
            self._out_of_hours(text)

    def family(self, text: Text, at: datetime) -> tuple[Guardian, Pupil] | None:
        """A linked guardian and a child whom a text suits."""
        pen, world = self._pen, self._pen.world
        pupils = [pupil for pupil in world.on_roll if pupil.on_roll(at.date()) and pen.suits(text, pupil)]
        if text.trait("any_permission"):
            pupils = [p for p in pupils if "given" not in world.entries[p.id].permissions.values()] or pupils
        pairs = [
            (guardian, pupil)
            for pupil in pupils
            for guardian in world.linked(pupil.id, at)
            if pen.speaks(text, guardian, pupil)
        ]
        return pen.rng.choice(pairs) if pairs else None

    def _family_begins(self, text: Text) -> Talk | None:
        starts, ends = max(FIRST_DAY, text.starts), min(LAST_DAY, text.ends)
        for _ in range(20):
            at = self._pen.moments.family_writes(text.words, starts, ends, _span(text))
            found = self.family(text, at)
            if found is None:
                continue
            guardian, child = found
            talk = self._pen.chronicle.open_talk(guardian.id, self._pen.world.teacher_of(child.class_id), child.id)
            if self._say_family(text, text.words, talk, guardian, child, at):
                self._go_on(text, talk, guardian, child, at)
                return talk
        return None

    def _go_on(self, text: Text, talk: Talk, guardian: Guardian, child: Pupil, at: datetime) -> None:
        if len(text.turns) == 1:
            if text.expect:
                self._close(talk, at, chance=0.3)
            return
        answered = self._pen.moments.answer(at, bool(text.trait("urgent")))
        if answered is None:
            self._close(talk, at, chance=0.6)
            return
        if not text.expect and self._pen.rng.random() < 0.04:
            self._say_staff(self._pen.rng.choice(texts("by_telephone", "notes")).words, talk, guardian, child, answered)
            self._close(talk, answered, chance=1.0, channel="asked to phone")
            return
        self._say_staff(text.turns[1], talk, guardian, child, answered)
        topics = set(dict(text.expect).get("office", ()))
        if topics & {"complaint", "appointment", "progress"}:
            self._close(talk, answered, chance=0.55, channel=self._pen.rng.choice(("telephone", "meeting")))
        elif topics:
            self._close(talk, answered, chance=0.3, channel="office")
        if len(text.turns) > 2:
            last = self._pen.moments.soon_after(answered)
            if last is not None:
                self._say_family(None, text.turns[2], talk, guardian, child, last)

    def _close(self, talk: Talk, since: datetime, *, chance: float, channel: str | None = None) -> None:
        if self._pen.rng.random() >= chance:
            return
        at = self._pen.moments.staff_after(since)
        if at is not None:
            talk.closing = Closing(channel or self._pen.rng.choice(_CHANNELS), at, talk.staff)

    def _say_family(
        self, text: Text | None, words: str, talk: Talk, guardian: Guardian, child: Pupil, at: datetime
    ) -> Written | None:
        pen = self._pen
        others = pen.world.in_class(child.class_id, at)
        planted = text.expect if text else ()

        def attempt() -> Written | None:
            people = pen.people(words, others, child)
            if people is None:
                return None
            phrase = pen.phrase(words, people, pen.words(child.class_id, guardian), in_public=False)
            return pen.chronicle.draft(Kind.MESSAGE, by_parent(guardian.id), at, phrase, planted, to=(talk.staff,))

        written = pen.settle(text, (), attempt) if text else attempt()
        return pen.chronicle.keep(written, talk=talk) if written else None

    def _say_staff(self, words: str, talk: Talk, guardian: Guardian, child: Pupil, at: datetime) -> None:
        said = self._pen.words(child.class_id, guardian)
        phrase = self._pen.phrase(words, {"a": child}, said, in_public=False)
        draft = self._pen.chronicle.draft(Kind.MESSAGE, by_staff(talk.staff), at, phrase, to=(guardian.id,))
        self._pen.chronicle.keep(draft, talk=talk)

    def _staff_begin(self, text: Text) -> Talk:
        pen = self._pen
        day = pen.moments.school_day(max(FIRST_DAY, text.starts), min(LAST_DAY, text.ends))
        clocks = text.trait("at")
        at = pen.moments.at(day, "staff")
        if clocks:
            at = pen.moments.exactly(day, time.fromisoformat(clocks[int(text.key.rsplit("/", 1)[1])]), 42)
        return self._note(text, at, frozenset())

    def _note(self, text: Text, at: datetime, allowed: frozenset[str]) -> Talk:
        pen = self._pen
        for _ in range(40):
            found = self.family(text, at)
            if found is None:
                break
            guardian, child = found
            written = self._noted(text, at, guardian, child)
            if {check for check, _ in written.expect} != allowed:
                continue
            talk = pen.chronicle.open_talk(guardian.id, pen.world.teacher_of(child.class_id), child.id)
            pen.chronicle.keep(written, talk=talk)
            replied = pen.moments.soon_after(at)
            if len(text.turns) > 1 and replied is not None and pen.rng.random() < 0.85:
                self._say_family(None, text.turns[1], talk, guardian, child, replied)
            return talk
        raise RuntimeError(f"No family suits the text {text.key}.")

    def _noted(self, text: Text, at: datetime, guardian: Guardian, child: Pupil) -> Written:
        """A note to one guardian; with a picture, to all of the child's own."""
        pen = self._pen
        own = [each.id for each in pen.world.linked(child.id, at)]
        phrase = pen.phrase(text.words, {"a": child}, pen.words(child.class_id, guardian), in_public=False)
        return pen.chronicle.draft(
            Kind.MESSAGE,
            by_staff(pen.world.teacher_of(child.class_id)),
            at,
            phrase,
            media=text.media,
            tagged=(child.id,) if text.media else (),
            to=own if text.media else (guardian.id,),
        )

    def _out_of_hours(self, text: Text) -> None:
        """Staff write in the evening, at a weekend or in the holidays, mostly in answer to a family."""
        pen, moments = self._pen, self._pen.moments
        clock = time.fromisoformat(text.trait("at")[int(text.key.rsplit("/", 1)[1])])
        if text.trait("weekend") or text.trait("closed"):
            day = pen.rng.choice(moments.weekends if text.trait("weekend") else moments.closed_days)
            self._note(text, moments.exactly(day, clock, 31), frozenset({"hours"}))
            return
        late = moments.exactly(moments.school_day(date(2026, 9, 9), LAST_DAY), clock, 5)
        asked = late - timedelta(minutes=pen.rng.randint(25, 220))
        if asked.hour < 8:
            asked = moments.at(late.date() - timedelta(days=1), "evening")
        found = self.family(text, asked)
        if found is None:
            raise RuntimeError(f"No family suits the text {text.key}.")
        guardian, child = found
        talk = pen.chronicle.open_talk(guardian.id, pen.world.teacher_of(child.class_id), child.id)
        self._say_family(None, text.turns[0], talk, guardian, child, asked)
        self._say_staff(text.turns[1], talk, guardian, child, late)


def _span(text: Text) -> str | None:
    if text.trait("urgent"):
        return "midday"
    topics = dict(text.expect).get("office", ())
    return "morning" if {"absence", "sickness"} & set(topics) and "appointment" not in topics else None

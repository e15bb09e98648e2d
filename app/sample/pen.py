"""The hand that writes: chooses whom a text names until what is to be found in it is exactly what was meant."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from random import Random

from app.domain.naming import namesakes
from app.domain.permissions import MediaKind
from app.sample.chronicle import Chronicle, Written
from app.sample.moments import Moments
from app.sample.people import school_facts
from app.sample.phrasing import Phrase, fill, needs_first_pupil, pupil_slots
from app.sample.shapes import Guardian, Pupil
from app.sample.stock import Text

_SURNAME = re.compile(r"\{[abcd]\.(full|comma|caps|hash)\}")
_INITIAL = re.compile(r"\{[abcd]\.(init|dot)\}")
_TRIES = 60


class Pen:
    """Fills texts with people, and keeps count so that everybody gets their turn."""

    def __init__(self, chronicle: Chronicle, rng: Random, moments: Moments) -> None:
        self.chronicle = chronicle
        self.world = chronicle.world
        self.rng = rng
        self.moments = moments
        self._named: Counter[str] = Counter()
        self._used: Counter[str] = Counter()

    def next_text(self, among: Iterable[Text], most: int) -> Text | None:
        """One of the texts used least so far; None where all have been used as often as they may."""
        counted = [(self._used[text.key], text) for text in among]
        fewest = min((count for count, _ in counted), default=most)
        if fewest >= most:
            return None
        text = self.rng.choice([text for count, text in counted if count == fewest])
        self._used[text.key] += 1
        return text

    def words(self, class_id: str | None, writer: Guardian | None = None) -> dict[str, str]:
        """What goes into the slots that are not pupils: the class's days, its teacher, the writer's own details."""
        number = self.rng.randrange(1000)
        street, postcode = self.rng.choice(list(school_facts()["streets"].items()))
        said = {
            "mobile": f"07700 900{number:03}",
            "street": f"{self.rng.randint(89, 140)} {street}",
            "postcode": postcode,
            "email": f"{self.rng.choice(('sunny', 'busy', 'little', 'happy'))}{number}@mailbox.example",
        }
        if class_id is not None:
            place = int(class_id[1:]) - 1
            said |= school_facts()["classes"][place]["days"]
            said["class"] = self.world.classes[class_id].name
            teacher = self.world.staff[self.world.teacher_of(class_id)]
            said |= {"teacher": teacher.name, "miss": "sir" if teacher.title == "Mr" else "miss"}
        if writer is not None:
            said |= {
                "me": writer.first,
                "parent": writer.formal,
                "mobile": writer.phone,
                "street": writer.address.split(",")[0],
                "postcode": writer.postcode,
                "email": writer.email or said["email"],
            }
        return said

    def people(self, words: str, among: Sequence[Pupil], first: Pupil | None = None) -> dict[str, Pupil] | None:
        """Pupils for a text's slots, those named least so far; None where there are too few."""
        slots = list(pupil_slots(words))
        if needs_first_pupil(words) and "a" not in slots:
            slots.insert(0, "a")
        chosen: dict[str, Pupil] = {}
        if first is not None and "a" in slots:
            chosen["a"] = first
            slots.remove("a")
        rest = [pupil for pupil in among if pupil is not first]
        if len(slots) > len(rest):
            return None
        self.rng.shuffle(rest)
        rest.sort(key=lambda pupil: self._named[pupil.id] // 3)
        pool = rest[: max(len(slots), 8)]
        self.rng.shuffle(pool)
        return chosen | dict(zip(slots, pool, strict=False))

    def phrase(self, words: str, pupils: Mapping[str, Pupil], said: Mapping[str, str], *, in_public: bool) -> Phrase:
        """The text with its slots filled."""
        return fill(words, pupils, said, self.world, in_public=in_public)

    def settle(self, text: Text, allowed: Iterable[str], attempt: Callable[[], Written | None]) -> Written | None:
        """Attempt after attempt until the item holds what the text means to hold and nothing else.

        `allowed` names the checks that its time or author bring along. None where no attempt succeeds.
        """
        wanted = meant(text) | set(allowed)
        for _ in range(_TRIES):
            written = attempt()
            if written is not None and {check for check, _ in written.expect} == wanted:
                return written
        return None

    def speaks(self, text: Text, guardian: Guardian, child: Pupil) -> bool:
        """Whether a text sounds like this adult: their language, their English, what they are to the child."""
        language, relationship = text.trait("language"), text.trait("as")
        if language is not None and guardian.language != language:
            return False
        if text.trait("eal") and guardian.language == "en":
            return False
        if text.trait("apart") and guardian.address == child.address:
            return False
        return relationship is None or self.world.relationship(child.id, guardian.id) == relationship

    def count_named(self, pupils: Iterable[Pupil]) -> None:
        """Remember who was named, so that others are next."""
        self._named.update(pupil.id for pupil in pupils)

    def suits(self, text: Text, pupil: Pupil) -> bool:
        """Whether a pupil may be the first one of a text: of its years, and as it asks for in particular."""
        entry = self.world.entries[pupil.id]
        pick = text.trait("pick")
        if text.years and pupil.year not in text.years:
            return False
        if pick is None:
            return True
        lacking = not all(self.world.permitted(pupil.id, kind) for kind in _kinds(text))
        same = namesakes(entry, self.world.entries.values())
        if pick == "looked-after":
            return entry.in_care and lacking
        if pick == "ambiguous":
            return bool(same) and not lacking
        return lacking and not entry.in_care and not same


def meant(text: Text) -> set[str]:
    """The checks that a text's own words are to set off."""
    checks = {check for check, _ in text.expect}
    first = text.words
    if _SURNAME.search(first):
        checks.add("surname")
    if _INITIAL.search(first):
        checks.add("initial")
    if text.trait("pick"):
        checks.add("no-permission")
    return checks


def _kinds(text: Text) -> list[MediaKind]:
    names = {"photo": MediaKind.PHOTOGRAPH, "video": MediaKind.RECORDING, "work": MediaKind.WORK_SAMPLE}
    return [names[media.value] for media in text.media]

"""What columns can be said to mean, in words, and what is still missing or said twice. No Qt here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from app.domain.columns_said import Area, ColumnsSaid, compared
from app.domain.enrolment_mending import heading_of
from app.intake.headings import ADULT_FIELDS, PUPIL_FIELDS
from app.intake.look import TableLook, guesses_for
from app.intake.messages import MESSAGE_FIELDS
from app.intake.points import POINTS_FIELDS
from app.services.presets import ColumnPreset

_MESSAGES = {
    "from": "Who wrote it",
    "to": "Who it went to",
    "sent": "Date, or date and time",
    "time": "Time of day",
    "text": "The words",
    "class": "Class",
    "kind": "Kind (message, comment, story)",
    "role": "Whether staff or a parent wrote it",
    "pupil": "Pupils it is about",
    "media": "Pictures and files",
    "id": "Number of the message",
    "from_id": "Number of who wrote it",
    "subject": "Subject",
}
_POINTS = {
    "pupil": "Pupil",
    "skill": "Skill: points given",
    "taken": "Skill: points taken away",
    "positive": "Sum: positive",
    "needs_work": "Sum: needs work",
    "total": "Sum: total",
}
_ADULTS = ("guardian1", "guardian2", "mother", "father")
_SEVERAL = frozenset({"address", "phone", "skill", "taken"})
"""More than one column may hold these."""


def choices(area: Area, meanings: Sequence[str]) -> list[tuple[str, str]]:
    """Fields with their words, for a column of this area; adults that a guess names are among them."""
    if area is Area.MESSAGES:
        return [(name, _MESSAGES[name]) for name in MESSAGE_FIELDS]
    if area is Area.POINTS:
        return [(name, _POINTS[name]) for name in POINTS_FIELDS]
    named = [each.partition(".")[0] for each in meanings if "." in each]
    adults = dict.fromkeys((*_ADULTS, *named))
    fields = [*PUPIL_FIELDS, *(f"{adult}.{name}" for adult in adults for name in ADULT_FIELDS)]
    return [(name, heading_of(name)) for name in fields]


def fault(area: Area, meanings: Sequence[str]) -> str:
    """What is missing, or said of two columns; nothing where the table can be read."""
    there = set(meanings)
    twice = [name for name, count in Counter(meanings).items() if name and count > 1 and not _may_repeat(name)]
    if twice:
        words = dict(choices(area, meanings)).get(twice[0], twice[0])
        return f"Two columns are said to be “{words}”. Choose one of them."
    if area is Area.MESSAGES:
        return "" if "text" in there else "Say which column holds the words."
    if area is Area.POINTS:
        if "pupil" not in there:
            return "Say which column names the pupil."
        return "" if there & set(POINTS_FIELDS[1:]) else "Say which columns hold points."
    lacking = []
    if "name" not in there:
        lacking += [words for name, words in (("first", "the forename"), ("last", "the surname")) if name not in there]
    if not there & {"born", "upn"}:
        lacking.append("the date of birth or the UPN")
    return f"Say which column holds {' and '.join(lacking)}." if lacking else ""


def _may_repeat(name: str) -> bool:
    return name.rpartition(".")[2] in _SEVERAL


@dataclass(frozen=True, slots=True)
class InQuestion:
    """One table whose columns are being looked at."""

    look: TableLook
    area: Area
    meanings: tuple[str, ...]
    preset: ColumnPreset | None = None

    @property
    def said(self) -> ColumnsSaid:
        """What is said of its columns now."""
        return ColumnsSaid(self.area, compared(self.look.headings), self.meanings)

    @property
    def fault(self) -> str:
        """What keeps it from being read."""
        return fault(self.area, self.meanings)

    def with_meaning(self, column: int, meaning: str) -> InQuestion:
        """One column said to be something else."""
        told = list(self.meanings)
        told[column] = meaning
        return replace(self, meanings=tuple(told))

    def about(self, area: Area, today: date) -> InQuestion:
        """The rows said to be about something else: the columns are guessed anew."""
        rows = self.look.samples
        return replace(self, area=area, meanings=guesses_for(area, self.look.headings, rows, today))

    def how(self, column: int) -> str:
        """Why a column is read as it is, in a word or two."""
        meaning = self.meanings[column]
        guess = next((each for each in self.look.guesses if each.column == column and each.field == meaning), None)
        if not meaning:
            return "Not read"
        if self.preset is not None and self.preset.said.meaning(column) == meaning:
            return "Remembered"
        if guess is None:
            return "Your word"
        return "By its heading" if guess.because == "heading" else "By what is in it"


def in_question(look: TableLook, presets: Sequence[ColumnPreset]) -> InQuestion:
    """A table as it is first shown: as it was remembered, else as the program guesses."""
    key = compared(look.headings)
    preset = next((each for each in presets if each.said.headings == key), None)
    if preset is not None:
        told = tuple(preset.said.meaning(column) for column in range(len(look.headings)))
        return InQuestion(look, preset.said.area, told, preset)
    return InQuestion(look, look.area or Area.REGISTER, look.meanings)


@dataclass(slots=True)
class Questions:
    """The tables of the files in hand, one after another; those with the same headings are asked about once."""

    tables: list[InQuestion] = field(default_factory=list)
    at: int = 0

    @property
    def current(self) -> InQuestion:
        """The table that is being asked about."""
        return self.tables[self.at]

    @property
    def said(self) -> tuple[ColumnsSaid, ...]:
        """What is said of all of them."""
        return tuple(each.said for each in self.tables)

    @property
    def are_register(self) -> bool:
        """The rows are about pupils."""
        return all(each.area is Area.REGISTER for each in self.tables)


def questions(looks: Sequence[TableLook], presets: Sequence[ColumnPreset]) -> Questions:
    """What there is to ask about these tables. Those that are not remembered stand first."""
    found: dict[tuple[str, ...], InQuestion] = {}
    for look in looks:
        found.setdefault(compared(look.headings), in_question(look, presets))
    return Questions(sorted(found.values(), key=lambda each: each.preset is not None))

"""A pupil's details as somebody enters them by hand: what cannot be, and what is doubtful (T8, H7).

A fault stands against saving. A doubt is shown and may be right all the same; only a likely second record of the same
child must be looked at before it is made.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from app.domain.checks.register import PupilEntry
from app.domain.enrolment_rows import full_key
from app.domain.naming import namesakes, permitted_name
from app.domain.upn import UpnVerdict, read_upn
from app.domain.words import day_words
from app.domain.years import YEARS, first_of, spoken_year, usual_year

OLDEST = 20
"""Years of age beyond which a date of birth is taken for a slip."""
_NEW = "new"


@dataclass(frozen=True, slots=True)
class PupilDetails:
    """Everything about a pupil that is entered by hand. Empty text means not recorded."""

    first: str
    last: str
    preferred: str = ""
    preferred_last: str = ""
    middle: str = ""
    born: date | None = None
    sex: str = ""
    upn: str = ""
    year_group: str = ""
    class_id: int | None = None
    postcode: str = ""
    joined_on: date | None = None

    def __repr__(self) -> str:
        return "PupilDetails()"

    def tidy(self) -> PupilDetails:
        """Without stray spaces; the UPN and postcode in capitals."""
        return PupilDetails(
            first=_words(self.first),
            last=_words(self.last),
            preferred=_words(self.preferred),
            preferred_last=_words(self.preferred_last),
            middle=_words(self.middle),
            born=self.born,
            sex=self.sex,
            upn=read_upn(self.upn).upn if self.upn.strip() else "",
            year_group=self.year_group.strip(),
            class_id=self.class_id,
            postcode=_words(self.postcode).upper(),
            joined_on=self.joined_on,
        )


@dataclass(frozen=True, slots=True)
class Other:
    """Another pupil of the register, current or left, as far as comparing needs."""

    id: int
    first: str
    last: str
    preferred: str | None
    born: date | None
    upn: str | None
    class_id: int | None
    class_name: str | None
    on_roll: bool

    @property
    def spoken(self) -> str:
        """Who it is, and where: "Ella Marsh, Willow" or "Ella Marsh, who has left"."""
        return f"{self.preferred or self.first} {self.last}, {self._place}"

    @property
    def _place(self) -> str:
        return (self.class_name or "no class") if self.on_roll else "who has left"


@dataclass(frozen=True, slots=True)
class Remarked:
    """A sentence about one field: "first", "born", "upn" and so on."""

    field: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Judged:
    """What can be said of entered details."""

    permitted: str
    """The name that staff may use on the service (T8)."""
    namesakes: tuple[str, ...]
    faults: tuple[Remarked, ...]
    doubts: tuple[Remarked, ...]
    likely: tuple[Other, ...]
    """Records that may be of the same child."""

    def of(self, field: str) -> str:
        """Every fault of a field in one line; empty where there is none."""
        return " ".join(each.sentence for each in self.faults if each.field == field)

    def doubt_of(self, field: str) -> str:
        """Every doubt about a field in one line."""
        return " ".join(each.sentence for each in self.doubts if each.field == field)


def judge(
    said: PupilDetails,
    others: Iterable[Other],
    classes: dict[int, tuple[str, str | None]],
    today: date,
) -> Judged:
    """Judge tidy details against every other pupil and the classes in use (name and year group by id)."""
    rest = tuple(others)
    likely = _likely(said, rest)
    faults = [*_names(said), *_days(said, today), *_upn_faults(said, rest), *_places(said, classes)]
    doubts = [*_upn_doubts(said), *_age(said, today), *_class_year(said, classes), *_twice(likely)]
    entry, mates = _entries(said, rest)
    same = tuple(f"{mate.preferred or mate.first} {mate.last}" for mate in namesakes(entry, mates))
    permitted = permitted_name(entry, mates) if said.class_id is not None else said.preferred or said.first
    return Judged(permitted, same, tuple(faults), tuple(doubts), likely)


def _words(text: str) -> str:
    return " ".join(text.split())


def _names(said: PupilDetails) -> list[Remarked]:
    found = []
    if not said.first:
        found.append(Remarked("first", "Enter the first name as it stands on the birth certificate."))
    if not said.last:
        found.append(Remarked("last", "Enter the last name. If there is only one name, enter it in both fields."))
    return found


def _days(said: PupilDetails, today: date) -> list[Remarked]:
    found = []
    if said.born is not None and said.born > today:
        found.append(Remarked("born", f"{day_words(said.born)} lies ahead. Check the date of birth."))
    elif said.born is not None and said.born.year < today.year - OLDEST:
        found.append(Remarked("born", f"A child born in {said.born.year} is too old for this school. Check the year."))
    if said.joined_on is not None and said.born is not None and said.joined_on < said.born:
        found.append(Remarked("joined_on", "The child would have joined before being born. Check the two dates."))
    return found


def _upn_faults(said: PupilDetails, others: tuple[Other, ...]) -> list[Remarked]:
    if not said.upn:
        return []
    if read_upn(said.upn).verdict is UpnVerdict.WRONG_SHAPE:
        sentence = (
            "This is no UPN. It has a letter and 12 figures, such as R201100018042; the letters I, O and S are "
            "never used."
        )
        return [Remarked("upn", sentence)]
    owner = next((other for other in others if other.upn == said.upn), None)
    if owner is None:
        return []
    return [Remarked("upn", f"This UPN belongs to {owner.spoken}. Two children never share one: check both.")]


def _upn_doubts(said: PupilDetails) -> list[Remarked]:
    reading = read_upn(said.upn) if said.upn else None
    if reading is None or reading.verdict is UpnVerdict.WRONG_SHAPE:
        return []
    found = []
    if reading.verdict is UpnVerdict.WRONG_LETTER:
        sentence = f"The check letter should be {reading.expected}, not {reading.upn[0]}. A figure may be mistyped."
        found.append(Remarked("upn", sentence))
    if reading.temporary:
        found.append(Remarked("upn", "This is a temporary UPN. Replace it when the permanent one is known."))
    return found


def _places(said: PupilDetails, classes: dict[int, tuple[str, str | None]]) -> list[Remarked]:
    found = []
    if said.class_id is not None and said.class_id not in classes:
        found.append(Remarked("class_id", "That class is not in use. Choose one of the list, or add it in Classes."))
    if said.year_group and said.year_group not in YEARS:
        found.append(Remarked("year_group", "Choose a year group from Nursery 1 to Year 6."))
    return found


def _age(said: PupilDetails, today: date) -> list[Remarked]:
    if said.born is None or not said.year_group or said.year_group not in YEARS:
        return []
    usual = usual_year(said.born, first_of(max(said.joined_on or today, today)))
    if usual == said.year_group:
        return []
    expected = spoken_year(usual) if usual else "no year group of this school"
    sentence = f"Children born on {day_words(said.born)} are usually in {expected}, not {spoken_year(said.year_group)}."
    return [Remarked("born", f"{sentence} Check the date and the year group.")]


def _class_year(said: PupilDetails, classes: dict[int, tuple[str, str | None]]) -> list[Remarked]:
    name, year = classes.get(said.class_id or 0, ("", None))
    if not year or not said.year_group or year == said.year_group:
        return []
    return [Remarked("class_id", f"{name} is a class of {spoken_year(year)}. Check the class and the year group.")]


def _likely(said: PupilDetails, others: tuple[Other, ...]) -> tuple[Other, ...]:
    """Pupils of the same name who were born on the same day, or of whom one birthday is not known."""
    if not said.first or not said.last:
        return ()
    names = {full_key(first, said.last) for first in (said.first, said.preferred) if first}
    return tuple(
        other
        for other in others
        if names & {full_key(first, other.last) for first in (other.first, other.preferred) if first}
        and (said.born is None or other.born is None or said.born == other.born)
    )


def _twice(likely: tuple[Other, ...]) -> list[Remarked]:
    return [
        Remarked(
            "first",
            f"The register already has {other.spoken}. "
            + (
                "Open that record instead."
                if other.on_roll
                else "If the child is back, take that record on roll again."
            ),
        )
        for other in likely
    ]


def _entries(said: PupilDetails, others: tuple[Other, ...]) -> tuple[PupilEntry, list[PupilEntry]]:
    def place(class_id: int | None) -> str | None:
        return None if class_id is None else str(class_id)

    entry = PupilEntry(_NEW, said.first, said.last, place(said.class_id), said.preferred or None)
    mates = [
        PupilEntry(str(other.id), other.first, other.last, place(other.class_id), other.preferred)
        for other in others
        if other.on_roll and other.class_id == said.class_id
    ]
    return entry, mates

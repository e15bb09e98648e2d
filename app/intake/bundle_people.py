"""What OneRoster and Microsoft's bundles share: pupils with their classes and birth dates, and remarks about both."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from app.domain.incoming import IncomingGuardian, IncomingPupil
from app.intake.bundle import Bundle
from app.intake.dates import order_of, read_date
from app.intake.fields import RowFaults, judge_age, judge_names, judge_year
from app.intake.gathering import Gathering
from app.intake.values import is_nothing, read_emails, read_phone, read_sex, tidy

_LONGEST_ID = 80
_LONGEST_CLASS = 80
_EARLIEST = 1900


@dataclass(frozen=True, slots=True)
class Group:
    """A class or section: `home` says that it is the one a pupil is registered in."""

    source_id: str
    name: str
    home: bool = False


def group_name(text: str) -> str:
    """A class's name as it is kept."""
    return tidy(text)[:_LONGEST_CLASS]


def source_id(text: str | None) -> str | None:
    """An identifier that can be kept; None for an overlong one."""
    return text if text and len(text) <= _LONGEST_ID else None


def registration_class(groups: Sequence[Group], primary: Iterable[str] = ()) -> str | None:
    """The one class a pupil is registered in, where that can be said: the only one, or the only home class."""
    if len(groups) == 1:
        return groups[0].name
    homes = [group for group in groups if group.home]
    if not homes:
        marked = set(primary)
        homes = [group for group in groups if group.source_id in marked]
    return homes[0].name if len(homes) == 1 else None


class Births:
    """The birth dates of a bundle. A whole column that puts the month first is read so, and the person told."""

    def __init__(self, bundle: Bundle, table: str, texts: Sequence[str], gathering: Gathering, today: date) -> None:
        self._today = today
        self._gathering = gathering
        self._file = bundle.file_of(table)
        order = order_of(texts)
        self._month_first = order.american
        if order.american:
            gathering.warn(
                self._file,
                None,
                "date of birth",
                f'The dates of birth put the month first ("{order.example}"), and all were read so. Check a few before '
                "you accept them.",
            )

    def read(self, text: str | None, row: int) -> date | None:
        """A birth date, or None with a remark."""
        if text is None or is_nothing(text):
            return None
        reading = read_date(text, self._today, month_first=self._month_first)
        if reading.date is not None and reading.date.year >= _EARLIEST and reading.date <= self._today:
            return reading.date
        why = reading.problem or "cannot be right"
        self._gathering.warn(
            self._file, row, "date of birth", f'The date of birth "{text[:40]}" {why}. It was left out.'
        )
        return None


@dataclass(frozen=True, slots=True)
class PupilFacts:
    """A bundle's facts about one pupil, before they are judged."""

    file: str
    row: int
    first: str
    last: str
    source_id: str | None
    middle: str | None = None
    preferred: str | None = None
    preferred_last: str | None = None
    year: str | None = None
    born: date | None = None
    sex: str | None = None
    class_name: str | None = None
    groups: tuple[str, ...] = ()
    guardians: tuple[IncomingGuardian, ...] = ()


def add_pupil(facts: PupilFacts, today: date, gathering: Gathering) -> None:
    """Judge a pupil's facts and add the pupil, or reject the row where the name is not one."""
    gathering.rows += 1
    row = RowFaults(tidy(facts.first), tidy(facts.last), facts.born)
    judge_names(row, gathering, facts.file, facts.row)
    if row.faults:
        gathering.reject(facts.file, facts.row, row.faults, row.sighting)
        return
    year = judge_year(facts.year, gathering, facts.file, facts.row) if facts.year else None
    judge_age(facts.born, year, today, gathering, facts.file, facts.row)
    if facts.born is None:
        gathering.tally(
            facts.file,
            facts.row,
            "date of birth",
            "The pupil has no date of birth. They can be matched by the source's identifier only.",
            "{count} pupils have no date of birth. They can be matched by the source's identifier only.",
        )
    _say_class(facts, gathering)
    gathering.pupils.append(
        IncomingPupil(
            file=facts.file,
            row=facts.row,
            first=row.first,
            last=row.last,
            born=facts.born,
            preferred=tidy(facts.preferred or "") or None,
            preferred_last=tidy(facts.preferred_last or "") or None,
            middle=tidy(facts.middle or "") or None,
            year=year,
            class_name=facts.class_name,
            sex=read_sex(facts.sex or ""),
            source_id=facts.source_id,
            guardians=facts.guardians,
            groups=facts.groups,
        )
    )


def _say_class(facts: PupilFacts, gathering: Gathering) -> None:
    if facts.class_name is not None:
        return
    if facts.groups:
        gathering.tally(
            facts.file,
            facts.row,
            "class",
            "The pupil is in several classes and none is marked as the registration class. They were kept without one: "
            "choose it on the pupil's page.",
            "{count} pupils are in several classes and none is marked as the registration class. They were kept "
            "without one: choose it on their pages, or bring in a class list as well.",
        )
    else:
        gathering.tally(
            facts.file,
            facts.row,
            "class",
            "The pupil is in no class. They were kept without one.",
            "{count} pupils are in no class. They were kept without one.",
        )


def adult_of(
    first: str | None,
    last: str | None,
    email: str | None,
    numbers: Iterable[str | None],
    identifier: str | None,
    relationship: str | None,
) -> IncomingGuardian | None:
    """A guardian from a bundle; None where there is neither a name nor a way to be reached."""
    first, last = tidy(first or "") or None, tidy(last or "") or None
    emails = read_emails(email or "")
    phones = tuple(dict.fromkeys(phone for number in numbers if number and (phone := read_phone(number))))
    if not (first or last or emails or phones):
        return None
    return IncomingGuardian(
        first=first,
        last=last,
        name=" ".join(part for part in (first, last) if part) or None,
        relationship=relationship,
        email=emails[0] if emails else None,
        phones=phones,
        source_id=identifier,
    )

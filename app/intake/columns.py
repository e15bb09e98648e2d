"""Which column of a class list holds what: by heading, by content, or as a person said; shown so that it can be put
right."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from app.domain.columns_said import Area, ColumnsSaid
from app.domain.incoming import ColumnGuess
from app.domain.upn import UpnVerdict, read_upn
from app.intake.dates import read_date
from app.intake.headings import ADULT_FIELDS, PUPIL_FIELDS, Meaning, meaning_of
from app.intake.mapping import BY_HAND, Mapped, by_hand, by_map, mapped_headings, settle
from app.intake.table import Row
from app.intake.values import read_postcode

_MANY_COLUMNS = frozenset({"address", "phone"})
_ADULT_KEY = re.compile(r"(guardian|mother|father|contact)(\d{0,2})\.([a-z]+)")
_SAMPLE = 60
_ENOUGH = 0.8
CHILD_YEARS = 20
KNOWN_FIELDS = ", ".join((*PUPIL_FIELDS, *(f"guardian1.{each}" for each in ADULT_FIELDS), "guardian2.name"))


@dataclass(slots=True)
class AdultColumns:
    """The columns about one adult of each row: "guardian1", "mother", "contact2"."""

    adult: str
    number: int | None
    columns: dict[str, list[int]] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """The adult's name in a map file."""
        return f"{self.adult}{self.number or ''}"

    @property
    def words(self) -> str:
        """The adult as a remark names them."""
        return f"{self.adult} {self.number}" if self.number else self.adult

    @property
    def is_named(self) -> bool:
        """Whether a column gives a name."""
        return bool({"name", "first", "last"} & self.columns.keys())


@dataclass(slots=True)
class ListColumns:
    """A class list's columns, settled."""

    columns: dict[str, list[int]] = field(default_factory=dict)
    adults: list[AdultColumns] = field(default_factory=list)
    guesses: list[ColumnGuess] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    """Headings of e-mail and telephone columns that do not say whose they are."""


def score_headings(cells: Sequence[str], mapping: Mapped = None) -> float:
    """How much a row looks like the headings of a class list; 0 where it names no pupils."""
    told = by_hand(mapping, cells)
    if told is not None and told.area is not Area.REGISTER:
        return 0
    meanings = [meaning for cell in cells if cell and (meaning := meaning_of(cell)) is not None]
    fields = {meaning.key for meaning in meanings if not meaning.loose}
    mapped = mapped_headings(mapping, cells, Area.REGISTER)
    names_pupils = bool({"first", "last", "name"} & fields)
    if mapped < 2 and (len(fields) < 2 or not names_pupils):
        return 0
    return len(fields) + 10 * mapped


def field_named(key: str) -> Meaning | None:
    """The field a map file means, by its own name or in words; a bare "email" or "phone" is the first guardian's."""
    if key in PUPIL_FIELDS:
        return Meaning(key)
    exact = _ADULT_KEY.fullmatch(key)
    if exact and exact[3] in ADULT_FIELDS:
        return Meaning(exact[3], exact[1], int(exact[2]) if exact[2] else None)
    meaning = meaning_of(key)
    if meaning is None or not meaning.loose:
        return meaning
    return Meaning(meaning.field, "guardian", meaning.number or 1)


def choose_columns(
    file: str, headings: Sequence[str], rows: Sequence[Row], mapping: Mapped, today: date
) -> ListColumns:
    """Settle every column. Raises Unreadable where a map file does not fit."""
    chooser = _Chooser(headings, rows)
    told = by_hand(mapping, headings, Area.REGISTER)
    if told is not None:
        chooser.take_said(told)
        return chooser.settled()
    if by_map(mapping):
        chooser.take_mapped(settle(by_map(mapping), headings, field_named, file, KNOWN_FIELDS))
    chooser.take_headings()
    chooser.take_content(today)
    return chooser.settled()


class _Chooser:
    """Collects candidates for each field and picks the best; one column serves one field."""

    def __init__(self, headings: Sequence[str], rows: Sequence[Row]) -> None:
        self._headings = headings
        self._sample = [cells for _, cells in rows[:_SAMPLE]]
        self._taken: set[int] = set()
        self._barred: set[str] = set()
        self._found: dict[str, list[tuple[float, int, Meaning, str]]] = defaultdict(list)

    def take_mapped(self, mapped: Mapping[Meaning, int | None]) -> None:
        for meaning, column in mapped.items():
            self._barred.add(meaning.key)
            if column is not None:
                self._found[meaning.key].append((1.0, column, meaning, "map file"))
                self._taken.add(column)

    def take_said(self, told: ColumnsSaid) -> None:
        """A person's word on every column: nothing is guessed beside it."""
        for column in range(len(self._headings)):
            meaning = field_named(told.meaning(column)) if told.meaning(column) else None
            if meaning is not None:
                self._barred.add(meaning.key)
                self._found[meaning.key].append((1.0, column, meaning, BY_HAND))
        self._barred |= {"preferred", "preferred_last"}

    def take_headings(self) -> None:
        for column, heading in enumerate(self._headings):
            meaning = meaning_of(heading) if heading and column not in self._taken else None
            if meaning is not None and meaning.key not in self._barred:
                self._found[meaning.key].append((meaning.confidence, column, meaning, "heading"))
                self._taken.add(column)

    def take_content(self, today: date) -> None:
        """Give a field that no heading names the one column whose cells can be nothing else."""
        tests: tuple[tuple[str, Callable[[str], bool]], ...] = (
            ("born", lambda text: _is_birth(text, today)),
            ("upn", lambda text: read_upn(text).verdict is not UpnVerdict.WRONG_SHAPE),
            ("postcode", lambda text: read_postcode(text) is not None),
        )
        for name, fits in tests:
            if name in self._found or name in self._barred:
                continue
            fitting = [column for column in range(len(self._headings)) if self._share(column, fits) >= _ENOUGH]
            if len(fitting) == 1:
                self._found[name].append((0.6, fitting[0], Meaning(name), "content"))
                self._taken.add(fitting[0])

    def _share(self, column: int, fits: Callable[[str], bool]) -> float:
        if column in self._taken:
            return 0
        cells = [text for row in self._sample if column < len(row) and (text := row[column].strip())]
        return sum(map(fits, cells)) / len(cells) if cells else 0

    def _filled(self, column: int) -> int:
        return sum(1 for row in self._sample if column < len(row) and row[column].strip())

    def settled(self) -> ListColumns:
        chosen = ListColumns()
        slots: dict[str, AdultColumns] = {}
        self._part_legal("first", "preferred")
        self._part_legal("last", "preferred_last")
        for key, candidates in self._found.items():
            ranked = sorted(candidates, key=lambda each: (-each[0], -min(1, self._filled(each[1])), each[1]))
            name = ranked[0][2].field
            kept = sorted(ranked, key=self._mobile_first) if name in _MANY_COLUMNS else ranked[:1]
            if ranked[0][2].adult:
                self._give_adult(slots, key, kept)
            else:
                chosen.columns[name] = [column for _, column, _, _ in kept]
            chosen.guesses += [
                ColumnGuess(key, self._headings[column], column, confidence, because)
                for confidence, column, _, because in kept
            ]
        _lodge_nameless(slots, chosen, self._headings)
        chosen.adults = sorted(slots.values(), key=lambda slot: min(min(each) for each in slot.columns.values()))
        chosen.guesses.sort(key=lambda guess: guess.column)
        return chosen

    def _part_legal(self, field_name: str, preferred: str) -> None:
        """Beside a "Legal forename", a plain "Forename" is the one the child goes by."""
        candidates = self._found.get(field_name, [])
        legal = [each for each in candidates if each[2].legal]
        plain = [each for each in candidates if not each[2].legal]
        if legal and plain:
            self._found[field_name] = legal
            if preferred not in self._found and preferred not in self._barred:
                self._found[preferred] = [(0.7, column, Meaning(preferred), because) for _, column, _, because in plain]

    def _mobile_first(self, candidate: tuple[float, int, Meaning, str]) -> tuple[bool, int]:
        return "mob" not in self._headings[candidate[1]].casefold(), candidate[1]

    @staticmethod
    def _give_adult(slots: dict[str, AdultColumns], key: str, kept: Sequence[tuple[float, int, Meaning, str]]) -> None:
        meaning = kept[0][2]
        slot_key = key.partition(".")[0] + ("?" if meaning.loose else "")
        slot = slots.setdefault(slot_key, AdultColumns(meaning.adult, meaning.number))
        slot.columns[meaning.field] = [column for _, column, _, _ in kept]


def _lodge_nameless(slots: dict[str, AdultColumns], chosen: ListColumns, headings: Sequence[str]) -> None:
    """Columns of an adult whom no column names go to the named adult with that number, or the only one there is.

    E-mail and telephone columns that say nothing about whose they are, and find no such place, are left unread.
    """
    named = [slot for slot in slots.values() if slot.is_named]
    for key, slot in list(slots.items()):
        if slot.is_named:
            continue
        hosts = [each for each in named if each.number == slot.number] or (named if slot.number is None else [])
        fitting = [each for each in hosts if not slot.columns.keys() & each.columns.keys()]
        if len(fitting) == 1 and (len(hosts) == 1 or slot.number is not None):
            fitting[0].columns |= slot.columns
            del slots[key]
        elif key.endswith("?"):
            lost = [column for columns in slot.columns.values() for column in columns]
            chosen.unread += [headings[column] for column in lost]
            chosen.guesses = [guess for guess in chosen.guesses if guess.column not in lost]
            del slots[key]


def _is_birth(text: str, today: date) -> bool:
    born = read_date(text, today).date
    return born is not None and born < today and today.year - born.year <= CHILD_YEARS

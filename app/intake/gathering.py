"""What is collected while register files are read: pupils, adults, remarks; and how it becomes one reading."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from app.domain.enrolment_rows import class_key
from app.domain.incoming import (
    ColumnGuess,
    IncomingClass,
    IncomingPupil,
    IncomingStaff,
    ProposedLeaver,
    RegisterReading,
    Remark,
    RowCells,
    Sighting,
)

_SHOWN_ROWS = 8


@dataclass(slots=True)
class _Tally:
    """Rows that share one remark."""

    name: str | None
    one: str
    many: str
    rows: list[int] = field(default_factory=list)
    seen: int = 0


@dataclass(slots=True)
class Gathering:
    """One file's or bundle's yield so far. `format` and `detail` as in RegisterReading."""

    format: str
    files: tuple[str, ...]
    detail: str = ""
    rows: int = 0
    pupils: list[IncomingPupil] = field(default_factory=list)
    staff: list[IncomingStaff] = field(default_factory=list)
    classes: list[IncomingClass] = field(default_factory=list)
    rejected: list[Remark] = field(default_factory=list)
    warnings: list[Remark] = field(default_factory=list)
    proposals: list[ProposedLeaver] = field(default_factory=list)
    sightings: list[Sighting] = field(default_factory=list)
    rejected_cells: list[RowCells] = field(default_factory=list)
    covers: set[str] = field(default_factory=set)
    columns: list[ColumnGuess] = field(default_factory=list)
    source_school: str | None = None
    _tallies: dict[tuple[str, str], _Tally] = field(default_factory=dict)

    def reject(
        self,
        file: str,
        row: int,
        faults: Iterable[tuple[str, str]],
        seen: Sighting | None = None,
        cells: Iterable[tuple[str, str]] = (),
    ) -> None:
        """Leave a row out, with every fault of it in one remark. What could be read of it is kept as a sighting.

        `cells` is what the row says, field by field, for the sheet on which it can be mended.
        """
        listed = list(faults)
        self.rejected.append(Remark(file, row, listed[0][0], " ".join(reason for _, reason in listed)))
        if seen is not None:
            self.sightings.append(seen)
        told = tuple(cells) or _seen_cells(seen)
        if told:
            self.rejected_cells.append(RowCells(file, row, told))

    def warn(self, file: str, row: int | None, name: str | None, reason: str) -> None:
        """Keep a row, and say what is odd about it."""
        self.warnings.append(Remark(file, row, name, reason))

    def tally(self, file: str, row: int, name: str | None, one: str, many: str) -> None:
        """Count a row towards a remark that is made once for the file. `many` has a {count}."""
        tally = self._tallies.setdefault((file, many), _Tally(name, one, many))
        tally.seen += 1
        if len(tally.rows) < _SHOWN_ROWS:
            tally.rows.append(row)

    def tell_tallies(self) -> None:
        """Turn the counts into remarks; each stands at its first row and names a few more."""
        for (file, _), tally in self._tallies.items():
            if tally.seen == 1:
                reason = tally.one
            else:
                more = " and others" if tally.seen > len(tally.rows) else ""
                rows = ", ".join(str(row) for row in tally.rows)
                reason = f"{tally.many.format(count=tally.seen)} Rows {rows}{more}."
            self.warn(file, tally.rows[0], tally.name, reason)
        self._tallies.clear()

    def name_classes(self) -> None:
        """List the classes that pupils are in, with the year where the whole class shares one."""
        years: dict[str, set[str | None]] = defaultdict(set)
        for pupil in self.pupils:
            if pupil.class_name:
                years[pupil.class_name].add(pupil.year)
        names: dict[str, str] = {}
        shared: dict[str, set[str | None]] = defaultdict(set)
        for name, some in years.items():
            names.setdefault(class_key(name), name)
            shared[class_key(name)] |= some
        listed = {class_key(each.name) for each in self.classes}
        for key, name in names.items():
            if key not in listed:
                self.classes.append(IncomingClass(name, next(iter(shared[key])) if len(shared[key]) == 1 else None))


def _seen_cells(seen: Sighting | None) -> tuple[tuple[str, str], ...]:
    """What was seen of a row that comes from no table."""
    if seen is None:
        return ()
    born = f"{seen.born:%d/%m/%Y}" if seen.born else ""
    told = (("first", seen.first), ("last", seen.last), ("born", born), ("upn", seen.upn))
    return tuple((field, text) for field, text in told if text)


def one_reading(parts: list[Gathering]) -> RegisterReading:
    """Several files' yields as one reading, in order."""
    for part in parts:
        part.tell_tallies()
    formats = list(dict.fromkeys(part.format for part in parts))
    details = list(dict.fromkeys(part.detail for part in parts if part.detail))
    return RegisterReading(
        format="+".join(formats),
        files=tuple(name for part in parts for name in part.files),
        rows=sum(part.rows for part in parts),
        pupils=tuple(pupil for part in parts for pupil in part.pupils),
        staff=tuple(person for part in parts for person in part.staff),
        classes=tuple(_once(each for part in parts for each in part.classes)),
        rejected=tuple(remark for part in parts for remark in part.rejected),
        warnings=tuple(remark for part in parts for remark in part.warnings),
        proposals=tuple(each for part in parts for each in part.proposals),
        sightings=tuple(each for part in parts for each in part.sightings),
        covers=frozenset(name for part in parts for name in part.covers),
        columns=tuple(guess for part in parts for guess in part.columns),
        detail="; ".join(details),
        source_school=next((part.source_school for part in parts if part.source_school), None),
        rejected_cells=tuple(each for part in parts for each in part.rejected_cells),
    )


def _once(classes: Iterable[IncomingClass]) -> list[IncomingClass]:
    found: dict[str, IncomingClass] = {}
    for each in classes:
        found.setdefault(class_key(each.name), each)
    return list(found.values())

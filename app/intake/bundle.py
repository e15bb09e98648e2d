"""Bundles of CSV tables: OneRoster and its Microsoft relatives, from a folder, a zip, or several files together.

Each table is known by its file name or, failing that, by its headings. Only the columns that the register needs are
taken out of a row; passwords, health flags and meals are never among them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import partial
from pathlib import Path, PurePosixPath

from app.domain.incoming import Remark
from app.domain.naming import fold
from app.domain.problems import Unreadable
from app.intake.files import open_archive, read_bytes
from app.intake.table import read_table
from app.intake.text import decode

Record = tuple[int, dict[str, str]]
_NOT_WORD = re.compile(r"[^a-z0-9]")
_CLOSE = 0.86
_MOST_FILES = 500

WANTED: Mapping[str, tuple[str, ...]] = {
    "manifest": ("propertyName", "value"),
    "orgs": ("sourcedId", "status", "name", "type", "identifier", "parentSourcedId"),
    "classes": ("sourcedId", "status", "title", "grades", "classCode", "classType", "schoolSourcedId", "orgSourcedId"),
    "enrollments": ("sourcedId", "status", "classSourcedId", "userSourcedId", "role", "primary"),
    "users": (
        *("sourcedId", "status", "role", "givenName", "familyName", "middleName", "preferredGivenName"),
        *("preferredFamilyName", "email", "sms", "phone", "agentSourcedIds", "grades", "grade", "orgSourcedIds"),
        "primaryOrgSourcedId",
    ),
    "demographics": ("sourcedId", "userSourcedId", "status", "birthDate", "sex"),
    "roles": ("userSourcedId", "status", "roleType", "role", "grade", "orgSourcedId"),
    "relationships": ("userSourcedId", "relationshipUserSourcedId", "relationshipRole", "status"),
    "school": ("id", "name"),
    "section": ("id", "schoolId", "sectionName", "status"),
    "student": ("id", "schoolId", "firstName", "lastName", "middleName", "grade", "status", "birthdate"),
    "studentenrollment": ("sectionId", "id"),
    "teacher": ("id", "schoolId", "firstName", "lastName", "status", "title", "email"),
    "teacherroster": ("sectionId", "id"),
}
"""Each table's columns, by their proper names. Anything else in a file is not read."""

_OTHER_WORDS = {
    "id": ("sisid",),
    "schoolId": ("schooldfenumber", "schoolsisid"),
    "sectionId": ("sectionsisid",),
    "birthdate": ("dateofbirth", "dob"),
    "email": ("emailaddress",),
    "name": ("schoolname",),
}
_KNOWN_BY: tuple[tuple[str, frozenset[str], frozenset[str]], ...] = (
    ("users", frozenset({"sourcedid", "givenname", "familyname"}), frozenset()),
    ("enrollments", frozenset({"classsourcedid", "usersourcedid", "role"}), frozenset()),
    ("roles", frozenset({"usersourcedid", "role"}), frozenset({"classsourcedid"})),
    ("relationships", frozenset({"usersourcedid", "relationshipusersourcedid"}), frozenset()),
    ("demographics", frozenset({"birthdate", "sex"}), frozenset({"givenname", "firstname", "lastname"})),
    ("classes", frozenset({"sourcedid", "title", "coursesourcedid"}), frozenset({"usersourcedid"})),
    ("orgs", frozenset({"sourcedid", "name", "type"}), frozenset({"title"})),
    ("manifest", frozenset({"propertyname", "value"}), frozenset()),
)
_PASSED_OVER = frozenset(
    {"academicsessions", "courses", "categories", "lineitems", "results", "resources", "classresources", "userflags"}
    | {"courseresources", "userresources", "scorescales", "lineitemscorescales"}
)
"""Tables that hold nothing for the register; some are large, some tell of health and meals."""


@dataclass(slots=True)
class BundleTable:
    """One table: its file's name, its rows by proper column names, and the columns it really has."""

    file: str
    columns: frozenset[str]
    records: list[Record]


@dataclass(slots=True)
class Bundle:
    """The tables that were found, by their proper names, and what is odd about how they were found."""

    name: str
    files: list[str]
    tables: dict[str, BundleTable] = field(default_factory=dict)
    warnings: list[Remark] = field(default_factory=list)

    def records(self, table: str) -> list[Record]:
        """A table's rows; none where the bundle lacks it."""
        return self.tables[table].records if table in self.tables else []

    def has(self, table: str, column: str | None = None) -> bool:
        """Whether the bundle has a table, or a column of it."""
        found = self.tables.get(table)
        return found is not None and (column is None or column in found.columns)

    def file_of(self, table: str) -> str:
        """The name of a table's file, or what it should have been called."""
        return self.tables[table].file if table in self.tables else f"{table}.csv"


def plain(heading: str) -> str:
    """A heading as it is compared: letters and digits, folded."""
    return _NOT_WORD.sub("", fold(heading))


def is_bundle_heading(cells: Sequence[str]) -> bool:
    """Whether a file's first row is that of a bundle's table rather than of a class list."""
    words = {plain(cell) for cell in cells}
    if any(word.endswith("sourcedid") for word in words) or {"propertyname", "value"} <= words:
        return True
    if {"dfenumber", "name"} <= words or {"sisid", "name"} <= words:
        return True
    return bool({"schooldfenumber", "schoolsisid", "sectionid", "sectionsisid"} & words)


def load_folder(path: Path) -> Bundle:
    """The bundle in a folder, or in the one folder inside it. Raises Unreadable where there is none."""
    try:
        here = sorted(path.iterdir())
        below = [each for folder in here if folder.is_dir() for each in sorted(folder.iterdir())]
    except OSError as fault:
        raise Unreadable(f"The folder {path.name} could not be opened.") from fault
    paths = _tables_among(here) or _tables_among(below)
    return _load(path.name, [(each.name, partial(_content, each)) for each in paths[:_MOST_FILES]])


def _tables_among(paths: Iterable[Path]) -> list[Path]:
    return [each for each in paths if each.suffix.lower() == ".csv" and not each.name.startswith("._")]


def load_zip(path: Path) -> Bundle:
    """The bundle in a zip, unpacked in memory. Raises Unreadable where there is none, or the zip is unsafe."""
    archive = open_archive(path)
    members = [
        name
        for name in archive.members
        if name.lower().endswith(".csv") and not name.startswith("__MACOSX/") and "/._" not in f"/{name}"
    ]
    depth = min((name.count("/") for name in members), default=0)
    members = [name for name in members if name.count("/") == depth]
    return _load(path.name, [(PurePosixPath(name).name, partial(archive.read, name)) for name in sorted(members)])


def load_files(paths: Sequence[Path]) -> Bundle:
    """The bundle that several chosen files make up."""
    return _load(
        paths[0].name if len(paths) == 1 else "these files", [(path.name, partial(_content, path)) for path in paths]
    )


def _content(path: Path) -> bytes:
    """A file's bytes; an empty file is no fault here, since a bundle may lack a table."""
    return b"" if path.is_file() and path.stat().st_size == 0 else read_bytes(path)


def _load(name: str, members: Iterable[tuple[str, Callable[[], bytes]]]) -> Bundle:
    bundle = Bundle(name, [])
    for file, read in members:
        stem = plain(file.rpartition(".")[0])
        if stem in _PASSED_OVER:
            continue
        content = read()
        if not content.strip():
            bundle.warnings.append(Remark(file, None, None, "The file is empty and was passed over."))
            continue
        decoded = decode(file, content)
        rows = [(number, cells) for number, cells in read_table(file, decoded.text).rows if any(map(str.strip, cells))]
        headings = [plain(cell) for cell in rows[0][1]] if rows else []
        table = _table_of(stem, headings)
        if table is None or table in bundle.tables:
            continue
        if decoded.warning:
            bundle.warnings.append(Remark(file, None, None, decoded.warning))
        bundle.files.append(file)
        bundle.tables[table] = _take(file, table, headings, rows, bundle)
    if not {"users", "student"} & bundle.tables.keys():
        raise Unreadable(
            f"{name} holds no list of people: a OneRoster bundle has users.csv, and Microsoft's UK format Student.csv. "
            "Check that it is the right one."
        )
    return bundle


def _table_of(stem: str, headings: Sequence[str]) -> str | None:
    words = set(headings)
    for table, needed, barred in _KNOWN_BY:
        if needed <= words and not barred & words:
            return table
    if stem in WANTED:
        return stem
    return None


def _take(
    file: str, table: str, headings: Sequence[str], rows: Sequence[tuple[int, list[str]]], bundle: Bundle
) -> BundleTable:
    places: dict[str, int] = {}
    by_plain = {plain(name): name for name in WANTED[table]}
    for name in WANTED[table]:
        by_plain |= dict.fromkeys(_OTHER_WORDS.get(name, ()), name)
    for place, heading in enumerate(headings):
        name_or_none = by_plain.get(heading)
        if name_or_none is not None:
            places.setdefault(name_or_none, place)
    for place, heading in enumerate(headings):
        missing = {word: name for word, name in by_plain.items() if name not in places}
        close = get_close_matches(heading, missing, n=1, cutoff=_CLOSE) if heading not in by_plain else []
        if close and heading not in _NOT_MISSPELT:
            proper = missing[close[0]]
            places[proper] = place
            written = rows[0][1][place].strip()
            bundle.warnings.append(
                Remark(file, rows[0][0], written, f'The heading "{written}" was read as {proper}, which it resembles.')
            )
    records = [
        (
            number,
            {name: text for name, place in places.items() if place < len(cells) and (text := cells[place].strip())},
        )
        for number, cells in rows[1:]
    ]
    return BundleTable(file, frozenset(places), records)


_NOT_MISSPELT = frozenset({"password", "schoolsourcedids", "middlenames", "grades", "grade"})

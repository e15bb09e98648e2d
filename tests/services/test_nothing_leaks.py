"""What only leaders may read is found nowhere else: no query, report, export, search, audit line, table or file.

A word that stands nowhere else is planted in every field of a care record, of a bar on pictures and of a limit on
contact, and in the document behind the record. Then an office account asks every question there is for it.
"""

from __future__ import annotations

import dataclasses
import importlib
import io
import pkgutil
import typing
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from enum import Enum
from pathlib import Path
from types import NoneType, UnionType
from typing import Any

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

import app.services
from app.domain.care import CareRecord, LegalStatus
from app.domain.problems import NotAllowed, Problem
from app.domain.roles import Role
from app.services.accounts import AddAccount, found_school, sign_in
from app.services.activity import Activity
from app.services.care import (
    BarPictures,
    LookAtCare,
    LookAtCareDocument,
    LookAtCareFile,
    RecordCare,
)
from app.services.door import COMMANDS, QUERIES, Query
from app.services.evidence import LookAtEvidence
from app.services.guardians import Guardians
from app.services.guardians_contact import LookAtContact
from app.services.guardians_merging import MergeGuardians
from app.services.linking import SetContact
from app.services.office import Office
from app.services.pupils import Pupils
from app.services.sheets import IssueClassSheet
from app.store.reads.activity import ActivityFilter
from app.store.reads.guardians import GuardianFilter
from app.store.reads.pupils import PupilFilter
from app.store.vault import new_vault
from reports.catalogue import REPORTS
from reports.class_sheets import save
from reports.making import make
from tests.conftest import PASSWORD, QUICK, StandingClock
from tests.reports.paper_reader import Paper
from tests.services.rows import a_class, a_guardian, a_pupil, an_item, everything

for _module in pkgutil.iter_modules(app.services.__path__):
    importlib.import_module(f"app.services.{_module.name}")

TODAY = date(2026, 11, 23)
PLANTED = (
    "Quaggauthority", "Quaggaworker", "Quaggadecider", "Quaggadocument", "Quaggadecision", "Quaggabar", "Quaggaorder",
    "Quaggascan", "Quaggalifted",
)  # fmt: skip
DAYS = (date(2019, 2, 3), date(2031, 4, 5), date(2032, 6, 7), date(2017, 8, 9), date(2033, 10, 11))
"""Days that stand nowhere else: since when, until when, review, court order, review of the limit."""


@dataclasses.dataclass(frozen=True)
class School:
    """A school on disk with everything planted: the doors of a leader and of the office, and who it is about."""

    home: Path
    head: Office
    clerk: Office
    ids: dict[str, int]


@pytest.fixture
def school(home: Path, clock: StandingClock, monkeypatch: pytest.MonkeyPatch) -> Iterator[School]:
    monkeypatch.setattr("app.services.accounts.new_vault", lambda where, hardness=None: new_vault(where, QUICK))
    found_school(home, name="Larkfield", login="head", person="Helen", password=PASSWORD, clock=clock)
    head = sign_in(home, "head", PASSWORD, clock)
    head.perform(AddAccount("clerk", "Chris", Role.OFFICE, PASSWORD))
    clerk = sign_in(home, "clerk", PASSWORD, clock)
    ids = {"class": a_class(head)}
    ids["pupil"] = a_pupil(head, class_id=ids["class"])
    ids["guardian"], ids["double"] = a_guardian(head, ids["pupil"]), a_guardian(head, ids["pupil"], "Dean")
    ids["item"], _ = an_item(head, guardian=ids["guardian"])
    _plant(head, ids)
    yield School(home, head, clerk, ids)
    clerk.close()
    head.close()


def _plant(head: Office, ids: dict[str, int]) -> None:
    authority, worker, decider, paper, decision, bar, order, drawn, lifted = PLANTED
    since, until, review, ordered, again = DAYS
    record = CareRecord(
        ids["pupil"], LegalStatus.INTERIM_ORDER, authority, worker, decider, None, paper, since, until, review, decision
    )
    head.perform(RecordCare(record, scan(drawn)))
    head.perform(RecordCare(dataclasses.replace(record, images_allowed=False), scan(drawn)))
    head.perform(BarPictures(ids["pupil"], True, bar))
    head.perform(SetContact(ids["pupil"], ids["guardian"], "restricted", ordered, again, lifted))
    head.perform(SetContact(ids["pupil"], ids["guardian"], "barred", ordered, again, order))
    head.perform(MergeGuardians(ids["guardian"], ids["double"]))
    head.perform(IssueClassSheet(ids["class"]))


def scan(word: str) -> bytes:
    """A picture of a paper that carries a word in itself."""
    notes = PngInfo()
    notes.add_text("Comment", word)
    made = io.BytesIO()
    Image.new("RGB", (60, 80), "white").save(made, "PNG", pnginfo=notes)
    return made.getvalue()


def told(thing: object, seen: set[int] | None = None) -> Iterator[str]:
    """Everything that a value says, however deep, also what its repr keeps quiet about."""
    seen = set() if seen is None else seen
    if isinstance(thing, bytes):
        yield thing.decode("latin-1")
    elif isinstance(thing, str | int | float | date | datetime | timedelta | Enum | NoneType):
        yield str(thing)
    elif id(thing) not in seen:
        seen.add(id(thing))
        inner: Iterable[object] = ()
        if isinstance(thing, dict):
            inner = (*thing.keys(), *thing.values())
        elif isinstance(thing, list | tuple | set | frozenset):
            inner = thing
        elif dataclasses.is_dataclass(thing) and not isinstance(thing, type):
            inner = [getattr(thing, each.name) for each in dataclasses.fields(thing)]
        else:
            yield repr(thing)
        for one in inner:
            yield from told(one, seen)


def answer(office: Office, question: Query[Any]) -> str:
    """All that is said to a question, or why it is not answered."""
    try:
        return "\n".join(told(office.ask(question)))
    except Problem as problem:
        return problem.sentence


def leaks(words: str) -> list[str]:
    """Which of the planted words and days stand in a text, in any way of writing a day."""
    folded = words.casefold()
    found = [word for word in PLANTED if word.casefold() in folded]
    for day in DAYS:
        ways = (day.isoformat(), f"{day:%d/%m/%Y}", f"{day.day} {day:%b %Y}", f"{day.day} {day:%B %Y}")
        found += [way for way in ways if way.casefold() in folded]
    return [*found, *(word for word in ("interim_order", "interim care order") if word in folded)]


def filled(kind: Any, name: str, ids: dict[str, int]) -> Any:
    """A value for a field of a question, by its name and type."""
    origin = typing.get_origin(kind)
    if origin in (typing.Union, UnionType):
        kind = next(one for one in typing.get_args(kind) if one is not NoneType)
        origin = typing.get_origin(kind)
    if kind is int:
        return next((ids[known] for known in ids if known in name), 1)
    if kind is date:
        return TODAY
    if origin in (tuple, frozenset, set, list):
        return origin()
    if origin is dict or kind is dict:
        return {}
    if isinstance(kind, type) and issubclass(kind, Enum):
        return next(iter(kind))
    if dataclasses.is_dataclass(kind):
        return asked(kind, ids)
    return {str: "", bool: False, bytes: b"", float: 0.0}.get(kind)


def asked(kind: Any, ids: dict[str, int]) -> Any:
    """One of these, with what it must be given."""
    hints = typing.get_type_hints(kind)
    wanted = {
        each.name: filled(hints[each.name], each.name, ids)
        for each in dataclasses.fields(kind)
        if each.default is dataclasses.MISSING and each.default_factory is dataclasses.MISSING
    }
    return kind(**wanted)


def test_the_planted_words_are_there_for_those_who_may_read_them(school: School) -> None:
    pupil, guardian = school.ids["pupil"], school.ids["guardian"]
    read = "\n".join(
        [
            *told(school.head.perform(LookAtCareFile(pupil))),
            *told(school.head.perform(LookAtContact(pupil, guardian))),
            *told(school.head.perform(LookAtCareDocument(pupil))),
        ]
    )
    assert set(PLANTED) <= set(leaks(read))
    assert all(day.isoformat() in read for day in DAYS)


def test_the_office_can_look_at_none_of_it(school: School) -> None:
    pupil, guardian = school.ids["pupil"], school.ids["guardian"]
    document = school.head.perform(LookAtCareFile(pupil)).newest
    assert document is not None
    assert document.evidence_id is not None
    for command in (
        LookAtCare(pupil),
        LookAtCareFile(pupil),
        LookAtCareDocument(pupil),
        LookAtContact(pupil, guardian),
        LookAtEvidence(document.evidence_id),
    ):
        with pytest.raises(NotAllowed):
            school.clerk.perform(command)


OPEN_TO_OFFICE: list[type[Any]] = sorted(
    (kind for kind, known in QUERIES.items() if Role.OFFICE in known.roles), key=lambda kind: kind.__name__
)


def test_no_answer_to_the_office_tells_any_of_it(school: School) -> None:
    assert len(OPEN_TO_OFFICE) > 30
    for kind in OPEN_TO_OFFICE:
        assert leaks(answer(school.clerk, asked(kind, school.ids))) == [], kind.__name__


def test_no_report_and_no_list_that_leaves_the_school_tells_any_of_it(school: School, tmp_path: Path) -> None:
    for report in REPORTS:
        for ending in (".pdf", ".xlsx"):
            place = tmp_path / f"{report.id}{ending}"
            make(school.head, report, place)
            assert leaks(printed(place)) == [], place.name
    for name in ("list.pdf", "list.xlsx"):
        saved = save(school.clerk, school.ids["class"], tmp_path / name)
        assert leaks(printed(saved)) == [], name


def printed(place: Path) -> str:
    """What a file shows or hides in itself."""
    if place.suffix == ".pdf":
        data = place.read_bytes()
        return Paper(data).text() + data.decode("latin-1")
    with zipfile.ZipFile(place) as packed:
        return "\n".join(packed.read(name).decode("utf-8", "replace") for name in packed.namelist())


def test_a_search_for_it_finds_what_a_search_for_nothing_finds(school: School) -> None:
    for word in PLANTED:
        assert school.clerk.ask(Pupils(PupilFilter(words=word))) == ()
        assert school.clerk.ask(Guardians(GuardianFilter(words=word))) == ()
    for kind in OPEN_TO_OFFICE:
        for each in dataclasses.fields(kind):
            if each.type not in ("str", str) or each.default is dataclasses.MISSING:
                continue
            answers = []
            for word in (PLANTED[0], "Zebraquark"):
                question: Query[Any] = dataclasses.replace(asked(kind, school.ids), **{each.name: word})
                answers.append(answer(school.clerk, question).replace(word, ""))
            assert answers[0] == answers[1], kind.__name__


def test_the_record_of_what_was_done_tells_none_of_it(school: School) -> None:
    with pytest.raises(NotAllowed):
        school.clerk.ask(Activity(ActivityFilter()))
    lines = school.head.ask(Activity(ActivityFilter(size=500)))
    assert {"care.recorded", "contact.set", "permission.barred"} <= {line.verb for line in lines}
    assert leaks("\n".join(told(lines))) == []
    about = [line for line in lines if line.verb.startswith("care.")]
    assert all(not line.subject.startswith("pupil:") for line in about), "not even whom a care record is about"


def test_no_table_and_no_file_holds_it_in_the_open(school: School) -> None:
    """The tables are read with the office's own keys, the files as whoever steals the computer would."""
    assert leaks(everything(school.clerk)) == []
    assert f'"pupil_id": {school.ids["pupil"]}' not in everything(school.clerk)
    files = [file for file in school.home.rglob("*") if file.is_file()]
    assert len(files) >= 3
    for file in files:
        assert leaks(file.read_bytes().decode("latin-1")) == [], file.name


def test_a_look_that_the_office_may_take_is_only_ever_at_its_own_things() -> None:
    """Whoever adds a look for the office has to think of this test."""
    looks = {
        kind.__name__ for kind, action in COMMANDS.items() if "seen" in action.verb and Role.OFFICE in action.roles
    }
    assert looks == {"LookAtForm"}

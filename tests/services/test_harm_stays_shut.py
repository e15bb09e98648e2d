"""After a referral to the safeguarding lead, no word of it is anywhere for the office and other senior leaders (K1).

Every query in the door's book is asked, every look is taken, every report is made, every table is read as it lies.
"""

from __future__ import annotations

import dataclasses
import importlib
import pkgutil
import re
import types
import typing
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from enum import Enum
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from sqlalchemy import select, text

import app.services
from app.domain.checks.finding import Check
from app.domain.problems import NotAllowed, Problem
from app.domain.review import Reason, Takedown, Verdict
from app.domain.roles import LEADERS, SAFEGUARDERS, Role
from app.services.cases import AddCaseNote, OpenCase
from app.services.door import COMMANDS, QUERIES
from app.services.office import Office
from app.services.reported import ReportMessage
from app.services.review import (
    CloseReferral,
    GiveVerdict,
    ItemToReview,
    ReceiveReferral,
    ReferToOffice,
    ReferToSafeguarding,
    ReviewQueue,
)
from app.services.takedowns import AddCorrection, AskTakedown
from app.store.search import items_saying
from app.store.tables.audit import AuditRow
from app.store.tables.content import ItemRow, TagRow, ThreadRow
from app.ui.areas import search
from reports.catalogue import reports_for
from reports.making import make
from tests.conftest import NOW, OfficeOf
from tests.services.rows import a_class, a_guardian, a_pupil, about, everything

for _module in pkgutil.iter_modules(app.services.__path__):
    importlib.import_module(f"app.services.{_module.name}")

WORD = "quokkabell"
SAID = f"My uncle {WORD} hits me every night and I am scared of him"
_LOOKS = re.compile(r"\.(read|seen|looked|shown|saved|opened|taken_out|received|printed)$")


@dataclasses.dataclass
class Planted:
    """Ids of what the word was planted in, by the part of a field's name that asks for them."""

    ids: dict[str, int]


@pytest.fixture
def planted(slt: Office, clerk: Office) -> Planted:
    """The word in an item, its conversation, findings, verdicts, referrals, requests, corrections and a case."""
    willow = a_class(slt)
    pupil = a_pupil(slt, class_id=willow)
    guardian = a_guardian(slt, pupil)
    item = clerk.perform(
        ReportMessage("Mrs Holt", SAID, "Joanne Marsh", class_name="Willow", sent_at=NOW, why=f"About {WORD}")
    ).item_id
    with slt.database.writing() as session:
        thread = session.scalars(select(ThreadRow.id)).first()
        assert thread is not None
        session.add(TagRow(item_id=item, pupil_id=pupil))
        session.add(
            ItemRow(
                digest="2", kind="message", author_role="staff", thread_id=thread, sent_at=NOW, text="Thank you",
                class_id=willow,
            )
        )  # fmt: skip
    findings = slt.ask(ItemToReview(item)).findings
    assert {Check.SAFEGUARDING, Check.REPORTED} <= {card.check for card in findings}
    reported = next(card for card in findings if card.check is Check.REPORTED)
    about(slt, reported.id, pupil)
    slt.perform(GiveVerdict(reported.id, Verdict.UPHELD, Reason.OTHER, f"It names {WORD}"))
    closed = slt.perform(ReferToOffice(item, "absence", f"Ring about {WORD}"))
    clerk.perform(CloseReferral(closed, f"Rang about {WORD}"))
    slt.perform(ReferToOffice(item, "urgent", f"{WORD} again"))
    slt.perform(AskTakedown(item, Takedown.REWORDING, f"Without {WORD}"))
    slt.perform(AddCorrection(item, f"{WORD} is not an uncle"))
    case = slt.perform(OpenCase(reported.id, f"The child speaks of {WORD}"))
    slt.perform(AddCaseNote(case, f"Spoke to {WORD}"))
    assert WORD in told(slt.ask(ReviewQueue())), "before the referral it is there to be found"
    referral = slt.perform(ReferToSafeguarding(item, f"Please see {WORD} today"))
    clerk.perform(ReportMessage("Mr Ali", SAID, "Joanne Marsh", sent_at=NOW, why=f"{WORD} once more"))
    ids = {
        "item": item, "finding": reported.id, "thread": thread, "pupil": pupil, "guardian": guardian, "case": case,
        "referral": referral, "class": willow,
    }  # fmt: skip
    return Planted(ids)


def told(value: object) -> str:
    """Every word in a value, however deep, those that its repr would hide included."""
    return "\n".join(_words(value)).casefold()


def _words(value: object) -> Iterator[str]:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        for field in dataclasses.fields(value):
            yield from _words(getattr(value, field.name))
    elif isinstance(value, dict):
        for key, each in value.items():
            yield from _words(key)
            yield from _words(each)
    elif isinstance(value, list | tuple | set | frozenset):
        for each in value:
            yield from _words(each)
    elif isinstance(value, bytes):
        yield value.decode("latin-1")
    else:
        yield str(value)


class Unbuildable(Exception):
    """A field that this test knows no value for."""


def built(kind: type[Any], planted: Planted) -> Iterator[Any]:
    """Instances that ask for the planted things by id and by word: with the defaults, and with every switch on."""
    hints = typing.get_type_hints(kind)
    for switched in (False, True):
        values = {}
        for field in dataclasses.fields(kind):
            has_default = field.default is not dataclasses.MISSING or field.default_factory is not dataclasses.MISSING
            try:
                values[field.name] = _value(field.name, hints[field.name], planted, switched)
            except Unbuildable:
                if not has_default:
                    raise
        yield kind(**values)
        if not dataclasses.fields(kind):
            return


def _value(name: str, hint: Any, planted: Planted, switched: bool) -> Any:
    args = [each for each in typing.get_args(hint) if each is not type(None)]
    if typing.get_origin(hint) in (typing.Union, types.UnionType):
        return _value(name, args[0], planted, switched)
    if hint is bool:
        return switched
    if hint is int:
        return next((id_ for part, id_ in planted.ids.items() if part in name), 1)
    if hint is str:
        return WORD
    if hint is date:
        return date(2026, 9, 1) if "first" in name or "start" in name else date(2026, 12, 18)
    if hint is datetime:
        return NOW
    if isinstance(hint, type) and issubclass(hint, Enum):
        return next(iter(hint))
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        return next(built(hint, planted)) if switched else hint()
    raise Unbuildable(name)


def asked(office: Office, kind: type[Any], planted: Planted) -> tuple[int, list[str]]:
    """How many answers a person got to a query, and what in them holds the word."""
    answers, found = 0, []
    for query in built(kind, planted):
        try:
            answer = told(office.ask(query))
        except (Problem, LookupError, ValueError, TypeError, AttributeError):
            continue
        answers += 1
        # A query that carries the word may say it back: only what it found counts.
        if WORD in answer and not _is_echo(answer):
            found.append(kind.__name__)
    return answers, found


def _is_echo(answer: str) -> bool:
    return answer.strip() == WORD


@pytest.mark.parametrize("role", [Role.OFFICE, Role.SLT])
def test_no_query_tells_of_it(planted: Planted, office_of: OfficeOf, role: Role) -> None:
    office, found, asked_in_all, never = office_of(role), [], 0, set()
    for kind in sorted(QUERIES, key=lambda each: each.__name__):
        if role not in QUERIES[kind].roles:
            continue
        try:
            answers, holding = asked(office, kind, planted)
        except (Unbuildable, TypeError):
            never.add(kind.__name__)
            continue
        asked_in_all += answers
        found += holding
    assert found == []
    assert asked_in_all > 20
    unknown = {name for name in never if not name.startswith(("Plan", "Check", "Try"))}
    assert len(unknown) < 8, f"teach this test to ask them: {sorted(unknown)}"


@pytest.mark.parametrize("role", [Role.OFFICE, Role.SLT])
def test_no_look_tells_of_it(planted: Planted, office_of: OfficeOf, role: Role) -> None:
    office, looked = office_of(role), 0
    for kind, action in sorted(COMMANDS.items(), key=lambda pair: pair[0].__name__):
        if role not in action.roles or not _LOOKS.search(action.verb):
            continue
        try:
            for command in built(kind, planted):
                looked += 1
                assert WORD not in told(office.perform(command)), kind.__name__
        except (Problem, Unbuildable, TypeError, ValueError, LookupError, AttributeError):
            continue
    assert looked > 0
    with pytest.raises(NotAllowed):
        office.perform(ReceiveReferral(planted.ids["referral"]))


@pytest.mark.parametrize("role", [Role.OFFICE, Role.SLT])
def test_no_report_holds_it(planted: Planted, office_of: OfficeOf, role: Role, tmp_path: Path) -> None:
    office = office_of(role)
    for report in reports_for(role):
        for form in ("pdf", "xlsx"):
            try:
                made = make(office, report, tmp_path / f"{report.id}.{form}", date(2026, 9, 1), date(2026, 12, 18))
            except Problem:
                continue
            assert WORD not in _read(made.path).casefold(), made.path.name
    assert reports_for(role) or role not in LEADERS


def _read(path: Path) -> str:
    if path.suffix == ".pdf":
        return "\n".join(page.extract_text() for page in PdfReader(path).pages)
    with zipfile.ZipFile(path) as packed:
        return "\n".join(packed.read(name).decode("utf-8", "replace") for name in packed.namelist())


@pytest.mark.parametrize("role", [Role.OFFICE, Role.SLT])
def test_no_search_finds_it(planted: Planted, office_of: OfficeOf, role: Role) -> None:
    office = office_of(role)
    assert list(search(office)(WORD)) == []
    with office.database.reading() as session:
        assert items_saying(session, WORD) == []
        assert items_saying(session, "uncle hits me every night ") == []


def test_no_table_and_no_line_of_the_audit_holds_it(planted: Planted, slt: Office) -> None:
    assert WORD not in everything(slt).casefold()
    with slt.database.reading() as session:
        for row in session.scalars(select(AuditRow)):
            assert WORD not in f"{row.verb} {row.subject} {row.detail}".casefold()
        names = session.scalars(
            text("SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'")
        ).all()
        for name in names:
            for cells in session.execute(text(f'SELECT * FROM "{name}"')):
                assert WORD not in told(list(cells)), name


def test_the_lead_and_the_head_read_all_of_it(planted: Planted, office_of: OfficeOf) -> None:
    for role in sorted(SAFEGUARDERS):
        read = office_of(role).perform(ReceiveReferral(planted.ids["referral"]))
        assert read.text == SAID
        assert sum(WORD in words for words in read.around) >= 6

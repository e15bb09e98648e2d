"""The sample school with what it lacks added, its reports read back, and how their tables are taken apart."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from app.domain.appeals import AppealOutcome
from app.domain.breach import Outside
from app.domain.roles import Role
from app.sample.clock import SampleClock
from app.sample.journey import SampleHome
from app.services.annual_review import OpenReview
from app.services.appeals import DecideAppeal, RecordAppeal, Reinstate
from app.services.case_classdojo import ClassDojoToDo, TickClassDojo
from app.services.case_letters import DecisionLetter
from app.services.case_referrals import ReferOut
from app.services.data_breaches import DecideBreach, RecordBreach
from app.services.letters import shipped
from app.services.office import Office
from app.services.reported import ReportMessage
from reports.catalogue import report
from reports.letters.decision import save_decision_letter
from reports.making import make
from tests.reports.recounting import YEAR, Sql
from tests.reports.sheet_reader import SheetTable, tables
from tests.screens.sample import full_school

__all__ = ["full_school"]


@pytest.fixture(scope="module")
def head(full_school: tuple[SampleHome, Path], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """The headteacher of a copy of the sample school, in which a few more things happened."""
    made, place = full_school
    home = tmp_path_factory.mktemp("recount") / "school"
    shutil.copytree(place / "school", home)
    clock = SampleClock(made.clock())
    office = replace(made, home=home, clock=clock).enter(Role.HEADTEACHER)
    _appealed(office, clock, home.parent)
    breach = office.perform(RecordBreach(clock() - timedelta(hours=30), "A list went out."))
    office.perform(DecideBreach(breach, "none", False, "It came back unopened."))
    office.perform(RecordBreach(clock() - timedelta(hours=2), "Another list went out."))
    sent = clock() - timedelta(minutes=45)
    office.perform(ReportMessage("Mrs Holt", "You will be sorry for this.", "A parent", sent_at=sent, why="Rude."))
    office.perform(OpenReview())
    with office.database.writing() as session:
        session.execute(text("UPDATE staff SET active = 0 WHERE id IN (SELECT staff_id FROM acceptance LIMIT 1)"))
    yield office
    office.close()


def _appealed(office: Office, clock: SampleClock, folder: Path) -> None:
    """The suspension of the sample school: told in Urdu, done in ClassDojo, appealed, eased, let back."""
    (line,) = office.ask(ClassDojoToDo())
    facts = office.ask(DecisionLetter(line.case_id))
    save_decision_letter(office, facts, shipped("decision", "ur"), b"%PDF", folder / "letter.pdf")
    office.perform(TickClassDojo(line.case_id, line.decision_id))
    office.perform(ReferOut(line.case_id, Outside.GOVERNORS, clock().date(), "", "They asked to be told."))
    office.perform(RecordAppeal(line.case_id, clock().date()))
    chair, today = "Mrs Ruth Okafor, chair of governors", clock().date()
    office.perform(DecideAppeal(line.case_id, AppealOutcome.STANDS, chair, "It holds.", today))
    office.perform(Reinstate(line.case_id, "Sorry was said."))


@pytest.fixture(scope="module")
def sql(head: Office) -> Sql:
    """Questions to the same tables."""
    return Sql(head)


Sheets = Callable[[str], dict[str, SheetTable]]


@pytest.fixture(scope="module")
def sheets(head: Office, tmp_path_factory: pytest.TempPathFactory) -> Sheets:
    """A report's tables by title, read back from its spreadsheet over the school year; each made once."""
    made: dict[str, dict[str, SheetTable]] = {}
    folder = tmp_path_factory.mktemp("sheets")

    def read(name: str) -> dict[str, SheetTable]:
        if name not in made:
            file = make(head, report(name), folder / f"{name}.xlsx", *YEAR).path
            made[name] = {table.title: table for table in tables(file.read_bytes())}
        return made[name]

    return read


def number(cell: str) -> float:
    """A cell as a number; nothing stands for 0."""
    return float(cell.replace(",", "") or 0)


def row_of(table: SheetTable, key: str) -> dict[str, str]:
    """The row that begins with a word, by heading."""
    (found,) = [dict(zip(table.head, row, strict=True)) for row in table.rows if row[0] == key]
    return found


def counted(table: SheetTable, *columns: str, keys: int = 1) -> dict[object, tuple[float, ...]]:
    """Some columns by the first cells of each row; the row of totals left out."""
    places = [table.head.index(column) for column in columns]
    return {
        row[0] if keys == 1 else row[:keys]: tuple(number(row[place]) for place in places)
        for row in table.rows
        if row[0] != "All"
    }

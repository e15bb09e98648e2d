"""Every valid sample comes in through the wizard and through the command line, with one result; twice changes nothing.

The whole store is compared, row by row, but for moments and sealed words.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot
from sqlalchemy import LargeBinary, select

from app import cli
from app.intake.read import read_feed
from app.services.accounts import found_school, sign_in
from app.services.office import Office
from app.store.tables import Base
from app.store.tables.base import Instant
from app.ui.screens.imports.screen import ImportScreen
from tests.conftest import PASSWORD, QUICK
from tests.journeys.test_command_line import NoScreens
from tests.screens.conftest import look
from tests.screens.fakes import FakeShell
from tests.screens.opening import opened, settle
from tests.shared import shared

__all__ = ["look"]

REGISTERS = (
    "class-lists/valid.csv",
    "class-lists/valid_extra_fields.csv",
    "class-lists/valid_instruction_row.csv",
    "class-lists/valid_minimal.csv",
    "class-lists/valid_with_bom.csv",
    "class-lists/duplicates.csv",
    "class-lists/pds_extravaganza.csv",
    "class-lists/review_one.csv",
    "class-lists/review_one_new_patient.csv",
    "class-lists/review_two.csv",
    "class-lists/invalid_fields.csv",
    "class-lists/class-list-import-template.xlsx",
    "class-lists/cohort-import-template.xlsx",
    "ctf/3729901_CTF_3722038_001.xml",
    "oneroster-1p1",
    "oneroster-sds",
    "sds-uk",
)
FEEDS = ("classdojo/points_en.csv", "classdojo/points_es_semicolon.csv", "classdojo/story_feed.json")
NOT_COMPARED = {"audit", "account"}
OF_EACH_TIME = {"audit", "account", "import", "import_undo"}


@pytest.fixture(scope="module")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty school, to be copied."""
    place = tmp_path_factory.mktemp("founded") / "school"
    found_school(place, name="Larkfield", login="head", person="Helen", password=PASSWORD, hardness=QUICK)
    return place


@pytest.fixture
def homes(founded: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, Path]:
    """The same school twice: one for the desk, one for the command line."""
    monkeypatch.setenv("SCHOOLGATE_USER", "head")
    monkeypatch.setenv("SCHOOLGATE_PASSWORD", PASSWORD)
    for name in ("desk", "line"):
        shutil.copytree(founded, tmp_path / name)
    return tmp_path / "desk", tmp_path / "line"


@pytest.fixture
def desk(homes: tuple[Path, Path]) -> Iterator[Office]:
    office = sign_in(homes[0], "head", PASSWORD)
    yield office
    office.close()


def contents(office: Office, leave_out: set[str] = NOT_COMPARED) -> dict[str, list[dict[str, Any]]]:
    """Every row of every table that holds any, without moments and sealed words."""
    found = {}
    with office.database.reading() as session:
        for table in Base.metadata.sorted_tables:
            columns = [each for each in table.columns if not isinstance(each.type, Instant | LargeBinary)]
            if table.name in leave_out or not columns:
                continue
            rows = [dict(row) for row in session.execute(select(*columns)).mappings()]
            if rows:
                found[table.name] = rows
    return found


def by_line(home: Path, area: str, sample: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, Any]:
    capsys.readouterr()
    code = cli.run(["--home", str(home), "--json", "import", area, str(sample)], NoScreens())
    caught = capsys.readouterr()
    return code, json.loads(caught.out) if caught.out else caught.err.strip()


def through_wizard(qtbot: QtBot, office: Office, sample: Path) -> ImportScreen:
    """As a person does it: choose, go on past the columns, bring in where there is anything to."""
    screen = opened(qtbot, ImportScreen(FakeShell(), office), office)
    screen.read([sample])
    settle()
    if screen.columns.isVisible():
        screen.columns.keep.setChecked(False)
        screen.columns.next_button.click()
        settle()
    assert screen.plan.isVisible(), screen.banner.accessibleName()
    if screen.apply_button.isEnabled():
        screen.apply_button.click()
        settle()
    return screen


def of_line(home: Path) -> Office:
    return sign_in(home, "head", PASSWORD)


def enrolled(homes: tuple[Path, Path], sample: Path, capsys: pytest.CaptureFixture[str]) -> int:
    """Bring in, at both, a class list of the pupils that a points report names; how many they are."""
    names = [total.pupil for total in read_feed([sample]).points]
    if not names:
        return 0
    rows = [f"{name.partition(' ')[0]},{name.partition(' ')[2] or 'Kay'},11/02/2019,Oak" for name in names]
    place = homes[0].parent / "pupils.csv"
    place.write_text("\n".join(["Forename,Surname,DOB,Class", *rows]) + "\n", encoding="utf-8")
    for home in homes:
        assert by_line(home, "register", place, capsys)[1]["new"] == len(names)
    return len(names)


@pytest.mark.parametrize(("area", "name"), [*(("register", n) for n in REGISTERS), *(("feed", n) for n in FEEDS)])
def test_both_routes_give_one_result_and_twice_changes_nothing(
    area: str,
    name: str,
    homes: tuple[Path, Path],
    desk: Office,
    qtbot: QtBot,
    capsys: pytest.CaptureFixture[str],
) -> None:
    sample = shared("samples", *name.split("/"))
    pupils = enrolled(homes, sample, capsys) if area == "feed" else 0
    through_wizard(qtbot, desk, sample)
    code, said = by_line(homes[1], area, sample, capsys)
    assert code == (1 if said["rejected"] else 0)
    line = of_line(homes[1])
    try:
        once = contents(line)
        ours = contents(desk)
        if said["rows"] == 0:  # the desk does not bring in what holds nothing; the command line notes that it did
            once.pop("import", None)
        assert ours == once
        assert len(once.get("pupil", ())) == (said["new"] if area == "register" else pupils)
        if area == "register":
            counted = sum(said[key] for key in ("new", "changed", "unchanged", "duplicates")) + len(said["rejected"])
            assert counted == said["rows"]
        before = contents(line, OF_EACH_TIME)
        again = by_line(homes[1], area, sample, capsys)[1]
        assert (again["new"], again["changed"], again["leavers"]) == (0, 0, 0)
        assert contents(line, OF_EACH_TIME) == before
    finally:
        line.close()
    through_wizard(qtbot, desk, sample)
    assert contents(desk, OF_EACH_TIME) == before


def test_what_cannot_be_read_is_refused_in_the_same_words(
    homes: tuple[Path, Path], desk: Office, qtbot: QtBot, capsys: pytest.CaptureFixture[str]
) -> None:
    sample = shared("samples", "class-lists", "malformed.csv")
    screen = opened(qtbot, ImportScreen(FakeShell(), desk), desk)
    screen.read([sample])
    code, said = by_line(homes[1], "register", sample, capsys)
    assert code == 2
    assert "the quotation mark opened in row 3 is never closed" in said
    assert screen.banner.accessibleName() in said.replace("schoolgate: ", "")
    assert "pupil" not in contents(desk)


def test_columns_remembered_at_the_desk_are_read_so_on_the_command_line(
    homes: tuple[Path, Path], tmp_path: Path, qtbot: QtBot, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "odd.csv"
    file.write_text("Vor,Nach,Tag\nElla,Marsh,11/02/2019\n", encoding="utf-8")
    assert by_line(homes[1], "register", file, capsys)[0] == 2
    office = of_line(homes[1])
    screen = opened(qtbot, ImportScreen(FakeShell(), office), office)
    screen.read([file])
    for combo, meaning in zip(screen.columns.meanings, ("first", "last", "born"), strict=True):
        combo.setCurrentIndex(combo.findData(meaning))
        combo.activated.emit(combo.currentIndex())
    screen.columns.name.setText("German list")
    screen.columns.next_button.click()
    settle()
    assert [line.who for line in screen.table.rows] == ["Ella Marsh"]
    office.close()
    code, said = by_line(homes[1], "register", file, capsys)
    assert (code, said["new"]) == (0, 1)


def test_a_row_that_only_a_person_can_settle_stays_out_on_both_routes(
    homes: tuple[Path, Path], desk: Office, tmp_path: Path, qtbot: QtBot, capsys: pytest.CaptureFixture[str]
) -> None:
    head = "Forename,Surname,DOB,Class,Mum\n"
    first, other = tmp_path / "first.csv", tmp_path / "other.csv"
    first.write_text(f"{head}Ella,Marsh,03/09/2018,Oak,Jo Marsh\nMax,Kay,04/05/2018,Oak,\n", encoding="utf-8")
    other.write_text(f"{head}Ella,Marsh,03/09/2017,Oak,Jo Marsh\nMax,Kay,04/05/2018,Elm,\n", encoding="utf-8")
    for file in (first, other):
        through_wizard(qtbot, desk, file)
        code, said = by_line(homes[1], "register", file, capsys)
    assert code == 1
    assert (said["changed"], said["movers"], said["leavers"], said["rows"]) == (1, 1, 0, 2)
    (left_out,) = said["rejected"]
    assert (left_out["row"], left_out["field"]) == (2, "name")
    assert left_out["reason"] == (
        "This may be Ella Marsh of Oak, who is on the register already (the same name; another date of birth; an adult "
        "with the same name; the same class). It was left out: say on the desk whether it is the same child, or add "
        "the UPN."
    )
    line = of_line(homes[1])
    assert contents(desk) == contents(line)
    line.close()

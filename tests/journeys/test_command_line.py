"""The command line's contract: names, JSON, exit codes, one line for bad input, nothing half done."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from app import cli
from app.bench.race import Result
from app.domain.words import moment_words
from app.services.accounts import sign_in
from app.store import vault
from app.store.tables.content import ItemRow
from app.store.tables.review import FindingRow
from tests.conftest import PASSWORD, QUICK
from tests.shared import shared

VALID = (
    "valid.csv",
    "valid_extra_fields.csv",
    "valid_instruction_row.csv",
    "valid_minimal.csv",
    "valid_with_bom.csv",
    "class-list-import-template.xlsx",
    "cohort-import-template.xlsx",
)
KEYS = {"files", "format", "rows", "new", "changed", "unchanged", "leavers", "rejected", "warnings", "applied"}


class NoScreens:
    """A desk that must not be asked for."""

    def desk(self, home: str | None) -> int:
        raise AssertionError

    def demo(self, role: str) -> int:
        raise AssertionError

    def measure(self, job: str, scale: float, rounds: int) -> Iterator[Result]:
        raise AssertionError

    def tour(self, out: str, schemes: Sequence[str], size: tuple[int, int], scale: float) -> list[str]:
        raise AssertionError


class Said:
    """What a command answered."""

    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Run = Callable[..., Said]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs `schoolgate WORDS` as the headteacher, in this process."""
    monkeypatch.setenv("SCHOOLGATE_USER", "head")
    monkeypatch.setenv("SCHOOLGATE_PASSWORD", PASSWORD)
    monkeypatch.setattr("app.services.accounts.new_vault", _quick_vault())
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    capsys.readouterr()

    def call(*words: object) -> Said:
        code = cli.run([str(word) for word in words], NoScreens())
        caught = capsys.readouterr()
        return Said(code, caught.out, caught.err)

    return call


def _quick_vault() -> Callable[..., Any]:
    return lambda home, hardness=None: vault.new_vault(home, QUICK)


@pytest.fixture
def school(run: Run, home: Path) -> Path:
    """A school that `init` made."""
    assert run("init", "--name", "Thrybergh Primary", "--user", "head", "--home", home).code == 0
    return home


def test_init_prints_the_recovery_key_once(run: Run, home: Path) -> None:
    said = run("--home", home, "--json", "init", "--name", "Thrybergh Primary", "--user", "head")
    assert said.code == 0
    assert len(said.json["recovery_key"].replace("-", "")) == 32
    again = run("init", "--name", "Other", "--user", "head", "--home", home)
    assert (again.code, again.out) == (2, "")
    assert again.err.count("\n") == 1


def test_a_wrong_or_missing_sign_in_exits_three(run: Run, school: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SCHOOLGATE_PASSWORD", "wrong words here")
    assert run("verify", "--home", school).code == 3
    monkeypatch.delenv("SCHOOLGATE_PASSWORD")
    said = run("verify", "--home", school)
    assert said.code == 3
    assert "SCHOOLGATE_PASSWORD" in said.err


def test_a_new_user_signs_in_and_is_held_to_the_role(run: Run, school: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SCHOOLGATE_NEW_PASSWORD", "four small blue words")
    said = run("user", "add", "Mrs Kaye", "--role", "office", "--home", school, "--json")
    assert (said.code, said.json) == (0, {"user": "Mrs Kaye", "role": "office"})
    monkeypatch.setenv("SCHOOLGATE_USER", "mrs kaye")
    monkeypatch.setenv("SCHOOLGATE_PASSWORD", "four small blue words")
    refused = run("user", "add", "x", "--role", "slt", "--home", school)
    assert refused.code == 3
    assert run("report", "monitoring", "--out", school / "r.pdf", "--home", school).code == 3
    assert not (school / "r.pdf").exists()


def test_a_wrong_role_name_exits_two(run: Run, school: Path) -> None:
    said = run("user", "add", "x", "--role", "caretaker", "--home", school)
    assert said.code == 2


@pytest.mark.parametrize("name", VALID)
def test_every_valid_class_list_goes_in_and_a_second_time_changes_nothing(run: Run, school: Path, name: str) -> None:
    file = shared("samples", "class-lists", name)
    first = run("import", "register", file, "--home", school, "--json")
    assert first.code == 0, first.err
    assert first.json.keys() >= KEYS
    assert first.json["applied"] is True
    assert first.json["new"] == first.json["rows"]
    second = run("--json", "--home", school, "import", "register", file)
    assert (second.code, second.json["new"], second.json["changed"]) == (0, 0, 0)
    assert second.json["unchanged"] == first.json["rows"]


@pytest.mark.parametrize("place", ["oneroster-1p1", "ctf/3729901_CTF_3722038_001.xml"])
def test_the_other_formats_go_in(run: Run, school: Path, place: str) -> None:
    said = run("import", "register", shared("samples", *place.split("/")), "--home", school, "--json")
    assert said.code == 0, said.err
    assert said.json["format"] == place.split("-")[0].split("/")[0]
    assert said.json["new"] == said.json["rows"] > 0


def test_a_preview_changes_nothing(run: Run, school: Path) -> None:
    file = shared("samples", "class-lists", "valid.csv")
    seen = run("import", "register", file, "--preview", "--home", school, "--json")
    assert (seen.json["applied"], seen.json["new"]) == (False, 4)
    assert run("import", "register", file, "--preview", "--home", school, "--json").json["new"] == 4


def test_bad_rows_are_named_and_the_good_ones_go_in(run: Run, school: Path) -> None:
    said = run("import", "register", shared("samples", "class-lists", "invalid_fields.csv"), "--home", school, "--json")
    assert said.code == 1
    assert said.json["rejected"]
    assert set(said.json["rejected"][0]) == {"file", "row", "field", "reason"}
    assert said.json["applied"] is True


def test_a_file_that_cannot_be_read_changes_nothing(run: Run, school: Path, tmp_path: Path) -> None:
    for content in (b"", b"\x00\x01\x02", b"<?xml version='1.0'?><Other/>", b"PK\x03\x04broken"):
        file = tmp_path / "odd.bin"
        file.write_bytes(content)
        said = run("import", "register", file, "--home", school)
        assert (said.code, said.out) == (2, "")
        assert said.err.strip().count("\n") == 0
        assert "Traceback" not in said.err
    assert run("import", "register", tmp_path / "absent.csv", "--home", school).code == 2


def test_the_story_feed_as_the_issue_wants_it(run: Run, school: Path) -> None:
    ctf = shared("samples", "ctf", "3729901_CTF_3722038_001.xml")
    run("import", "register", ctf, "--home", school)
    feed = shared("samples", "classdojo", "story_feed.json")
    said = run("import", "feed", feed, "--home", school, "--json")
    assert said.code == 0
    assert said.json.keys() >= KEYS | {"findings"}
    assert (said.json["rows"], said.json["new"]) == (3, 1)
    assert said.json["findings"] >= 1
    office = sign_in(school, "head", PASSWORD)
    with office.database.reading() as session:
        sent_at = session.scalars(select(ItemRow.sent_at)).one()
        checks = set(session.scalars(select(FindingRow.check)))
    office.close()
    assert moment_words(sent_at, "Europe/London") == "Fri 18 Sep 2026, 14:41"
    assert "surname" in checks
    again = run("import", "feed", feed, "--home", school, "--json")
    assert (again.json["new"], again.json["unchanged"], again.json["findings"]) == (0, 1, 0)


def test_points_reports_in_any_language_go_in_once(run: Run, school: Path) -> None:
    run("import", "register", shared("samples", "ctf", "3729901_CTF_3722038_001.xml"), "--home", school)
    for name, rejected in (("points_en.csv", 1), ("points_es_semicolon.csv", 0)):
        file = shared("samples", "classdojo", name)
        said = run("import", "feed", file, "--home", school, "--json")
        assert (said.json["new"], len(said.json["rejected"])) == (1, rejected)
        assert run("import", "feed", file, "--home", school, "--json").json["new"] == 0


def test_checks_need_no_store_and_no_sign_in(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("SCHOOLGATE_USER")
    monkeypatch.delenv("SCHOOLGATE_PASSWORD")
    register = shared("corpus", "register.json")
    items = shared("corpus", "dev.jsonl")
    said = run("check", "--register", register, items)
    assert said.code == 0
    rows = [json.loads(line) for line in said.out.splitlines()]
    assert [row["id"] for row in rows] == [
        json.loads(line)["id"] for line in items.read_text(encoding="utf-8").splitlines()
    ]
    first = next(finding for row in rows for finding in row["findings"])
    assert set(first) == {"check", "clause", "pupils", "topics", "span", "why"}
    broken = tmp_path / "broken.jsonl"
    broken.write_text('{"id": "i1"\n', encoding="utf-8")
    refused = run("check", "--register", register, broken)
    assert refused.code == 2
    assert "Line 1" in refused.err


def test_reports_are_listed_and_made(run: Run, school: Path) -> None:
    listed = run("report", "--list", "--json").json
    assert "monitoring" in {report["id"] for report in listed}
    for ending in (".pdf", ".xlsx"):
        out = school / f"report{ending}"
        said = run("report", "monitoring", "--out", out, "--home", school, "--json")
        assert said.code == 0, said.err
        assert out.stat().st_size > 4_000
    days = run(
        "report",
        "monitoring",
        "--out",
        school / "x.pdf",
        "--from",
        "2026-10-01",
        "--to",
        "2026-10-31",
        "--home",
        school,
    )
    assert days.code == 0


@pytest.mark.parametrize(
    "words",
    [
        ("report", "nonsense", "--out", "x.pdf"),
        ("report", "monitoring", "--out", "x.docx"),
        ("report", "monitoring"),
        ("report", "monitoring", "--out", "x.pdf", "--from", "soon"),
        ("report", "monitoring", "--out", "x.pdf", "--from", "2026-10-02", "--to", "2026-10-01"),
        ("nonsense",),
        ("import", "register"),
        ("tour", "--out", "x", "--size", "big"),
    ],
)
def test_bad_arguments_are_one_line_and_exit_two(run: Run, school: Path, words: tuple[str, ...]) -> None:
    said = run(*words, "--home", school)
    assert (said.code, said.out) == (2, "")
    assert said.err.strip().count("\n") == 0


def test_verify_finds_a_tampered_audit(run: Run, school: Path) -> None:
    sound = run("verify", "--home", school, "--json")
    assert (sound.code, sound.json["ok"]) == (0, True)
    office = sign_in(school, "head", PASSWORD)
    with office.database.writing() as session:
        session.connection().exec_driver_sql("DROP TRIGGER audit_no_update")
        session.connection().exec_driver_sql("UPDATE audit SET verb = 'nothing.done' WHERE seq = 2")
    office.close()
    broken = run("verify", "--home", school)
    assert broken.code == 1
    assert "line 2" in broken.out


def test_a_backup_restores_into_an_empty_folder_only(run: Run, school: Path, tmp_path: Path) -> None:
    run("import", "register", shared("samples", "class-lists", "valid.csv"), "--home", school)
    out = tmp_path / "school.schoolgate"
    assert run("backup", "--out", out, "--home", school).code == 0
    fresh = tmp_path / "fresh"
    assert run("restore", out, "--home", fresh).code == 0
    again = run("import", "register", shared("samples", "class-lists", "valid.csv"), "--home", fresh, "--json")
    assert again.json["unchanged"] == 4
    occupied = run("restore", out, "--home", fresh)
    assert occupied.code == 2
    replaced = run("restore", out, "--home", fresh, "--replace", "--json")
    assert replaced.code == 0
    assert Path(replaced.json["kept"]).is_dir()
    out.write_bytes(out.read_bytes()[:-200])
    assert run("restore", out, "--home", tmp_path / "third").code == 2
    assert not (tmp_path / "third").exists()


def test_without_a_display_the_desk_says_so_and_names_the_other_way(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("QT_QPA_PLATFORM", raising=False)
    monkeypatch.setattr("sys.platform", "linux")
    said = run("demo")
    assert said.code == 2
    assert "demo --headless --out DIR" in said.err
    assert said.err.strip().count("\n") == 0

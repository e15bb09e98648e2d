"""The whole main job on the sample school, and what happens to work that is cut off in the middle."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import openpyxl
import pytest
from pypdf import PdfReader

from app.domain.roles import Role
from app.sample.journey import PASSWORD as SAMPLE_PASSWORD
from app.sample.journey import SampleHome, prepare, run_main_job
from app.sample.school import make_school
from app.services.accounts import found_school, sign_in
from app.services.activity import CheckChain
from app.services.pupils import Pupils
from app.services.review import ReviewQueue
from app.services.today import Today
from reports.catalogue import REPORTS
from tests.conftest import PASSWORD, QUICK


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> SampleHome:
    """The sample school with a part of its queue worked through."""
    place = tmp_path_factory.mktemp("sample")
    return prepare(place / "school", place / "files", lambda line: None, hardness=QUICK)


def test_the_main_job_goes_through_and_leaves_its_reports(tmp_path: Path) -> None:
    said: list[str] = []
    done = run_main_job(tmp_path, said.append, hardness=QUICK)
    steps = {line.split(":")[0] for line in said}
    assert steps >= {"Register", "Permissions", "Links", "Story feed", "Review", "Office", "Cases", "Reports", "Audit"}
    assert done["reports"] == [f"{report.id}.{form}" for report in REPORTS for form in ("pdf", "xlsx")]
    pages = PdfReader(tmp_path / "monitoring.pdf").pages
    assert "Larkfield Primary School" in pages[0].extract_text()
    book = openpyxl.load_workbook(tmp_path / "monitoring.xlsx")
    assert len(book.sheetnames) > 3
    assert not any(
        isinstance(cell.value, str) and cell.value.startswith("=") and cell.data_type == "f"
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
    )


def test_the_sample_school_looks_alive(sample: SampleHome) -> None:
    head = sample.enter(Role.HEADTEACHER)
    today = head.ask(Today())
    assert today.now
    assert today.due
    assert today.done
    assert len(head.ask(Pupils())) == 210
    assert len(head.ask(ReviewQueue())) > 20
    assert head.ask(CheckChain()).broken_at is None
    head.close()


def test_no_pupil_can_be_read_in_the_files_of_the_school(sample: SampleHome) -> None:
    raw = b"".join(file.read_bytes() for file in sample.home.rglob("*") if file.is_file())
    names = {pupil.full for pupil in make_school().pupils} | {guardian.name for guardian in make_school().guardians}
    assert [name for name in names if name.encode() in raw or name.encode("utf-16-le") in raw] == []


def test_every_role_enters_the_sample_school(sample: SampleHome) -> None:
    for role in Role:
        office = sign_in(sample.home, sample.people[role].user, SAMPLE_PASSWORD, sample.clock)
        assert office.actor.role is role
        office.close()


def test_a_killed_import_leaves_nothing_half_done(tmp_path: Path) -> None:
    home = tmp_path / "school"
    found_school(home, name="X", login="head", person="X", password=PASSWORD, hardness=QUICK)
    listing = tmp_path / "list.csv"
    rows = [f"Ada{n},Quill{n},{n % 28 + 1:02}/03/2018,Class {n % 30}" for n in range(12_000)]
    listing.write_text("First name,Surname,Date of birth,Class\n" + "\n".join(rows), encoding="utf-8")
    environment = {**os.environ, "SCHOOLGATE_USER": "head", "SCHOOLGATE_PASSWORD": PASSWORD}
    command = [sys.executable, "-m", "app", "import", "register", str(listing), "--home", str(home)]
    for wait in (1.2, 2.0, 2.8):
        running = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(wait)
        running.kill()
        running.wait()
        office = sign_in(home, "head", PASSWORD)
        assert len(office.ask(Pupils())) in (0, 12_000)
        assert office.ask(CheckChain()).broken_at is None
        office.close()

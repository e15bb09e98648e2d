"""The next class list of the sample school holds one row of each sort that asks for a decision."""

from __future__ import annotations

from pathlib import Path

from app.domain.enrolment import KnownRegister, plan_register
from app.intake.read import read_register
from app.sample.next_list import write_next_list
from tests.intake.files import TODAY
from tests.rules.test_enrolment import applied
from tests.screens.sample import full_school  # noqa: F401 - a fixture


def test_one_of_each(full_school: tuple[object, Path], tmp_path: Path) -> None:  # noqa: F811 - the fixture
    today = full_school[1] / "files" / "class_list.csv"
    place = tmp_path / "next.csv"
    write_next_list(today, place)
    known = applied(KnownRegister(), plan_register(read_register([today], today=TODAY), KnownRegister()))
    counts = plan_register(read_register([place], today=TODAY), known).counts
    assert counts["doubts"] == counts["rejected"] == counts["leavers"] == counts["movers"] == counts["duplicates"] == 1
    assert counts["changed"] >= 2

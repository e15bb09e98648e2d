"""The list of reports is complete, says who may make which, and costs nothing until one is made."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from app.domain.problems import Problem
from app.domain.roles import Role
from reports.catalogue import REPORTS, report, reports_for
from tests.reports.sample import AUTUMN, Answers, empty_data, sample_data


def test_every_report_has_an_id_words_and_somebody_who_may_make_it() -> None:
    assert len({each.id for each in REPORTS}) == len(REPORTS)
    for each in REPORTS:
        assert each.id.replace("-", "").isalnum()
        assert each.title
        assert each.says.endswith(".")
        assert each.may_make
        assert Role.HEADTEACHER in each.may_make


def test_the_office_does_not_make_the_monitoring_report() -> None:
    assert report("monitoring") not in reports_for(Role.OFFICE)
    assert report("monitoring") in reports_for(Role.SLT)


def test_an_unknown_report_is_said_with_those_there_are() -> None:
    with pytest.raises(Problem, match=r"There is no report “weather”\. The reports are: monitoring"):
        report("weather")


@pytest.mark.parametrize("form", [".pdf", ".xlsx", ".PDF"])
def test_the_ending_picks_the_form(tmp_path: Path, form: str) -> None:
    monitoring = report("monitoring")
    for data in (sample_data(), empty_data()):
        path = tmp_path / f"any{form}"
        monitoring.write(monitoring.gather(Answers(data), AUTUMN), path)
        assert path.read_bytes()[:4] in (b"%PDF", b"PK\x03\x04")


def test_another_ending_is_refused_and_nothing_is_written(tmp_path: Path) -> None:
    monitoring = report("monitoring")
    with pytest.raises(Problem, match="Choose one of the two"):
        monitoring.write(sample_data(), tmp_path / "report.docx")
    assert not list(tmp_path.iterdir())


def test_a_file_is_named_after_the_report_and_its_period_alone() -> None:
    assert report("monitoring").file_name(AUTUMN, ".pdf") == "monitoring-2026-09-01-to-2026-12-18.pdf"


def test_looking_at_the_list_loads_neither_pdf_nor_spreadsheet_library() -> None:
    code = "import sys, reports.catalogue; print([m for m in sys.modules if m in ('reportlab', 'openpyxl')])"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert said.stdout.strip() == "[]"

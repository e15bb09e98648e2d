"""Every clause of the policy shows evidence from the records, or says truthfully that there is none."""

from __future__ import annotations

import re
import tomllib
from datetime import date

import pytest

from app.domain.annual import NONE_RECORDED, Evidence
from app.domain.roles import Role
from app.resources import text_of
from app.sample.journey import SampleHome
from app.services.office import Office
from app.store.reads.evidence import Year, evidence_of, known_clauses
from tests.conftest import NOW
from tests.screens.sample import full_school
from tests.shared import shared

__all__ = ["full_school"]

FIRST, LAST = date(2026, 9, 1), date(2027, 8, 31)
CODES = [line["code"] for line in tomllib.loads(text_of("policy", "clauses.toml"))["clause"]]


def test_every_clause_of_the_shared_table_is_shipped() -> None:
    table = shared("CLAUSES.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^\| ([HTPMK]\d+) \|", table, re.MULTILINE)) == set(CODES)


def test_every_clause_knows_what_to_show() -> None:
    assert set(CODES) == known_clauses()


@pytest.mark.parametrize("code", CODES)
def test_an_empty_school_shows_none_or_noughts(head: Office, code: str) -> None:
    with head.database.reading() as session:
        year = Year(session, FIRST, LAST, NOW)
        found = evidence_of(code, year, Year(session, date(2025, 9, 1), date(2026, 8, 31), NOW))
    assert found
    if code not in {"H3", "H5", "K4", "M4", "P13"}:
        assert NONE_RECORDED in found
    assert all(one.words for one in found)


def test_the_sample_school_shows_figures_for_nearly_every_clause(full_school: tuple[SampleHome, object]) -> None:
    office = full_school[0].enter(Role.HEADTEACHER)
    try:
        with office.database.reading() as session:
            year = Year(session, FIRST, LAST, office.clock())
            bare = {code for code in CODES if NONE_RECORDED in evidence_of(code, year)}
    finally:
        office.close()
    assert bare <= {"T4", "T11", "T14", "P11", "H12", "K2", "K3", "T2", "P7"}


@pytest.mark.parametrize(
    ("one", "words"),
    [
        (Evidence("x"), "none recorded"),
        (Evidence("x", 0), "0"),
        (Evidence("x", 12, 30), "12 of 30"),
        (Evidence("x", 4.5, unit="hours"), "4.5 hours"),
        (Evidence("x", said="Tue 6 Oct 2026"), "Tue 6 Oct 2026"),
        (Evidence("x", 1_234), "1,234"),
    ],
)
def test_figures_are_read_as_people_write_them(one: Evidence, words: str) -> None:
    assert one.words == words


@pytest.mark.parametrize(
    ("count", "before", "words"), [(5, 5, "as last year"), (6, 5, "up from 5"), (1, 5, "down from 5"), (1, None, "")]
)
def test_the_trend_is_told(count: float, before: float | None, words: str) -> None:
    assert Evidence("x", count, before=before).trend == words

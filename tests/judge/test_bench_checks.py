"""The measurement of the checks: what is counted, what the figures mean, and that the shipped schools can be scored."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.bench.checks import BOTH, FIRST, PLAIN, Outcome, Tally, expected, known_schools, score, score_folders, table
from app.bench.readers import Unit, keyword_reader, units_of
from app.domain.checks.finding import Check, Finding
from app.domain.content import AuthorRole, Kind
from app.domain.problems import Problem
from app.judge.taught import TAUGHT
from tests.judge.a_desk import an_item, register


def test_labels_and_findings_are_counted_alike() -> None:
    labels = {"surname": ["p1", "p2"], "office": ["absence"], "abuse": []}
    findings = [
        Finding(Check.SURNAME, "T8", "x", pupils=("p1", "p2")),
        Finding(Check.OFFICE, "P7", "x", topics=("absence",)),
        Finding(Check.ABUSE, "T2", "x"),
        Finding(Check.ABUSE, "T2", "said twice"),
    ]
    assert units_of(findings) == expected(labels)
    assert len(expected(labels)) == 4


def test_precision_recall_and_f1() -> None:
    tally = Tally(stood=4, said=5, right=3)
    assert (tally.precision, tally.recall) == (0.6, 0.75)
    assert tally.f1 == pytest.approx(2 * 0.6 * 0.75 / 1.35)
    assert Tally().f1 == 1.0


def test_clean_items_left_alone_count_all_checks() -> None:
    outcome = Outcome("x")
    outcome.count(set(), set())
    outcome.count(set(), {Unit(Check.HOURS)})
    outcome.count({Unit(Check.ABUSE)}, set())
    assert outcome.left_alone == 0.5
    assert outcome.tallies[Check.HOURS].precision == 0.0


def test_keywords_are_whole_words_and_full_names() -> None:
    read = keyword_reader(register())
    assert read(an_item("She is POORLY")) == {Unit(Check.OFFICE, "sickness")}
    assert read(an_item("The fatter the better")) == set()
    assert Unit(Check.SURNAME, "p1") in read(an_item("Freya Ashdown sang", Kind.CLASS_STORY, AuthorRole.STAFF))


def test_a_folder_is_scored_by_every_reader(tmp_path: Path) -> None:
    (tmp_path / "register.json").write_text(
        json.dumps({"school": {"name": "Tiny", "timezone": "Europe/London"}, "classes": [], "staff": [], "pupils": []}),
        encoding="utf-8",
    )
    base = {"id": "a", "kind": "message", "class": None, "author": {"role": "parent", "id": None}, "sent_at": None}
    rows = [base | {"text": "you stupid idiot", "expect": {"abuse": [], "outsider": []}}]
    (tmp_path / "items.jsonl").write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    outcomes = {outcome.reader: outcome for outcome in score_folders([tmp_path], None)}
    assert {FIRST, PLAIN} <= outcomes.keys()
    assert BOTH not in outcomes
    assert outcomes[PLAIN].tallies[Check.ABUSE].f1 == 1.0
    assert "abuse" in table(list(outcomes.values()))


def test_an_unknown_school_is_named() -> None:
    with pytest.raises(Problem, match="atlantis"):
        score(["atlantis"])


def test_schools_are_shipped_that_nothing_was_learnt_from() -> None:
    assert set(TAUGHT) <= set(known_schools())
    assert not {"merseyview", "ashcombe"} & set(TAUGHT)

"""The shared labelled corpus: the eight finished checks stay right on it, scored by its own scorer."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from app.intake.checking import check_lines
from tests.shared import shared

_FINISHED = ("surname", "initial", "no-permission", "contact", "hours", "pupil-author", "outsider", "points-removed")
_LEAST = 0.98


@pytest.fixture(scope="module")
def scores(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    corpus = shared("corpus")
    items = corpus / "dev.jsonl"
    found = tmp_path_factory.mktemp("corpus") / "findings.jsonl"
    register = (corpus / "register.json").read_text(encoding="utf-8")
    lines = check_lines(register, items.read_text(encoding="utf-8").splitlines())
    found.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return _scored(corpus / "score.py", items, found)


def _scored(scorer: Path, items: Path, found: Path) -> dict[str, Any]:
    command = [sys.executable, str(scorer), str(items), str(found), "--json"]
    output = subprocess.run(command, check=True, capture_output=True, text=True, encoding="utf-8").stdout
    scores: dict[str, Any] = json.loads(output)
    return scores


@pytest.mark.parametrize("check", _FINISHED)
def test_a_finished_check_is_right(scores: dict[str, Any], check: str) -> None:
    assert scores["checks"][check]["f1"] >= _LEAST


def test_items_with_nothing_to_find_are_left_alone(scores: dict[str, Any]) -> None:
    assert scores["summary"]["clean_left_alone"] >= 0.9

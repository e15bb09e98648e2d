"""The history of a pupil in plain words: what changed, never a restricted word, never a fault (H5, T11)."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.history import may_be_told, told
from app.domain.verbs import WORDS


@pytest.mark.parametrize(
    ("verb", "detail", "words"),
    [
        ("pupil.changed", {"fields": ["class_id", "born", "upn"]}, "Changed: class, date of birth and UPN."),
        ("pupil.changed", {"fields": ["middle"]}, "Changed: middle names."),
        ("pupil.changed", {"fields": []}, "Saved without a change."),
        ("permission.recorded_many", {"decisions": 3}, "3 answers."),
        ("leaver.stepped", {"step": "archive", "pupils": 1}, "Archive in ClassDojo."),
        ("leaver.stepped", {"step": "taken back", "pupils": 1}, "The tick was taken back."),
        ("leaver.held", {"held": True}, "The record is held."),
        ("leaver.held", {"held": False}, "The record is held no longer."),
        ("code.issued", {"codes": 1, "passed_over": 0}, "1 code."),
        (
            "link.recorded",
            {"state": "linked", "exception": True},
            "By exception: one adult more than the policy's number.",
        ),
        ("link.recorded", {"exception": False}, ""),
        ("pupil.left", {}, ""),
    ],
)
def test_a_line_says_what_its_verb_does_not(verb: str, detail: dict[str, object], words: str) -> None:
    assert told(verb, json.dumps(detail)) == words


@pytest.mark.parametrize("verb", [verb for verb in WORDS if verb.startswith(("care.", "case.", "referral."))])
def test_restricted_lines_are_not_told(verb: str) -> None:
    assert not may_be_told(verb)


@pytest.mark.parametrize("detail", ["", "no json", "[]", "7"])
def test_a_detail_of_another_shape_adds_nothing(detail: str) -> None:
    assert told("pupil.changed", detail) == ""


@given(st.sampled_from(sorted(WORDS)))
def test_every_verb_can_be_told_without_its_detail(verb: str) -> None:
    assert told(verb, "{}") in (
        "",
        "Saved without a change.",
        "The tick was taken back.",
        "The record is held no longer.",
    )

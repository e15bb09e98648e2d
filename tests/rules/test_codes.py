"""Codes: no two alike, no look-alikes, a slip is noticed, a state for every day."""

from __future__ import annotations

import secrets
from datetime import UTC, date, datetime

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from app.domain.codes import (
    ALPHABET,
    LENGTH,
    CodeState,
    Draw,
    checks,
    grouped,
    new_code,
    read_code,
    service_doubt,
    state_of,
)
from app.domain.problems import Refused

CODES = st.text(ALPHABET, min_size=LENGTH - 1, max_size=LENGTH - 1).map(lambda signs: new_code(iter_of(signs)))
TODAY = date(2026, 11, 23)
THEN = datetime(2026, 11, 1, tzinfo=UTC)


def iter_of(signs: str) -> Draw:
    left = iter(signs)
    return lambda _alphabet: next(left)


def test_codes_are_drawn_afresh_and_hold_no_look_alike_signs() -> None:
    made = {new_code(secrets.choice) for _ in range(2_000)}
    assert len(made) == 2_000
    assert not set("".join(made)) & set("0O1IL2Z5S8BGU")
    assert len(ALPHABET) == len(set(ALPHABET)) == 23


@given(CODES)
def test_a_code_reads_back_however_it_is_typed(code: str) -> None:
    assert read_code(f"  {grouped(code).lower().replace('-', ' ')} ") == code
    assert read_code(grouped(code)) == code


@given(CODES, st.integers(0, LENGTH - 1), st.sampled_from(ALPHABET))
def test_one_wrong_sign_is_always_noticed(code: str, place: int, sign: str) -> None:
    assume(code[place] != sign)
    assert not checks(code[:place] + sign + code[place + 1 :])


@given(CODES, st.integers(0, LENGTH - 1), st.integers(0, LENGTH - 1))
def test_two_swapped_signs_are_always_noticed(code: str, one: int, other: int) -> None:
    signs = list(code)
    signs[one], signs[other] = signs[other], signs[one]
    swapped = "".join(signs)
    assume(swapped != code)
    assert not checks(swapped)
    with pytest.raises(Refused, match="do not fit together"):
        read_code(swapped)


@pytest.mark.parametrize(
    ("typed", "says"),
    [("", "No code"), ("O000-0000-0000", "never hold 0 or O"), ("ACD", "has 3 signs")],
)
def test_each_slip_has_its_own_sentence(typed: str, says: str) -> None:
    with pytest.raises(Refused, match=says):
        read_code(typed)


def test_the_services_own_codes_are_taken_as_they_are_and_an_odd_one_only_warned_of() -> None:
    assert read_code("p4x7 k2m9") == "P4X7K2M9"
    assert service_doubt("P4X7K2M9") == ""
    assert "Check this one" in service_doubt("X12")


@pytest.mark.parametrize(
    ("used", "revoked", "expires", "state"),
    [
        (None, None, None, CodeState.WAITING),
        (None, None, TODAY, CodeState.WAITING),
        (None, None, date(2026, 11, 22), CodeState.EXPIRED),
        (None, THEN, date(2026, 11, 22), CodeState.REVOKED),
        (THEN, THEN, date(2026, 11, 22), CodeState.USED),
    ],
)
def test_a_codes_state(used: datetime | None, revoked: datetime | None, expires: date | None, state: CodeState) -> None:
    assert state_of(used, revoked, expires, TODAY) is state
    assert state.words

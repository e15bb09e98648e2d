"""Unique pupil numbers: shape, check letter, temporary ones."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.upn import LETTERS, UpnVerdict, check_letter, is_temporary, read_upn

DIGITS = st.text("0123456789", min_size=11, max_size=11)


@pytest.mark.parametrize(("rest", "letter"), [("201100018042", "R"), ("20110001804V", "T")])
def test_check_letter_of_the_published_examples(rest: str, letter: str) -> None:
    assert check_letter(rest) == letter


def test_sound_number_is_put_into_its_usual_form() -> None:
    reading = read_upn(" r2011 0001 8042 ")
    assert (reading.upn, reading.verdict, reading.temporary) == ("R201100018042", UpnVerdict.SOUND, False)


def test_wrong_letter_is_told_with_the_expected_one() -> None:
    reading = read_upn("A201100018042")
    assert (reading.verdict, reading.expected) == (UpnVerdict.WRONG_LETTER, "R")


@pytest.mark.parametrize(
    "text",
    [
        *("", "R20110001804", "R2011000180421", "I201100018042", "O201100018042", "S201100018042", "2011000180421"),
        *("R20110001804I", "R20110001804O", "R20110001804S", "RX01100018042", "R²01100018042", "R201100018042\nA"),
    ],
)
def test_wrong_shapes(text: str) -> None:
    assert read_upn(text).verdict is UpnVerdict.WRONG_SHAPE


def test_temporary_number_ends_in_a_letter() -> None:
    assert read_upn("T20110001804V").temporary
    assert is_temporary("T20110001804V")
    assert not is_temporary("R201100018042")
    assert not is_temporary("nonsense")


def test_check_letter_of_no_number() -> None:
    with pytest.raises(ValueError, match="12345"):
        check_letter("12345")


@given(DIGITS, st.sampled_from("0123456789" + LETTERS))
def test_every_number_with_its_own_letter_is_sound_and_with_any_other_is_not(digits: str, last: str) -> None:
    rest = digits + last
    right = check_letter(rest)
    verdicts = {letter: read_upn(letter + rest).verdict for letter in LETTERS}
    assert [letter for letter, verdict in verdicts.items() if verdict is UpnVerdict.SOUND] == [right]


@given(DIGITS, st.integers(0, 10), st.integers(1, 9))
def test_one_wrong_digit_never_passes(digits: str, place: int, step: int) -> None:
    rest = digits + "7"
    wrong = rest[:place] + str((int(rest[place]) + step) % 10) + rest[place + 1 :]
    assert read_upn(check_letter(rest) + wrong).verdict is UpnVerdict.WRONG_LETTER


@given(st.text(max_size=20))
def test_any_text_gets_a_verdict(text: str) -> None:
    reading = read_upn(text)
    assert (reading.verdict is UpnVerdict.WRONG_SHAPE) == (reading.expected == "")

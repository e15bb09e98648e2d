"""Text from outside becomes harmless, drawable, and broken into lines that fit."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.kit import bidi
from reports.kit.clean import cut, harmless
from reports.kit.fonts import Face, FontBook, system_fonts
from reports.kit.lines import Span, wrap, wrap_spans
from tests.reports.hostile import HOSTILE

BARE = FontBook(others=[])
"""A book as on a computer without any other font."""
FULL = FontBook()

ANY_TEXT = st.text(st.characters(codec=None), max_size=80)  # lone surrogates too


@given(ANY_TEXT)
def test_harmless_text_has_no_control_characters_and_fits_into_xml(text: str) -> None:
    plain = harmless(text)
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff\u202a-\u202e\u2066-\u2069]", plain)
    assert "\r" not in plain
    assert harmless(plain) == plain


def test_harmless_text_keeps_letters_of_every_script() -> None:
    for text in ("Zoë Łuczak", "محمد", "日本語", "שלום", "👍"):
        assert harmless(text) == text


def test_overlong_text_is_cut_with_a_note_of_how_long_it_was() -> None:
    short = cut("x" * 100_000, 1_500)
    assert len(short) <= 1_500
    assert short.endswith("… (cut here: 100,000 characters in all)")
    assert cut("short", 1_500) == "short"


@given(ANY_TEXT)
@settings(deadline=None)
def test_shown_text_can_be_drawn_whole_whatever_fonts_there_are(text: str) -> None:
    for book in (BARE, FULL):
        shown = book.shown(text)
        for line in shown.split("\n"):
            runs, width = book.runs(line, Face.REGULAR)
            assert width >= 0
            assert all(ord(letter) in font.face.charToGlyph for font, part in runs for letter in part)


def test_what_no_font_holds_becomes_words_and_never_a_box() -> None:
    assert BARE.shown("Well done 👍🏽") == "Well done [thumbs up sign]"
    assert BARE.shown("日本語") == "[3 letters that no font here can show]"
    assert BARE.shown("☂") == "[umbrella]"
    assert FULL.shown("😀") == "[grinning face]"


def test_marks_that_nobody_sees_are_left_out() -> None:
    assert BARE.shown("a\u200bb\u200ec\ufe0fd\u00ade") == "abcde"
    assert BARE.shown("e\u0301") == "é"


@pytest.mark.skipif(not system_fonts(), reason="this computer has no font with other scripts")
def test_other_scripts_are_drawn_from_the_computers_own_fonts() -> None:
    runs, _ = FULL.runs(FULL.shown("Ali علي"), Face.REGULAR)
    assert len({font.fontName for font, _ in runs}) == 2


def drawn(text: str) -> str:
    """The characters of a line as they are drawn, from left to right."""
    return "".join(part for _, part in FULL.runs(FULL.shown(text), Face.REGULAR)[0])


def test_hebrew_is_drawn_from_right_to_left_with_numbers_kept() -> None:
    assert drawn("שלום 12 (א)") == "(א) 12 םולש"
    assert drawn("Year 3: שלום.") == "Year 3: םולש."


def test_arabic_letters_join_and_keep_their_marks() -> None:
    assert drawn("لا") == "\N{ARABIC LIGATURE LAM WITH ALEF ISOLATED FORM}"
    assert drawn("سلم") == "\ufee2\ufee0\ufeb3"
    assert len(drawn("سَلم")) == 4


@pytest.mark.parametrize("letter", "پچڤگکیھےہںٹڈڑژەۆێڵڕئ")
def test_every_letter_of_urdu_and_sorani_has_its_joined_form(letter: str) -> None:
    alone, after = drawn(letter), drawn(f"ب{letter}")
    assert "[" not in alone + after
    joins_before = letter not in "ٹ"
    assert not joins_before or after[0] != alone


def test_sorani_letters_take_four_shapes_though_unicode_has_no_forms_for_them() -> None:
    for letter in "ێڵ":
        shapes = {drawn(letter), drawn(f"{letter}ب")[-1], drawn(f"ب{letter}ب")[1], drawn(f"ب{letter}")[0]}
        assert len(shapes) == 4


def test_the_non_joiner_keeps_letters_apart() -> None:
    assert drawn("بب")[-1] != drawn("ب\u200cب")[-1]


@given(st.text("abc שלום علي 123 ().,", max_size=40))
def test_ordering_a_line_loses_nothing(line: str) -> None:
    assert sorted("".join(part for part, _ in bidi.ordered(line))) == sorted(line)


def test_left_to_right_text_is_not_touched() -> None:
    assert bidi.ordered("Plain text (1)") == [("Plain text (1)", False)]
    assert not bidi.starts_right_to_left("123 plain")
    assert bidi.starts_right_to_left("12: שלום")
    assert not bidi.starts_right_to_left("12")


@given(st.lists(st.text("abcdefgh-'", min_size=1, max_size=60), max_size=20), st.floats(20, 300))
@settings(deadline=None)
def test_every_line_fits_and_no_letter_is_lost(words: list[str], width: float) -> None:
    text = " ".join(words)
    lines = wrap(BARE, text, Face.REGULAR, 9, width)
    assert all(BARE.width(line, Face.REGULAR, 9) <= width + 0.02 for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_breaks_into_lines_that_fit(text: str) -> None:
    lines = wrap(FULL, cut(text, 3_000), Face.SEMIBOLD, 9, 120)
    assert all(FULL.width(line, Face.SEMIBOLD, 9) <= 120.02 for line in lines)


def test_line_ends_in_the_text_are_kept() -> None:
    assert wrap(BARE, "a\nb\r\nc", Face.REGULAR, 9, 100) == ["a", "b", "c"]


def test_faces_are_kept_apart_within_a_line() -> None:
    lines = wrap_spans(BARE, [Span("Use. ", Face.SEMIBOLD), Span("As meant.")], 10, 400)
    assert lines == [(Span("Use.", Face.SEMIBOLD), Span(" As meant."))]

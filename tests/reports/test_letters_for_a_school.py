"""Letters for a whole school: 600 in ten languages, a QR that reads back, letters that join, and the bench's peer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pypdfium2
import pytest
import uharfbuzz
import zxingcpp

from app.bench.letters import SENDER, TODAY, codes_for, measure
from app.domain.letters import LANGUAGES
from app.services.codes import IssuedCode
from app.services.letters import shipped
from reports.kit.fonts import Face, FontBook
from reports.kit.letter import Letter, letters_pdf
from reports.kit.lines import wrap
from reports.letters.writing import Writer
from tests.reports.test_letters import read_codes

LEFTWARDS = [code for code in LANGUAGES if shipped("code", code).leftwards]


@pytest.fixture(scope="module")
def codes() -> list[IssuedCode]:
    return codes_for(600)


@pytest.fixture(scope="module")
def document(codes: list[IssuedCode]) -> Iterator[pypdfium2.PdfDocument]:
    opened = pypdfium2.PdfDocument(Writer(SENDER, TODAY).pdf(codes))
    yield opened
    opened.close()


def test_six_hundred_letters_in_ten_languages_each_say_their_own_code(
    codes: list[IssuedCode], document: pypdfium2.PdfDocument
) -> None:
    assert {code.to.language for code in codes} == set(LANGUAGES)
    assert len(document) == 600
    for at, code in enumerate(codes):
        page = document[at]
        text = page.get_textpage()
        assert code.shown in text.get_text_range()
        text.close()
        page.close()


def test_the_square_on_each_language_s_page_reads_back_to_the_same_code(
    codes: list[IssuedCode], document: pypdfium2.PdfDocument
) -> None:
    some = range(0, 600, 7)
    assert {codes[at].to.language for at in some} == set(LANGUAGES)
    for at in some:
        page = document[at]
        picture = page.render(scale=1.2, grayscale=True).to_numpy()
        assert [found.text for found in zxingcpp.read_barcodes(picture)] == [codes[at].code]
        page.close()


def glyphs(word: str) -> tuple[list[int], list[int], uharfbuzz.Font]:
    """The glyphs that a letter draws for a word, and those of its letters standing alone; from left to right."""
    runs, _ = FontBook().runs(word, Face.REGULAR)
    ((font, drawn),) = runs
    table: Any = font.face
    alone = [font.face.charToGlyph[ord(letter)] for letter in reversed(word)]
    return (
        [font.face.charToGlyph[ord(letter)] for letter in drawn],
        alone,
        uharfbuzz.Font(uharfbuzz.Face(bytes(table._ttf_data))),
    )


@pytest.mark.parametrize("language", LEFTWARDS)
def test_every_word_of_a_right_to_left_letter_is_drawn_as_harfbuzz_joins_it(language: str) -> None:
    wording = shipped("code", language)
    said = " ".join([*wording.words.values(), *(step for steps in wording.steps.values() for step in steps)])
    words = {word.strip("،؛؟.:") for word in said.split()}
    letters = [word for word in words if len(word) > 2 and all("\u0620" <= sign <= "\u06d5" for sign in word)]
    assert len(letters) > 40
    for word in letters:
        drawn, alone, font = glyphs(word)
        buffer = uharfbuzz.Buffer()
        buffer.add_str(word)
        buffer.guess_segment_properties()
        uharfbuzz.shape(font, buffer, {"kern": False})
        assert drawn == [info.codepoint for info in buffer.glyph_infos], word
        # A word of Arabic letters alone would be one of unjoined ones only if none of them joins forwards.
        assert drawn != alone or not set(word[:-1]) - set("اآأإدذڈرڑزژوۆەءؤة\u064e\u064f\u0650\u0651"), word


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", [150.0, 217.0, 471.0])
def test_no_line_of_a_letter_is_wider_than_its_place(language: str, width: float, codes: list[IssuedCode]) -> None:
    book, one = FontBook(), next(code for code in codes if code.to.language == language)
    letter = Writer(SENDER, TODAY).letter(one.to, one.shown, one.expires_on)
    for text in (letter.opening, letter.closing, *(step for way in letter.ways for step in way.steps)):
        for line in wrap(book, text, Face.REGULAR, 11, width):
            assert book.width(f"\u200f{line}" if letter.leftwards else line, Face.REGULAR, 11) <= width + 0.02


@pytest.mark.parametrize(("word", "pieces"), [("سسسسس", 1), ("س\u200cس\u200cس", 3), ("مسسم دسم", 3)])
def test_on_the_picture_joined_letters_are_one_piece_of_ink(word: str, pieces: int, codes: list[IssuedCode]) -> None:
    arabic = next(code for code in codes if code.to.language == "ar")
    letter = Writer(SENDER, TODAY).letter(arabic.to, arabic.shown, None)
    ink = picture(replace(letter, code_label=word)) != picture(replace(letter, code_label=""))
    columns = ink.any(axis=0)
    assert int(np.count_nonzero(columns[1:] & ~columns[:-1])) == pieces


def picture(letter: Letter) -> np.ndarray:
    """A letter's page as a camera sees it."""
    opened = pypdfium2.PdfDocument(letters_pdf([letter], "Code letters")[0])
    try:
        page = opened[0]
        seen: np.ndarray = page.render(scale=4, grayscale=True).to_numpy().copy()
        page.close()
        return seen
    finally:
        opened.close()


def test_the_bench_races_letters_that_say_the_same() -> None:
    (result,) = measure(0.01, 1)
    assert result.product.units == 30
    if result.peer is None:
        assert "segno is not installed" in result.notes[0]
    else:
        assert result.peer.units == 30
        assert result.ratio() is not None


def test_the_peers_letters_hold_the_same_code() -> None:
    pytest.importorskip("segno")
    from app.bench import letters

    codes = codes_for(10)
    writer = Writer(SENDER, TODAY)
    pdf = letters._peer()([writer.letter(code.to, code.shown, code.expires_on) for code in codes])
    assert read_codes(pdf) == [code.code for code in codes]

"""Letters with codes: ten languages, fields judged, a QR that reads back, a list for a mail merge, hostile names."""

from __future__ import annotations

import io
import secrets
from dataclasses import replace
from datetime import date

import openpyxl
import pypdf
import pypdfium2
import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.codes import new_code
from app.domain.letters import CODE_LETTER, DRAFT, LANGUAGES, filled, language_of, read_shipped, reworded
from app.domain.problems import Problem
from app.resources import text_of
from app.services.codes import IssuedCode, Recipient
from app.services.letters import shipped
from reports.kit.letter import letters_pdf
from reports.kit.qr import bars
from reports.letters.writing import COLUMNS, SAMPLE, Sender, Writer

SENDER = Sender("Larkfield Primary School", "01632 960100", "office@larkfield.example")
TODAY, LATER = date(2026, 11, 23), date(2026, 12, 21)


def code_for(language: str = "en", pupil: str = "Zoë M", guardian: str = "Mrs Joanne Marsh") -> IssuedCode:
    return IssuedCode(Recipient(1, 2, pupil, guardian, "Willow", language), new_code(secrets.choice), LATER)


def words_of(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)


def read_codes(pdf: bytes) -> list[str]:
    """What a telephone's camera would read on each page."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        found = []
        for at in range(len(document)):
            page = document[at]
            picture = page.render(scale=2, grayscale=True).to_numpy()
            found += [code.text for code in zxingcpp.read_barcodes(picture)]
            page.close()
        return found
    finally:
        document.close()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_letter_in_each_language_holds_the_code_and_a_qr_that_reads_back(language: str) -> None:
    code = code_for(language)
    writer = Writer(SENDER, TODAY)
    pdf = writer.pdf([code])
    assert read_codes(pdf) == [code.code]
    shown = words_of(pdf)
    assert code.shown in shown
    for word in ("Larkfield Primary School", "www.classdojo.com", "ClassDojo"):
        assert word in shown
    assert "[" not in shown, "a letter was missing from the fonts"
    assert (DRAFT in shown) is (language != "en")


def test_every_language_is_complete_and_marked_as_a_draft_but_english() -> None:
    made = {code: shipped("code", code) for code in LANGUAGES}
    assert [code for code, one in made.items() if not one.draft] == ["en"]
    assert {code for code, one in made.items() if one.leftwards} == {"ur", "ar", "ckb"}
    for one in made.values():
        assert {len(listed) for listed in one.steps.values()} == {3}
        assert "{child}" in one.words["title"]
        assert "{expires}" in one.words["until"]


def test_many_letters_each_keep_their_own_code() -> None:
    codes = [code_for(language) for language in LANGUAGES]
    pdf = Writer(SENDER, TODAY).pdf(codes)
    assert read_codes(pdf) == [code.code for code in codes]
    assert len({code.code for code in codes}) == len(codes)


def test_no_letters_make_a_page_that_says_so() -> None:
    pdf, count = letters_pdf([], "Code letters")
    assert count == 0
    assert "no letter to print" in words_of(pdf)


@pytest.mark.parametrize(
    ("said", "code"), [("pl", "pl"), ("UR", "ur"), ("ku", "ckb"), ("ar-SA", "ar"), ("fr", "en"), ("", "en")]
)
def test_a_guardians_language_finds_its_template(said: str, code: str) -> None:
    assert language_of(said) == code


@pytest.mark.parametrize(
    ("find", "instead", "says"),
    [
        ("{child}", "{surname}", "the field {surname}"),
        ("{child}", "{child.__class__}", "there is none of that name"),
        ("{child}", "{}", "the field {}"),
        ("{child}", "{child", "bracket without its partner"),
        ('direction = "ltr"', 'direction = "up"', "needs a language"),
        ("app_steps = [", "steps = [", "one to six steps"),
        ("language =", "language", "not readable as TOML"),
    ],
)
def test_a_shipped_wording_with_a_fault_is_refused_when_it_is_read(find: str, instead: str, says: str) -> None:
    text = text_of("letters", "code", "en.toml").replace(find, instead, 3 if find == "{child}" else 1)
    text = "\n".join(line for line in text.splitlines() if not line.startswith("#"))
    with pytest.raises(Problem, match=says.replace("{", r"\{").replace("}", r"\}")):
        read_shipped(CODE_LETTER, "en", text)


def test_the_schools_own_words_go_before_the_programs() -> None:
    came = shipped("code", "pl")
    own = reworded(CODE_LETTER, replace(came, draft=False), {**came.words, **came.steps, "code_label": "Ten kod"})
    writer = Writer(SENDER, TODAY, [own])
    shown = words_of(writer.pdf([code_for("pl")]))
    assert "Ten kod" in shown
    assert DRAFT not in shown
    assert writer.drafts([code_for("pl").to, code_for("ur").to]) == ("اردو (Urdu)",)


def test_very_long_words_go_on_to_a_second_page_and_nothing_is_lost() -> None:
    came = shipped("code", "en")
    step = "Choose to add a child. " * 9
    own = reworded(CODE_LETTER, came, {
        **came.words, **came.steps, "opening": "A long opening. " * 70, "closing": "A long closing. " * 70,
        "app_steps": [step] * 6, "website_steps": [step] * 6,
    })  # fmt: skip
    code = code_for()
    pdf = Writer(SENDER, TODAY, [own]).pdf([code, code_for("cy")])
    pages = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]
    assert 2 < len(pages) <= 4
    words = " ".join(" ".join(pages).split())
    assert (words.count("A long opening."), words.count("A long closing.")) == (70, 70)
    assert read_codes(pdf)[0] == code.code


def test_a_preview_shows_no_real_code() -> None:
    pdf = Writer(SENDER, TODAY).preview([code_for().to, code_for("ar").to], LATER)
    assert words_of(pdf).count(SAMPLE) == 2


def test_a_letter_without_a_last_day_does_not_speak_of_one() -> None:
    code = IssuedCode(code_for().to, new_code(secrets.choice))
    assert "Use the code by" not in words_of(Writer(SENDER, TODAY).pdf([code]))
    assert "Use the code by Mon 21 Dec 2026" in words_of(Writer(SENDER, TODAY).pdf([code_for()]))


def test_a_mail_merge_holds_a_row_a_letter_and_no_formula() -> None:
    codes = [code_for("cy"), code_for("en", guardian="=HYPERLINK(1)")]
    book = openpyxl.load_workbook(io.BytesIO(Writer(SENDER, TODAY).merge(codes)))
    rows = list(book["Code letters"].iter_rows())
    assert tuple(cell.value for cell in rows[0]) == COLUMNS
    assert [row[4].value for row in rows[1:]] == [code.shown for code in codes]
    assert rows[2][0].value == "=HYPERLINK(1)"
    assert rows[2][0].data_type == "s"


@given(st.text(max_size=60), st.text(max_size=60))
@settings(max_examples=25, deadline=None)
def test_no_name_breaks_a_letter_or_is_read_as_a_field(pupil: str, guardian: str) -> None:
    code = code_for("ckb", f"{{phone}}{pupil}", guardian)
    letter = Writer(SENDER, TODAY).letter(code.to, code.shown, LATER)
    assert "{phone}" in letter.title
    assert letters_pdf([letter], "Code letters")[1] == 1
    assert filled("{child}", {"child": "{x}"}) == "{x}"


def test_a_qrs_bars_lie_within_the_square() -> None:
    side, dark = bars(new_code(secrets.choice))
    assert side == 21
    assert all(0 <= row < side and at >= 0 and at + count <= side and count for row, at, count in dark)

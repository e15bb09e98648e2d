"""Login cards: eight to a page, a QR that reads back to the code, nothing else of the child (H6)."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
import zxingcpp
from pypdf import PdfReader

from app.domain.problems import NotAllowed, Refused
from app.services.login_cards import EnterLogin
from app.services.office import Office
from reports.kit.cards import EACH_PAGE, CutCard, cards_pdf
from reports.login_cards import STEPS, save
from tests.services.rows import a_class, a_pupil

MADE = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)


def a_card(number: int, name: str = "Ella M", qr: str = "") -> CutCard:
    code = f"SAB12CD{number:02}"
    return CutCard("Larkfield Primary School: ClassDojo", name, "Willow", STEPS, code, qr or code)


def made(cards: list[CutCard]) -> tuple[bytes, int]:
    return cards_pdf(cards, title="ClassDojo login cards", author="Larkfield Primary School", made=MADE)


def read_back(data: bytes) -> list[str]:
    """Every QR of every page, as a camera would read it."""
    found = []
    document: Any = pypdfium2.PdfDocument(data)
    for page in document:
        picture = page.render(scale=3).to_pil().convert("L")
        found += [each.text for each in zxingcpp.read_barcodes(picture)]
    document.close()
    return found


@pytest.mark.parametrize(("count", "pages"), [(0, 1), (1, 1), (8, 1), (9, 2), (17, 3)])
def test_eight_to_a_page(count: int, pages: int) -> None:
    data, told = made([a_card(at) for at in range(count)])
    assert told == pages
    assert len(PdfReader(io.BytesIO(data)).pages) == pages
    assert EACH_PAGE == 8


def test_each_square_reads_back_to_its_code_or_link() -> None:
    cards = [*(a_card(at) for at in range(8)), a_card(9, qr="https://student.example/login?key=abcdefghijklmnop")]
    wanted = sorted([*(card.code for card in cards[:8]), cards[8].qr])
    assert sorted(read_back(made(cards)[0])) == wanted


def test_a_page_says_name_class_code_and_steps() -> None:
    text = PdfReader(io.BytesIO(made([a_card(1)])[0])).pages[0].extract_text()
    for words in ("Larkfield Primary School", "Ella M", "Willow", "SAB12CD01", "Open ClassDojo"):
        assert words in text


def test_the_same_cards_give_the_same_bytes_and_long_names_stay_on_theirs() -> None:
    cards = [a_card(1, "Wolfeschlegelsteinhausenbergerdorff-Featherstonehaugh M"), a_card(2, "مریم")]
    assert made(cards) == made(cards)


def test_cards_are_saved_for_those_who_have_a_code(clerk: Office, slt: Office, tmp_path: Path) -> None:
    willow = a_class(clerk)
    ella, sam = a_pupil(clerk, class_id=willow), a_pupil(clerk, "Sam", class_id=willow)
    place = tmp_path / "cards" / "login-cards.pdf"
    with pytest.raises(Refused, match="None of these pupils"):
        save(clerk, [ella, sam], place)
    assert not place.exists()
    clerk.perform(EnterLogin(ella, "SAB12CD34"))
    taken = save(clerk, [ella, sam], place)
    assert (len(taken.cards), taken.without) == (1, 1)
    assert read_back(place.read_bytes()) == ["SAB12CD34"]
    text = PdfReader(place).pages[0].extract_text()
    assert "Marsh" not in text, "the surname does not lie about"
    with pytest.raises(NotAllowed):
        save(slt, [ella], tmp_path / "no.pdf")

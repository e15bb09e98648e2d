"""Pupils' login cards for ClassDojo, eight to a page, to be cut out (H6).

A card carries the permitted name, the class and the code, and nothing else of the child: it lies about.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from app.services.login_cards import TakenOut, TakeOutCards
from app.services.office import Office
from reports.kit.cards import CutCard, cards_pdf
from reports.kit.whole import written_whole

TITLE = "ClassDojo login cards"
STEPS = ("Open ClassDojo.", "Choose “Student”.", "Hold the square up to the camera, or type the code.")


def save(office: Office, pupils: Sequence[int], path: Path) -> TakenOut:
    """Save the cards of these pupils as a PDF; taking them out is noted. Raises `Problem` where none has a code."""
    taken, data = pages(office, pupils)
    path.parent.mkdir(parents=True, exist_ok=True)
    with written_whole(path) as place:
        place.write_bytes(data)
    return taken


def pages(office: Office, pupils: Sequence[int]) -> tuple[TakenOut, bytes]:
    """The cards of these pupils as the bytes of a PDF, to be printed. Raises `Problem` where none has a code."""
    taken = office.perform(TakeOutCards(tuple(pupils)))
    return taken, as_pdf(taken, office)


def as_pdf(taken: TakenOut, office: Office) -> bytes:
    """The bytes of the PDF."""
    cards = [
        CutCard(
            head=f"{taken.school}: ClassDojo",
            name=card.name,
            below=card.class_name,
            steps=STEPS,
            code=card.login.code,
            qr=card.login.in_qr,
        )
        for card in taken.cards
    ]
    return cards_pdf(cards, title=TITLE, author=taken.school, made=office.clock())[0]

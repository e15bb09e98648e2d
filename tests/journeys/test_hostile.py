"""Hostile words travel the whole way, in and out again, as words: mark-up, formulas, bidi marks, NUL, a megabyte."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest
from pypdf import PdfReader

from app.domain.review import Reason, Verdict
from app.intake.read import read_feed, read_register
from app.services.cases import OpenCase, ReadCase
from app.services.content import ApplyFeed
from app.services.enrolment import ApplyRegister, PlanRegister
from app.services.office import Office
from app.services.pupils import Pupils
from app.services.review import GiveVerdict, ItemToReview, ReviewQueue
from reports.catalogue import report
from reports.making import make

HOSTILE = (
    "<b>bold</b><script>alert(1)</script> &amp; Ella Marsh",
    '=HYPERLINK("http://example.example","Ella Marsh")',
    "+44 7700 900123 @SUM(1+1) Ella Marsh",
    "\u202eElla Marsh\u202c \u2066reversed\u2069",
    "NUL \x00 and \x07 bell, Ella Marsh",
    "👩‍👩‍👧‍👦🏳️‍🌈 Ella Marsh 💥" * 50,
    "Ella Marsh " * 9_000,
    "z̸̡a̵̢l̷̨g̴̢o̵ Ella Marsh",
    "'; DROP TABLE item; -- Ella Marsh",
    "{{7*7}} %s %n ${HOME} Ella Marsh",
)


@pytest.fixture
def filled(head: Office, tmp_path: Path) -> Office:
    """A school whose class list and items are hostile."""
    listing = tmp_path / "list.csv"
    names = ["Ella,Marsh", "<i>Bo</i>,=1+1", "Zoë‮,O’Neill", "@SUM,-2+3"]
    rows = "\n".join(f"{name},01/02/2018,Willow" for name in names)
    listing.write_text(f"First name,Surname,Date of birth,Class\n{rows}\n", encoding="utf-8")
    reading = read_register([listing])
    head.perform(ApplyRegister(reading, head.ask(PlanRegister(reading))))
    items = tmp_path / "items.jsonl"
    lines = [
        json.dumps(
            {
                "id": f"h{number}",
                "kind": "class_story",
                "class": "Willow",
                "author": {"role": "staff", "id": None},
                "sent_at": "2026-11-20T10:00:00+00:00",
                "text": text,
                "media": ["photo"],
                "tagged": [],
                "to": [],
                "value": None,
            }
        )
        for number, text in enumerate(HOSTILE)
    ]
    items.write_text("\n".join(lines), encoding="utf-8")
    head.perform(ApplyFeed(read_feed([items])))
    return head


def test_hostile_items_are_found_judged_and_kept_as_they_are(filled: Office) -> None:
    queue = filled.ask(ReviewQueue())
    assert len(queue) == len(HOSTILE)
    for line in queue:
        shown = filled.ask(ItemToReview(line.item_id))
        assert "Marsh" in shown.item.text
        card = next(card for card in shown.findings if card.check == "surname")
        assert card.span is not None
        assert "Ella" in shown.item.text[slice(*card.span)]
        filled.perform(GiveVerdict(card.id, Verdict.UPHELD, Reason.AGAINST_POLICY, shown.item.text[:200]))
    case = filled.perform(OpenCase(card.id, HOSTILE[0]))
    assert filled.perform(ReadCase(case)).summary == HOSTILE[0]
    assert {line.last for line in filled.ask(Pupils())} >= {"Marsh", "O’Neill"}


def test_reports_of_a_hostile_school_open_and_hold_no_formula(filled: Office, tmp_path: Path) -> None:
    pdf, xlsx = tmp_path / "r.pdf", tmp_path / "r.xlsx"
    make(filled, report("monitoring"), pdf)
    make(filled, report("monitoring"), xlsx)
    assert len(PdfReader(pdf).pages) > 3
    book = openpyxl.load_workbook(xlsx)
    assert [
        cell.coordinate for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"
    ] == []

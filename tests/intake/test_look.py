"""A look at a table's columns before it is read, and the mapping that comes of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.domain.problems import Unreadable
from app.intake.look import FEED_FIELDS, REGISTER_FIELDS, look_at_messages, look_at_register
from app.intake.read import read_register
from tests.intake.files import TODAY, written
from tests.shared import shared


def test_guesses_and_samples_of_a_class_list(tmp_path: Path) -> None:
    path = written(
        tmp_path, "a.csv", "Autumn list\n\nForename,Surname,DOB,Mum email\nElla,Marsh,11/02/2019,jo@marsh.example\n"
    )
    (look,) = look_at_register(path, TODAY)
    assert (look.headings, look.heading_row) == (("Forename", "Surname", "DOB", "Mum email"), 3)
    assert look.samples == (("Ella", "Marsh", "11/02/2019", "jo@marsh.example"),)
    assert look.mapping == {"first": "Forename", "last": "Surname", "born": "DOB", "mother.email": "Mum email"}


def test_the_mapping_can_be_put_right_and_handed_back(tmp_path: Path) -> None:
    path = written(tmp_path, "a.csv", "Vor,Nach,Tag\nElla,Marsh,11/02/2019\n")
    (look,) = look_at_register(path, TODAY)
    assert look.mapping == {"born": "Tag"}
    found = read_register([path], mapping={"first": "Vor", "last": "Nach", "born": "Tag"}, today=TODAY)
    assert found.pupils[0].last == "Marsh"


def test_every_field_on_offer_can_be_mapped(tmp_path: Path) -> None:
    headings = [f"column {number}" for number in range(len(REGISTER_FIELDS))]
    path = written(tmp_path, "a.csv", ",".join(headings) + "\n" + "x," * len(headings) + "\n")
    found = read_register([path], mapping=dict(zip(REGISTER_FIELDS, headings, strict=True)), today=TODAY)
    assert {guess.field for guess in found.columns} == set(REGISTER_FIELDS)


def test_a_template_and_a_table_of_messages(tmp_path: Path) -> None:
    (look,) = look_at_register(shared("samples", "class-lists", "class-list-import-template.xlsx"), TODAY)
    assert look.sheet == "class list"
    assert look.mapping["born"] == "CHILD_DATE_OF_BIRTH"
    (messages,) = look_at_messages(written(tmp_path, "m.csv", "From,When,Message\nMrs Holt,6/10/2026,Hello\n"))
    assert messages.mapping == {"from": "From", "sent": "When", "text": "Message"}
    assert set(messages.mapping) <= set(FEED_FIELDS)


def test_what_has_no_columns(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="not a table"):
        look_at_register(written(tmp_path, "a.xml", "<CTfile/>"), TODAY)

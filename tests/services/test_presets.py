"""What columns mean is remembered by name, for files with the same headings."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.domain.columns_said import Area
from app.domain.problems import Overtaken, Refused
from app.intake.read import read_register
from app.services.office import Office
from app.services.presets import ColumnPresets, ForgetColumns, RememberColumns

HEADINGS = ("Vor", "Nach", "Tag", "Notiz", "")
MEANINGS = ("first", "last", "born", "", "")


def remember(office: Office, name: str = "From SIMS", headings: tuple[str, ...] = HEADINGS) -> int:
    return office.perform(RememberColumns(name, Area.REGISTER, headings, MEANINGS))


def test_what_is_remembered_reads_the_next_file(clerk: Office, slt: Office, tmp_path: Path) -> None:
    remember(clerk)
    (kept,) = slt.ask(ColumnPresets())
    assert (kept.name, kept.said.area, kept.said.meanings) == ("From SIMS", Area.REGISTER, MEANINGS)
    file = tmp_path / "next.csv"
    file.write_text("vor,NACH,Tag,notiz\nElla,Marsh,11/02/2019,x\n", encoding="utf-8")
    assert [pupil.last for pupil in read_register([file], mapping=(kept.said,)).pupils] == ["Marsh"]


def test_the_same_headings_are_remembered_once(clerk: Office) -> None:
    first = remember(clerk)
    assert remember(clerk, "  From   Arbor ", ("VOR", "nach ", "Tag", "notiz")) == first
    assert [kept.name for kept in clerk.ask(ColumnPresets())] == ["From Arbor"]


@pytest.mark.parametrize(
    ("name", "headings", "told"),
    [
        (" ", HEADINGS, "Give the columns a name"),
        ("x" * 81, HEADINGS, "longer than 80"),
        ("Taken", ("a", "b", "c"), "is the name of other columns"),
        ("New", ("", " "), "no column to remember"),
    ],
)
def test_what_cannot_be_remembered(clerk: Office, name: str, headings: tuple[str, ...], told: str) -> None:
    remember(clerk, "Taken")
    with pytest.raises(Refused, match=told):
        remember(clerk, name, headings)
    assert [kept.name for kept in clerk.ask(ColumnPresets())] == ["Taken"]


def test_forgetting(clerk: Office) -> None:
    preset = remember(clerk)
    clerk.perform(ForgetColumns(preset))
    assert clerk.ask(ColumnPresets()) == ()
    with pytest.raises(Overtaken):
        clerk.perform(ForgetColumns(preset))

"""The tour paints every screen there is, and none of them is empty paper."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from app.domain.problems import Problem
from app.domain.roles import Role
from app.sample.clock import SampleClock
from app.sample.journey import SampleHome
from app.ui import tour as module
from app.ui.areas import areas
from tests.screens.conftest import look
from tests.screens.sample import full_school

__all__ = ["full_school", "look"]

SIZE = (900, 620)


def shades(place: Path) -> int:
    """How many colours a picture has, looked at in a grid."""
    picture = QImage(str(place))
    assert min(picture.width(), picture.height()) > 100
    return len({picture.pixel(x, y) for x in range(0, picture.width(), 7) for y in range(0, picture.height(), 7)})


def test_every_area_has_its_picture(
    full_school: tuple[SampleHome, Path], tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, place = full_school

    def copied(home: Path, files: Path, _say: object) -> SampleHome:
        shutil.copytree(place / "school", home)
        shutil.copytree(place / "files", files)
        return replace(made, home=home, clock=SampleClock(made.clock()))

    monkeypatch.setattr(module, "prepare", copied)
    files = module.tour(str(tmp_path / "tour"), ["light"], SIZE, 1.0)
    names = {Path(file).stem.split("-", 1)[1].removesuffix("-light") for file in files}
    office = made.enter(Role.HEADTEACHER)
    for role, prefix in ((Role.HEADTEACHER, "head"), (Role.OFFICE, "office")):
        wanted = {f"{prefix}-{area.id}" for area in areas(office) if role in area.roles}
        assert wanted <= names
    office.close()
    assert {"set-up", "recovery-key", "sign-in", "locked", "head-pupil", "head-case-waiting"} <= names
    assert {"head-review-verdict", "office-imports-columns", "lead-safeguarding-read"} <= names
    desks = [file for file in files if Path(file).stem.split("-", 1)[1].removesuffix("-light") in wanted]
    assert {(QImage(file).width(), QImage(file).height()) for file in desks} == {SIZE}
    blank = [Path(file).name for file in files if shades(Path(file)) < 12]
    assert blank == []


def test_a_folder_that_cannot_be_used_is_said(
    full_school: tuple[SampleHome, Path], tmp_path: Path, qtbot: QtBot
) -> None:
    (tmp_path / "a file").write_text("", encoding="utf-8")
    with pytest.raises(Problem, match="cannot be used"):
        module.tour(str(tmp_path / "a file"), ["light"], SIZE, 1.0)

"""The look: contrast, substitution, type, icons, following the desktop."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QIcon, QImage
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from app.resources import resources
from app.ui.theme import icons
from app.ui.theme.apply import apply_theme, style_sheet
from app.ui.theme.contrast import EDGE, TEXT, ratio
from app.ui.theme.current import theme
from app.ui.theme.fonts import POINTS, Type
from app.ui.theme.icons import MEANINGS, icon
from app.ui.theme.tokens import DARK, EDGES_ON, LIGHT, TEXT_ON, Tokens

SCHEMES = [pytest.param(LIGHT, id="light"), pytest.param(DARK, id="dark")]
COLOURS = st.from_regex(r"#[0-9a-f]{6}", fullmatch=True)


@pytest.mark.parametrize("tokens", SCHEMES)
@pytest.mark.parametrize(("ink", "ground"), TEXT_ON)
def test_text_can_be_read_on_every_surface_it_may_stand_on(tokens: Tokens, ink: str, ground: str) -> None:
    colours = tokens.items()
    assert ratio(colours[ink], colours[ground]) >= TEXT


@pytest.mark.parametrize("tokens", SCHEMES)
@pytest.mark.parametrize(("edge", "ground"), EDGES_ON)
def test_edges_of_controls_can_be_seen(tokens: Tokens, edge: str, ground: str) -> None:
    colours = tokens.items()
    assert ratio(colours[edge], colours[ground]) >= EDGE


def test_contrast_of_black_and_white_is_twenty_one() -> None:
    assert ratio("#000000", "#ffffff") == pytest.approx(21)


@given(COLOURS, COLOURS)
def test_contrast_does_not_depend_on_the_order(one: str, other: str) -> None:
    assert ratio(one, other) == ratio(other, one)
    assert 1 <= ratio(one, other) <= 21.0001


@pytest.mark.parametrize("tokens", SCHEMES)
@pytest.mark.parametrize("scale", [0.75, 1.0, 1.5, 2.5])
def test_the_style_sheet_leaves_no_mark_unfilled(tokens: Tokens, scale: float) -> None:
    sheet = style_sheet(tokens, scale)
    assert "@" not in sheet
    assert f"{13 * scale:.2f}pt" in sheet or "font-size" in sheet


def test_style_sheets_name_no_colour_of_their_own() -> None:
    for sheet in (resources() / "qss").glob("*.qss"):
        assert not re.search(r"#[0-9a-fA-F]{3,8}\b(?!\s*[{,:])", re.sub(r"#[a-z]+\b(?=[\s{:,])", "", sheet.read_text()))


@pytest.mark.parametrize(("name", "tokens"), [("light", LIGHT), ("dark", DARK)])
def test_marks_are_drawn_in_the_schemes_own_colours(name: str, tokens: Tokens) -> None:
    allowed = set(tokens.items().values())
    drawings = sorted((resources() / "qss" / name).glob("*.svg"))
    assert len(drawings) >= 9
    for drawing in drawings:
        used = set(re.findall(r"#[0-9a-f]{6}", drawing.read_text(encoding="utf-8")))
        assert used <= allowed, drawing.name


@pytest.mark.parametrize("scale", [1.0, 1.5])
def test_type_is_four_sizes_scaled(qapp: QApplication, scale: float) -> None:
    apply_theme(qapp, "light", scale)
    for step in Type:
        assert theme().font(step).pointSizeF() == pytest.approx(POINTS[step] * scale)
    assert qapp.font().pointSizeF() == pytest.approx(13 * scale)


def test_rows_are_32_or_26_high(qapp: QApplication) -> None:
    assert apply_theme(qapp, "light").row_height == 32
    assert apply_theme(qapp, "light", compact=True).row_height == 26
    assert apply_theme(qapp, "light", 1.5).row_height == 48


def test_the_scale_is_kept_within_reason(qapp: QApplication) -> None:
    assert apply_theme(qapp, "light", 40).scale == 2.5
    assert apply_theme(qapp, "light", 0.01).scale == 0.75


def test_system_follows_the_desktop_as_it_changes(qapp: QApplication, qtbot: QtBot) -> None:
    apply_theme(qapp, "system")
    changes: list[bool] = []
    theme().changed.connect(lambda: changes.append(theme().is_dark))
    qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert theme().is_dark
    qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Light)
    assert changes == [True, False]
    apply_theme(qapp, "light")
    qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert not theme().is_dark


def test_every_meaning_has_a_glyph(qapp: QApplication) -> None:
    for meaning in MEANINGS:
        assert not icons._path(meaning).isEmpty(), meaning


def test_an_unknown_meaning_is_refused(qapp: QApplication) -> None:
    with pytest.raises(KeyError):
        icon("no such thing")


def test_an_icon_recolours_itself_when_the_scheme_changes(qapp: QApplication) -> None:
    made = icon("pupil", "text")
    apply_theme(qapp, "light")
    light = _ink(made)
    apply_theme(qapp, "dark")
    assert light == LIGHT.text
    assert _ink(made) == DARK.text


def test_the_application_icon_comes_in_every_size(qapp: QApplication) -> None:
    assert {size.width() for size in icons.application_icon().availableSizes()} == {16, 24, 32, 48, 64, 128, 256}


def test_the_focused_button_has_a_two_pixel_ring(qtbot: QtBot, qapp: QApplication) -> None:
    button = QPushButton("Save")
    qtbot.addWidget(button)
    button.show()
    button.activateWindow()
    button.setFocus()
    qtbot.waitUntil(button.hasFocus)
    image = button.grab().toImage()
    middle = image.height() // 2
    assert [image.pixelColor(x, middle).name() for x in (0, 1)] == [LIGHT.accent, LIGHT.accent]
    assert image.pixelColor(3, middle).name() != LIGHT.accent


def _ink(made: QIcon) -> str:
    image: QImage = made.pixmap(QSize(64, 64)).toImage()
    solid = [
        image.pixelColor(x, y)
        for x in range(image.width())
        for y in range(image.height())
        if image.pixelColor(x, y).alpha() == 255
    ]
    return max({c.name() for c in solid}, key=[c.name() for c in solid].count)

"""The marked text: offsets, hostile text, keys, what is copied."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.ui.parts.chip import Tone
from app.ui.parts.marked import MarkedText, Span
from app.ui.parts.marks import MARK, name_of, shown, utf16_length, utf16_offsets
from tests.screens.walk import walk

TEXTS = st.text(st.one_of(st.sampled_from("ab \n👩\u200d🎉é\u0301\u202e\u200f"), st.characters()), max_size=60)


def view(qtbot: QtBot, text: str, *spans: Span) -> MarkedText:
    made = MarkedText("Message")
    qtbot.addWidget(made)
    made.resize(500, 300)
    made.show_text(text, spans)
    made.show()
    return made


def underlined(made: MarkedText, number: int) -> str:
    place = made.range_of(number)
    assert place is not None
    cursor = QTextCursor(made.document())
    cursor.setPosition(place[0])
    cursor.setPosition(place[1], QTextCursor.MoveMode.KeepAnchor)
    return cursor.selectedText().replace("\u2029", "\n")


def whole(made: MarkedText) -> str:
    made.selectAll()
    return made.createMimeDataFromSelection().text()


@given(TEXTS)
def test_utf16_length_is_what_qt_counts(text: str) -> None:
    assert utf16_length(text) == len(text.encode("utf-16-le", "surrogatepass")) // 2


@given(TEXTS, st.lists(st.integers(0, 70), max_size=5))
def test_offsets_count_what_stands_before_them(text: str, places: list[int]) -> None:
    assert utf16_offsets(text, tuple(places)) == tuple(utf16_length(text[:place]) for place in places)


@given(TEXTS)
def test_no_hidden_mark_is_left_in_what_is_shown(text: str) -> None:
    assert MARK.search(shown(text)) is None


@pytest.mark.parametrize(("mark", "name"), [("\u202e", "[RLO]"), ("\u200b", "[ZWSP]"), ("\a", "[U+0007]")])
def test_marks_are_shown_by_name(mark: str, name: str) -> None:
    assert name_of(mark) == name


def test_a_span_after_emoji_underlines_the_right_words(qtbot: QtBot) -> None:
    text = "👩‍👩‍👧 🎉 well done Ella Marsh, 👏 and Oscar"
    at, other = text.index("Ella"), text.index("Oscar")
    made = view(qtbot, text, Span(at, at + 10, 1, Tone.STOP, "A surname"), Span(other, other + 5, 2, Tone.WARN))
    assert underlined(made, 1) == "Ella Marsh"
    assert underlined(made, 2) == "Oscar"


def test_any_text_and_span_agree(qtbot: QtBot) -> None:
    made = MarkedText("Message")
    qtbot.addWidget(made)

    @given(TEXTS, st.integers(0, 60), st.integers(0, 60))
    def judge(text: str, start: int, end: int) -> None:
        made.show_text(text, [Span(start, end, 1, Tone.WARN)])
        wanted = shown(text[start:end]).replace("\r\n", "\n").replace("\r", "\n")
        if start < min(end, len(text)):
            assert underlined(made, 1).replace("\xa0", " ") == wanted.replace("\xa0", " ")
        else:
            assert made.range_of(1) is None

    judge()


def test_overlapping_spans_keep_their_own_ranges(qtbot: QtBot) -> None:
    made = view(qtbot, "abcdefghij", Span(0, 6, 1, Tone.INFO), Span(3, 9, 2, Tone.STOP), Span(3, 6, 3, Tone.WARN))
    assert underlined(made, 1).startswith("abcdef")
    assert "defg" in underlined(made, 2).replace("\ufffc", "").replace("\u2060", "")
    assert underlined(made, 3) == "def"


def test_markup_is_shown_and_never_read(qtbot: QtBot) -> None:
    text = "<b>x</b> <img src='file:///x'> <a href='y'>z</a> &amp;"
    made = view(qtbot, text, Span(0, 8, 1, Tone.STOP))
    assert whole(made) == text


def test_what_is_copied_has_neither_badges_nor_formats(qtbot: QtBot) -> None:
    made = view(qtbot, "Well done Ella Marsh today", Span(10, 20, 1, Tone.STOP))
    made.selectAll()
    copied = made.createMimeDataFromSelection()
    assert copied.text() == "Well done Ella Marsh today"
    assert copied.formats() == ["text/plain"]


def test_the_writing_direction_cannot_be_turned_in_secret(qtbot: QtBot) -> None:
    made = view(qtbot, "safe \u202etxet\u202c")
    assert whole(made) == "safe [RLO]txet[PDF]"


@pytest.mark.parametrize(
    "text",
    [
        "a" * 100_000,
        "\n" * 100_000,
        "\u202e" * 100_000,
        "e" + "\u0301" * 99_999,
        "\ud800" * 1_000,
        "\0\x01\ufdd0\ufdd1\ufffc\u2028\u2029",
        "",
    ],
    ids=["no-spaces", "newlines", "overrides", "stacked-accents", "lone-surrogates", "qt-markers", "empty"],
)
def test_hostile_text_is_shown(qtbot: QtBot, text: str) -> None:
    made = view(qtbot, text, Span(0, 1, 1, Tone.STOP), Span(5, 9, 2, Tone.STOP), Span(99_990, 200_000, 3, Tone.WARN))
    assert not made.grab().isNull()


def test_keys_go_from_finding_to_finding(qtbot: QtBot) -> None:
    made = view(qtbot, "one two three", Span(0, 3, 1, Tone.WARN), Span(4, 7, 2, Tone.STOP), Span(8, 13, 3, Tone.INFO))
    heard: list[int] = []
    made.chosen.connect(heard.append)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Left, Qt.Key.Key_2, Qt.Key.Key_9):
        QTest.keyClick(made, key)
    assert heard == [1, 2, 1, 3, 2]
    assert made.current == 2


def test_a_click_chooses_the_finding(qtbot: QtBot) -> None:
    made = view(qtbot, "one two three", Span(4, 7, 7, Tone.WARN))
    cursor = QTextCursor(made.document())
    cursor.setPosition(5)
    spot = made.cursorRect(cursor).center()
    with qtbot.waitSignal(made.chosen) as heard:
        QTest.mouseClick(made.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert heard.args == [7]


def test_choosing_from_outside_is_silent_and_lifts_out(qtbot: QtBot) -> None:
    made = view(qtbot, "one two three", Span(4, 7, 7, Tone.WARN))
    with qtbot.assertNotEmitted(made.chosen):
        made.choose(7)
    assert len(made.extraSelections()) == 1
    made.choose(None)
    assert made.extraSelections() == []


def test_it_is_named_and_tells_its_findings(qtbot: QtBot) -> None:
    made = view(qtbot, "Ella Marsh", Span(0, 10, 1, Tone.STOP, "A surname is given"))
    assert made.accessibleDescription() == "1 finding marked. 1: A surname is given"
    assert walk(made) == []

"""Pasting a conversation into Bring in: read, looked at, brought in, and told where it cannot be read."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from app.domain.content import Kind
from app.services.office import Office
from app.store.tables.content import ItemRow
from app.ui.screens.imports.screen import ImportScreen
from app.ui.theme.apply import apply_theme
from tests.screens.fakes import FakeShell
from tests.screens.opening import opened
from tests.screens.walk import mnemonics, walk
from tests.services.rows import a_class, a_guardian, a_pupil

TALK = "[20/11/2026, 14:04] Joanne Marsh: Is it PE tomorrow?\n[20/11/2026, 14:09] You: Yes it is.\nBring a coat."


@pytest.fixture
def screen(qtbot: QtBot, shell: FakeShell, clerk: Office) -> ImportScreen:
    a_guardian(clerk, a_pupil(clerk, class_id=a_class(clerk)))
    return opened(qtbot, ImportScreen(shell, clerk), clerk)


def test_a_conversation_is_seen_before_it_is_kept(screen: ImportScreen, clerk: Office) -> None:
    screen.drop.paste.click()
    assert screen.paste.isVisible()
    assert not screen.drop.isVisible()
    screen.paste.words.setPlainText(TALK)
    screen.paste.you.setText("Mrs Holt")
    screen.paste.read_button.click()
    assert [(line.outcome, line.who) for line in screen.table.rows] == [
        ("Message", "Joanne Marsh"),
        ("Message", "Mrs Holt"),
    ]
    assert not screen.paste.isVisible()
    with clerk.database.reading() as session:
        assert session.scalars(select(ItemRow)).all() == []
    screen.apply_button.click()
    assert screen.banner.accessibleName().startswith("2 items brought in, 0 here already.")
    assert screen.paste.words.toPlainText() == ""
    with clerk.database.reading() as session:
        rows = session.scalars(select(ItemRow).order_by(ItemRow.id)).all()
        assert [(row.author_role, row.guardian_id, row.text) for row in rows] == [
            ("parent", 1, "Is it PE tomorrow?"),
            ("unknown", None, "Yes it is.\nBring a coat."),
        ]


def test_kind_class_and_day_are_the_persons_to_say(screen: ImportScreen) -> None:
    screen.begin_paste()
    screen.paste.words.setPlainText("Joanne Marsh, 14:04: Lovely!\nMrs Holt, 14:05: Thank you")
    screen.paste.kind.setCurrentIndex(screen.paste.kind.findData(Kind.COMMENT))
    screen.paste.class_.setCurrentIndex(screen.paste.class_.findData("Willow"))
    screen.paste.day.setText("20/11/2026")
    screen.paste.read_button.click()
    feed = screen.presenter.hand.feed
    assert feed is not None
    assert {(item.kind, item.class_name) for item in feed.items} == {(Kind.COMMENT, "Willow")}
    assert {item.sent_at.date().isoformat() for item in feed.items if item.sent_at} == {"2026-11-20"}
    assert feed.warnings == ()


@pytest.mark.parametrize(
    ("words", "day", "because"),
    [
        ("", "", "There is nothing here yet."),
        ("Dear Mrs Holt, Ella is ill.", "", "No messages can be told apart"),
        ("Joanne, 14:04: Hello", "32/13/2026", "The day “32/13/2026”"),
    ],
)
def test_what_cannot_be_read_is_told_and_what_was_pasted_stays(
    screen: ImportScreen, words: str, day: str, because: str
) -> None:
    screen.begin_paste()
    screen.paste.words.setPlainText(words)
    screen.paste.day.setText(day)
    screen.paste.read_button.click()
    assert screen.banner.accessibleName().startswith(because)
    assert screen.paste.isVisible()
    assert screen.paste.words.toPlainText() == words


def test_escape_leaves_the_conversation_and_it_is_there_again(screen: ImportScreen) -> None:
    screen.begin_paste()
    QTest.keyClicks(screen.paste.words, "Joanne")
    assert screen.leave()
    assert screen.drop.isVisible()
    assert not screen.leave()
    screen.begin_paste()
    assert screen.paste.words.toPlainText() == "Joanne"


@pytest.mark.parametrize("scale", [1.0, 1.5])
def test_nothing_is_cut_off_and_every_place_has_a_name(
    screen: ImportScreen, clerk: Office, qtbot: QtBot, qapp: QApplication, scale: float
) -> None:
    apply_theme(qapp, "light", scale)
    made = opened(qtbot, ImportScreen(screen.shell, clerk), clerk)
    made.resize(1280, 860)
    assert walk(made) == []
    assert mnemonics(made) == []
    made.begin_paste()
    assert walk(made) == []
    assert mnemonics(made) == []
    QTest.keyClick(made.paste.words, Qt.Key.Key_Tab)
    assert made.paste.kind.hasFocus()

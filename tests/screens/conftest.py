"""What every test of a screen needs: the look in force, a place for settings, nothing left open, no thread left."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

if sys.platform.startswith("linux") and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from app.ui.theme.apply import apply_theme
from tests.screens.fakes import FakeShell, Kept


@pytest.fixture(autouse=True)
def look(qapp: QApplication) -> Iterator[None]:
    """The light scheme at 100 %, whatever the test before it chose; afterwards no window stands open."""
    apply_theme(qapp, "light", 1.0)
    before = set(threading.enumerate())
    yield
    for window in qapp.topLevelWidgets():
        window.close()
        window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    left = [thread.name for thread in set(threading.enumerate()) - before if thread.is_alive()]
    assert not left, f"threads left running: {left}"


@pytest.fixture
def kept() -> Kept:
    """Settings in memory."""
    return Kept()


@pytest.fixture
def shell(kept: Kept) -> FakeShell:
    """A frame that writes down what a screen asks of it."""
    return FakeShell(kept)

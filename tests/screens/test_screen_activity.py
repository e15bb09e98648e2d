"""Activity: the audit in pages, by area, and whether it holds."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot
from sqlalchemy import text

from app.domain.checks.finding import Check
from app.domain.problems import NotAllowed
from app.domain.review import Reason, Verdict
from app.services.activity import Activity
from app.services.office import Office
from app.services.review import GiveVerdict, ReferToOffice
from app.ui.screens.activity import presenter as paging
from app.ui.screens.activity.presenter import ActivityPresenter, detail_words, role_words
from app.ui.screens.activity.screen import ActivityScreen
from tests.screens.fakes import FakeShell
from tests.screens.opening import opened
from tests.services.rows import an_item


def shown(qtbot: QtBot, shell: FakeShell, head: Office) -> ActivityScreen:
    return opened(qtbot, ActivityScreen(shell, head), head)


def some_work(slt: Office, head: Office) -> None:
    item, finding = an_item(slt, "Sam is ill", check=Check.OFFICE)
    slt.perform(GiveVerdict(finding, Verdict.ADVICE, Reason.SLIP))
    slt.perform(ReferToOffice(item, "sickness", "Sam is ill."))
    with pytest.raises(NotAllowed):
        slt.ask(Activity())


def test_the_newest_lines_stand_first_in_plain_words(qtbot: QtBot, shell: FakeShell, head: Office, slt: Office) -> None:
    some_work(slt, head)
    screen = shown(qtbot, shell, head)
    model = screen.table.model()
    words = [str(model.data(model.index(at, 3))) for at in range(model.rowCount())]
    assert words == ["Asked to see something", "Referred to the office", "Gave a verdict"]
    assert screen.table.hasFocus()


def test_filters_keep_an_area_and_refusals(qtbot: QtBot, shell: FakeShell, head: Office, slt: Office) -> None:
    some_work(slt, head)
    screen = shown(qtbot, shell, head)
    screen.filters.turn("verdict")
    assert [line.verb for line in screen.table.rows] == ["verdict.given"]
    screen.filters.clear()
    screen.filters.turn("refused")
    assert [line.outcome for line in screen.table.rows] == ["refused"]
    screen.filters.turn("permission")
    assert list(screen.table.rows) == []
    assert screen.table._empty is not None
    assert screen.table._empty.accessibleName().startswith("Nothing of this sort is on record.")


def test_older_lines_come_a_page_at_a_time(
    qtbot: QtBot, shell: FakeShell, head: Office, slt: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paging, "PAGE", 2)
    for n in range(5):
        _, finding = an_item(slt, f"Ella Marsh {n}")
        slt.perform(GiveVerdict(finding, Verdict.ADVICE, Reason.SLIP))
    screen = shown(qtbot, shell, head)
    assert len(screen.table.rows) == 2
    assert screen.older_button.isVisible()
    screen.older()
    screen.older()
    lines = list(screen.table.rows)
    assert [line.seq for line in lines] == sorted((line.seq for line in lines), reverse=True)
    assert len(lines) == 5
    assert screen.older_button.isHidden()
    screen.refresh()
    assert len(screen.table.rows) == 5


def test_the_record_is_checked_and_what_was_tampered_with_is_named(
    qtbot: QtBot, shell: FakeShell, head: Office, slt: Office
) -> None:
    some_work(slt, head)
    screen = shown(qtbot, shell, head)
    screen.check()
    assert screen.banner.accessibleName().startswith("The record holds: all 3 lines")
    with head.database.writing() as session:
        triggers = session.scalars(text("SELECT name FROM sqlite_master WHERE type='trigger' AND tbl_name='audit'"))
        for name in triggers.all():
            session.execute(text(f'DROP TRIGGER "{name}"'))
        session.execute(text("UPDATE audit SET verb='verdict.taken_back' WHERE seq=1"))
    screen.check()
    assert screen.banner.accessibleName().startswith("Line 1 is not as it was written.")


def test_words_for_roles_and_details(head: Office, slt: Office) -> None:
    some_work(slt, head)
    presenter = ActivityPresenter(head)
    lines = presenter.load()
    assert role_words("slt") == "Senior leader"
    assert role_words("a role of old") == "a role of old"
    assert detail_words(lines[1]).startswith("referral 1, topic sickness")

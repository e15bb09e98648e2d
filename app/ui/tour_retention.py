"""The tour's pictures of the retention schedule: suggested, confirmed, due, held, destroyed (K4)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from PySide6.QtWidgets import QWidget

from app.domain.content import AuthorRole, Kind
from app.domain.incoming import FeedReading, IncomingItem
from app.domain.ticket import PlainTicket
from app.services.content import ApplyFeed
from app.services.office import Office
from app.services.retention import ConfirmRetention, Schedule
from app.services.retention_holds import HoldsInForce
from app.services.school import School
from app.ui.screens.retention.dialogs import HoldDialog, LineDialog
from app.ui.screens.retention.screen import RetentionScreen
from app.ui.shell.desk import Desk
from app.ui.tour_posing import Picture, dialog_picture

_SAID = ("Swimming starts on Monday.", "Thank you for the cakes.", "The book fair opens at three.")


def retention_pictures(office: Office, desk: Desk, window: QWidget, picture: Picture) -> Iterator[str]:
    """Every page, as the headteacher meets it. The school is one to be worked on."""
    _prepare(office)
    desk.open_area("policy")
    desk.open_record("retention", 0)
    screen = desk.shown
    assert isinstance(screen, RetentionScreen)
    yield picture(window, "head-retention")
    line = screen.presenter.lines[0]
    dialog = LineDialog(screen, line, lambda months, why: None)
    dialog.why.clear()
    dialog.send()
    yield dialog_picture(dialog, picture, "head-retention-line")
    _confirm(office)
    screen.tabs.show_page("due")
    yield picture(window, "head-retention-due")
    today = screen.presenter.due.today
    hold = HoldDialog(screen, "this record", today, lambda why, on: None)
    yield dialog_picture(hold, picture, "head-retention-hold")
    _hold_one(screen)
    screen.tabs.show_page("holds")
    yield picture(window, "head-retention-held")
    screen.tabs.show_page("due")
    if screen.presenter.due.count:
        screen.presenter.destroy(PlainTicket())
    screen.tabs.show_page("lists")
    yield picture(window, "head-retention-destroyed")
    desk.back()


def _prepare(office: Office) -> None:
    """A few posts from three school years ago."""
    now = office.clock()
    place = office.ask(School()).classes[0][1]
    items = tuple(
        IncomingItem(
            file="old.json",
            row=number,
            kind=Kind.CLASS_STORY,
            text=words,
            class_name=place,
            author_role=AuthorRole.STAFF,
            sent_at=now - timedelta(days=1000 + number),
        )
        for number, words in enumerate(_SAID, start=1)
    )
    office.perform(ApplyFeed(FeedReading("story", ("old.json",), len(items), items)))


def _confirm(office: Office) -> None:
    for line in office.ask(Schedule()):
        if line.kind is not None and not line.confirmed and not line.kept_whole:
            office.perform(ConfirmRetention(line.kind, line.months))


def _hold_one(screen: RetentionScreen) -> None:
    """The newest of the old posts, once."""
    presenter = screen.presenter
    part = next((each for each in presenter.due.parts if each.count), None)
    if part is None or presenter.office.ask(HoldsInForce()):
        return
    review = presenter.due.today + timedelta(days=60)
    presenter.hold(part.kind, part.records[-1:], "A governor asked about the book fair.", review)

"""The states of Review, reports of messages and replies that the tour paints: prepared here, one after the other."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

from PySide6.QtCore import QItemSelectionModel
from PySide6.QtGui import QColor, QImage

from app.domain.content import AuthorRole
from app.domain.problems import Problem
from app.domain.review import Takedown
from app.domain.roles import Role
from app.sample.journey import SampleHome
from app.services.claims import TakeInHand
from app.services.office import Office
from app.services.reported import ReportMessage
from app.services.takedowns import AddCorrection, AskTakedown
from app.ui.parts.picture import png_of
from app.ui.screens.report_message.screen import ReportScreen
from app.ui.screens.review.screen import ReviewScreen
from app.ui.shell.desk import Desk

_SAID = "You people never listen. If nobody rings me today I am coming in and you will be sorry you ignored me."


def review_states(desk: Desk, office: Office, sample: SampleHome) -> Iterator[str]:
    """Each state as it is reached, by the name its picture gets."""
    item = office.perform(
        ReportMessage(
            reporter="Mrs Holt",
            text=_SAID,
            author_name="Dean Pike",
            author_role=AuthorRole.PARENT,
            why="She found it threatening.",
            files=(_screenshot(),),
        )
    ).item_id
    with suppress(Problem):  # the second scheme finds them asked for already
        office.perform(AskTakedown(item, Takedown.REWORDING, "Mrs Holt asked him by telephone to say it kindly."))
        office.perform(AddCorrection(item, "He had left two messages with the office that nobody passed on."))
    desk.open_area("review")
    screen = desk.shown
    assert isinstance(screen, ReviewScreen)
    screen.refresh()
    screen.open_item(item)
    screen.desk.view.ensureWidgetVisible(screen.desk.view.files)
    yield "head-review-reported"
    yield from _together(screen)
    yield from _second_reading(screen)
    yield from _elsewhere(screen, sample)
    desk.open_record("takedowns", "asked")
    yield "head-takedowns"
    desk.open_record("report-message", "new")
    report = desk.shown
    assert isinstance(report, ReportScreen)
    report.text.setPlainText(_SAID)
    report.presenter.add_picture(_screenshot())
    report.refresh()
    yield "head-report-message"
    report.presenter.clear()
    report.text.clear()
    desk.back()
    desk.open_area("replies")
    desk.open_record("reply-figures", "now")
    yield "head-reply-figures"


def _together(screen: ReviewScreen) -> Iterator[str]:
    """Several items selected."""
    model = screen.table.model()
    flags = QItemSelectionModel.SelectionFlag
    for place in range(max(len(screen.table.rows) - 3, 0), len(screen.table.rows)):
        screen.table.selectionModel().select(model.index(place, 0), flags.Select | flags.Rows)
    yield "head-review-selected"
    screen.table.choose_place(0)


def _second_reading(screen: ReviewScreen) -> Iterator[str]:
    """Items are still to be read a second time."""
    screen.tell_second(1_240)
    screen.split.show_list()
    yield "head-review-second-reading"
    screen.tell_second()


def _elsewhere(screen: ReviewScreen, sample: SampleHome) -> Iterator[str]:
    """A colleague reads the item in hand."""
    other = sample.enter(Role.SLT)
    try:
        held = screen.table.rows[0].item_id
        other.perform(TakeInHand(held))
        screen.refresh()
        screen.open_item(held)
        screen.desk.take_in_hand()
        yield "head-review-with-a-colleague"
        other.perform(TakeInHand(None))
        screen.desk.hush()
        screen.refresh()
    finally:
        other.close()


def _screenshot() -> bytes:
    """A picture of nothing in particular."""
    image = QImage(320, 200, QImage.Format.Format_RGB32)
    image.fill(QColor("#dfe8ea"))
    for line in range(5):
        for x in range(24, 24 + 220 - line * 24):
            for y in range(30 + line * 30, 38 + line * 30):
                image.setPixelColor(x, y, QColor("#7d8f96"))
    return png_of(image)

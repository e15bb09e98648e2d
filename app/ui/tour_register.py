"""The tour's pictures of keeping the register: pupils by hand, views, classes, leavers, login cards, September."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from PySide6.QtWidgets import QWidget

from app.domain.leaving import Step
from app.services.leavers import Leavers, NoteStep, RecordLeaver
from app.services.login_cards import EnterLogin, LoginCards
from app.services.office import Office
from app.services.pupils import Pupils
from app.services.school import School
from app.ui.screens.cards.dialogs import CodeDialog
from app.ui.screens.cards.screen import CardsScreen
from app.ui.screens.classes.dialogs import StaffOfClassDialog
from app.ui.screens.classes.screen import ENDED, STAFF, ClassesScreen
from app.ui.screens.leavers.dialogs import StepDialog
from app.ui.screens.leavers.screen import LeaversScreen
from app.ui.screens.pupils.details_presenter import DetailsPresenter
from app.ui.screens.pupils.listing import PupilsScreen
from app.ui.screens.pupils.pupil_dialog import PupilDialog
from app.ui.screens.september.dialogs import PlaceDialog, SplitDialog
from app.ui.screens.september.screen import SeptemberScreen
from app.ui.shell.desk import Desk
from app.ui.tour_posing import Picture, dialog_picture


def register_pictures(office: Office, desk: Desk, window: QWidget, picture: Picture) -> Iterator[str]:
    """Every state, as the office meets it. The school is one to be worked on."""
    _prepare(office)
    yield from _pupils(office, desk, window, picture)
    yield from _classes(desk, window, picture)
    yield from _lists(office, desk, window, picture)
    yield from _september(desk, window, picture)


def _prepare(office: Office) -> None:
    """Somebody who left, one of two ticked, and a class with login codes."""
    lines = office.ask(Pupils())
    today = office.ask(School()).today
    if not office.ask(Leavers()).lines:
        office.perform(RecordLeaver(lines[3].id, today - timedelta(days=3)))
    left = office.ask(Leavers()).lines
    if all(line.leaving.to_do for line in left):
        office.perform(NoteStep((left[-1].pupil_id,), Step.REMOVE, today))
    if any(card.ending for card in office.ask(LoginCards())):
        return
    for place, card in enumerate(office.ask(LoginCards())[:9]):
        office.perform(EnterLogin(card.pupil_id, f"SAB{place}2CD{place}4"))


def _pupils(office: Office, desk: Desk, window: QWidget, picture: Picture) -> Iterator[str]:
    desk.open_area("pupils")
    screen = desk.shown
    assert isinstance(screen, PupilsScreen)
    screen.look_through("unlinked")
    if not screen.presenter.views:
        screen.presenter.save_view("To chase")
        screen.refresh()
    screen.filters.turn(f"view:{screen.presenter.views[0].id}")
    yield picture(window, "office-pupils-view")
    screen.filters.clear()
    new = DetailsPresenter.of_new(office)
    dialog = PupilDialog(screen, new)
    mate = next(line for line in office.ask(Pupils()) if line.class_name)
    dialog.first.setText(mate.first)
    dialog.last.setText("Marsh")
    dialog.born.setText("31/2/2019")
    dialog.upn.setText("A201100018042")
    dialog.place.setCurrentIndex(dialog.place.findText(mate.class_name or ""))
    dialog.judge()
    dialog.send()
    yield dialog_picture(dialog, picture, "office-pupil-add")
    left = office.ask(Leavers()).lines[0]
    desk.open_record("pupil", left.pupil_id)
    yield picture(window, "office-pupil-left")


def _classes(desk: Desk, window: QWidget, picture: Picture) -> Iterator[str]:
    desk.open_area("classes")
    screen = desk.shown
    assert isinstance(screen, ClassesScreen)
    yield picture(window, "office-classes-chosen")
    line = screen.table.current()
    assert line is not None
    dialog = StaffOfClassDialog(screen, line, screen.presenter.board.staff, lambda ids: None)
    yield dialog_picture(dialog, picture, "office-classes-staffed")
    screen.filters.turn(STAFF)
    yield picture(window, "office-classes-staff")
    screen.filters.turn(STAFF, False)
    screen.filters.turn(ENDED)
    yield picture(window, "office-classes-ended")
    screen.filters.turn(ENDED, False)


def _lists(office: Office, desk: Desk, window: QWidget, picture: Picture) -> Iterator[str]:
    desk.open_area("pupils")
    desk.open_record("leavers", 0)
    screen = desk.shown
    assert isinstance(screen, LeaversScreen)
    yield picture(window, "office-leavers")
    dialog = StepDialog(screen, 1, office.ask(School()).today, lambda step, day: None, None)
    yield dialog_picture(dialog, picture, "office-leavers-tick")
    desk.back()
    desk.open_record("cards", 0)
    cards = desk.shown
    assert isinstance(cards, CardsScreen)
    yield picture(window, "office-cards")
    line = cards.table.current()
    assert line is not None
    code = CodeDialog(cards, cards.presenter, line)
    code.code.setText("PAB12CD34")
    code.send()
    yield dialog_picture(code, picture, "office-cards-code")
    desk.back()


def _september(desk: Desk, window: QWidget, picture: Picture) -> Iterator[str]:
    desk.open_area("classes")
    desk.open_record("september", 0)
    screen = desk.shown
    assert isinstance(screen, SeptemberScreen)
    yield picture(window, "office-september-places")
    line = screen.where.table.current()
    assert line is not None
    places = screen.presenter.places()
    yield dialog_picture(PlaceDialog(screen, f"all of {line.name}", places, "", str), picture, "office-september-place")
    yield dialog_picture(SplitDialog(screen, line.name, places, list), picture, "office-september-split")
    screen.presenter.make("Maple", "4")
    screen.where.changed.emit()
    screen.look_at_plan()
    yield picture(window, "office-september-plan")
    screen.pages.setCurrentWidget(screen.done)
    yield picture(window, "office-september-done")
    screen.presenter.discard()
    screen.look_at_places()
    desk.back()

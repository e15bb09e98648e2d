"""The window: sign-in, set-up, or the desk. What it shows is decided by whoever composes the program.

window = MainWindow(settings, runner)
window.sign_in.submitted.connect(...)
window.show_sign_in("Hill View Primary")
window.show_desk(SignedIn("Jane Holt", Role.OFFICE), user="j.holt", areas=AREAS, records=RECORDS, search=search)
office.listen(window.announce)          # from any thread
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property, partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication, QDialog, QMainWindow, QStackedWidget

from app.domain.problems import Problem
from app.jobs.runner import Runner
from app.ui.parts.split import Remembered
from app.ui.shell.area import Area, RecordFactory, Search, SignedIn
from app.ui.shell.aside import PROGRAM, AsideWindow
from app.ui.shell.signin import SignInPage
from app.ui.theme.icons import application_icon

if TYPE_CHECKING:  # read when first needed: the first page must be quick
    from app.ui.shell.desk import Desk
    from app.ui.shell.setup import SetUpPage


class MainWindow(QMainWindow):
    """One window. Titles name the area and never a person."""

    locked = Signal()
    signed_out = Signal()
    """The desk was left for good: close the office behind it."""
    _announced = Signal(object, object)

    def __init__(self, settings: Remembered, runner: Runner) -> None:
        super().__init__()
        self._settings, self._runner = settings, runner
        self.setWindowTitle(PROGRAM)
        self.setWindowIcon(application_icon())
        self.setMinimumSize(880, 560)
        self.sign_in = SignInPage()
        self.desk: Desk | None = None
        self._user = ""
        self._person: SignedIn | None = None
        self._asides: list[AsideWindow] = []
        self._pages = QStackedWidget()
        self._pages.addWidget(self.sign_in)
        self.setCentralWidget(self._pages)
        self.sign_in.someone_else.connect(self._someone_else)
        self._announced.connect(self._hear, Qt.ConnectionType.QueuedConnection)
        self._restore_size()

    @cached_property
    def set_up(self) -> SetUpPage:
        """The pages of the first run."""
        from app.ui.shell.setup import SetUpPage

        made = SetUpPage()
        self._pages.addWidget(made)
        return made

    def show_sign_in(self, school: str) -> None:
        """The first page of a school that is set up."""
        self.sign_in.fresh(school)
        self._pages.setCurrentWidget(self.sign_in)
        self.sign_in.user.setFocus()
        self.setWindowTitle(f"Sign in – {PROGRAM}")

    def show_set_up(self) -> None:
        """The first run."""
        self._pages.setCurrentWidget(self.set_up)
        self.setWindowTitle(f"Set up – {PROGRAM}")

    def show_desk(
        self,
        person: SignedIn,
        *,
        user: str,
        areas: Sequence[Area],
        records: Mapping[str, RecordFactory],
        school: str = "",
        search: Search | None = None,
        first: str | None = None,
    ) -> Desk:
        """A person has signed in. `first` is the area to begin in, the topmost without it."""
        from app.ui.shell.desk import Desk

        self._close_desk()
        self._user, self._person = user, person
        desk = Desk(person, areas, records, self._settings, self._runner, school=school, search=search)
        desk.lock_wanted.connect(self.lock)
        desk.title_changed.connect(self._entitle)
        desk.aside_wanted.connect(self.open_aside)
        again = partial(self.show_desk, person, user=user, areas=areas, records=records, school=school, search=search)
        desk.renew_wanted.connect(lambda area: again(first=area or None), Qt.ConnectionType.QueuedConnection)
        self.desk = desk
        self._pages.addWidget(desk)
        self._pages.setCurrentWidget(desk)
        desk.open_area(first or desk.areas[0])
        return desk

    def lock(self) -> None:
        """Hide everything behind the sign-in page, other windows and dialogs too. The desk stays as it was."""
        if self.desk is None or self._person is None or self.is_locked:
            return
        for other in QApplication.topLevelWidgets():
            if isinstance(other, QDialog):
                other.reject()
        for aside in self._asides:
            aside.hide()
        self.desk.topbar.search.close_hits()
        self.desk.notices.dismiss()
        self.sign_in.lock_for(self._user, self._person.name)
        self._pages.setCurrentWidget(self.sign_in)
        self.sign_in.password.setFocus()
        self.setWindowTitle(f"Locked – {PROGRAM}")
        self.locked.emit()

    def unlock(self) -> None:
        """The password was right: back to where the person was."""
        if self.desk is None:
            return
        self.sign_in.busy(False)
        self._pages.setCurrentWidget(self.desk)
        self._entitle(self.desk.shown.title if self.desk.shown is not None else "")
        for aside in self._asides:
            aside.show()
        self.desk.refresh()

    @property
    def busy(self) -> bool:
        """A job is under way."""
        return bool(self._runner.running)

    @property
    def is_locked(self) -> bool:
        """A desk is open and hidden."""
        return self.desk is not None and self._pages.currentWidget() is self.sign_in

    def open_aside(self, kind: str, key: object) -> None:
        """A record in a window of its own."""
        if self.desk is None:
            return
        try:
            aside = AsideWindow(self.desk.make_record(kind, key))
        except Problem as problem:
            self.desk.problem(problem)
            return
        aside.closed.connect(self._aside_closed)
        self._asides.append(aside)
        aside.show()

    def announce(self, changes: frozenset[str], initiator: object) -> None:
        """Something was committed. May be called from any thread."""
        self._announced.emit(changes, initiator)

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self._may_stop_jobs() or (self.desk is not None and self.desk.shown and not self._screen_may_close()):
            event.ignore()
            return
        self._settings.setValue("window/place", self.saveGeometry())
        self._runner.close()
        self._close_desk()
        super().closeEvent(event)

    def _hear(self, changes: frozenset[str], initiator: object) -> None:
        if self.desk is not None:
            self.desk.hear(changes, initiator)
        for aside in self._asides:
            aside.hear(changes, initiator)

    def _entitle(self, word: str) -> None:
        self.setWindowTitle(f"{word} – {PROGRAM}" if word else PROGRAM)

    def _aside_closed(self, aside: object) -> None:
        if isinstance(aside, AsideWindow) and aside in self._asides:
            self._asides.remove(aside)
            aside.deleteLater()

    def _someone_else(self) -> None:
        self._close_desk()
        self.signed_out.emit()

    def _close_desk(self) -> None:
        for aside in tuple(self._asides):
            aside.discard()
        if self.desk is not None:
            desk, self.desk = self.desk, None
            desk.close_all()
            self._pages.removeWidget(desk)
            desk.deleteLater()

    def _may_stop_jobs(self) -> bool:
        if not self._runner.running:
            return True
        from app.ui.parts.confirm import confirm

        what = self._runner.running[0].words
        return confirm(
            self,
            "Stop and close?",
            f"“{what}” is still running. It will be cancelled and nothing of it will be kept.",
            "&Stop and close",
            danger=True,
        )

    def _screen_may_close(self) -> bool:
        return self.desk is None or self.desk.may_close()

    def _restore_size(self) -> None:
        self.resize(1280, 800)
        kept = self._settings.value("window/place")
        if isinstance(kept, QByteArray):
            self.restoreGeometry(kept)

"""Opening the desk: the window on a school's folder, or on the sample school.

The first page must be there at once, so what only the pages behind it need is read once it is painted.
"""

from __future__ import annotations

import contextlib
import sys
import tempfile
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSettings, QTimer
from PySide6.QtWidgets import QApplication, QFileDialog

from app.domain.problems import NotSignedIn, Problem
from app.domain.roles import Role
from app.jobs.runner import Runner
from app.services.places import school_folder
from app.store.home import has_school
from app.ui.shell.area import SignedIn
from app.ui.shell.window import MainWindow
from app.ui.theme.choice import Look

if TYPE_CHECKING:
    from app.services.office import Office
    from app.ui.screens.imports.watch import FolderWatch
    from app.ui.screens.review.second_reading import SecondReading
    from app.ui.shell.setup import NewSchool

BEHIND = (
    "app.domain.checks.engine",
    "app.store.database",
    "app.services.accounts",
    "app.store.migrate",
    "app.ui.areas",
)
"""What the pages behind the first one stand on, in pieces that are read while nobody notices."""

AFTER_PAINT = 150
"""Milliseconds after which the first page has been painted."""


def application() -> QApplication:
    """The one application of this process, dressed."""
    made = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(made, QApplication)
    made.setApplicationName("Schoolgate")
    made.setOrganizationName("Schoolgate")
    return made


def open_desk(home: str | None, opened: Callable[[MainWindow], object] | None = None) -> int:
    """Open the desk on a school's folder; the set-up assistant where there is no school yet.

    `opened` is told of the window as soon as it is there.
    """
    app = application()
    settings = QSettings()
    Look.kept(settings).put_on(app)
    session = Session(settings, school_folder(home))
    session.begin()
    if opened is not None:
        opened(session.window)
    QTimer.singleShot(AFTER_PAINT, session.window, lambda: _read_behind(session.window, iter(BEHIND)))
    code = int(app.exec())
    session.close()
    return code


def _read_behind(window: MainWindow, names: Iterator[str]) -> None:
    """Read one piece, let the window breathe, and go on with the next."""
    name = next(names, None)
    if name is not None:
        import_module(name)
        QTimer.singleShot(20, window, lambda: _read_behind(window, names))


def open_demo(role: str) -> int:
    """Open the desk on the sample school in a throw-away folder, signed in."""
    from app.sample.journey import prepare

    app = application()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as scratch:
        habits = QSettings(str(Path(scratch) / "habits.ini"), QSettings.Format.IniFormat)
        Look.kept(habits).put_on(app)
        print("Preparing the sample school: a quarter of a minute …", file=sys.stderr, flush=True)
        made = prepare(Path(scratch) / "school", Path(scratch) / "files", lambda line: print(line, file=sys.stderr))
        made.clock.run()
        session = Session(habits, made.home)
        session.enter(made.enter(Role(role)))
        code = int(app.exec())
        session.close()
    return code


class Session:
    """One window, from sign-in to sign-out."""

    def __init__(self, settings: QSettings, home: Path) -> None:
        self.home = home
        self.runner = Runner()
        self.window = MainWindow(settings, self.runner)
        self.office: Office | None = None
        self._watch: FolderWatch | None = None
        self._second: SecondReading | None = None
        self.window.sign_in.submitted.connect(self._sign_in)
        self.window.signed_out.connect(self._signed_out)
        self._new: NewSchool | None = None

    def begin(self) -> None:
        """Show the sign-in page, or the set-up assistant on the first run."""
        if has_school(self.home):
            self.window.show_sign_in("")
        else:
            self._listen_to_set_up()
            self.window.show_set_up()
        self.window.show()

    def enter(self, office: Office) -> None:
        """Show the desk of a person who is signed in."""
        from app.services.school import School
        from app.ui.areas import areas, records, search
        from app.ui.screens.imports.watch import FolderWatch
        from app.ui.screens.review.second_reading import SecondReading

        self.close()
        self.office = office
        office.listen(self.window.announce)
        watch = FolderWatch(office, self.runner, self.window.announce, self.window)
        office.listen(watch.hear)
        self._watch = watch
        second = SecondReading(office, self.runner, self.window.announce, self.window)
        office.listen(second.hear)
        self._second = second
        name = office.ask(School()).name
        self.window.show_desk(
            SignedIn(office.actor.name, office.actor.role),
            user=office.actor.login,
            areas=areas(office, watch, second),
            records=records(office),
            school=name,
            search=search(office),
        )
        self.window.show()
        watch.start()
        second.start()

    def close(self) -> None:
        """Sign out: let go of the school's files."""
        if self._watch is not None:
            self._watch.stop()
            self._watch.deleteLater()
            self._watch = None
        if self._second is not None:
            self._second.stop()
            self._second.deleteLater()
            self._second = None
        if self.office is not None:
            self.office.close()
            self.office = None

    def _sign_in(self, user: str, password: str) -> None:
        try:
            if self.window.is_locked and self.office is not None:
                self._unlock(user, password)
                return
            from app.services.accounts import sign_in

            self.enter(sign_in(self.home, user, password))
        except Problem as problem:
            self.window.sign_in.problem(problem.sentence)

    def _unlock(self, user: str, password: str) -> None:
        from app.services.accounts import record_refused_sign_in, sign_in

        assert self.office is not None
        try:
            sign_in(self.home, user, password, self.office.clock).close()
        except NotSignedIn:
            with contextlib.suppress(Problem):
                record_refused_sign_in(self.office)
            raise
        self.window.unlock()

    def _listen_to_set_up(self) -> None:
        """Only on the first run: the pages are not made before they are needed."""
        page = self.window.set_up
        page.submitted.connect(self._found)
        page.finished.connect(self._founded)
        page.key.save_wanted.connect(self._save_key)
        page.key.print_wanted.connect(self._print_key)

    def _found(self, new: NewSchool) -> None:
        from app.services.accounts import found_school

        try:
            recovery = found_school(self.home, name=new.school, login=new.user, person=new.name, password=new.password)
        except Problem as problem:
            self.window.set_up.problem(problem.sentence)
            return
        self._new = new
        self.window.set_up.show_key(recovery)

    def _save_key(self, key: str) -> None:
        place, _ = QFileDialog.getSaveFileName(self.window, "Save the recovery key", "recovery-key.txt", "Text (*.txt)")
        if place:
            self.window.set_up.key.tell(save_key(Path(place), key))

    def _print_key(self, key: str) -> None:
        from app.ui.key_paper import print_key

        if print_key(self.window, key):
            self.window.set_up.key.tell("Sent to the printer. Put the page in the school safe.")

    def _signed_out(self) -> None:
        """Somebody else wants to sign in."""
        from app.services.school import School

        name = self.office.ask(School()).name if self.office is not None else ""
        self.close()
        self.window.show_sign_in(name)

    def _founded(self) -> None:
        from app.services.accounts import sign_in

        assert self._new is not None
        self.enter(sign_in(self.home, self._new.user, self._new.password))
        self._new = None


def save_key(place: Path, key: str) -> str:
    """Write the recovery key into a file; how that went, in a sentence or two."""
    words = f"Schoolgate recovery key\n\n{key}\n\nIt opens the school's records. Keep it in the school safe.\n"
    try:
        place.write_text(words, encoding="utf-8")
    except OSError:
        return "The file could not be written there. Choose another place."
    return "Saved. Move the file to a memory stick, put that in the school safe, and delete the file here."

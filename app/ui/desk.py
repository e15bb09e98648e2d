"""Opening the desk: the window on a school's folder, or on the sample school."""

from __future__ import annotations

import contextlib
import sys
import tempfile
from pathlib import Path

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication

from app.domain.problems import NotSignedIn, Problem
from app.domain.roles import Role
from app.jobs.runner import Runner
from app.services.accounts import found_school, record_refused_sign_in, sign_in
from app.services.office import Office
from app.services.places import school_folder
from app.services.school import School
from app.store.vault import has_school
from app.ui.areas import areas, records, search
from app.ui.shell.area import SignedIn
from app.ui.shell.setup import NewSchool
from app.ui.shell.window import MainWindow
from app.ui.theme.apply import Scheme, apply_theme


def application() -> QApplication:
    """The one application of this process, dressed."""
    made = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(made, QApplication)
    made.setApplicationName("Schoolgate")
    made.setOrganizationName("Schoolgate")
    return made


def open_desk(home: str | None) -> int:
    """Open the desk on a school's folder; the set-up assistant where there is no school yet."""
    app = application()
    settings = QSettings()
    apply_theme(app, _scheme(settings), float(str(settings.value("look/scale", 1.0))))
    session = Session(settings, school_folder(home))
    session.begin()
    return int(app.exec())


def open_demo(role: str) -> int:
    """Open the desk on the sample school in a throw-away folder, signed in."""
    from app.sample.journey import prepare

    app = application()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as scratch:
        habits = QSettings(str(Path(scratch) / "habits.ini"), QSettings.Format.IniFormat)
        apply_theme(app, "system", 1.0)
        print("Preparing the sample school: a quarter of a minute …", file=sys.stderr, flush=True)
        made = prepare(Path(scratch) / "school", Path(scratch) / "files", lambda line: print(line, file=sys.stderr))
        made.clock.run()
        session = Session(habits, made.home)
        session.enter(made.enter(Role(role)))
        code = int(app.exec())
        session.close()
    return code


def _scheme(settings: QSettings) -> Scheme:
    chosen = str(settings.value("look/scheme", "system"))
    return "light" if chosen == "light" else "dark" if chosen == "dark" else "system"


class Session:
    """One window, from sign-in to sign-out."""

    def __init__(self, settings: QSettings, home: Path) -> None:
        self.home = home
        self.runner = Runner()
        self.window = MainWindow(settings, self.runner)
        self.office: Office | None = None
        self.window.sign_in.submitted.connect(self._sign_in)
        self.window.set_up.submitted.connect(self._found)
        self.window.set_up.finished.connect(self._founded)
        self.window.signed_out.connect(self.close)
        self._new: NewSchool | None = None

    def begin(self) -> None:
        """Show the sign-in page, or the set-up assistant on the first run."""
        if has_school(self.home):
            self.window.show_sign_in("")
        else:
            self.window.show_set_up()
        self.window.show()

    def enter(self, office: Office) -> None:
        """Show the desk of a person who is signed in."""
        self.close()
        self.office = office
        office.listen(self.window.announce)
        name = office.ask(School()).name
        self.window.show_desk(
            SignedIn(office.actor.name, office.actor.role),
            user=office.actor.login,
            areas=areas(office),
            records=records(office),
            school=name,
            search=search(office),
        )
        self.window.show()

    def close(self) -> None:
        """Sign out: let go of the school's files."""
        if self.office is not None:
            self.office.close()
            self.office = None

    def _sign_in(self, user: str, password: str) -> None:
        try:
            if self.window.is_locked and self.office is not None:
                self._unlock(user, password)
                return
            self.enter(sign_in(self.home, user, password))
        except Problem as problem:
            self.window.sign_in.problem(problem.sentence)

    def _unlock(self, user: str, password: str) -> None:
        assert self.office is not None
        try:
            sign_in(self.home, user, password, self.office.clock).close()
        except NotSignedIn:
            with contextlib.suppress(Problem):
                record_refused_sign_in(self.office)
            raise
        self.window.unlock()

    def _found(self, new: NewSchool) -> None:
        try:
            recovery = found_school(self.home, name=new.school, login=new.user, person=new.name, password=new.password)
        except Problem as problem:
            self.window.set_up.problem(problem.sentence)
            return
        self._new = new
        self.window.set_up.show_key(recovery)

    def _founded(self) -> None:
        assert self._new is not None
        self.enter(sign_in(self.home, self._new.user, self._new.password))
        self._new = None

"""Every screen of the desk on the sample school, a picture each: for whoever wants to see it, and for tests."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QSettings
from PySide6.QtWidgets import QApplication, QWidget

from app.domain.problems import Problem
from app.domain.review import Verdict
from app.domain.roles import Role
from app.jobs.runner import Runner
from app.sample.journey import SampleHome, prepare
from app.sample.next_list import write_next_list
from app.services.accounts import found_school, sign_in
from app.services.cases import Cases
from app.services.office import Office
from app.services.pupils import Pupils
from app.services.school import School
from app.ui.areas import areas, records, search
from app.ui.desk import application
from app.ui.screens.cases.screen import CasesScreen
from app.ui.screens.imports.screen import ImportScreen
from app.ui.screens.permissions.screen import PermissionsScreen
from app.ui.screens.referrals.safeguarding import SafeguardingScreen
from app.ui.screens.review.screen import ReviewScreen
from app.ui.shell.area import SignedIn
from app.ui.shell.desk import Desk
from app.ui.shell.window import MainWindow
from app.ui.theme.apply import Scheme, apply_theme
from app.ui.tour_cases import case_pictures
from app.ui.tour_codes import code_pictures
from app.ui.tour_leaders import leader_pictures
from app.ui.tour_people import office_people_pictures, people_pictures
from app.ui.tour_register import register_pictures
from app.ui.tour_requests import office_request_pictures, request_pictures
from app.ui.tour_retention import retention_pictures
from app.ui.tour_review import review_states
from app.ui.tour_slips import slips_pictures
from app.ui.tour_words import words_pictures

PATIENCE = 30.0
"""How long a screen may take to settle, in seconds."""


def tour(out: str, schemes: Sequence[str], size: tuple[int, int], scale: float) -> list[str]:
    """Paint every screen in every scheme into `out`; the files made. Raises `Problem` where `out` cannot be used."""
    folder = Path(out)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise Problem(f"{folder} cannot be used for pictures. Choose another folder with --out.") from fault
    app = application()
    made: list[str] = []
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as scratch:
        place = Path(scratch)
        sample = prepare(place / "school", place / "files", lambda line: None)
        for scheme in schemes:
            chosen: Scheme = "dark" if scheme == "dark" else "light"
            apply_theme(app, chosen, scale)
            made += _Tour(app, sample, place, folder, chosen, size).walk()
    return made


@dataclass(slots=True)
class _Tour:
    """One walk through the program in one scheme."""

    app: QApplication
    sample: SampleHome
    scratch: Path
    folder: Path
    scheme: str
    size: tuple[int, int]
    number: int = 0

    def walk(self) -> list[str]:
        """Every screen, in the order a person meets them."""
        return [*self._entry(), *self._empty(), *self._head(), *self._office(), *self._lead()]

    def _entry(self) -> Iterator[str]:
        with self._window() as window:
            window.show_set_up()
            yield self._picture(window, "set-up")
            window.set_up.show_key("K7QM-2VXD-9HTR-PWN4-BY6C-FJ3S-ZE8A-GU5K")
            yield self._picture(window, "recovery-key")
            window.show_sign_in("Larkfield Primary School")
            window.sign_in.problem("The user name or the password is wrong. Nothing was opened.")
            yield self._picture(window, "sign-in")

    def _empty(self) -> Iterator[str]:
        home = self.scratch / f"empty-{self.scheme}"
        words = "three green words"
        found_school(home, name="Larkfield Primary School", login="head", person="Helen Whitcombe", password=words)
        office = sign_in(home, "head", words, self.sample.clock)
        try:
            with self._desk(office) as (window, desk):
                for area in desk.areas:
                    desk.open_area(area)
                    yield self._picture(window, f"empty-{area}")
        finally:
            office.close()

    def _head(self) -> Iterator[str]:
        office = self.sample.enter(Role.HEADTEACHER)
        try:
            with self._desk(office) as (window, desk):
                for area in desk.areas:
                    desk.open_area(area)
                    yield self._picture(window, f"head-{area}")
                yield from self._review(window, desk)
                yield from self._case(window, desk, office)
                yield from case_pictures(office, desk, window, self._picture)
                yield from self._pupil(window, desk, office)
                yield from people_pictures(office, desk, window, self._picture)
                yield from code_pictures(office, desk, window, self._picture)
                yield from leader_pictures(office, desk, window, self._picture)
                yield from words_pictures(desk, window, self._picture)
                yield from slips_pictures(office, desk, window, self._picture)
                yield from retention_pictures(office, desk, window, self._picture)
                yield from request_pictures(office, desk, window, self._picture)
                desk.topbar.search.setFocus()
                window.lock()
                yield self._picture(window, "locked")
        finally:
            office.close()

    def _review(self, window: MainWindow, desk: Desk) -> Iterator[str]:
        desk.open_area("review")
        screen = desk.shown
        assert isinstance(screen, ReviewScreen)
        screen.desk.judge(Verdict.UPHELD)
        yield self._picture(window, "head-review-verdict")
        long = max(screen.presenter.lines, key=lambda line: (len(line.checks), len(line.opening)))
        screen.open_item(long.item_id)
        yield self._picture(window, "head-review-several")
        for name in review_states(desk, screen.presenter.office, self.sample):
            yield self._picture(window, name)

    def _case(self, window: MainWindow, desk: Desk, office: Office) -> Iterator[str]:
        lines = office.ask(Cases())
        desk.open_area("cases")
        screen = desk.shown
        assert isinstance(screen, CasesScreen)
        for line, name in ((lines[0], "head-case-waiting"), (lines[-1], "head-case-decided")):
            screen.table.choose(line.id)
            screen.open_case(line.id)
            yield self._picture(window, name)

    def _pupil(self, window: MainWindow, desk: Desk, office: Office) -> Iterator[str]:
        lines = office.ask(Pupils())
        chosen = {
            "pupil": next((line for line in lines if line.linked > 1), lines[0]),
            "pupil-barred": next((line for line in lines if line.picture_bar), lines[-1]),
        }
        desk.open_area("pupils")
        for name, line in chosen.items():
            desk.open_record("pupil", line.id)
            yield self._picture(window, f"head-{name}")

    def _office(self) -> Iterator[str]:
        office = self.sample.enter(Role.OFFICE)
        try:
            with self._desk(office) as (window, desk):
                for area in desk.areas:
                    desk.open_area(area)
                    yield self._picture(window, f"office-{area}")
                desk.open_area("permissions")
                board = desk.shown
                assert isinstance(board, PermissionsScreen)
                board.enter_forms()
                yield self._picture(window, "office-permission-forms")
                yield from self._bringing_in(window, desk)
                yield from register_pictures(office, desk, window, self._picture)
                yield from office_people_pictures(desk, window, self._picture)
                yield from office_request_pictures(desk, window, self._picture)
        finally:
            office.close()

    def _bringing_in(self, window: MainWindow, desk: Desk) -> Iterator[str]:
        desk.open_area("imports")
        screen = desk.shown
        assert isinstance(screen, ImportScreen)
        following = self.scratch / "files" / "next_list.csv"
        write_next_list(self.scratch / "files" / "class_list.csv", following)
        screen.read([following])
        yield self._picture(window, "office-imports-columns")
        screen.columns.keep.setChecked(False)
        screen.columns.next_button.click()
        self._settle(window)
        for outcome in ("To settle", "Moves class", "Rejected", "May have left", "Changed", "New"):
            at = next((place for place, line in enumerate(screen.table.rows) if line.outcome == outcome), None)
            if at is not None:
                screen.plan.open_line(at)
                yield self._picture(window, f"office-imports-plan-{outcome.lower().replace(' ', '-')}")

    def _lead(self) -> Iterator[str]:
        office = self.sample.enter(Role.SAFEGUARDING)
        try:
            with self._desk(office) as (window, desk):
                yield self._picture(window, "lead-today")
                desk.open_area("safeguarding")
                screen = desk.shown
                assert isinstance(screen, SafeguardingScreen)
                screen.table.choose_place(len(screen.table.rows) - 1)
                screen.split.show_detail()
                yield self._picture(window, "lead-safeguarding")
                screen.read()
                yield self._picture(window, "lead-safeguarding-read")
        finally:
            office.close()

    @contextmanager
    def _window(self) -> Iterator[MainWindow]:
        runner = Runner()
        habits = QSettings(str(self.scratch / f"habits-{self.number}.ini"), QSettings.Format.IniFormat)
        window = MainWindow(habits, runner)
        window.resize(*self.size)
        window.show()
        try:
            yield window
        finally:
            window.close()
            window.deleteLater()
            self._settle(window)

    @contextmanager
    def _desk(self, office: Office) -> Iterator[tuple[MainWindow, Desk]]:
        with self._window() as window:
            desk = window.show_desk(
                SignedIn(office.actor.name, office.actor.role),
                user=office.actor.login,
                areas=areas(office),
                records=records(office),
                school=office.ask(School()).name,
                search=search(office),
            )
            yield window, desk

    def _picture(self, window: QWidget, name: str) -> str:
        self._settle(window)
        self.number += 1
        place = self.folder / f"{self.number:02}-{name}-{self.scheme}.png"
        if not window.grab().save(str(place)):
            raise Problem(f"{place} cannot be written. Choose another folder with --out.")
        return str(place)

    def _settle(self, window: QWidget) -> None:
        """Let everything that was asked for happen: layouts, jobs, their outcome."""
        until = time.monotonic() + PATIENCE
        quiet = 0
        while quiet < 3 and time.monotonic() < until:
            self.app.processEvents()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
            busy = isinstance(window, MainWindow) and window.busy
            quiet = 0 if busy else quiet + 1
            if busy:
                time.sleep(0.01)

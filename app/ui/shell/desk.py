"""The desk of a person who is signed in: side bar, top bar, the screens, notices and help."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TypeVar

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut

from app.domain.problems import Problem
from app.domain.ticket import Ticket
from app.jobs.runner import Progress, Runner, Running
from app.ui.parts.split import Remembered
from app.ui.shell.area import Area, Hit, RecordFactory, Screen, Search, SignedIn
from app.ui.shell.frame import Frame
from app.ui.shell.navigation import Place, Trail

R = TypeVar("R")
_REPORT = "report-message"


class Desk(Frame):
    """What screens see as their `Shell`. Screens are made when first opened and kept while they can be gone back to."""

    lock_wanted = Signal()
    title_changed = Signal(str)
    """The word of the screen in sight, for the window's title."""
    renew_wanted = Signal(str)
    """Everything wants to be made anew, beginning at this area."""
    aside_wanted = Signal(str, object)
    """A record wants a window of its own: kind and key."""

    def __init__(
        self,
        person: SignedIn,
        areas: Sequence[Area],
        records: Mapping[str, RecordFactory],
        settings: Remembered,
        runner: Runner,
        *,
        school: str = "",
        search: Search | None = None,
    ) -> None:
        super().__init__()
        self._settings, self._runner, self._records = settings, runner, dict(records)
        self._areas = {area.id: area for area in areas if person.role in area.roles}
        self._trail = Trail()
        self._choosing = False
        self._screens: dict[Place, Screen] = {}
        self.sidebar.set_school(school)
        self.sidebar.set_areas(list(self._areas.values()))
        self.topbar.show_person(person)
        self.topbar.search.set_search(search)
        self._connect()
        self._bind_keys()
        self.recount()

    @property
    def settings(self) -> Remembered:
        """Where small habits are kept."""
        return self._settings

    @property
    def areas(self) -> list[str]:
        """The ids of the areas this person has, from the top."""
        return list(self._areas)

    @property
    def shown(self) -> Screen | None:
        """The screen in sight."""
        here = self._trail.here
        return self._screens.get(here) if here is not None else None

    def open_area(self, area: str, lens: str = "") -> None:
        """Go to an area, or to a part of it. LookupError for one this person does not have."""
        if area not in self._areas:
            raise LookupError(area)
        here = self._trail.here
        starts_over = here is not None and here.area == area and here.is_record
        if starts_over and not self._may_leave():
            return
        if not self._show(self._trail.go_to_area(area)) and here is not None:
            self._show(self._trail.go_to_area(here.area))
        elif lens and self.shown is not None:
            self._told(partial(self.shown.look_through, lens))

    def open_record(self, kind: str, key: object, *, aside: bool = False) -> None:
        """Show a record, in place or in a window of its own. LookupError for an unknown kind."""
        if kind not in self._records:
            raise LookupError(kind)
        if aside:
            self.aside_wanted.emit(kind, key)
        else:
            if self._trail.here is None:
                self._trail.go_to_area(next(iter(self._areas)))
            if not self._show(self._trail.open_record(kind, key)):
                self._trail.back()

    def make_record(self, kind: str, key: object) -> Screen:
        """A record's screen for a window of its own."""
        return self._records[kind](self, key)

    def report_message(self) -> None:
        """Ctrl+R: record an inappropriate message, from wherever one is (T2)."""
        if _REPORT in self._records:
            self.open_record(_REPORT, "new")

    def back(self) -> bool:
        """One step back. False where there is nothing to go back to."""
        if not self._trail.can_go_back or not self._may_leave():
            return False
        place = self._trail.back()
        assert place is not None
        self._show(place)
        return True

    def done(self, sentence: str, undo: Callable[[], object] | None = None) -> None:
        """A quiet notice at the foot."""
        self.notices.done(sentence, undo)

    def problem(self, problem: Problem | str) -> None:
        """A banner above the screen."""
        self._banner.problem(problem)

    def run(
        self,
        job: Callable[[Ticket], R],
        on_done: Callable[[R], object],
        on_problem: Callable[[Problem], object] | None = None,
        on_progress: Callable[[Progress], object] | None = None,
        *,
        words: str = "Working",
        alongside: bool = False,
        on_cancelled: Callable[[], object] | None = None,
    ) -> Running:
        """Run something long; the top bar shows it."""
        return self._runner.start(
            job,
            on_done,
            on_problem or self.problem,
            on_progress,
            words=words,
            alongside=alongside,
            on_cancelled=on_cancelled,
        )

    def recount(self) -> None:
        """Ask every area how much waits in it."""
        for area in self._areas.values():
            if area.waiting is not None:
                self.sidebar.set_waiting(area.id, area.waiting())

    def renew(self) -> None:
        """Ask for a desk of the measures of now, unless something unfinished would be lost."""
        here = self._trail.here
        if all(screen.may_close() for screen in tuple(self._screens.values())):
            self.renew_wanted.emit(here.area if here is not None else "")

    def hear(self, changes: frozenset[str], initiator: object) -> None:
        """Something was committed: tell every screen. In the window's thread only."""
        for screen in tuple(self._screens.values()):
            self._told(partial(screen.on_changes, changes, initiator))
        self._told(self.recount)

    def refresh(self) -> None:
        """F5."""
        if self.shown is not None:
            self._told(self.shown.refresh)
        self._told(self.recount)

    def close_all(self) -> None:
        """Let go of every screen."""
        for screen in self._screens.values():
            self._stack.removeWidget(screen.widget())
            screen.widget().deleteLater()
        self._screens.clear()

    def _connect(self) -> None:
        self.help.closed.connect(self._help_closed)
        self.sidebar.chosen.connect(self._area_clicked)
        self.topbar.back_wanted.connect(self._escape)
        self.topbar.help_wanted.connect(self._toggle_help)
        self.topbar.lock_wanted.connect(self.lock_wanted)
        self.topbar.report_wanted.connect(self.report_message)
        self.topbar.report.setVisible(_REPORT in self._records)
        self.topbar.search.opened.connect(self._open_hit)
        self._runner.changed.connect(self._show_jobs)
        self._runner.progressed.connect(self._show_progress)

    def _bind_keys(self) -> None:
        for keys, do in (
            ("Ctrl+K", self.go_search),
            ("F1", self._toggle_help),
            ("F5", self.refresh),
            ("Ctrl+F", self._go_filter),
            ("Ctrl+Z", self._undo),
            ("Ctrl+P", self._print),
            ("Ctrl+L", self.lock_wanted.emit),
            ("Ctrl+R", self.report_message),
            ("Esc", self._escape),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.activated.connect(do)
        for at, area in enumerate(list(self._areas)[:9], start=1):
            shortcut = QShortcut(QKeySequence(f"Ctrl+{at}"), self)
            shortcut.setProperty("area", area)
            shortcut.activated.connect(self._area_key)

    def _show(self, place: Place) -> bool:
        """Bring a place into sight. False where it cannot be opened: the banner says why and nothing moves."""
        screen = self._screens.get(place) or self._make(place)
        if screen is None:
            return False
        self._let_go()
        self._banner.hide()
        self._stack.setCurrentWidget(screen.widget())
        self.sidebar.show_here(place.area)
        self.topbar.show_way_back(self._trail.can_go_back)
        self.title_changed.emit(screen.title)
        screen.seen(self._told)
        if self.help.isVisible():
            self.help.show_topic(self._topic())
        if not self._choosing:
            screen.take_focus()
        return True

    def _make(self, place: Place) -> Screen | None:
        made: list[Screen] = []
        if place.is_record:
            self._told(lambda: made.append(self._records[place.kind](self, place.key)))
        else:
            self._told(lambda: made.append(self._areas[place.area].factory(self)))
        if not made:
            return None
        self._screens[place] = made[0]
        self._stack.addWidget(made[0].widget())
        self._order_tabs()
        return made[0]

    def _told(self, do: Callable[[], object]) -> None:
        """Do it; what stands against it is said in the banner rather than raised."""
        try:
            do()
        except Problem as problem:
            self.problem(problem)

    def _let_go(self) -> None:
        """Records nobody can go back to are let go of; areas are kept."""
        reachable = self._trail.places()
        for place in [p for p in self._screens if p.is_record and p not in reachable]:
            gone = self._screens.pop(place)
            self._stack.removeWidget(gone.widget())
            gone.widget().deleteLater()

    def may_close(self) -> bool:
        """Every screen agrees to be closed, those out of sight too: what was entered there would be lost as well."""
        return all(screen.may_close() for screen in tuple(self._screens.values()))

    def _may_leave(self) -> bool:
        return self.shown is None or self.shown.may_close()

    def _topic(self) -> str:
        here, screen = self._trail.here, self.shown
        return (screen.help_topic if screen is not None else "") or (here.area if here is not None else "")

    def _area_clicked(self, area: str) -> None:
        self._choosing = True  # the arrow keys may want to go on to the next area
        self.open_area(area)
        self._choosing = False
        here = self._trail.here
        if here is not None:
            self.sidebar.show_here(here.area)

    def _area_key(self) -> None:
        self.open_area(str(self.sender().property("area")))

    def _escape(self) -> None:
        if self.help_has_focus():
            self.help.close_panel()
        elif self.shown is None or not self.shown.leave():
            self.back()

    def _toggle_help(self) -> None:
        if self.help.isVisible():
            self.help.close_panel()
        else:
            self.open_help(self._topic())

    def _help_closed(self) -> None:
        self._settle_help()
        if self.shown is not None:
            self.shown.take_focus()

    def _go_filter(self) -> None:
        if self.shown is not None:
            self.shown.focus_filter()

    def _undo(self) -> None:
        if not self.notices.undo() and self.shown is not None:
            self._told(self.shown.undo)

    def _print(self) -> None:
        if self.shown is not None:
            self.shown.print_()

    def _open_hit(self, hit: Hit, aside: bool) -> None:
        self.open_record(hit.kind, hit.key, aside=aside)

    def _show_jobs(self) -> None:
        self.topbar.jobs.show_running(self._runner.running)

    def _show_progress(self, news: tuple[Running, Progress]) -> None:
        self.topbar.jobs.tell(*news)

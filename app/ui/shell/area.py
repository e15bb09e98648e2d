"""How a screen plugs into the frame.

class PupilsScreen(Screen):
    def __init__(self, shell: Shell, office: Office) -> None:
        super().__init__(shell, "Pupils")
        self.presenter = PupilsPresenter(office)         # no Qt in there: rows in, decisions out
        ...
        self.set_content(page(PageHeader("Pupils"), self.listing))

    def refresh(self) -> None: ...
    def on_changes(self, changes: frozenset[str], initiator: object) -> None:
        if initiator is not self and "pupils" in changes:
            self.refresh()

AREAS = [Area("pupils", "Pupils", "pupils", EVERYONE, lambda shell: PupilsScreen(shell, office))]
RECORDS = {"pupil": lambda shell, id: PupilScreen(shell, office, id)}
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.problems import Problem
from app.domain.roles import Role
from app.domain.ticket import Ticket
from app.jobs.runner import Progress, Running
from app.ui.parts.split import Remembered

R = TypeVar("R")


class Shell(Protocol):
    """What a screen may ask of the frame. A test hands in a fake."""

    @property
    def settings(self) -> Remembered:
        """Where small habits are kept (widths, filters): no personal data."""

    def open_record(self, kind: str, key: object, *, aside: bool = False) -> None:
        """Show a pupil, a case, a post, in place with a way back; `aside` in a window of its own (Ctrl+Enter)."""

    def open_area(self, area: str, lens: str = "") -> None:
        """Go to an area, as if chosen in the side bar; `lens` names the part of it to look at ("undecided")."""

    def back(self) -> bool:
        """Leave the record for what was before it. False where there is nothing before it."""

    def done(self, sentence: str, undo: Callable[[], object] | None = None) -> None:
        """A quiet notice that something is done, with Undo (Ctrl+Z) where it can be undone. No child's name."""

    def problem(self, problem: Problem | str) -> None:
        """A problem that concerns no field and no banner of the screen's own."""

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
        """Run something long; the top bar shows it. See `Runner.start`."""

    def recount(self) -> None:
        """Ask every area again how much waits in it."""

    def renew(self) -> None:
        """Make the desk anew, at the area in sight: the text size has changed, and with it every measure."""


class Screen(QWidget):
    """What fills the frame: an area or a record. Override `refresh`, and whatever else applies."""

    def __init__(self, shell: Shell, title: str, help_topic: str = "") -> None:
        """`title` is the screen's word in the window's title, so never a name. `help_topic` is a file in help/."""
        super().__init__()
        self.shell, self.title, self.help_topic = shell, title, help_topic
        self._stale = True
        self.begin_at: QWidget | None = None
        """Where the keyboard begins; the first place it can go, where none is named."""
        self._begun = False
        self._outer = QVBoxLayout(self)
        self._outer.setContentsMargins(0, 0, 0, 0)
        self._outer.setSpacing(0)
        self.setAccessibleName(title)

    def set_content(self, content: QWidget) -> None:
        """Put the screen's own widget in."""
        self._outer.addWidget(content)

    def widget(self) -> QWidget:
        """What the frame shows."""
        return self

    def take_focus(self) -> None:
        """Where the keyboard goes when the screen comes into sight: where it was, or the first place it can go."""
        places = (self.focusWidget(), self.begin_at) if self._begun else (self.begin_at, self.focusWidget())
        self._begun = True
        for place in places:
            if place is not None and place is not self and place.isVisibleTo(self) and place.isEnabled():
                place.setFocus(Qt.FocusReason.OtherFocusReason)
                return
        first = self._first_stop()
        (first or self).setFocus(Qt.FocusReason.OtherFocusReason)
        if first is None:
            QTimer.singleShot(0, self, self._try_again)

    def _first_stop(self) -> QWidget | None:
        """The first place in sight that Tab stops at."""
        piece = self.nextInFocusChain()
        while piece is not None and piece is not self:
            if self.isAncestorOf(piece) and piece.focusPolicy() & Qt.FocusPolicy.TabFocus and piece.isVisibleTo(self):
                return piece
            piece = piece.nextInFocusChain()
        return None

    def _try_again(self) -> None:
        """What was just put in is hidden until the layout has placed it."""
        first = self._first_stop()
        if first is not None and self.window().focusWidget() is self:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        """Read again and show: when the screen is first shown, on F5, and after changes it cares for."""

    def refresh_when_seen(self) -> None:
        """Refresh now where the screen is in sight, else when it next comes into sight."""
        self._stale = True
        if self.isVisible():
            self._stale = False
            self.refresh()

    def seen(self, do: Callable[[Callable[[], object]], object]) -> None:
        """The frame's word that the screen came into sight. `do` runs the refresh and tells a Problem."""
        if self._stale:
            self._stale = False
            do(self.refresh)

    def on_changes(self, changes: frozenset[str], initiator: object) -> None:
        """Something was committed. Called for screens out of sight too: answer with `refresh_when_seen`."""

    def look_through(self, lens: str) -> None:
        """Show the part of the area that somebody asked for, by the name its filter has."""

    def undo(self) -> bool:
        """Ctrl+Z, where no notice offers it: take back the last thing done here. False where there is none."""
        return False

    def focus_filter(self) -> bool:
        """Ctrl+F: go to the filter. False where there is none."""
        return False

    def leave(self) -> bool:
        """Esc: step back inside the screen (from detail to list). False lets the frame go back."""
        return False

    def may_close(self) -> bool:
        """False keeps the person here, after asking about what would be lost."""
        return True

    def print_(self) -> bool:
        """Ctrl+P. False where there is nothing to print."""
        return False


@dataclass(frozen=True, slots=True)
class Area:
    """One entry of the side bar. Made when first opened. `waiting` is how many things want a person's attention."""

    id: str
    word: str
    icon: str
    roles: frozenset[Role]
    factory: Callable[[Shell], Screen]
    waiting: Callable[[], int] | None = None
    at_foot: bool = False
    """Stands at the foot of the side bar: settings and the like."""


RecordFactory = Callable[[Shell, object], Screen]


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Who sits at the desk, as the top bar says it."""

    name: str
    role: Role


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing a search found."""

    kind: str
    key: object
    icon: str
    title: str
    detail: str = ""


Search = Callable[[str], Sequence[Hit]]

"""What the list of pupils knows and does, without Qt: its filter, and the views that are kept of it."""

from __future__ import annotations

from dataclasses import dataclass, field

from app.domain.years import YEARS, spoken_year
from app.services.leavers import Leavers
from app.services.office import Office
from app.services.pupils import Pupils
from app.services.pupils_by_hand import AddPupil
from app.services.school import School
from app.services.views import RemoveView, SavedView, SavedViews, SaveView
from app.store.reads.pupils import PupilFilter, PupilLine

FLAGS: dict[str, str] = {
    "no_permission": "May not be photographed",
    "barred": "May not be pictured",
    "undecided": "Undecided",
    "unlinked": "No linked adult",
    "left": "Leavers",
}
"""The filters above the list that are on or off."""
CLASS, YEAR, VIEW = "class:", "year:", "view:"


@dataclass(slots=True)
class PupilsPresenter:
    """The list of pupils under a filter."""

    office: Office
    filter: PupilFilter = field(default_factory=PupilFilter)
    classes: tuple[tuple[int, str, str | None], ...] = ()
    views: tuple[SavedView, ...] = ()
    leavers_to_do: int = 0

    def load(self) -> tuple[PupilLine, ...]:
        """Read the list again."""
        self.classes = self.office.ask(School()).classes
        self.views = self.office.ask(SavedViews())
        board = self.office.ask(Leavers())
        self.leavers_to_do = board.to_do
        return self.office.ask(Pupils(self.filter))

    @property
    def is_narrowed(self) -> bool:
        """Something is filtered away."""
        return self.filter != PupilFilter()

    @property
    def may_add(self) -> bool:
        """Whether this person keeps the register by hand."""
        return self.office.may(AddPupil)

    def offered(self) -> list[tuple[str, str, str]]:
        """Every filter as key, word and group: classes, year groups, one's own views, then what is on or off."""
        years = {year for _, _, year in self.classes if year in YEARS}
        return [
            *((f"{CLASS}{id_}", name, "class") for id_, name, _ in self.classes),
            *((f"{YEAR}{year}", spoken_year(year), "year") for year in YEARS if year in years),
            *((f"{VIEW}{view.id}", view.name, "view") for view in self.views),
            *((key, word, "") for key, word in FLAGS.items()),
        ]

    def keep(self, words: str, on: frozenset[str]) -> None:
        """Show only these."""
        classes = _of(on, CLASS)
        self.filter = PupilFilter(
            words=words,
            class_id=int(classes) if classes else None,
            year=_of(on, YEAR),
            no_permission="no_permission" in on,
            barred="barred" in on,
            undecided="undecided" in on,
            unlinked="unlinked" in on,
            left="left" in on,
        )

    def chosen_view(self, on: frozenset[str]) -> SavedView | None:
        """The view among the filters that are on."""
        chosen = _of(on, VIEW)
        return next((view for view in self.views if str(view.id) == chosen), None)

    def save_view(self, name: str, initiator: object = None) -> str:
        """Keep what is shown now under a name; the view's key."""
        return f"{VIEW}{self.office.perform(SaveView(name, self.filter), initiator)}"

    def remove_view(self, view: SavedView, initiator: object = None) -> None:
        """Let go of a view."""
        self.office.perform(RemoveView(view.id), initiator)


def keys_of(wanted: PupilFilter) -> frozenset[str]:
    """The filters that make up a view."""
    keys = {name for name in FLAGS if getattr(wanted, name)}
    if wanted.class_id is not None:
        keys.add(f"{CLASS}{wanted.class_id}")
    if wanted.year:
        keys.add(f"{YEAR}{wanted.year}")
    return frozenset(keys)


def _of(on: frozenset[str], group: str) -> str:
    return next((key.removeprefix(group) for key in on if key.startswith(group)), "")

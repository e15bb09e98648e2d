"""Asking where pupils go in the new school year: one place, two places in turn, a class to be made."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from app.domain.years import YEARS, spoken_year
from app.ui.parts.acting import Acting

Places = Sequence[tuple[str, str]]


class PlaceDialog(Acting):
    """Where these pupils go."""

    def __init__(self, parent: QWidget, whom: str, places: Places, chosen: str, do: Callable[[str], object]) -> None:
        super().__init__(parent, f"Where do {whom} go?", "Nothing happens before you apply the plan.", "&Set")
        self._do = do
        self.place = self.form.choice("&They go to", places, chosen)
        self.place.setFocus()

    def act(self) -> None:
        """Set it."""
        self._do(str(self.place.currentData()))


class SplitDialog(Acting):
    """Two classes that a class's pupils are dealt out to."""

    def __init__(self, parent: QWidget, name: str, places: Places, do: Callable[[Sequence[str]], object]) -> None:
        super().__init__(
            parent,
            f"Split {name}",
            "Pupils are dealt out in turn by surname. Correct single pupils afterwards. "
            "If one of the two is a new class, make it first.",
            "&Split",
        )
        self._do = do
        self.one = self.form.choice("&One half goes to", places)
        self.other = self.form.choice("The &other half goes to", places)
        self.other.setCurrentIndex(min(1, self.other.count() - 1))
        self.one.setFocus()

    def act(self) -> None:
        """Split it."""
        self._do((str(self.one.currentData()), str(self.other.currentData())))


class NewClassDialog(Acting):
    """A class that is made when the plan is applied."""

    def __init__(self, parent: QWidget, do: Callable[[str, str | None], object]) -> None:
        super().__init__(
            parent,
            "Plan a new class",
            "It is made when the plan is applied, if somebody goes to it.",
            "&Add to the plan",
        )
        self._do = do
        self.name = self.form.text("&Name", hint="As ClassDojo will call it.")
        years = [("", "Mixed"), *((year, spoken_year(year)) for year in YEARS)]
        self.year = self.form.choice("&Year group", years)
        self.name.setFocus()

    def judge(self) -> None:
        """A name."""
        if not self.name.text().strip():
            self.form.fault(self.name, "A class needs a name, such as Willow or 3H.")

    def act(self) -> None:
        """Plan it."""
        self._do(self.name.text(), str(self.year.currentData()) or None)

"""What the points slips' screen knows and does, without Qt (P11)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from app.services.office import Office
from app.services.school import School
from app.services.slips import SlipLine, SlipLines, Slips

NONE_YET = "none"


@dataclass(slots=True)
class SlipsPresenter:
    """Every pupil on roll, with or without points in the chosen days."""

    office: Office
    first: date = date.min
    last: date = date.min
    lines: tuple[SlipLine, ...] = ()
    classes: tuple[tuple[int, str], ...] = ()

    def load(self) -> None:
        """Read again; the days are the school year so far until others are chosen."""
        facts = self.office.ask(School())
        if self.last == date.min:
            today = facts.today
            self.first, self.last = date(today.year - (today.month < 9), 9, 1), today
        self.classes = tuple((id_, name) for id_, name, _ in facts.classes)
        self.lines = self.office.ask(SlipLines(self.first, self.last))

    def shown(self, on: frozenset[str], words: str) -> list[SlipLine]:
        """Those that the filters keep."""
        chosen = next((int(key.partition(":")[2]) for key in on if key.startswith("class:")), None)
        return [
            line
            for line in self.lines
            if (chosen is None or line.class_id == chosen)
            and (NONE_YET not in on or not line.has_points)
            and all(word in line.name.casefold() for word in words.casefold().split())
        ]

    @property
    def without(self) -> int:
        """How many were given no point in these days."""
        return sum(not line.has_points for line in self.lines)

    def save(self, lines: Sequence[SlipLine], place: Path) -> Slips:
        """The slips as a PDF; that they were made is noted."""
        from reports.slips import save  # the letters of a page cost time, so only now

        return save(self.office, [line.pupil_id for line in lines], self.first, self.last, place)

    def pages(self, lines: Sequence[SlipLine]) -> tuple[Slips, bytes]:
        """The slips to be printed; that they were made is noted."""
        from reports.slips import pages

        return pages(self.office, [line.pupil_id for line in lines], self.first, self.last)


def made_words(made: Slips) -> str:
    """What was made, and for whom there is nothing to say."""
    slips = "1 slip" if len(made.slips) == 1 else f"{len(made.slips)} slips"
    if not made.without:
        return f"{slips}."
    return f"{slips}. {made.without} of the pupils {'was' if made.without == 1 else 'were'} given no point then."

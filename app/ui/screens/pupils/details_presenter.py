"""What entering and changing a pupil's details knows and does, without Qt."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from app.domain.pupil_details import Judged, PupilDetails
from app.domain.years import YEARS, spoken_year
from app.intake.dates import HOW_TO, read_date
from app.services.office import Office
from app.services.pupils_by_hand import AddPupil, ChangePupil, JudgePupil, PupilAsEntered
from app.services.school import School


@dataclass(slots=True)
class DetailsPresenter:
    """One pupil's details, new or known."""

    office: Office
    details: PupilDetails
    pupil_id: int | None = None
    version: int = 0
    _class_names: tuple[tuple[int, str, str | None], ...] = ()
    _today: date = date.min
    _warned_of: frozenset[int] = field(default_factory=frozenset)

    @classmethod
    def of_new(cls, office: Office, class_id: int | None = None) -> DetailsPresenter:
        """For a pupil who is not in the register yet; the class that was looked at is offered."""
        made = cls(office, PupilDetails("", ""))
        made._read()
        chosen = next((each for each in made._class_names if each[0] == class_id), None)
        if chosen is not None:
            year = chosen[2] if chosen[2] in YEARS else None
            made.details = PupilDetails("", "", class_id=chosen[0], year_group=year or "")
        return made

    @classmethod
    def of_pupil(cls, office: Office, pupil_id: int) -> DetailsPresenter:
        """For a pupil of the register. Raises `Problem` where there is no such pupil."""
        entered = office.ask(PupilAsEntered(pupil_id))
        made = cls(office, entered.details, pupil_id, entered.version)
        made._read()
        return made

    def _read(self) -> None:
        facts = self.office.ask(School())
        self._class_names, self._today = facts.classes, facts.today

    @property
    def is_new(self) -> bool:
        """The pupil is not in the register yet."""
        return self.pupil_id is None

    def classes(self) -> list[tuple[int, str]]:
        """The classes to choose from; 0 is none."""
        return [(0, "No class"), *((id_, name) for id_, name, _ in self._class_names)]

    def years(self) -> list[tuple[str, str]]:
        """The year groups to choose from, and what stands already where it is none of ours."""
        own = self.details.year_group
        extra = [(own, own)] if own and own not in YEARS else []
        return [("", "Not recorded"), *((year, spoken_year(year)) for year in YEARS), *extra]

    def day(self, text: str) -> tuple[date | None, str]:
        """A typed day, and what is wrong with it; nothing typed is no day and no fault."""
        if not text.strip():
            return None, ""
        reading = read_date(text, self._today)
        if reading.date is None:
            return None, f"“{text.strip()}” {reading.problem}. {HOW_TO}"
        return reading.date, ""

    @staticmethod
    def day_text(day: date | None) -> str:
        """A day as it is typed."""
        return f"{day.day}/{day.month}/{day.year}" if day is not None else ""

    def judged(self, said: PupilDetails) -> Judged:
        """What can be said of what stands in the fields."""
        return self.office.ask(JudgePupil(said, self.pupil_id))

    def warned(self, judged: Judged) -> bool:
        """Whether the person has been told of every one of these likely records; they count as told from now on."""
        likely = frozenset(other.id for other in judged.likely)
        known = likely <= self._warned_of
        self._warned_of |= likely
        return known

    def save(self, said: PupilDetails) -> int:
        """Save it; the pupil's id. Raises `Problem` where it cannot be saved."""
        if self.pupil_id is None:
            return self.office.perform(AddPupil(said, knowingly=True))
        self.office.perform(ChangePupil(self.pupil_id, said, self.version))
        return self.pupil_id

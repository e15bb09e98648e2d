"""What opening a case by hand knows and does, without Qt."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from app.domain.problems import Problem
from app.services.cases_by_hand import MOST_FILES, CaseChoices, CaseChoicesShown, OpenCaseByHand
from app.services.office import Office
from app.store.evidence import MOST_BYTES


@dataclass(slots=True)
class OpeningPresenter:
    """Whom a case can be about, under which clause, and the files that go with it."""

    office: Office
    choices: CaseChoicesShown
    files: list[Path] = field(default_factory=list)

    @classmethod
    def of(cls, office: Office) -> OpeningPresenter:
        """Read whom and what there is to choose."""
        return cls(office, office.ask(CaseChoices()))

    def people(self) -> list[tuple[int, str]]:
        """Each with what tells them apart; the number is their place in the list."""
        return [(at, f"{one.name} ({one.words})") for at, one in enumerate(self.choices.people)]

    def clauses(self) -> list[tuple[str, str]]:
        """Code and heading."""
        return [(code, f"{code}  {heading}") for code, heading in self.choices.clauses]

    def add_files(self, paths: list[Path]) -> None:
        """Take files. Raises `Problem` where they are too many, or too large to be kept."""
        fresh = [path for path in paths if path not in self.files]
        if len(self.files) + len(fresh) > MOST_FILES:
            raise Problem(f"At most {MOST_FILES} files go with a case at once. Choose the ones that matter.")
        for path in fresh:
            try:
                size = path.stat().st_size
            except OSError as fault:
                raise Problem(f"{path.name} cannot be read. Choose it again.") from fault
            if size > MOST_BYTES:
                raise Problem(f"{path.name} is larger than {MOST_BYTES // (1024 * 1024)} MB. Choose a smaller copy.")
        self.files += fresh

    def open(self, place: int, clause: str, summary: str, initiator: object = None) -> int:
        """The new case's id. Raises `Problem` where something is refused or a file cannot be read."""
        person = self.choices.people[place]
        try:
            contents = tuple(path.read_bytes() for path in self.files)
        except OSError as fault:
            raise Problem("A file cannot be read any more. No case was opened: choose the files again.") from fault
        return self.office.perform(OpenCaseByHand(person.concerns, person.id, clause, summary, contents), initiator)

"""What the cases screens know and do, without Qt."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.domain.breach import NEEDS_DATE, Outcome
from app.services.case_evidence import LookAtCaseFile
from app.services.cases import AddCaseNote, CaseFile, Cases, DecideCase, ReadCase
from app.services.evidence import EvidenceShown
from app.services.office import Office
from app.services.school import School
from app.store.reads.cases import CaseLine


@dataclass(slots=True)
class CasesPresenter:
    """The register of cases."""

    office: Office
    lines: tuple[CaseLine, ...] = ()

    def load(self, *, waiting_only: bool = False) -> tuple[CaseLine, ...]:
        """Read the register again; what was filtered away can still be found."""
        self.lines = self.office.ask(Cases())
        return tuple(line for line in self.lines if not waiting_only or line.outcome is None)

    def find(self, case_id: int) -> CaseLine | None:
        """One case's line as it stands now."""
        self.lines = self.office.ask(Cases())
        return next((line for line in self.lines if line.id == case_id), None)


@dataclass(slots=True)
class CasePresenter:
    """The case that lies open, and the headteacher's decision."""

    office: Office
    file: CaseFile | None = None
    zone: str = "Europe/London"
    today: date = date.min

    def open(self, case_id: int) -> CaseFile:
        """Read a case file. The look is audited."""
        facts = self.office.ask(School())
        self.zone, self.today = facts.timezone, facts.today
        self.file = self.office.perform(ReadCase(case_id))
        return self.file

    @property
    def may_decide(self) -> bool:
        """Only the headteacher decides."""
        return self.office.may(DecideCase)

    def decide(
        self, outcome: Outcome, reasons: str, ends_on: date | None, review_on: date | None, initiator: object = None
    ) -> None:
        """Record the decision and read the case again. Raises `Overtaken` where it was decided meanwhile."""
        assert self.file is not None
        line = self.file.line
        command = DecideCase(line.id, outcome, reasons, ends_on, review_on, line.status)
        self.office.perform(command, initiator)
        self.open(line.id)

    def note(self, words: str, initiator: object = None) -> None:
        """Add a note and read the case again."""
        assert self.file is not None
        self.office.perform(AddCaseNote(self.file.line.id, words), initiator)
        self.open(self.file.line.id)

    def look(self, case_evidence_id: int) -> EvidenceShown:
        """A file that was added to the case by hand."""
        return self.office.perform(LookAtCaseFile(case_evidence_id))

    def outcomes(self) -> list[Outcome]:
        """What can be decided here: only a guardian can be taken off the service."""
        assert self.file is not None
        guardian = self.file.line.about_role == "parent"
        return [outcome for outcome in Outcome if guardian or not outcome.ends_link]


def needs_date(outcome: Outcome) -> bool:
    """Whether an outcome may not stand without an end or review date."""
    return outcome in NEEDS_DATE


def consequence(outcome: Outcome, linked_children: int) -> str:
    """What happens when this is decided, in a sentence."""
    if outcome is Outcome.SUSPENSION:
        return _links("are suspended until the end date", "is suspended until the end date", linked_children)
    if outcome is Outcome.REMOVAL:
        return _links("are ended", "is ended", linked_children)
    if outcome is Outcome.NO_ACTION:
        return "The case is closed to further steps, and the reasons stay on record."
    return "The links stay as they are. The decision and its reasons go on record."


def end_words(outcome: Outcome, linked_children: int) -> tuple[str, str, str]:
    """Question, consequence and verb, asked once more before a family's links are touched."""
    if outcome is Outcome.SUSPENSION:
        return "Suspend this adult?", consequence(outcome, linked_children), "&Suspend the adult"
    return "Remove this adult?", consequence(outcome, linked_children), "&Remove the adult"


def _links(many: str, one: str, children: int) -> str:
    if children == 0:
        return "This guardian has no link at the moment. Do the same in ClassDojo."
    said = f"1 link {one}" if children == 1 else f"{children:,} links {many}"
    return f"{said} at once. Do the same in ClassDojo today."

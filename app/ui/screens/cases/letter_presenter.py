"""What the letter of a decision knows and does, without Qt."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from app.services.case_letters import DecisionLetter, DecisionLetterFacts
from app.services.cases import CaseFile
from app.services.codes import LetterSender, SchoolContact
from app.services.letters import LetterWordings, Standing
from app.services.office import Office


@dataclass(slots=True)
class LetterPresenter:
    """One decision, in the language of the adult whom it concerns, or in another."""

    office: Office
    facts: DecisionLetterFacts
    school: SchoolContact
    language: str
    reasons: str
    standings: dict[str, Standing] = field(default_factory=dict)

    @classmethod
    def of(cls, office: Office, file: CaseFile) -> LetterPresenter:
        """The letter of the decision that stands. Raises `Problem` where there is none, or nobody to write to."""
        facts = office.ask(DecisionLetter(file.line.id))
        standings = {one.wording.code: one for one in office.ask(LetterWordings("decision"))}
        reasons = next((one.reasons for one in reversed(file.decisions) if one.standing), "")
        return cls(office, facts, office.ask(LetterSender()), facts.language, reasons, standings)

    @property
    def now(self) -> Standing:
        """The wording of the chosen language."""
        return self.standings[self.language]

    def choices(self) -> list[tuple[str, str]]:
        """The languages, a draft named as one."""
        return [
            (code, f"{one.wording.language}{' (draft)' if one.wording.draft else ''}")
            for code, one in self.standings.items()
        ]

    def about(self) -> str:
        """What somebody should know before the letter goes out."""
        if self.language == "en":
            return "The reasons are those of the decision. Change them here where the letter should say them otherwise."
        name = self.now.wording.language
        draft = f" The wording in {name} is a draft: have a speaker check it." if self.now.wording.draft else ""
        return f"Write the reasons in {name}, or have them translated.{draft}"

    def pdf(self) -> bytes:
        """The letter as it will be. Raises `Problem` without reasons."""
        from reports.letters.decision import decision_pdf  # the letters of a page cost time, so only now
        from reports.letters.writing import Sender

        school = self.school
        sender = Sender(school.name, school.phone, school.email)
        return decision_pdf(self.facts, self.now.wording, sender, school.today, self.reasons)

    def save(self, place: Path, initiator: object = None) -> None:
        """Save the letter and note it in the case. Raises `Problem` where it cannot be written."""
        from reports.letters.decision import save_decision_letter

        save_decision_letter(self.office, self.facts, self.now.wording, self.pdf(), place, initiator)

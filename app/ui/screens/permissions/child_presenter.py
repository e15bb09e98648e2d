"""One child's permissions without Qt: rulings by kind and place, every answer, recording, the scan behind one (P8)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from app.domain.incoming import RELATIONSHIPS
from app.domain.permissions import Answer
from app.services.evidence import EvidenceShown
from app.services.office import Office
from app.services.permissions import PermissionsOf, RecordPermission, RecordPermissions
from app.services.permissions_forms import AttachForm, LookAtForm
from app.services.school import School
from app.store.reads.permissions import ChildPermissions, SaidLine

if TYPE_CHECKING:
    from app.ui.screens.permissions.answer_dialog import Entered


@dataclass(slots=True)
class ChildPresenter:
    """What was said about showing one child."""

    office: Office
    pupil_id: int
    today: date = date.min
    known: ChildPermissions | None = None

    def load(self) -> ChildPermissions:
        """Read again."""
        self.today = self.office.ask(School()).today
        self.known = self.office.ask(PermissionsOf(self.pupil_id))
        return self.known

    @property
    def may_record(self) -> bool:
        """Answers are entered for children on roll."""
        return self.office.may(RecordPermissions) and self.known is not None and self.known.on_roll

    def people(self) -> list[tuple[int | None, str]]:
        """Whose answer can be recorded: adults who hold or may hold responsibility, then the child."""
        answerers = self.known.answerers if self.known is not None else ()
        named: list[tuple[int | None, str]] = []
        for adult in answerers:
            kin = RELATIONSHIPS.get((adult.relationship or "").strip().upper(), adult.relationship or "")
            unsure = "" if adult.responsibility else " (responsibility not recorded)"
            named.append((adult.id, ", ".join(part for part in (adult.name, kin.lower()) if part) + unsure))
        return [*named, (None, "The child's own wish")]

    def record(self, said: Entered, initiator: object = None) -> int:
        """Record a form: all its answers or nothing; how many answers there were."""
        decisions = tuple(
            RecordPermission(
                self.pupil_id,
                said.guardian_id,
                kind,
                answer,
                said.decided_on,
                said.route,
                said.audiences,
                said.basis,
                said.expires_on if answer is Answer.GIVEN else None,
            )
            for kind, answer in said.answers.items()
        )
        return self.office.perform(RecordPermissions(decisions, said.scan), initiator)

    def attach(self, line: SaidLine, scan: bytes, initiator: object = None) -> None:
        """Keep the form with an answer that is on record."""
        self.office.perform(AttachForm(line.ids, scan), initiator)

    def form_of(self, line: SaidLine) -> EvidenceShown:
        """The kept form. The look is noted."""
        return self.office.perform(LookAtForm(line.ids[0]))


def answer_words(line: SaidLine) -> str:
    """What was said, in a word."""
    return {Answer.GIVEN: "Yes", Answer.REFUSED: "No", Answer.WITHDRAWN: "Withdrawn"}[line.answer]

"""Taking a case to somebody outside the school's leaders, by reference (M2, K1, K2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.domain.breach import REFERRED_OUT, Outside, check_referral
from app.domain.roles import LEADERS
from app.domain.words import day_words
from app.services.cases import add_line, case_of
from app.services.door import Command, does
from app.services.unit import Unit


@dataclass(frozen=True, slots=True)
class ReferOut(Command[None]):
    """Note that a case went to the governors, the authority, the LADO or the police.

    `reference` is theirs, empty while there is none. Whom it went to is sealed like every word of a case.
    """

    case_id: int
    to: Outside
    on: date
    reference: str
    why: str

    def __repr__(self) -> str:
        return f"ReferOut(case_id={self.case_id})"


@does(ReferOut, roles=LEADERS, verb="case.referred_out")
def refer_out(command: ReferOut, unit: Unit) -> None:
    """The timeline only grows: a reference that comes later is noted as a second line."""
    row = case_of(unit, command.case_id)
    check_referral(command.on, command.why, unit.today)
    reference = command.reference.strip()
    known = f"Reference {reference}." if reference else "No reference yet."
    words = f"{command.to.words}, {day_words(command.on)}. {known} {command.why.strip()}"
    add_line(unit, row.id, REFERRED_OUT, words)
    unit.audit(f"case:{row.id}")
    unit.changed("cases")

"""A letter as it will be, on an invented family, for each kind of letter there is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Final

from app.domain.breach import Outcome
from app.domain.letters import Wording
from app.services.case_letters import DecisionLetterFacts
from app.services.codes import Recipient
from reports.letters.decision import decision_pdf
from reports.letters.writing import Sender, Writer

FAMILY: Final = Recipient(0, 0, "Robin T", "Alex Thornbury", "Willow", "")
"""Invented: nobody's child is shown to whoever checks a wording."""
REASONS: Final = "The headteacher's reasons stand here, as they were entered for this letter."


def preview_of(kind: str, wording: Wording, sender: Sender, today: date) -> bytes:
    """The pages of one letter in a wording. KeyError for a kind that nobody has said how to show."""
    return _PREVIEWS[kind](wording, sender, today)


def _code_letter(wording: Wording, sender: Sender, today: date) -> bytes:
    family = Recipient(
        FAMILY.pupil_id, FAMILY.guardian_id, FAMILY.pupil, FAMILY.guardian, FAMILY.class_name, wording.code
    )
    return Writer(sender, today, [wording]).preview([family], today + timedelta(days=28))


def _decision_letter(wording: Wording, sender: Sender, today: date) -> bytes:
    facts = DecisionLetterFacts(
        case_id=0,
        reference=f"C-{today.year}-001",
        to=FAMILY.guardian,
        language=wording.code,
        outcome=Outcome.SUSPENSION,
        decision_id=0,
        decided_on=today,
        ends_on=today + timedelta(days=28),
        review_on=today + timedelta(days=21),
        appeal_by=today + timedelta(days=28),
    )
    return decision_pdf(facts, wording, sender, today, REASONS)


_PREVIEWS: Final[dict[str, Callable[[Wording, Sender, date], bytes]]] = {
    "code": _code_letter,
    "decision": _decision_letter,
}

"""The letter of a decision in a case: what was decided, why, until when, and how to appeal (M2, P9, H2)."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path

from app.domain.breach import Outcome
from app.domain.letters import DRAFT, Wording, filled
from app.domain.problems import Refused
from app.domain.words import day_words
from app.services.case_letters import DecisionLetterFacts, RecordDecisionLetter
from app.services.office import Office
from reports.kit.bidi import has_right_to_left
from reports.kit.letter import Paragraph, PlainLetter, letters_pdf
from reports.kit.whole import written_whole
from reports.letters.writing import Sender

MOST_REASONS = 6_000
"""Characters of the reasons; more would be a report, not a letter."""


def decision_letter_of(
    facts: DecisionLetterFacts, wording: Wording, sender: Sender, today: date, reasons: str
) -> PlainLetter:
    """The letter. `reasons` as the family is told them: refused where there are none, or far too many."""
    if not reasons.strip():
        raise Refused("The letter needs the reasons: without them the family cannot understand the decision.")
    if len(reasons) > MOST_REASONS:
        raise Refused(f"The reasons have more than {MOST_REASONS:,} characters. Make them shorter for the letter.")
    values = _values(facts, wording, sender)

    def part(key: str, *, heading: bool = False, strong: bool = False) -> Paragraph:
        return Paragraph(filled(wording.words[key], values), wording.leftwards, heading, strong)

    reachable = bool(sender.phone and sender.email)
    paragraphs = (
        part("greeting"),
        part("opening"),
        part(Outcome(facts.outcome).value, strong=True),
        *((part("ends"),) if facts.ends_on else ()),
        *((part("review"),) if facts.review_on else ()),
        part("why_heading", heading=True),
        Paragraph(reasons.strip(), has_right_to_left(reasons)),
        *((part("appeal_heading", heading=True), part("appeal")) if facts.appeal_by else ()),
        *((part("contact"),) if reachable else ()),
        part("signed", strong=True),
    )
    return PlainLetter(
        language=wording.code,
        leftwards=wording.leftwards,
        school=sender.school,
        day=_said(today, wording),
        title=filled(wording.words["title"], values),
        paragraphs=tuple(paragraph for paragraph in paragraphs if paragraph.text.strip()),
        note=DRAFT if wording.draft else "",
    )


def decision_pdf(facts: DecisionLetterFacts, wording: Wording, sender: Sender, today: date, reasons: str) -> bytes:
    """The letter's pages, to look at or to save."""
    return letters_pdf([decision_letter_of(facts, wording, sender, today, reasons)], f"Decision {facts.reference}")[0]


def save_decision_letter(
    office: Office, facts: DecisionLetterFacts, wording: Wording, pdf: bytes, path: Path, initiator: object = None
) -> Path:
    """Save the letter and note it in the case: both happen or neither. Raises `Problem` where it cannot be written."""
    seal = hashlib.sha256(pdf).hexdigest()
    with written_whole(path) as place:
        place.write_bytes(pdf)
        office.perform(
            RecordDecisionLetter(facts.case_id, wording.code, facts.decision_id, wording.draft, seal), initiator
        )
    return path


def _values(facts: DecisionLetterFacts, wording: Wording, sender: Sender) -> dict[str, str]:
    return {
        "school": sender.school,
        "guardian": facts.to,
        "reference": facts.reference,
        "decided": _said(facts.decided_on, wording),
        "ends": _said(facts.ends_on, wording),
        "review": _said(facts.review_on, wording),
        "appeal_by": _said(facts.appeal_by, wording),
        "phone": sender.phone.replace(" ", "\u00a0") or "–",
        "email": sender.email or "–",
    }


def _said(day: date | None, wording: Wording) -> str:
    """A day in figures where the letter is not in English: the names of days and months would be."""
    if day is None:
        return "–"
    return day_words(day) if wording.code == "en" else f"{day:%d/%m/%Y}"

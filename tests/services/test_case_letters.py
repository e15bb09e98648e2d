"""The letter of a decision: its facts, its words in the family's language, and the note that it was made."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from pathlib import Path

import pypdfium2
import pytest
from sqlalchemy import select

from app.domain.appeals import AppealOutcome
from app.domain.breach import CaseStatus, Outcome
from app.domain.letters import LANGUAGES, kind_of
from app.domain.problems import NotAllowed, Overtaken, Problem, Refused
from app.services.appeals import DecideAppeal, RecordAppeal
from app.services.case_letters import DecisionLetter, RecordDecisionLetter
from app.services.cases import DecideCase, OpenCase, ReadCase
from app.services.letters import LetterWordings, SaveWording, shipped
from app.services.office import Office
from app.store.tables.audit import AuditRow
from app.store.tables.content import ItemRow
from app.store.tables.people import GuardianRow
from reports.letters.decision import MOST_REASONS, decision_letter_of, decision_pdf, save_decision_letter
from reports.letters.writing import Sender
from tests.services.rows import an_item
from tests.services.test_appeals import TODAY, case

__all__ = ["case"]

SENDER = Sender("Larkfield Primary School", "01632 960123", "office@larkfield.example")


def speaks(office: Office, language: str) -> None:
    with office.database.writing() as session:
        session.scalars(select(GuardianRow)).one().language = language


def text_of_pdf(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return "\n".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


def test_the_facts_of_the_decision_that_stands(slt: Office, head: Office, case: int) -> None:
    speaks(head, "ur-PK")
    facts = slt.ask(DecisionLetter(case))
    assert (facts.language, facts.outcome, facts.decided_on) == ("ur", Outcome.SUSPENSION, TODAY)
    assert facts.ends_on == TODAY + timedelta(weeks=4)
    assert facts.appeal_by is not None
    assert facts.appeal_by >= TODAY + timedelta(days=26), "twenty school days are four weeks at least"
    head.perform(DecideCase(case, Outcome.WARNING, "Milder after all.", seen=CaseStatus.DECIDED))
    assert slt.ask(DecisionLetter(case)).outcome is Outcome.WARNING


def test_an_undecided_case_and_one_about_nobody_have_no_letter(slt: Office, head: Office, case: int) -> None:
    _, finding = an_item(slt)
    nobody = slt.perform(OpenCase(finding, "Nobody in the register."))
    with pytest.raises(Refused, match="not decided yet"):
        slt.ask(DecisionLetter(nobody))
    head.perform(DecideCase(nobody, Outcome.ADVICE, "Because."))
    with pytest.raises(Refused, match="nobody to write to"):
        slt.ask(DecisionLetter(nobody))
    with pytest.raises(Problem, match="no longer there"):
        slt.ask(DecisionLetter(99))


def test_what_went_to_the_safeguarding_lead_is_not_written_about_by_others(
    slt: Office, head: Office, case: int
) -> None:
    with head.database.writing() as session:
        session.scalars(select(ItemRow)).one().restricted = True
    with pytest.raises(Refused, match="safeguarding lead"):
        slt.ask(DecisionLetter(case))
    assert head.ask(DecisionLetter(case)).reference == "C-2026-001"


def test_a_decision_that_was_heard_is_not_appealed_again(slt: Office, head: Office, case: int) -> None:
    slt.perform(RecordAppeal(case, TODAY))
    assert slt.ask(DecisionLetter(case)).appeal_by is not None
    slt.perform(
        DecideAppeal(
            case, AppealOutcome.EASED, "Mrs Ruth Okafor, chair", "She said sorry.", TODAY, milder=Outcome.WARNING
        )
    )
    facts = slt.ask(DecisionLetter(case))
    assert (facts.outcome, facts.appeal_by) == (Outcome.WARNING, None)
    said = text_of_pdf(decision_pdf(facts, shipped("decision", "en"), SENDER, TODAY, "She said sorry."))
    assert "written warning" in said
    assert "If you do not agree" not in said


def test_the_english_letter_says_what_why_until_when_and_how_to_appeal(slt: Office, case: int) -> None:
    facts = slt.ask(DecisionLetter(case))
    said = " ".join(text_of_pdf(decision_pdf(facts, shipped("decision", "en"), SENDER, TODAY, "Against P9.")).split())
    for words in (
        "Your use of ClassDojo is suspended.",
        "This holds until Mon 21 Dec 2026.",
        "Against P9.",
        "within 20 school days",
        "chair of governors",
        "C-2026-001",
        "01632 960123",
    ):
        assert words in said
    assert "looks at this again" not in said, "there is no review date"
    assert "Draft" not in said


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("outcome", Outcome)
def test_every_language_has_its_letter_for_every_outcome(code: str, outcome: Outcome) -> None:
    from reports.letters.preview import preview_of

    wording = shipped("decision", code)
    assert wording.words[outcome.value]
    assert "{appeal_by}" in wording.words["appeal"]
    assert wording.draft == (code != "en")
    if outcome is Outcome.SUSPENSION:
        document = pypdfium2.PdfDocument(preview_of("decision", wording, SENDER, TODAY))
        assert len(document) == 1
        assert ("Draft translation" in document[0].get_textpage().get_text_range()) == wording.draft
        document.close()


def test_reasons_stand_on_their_own_side_in_an_urdu_letter(slt: Office, case: int) -> None:
    facts = slt.ask(DecisionLetter(case))
    wording = shipped("decision", "ur")
    english = decision_letter_of(facts, wording, SENDER, TODAY, "Against P9.")
    urdu = decision_letter_of(facts, wording, SENDER, TODAY, "تصویر باہر بھیجی گئی۔")
    assert english.leftwards
    assert [p.leftwards for p in english.paragraphs if p.text == "Against P9."] == [False]
    assert all(p.leftwards for p in urdu.paragraphs)


@pytest.mark.parametrize(("reasons", "why"), [(" \n", "needs the reasons"), ("x" * (MOST_REASONS + 1), "shorter")])
def test_a_letter_without_reasons_or_with_a_book_is_refused(slt: Office, case: int, reasons: str, why: str) -> None:
    with pytest.raises(Refused, match=why):
        decision_letter_of(slt.ask(DecisionLetter(case)), shipped("decision", "en"), SENDER, TODAY, reasons)


def test_long_reasons_go_on_to_a_second_page(slt: Office, case: int) -> None:
    facts = slt.ask(DecisionLetter(case))
    reasons = "\n".join(["What was shared went further than the class. " * 3] * 40)
    document = pypdfium2.PdfDocument(decision_pdf(facts, shipped("decision", "en"), SENDER, TODAY, reasons))
    assert len(document) > 1
    document.close()


def test_saving_is_noted_in_the_timeline_and_the_audit(slt: Office, head: Office, case: int, tmp_path: Path) -> None:
    facts = slt.ask(DecisionLetter(case))
    wording = shipped("decision", "ur")
    pdf = decision_pdf(facts, wording, SENDER, TODAY, "Against P9.")
    place = save_decision_letter(slt, facts, wording, pdf, tmp_path / "letter.pdf")
    assert place.read_bytes() == pdf
    line = head.perform(ReadCase(case)).events[-1]
    assert line.kind == "letter"
    assert "Urdu" in line.words
    assert "draft" in line.words
    with slt.database.reading() as session:
        detail = session.scalars(select(AuditRow.detail).where(AuditRow.verb == "case.letter_made")).one()
    assert hashlib.sha256(pdf).hexdigest() in detail
    assert "P9" not in detail


def test_a_letter_of_an_older_decision_is_not_saved(slt: Office, head: Office, case: int, tmp_path: Path) -> None:
    facts = slt.ask(DecisionLetter(case))
    head.perform(DecideCase(case, Outcome.WARNING, "Milder.", seen=CaseStatus.DECIDED))
    with pytest.raises(Overtaken, match="decided anew"):
        save_decision_letter(slt, facts, shipped("decision", "en"), b"%PDF", tmp_path / "letter.pdf")
    assert not list(tmp_path.iterdir())


def test_the_office_makes_no_letter_of_a_decision(clerk: Office, case: int) -> None:
    with pytest.raises(NotAllowed):
        clerk.ask(DecisionLetter(case))
    with pytest.raises(NotAllowed):
        clerk.perform(RecordDecisionLetter(case, "en", 1, False, "0" * 64))


def test_an_unknown_field_is_refused_when_the_wording_is_saved(slt: Office) -> None:
    now = next(one for one in slt.ask(LetterWordings("decision")) if one.wording.code == "en")
    said = {part.key: now.wording.said(part) for part in kind_of("decision").parts}
    with pytest.raises(Problem, match=r"uses the field \{surname\}"):
        slt.perform(SaveWording("decision", "en", said | {"opening": "{surname} did it."}, now.wording.digest))
    kept = slt.perform(SaveWording("decision", "en", said | {"opening": "On {decided}:"}, now.wording.digest))
    assert kept.wording.words["opening"] == "On {decided}:"

"""Taking somebody's words and name out of posts and messages, and out of what was written about these (H12)."""

from __future__ import annotations

from sqlalchemy import delete, select, update

from app.domain.redaction import PersonNames, Redactor
from app.services.data_erasure_scope import Scope
from app.services.engines import shipped_lexicons
from app.services.leavers_deletion import let_go_of_file
from app.services.sealing import take_away
from app.services.unit import Unit
from app.store.tables.content import ItemEvidenceRow, ItemRow, MediaRow, TagRow
from app.store.tables.review import CorrectionRow, FindingRow, ReferralRow, ReportedRow, TakedownRow, VerdictRow
from app.store.tables.school import StaffRow

GONE = "Deleted at the person's request."
"""What stands in place of words that went."""


def erase_words(unit: Unit, scope: Scope) -> None:
    """Words that they wrote go, with everything written about those; elsewhere their names are taken out."""
    files: set[int] = set()
    for item_id in scope.emptied:
        files |= _empty(unit, item_id)
    redactor = _redactor(unit, scope)
    for item_id in scope.named:
        _take_name_out(unit, item_id, redactor)
    if scope.pupil is not None:
        unit.session.execute(delete(TagRow).where(TagRow.pupil_id == scope.pupil.id))
    names = [adult.name for adult in scope.adults]
    unit.session.execute(update(ReportedRow).where(ReportedRow.reporter.in_(names)).values(reporter="Deleted record"))
    unit.session.flush()
    for evidence_id in sorted(files):
        let_go_of_file(unit, evidence_id)


def _empty(unit: Unit, item_id: int) -> set[int]:
    """Take an item's words away; the files that came with it."""
    session = unit.session
    take_away(unit, item_id)
    row = session.get_one(ItemRow, item_id)
    row.text, row.author_name, row.likeness = "", None, None
    session.execute(update(FindingRow).where(FindingRow.item_id == item_id).values(why=GONE))
    session.execute(
        update(ReferralRow).where(ReferralRow.item_id == item_id, ReferralRow.to == "office").values(brief=GONE)
    )
    files = set(session.scalars(select(ItemEvidenceRow.evidence_id).where(ItemEvidenceRow.item_id == item_id)))
    carried = session.scalars(select(MediaRow).where(MediaRow.item_id == item_id, MediaRow.evidence_id.is_not(None)))
    for media in carried:
        files.add(media.evidence_id or 0)
        media.evidence_id = None
    session.execute(delete(ItemEvidenceRow).where(ItemEvidenceRow.item_id == item_id))
    return files - {0}


def _redactor(unit: Unit, scope: Scope) -> Redactor:
    pupil = scope.pupil
    children: tuple[PersonNames, ...] = ()
    if pupil is not None:
        children = (PersonNames.of((pupil.first, pupil.preferred), (pupil.last, pupil.preferred_last)),)
    return Redactor(
        spared=(),
        children=children,
        adults=tuple(PersonNames.of((adult.first,), (adult.last,)) for adult in scope.adults),
        staff=tuple(unit.session.scalars(select(StaffRow.name))),
        common=shipped_lexicons().common,
        child="a child",
        adult="an adult",
    )


def _take_name_out(unit: Unit, item_id: int, redactor: Redactor) -> None:
    """From the words themselves, and from what the checks and people wrote about them."""
    session = unit.session
    row = session.get_one(ItemRow, item_id)
    row.text, row.likeness = redactor.redact(row.text), None
    findings = session.scalars(select(FindingRow).where(FindingRow.item_id == item_id)).all()
    for finding in findings:
        finding.why, finding.span_start, finding.span_end = redactor.redact(finding.why), None, None
        finding.lapsed_why = redactor.redact(finding.lapsed_why) if finding.lapsed_why else None
    verdicts = select(VerdictRow).where(VerdictRow.finding_id.in_([finding.id for finding in findings]))
    for verdict in session.scalars(verdicts.where(VerdictRow.words.is_not(None))):
        verdict.words = redactor.redact(verdict.words or "")
    for referral in session.scalars(select(ReferralRow).where(ReferralRow.item_id == item_id)):
        referral.brief = redactor.redact(referral.brief) if referral.brief else None
        referral.outcome = redactor.redact(referral.outcome) if referral.outcome else None
    for correction in session.scalars(select(CorrectionRow).where(CorrectionRow.item_id == item_id)):
        correction.words = redactor.redact(correction.words)
    for takedown in session.scalars(select(TakedownRow).where(TakedownRow.item_id == item_id)):
        takedown.words = redactor.redact(takedown.words)

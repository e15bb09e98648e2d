"""Old records of every sort, put straight into the store: one of each is due, unless something guards it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, date, datetime

from app.services.evidence import keep_evidence
from app.services.office import Office
from app.services.unit import Unit
from app.store.tables.cases import CaseDecisionRow, CaseEventRow, CaseEvidenceRow, CaseRow, DataBreachRow
from app.store.tables.content import ItemEvidenceRow, ItemRow, MediaRow, RecipientRow, TagRow, ThreadRow
from app.store.tables.links import LinkingCodeRow, LinkRow
from app.store.tables.monitoring import BeforePostingRow, RequestRow
from app.store.tables.permissions import PermissionRow
from app.store.tables.policy import ClassSheetRow
from app.store.tables.review import CorrectionRow, FindingPupilRow, FindingRow, ReferralRow, VerdictRow
from tests.pictures import picture
from tests.services.rows import a_class, a_guardian, a_pupil

OLD = datetime(2024, 10, 3, 9, 0, tzinfo=UTC)
"""In the school year before the last: its records fell due on 1 September 2026."""
WORD = "quokkabell"


@dataclass(frozen=True, slots=True)
class Old:
    """A child, an adult, and the numbers of the old records about them."""

    pupil: int
    guardian: int
    item: int
    finding: int
    thread: int
    case: int
    code: int
    form: int


def old_item(office: Office, text: str = f"About {WORD}", at: datetime = OLD, **fields: object) -> int:
    """A message of that moment."""
    with office.database.writing() as session:
        row = ItemRow(
            digest=hashlib.sha256(f"{text}{at}{fields}".encode()).hexdigest(),
            kind="message",
            author_role="parent",
            sent_at=at,
            text=text,
            **fields,
        )
        session.add(row)
        session.flush()
        return row.id


def old_records(office: Office) -> Old:
    """One old record of every sort, with everything that may hang on it."""
    class_id = a_class(office, "Elm")
    pupil = a_pupil(office, "Una", "Vane", class_id)
    guardian = a_guardian(office, pupil, "Bea")
    with office.database.writing() as session:
        thread = ThreadRow(key=f"old {WORD}", guardian_id=guardian)
        session.add(thread)
        session.flush()
        thread_id = thread.id
    item = old_item(office, thread_id=thread_id, guardian_id=guardian, author_name=f"Bea {WORD}", class_id=class_id)
    with office.database.writing() as session:
        unit = Unit(session, office.actor, office.clock(), office.keys, office.vault)
        finding = FindingRow(
            item_id=item,
            check="surname",
            clause="T8",
            severity="low",
            why=f"Names {WORD}.",
            found_at=OLD,
            state="upheld",
        )
        session.add(finding)
        session.flush()
        session.add_all(
            [
                FindingPupilRow(finding_id=finding.id, pupil_id=pupil),
                VerdictRow(
                    finding_id=finding.id, verdict="upheld", reason="other", words=WORD, given_at=OLD, given_by=1
                ),
                TagRow(item_id=item, pupil_id=pupil, tagged_by=1),
                RecipientRow(item_id=item, guardian_id=guardian),
                CorrectionRow(item_id=item, words=WORD, added_at=OLD, added_by=1),
                ReferralRow(item_id=item, to="office", brief=WORD, made_at=OLD, made_by=1, done_at=OLD, done_by=1),
                BeforePostingRow(digest="0" * 64, findings=2, checked_at=OLD, checked_by=1),
                RequestRow(
                    kind="history",
                    received_on=date(2020, 1, 6),
                    due_on=date(2020, 2, 6),
                    answered_on=date(2020, 2, 1),
                    words=WORD,
                    recorded_by=1,
                ),
            ]
        )
        if office.vault is not None:
            photo = keep_evidence(unit, picture())
            session.add(MediaRow(item_id=item, kind="photo", evidence_id=photo.id))
            shot = keep_evidence(unit, picture(size=(64, 48)))
            session.add(ItemEvidenceRow(item_id=item, evidence_id=shot.id))
        code = LinkingCodeRow(
            pupil_id=pupil, digest="c" * 64, ending="7Q", issued_at=OLD, issued_by=1, route="letter", used_at=OLD
        )
        session.add(code)
        session.flush()
        session.add(LinkRow(pupil_id=pupil, guardian_id=guardian, state="linked", code_id=code.id))
        finding_id, code_id = finding.id, code.id
        form = _form(office, unit, pupil, guardian)
        case = _case(unit, guardian, pupil)
        said = f'[[{pupil}, "Elm", "Una {WORD}", [true, true, true]]]'
        for number in (1, 2):
            session.add(
                ClassSheetRow(
                    class_id=class_id, number=number, digest=f"{number}" * 64, said=said, issued_at=OLD, issued_by=1
                )
            )
    return Old(pupil, guardian, item, finding_id, thread_id, case, code_id, form)


def _form(office: Office, unit: Unit, pupil: int, guardian: int) -> int:
    """An answer with a scan, and a later answer in its place."""
    scan = keep_evidence(unit, picture(size=(48, 64))).id if office.vault is not None else None
    for day, evidence_id in ((date(2023, 9, 4), scan), (date(2024, 9, 4), None)):
        unit.session.add(
            PermissionRow(
                pupil_id=pupil,
                guardian_id=guardian,
                kind="photograph",
                answer="given",
                decided_on=day,
                route="form",
                evidence_id=evidence_id,
                recorded_at=OLD,
                recorded_by=1,
            )
        )
    unit.session.flush()
    return scan or 0


def _case(unit: Unit, guardian: int, pupil: int) -> int:
    """A case that was decided and closed more than six years ago, in the breach register too."""
    long_ago = datetime(2019, 5, 6, 9, 0, tzinfo=UTC)
    row = CaseRow(
        reference="2019-001",
        opened_at=long_ago,
        opened_by=1,
        clause="P2",
        about_role="parent",
        guardian_id=guardian,
        pupil_id=pupil,
        status="closed",
        summary_sealed=unit.sealed(WORD),
        closed_at=long_ago,
    )
    unit.session.add(row)
    unit.session.flush()
    unit.session.add_all(
        [
            CaseDecisionRow(
                case_id=row.id,
                outcome="reminder",
                reasons_sealed=unit.sealed(WORD),
                decided_at=long_ago,
                decided_by=1,
            ),
            CaseEventRow(case_id=row.id, at=long_ago, by=1, kind="opened", words_sealed=unit.sealed(WORD)),
            CaseEvidenceRow(
                case_id=row.id, captured_at=long_ago, captured_by=1, sha256="e" * 64, sealed=unit.sealed(WORD)
            ),
            DataBreachRow(
                case_id=row.id,
                aware_at=long_ago,
                risk="none",
                reported=False,
                decided_at=long_ago,
                decided_by=1,
                reasons_sealed=unit.sealed({"what": WORD}),
            ),
        ]
    )
    return row.id

"""Cases opened without a finding, and evidence frozen with the conversation and the files around it."""

from __future__ import annotations

import hashlib

import pytest
from sqlalchemy import func, select

from app.domain.content import AuthorRole
from app.domain.problems import NotAllowed, Problem, Refused
from app.domain.roles import Role
from app.services.case_evidence import LookAtCaseFile
from app.services.cases import OpenCase, ReadCase
from app.services.cases_by_hand import MOST_FILES, CaseChoices, Concerns, OpenCaseByHand
from app.services.evidence import AddEvidence
from app.services.office import Office
from app.services.withheld import WITHHELD
from app.store.keys import seal
from app.store.tables.cases import CaseEvidenceRow, CaseRow
from app.store.tables.content import ItemRow, ThreadRow
from app.store.tables.school import StaffRow
from tests.services.rows import a_class, a_guardian, a_pupil, an_item, everything
from tests.services.test_evidence import PHOTO, Opens, kept_files, opens, vault

__all__ = ["opens", "vault"]


@pytest.fixture
def guardian(head: Office) -> int:
    return a_guardian(head, a_pupil(head, class_id=a_class(head)))


def by_hand(guardian: int, **more: object) -> OpenCaseByHand:
    said: dict[str, object] = {"clause": "P9", "summary": "Told at the gate that she posted it.", **more}
    return OpenCaseByHand(Concerns.GUARDIAN, guardian, **said)  # type: ignore[arg-type]


def cases_in(office: Office) -> int:
    with office.database.reading() as session:
        return session.scalar(select(func.count()).select_from(CaseRow)) or 0


def test_whom_and_which_clause_can_be_chosen(slt: Office, guardian: int) -> None:
    with slt.database.writing() as session:
        session.add(StaffRow(name="Mrs Holt"))
    shown = slt.ask(CaseChoices())
    assert [(one.name, one.words) for one in shown.people] == [
        ("Joanne Marsh", "adult of a pupil"),
        ("Mrs Holt", "staff"),
        ("Ella Marsh", "pupil, Willow"),
    ]
    assert "P9" in dict(shown.clauses)


def test_a_case_about_each_sort_of_person(slt: Office, head: Office, guardian: int) -> None:
    with slt.database.writing() as session:
        session.add(StaffRow(name="Mrs Holt"))
    for one in slt.ask(CaseChoices()).people:
        made = slt.perform(OpenCaseByHand(one.concerns, one.id, "T8", f"About {one.name}."))
        file = head.perform(ReadCase(made))
        assert file.line.about_role is one.concerns.role
        assert file.summary == f"About {one.name}."
        assert file.evidence == ()
        assert [event.kind for event in file.events] == ["opened"]
    assert file.line.reference == "C-2026-003"
    assert file.line.about_role is AuthorRole.PUPIL


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"summary": "  "}, "needs a sentence"),
        ({"clause": "Z9"}, "not in the policy"),
        ({"files": (b"x",) * (MOST_FILES + 1)}, "At most 10 files"),
    ],
)
def test_what_lacks_something_is_refused(slt: Office, guardian: int, more: dict[str, object], why: str) -> None:
    with pytest.raises(Refused, match=why):
        slt.perform(by_hand(guardian, **more))
    with pytest.raises(Problem, match="no longer in the register"):
        slt.perform(by_hand(guardian + 100))
    assert cases_in(slt) == 0


def test_the_office_opens_no_case(clerk: Office, guardian: int) -> None:
    with pytest.raises(NotAllowed):
        clerk.perform(by_hand(guardian))


def test_files_are_frozen_with_their_seal_for_leaders(opens: Opens) -> None:
    slt = opens(Role.SLT)
    guardian = a_guardian(slt, a_pupil(slt))
    made = slt.perform(by_hand(guardian, files=(PHOTO,)))
    kept = slt.perform(ReadCase(made)).evidence[0]
    assert [file.sha256 for file in kept.files] == [hashlib.sha256(PHOTO).hexdigest()]
    assert kept.file_id is not None
    shown = slt.perform(LookAtCaseFile(kept.id))
    assert shown.kind.mime.startswith("image/")
    assert "posted it" not in everything(slt)
    with pytest.raises(Problem, match="no longer there"):
        slt.perform(LookAtCaseFile(kept.id + 1))


def test_a_file_that_cannot_be_kept_leaves_nothing(opens: Opens) -> None:
    slt = opens(Role.SLT)
    guardian = a_guardian(slt, a_pupil(slt))
    with pytest.raises(Refused, match="empty"):
        slt.perform(by_hand(guardian, files=(PHOTO, b"")))
    assert cases_in(slt) == 0
    assert kept_files(slt.vault) == []


def in_a_thread(office: Office, *items: int) -> None:
    with office.database.writing() as session:
        thread = ThreadRow(key="family:1")
        session.add(thread)
        session.flush()
        for item in items:
            row = session.get(ItemRow, item)
            assert row is not None
            row.thread_id = thread.id


def restrict(office: Office, item: int) -> None:
    with office.database.writing() as session:
        row = session.get(ItemRow, item)
        assert row is not None
        row.restricted = True


def test_the_conversation_is_frozen_with_the_item(slt: Office, head: Office, guardian: int) -> None:
    item, finding = an_item(slt, "You will be sorry", guardian=guardian)
    answer, _ = an_item(slt, "Please telephone the office")
    in_a_thread(slt, item, answer)
    case = slt.perform(OpenCase(finding, "Abuse in a message."))
    with slt.database.writing() as session:
        row = session.get(ItemRow, answer)
        assert row is not None
        row.text = "changed meanwhile"
    kept = slt.perform(ReadCase(case)).evidence[0]
    assert [(line.by, line.text) for line in kept.thread] == [("Staff", "Please telephone the office")]
    restrict(slt, answer)
    assert [line.text for line in slt.perform(ReadCase(case)).evidence[0].thread] == [WITHHELD]
    assert head.perform(ReadCase(case)).evidence[0].thread[0].text == "Please telephone the office"


def test_what_was_withheld_before_is_not_frozen(slt: Office, head: Office, guardian: int) -> None:
    item, finding = an_item(slt, "You will be sorry", guardian=guardian)
    other, _ = an_item(slt, "Words of harm")
    in_a_thread(slt, item, other)
    restrict(slt, other)
    case = slt.perform(OpenCase(finding, "Abuse in a message."))
    assert head.perform(ReadCase(case)).evidence[0].thread[0].text == WITHHELD


def test_the_seals_of_pictures_are_frozen(opens: Opens) -> None:
    slt = opens(Role.SLT)
    item, finding = an_item(slt)
    slt.perform(AddEvidence(item, PHOTO))
    case = slt.perform(OpenCase(finding, "A picture."))
    file = slt.perform(ReadCase(case)).evidence[0].files[0]
    assert (file.sha256, file.size) == (hashlib.sha256(PHOTO).hexdigest(), len(PHOTO))


def test_evidence_from_before_the_conversation_was_frozen_is_still_read(slt: Office, guardian: int) -> None:
    _, finding = an_item(slt, guardian=guardian)
    case = slt.perform(OpenCase(finding, "Once."))
    old = seal(b'{"kind": "message", "sent_at": null, "text": "old", "digest": "d"}', slt.keys.public)
    with slt.database.writing() as session:
        first = session.scalars(select(CaseEvidenceRow)).one()
        captured = {"captured_at": first.captured_at, "captured_by": first.captured_by}
        session.add(CaseEvidenceRow(case_id=case, sha256="0" * 64, sealed=old, **captured))
    kept = slt.perform(ReadCase(case)).evidence[-1]
    assert (kept.text, kept.thread, kept.files) == ("old", (), ())

"""Deleting as somebody asked: what goes, what stays, who approves, and that nothing half goes (H12, K3)."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfReader
from sqlalchemy import select

from app.domain.breach import Outcome
from app.domain.checks.finding import Check
from app.domain.data_requests import Asked, Asker, Identity, Pause, Result
from app.domain.leaving import Step
from app.domain.permissions import Answer, MediaKind
from app.domain.problems import NotAllowed, Overtaken, Problem, Refused
from app.domain.retention import Kept
from app.services.cases import DecideCase, OpenCase, ReadCase
from app.services.data_erasure import CertifyErasure, EraseAsAsked, PreviewErasure
from app.services.data_request_board import DataRequests, PossibleAskers, ReadDataRequest
from app.services.data_requests import PauseDataRequest, RecordDataRequest
from app.services.leavers import HoldLeaver, Leavers, NoteStep, RecordLeaver
from app.services.linking import RecordLink
from app.services.login_cards import EnterLogin
from app.services.office import Office
from app.services.permissions import RecordPermission
from app.services.retention_holds import PlaceHold
from app.services.review import ReferToOffice, ReferToSafeguarding
from app.store.audit_chain import broken_at
from app.store.seam import integrity_faults
from app.store.tables.content import ItemRow, TagRow
from app.store.tables.people import GuardianRow, PupilRow
from reports.own_data.certificate import save_certificate
from tests.services.rows import a_class, a_guardian, a_pupil, about, an_item, everything

CAME = date(2026, 11, 2)
JULY = date(2026, 7, 17)
WHY = "The family moved away."


@pytest.fixture
def pupil(clerk: Office) -> int:
    """Zebedee, who left, with a permission, a card and a post that names him."""
    zebedee = a_pupil(clerk, "Zebedee", "Quillfeather", a_class(clerk))
    adult = a_guardian(clerk, zebedee, "Wilhelmina")
    with clerk.database.writing() as session:
        session.get_one(GuardianRow, adult).last = "Quillfeather"
    clerk.perform(RecordPermission(zebedee, adult, MediaKind.PHOTOGRAPH, Answer.GIVEN, CAME))
    clerk.perform(EnterLogin(zebedee, "SAB12CD34"))
    clerk.perform(RecordLink(zebedee, adult))
    return zebedee


def adult_of(office: Office, pupil_id: int) -> int:
    people = office.ask(PossibleAskers())
    assert pupil_id
    return people.guardians[0][0]


def asks(office: Office, pupil_id: int, kind: Asked = Asked.DELETE) -> int:
    return office.perform(
        RecordDataRequest(
            kind, Asker.FOR_PUPIL, CAME, Identity.KNOWN, "Delete it all.",
            guardian_id=adult_of(office, pupil_id), pupil_id=pupil_id,
        )
    )  # fmt: skip


def adult_asks(office: Office, adult: int) -> int:
    return office.perform(
        RecordDataRequest(Asked.DELETE, Asker.GUARDIAN, CAME, Identity.KNOWN, "Delete it all.", guardian_id=adult)
    )


def leaves(office: Office, pupil_id: int) -> None:
    office.perform(RecordLeaver(pupil_id, JULY))
    office.perform(NoteStep((pupil_id,), Step.REMOVE))


def posts(office: Office, pupil_id: int) -> tuple[int, int]:
    """A message by the adult, and a post about the child; both with what the checks wrote."""
    adult = adult_of(office, pupil_id)
    message, _ = an_item(office, "Zebedee vomited, says Wilhelmina Quillfeather", check=Check.OFFICE, guardian=adult)
    post, finding = an_item(office, "Zebedee Quillfeather sang beside Ella", check=Check.SURNAME)
    about(office, finding, pupil_id)
    with office.database.writing() as session:
        session.add(TagRow(item_id=post, pupil_id=pupil_id))
    return message, post


def erase(head: Office, request: int) -> tuple[tuple[str, int], ...]:
    return head.perform(EraseAsAsked(request, head.ask(PreviewErasure(request)).seen, WHY))


def test_a_leavers_record_goes_whole_and_nothing_else(clerk: Office, head: Office, slt: Office, pupil: int) -> None:
    message, post = posts(clerk, pupil)
    slt.perform(ReferToOffice(message, "absence", "Ring Wilhelmina Quillfeather"))
    leaves(clerk, pupil)
    request = asks(clerk, pupil)
    shown = slt.ask(PreviewErasure(request))
    assert shown.against == ""
    assert dict(shown.goes)["Messages and comments, their words"] == 1
    assert {"The record of activity", "Cases and their evidence, sealed"} <= {what for what, _ in shown.stays}
    gone = erase(head, request)
    assert gone == shown.goes
    left = everything(head)
    for word in ("Zebedee", "Quillfeather", "Wilhelmina", "vomited"):
        assert word not in left
    with clerk.database.reading() as session:
        assert session.get_one(ItemRow, post).text == "a child sang beside Ella"
        assert session.get_one(PupilRow, pupil).born is None
        assert session.scalars(select(TagRow)).all() == []
        assert integrity_faults(session.connection()) == []
        assert broken_at(session) is None
    line = head.ask(DataRequests())[0]
    assert (line.about, line.asked_by, line.result, line.clock.in_time) == (
        "Deleted record", "No name recorded", Result.ERASED, True
    )  # fmt: skip
    assert head.ask(Leavers()).deleted == 1
    assert WHY in head.perform(ReadDataRequest(request)).steps
    with pytest.raises(Overtaken):
        head.perform(EraseAsAsked(request, shown.seen, WHY))


def test_an_adult_whose_children_left_goes_without_the_children(clerk: Office, head: Office, pupil: int) -> None:
    adult = adult_of(clerk, pupil)
    message, post = posts(clerk, pupil)
    leaves(clerk, pupil)
    request = adult_asks(clerk, adult)
    erase(head, request)
    left = everything(head)
    assert "Wilhelmina" not in left
    with clerk.database.reading() as session:
        assert session.get_one(ItemRow, message).text == ""
        assert session.get_one(ItemRow, post).text.startswith("Zebedee"), "the child's record is here until its date"
        assert session.get_one(PupilRow, pupil).first == "Zebedee"
        assert integrity_faults(session.connection()) == []


def test_who_is_on_roll_stays(clerk: Office, head: Office, pupil: int) -> None:
    for request, words in (
        (asks(clerk, pupil), "The pupil is on roll"),
        (adult_asks(clerk, adult_of(clerk, pupil)), "has a child on roll"),
    ):
        assert words in head.ask(PreviewErasure(request)).against
        with pytest.raises(Refused, match=words):
            erase(head, request)
    assert "Zebedee" in everything(head)


def test_what_stands_against_it(clerk: Office, head: Office, slt: Office, pupil: int) -> None:
    clerk.perform(RecordLeaver(pupil, JULY))
    request = asks(clerk, pupil)

    def against() -> str:
        return head.ask(PreviewErasure(request)).against

    assert "noted yet that it was done in ClassDojo" in against()
    clerk.perform(NoteStep((pupil,), Step.REMOVE))
    assert against() == ""
    head.perform(HoldLeaver(pupil, "A claim is open."))
    assert "A claim is open" in against()
    head.perform(HoldLeaver(pupil, ""))
    other = asks(clerk, pupil, Asked.SEE)
    assert "Another request" in against()
    assert "does not ask for a deletion" in head.ask(PreviewErasure(other)).against
    clerk.perform(PauseDataRequest(request, Pause.IDENTITY, CAME))
    assert "before the person's identity is checked" in against()
    with pytest.raises(Refused, match="identity"):
        erase(head, request)


@pytest.mark.parametrize("whole", [True, False])
def test_what_the_schedule_holds_is_not_deleted(clerk: Office, head: Office, pupil: int, whole: bool) -> None:
    message, _ = posts(clerk, pupil)
    leaves(clerk, pupil)
    request = asks(clerk, pupil)
    records = () if whole else (("item", message),)
    head.perform(PlaceHold(Kept.ITEMS, records, "A claim is open.", date(2027, 3, 1)))
    assert "is held" in head.ask(PreviewErasure(request)).against
    with pytest.raises(Refused, match="is held"):
        erase(head, request)


def test_a_case_is_decided_first_and_stays_sealed(clerk: Office, head: Office, pupil: int) -> None:
    adult = adult_of(clerk, pupil)
    _, finding = an_item(clerk, "You fools", check=Check.ABUSE, guardian=adult)
    case = head.perform(OpenCase(finding, "An insult by Wilhelmina."))
    leaves(clerk, pupil)
    request = asks(clerk, pupil)
    assert "not decided yet" in head.ask(PreviewErasure(request)).against
    head.perform(DecideCase(case, Outcome.ADVICE, "First time."))
    erase(head, request)
    kept = head.perform(ReadCase(case))
    assert (kept.summary, kept.evidence != ()) == ("An insult by Wilhelmina.", True)
    assert "Wilhelmina" not in everything(head)


def test_what_the_safeguarding_lead_has_stays_theirs(clerk: Office, head: Office, slt: Office, pupil: int) -> None:
    adult = adult_of(clerk, pupil)
    item, _ = an_item(clerk, "He hits me", check=Check.SAFEGUARDING, guardian=adult)
    slt.perform(ReferToSafeguarding(item))
    leaves(clerk, pupil)
    request = asks(clerk, pupil)
    shown = slt.ask(PreviewErasure(request))
    assert "Messages and comments, their words" not in dict(shown.goes), "no figure gives it away"
    erase(head, request)
    with head.database.reading() as session:
        assert session.get_one(ItemRow, item).text_sealed is not None


def test_only_what_was_seen_is_deleted_and_all_or_nothing(clerk: Office, head: Office, slt: Office, pupil: int) -> None:
    leaves(clerk, pupil)
    request = asks(clerk, pupil)
    seen = head.ask(PreviewErasure(request)).seen
    with pytest.raises(NotAllowed):
        slt.perform(EraseAsAsked(request, seen, WHY))
    with pytest.raises(NotAllowed):
        clerk.ask(PreviewErasure(request))
    with pytest.raises(Refused, match="Write why"):
        head.perform(EraseAsAsked(request, seen, " "))
    posts(clerk, pupil)
    before = everything(head)
    with pytest.raises(Overtaken, match="changed meanwhile"):
        head.perform(EraseAsAsked(request, seen, WHY))
    assert everything(head) == before


def test_somebody_outside_the_register_cannot_be_deleted_here(clerk: Office, head: Office) -> None:
    request = clerk.perform(
        RecordDataRequest(Asked.DELETE, Asker.OTHER, CAME, Identity.KNOWN, "All.", name="Robin Vale")
    )
    with pytest.raises(Problem, match="nobody in the register"):
        head.ask(PreviewErasure(request))


def test_the_certificate_names_nobody(clerk: Office, head: Office, pupil: int, tmp_path: Path) -> None:
    posts(clerk, pupil)
    leaves(clerk, pupil)
    request = asks(clerk, pupil)
    with pytest.raises(Refused, match="Nothing was deleted"):
        head.perform(CertifyErasure(request))
    erase(head, request)
    place = tmp_path / "certificate.pdf"
    save_certificate(head, request, place)
    told = " ".join(" ".join(page.extract_text() for page in PdfReader(place).pages).split())
    for wanted in ("R-2026-001", "Pat Headteacher", "Mon 23 Nov 2026", "a former pupil", "Relationships"):
        assert wanted in told
    for word in ("Zebedee", "Quillfeather", "Wilhelmina"):
        assert word not in told
    with pytest.raises(Problem, match=r"must end in \.pdf"):
        save_certificate(head, request, tmp_path / "certificate.txt")

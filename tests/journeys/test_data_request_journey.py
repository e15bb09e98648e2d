"""From a request to its answer and from a deletion to its certificate, by the people who do each step (H12, K3)."""

from __future__ import annotations

import zipfile
from datetime import date
from io import BytesIO
from pathlib import Path

from pypdf import PdfReader

from app.domain.data_requests import Asked, Asker, Identity, Result
from app.domain.leaving import Step
from app.services.activity import Activity
from app.services.data_erasure import EraseAsAsked, PreviewErasure
from app.services.data_request_board import DataRequests
from app.services.data_requests import CloseDataRequest, RecordDataRequest, ResumeDataRequest
from app.services.leavers import NoteStep, RecordLeaver
from app.services.office import Office
from app.services.today import Today
from app.store.audit_chain import broken_at
from app.store.reads.activity import ActivityFilter
from app.store.reads.evidence import Year, evidence_of
from reports.catalogue import report
from reports.making import make
from reports.own_data.answer import save_answer
from reports.own_data.certificate import save_certificate
from tests.conftest import StandingClock
from tests.services.rows import a_class, a_guardian, a_pupil, an_item, everything


def words_of(data: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(data)).pages).split())


def test_from_the_request_to_the_certificate(
    clerk: Office, slt: Office, head: Office, clock: StandingClock, tmp_path: Path
) -> None:
    willow = a_class(clerk)
    ella, tom = a_pupil(clerk, "Zebedee", "Quillfeather", willow), a_pupil(clerk, "Tom", "Vale", willow)
    joanne = a_guardian(clerk, ella, "Wilhelmina")
    a_guardian(clerk, tom, "Peter")
    an_item(clerk, "Tom Vale took the ball", guardian=joanne)

    # The office takes the request down; the clock stands until somebody knows who asks.
    came = date(2026, 11, 23)
    see = clerk.perform(
        RecordDataRequest(Asked.SEE, Asker.GUARDIAN, came, Identity.WAITING, "A copy, please.", guardian_id=joanne)
    )
    clock.later(days=7)
    clerk.perform(ResumeDataRequest(see, date(2026, 11, 30), Identity.DOCUMENT))
    assert clerk.ask(DataRequests())[0].clock.due == date(2026, 12, 30)
    clock.later(days=25)
    assert any(line.area == "requests" for line in slt.ask(Today()).due), "Today reminds a week ahead"

    # A leader gathers, reads and sends.
    save_answer(slt, see, tmp_path / "answer.zip")
    with zipfile.ZipFile(tmp_path / "answer.zip") as archive:
        paper = words_of(archive.read("R-2026-001.pdf"))
    assert "another child took the ball" in paper
    assert "Vale" not in paper
    slt.perform(CloseDataRequest(see, Result.DONE, date(2026, 12, 25), "Handed over on paper."))

    # The family leaves and asks for deletion; the headteacher approves what was shown.
    clerk.perform(RecordLeaver(ella, date(2026, 12, 18)))
    clerk.perform(NoteStep((ella,), Step.REMOVE))
    delete = clerk.perform(
        RecordDataRequest(
            Asked.DELETE, Asker.FOR_PUPIL, date(2026, 12, 25), Identity.KNOWN, "Delete it.",
            guardian_id=joanne, pupil_id=ella,
        )
    )  # fmt: skip
    head.perform(EraseAsAsked(delete, slt.ask(PreviewErasure(delete)).seen, "They moved."))
    save_certificate(head, delete, tmp_path / "certificate.pdf")
    assert "R-2026-002" in words_of((tmp_path / "certificate.pdf").read_bytes())

    # Nothing is left of them; everything done is on record; the review and the report count it and name nobody.
    left = everything(head)
    assert "Zebedee" not in left
    assert "Wilhelmina" not in left
    verbs = [line.verb for line in head.ask(Activity(ActivityFilter(size=50)))]
    assert {"request.recorded", "request.gathered", "request.exported", "request.closed", "request.erased"} <= set(
        verbs
    )
    made = make(slt, report("requests"), tmp_path / "requests.pdf", date(2026, 9, 1), date(2027, 8, 31))
    told = words_of(made.path.read_bytes())
    for wanted in ("R-2026-001", "R-2026-002", "See their data", "Done as asked", "Deleted"):
        assert wanted in told
    assert "Quillfeather" not in told
    with head.database.reading() as session:
        assert broken_at(session) is None
        year = Year(session, date(2026, 9, 1), date(2027, 8, 31), head.clock())
        shown = {one.label: one.words for code in ("K3", "H12") for one in evidence_of(code, year)}
    assert shown["Subject access requests"] == "1"
    assert shown["Requests to correct or delete data, or to object"] == "1"
    assert shown["Answered in time"] == "2 of 2"
    assert shown["Half of them answered within"].endswith("days")
    assert shown["Records deleted as somebody asked"] == "1"

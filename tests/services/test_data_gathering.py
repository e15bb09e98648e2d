"""One export of what is held: whole, for one person, nobody else in it, nothing restricted (H12, K3)."""

from __future__ import annotations

import hashlib
import json
import zipfile
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader
from sqlalchemy import select

from app.domain.checks.finding import Check
from app.domain.data_requests import Asked, Asker, Identity, Result
from app.domain.permissions import Answer, MediaKind
from app.domain.problems import NotAllowed, Overtaken, Problem, Refused
from app.services.cases import AddCaseNote, OpenCase
from app.services.codes import IssueCodes, Scope
from app.services.data_gathering import GatherHoldings, Holdings, RecordExport
from app.services.data_request_board import ReadDataRequest
from app.services.data_requests import CloseDataRequest, RecordDataRequest
from app.services.linking import RecordLink, SetContact
from app.services.login_cards import EnterLogin
from app.services.office import Office
from app.services.permissions import RecordPermission
from app.services.review import ReferToSafeguarding
from app.store.tables.audit import AuditRow
from app.store.tables.content import ItemRow, RecipientRow, TagRow
from app.store.tables.monitoring import RequestRow
from app.store.tables.people import GuardianRow, TieRow
from reports.own_data.answer import BEFORE, as_json, packed, save_answer
from tests.services.rows import a_class, a_guardian, a_pupil, about, an_item

CAME = date(2026, 11, 2)
SENT = datetime(2026, 11, 20, 14, 0, tzinfo=UTC)
CODE = "SAB12CD34"


def words_of(data: bytes) -> str:
    """What a PDF says, in one line."""
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(data)).pages).split())


class Family:
    """Ella with her mother Joanne; Tom with his father Peter, who is nobody's business here."""

    def __init__(self, clerk: Office) -> None:
        self.clerk = clerk
        willow = a_class(clerk)
        self.ella = a_pupil(clerk, class_id=willow)
        self.tom = a_pupil(clerk, "Tom", "Quillfeather", willow)
        self.joanne = a_guardian(clerk, self.ella)
        self.peter = a_guardian(clerk, self.tom, "Peter")
        with clerk.database.writing() as session:
            session.get_one(GuardianRow, self.joanne).email = "joanne@marsh.example"
            peter = session.get_one(GuardianRow, self.peter)
            peter.last, peter.phones, peter.name_key = "Quillfeather", "07700 900456", "peter quillfeather"
        clerk.perform(RecordPermission(self.ella, self.joanne, MediaKind.PHOTOGRAPH, Answer.GIVEN, CAME))
        clerk.perform(
            RecordPermission(self.ella, self.joanne, MediaKind.PHOTOGRAPH, Answer.WITHDRAWN, date(2026, 11, 9))
        )
        self.code = clerk.perform(IssueCodes(Scope(pupil_id=self.ella, guardian_id=self.joanne)))
        clerk.perform(RecordLink(self.ella, self.joanne))
        clerk.perform(EnterLogin(self.ella, CODE))
        self.wrote = self.say("Tom Quillfeather pushed Ella. His dad is on 07700 900456.", guardian_id=self.joanne)
        self.post = self.say("Ella and Tom painted.", kind="class_story", role="staff", author_name="Mrs Holt")
        with clerk.database.writing() as session:
            session.add(TagRow(item_id=self.post, pupil_id=self.ella))

    def say(self, text: str, *, kind: str = "message", role: str = "parent", **more: object) -> int:
        with self.clerk.database.writing() as session:
            digest = hashlib.sha256(text.encode()).hexdigest()
            row = ItemRow(digest=digest, kind=kind, author_role=role, sent_at=SENT, text=text, **more)
            session.add(row)
            session.flush()
            return row.id

    def asks(self, kind: Asked = Asked.SEE) -> int:
        return self.clerk.perform(
            RecordDataRequest(kind, Asker.GUARDIAN, CAME, Identity.KNOWN, "All.", guardian_id=self.joanne)
        )

    def asks_for_ella(self, by: int | None = None) -> int:
        return self.clerk.perform(
            RecordDataRequest(
                Asked.SEE,
                Asker.FOR_PUPIL,
                CAME,
                Identity.KNOWN,
                "All.",
                guardian_id=by or self.joanne,
                pupil_id=self.ella,
            )
        )


@pytest.fixture
def family(clerk: Office) -> Family:
    return Family(clerk)


def rows(held: Holdings, name: str) -> tuple[tuple[object, ...], ...]:
    return next(part.rows for part in held.parts if part.name == name)


def names(held: Holdings) -> list[str]:
    return [part.name for part in held.parts]


def test_a_guardians_data_are_all_there(family: Family, slt: Office) -> None:
    held = slt.perform(GatherHoldings(family.asks()))
    assert names(held) == [
        "Register", "Relationships", "Permissions", "Linking codes", "Links", "Acceptances", "Requests",
        "Posts and messages", "Cases", "Letters",
    ]  # fmt: skip
    assert ("E-mail", "joanne@marsh.example") in rows(held, "Register")
    assert rows(held, "Relationships") == (("Ella Marsh", "Mother", "Yes", None),)
    assert [row[3] for row in rows(held, "Permissions")] == ["Given", "Given", "Withdrawn", "Withdrawn"], "with history"
    assert len(rows(held, "Linking codes")) == 1
    assert rows(held, "Links")[0][:2] == ("Ella Marsh", "Linked")
    assert rows(held, "Requests")[0][0] == "R-2026-001"
    assert (held.full, held.about) == (True, "Joanne Marsh")


def test_a_pupils_data_are_all_there(family: Family, slt: Office) -> None:
    held = slt.perform(GatherHoldings(family.asks_for_ella()))
    assert rows(held, "Relationships") == (("Joanne Marsh", "Mother", "Yes", None),)
    assert ("Date of birth", date(2018, 9, 3)) in rows(held, "Register")
    assert rows(held, "Login cards") == ((date(2026, 11, 23), None, None),)
    words = [row[4] for row in rows(held, "Posts and messages")]
    assert "Ella and another child painted." in words
    assert {"Points", "Cases"} <= set(names(held))


def test_nobody_else_and_no_code_is_in_it(family: Family, slt: Office) -> None:
    a_guardian(family.clerk, family.ella, "Bernadette")
    for request in (family.asks(), family.asks_for_ella()):
        held = slt.perform(GatherHoldings(request))
        told = as_json(held)
        for other in ("Quillfeather", "Tom", "Peter", "900456", "Bernadette", CODE):
            assert other not in told
        assert "another child" in told
        assert family.code.codes[0].code not in told


def test_an_adult_is_not_told_of_a_child_they_may_not_reach(family: Family, slt: Office) -> None:
    with family.clerk.database.writing() as session:
        session.add(TieRow(pupil_id=family.tom, guardian_id=family.joanne, relationship="STP", contact="open"))
    slt.perform(SetContact(family.tom, family.joanne, "barred", why="A court order."))
    told = as_json(slt.perform(GatherHoldings(family.asks())))
    assert "Tom" not in told
    assert "court" not in told
    assert "barred" not in told.casefold()


def test_what_another_adult_is_to_the_child_is_not_told(family: Family, clerk: Office, slt: Office) -> None:
    carer = a_guardian(clerk, family.ella, "Bernadette")
    with clerk.database.writing() as session:
        tie = session.scalars(select(TieRow).where(TieRow.guardian_id == carer)).one()
        tie.relationship = "SWR"
    held = slt.perform(GatherHoldings(family.asks_for_ella()))
    assert ("another adult", "Not shown", "Not shown", None) in rows(held, "Relationships")
    assert "worker" not in as_json(held)


def test_the_office_gathers_the_register_alone(family: Family, clerk: Office) -> None:
    held = clerk.perform(GatherHoldings(family.asks()))
    assert not held.full
    assert "Posts and messages" not in names(held)
    assert "Cases" not in names(held)
    assert "pushed" not in as_json(held)


def test_what_went_or_may_go_to_the_safeguarding_lead_is_in_nobodys(family: Family, clerk: Office, slt: Office) -> None:
    gone, finding = an_item(clerk, "He hits me at night.", check=Check.SAFEGUARDING, guardian=family.joanne)
    _, other = an_item(clerk, "I am afraid of home.", check=Check.SAFEGUARDING, guardian=family.joanne)
    about(clerk, other, family.ella)
    case = slt.perform(OpenCase(finding, "A worry about the kitchen."))
    slt.perform(AddCaseNote(case, "Kitchen again."))
    slt.perform(ReferToSafeguarding(gone, "Said at night."))
    for office in (clerk, slt):
        for request in (family.asks(), family.asks_for_ella()):
            told = as_json(office.perform(GatherHoldings(request)))
            for word in ("hits", "afraid", "itchen", "night", "afeguard", "referr", "C-2026"):
                assert word not in told


def test_cases_are_for_leaders_with_names_taken_out(family: Family, clerk: Office, slt: Office) -> None:
    _, finding = an_item(clerk, "You are a fool", check=Check.ABUSE, guardian=family.joanne)
    case = slt.perform(OpenCase(finding, "She insulted Peter Quillfeather."))
    slt.perform(AddCaseNote(case, "She was told so."))
    held = slt.perform(GatherHoldings(family.asks()))
    assert [row[3] for row in rows(held, "Cases")] == ["She insulted another adult.", "She was told so."]


def test_received_and_named_words_are_found(family: Family, clerk: Office, slt: Office) -> None:
    received = family.say("Please sign the form.", role="staff")
    family.say("Joanne Marsh came to the fair.", kind="school_story", role="staff")
    family.say("Joanne of Arc.", kind="school_story", role="staff")
    with clerk.database.writing() as session:
        session.add(RecipientRow(item_id=received, guardian_id=family.joanne))
    held = slt.perform(GatherHoldings(family.asks()))
    found = {(row[2], row[4]) for row in rows(held, "Posts and messages")}
    assert ("Received", "Please sign the form.") in found
    assert ("Named", "Joanne Marsh came to the fair.") in found
    assert len(found) == 3, "and what she wrote"


def test_an_adult_with_limits_gets_nothing_from_the_office(family: Family, clerk: Office, slt: Office) -> None:
    slt.perform(SetContact(family.ella, family.joanne, "restricted", why="As the court ordered."))
    request = family.asks_for_ella()
    with pytest.raises(Refused, match="safeguarding lead"):
        clerk.perform(GatherHoldings(request))
    assert "may not be linked" in slt.perform(GatherHoldings(request)).doubt


def test_gathering_is_audited_and_ends_with_the_request(family: Family, slt: Office, clerk: Office) -> None:
    request = family.asks()
    slt.perform(GatherHoldings(request))
    with slt.database.reading() as session:
        row = session.scalars(select(AuditRow).order_by(AuditRow.seq.desc()).limit(1)).one()
        assert (row.verb, row.subject) == ("request.gathered", f"request:{request}")
        assert "Joanne" not in str(row.detail)
    slt.perform(CloseDataRequest(request, Result.DONE, CAME, "Sent."))
    with pytest.raises(Overtaken):
        slt.perform(GatherHoldings(request))
    other = clerk.perform(RecordDataRequest(Asked.SEE, Asker.OTHER, CAME, Identity.KNOWN, "All.", name="Robin Vale"))
    with pytest.raises(Problem, match="nobody in the register"):
        slt.perform(GatherHoldings(other))
    with pytest.raises(Problem, match="digest"):
        slt.perform(RecordExport(request, "no"))


def test_the_file_holds_three_forms_and_a_sheet_for_the_leader(family: Family, slt: Office, tmp_path: Path) -> None:
    request = family.asks()
    place = tmp_path / "answer.zip"
    held = save_answer(slt, request, place)
    with zipfile.ZipFile(place) as archive:
        assert archive.namelist() == ["R-2026-001.pdf", "R-2026-001.xlsx", "R-2026-001.json", BEFORE]
        paper = words_of(archive.read("R-2026-001.pdf"))
        sheet = words_of(archive.read(BEFORE))
        data = json.loads(archive.read("R-2026-001.json"))
    assert "Joanne Marsh" in paper
    assert "another child" in paper
    assert "afeguarding" not in paper, "what goes out says nothing of it"
    assert "safeguarding lead" in sheet
    assert data["parts"][0]["rows"][0] == {"What": "First name", "What is held": "Joanne"}
    assert held.reference == "R-2026-001"
    with slt.database.reading() as session:
        assert session.get_one(RequestRow, request).file_sha256 == hashlib.sha256(place.read_bytes()).hexdigest()
    assert len(slt.perform(ReadDataRequest(request)).steps) == 2
    with pytest.raises(Problem, match=r"must end in \.zip"):
        save_answer(slt, request, tmp_path / "answer.pdf")


def test_the_offices_file_says_that_it_is_a_part_only(family: Family, clerk: Office) -> None:
    data = packed(clerk.perform(GatherHoldings(family.asks())))
    with zipfile.ZipFile(BytesIO(data)) as archive:
        assert BEFORE not in archive.namelist()
        paper = words_of(archive.read("R-2026-001.pdf"))
    assert "register's part only" in paper
    assert "afeguarding" not in paper


def test_words_that_look_like_markup_or_formulas_stay_words(family: Family, slt: Office) -> None:
    family.say("=HYPERLINK(1) <b>bold</b> & more \u202e", guardian_id=family.joanne)
    data = packed(slt.perform(GatherHoldings(family.asks())))
    with zipfile.ZipFile(BytesIO(data)) as archive:
        assert "<b>bold</b>" in words_of(archive.read("R-2026-001.pdf"))


def test_nobody_gathers_without_a_role(family: Family, clerk: Office) -> None:
    with pytest.raises(NotAllowed):
        clerk.perform(ReadDataRequest(family.asks()))

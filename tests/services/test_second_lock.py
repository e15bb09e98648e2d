"""With the database's file and the password of an office account, no word of a case, a referral or care can be read.

A word that stands nowhere else is planted in every free field of every command that writes such records; that none was
forgotten is asked of the door's book. Then the school is opened below the application, as a thief would, with what the
office's password opens: every table and column, what the full-text index keeps for itself, every page of the file and
of its log (free ones too), every file of evidence, a backup.
"""

from __future__ import annotations

import dataclasses
import hashlib
import typing
import zipfile
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from app.domain.appeals import AppealOutcome
from app.domain.breach import CaseStatus, Outcome, Outside
from app.domain.care import CareRecord, LegalStatus
from app.domain.checks.finding import Check
from app.domain.letters import Wording
from app.domain.problems import NotAllowed
from app.domain.review import Reason, Takedown, Verdict
from app.domain.roles import Role
from app.services.accounts import AddAccount, found_school, sign_in
from app.services.appeals import DecideAppeal, RecordAppeal, Reinstate
from app.services.care import BarPictures, LookAtCareDocument, LookAtCareFile, RecordCare
from app.services.case_evidence import LookAtCaseFile
from app.services.case_letters import DecisionLetter
from app.services.case_referrals import ReferOut
from app.services.cases import AddCaseNote, Cases, DecideCase, OpenCase, ReadCase
from app.services.cases_by_hand import Concerns, OpenCaseByHand
from app.services.data_breaches import DecideBreach, ReadBreach, RecordBreach
from app.services.door import COMMANDS, Command
from app.services.evidence import AddEvidence, TakeOutEvidence
from app.services.guardians_contact import LookAtContact
from app.services.keeping import BackUp
from app.services.letters import shipped
from app.services.linking import RecordLink, SetContact
from app.services.office import Office
from app.services.reported import ReportMessage
from app.services.review import (
    CloseReferral,
    GiveVerdict,
    ItemToReview,
    ReceiveReferral,
    ReferToOffice,
    ReferToSafeguarding,
    SafeguardingList,
)
from app.services.takedowns import AddCorrection, AskTakedown
from app.store.evidence import EvidenceFolder
from app.store.keys import Keys, WrongKey, unseal
from app.store.vault import open_vault
from reports.letters.decision import decision_pdf, save_decision_letter
from reports.letters.writing import Sender
from tests.conftest import NOW, PASSWORD, QUICK, StandingClock
from tests.services import below
from tests.services.rows import a_class, a_guardian, a_pupil, an_item
from tests.services.test_nothing_leaks import scan, told

TODAY = date(2026, 11, 23)
AREAS = ("case.", "appeal.", "breach.", "care.", "referral.safeguarding", "referral.closed", "contact.set",
         "permission.barred")  # fmt: skip
"""The verbs of everything that writes under the second lock."""
NO_FREE_WORDS = {
    "OpenCaseByHand.clause": "a clause's code",
    "DecideBreach.risk": "one of three words",
    "RecordDecisionLetter.language": "a language's code",
    "RecordDecisionLetter.sha256": "a digest",
    "SetContact.contact": "open, restricted or barred: what everybody must know, without why",
    "CloseReferral.answered": "one of five channels",
}


def word(name: str) -> str:
    """A word of its own for a field, in letters that no other word shares."""
    digest = hashlib.sha256(name.encode()).digest()
    return "".join(chr(ord("a") + byte % 26) for byte in digest[:14])


@dataclasses.dataclass
class School:
    """A school on disk with everything planted, and who holds which door."""

    home: Path
    head: Office
    slt: Office
    lead: Office
    clerk: Office
    planted: dict[str, str]
    ids: dict[str, int]

    def plants(self, office: Office, command: Command[Any]) -> Any:
        """Do it, and keep in mind which words stood in its fields."""
        for each in dataclasses.fields(typing.cast("Any", command)):
            value = getattr(command, each.name)
            if (name := f"{type(command).__name__}.{each.name}") in NO_FREE_WORDS:
                continue
            if isinstance(value, str) and len(value) >= 14:
                self.planted.setdefault(name, value)
        return office.perform(command)


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> Iterator[School]:
    home, clock = tmp_path_factory.mktemp("lock") / "school", StandingClock(NOW)
    found_school(home, name="Larkfield", login="head", person="Helen", password=PASSWORD, clock=clock, hardness=QUICK)
    head = sign_in(home, "head", PASSWORD, clock)
    for login, role in (("slt", Role.SLT), ("lead", Role.SAFEGUARDING), ("clerk", Role.OFFICE)):
        head.perform(AddAccount(login, login.title(), role, PASSWORD))
    slt, lead, clerk = (sign_in(home, login, PASSWORD, clock) for login in ("slt", "lead", "clerk"))
    made = School(home, head, slt, lead, clerk, {}, {})
    _people(made)
    _case(made)
    _case_by_hand(made)
    _breach(made)
    _referral(made)
    _care(made)
    yield made
    for office in (clerk, lead, slt, head):
        office.close()


def _people(school: School) -> None:
    willow = a_class(school.head)
    pupil = a_pupil(school.head, class_id=willow)
    guardian = a_guardian(school.head, pupil)
    school.clerk.perform(RecordLink(pupil, guardian))
    school.ids |= {"pupil": pupil, "guardian": guardian}
    for number in range(60):
        an_item(school.slt, f"Sentence number {number} that fills the index and its pages. " * 9)


def _case(school: School) -> None:
    slt, head, plants = school.slt, school.head, school.plants
    _, finding = an_item(slt, "Sharing it on my page", check=Check.RESHARE, guardian=school.ids["guardian"])
    case = plants(slt, OpenCase(finding, f"Opened: {word('summary')}"))
    school.ids["case"] = case
    plants(slt, AddCaseNote(case, f"Note: {word('note')}"))
    plants(head, DecideCase(case, Outcome.ADVICE, f"First: {word('first decision')}"))
    plants(head, DecideCase(case, Outcome.SUSPENSION, word("reasons"), TODAY + timedelta(28), seen=CaseStatus.DECIDED))
    facts = slt.ask(DecisionLetter(case))
    wording: Wording = shipped("decision", "ur")
    pdf = decision_pdf(facts, wording, Sender("Larkfield", "", ""), TODAY, word("letter"))
    save_decision_letter(slt, facts, wording, pdf, school.home.parent / "letter.pdf")
    school.planted["letter"] = word("letter")
    slt.perform(RecordAppeal(case, TODAY))
    plants(slt, DecideAppeal(case, AppealOutcome.STANDS, f"Mrs {word('chair')}", f"Heard: {word('heard')}", TODAY))
    plants(slt, ReferOut(case, Outside.POLICE, TODAY, f"PO {word('outside')}", f"Told: {word('why outside')}"))
    plants(head, Reinstate(case, f"Let back: {word('reinstated')}"))


def _case_by_hand(school: School) -> None:
    guardian, file = school.ids["guardian"], word("case file").encode()
    school.planted["OpenCaseByHand.files"] = word("case file")
    made = school.plants(
        school.slt, OpenCaseByHand(Concerns.GUARDIAN, guardian, "P9", f"By hand: {word('by hand')}", (file,))
    )
    school.ids["by hand"] = made


def _breach(school: School) -> None:
    made = school.plants(school.slt, RecordBreach(NOW, f"A list went out: {word('breach')}", school.ids["case"]))
    school.plants(school.head, DecideBreach(made, "none", False, f"Not reported: {word('not reported')}"))
    school.ids["breach"] = made


def _referral(school: School) -> None:
    """Everything that can be said about an item before it goes to the lead, in short and in long."""
    slt, clerk, planted = school.slt, school.clerk, school.planted
    said = f"My uncle {word('harm')} hits me every night and I am scared. " + "It is dark there. " * 400
    for name in ("harm", "why", "verdict", "brief", "outcome", "takedown", "correction", "picture", "again"):
        planted[f"before the referral: {name}"] = word(name)
    item = clerk.perform(
        ReportMessage("Mrs Holt", said, "Joanne Marsh", class_name="Willow", sent_at=NOW, why=word("why"))
    ).item_id
    reported = next(card for card in slt.ask(ItemToReview(item)).findings if card.check is Check.REPORTED)
    slt.perform(GiveVerdict(reported.id, Verdict.UPHELD, Reason.OTHER, word("verdict")))
    closed = slt.perform(ReferToOffice(item, "absence", word("brief")))
    clerk.perform(CloseReferral(closed, word("outcome")))
    slt.perform(AskTakedown(item, Takedown.REWORDING, word("takedown")))
    slt.perform(AddCorrection(item, word("correction")))
    school.ids["picture"] = slt.perform(AddEvidence(item, word("picture").encode()))
    made = school.plants(slt, ReferToSafeguarding(item, f"See {word('referral note')}"))
    school.plants(school.lead, CloseReferral(made, f"Closed: {word('closed')}", f"CP {word('reference')}"))
    clerk.perform(ReportMessage("Mr Ali", said, "Joanne Marsh", sent_at=NOW, why=word("again")))
    school.ids["referral"] = made


def _care(school: School) -> None:
    pupil, guardian = school.ids["pupil"], school.ids["guardian"]
    words = {name: word(f"care {name}") for name in ("authority", "social_worker", "decides", "document", "decision")}
    record = dataclasses.replace(
        CareRecord(pupil, LegalStatus.INTERIM_ORDER),
        authority=words["authority"],
        social_worker=words["social_worker"],
        decides=words["decides"],
        document=words["document"],
        decision=words["decision"],
    )
    school.planted |= {f"care {name}": said for name, said in words.items()}
    school.planted["RecordCare.document"] = word("care scan")
    school.planted["RecordCare.record"] = words["decision"]
    school.clerk.perform(RecordCare(record))
    school.head.perform(RecordCare(dataclasses.replace(record, images_allowed=False), scan(word("care scan"))))
    school.plants(school.head, BarPictures(pupil, True, f"Because {word('bar')}"))
    school.plants(school.clerk, SetContact(pupil, guardian, "restricted", why=f"Order: {word('contact')}"))


def free_fields() -> set[str]:
    """Every field of a command under the second lock that can carry words or files, by the door's book."""
    found = set()
    for kind, action in COMMANDS.items():
        if not action.verb.startswith(AREAS):
            continue
        hints = typing.get_type_hints(kind)
        for each in dataclasses.fields(typing.cast("Any", kind)):
            if any(name in str(hints[each.name]) for name in ("str'", "bytes", "str ", "CareRecord")):
                found.add(f"{kind.__name__}.{each.name}")
    return found - NO_FREE_WORDS.keys()


def tails(school: School) -> dict[str, str]:
    """The planted words' last ten letters: an index may keep a word's beginning with another word."""
    return {name: said.rsplit(None, 1)[-1][-10:] for name, said in school.planted.items()}


def found_in(said: str, school: School) -> list[str]:
    """In which fields the words were planted that stand in a text."""
    folded = said.casefold()
    spread = folded.replace("\0", "")
    return [name for name, tail in tails(school).items() if tail in folded or tail in spread]


@pytest.fixture(scope="module")
def thief(school: School) -> Keys:
    """What the office's password opens, and nothing else."""
    keys = open_vault(school.home).keys_for("clerk", PASSWORD)
    assert keys.leaders is None
    return keys


def test_a_word_was_planted_in_every_field_that_can_carry_one(school: School) -> None:
    assert free_fields() - school.planted.keys() == set()
    assert len(school.planted) >= 28
    assert all(len(tail) == 10 for tail in tails(school).values())
    assert len(set(tails(school).values())) >= len(school.planted) - 3


def test_the_words_are_there_for_those_who_may_read_them(school: School) -> None:
    head, ids = school.head, school.ids
    read = [
        head.perform(ReadCase(ids["case"])),
        file := head.perform(ReadCase(ids["by hand"])),
        head.perform(LookAtCaseFile(file.evidence[0].id)),
        head.perform(ReadBreach(ids["breach"])),
        head.perform(ReceiveReferral(ids["referral"])),
        head.perform(ReceiveReferral(ids["referral"] + 1)),
        head.ask(SafeguardingList()),
        head.perform(TakeOutEvidence(ids["picture"])),
        head.perform(LookAtCareFile(ids["pupil"])),
        head.perform(LookAtCareDocument(ids["pupil"])),
        head.perform(LookAtContact(ids["pupil"], ids["guardian"])),
    ]
    seen = set(found_in("\n".join("\n".join(told(one)) for one in read), school))
    assert school.planted.keys() - seen == {"letter", "CloseReferral.outcome"}, "on paper, and kept without being shown"


def test_no_table_holds_any_of_it(school: School, thief: Keys) -> None:
    connection = below.opened(school.home / "school.db", thief.main)
    try:
        assert {"breach_case", "case_event", "referral", "appeal", "care_record", "item_words_data"} <= set(
            below.tables(connection)
        )
        where: dict[str, set[str]] = {}
        for place, said in below.cells(connection):
            for name in found_in(said, school):
                where.setdefault(name, set()).add(place)
        assert where == {}
        assert found_in("\n".join(below.index_terms(connection)), school) == []
    finally:
        connection.close()


def test_no_page_of_the_file_or_its_log_holds_any_of_it(school: School, thief: Keys) -> None:
    """Free pages and free places in pages are read too. The school is open meanwhile, so its log is there."""
    file = school.home / "school.db"
    whole = b"".join((*below.pages(file, thief.main), *below.logged_pages(file.with_name("school.db-wal"), thief.main)))
    assert b"CREATE TABLE breach_case" in whole, "the pages are really read"
    assert b"Sentence number 7" in whole
    assert found_in(whole.decode("latin-1"), school) == []


def test_no_file_of_the_school_holds_any_of_it(school: School, thief: Keys, tmp_path: Path) -> None:
    school.head.perform(BackUp(tmp_path / "backup.zip"))
    with zipfile.ZipFile(tmp_path / "backup.zip") as packed:
        packed.extractall(tmp_path / "unpacked")
    folder = EvidenceFolder(open_vault(school.home).evidence, thief)
    shut = 0
    for place in folder.places():
        try:
            assert found_in(folder.get(place).decode("latin-1"), school) == [], place
        except NotAllowed:
            shut += 1
    assert shut >= 3, "a case's file, a referral's picture and a care document"
    for file in (*school.home.rglob("*"), *(tmp_path / "unpacked").rglob("*")):
        if file.is_file():
            assert found_in(file.read_bytes().decode("latin-1"), school) == [], file.name
    copy = tmp_path / "unpacked" / "school.db"
    assert found_in(b"".join(below.pages(copy, thief.main)).decode("latin-1"), school) == []


def test_what_is_sealed_opens_with_none_of_the_offices_keys(school: School, thief: Keys) -> None:
    connection = below.opened(school.home / "school.db", thief.main)
    try:
        sealed = [
            value
            for table in (
                "breach_case",
                "case_event",
                "case_decision",
                "appeal",
                "data_breach",
                "referral",
                "care_record",
            )
            for row in connection.execute(f'SELECT * FROM "{table}"')
            for value in row
            if isinstance(value, bytes)
        ]
    finally:
        connection.close()
    assert len(sealed) >= 15
    for value in sealed:
        for key in (thief.main, thief.public):
            with pytest.raises((WrongKey, ValueError)):
                unseal(value, key)


def test_the_office_cannot_ask_for_it_either(school: School) -> None:
    for command in (ReadCase(school.ids["case"]), ReadBreach(school.ids["breach"]), ReceiveReferral(1)):
        with pytest.raises(NotAllowed):
            school.clerk.perform(command)
    with pytest.raises(NotAllowed):
        school.clerk.ask(Cases())

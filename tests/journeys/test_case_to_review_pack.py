"""A breach from the finding to the annual review: judged, decided, told in Urdu, appealed, let back; all of it shown.

The files come in and the reports go out through the command line; what leaders do goes through the office's door, as
from their screens. At the end the pack and the register of cases are read back, from paper and from the spreadsheet.
"""

from __future__ import annotations

import csv
import dataclasses
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pypdfium2
import pytest
from sqlalchemy import select

from app.domain.appeals import AppealOutcome
from app.domain.breach import CaseStatus, Outcome
from app.domain.checks.finding import Check
from app.domain.letters import DRAFT
from app.domain.problems import NotAllowed, Refused
from app.domain.review import FindingState, Reason, Verdict
from app.domain.roles import Role
from app.domain.words import day_words
from app.services.accounts import AddAccount, sign_in
from app.services.activity import CheckChain
from app.services.annual_review import OpenReview
from app.services.appeals import AppealOf, DecideAppeal, RecordAppeal, Reinstate
from app.services.case_classdojo import ClassDojoOf, ClassDojoToDo, TickClassDojo
from app.services.case_letters import DecisionLetter
from app.services.cases import Cases, DecideCase, OpenCase, ReadCase
from app.services.guardians import Guardian, Guardians, SaveGuardian
from app.services.letters import LetterWordings
from app.services.linking import RecordLink
from app.services.office import Office
from app.services.review import GiveVerdict, ItemToReview
from app.services.today import Today
from app.store.tables.content import ItemRow
from app.store.tables.links import LinkRow
from app.store.tables.people import TieRow
from reports.letters.decision import decision_pdf, save_decision_letter
from reports.letters.writing import Sender
from tests.conftest import NOW, PASSWORD, StandingClock
from tests.journeys.test_command_line import Run, run, school
from tests.reports.paper_reader import Paper
from tests.reports.sheet_reader import SheetTable, tables

__all__ = ["run", "school"]

SAID = "I put the video from the assembly on my Facebook so that the whole family can see it"
CHAIR = "Mrs Ruth Okafor, chair of governors"
YEAR = ("--from", "2026-09-01", "--to", "2027-08-31")


@dataclasses.dataclass
class Desk:
    """The leaders' doors to the school that the command line fills, and their clock."""

    home: Path
    clock: StandingClock
    head: Office
    slt: Office

    @property
    def today(self) -> date:
        return self.clock.now.date()


@pytest.fixture
def desk(run: Run, school: Path, tmp_path: Path) -> Iterator[Desk]:
    """A school with two children of one family and a message of their mother's, brought in as the office would."""
    listing, messages = tmp_path / "list.csv", tmp_path / "messages.csv"
    heads = ("Forename", "Surname", "Date of birth", "Class", "Contact 1 name", "Contact 1 relationship",
             "Contact 1 email")  # fmt: skip
    mother = ("Ayesha Rahim", "Mother", "ayesha.rahim@family.example")
    _write(listing, heads, [("Sana", "Rahim", "03/05/2018", "Willow", *mother),
                            ("Bilal", "Rahim", "11/02/2020", "Ash", *mother)])  # fmt: skip
    _write(messages, ("Date", "From", "To", "Class", "Message"),
           [("20/11/2026 16:05", "Ayesha Rahim", "Mrs Holt", "Willow", SAID)])  # fmt: skip
    assert run("import", "register", listing, "--home", school).code == 0
    assert run("import", "feed", messages, "--home", school, "--json").json["findings"] >= 1
    clock = StandingClock(NOW)
    head = sign_in(school, "head", PASSWORD, clock)
    head.perform(AddAccount("slt", "Mr Amir Shah", Role.SLT, PASSWORD))
    slt = sign_in(school, "slt", PASSWORD, clock)
    yield Desk(school, clock, head, slt)
    slt.close()
    head.close()


def _write(place: Path, heads: tuple[str, ...], rows: list[tuple[str, ...]]) -> None:
    with place.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([heads, *rows])


def states(office: Office) -> list[str]:
    with office.database.reading() as session:
        return list(session.scalars(select(LinkRow.state).order_by(LinkRow.id)))


def linked_mother(desk: Desk) -> int:
    """She reads Urdu, and is linked to both children."""
    (mother,) = desk.head.ask(Guardians())
    was = desk.head.ask(Guardian(mother.id)).details
    desk.head.perform(SaveGuardian(mother.id, dataclasses.replace(was, language="ur"), was))
    with desk.head.database.reading() as session:
        children = list(session.scalars(select(TieRow.pupil_id)))
    for child in children:
        desk.head.perform(RecordLink(child, mother.id))
    assert states(desk.head) == ["linked", "linked"]
    return mother.id


def upheld_case(desk: Desk, mother: int) -> int:
    """The senior leader upholds the finding and opens a case from it."""
    with desk.slt.database.reading() as session:
        item = session.scalars(select(ItemRow).where(ItemRow.guardian_id == mother)).one().id
    finding = next(card for card in desk.slt.ask(ItemToReview(item)).findings if card.check is Check.RESHARE)
    assert finding.clause == "P9"
    desk.slt.perform(GiveVerdict(finding.id, Verdict.UPHELD, Reason.AGAINST_POLICY))
    shown = desk.slt.ask(ItemToReview(item)).findings
    assert next(card for card in shown if card.id == finding.id).state is FindingState.UPHELD
    return desk.slt.perform(OpenCase(finding.id, "A video of the assembly stands on a public page."))


def suspend(desk: Desk, case: int) -> date:
    """The headteacher alone, with reasons and a day on which it ends; links end in the same moment."""
    ends = desk.today + timedelta(weeks=6)
    decision = DecideCase(case, Outcome.SUSPENSION, "The video shows other families' children.", ends_on=ends)
    with pytest.raises(NotAllowed):
        desk.slt.perform(decision)
    with pytest.raises(Refused, match="end date or a review date"):
        desk.head.perform(dataclasses.replace(decision, ends_on=None))
    with pytest.raises(Refused, match="needs its reasons"):
        desk.head.perform(dataclasses.replace(decision, reasons=" "))
    assert states(desk.head) == ["linked", "linked"], "what was refused changed nothing"
    desk.head.perform(decision)
    assert states(desk.head) == ["suspended", "suspended"]
    return ends


def letter_in_urdu(desk: Desk, case: int, ends: date, place: Path) -> None:
    """In the family's language, marked as a draft while nobody who speaks it has checked the wording."""
    facts = desk.slt.ask(DecisionLetter(case))
    assert (facts.to, facts.language, facts.ends_on) == ("Ayesha Rahim", "ur", ends)
    wording = next(one.wording for one in desk.slt.ask(LetterWordings("decision")) if one.wording.code == "ur")
    assert wording.draft
    reasons = "ویڈیو میں دوسرے خاندانوں کے بچے ہیں۔"
    pdf = decision_pdf(facts, wording, Sender("Thrybergh Primary", "01632 960123", "office@thrybergh.example"),
                       desk.today, reasons)  # fmt: skip
    save_decision_letter(desk.slt, facts, wording, pdf, place)
    paper = Paper(place.read_bytes())
    assert str(paper.root["/StructTreeRoot"]["/K"]["/K"]["/Lang"]) == "ur", "a screen reader changes its voice"
    said = paper.tree().whole
    assert DRAFT in said
    for words in (reasons, wording.words["appeal_heading"], "C-2026-001", f"{ends:%d/%m/%Y}"):
        assert words in said, words
    assert all(paper.fonts().values()), "every font travels in the file, so that it is joined up everywhere"
    document = pypdfium2.PdfDocument(place.read_bytes())
    drawn = document[0].get_textpage().get_text_range()
    document.close()
    assert any("\u0600" <= letter <= "\u06ff" or "\ufb50" <= letter <= "\ufeff" for letter in drawn)
    assert desk.head.perform(ReadCase(case)).events[-1].kind == "letter"


def done_in_classdojo(desk: Desk, case: int) -> None:
    """Listed for doing until somebody ticks it."""
    (line,) = desk.slt.ask(ClassDojoToDo())
    assert (line.reference, line.outcome) == ("C-2026-001", Outcome.SUSPENSION)
    assert any("to do in ClassDojo" in one.what for one in desk.slt.ask(Today()).now)
    desk.slt.perform(TickClassDojo(case, line.decision_id))
    assert desk.slt.ask(ClassDojoToDo()) == ()
    assert desk.slt.ask(ClassDojoOf(case)).done_by == "Mr Amir Shah"


def appeal(desk: Desk, case: int) -> None:
    """Within twenty school days, heard by the chair of governors; the headteacher's own name is refused."""
    last = desk.slt.ask(AppealOf(case)).last_day
    assert last is not None
    desk.clock.later(days=7)
    assert desk.today < last
    desk.slt.perform(RecordAppeal(case, desk.today))
    assert desk.slt.ask(Cases())[0].status is CaseStatus.APPEALED
    desk.clock.later(days=3)
    heard = DecideAppeal(case, AppealOutcome.STANDS, CHAIR, "The page was public for a week.", desk.today)
    for same in (desk.head.actor.name, f"Mrs {desk.head.actor.name.upper()}"):
        with pytest.raises(Refused, match="somebody else"):
            desk.slt.perform(dataclasses.replace(heard, heard_by=same))
    assert desk.slt.ask(AppealOf(case)).outcome is None
    desk.slt.perform(heard)
    shown = desk.slt.ask(AppealOf(case))
    assert (shown.heard_by, shown.outcome) == (CHAIR, AppealOutcome.STANDS)
    assert states(desk.head) == ["suspended", "suspended"], "the decision stands, and so does what followed from it"


def let_back(desk: Desk, case: int) -> None:
    """By the headteacher, with a reason, before the end."""
    desk.clock.later(days=14)
    with pytest.raises(NotAllowed):
        desk.slt.perform(Reinstate(case, "The page is gone."))
    assert desk.head.perform(Reinstate(case, "The page is gone, and she has apologised.")) == 2
    assert states(desk.head) == ["linked", "linked"]


def read_back(run: Run, home: Path, report: str, folder: Path) -> tuple[str, dict[str, SheetTable]]:
    """A report made twice on the command line: the words on paper, and the spreadsheet's tables by their titles."""
    for form in ("pdf", "xlsx"):
        made = run("report", report, "--out", folder / f"{report}.{form}", *YEAR, "--home", home)
        assert made.code == 0, made.err
    sheets = tables((folder / f"{report}.xlsx").read_bytes())
    return Paper((folder / f"{report}.pdf").read_bytes()).text(), {sheet.title: sheet for sheet in sheets}


PACK = {
    "P9": {
        "Shared elsewhere: upheld, or advice given": "1",
        "Cases": "1",
        "Suspensions": "1",
    },
    "H2": {"Letters about a decision in Urdu": "1"},
    "M2": {
        "Cases opened": "1",
        "Decided: suspension": "1",
        "Links suspended or ended by a decision, at once": "2",
        "Suspensions and removals done in ClassDojo": "1 of 1",
        "Letters about a decision": "1",
        "Appeals": "1",
        "Appeals heard by somebody other than who decided": "1 of 1",
        "Appeals: the decision stands": "1",
        "Adults let back after a suspension": "1",
    },
}
"""What the pack must show of all that, by clause."""


def test_from_a_finding_to_the_annual_review(run: Run, desk: Desk, tmp_path: Path) -> None:
    mother = linked_mother(desk)
    case = upheld_case(desk, mother)
    decided = desk.today
    ends = suspend(desk, case)
    letter_in_urdu(desk, case, ends, tmp_path / "letter.pdf")
    done_in_classdojo(desk, case)
    appeal(desk, case)
    let_back(desk, case)
    desk.slt.perform(OpenReview())

    kinds = [event.kind for event in desk.head.perform(ReadCase(case)).events]
    assert kinds == ["opened", "decided", "letter", "classdojo", "appealed", "appeal decided", "reinstated"]
    assert desk.head.ask(CheckChain()).broken_at is None

    pack, sheets = read_back(run, desk.home, "annual", tmp_path)
    for code, wanted in PACK.items():
        rows = {row[0]: " of ".join(cell for cell in row[1:3] if cell) for row in sheets[f"Evidence for {code}"].rows}
        assert {label: rows.get(label) for label in wanted} == wanted
        for label in wanted:
            assert label in pack, label

    register, sheets = read_back(run, desk.home, "cases", tmp_path)
    (line,) = sheets["Cases by reference"].rows
    assert line[:6] == ("C-2026-001", "P9", "Parent or guardian", day_words(NOW.date()), "Closed", "Suspension")
    (line,) = sheets["Decisions by case, with links, letters and appeals"].rows
    today = day_words(desk.today)
    assert line == (
        "C-2026-001", day_words(decided), "Suspension", "2", day_words(decided), "Urdu", "The decision stands", today,
    )  # fmt: skip
    for words in ("C-2026-001", "Suspension", "Urdu", "The decision stands", today, day_words(decided)):
        assert words in register
    for printed in (pack, register):
        assert "Rahim" not in printed
        assert "Okafor" not in printed

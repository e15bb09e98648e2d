"""What the review screen knows of the item in hand, and does with it, without Qt."""

from __future__ import annotations

from dataclasses import dataclass, field

from app.domain.problems import Problem
from app.domain.review import FindingState, Reason, Takedown, Verdict
from app.services.cases import OpenCase
from app.services.claims import TakeInHand
from app.services.evidence import EvidenceLine, EvidenceShown, ItemEvidence, LookAtEvidence
from app.services.office import Office
from app.services.review import GiveVerdict, ItemToReview, ReferToOffice, ReferToSafeguarding, TakeBackVerdict
from app.services.school import School
from app.services.takedowns import AddCorrection, AskTakedown
from app.store.reads.review import FindingCard, ItemInContext


@dataclass(frozen=True, slots=True)
class Given:
    """A verdict that can be taken back."""

    verdict_id: int
    item_id: int
    finding_id: int


@dataclass(slots=True)
class ItemPresenter:
    """The item in hand, which of its findings is chosen, and the verdicts given here."""

    office: Office
    shown: ItemInContext | None = None
    chosen: int | None = None
    zone: str = "Europe/London"
    given: list[Given] = field(default_factory=list)
    files: tuple[EvidenceLine, ...] = ()
    held: int | None = None
    """The item that others see is in hand here."""

    def open(self, item_id: int) -> ItemInContext:
        """Take an item in hand; its first waiting finding is chosen. Raises `Problem` where it may not be seen."""
        self.shown = self.office.ask(ItemToReview(item_id))
        self.files = self.office.ask(ItemEvidence(item_id))
        self.zone = self.office.ask(School()).timezone
        self.chosen = self._first_waiting()
        if self.chosen is None and self.shown.findings:
            self.chosen = self.shown.findings[0].id
        return self.shown

    def reread(self) -> bool:
        """Read the item in hand again; True where anything is different now. Gone items are let go of (`Problem`)."""
        if self.shown is None:
            return False
        before, files = self.shown, self.files
        try:
            self.shown = self.office.ask(ItemToReview(before.item.id))
        except Problem:
            self.let_go()
            raise
        self.files = self.office.ask(ItemEvidence(before.item.id))
        return self.shown != before or self.files != files

    def let_go(self) -> None:
        """No item is in hand."""
        self.shown = self.chosen = None
        self.files = ()

    def take_in_hand(self, initiator: object = None) -> str | None:
        """Let others see that this item is being read; who else has it in hand already, None where nobody has."""
        if self.item_id is None or self.held == self.item_id:
            return None
        other = self.office.perform(TakeInHand(self.item_id), initiator)
        self.held = None if other is not None else self.item_id
        return other

    def release(self, initiator: object = None) -> None:
        """Others see that nothing is in hand here any more."""
        if self.held is not None:
            self.held = None
            self.office.perform(TakeInHand(None), initiator)

    @property
    def item_id(self) -> int | None:
        """The item in hand."""
        return self.shown.item.id if self.shown is not None else None

    @property
    def card(self) -> FindingCard | None:
        """The chosen finding."""
        return self.finding(self.chosen)

    def finding(self, finding_id: int | None) -> FindingCard | None:
        """One of the item's findings."""
        findings = self.shown.findings if self.shown is not None else ()
        return next((card for card in findings if card.id == finding_id), None)

    @property
    def number(self) -> int | None:
        """The number under which the chosen finding is marked in the text."""
        findings = self.shown.findings if self.shown is not None else ()
        return next((n for n, card in enumerate(findings, start=1) if card.id == self.chosen), None)

    def choose(self, finding_id: int) -> None:
        """Turn to another finding of the item."""
        self.chosen = finding_id

    def choose_number(self, number: int) -> bool:
        """Turn to a finding by its number. False where the item has no such finding."""
        findings = self.shown.findings if self.shown is not None else ()
        if not 1 <= number <= len(findings):
            return False
        self.chosen = findings[number - 1].id
        return True

    def give(self, verdict: Verdict, reason: Reason, words: str, initiator: object = None) -> None:
        """Judge the chosen finding as it was seen; the next waiting finding is then chosen.

        Raises `Overtaken` where somebody else decided first: nothing of theirs is overwritten.
        """
        card = self.card
        assert self.shown is not None
        assert card is not None
        verdict_id = self.office.perform(GiveVerdict(card.id, verdict, reason, words, card.state), initiator)
        self.given.append(Given(verdict_id, self.shown.item.id, card.id))
        self.reread()
        self.chosen = self._first_waiting() or card.id

    def take_back(self, initiator: object = None) -> Given | None:
        """Undo the last verdict given here, and take its item in hand again; None where there is none."""
        if not self.given:
            return None
        last = self.given.pop()
        self.office.perform(TakeBackVerdict(last.verdict_id), initiator)
        self.open(last.item_id)
        self.chosen = last.finding_id
        return last

    def refer_to_office(self, topic: str, brief: str, initiator: object = None) -> None:
        """Hand the item's matter to the office. What was given before can no longer be undone from here."""
        assert self.shown is not None
        self.office.perform(ReferToOffice(self.shown.item.id, topic, brief), initiator)
        self.given.clear()
        self.reread()

    def refer_to_safeguarding(self, note: str, initiator: object = None) -> None:
        """Hand the item to the safeguarding lead; it is then no longer to be seen here."""
        assert self.shown is not None
        self.office.perform(ReferToSafeguarding(self.shown.item.id, note), initiator)
        self.given.clear()
        self.let_go()

    def ask_takedown(self, wanted: Takedown, words: str, initiator: object = None) -> None:
        """Note that the author was asked to remove or reword the item."""
        assert self.shown is not None
        self.office.perform(AskTakedown(self.shown.item.id, wanted, words), initiator)
        self.reread()

    def correct(self, words: str, initiator: object = None) -> None:
        """Add what is to be known beside the item's words."""
        assert self.shown is not None
        self.office.perform(AddCorrection(self.shown.item.id, words), initiator)
        self.reread()

    def look_at(self, evidence_id: int) -> EvidenceShown:
        """Open a file that was kept with the item. Every look is audited."""
        return self.office.perform(LookAtEvidence(evidence_id))

    def open_case(self, summary: str, initiator: object = None) -> int:
        """Open a breach case from the chosen finding; the case's id."""
        card = self.card
        assert card is not None
        case = self.office.perform(OpenCase(card.id, summary), initiator)
        self.given.clear()
        return case

    def waiting(self) -> frozenset[int]:
        """The findings of the item in hand that nobody has judged."""
        findings = self.shown.findings if self.shown is not None else ()
        return frozenset(card.id for card in findings if card.state is FindingState.OPEN)

    def decided_by_others(self, waited: frozenset[int]) -> FindingCard | None:
        """The first of these findings that a colleague has judged since; None where there is none."""
        findings = self.shown.findings if self.shown is not None else ()
        return next(
            (
                card
                for card in findings
                if card.id in waited and card.verdicts and card.state is not FindingState.OPEN
                if card.verdicts[0].mine_id != self.office.actor.id
            ),
            None,
        )

    @property
    def item_done(self) -> bool:
        """Nothing of the item in hand waits any more."""
        return self.shown is not None and self._first_waiting() is None

    def _first_waiting(self) -> int | None:
        findings = self.shown.findings if self.shown is not None else ()
        return next((card.id for card in findings if card.state is FindingState.OPEN), None)

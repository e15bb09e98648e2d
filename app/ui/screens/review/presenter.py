"""What the review screen knows and does, without Qt."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from app.domain.checks.finding import Check
from app.domain.review import FindingState, Reason, Verdict
from app.services.cases import OpenCase
from app.services.office import Office
from app.services.review import (
    GiveVerdict,
    ItemToReview,
    ReferToOffice,
    ReferToSafeguarding,
    ReviewQueue,
    TakeBackVerdict,
)
from app.services.school import School
from app.store.reads.review import FindingCard, ItemInContext, QueueFilter, QueueLine

GROUPS: dict[str, tuple[str, frozenset[Check]]] = {
    "harm": ("Sign of harm", frozenset({Check.SAFEGUARDING})),
    "pictures": ("Pictures", frozenset({Check.NO_PERMISSION})),
    "private": ("Private", frozenset({Check.SENSITIVE, Check.CONTACT, Check.PERSONAL})),
    "conduct": ("Conduct", frozenset({Check.ABUSE, Check.COMPARE, Check.RESHARE})),
    "people": ("Who wrote it", frozenset({Check.OUTSIDER, Check.PUPIL_AUTHOR})),
    "names": ("Names", frozenset({Check.SURNAME, Check.INITIAL})),
    "office": ("For the office", frozenset({Check.OFFICE})),
    "hours": ("Hours and points", frozenset({Check.HOURS, Check.POINTS_REMOVED})),
}
"""The filters above the queue: a key, its word, the checks it keeps."""

TOPIC_WORDS: dict[str, str] = {
    "absence": "Absence",
    "sickness": "Sickness",
    "dinners": "School dinners",
    "complaint": "Complaint",
    "music": "Music lessons",
    "urgent": "Urgent today",
    "appointment": "Appointment",
    "progress": "Progress",
}


@dataclass(slots=True)
class ReviewPresenter:
    """The queue, the item in hand, and the verdicts a person gives."""

    office: Office
    filter: QueueFilter = field(default_factory=QueueFilter)
    lines: tuple[QueueLine, ...] = ()
    shown: ItemInContext | None = None
    chosen: int | None = None
    zone: str = "Europe/London"

    def load(self) -> tuple[QueueLine, ...]:
        """Read the queue again."""
        self.zone = self.office.ask(School()).timezone
        self.lines = self.office.ask(ReviewQueue(self.filter))
        return self.lines

    def counts(self) -> dict[str, int]:
        """How many items each filter would keep, of the whole queue."""
        whole = self.office.ask(ReviewQueue(QueueFilter(decided=self.filter.decided)))
        return {key: sum(1 for line in whole if set(line.checks) & checks) for key, (_, checks) in GROUPS.items()}

    def keep(self, groups: frozenset[str]) -> None:
        """Show only these groups of findings; "decided" shows what is decided instead of what waits."""
        checks = frozenset(check for key in groups & GROUPS.keys() for check in GROUPS[key][1])
        self.filter = replace(self.filter, checks=checks, decided="decided" in groups)

    def open(self, item_id: int) -> ItemInContext:
        """Take an item in hand; its first waiting finding is chosen."""
        self.shown = self.office.ask(ItemToReview(item_id))
        self.chosen = self._first_waiting()
        return self.shown

    def let_go(self) -> None:
        """No item is in hand."""
        self.shown = self.chosen = None

    @property
    def card(self) -> FindingCard | None:
        """The chosen finding."""
        if self.shown is None:
            return None
        return next((card for card in self.shown.findings if card.id == self.chosen), None)

    def choose(self, finding_id: int) -> None:
        """Turn to another finding of the item."""
        self.chosen = finding_id

    def give(self, verdict: Verdict, reason: Reason, words: str, initiator: object = None) -> int:
        """Judge the chosen finding; the verdict's id, for taking it back. The next waiting finding is chosen."""
        card = self.card
        assert card is not None
        given = self.office.perform(GiveVerdict(card.id, verdict, reason, words, card.state), initiator)
        assert self.shown is not None
        self.shown = self.office.ask(ItemToReview(self.shown.item.id))
        self.chosen = self._first_waiting() or card.id
        return given

    def take_back(self, verdict_id: int, initiator: object = None) -> None:
        """Undo one's own verdict."""
        self.office.perform(TakeBackVerdict(verdict_id), initiator)

    def refer_to_office(self, topic: str, brief: str, initiator: object = None) -> None:
        """Hand the item's matter to the office."""
        assert self.shown is not None
        self.office.perform(ReferToOffice(self.shown.item.id, topic, brief), initiator)
        self.shown = self.office.ask(ItemToReview(self.shown.item.id))

    def refer_to_safeguarding(self, note: str, initiator: object = None) -> None:
        """Hand the item to the safeguarding lead; it is then no longer to be seen here."""
        assert self.shown is not None
        self.office.perform(ReferToSafeguarding(self.shown.item.id, note), initiator)
        self.let_go()

    def open_case(self, summary: str, initiator: object = None) -> int:
        """Open a breach case from the chosen finding."""
        card = self.card
        assert card is not None
        return self.office.perform(OpenCase(card.id, summary), initiator)

    @property
    def item_done(self) -> bool:
        """Nothing of the item in hand waits any more."""
        return self.shown is not None and self._first_waiting() is None

    def next_item(self) -> int | None:
        """The item after the one in hand that still waits, else the first; None where the queue is empty."""
        waiting = [line.item_id for line in self.lines]
        if not waiting:
            return None
        here = self.shown.item.id if self.shown else None
        if here in waiting:
            place = waiting.index(here) + 1
            rest = waiting[place:] + waiting[: place - 1]
            return rest[0] if rest else None
        return waiting[0]

    def _first_waiting(self) -> int | None:
        if self.shown is None:
            return None
        return next((card.id for card in self.shown.findings if card.state is FindingState.OPEN), None)


def suggested_brief(shown: ItemInContext) -> str:
    """A brief message to the office, for the person to shorten: who wrote it, and the words as they stand."""
    words = " ".join(shown.item.text.split())
    return f"{shown.item.author}: {words[:280]}"

"""What the review screen knows of its queue, without Qt: what waits, under which filter, and what comes next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from app.domain.checks.finding import SEVERITY, Check, Severity
from app.domain.review import TRIVIAL, Reason
from app.services.claims import WithWhom
from app.services.judging_many import FalseAlarms, JudgedMany, TakeBackVerdicts
from app.services.office import Office
from app.services.review import ReviewQueue
from app.services.school import School
from app.services.takedowns import AskedDown
from app.store.reads.review import ItemInContext, QueueFilter, QueueLine

_SOON = frozenset(check for check in Check if SEVERITY[check] is Severity.HIGH)

GROUPS: dict[str, tuple[str, frozenset[Check]]] = {
    "harm": ("Signs of harm", frozenset({Check.SAFEGUARDING})),
    "soon": ("To review soon", _SOON),
    "later": ("Can wait", frozenset(Check) - _SOON - {Check.SAFEGUARDING}),
    "reported": ("Reported", frozenset({Check.REPORTED})),
    "pictures": ("Pictures", frozenset({Check.NO_PERMISSION})),
    "private": ("Private matters", frozenset({Check.SENSITIVE, Check.CONTACT, Check.PERSONAL})),
    "conduct": ("Conduct", frozenset({Check.ABUSE, Check.COMPARE, Check.RESHARE})),
    "people": ("Who wrote it", frozenset({Check.OUTSIDER, Check.PUPIL_AUTHOR})),
    "names": ("Names", frozenset({Check.SURNAME, Check.INITIAL})),
    "office": ("For the office", frozenset({Check.OFFICE})),
    "hours": ("Hours and points", frozenset({Check.HOURS, Check.POINTS_REMOVED})),
}
"""The choices above the queue: a key, its words, the checks it keeps."""

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
class QueuePresenter:
    """The queue under its filters."""

    office: Office
    filter: QueueFilter = field(default_factory=QueueFilter)
    lines: tuple[QueueLine, ...] = ()
    classes: tuple[tuple[int, str, str | None], ...] = ()
    zone: str = "Europe/London"

    def load(self) -> tuple[QueueLine, ...]:
        """Read the queue again."""
        facts = self.office.ask(School())
        self.zone, self.classes = facts.timezone, facts.classes
        self.lines = self.office.ask(ReviewQueue(self.filter))
        return self.lines

    def renew(self) -> bool:
        """Read again who has what in hand; True where that is different now."""
        held = self.office.ask(WithWhom())
        before = self.lines
        self.lines = tuple(replace(line, with_whom=held.get(line.item_id)) for line in before)
        return self.lines != before

    def free(self, here: int | None) -> list[int]:
        """The items that nobody else has in hand, in order, with the one that is in hand here."""
        return [line.item_id for line in self.lines if line.with_whom is None or line.item_id == here]

    def asked_down(self) -> int:
        """How many requests wait until somebody states that they are done."""
        return len(self.office.ask(AskedDown()))

    def judge_together(self, items: Sequence[int], check: Check, reason: Reason, words: str) -> JudgedMany:
        """What one check found on these was a false alarm: a record for each."""
        return self.office.perform(FalseAlarms(tuple(items), check, reason, words))

    def take_back_together(self, done: JudgedMany) -> int:
        """Undo them all; how many that were."""
        return self.office.perform(TakeBackVerdicts(done.verdicts))

    @property
    def is_narrowed(self) -> bool:
        """Something is filtered away."""
        return self.filter != QueueFilter()

    def counts(self) -> dict[str, int]:
        """How many items each choice would keep, of the whole queue."""
        whole = self.lines
        if self.filter.checks or self.filter.classes:
            whole = self.office.ask(ReviewQueue(QueueFilter(decided=self.filter.decided)))
        return {key: sum(1 for line in whole if set(line.checks) & checks) for key, (_, checks) in GROUPS.items()}

    def keep(self, on: frozenset[str]) -> None:
        """Show only these; "decided" shows what is decided instead of what waits."""
        checks = frozenset(check for key in on & GROUPS.keys() for check in GROUPS[key][1])
        classes = frozenset(int(key.removeprefix("class:")) for key in on if key.startswith("class:"))
        self.filter = replace(self.filter, checks=checks, classes=classes, decided="decided" in on)


def second_reading_words(left: int) -> str:
    """How many items are still to be read a second time; nothing where none is."""
    if not left:
        return ""
    told = "1 item is" if left == 1 else f"{left:,} items are"
    return f"{told} still to be read a second time, more closely. What is found joins this list."


def following(order: Sequence[int], here: int | None, place: int, by: int = 1) -> int | None:
    """The item after (or with `by` -1 before) the one in hand, in the order on screen; past the end it starts again.

    `place` is where the one in hand stood: once it is decided and gone, the next has moved up into its place. None
    where there is no other.
    """
    others = [item for item in order if item != here]
    if not others:
        return None
    at = list(order).index(here) if here is not None and here in order else place
    return others[(at if by > 0 else at - 1) % len(others)]


def shared_check(lines: Sequence[QueueLine]) -> Check | None:
    """The trivial check that found something on most of these items; None where there is none."""
    found = Counter(check for line in lines for check in line.checks if SEVERITY[check] in TRIVIAL)
    return found.most_common(1)[0][0] if found else None


def suggested_brief(shown: ItemInContext) -> str:
    """A brief message to the office, for the person to shorten: who wrote it, and the words as they stand."""
    words = " ".join(shown.item.text.split())
    return f"{shown.item.author}: {words[:280]}"

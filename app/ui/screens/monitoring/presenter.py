"""What the monitoring screens know and do, without Qt (M1)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from app.domain.checks.finding import Check
from app.domain.review import Verdict
from app.domain.sampling import Stratum, missed_words
from app.domain.words import day_words, moment_words
from app.services.monitoring_plan import DropLook, MonitoringPlan, PlanMonitoring, PlanShown, SetLook
from app.services.office import Office
from app.services.review import ItemToReview
from app.services.sampling import DrawSample, FinishLook, Look, LookShown, NoteFinding, NoteNothing, TakeBackLook
from app.services.school import School
from app.store.reads.review import ItemInContext
from app.store.reads.samples import SampledLine, SampleLine, SamplingFigures


@dataclass(slots=True)
class PlanPresenter:
    """The plan of one half-term."""

    office: Office
    shown: PlanShown | None = None

    def load(self, term_id: int | None = None) -> PlanShown:
        """Read the plan; of the half-term in hand where none is named."""
        wanted = term_id if term_id is not None else self.shown.term_id if self.shown is not None else None
        self.shown = self.office.ask(MonitoringPlan(wanted))
        return self.shown

    @property
    def zone(self) -> str:
        """The school's time zone."""
        return self.office.ask(School()).timezone

    def plan(self, size: int, owner_id: int | None, due_on: date) -> int:
        """Plan every class that has no look yet; how many were added."""
        assert self.shown is not None
        assert self.shown.term_id is not None
        added = self.office.perform(PlanMonitoring(self.shown.term_id, size, owner_id, due_on), self)
        self.load()
        return added

    def draw(self, line: SampleLine, why: str = "") -> int:
        """Draw a look's items; how many there were to draw."""
        drawn = self.office.perform(DrawSample(line.id, why), self)
        self.load()
        return drawn

    def change(self, line: SampleLine, owner_id: int | None, due_on: date, size: int) -> None:
        """Change who looks, by when, at how many."""
        self.office.perform(SetLook(line.id, owner_id, due_on, size), self)
        self.load()

    def drop(self, line: SampleLine) -> None:
        """Take a look out of the plan."""
        self.office.perform(DropLook(line.id), self)
        self.load()

    def about(self, line: SampleLine) -> LookShown:
        """One look with its draws."""
        return self.office.ask(Look(line.id))

    @property
    def unplanned(self) -> bool:
        """Some class of the half-term has no look."""
        assert self.shown is not None
        classes = len(self.office.ask(School()).classes)
        return self.shown.term_id is not None and bool(classes) and len(self.shown.lines) < classes + 1


def figures_words(figures: SamplingFigures) -> str:
    """What the half-term's looks tell, in two sentences at most."""
    if not figures.planned:
        return "Nothing is planned for this half-term."
    done = f"{figures.done} of {figures.planned} looks finished, {figures.looked:,} items looked at."
    if not figures.looked:
        return done
    return f"{done} {missed_words(figures.missed, figures.unflagged_in_all)}"


def there_words(there: dict[Stratum, int]) -> str:
    """ "12 posts, 6 comments, 31 messages"."""
    one = {Stratum.POSTS: "post", Stratum.COMMENTS: "comment", Stratum.MESSAGES: "message"}
    return ", ".join(f"{n:,} {one[s] if n == 1 else s.words.lower()}" for s, n in there.items())


def draws_words(look: LookShown, zone: str) -> str:
    """Every draw in words: the seed, what it drew from, who, when, why anew."""
    said = []
    for number, draw in enumerate(look.draws, start=1):
        head = "Drawn" if number == 1 else "Drawn again"
        why = f" Reason: {draw.why}" if draw.why else ""
        said.append(
            f"{head} {moment_words(draw.drawn_at, zone)} by {draw.drawn_by} with seed {draw.seed}, "
            f"from {there_words(draw.there)} (items up to number {draw.last_item_id:,}).{why}"
        )
    return "\n".join(said)


def proof_words(look: LookShown) -> str:
    """Whether the draw comes out the same now."""
    if not look.draws:
        return "The seed was noted when this look was planned: nobody can choose the items by hand."
    if look.proven:
        return "Worked out again just now, with the same items: the draw was not tampered with."
    return (
        "Worked out again just now, and it gives other items than stand here. Items were deleted since, or somebody "
        "changed the records. Tell the headteacher."
    )


@dataclass(slots=True)
class LookPresenter:
    """Working through a look."""

    office: Office
    look_id: int
    shown: LookShown | None = None
    zone: str = "Europe/London"
    done_here: list[int] = field(default_factory=list)
    """Items looked at here, the last one last: for undo."""

    def load(self) -> LookShown:
        """Read the look again."""
        self.zone = self.office.ask(School()).timezone
        self.shown = self.office.ask(Look(self.look_id))
        return self.shown

    def item(self, line: SampledLine) -> ItemInContext | None:
        """The item in its conversation; None where it has gone to the safeguarding lead."""
        return None if line.restricted else self.office.ask(ItemToReview(line.item_id))

    @property
    def next_waiting(self) -> int | None:
        """The first item that waits."""
        assert self.shown is not None
        return next((line.item_id for line in self.shown.items if line.waits), None)

    @property
    def may_finish(self) -> bool:
        """Every item was looked at, and the look is not finished."""
        return self.shown is not None and self.shown.line.done_at is None and self.next_waiting is None

    @property
    def finished(self) -> bool:
        """It is on record as it stands."""
        return self.shown is not None and self.shown.line.done_at is not None

    def nothing(self, item_id: int, initiator: object = None) -> None:
        """Nothing to note."""
        self.office.perform(NoteNothing(self.look_id, item_id), initiator)
        self.done_here.append(item_id)
        self.load()

    def found(self, item_id: int, check: Check, verdict: Verdict, words: str, initiator: object = None) -> None:
        """Something to note."""
        self.office.perform(NoteFinding(self.look_id, item_id, check, verdict, words), initiator)
        self.done_here.append(item_id)
        self.load()

    def take_back(self, initiator: object = None) -> int | None:
        """Undo the last look taken here; the item, or None where there is none."""
        if not self.done_here:
            return None
        item = self.done_here[-1]
        self.office.perform(TakeBackLook(self.look_id, item), initiator)
        self.done_here.pop()
        self.load()
        return item

    def finish(self, words: str, initiator: object = None) -> None:
        """Close the look."""
        self.office.perform(FinishLook(self.look_id, words), initiator)
        self.done_here.clear()
        self.load()


def told_words(shown: ItemInContext) -> list[str]:
    """What stands against an item already, a line each: by the checks, and by people in this look."""
    return [f"{card.check.words}: {card.why} ({card.state.words})" for card in shown.findings]


def progress_words(look: LookShown) -> str:
    """ "7 of 20 looked at, 1 finding"."""
    found = look.line.found
    noted = {0: "no finding", 1: "1 finding"}.get(found, f"{found} findings")
    return f"{look.line.seen} of {look.line.drawn} looked at, {noted}"


def state_words(line: SampleLine, today: date) -> tuple[str, str, str]:
    """Icon, word and tone of where a look stands."""
    if line.done_at is not None:
        return "done", "Finished", "good"
    if line.late(today):
        return "late", "Late", "stop"
    if line.state == "planned":
        return "waiting", "Planned", "quiet"
    return "running", "Being looked at", "info"


def due_words(line: SampleLine) -> str:
    """The day by which it is due, without the weekday."""
    return day_words(line.due_on)

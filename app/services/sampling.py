"""Drawing a planned look and working through it: nothing picked by hand, nothing passed over (M1)."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from app.domain.checks.finding import SEVERITY, Check
from app.domain.problems import Overtaken, Problem, Refused
from app.domain.review import REASONS, FindingState, Reason, Verdict
from app.domain.roles import LEADERS
from app.domain.sampling import Stratum, draw
from app.services.door import Command, Query, answers, does
from app.services.monitoring_plan import drop_items, new_seed
from app.services.unit import Unit, View
from app.store.reads.samples import (
    BY_SAMPLE,
    DrawLine,
    SampledLine,
    SampleLine,
    drawn_again,
    draws_of,
    newest_item,
    sample_lines,
    sampled_items,
    there_to_draw,
)
from app.store.tables.content import ItemRow
from app.store.tables.monitoring import SampleDrawRow, SampleItemRow, SampleRow
from app.store.tables.review import FindingRow, VerdictRow
from app.store.tables.school import TermRow

CLAUSE: dict[Check, str] = {
    Check.SURNAME: "T8",
    Check.INITIAL: "T8",
    Check.NO_PERMISSION: "T12",
    Check.SENSITIVE: "T10",
    Check.CONTACT: "T10",
    Check.PERSONAL: "T9",
    Check.OFFICE: "P7",
    Check.ABUSE: "M2",
    Check.HOURS: "T1",
    Check.COMPARE: "P12",
    Check.RESHARE: "T13",
    Check.PUPIL_AUTHOR: "H6",
    Check.OUTSIDER: "P4",
    Check.SAFEGUARDING: "K1",
    Check.POINTS_REMOVED: "H8",
}
"""The clause that a finding made by a person stands under."""


@dataclass(frozen=True, slots=True)
class DrawSample(Command[int]):
    """Draw the items of a planned look; or draw them anew with another seed, with a reason that stays on record."""

    sample_id: int
    why: str = ""


@does(DrawSample, roles=LEADERS, verb="sample.drawn")
def draw_sample(command: DrawSample, unit: Unit) -> int:
    """How many items were drawn: fewer than planned where the class has fewer.

    The first draw uses the seed noted when the look was planned. A second one needs a reason, and is refused once
    somebody has begun to look: else items could be drawn until they please.
    """
    row = _sample(unit, command.sample_id)
    if row.done_at is not None:
        raise Refused("This look is finished, and stays as it was recorded.")
    if row.drawn_at is not None:
        _may_draw_again(unit, row, command.why)
        row.seed = new_seed()
        drop_items(unit, row.id)
    term = unit.session.get_one(TermRow, row.term_id)
    if term.starts > unit.today:
        raise Refused(f"“{term.name}” has not begun. There is nothing to draw from until it has.")
    newest = newest_item(unit.session)
    there = there_to_draw(unit.session, row.class_id, term, newest)
    drawn = draw(there, row.size, row.seed)
    row.drawn_at = unit.now
    unit.session.add(
        SampleDrawRow(
            sample_id=row.id,
            seed=row.seed,
            size=row.size,
            last_item_id=newest,
            posts=len(there[Stratum.POSTS]),
            comments=len(there[Stratum.COMMENTS]),
            messages=len(there[Stratum.MESSAGES]),
            drawn_at=unit.now,
            drawn_by=unit.actor.id,
            why=command.why.strip() or None,
        )
    )
    unit.session.add_all(SampleItemRow(sample_id=row.id, item_id=one.number, stratum=one.stratum) for one in drawn)
    unit.audit(f"sample:{row.id}", {"seed": row.seed, "drawn": len(drawn), "of": sum(map(len, there.values()))})
    unit.changed("samples")
    return len(drawn)


def _may_draw_again(unit: Unit, row: SampleRow, why: str) -> None:
    seen = unit.session.scalar(
        select(SampleItemRow.item_id)
        .where(SampleItemRow.sample_id == row.id, SampleItemRow.seen_at.is_not(None))
        .limit(1)
    )
    if seen is not None:
        raise Refused("Somebody has begun to look at these items, so they stand. Finish this look.")
    if not why.strip():
        raise Refused("These items are drawn already. To draw others, say why: it stays on record beside both seeds.")


@dataclass(frozen=True, slots=True)
class NoteNothing(Command[None]):
    """State that an item of a sample was looked at and there was nothing to note."""

    sample_id: int
    item_id: int


@does(NoteNothing, roles=LEADERS, verb="sample.looked")
def note_nothing(command: NoteNothing, unit: Unit) -> None:
    """Raises `Overtaken` where somebody else has looked at it meanwhile."""
    _looked(unit, command.sample_id, command.item_id)
    unit.audit(f"sample:{command.sample_id}", {"item": command.item_id})
    unit.changed("samples")


@dataclass(frozen=True, slots=True)
class NoteFinding(Command[int]):
    """Note what a person found in an item that was drawn: under which check, how it is judged, in what words."""

    sample_id: int
    item_id: int
    check: Check
    verdict: Verdict
    words: str

    def __repr__(self) -> str:
        return f"NoteFinding(sample_id={self.sample_id}, item_id={self.item_id}, check={self.check})"


@does(NoteFinding, roles=LEADERS, verb="sample.found")
def note_finding(command: NoteFinding, unit: Unit) -> int:
    """The finding's id. A sign of harm waits for the safeguarding lead; anything else is judged as it is noted."""
    if not command.words.strip():
        raise Refused("Write what you found, in a sentence. It stays on record with the item.")
    if command.verdict is Verdict.FALSE_ALARM:
        raise Refused("A finding that you note yourself is upheld, or advice is given. Or note that there is nothing.")
    _looked(unit, command.sample_id, command.item_id)
    harm = command.check is Check.SAFEGUARDING
    finding = FindingRow(
        item_id=command.item_id,
        check=command.check,
        clause=CLAUSE[command.check],
        severity=SEVERITY[command.check],
        why=command.words.strip(),
        state=FindingState.OPEN if harm else command.verdict.value,
        found_at=unit.now,
        origin=BY_SAMPLE,
    )
    unit.session.add(finding)
    unit.session.flush()
    if not harm:
        unit.session.add(_verdict(unit, finding.id, command.verdict))
    unit.audit(f"sample:{command.sample_id}", {"item": command.item_id, "check": command.check})
    unit.changed("samples", "review")
    return finding.id


def _verdict(unit: Unit, finding_id: int, verdict: Verdict) -> VerdictRow:
    reason = Reason.SLIP if verdict is Verdict.ADVICE else REASONS[verdict][0]
    return VerdictRow(finding_id=finding_id, verdict=verdict, reason=reason, given_at=unit.now, given_by=unit.actor.id)


def _looked(unit: Unit, sample_id: int, item_id: int) -> None:
    row = unit.session.get(SampleItemRow, (sample_id, item_id))
    item = unit.session.get(ItemRow, item_id)
    if row is None or item is None or _sample(unit, sample_id).done_at is not None:
        raise Problem("That item is not in this look any more. Nothing was noted.")
    if item.restricted:
        raise Problem("That item has gone to the safeguarding lead. It needs no look here.")
    if row.seen_at is not None:
        raise Overtaken("Somebody else has looked at this item meanwhile. Yours was not noted.")
    row.seen_at, row.seen_by = unit.now, unit.actor.id


@dataclass(frozen=True, slots=True)
class TakeBackLook(Command[None]):
    """Undo one's own look at an item: it waits again. What was noted stays on record, marked as taken back."""

    sample_id: int
    item_id: int


@does(TakeBackLook, roles=LEADERS, verb="sample.look_taken_back")
def take_back_look(command: TakeBackLook, unit: Unit) -> None:
    """Refused for somebody else's look, and in a look that is finished."""
    row = unit.session.get(SampleItemRow, (command.sample_id, command.item_id))
    if row is None or row.seen_at is None:
        raise Overtaken("This item waits already. Nothing was changed.")
    if row.seen_by != unit.actor.id:
        raise Refused("Only the person who looked at an item can take that back.")
    if _sample(unit, command.sample_id).done_at is not None:
        raise Refused("This look is finished, and stays as it was recorded.")
    row.seen_at = row.seen_by = None
    for finding in unit.session.scalars(
        select(FindingRow).where(
            FindingRow.item_id == command.item_id,
            FindingRow.origin == BY_SAMPLE,
            FindingRow.state != FindingState.LAPSED,
        )
    ):
        finding.state, finding.lapsed_at = FindingState.LAPSED, unit.now
        finding.lapsed_why = "Taken back by the person who had noted it."
    unit.audit(f"sample:{command.sample_id}", {"item": command.item_id})
    unit.changed("samples", "review")


@dataclass(frozen=True, slots=True)
class FinishLook(Command[None]):
    """Close a look, with words on what was seen: also where nothing was found."""

    sample_id: int
    words: str


@does(FinishLook, roles=LEADERS, verb="sample.finished")
def finish_look(command: FinishLook, unit: Unit) -> None:
    """Refused while an item waits, and without a word on what was seen."""
    row = _sample(unit, command.sample_id)
    if row.done_at is not None:
        raise Overtaken("Somebody has finished this look meanwhile. Nothing was changed.")
    if row.drawn_at is None:
        raise Refused("Nothing is drawn yet. Draw the items first: where there are none, that is recorded too.")
    waiting = sum(line.waits for line in sampled_items(unit.session, row.id, row.seed))
    if waiting:
        items = "1 item waits" if waiting == 1 else f"{waiting} items wait"
        raise Refused(f"{items} to be looked at. Look at every item, then finish.")
    if not command.words.strip():
        raise Refused("Write a sentence on what you saw, also where there was nothing to note.")
    row.done_at, row.words = unit.now, command.words.strip()
    unit.audit(f"sample:{row.id}")
    unit.changed("samples")


@dataclass(frozen=True, slots=True)
class LookShown:
    """A look: its plan, its draws, its items in the order of the draw."""

    line: SampleLine
    draws: tuple[DrawLine, ...]
    items: tuple[SampledLine, ...]
    proven: bool
    """The draw was worked out again just now, and gives the items that stand here."""


@dataclass(frozen=True, slots=True)
class Look(Query[LookShown]):
    """One look of the plan."""

    sample_id: int


@answers(Look, roles=LEADERS)
def look(query: Look, view: View) -> LookShown:
    """Raises `Problem` where it is not in the plan any more."""
    line = next((line for line in sample_lines(view.session) if line.id == query.sample_id), None)
    if line is None:
        raise Problem("That look is not in the plan any more.")
    draws = draws_of(view.session, line.id)
    proven = False
    if draws:
        again, kept = drawn_again(view.session, line.id)
        proven = {one.number for one in again} == kept
    return LookShown(line, draws, sampled_items(view.session, line.id, line.seed), proven)


@dataclass(frozen=True, slots=True)
class DrawsOf(Query[tuple[DrawLine, ...]]):
    """Every draw of one look, the first one first: for the register, which shows no item."""

    sample_id: int


@answers(DrawsOf, roles=LEADERS)
def list_draws(query: DrawsOf, view: View) -> tuple[DrawLine, ...]:
    """None for a look that was never drawn, or is not in the plan any more."""
    return draws_of(view.session, query.sample_id)


def _sample(unit: Unit, sample_id: int) -> SampleRow:
    row = unit.session.get(SampleRow, sample_id)
    if row is None:
        raise Problem("That look is not in the plan any more.")
    return row

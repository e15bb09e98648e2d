"""What is to be removed or reworded in ClassDojo: asked, and tracked until a named person states that it is done.

Schoolgate cannot change anything in ClassDojo, so it says who asked whom, and reminds until somebody has (T12, P9).
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from app.domain.problems import Overtaken, Problem, Refused
from app.domain.review import Takedown
from app.domain.roles import LEADERS
from app.services.claims import keep_in_hand
from app.services.door import Command, Query, answers, does
from app.services.review import open_item
from app.services.unit import Unit, View
from app.store.reads.around import TakedownLine, takedowns
from app.store.tables.content import ItemRow
from app.store.tables.review import CorrectionRow, TakedownRow


@dataclass(frozen=True, slots=True)
class AskTakedown(Command[int]):
    """Ask the author of an item to remove or reword it. `words` say whom was asked, and what should change."""

    item_id: int
    wanted: Takedown
    words: str = ""

    def __repr__(self) -> str:
        return f"AskTakedown(item_id={self.item_id}, wanted={self.wanted})"


@does(AskTakedown, roles=LEADERS, verb="takedown.asked")
def ask_takedown(command: AskTakedown, unit: Unit) -> int:
    """The request's id. Refused where it is asked for already, and a rewording without words."""
    item = open_item(unit, command.item_id)
    if command.wanted is Takedown.REWORDING and not command.words.strip():
        raise Refused("Say what should be reworded, so that the author knows.")
    standing = unit.session.scalar(
        select(TakedownRow.id).where(TakedownRow.item_id == item.id, TakedownRow.stated_at.is_(None))
    )
    if standing is not None:
        raise Refused("This has been asked for already and nobody has stated that it is done. Nothing was added.")
    row = TakedownRow(
        item_id=item.id,
        wanted=command.wanted,
        words=command.words.strip(),
        asked_at=unit.now,
        asked_by=unit.actor.id,
    )
    unit.session.add(row)
    keep_in_hand(unit, item.id)
    unit.session.flush()
    unit.audit(f"item:{item.id}", {"wanted": command.wanted})
    unit.changed("review", "takedowns")
    return row.id


@dataclass(frozen=True, slots=True)
class StateTakenDown(Command[None]):
    """State, with one's own name, that what was asked for is done in ClassDojo."""

    takedown_id: int


@does(StateTakenDown, roles=LEADERS, verb="takedown.stated")
def state_taken_down(command: StateTakenDown, unit: Unit) -> None:
    """`Overtaken` where somebody has stated it already."""
    row = unit.session.get(TakedownRow, command.takedown_id)
    item = unit.session.get(ItemRow, row.item_id) if row is not None else None
    if row is None or item is None or item.restricted:
        raise Problem("That request is no longer there. Nothing was changed.")
    if row.stated_at is not None:
        raise Overtaken("Somebody has stated this already. Nothing was changed.")
    row.stated_at, row.stated_by = unit.now, unit.actor.id
    unit.audit(f"item:{row.item_id}", {"wanted": row.wanted})
    unit.changed("review", "takedowns")


@dataclass(frozen=True, slots=True)
class AskedDown(Query[tuple[TakedownLine, ...]]):
    """What was asked to be taken down, and nobody has stated that it is; or what is done."""

    done: bool = False


@answers(AskedDown, roles=LEADERS)
def asked_down(query: AskedDown, view: View) -> tuple[TakedownLine, ...]:
    """The oldest request first; done ones the newest first."""
    lines = takedowns(view.session, done=query.done)
    return lines[::-1] if query.done else lines


@dataclass(frozen=True, slots=True)
class AddCorrection(Command[int]):
    """Add what is to be known about an item beside its words: they themselves are never changed."""

    item_id: int
    words: str

    def __repr__(self) -> str:
        return f"AddCorrection(item_id={self.item_id})"


@does(AddCorrection, roles=LEADERS, verb="item.corrected")
def add_correction(command: AddCorrection, unit: Unit) -> int:
    """The correction's id. Refused without words."""
    item = open_item(unit, command.item_id)
    if not command.words.strip():
        raise Refused("Write what is to be known about this item. Nothing was added.")
    row = CorrectionRow(item_id=item.id, words=command.words.strip(), added_at=unit.now, added_by=unit.actor.id)
    unit.session.add(row)
    keep_in_hand(unit, item.id)
    unit.session.flush()
    unit.audit(f"item:{item.id}")
    unit.changed("review")
    return row.id

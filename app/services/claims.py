"""Who has which item in hand, so that two leaders do not read the same one at once (M1).

A claim informs and forbids nothing: what two people decide at the same moment is kept apart by `GiveVerdict`.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import delete, select, update

from app.domain.review import CLAIM_LASTS
from app.domain.roles import LEADERS
from app.services.door import Command, Query, answers, does
from app.services.unit import Unit, View
from app.store.reads.around import with_others
from app.store.tables.accounts import AccountRow
from app.store.tables.content import ItemRow
from app.store.tables.review import ClaimRow


@dataclass(frozen=True, slots=True)
class TakeInHand(Command[str | None]):
    """Take an item in hand and let go of any other; None lets go of all."""

    item_id: int | None


@does(TakeInHand, roles=LEADERS, verb="item.claimed")
def take_in_hand(command: TakeInHand, unit: Unit) -> str | None:
    """Who has it already, whose claim then stands; None where it is one's own now."""
    mine = ClaimRow.account_id == unit.actor.id
    unit.session.execute(delete(ClaimRow).where(mine, ClaimRow.item_id != (command.item_id or 0)))
    unit.changed("claims")
    if command.item_id is None:
        return None
    unit.audit(f"item:{command.item_id}")
    item = unit.session.get(ItemRow, command.item_id)
    if item is None or item.restricted:
        return None
    row = unit.session.get(ClaimRow, command.item_id)
    if row is None:
        unit.session.add(ClaimRow(item_id=item.id, account_id=unit.actor.id, since=unit.now))
        return None
    if row.account_id != unit.actor.id and row.since > unit.now - CLAIM_LASTS:
        return unit.session.scalar(select(AccountRow.name).where(AccountRow.id == row.account_id))
    row.account_id, row.since = unit.actor.id, unit.now
    return None


def keep_in_hand(unit: Unit, item_id: int) -> None:
    """Somebody did something with an item: their claim on it begins anew."""
    unit.session.execute(
        update(ClaimRow).where(ClaimRow.item_id == item_id, ClaimRow.account_id == unit.actor.id).values(since=unit.now)
    )


@dataclass(frozen=True, slots=True)
class WithWhom(Query[dict[int, str]]):
    """Which items somebody else has in hand just now, and who: quick enough to ask every few seconds."""


@answers(WithWhom, roles=LEADERS)
def with_whom(query: WithWhom, view: View) -> dict[int, str]:
    """Names of colleagues by item."""
    del query
    return with_others(view.session, view.actor.id, view.now)

"""Letting a pupil go, and taking that back, for commands that do so among other things (H12)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from app.services.unit import Unit
from app.store.tables.links import LinkingCodeRow, LinkRow
from app.store.tables.people import PupilRow
from app.store.tables.register import LeaverRow, LoginCardRow

LEFT = "The pupil left."
MOVED = "The pupil changed class: a new class needs a new code."
_LIVE = ("linked", "invited", "requested", "suspended")

Before = dict[str, Any]
"""What `let_go` changed, as JSON can hold it."""


def let_go(unit: Unit, pupil: PupilRow, on: date) -> Before:
    """End every link, revoke every unused code and the login card; how things stood before."""
    links = unit.session.scalars(select(LinkRow).where(LinkRow.pupil_id == pupil.id, LinkRow.state.in_(_LIVE))).all()
    before: Before = {"links": [[link.id, link.state, link.reason] for link in links]}
    for link in links:
        link.state, link.ended_at, link.reason = "removed", unit.now, LEFT
        link.decided_by = unit.actor.id
    before["codes"] = revoke_codes(unit, pupil.id, LEFT)
    before["cards"] = revoke_cards(unit, pupil.id, LEFT)
    pupil.left_on = on
    pupil.version += 1
    if unit.session.get(LeaverRow, pupil.id) is None:
        unit.session.add(LeaverRow(pupil_id=pupil.id))
    return before


def take_back(unit: Unit, pupil: PupilRow, before: Before) -> None:
    """Undo `let_go`: links, codes and cards stand as they did."""
    for link_id, state, reason in before["links"]:
        link = unit.session.get(LinkRow, link_id)
        if link is not None and link.state == "removed":
            link.state, link.reason, link.ended_at = state, reason, None
    restore_codes(unit, before["codes"])
    for card_id in before["cards"]:
        card = unit.session.get(LoginCardRow, card_id)
        if card is not None:
            card.revoked_at = card.revoked_why = None
    pupil.left_on = None
    pupil.version += 1
    row = unit.session.get(LeaverRow, pupil.id)
    if row is not None:
        unit.session.delete(row)


def revoke_codes(unit: Unit, pupil_id: int, why: str) -> list[int]:
    """Make a pupil's unused linking codes worthless; which they were."""
    rows = unit.session.scalars(
        select(LinkingCodeRow).where(
            LinkingCodeRow.pupil_id == pupil_id, LinkingCodeRow.used_at.is_(None), LinkingCodeRow.revoked_at.is_(None)
        )
    ).all()
    for row in rows:
        row.revoked_at, row.revoked_why = unit.now, why
    return [row.id for row in rows]


def restore_codes(unit: Unit, codes: list[int]) -> None:
    """Codes that were revoked may be used again."""
    for code_id in codes:
        code = unit.session.get(LinkingCodeRow, code_id)
        if code is not None:
            code.revoked_at = code.revoked_why = None


def revoke_cards(unit: Unit, pupil_id: int, why: str) -> list[int]:
    """Make a pupil's login card worthless; which rows they were."""
    rows = unit.session.scalars(
        select(LoginCardRow).where(LoginCardRow.pupil_id == pupil_id, LoginCardRow.revoked_at.is_(None))
    ).all()
    for row in rows:
        row.revoked_at, row.revoked_why = unit.now, why
    return [row.id for row in rows]


def any_code_since(unit: Unit, pupils: list[int], since: datetime) -> bool:
    """Whether a linking code was issued to one of these since then."""
    found = unit.session.scalar(
        select(LinkingCodeRow.id).where(LinkingCodeRow.pupil_id.in_(pupils), LinkingCodeRow.issued_at > since).limit(1)
    )
    return found is not None

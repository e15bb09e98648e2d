"""What a case says about an item that went to the safeguarding lead is theirs and the headteacher's alone (K1)."""

from __future__ import annotations

from app.domain.roles import SAFEGUARDERS
from app.services.unit import View
from app.store.tables.content import ItemRow

WITHHELD = "This went to the safeguarding lead. Only they and the headteacher can read it."


def is_withheld(view: View, item_id: int | None) -> bool:
    """Whether words about this item are kept from the person who asks."""
    if item_id is None or view.actor.role in SAFEGUARDERS:
        return False
    item = view.session.get(ItemRow, item_id)
    return item is not None and item.restricted

"""Whether a class is cleared for posting: its staff have acknowledged this year's list of who may be shown (T11)."""

from __future__ import annotations

from collections.abc import Iterable

from app.domain.sheets import Sheet, SheetState
from app.services.unit import View
from app.store.reads.sheets import sheets

_WHY = {
    SheetState.NEVER: "its list of who may be shown was never issued",
    SheetState.OUTDATED: "its list of who may be shown has changed since it was issued",
    SheetState.LAST_YEAR: "its list of who may be shown is last year's",
}


def not_cleared(view: View, classes: Iterable[int]) -> tuple[str, ...]:
    """One sentence for each of these classes that is not cleared today, by name; what to do is in Class lists."""
    wanted = set(classes)
    if not wanted:
        return ()
    found = [sheet for class_id, sheet in sheets(view.session, view.today).items() if class_id in wanted]
    waiting = [sheet for sheet in found if not sheet.cleared and sheet.state is not SheetState.EMPTY]
    return tuple(_sentence(sheet) for sheet in sorted(waiting, key=lambda sheet: sheet.name.casefold()))


def _sentence(sheet: Sheet) -> str:
    return f"{sheet.name} is not yet cleared for posting: {_WHY.get(sheet.state) or _outstanding(sheet)}."


def _outstanding(sheet: Sheet) -> str:
    if not sheet.readers:
        return "no member of staff is tied to the class, so nobody has acknowledged its list"
    left = len(sheet.outstanding)
    return f"{left} of {len(sheet.readers)} of its staff {'has' if left == 1 else 'have'} not acknowledged its list"

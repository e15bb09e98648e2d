"""Why a finding no longer holds, in one sentence for the reviewer. Of a bar on pictures it never says the reason."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select

from app.domain.checks.finding import Check
from app.domain.permissions import STORIES, Answer, MediaKind
from app.services.unit import Unit
from app.store.reads.changes import Change
from app.store.tables.content import ItemRow
from app.store.tables.links import LinkRow
from app.store.tables.people import PupilRow
from app.store.tables.permissions import PermissionRow


class Lapsing:
    """Knows the changes after which items are checked again."""

    def __init__(self, unit: Unit, changes: Sequence[Change]) -> None:
        self._unit = unit
        self._by_what: dict[str, dict[int, Change]] = {}
        for change in changes:
            self._by_what.setdefault(change.what, {}).setdefault(change.row_id, change)

    def why(self, item_id: int, check: str, pupils: Sequence[int]) -> str:
        """The change that took the finding's ground away, with its day."""
        if check == Check.OUTSIDER and (sentence := self._linked(item_id)):
            return sentence
        for pupil in pupils:
            told = self._pupil_left(pupil) or (self._permitted(pupil) if check == Check.NO_PERMISSION else None)
            if told:
                return told
        if check == Check.HOURS and self._noted("school", "closure"):
            return f"The school's hours or closed days were changed on {self._today}."
        if self._noted("pupil", "class", "guardian", "staff"):
            return f"The register was changed on {self._today}, and this no longer names anybody in it so."
        return f"The records were changed on {self._today}, and this no longer holds."

    @property
    def _today(self) -> str:
        return _day(self._unit.today)

    def _noted(self, *what: str) -> bool:
        return any(name in self._by_what for name in what)

    def _pupil_left(self, pupil_id: int) -> str | None:
        if pupil_id not in self._by_what.get("pupil", {}):
            return None
        row = self._unit.session.get(PupilRow, pupil_id)
        if row is None:
            return f"The pupil's record was deleted on {self._today}."
        return f"The pupil left on {_day(row.left_on)}." if row.left_on else None

    def _permitted(self, pupil_id: int) -> str | None:
        if pupil_id in self._by_what.get("permission", {}):
            given = self._unit.session.execute(
                select(PermissionRow.kind, PermissionRow.decided_on)
                .where(
                    PermissionRow.pupil_id == pupil_id,
                    PermissionRow.audience.in_(STORIES),
                    PermissionRow.answer == Answer.GIVEN,
                    ~PermissionRow.by_child,
                )
                .order_by(PermissionRow.id.desc())
                .limit(1)
            ).first()
            if given is not None:
                return f"Permission for {MediaKind(given.kind).words.lower()} was given on {_day(given.decided_on)}."
        if pupil_id in self._by_what.get("pupil", {}):
            return f"This child may be shown since {self._today}."
        return None

    def _linked(self, item_id: int) -> str | None:
        writer = self._unit.session.scalar(select(ItemRow.guardian_id).where(ItemRow.id == item_id))
        if writer is None or writer not in self._by_what.get("link", {}):
            return None
        decided = self._unit.session.scalar(
            select(LinkRow.decided_at)
            .where(LinkRow.guardian_id == writer, LinkRow.state == "linked")
            .order_by(LinkRow.id.desc())
            .limit(1)
        )
        return f"The writer was linked on {_day(decided.date())}." if decided else None


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"

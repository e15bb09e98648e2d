"""Looking at permissions as a whole: the board, and the forms of a class to enter (P8, T12)."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.permissions import Audience
from app.domain.roles import EVERYONE
from app.services.door import Query, answers
from app.services.unit import View
from app.store.reads.coverage import CoverageLine, FormLine, coverage, form_lines


@dataclass(frozen=True, slots=True)
class PermissionBoard(Query[tuple[CoverageLine, ...]]):
    """Every class and kind for one audience, those with most undecided children first."""

    audience: Audience = Audience.CLASS_STORY


@answers(PermissionBoard, roles=EVERYONE)
def permission_board(query: PermissionBoard, view: View) -> tuple[CoverageLine, ...]:
    """Never why a child is barred."""
    return coverage(view.session, view.today, query.audience)


@dataclass(frozen=True, slots=True)
class FormsOf(Query[tuple[FormLine, ...]]):
    """A class's pupils, and whose answers can be entered for each."""

    class_id: int


@answers(FormsOf, roles=EVERYONE)
def forms_of(query: FormsOf, view: View) -> tuple[FormLine, ...]:
    """By surname."""
    return form_lines(view.session, query.class_id, view.today)

"""Looking at the register: the list of pupils, one pupil's record (T8, T11, P4, P8)."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.roles import EVERYONE
from app.services.door import Query, answers
from app.services.unit import View
from app.store.reads.pupil_record import PupilRecord, pupil_record
from app.store.reads.pupils import PupilFilter, PupilLine, pupil_lines


@dataclass(frozen=True, slots=True)
class Pupils(Query[tuple[PupilLine, ...]]):
    """The pupils that a filter keeps, by surname."""

    filter: PupilFilter = PupilFilter()

    def __repr__(self) -> str:
        return "Pupils()"


@answers(Pupils, roles=EVERYONE)
def pupils(query: Pupils, view: View) -> tuple[PupilLine, ...]:
    """Never why a child may not be shown."""
    return pupil_lines(view.session, query.filter, view.today)


@dataclass(frozen=True, slots=True)
class Pupil(Query[PupilRecord]):
    """One pupil's record, without the care record."""

    pupil_id: int


@answers(Pupil, roles=EVERYONE)
def pupil(query: Pupil, view: View) -> PupilRecord:
    """Raises `Problem` where there is no such pupil."""
    return pupil_record(view.session, query.pupil_id, view.today)

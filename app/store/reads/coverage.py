"""Reading how far permissions go: class by class and kind by kind, and the forms still to enter (P8)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.checks.register import PermissionState
from app.domain.permissions import Answer, Audience, MediaKind, Ruling, ruling, runs_out_on
from app.store.reads.people import key
from app.store.reads.pupils import PupilFilter, PupilLine, pupil_lines
from app.store.reads.register import decisions, rulings
from app.store.tables.people import GuardianRow, PupilRow, TieRow
from app.store.tables.school import ClassRow

SOON = timedelta(days=60)
"""How far ahead the board looks for permissions that run out."""
NO_CLASS = "No class"


class Standing(StrEnum):
    """What is to be done about one child's permission for one kind."""

    UNDECIDED = "undecided"
    CONFLICT = "conflict"
    EXPIRING = "expiring"
    NO = "no"
    YES = "yes"

    @property
    def words(self) -> str:
        """How it is named on screens."""
        return {
            Standing.UNDECIDED: "Undecided",
            Standing.CONFLICT: "Adults disagree",
            Standing.EXPIRING: "Runs out soon",
            Standing.NO: "No",
            Standing.YES: "Yes",
        }[self]


@dataclass(frozen=True, slots=True)
class Concerned:
    """One child on a line of the board."""

    pupil_id: int
    name: str
    ruling: Ruling
    standing: Standing
    runs_out: date | None = None


@dataclass(frozen=True, slots=True)
class CoverageLine:
    """One class and kind: every child in it, undecided first, then conflicts, then what runs out soon."""

    class_id: int | None
    class_name: str
    year_group: str | None
    kind: MediaKind
    pupils: tuple[Concerned, ...]

    def count(self, standing: Standing) -> int:
        """How many children stand so."""
        return sum(pupil.standing is standing for pupil in self.pupils)

    @property
    def may(self) -> int:
        """How many may be shown today, those whose permission runs out soon among them."""
        return sum(pupil.ruling.allowed for pupil in self.pupils)

    @property
    def answered(self) -> int:
        """How many are not waiting for somebody's answer."""
        return len(self.pupils) - self.count(Standing.UNDECIDED)


def coverage(session: Session, today: date, audience: Audience = Audience.CLASS_STORY) -> tuple[CoverageLine, ...]:
    """Every class and kind, those with most undecided first."""
    said = decisions(session, audience=audience)
    ruled = rulings(session, today, audience=audience)
    classes = {
        id_: (name, year)
        for id_, name, year in session.execute(select(ClassRow.id, ClassRow.name, ClassRow.year_group))
    }
    places = {id_: class_id for id_, class_id in session.execute(select(PupilRow.id, PupilRow.class_id))}
    groups: dict[int | None, list[PupilLine]] = defaultdict(list)
    for line in pupil_lines(session, PupilFilter(), today):
        groups[places[line.id]].append(line)
    lines = []
    for class_id, pupils in groups.items():
        name, year = classes[class_id] if class_id is not None else (NO_CLASS, None)
        for kind in MediaKind:
            concerned = []
            for pupil in pupils:
                runs_out = runs_out_on(said.get((pupil.id, kind), ()), today)
                later = ruling(said.get((pupil.id, kind), ()), barred=pupil.picture_bar, on=today + SOON)
                found = ruled[pupil.id][kind]
                soon = found.allowed and not later.allowed
                concerned.append(
                    Concerned(
                        pupil.id,
                        f"{pupil.known_as} {pupil.last}",
                        found,
                        _standing(found, soon),
                        runs_out if soon else None,
                    )
                )
            order = list(Standing)
            concerned.sort(key=lambda one: order.index(one.standing))
            lines.append(CoverageLine(class_id, name, year, kind, tuple(concerned)))
    kinds = list(MediaKind)
    return tuple(sorted(lines, key=lambda l: (-l.count(Standing.UNDECIDED), key(l.class_name), kinds.index(l.kind))))


def _standing(found: Ruling, soon: bool) -> Standing:
    if found.barred:
        return Standing.NO
    if found.allowed:
        return Standing.EXPIRING if soon else Standing.YES
    if found.state is PermissionState.UNDECIDED:
        return Standing.UNDECIDED
    return Standing.CONFLICT if found.state is PermissionState.CONFLICT else Standing.NO


@dataclass(frozen=True, slots=True)
class Signatory:
    """Somebody whose answer a form can carry; `id` None is the child."""

    id: int | None
    name: str
    responsibility: bool | None = None


@dataclass(frozen=True, slots=True)
class FormLine:
    """One child whose form may lie in the pile: who can answer, and what each has said so far."""

    pupil_id: int
    name: str
    adults: tuple[Signatory, ...]
    said: dict[tuple[int | None, MediaKind], Answer]


def form_lines(session: Session, class_id: int | None, today: date) -> tuple[FormLine, ...]:
    """The class's pupils by surname; adults who hold responsibility first, then those of whom nobody has said.

    An adult without responsibility is left out, for their answer would not count.
    """
    pupils = session.scalars(select(PupilRow).where(PupilRow.left_on.is_(None), PupilRow.class_id == class_id)).all()
    adults: dict[int, list[tuple[tuple[bool, int, int], Signatory]]] = defaultdict(list)
    ties = session.execute(
        select(TieRow, GuardianRow)
        .join(GuardianRow, GuardianRow.id == TieRow.guardian_id)
        .where(TieRow.pupil_id.in_([pupil.id for pupil in pupils]), TieRow.ended_at.is_(None))
        .where(TieRow.responsibility.is_not(False))
    )
    for tie, guardian in ties:
        place = (tie.responsibility is not True, tie.contact_order or 99, tie.id)
        adults[tie.pupil_id].append((place, Signatory(guardian.id, guardian.name, tie.responsibility)))
    said = decisions(session, [pupil.id for pupil in pupils])
    lines = [
        FormLine(
            pupil.id,
            f"{pupil.last}, {pupil.preferred or pupil.first}",
            tuple(one for _, one in sorted(adults[pupil.id], key=lambda each: each[0])),
            {
                (decision.person, kind): decision.answer
                for kind in MediaKind
                for decision in sorted(said.get((pupil.id, kind), ()), key=lambda d: (d.decided_on, d.order))
                if decision.decided_on <= today
            },
        )
        for pupil in pupils
    ]
    return tuple(sorted(lines, key=lambda line: (key(line.name), line.pupil_id)))

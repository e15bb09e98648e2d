"""The school as the content checks see it, from the records of today."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.checks.register import (
    ClassEntry,
    GuardianEntry,
    LinkState,
    PermissionState,
    PupilEntry,
    Register,
    SchoolEntry,
    StaffEntry,
)
from app.domain.permissions import STORIES, Answer, Audience, Decision, MediaKind, Ruling, Voice, ruling, strictest
from app.store.tables.links import LinkRow
from app.store.tables.people import GuardianRow, PupilRow, TieRow, spoken_name
from app.store.tables.permissions import AskedAudienceRow, PermissionRow
from app.store.tables.school import ClassRow, ClosureRow, SchoolRow, StaffClassRow, StaffRow

_SOMEBODY = 0
"""The adult of an answer that says no name."""
_BEST = (LinkState.LINKED, LinkState.SUSPENDED, LinkState.INVITED, LinkState.REMOVED)


def ref(letter: str, number: int) -> str:
    """A row's id as the checks know it: "p12", "g7", "s3", "c4"."""
    return f"{letter}{number}"


def number(ref: str) -> int:
    """The row's id again."""
    return int(ref[1:])


def checks_register(session: Session, today: date) -> Register:
    """Everybody on roll, with today's rulings and links.

    A picture bar stands as `in_care` without permission: the checks need the effect and never learn the reason.
    """
    return Register(
        school=_school(session),
        classes=tuple(
            ClassEntry(ref("c", row.id), row.name, row.year_group)
            for row in session.scalars(select(ClassRow).where(ClassRow.active).order_by(ClassRow.id))
        ),
        staff=_staff(session),
        pupils=_pupils(session, today),
        guardians=_guardians(session),
    )


def rulings(
    session: Session, today: date, pupils: Iterable[int] | None = None, audience: Audience = Audience.CLASS_STORY
) -> dict[int, dict[MediaKind, Ruling]]:
    """Every kind's ruling for these pupils (all on roll where None), by pupil id."""
    wanted = select(PupilRow.id, PupilRow.picture_bar)
    chosen = None if pupils is None else list(pupils)
    wanted = wanted.where(PupilRow.left_on.is_(None) if chosen is None else PupilRow.id.in_(chosen))
    said = decisions(session, chosen, audience)
    silent = {bar: ruling((), barred=bar, on=today) for bar in (False, True)}
    return {
        id_: {
            kind: ruling(answers, barred=bar, on=today) if (answers := said.get((id_, kind))) else silent[bar]
            for kind in MediaKind
        }
        for id_, bar in session.execute(wanted)
    }


def story_rulings(session: Session, today: date) -> dict[int, dict[MediaKind, Ruling]]:
    """For everybody on roll the ruling that staff keep to without asking: shown only where both stories may show it."""
    both = [rulings(session, today, audience=audience) for audience in asked_stories(session)]
    return {id_: {kind: strictest([ruled[id_][kind] for ruled in both]) for kind in MediaKind} for id_ in both[0]}


def asked_audiences(session: Session) -> tuple[Audience, ...]:
    """What the school's forms ask about: the class story always."""
    chosen = set(session.scalars(select(AskedAudienceRow.audience)))
    if not chosen:
        return STORIES
    return tuple(audience for audience in Audience if audience in chosen or audience is Audience.CLASS_STORY)


def asked_stories(session: Session) -> tuple[Audience, ...]:
    """The stories among them. Where the school does not ask about the school story, nobody may be shown there, and
    lists for staff speak of the class story alone.
    """
    return tuple(audience for audience in asked_audiences(session) if audience in STORIES)


def decisions(
    session: Session, pupils: Iterable[int] | None = None, audience: Audience = Audience.CLASS_STORY
) -> dict[tuple[int, str], list[Decision]]:
    """Every answer ever recorded about these pupils (all where None), by pupil and kind."""
    chosen = None if pupils is None else list(pupils)
    return _said(session, chosen, audience, _voices(session, chosen))


def _said(
    session: Session, chosen: list[int] | None, audience: Audience, voices: dict[tuple[int, int], Voice]
) -> dict[tuple[int, str], list[Decision]]:
    row = PermissionRow
    answers = select(
        row.pupil_id, row.kind, row.by_child, row.guardian_id, row.answer, row.decided_on, row.expires_on, row.id
    ).where(row.audience == audience)
    if chosen is not None:
        answers = answers.where(row.pupil_id.in_(chosen))
    said: dict[tuple[int, str], list[Decision]] = defaultdict(list)
    for pupil_id, kind, by_child, guardian_id, answer, day, expires, place in session.execute(answers):
        person = None if by_child else (guardian_id or _SOMEBODY)
        voice = Voice.HOLDS if person is None else voices.get((pupil_id, person), Voice.GONE)
        if person == _SOMEBODY:
            voice = Voice.UNSURE
        said[pupil_id, kind].append(Decision(person, Answer(answer), day, expires, place, voice))
    return said


def _voices(session: Session, pupils: list[int] | None) -> dict[tuple[int, int], Voice]:
    ties = select(TieRow.pupil_id, TieRow.guardian_id, TieRow.responsibility).where(TieRow.ended_at.is_(None))
    if pupils is not None:
        ties = ties.where(TieRow.pupil_id.in_(pupils))
    words = {True: Voice.HOLDS, False: Voice.NONE, None: Voice.UNSURE}
    return {(pupil, adult): words[responsibility] for pupil, adult, responsibility in session.execute(ties)}


def _school(session: Session) -> SchoolEntry:
    row = session.scalars(select(SchoolRow)).one()
    closures = session.scalars(select(ClosureRow).order_by(ClosureRow.starts))
    return SchoolEntry(
        name=row.name,
        phone=row.phone,
        email=row.email,
        postcode=row.postcode,
        timezone=row.timezone,
        days=frozenset(int(day) for day in row.open_days.split(",") if day),
        opens=row.opens,
        closes=row.closes,
        closed=tuple((closure.starts, closure.ends, closure.reason) for closure in closures),
    )


def _staff(session: Session) -> tuple[StaffEntry, ...]:
    classes: dict[int, list[str]] = defaultdict(list)
    for row in session.scalars(select(StaffClassRow)):
        classes[row.staff_id].append(ref("c", row.class_id))
    return tuple(
        StaffEntry(ref("s", row.id), row.name, row.role, tuple(classes[row.id]))
        for row in session.scalars(select(StaffRow).where(StaffRow.active).order_by(StaffRow.id))
    )


def _pupils(session: Session, today: date) -> tuple[PupilEntry, ...]:
    voices = _voices(session, None)
    ruled = _states(session, today, Audience.CLASS_STORY, voices)
    school = _states(session, today, Audience.SCHOOL_STORY, voices)
    silent = {kind.value: _plain(ruling((), barred=False, on=today)) for kind in MediaKind}
    row = PupilRow
    everybody = (
        select(row.id, row.first, row.last, row.class_id, row.preferred, row.picture_bar)
        .where(row.left_on.is_(None))
        .order_by(row.id)
    )
    return tuple(
        PupilEntry(
            id=ref("p", id_),
            first=first,
            last=last,
            class_id=ref("c", class_id) if class_id else None,
            preferred=preferred,
            permissions=silent | ruled.get(id_, {}),
            school_story=silent | school.get(id_, {}),
            in_care=barred,
            care_permission=False,
        )
        for id_, first, last, class_id, preferred, barred in session.execute(everybody)
    )


def _states(
    session: Session, today: date, audience: Audience, voices: dict[tuple[int, int], Voice]
) -> dict[int, dict[str, PermissionState]]:
    """What the answers come to, by pupil and kind, without the reasons; where nobody answered nothing stands."""
    states: dict[int, dict[str, PermissionState]] = defaultdict(dict)
    alike: dict[tuple[object, ...], PermissionState] = {}
    for (pupil_id, kind), answers in _said(session, None, audience, voices).items():
        # Of a single answer it does not matter whose it is, but whether an adult's; most are alike.
        only = answers[0]
        key = (only.person is None, only.answer, only.decided_on, only.expires_on, only.voice)
        state = alike.get(key) if len(answers) == 1 else None
        if state is None:
            state = _plain(ruling(answers, barred=False, on=today))
            if len(answers) == 1:
                alike[key] = state
        states[pupil_id][kind] = state
    return states


def _plain(found: Ruling) -> PermissionState:
    return PermissionState.UNDECIDED if found.expired else found.state


def _guardians(session: Session) -> tuple[GuardianEntry, ...]:
    pupils: dict[int, list[str]] = defaultdict(list)
    ties = select(TieRow.guardian_id, TieRow.pupil_id).where(TieRow.ended_at.is_(None), TieRow.contact == "open")
    for adult, pupil_id in session.execute(ties):
        pupils[adult].append(ref("p", pupil_id))
    states: dict[int, set[str]] = defaultdict(set)
    for guardian_id, state in session.execute(select(LinkRow.guardian_id, LinkRow.state)):
        if guardian_id is not None:
            states[guardian_id].add(state)
    row = GuardianRow
    everybody = select(row.id, row.title, row.first, row.last, row.email).where(row.merged_into.is_(None))
    return tuple(
        GuardianEntry(ref("g", id_), spoken_name(*name), tuple(pupils[id_]), _best(states[id_]))
        for id_, *name in session.execute(everybody.order_by(row.id))
    )


def _best(states: set[str]) -> LinkState:
    return next((state for state in _BEST if state in states), LinkState.INVITED)

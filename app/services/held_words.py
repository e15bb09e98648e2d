"""Posts, messages and cases in which somebody writes, is written to or is named: for leaders to gather (K3).

What went to the safeguarding lead, and what may have to, is left out without a word: whether somebody may see that is
for the safeguarding lead to judge (Data Protection Act 2018, Schedules 2 and 3).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from app.domain.breach import REFERRED_OUT, CaseStatus, Outcome
from app.domain.checks.finding import Check
from app.domain.content import Kind
from app.domain.redaction import ADULT
from app.services.held_register import Held, Subject
from app.services.unit import Unit
from app.store.reads.cases import CaseText
from app.store.tables.cases import CaseRow
from app.store.tables.content import ItemRow, RecipientRow, TagRow, ThreadRow
from app.store.tables.people import GuardianRow, PupilRow
from app.store.tables.review import FindingPupilRow, FindingRow
from app.store.tables.school import StaffRow

_STANDING = ("open", "upheld", "advice")


def word_parts(subject: Subject, unit: Unit) -> Iterator[Held]:
    """Posts and messages, cases, letters about decisions."""
    yield _items(subject)
    yield from _cases(subject, unit)


def items_of(subject: Subject) -> list[tuple[ItemRow, str]]:
    """Every open item with the person's part in it, oldest first."""
    harm = select(FindingRow.item_id).where(FindingRow.check == Check.SAFEGUARDING, FindingRow.state.in_(_STANDING))
    found: dict[int, tuple[ItemRow, str]] = {}
    for part, wanted in _wanted(subject):
        rows = subject.session.scalars(
            select(ItemRow).where(
                ItemRow.id.in_(wanted), ~ItemRow.restricted, ItemRow.id.not_in(harm), ItemRow.kind != Kind.POINTS
            )
        )
        for row in rows:
            found.setdefault(row.id, (row, part))
    person = subject.pupil or subject.guardian
    assert person is not None
    for row in naming_items(subject.session, person):
        found.setdefault(row.id, (row, "Named"))
    hidden = set(subject.session.scalars(harm))
    shown = [pair for pair in found.values() if pair[0].id not in hidden]
    return sorted(shown, key=lambda pair: (pair[0].sent_at is None, pair[0].sent_at or pair[0].id, pair[0].id))


def _wanted(subject: Subject) -> Iterator[tuple[str, Select[int]]]:
    if subject.pupil is not None:
        number = subject.pupil.id
        yield "Wrote", select(ItemRow.id).where(ItemRow.pupil_id == number, ItemRow.author_role == "pupil")
        yield "About them", select(ItemRow.id).where(ItemRow.pupil_id == number)
        yield "Tagged", select(TagRow.item_id).where(TagRow.pupil_id == number)
        named = select(FindingRow.item_id).join(FindingPupilRow, FindingPupilRow.finding_id == FindingRow.id)
        yield "Named", named.where(FindingPupilRow.pupil_id == number)
        return
    assert subject.guardian is not None
    adult = subject.guardian.id
    threads = select(ThreadRow.id).where(ThreadRow.guardian_id == adult)
    yield "Wrote", select(ItemRow.id).where(ItemRow.guardian_id == adult)
    yield "Received", select(RecipientRow.item_id).where(RecipientRow.guardian_id == adult)
    yield "Conversation", select(ItemRow.id).where(ItemRow.thread_id.in_(threads))


def naming_items(session: Session, person: PupilRow | GuardianRow) -> Iterator[ItemRow]:
    """Open items whose words hold the whole name: a first name alone is somebody's only where a person said so."""
    given = (person.first, person.preferred) if isinstance(person, PupilRow) else (person.title, person.first)
    last, firsts = person.last or "", {name for name in given if name}
    if not last or not firsts:
        return
    spelt = "|".join(re.escape(name) for name in sorted(firsts))
    whole = re.compile(rf"\b(?:{spelt})\.?\s+{re.escape(last)}\b", re.IGNORECASE)
    rows = session.scalars(
        select(ItemRow).where(
            ItemRow.text.icontains(last, autoescape=True), ~ItemRow.restricted, ItemRow.kind != Kind.POINTS
        )
    )
    yield from (row for row in rows if whole.search(row.text))


def _items(subject: Subject) -> Held:
    staff = {row.id: row.name for row in subject.session.scalars(select(StaffRow))}
    rows = tuple(
        (
            subject.day(row.sent_at),
            Kind(row.kind).words,
            part,
            _author(subject, row, staff),
            subject.words(row.text),
        )
        for row, part in items_of(subject)
    )
    return Held(
        "Posts and messages",
        "Posts and messages that they wrote, received or are named in",
        ("Day", "What", "Their part", "Written by", "Words"),
        rows,
        "No post or message is held.",
    )


def _author(subject: Subject, row: ItemRow, staff: dict[int, str]) -> str:
    if row.staff_id is not None:
        return staff.get(row.staff_id, "Staff")
    if row.author_role == "staff":
        return row.author_name or "Staff"
    if row.guardian_id is not None:
        return subject.adult(row.guardian_id)
    if row.author_role == "pupil":
        own = subject.pupil is not None and row.pupil_id == subject.pupil.id
        return "The pupil" if own else "another child"
    return ADULT


def _cases(subject: Subject, unit: Unit) -> Iterator[Held]:
    cases: list[tuple[str | None, ...]] = []
    letters: list[tuple[object, ...]] = []
    for case in _open_cases(subject):
        text = CaseText(subject.session, case.id)
        opened = subject.day(case.opened_at)
        assert opened is not None
        first = subject.words(str(unit.opened(case.summary_sealed)))
        cases.append((case.reference, opened.isoformat(), CaseStatus(case.status).words, first))
        for one in text.decisions():
            reasons = subject.words(str(unit.opened(one.reasons_sealed)))
            day = subject.day(one.decided_at)
            cases.append((case.reference, str(day), Outcome(one.outcome).words, reasons))
        for event in text.events():
            day = subject.day(event.at)
            words = subject.words(str(unit.opened(event.words_sealed)))
            if event.kind == "letter":
                letters.append((day, case.reference, words))
            elif event.kind not in ("opened", "decided", REFERRED_OUT):
                cases.append((case.reference, str(day), event.kind.capitalize(), words))
    yield Held(
        "Cases",
        "Cases about them",
        ("Case", "Day", "What", "Words"),
        tuple(cases),
        "No case is held.",
    )
    yield Held(
        "Letters",
        "Letters about a decision",
        ("Day", "Case", "Letter"),
        tuple(letters),  # type: ignore[arg-type]  # a day and words
        "No letter about a decision was made. Letters with codes stand under linking codes.",
    )


def _open_cases(subject: Subject) -> list[CaseRow]:
    """Cases about the person; none whose item went to the safeguarding lead, whoever gathers."""
    if subject.pupil is not None:
        whose = CaseRow.pupil_id == subject.pupil.id
    else:
        assert subject.guardian is not None
        whose = CaseRow.guardian_id == subject.guardian.id
    rows = subject.session.execute(
        select(CaseRow, ItemRow.restricted).outerjoin(ItemRow, ItemRow.id == CaseRow.item_id).where(whose)
    )
    return sorted((case for case, restricted in rows if not restricted), key=lambda case: case.id)

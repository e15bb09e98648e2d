"""The short ways that make a large import quick give what the long way gives."""

from __future__ import annotations

import gc
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain import enrolment_rows
from app.domain.bulk import Remembered, collector_paused
from app.domain.enrolment import KnownRegister, plan_register
from app.domain.enrolment_people import name_key, phone_key
from app.domain.enrolment_rows import COMPARED, class_key, gather
from app.domain.enrolment_shapes import KnownGuardian, KnownPupil, KnownTie, PlannedPupil, RegisterPlan, picking
from app.domain.incoming import IncomingGuardian, IncomingPupil
from app.domain.upn import LETTERS, UpnVerdict, is_sound, read_upn
from tests.rules.test_enrolment import BORN, ROWS, applied, reading

PUPIL_EDITS: dict[str, list[Any]] = {
    "first": ["Jo", "Ann"],
    "last": ["Marsh", "Day"],
    "born": [None, BORN, date(2018, 5, 1)],
    "upn": [None, "R201100018042"],
    "middle": [None, "May"],
    "year": [None, "5"],
    "postcode": [None, "S1 1AA"],
    "in_care": [None, True],
    "on_roll": [True, False],
    "class_id": [None, 1, 2],
}
ADULT_EDITS: dict[str, list[Any]] = {
    "title": [None, "Dr"],
    "first": [None, "Jo"],
    "last": [None, "Kay"],
    "email": [None, "Jo@Marsh.example", "new@kay.example"],
    "phones": [(), ("07700 900009",), ("07700900001",)],
    "address": [None, "1 Mill Lane"],
    "postcode": [None, "S65 0AA"],
    "language": [None, "pl"],
}
TIE_EDITS: dict[str, list[Any]] = {
    "relationship": [None, "mother", "Aunt"],
    "responsibility": [None, True, False],
    "order": [None, 1, 3],
}


def edited(draw: st.DrawFn, rows: tuple[Any, ...], fields: dict[str, list[Any]]) -> tuple[Any, ...]:
    """The same rows after somebody has worked on some of them by hand."""
    changed = []
    for row in rows:
        names = draw(st.lists(st.sampled_from(sorted(fields)), max_size=2))
        changed.append(row._replace(**{name: draw(st.sampled_from(fields[name])) for name in names}))
    return tuple(changed)


@st.composite
def worked_on(draw: st.DrawFn) -> tuple[list[IncomingPupil], KnownRegister]:
    """Rows, and the register after others were brought in and mended by hand."""
    before, after = draw(ROWS), draw(ROWS)
    known = applied(KnownRegister(), plan_register(reading(*before), KnownRegister()))
    known = replace(
        known,
        pupils=edited(draw, known.pupils, PUPIL_EDITS),
        guardians=edited(draw, known.guardians, ADULT_EDITS),
        ties=edited(draw, known.ties, TIE_EDITS),
    )
    rows = draw(st.sampled_from([before, after]))
    return rows, known


def pupil_news(said: IncomingPupil, known: KnownPupil, class_name: str | None) -> set[str]:
    """Field by field, what a row says differently of a pupil."""
    news = {field for field in COMPARED if getattr(said, field) not in (None, getattr(known, field))}
    if said.class_name and class_key(said.class_name) != class_key(class_name):
        news.add("class_name")
    if said.in_care is not None and said.in_care != bool(known.in_care):
        news.add("in_care")
    if said.source_id and said.source_id != known.source_id:
        news.add("source_id")
    return news if known.on_roll else news | {"on_roll"}


def adult_news(said: IncomingGuardian, known: KnownGuardian) -> set[str]:
    """Field by field, what a file says differently of an adult."""
    plain = ("title", "first", "last", "postcode", "language", "source_id")
    news = {field for field in plain if getattr(said, field) not in (None, getattr(known, field))}
    if said.email and said.email.casefold() != (known.email or "").casefold():
        news.add("email")
    if said.address and name_key(said.address) != name_key(known.address or ""):
        news.add("address")
    if said.phones and phone_key(said.phones[0]) not in {phone_key(each) for each in known.phones}:
        news.add("phones")
    return news


def tie_news(said: Any, known: KnownTie) -> set[str]:
    """Field by field, what a file says differently of an adult and a child."""
    news = {field for field in ("responsibility", "order") if getattr(said, field) not in (None, getattr(known, field))}
    if said.relationship and said.relationship.casefold() != (known.relationship or "").casefold():
        news.add("relationship")
    return news


def has_news(pupil: PlannedPupil, plan: RegisterPlan) -> bool:
    ties = [tie.known is None or bool(tie.changes) for tie in pupil.ties]
    adults = [plan.guardians[tie.guardian] for tie in pupil.ties]
    return bool(pupil.changes) or any(ties) or any(each.known is None or each.changes for each in adults)


@settings(max_examples=120, deadline=None)
@given(worked_on())
def test_every_change_by_hand_is_seen_and_nothing_else(found: tuple[list[IncomingPupil], KnownRegister]) -> None:
    rows, known = found
    plan = plan_register(reading(*rows), known)
    names = {each.id: each.name for each in known.classes}
    for pupil in plan.pupils:
        if pupil.known is not None:
            told = {change.field for change in pupil.changes}
            assert told == pupil_news(pupil.incoming, pupil.known, names.get(pupil.known.class_id or 0))
        for tie in pupil.ties:
            assert {change.field for change in tie.changes} == (tie_news(tie, tie.known) if tie.known else set())
    for adult in plan.guardians:
        assert {change.field for change in adult.changes} == (
            adult_news(adult.incoming, adult.known) if adult.known else set()
        )
    assert not [pupil for pupil in plan.unchanged if pupil.known is None or has_news(pupil, plan)]
    assert all(has_news(pupil, plan) for pupil in plan.changed)


@settings(max_examples=60, deadline=None)
@given(ROWS)
def test_rows_with_numbers_of_their_own_are_gathered_as_any_others(rows: list[IncomingPupil]) -> None:
    numbered = [row._replace(upn=f"A3722038{place:05}") for place, row in enumerate(rows)]
    shortly = gather(numbered)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(enrolment_rows, "_are_all_numbered_apart", lambda _: False)
        assert gather(numbered) == shortly


@given(st.text(alphabet=f"{LETTERS}IOS0123456789²٣ ", min_size=11, max_size=14) | st.from_regex(r"[A-Z]\d{12}"))
def test_a_sound_upn_is_one_that_is_read_as_sound(text: str) -> None:
    judged = read_upn(text)
    plainly = judged.verdict is UpnVerdict.SOUND and judged.upn == text and not judged.temporary
    assert is_sound(text) is plainly


def test_the_right_letter_makes_a_sound_upn() -> None:
    assert [letter for letter in LETTERS if is_sound(f"{letter}201100018042")] == ["R"]


def test_fields_are_picked_by_name_whether_neighbours_or_not() -> None:
    tie = KnownTie(1, 2, "Mother", True, 3)
    assert picking(KnownTie, "relationship", "responsibility", "order")(tie) == ("Mother", True, 3)
    assert picking(KnownTie, "order", "pupil_id")(tie) == (3, 1)


def test_once_asks_once() -> None:
    asked: list[str] = []

    def length(text: str) -> int:
        asked.append(text)
        return len(text)

    seen = Remembered(length)
    assert [seen[text] for text in ("a", "bb", "a")] == [1, 2, 1]
    assert asked == ["a", "bb"]


def test_the_collector_is_as_it_was_after_a_pause() -> None:
    assert gc.isenabled()
    with collector_paused():
        assert not gc.isenabled()
        with collector_paused():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()
    assert gc.get_freeze_count() == 0

"""Rows that may be about somebody on the register: what speaks for it, and that only a person settles it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.enrolment import KnownRegister, plan_register
from app.domain.enrolment_shapes import Doubt, Grade, KnownClass, KnownPupil, Settled, Settlement
from app.domain.incoming import IncomingClass, IncomingPupil
from app.domain.problems import Cancelled
from app.domain.ticket import PlainTicket
from tests.rules.test_enrolment import ELLA, KNOWN, ROWS, adult, applied, pupil, reading

OTHER_DAY = date(2017, 6, 30)


def doubt(row: IncomingPupil, known: KnownRegister = KNOWN) -> Doubt | None:
    plan = plan_register(reading(row), known)
    assert len(plan.doubts) + len(plan.new) + len(plan.changed) + len(plan.unchanged) + len(plan.rejected) == 1
    return plan.doubts[0] if plan.doubts else None


@pytest.mark.parametrize(
    ("row", "grade", "because"),
    [
        (pupil(2, "Ella", "Marsh", OTHER_DAY, guardians=(adult(),)), Grade.HIGH, "an adult with the same name"),
        (
            pupil(2, "Ella", "Marsh", None, guardians=(adult("J Marsh", email="JO@marsh.example"),)),
            Grade.HIGH,
            "an adult with the same e-mail address",
        ),
        (
            pupil(2, "Ella", "Marsh", OTHER_DAY, guardians=(adult("Gran", phones=("+44 7700 900001",)),)),
            Grade.HIGH,
            "an adult with the same telephone number",
        ),
        (pupil(2, "Ella", "Marsh", None), Grade.PARTIAL, "the same name"),
        (pupil(2, "Ella", "Marsh", date(2019, 11, 2)), Grade.PARTIAL, "another date of birth"),
        (pupil(2, "Ella", "Marsh", date(2018, 2, 11)), Grade.PARTIAL, "another date of birth"),
        (pupil(2, "Ela", "Marsh"), None, ""),
        (pupil(2, "Elena", "Marsh"), None, ""),
        (pupil(2, "Ella-Rose", "Marsh"), Grade.PARTIAL, "a similar name"),
        (pupil(2, "Ella", "Marshe"), Grade.PARTIAL, "a similar name"),
        (pupil(2, "Ella", "Kay", postcode="S65 0AA"), Grade.PARTIAL, "a similar name"),
        (pupil(2, "Ella", "Kay"), None, ""),
        (pupil(2, "Ella", "Marsh", OTHER_DAY), None, ""),
        (pupil(2, "Emma", "Marsh"), None, ""),
        (
            pupil(2, "Ella", "Marsh", OTHER_DAY, upn="A201100018043", guardians=(adult(),)),
            Grade.PARTIAL,
            "another UPN",
        ),
        (pupil(2, "Ella", "Marsh", None, upn="A201100018043"), None, ""),
    ],
)
def test_the_ladder(row: IncomingPupil, grade: Grade | None, because: str) -> None:
    found = doubt(row)
    assert (found.grade if found else None) is grade
    if found:
        assert found.candidates[0].pupil is ELLA
        assert because in found.candidates[0].because
        assert "Ella Marsh of Oak" in found.sentence


def test_several_candidates_are_several_and_the_likeliest_stands_first() -> None:
    other = KnownPupil(9, "Ella", "Marsh", OTHER_DAY)
    two = replace(KNOWN, pupils=(*KNOWN.pupils, other))
    several = doubt(pupil(2, "Ella", "Marsh", None), two)
    assert several is not None
    assert (several.grade, [each.pupil.id for each in several.candidates]) == (Grade.SEVERAL, [1, 9])
    sure = doubt(pupil(2, "Ella", "Marsh", None, guardians=(adult(),)), two)
    assert sure is not None
    assert (sure.grade, [each.pupil.id for each in sure.candidates]) == (Grade.HIGH, [1, 9])


def test_who_is_surely_in_the_file_is_no_candidate() -> None:
    plan = plan_register(reading(pupil(2, "Ella", "Marsh"), pupil(3, "Ella", "Marsh", None)), KNOWN)
    assert (len(plan.unchanged), len(plan.new), plan.doubts) == (1, 1, ())


def settled(row: IncomingPupil, said: Settled, pupil_id: int | None = None) -> Any:
    return plan_register(reading(row), KNOWN, settled=(Settlement(row.file, row.row, said, pupil_id),))


def test_a_person_settles_it_one_way_or_the_other() -> None:
    row = pupil(2, "Ella", "Marsh", OTHER_DAY, guardians=(adult(),))
    same = settled(row, Settled.SAME, 1)
    assert [(change.field, change.new) for change in same.changed[0].changes] == [("born", OTHER_DAY)]
    assert same.changed[0].matched_by == "your word"
    assert [each.incoming for each in settled(row, Settled.NEW).new] == [row]
    out = settled(row, Settled.OUT)
    assert (out.left_out, out.pupils, out.counts["left_out"]) == ((row,), (), 1)
    gone = settled(row, Settled.SAME, 77)
    assert len(gone.new) == 1


def test_one_child_cannot_be_two_rows_by_word() -> None:
    rows = (pupil(2, "Ella", "Marsh", OTHER_DAY), pupil(3, "Ella", "Marsh", date(2019, 11, 2)))
    words = tuple(Settlement("list.csv", row.row, Settled.SAME, 1) for row in rows)
    plan = plan_register(reading(*rows), KNOWN, settled=words)
    assert (len(plan.changed), len(plan.rejected)) == (1, 1)
    assert "row 2 are both Ella Marsh" in plan.rejected[0].reason


def test_nobody_in_doubt_is_a_leaver() -> None:
    row = pupil(2, "Ella-Rose", "Marsh")
    plan = plan_register(reading(row, covers=frozenset({"Oak"})), KNOWN)
    assert [leaver.pupil.first for leaver in plan.leavers] == ["Oscar"]


def test_a_class_that_is_not_here_is_said_and_a_slip_of_it_is_named() -> None:
    willow = KnownRegister(KNOWN.pupils, classes=(KnownClass(1, "Willow"), KnownClass(2, "3A")))
    rows = (
        pupil(2, "Tom", "Pratt", OTHER_DAY, class_name="Willoww"),
        pupil(3, "Ann", "Pratt", OTHER_DAY, class_name="willow"),
        pupil(4, "Jim", "Pratt", OTHER_DAY, class_name="3B"),
        pupil(5, "Jill", "Pratt", OTHER_DAY, class_name="3b"),
    )
    said = [(each.row, each.field, each.reason) for each in plan_register(reading(*rows), willow).warnings]
    assert said == [
        (
            2,
            "class",
            'The class "Willoww" is not in the school yet. Bringing this in adds it, with 1 pupil of the file. If '
            '"Willow" is meant, correct the file.',
        ),
        (4, "class", 'The class "3B" is not in the school yet. Bringing this in adds it, with 2 pupils of the file.'),
    ]
    assert plan_register(reading(*rows, classes=(IncomingClass("Elm"),)), KnownRegister()).warnings == ()


def test_planning_can_be_cancelled() -> None:
    ticket = PlainTicket()
    ticket.cancel()
    with pytest.raises(Cancelled):
        plan_register(reading(pupil(2, "Ella", "Marsh")), KNOWN, ticket=ticket)


SAID = st.sampled_from([None, *Settled])


@settings(max_examples=200, deadline=None)
@given(ROWS, ROWS, st.lists(SAID, min_size=8, max_size=8))
def test_whatever_is_settled_counts_add_up_and_nobody_is_two(
    before: list[IncomingPupil], after: list[IncomingPupil], said: list[Settled | None]
) -> None:
    known = applied(KnownRegister(), plan_register(reading(*before), KnownRegister()))
    first = plan_register(reading(*after), known)
    words = tuple(
        Settlement(each.incoming.file, each.incoming.row, word, each.candidates[0].pupil.id)
        for each, word in zip(first.doubts, said, strict=False)
        if word is not None
    )
    plan = plan_register(reading(*after), known, settled=words)
    counts = plan.counts
    assert sum(counts[name] for name in counts if name not in ("movers", "leavers")) == len(after)
    settled_rows = {each.row for each in words}
    left = {each.incoming.row for each in plan.doubts}
    assert left <= {each.incoming.row for each in first.doubts} - settled_rows, "nobody is asked about twice"
    matched = [each.known.id for each in plan.pupils if each.known is not None]
    assert len(matched) == len(set(matched))
    assert {each.pupil.id for doubt in plan.doubts for each in doubt.candidates}.isdisjoint(matched)

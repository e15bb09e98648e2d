"""Who goes where: proposals for every shape of school, and that nobody is lost on the way (H7)."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.problems import Refused
from app.domain.september import LEAVE, NOWHERE, STAY, Child, Draft, PresentClass, plan, propose, reconcile
from app.domain.years import YEARS, coming_year, spoken_year, usual_year, year_after, year_named

DAY = date(2027, 7, 20)


def children(count: int, class_id: int | None, year: str | None, start: int = 1) -> list[Child]:
    return [Child(start + at, f"Child {start + at}", class_id, year) for at in range(count)]


def counts(draft: Draft) -> dict[str, int]:
    return {place: list(draft.places.values()).count(place) for place in set(draft.places.values())}


def test_one_class_a_year_goes_up() -> None:
    classes = [PresentClass(1, "Ash", "1"), PresentClass(2, "Oak", "2")]
    draft = propose("2027/28", DAY, [*children(3, 1, "1"), *children(2, 2, "2", 10)], classes)
    assert counts(draft) == {"c2": 3, NOWHERE: 2}, "there is no class of Year 3 to go to"


def test_two_classes_merge_into_one_and_one_splits_into_two() -> None:
    classes = [PresentClass(1, "A", "3"), PresentClass(2, "B", "3"), PresentClass(3, "C", "4"),
               PresentClass(4, "D", "5"), PresentClass(5, "E", "5")]  # fmt: skip
    everyone = [*children(3, 1, "3"), *children(3, 2, "3", 10), *children(5, 3, "4", 20)]
    draft = propose("2027/28", DAY, everyone, classes)
    assert counts(draft) == {"c3": 6, "c4": 3, "c5": 2}


def test_two_classes_side_by_side_stay_together() -> None:
    classes = [PresentClass(1, "3A", "3"), PresentClass(2, "3B", "3"), PresentClass(3, "4A", "4"),
               PresentClass(4, "4B", "4")]  # fmt: skip
    draft = propose("2027/28", DAY, [*children(2, 1, "3"), *children(2, 2, "3", 10)], classes)
    assert draft.places == {1: "c3", 2: "c3", 10: "c4", 11: "c4"}


def test_a_mixed_class_keeps_its_children_and_they_grow_older() -> None:
    classes = [PresentClass(1, "Class 2", None)]
    everyone = [*children(1, 1, "3"), *children(1, 1, "6", 5), *children(1, 1, None, 9)]
    draft = propose("2027/28", DAY, everyone, classes)
    assert draft.places == {1: "c1", 5: LEAVE, 9: "c1"}
    assert [move.year for move in plan(draft, everyone, classes).moves] == ["4", "6", None]


def test_starters_fill_the_smaller_class_of_their_year() -> None:
    classes = [PresentClass(1, "Acorn", "R"), PresentClass(2, "Beech", "R")]
    draft = propose("2027/28", DAY, [*children(5, None, "R"), *children(1, None, None, 20)], classes)
    assert counts(draft) == {"c1": 3, "c2": 2, NOWHERE: 1}


def test_a_place_that_does_not_fit_the_year_is_doubted() -> None:
    classes = [PresentClass(1, "Ash", "1"), PresentClass(2, "Oak", "5")]
    everyone = children(1, 1, "1")
    draft = Draft("2027/28", DAY, places={1: "c2"})
    assert plan(draft, everyone, classes).doubts[0].doubt == "The year group does not fit the class."


def test_a_class_that_is_left_empty_ends_unless_starters_join_it() -> None:
    classes = [PresentClass(1, "Acorn", "R"), PresentClass(2, "Oak", "5")]
    found = plan(Draft("2027/28", DAY), [], classes)
    assert [(each.name, each.ends) for each in found.classes] == [("Acorn", False), ("Oak", True)]
    assert not any(each.ends for each in plan(Draft("2027/28", DAY, end_empty=False), [], classes).classes)


def test_a_new_class_needs_a_name_of_its_own() -> None:
    classes = [PresentClass(1, "Oak", "5")]
    draft, key = Draft("2027/28", DAY).make(" 5  Pine ", "5", classes)
    assert (key, draft.new[0].name) == ("n1", "5 Pine")
    for name, part in (("oak", "called oak already"), ("5pine", "called 5pine already"), (" ", "needs a name")):
        with pytest.raises(Refused, match=part):
            draft.make(name, None, classes)


SCHOOL = st.lists(st.tuples(st.sampled_from((None, *YEARS)), st.integers(0, 6)), min_size=1, max_size=8)


@given(SCHOOL, st.integers(0, 4), st.data())
def test_every_child_has_one_place_and_none_is_lost(
    said: list[tuple[str | None, int]], starters: int, data: st.DataObject
) -> None:
    classes = [PresentClass(at, f"Class {at}", year) for at, (year, _) in enumerate(said, start=1)]
    everyone = [
        Child(100 * at + place, "A child", at, year)
        for at, (year, count) in enumerate(said, start=1)
        for place in range(count)
    ]
    everyone += children(starters, None, "R")
    draft = propose("2027/28", DAY, everyone, classes)
    if everyone:
        some = data.draw(st.lists(st.sampled_from([child.id for child in everyone]), unique=True))
        draft = draft.place(some, data.draw(st.sampled_from([LEAVE, STAY, NOWHERE, classes[0].key])))
    assert set(draft.places) == {child.id for child in everyone}
    assert reconcile(draft, everyone, classes) == draft
    found = plan(draft, everyone, classes)
    in_classes = sum(each.count for each in found.classes)
    out = sum(move.place == STAY and move.is_starter for move in found.moves)
    assert in_classes + len(found.leavers) + len(found.unplaced) + out == len(everyone)
    for move in found.moves:
        if move.place == LEAVE or move.child.year not in YEARS:
            continue
        assert move.year in (move.child.year, year_after(move.child.year))


@pytest.mark.parametrize(
    ("born", "first", "year"),
    [
        (date(2018, 9, 1), 2026, "3"),
        (date(2018, 8, 31), 2026, "4"),
        (date(2022, 8, 31), 2026, "R"),
        (date(2023, 1, 1), 2026, "N2"),
        (date(2015, 8, 31), 2026, None),
    ],
)
def test_the_usual_year_of_a_birthday(born: date, first: int, year: str | None) -> None:
    assert usual_year(born, first) == year


def test_years_in_words() -> None:
    assert [spoken_year(year) for year in ("N1", "R", "3", "Beta", None)] == [
        "Nursery 1", "Reception", "Year 3", "Beta", "No year",
    ]  # fmt: skip
    assert (coming_year(date(2027, 4, 30)), coming_year(date(2027, 5, 1)), year_named(2099)) == (2026, 2027, "2099/00")

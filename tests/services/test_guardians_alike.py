"""Which records may be of one adult: found by what they share, left alone where anything says otherwise."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.services.guardians import SaveGuardian, SaveTie
from app.services.guardians_alike import AlikeGuardians, Person, Sure, candidates, compare, numbers
from app.services.guardians_merging import TellApart
from app.services.office import Office
from app.store.reads.guardians import GuardianDetails
from tests.services.rows import a_pupil

JO = Person(1, "Mrs Joanne Marsh", "mrs", "joanne", "marsh", "jo@marsh.example", frozenset({"700900123"}), "s601aa")


def person(**other: object) -> Person:
    said = {"id": 2, "name": "Somebody", "title": "", "first": "joanne", "last": "marsh"}
    return Person(**{**said, **other})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("other", "sure"),
    [
        (person(email="jo@marsh.example"), Sure.SURE),
        (person(phones=frozenset({"700900123"})), Sure.SURE),
        (person(first="jo", phones=frozenset({"700900123"})), Sure.LIKELY),
        (person(first="j", email="jo@marsh.example", phones=frozenset({"700900123"})), Sure.SURE),
        (person(first="joane", email="jo@marsh.example"), Sure.LIKELY),
        (person(last="khan", email="jo@marsh.example"), Sure.PERHAPS),
        (person(last="khan", email="jo@marsh.example", phones=frozenset({"700900123"})), Sure.LIKELY),
        (person(first="", last="", email="jo@marsh.example"), Sure.LIKELY),
        (person(postcode="s601aa"), Sure.LIKELY),
        (person(), Sure.PERHAPS),
        (person(first="dean", email="jo@marsh.example"), None),
        (person(last="khan"), None),
        (person(first="jo"), None),
        (person(title="mr", first="j", email="jo@marsh.example"), None),
        (person(title="mr", email="jo@marsh.example"), Sure.SURE),
    ],
)
def test_how_sure_it_is(other: Person, sure: Sure | None) -> None:
    found = compare(JO, other)
    back = compare(other, JO)
    assert (found is None) == (back is None)
    if found is None or back is None:
        assert sure is None
        return
    assert found[0] is sure
    assert set(found[1]) == set(back[1])
    assert found[1]


def test_mother_and_father_of_one_child_are_two() -> None:
    mother = person(id=1, first="j", children={7: "PAM"}, email="family@marsh.example")
    father = person(id=2, first="john", children={7: "PAF"}, email="family@marsh.example")
    assert compare(mother, father) is None
    assert compare(mother, person(first="jo", children={7: "CAR"}, email="family@marsh.example")) is not None


def test_numbers_are_the_same_however_they_are_written() -> None:
    assert numbers("07700 900123") == numbers("+44 7700 900 123") == numbers("(07700)900123")
    assert numbers("12345") == frozenset()
    assert len(numbers("07700 900123, 01632 960456")) == 2


people = st.builds(
    Person,
    st.integers(1, 40),
    st.just("Somebody"),
    st.sampled_from(["", "mr", "mrs"]),
    st.sampled_from(["", "jo", "joanne", "dean", "j"]),
    st.sampled_from(["", "marsh", "khan"]),
    st.sampled_from(["", "a@x.example", "b@x.example"]),
    st.sampled_from([frozenset(), frozenset({"700900123"})]),
    st.sampled_from(["", "s601aa"]),
    st.dictionaries(st.integers(1, 3), st.sampled_from(["PAM", "PAF", ""]), max_size=2),
)


@given(st.lists(people, max_size=12, unique_by=lambda one: one.id))
def test_nobody_alike_is_missed_by_looking_only_where_something_is_shared(everybody: list[Person]) -> None:
    found = set(candidates(everybody))
    assert all(low < high for low, high in found)
    for one in everybody:
        for other in everybody:
            if one.id < other.id and compare(one, other) is not None:
                assert (one.id, other.id) in found


def test_a_crowd_with_one_surname_is_compared_by_whole_names_only() -> None:
    crowd = [person(id=n, first=f"name{n}", last="khan") for n in range(500)]
    crowd.append(person(id=900, first="name7", last="khan"))
    assert list(candidates(crowd)) == [(7, 900)]


def test_the_desk_offers_pairs_and_forgets_those_told_apart(clerk: Office) -> None:
    pupil = a_pupil(clerk)
    first = clerk.perform(SaveGuardian(None, GuardianDetails("", "Joanne", "Marsh", "jo@marsh.example")))
    second = clerk.perform(SaveGuardian(None, GuardianDetails("Mrs", "Joanne", "Marsh", "JO@marsh.example")))
    clerk.perform(SaveTie(pupil, first, "PAM"))
    clerk.perform(SaveGuardian(None, GuardianDetails("", "Dean", "Marsh", "jo@marsh.example")))
    (pair,) = clerk.ask(AlikeGuardians())
    assert (pair.first_id, pair.second_id, pair.sure) == (first, second, Sure.SURE)
    assert pair.reasons == ("The same name.", "The same e-mail address.")
    assert pair.children == ("Ella Marsh",)
    clerk.perform(TellApart(second, first))
    clerk.perform(TellApart(first, second))
    assert clerk.ask(AlikeGuardians()) == ()

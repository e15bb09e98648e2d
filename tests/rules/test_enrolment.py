"""Planning a register: who is new, changed, moved or gone, which adults are one person, and that twice is once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.enrolment import (
    FieldChange,
    KnownClass,
    KnownGuardian,
    KnownPupil,
    KnownRegister,
    KnownStaff,
    KnownTie,
    RegisterPlan,
    plan_register,
)
from app.domain.incoming import (
    IncomingClass,
    IncomingGuardian,
    IncomingPupil,
    IncomingStaff,
    ProposedLeaver,
    RegisterReading,
    Remark,
    Sighting,
)

BORN = date(2019, 2, 11)
OAK, ELM = KnownClass(1, "Oak", "3"), KnownClass(2, "Elm", "4")
ELLA = KnownPupil(1, "Ella", "Marsh", BORN, upn="R201100018042", year="3", class_id=1, postcode="S65 0AA")
OSCAR = KnownPupil(2, "Oscar", "Khan", date(2019, 3, 12), year="3", class_id=1)
JO = KnownGuardian(1, "Mrs", "Joanne", "Marsh", "jo@marsh.example", ("07700 900001",))
KNOWN = KnownRegister((ELLA, OSCAR), (JO,), (KnownTie(1, 1, "Mother", True, 1),), (OAK, ELM))


def adult(name: str = "Joanne Marsh", **said: Any) -> IncomingGuardian:
    first, _, last = name.rpartition(" ")
    return IncomingGuardian(first=first or None, last=last or None, name=name or None, **said)


def pupil(row: int, first: str, last: str, born: date | None = BORN, **said: Any) -> IncomingPupil:
    return IncomingPupil("list.csv", row, first, last, born, **said)


def reading(*pupils: IncomingPupil, **said: Any) -> RegisterReading:
    rejected = len(said.get("rejected", ())) + len(said.get("proposals", ()))
    return RegisterReading("csv", ("list.csv",), len(pupils) + rejected, pupils, **said)


def applied(known: KnownRegister, plan: RegisterPlan) -> KnownRegister:
    """The register after every part of a plan was accepted; what the store does, in a few lines."""
    classes = {each.name: each.known.id for each in plan.classes if each.known is not None}
    rows = list(known.classes)
    for each in plan.classes:
        if each.known is None:
            rows.append(KnownClass(len(rows) + 1, each.name, each.year, each.source_id))
            classes[each.name] = len(rows)
    guardians = {each.id: each for each in known.guardians}
    ids = []
    for planned in plan.guardians:
        said = planned.incoming
        fields = ("title", "first", "last", "email", "phones", "address", "postcode", "language", "source_id")
        if planned.known is None:
            new = KnownGuardian(len(guardians) + 1, *(getattr(said, name) for name in fields))
        else:
            new = planned.known._replace(**told(planned.changes))
        guardians[new.id] = new
        ids.append(new.id)
    pupils = {each.id: each for each in known.pupils}
    ties = {(each.pupil_id, each.guardian_id): each for each in known.ties}
    for row in plan.pupils:
        said_of = row.incoming
        names = (
            "born",
            "upn",
            "preferred",
            "preferred_last",
            "middle",
            "year",
            "sex",
            "postcode",
            "in_care",
            "source_id",
        )
        if row.known is None:
            own = KnownPupil(len(pupils) + 1, said_of.first, said_of.last, **{n: getattr(said_of, n) for n in names})
            own = own._replace(class_id=_class_id(said_of.class_name, classes, rows))
        else:
            changes = told(row.changes)
            moved = changes.pop("class_name", None)
            own = row.known._replace(**changes)
            if moved:
                own = own._replace(class_id=_class_id(str(moved), classes, rows))
        pupils[own.id] = own
        for tie in row.ties:
            key = own.id, ids[tie.guardian]
            old = ties.get(key, KnownTie(*key))
            ties[key] = old._replace(
                relationship=tie.relationship or old.relationship,
                responsibility=old.responsibility if tie.responsibility is None else tie.responsibility,
                order=tie.order if tie.order is not None else old.order,
            )
    staff = list(known.staff)
    for person in plan.staff:
        if person.known is None:
            staff.append(
                KnownStaff(len(staff) + 1, person.incoming.name, person.incoming.email, person.incoming.source_id)
            )
    return KnownRegister(
        tuple(pupils.values()), tuple(guardians.values()), tuple(ties.values()), tuple(rows), tuple(staff)
    )


def told(changes: Sequence[FieldChange]) -> dict[str, Any]:
    return {change.field: change.new for change in changes}


def _class_id(name: str | None, classes: dict[str, int], rows: Sequence[KnownClass]) -> int | None:
    if name is None:
        return None
    from app.domain.enrolment_rows import class_key

    return next(each.id for each in rows if class_key(each.name) == class_key(name)) or classes[name]


def test_a_first_import_is_all_new_with_classes_and_adults() -> None:
    plan = plan_register(
        reading(
            pupil(2, "Ella", "Marsh", class_name="Oak", guardians=(adult(email="jo@marsh.example"),)),
            pupil(3, "Oscar", "Khan", class_name="Oak"),
        ),
        KnownRegister(),
    )
    assert (len(plan.new), plan.changed, plan.unchanged) == (2, (), ())
    assert [(each.name, each.known) for each in plan.classes] == [("Oak", None)]
    assert [each.incoming.name for each in plan.guardians] == ["Joanne Marsh"]
    assert plan.new[0].ties[0].known is None


def test_silence_changes_nothing_and_other_words_change_a_field() -> None:
    same = plan_register(reading(pupil(2, "Ella", "Marsh", upn="R201100018042")), KNOWN)
    assert [each.matched_by for each in same.unchanged] == ["UPN"]
    other = plan_register(reading(pupil(2, "Ella", "Marsh", preferred="Ellie", postcode="S65 9ZZ")), KNOWN)
    (changed,) = other.changed
    assert changed.matched_by == "name and date of birth"
    assert [(change.field, change.old, change.new) for change in changed.changes] == [
        ("preferred", None, "Ellie"),
        ("postcode", "S65 0AA", "S65 9ZZ"),
    ]


def test_spelling_does_not_hide_a_pupil() -> None:
    known = KnownRegister((ELLA._replace(first="Zoë", last="O’Neill", upn=None),))
    plan = plan_register(reading(pupil(2, "Zoe", "O'Neill")), known)
    assert [(change.field, change.new) for change in plan.changed[0].changes] == [("first", "Zoe"), ("last", "O'Neill")]


def test_a_mover_is_a_changed_pupil() -> None:
    plan = plan_register(reading(pupil(2, "Ella", "Marsh", class_name="elm")), KNOWN)
    assert [(each.moves.old, each.moves.new) for each in plan.movers if each.moves] == [("Oak", "elm")]
    assert plan.counts["movers"] == 1
    assert plan.counts["changed"] == 1
    assert [each.known for each in plan.classes] == [ELM]


def test_a_first_class_is_no_move() -> None:
    known = KnownRegister((ELLA._replace(class_id=None),), classes=(OAK,))
    plan = plan_register(reading(pupil(2, "Ella", "Marsh", class_name="Oak")), known)
    assert plan.movers == ()
    assert [change.field for change in plan.changed[0].changes] == ["class_name"]


def test_matching_goes_by_number_then_source_then_name_and_birth() -> None:
    married = plan_register(reading(pupil(2, "Ella", "Kay", upn="R201100018042")), KNOWN)
    assert [change.field for change in married.changed[0].changes] == ["last"]
    former = plan_register(reading(pupil(2, "Ella", "Marsh", upn="T20110001804V", former_upn="R201100018042")), KNOWN)
    assert (former.changed[0].known, former.changed[0].matched_by) == (ELLA, "UPN")
    sourced = KnownRegister((ELLA._replace(source_id="p1", born=None, upn=None),))
    by_source = plan_register(reading(pupil(2, "Eleanor", "Marsh", None, source_id="p1")), sourced)
    assert by_source.changed[0].matched_by == "source"
    stranger = plan_register(reading(pupil(2, "Tom", "Pratt", None, source_id="p1")), sourced)
    assert len(stranger.new) == 1
    assert len(plan_register(reading(pupil(2, "Ella", "Marsh", date(2018, 1, 1))), KNOWN).new) == 1


def test_a_number_that_belongs_to_somebody_else_is_refused() -> None:
    plan = plan_register(reading(pupil(2, "Tom", "Pratt", date(2018, 1, 1), upn="R201100018042")), KNOWN)
    assert [(each.row, each.field) for each in plan.rejected] == [(2, "UPN")]
    assert "belongs to Ella Marsh" in plan.rejected[0].reason
    assert plan.pupils == ()


def test_one_number_for_two_children_loses_neither_silently() -> None:
    plan = plan_register(
        reading(
            pupil(2, "Ella", "Marsh", upn="R201100018042"),
            pupil(3, "Tom", "Pratt", date(2018, 1, 1), upn="R201100018042"),
            pupil(4, "Una", "Day", date(2017, 1, 1), source_id="x"),
            pupil(5, "Ivy", "Lee", date(2016, 1, 1), source_id="x"),
        ),
        KnownRegister(),
    )
    assert [each.incoming.first for each in plan.new] == ["Ella", "Una"]
    assert [(remark.row, remark.field) for remark in plan.rejected] == [(3, "UPN"), (5, "identifier")]
    assert "belongs to Ella Marsh" in plan.rejected[0].reason


def test_another_number_for_the_same_child_is_warned_about_unless_the_old_one_was_temporary() -> None:
    other = pupil(2, "Ella", "Marsh", upn="A201100018043")
    assert [remark.field for remark in plan_register(reading(other), KNOWN).warnings] == ["UPN"]
    temporary = KnownRegister((ELLA._replace(upn="T20110001804V"),))
    plan = plan_register(reading(other), temporary)
    assert plan.warnings == ()
    assert [(change.field, change.new) for change in plan.changed[0].changes] == [("upn", "A201100018043")]


def test_namesakes_born_on_one_day_are_told_by_class_or_by_number_or_not_at_all() -> None:
    twin = ELLA._replace(id=9, upn=None, class_id=2)
    known = KnownRegister((ELLA._replace(upn=None), twin), classes=(OAK, ELM))
    in_elm = plan_register(reading(pupil(2, "Ella", "Marsh", class_name="Elm")), known)
    assert [each.known for each in in_elm.unchanged] == [twin]
    nobody = plan_register(reading(pupil(2, "Ella", "Marsh")), known)
    assert "2 pupils" in nobody.rejected[0].reason
    both = plan_register(
        reading(pupil(2, "Ella", "Marsh", upn="R201100018042"), pupil(3, "Ella", "Marsh", upn="A201100018043")),
        KnownRegister(),
    )
    assert len(both.new) == 2


def test_rows_about_one_child_are_put_together() -> None:
    plan = plan_register(
        reading(
            pupil(2, "Ella", "Marsh", guardians=(adult(relationship="Mother"),)),
            pupil(3, "ELLA", "marsh", class_name="Oak", guardians=(adult("Dean Kay", relationship="Step-father"),)),
            pupil(4, "Ella", "Marsh", class_name="Elm"),
        ),
        KnownRegister(),
    )
    (ella,) = plan.new
    assert (ella.incoming.class_name, len(ella.ties), len(plan.guardians)) == ("Oak", 2, 2)
    assert [(each.incoming.row, each.first_row) for each in plan.duplicates] == [(3, 2), (4, 2)]
    assert [(remark.row, remark.field) for remark in plan.warnings] == [(3, None), (4, "class")]


def test_a_row_that_repeats_a_refused_row_is_refused_with_it() -> None:
    wrong: dict[str, Any] = {"born": date(2018, 1, 1), "upn": "R201100018042"}
    plan = plan_register(reading(pupil(2, "Tom", "Pratt", **wrong), pupil(3, "Tom", "Pratt", **wrong)), KNOWN)
    assert [remark.row for remark in plan.rejected] == [2, 3]
    assert plan.duplicates == ()


def test_leavers_are_proposed_only_for_classes_the_file_covers() -> None:
    ella = pupil(2, "Ella", "Marsh", class_name="Oak")
    assert plan_register(reading(ella), KNOWN).leavers == ()
    covered = plan_register(reading(ella, covers=frozenset({"oak"})), KNOWN)
    assert [(leaver.pupil, leaver.class_name) for leaver in covered.leavers] == [(OSCAR, "Oak")]
    assert "Oak" in covered.leavers[0].reason
    assert plan_register(reading(ella, covers=frozenset({"Elm"})), KNOWN).leavers == ()
    whole = plan_register(reading(ella), KNOWN, whole_school=True)
    assert [leaver.pupil for leaver in whole.leavers] == [OSCAR]


def test_nobody_who_may_be_in_a_rejected_row_or_has_left_already_is_a_leaver() -> None:
    fault = Remark("list.csv", 3, "date of birth", "The date of birth is missing.")
    for seen in (Sighting("Oscar", "Khan"), Sighting(None, "Khan"), Sighting("oscar", None)):
        found = reading(pupil(2, "Ella", "Marsh"), rejected=(fault,), sightings=(seen,), covers=frozenset({"Oak"}))
        assert plan_register(found, KNOWN).leavers == ()
    gone = replace(KNOWN, pupils=(ELLA, OSCAR._replace(on_roll=False)))
    assert plan_register(reading(pupil(2, "Ella", "Marsh"), covers=frozenset({"Oak"})), gone).leavers == ()


def test_a_handful_of_a_class_makes_nobody_a_leaver() -> None:
    many = tuple(KnownPupil(number, f"Child{number}x", "Day", BORN, class_id=1) for number in range(10, 30))
    found = reading(pupil(2, "Child10x", "Day"), covers=frozenset({"Oak"}))
    plan = plan_register(found, KnownRegister(many, classes=(OAK,)))
    assert plan.leavers == ()
    assert "19 of the 20 pupils of Oak" in plan.warnings[0].reason


def test_somebody_who_left_and_is_in_the_file_again_comes_back() -> None:
    plan = plan_register(reading(pupil(2, "Ella", "Marsh")), KnownRegister((ELLA._replace(on_roll=False),)))
    assert [(change.field, change.new) for change in plan.changed[0].changes] == [("on_roll", True)]


def test_what_the_file_marks_as_gone_is_proposed() -> None:
    sourced = KnownRegister((ELLA._replace(source_id="p1"), OSCAR), classes=(OAK,))
    marks = (
        ProposedLeaver("users.csv", 2, "Ella", "Marsh", "p1", "Marked."),
        ProposedLeaver("users.csv", 3, "Oscar", "Khan", "p2", "Marked."),
        ProposedLeaver("users.csv", 4, "No", "Body", "p3", "Marked."),
    )
    plan = plan_register(reading(proposals=marks), sourced)
    assert [leaver.pupil.first for leaver in plan.leavers] == ["Ella", "Oscar"]
    assert (plan.marked_gone, plan.rows) == (3, 3)


def test_care_changes_only_what_is_said() -> None:
    unknown, cared = ELLA._replace(in_care=None), ELLA._replace(in_care=True)
    for known, said, changes in (
        (unknown, None, []),
        (unknown, False, []),
        (unknown, True, [(None, True)]),
        (cared, None, []),
        (cared, True, []),
        (cared, False, [(True, False)]),
    ):
        plan = plan_register(reading(pupil(2, "Ella", "Marsh", in_care=said)), KnownRegister((known,)))
        assert [(change.old, change.new) for each in plan.changed for change in each.changes] == changes


@pytest.mark.parametrize(
    ("one", "other", "people"),
    [
        ({"email": "jo@marsh.example"}, {"email": "JO@marsh.example"}, 1),
        ({"phones": ("07700 900001",)}, {"phones": ("01632 960001", "+447700900001")}, 1),
        ({"address": "4 Row", "postcode": "S65 0AA"}, {"address": "4 row", "postcode": "S65 0AA"}, 1),
        ({"source_id": "a"}, {"source_id": "a"}, 1),
        ({"email": "jo@marsh.example"}, {"email": "joanne@marsh.example"}, 2),
        ({}, {}, 2),
    ],
)
def test_one_adult_across_siblings(one: dict[str, Any], other: dict[str, Any], people: int) -> None:
    plan = plan_register(
        reading(
            pupil(2, "Ella", "Marsh", guardians=(adult(**one),)),
            pupil(3, "Tom", "Marsh", guardians=(adult(**other),)),
        ),
        KnownRegister(),
    )
    assert len(plan.guardians) == people
    assert [tie.guardian for each in plan.new for tie in each.ties] == [0, people - 1]


def test_siblings_at_one_address_share_the_parent_who_bears_the_same_full_name() -> None:
    home: dict[str, Any] = {"address": "4 Example Row", "postcode": "S65 0AA"}
    both = reading(
        pupil(2, "Ella", "Marsh", guardians=(adult(), adult("Marsh")), **home),
        pupil(3, "Tom", "Marsh", guardians=(adult("joanne MARSH"), adult("Marsh")), **home),
    )
    assert [each.incoming.name for each in plan_register(both, KnownRegister()).guardians] == [
        "Joanne Marsh", "Marsh", "Marsh",
    ]  # fmt: skip


def test_a_shared_address_or_number_does_not_make_two_parents_one() -> None:
    shared: dict[str, Any] = {"email": "family@marsh.example", "phones": ("01632 960001",)}
    plan = plan_register(
        reading(pupil(2, "Ella", "Marsh", guardians=(adult(**shared), adult("Dean Marsh", **shared)))), KnownRegister()
    )
    assert len(plan.guardians) == 2


def test_an_email_without_a_name_is_the_one_adult_who_has_it() -> None:
    named = adult(email="jo@marsh.example")
    plan = plan_register(
        reading(
            pupil(2, "Ella", "Marsh", guardians=(adult("", email="jo@marsh.example"),)),
            pupil(3, "Tom", "Marsh", guardians=(named,)),
        ),
        KnownRegister(),
    )
    assert [each.incoming.name for each in plan.guardians] == ["Joanne Marsh"]
    known = plan_register(reading(pupil(2, "Ella", "Marsh", guardians=(adult("", email="jo@marsh.example"),))), KNOWN)
    assert known.guardians[0].known == JO
    assert len(known.unchanged) == 1


def test_adults_on_record_are_found_through_their_children_even_with_a_new_number() -> None:
    said = adult(relationship="mother", responsibility=True, phones=("07700 900009",))
    plan = plan_register(reading(pupil(2, "Ella", "Marsh", guardians=(said,))), KNOWN)
    (guardian,) = plan.guardians
    assert guardian.known == JO
    assert [(change.field, change.old, change.new) for change in guardian.changes] == [
        ("phones", ("07700 900001",), ("07700 900009",))
    ]
    assert len(plan.changed) == 1
    assert plan.changed[0].changes == ()
    assert plan.changed[0].ties[0].changes == ()


def test_a_new_sibling_gets_the_parent_on_record_and_a_married_name_is_a_change() -> None:
    sibling = plan_register(
        reading(pupil(2, "Tom", "Marsh", guardians=(adult(email="jo@marsh.example", order=1),))), KNOWN
    )
    assert sibling.guardians[0].known == JO
    assert sibling.new[0].ties[0].known is None
    married = plan_register(
        reading(pupil(2, "Ella", "Marsh", guardians=(adult("Joanne Kay", email="jo@marsh.example"),))), KNOWN
    )
    assert [(change.field, change.new) for change in married.guardians[0].changes] == [("last", "Kay")]
    partner = plan_register(
        reading(pupil(2, "Ella", "Marsh", guardians=(adult("Dean Kay", email="jo@marsh.example"),))), KNOWN
    )
    assert partner.guardians[0].known is None


def test_a_changed_tie_changes_the_pupils_row() -> None:
    said = adult(email="jo@marsh.example", relationship="Carer", responsibility=False, order=2)
    plan = plan_register(reading(pupil(2, "Ella", "Marsh", guardians=(said,))), KNOWN)
    assert [(change.field, change.new) for change in plan.changed[0].ties[0].changes] == [
        ("relationship", "Carer"),
        ("responsibility", False),
        ("order", 2),
    ]


def test_staff_are_found_by_source_email_or_the_name_they_go_by() -> None:
    known = KnownRegister(
        staff=(
            KnownStaff(1, "Mrs Holt", None, "s1"),
            KnownStaff(2, "Mr Dunn", "dunn@oak.example"),
            KnownStaff(3, "Ms Birch"),
        )
    )
    people = (
        IncomingStaff("t.csv", 2, "Ruth", "Holt", source_id="s1"),
        IncomingStaff("t.csv", 3, "Tom", "Dunn", email="DUNN@oak.example"),
        IncomingStaff("t.csv", 4, "Ann", "Birch", title="Ms"),
        IncomingStaff("t.csv", 5, "Una", "New"),
    )
    plan = plan_register(reading(staff=people), known)
    assert [each.known.id if each.known else None for each in plan.staff] == [1, 2, 3, None]


def test_classes_a_file_lists_are_planned_once() -> None:
    listed = (IncomingClass("Oak", "3", "c1"), IncomingClass("Ash", "5", "c2"))
    plan = plan_register(reading(pupil(2, "Ella", "Marsh", class_name="OAK"), classes=listed), KNOWN)
    assert [(each.name, each.known) for each in plan.classes] == [("Oak", OAK), ("Ash", None)]


FIRSTS = st.sampled_from(["Ella", "Oscar", "Zoë", "Zoe", "Siân", "Jack", ""])
LASTS = st.sampled_from(["Marsh", "Khan", "O'Neill", "O’Neill"])
UPNS = st.sampled_from([None, None, None, "R201100018042", "A201100018043", "T20110001804V"])


def with_or_without_source(said: IncomingGuardian) -> st.SearchStrategy[IncomingGuardian]:
    """A source gives each person one identifier, whatever else it gets wrong."""
    return st.sampled_from([said, said, said._replace(source_id=f"{said.title}-{said.first}-{said.last}")])


ADULTS = st.builds(
    IncomingGuardian,
    title=st.sampled_from([None, "Mrs", "Mr"]),
    first=st.sampled_from([None, "Jo", "Dean"]),
    last=st.sampled_from(["Marsh", "Kay"]),
    name=st.just("written"),
    relationship=st.sampled_from([None, "Mother", "PAF"]),
    responsibility=st.sampled_from([None, True, False]),
    order=st.sampled_from([None, 1, 2]),
    email=st.sampled_from([None, "jo@marsh.example", "dean@kay.example"]),
    phones=st.sampled_from([(), ("07700 900001",), ("01632 960001", "07700900001")]),
    postcode=st.sampled_from([None, "S65 0AA"]),
).flatmap(with_or_without_source)
ROWS = st.lists(
    st.builds(
        pupil,
        st.just(0),
        FIRSTS.filter(bool),
        LASTS,
        st.sampled_from([BORN, date(2018, 5, 1), None]),
        upn=UPNS,
        preferred=st.sampled_from([None, "El"]),
        year=st.sampled_from([None, "3", "4"]),
        class_name=st.sampled_from([None, "Oak", "Elm", "oak"]),
        postcode=st.sampled_from([None, "S65 0AA"]),
        in_care=st.sampled_from([None, True, False]),
        source_id=st.sampled_from([None, None, "p1", "p2"]),
        guardians=st.lists(ADULTS, max_size=3).map(tuple),
    ),
    max_size=8,
).map(lambda rows: [row._replace(row=number) for number, row in enumerate(rows, start=2)])


@settings(max_examples=400, deadline=None)
@given(ROWS, ROWS)
def test_counts_add_up_whatever_is_known(before: list[IncomingPupil], after: list[IncomingPupil]) -> None:
    known = applied(KnownRegister(), plan_register(reading(*before), KnownRegister()))
    plan = plan_register(reading(*after, covers=frozenset({"Oak"})), known)
    counts = plan.counts
    outcomes = ("new", "changed", "unchanged", "duplicates", "rejected", "marked_gone", "doubts", "left_out")
    assert sum(counts[name] for name in outcomes) == plan.rows == len(after)
    matched = [each.known.id for each in plan.pupils if each.known is not None]
    assert len(matched) == len(set(matched))
    assert not {leaver.pupil.id for leaver in plan.leavers} & set(matched)
    recognised = [each.known.id for each in plan.guardians if each.known is not None]
    assert len(recognised) == len(set(recognised))
    for each in plan.pupils:
        assert len({tie.guardian for tie in each.ties}) == len(each.ties)


def without_idless(rows: list[IncomingPupil]) -> list[IncomingPupil]:
    """Rows by which a pupil can be found again: those with a birth date, a UPN or an identifier."""
    return [row for row in rows if row.born or row.upn or row.source_id]


@settings(max_examples=400, deadline=None)
@given(ROWS.map(without_idless))
def test_the_same_file_again_changes_nothing(rows: list[IncomingPupil]) -> None:
    first = plan_register(reading(*rows), KnownRegister())
    known = applied(KnownRegister(), first)
    again = plan_register(reading(*rows), known)
    assert again.new == ()
    assert [(each.incoming, each.changes, each.ties) for each in again.changed] == []
    assert len(again.unchanged) == len(first.new)
    assert all(each.known is not None and not each.changes for each in again.guardians)

"""Surnames and initials, however they are written (policy T8)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.checks.finding import Check
from app.domain.content import Author, AuthorRole, Kind
from tests.rules.a_school import by_parent, findings, item, pupils_found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Freya Ashdown read to us.", {"freya"}),
        ("freya ashdown read to us.", {"freya"}),
        ("FREYA ASHDOWN READ TO US", {"freya"}),
        ("We loved Freya Ashdown's poem.", {"freya"}),
        ("We loved Freya Ashdown’s poem.", {"freya"}),
        ("that is Freya Ashdowns tower", {"freya"}),
        ("Ashdown, Freya: three stars", {"freya"}),
        ("Squad: Pike, Jack; Kemp, Tyler; reserve Leo", {"jack", "tyler"}),
        ("PIKE, Jack\nKEMP, Tyler", {"jack", "tyler"}),
        ("#FreyaAshdown #proud", {"freya"}),
        ("#freyaashdown", {"freya"}),
        ("#TeamFreyaAshdown", {"freya"}),
        ("Freya J. Ashdown signed her name", {"freya"}),
        ("Freya Rose Ashdown signed her name", {"freya"}),
        ("Freya Rose May Ashdown signed her name", {"freya"}),
        ("Freya-Rose M. Ashdown signed her name", {"freya"}),
        ("Toby Quill and Tobias Quill are one boy", {"tobias"}),
        ("Bronagh O'Neill", {"bronagh"}),
        ("Bronagh O’Neill's kite", {"bronagh"}),
        ("Bronagh ONeill", {"bronagh"}),
        ("Bronagh O Neill", {"bronagh"}),
        ("bronagh oneills kite", {"bronagh"}),
        ("Elsie-Mae Thorne-Smith", {"elsie"}),
        ("Elsie Mae Thorne Smith", {"elsie"}),
        ("Elsie Mae Thorne", {"elsie"}),
        ("Elsie-Mae Smith's model", {"elsie"}),
        ("Elsie Thorne-Smith", {"elsie"}),
        ("Zoe Wren", {"zoe"}),
        ("Zoe\u0308 Wren", {"zoe"}),
        ("ZOË WREN", {"zoe"}),
        ("Lukasz Gorski", {"lukasz"}),
        ("Łukasz Górski's bridge", {"lukasz"}),
        ("Jasmine de la Cruz", {"jasmine"}),
        ("Jasmine Cruz", {"jasmine"}),
        ("Christopher Hargreves", {"christopher"}),
        ("Christpher Hargreaves", {"christopher"}),
        ("Chris Hargreaves", {"christopher"}),
        ("James Davis's boat", {"james"}),
        ("Poppy Day read her poem to the hall.", {"poppy"}),
        ("Well done Hope Marlow!", {"hope"}),
        ("Freya (Ashdown) is our reader", {"freya"}),
        ('Tobias "Toby" Quill', {"tobias"}),
        ("Freya\tAshdown\t12", {"freya"}),
        ("🎉Freya Ashdown🎉", {"freya"}),
    ],
)
def test_surname_is_found(text: str, expected: set[str]) -> None:
    assert pupils_found(item(text), Check.SURNAME) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Freya read to us.",
        "Thank you to Mrs Ashdown for the cakes.",
        "Mr Marsh and Miss Bell took us to the woods.",
        "Poppy Day is on Wednesday. Bring 50p.",
        "On Poppy Day we kept the silence.",
        "Freya and the marsh frogs",
        "We sang at the Bell Inn with Grace.",
        "Dana Ashdown brought the goat.",
        "Freya Penhale is nobody here.",
        "The field where Robin found a newt.",
        "On Sports Day, Poppy won the sack race.",
        "Will Day 1 be sunny?",
        "May Day ribbons are wanted.",
        "",
    ],
)
def test_no_surname(text: str) -> None:
    assert pupils_found(item(text, class_id="c2"), Check.SURNAME) == set()


def test_brother_and_sister_before_one_surname_are_both_named() -> None:
    from tests.rules.a_school import engine_for, pupil

    engine = engine_for(pupil("jack", last="Kemp"))
    assert pupils_found(item("Jack and Tyler Kemp", class_id="c3"), Check.SURNAME, engine) == {"jack", "tyler"}
    assert pupils_found(item("Leo and Tyler Kemp", class_id="c3"), Check.SURNAME, engine) == {"tyler"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Jack, Leo and Tyler Kemp planted the willow arch.", {"jack", "leo", "tyler"}),
        ("A model lighthouse by Jack, Leo, and Tyler Kemp", {"jack", "leo", "tyler"}),
        ("Jack, Leo & Tyler Kemp's lighthouse", {"jack", "leo", "tyler"}),
        ("Jack and Leo and Tyler Kemp", {"jack", "leo", "tyler"}),
        ("Leo, Amelia and Tyler Kemp", {"tyler"}),
        ("Jack, Tyler Kemp and Leo", {"tyler"}),
        ("Jack's lighthouse, Leo and Tyler Kemp", {"leo", "tyler"}),
        ("Jack. Leo and Tyler Kemp", {"leo", "tyler"}),
    ],
)
def test_each_of_three_before_one_surname_is_named_who_bears_it(text: str, expected: set[str]) -> None:
    from tests.rules.a_school import engine_for, pupil

    engine = engine_for(pupil("jack", last="Kemp"), pupil("leo", last="Kemp"))
    assert pupils_found(item(text, class_id="c3"), Check.SURNAME, engine) == expected


def test_surname_counts_in_every_kind_of_staff_item_and_for_nobody_else() -> None:
    for kind in Kind:
        assert pupils_found(item("Freya Ashdown", kind, to=("g-freya",)), Check.SURNAME) == {"freya"}
    assert not pupils_found(by_parent("Freya Ashdown"), Check.SURNAME)
    assert not pupils_found(item("Freya Ashdown", Kind.COMMENT, Author(AuthorRole.PUPIL, "jack")), Check.SURNAME)


@pytest.mark.parametrize(
    ("text", "class_id", "expected"),
    [
        ("Freya A found a newt", "c1", {"freya"}),
        ("Freya A. found a newt", "c1", {"freya"}),
        ("Freya A's newt", "c1", {"freya"}),
        ("#FreyaA", "c1", {"freya"}),
        ("freya a.", "c1", {"freya"}),
        ("kites by Toby Q and Freya A", "c1", {"freya", "tobias"}),
        ("Isla G and Isla P", "c1", set()),
        ("Isla B made a kite", "c3", {"isla-b"}),
        ("Isla B from Rowan and Isla G from Heron", None, {"isla-b"}),
        ("Bronagh O", "c1", {"bronagh"}),
        ("Elsie-Mae T-S", "c1", {"elsie"}),
        ("Elsie-Mae T", "c1", {"elsie"}),
        ("Jasmine d", "c2", {"jasmine"}),
        ("Freya I am so proud of you", "c1", set()),
        ("Freya X", "c1", set()),
        ("Plan A with Freya", "c1", set()),
        ("WELL DONE FREYA A BRILLIANT EFFORT", "c1", set()),
    ],
)
def test_initial(text: str, class_id: str | None, expected: set[str]) -> None:
    assert pupils_found(item(text, class_id=class_id), Check.INITIAL) == expected


_FORMS = st.sampled_from(
    [
        "{first} {last}",
        "{first} {last}'s",
        "{last}, {first}",
        "{FIRST} {LAST}",
        "#{First}{Last}",
        "{first} J. {last}",
        "{first}  {last}",
    ]
)
_SIMPLE = st.sampled_from(
    [("freya", "Freya", "Ashdown"), ("zoe", "Zoë", "Wren"), ("lukasz", "Łukasz", "Górski"), ("tyler", "Tyler", "Kemp")]
)


@given(
    form=_FORMS, who=_SIMPLE, before=st.sampled_from(["", "Here is ", "Well done, "]), after=st.sampled_from(["", "!"])
)
def test_a_name_in_any_of_its_forms_is_found_and_its_span_holds_it(
    form: str, who: tuple[str, str, str], before: str, after: str
) -> None:
    key, first, last = who
    written = form.format(first=first, last=last, FIRST=first.upper(), LAST=last.upper(), First=first, Last=last)
    text = f"{before}{written}{after}" if not form.startswith("{last}") else f"{written}{after}"
    found = findings(item(text), Check.SURNAME)
    assert [finding.pupils for finding in found] == [(key,)]
    span = found[0].span
    assert span is not None
    named = text[span[0] : span[1]].lower()
    assert first.lower() in named
    assert last.lower() in named


@given(
    st.lists(st.sampled_from(["the", "seeds", "are", "up", "and", "we", "water", "them", "at", "noon"]), max_size=40)
)
def test_unrelated_words_name_nobody(words: list[str]) -> None:
    assert not pupils_found(item(" ".join(words)), Check.SURNAME)
    assert not pupils_found(item(" ".join(words)), Check.INITIAL)

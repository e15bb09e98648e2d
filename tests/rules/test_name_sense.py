"""Whether a word that could be a name is one: decided from what stands around it, for pictures of pupils (T12)."""

from __future__ import annotations

import pytest

from app.domain.checks.finding import Check
from app.domain.content import Kind, Media
from tests.rules.a_school import REFUSED, engine_for, item, pupil, pupils_found

_BARRED_PUPILS = "hope will poppy robin grace may jasmine summer leo amelia tyler jack rowan freya elsie zoe"
_BARRED = engine_for(*(pupil(key, permissions=dict(REFUSED)) for key in _BARRED_PUPILS.split()))


def _named(text: str, class_id: str | None = "c2", kind: Kind = Kind.CLASS_STORY) -> set[str]:
    return pupils_found(item(text, kind, class_id=class_id, media=(Media.PHOTO,)), Check.NO_PERMISSION, _BARRED)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hope read her poem to us.", {"hope"}),
        ("Here is Hope with the kite.", {"hope"}),
        ("Well done Hope", {"hope"}),
        ("Star writer: Grace", {"grace"}),
        ("Will scored twice and nobody minded.", {"will"}),
        ("Will was goalkeeper.", {"will"}),
        ("Will and Zoë built a dam.", {"will", "zoe"}),
        ("Summer and Will were gentle with the chicks.", {"summer", "will"}),
        ("A big hand for Grace and Hope.", {"grace", "hope"}),
        ("Poppy proudly showed us her shell.", {"poppy"}),
        ("Poppy's shell was the biggest.", {"poppy"}),
        ("Look at Poppys shell", {"poppy"}),
        ("We watched Robin climb to the top.", {"robin"}),
        ("Robin, Zoë and Grace at the pond.", {"robin", "zoe", "grace"}),
        ("Hope ✔\nGrace ✔", {"hope", "grace"}),
        ("Jasmine carried the flag.", {"jasmine"}),
        ("Congratulations May, our spelling champion!", {"may"}),
        ("May smashed the spelling test.", {"may"}),
        ("zoe and will at the pond", {"zoe", "will"}),
        ("Zoe found a snail", {"zoe"}),
        ("#WellDoneHope", {"hope"}),
    ],
)
def test_a_pupil_is_named(text: str, expected: set[str]) -> None:
    assert _named(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Hope you all have a restful half term.",
        "We hope to see you there.",
        "There is hope for the tadpoles yet.",
        "Will everyone please bring a hat?",
        "Will you join us on Friday?",
        "We will paint on Monday.",
        "May half term is nearly here.",
        "May we say thank you for the jars.",
        "The fair is in May.",
        "Summer term is here at last!",
        "Our Summer Reading Challenge starts today.",
        "This summer we planted beans.",
        "Poppy seeds and sunflower seeds are in.",
        "Poppies, poppy wreaths and a poppy field.",
        "The Poppy Appeal box is full.",
        "A robin sat on the gate.",
        "Robin Hood and his merry men came to tea.",
        "Rose, jasmine and mint are in the sensory garden.",
        "Jasmine tea for the staff.",
        "We said grace before lunch.",
        "Grace before meals, every day.",
        "Grace Darling rowed out in the storm.",
        "Our values are Hope, Courage and Kindness.",
        "Our value this week is Grace.",
        "Princess Jasmine and Aladdin had us laughing.",
        "The hamster Poppy has escaped.",
        "Auntie May made the costumes.",
        "Mrs Grace came to read.",
        "We dressed as Robin and his band.",
        "The book 'Hope' made us think.",
    ],
)
def test_an_ordinary_word_or_a_figure_names_nobody(text: str) -> None:
    assert _named(text) == set()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Orion, the Plough and Leo were bright.", set()),
        ("Amelia Earhart flew the ocean.", set()),
        ("Amelia flew her glider across the hall.", {"amelia"}),
        ("Should the peasants have followed Wat Tyler?", set()),
        ("Tyler led the way.", {"tyler"}),
        ("Jack and the Beanstalk opens tonight.", set()),
        ("Jack and Tyler painted the beanstalk.", {"jack", "tyler"}),
        ("Mr Marsh told us about his dog.", set()),
        ("King Leo the lion", set()),
        ("Rowan voted for marching.", set()),
        ("Rowan class planted beans.", set()),
        ("Rowan showed us his fossil.", {"rowan"}),
        ("Rowan L showed us a fossil.", {"rowan"}),
        ("Leo's fossil is a tooth.", {"leo"}),
    ],
)
def test_figures_classes_and_grown_ups(text: str, expected: set[str]) -> None:
    assert _named(text, "c3") == expected


def test_a_class_of_that_name_is_meant_unless_the_item_is_another_class_s_with_such_a_pupil() -> None:
    engine = engine_for(pupil("rowan", class_id="c2", permissions=dict(REFUSED)))
    photo = (Media.PHOTO,)
    at_home = item("Rowan has counted every newt.", class_id="c2", media=photo)
    elsewhere = item("Rowan has counted every newt.", class_id="c3", media=photo)
    assert pupils_found(at_home, Check.NO_PERMISSION, engine) == {"rowan"}
    assert pupils_found(elsewhere, Check.NO_PERMISSION, engine) == set()


def test_one_letter_wrong_in_a_long_name_still_names_the_pupil() -> None:
    engine = engine_for(pupil("christopher", permissions=dict(REFUSED)))
    photo = (Media.PHOTO,)
    assert pupils_found(item("Here is Christoper", class_id="c3", media=photo), Check.NO_PERMISSION, engine) == {
        "christopher"
    }
    assert not pupils_found(item("Here is Leon", class_id="c3", media=photo), Check.NO_PERMISSION, _BARRED)


def test_half_of_a_double_name_names_the_pupil_where_nobody_else_bears_it() -> None:
    assert _named("Elsie found a feather", "c1") == {"elsie"}
    assert _named("Elsie-Grace came to visit", "c1") == set()

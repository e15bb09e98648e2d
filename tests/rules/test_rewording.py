"""Rewording a draft: names as the policy allows them, and nothing else touched (T8)."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.checks.engine import Engine
from app.domain.checks.finding import Check
from app.domain.checks.register import ClassEntry, PupilEntry, Register, SchoolEntry
from app.domain.checks.rewording import Rewording, reword
from app.domain.checks.school import School
from app.domain.content import Author, AuthorRole, Item, Kind
from app.services.checking import shipped_lexicons

REGISTER = Register(
    SchoolEntry("Larkfield Primary School"),
    (ClassEntry("c1", "Willow", "3"), ClassEntry("c2", "Rowan", "4")),
    (),
    (
        PupilEntry("p1", "Ella", "Marsh", "c1"),
        PupilEntry("p2", "Daisy", "Marsh", "c1"),
        PupilEntry("p3", "Elizabeth", "Brook", "c1", preferred="Libby"),
        PupilEntry("p4", "Oscar", "Reed", "c1"),
        PupilEntry("p5", "Oscar", "Hillier", "c1"),
        PupilEntry("p6", "Ella-Rose", "O'Neill", "c2"),
        PupilEntry("p7", "Zoë", "Łukasz-Brown", "c2"),
        PupilEntry("p8", "Ella", "Marsh", "c2"),
    ),
)


@cache
def school() -> tuple[School, Engine]:
    return School(REGISTER, shipped_lexicons()), Engine(REGISTER, shipped_lexicons())


def post(text: str, class_id: str | None = "c1") -> Item:
    kind = Kind.CLASS_STORY if class_id else Kind.SCHOOL_STORY
    return Item("draft", kind, class_id, Author(AuthorRole.STAFF), None, text)


def reworded(text: str, class_id: str | None = "c1") -> Rewording:
    return reword(school()[0], post(text, class_id))


def names_found(text: str, class_id: str | None = "c1") -> list[Check]:
    found = school()[1].check(post(text, class_id))
    return [finding.check for finding in found if finding.check in (Check.SURNAME, Check.INITIAL)]


@pytest.mark.parametrize(
    ("draft", "wanted"),
    [
        ("Ella Marsh read to us.", "Ella read to us."),
        ("Marsh, Ella won. Marsh, Daisy came second.", "Ella won. Daisy came second."),
        ("We love Ella Marsh's castle and Daisy Marsh’s tower", "We love Ella's castle and Daisy’s tower"),
        ("WELL DONE ELLA MARSH!", "WELL DONE ELLA!"),
        ("Ella and Daisy Marsh won", "Ella and Daisy won"),
        ("#EllaMarsh #wellDoneEllaMarsh #teamEllaM", "#Ella #wellDoneElla #teamElla"),
        ("Elizabeth Brook read", "Libby read"),
        ("Libby B. read to us", "Libby read to us"),
        ("We heard Libby B. She was clear.", "We heard Libby. She was clear."),
        ("Oscar Reed and Oscar H shared a desk", "Oscar R and Oscar H shared a desk"),
        ("#OscarReed", "#OscarR"),
        ("Ella (Marsh) and “Ella Marsh”", "Ella and “Ella”"),
        ("Well done Ella Marsh M", "Well done Ella"),
        ("🎉Ella Marsh🎉", "🎉Ella🎉"),
    ],
)
def test_surnames_and_needless_initials_go(draft: str, wanted: str) -> None:
    assert reworded(draft).text == wanted
    assert names_found(draft)
    assert names_found(wanted) == []


@pytest.mark.parametrize(
    "draft",
    [
        "Ella read to us. Oscar H and Oscar R built a tower.",
        "We hope the marsh is dry for our walk.",
        "Mrs Marsh is collecting library books.",
        "",
        "   \n\t ",
        "‮dlroW olleH‬",
    ],
)
def test_what_is_allowed_is_left_letter_for_letter(draft: str) -> None:
    assert reworded(draft) == Rewording(draft)


def test_a_double_name_keeps_its_hyphen_and_its_possessive() -> None:
    assert reworded("Ella-Rose M. O’Neill’s poem, by EllaRoseONeill", "c2").text == "Ella-Rose’s poem, by Ella-Rose"
    assert reworded("Zoë Łukasz-Brown and Zoe Lukasz", "c2").text == "Zoë and Zoë"


PIECES = st.sampled_from(
    [
        *("Ella Marsh", "Marsh, Ella", "ELLA MARSH", "ella marsh", "Ella M", "Ella M.", "#EllaMarsh", "Daisy Marsh's"),
        *("Oscar Reed", "Oscar R", "Oscar", "Libby Brook", "Elizabeth B", "Zoë Łukasz-Brown", "Zoe Brown", "Ella"),
        *("Ella-Rose O’Neill", "EllaRoseONeill", "Ella (Marsh)", '"Ella Marsh"', "M", "Marsh", "and", "won the cup"),
        *(".", ",", "!", "\n", " ", "🎉", "e\u0301", "’s", "(", ")", "#", "@", "-", "Mrs Marsh", "in May", "\u200b"),
    ]
)
DRAFTS = st.lists(st.tuples(PIECES, st.sampled_from(["", " ", "  ", "\n", ", "])), max_size=9).map(
    lambda parts: "".join(piece + gap for piece, gap in parts)
)


@given(DRAFTS, st.sampled_from(["c1", "c2", None]))
def test_whatever_is_written_no_name_is_left_to_find_and_the_rest_stays(draft: str, class_id: str | None) -> None:
    made = reworded(draft, class_id)
    assert names_found(made.text, class_id) == []
    done = 0
    rebuilt: list[str] = []
    for change in made.changes:
        assert done <= change.start < change.end <= len(draft)
        assert draft[change.start : change.end] == change.old != change.new
        rebuilt += (draft[done : change.start], change.new)
        done = change.end
    assert "".join((*rebuilt, draft[done:])) == made.text


@given(DRAFTS)
def test_rewording_again_changes_nothing(draft: str) -> None:
    once = reworded(draft).text
    assert reworded(once) == Rewording(once)


@given(st.text(max_size=60))
def test_no_text_breaks_it(draft: str) -> None:
    assert reworded(draft).text is not None

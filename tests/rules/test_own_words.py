"""The school's own words: typed as people speak, standing whatever the second stage says, refused by name if broken."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.checks.engine import Engine
from app.domain.checks.finding import Check, Finding
from app.domain.checks.judge import Kept
from app.domain.checks.own_words import (
    LONGEST,
    OwnPhrase,
    OwnWords,
    Silenced,
    in_force,
    plain_phrase,
    usable,
    words_needed,
)
from app.domain.checks.reading import Reading
from app.domain.checks.register import ClassEntry, PupilEntry, Register, SchoolEntry
from app.domain.content import Author, AuthorRole, Item, Kind
from app.domain.problems import Refused
from app.services.checking import shipped_lexicons

REGISTER = Register(
    SchoolEntry("Larkfield Primary School"),
    (ClassEntry("c1", "Willow", "3"),),
    (),
    (PupilEntry("p1", "Ella", "Marsh", "c1"),),
)


class Nothing:
    """A second stage that lets nothing stand."""

    def judge(self, reading: Reading, found: Sequence[Finding], earlier: Kept | None = None) -> Sequence[Finding]:
        del reading, found
        return ()


class Insists:
    """A second stage that finds a personal matter in the first five characters of everything."""

    def judge(self, reading: Reading, found: Sequence[Finding], earlier: Kept | None = None) -> Sequence[Finding]:
        return (*found, Finding(Check.PERSONAL, "P10", "It may be.", span=(0, 5)))


def message(text: str, role: AuthorRole = AuthorRole.PARENT, kind: Kind = Kind.MESSAGE) -> Item:
    return Item("1", kind, "c1", Author(role), None, text)


def found(item: Item, *phrases: OwnPhrase, silenced: Sequence[Silenced] = (), judge: object = None) -> list[Finding]:
    words = in_force(shipped_lexicons(), OwnWords(phrases, frozenset(silenced)))
    engine = Engine(REGISTER, words.lexicons, words.judge(judge))  # type: ignore[arg-type]
    return [finding for finding in engine.check(item) if finding.check is not Check.OUTSIDER]


def checks(item: Item, *phrases: OwnPhrase, silenced: Sequence[Silenced] = (), judge: object = None) -> set[Check]:
    return {finding.check for finding in found(item, *phrases, silenced=silenced, judge=judge)}


PARTY = OwnPhrase(1, Check.PERSONAL, "llama yoga")


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("Llama Yoga", "llama yoga"),
        ("won't be in", "will not be in"),
        ("wont be in tmrw", "will not be in tomorrow"),
        ("What's on?", "what 's on"),
        ("the dentist...", "the dentist"),
        ("the dentist ... today", "the dentist ... today"),
        ("dog*", "dog*"),
        ("(nit|lice) again!", "( nit | lice ) again"),
        ("can't? come", "(can not)? come"),
        ("CHILD is .. off", "CHILD is .. off"),
        ("Ella’s café", "ella 's cafe"),
        ("{child} is off", "{child} is off"),
        ("£5 please", "5 please"),
        ("...", "..."),
        ("", ""),
    ],
)
def test_phrases_are_typed_as_people_speak(typed: str, plain: str) -> None:
    assert plain_phrase(typed, shipped_lexicons()) == plain


@pytest.mark.parametrize("judge", [None, Nothing()])
def test_what_the_school_adds_is_found_whatever_the_second_stage_says(judge: object) -> None:
    (finding,) = found(message("Off to a LLAMA yoga on Friday!"), PARTY, judge=judge)
    assert (finding.check, finding.span) == (Check.PERSONAL, (9, 19))
    assert finding.why.endswith("The school added these words to the check.")
    assert checks(message("The llama did some yoga"), PARTY, judge=judge) == set()


def test_words_are_looked_for_in_some_peoples_words_only() -> None:
    staff_only = OwnPhrase(1, Check.PERSONAL, "llama yoga", by=frozenset({AuthorRole.STAFF}))
    assert checks(message("My llama yoga", AuthorRole.STAFF), staff_only) == {Check.PERSONAL}
    assert checks(message("My llama yoga"), staff_only) == set()


def test_the_rules_of_the_check_still_hold() -> None:
    office = OwnPhrase(1, Check.OFFICE, "swimming badge", topic="complaint")
    assert [f.topics for f in found(message("Where is the swimming badge"), office) if f.check is Check.OFFICE] == [
        ("complaint",)
    ]
    assert Check.OFFICE not in checks(message("Where is the swimming badge", AuthorRole.STAFF), office)
    private = OwnPhrase(2, Check.SENSITIVE, "purple card")
    assert Check.SENSITIVE in checks(message("Ella got a purple card", AuthorRole.STAFF, Kind.CLASS_STORY), private)
    assert Check.SENSITIVE not in checks(message("The purple card game", AuthorRole.STAFF, Kind.CLASS_STORY), private)


@pytest.mark.parametrize("judge", [None, Insists()])
def test_what_the_school_rules_out_falls_whoever_found_it(judge: object) -> None:
    out = OwnPhrase(2, Check.PERSONAL, "school disco", is_exception=True)
    assert Check.PERSONAL in checks(message("A llama yoga at the pub"), PARTY, judge=judge)
    assert Check.PERSONAL not in checks(message("The llama yoga song at the school disco"), PARTY, out, judge=judge)
    two = "Llama yoga at ours. The school disco is on Friday."
    assert Check.PERSONAL in checks(message(two), PARTY, out, judge=judge), "another sentence is another matter"


def test_rude_words_can_be_ruled_out_where_they_are_none() -> None:
    rude = next(word for word in shipped_lexicons().rude if word.isalpha())
    out = OwnPhrase(1, Check.ABUSE, "poem about", is_exception=True)
    assert Check.ABUSE in checks(message(f"What a {rude}"))
    assert Check.ABUSE not in checks(message(f"The poem about a {rude}"), out)


def test_an_exception_can_be_for_one_topic() -> None:
    text = "Ella is poorly and wont be in today"
    every = OwnPhrase(1, Check.OFFICE, "poorly", is_exception=True)
    one = OwnPhrase(2, Check.OFFICE, "poorly", topic="sickness", is_exception=True)
    topics = {topic for finding in found(message(text)) for topic in finding.topics}
    assert {"absence", "sickness"} <= topics
    assert {topic for finding in found(message(text), one) for topic in finding.topics} == topics - {"sickness"}
    assert {topic for finding in found(message(text), every) for topic in finding.topics} == set()


def test_a_silenced_entry_and_a_silenced_phrase_are_not_looked_for() -> None:
    lexicons = shipped_lexicons()
    entry = next(entry for entry in lexicons.entries if len(entry.phrases) > 1 and entry.check is Check.SENSITIVE)
    whole = Silenced(entry.check, entry.topic, entry.note)
    part = Silenced(entry.check, entry.topic, entry.note, entry.phrases[0].text)
    without = in_force(lexicons, OwnWords(silenced=frozenset({whole}))).lexicons
    assert all((e.check, e.topic, e.note) != (entry.check, entry.topic, entry.note) for e in without.entries)
    less = in_force(lexicons, OwnWords(silenced=frozenset({part}))).lexicons
    assert sum(len(e.phrases) for e in less.entries) == sum(len(e.phrases) for e in lexicons.entries) - 1
    gone = in_force(lexicons, OwnWords(silenced=frozenset({Silenced(Check.ABUSE, "", "never shipped")}))).lexicons
    assert gone.entries == lexicons.entries


@pytest.mark.parametrize(
    ("typed", "because"),
    [
        ("(nits|lice", "never closed"),
        ("nits)", "stands where"),
        ("{nobody} came", "no list is called"),
        ("...", "no word that must be there"),
        ("#", "no word that must be there"),
        ("", "empty"),
        ("*", "star"),
        ("a .. b .. c .. d", "more than 2 places"),
        ("(" + "|".join("abcdefghijklmnopqrstuvwxyzabcdef") + ")", "more than 24 choices"),
        ("x " * LONGEST, "longer than"),
    ],
)
def test_a_broken_phrase_is_refused_by_name(typed: str, because: str) -> None:
    with pytest.raises(Refused) as refused:
        usable(OwnPhrase(0, Check.PERSONAL, typed), shipped_lexicons())
    assert because in refused.value.sentence
    assert refused.value.sentence.endswith((".", "phrases."))


def test_checks_that_do_not_go_by_words_take_none() -> None:
    with pytest.raises(Refused, match="does not go by words"):
        usable(OwnPhrase(0, Check.HOURS, "late"), shipped_lexicons())
    with pytest.raises(Refused, match="needs its topic"):
        usable(OwnPhrase(0, Check.OFFICE, "late"), shipped_lexicons())


def test_a_phrase_that_a_newer_program_cannot_read_is_left_out_and_named() -> None:
    broken = OwnPhrase(7, Check.PERSONAL, "{gone} away")
    words = in_force(shipped_lexicons(), OwnWords((broken, PARTY)))
    assert [(phrase.id, "no list" in why) for phrase, why in words.broken] == [(7, True)]
    assert len(words.lexicons.entries) == len(shipped_lexicons().entries) + 1


def test_words_that_must_be_there() -> None:
    lexicons = shipped_lexicons()
    assert words_needed([usable(PARTY, lexicons)]) in (frozenset({"llama"}), frozenset({"yoga"}))
    assert words_needed([usable(OwnPhrase(0, Check.PERSONAL, "dog*"), lexicons)]) is None
    assert words_needed([usable(OwnPhrase(0, Check.PERSONAL, "CHILD CHILD"), lexicons)]) is None
    assert words_needed([]) == frozenset()


@settings(deadline=None)
@given(st.text(alphabet="ab*?.(|){}^$# 'é’CHILD\n", max_size=30), st.text(max_size=40))
def test_no_phrase_breaks_the_lists_or_the_check(typed: str, text: str) -> None:
    phrase = OwnPhrase(1, Check.PERSONAL, typed)
    with contextlib.suppress(Refused):
        usable(phrase, shipped_lexicons())
    out = OwnPhrase(2, Check.PERSONAL, typed, is_exception=True)
    for finding in found(message(text), phrase, out):
        assert finding.span is None or 0 <= finding.span[0] <= finding.span[1] <= len(text)

"""What the talk is about, by word lists: each check on plain cases of its own and on what only looks like one."""

from __future__ import annotations

import pytest

from app.domain.checks.engine import Engine
from app.domain.checks.finding import Check, Finding
from app.domain.checks.judge import Kept
from app.domain.checks.reading import Reading
from app.domain.content import Author, AuthorRole, Item, Kind
from app.services.checking import shipped_lexicons
from tests.rules.a_school import by_parent, findings, fires, item, register, usual_engine

_TO_STAFF = {"kind": Kind.MESSAGE, "to": ("s2",)}


def _topics(text: str) -> set[str]:
    return {topic for finding in findings(by_parent(text), Check.OFFICE) for topic in finding.topics}


@pytest.mark.parametrize(
    ("text", "topics"),
    [
        ("Freya won't be in tomorrow, she's at the dentist at ten.", {"absence"}),
        ("freyas off with a temp and been sick all night", {"absence", "sickness"}),
        ("She has a bit of a cough but she wanted to come in.", {"sickness"}),
        ("How much are school dinners a week now?", {"dinners"}),
        ("Who do I pay for the violin lessons?", {"music"}),
        ("stuck in traffic, can you keep her inside with you til quarter to 4", {"urgent"}),
        ("Her nan is collecting her today instead of me.", {"urgent"}),
        ("Could I come in and see you one day after school?", {"appointment"}),
        ("How is she getting on with her reading?", {"progress"}),
        ("I want to make a formal complaint about the trip.", {"complaint"}),
        ("Thank you so much for looking after her when she was poorly.", set()),
        ("She loved the museum, thank you.", set()),
        ("Is it page 12 or 13 for the maths?", set()),
        ("Hope you had a lovely weekend.", set()),
        ("", set()),
    ],
)
def test_office_topics(text: str, topics: set[str]) -> None:
    assert _topics(text) == topics


def test_office_matters_are_raised_by_parents_in_talk_only() -> None:
    text = "Freya won't be in tomorrow, she's at the dentist at ten."
    assert fires(by_parent(text, Kind.COMMENT), Check.OFFICE)
    assert not fires(item(text, **_TO_STAFF), Check.OFFICE)  # type: ignore[arg-type]
    assert not fires(item(text, Kind.PORTFOLIO, Author(AuthorRole.PARENT, "g-freya")), Check.OFFICE)


@pytest.mark.parametrize(
    "text",
    [
        "Freya is in hospital having her tonsils out, so send her your love.",
        "Tobias has lost his playtimes this week after what happened on Monday.",
        "Freya's social worker is joining us on Friday.",
        "We are still waiting on payment from Freya and Toby.",
        "Extra phonics for Freya and Toby, who are still well short of where they should be.",
        "Please be kind to Freya, her mum and dad have separated.",
    ],
)
def test_private_matters_in_the_open(text: str) -> None:
    assert fires(item(text), Check.SENSITIVE)
    assert not fires(item(text, Kind.MESSAGE, to=("g-freya",)), Check.SENSITIVE)


@pytest.mark.parametrize(
    "text",
    [
        "Head lice are going round: please check hair tonight.",
        "We learned about the heart and the lungs.",
        "Freya wrote a lovely poem about the sea.",
        "A hospital role play with Freya as the nurse.",
        "School closes at two today because of the snow.",
    ],
)
def test_general_news_and_praise_are_not_private(text: str) -> None:
    assert not fires(item(text), Check.SENSITIVE)


def test_who_is_tagged_is_meant() -> None:
    text = "Somebody had a little accident in the reading corner and went home in spare trousers."
    assert fires(item(text, tagged=("freya",)), Check.SENSITIVE)
    assert not fires(item(text), Check.SENSITIVE)


def test_a_parent_s_own_child_is_meant_by_a_pronoun() -> None:
    assert fires(by_parent("he found it hard because of his dyslexia", Kind.COMMENT), Check.SENSITIVE)


@pytest.mark.parametrize(
    "text",
    [
        "you lot are a pack of useless idiots",
        "this is f***ing ridiculous",
        "what a load of sh1t",
        "f u c k off",
        "fuuuuck this",
        "you b*stards",
        "I know where you live and you will be sorry",
        "shut up you fat loser",
        "she is a stupid cow",
    ],
)
def test_abuse(text: str) -> None:
    found = findings(by_parent(text), Check.ABUSE)
    assert len(found) == 1
    assert found[0].span is not None


@pytest.mark.parametrize(
    "text",
    [
        "I don't agree with you about the swimming, but each to their own.",
        "Bloody Mary was a Tudor queen.",
        "The back end of the pantomime cow was Mr Marsh.",
        "We saw a cockerel, a donkey and a very old goat at the farm.",
        "I am such an idiot, I sent the wrong coat.",
        "Scunthorpe, Penistone and Dick Whittington",
        "Kit scored 4 goals in class 3b at 10am*",
        "Thank you",
    ],
)
def test_strong_but_civil_words_and_innocent_ones_are_no_abuse(text: str) -> None:
    assert not fires(by_parent(text), Check.ABUSE)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Toby's is much neater than Freya's", True),
        ("why has Toby got 40 points and Freya only 12", True),
        ("Freya is reading better than last year", False),
        ("Comparing fractions with Toby and Freya today", False),
    ],
)
def test_compare(text: str, expected: bool) -> None:
    assert fires(by_parent(text), Check.COMPARE) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I've put this one on my Facebook", True),
        ("sent it to the family chat already", True),
        ("is it ok to put this on facebook for her nan?", False),
        ("Please don't put these on Facebook or WhatsApp.", False),
    ],
)
def test_reshare(text: str, expected: bool) -> None:
    assert fires(by_parent(text, Kind.COMMENT), Check.RESHARE) is expected


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        (by_parent("fancy a drink on friday night? just the two of us"), True),
        (by_parent("selling a cot, £40, message me if interested", Kind.COMMENT), True),
        (by_parent("sent you a friend request on facebook, accept me"), True),
        (item("Hungover after the hen do!", Kind.MESSAGE, to=("s2",)), True),
        (by_parent("Hope you had a lovely weekend"), False),
        (item("Cakes at the gate on Friday, 50p, all proceeds to the PTA."), False),
        (item("Hungover after the hen do!", Kind.PORTFOLIO), False),
        (item("selling a cot, £40", Kind.COMMENT, Author(AuthorRole.PUPIL, "jack")), False),
    ],
)
def test_personal(entry: Item, expected: bool) -> None:
    assert fires(entry, Check.PERSONAL) is expected


@pytest.mark.parametrize(
    "text",
    [
        "My husband he beat her with the belt again.",
        "please dont ring home, he gets really mad and hits me",
        "There are cuts all up her arms and she says she wants to die.",
        "He says a man on his game wants pictures and told him not to tell me.",
        "The two little ones have been on their own since Friday night.",
    ],
)
def test_signs_of_harm_come_first(text: str) -> None:
    found = usual_engine().check(by_parent(text))
    assert found[0].check is Check.SAFEGUARDING
    assert found[0].clause == "K1"
    assert "safeguarding lead" in found[0].why


@pytest.mark.parametrize(
    "text",
    [
        "Amelia bumped her knee at playtime; she has had a cold pack and is all smiles.",
        "In the story the children ran away from the wicked stepmother.",
        "The neglected corner by the bins is now a bug hotel, with bruised apples for the worms.",
        "Full marks to everybody!",
    ],
)
def test_tales_and_small_mishaps_are_no_signs_of_harm(text: str) -> None:
    assert not fires(item(text), Check.SAFEGUARDING)
    assert not fires(item(text, Kind.MESSAGE, to=("g-freya",)), Check.SAFEGUARDING)


def test_clauses_follow_who_speaks() -> None:
    by_staff = findings(item("I've put it on my own Facebook", Kind.COMMENT), Check.RESHARE)
    parents = findings(by_parent("I've put it on my own Facebook", Kind.COMMENT), Check.RESHARE)
    assert [finding.clause for finding in (*by_staff, *parents)] == ["T13", "P9"]
    drinks = "Hungover after the hen do, never drinking gin again"
    assert findings(item(drinks, Kind.MESSAGE, to=("s2",)), Check.PERSONAL)[0].clause == "T9"
    assert findings(by_parent(drinks), Check.PERSONAL)[0].clause == "P10"


class _Stern:
    """A judge that finds abuse in everything, meddles with a matter of fact, and lets nothing else of topics stand."""

    def fits(self, reading: Reading, kept: Kept) -> bool:
        return True

    def judge(self, reading: Reading, found: object, earlier: Kept | None = None) -> list[Finding]:
        return [
            Finding(Check.ABUSE, "T2", f"It does not like {len(reading.words)} words."),
            Finding(Check.SURNAME, "T8", "It may not say this."),
        ]


def test_a_judge_has_its_say_on_topics_only() -> None:
    engine = Engine(register(), shipped_lexicons(), _Stern())
    found = engine.check(item("Freya Ashdown is selling a cot, £40, message me", Kind.COMMENT))
    assert [(finding.check, finding.pupils) for finding in found] == [(Check.ABUSE, ()), (Check.SURNAME, ("freya",))]

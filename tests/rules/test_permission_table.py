"""Every combination that the ruling on a child can meet, judged again by a slow reading of the policy (P8, T11).

Two adults and the child each have said yes, no, yes and then withdrawn, yes that has run out, or nothing; the child is
barred or not: 5 × 5 × 5 × 2 combinations, each with the answers on record in either order.
"""

from __future__ import annotations

from datetime import date, timedelta
from itertools import permutations, product

import pytest

from app.domain.checks.register import PermissionState
from app.domain.permissions import BARRED, Answer, Decision, ruling, runs_out_on

TODAY = date(2026, 11, 23)
EARLIER, LATER = date(2026, 9, 7), date(2026, 10, 5)
SAID = ("given", "refused", "withdrawn", "expired", "none")
MOTHER, FATHER, CHILD = 1, 2, None

WORDS = {
    PermissionState.GIVEN: "Given",
    PermissionState.REFUSED: "Refused",
    PermissionState.WITHDRAWN: "Withdrawn",
    PermissionState.CONFLICT: "Adults disagree",
    PermissionState.UNDECIDED: "Undecided",
}


def on_record(person: int | None, said: str) -> list[Decision]:
    """What the register holds of somebody who said this."""
    given = Decision(person, Answer.GIVEN, EARLIER, order=1)
    return {
        "given": [given],
        "refused": [Decision(person, Answer.REFUSED, EARLIER, order=1)],
        "withdrawn": [given, Decision(person, Answer.WITHDRAWN, LATER, order=2)],
        "expired": [Decision(person, Answer.GIVEN, EARLIER, TODAY - timedelta(days=1), order=1)],
        "none": [],
    }[said]


def oracle(mother: str, father: str, child: str) -> str:
    """The policy read out sentence by sentence, knowing only what was said."""
    voices = [voice for voice in (mother, father, child) if voice != "none"]
    yes = voices.count("given")
    refused, withdrawn = voices.count("refused"), voices.count("withdrawn")
    if yes and refused + withdrawn:
        return "Adults disagree"
    if refused:
        return "Refused"
    if withdrawn:
        return "Withdrawn"
    if "expired" in voices:
        return "Expired"
    if mother == "given" or father == "given":
        return "Given"
    return "Undecided"


@pytest.mark.parametrize("barred", [False, True], ids=["free", "barred"])
@pytest.mark.parametrize(("mother", "father", "child"), list(product(SAID, repeat=3)))
def test_every_combination_of_answers(mother: str, father: str, child: str, barred: bool) -> None:
    pieces = [on_record(MOTHER, mother), on_record(FATHER, father), on_record(CHILD, child)]
    expected = oracle(mother, father, child)
    for order in permutations(pieces):
        found = ruling([decision for piece in order for decision in piece], barred=barred, on=TODAY)
        assert found.allowed is (expected == "Given" and not barred)
        assert found.words == ("May not be shown" if barred else expected)
        assert found.reasons
        assert found.expired is (expected == "Expired")
        assert WORDS[found.state] == ("Undecided" if expected == "Expired" else expected)
        assert (found.reasons[0] == BARRED) is barred
        assert not any("care" in reason.lower() for reason in found.reasons)


def test_only_a_clear_yes_of_an_adult_opens_anything() -> None:
    """Counted over the table: an adult's yes, nobody's no, nothing run out."""
    allowed = {
        said
        for said in product(SAID, repeat=3)
        if ruling(
            [d for who, one in zip((MOTHER, FATHER, CHILD), said, strict=True) for d in on_record(who, one)],
            barred=False,
            on=TODAY,
        ).allowed
    }
    assert allowed == {
        ("given", "given", "given"),
        ("given", "given", "none"),
        ("given", "none", "given"),
        ("given", "none", "none"),
        ("none", "given", "given"),
        ("none", "given", "none"),
    }


def test_a_childs_yes_alone_opens_nothing_and_says_so() -> None:
    found = ruling(on_record(CHILD, "given"), barred=False, on=TODAY)
    assert not found.allowed
    assert found.words == "Undecided"
    assert found.reasons[-1] == "No adult has answered yet."


def test_a_permission_counts_on_its_last_day_and_not_the_day_after() -> None:
    yes = [Decision(MOTHER, Answer.GIVEN, EARLIER, expires_on=TODAY)]
    assert ruling(yes, barred=False, on=TODAY).allowed
    assert not ruling(yes, barred=False, on=TODAY + timedelta(days=1)).allowed


def test_the_first_yes_to_run_out_says_when() -> None:
    soon, late = TODAY + timedelta(days=10), TODAY + timedelta(days=90)
    both = [Decision(MOTHER, Answer.GIVEN, EARLIER, late), Decision(FATHER, Answer.GIVEN, EARLIER, soon)]
    assert runs_out_on(both, TODAY) == soon
    assert runs_out_on([*both, Decision(FATHER, Answer.GIVEN, LATER, None)], TODAY) == late
    assert runs_out_on(on_record(MOTHER, "expired"), TODAY) is None
    assert runs_out_on([], TODAY) is None

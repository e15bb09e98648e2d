"""Every combination that the ruling on a child can meet, judged again by a slow reading of the policy (P8, T11).

Two adults and the child each have said yes, no, yes and then withdrawn, yes that has run out, or nothing; each adult
holds responsibility, may hold it, holds none, or no longer belongs to the child; the child is barred or not. Every
combination is judged with the answers on record in any order. How a looked-after child's record makes the bar is
judged the same way, over all that such a record can say.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import permutations, product

import pytest

from app.domain.care import CareRecord, LegalStatus, standing
from app.domain.checks.register import PermissionState
from app.domain.permissions import BARRED, Answer, Decision, Ruling, Voice, ruling, runs_out_on, strictest

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


def on_record(person: int | None, said: str, voice: Voice = Voice.HOLDS) -> list[Decision]:
    """What the register holds of somebody who said this."""
    given = Decision(person, Answer.GIVEN, EARLIER, order=1, voice=voice)
    return {
        "given": [given],
        "refused": [Decision(person, Answer.REFUSED, EARLIER, order=1, voice=voice)],
        "withdrawn": [given, Decision(person, Answer.WITHDRAWN, LATER, order=2, voice=voice)],
        "expired": [Decision(person, Answer.GIVEN, EARLIER, TODAY - timedelta(days=1), order=1, voice=voice)],
        "none": [],
    }[said]


def heard(said: str, voice: Voice) -> str:
    """What an adult's answer counts as: nothing from somebody without responsibility, no yes from one who is gone."""
    if voice is Voice.NONE or (voice is Voice.GONE and said in ("given", "expired")):
        return "none"
    return said


def oracle(mother: str, father: str, child: str) -> str:
    """The policy read out sentence by sentence, knowing only what was said and counts."""
    adults = [voice for voice in (mother, father) if voice != "none"]
    voices = [voice for voice in (mother, father, child) if voice != "none"]
    yes = voices.count("given")
    refused, withdrawn = voices.count("refused"), voices.count("withdrawn")
    if yes and refused + withdrawn:
        adults_against = adults.count("refused") + adults.count("withdrawn")
        return "Adults disagree" if adults_against else "Child says no"
    if refused:
        return "Refused"
    if withdrawn:
        return "Withdrawn"
    if "expired" in voices:
        return "Expired"
    if mother == "given" or father == "given":
        return "Given"
    return "Undecided"


def judged(pieces: Sequence[list[Decision]], expected: str, *, barred: bool) -> None:
    for order in permutations(pieces):
        found = ruling([decision for piece in order for decision in piece], barred=barred, on=TODAY)
        assert found.allowed is (expected == "Given" and not barred)
        assert found.words == ("May not be shown" if barred else expected)
        assert found.reasons
        assert found.expired is (expected == "Expired")
        state = {"Expired": "Undecided", "Child says no": "Adults disagree"}.get(expected, expected)
        assert WORDS[found.state] == state
        assert found.child_says_no is (expected == "Child says no")
        assert (found.reasons[0] == BARRED) is barred
        assert not any("care" in reason.lower() for reason in found.reasons)


@pytest.mark.parametrize("barred", [False, True], ids=["free", "barred"])
@pytest.mark.parametrize("mother", SAID)
def test_every_combination_of_answers(mother: str, barred: bool) -> None:
    for father, child in product(SAID, repeat=2):
        pieces = [on_record(MOTHER, mother), on_record(FATHER, father), on_record(CHILD, child)]
        judged(pieces, oracle(mother, father, child), barred=barred)


@pytest.mark.parametrize("barred", [False, True], ids=["free", "barred"])
@pytest.mark.parametrize(("hers", "his"), list(product(Voice, repeat=2)))
def test_every_combination_with_who_may_decide(hers: Voice, his: Voice, barred: bool) -> None:
    for mother, father, child in product(SAID, repeat=3):
        pieces = [on_record(MOTHER, mother, hers), on_record(FATHER, father, his), on_record(CHILD, child)]
        judged(pieces, oracle(heard(mother, hers), heard(father, his), child), barred=barred)


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


def test_a_childs_no_is_told_as_the_childs() -> None:
    found = ruling([*on_record(MOTHER, "given"), *on_record(CHILD, "refused")], barred=False, on=TODAY)
    assert found.words == "Child says no"
    assert found.reasons[-1] == "The child does not want it, so the answer is no."


@pytest.mark.parametrize(
    ("voice", "words"),
    [(Voice.NONE, "has no parental responsibility"), (Voice.GONE, "no longer belongs to this child")],
)
def test_a_yes_that_does_not_count_says_why(voice: Voice, words: str) -> None:
    found = ruling(on_record(MOTHER, "given", voice), barred=False, on=TODAY)
    assert found.words == "Undecided"
    assert words in found.reasons[0]
    assert found.reasons[-1] == "No adult has answered yet."


def test_the_no_of_an_adult_who_is_gone_stays() -> None:
    said = [*on_record(MOTHER, "given"), *on_record(FATHER, "refused", Voice.GONE)]
    assert ruling(said, barred=False, on=TODAY).words == "Adults disagree"


@pytest.mark.parametrize("back", [False, True], ids=["stays", "comes-back"])
def test_a_withdrawal_acts_on_its_own_day(back: bool) -> None:
    said = [*on_record(MOTHER, "given"), Decision(MOTHER, Answer.WITHDRAWN, TODAY, order=2)]
    if back:
        said.append(Decision(MOTHER, Answer.GIVEN, TODAY, order=3))
    assert ruling(said, barred=False, on=TODAY).allowed is back
    assert ruling(said, barred=False, on=TODAY - timedelta(days=1)).allowed


def test_a_permission_counts_on_its_last_day_and_not_the_day_after() -> None:
    yes = [Decision(MOTHER, Answer.GIVEN, EARLIER, expires_on=TODAY)]
    assert ruling(yes, barred=False, on=TODAY).allowed
    assert not ruling(yes, barred=False, on=TODAY + timedelta(days=1)).allowed


def test_the_first_yes_to_run_out_says_when() -> None:
    soon, late = TODAY + timedelta(days=10), TODAY + timedelta(days=90)
    both = [Decision(MOTHER, Answer.GIVEN, EARLIER, late), Decision(FATHER, Answer.GIVEN, EARLIER, soon)]
    assert runs_out_on(both, TODAY) == soon
    assert runs_out_on([*both, Decision(FATHER, Answer.GIVEN, LATER, None)], TODAY) == late
    assert runs_out_on([both[0], Decision(FATHER, Answer.GIVEN, EARLIER, soon, voice=Voice.NONE)], TODAY) == late
    assert runs_out_on(on_record(MOTHER, "expired"), TODAY) is None
    assert runs_out_on([], TODAY) is None


def test_where_several_rulings_hold_the_no_is_kept_to() -> None:
    yes = ruling(on_record(MOTHER, "given"), barred=False, on=TODAY)
    no = ruling(on_record(MOTHER, "refused"), barred=False, on=TODAY)
    for rulings in permutations((yes, no)):
        assert strictest(rulings) is no
    assert strictest((yes, yes)) is yes


@pytest.mark.parametrize("images", [None, False, True])
@pytest.mark.parametrize("status", list(LegalStatus))
@pytest.mark.parametrize("ends", [None, TODAY - timedelta(days=1), TODAY, TODAY + timedelta(days=1)])
def test_every_looked_after_record_against_every_answer(
    images: bool | None, status: LegalStatus, ends: date | None
) -> None:
    """A record bars pictures unless images are allowed or it has ended; only then do the answers decide."""
    record = CareRecord(1, status, decides="The authority", images_allowed=images, ends=ends)
    bars = images is not True and (ends is None or ends >= TODAY)
    assert record.bars_pictures(TODAY) is bars
    for mother, father, child in product(SAID, repeat=3):
        pieces = [on_record(MOTHER, mother), on_record(FATHER, father), on_record(CHILD, child)]
        judged([*pieces[:1], pieces[1] + pieces[2]], oracle(mother, father, child), barred=bars)


def test_images_are_allowed_only_by_somebody_under_a_known_status() -> None:
    for status, decides in product(LegalStatus, ("", "  ", "Mother")):
        record = CareRecord(1, status, decides=decides, images_allowed=True)
        assert (record.wants() is None) is (status is not LegalStatus.UNKNOWN and decides == "Mother")
        for images in (None, False):
            assert CareRecord(1, status, decides=decides, images_allowed=images).wants() is None


def test_a_bare_flag_takes_permission_away_and_nothing_else() -> None:
    full = CareRecord(1, LegalStatus.SECTION_20, "Northshire", decides="Mother", images_allowed=True)
    flag = CareRecord(1, authority="Elsewhere")
    assert standing([]) is None
    assert standing([full]) == full
    assert standing([flag]) == flag
    after = standing([full, flag])
    assert after is not None
    assert (after.authority, after.images_allowed) == ("Northshire", None)
    assert standing([flag, full]) == full


def test_a_care_record_survives_being_sealed() -> None:
    record = CareRecord(
        7, LegalStatus.CARE_ORDER, "Northshire", "Sam Reed", "The authority", False, "In the safe", EARLIER, None,
        LATER, "Asked in June", 12,
    )  # fmt: skip
    assert CareRecord.from_json(record.as_json()) == record
    older = {name: said for name, said in record.as_json().items() if name not in ("decision", "evidence_id")}
    assert CareRecord.from_json(older).evidence_id is None, "one sealed before there was a place for it"


def test_a_ruling_never_tells_the_reason_of_a_bar() -> None:
    found: Ruling = ruling([], barred=True, on=TODAY)
    assert found.reasons == (BARRED, "Nobody has answered yet.")

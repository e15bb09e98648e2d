"""A case that goes outside the school: to whom, when, under which reference, sealed like the rest (M2, K1)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.domain.breach import REFERRED_OUT, Outside
from app.domain.problems import Problem, Refused
from app.services.case_referrals import ReferOut
from app.services.cases import ReadCase
from app.services.office import Office
from tests.services.rows import everything
from tests.services.test_appeals import TODAY, case

__all__ = ["case"]


def test_it_stands_in_the_timeline_with_its_reference(slt: Office, case: int) -> None:
    slt.perform(ReferOut(case, Outside.POLICE, TODAY, " 14/2291/26 ", "A threat against a teacher."))
    slt.perform(ReferOut(case, Outside.GOVERNORS, TODAY, "", "The family wrote to the chair."))
    lines = [event.words for event in slt.perform(ReadCase(case)).events if event.kind == REFERRED_OUT]
    assert lines == [
        "Police, Mon 23 Nov 2026. Reference 14/2291/26. A threat against a teacher.",
        "Governing body, Mon 23 Nov 2026. No reference yet. The family wrote to the chair.",
    ]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [({"on": TODAY + timedelta(days=1)}, "lies ahead"), ({"why": "  "}, "needs a sentence on why")],
)
def test_what_makes_no_sense_is_refused(slt: Office, case: int, change: dict[str, object], sentence: str) -> None:
    entered: dict[str, object] = {"to": Outside.LADO, "on": TODAY, "reference": "", "why": "A report."} | change
    with pytest.raises(Refused, match=sentence):
        slt.perform(ReferOut(case, **entered))  # type: ignore[arg-type]
    assert not [event for event in slt.perform(ReadCase(case)).events if event.kind == REFERRED_OUT]


def test_the_office_may_not_and_finds_no_word_of_it(slt: Office, clerk: Office, case: int) -> None:
    with pytest.raises(Problem):
        clerk.perform(ReferOut(case, Outside.POLICE, TODAY, "", "No."))
    slt.perform(ReferOut(case, Outside.POLICE, TODAY, "CRIME-SENTINEL", "WHY-SENTINEL"))
    kept = repr(everything(slt))
    assert "SENTINEL" not in kept
    assert "police" not in kept.lower()


def test_a_command_says_nothing_of_what_it_holds(case: int) -> None:
    assert repr(ReferOut(case, Outside.POLICE, TODAY, "14/2291", "A threat.")) == f"ReferOut(case_id={case})"

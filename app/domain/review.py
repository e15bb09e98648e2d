"""Verdicts on findings and the fixed reasons for them; claims; what is asked of an author (M1, T2)."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum

from app.domain.checks.finding import Severity

CLAIM_LASTS = timedelta(minutes=15)
"""How long an item is held to be in somebody's hand after they last did something with it."""

TRIVIAL = frozenset({Severity.NORMAL, Severity.LOW})
"""What may be judged several at a time. Anything more serious is judged one by one."""


class FindingState(StrEnum):
    """Where a finding stands."""

    OPEN = "open"
    UPHELD = "upheld"
    ADVICE = "advice"
    FALSE_ALARM = "false_alarm"
    LAPSED = "lapsed"

    @property
    def words(self) -> str:
        """How the state is named on screens."""
        return {
            FindingState.OPEN: "Waiting",
            FindingState.UPHELD: "Upheld",
            FindingState.ADVICE: "Advice given",
            FindingState.FALSE_ALARM: "False alarm",
            FindingState.LAPSED: "No longer holds",
        }[self]


class Verdict(StrEnum):
    """What a senior leader says of a finding."""

    UPHELD = "upheld"
    ADVICE = "advice"
    FALSE_ALARM = "false_alarm"

    @property
    def words(self) -> str:
        """How the verdict is named on screens."""
        return FindingState(self.value).words


class Reason(StrEnum):
    """Why: a fixed list, so that it can be counted; words may be added."""

    AGAINST_POLICY = "against_policy"
    REPEATED = "repeated"
    HARM_OR_RISK = "harm_or_risk"
    SLIP = "slip"
    NEW_TO_RULE = "new_to_rule"
    SPOKEN_TO = "spoken_to"
    NOT_A_NAME = "not_a_name"
    NOT_THIS_CHILD = "not_this_child"
    ALLOWED_HERE = "allowed_here"
    MISREAD = "misread"
    OTHER = "other"

    @property
    def words(self) -> str:
        """How the reason is named on screens."""
        return {
            Reason.AGAINST_POLICY: "Against the policy",
            Reason.REPEATED: "It has happened before",
            Reason.HARM_OR_RISK: "It could do harm",
            Reason.SLIP: "A slip, no harm meant",
            Reason.NEW_TO_RULE: "Did not know the rule",
            Reason.SPOKEN_TO: "Spoken to in person",
            Reason.NOT_A_NAME: "The word is not a name here",
            Reason.NOT_THIS_CHILD: "Another person of that name",
            Reason.ALLOWED_HERE: "The policy allows it here",
            Reason.MISREAD: "The check misread the sentence",
            Reason.OTHER: "Something else",
        }[self]


REASONS: dict[Verdict, tuple[Reason, ...]] = {
    Verdict.UPHELD: (Reason.AGAINST_POLICY, Reason.REPEATED, Reason.HARM_OR_RISK, Reason.OTHER),
    Verdict.ADVICE: (Reason.SLIP, Reason.NEW_TO_RULE, Reason.SPOKEN_TO, Reason.OTHER),
    Verdict.FALSE_ALARM: (
        Reason.MISREAD,
        Reason.NOT_A_NAME,
        Reason.NOT_THIS_CHILD,
        Reason.ALLOWED_HERE,
        Reason.OTHER,
    ),
}
"""The reasons offered for each verdict; the first is the one proposed."""


class Takedown(StrEnum):
    """What is asked of whoever posted it in ClassDojo: Schoolgate cannot do it for them."""

    REMOVAL = "removal"
    REWORDING = "rewording"

    @property
    def words(self) -> str:
        """How the request is named on screens."""
        return {Takedown.REMOVAL: "Remove it", Takedown.REWORDING: "Reword it"}[self]

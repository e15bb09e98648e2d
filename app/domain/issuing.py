"""Who may be given a linking code, and every reason why not (P3, P4, P1, H4)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Claim:
    """What the rule needs to know about an adult who is to have a code for a child."""

    tied: bool
    barred: bool
    on_roll: bool
    linked: bool = False
    code_waiting: bool = False
    responsible: bool = True
    room: bool = True
    """Fewer adults are linked or hold a code than the policy allows for a child."""
    accepted_policy: bool = True
    accepted_processing: bool = True
    needs_acceptance: bool = False
    """The school gives no code before the policy and the processing are accepted."""


BARRED = "Contact with this child is barred. Tell the headteacher."
LEFT = "The child has left the school."
NEITHER = "This adult has neither accepted the policy nor agreed to the processing of data yet."
NOT_ACCEPTED = "This adult has not accepted the policy yet."
NOT_AGREED = "This adult has not agreed to the processing of data yet."
FIRST = "Your school asks for both before a code. Note it when it is done."
UNTIED = "Codes go to guardians only, and the register does not tie this adult to this child."


def against(claim: Claim) -> tuple[str, ...]:
    """Every reason that stands against a code, whoever asks for it."""
    reasons = []
    if claim.barred:
        reasons.append(BARRED)
    if not claim.tied:
        reasons.append(UNTIED)
    if not claim.on_roll:
        reasons.append(LEFT)
    if claim.linked:
        reasons.append("This adult is linked already.")
    if not claim.room:
        reasons.append(
            "As many adults as the policy allows are linked already or hold a code. "
            "Ask a senior leader for an exception."
        )
    missing = to_accept(claim)
    if missing:
        said = NEITHER if len(missing) > 1 else NOT_ACCEPTED if "policy" in missing else NOT_AGREED
        reasons += (said, FIRST)
    return tuple(reasons)


def to_accept(claim: Claim) -> frozenset[str]:
    """What the adult has to accept before a code, where the school asks so: policy, processing."""
    if not claim.needs_acceptance:
        return frozenset()
    missing = {"policy": not claim.accepted_policy, "processing": not claim.accepted_processing}
    return frozenset(what for what, lacks in missing.items() if lacks)


def left_out(claim: Claim) -> tuple[str, ...]:
    """The reasons for passing somebody over where a whole class or school is given codes: those and a few more."""
    reasons = list(against(claim))
    if claim.code_waiting and not claim.linked:
        reasons.append("This adult holds a code that is not used yet.")
    if not claim.responsible:
        reasons.append("The register says this adult has no parental responsibility. Issue a code by hand if right.")
    return tuple(reasons)

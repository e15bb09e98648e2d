"""The chips that several screens share: one icon and tone per meaning, the same everywhere."""

from __future__ import annotations

from app.domain.breach import CaseStatus, Outcome
from app.domain.checks.finding import Severity
from app.domain.checks.register import PermissionState
from app.domain.content import Kind
from app.domain.permissions import Ruling
from app.domain.review import FindingState
from app.ui.parts.chip import Chip, Tone
from app.ui.parts.rulings import Ruled

SEVERITY_TONE: dict[Severity, Tone] = {
    Severity.URGENT: Tone.STOP,
    Severity.HIGH: Tone.WARN,
    Severity.NORMAL: Tone.INFO,
    Severity.LOW: Tone.QUIET,
}

SEVERITY_ICON: dict[Severity, str] = {
    Severity.URGENT: "safeguarding",
    Severity.HIGH: "warn",
    Severity.NORMAL: "finding",
    Severity.LOW: "finding",
}

KIND_ICON: dict[Kind, str] = {
    Kind.CLASS_STORY: "post",
    Kind.SCHOOL_STORY: "school",
    Kind.COMMENT: "comment",
    Kind.MESSAGE: "message",
    Kind.PORTFOLIO: "portfolio",
    Kind.POINTS: "points",
}


def state_chip(state: FindingState) -> Chip:
    """Where a finding stands."""
    icon, tone = {
        FindingState.OPEN: ("waiting", Tone.WARN),
        FindingState.UPHELD: ("stop", Tone.STOP),
        FindingState.ADVICE: ("info", Tone.INFO),
        FindingState.FALSE_ALARM: ("allowed", Tone.GOOD),
        FindingState.LAPSED: ("withdrawn", Tone.QUIET),
    }[state]
    return Chip(icon, state.words, tone)


def case_chip(status: CaseStatus) -> Chip:
    """Where a case stands."""
    icon, tone = {
        CaseStatus.OPEN: ("waiting", Tone.WARN),
        CaseStatus.DECIDED: ("decision", Tone.GOOD),
        CaseStatus.APPEALED: ("warn", Tone.WARN),
        CaseStatus.CLOSED: ("done", Tone.QUIET),
    }[status]
    return Chip(icon, status.words, tone)


def outcome_chip(outcome: Outcome) -> Chip:
    """What was decided."""
    tone = Tone.STOP if outcome.ends_link else Tone.WARN if outcome is Outcome.WARNING else Tone.INFO
    return Chip("suspended" if outcome is Outcome.SUSPENSION else "decision", outcome.words, tone)


def ruled(ruling: Ruling) -> Ruled:
    """A ruling as a cell of a grid, with its reasons in one line."""
    reason = " ".join(ruling.reasons)
    if ruling.allowed:
        return Ruled("allowed", "Given", Tone.GOOD, reason)
    if ruling.barred:
        return Ruled("not-allowed", ruling.words, Tone.STOP, reason)
    icon, tone = {
        PermissionState.REFUSED: ("not-allowed", Tone.STOP),
        PermissionState.WITHDRAWN: ("withdrawn", Tone.STOP),
        PermissionState.CONFLICT: ("conflict", Tone.STOP),
        PermissionState.UNDECIDED: ("undecided", Tone.WARN),
        PermissionState.GIVEN: ("not-allowed", Tone.STOP),
    }[ruling.state]
    return Ruled(icon, ruling.words, tone, reason)


def link_chip(state: str | None, words: str) -> Chip:
    """How an adult stands to the service."""
    icon, tone = {
        "linked": ("linked", Tone.GOOD),
        "invited": ("invited", Tone.INFO),
        "suspended": ("suspended", Tone.STOP),
        "removed": ("removed", Tone.QUIET),
        "rejected": ("not-allowed", Tone.STOP),
    }.get(state or "", ("unlinked", Tone.QUIET))
    return Chip(icon, words, tone)

"""May this child be shown? One ruling out of everybody's answers (P8, T11, T12).

Any refusal means no. Adults who disagree mean no. Unknown, expired and withdrawn mean no. A child's own yes opens
nothing without an adult's, and the child's own no is a no. A bar means no, whatever the answers say.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.domain.checks.register import PermissionState


class MediaKind(StrEnum):
    """What a permission is given for."""

    PHOTOGRAPH = "photograph"
    RECORDING = "recording"
    WORK_SAMPLE = "work_sample"

    @property
    def words(self) -> str:
        """How the kind is named on screens."""
        return {
            MediaKind.PHOTOGRAPH: "Photographs",
            MediaKind.RECORDING: "Recordings",
            MediaKind.WORK_SAMPLE: "Work samples",
        }[self]


class Audience(StrEnum):
    """Where something would be seen. The school chooses which of these it asks about."""

    CLASSDOJO = "classdojo"
    WEBSITE = "website"
    SOCIAL_MEDIA = "social_media"
    PRESS = "press"
    DISPLAY = "display"

    @property
    def words(self) -> str:
        """How the audience is named on screens."""
        return {
            Audience.CLASSDOJO: "ClassDojo",
            Audience.WEBSITE: "School website",
            Audience.SOCIAL_MEDIA: "Social media",
            Audience.PRESS: "Press",
            Audience.DISPLAY: "Display in school",
        }[self]


class Answer(StrEnum):
    """What one person said."""

    GIVEN = "given"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Decision:
    """One dated answer. `person` tells adults apart; None is the child's own wish."""

    person: int | None
    answer: Answer
    decided_on: date
    expires_on: date | None = None
    order: int = 0
    """Which of two answers on the same day came later."""


@dataclass(frozen=True, slots=True)
class Ruling:
    """Yes or no, how that is called, and every reason for it."""

    allowed: bool
    state: PermissionState
    reasons: tuple[str, ...]
    expired: bool = False
    barred: bool = False

    @property
    def words(self) -> str:
        """One or two words for a chip. Of a bar it says the effect, never the reason."""
        if self.barred:
            return "May not be shown"
        if self.expired:
            return "Expired"
        return {
            PermissionState.GIVEN: "Given",
            PermissionState.REFUSED: "Refused",
            PermissionState.WITHDRAWN: "Withdrawn",
            PermissionState.UNDECIDED: "Undecided",
            PermissionState.CONFLICT: "Adults disagree",
        }[self.state]


BARRED = "This child may not be shown."


def ruling(decisions: Iterable[Decision], *, barred: bool, on: date) -> Ruling:
    """The ruling for one child, kind and audience on a day, from every decision made until then.

    `barred` is the pupil's picture bar; it outweighs every answer, and its own reason is never told here.
    """
    answers = _latest(decisions, on)
    state, expired = _combined(answers, on)
    reasons = _explained(answers, state, on)
    if barred:
        return Ruling(False, state, (BARRED, *reasons), expired, barred=True)
    return Ruling(state is PermissionState.GIVEN, state, tuple(reasons), expired)


def _latest(decisions: Iterable[Decision], on: date) -> list[Decision]:
    newest: dict[int | None, Decision] = {}
    for decision in sorted(decisions, key=lambda d: (d.decided_on, d.order)):
        if decision.decided_on <= on:
            newest[decision.person] = decision
    return list(newest.values())


def _lapsed(decision: Decision, on: date) -> bool:
    return decision.answer is Answer.GIVEN and decision.expires_on is not None and decision.expires_on < on


def _combined(answers: Sequence[Decision], on: date) -> tuple[PermissionState, bool]:
    live = [decision for decision in answers if not _lapsed(decision, on)]
    said = {decision.answer for decision in live}
    refusing = said & {Answer.REFUSED, Answer.WITHDRAWN}
    if refusing and Answer.GIVEN in said:
        return PermissionState.CONFLICT, False
    if Answer.REFUSED in said:
        return PermissionState.REFUSED, False
    if Answer.WITHDRAWN in said:
        return PermissionState.WITHDRAWN, False
    if len(live) < len(answers):
        return PermissionState.UNDECIDED, True
    by_adult = any(decision.person is not None for decision in live)
    return (PermissionState.GIVEN if by_adult else PermissionState.UNDECIDED), False


def runs_out_on(decisions: Iterable[Decision], on: date) -> date | None:
    """The last day of the first yes to expire among those in force on a day; None where none of them will (P8)."""
    ends = [
        decision.expires_on
        for decision in _latest(decisions, on)
        if decision.answer is Answer.GIVEN and not _lapsed(decision, on) and decision.expires_on is not None
    ]
    return min(ends, default=None)


def _explained(answers: Sequence[Decision], state: PermissionState, on: date) -> list[str]:
    if not answers:
        return ["Nobody has answered yet."]
    lines = []
    for decision in sorted(answers, key=lambda d: d.decided_on):
        who = "The child" if decision.person is None else "A guardian"
        day = f"{decision.decided_on.day} {decision.decided_on:%B %Y}"
        if _lapsed(decision, on):
            lines.append(f"{who} said yes on {day}, but that has run out.")
        elif decision.answer is Answer.GIVEN:
            lines.append(f"{who} said yes on {day}.")
        elif decision.answer is Answer.REFUSED:
            lines.append(f"{who} said no on {day}.")
        else:
            lines.append(f"{who} withdrew permission on {day}.")
    if state is PermissionState.CONFLICT:
        lines.append("They disagree, so the answer is no.")
    if all(decision.person is None for decision in answers):
        lines.append("No adult has answered yet.")
    return lines

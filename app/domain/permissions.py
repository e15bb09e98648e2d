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

    CLASS_STORY = "class_story"
    SCHOOL_STORY = "school_story"
    WEBSITE = "website"
    SOCIAL_MEDIA = "social_media"
    PRESS = "press"
    DISPLAY = "display"

    @property
    def words(self) -> str:
        """How the audience is named on screens."""
        return {
            Audience.CLASS_STORY: "Class story",
            Audience.SCHOOL_STORY: "School story",
            Audience.WEBSITE: "School website",
            Audience.SOCIAL_MEDIA: "Social media",
            Audience.PRESS: "Press",
            Audience.DISPLAY: "Display in school",
        }[self]


STORIES: tuple[Audience, ...] = (Audience.CLASS_STORY, Audience.SCHOOL_STORY)
"""The pages of the service itself: what a form asks about where the school has chosen nothing else."""


class Basis(StrEnum):
    """On which lawful basis the school processes what the answer is about: kept apart from the permission itself."""

    CONSENT = "consent"
    PUBLIC_TASK = "public_task"
    LEGITIMATE_INTERESTS = "legitimate_interests"

    @property
    def words(self) -> str:
        """How the basis is named on screens."""
        return {
            Basis.CONSENT: "Consent",
            Basis.PUBLIC_TASK: "Public task",
            Basis.LEGITIMATE_INTERESTS: "Legitimate interests",
        }[self]


class Voice(StrEnum):
    """How far the answer of whoever gave it counts today."""

    HOLDS = "holds"
    """An adult with parental responsibility, or the child."""
    UNSURE = "unsure"
    """Nobody has said whether this adult has parental responsibility: counted, and said so."""
    NONE = "none"
    """The register says that this adult has none: the answer counts for nothing."""
    GONE = "gone"
    """The register no longer ties this adult to the child: a yes is gone with them, a no stays."""


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
    voice: Voice = Voice.HOLDS

    @property
    def counts(self) -> bool:
        """A yes takes somebody who may give it; a no is dropped only where the register says it was not theirs."""
        if self.voice is Voice.NONE:
            return False
        return self.voice is not Voice.GONE or self.answer is not Answer.GIVEN


@dataclass(frozen=True, slots=True)
class Ruling:
    """Yes or no, how that is called, and every reason for it."""

    allowed: bool
    state: PermissionState
    reasons: tuple[str, ...]
    expired: bool = False
    barred: bool = False
    child_says_no: bool = False
    """Every adult who answered says yes, and the child does not want it."""

    @property
    def words(self) -> str:
        """One or two words for a chip. Of a bar it says the effect, never the reason."""
        if self.barred:
            return "May not be shown"
        if self.expired:
            return "Expired"
        if self.child_says_no:
            return "Child says no"
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
    counted = [decision for decision in answers if decision.counts]
    state, expired = _combined(counted, on)
    child = state is PermissionState.CONFLICT and _only_the_child_refuses(counted, on)
    reasons = _explained(answers, state, child, on)
    if barred:
        return Ruling(False, state, (BARRED, *reasons), expired, barred=True, child_says_no=child)
    return Ruling(state is PermissionState.GIVEN, state, tuple(reasons), expired, child_says_no=child)


def strictest(rulings: Sequence[Ruling]) -> Ruling:
    """The ruling to keep to where several hold: the first that says no, else the first. At least one is needed."""
    return next((one for one in rulings if not one.allowed), rulings[0])


def _latest(decisions: Iterable[Decision], on: date) -> list[Decision]:
    newest: dict[int | None, Decision] = {}
    for decision in sorted(decisions, key=lambda d: (d.decided_on, d.order)):
        if decision.decided_on <= on:
            newest[decision.person] = decision
    return list(newest.values())


def _lapsed(decision: Decision, on: date) -> bool:
    return decision.answer is Answer.GIVEN and decision.expires_on is not None and decision.expires_on < on


def _combined(counted: Sequence[Decision], on: date) -> tuple[PermissionState, bool]:
    live = [decision for decision in counted if not _lapsed(decision, on)]
    said = {decision.answer for decision in live}
    refusing = said & {Answer.REFUSED, Answer.WITHDRAWN}
    if refusing and Answer.GIVEN in said:
        return PermissionState.CONFLICT, False
    if Answer.REFUSED in said:
        return PermissionState.REFUSED, False
    if Answer.WITHDRAWN in said:
        return PermissionState.WITHDRAWN, False
    if len(live) < len(counted):
        return PermissionState.UNDECIDED, True
    by_adult = any(decision.person is not None for decision in live)
    return (PermissionState.GIVEN if by_adult else PermissionState.UNDECIDED), False


def _only_the_child_refuses(counted: Sequence[Decision], on: date) -> bool:
    return all(
        decision.answer is Answer.GIVEN or decision.person is None for decision in counted if not _lapsed(decision, on)
    )


def runs_out_on(decisions: Iterable[Decision], on: date) -> date | None:
    """The last day of the first yes to expire among those in force on a day; None where none of them will (P8)."""
    ends = [
        decision.expires_on
        for decision in _latest(decisions, on)
        if decision.answer is Answer.GIVEN
        and decision.counts
        and not _lapsed(decision, on)
        and decision.expires_on is not None
    ]
    return min(ends, default=None)


def _explained(answers: Sequence[Decision], state: PermissionState, child: bool, on: date) -> list[str]:
    if not answers:
        return ["Nobody has answered yet."]
    lines = [_sentence(decision, on) for decision in sorted(answers, key=lambda d: d.decided_on)]
    if child:
        lines.append("The child does not want it, so the answer is no.")
    elif state is PermissionState.CONFLICT:
        lines.append("They disagree, so the answer is no.")
    if not any(decision.person is not None and decision.counts for decision in answers):
        lines.append("No adult has answered yet.")
    return lines


def _sentence(decision: Decision, on: date) -> str:
    who = "The child" if decision.person is None else "A guardian"
    day = f"{decision.decided_on.day} {decision.decided_on:%B %Y}"
    said = {
        Answer.GIVEN: f"{who} said yes on {day}",
        Answer.REFUSED: f"{who} said no on {day}",
        Answer.WITHDRAWN: f"{who} withdrew permission on {day}",
    }[decision.answer]
    if decision.voice is Voice.NONE:
        return f"{said}, but has no parental responsibility, so it does not count."
    if decision.voice is Voice.GONE and not decision.counts:
        return f"{said}, but no longer belongs to this child in the register, so it does not count."
    if _lapsed(decision, on):
        return f"{said}, but that has run out."
    return f"{said}."

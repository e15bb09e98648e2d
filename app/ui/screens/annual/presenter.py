"""What the yearly review's screen knows and does, without Qt (H3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.domain.annual import Evidence, Judgement
from app.domain.words import day_words
from app.services.annual_review import (
    ActionLine,
    AnnualReview,
    ClauseInReview,
    FinishAction,
    JudgeClause,
    OpenReview,
    ReviewShown,
    SignReview,
)
from app.services.office import Office


@dataclass(slots=True)
class AnnualPresenter:
    """The review of the year that runs."""

    office: Office
    shown: ReviewShown | None = None

    def load(self) -> ReviewShown:
        """Gather the evidence again."""
        self.shown = self.office.ask(AnnualReview())
        return self.shown

    @property
    def may_sign(self) -> bool:
        """Everything is judged, and the person is the headteacher."""
        return self.shown is not None and self.shown.may_sign and self.office.may(SignReview)

    @property
    def may_judge(self) -> bool:
        """The review is open and not signed."""
        return self.shown is not None and self.shown.id is not None and self.shown.signed_at is None

    def clause(self, code: str) -> ClauseInReview | None:
        """One clause as it stands."""
        assert self.shown is not None
        return next((clause for clause in self.shown.clauses if clause.code == code), None)

    def open(self, initiator: object) -> None:
        """Begin the review."""
        self.office.perform(OpenReview(), initiator)
        self.load()

    def judge(
        self, code: str, judgement: Judgement, words: str, action: str, owner: str, due: date | None, initiator: object
    ) -> str | None:
        """Judge a clause; the code of the next one that waits, None where there is none."""
        self.office.perform(JudgeClause(code, judgement, words, action, owner, due), initiator)
        shown = self.load()
        codes = [clause.code for clause in shown.clauses]
        after = codes.index(code) + 1
        ordered = [*shown.clauses[after:], *shown.clauses[:after]]
        return next((clause.code for clause in ordered if clause.judgement is None), None)

    def sign(self, next_due: date, initiator: object) -> None:
        """The headteacher signs."""
        self.office.perform(SignReview(next_due), initiator)
        self.load()

    def finish(self, action: ActionLine, done_on: date, initiator: object) -> None:
        """An action of an earlier review is done."""
        self.office.perform(FinishAction(action.id, done_on), initiator)
        self.load()


def progress_words(shown: ReviewShown) -> str:
    """How far the review is, in a sentence."""
    if shown.signed_at is not None:
        return f"Signed by {shown.signed_by} on {day_words(shown.signed_at.date())}."
    if shown.id is None:
        due = f" It is due {day_words(shown.due_on)}." if shown.due_on else ""
        return f"The review of {shown.school_year} is not open yet.{due} The evidence below is counted already."
    due = f", due {day_words(shown.due_on)}" if shown.due_on else ""
    return f"Review of {shown.school_year}{due}. {shown.judged} of {len(shown.clauses)} clauses judged."


def evidence_words(one: Evidence) -> str:
    """A figure with last year's beside it."""
    return f"{one.words} ({one.trend})" if one.trend else one.words


def judgement_chip(judgement: Judgement | None) -> tuple[str, str, str]:
    """Icon, word and tone of a judgement."""
    if judgement is None:
        return "waiting", "To judge", "quiet"
    return {
        Judgement.KEPT: ("good", judgement.words, "good"),
        Judgement.PARTLY: ("warn", judgement.words, "warn"),
        Judgement.NOT_KEPT: ("stop", judgement.words, "stop"),
        Judgement.NOT_APPLICABLE: ("quiet", judgement.words, "quiet"),
    }[judgement]

"""The sample school's leaders look for themselves: looks, weekly figures, settings, a message history (M1)."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from app.domain.checks.finding import Check
from app.domain.review import Verdict
from app.sample.clock import SampleClock
from app.sample.school import expected
from app.sample.shapes import SampleSchool
from app.services.attestations import AttestSetting, settings_to_attest
from app.services.histories import AskForHistory, ReceiveHistory, ReviewHistory
from app.services.monitoring_plan import MonitoringPlan, PlanMonitoring
from app.services.office import Office
from app.services.review import ItemToReview
from app.services.sampling import DrawSample, FinishLook, Look, NoteFinding, NoteNothing
from app.services.weekly_figures import NoteWeek, WeeklyFigures
from app.store.reads.samples import SampleLine

SIZE = 12
_LEFT = 2
"""Looks of the half-term before that are still open."""


@dataclass(slots=True)
class Monitor:
    """A senior leader with a plan."""

    school: SampleSchool
    slt: Office
    clock: SampleClock

    def plan(self) -> int:
        """Both half-terms of autumn, planned before anything is posted."""
        return sum(
            self.slt.perform(PlanMonitoring(term, SIZE))
            for term, _, starts, _ in self.slt.ask(MonitoringPlan()).terms
            if starts.month in (9, 10, 11)
        )

    def work(self) -> tuple[int, int]:
        """Looks finished, and findings made by a person, of the half-term that is over."""
        terms = [term for term in self.slt.ask(MonitoringPlan()).terms if term[3] < self.clock().date()]
        if not terms:
            return 0, 0
        lines = self.slt.ask(MonitoringPlan(terms[-1][0])).lines
        found = sum(self._look(line) for line in lines[:-_LEFT])
        for line in lines[-_LEFT:-1]:
            self.slt.perform(DrawSample(line.id))
        return len(lines) - _LEFT, found

    def _look(self, line: SampleLine) -> int:
        self.slt.perform(DrawSample(line.id))
        planted, found = expected(self.school), 0
        for item in self.slt.ask(Look(line.id)).items:
            if not item.waits:
                continue
            known = self.slt.ask(ItemToReview(item.item_id))
            flagged = {card.check for card in known.findings}
            missed = [Check(name) for name in planted.get(known.source_id or "", {}) if Check(name) not in flagged]
            if missed and missed[0] is not Check.SAFEGUARDING:
                found += 1
                words = f"{missed[0].words}: no check had seen it."
                self.slt.perform(NoteFinding(line.id, item.item_id, missed[0], Verdict.ADVICE, words))
            else:
                self.slt.perform(NoteNothing(line.id, item.item_id))
        words = "Friendly and to the point." if not found else "Friendly; one matter taken up with the class teacher."
        self.slt.perform(FinishLook(line.id, words))
        return found

    def note(self) -> None:
        """Weekly figures but for the last week; settings of this term; one history read, one awaited."""
        rng, today = Random("weeks"), self.clock().date()
        for line in self.slt.ask(WeeklyFigures()).lines[1:]:
            figures = rng.randint(120, 260), rng.randint(18, 60), rng.randint(0, 6)
            self.slt.perform(NoteWeek(line.week_of, *figures, round(rng.uniform(91, 99), 1)))
        for setting in settings_to_attest()[:-1]:
            odd = setting.code == "personal-classes"
            self.slt.perform(AttestSetting(setting.code, "1 class" if odd else setting.expected))
        self._histories(today)

    def _histories(self, today: date) -> None:
        first = self.slt.perform(
            AskForHistory("One conversation in Year 4, 5 to 16 October", today - timedelta(days=24))
        )
        digest = hashlib.sha256(b"the sample school's message history").hexdigest()
        self.slt.perform(ReceiveHistory(first, today - timedelta(days=9), digest))
        self.slt.perform(ReviewHistory(first, "Two messages removed by the teacher; both were slips of the keyboard."))
        self.slt.perform(AskForHistory("One conversation in Year 2, November", today - timedelta(days=6)))

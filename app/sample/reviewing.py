"""The sample school's leaders at work: referrals, verdicts, cases, decisions, as its suggestions would have them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from itertools import cycle
from random import Random

from app.domain.breach import Outcome
from app.domain.checks.finding import Check
from app.domain.problems import Problem
from app.domain.review import FindingState, Reason, Verdict
from app.sample.clock import SampleClock
from app.sample.school import expected
from app.sample.shapes import SampleSchool
from app.services.cases import AddCaseNote, DecideCase, OpenCase
from app.services.office import Office
from app.services.review import (
    CloseReferral,
    GiveVerdict,
    ItemToReview,
    OfficeReferrals,
    ReceiveReferral,
    ReferToOffice,
    ReferToSafeguarding,
    ReviewQueue,
    SafeguardingList,
)
from app.store.reads.review import FindingCard, ItemInContext, QueueFilter

_VERDICT = {"upheld": Verdict.UPHELD, "advice given": Verdict.ADVICE, "false alarm": Verdict.FALSE_ALARM}
_REASON = {Verdict.UPHELD: Reason.AGAINST_POLICY, Verdict.ADVICE: Reason.SLIP, Verdict.FALSE_ALARM: Reason.MISREAD}
_CASES = frozenset({Check.RESHARE, Check.ABUSE})
LEFT_WAITING = 0.3
"""The share of the queue that is left for whoever looks at the sample school."""


@dataclass(slots=True)
class Reviewer:
    """Judges what was planted as planted, and what was not as a false alarm: truthful figures for the reports."""

    school: SampleSchool
    head: Office
    slt: Office
    lead: Office
    clerk: Office
    clock: SampleClock
    rng: Random = field(default_factory=lambda: Random("reviewing"))
    breaches: list[tuple[int, str]] = field(default_factory=list)

    def refer_signs_of_harm(self) -> int:
        """All but the newest go to the safeguarding lead, who reads and closes most of them."""
        waiting = self.slt.ask(ReviewQueue(QueueFilter(checks=frozenset({Check.SAFEGUARDING}))))
        planted = expected(self.school)
        referred = 0
        for line in waiting[:-1]:
            shown = self.slt.ask(ItemToReview(line.item_id))
            if "safeguarding" in planted.get(shown.source_id or "", {}):
                self.clock.later(minutes=self.rng.randint(2, 14))
                self.slt.perform(ReferToSafeguarding(line.item_id, "Please look at this today."))
                referred += 1
        for place, referral in enumerate(self.lead.ask(SafeguardingList())):
            if place == 0:
                continue
            self.lead.perform(ReceiveReferral(referral.id))
            if place % 3:
                self.lead.perform(CloseReferral(referral.id, "With the safeguarding lead", f"CP-26-{referral.id:03}"))
        return referred

    def judge(self) -> dict[str, int]:
        """Verdicts by name. About a third of the queue is left."""
        planted = expected(self.school)
        said = {
            check.value: cycle([(s.verdict, s.reason) for s in self.school.suggestions if s.check == check.value])
            for check in Check
            if any(s.check == check.value for s in self.school.suggestions)
        }
        counts: Counter[str] = Counter()
        for line in self.slt.ask(ReviewQueue()):
            if Check.SAFEGUARDING in line.checks or self.rng.random() < LEFT_WAITING:
                continue
            shown = self.slt.ask(ItemToReview(line.item_id))
            labels = planted.get(shown.source_id or "", {})
            for card in shown.findings:
                if card.state is FindingState.OPEN:
                    counts[self._judge(card, card.check.value in labels, said, shown).words] += 1
        return dict(counts)

    def _judge(
        self, card: FindingCard, real: bool, said: dict[str, cycle[tuple[str, str]]], shown: ItemInContext
    ) -> Verdict:
        verdict, words = Verdict.FALSE_ALARM, ""
        if real:
            for _ in range(6):
                name, words = next(said[card.check.value])
                verdict = _VERDICT[name]
                if verdict is not Verdict.FALSE_ALARM:
                    break
        reason = _REASON[verdict]
        self.slt.perform(GiveVerdict(card.id, verdict, reason, words))
        if verdict is Verdict.UPHELD and card.check in _CASES and shown.item.author_role == "parent":
            self.breaches.append((card.id, card.check.value))
        return verdict

    def refer_office_matters(self) -> tuple[int, int]:
        """Matters that belong to the office; how many were passed on, how many the office has closed."""
        decided = self.slt.ask(ReviewQueue(QueueFilter(checks=frozenset({Check.OFFICE}), decided=True)))
        passed = 0
        for line in decided:
            shown = self.slt.ask(ItemToReview(line.item_id))
            for card in shown.findings:
                if card.check is Check.OFFICE and card.state is not FindingState.FALSE_ALARM and card.topics:
                    brief = " ".join(shown.item.text.split())[:160]
                    try:
                        self.slt.perform(ReferToOffice(line.item_id, card.topics[0], f"{shown.item.author}: {brief}"))
                    except Problem:
                        continue
                    passed += 1
        closed = 0
        for place, matter in enumerate(self.clerk.ask(OfficeReferrals())):
            if place % 4:
                self.clerk.perform(CloseReferral(matter.id, "Entered and the family told."))
                closed += 1
        return passed, closed

    def open_and_decide_cases(self) -> tuple[int, int]:
        """Breaches by families become cases; the headteacher decides all but the newest two."""
        cases = []
        summaries = {
            "reshare": "Something from the class page was put where others can see it.",
            "abuse": "A message to school was abusive.",
        }
        for finding_id, check in self.breaches[:9]:
            cases.append(self.slt.perform(OpenCase(finding_id, summaries[check])))
        ladder = (
            (Outcome.REMINDER, "A first time. The family took it down as soon as they were asked.", None),
            (Outcome.WARNING, "The rule was explained in September and was broken all the same.", None),
            (Outcome.SUSPENSION, "Shared again after a written warning in October.", date(2027, 1, 4)),
            (Outcome.NO_ACTION, "The words were unfortunate. The matter was settled when we talked.", None),
            (Outcome.ADVICE, "Spoken to at the gate. They had not read the policy and have now.", None),
        )
        decided = 0
        self.clock.at(2026, 11, 20, 17, 5)
        for case_id, (outcome, reasons, ends) in zip(cases[:-2], ladder * 2, strict=False):
            self.slt.perform(AddCaseNote(case_id, "I telephoned the family before passing this on."))
            self.head.perform(DecideCase(case_id, outcome, reasons, ends_on=ends))
            decided += 1
        return len(cases), decided

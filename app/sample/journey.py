"""The sample school's whole job: register in, posts and messages in, checks, review, case, reports (`demo`)."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from app.domain.roles import Role
from app.sample.clock import SampleClock
from app.sample.filling import Filling
from app.sample.monitoring import Monitor
from app.sample.reviewing import Reviewer
from app.sample.school import make_school
from app.sample.shapes import Account, SampleSchool
from app.services.accounts import AddAccount, found_school, sign_in
from app.services.activity import CheckChain
from app.services.office import Office
from app.store.keys import Hardness
from reports.catalogue import REPORTS
from reports.making import make
from reports.period import Period

PASSWORD = "three green words"
"""Every account of the sample school opens with it. It guards nothing: the school is thrown away."""

SEED = 2026
Say = Callable[[str], None]


def people(school: SampleSchool) -> dict[Role, Account]:
    """The sample school's accounts by role."""
    return {account.role: account for account in school.accounts}


@dataclass(frozen=True, slots=True)
class SampleHome:
    """A sample school on disk: where it lies, its clock, and who can sign in."""

    home: Path
    clock: SampleClock
    people: dict[Role, Account]

    def enter(self, role: Role) -> Office:
        """Sign in as the person of a role."""
        return sign_in(self.home, self.people[role].user, PASSWORD, self.clock)


def prepare(home: Path, files: Path, say: Say, *, seed: int = SEED, hardness: Hardness | None = None) -> SampleHome:
    """Found the sample school in `home`, bring in its files (written to `files`), and let its leaders work.

    Everything goes through the same doors as in a real school. Some of the queue is left for whoever looks.
    """
    school = make_school(seed)
    clock = SampleClock(datetime(2026, 9, 1, 9, 0, tzinfo=UTC))
    who = people(school)
    headteacher = who[Role.HEADTEACHER]
    found_school(
        home,
        name=school.details.name,
        login=headteacher.user,
        person=headteacher.name,
        password=PASSWORD,
        clock=clock,
        hardness=hardness,
    )
    made = SampleHome(home, clock, who)
    with ExitStack() as stack:
        head = _entered(stack, made, Role.HEADTEACHER)
        for account in school.accounts:
            if account.role is not Role.HEADTEACHER:
                head.perform(AddAccount(account.user, account.name, account.role, PASSWORD))
        clerk = _entered(stack, made, Role.OFFICE)
        slt = _entered(stack, made, Role.SLT)
        lead = _entered(stack, made, Role.SAFEGUARDING)
        monitor = Monitor(school, slt, clock)
        _fill(Filling(school, head, clerk, clock, files), monitor, say)
        _review(Reviewer(school, head, slt, lead, clerk, clock), say)
        _monitor(monitor, say)
        clock.at(2026, 11, 23, 8, 40)
    return made


def _entered(stack: ExitStack, made: SampleHome, role: Role) -> Office:
    office = made.enter(role)
    stack.callback(office.close)
    return office


def _fill(filling: Filling, monitor: Monitor, say: Say) -> None:
    filling.folder.mkdir(parents=True, exist_ok=True)
    filling.set_up_school()
    filling.clock.at(2026, 9, 2)
    plan = filling.bring_register("register")
    say(f"Register: {len(plan.new):,} pupils and {len(plan.guardians):,} guardians from a class list.")
    filling.record_staff()
    say(f"Monitoring: {monitor.plan():,} looks planned for the autumn.")
    filling.clock.at(2026, 11, 20, 9)
    transfer = filling.bring_register("transfer")
    today = filling.bring_register("register_today")
    left = filling.confirm_leavers(today)
    say(f"Transfer file: {len(transfer.new):,} new starters. Today's list: {left:,} leavers confirmed.")
    filling.find_everybody()
    decisions, care = filling.record_decisions()
    say(f"Permissions: {decisions:,} decisions, {care:,} looked-after records (sealed).")
    codes, links = filling.record_links()
    accepted = filling.record_acceptances()
    lists, read = filling.issue_lists()
    say(f"Links: {codes:,} codes given out, {links:,} links. Acceptances: {accepted:,}.")
    say(f"Class lists: {lists:,} issued, read {read:,} times.")
    filling.clock.at(2026, 11, 20, 15, 50)
    for what, words in (("feed", "Story feed"), ("items", "Messages, comments, points"), ("points", "Points report")):
        done = filling.bring_feed(what)
        say(f"{words}: {done.new:,} new, {done.findings:,} findings.")
    say(f"Conversations: {filling.close_threads():,} closed by telephone, at a meeting or by the office.")


def _review(reviewer: Reviewer, say: Say) -> None:
    reviewer.clock.at(2026, 11, 20, 15, 55)
    referred = reviewer.refer_signs_of_harm()
    verdicts = reviewer.judge()
    counts = ", ".join(f"{number:,} {words.lower()}" for words, number in verdicts.items())
    say(
        f"Review: {sum(verdicts.values()):,} findings judged ({counts}); "
        f"{referred:,} referred to the safeguarding lead."
    )
    office, closed = reviewer.refer_office_matters()
    say(f"Office: {office:,} matters passed on, {closed:,} dealt with.")
    opened, decided = reviewer.open_and_decide_cases()
    say(f"Cases: {opened:,} opened, {decided:,} decided by the headteacher.")


def _monitor(monitor: Monitor, say: Say) -> None:
    finished, found = monitor.work()
    monitor.note()
    say(f"Monitoring: {finished:,} looks finished, {found:,} findings that only a person made.")


def run_main_job(out: Path, say: Say | None, *, hardness: Hardness | None = None) -> dict[str, Any]:
    """The main job with no screen; writes every report as PDF and XLSX into `out`. What was done, as figures."""
    lines: list[str] = []

    def tell(line: str) -> None:
        lines.append(line)
        if say is not None:
            say(line)

    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as scratch:
        made = prepare(Path(scratch) / "school", Path(scratch) / "files", tell, hardness=hardness)
        head = made.enter(Role.HEADTEACHER)
        try:
            files = _reports(head, out)
            chain = head.ask(CheckChain())
        finally:
            head.close()
    tell(f"Reports: {', '.join(files)}")
    tell(f"Audit: {chain.lines:,} lines, the chain holds. Head: {chain.head[:16]}…")
    if chain.broken_at is not None:
        raise AssertionError(f"the audit chain is broken at line {chain.broken_at}")
    return {"steps": lines, "reports": files, "audit_lines": chain.lines, "audit_head": chain.head}


def _reports(head: Office, out: Path) -> list[str]:
    period = Period(make_school(SEED).year.starts, make_school(SEED).today, "Autumn term 2026")
    names = []
    for report in REPORTS:
        for form in ("pdf", "xlsx"):
            place = out / f"{report.id}.{form}"
            make(head, report, place, period.first, period.last)
            names.append(place.name)
    return names

"""Issue, use, expiry, revocation, cap, exception, barring and leaving, in any order: the policy's limits hold (P4)."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta
from typing import ClassVar

import sqlcipher3.dbapi2 as sqlcipher
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from sqlalchemy import select

from app.domain.problems import Problem
from app.domain.roles import Role
from app.services.codes import CodeLedger, IssueCodes, RevokeCode, Scope
from app.services.leavers import RecordLeaver
from app.services.link_requests import ApproveRequest, LinkRequests, RejectRequest, RequestLink, UseCode
from app.services.linking import RecordLink, SetContact
from app.services.office import Office
from app.services.unit import Actor
from app.store.database import open_in_memory
from app.store.keys import Keys
from app.store.tables.links import LinkRow
from app.store.tables.people import PupilRow, TieRow
from tests.conftest import StandingClock
from tests.services.rows import a_guardian, a_pupil

NAMES = ("Joanne", "Piotr", "Sami", "Dale")
adults = st.integers(0, len(NAMES) - 1)
pupils = st.integers(0, 1)
roles = st.sampled_from([Role.OFFICE, Role.SLT, Role.SAFEGUARDING, Role.HEADTEACHER])


class Linking(RuleBasedStateMachine):
    """Two children, four adults of the first, one of whom is the second's only adult."""

    template: ClassVar[sqlcipher.Connection]
    keys: ClassVar[Keys]

    def __init__(self) -> None:
        super().__init__()
        self.connection = sqlcipher.connect(":memory:", check_same_thread=False, isolation_level=None)
        self.template.backup(self.connection)
        self.database = open_in_memory(self.connection)
        self.clock = StandingClock()
        office = self.door(Role.OFFICE)
        self.pupils = [a_pupil(office), a_pupil(office, "Omar")]
        self.adults = [a_guardian(office, self.pupils[0], name) for name in NAMES]
        with self.database.writing() as session:
            session.add(TieRow(pupil_id=self.pupils[1], guardian_id=self.adults[0]))
        self.codes: list[str] = []
        self.dead: set[str] = set()

    def door(self, role: Role) -> Office:
        place = list(Role).index(role) + 1
        own = self.keys if role is not Role.OFFICE else Keys(self.keys.main, self.keys.public)
        return Office(self.database, own, Actor(place, role.value, f"Pat {role.words}", role), self.clock)

    def teardown(self) -> None:
        self.database.close()
        self.connection.close()

    @rule(pupil=pupils, adult=adults, days=st.sampled_from([None, 0, 5]), by=roles)
    def issue(self, pupil: int, adult: int, days: int | None, by: Role) -> None:
        expires = None if days is None else self.clock.now.date() + timedelta(days=days)
        with suppress(Problem):
            made = self.door(by).perform(
                IssueCodes(Scope(pupil_id=self.pupils[pupil], guardian_id=self.adults[adult]), expires_on=expires)
            )
            self.codes += [code.code for code in made.codes]

    @rule()
    def issue_to_everyone(self) -> None:
        self.codes += [code.code for code in self.door(Role.OFFICE).perform(IssueCodes(Scope())).codes]

    @rule(data=st.data(), accepted=st.booleans())
    def use(self, data: st.DataObject, accepted: bool) -> None:
        if not self.codes:
            return
        code = data.draw(st.sampled_from(self.codes))
        used = None
        with suppress(Problem):
            used = self.door(Role.OFFICE).perform(UseCode(code, accepted)).state
        assert not (code in self.dead and used == "linked"), "a code joined two adults"
        if used == "linked":
            self.dead.add(code)

    @rule(data=st.data())
    def revoke(self, data: st.DataObject) -> None:
        lines = self.door(Role.OFFICE).ask(CodeLedger())
        if lines:
            with suppress(Problem):
                self.door(Role.OFFICE).perform(RevokeCode(data.draw(st.sampled_from(lines)).id, "Lost."))

    @rule(days=st.integers(1, 6))
    def days_pass(self, days: int) -> None:
        self.clock.later(days=days)

    @rule(pupil=pupils, name=st.sampled_from([*NAMES, "Zack"]), data=st.data())
    def ask(self, pupil: int, name: str, data: st.DataObject) -> None:
        code = data.draw(st.sampled_from(["", *self.codes]))
        with suppress(Problem):
            self.door(Role.OFFICE).perform(RequestLink(self.pupils[pupil], f"{name} Marsh", code))

    @rule(data=st.data(), by=roles, exception=st.booleans(), ahead=st.integers(-1, 30))
    def decide(self, data: st.DataObject, by: Role, exception: bool, ahead: int) -> None:
        lines = self.door(by).ask(LinkRequests())
        if not lines:
            return
        line = data.draw(st.sampled_from(lines))
        review = self.clock.now.date() + timedelta(days=ahead)
        command = ApproveRequest(line.id, "Known.", "Shared care." if exception else "", review if exception else None)
        with suppress(Problem):
            self.door(by).perform(command)

    @rule(data=st.data())
    def reject(self, data: st.DataObject) -> None:
        lines = self.door(Role.OFFICE).ask(LinkRequests())
        if lines:
            with suppress(Problem):
                self.door(Role.OFFICE).perform(RejectRequest(data.draw(st.sampled_from(lines)).id, "No."))

    @rule(pupil=pupils, adult=adults, by=roles, exception=st.booleans())
    def record(self, pupil: int, adult: int, by: Role, exception: bool) -> None:
        why, review = ("Shared care.", date(2027, 7, 1)) if exception else (None, None)
        with suppress(Problem):
            self.door(by).perform(
                RecordLink(self.pupils[pupil], self.adults[adult], exception_why=why, review_on=review)
            )

    @rule(adult=adults, contact=st.sampled_from(["open", "restricted", "barred"]))
    def set_contact(self, adult: int, contact: str) -> None:
        by = Role.SLT if contact == "open" else Role.OFFICE
        with suppress(Problem):
            self.door(by).perform(SetContact(self.pupils[0], self.adults[adult], contact))

    @rule(pupil=pupils)
    def leave(self, pupil: int) -> None:
        with suppress(Problem):
            self.door(Role.OFFICE).perform(RecordLeaver(self.pupils[pupil], self.clock.now.date()))

    @invariant()
    def the_policy_holds(self) -> None:
        with self.database.reading() as session:
            links = session.scalars(select(LinkRow).where(LinkRow.state == "linked")).all()
            ties = {(tie.pupil_id, tie.guardian_id): tie for tie in session.scalars(select(TieRow))}
            left = set(session.scalars(select(PupilRow.id).where(PupilRow.left_on.is_not(None))))
            for link in links:
                assert link.guardian_id is not None, "somebody unknown was linked"
                tie = ties.get((link.pupil_id, link.guardian_id))
                assert tie is not None, "an adult of nobody's was linked"
                assert tie.contact == "open", "a barred or restricted adult was linked"
                assert link.pupil_id not in left, "somebody was linked to a leaver"
                assert not link.exception_why or link.review_on is not None
            for pupil in self.pupils:
                plain = [link for link in links if link.pupil_id == pupil and not link.exception_why]
                assert len(plain) <= 2, "a third adult was linked without an exception"
            pairs = [(link.pupil_id, link.guardian_id) for link in links]
            assert len(pairs) == len(set(pairs))


def test_no_order_of_events_links_anybody_against_the_policy(template: sqlcipher.Connection, keys: Keys) -> None:
    Linking.template, Linking.keys = template, keys
    run_state_machine_as_test(
        Linking,
        settings=settings(
            max_examples=25, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )

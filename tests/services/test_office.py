"""The one door: permission, transaction and audit cannot be forgotten."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from app.domain.audit import DONE, REFUSED
from app.domain.problems import NotAllowed, NotSignedIn, Refused
from app.domain.roles import Role
from app.services.accounts import Accounts, AddAccount, EndAccount
from app.services.office import Office
from app.services.school import SetSchool, SetSchoolWays
from app.store.audit_chain import broken_at
from app.store.tables.accounts import AccountRow
from app.store.tables.audit import AuditRow
from app.store.tables.school import SchoolRow
from tests.conftest import PASSWORD, OfficeOf


def lines(office: Office) -> list[tuple[str, str, str]]:
    with office.database.reading() as session:
        rows = session.scalars(select(AuditRow).order_by(AuditRow.seq))
        return [(row.verb, row.subject, row.outcome) for row in rows]


def test_what_is_done_and_its_audit_line_are_one(head: Office) -> None:
    account = head.perform(AddAccount("kay", "Mrs Kaye", Role.OFFICE, PASSWORD))
    assert lines(head) == [("account.added", f"account:{account}", DONE)]


def test_a_wrong_role_is_refused_and_noted_and_nothing_changes(clerk: Office) -> None:
    with pytest.raises(NotAllowed, match=r"office.*Nothing was changed"):
        clerk.perform(SetSchool(name="Elsewhere"))
    assert lines(clerk) == [("school.set", "school", REFUSED)]
    with clerk.database.reading() as session:
        assert session.scalars(select(SchoolRow.name)).one() == "Larkfield Primary School"


def test_a_refused_look_is_noted_too(slt: Office) -> None:
    with pytest.raises(NotAllowed):
        slt.ask(Accounts())
    assert lines(slt) == [("asked.Accounts", "school", REFUSED)]


def test_a_rule_that_stands_against_it_leaves_no_line(head: Office) -> None:
    with pytest.raises(Refused):
        head.perform(AddAccount("kay", "Mrs Kaye", Role.OFFICE, "short"))
    assert lines(head) == []


def test_an_account_that_was_ended_meanwhile_can_do_nothing(head: Office, slt: Office) -> None:
    head.perform(EndAccount(slt.actor.id))
    with pytest.raises(NotSignedIn, match="changed since"):
        slt.perform(SetSchoolWays(("Kind",)))


def test_listeners_hear_after_the_commit(head: Office) -> None:
    heard: list[tuple[frozenset[str], object, int]] = []

    def listener(changes: frozenset[str], initiator: object) -> None:
        with head.database.reading() as session:
            known = len(session.scalars(select(AccountRow.id)).all())
        heard.append((changes, initiator, known))

    head.listen(listener)
    head.perform(AddAccount("kay", "Mrs Kaye", Role.OFFICE, PASSWORD), initiator="screen")
    assert heard == [(frozenset({"accounts"}), "screen", 5)]


def test_the_chain_holds_and_shows_a_change(head: Office) -> None:
    for name in ("anna", "bert", "cora"):
        head.perform(AddAccount(name, name, Role.SLT, PASSWORD))
    with head.database.reading() as session:
        assert broken_at(session) is None
    with head.database.writing() as session:
        session.connection().exec_driver_sql("DROP TRIGGER audit_no_update")
        session.connection().exec_driver_sql("UPDATE audit SET actor_id = 3 WHERE seq = 2")
    with head.database.reading() as session:
        assert broken_at(session) == 2


def test_the_database_refuses_to_forget(head: Office) -> None:
    head.perform(AddAccount("kay", "Mrs Kaye", Role.OFFICE, PASSWORD))
    with pytest.raises(Exception, match="only grows"), head.database.writing() as session:
        session.connection().exec_driver_sql("DELETE FROM audit")


def test_every_role_has_its_door(office_of: OfficeOf) -> None:
    for role in Role:
        assert office_of(role).may(AddAccount) is (role is Role.HEADTEACHER)

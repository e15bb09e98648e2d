"""Setting up a school, signing in, and the accounts of those who may (policy H5)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import func, select

from app.domain.audit import DONE, REFUSED
from app.domain.problems import NotSignedIn, Problem, Refused
from app.domain.roles import HEAD, LEADERS, Role
from app.services.door import Command, Query, answers, does
from app.services.office import Office, wall_clock
from app.services.standing import lay_foundations
from app.services.unit import Actor, Clock, Unit, View
from app.store.audit_chain import append
from app.store.database import open_encrypted
from app.store.keys import Hardness, Keys
from app.store.migrate import migrate
from app.store.tables.accounts import AccountRow
from app.store.tables.school import SchoolRow
from app.store.vault import WRONG, has_school, new_vault, open_vault

SHORTEST_PASSWORD = 8


def check_password(password: str) -> None:
    """Refuse a password that is too short or too plain to guard children's records."""
    if len(password) < SHORTEST_PASSWORD:
        raise Refused(f"The password is too short. Use at least {SHORTEST_PASSWORD} characters: three words are good.")
    if len(set(password)) < 4:
        raise Refused("The password repeats the same few characters. Use three words that do not belong together.")


def found_school(
    home: Path,
    *,
    name: str,
    login: str,
    person: str,
    password: str,
    clock: Clock = wall_clock,
    hardness: Hardness | None = None,
) -> str:
    """Make a new school in an empty folder, with its first headteacher account; the recovery key, shown once.

    Raises `Problem` where a school is there already or a name or password will not do. A failure leaves no school.
    """
    if has_school(home):
        raise Problem("There is a school in this folder already. Choose another folder with --home.")
    login, name = _clean_login(login), name.strip()
    if not name:
        raise Refused("The school needs a name.")
    check_password(password)
    vault, keys, recovery = new_vault(home, hardness)
    home.mkdir(parents=True, exist_ok=True)
    vault.database.unlink(missing_ok=True)
    vault = vault.with_person(login, password, keys)
    database = open_encrypted(vault.database, keys.main)
    try:
        migrate(database)
        now = clock()
        with database.writing() as session:
            session.add(SchoolRow(name=name))
            head = AccountRow(login=login, name=person.strip() or login, role=Role.HEADTEACHER, created_at=now)
            session.add(head)
            session.flush()
            lay_foundations(session, now, head.id)
            append(
                session,
                at=now,
                actor_id=head.id,
                actor_role=Role.HEADTEACHER,
                verb="school.founded",
                subject="school",
                outcome=DONE,
                detail={},
            )
        vault.write()
    except BaseException:
        database.close()
        vault.database.unlink(missing_ok=True)
        raise
    database.close()
    return recovery


def sign_in(home: Path, login: str, password: str, clock: Clock = wall_clock) -> Office:
    """Open the school for this person.

    Raises `NotSignedIn` in one and the same sentence for an unknown name, a wrong password and an ended account.
    """
    vault = open_vault(home)
    keys = vault.keys_for(login, password)
    database = open_encrypted(vault.database, keys.main)
    try:
        migrate(database)
        with database.reading() as session:
            account = session.scalar(select(AccountRow).where(AccountRow.login == _folded(login)))
            actor = Actor(account.id, account.login, account.name, Role(account.role)) if account else None
            active = account is not None and account.active
        if actor is None or not active:
            raise NotSignedIn(WRONG)
        with database.writing() as session:
            append(
                session,
                at=clock(),
                actor_id=actor.id,
                actor_role=actor.role,
                verb="session.opened",
                subject=f"account:{actor.id}",
                outcome=DONE,
                detail={},
            )
    except BaseException:
        database.close()
        raise
    if actor.role not in LEADERS:
        keys = Keys(keys.main, keys.public)
    return Office(database, keys, actor, clock, vault)


@dataclass(frozen=True, slots=True)
class AddAccount(Command[int]):
    """Let another person sign in, with one role and a first password."""

    login: str
    name: str
    role: Role
    password: str

    def __repr__(self) -> str:
        return f"AddAccount(role={self.role!r})"


@does(AddAccount, roles=HEAD, verb="account.added")
def add_account(command: AddAccount, unit: Unit) -> int:
    """The new account's id. Refused where the name is taken."""
    login = _clean_login(command.login)
    check_password(command.password)
    taken = unit.session.scalar(select(AccountRow.id).where(AccountRow.login == login))
    if taken:
        raise Refused("Somebody has that user name already. Choose another.")
    account = AccountRow(login=login, name=command.name.strip() or login, role=command.role, created_at=unit.now)
    unit.session.add(account)
    unit.session.flush()
    if unit.vault is not None:
        before = open_vault(unit.vault.home)
        keys = unit.keys if command.role in LEADERS else Keys(unit.keys.main, unit.keys.public)
        before.with_person(login, command.password, keys).write()
        unit.on_failure.append(before.write)
    unit.audit(f"account:{account.id}", {"role": command.role})
    unit.changed("accounts")
    return account.id


@dataclass(frozen=True, slots=True)
class EndAccount(Command[None]):
    """Stop a person from signing in. Their past stays in the audit."""

    account_id: int


@does(EndAccount, roles=HEAD, verb="account.ended")
def end_account(command: EndAccount, unit: Unit) -> None:
    """Refused for one's own account and for the last headteacher."""
    account = unit.session.get(AccountRow, command.account_id)
    if account is None or not account.active:
        raise Problem("That account has ended already. Nothing was changed.")
    if account.id == unit.actor.id:
        raise Refused("You cannot end your own account. Ask another headteacher account to do it.")
    account.active, account.ended_at = False, unit.now
    if unit.vault is not None:
        before = open_vault(unit.vault.home)
        before.without_person(account.login).write()
        unit.on_failure.append(before.write)
    unit.audit(f"account:{account.id}", {"role": account.role})
    unit.changed("accounts")


@dataclass(frozen=True, slots=True)
class AccountLine:
    """One account, as the headteacher sees it in Settings."""

    id: int
    login: str
    name: str
    role: Role
    active: bool
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Accounts(Query[tuple[AccountLine, ...]]):
    """Everybody who can sign in, or could."""


@answers(Accounts, roles=HEAD)
def accounts(query: Accounts, view: View) -> tuple[AccountLine, ...]:
    """By name, those who can sign in first."""
    del query
    rows = view.session.scalars(select(AccountRow).order_by(AccountRow.active.desc(), func.lower(AccountRow.name)))
    return tuple(AccountLine(r.id, r.login, r.name, Role(r.role), r.active, r.created_at) for r in rows)


def record_refused_sign_in(office: Office) -> None:
    """Note that unlocking failed while this person was signed in."""
    with office.database.writing() as session:
        append(
            session,
            at=office.clock(),
            actor_id=office.actor.id,
            actor_role=office.actor.role,
            verb="session.opened",
            subject=f"account:{office.actor.id}",
            outcome=REFUSED,
            detail={},
        )


def _folded(login: str) -> str:
    return " ".join(login.casefold().split())


def _clean_login(login: str) -> str:
    folded = _folded(login)
    if not folded or len(folded) > 80 or not folded.isprintable():
        raise Refused("A user name is up to 80 letters, figures or signs on one line.")
    return folded

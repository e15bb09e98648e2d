"""Setting up a school, signing in, accounts."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.domain.problems import NotSignedIn, Problem, Refused
from app.domain.roles import Role
from app.services.accounts import Accounts, AddAccount, EndAccount, found_school, sign_in
from app.services.office import Office
from app.store.vault import open_vault
from tests.conftest import PASSWORD, QUICK, StandingClock


@pytest.fixture
def recovery(home: Path, clock: StandingClock) -> str:
    return found_school(
        home,
        name="Larkfield Primary School",
        login="Head",
        person="Ms Adeyemi",
        password=PASSWORD,
        clock=clock,
        hardness=QUICK,
    )


@pytest.fixture
def signed_in(home: Path, recovery: str, clock: StandingClock) -> Office:
    return sign_in(home, "head", PASSWORD, clock)


def test_the_founder_signs_in_as_headteacher(signed_in: Office) -> None:
    assert signed_in.actor.role is Role.HEADTEACHER
    assert signed_in.keys.leaders is not None
    signed_in.close()


def test_the_recovery_key_opens_the_school(home: Path, recovery: str, signed_in: Office) -> None:
    assert open_vault(home).keys_for_recovery(recovery) == signed_in.keys
    signed_in.close()


@pytest.mark.parametrize(("login", "password"), [("head", "three green wordz"), ("nobody", PASSWORD)])
def test_a_wrong_sign_in_is_one_sentence(home: Path, recovery: str, login: str, password: str) -> None:
    with pytest.raises(NotSignedIn, match="user name or the password is wrong"):
        sign_in(home, login, password)


def test_the_office_signs_in_without_the_leaders_key(home: Path, signed_in: Office, clock: StandingClock) -> None:
    signed_in.perform(AddAccount("Kay Office", "Mrs Kaye", Role.OFFICE, "four blue small words"))
    clerk = sign_in(home, "kay  office", "four blue small words", clock)
    assert clerk.actor.role is Role.OFFICE
    assert clerk.keys.leaders is None
    clerk.close()
    signed_in.close()


def test_an_ended_account_cannot_sign_in(home: Path, signed_in: Office) -> None:
    account = signed_in.perform(AddAccount("kay", "Mrs Kaye", Role.OFFICE, "four blue small words"))
    signed_in.perform(EndAccount(account))
    with pytest.raises(NotSignedIn):
        sign_in(home, "kay", "four blue small words")
    with pytest.raises(Refused, match="your own account"):
        signed_in.perform(EndAccount(signed_in.actor.id))
    assert [(line.login, line.active) for line in signed_in.ask(Accounts())] == [("head", True), ("kay", False)]
    signed_in.close()


def test_a_name_that_is_taken_leaves_the_first_password_as_it_was(home: Path, signed_in: Office) -> None:
    with pytest.raises(Refused, match="already"):
        signed_in.perform(AddAccount("HEAD", "Somebody", Role.OFFICE, "four blue small words"))
    signed_in.close()
    again = sign_in(home, "head", PASSWORD)
    assert again.actor.name == "Ms Adeyemi"
    again.close()


def test_a_second_school_in_the_same_folder_is_refused(home: Path, recovery: str) -> None:
    with pytest.raises(Problem, match="already"):
        found_school(home, name="B", login="b", person="B", password=PASSWORD, hardness=QUICK)


@pytest.mark.parametrize("password", ["", "short", "aaaaaaaaaaaa"])
def test_a_weak_password_founds_nothing(home: Path, password: str) -> None:
    with pytest.raises(Refused):
        found_school(home, name="B", login="b", person="B", password=password, hardness=QUICK)
    assert not home.exists()


def test_a_failure_while_founding_leaves_no_school(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr("app.services.accounts.lay_foundations", broken)
    with pytest.raises(OSError, match="disk full"):
        found_school(home, name="B", login="b", person="B", password=PASSWORD, hardness=QUICK)
    assert not (home / "keys.json").exists()
    assert not (home / "school.db").exists()

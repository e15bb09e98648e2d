"""`init` and `user add`."""

from __future__ import annotations

import os

from app.cli.context import Context, prompt
from app.domain.problems import NotSignedIn, Problem
from app.domain.roles import Role
from app.services.accounts import AddAccount, found_school


def init(context: Context) -> int:
    """A new school in the folder, with its first headteacher account; prints the recovery key once."""
    password = os.environ.get("SCHOOLGATE_PASSWORD") or _new_password()
    if not password:
        raise NotSignedIn("The new account needs a password. Set SCHOOLGATE_PASSWORD, or run this on a terminal.")
    recovery = found_school(
        context.home,
        name=context.said.name,
        login=context.said.user,
        person=context.said.user,
        password=password,
    )
    context.answer(
        {"home": str(context.home), "school": context.said.name, "user": context.said.user, "recovery_key": recovery},
        [
            f"{context.said.name} is set up in {context.home}.",
            f"Recovery key: {recovery}",
            "Write it down and lock it away. It is shown once, and it is the only way in if every password is lost.",
        ],
    )
    return 0


def add_user(context: Context) -> int:
    """Another person who may sign in."""
    office = context.office()
    try:
        password = os.environ.get("SCHOOLGATE_NEW_PASSWORD") or _new_password()
        if not password:
            raise Problem("The new account needs a password. Set SCHOOLGATE_NEW_PASSWORD, or run this on a terminal.")
        role = Role(context.said.role)
        office.perform(AddAccount(context.said.name, context.said.name, role, password))
    finally:
        office.close()
    context.answer(
        {"user": context.said.name, "role": role.value},
        [f"{context.said.name} can sign in now, as {role.words.lower()}."],
    )
    return 0


def _new_password() -> str:
    first = prompt("New password: ", hidden=True)
    if first and prompt("The same again: ", hidden=True) != first:
        raise Problem("The two passwords differ. Nothing was changed.")
    return first

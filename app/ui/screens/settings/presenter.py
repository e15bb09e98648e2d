"""What the settings screen knows and does, without Qt."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.roles import Role
from app.services.accounts import AccountLine, Accounts, AddAccount, EndAccount
from app.services.office import Office
from app.services.school import SetSchool
from app.services.school_details import Details, SchoolDetails
from app.services.watching import SetWatchedFolder, WatchedFolderSet
from app.services.wordlist_lines import WordLists

DAYS: tuple[str, ...] = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

ROLES: tuple[tuple[str, str], ...] = tuple((role.value, role.words) for role in Role)


@dataclass(slots=True)
class SettingsPresenter:
    """The school's details and the accounts, for the headteacher."""

    office: Office

    @property
    def may_set_school(self) -> bool:
        """Only the headteacher changes the school's details."""
        return self.office.may(SetSchool)

    @property
    def may_see_accounts(self) -> bool:
        """Only the headteacher lets others sign in."""
        return self.office.may(Accounts)

    @property
    def may_see_words(self) -> bool:
        """The word lists are for senior leaders, the safeguarding lead and the headteacher."""
        return self.office.may(WordLists)

    @property
    def may_set_folder(self) -> bool:
        """Only the headteacher says which folder is watched."""
        return self.office.may(SetWatchedFolder)

    def folder(self) -> str | None:
        """The watched folder as it is set."""
        return self.office.ask(WatchedFolderSet())

    def watch(self, folder: str, initiator: object = None) -> None:
        """Look into this folder from now on; an empty name: into none."""
        self.office.perform(SetWatchedFolder(folder or None), initiator)

    def details(self) -> Details:
        """The school's details as they stand."""
        return self.office.ask(SchoolDetails())

    def save(self, said: Details, initiator: object = None) -> None:
        """Change the school's details."""
        self.office.perform(
            SetSchool(
                name=said.name.strip(),
                la=said.la.strip(),
                estab=said.estab.strip(),
                phone=said.phone.strip(),
                email=said.email.strip(),
                postcode=said.postcode.strip().upper(),
                open_days=said.open_days,
                opens=said.opens,
                closes=said.closes,
                reply_hours=said.reply_hours,
                adult_cap=said.adult_cap,
                code_needs_acceptance=said.code_needs_acceptance,
            ),
            initiator,
        )

    def accounts(self) -> tuple[AccountLine, ...]:
        """Everybody who can sign in, or could."""
        return self.office.ask(Accounts())

    def is_own(self, line: AccountLine) -> bool:
        """Nobody ends their own account."""
        return line.id == self.office.actor.id

    def add(self, login: str, name: str, role: Role, password: str, initiator: object = None) -> None:
        """Let another person sign in."""
        self.office.perform(AddAccount(login, name, role, password), initiator)

    def end(self, account_id: int, initiator: object = None) -> None:
        """Stop a person from signing in."""
        self.office.perform(EndAccount(account_id), initiator)

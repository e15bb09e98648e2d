"""What every test may lean on: a school in memory, people of each role, a clock that stands still."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as sqlcipher

from app.domain.roles import Role
from app.services import engines
from app.services.office import Office
from app.services.standing import lay_foundations
from app.services.unit import Actor
from app.store.database import Database, open_in_memory
from app.store.keys import Hardness, Keys, new_keys
from app.store.migrate import migrate
from app.store.tables.accounts import AccountRow
from app.store.tables.school import SchoolRow

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
"""A Monday in term."""

QUICK = Hardness(passes=1, memory=8, lanes=1)
"""A password derivation that takes no time: for tests only."""

PASSWORD = "three green words"


class StandingClock:
    """A clock that moves only when it is told to."""

    def __init__(self, now: datetime = NOW) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def later(self, **units: float) -> None:
        self.now += timedelta(**units)


@pytest.fixture(scope="session")
def template() -> Iterator[sqlcipher.Connection]:
    """A migrated school with one account a role, from which every test's own is cloned."""
    connection = sqlcipher.connect(":memory:", check_same_thread=False, isolation_level=None)
    database = open_in_memory(connection)
    migrate(database)
    with database.writing() as session:
        session.add(SchoolRow(name="Larkfield Primary School"))
        for role in Role:
            session.add(AccountRow(login=role.value, name=f"Pat {role.words}", role=role, created_at=NOW))
        session.flush()
        lay_foundations(session, NOW, 1)
    yield connection
    database.close()
    connection.close()


@pytest.fixture(autouse=True)
def no_close_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    """The closer reader takes a second to be read and tens of milliseconds an item: only tests about it have one."""
    monkeypatch.setattr(engines, "reader_of_now", lambda: "")


@pytest.fixture
def database(template: sqlcipher.Connection) -> Iterator[Database]:
    """A fresh school of the test's own."""
    own = sqlcipher.connect(":memory:", check_same_thread=False, isolation_level=None)
    template.backup(own)
    opened = open_in_memory(own)
    yield opened
    opened.close()
    own.close()


@pytest.fixture
def clock() -> StandingClock:
    """Monday 23 November 2026, half past nine."""
    return StandingClock()


@pytest.fixture(scope="session")
def keys() -> Keys:
    """The school's keys, as a leader holds them."""
    return new_keys()


OfficeOf = Callable[[Role], Office]


@pytest.fixture
def office_of(database: Database, clock: StandingClock, keys: Keys) -> OfficeOf:
    """The door for a person of a role, all on the same school."""

    def opened(role: Role) -> Office:
        place = list(Role).index(role) + 1
        actor = Actor(place, role.value, f"Pat {role.words}", role)
        own = keys if role is not Role.OFFICE else Keys(keys.main, keys.public)
        return Office(database, own, actor, clock)

    return opened


@pytest.fixture
def head(office_of: OfficeOf) -> Office:
    """The headteacher's door."""
    return office_of(Role.HEADTEACHER)


@pytest.fixture
def slt(office_of: OfficeOf) -> Office:
    """A senior leader's door."""
    return office_of(Role.SLT)


@pytest.fixture
def clerk(office_of: OfficeOf) -> Office:
    """The office's door."""
    return office_of(Role.OFFICE)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """An empty folder for a school."""
    return tmp_path / "school"

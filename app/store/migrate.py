"""Bringing a database to the shape that this version of the program knows (Alembic)."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from app.domain.problems import Problem
from app.store.database import Database


def newest() -> str:
    """The id of the last migration this program carries."""
    found = ScriptDirectory.from_config(_config()).get_current_head()
    assert found is not None
    return found


def standing(connection: Connection) -> str | None:
    """The migration a database stands at; None where it is empty."""
    return MigrationContext.configure(connection).get_current_revision()


def migrate(database: Database) -> bool:
    """Bring the database up to date in one transaction; whether there was anything to do.

    Raises `Problem` where the database was last used by a newer program.
    """
    with database.engine.execution_options(schoolgate_write=True).begin() as connection:
        now = standing(connection)
        if now == newest():
            return False
        if now is not None and now not in _known():
            raise Problem("This school was last opened by a newer Schoolgate. Install the newer version to open it.")
        config = _config()
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
    return True


def _known() -> set[str]:
    return {script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()}


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).with_name("migrations")).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config

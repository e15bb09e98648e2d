"""The command line: everything that the desk does in bulk, for scheduled tasks and for tests."""

from app.cli.main import run

__all__ = ["run"]

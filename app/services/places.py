"""Where a school's folder lies when nobody says otherwise."""

from __future__ import annotations

from pathlib import Path

from platformdirs import user_data_path


def school_folder(said: str | None) -> Path:
    """The folder named, or the platform's place for application data."""
    return Path(said).expanduser() if said else user_data_path("Schoolgate", appauthor=False, roaming=False)

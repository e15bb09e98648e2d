"""Where a school's folder lies when nobody says otherwise."""

from __future__ import annotations

from pathlib import Path


def school_folder(said: str | None) -> Path:
    """The folder named, or the platform's place for application data."""
    if said:
        return Path(said).expanduser()
    from platformdirs import user_data_path

    return user_data_path("Schoolgate", appauthor=False, roaming=False)

"""Where the program's own data lies: lexicons, clauses, letters, style sheets, help, the sample school's words.

In a checkout it stands beside `app`; in a wheel and in the built program it travels inside `app`.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path


@cache
def resources() -> Path:
    """The folder that holds the program's data, wherever the program was started from."""
    here = Path(__file__).resolve().parent
    for place in (here / "resources", here.parent / "resources"):
        if (place / "policy").is_dir():
            return place
    raise RuntimeError("The program's own resources are missing: install it again.")


def text_of(*parts: str) -> str:
    """A resource file's text, UTF-8, by its path below `resources` ("lexicons", "abuse.toml")."""
    return resources().joinpath(*parts).read_text(encoding="utf-8")

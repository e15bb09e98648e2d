"""Templates of the letter with a linking code: one file a language, editable, with a few fields and no others.

A school's own version of a file lies in its folder `letters` and goes before the program's. The wording that comes with
the program is a draft in every language but English, until a speaker has checked it and `draft` is set to false.
"""

from __future__ import annotations

import string
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from app.domain.problems import Problem
from app.resources import text_of

LANGUAGES: Final = ("en", "cy", "pl", "ro", "sk", "cs", "uk", "ur", "ar", "ckb")
FIELDS: Final = frozenset({"school", "child", "guardian", "class", "expires", "phone", "email"})
DRAFT: Final = "Draft translation: have a speaker of the language check it before it goes out."

_WORDS = (
    "title",
    "greeting",
    "opening",
    "app_heading",
    "website_heading",
    "code_label",
    "until",
    "closing",
    "contact",
    "signed",
)
_STEPS = ("app_steps", "website_steps")
_OTHER_NAMES = {"kmr": "ckb", "ku": "ckb", "kur": "ckb", "cz": "cs", "ua": "uk"}


@dataclass(frozen=True, slots=True)
class Template:
    """The words of one language. `words` by key; `steps` by key."""

    code: str
    language: str
    leftwards: bool
    draft: bool
    words: dict[str, str]
    steps: dict[str, tuple[str, ...]]


def language_of(said: str) -> str:
    """The template's language for a guardian's; English where there is none."""
    code = said.casefold().partition("-")[0].strip()
    code = _OTHER_NAMES.get(code, code)
    return code if code in LANGUAGES else "en"


def template(code: str, own: Path | None = None) -> Template:
    """A language's template: the school's own file from the folder `own`, else the program's.

    Raises `Problem` where the file cannot be read, lacks words, or uses a field that does not exist.
    """
    file = own / f"{code}.toml" if own is not None else None
    if file is None or not file.is_file():
        return read_template(code, text_of("letters", f"{code}.toml"))
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as fault:
        raise Problem(f"The letter template {file.name} cannot be read. Save it again as UTF-8 text.") from fault
    return read_template(code, text)


def read_template(code: str, text: str) -> Template:
    """A template from the text of its file, judged before it is used. Raises `Problem` as `template` does."""
    try:
        said = tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        raise Problem(f"The letter template “{code}” is not readable as TOML: {fault}. Mend that line.") from fault
    words = {key: _words(code, key, said.get(key)) for key in _WORDS}
    steps = {key: _steps(code, key, said.get(key)) for key in _STEPS}
    for key, value in [*words.items(), *((key, step) for key, listed in steps.items() for step in listed)]:
        _judge(code, key, value)
    language, direction, draft = said.get("language"), said.get("direction", "ltr"), said.get("draft", True)
    if not isinstance(language, str) or direction not in ("ltr", "rtl") or not isinstance(draft, bool):
        raise Problem(
            f"The letter template “{code}” needs a language, a direction (ltr or rtl), and draft as true or false."
        )
    return Template(code, language, direction == "rtl", draft, words, steps)


def save_template(own: Path, code: str, text: str) -> Template:
    """Keep a school's own version of a language. It is judged first; nothing is written where it would be refused."""
    if code not in LANGUAGES:
        raise Problem(f"There is no letter in “{code}”. The languages are: {', '.join(LANGUAGES)}.")
    made = read_template(code, text)
    own.mkdir(parents=True, exist_ok=True)
    (own / f"{code}.toml").write_text(text, encoding="utf-8", newline="\n")
    return made


def filled(words: str, values: dict[str, str]) -> str:
    """The words with the fields put in. What stands in a name is never read as a field."""
    return words.format_map(values)


def _words(code: str, key: str, value: Any) -> str:
    if not isinstance(value, str) or (not value.strip() and key not in ("until", "contact")):
        raise Problem(f"The letter template “{code}” has no words for “{key}”. Write them, or take the file away.")
    return value


def _steps(code: str, key: str, value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not value or len(value) > 6:
        raise Problem(f"The letter template “{code}” needs one to six steps for “{key}”.")
    return tuple(_words(code, key, step) for step in value)


def _judge(code: str, key: str, words: str) -> None:
    try:
        used = [(name, how, turn) for _, name, how, turn in string.Formatter().parse(words) if name is not None]
    except ValueError as fault:
        raise Problem(
            f"The letter template “{code}” has a bracket without its partner in “{key}”. Write {{{{ for a plain one."
        ) from fault
    for name, how, turn in used:
        if name not in FIELDS or how or turn:
            raise Problem(
                f"The letter template “{code}” uses the field {{{name}}} in “{key}”, and there is none of that name. "
                f"The fields are: {', '.join(sorted(FIELDS))}."
            )

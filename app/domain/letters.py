"""Letters to families: their parts, the fields they may use, the wording of each language, judged before it is kept.

A kind of letter says which parts it has and which fields may stand in them. The letter that carries a linking code is
one kind; another only has to be entered in `KINDS` and be given its wordings in `resources/letters/<kind>`.
"""

from __future__ import annotations

import hashlib
import json
import re
import string
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from app.domain.problems import Problem

LANGUAGES: Final = ("en", "cy", "pl", "ro", "sk", "cs", "uk", "ur", "ar", "ckb")
DRAFT: Final = "Draft translation: have a speaker of the language check it before it goes out."
MOST_STEPS: Final = 6
LONGEST: Final = 1200
LONGEST_STEP: Final = 240
"""Characters of one part and of one step; more does not fit on the page."""

_NAMES = {
    "en": "English", "cy": "Welsh", "pl": "Polish", "ro": "Romanian", "sk": "Slovak", "cs": "Czech", "uk": "Ukrainian",
    "ur": "Urdu", "ar": "Arabic", "ckb": "Kurdish (Sorani)",
}  # fmt: skip
_OTHER_NAMES = {"kmr": "ckb", "ku": "ckb", "kur": "ckb", "cz": "cs", "ua": "uk"}
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a letter, as it is called on the screen."""

    key: str
    label: str
    steps: bool = False
    """Numbered steps, one to a line."""
    optional: bool = False
    lines: int = 2


@dataclass(frozen=True, slots=True)
class LetterKind:
    """A kind of letter: its parts in reading order, and each field with what stands in its place."""

    id: str
    name: str
    parts: tuple[Part, ...]
    fields: Mapping[str, str]


CODE_LETTER: Final = LetterKind(
    "code",
    "Letter with a code",
    (
        Part("title", "Title"),
        Part("greeting", "Greeting", lines=1),
        Part("opening", "Opening", lines=5),
        Part("app_heading", "Heading: with the app", lines=1),
        Part("app_steps", "Steps: with the app", steps=True, lines=5),
        Part("website_heading", "Heading: on the website", lines=1),
        Part("website_steps", "Steps: on the website", steps=True, lines=5),
        Part("code_label", "Above the code", lines=1),
        Part("until", "Last day", optional=True, lines=1),
        Part("closing", "Closing"),
        Part("contact", "Questions", optional=True),
        Part("signed", "Signature", lines=1),
    ),
    {
        "school": "the school's name",
        "child": "the child's permitted name",
        "guardian": "the adult's name",
        "class": "the class",
        "expires": "the last day of the code",
        "phone": "the school's telephone number",
        "email": "the school's e-mail address",
    },
)
DECISION_LETTER: Final = LetterKind(
    "decision",
    "Letter of a decision",
    (
        Part("title", "Title"),
        Part("greeting", "Greeting", lines=1),
        Part("opening", "Opening", lines=3),
        Part("no_action", "No action"),
        Part("advice", "Advice"),
        Part("reminder", "Reminder of the policy"),
        Part("warning", "Written warning"),
        Part("restriction", "Restriction"),
        Part("suspension", "Suspension"),
        Part("removal", "Removal from the service"),
        Part("why_heading", "Heading: reasons", lines=1),
        Part("ends", "Until when", optional=True, lines=1),
        Part("review", "When it is looked at again", optional=True, lines=1),
        Part("appeal_heading", "Heading: appeal", lines=1),
        Part("appeal", "How to appeal, by when, to whom", lines=5),
        Part("contact", "Questions", optional=True),
        Part("signed", "Signature", lines=1),
    ),
    {
        "school": "the school's name",
        "guardian": "the adult's name",
        "reference": "the case's number",
        "decided": "the day of the decision",
        "ends": "the day on which it ends",
        "review": "the day on which it is looked at again",
        "appeal_by": "the last day for an appeal",
        "phone": "the school's telephone number",
        "email": "the school's e-mail address",
    },
)
KINDS: Final[dict[str, LetterKind]] = {kind.id: kind for kind in (CODE_LETTER, DECISION_LETTER)}


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of one language. `words` by a part's key, `steps` by the key of a part with steps."""

    code: str
    language: str
    leftwards: bool
    """The language runs from right to left."""
    draft: bool
    words: dict[str, str]
    steps: dict[str, tuple[str, ...]]

    @property
    def digest(self) -> str:
        """Tells this wording from every other: what a speaker confirms."""
        return hashlib.sha256(as_json(self.words, self.steps).encode()).hexdigest()

    def said(self, part: Part) -> str:
        """A part as it stands in a field on the screen; steps one to a line."""
        return "\n".join(self.steps[part.key]) if part.steps else self.words[part.key]


def kind_of(kind: str) -> LetterKind:
    """A kind by its name. Raises `Problem` where there is none."""
    if kind not in KINDS:
        raise Problem("There is no letter of that kind. Nothing was changed.")
    return KINDS[kind]


def language_of(said: str) -> str:
    """The letters' language for a guardian's; English where there is none."""
    code = said.casefold().partition("-")[0].strip()
    code = _OTHER_NAMES.get(code, code)
    return code if code in LANGUAGES else "en"


def language_words(said: str) -> str:
    """A language's name in English, also where its country stands beside it ("ur-PK"); as said where not known."""
    return _NAMES.get(said.casefold().partition("-")[0].strip(), said)


def read_shipped(kind: LetterKind, code: str, text: str) -> Wording:
    """A wording that comes with the program, from its file. Raises `Problem` for the first thing at fault."""
    try:
        said = tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        raise Problem(f"The letter “{code}” is not readable as TOML: {fault}. Mend that line.") from fault
    language, direction, draft = said.get("language"), said.get("direction", "ltr"), said.get("draft", True)
    if not isinstance(language, str) or direction not in ("ltr", "rtl") or not isinstance(draft, bool):
        raise Problem(f"The letter “{code}” needs a language, a direction (ltr or rtl), and draft as true or false.")
    return reworded(kind, Wording(code, language, direction == "rtl", draft, {}, {}), said)


def reworded(kind: LetterKind, old: Wording, said: Mapping[str, Any]) -> Wording:
    """A wording with other words: text for each part, a list or lines for steps. Raises `Problem` for the first fault.

    A part that is left out is at fault; so is a field that does not exist.
    """
    found = faults(kind, said)
    if found:
        raise Problem(next(iter(found.values())))
    words = {part.key: str(said.get(part.key, "")).strip() for part in kind.parts if not part.steps}
    steps = {part.key: steps_of(said[part.key]) for part in kind.parts if part.steps}
    return replace(old, words=words, steps=steps)


def steps_of(said: object) -> tuple[str, ...]:
    """Steps from a list, or from lines of text; a number typed before a step is taken away."""
    lines = said if isinstance(said, list | tuple) else str(said).splitlines()
    return tuple(step for line in lines if (step := re.sub(r"^\s*\d{1,2}[.)]\s+", "", str(line)).strip()))


def faults(kind: LetterKind, said: Mapping[str, Any]) -> dict[str, str]:
    """What is wrong with each part, by its key: a sentence that says what to do. Empty where nothing is."""
    return {part.key: fault for part in kind.parts if (fault := _fault(kind, part, said.get(part.key, "")))}


def _fault(kind: LetterKind, part: Part, said: object) -> str:
    if not isinstance(said, str | list | tuple) or (isinstance(said, list | tuple) and not part.steps):
        return f"“{part.label}” cannot be read. Write words."
    if part.steps:
        steps = steps_of(said)
        if not 1 <= len(steps) <= MOST_STEPS:
            return f"“{part.label}” needs one to six steps, one to a line."
        return next((fault for step in steps if (fault := _fault_in(kind, part, step, LONGEST_STEP))), "")
    text = str(said)
    if not text.strip():
        return "" if part.optional else f"“{part.label}” is empty. Write the words, or go back to the shipped wording."
    return _fault_in(kind, part, text)


def _fault_in(kind: LetterKind, part: Part, text: str, most: int = LONGEST) -> str:
    if len(text) > most:
        return f"“{part.label}” has {len(text):,} characters, and the page has room for {most:,}. Make it shorter."
    if _CONTROL.search(text):
        return f"“{part.label}” holds signs that cannot be printed. Type it again."
    try:
        used = [(name, how, turn) for _, name, how, turn in string.Formatter().parse(text) if name is not None]
    except ValueError:
        return f"“{part.label}” has a bracket without its partner. Write {{{{ for a plain one."
    for name, how, turn in used:
        if name not in kind.fields or how or turn:
            listed = ", ".join(f"{{{field}}}" for field in kind.fields)
            return (
                f"“{part.label}” uses the field {{{name}}}, and there is none of that name. The fields are: {listed}."
            )
    return ""


def filled(words: str, values: Mapping[str, str]) -> str:
    """The words with the fields put in. What stands in a name is never read as a field."""
    return words.format_map(values)


def as_json(words: Mapping[str, str], steps: Mapping[str, tuple[str, ...]]) -> str:
    """How a wording is kept."""
    return json.dumps(
        {**words, **{key: list(value) for key, value in steps.items()}}, ensure_ascii=False, sort_keys=True
    )

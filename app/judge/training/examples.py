"""The labelled examples: the evaluation schools that may be learnt from, and single lines by many invented hands."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from app.domain.checks.engine import FAMILIES
from app.domain.checks.finding import Check
from app.domain.checks.item_json import item_of
from app.domain.checks.lexicon import LEXICON_FILES, OFFICE_TOPICS, Lexicons, parse_lexicons
from app.domain.checks.reading import Reading
from app.domain.checks.register import ClassEntry, PupilEntry, Register, SchoolEntry, StaffEntry
from app.domain.checks.register_json import parse_register
from app.domain.checks.school import School
from app.domain.content import Author, AuthorRole, Item, Kind
from app.judge.marks import MARKS, applies, is_of
from app.judge.model import Sight
from app.judge.reasons import sight_of
from app.judge.taught import TAUGHT
from app.judge.training.contacts import contact_readings
from app.judge.wording import wording_of
from app.resources import resources, text_of

HANDS = "hands"

_SHORT = {
    "sens": "sensitive",
    "pers": "personal",
    "abuse": "abuse",
    "comp": "compare",
    "resh": "reshare",
    "safe": "safeguarding",
    "abs": "office:absence",
    "sick": "office:sickness",
    "din": "office:dinners",
    "cpl": "office:complaint",
    "mus": "office:music",
    "urg": "office:urgent",
    "app": "office:appointment",
    "prog": "office:progress",
}
_ROLES = {"p": AuthorRole.PARENT, "s": AuthorRole.STAFF, "k": AuthorRole.PUPIL, "u": AuthorRole.UNKNOWN}
_KINDS = {"m": Kind.MESSAGE, "c": Kind.COMMENT, "t": Kind.CLASS_STORY, "f": Kind.PORTFOLIO, "p": Kind.POINTS}
_FIRSTS = (
    *("Ella", "Oliver", "Amelia", "Noah", "Isla", "Leo", "Ava", "Mia", "George", "Harry", "Freya", "Arlo", "Zara"),
    *("Mohammed", "Aisha", "Kai", "Ruby", "Finn", "Maya", "Jayden", "Poppy", "Theo", "Lily", "Yusuf", "Ines"),
    *("Oscar", "Tom", "Emily", "Ethan", "Zuzanna", "Callum", "Priya"),
)
_STAFF = ("Mrs Holt", "Mr Okafor", "Miss Lunn", "Mr Bell", "Mrs Shaw", "Miss Iqbal")


@dataclass(frozen=True, slots=True)
class Example:
    """What the judge sees of an item, the marks that stand on it, those that could, and those the first stage gives."""

    source: str
    sight: Sight
    stands: tuple[bool, ...]
    applies: tuple[bool, ...]
    found: tuple[bool, ...]


def all_examples() -> list[Example]:
    """Everything that is learnt from."""
    known = lexicons()
    schools = [example for name in TAUGHT for example in school_examples(name, known)]
    return schools + hand_examples(known) + contact_examples(known)


def lexicons() -> Lexicons:
    """The shipped lexicons."""
    return parse_lexicons({name: text_of("lexicons", name) for name in LEXICON_FILES})


def school_examples(name: str, known: Lexicons, folder: Path | None = None) -> list[Example]:
    """The items of an evaluation school."""
    folder = folder or resources() / "evaluation" / name
    school = School(parse_register((folder / "register.json").read_text(encoding="utf-8")), known)
    found = []
    for line in (folder / "items.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        labels = {label for check, topics in row["expect"].items() for label in _labels(check, topics)}
        found.append(_example(name, Reading(item_of(row), school), labels))
    return found


def hand_examples(known: Lexicons) -> list[Example]:
    """The single lines beside this file, with names put in from a register made for the purpose."""
    register = Register(
        school=SchoolEntry("Hands"),
        classes=(ClassEntry("c1", "Class 3", "3"),),
        staff=tuple(StaffEntry(f"s{number}", name) for number, name in enumerate(_STAFF)),
        pupils=tuple(PupilEntry(f"p{number}", name, "Quillfeather", "c1") for number, name in enumerate(_FIRSTS)),
    )
    school = School(register, known)
    chance = random.Random(1)
    return [_hand(hand, line, school, chance) for hand, line in _hand_lines()]


def contact_examples(known: Lexicons) -> list[Example]:
    """The lines told apart by whether a private contact detail stands there, and by nothing else."""
    label = Check.CONTACT.value
    return [
        _only(_example(line.source, reading, {label} if line.private else set()), Check.CONTACT)
        for line, reading in contact_readings(known)
    ]


def _only(example: Example, check: Check) -> Example:
    """An example that says nothing of the other checks."""
    there = tuple(mark.check is check and could for mark, could in zip(MARKS, example.applies, strict=True))
    return replace(example, applies=there)


def _without_contact(example: Example) -> Example:
    """A line that nobody labelled for contact details: one in which the rules find any says nothing of them."""
    there = tuple(
        could and not (mark.check is Check.CONTACT and found)
        for mark, could, found in zip(MARKS, example.applies, example.found, strict=True)
    )
    return replace(example, applies=there)


def _hand_lines() -> Iterator[tuple[str, str]]:
    """Each line with the name of its file."""
    for path in sorted((Path(__file__).parent / HANDS).glob("*.txt")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.strip() and not line.startswith("#"):
                yield path.stem, line


def _hand(hand: str, line: str, school: School, chance: random.Random) -> Example:
    marks, who, text = line.split("|", 2)
    for letter, name in zip("ABC", chance.sample(_FIRSTS, 3), strict=True):
        text = text.replace(f"{{{letter}}}", name)
    text = text.replace("{S}", chance.choice(_STAFF))
    item = Item(hand, _KINDS[who[1]], "c1", Author(_ROLES[who[0]]), None, text)
    labels = {_SHORT[mark] for mark in marks.split() if mark != "-"}
    impossible = [mark.label for mark in MARKS if mark.label in labels and not applies(mark, item)]
    if impossible:
        raise ValueError(f"{', '.join(impossible)} cannot stand there: {line}")
    return _without_contact(_example(hand, Reading(item, school), labels))


def _labels(check: str, topics: list[str]) -> list[str]:
    if check == Check.OFFICE.value:
        return [f"{check}:{topic}" for topic in topics if topic in OFFICE_TOPICS]
    return [check]


def _example(source: str, reading: Reading, labels: set[str]) -> Example:
    wording = wording_of(reading)
    given = [finding for family in FAMILIES for finding in family(reading)]
    return Example(
        source,
        sight_of(wording, (0, len(wording))),
        tuple(mark.label in labels for mark in MARKS),
        tuple(applies(mark, reading.item) for mark in MARKS),
        tuple(any(is_of(finding, mark) for finding in given) for mark in MARKS),
    )

"""Those who are measured: the first stage alone, both stages, plain keywords, and Presidio's analyzer."""

from __future__ import annotations

import importlib
import re
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from app.bench.keywords import KEYWORDS, OFFICE_KEYWORDS
from app.domain.checks.engine import Engine
from app.domain.checks.finding import Check, Finding
from app.domain.checks.judge import Judge
from app.domain.checks.lexicon import Lexicons
from app.domain.checks.register import Register
from app.domain.content import AuthorRole, Item

BY_PUPIL = frozenset({Check.SURNAME, Check.INITIAL, Check.NO_PERMISSION})


class Unit(NamedTuple):
    """What is counted: a check on an item, for the name checks with the pupil, for the office with the topic."""

    check: Check
    detail: str | None = None


Reader = Callable[[Item], set[Unit]]
"""Reads an item and says what is to be found in it."""


def engine_reader(register: Register, lexicons: Lexicons, judge: Judge | None) -> Reader:
    """The product: the first stage, followed by the judge where there is one."""
    engine = Engine(register, lexicons, judge)
    return lambda item: units_of(engine.check(item))


def keyword_reader(register: Register) -> Reader:
    """Plain keyword matching: full names and obvious words, whole words, capitals ignored."""
    names = _full_names(register)
    named = _any_of(names)
    topics = {unit: _any_of(words) for unit, words in _lists().items()}

    def read(item: Item) -> set[Unit]:
        text = item.text
        found = {Unit(Check.SURNAME, names[match.group().lower()]) for match in named.finditer(text)}
        found |= {unit for unit, pattern in topics.items() if pattern.search(text)}
        return {unit for unit in found if _fits(unit, item)}

    return read


def presidio_reader(register: Register) -> Reader | None:
    """Presidio's analyzer with the same names and keywords as deny lists, or None where it is not installed."""
    try:
        analyzer_module: Any = importlib.import_module("presidio_analyzer")
        nlp: Any = importlib.import_module("presidio_analyzer.nlp_engine")
        spacy: Any = importlib.import_module("spacy")
    except ImportError:
        return None
    engine = nlp.SpacyNlpEngine(models=[{"lang_code": "en", "model_name": "blank"}])
    engine.nlp = {"en": spacy.blank("en")}
    registry = analyzer_module.RecognizerRegistry(recognizers=[], supported_languages=["en"])
    entities: dict[str, Unit] = {}
    for number, (unit, words) in enumerate(_lists().items()):
        entities[f"LIST{number}"] = unit
        registry.add_recognizer(
            analyzer_module.PatternRecognizer(f"LIST{number}", deny_list=list(words), global_regex_flags=re.IGNORECASE)
        )
    names = _full_names(register)
    if names:
        registry.add_recognizer(
            analyzer_module.PatternRecognizer("PUPIL", deny_list=list(names), global_regex_flags=re.IGNORECASE)
        )
    analyzer = analyzer_module.AnalyzerEngine(registry=registry, nlp_engine=engine, supported_languages=["en"])

    def read(item: Item) -> set[Unit]:
        found = set()
        for result in analyzer.analyze(item.text, "en"):
            said = item.text[result.start : result.end].lower()
            found.add(entities.get(result.entity_type) or Unit(Check.SURNAME, names.get(said)))
        return {unit for unit in found if _fits(unit, item)}

    return read


def units_of(findings: Iterable[Finding]) -> set[Unit]:
    """The units that findings amount to."""
    units: set[Unit] = set()
    for finding in findings:
        if finding.check in BY_PUPIL:
            units |= {Unit(finding.check, pupil) for pupil in finding.pupils}
        elif finding.check is Check.OFFICE:
            units |= {Unit(finding.check, topic) for topic in finding.topics}
        else:
            units.add(Unit(finding.check))
    return units


def _full_names(register: Register) -> dict[str, str]:
    return {f"{pupil.first} {pupil.last}".lower(): pupil.id for pupil in register.pupils}


def _lists() -> dict[Unit, tuple[str, ...]]:
    lists = {Unit(check): words for check, words in KEYWORDS.items()}
    return lists | {Unit(Check.OFFICE, topic): words for topic, words in OFFICE_KEYWORDS.items()}


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    either = "|".join(re.escape(word) for word in words) or "(?!)"
    return re.compile(rf"(?<!\w)(?:{either})(?!\w)", re.IGNORECASE)


def _fits(unit: Unit, item: Item) -> bool:
    """The peers are told who may be found to do what, so that they are not marked down for that."""
    role = item.author.role
    if unit.check is Check.SURNAME:
        return role is AuthorRole.STAFF
    if unit.check is Check.SENSITIVE:
        return item.kind.is_open
    if unit.check is Check.OFFICE:
        return role is AuthorRole.PARENT
    return unit.check is not Check.PERSONAL or role is not AuthorRole.PUPIL

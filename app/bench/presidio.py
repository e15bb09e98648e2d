"""Presidio's analyzer with the same lists as the checks: the peer of the scan.

It is given the pupils' names in the forms that the checks tell apart (first name, with the initial, with the surname,
the surname first, run together), every phrase of the lexicons as a pattern, the rude words, and patterns for telephone
numbers, e-mail addresses and postcodes; a blank spaCy engine cuts the words. It finds words and weighs nothing: what
keeps a phrase from counting, who speaks to whom, what a name is used as, a letter wrong and an accent left off are the
checks' alone.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable

from app.bench.race import peer_module
from app.domain.checks.lexicon import Lexicons
from app.domain.checks.register import PupilEntry, Register

_MEANS = {"CHILD": r"[a-z'-]+", "STAFF": r"(?:mr|mrs|miss|ms)\W+[a-z]+", "CLASS": r"[a-z]+"}
_CONTACT = (
    ("phone", r"\b(?:\+44\s?|0)(?:\d\s?){9,10}\b"),
    ("email", r"\b[\w.+-]+@[\w-]+\.[\w.]+\b"),
    ("postcode", r"\b[A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2}\b"),
)

Analyze = Callable[[str], int]
"""How many places of a text are found."""


def presidio(register: Register, lexicons: Lexicons) -> Analyze:
    """The analyzer, ready. Raises `PeerAbsent` where it or spaCy is not installed."""
    analyzer, nlp = peer_module("presidio_analyzer"), peer_module("presidio_analyzer.nlp_engine")
    spacy = peer_module("spacy")
    logging.getLogger("presidio-analyzer").setLevel(logging.ERROR)
    engine = nlp.SpacyNlpEngine(models=[{"lang_code": "en", "model_name": "blank"}])
    engine.nlp = {"en": spacy.blank("en")}
    registry = analyzer.RecognizerRegistry(recognizers=[], supported_languages=["en"])
    by_check: dict[str, list[str]] = {}
    for entry in lexicons.entries:
        by_check.setdefault(entry.check.name, []).extend(_pattern(each.search.expression) for each in entry.phrases)
    patterns = {**by_check, "CONTACT": [expression for _, expression in _CONTACT]}
    for name, expressions in patterns.items():
        made = [analyzer.Pattern(f"{name} {place}", each, 0.6) for place, each in enumerate(expressions)]
        registry.add_recognizer(analyzer.PatternRecognizer(name, patterns=made, global_regex_flags=re.IGNORECASE))
    names = dict.fromkeys(name for pupil in register.pupils for name in _forms(pupil))
    for name, words in {"PUPIL": list(names), "RUDE": list(lexicons.rude)}.items():
        registry.add_recognizer(analyzer.PatternRecognizer(name, deny_list=words, global_regex_flags=re.IGNORECASE))
    made_ready = analyzer.AnalyzerEngine(registry=registry, nlp_engine=engine, supported_languages=["en"])
    return lambda text: len(made_ready.analyze(f" {text} ", "en"))


def _forms(pupil: PupilEntry) -> tuple[str, ...]:
    """How a name is written, as far as a list can say it."""
    first, last = pupil.first, pupil.last
    return f"{first} {last}", f"{last}, {first}", f"{first} {last[:1]}", f"{first}{last}", first


def _pattern(expression: str) -> str:
    """A phrase's expression for a text as it was written: anything that is no letter may part two words."""
    for name, means in _MEANS.items():
        expression = expression.replace(name, means)
    return expression.replace(" ", r"\W+")

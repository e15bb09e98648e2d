"""For every finding on every labelled item a reviewer can read which words made it and which rule (issue: reasons)."""

from __future__ import annotations

import json
import re

import pytest

from app.bench.checks import known_schools
from app.domain.checks.engine import Engine
from app.domain.checks.finding import Check, Finding
from app.domain.checks.item_json import item_of
from app.domain.checks.judge import JUDGED
from app.domain.checks.register_json import parse_register
from app.domain.content import Item
from app.judge import load_judge
from app.judge.taught import HELD_BACK
from app.resources import resources
from app.services.checking import shipped_lexicons

_QUOTE = re.compile(r'"(.+?)"', re.DOTALL)


def items(school: str) -> list[Item]:
    lines = (resources() / "evaluation" / school / "items.jsonl").read_text(encoding="utf-8").splitlines()
    return [item_of(json.loads(line)) for line in lines]


def engine(school: str, *, encoder: bool) -> Engine:
    register = (resources() / "evaluation" / school / "register.json").read_text(encoding="utf-8")
    return Engine(parse_register(register), shipped_lexicons(), load_judge(encoder=encoder))


def assert_can_be_read(item: Item, finding: Finding) -> None:
    """The finding quotes words of the item that its span marks, and says what about them made it."""
    assert finding.span is not None, (finding, item.text)
    start, end = finding.span
    assert 0 <= start < end <= len(item.text)
    quotes = _QUOTE.findall(finding.why)
    said = " ".join(item.text[start:end].split())
    assert quotes, finding.why
    assert any(said.startswith(quote.rstrip("…")) for quote in quotes) or said.startswith(
        finding.why.split('"', 1)[1].rstrip('". …')[:20]
    ), (finding.why, said)
    assert len(finding.why.split('"', 1)[0].split()) >= 3
    assert finding.clause


@pytest.mark.parametrize("school", known_schools())
def test_every_finding_tells_its_words_and_its_rule(school: str) -> None:
    checks = engine(school, encoder=False)
    seen: set[Check] = set()
    for item in items(school):
        for finding in checks.check(item):
            if finding.check in JUDGED:
                assert_can_be_read(item, finding)
                seen.add(finding.check)
    assert seen == JUDGED or (seen and school not in HELD_BACK)


@pytest.mark.parametrize("school", HELD_BACK)
def test_so_does_every_finding_of_the_encoder(school: str) -> None:
    checks = engine(school, encoder=True)
    for item in items(school)[::6]:
        for finding in checks.check(item):
            if finding.check in JUDGED:
                assert_can_be_read(item, finding)

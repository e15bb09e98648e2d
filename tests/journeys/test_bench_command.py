"""`schoolgate bench`: results as lines or as one document, a wrong name refused; and commands read when given."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence

import pytest

from app import cli
from app.bench.race import Result, Side
from app.cli.arguments import POSTABLE, parser
from app.cli.later import Later
from app.services.before_posting import KINDS


class OneResult:
    """A desk that measures one thing."""

    def desk(self, home: str | None) -> int:
        raise AssertionError

    def demo(self, role: str) -> int:
        raise AssertionError

    def tour(self, out: str, schemes: Sequence[str], size: tuple[int, int], scale: float) -> list[str]:
        raise AssertionError

    def measure(self, job: str, scale: float, rounds: int) -> Iterator[Result]:
        assert (job, scale, rounds) == ("search", 0.5, 4)
        yield Result("search", "a list", Side("Schoolgate", 1, (1.0,), (1.0,)), Side("peer", 1, (9.0,), (9.0,)), 5.0)


SEARCH = ("bench", "search", "--scale", "0.5", "--rounds", "4")


def test_lines_for_people(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(SEARCH, OneResult()) == 0
    assert "9.00x faster, goal at least 5x: met" in capsys.readouterr().out


def test_one_document_for_programs(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run([*SEARCH, "--json"], OneResult()) == 0
    said = capsys.readouterr()
    document = json.loads(said.out)
    assert document["scale"] == 0.5
    (result,) = document["results"]
    assert (result["ratio"], result["goal"], result["met"]) == (9.0, 5.0, True)
    assert "goal at least 5x" in said.err


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("bench", "nothing"), "There is no measurement"),
        (("bench", "ctf", "--scale", "0"), "is no share"),
        (("bench", "ctf", "--scale", "much"), "is no share"),
        (("bench", "ctf", "--rounds", "0"), "no number of rounds"),
    ],
)
def test_what_cannot_be_measured_is_said_in_one_line(
    words: Sequence[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run(words, OneResult()) == 2
    said = capsys.readouterr()
    assert told in said.err
    assert said.out == ""
    assert len(said.err.strip().splitlines()) == 1


def test_a_dash_lists_the_jobs(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["bench", "-", "--json"], OneResult()) == 0
    assert {"import", "scan", "store", "letters", "start"} <= set(json.loads(capsys.readouterr().out))


def _later(of: argparse.ArgumentParser) -> Iterator[Later]:
    for given in of._defaults.values():
        if isinstance(given, Later):
            yield given
    for action in of._actions:
        if isinstance(action, argparse._SubParsersAction):
            for below in action.choices.values():
                yield from _later(below)


def test_every_command_that_is_read_later_is_there() -> None:
    found = list(_later(parser()))
    assert len(found) > 10
    assert all(callable(each.function()) for each in found)


def test_what_may_be_posted_is_what_the_check_before_posting_takes() -> None:
    assert sorted(POSTABLE) == sorted(kind.value for kind in KINDS)

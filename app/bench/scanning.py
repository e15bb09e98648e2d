"""Every list over every message, in memory: the first stage of the checks, beside Presidio with the same lists.

With few names and with very many. First an oracle reads some of the messages: nothing that it knows of is missed.
"""

from __future__ import annotations

from collections.abc import Iterator

from app.bench.alone import peak_of
from app.bench.memory import MEGABYTE
from app.bench.oracle import compare
from app.bench.presidio import presidio
from app.bench.race import Race, Result, Runner, Watch, if_there
from app.bench.town import messages, register
from app.domain.checks.engine import Engine
from app.domain.content import Item
from app.services.engines import shipped_lexicons

FEW, MANY = 2_000, 40_000
OURS, THEIRS, JUDGED_BY_ORACLE = 40_000, 400, 300
SMALL = 0.05
"""Below this share the names are fewer too: a look, not a measurement."""
GOAL = 150.0
LIMIT = 300 * MEGABYTE


def measure(scale: float, rounds: int) -> Iterator[Result]:
    """With 2,000 names and with 40,000."""
    for names, share in ((FEW, 1.0), (MANY, 0.25)):
        few = scale < SMALL
        yield _scan(max(60, round(names * scale)) if few else names, scale * share, rounds)


def _scan(names: int, scale: float, rounds: int) -> Result:
    school, lexicons = register(names), shipped_lexicons()
    items = list(messages(max(100, round(OURS * scale)), names))
    beside = [item.text for item in items[: max(10, round(THEIRS * scale))]]
    verdict = compare(items[: max(30, round(JUDGED_BY_ORACLE * min(scale, 1)))], school, lexicons)
    told = f"The oracle knew of {verdict.known:,} places; missed: {len(verdict.missed):,}."
    analyze, notes = if_there(lambda: presidio(school, lexicons))

    def theirs(watch: Watch) -> None:
        assert analyze is not None
        with watch.running():
            for text in beside:
                analyze(text)

    race = Race(_ours(Engine(school, lexicons), items), theirs if analyze else None, len(items), len(beside))
    race.names = ("Schoolgate, first stage", "Presidio, same lists")
    own, other = race.run(rounds)
    peak = peak_of("scan", str(names), str(len(items)))
    held = "" if peak is None else f" Peak memory {peak / MEGABYTE:,.0f} MB, to stay under {LIMIT / MEGABYTE:,.0f}."
    what = f"full scan of messages, {names:,} names, all lists"
    return Result("scan", what, own, other, GOAL, notes=(told + held, *verdict.missed[:5], *notes))


def _ours(engine: Engine, items: list[Item]) -> Runner:
    for item in items[:2_000]:
        engine.check(item)

    def run(watch: Watch) -> None:
        with watch.running():
            for item in items:
                engine.check(item)

    return run

"""`bench`: the program measured beside named peers, in one run."""

from __future__ import annotations

import argparse
import os
import sys
from argparse import ArgumentParser

from app.cli.context import Context

LEAST, MOST = 0.0001, 10.0


def arguments(bench: ArgumentParser) -> None:
    """What `bench` understands."""
    bench.set_defaults(carry_out=measure)
    bench.add_argument("job", nargs="?", metavar="JOB", help="one measurement; all of them where absent; - lists them")
    bench.add_argument("--scale", type=_scale, default=1.0, metavar="SHARE", help="of the full size: 0.01 for a look")
    bench.add_argument("--rounds", type=_rounds, default=3, metavar="N", help="how often each side runs: 3 or more")


def measure(context: Context) -> int:
    """Each result as it comes; with `--json` all of them at the end. A missed goal is a result, not a fault."""
    # The sums of a peer run in threads of its own where nobody says otherwise, which measures the neighbours.
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    from app.bench.filled import let_go
    from app.bench.jobs import CHECKS, JOBS, measure
    from app.bench.telling import document_of, lines_of

    said = context.said
    if said.job == "-":
        context.answer([job.name for job in JOBS], [f"{job.name:11} {job.does}" for job in JOBS])
        return 0
    if said.job == CHECKS:
        return _checks(context)
    results = []
    try:
        for result in measure(said.job, context.screens.measure, said.scale, said.rounds):
            results.append(result)
            lines = lines_of(result)
            print("\n".join(lines), file=sys.stderr if context.as_json else sys.stdout, flush=True)
    finally:
        let_go()
    if context.as_json:
        context.answer(document_of(results, said.scale, said.rounds), [])
    return 0


def _checks(context: Context) -> int:
    """How well the checks see, on the labelled schools."""
    from app.bench.checks import report

    text = report()
    context.answer({"job": "checks", "report": text.splitlines()}, [text])
    return 0


def _scale(text: str) -> float:
    try:
        scale = float(text)
    except ValueError:
        scale = 0.0
    if not LEAST <= scale <= MOST:
        raise argparse.ArgumentTypeError(f"“{text}” is no share between {LEAST:g} and {MOST:g}")
    return scale


def _rounds(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= 99:
        raise argparse.ArgumentTypeError(f"“{text}” is no number of rounds between 1 and 99")
    return int(text)

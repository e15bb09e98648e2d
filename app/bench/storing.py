"""A whole store checked again: read, both stages by two processes, findings kept. Beside Presidio in memory."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from app.bench.alone import run_alone
from app.bench.filled import filled_school, pupils_for
from app.bench.memory import MEGABYTE
from app.bench.presidio import presidio
from app.bench.race import Race, Result, Runner, Watch, if_there
from app.bench.scanning import LIMIT
from app.bench.town import messages, register
from app.services.checking import APART_FROM, CheckAgain
from app.services.checking_apart import can_check_apart
from app.services.engines import shipped_lexicons
from app.services.office import Office

THEIRS = 400
GOAL = 80.0


def measure(scale: float, rounds: int) -> Iterator[Result]:
    """As many messages as the scale says, in a process that does nothing else, so that its memory can be told."""
    office, count = filled_school(scale)
    texts = [item.text for item in islice(messages(count, pupils_for(count)), max(10, round(THEIRS * min(1, scale))))]
    analyze, notes = if_there(lambda: presidio(register(pupils_for(count)), shipped_lexicons()))
    peaks: list[int] = []

    def theirs(watch: Watch) -> None:
        assert analyze is not None
        with watch.running():
            for text in texts:
                analyze(text)

    race = Race(_ours(office, peaks), theirs if analyze else None, count, len(texts))
    race.names = ("Schoolgate, from the store", "Presidio, in memory")
    own, other = race.run(rounds)
    apart = count >= APART_FROM and can_check_apart()
    how = "by two processes" if apart else f"in one process (two from {APART_FROM:,} on)"
    held = f"Peak memory of any process {max(peaks) / MEGABYTE:,.0f} MB, to stay under {LIMIT / MEGABYTE:,.0f}."
    what = f"{count:,} messages from the store, both stages {how}, findings stored"
    yield Result("store", what, own, other, GOAL, notes=(*((held,) if max(peaks) else ()), *notes), parallel=True)


def _ours(office: Office, peaks: list[int]) -> Runner:
    leaders = office.keys.leaders or b""
    keys = {"main": office.keys.main.hex(), "public": office.keys.public.hex(), "leaders": leaders.hex()}

    def run(watch: Watch) -> None:
        forget_findings(office)
        said = run_alone("store", str(_file(office)), told=json.dumps(keys))
        if said is None:
            with watch.running():
                office.perform(CheckAgain())
            peaks.append(0)
            return
        watch.wall += said["seconds"]
        watch.cpu += said["seconds"]
        peaks.append(int(said["peak"]))

    return run


def forget_findings(office: Office) -> None:
    """As if nothing had been checked yet."""
    with office.database.writing() as session:
        for table in ("finding_pupil", "finding"):
            session.connection().exec_driver_sql(f"DELETE FROM {table}")


def _file(office: Office) -> Path:
    with office.database.reading() as session:
        return Path(session.connection().exec_driver_sql("PRAGMA database_list").fetchall()[0][2])

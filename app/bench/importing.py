"""The register brought in: a first time, and the same file again with two pupils in a hundred changed (H7).

The peer is SQLAlchemy's unit of work (`orm_peer.py`). Each side writes into an encrypted school of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from app.bench.files import write_csv
from app.bench.orm_peer import bring_in_by_orm, found_for_orm
from app.bench.race import Race, Result, Runner, Watch
from app.bench.school import scratch_database, scratch_folder, scratch_school
from app.bench.town import children
from app.intake.read import read_register
from app.services.enrolment import ApplyRegister, PlanRegister
from app.services.office import Office

PUPILS = 20_000
CHANGED = 0.02
FIRST_GOAL, AGAIN_GOAL = 8.0, 4.0


def measure(scale: float, rounds: int) -> Iterator[Result]:
    """The two imports."""
    count = max(200, round(PUPILS * scale))
    town = children(count)
    names = ("Schoolgate", "SQLAlchemy ORM unit of work")
    with scratch_folder() as folder:
        first = write_csv(folder / "register.csv", town)
        again = write_csv(folder / "again.csv", town, CHANGED)
        what = f"first import, {count:,} pupils and {2 * count:,} guardians from CSV"
        own, other = Race(_fresh(first), _fresh_by_orm(first), count, count, names).run(rounds)
        yield Result("import", what, own, other, FIRST_GOAL)
        with scratch_school(folder, "mine.db") as mine, scratch_database(folder, "theirs.db") as theirs:
            found_for_orm(theirs)
            race = Race(
                _repeated(lambda file: _bring_in(mine, file), again, first),
                _repeated(lambda file: bring_in_by_orm(theirs, file), again, first),
                count,
                count,
                names,
            )
            _bring_in(mine, first)
            bring_in_by_orm(theirs, first)
            own, other = race.run(rounds)
        yield Result("import", f"same file again, {CHANGED:.0%} changed", own, other, AGAIN_GOAL)


def _fresh(file: Path) -> Runner:
    def run(watch: Watch) -> None:
        with scratch_folder() as folder, scratch_school(folder) as school, watch.running():
            _bring_in(school, file)

    return run


def _fresh_by_orm(file: Path) -> Runner:
    def run(watch: Watch) -> None:
        with scratch_folder() as folder, scratch_database(folder) as database:
            found_for_orm(database)
            with watch.running():
                bring_in_by_orm(database, file)

    return run


def _repeated(bring_in: Callable[[Path], None], again: Path, before: Path) -> Runner:
    """The changed file each time, and the first one put back between."""

    def run(watch: Watch) -> None:
        with watch.running():
            bring_in(again)
        bring_in(before)

    return run


def _bring_in(school: Office, file: Path) -> None:
    reading = read_register([file])
    plan = school.ask(PlanRegister(reading))
    school.perform(ApplyRegister(reading, plan))

"""One pupil's permission and one pupil's name changed: what that touches is checked again, beside a full scan."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from app.bench.filled import filled_school
from app.bench.race import Race, Result, Runner, Watch
from app.bench.school import NOW
from app.domain.permissions import Answer, MediaKind
from app.services.checking_apart import check_batch
from app.services.door import Command
from app.services.engines import engine_with
from app.services.office import Office
from app.services.permissions import RecordPermission
from app.services.pupils_by_hand import ChangePupil, PupilAsEntered
from app.store.reads.items import BATCH, plain_items
from app.store.reads.register import checks_register
from app.store.reads.wordlists import own_words

SAMPLE = 10_000
"""So many items stand for the full scan: it takes as long for each of them."""

GOAL = 300.0

_Change = Callable[[Office, int], Command[Any]]


def measure(scale: float, rounds: int) -> Iterator[Result]:
    """A permission, then a name; each round another pupil."""
    office, count = filled_school(scale)
    sample = min(count, max(200, round(SAMPLE * min(1, scale * 10))))
    with office.database.reading() as session:
        some = session.connection().exec_driver_sql("SELECT id FROM pupil WHERE id % 5 ORDER BY id").scalars().all()
    changes: tuple[tuple[str, _Change], ...] = (("permission", _permission), ("name", _name))
    for what, change in changes:
        places = iter(some[1::3])

        def ours(watch: Watch, change: _Change = change, places: Iterator[int] = places) -> None:
            pupil_id = next(places)
            step = change(office, pupil_id)
            with watch.running():
                office.perform(step)

        race = Race(ours, _full_scan(office, sample), count, sample, ("Schoolgate", "its own full scan"))
        own, other = race.run(rounds)
        yield Result("recheck", f"one pupil's {what} changed, {count:,} messages", own, other, GOAL)


def _permission(office: Office, pupil_id: int) -> RecordPermission:
    with office.database.reading() as session:
        guardian = session.connection().exec_driver_sql(
            "SELECT guardian_id FROM tie WHERE pupil_id = ? AND ended_at IS NULL ORDER BY guardian_id", (pupil_id,)
        )
        adult = guardian.scalars().first()
    return RecordPermission(pupil_id, adult, MediaKind.PHOTOGRAPH, Answer.REFUSED, NOW.date())


def _name(office: Office, pupil_id: int) -> ChangePupil:
    entered = office.ask(PupilAsEntered(pupil_id))
    return ChangePupil(pupil_id, replace(entered.details, last=f"{entered.details.last}son"), entered.version)


def _full_scan(office: Office, sample: int) -> Runner:
    def run(watch: Watch) -> None:
        with office.database.reading() as session:
            ids = session.connection().exec_driver_sql("SELECT id FROM item ORDER BY id LIMIT ?", (sample,))
            wanted = list(ids.scalars())
            engine = engine_with(checks_register(session, NOW.date()), own_words(session))
            with watch.running():
                for start in range(0, len(wanted), BATCH):
                    check_batch(engine, plain_items(session, wanted[start : start + BATCH]))

    return run

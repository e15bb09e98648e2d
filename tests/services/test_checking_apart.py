"""Checking in processes of their own: what is found, in which order, and that nothing is lost when one of them dies."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.bench.filling import fill
from app.bench.school import scratch_school
from app.bench.town import messages, register
from app.domain.checks.own_words import OwnWords
from app.domain.content import AuthorRole, Item, PlainItem, item_from
from app.services import checking, checking_apart
from app.services.checking import CheckAgain
from app.services.checking_apart import Batch, Checked, check_apart, check_batch
from app.services.engines import engine_with
from app.services.office import Office

PUPILS, ITEMS = 60, 120


def plain(item: Item) -> PlainItem:
    media = tuple(each.value for each in item.media)
    return (
        item.id, item.kind.value, item.class_id, item.author.role.value, item.author.id, item.sent_at, item.text, media,
        item.tagged, item.to, item.value,
    )  # fmt: skip


@pytest.fixture(scope="module")
def batches() -> list[Batch]:
    items = [plain(item) for item in messages(ITEMS, PUPILS)]
    return [Batch(items[start : start + 15]) for start in range(0, ITEMS, 15)]


@pytest.fixture(scope="module")
def expected(batches: list[Batch]) -> Checked:
    engine = engine_with(register(PUPILS), OwnWords())
    return check_batch(engine, [item for batch in batches for item in batch.items])


def test_plain_values_are_the_item_again() -> None:
    items = list(messages(200, PUPILS))
    assert [item_from(plain(item)) for item in items] == items
    assert {item.author.role for item in items} >= {AuthorRole.STAFF, AuthorRole.PARENT}


def test_two_processes_find_what_one_does_in_the_same_order(batches: list[Batch], expected: Checked) -> None:
    found = list(check_apart(batches, register(PUPILS), OwnWords(), processes=2))
    assert [len(batch) for batch in found] == [len(batch.items) for batch in batches]
    assert [pair for batch in found for pair in batch] == expected
    assert any(each.found for each in expected)


def _end(batch: object) -> None:
    os._exit(3)


def test_no_item_is_lost_when_a_process_is_ended_from_outside(
    batches: list[Batch],
    expected: Checked,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(checking_apart, "_check", _end)
    found = list(check_apart(batches, register(PUPILS), OwnWords(), processes=1))
    assert [pair for batch in found for pair in batch] == expected


def test_who_stops_listening_leaves_no_process_behind(batches: list[Batch]) -> None:
    import multiprocessing

    found = check_apart(batches, register(PUPILS), OwnWords(), processes=1)
    assert next(found)
    found.close()  # type: ignore[attr-defined]
    assert multiprocessing.active_children() == []


@pytest.fixture
def school(tmp_path: Path) -> Iterator[Office]:
    with scratch_school(tmp_path) as office:
        fill(office, tmp_path, PUPILS, ITEMS)
        yield office


def kept(office: Office) -> list[tuple[object, ...]]:
    with office.database.reading() as session:
        rows = session.connection().exec_driver_sql(
            'SELECT item_id, "check", clause, severity, why, topics, span_start, span_end, state, origin, lapsed_at, '
            "(SELECT group_concat(pupil_id) FROM finding_pupil p WHERE p.finding_id = f.id) FROM finding f ORDER BY id"
        )
        return [tuple(row) for row in rows]


def test_the_store_holds_the_same_findings_whoever_checked(school: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    def again() -> int:
        with school.database.writing() as session:
            session.connection().exec_driver_sql("DELETE FROM finding_pupil")
            session.connection().exec_driver_sql("DELETE FROM finding")
        return school.perform(CheckAgain())

    here, found_here = again(), kept(school)
    monkeypatch.setattr(checking, "APART_FROM", 1)
    monkeypatch.setattr(checking, "APART_AT_A_TIME", 25)
    monkeypatch.setattr(checking, "can_check_apart", lambda: True)
    apart = again()
    assert apart == here == len(found_here) > 10
    assert kept(school) == found_here
    assert school.perform(CheckAgain()) == 0, "what stands already is not found anew"
    assert kept(school) == found_here


_STILLBORN = """
import os
if __name__ != "__main__":
    os._exit(4)
from app.bench.town import messages, register
from app.domain.checks.own_words import OwnWords
from app.services.checking_apart import Batch, check_apart
from tests.services.test_checking_apart import plain
items = [plain(item) for item in messages(40, 900)]
checked = check_apart([Batch(items[:20]), Batch(items[20:])], register(900), OwnWords(), processes=2)
print(sum(len(batch) for batch in checked))
"""


def test_a_process_that_cannot_start_keeps_nobody_waiting(tmp_path: Path) -> None:
    """A register of 900 pupils is more than a pipe holds: the caller once waited for ever to hand it over."""
    script = tmp_path / "stillborn.py"
    script.write_text(_STILLBORN, encoding="utf-8")
    root = str(Path(__file__).parents[2])
    done = subprocess.run(
        [sys.executable, str(script)],
        env=os.environ | {"PYTHONPATH": root},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert (done.returncode, done.stdout.strip()) == (0, "40"), done.stderr

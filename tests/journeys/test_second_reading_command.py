"""`import feed` reads what it brought in a second time before it ends, or says how much is left."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.cli import content
from app.domain.problems import Overtaken
from tests.journeys.test_command_line import Run, run, school
from tests.services.a_close_reader import GONDOLA, OneWordReader, reader

__all__ = ["reader", "run", "school"]


def feed(place: Path, count: int) -> Path:
    """A file of messages, the last of which only the closer reader sees through."""
    texts = [*(f"Thank you for day {number}" for number in range(count - 1)), GONDOLA]
    lines = [
        json.dumps(
            {
                "id": f"m{number}",
                "kind": "message",
                "class": None,
                "author": {"role": "parent", "id": None},
                "sent_at": f"2026-11-{number % 28 + 1:02}T10:00:00+00:00",
                "text": text,
            }
        )
        for number, text in enumerate(texts)
    ]
    file = place / "messages.jsonl"
    file.write_text("\n".join(lines), encoding="utf-8")
    return file


def test_an_import_ends_when_everything_was_read_twice(
    run: Run, school: Path, tmp_path: Path, reader: OneWordReader
) -> None:
    said = run("import", "feed", feed(tmp_path, 5), "--home", school)
    assert said.code == 0
    assert "5 read a second time, more closely. Of the findings, 1 came of it and" in said.out
    assert "Still to be read" not in said.out
    again = run("import", "feed", feed(tmp_path, 5), "--home", school)
    assert "a second time" not in again.out, "nothing is read twice over"
    assert len(reader.read_so_far) == 5


def test_of_very_many_the_rest_is_told(
    run: Run, school: Path, tmp_path: Path, reader: OneWordReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(content, "READ_AT_ONCE", 20)
    said = run("import", "feed", feed(tmp_path, 30), "--home", school, "--json")
    assert said.json["read_again"] == {"items": 20, "new": 0, "withdrawn": 0, "left": 10} | {
        key: said.json["read_again"][key] for key in ("new", "withdrawn")
    }
    words = run("import", "feed", feed(tmp_path, 30), "--home", school).out
    assert "10 read a second time" in words, "the next import goes on"


@pytest.mark.parametrize("fault", [KeyboardInterrupt(), Overtaken("Somebody else is saving.")])
def test_a_stop_while_it_reads_takes_nothing_back(
    run: Run,
    school: Path,
    tmp_path: Path,
    reader: OneWordReader,
    monkeypatch: pytest.MonkeyPatch,
    fault: BaseException,
) -> None:
    def stopped(_readings: object) -> None:
        raise fault

    monkeypatch.setattr(reader, "read", stopped)
    said = run("import", "feed", feed(tmp_path, 5), "--home", school)
    assert said.code == 0
    assert "5 rows read: 5 new" in said.out
    assert "Still to be read a second time: 5." in said.out
    assert "Nothing was changed" not in said.err


def test_without_a_closer_reader_nothing_is_said_of_it(run: Run, school: Path, tmp_path: Path) -> None:
    said = run("import", "feed", feed(tmp_path, 3), "--home", school, "--json")
    assert said.json["read_again"] == {"items": 0, "new": 0, "withdrawn": 0, "left": 0}
    assert "second time" not in run("import", "feed", feed(tmp_path, 3), "--home", school).out

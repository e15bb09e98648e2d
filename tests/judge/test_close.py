"""Reading closely for keeping: it comes to what a draft is told, in a few bytes that survive anything."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

np = pytest.importorskip("numpy")

from hypothesis import given  # noqa: E402
from hypothesis import strategies as st  # noqa: E402

from app.domain.checks.engine import Engine  # noqa: E402
from app.domain.checks.item_json import item_of  # noqa: E402
from app.domain.checks.judge import Kept  # noqa: E402
from app.domain.checks.register_json import parse_register  # noqa: E402
from app.domain.content import Kind  # noqa: E402
from app.judge import load_close_reader, load_judge, loading, reader_mark  # noqa: E402
from app.judge.close import Close  # noqa: E402
from app.judge.marks import MARKS  # noqa: E402
from app.judge.said import NOTHING, PLAINLY, Said, unpacked  # noqa: E402
from app.judge.wording import digest_of  # noqa: E402
from app.resources import resources  # noqa: E402
from app.services.checking import shipped_lexicons  # noqa: E402
from tests.judge.a_desk import an_item, register  # noqa: E402
from tests.judge.test_verdict import OneWord  # noqa: E402

LEXICONS = shipped_lexicons()

LEVELS = st.lists(st.integers(0, PLAINLY), min_size=len(MARKS), max_size=len(MARKS))
RANGES = st.dictionaries(
    st.integers(0, len(MARKS) - 1),
    st.tuples(st.integers(0, 900), st.integers(1, 40)).map(lambda pair: (pair[0], pair[0] + pair[1])),
    max_size=4,
)


@given(levels=LEVELS, words=RANGES)
def test_what_was_kept_is_read_back_as_it_was(levels: list[int], words: dict[int, tuple[int, int]]) -> None:
    said = Said(tuple(levels), words)
    raw = said.packed()
    assert unpacked(raw, 1_000) == said
    assert len(raw) == 2 + len(MARKS) + 5 * len(words)


@given(raw=st.binary(max_size=40), count=st.integers(0, 50))
def test_other_bytes_are_never_taken_for_a_word_that_was_kept(raw: bytes, count: int) -> None:
    said = unpacked(raw, count)
    assert said is None or (said.packed()[: 2 + len(MARKS)] == raw[: 2 + len(MARKS)])
    assert said is None or all(first < last <= count for first, last in said.words.values())


def test_what_was_kept_of_a_longer_text_is_not_believed() -> None:
    raw = Said((0,) * len(MARKS), {0: (3, 9)}).packed()
    assert unpacked(raw, 9) is not None
    assert unpacked(raw, 8) is None
    engine = Engine(register(), LEXICONS, load_judge(encoder=False))
    item = an_item("Lovely singing")
    _, fits = engine.check_again(item, Kept(raw, digest_of(engine.reading(item))))
    assert not fits


def test_close_reading_comes_to_what_a_draft_is_told() -> None:
    """Words alone come to something else on one in six of these."""
    place = resources() / "evaluation" / "ashcombe"
    known = parse_register((place / "register.json").read_text(encoding="utf-8"))
    lines = (place / "items.jsonl").read_text(encoding="utf-8").splitlines()[:18]
    items = [item_of(json.loads(line)) for line in lines]
    reader, full = load_close_reader(), Engine(known, LEXICONS, load_judge())
    lean = Engine(known, LEXICONS, load_judge(encoder=False))
    assert reader is not None
    kept = reader.read([lean.reading(item) for item in items])
    for item, each in zip(items, kept, strict=True):
        assert lean.check_again(item, each) == (full.check(item), True)


def test_the_same_words_by_the_same_sort_of_writer_are_read_once() -> None:
    model = OneWord("gondola", "office:absence")
    reader, engine = Close(model), Engine(register(), LEXICONS)
    first = reader.read([engine.reading(an_item("The gondola is stuck"))])
    model._word = "nothing"
    again = reader.read([engine.reading(an_item("The gondola is stuck")), engine.reading(an_item("A gondola again"))])
    assert again[0] == first[0]
    assert again[0].said != NOTHING.packed()
    assert again[1].said != again[0].said


def test_no_words_and_other_scripts_are_kept_as_nothing() -> None:
    reader, engine = Close(OneWord("мама", "sensitive")), Engine(register(), LEXICONS)
    texts = ("", "  \n", "мама мыла раму")
    kept = reader.read([engine.reading(an_item(text, kind=Kind.COMMENT)) for text in texts])
    assert {each.said for each in kept} == {NOTHING.packed()}


def test_the_end_of_a_long_text_is_kept_too() -> None:
    reader, engine = Close(OneWord("gondola", "safeguarding")), Engine(register(), LEXICONS, load_judge(encoder=False))
    item = an_item("all is well here " * 60 + "the gondola sank")
    (kept,) = reader.read([engine.reading(item)])
    found, fits = engine.check_again(item, kept)
    assert fits
    assert any("gondola" in item.text[slice(*finding.span)] for finding in found if finding.span)


def test_the_mark_changes_with_the_weights_and_with_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    weights, encoder = tmp_path / "judge.npz", tmp_path / "encoder.npz"
    monkeypatch.setattr(loading, "weights_path", lambda: weights)
    monkeypatch.setattr(loading, "encoder_path", lambda: encoder)
    assert reader_mark() == ""
    np.savez_compressed(weights, a=np.arange(9))
    assert reader_mark() == ""
    np.savez_compressed(encoder, b=np.arange(9))
    before = reader_mark()
    assert len(before) == 20
    np.savez_compressed(encoder, b=np.arange(9))
    assert reader_mark() == before
    np.savez_compressed(encoder, b=np.arange(1, 10))
    assert reader_mark() not in (before, "")

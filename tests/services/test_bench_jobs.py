"""Every measurement runs, small, and says sane things. Nothing here is timed: how fast is for `bench` itself."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.bench import oracle, race, telling
from app.bench.filled import let_go
from app.bench.jobs import JOBS, measure, names
from app.bench.memory import MEGABYTE
from app.bench.presidio import presidio
from app.bench.race import PeerAbsent, Promise, Race, Result, Side, Watch
from app.bench.town import messages, register
from app.domain.checks.register import PupilEntry, Register
from app.domain.content import Author, AuthorRole, Item, Kind
from app.domain.problems import Problem
from app.services.engines import shipped_lexicons

TINY = 0.001
QUICK = [job.name for job in JOBS if job.module is not None and job.name not in ("letters", "report", "scan", "store")]


def no_screen(job: str, scale: float, rounds: int) -> Iterator[Result]:
    raise AssertionError(job)


@pytest.fixture(scope="module", autouse=True)
def _gone() -> Iterator[None]:
    yield
    let_go()


@pytest.mark.parametrize("job", QUICK)
def test_each_measurement_says_what_was_done_how_each_side_did_and_what_was_promised(job: str) -> None:
    results = list(measure(job, no_screen, TINY, 1))
    assert results
    for result in results:
        assert result.job == job
        assert min(result.product.wall) > 0
        assert result.product.units >= 1
        ratio = result.ratio()
        assert ratio is None or ratio > 0
        lines = telling.lines_of(result)
        assert lines[0].startswith(f"{job}: ")
        assert all("goal" in line for line in lines if "x faster" in line or "x slower" in line)
    document = json.loads(json.dumps(telling.document_of(results, TINY, 1)))
    assert [each["job"] for each in document["results"]] == [job] * len(results)


@pytest.fixture
def _no_presidio(monkeypatch: pytest.MonkeyPatch) -> None:
    """It takes seconds to read; `test_presidio_finds_names_and_phrases` reads it once."""

    def absent(name: str) -> object:
        raise PeerAbsent(name.replace("_", "-"))

    monkeypatch.setattr("app.bench.presidio.peer_module", absent)


def test_presidio_finds_names_and_phrases() -> None:
    pytest.importorskip("presidio_analyzer")
    pytest.importorskip("spacy")
    school = register(60)
    analyze = presidio(school, shipped_lexicons())
    child = school.pupils[0]
    assert analyze(f"{child.first} {child.last} has a stomach bug") >= 2
    assert analyze(f"{child.last}, {child.first}") == 1
    assert analyze("Lovely weather.") == 0


@pytest.mark.usefixtures("_no_presidio")
def test_the_scan_misses_nothing_and_tells_its_memory() -> None:
    few, many = measure("scan", no_screen, TINY, 1)
    for result in (few, many):
        assert "missed: 0." in result.notes[0]
        assert "Peak memory" in result.notes[0]
        assert "presidio-analyzer is not installed" in result.notes[-1]


@pytest.mark.usefixtures("_no_presidio")
def test_the_whole_store_is_checked_in_a_process_of_its_own() -> None:
    (result,) = measure("store", no_screen, TINY, 1)
    assert "findings stored" in result.what
    assert result.parallel
    assert "Peak memory" in result.notes[0]


def test_what_the_desk_measures_is_asked_of_the_desk() -> None:
    asked: list[str] = []

    def on_screen(job: str, scale: float, rounds: int) -> Iterator[Result]:
        asked.append(job)
        yield from ()

    assert [*measure("search", on_screen, TINY, 1), *measure("start", on_screen, TINY, 1)] == []
    assert asked == ["search", "start"]


def test_a_measurement_that_is_none_is_named() -> None:
    with pytest.raises(Problem, match="no measurement"):
        list(measure("nothing", no_screen))
    assert {"import", "xlsx", "ctf", "scan", "store", "recheck", "checks"} <= set(names())


def test_where_a_peer_is_absent_the_line_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(name: str) -> object:
        raise PeerAbsent(name.split(".")[0])

    monkeypatch.setattr("app.bench.transfer_files.peer_module", absent)
    (result,) = measure("ctf", no_screen, TINY, 1)
    assert result.peer is None
    assert result.ratio() is None
    assert telling.verdict_of(result) == telling.OPEN
    assert any("defusedxml is not installed" in line for line in telling.lines_of(result))


def test_sides_take_turns_and_the_median_counts() -> None:
    order: list[str] = []

    def side(name: str) -> race.Runner:
        def run(watch: Watch) -> None:
            order.append(name)
            watch.wall += len(order)

        return run

    own, other = Race(side("own"), side("other")).run(3)
    assert order == ["own", "other"] * 3
    assert own.each() == 3.0
    assert other is not None
    assert other.each() == 4.0


@pytest.mark.parametrize(
    ("own", "slower", "verdict"), [(1.0, False, "met"), (3.0, False, "MISSED"), (3.0, True, "met")]
)
def test_a_goal_is_met_or_missed(own: float, slower: bool, verdict: str) -> None:
    result = Result("x", "y", Side("a", 1, (own,), (own,)), Side("b", 1, (2.0,), (2.0,)), 1.5, slower)
    assert telling.verdict_of(result) == verdict


@cache
def small_school() -> Register:
    made = register(60)
    extra = (PupilEntry("p901", "Zoë", "Łukasz", "c1"), PupilEntry("p902", "Aoife", "O’Neill-Smith", "c1"))
    return Register(made.school, made.classes, made.staff, (*made.pupils, *extra), made.guardians)


def test_the_oracle_reads_plainly() -> None:
    assert oracle.plain_words("Zoë ŁUKASZ’S hat") == ["zoe", "lukasz's", "hat"]
    zoe = small_school().pupils[-2]
    assert oracle.places_of(zoe, oracle.plain_words("and Zoe Lukasz's hat")) == [1]
    assert oracle.places_of(zoe, oracle.plain_words("Zoe and Lukasz")) == []


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_nothing_that_the_oracle_knows_of_is_missed(data: st.DataObject) -> None:
    school = small_school()
    pupil = data.draw(st.sampled_from(school.pupils))
    stock = [item.text for item in messages(40, 60)]
    first, last = pupil.first, pupil.last
    name = data.draw(
        st.sampled_from(
            [
                f"{first} {last}",
                f"{first} {last}'s",
                f"{first} {last}’s",
                f"{first} {last}".upper(),
                f"{first} {last}, ",
            ]
        )
    )
    before, after = data.draw(st.sampled_from(stock)), data.draw(st.sampled_from(stock))
    text = data.draw(st.sampled_from([f"{name} {after}", f"{before} {name}", f"{before}\n{name} {after}"]))
    item = Item("1", Kind.CLASS_STORY, "c1", Author(AuthorRole.STAFF, "s1"), None, text)
    verdict = oracle.compare([item], school, shipped_lexicons())
    assert verdict.missed == ()
    assert verdict.known > 0


@pytest.mark.parametrize(
    ("seconds", "peak", "verdict"), [(1.0, 90, "met"), (4.0, 90, "MISSED"), (1.0, 101, "MISSED"), (3.0, 100, "met")]
)
def test_where_there_is_no_peer_a_promise_is_kept_or_not(seconds: float, peak: int, verdict: str) -> None:
    side = Side("Schoolgate", 1, (seconds,), (seconds,))
    result = Result("report", "x", side, None, 0, promise=Promise(3.0, 100 * MEGABYTE), peak=peak * MEGABYTE)
    assert telling.verdict_of(result) == verdict
    assert f"goal at most 3 s and 100 MB: {verdict}" in telling.lines_of(result)[-1]
    (told,) = telling.document_of([result], 1.0, 3)["results"]
    assert (told["met"], told["goal_seconds"], told["peak_bytes"]) == (verdict == "met", 3.0, peak * MEGABYTE)


def test_reports_are_measured_by_form_in_a_process_of_their_own() -> None:
    pdf, xlsx = [result for result in measure("report", no_screen, TINY, 1) if result.promise is not None]
    assert pdf.what.startswith("monitoring as PDF, ")
    assert xlsx.what.startswith("monitoring as XLSX, ")
    assert pdf.peak > 30 * MEGABYTE

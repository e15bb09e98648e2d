"""Presenters alone: what comes next in the queue, the item in hand, the words of an import. No widget is made here."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import app.ui.screens as screens
from app.domain.checks.finding import Check
from app.domain.enrolment_shapes import RegisterPlan
from app.domain.incoming import FeedReading, Remark, Skipped
from app.domain.problems import Overtaken, Problem
from app.domain.review import FindingState, Reason, Verdict
from app.services.office import Office
from app.services.review import GiveVerdict, ReferToSafeguarding, TakeBackVerdict
from app.ui.screens.imports.changes import Taking
from app.ui.screens.imports.plan_lines import feed_lines, plan_lines
from app.ui.screens.review.item_presenter import ItemPresenter
from app.ui.screens.review.presenter import GROUPS, QueuePresenter, following, suggested_brief
from tests.services.rows import an_item

ORDERS = st.lists(st.integers(1, 60), unique=True, max_size=12)


def test_no_presenter_knows_of_qt() -> None:
    folder = Path(screens.__path__[0])
    presenters = [*folder.rglob("*presenter.py"), folder / "imports" / "plan_lines.py"]
    assert len(presenters) >= 7
    for place in presenters:
        tree = ast.parse(place.read_text(encoding="utf-8"))
        modules = [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
        modules += [name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names]
        assert not [module for module in modules if module.startswith(("PySide6", "app.ui.parts", "app.ui.shell"))], (
            place
        )


@pytest.mark.parametrize(
    ("order", "here", "place", "by", "wanted"),
    [
        ((1, 2, 3), 1, 0, 1, 2),
        ((1, 2, 3), 3, 2, 1, 1),
        ((1, 2, 3), 1, 0, -1, 3),
        ((2, 3), 1, 0, 1, 2),
        ((1, 3), 2, 1, 1, 3),
        ((1, 2), 3, 2, 1, 1),
        ((1, 3), 2, 1, -1, 1),
        ((1,), 1, 0, 1, None),
        ((), 7, 0, 1, None),
        ((4, 5), None, 0, 1, 4),
    ],
)
def test_what_comes_next(order: Sequence[int], here: int | None, place: int, by: int, wanted: int | None) -> None:
    assert following(order, here, place, by) == wanted


@given(ORDERS, st.integers(1, 60), st.integers(0, 12), st.sampled_from([1, -1]))
def test_the_next_is_another_of_the_queue(order: list[int], here: int, place: int, by: int) -> None:
    found = following(order, here, place, by)
    others = set(order) - {here}
    assert (found is None) == (not others)
    assert found is None or found in others


@given(ORDERS.filter(lambda order: len(order) > 1), st.data())
def test_next_and_previous_undo_one_another_and_go_all_the_way_round(order: list[int], data: st.DataObject) -> None:
    here = data.draw(st.sampled_from(order))
    there = following(order, here, 0, 1)
    assert there is not None
    assert following(order, there, 0, -1) == here
    seen = [here]
    while (step := following(order, seen[-1], 0, 1)) != here:
        assert step is not None
        seen.append(step)
    assert sorted(seen) == sorted(order)


def test_soon_and_later_and_harm_hold_every_check_once() -> None:
    parts = [GROUPS[key][1] for key in ("harm", "soon", "later")]
    assert frozenset().union(*parts) == frozenset(Check)
    assert sum(len(part) for part in parts) == len(Check)
    topics = [checks for key, (_, checks) in GROUPS.items() if key not in ("soon", "later")]
    assert sum(len(part) for part in topics) == len(frozenset().union(*topics)) == len(Check)


def test_the_counts_are_of_the_whole_queue_whatever_is_kept(slt: Office) -> None:
    an_item(slt, "Ella Marsh did it")
    an_item(slt, "You are a fool", check=Check.ABUSE)
    presenter = QueuePresenter(slt)
    presenter.load()
    whole = presenter.counts()
    presenter.keep(frozenset({"names"}))
    assert len(presenter.load()) == 1
    assert presenter.is_narrowed
    assert presenter.counts() == whole
    assert (whole["names"], whole["conduct"], whole["hours"]) == (1, 1, 0)


def test_the_item_in_hand_is_judged_and_taken_back(slt: Office) -> None:
    item, finding = an_item(slt)
    presenter = ItemPresenter(slt)
    presenter.open(item)
    assert (presenter.chosen, presenter.number, presenter.item_done) == (finding, 1, False)
    assert presenter.choose_number(1)
    assert not presenter.choose_number(2)
    presenter.give(Verdict.UPHELD, Reason.REPEATED, " twice ")
    assert (presenter.item_done, presenter.reread()) == (True, False)
    last = presenter.take_back()
    assert last is not None
    assert (last.item_id, last.finding_id) == (item, finding)
    assert (presenter.item_done, presenter.take_back()) == (False, None)


def test_what_others_did_is_noticed_and_not_overwritten(slt: Office, head: Office) -> None:
    item, finding = an_item(slt)
    presenter = ItemPresenter(slt)
    presenter.open(item)
    verdict = head.perform(GiveVerdict(finding, Verdict.UPHELD, Reason.REPEATED))
    with pytest.raises(Overtaken):
        presenter.give(Verdict.FALSE_ALARM, Reason.MISREAD, "")
    assert presenter.given == []
    assert presenter.reread()
    assert presenter.finding(finding) is not None
    head.perform(TakeBackVerdict(verdict))
    presenter.reread()
    presenter.give(Verdict.ADVICE, Reason.SLIP, "")
    card = presenter.finding(finding)
    assert card is not None
    assert card.state is FindingState.ADVICE
    head.perform(ReferToSafeguarding(item))
    with pytest.raises(Problem, match="referred"):
        presenter.reread()
    assert presenter.shown is None
    assert not presenter.reread()


def test_the_brief_message_is_the_items_own_words_on_one_line(slt: Office) -> None:
    item, _ = an_item(slt, "Sam is\n\n  ill " + "very " * 200, check=Check.OFFICE)
    presenter = ItemPresenter(slt)
    brief = suggested_brief(presenter.open(item))
    assert brief.startswith("Unknown person: Sam is ill very very")
    assert len(brief) < 320


def test_an_import_says_rejections_first_and_counts_what_is_left_out() -> None:
    remark = Remark("list.csv", 4, "DOB", "This is no date.")
    plan = RegisterPlan(1, (), (), (), (), (), (), (), (), 0, (remark,), ())
    line = plan_lines(plan, Taking())[0]
    assert (line.outcome, line.who, line.what) == ("Rejected", "Row 4, DOB", "This is no date.")
    feed = FeedReading("story", ("a.json",), 3, skipped=(Skipped("a.json", "Scheduled posts are left out.", 3),))
    lines = feed_lines(feed)
    assert [(line.outcome, line.who, line.what) for line in lines] == [
        ("Left out", "3", "Scheduled posts are left out.")
    ]

"""The permissions board: undecided first, what runs out within sixty days, where adults disagree (P8)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from app.domain.permissions import Answer, MediaKind
from app.services.care import BarPictures
from app.services.coverage import FormsOf, PermissionBoard
from app.services.office import Office
from app.services.permissions import RecordPermission
from app.store.reads.coverage import CoverageLine, Standing
from app.store.tables.people import TieRow
from tests.services.rows import a_class, a_guardian, a_pupil

TODAY = date(2026, 11, 23)
PHOTOGRAPH = MediaKind.PHOTOGRAPH


def line_of(office: Office, class_name: str, kind: MediaKind = PHOTOGRAPH) -> CoverageLine:
    return next(line for line in office.ask(PermissionBoard()) if line.class_name == class_name and line.kind is kind)


def say(office: Office, pupil: int, answer: Answer, expires: date | None = None, who: str = "Joanne") -> None:
    adult = a_guardian(office, pupil, who)
    office.perform(RecordPermission(pupil, adult, PHOTOGRAPH, answer, TODAY, expires_on=expires))


def test_a_line_counts_every_child_once(slt: Office) -> None:
    willow = a_class(slt)
    first, last_day, later, refused, torn, barred = [a_pupil(slt, f"Child{n}", "Marsh", willow) for n in range(6)]
    a_pupil(slt, "Nobody", "Asked", willow)
    say(slt, first, Answer.GIVEN)
    say(slt, last_day, Answer.GIVEN, TODAY + timedelta(days=59))
    say(slt, later, Answer.GIVEN, TODAY + timedelta(days=60))
    say(slt, refused, Answer.REFUSED)
    say(slt, torn, Answer.GIVEN)
    say(slt, torn, Answer.REFUSED, who="Dean")
    say(slt, barred, Answer.GIVEN)
    slt.perform(BarPictures(barred, True))
    line = line_of(slt, "Willow")
    assert {standing: line.count(standing) for standing in Standing} == {
        Standing.UNDECIDED: 1,
        Standing.CONFLICT: 1,
        Standing.EXPIRING: 1,
        Standing.NO: 2,
        Standing.YES: 2,
    }
    assert (line.may, line.answered, len(line.pupils)) == (3, 6, 7)
    assert [one.standing for one in line.pupils][:3] == [Standing.UNDECIDED, Standing.CONFLICT, Standing.EXPIRING]
    assert line.pupils[2].runs_out == TODAY + timedelta(days=59)
    assert all(one.runs_out is None for one in line.pupils if one.standing is not Standing.EXPIRING)


def test_the_class_with_most_undecided_stands_first(clerk: Office) -> None:
    oak, willow = a_class(clerk, "Oak"), a_class(clerk)
    say(clerk, a_pupil(clerk, class_id=oak), Answer.GIVEN)
    a_pupil(clerk, "Oscar", "Khan", willow)
    a_pupil(clerk, "Idris", "Cole", willow)
    a_pupil(clerk, "Una", "Reed")
    board = clerk.ask(PermissionBoard())
    assert len(board) == 9
    assert [line.class_name for line in board[:3]] == ["Willow"] * 3
    assert (board[-1].class_name, board[-1].kind) == ("Oak", PHOTOGRAPH)
    assert {line.class_name for line in board} == {"Oak", "Willow", "No class"}


def test_another_adults_yes_without_an_end_does_not_hide_one_that_ends(clerk: Office) -> None:
    pupil = a_pupil(clerk, class_id=a_class(clerk))
    say(clerk, pupil, Answer.GIVEN)
    say(clerk, pupil, Answer.GIVEN, TODAY + timedelta(days=5), who="Dean")
    assert line_of(clerk, "Willow").pupils[0].standing is Standing.EXPIRING


@pytest.mark.parametrize(
    ("order", "expected"), [((2, 1), ["Dean Marsh", "Joanne Marsh"]), ((1, 2), ["Joanne Marsh", "Dean Marsh"])]
)
def test_the_first_adult_with_responsibility_is_offered_first(
    clerk: Office, order: tuple[int, int], expected: list[str]
) -> None:
    willow = a_class(clerk)
    pupil = a_pupil(clerk, class_id=willow)
    joanne, dean = a_guardian(clerk, pupil), a_guardian(clerk, pupil, "Dean")
    a_guardian(clerk, pupil, "Unsaid", responsibility=None)
    a_guardian(clerk, pupil, "Friend", responsibility=False)
    with clerk.database.writing() as session:
        for tie in session.query(TieRow).filter(TieRow.guardian_id.in_([joanne, dean])):
            tie.contact_order = order[0] if tie.guardian_id == joanne else order[1]
    (line,) = clerk.ask(FormsOf(willow))
    assert [adult.name for adult in line.adults] == [*expected, "Unsaid Marsh"]
    assert line.name == "Marsh, Ella"


def test_what_was_said_before_stands_beside_the_form(clerk: Office) -> None:
    willow = a_class(clerk)
    pupil = a_pupil(clerk, class_id=willow)
    joanne = a_guardian(clerk, pupil)
    for answer in (Answer.GIVEN, Answer.WITHDRAWN):
        clerk.perform(RecordPermission(pupil, joanne, PHOTOGRAPH, answer, TODAY))
    clerk.perform(RecordPermission(pupil, None, PHOTOGRAPH, Answer.REFUSED, TODAY))
    (line,) = clerk.ask(FormsOf(willow))
    assert line.said == {(joanne, PHOTOGRAPH): Answer.WITHDRAWN, (None, PHOTOGRAPH): Answer.REFUSED}

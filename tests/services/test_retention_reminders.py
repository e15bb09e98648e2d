"""Today reminds the headteacher of what has reached the end of its time, and nobody else (K4)."""

from __future__ import annotations

import pytest

from app.domain.retention import Kept
from app.domain.roles import Role
from app.services.office import Office
from app.services.retention_destroying import ApproveDestruction, GoOnDestroying
from app.services.retention_holds import PlaceHold
from app.services.retention_preview import DueToday
from app.services.today import Today, TodayLine
from tests.conftest import NOW, OfficeOf, StandingClock
from tests.services.retention_rows import WORD, old_records
from tests.services.test_evidence import office, opens, real, vault
from tests.services.test_retention import NEXT_YEAR, confirm_all

__all__ = ["office", "opens", "real", "vault"]


def reminded(who: Office) -> list[TodayLine]:
    return [line for line in who.ask(Today()).due if line.area == "retention"]


def test_nothing_is_due_under_lines_that_nobody_confirmed(office: Office) -> None:
    old_records(office)
    assert reminded(office) == []


def test_records_whose_day_has_come_are_one_line_until_they_are_gone(office: Office) -> None:
    old_records(office)
    confirm_all(office)
    (line,) = reminded(office)
    assert (line.lens, line.tone) == ("due", "info")
    assert WORD not in f"{line}"
    number = office.perform(ApproveDestruction(office.ask(DueToday()).seal, 1)).destruction_id
    (line,) = reminded(office)
    assert "cut off" in line.what
    assert office.perform(GoOnDestroying(number, 5_000)).finished
    assert reminded(office) == []


def test_what_is_held_is_not_due_and_its_hold_is_looked_at_again(office: Office, clock: StandingClock) -> None:
    old_records(office)
    confirm_all(office)
    for kind in Kept:
        if office.ask(DueToday()).count:
            office.perform(PlaceHold(kind, (), "An inquiry.", NEXT_YEAR))
    assert office.ask(DueToday()).count == 0
    assert reminded(office) == []
    clock.now = NOW.replace(year=2027, month=12)
    (line,) = [line for line in reminded(office) if line.lens == "holds"]
    assert line.when == NEXT_YEAR
    assert "An inquiry" not in f"{line}"


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.HEADTEACHER])
def test_nobody_else_is_reminded(office: Office, office_of: OfficeOf, role: Role) -> None:
    old_records(office)
    confirm_all(office)
    assert reminded(office_of(role)) == []

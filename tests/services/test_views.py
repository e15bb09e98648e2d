"""Saved views: one's own, in the store, read again as they were."""

from __future__ import annotations

import pytest

from app.domain.problems import Overtaken, Refused
from app.services.office import Office
from app.services.views import MOST, RemoveView, SavedViews, SaveView
from app.store.reads.pupils import PupilFilter
from tests.services.rows import everything

CHASE = PupilFilter(words="ella", class_id=3, unlinked=True)


def test_a_view_is_kept_replaced_and_let_go(clerk: Office) -> None:
    first = clerk.perform(SaveView("To chase", CHASE))
    assert [(v.name, v.filter) for v in clerk.ask(SavedViews())] == [("To chase", CHASE)]
    year = PupilFilter(year="3", barred=True)
    assert clerk.perform(SaveView("to chase ", year)) == first
    assert [(v.name, v.filter) for v in clerk.ask(SavedViews())] == [("to chase", year)]
    clerk.perform(RemoveView(first))
    assert clerk.ask(SavedViews()) == ()
    with pytest.raises(Overtaken):
        clerk.perform(RemoveView(first))


def test_nobody_sees_or_removes_anothers_view(clerk: Office, slt: Office) -> None:
    mine = clerk.perform(SaveView("To chase", CHASE))
    assert slt.ask(SavedViews()) == ()
    with pytest.raises(Overtaken):
        slt.perform(RemoveView(mine))
    slt.perform(SaveView("To chase", PupilFilter(left=True)))
    assert clerk.ask(SavedViews())[0].filter == CHASE


def test_a_view_needs_a_name_and_something_to_show(clerk: Office) -> None:
    with pytest.raises(Refused, match="a name"):
        clerk.perform(SaveView("  ", CHASE))
    with pytest.raises(Refused, match="show everybody"):
        clerk.perform(SaveView("All", PupilFilter()))
    for place in range(MOST):
        clerk.perform(SaveView(f"View {place}", CHASE))
    with pytest.raises(Refused, match="Remove one"):
        clerk.perform(SaveView("One more", CHASE))


def test_what_is_searched_for_stands_in_no_audit_line(clerk: Office) -> None:
    clerk.perform(SaveView("Mine", PupilFilter(words="zzgribble")))
    assert everything(clerk).count("zzgribble") == 1
    assert "zzgribble" not in repr(SaveView("Mine", PupilFilter(words="zzgribble")))

"""Classes and their staff, kept by hand (H7, T11)."""

from __future__ import annotations

from datetime import date

import pytest

from app.domain.problems import Overtaken, Refused
from app.services.classes import (
    AddClass,
    ChangeClass,
    ChangeStaff,
    Classes,
    ClassLine,
    EndClass,
    EndStaff,
    ReopenClass,
    StaffClass,
)
from app.services.office import Office
from app.services.pupils_by_hand import MovePupils
from app.services.school import RecordStaff, School
from tests.services.rows import a_class, a_pupil

TODAY = date(2026, 11, 23)


def of(office: Office, class_id: int) -> ClassLine:
    return next(line for line in office.ask(Classes()).classes if line.id == class_id)


def test_classes_stand_by_year_with_their_pupils_and_staff(clerk: Office) -> None:
    oak = clerk.perform(AddClass("Oak", "5"))
    ash = clerk.perform(AddClass("Ash", "R"))
    a_pupil(clerk, class_id=oak)
    a_pupil(clerk, "Sam", "Reed")
    holt = clerk.perform(RecordStaff("Mrs Holt", classes=("Oak",)))
    board = clerk.ask(Classes())
    assert [(line.id, line.pupils) for line in board.classes] == [(ash, 0), (oak, 1)]
    assert board.classes[1].staff == ((holt, "Mrs Holt"),)
    assert board.staff[0].classes == ((oak, "Oak"),)
    assert board.unplaced == 1


@pytest.mark.parametrize("name", ["willow", " Willow ", "WILLOW"])
def test_two_classes_in_use_never_share_a_name(clerk: Office, name: str) -> None:
    a_class(clerk, "Willow")
    with pytest.raises(Refused, match="There is a class called Willow already"):
        clerk.perform(AddClass(name))


def test_a_class_needs_a_name_and_a_year_of_ours(clerk: Office) -> None:
    with pytest.raises(Refused, match="needs a name"):
        clerk.perform(AddClass("  "))
    with pytest.raises(Refused, match="Choose a year group"):
        clerk.perform(AddClass("Oak", "11"))


def test_a_class_is_renamed_and_keeps_its_own_name(clerk: Office) -> None:
    willow = a_class(clerk)
    clerk.perform(ChangeClass(willow, "Willow", "4"))
    clerk.perform(ChangeClass(willow, "4 Willow", "4"))
    assert (of(clerk, willow).name, of(clerk, willow).year_group) == ("4 Willow", "4")


def test_a_class_ends_once_nobody_is_in_it_and_can_be_taken_up_again(clerk: Office) -> None:
    willow, oak = a_class(clerk), a_class(clerk, "Oak")
    pupil = a_pupil(clerk, class_id=willow)
    clerk.perform(RecordStaff("Mrs Holt", classes=("Willow",)))
    with pytest.raises(Refused, match="1 pupil is still in this class"):
        clerk.perform(EndClass(willow))
    clerk.perform(MovePupils((pupil,), oak))
    clerk.perform(EndClass(willow))
    assert not of(clerk, willow).active
    assert of(clerk, willow).staff == ()
    assert [name for _, name, _ in clerk.ask(School()).classes] == ["Oak"]
    with pytest.raises(Overtaken):
        clerk.perform(EndClass(willow))
    clerk.perform(ReopenClass(willow))
    assert of(clerk, willow).active


def test_an_ended_class_does_not_come_back_under_a_name_that_is_taken(clerk: Office) -> None:
    old = a_class(clerk)
    clerk.perform(EndClass(old))
    a_class(clerk, "Willow")
    with pytest.raises(Refused, match="already"):
        clerk.perform(ReopenClass(old))


def test_who_works_in_a_class_is_said_whole(clerk: Office) -> None:
    willow = a_class(clerk)
    holt, dean = clerk.perform(RecordStaff("Mrs Holt")), clerk.perform(RecordStaff("Mr Dean"))
    clerk.perform(StaffClass(willow, frozenset({holt})))
    clerk.perform(StaffClass(willow, frozenset({dean})))
    assert of(clerk, willow).staff == ((dean, "Mr Dean"),)
    clerk.perform(EndStaff(dean, TODAY))
    assert of(clerk, willow).staff == ()
    with pytest.raises(Refused, match="has left since"):
        clerk.perform(StaffClass(willow, frozenset({dean})))
    clerk.perform(EndClass(willow))
    with pytest.raises(Refused, match="has ended"):
        clerk.perform(StaffClass(willow, frozenset({holt})))


def test_staff_are_renamed_and_leave(clerk: Office) -> None:
    holt, _ = clerk.perform(RecordStaff("Mrs Holt")), clerk.perform(RecordStaff("Mr Dean"))
    clerk.perform(ChangeStaff(holt, "Mrs Holt-Reed", "leader", "holt@school.example"))
    assert [line.name for line in clerk.ask(Classes()).staff] == ["Mr Dean", "Mrs Holt-Reed"]
    with pytest.raises(Refused, match="is called Mr Dean"):
        clerk.perform(ChangeStaff(holt, "mr dean", "teacher"))
    with pytest.raises(Refused, match="lies ahead"):
        clerk.perform(EndStaff(holt, date(2026, 12, 1)))
    clerk.perform(EndStaff(holt, TODAY))
    with pytest.raises(Overtaken):
        clerk.perform(EndStaff(holt, TODAY))

"""Who allowed what to be shown, and who may read why not."""

from __future__ import annotations

from datetime import date

import pytest

from app.domain.care import CareRecord, LegalStatus
from app.domain.permissions import Answer, MediaKind
from app.domain.problems import NotAllowed, Problem, Refused
from app.services.care import BarPictures, LookAtCare, RecordCare
from app.services.office import Office
from app.services.permissions import RecordPermission
from app.services.pupils import Pupil, Pupils
from tests.services.rows import a_class, a_guardian, a_pupil

DAY = date(2026, 9, 10)


def photograph(office: Office, pupil: int) -> tuple[bool, str]:
    ruling = office.ask(Pupil(pupil)).line.rulings[MediaKind.PHOTOGRAPH]
    return ruling.allowed, ruling.words


def test_a_yes_permits_and_a_withdrawal_ends_it_at_once(clerk: Office) -> None:
    pupil = a_pupil(clerk)
    mother = a_guardian(clerk, pupil)
    assert photograph(clerk, pupil) == (False, "Undecided")
    clerk.perform(RecordPermission(pupil, mother, MediaKind.PHOTOGRAPH, Answer.GIVEN, DAY))
    assert photograph(clerk, pupil) == (True, "Given")
    clerk.perform(RecordPermission(pupil, mother, MediaKind.PHOTOGRAPH, Answer.WITHDRAWN, DAY))
    assert photograph(clerk, pupil) == (False, "Withdrawn")


def test_adults_who_disagree_mean_no(clerk: Office) -> None:
    pupil = a_pupil(clerk)
    mother, father = a_guardian(clerk, pupil), a_guardian(clerk, pupil, "Dean")
    clerk.perform(RecordPermission(pupil, mother, MediaKind.PHOTOGRAPH, Answer.GIVEN, DAY))
    clerk.perform(RecordPermission(pupil, father, MediaKind.PHOTOGRAPH, Answer.REFUSED, DAY))
    assert photograph(clerk, pupil) == (False, "Adults disagree")


@pytest.mark.parametrize("responsibility", [False])
def test_an_adult_without_responsibility_decides_nothing(clerk: Office, responsibility: bool) -> None:
    pupil = a_pupil(clerk)
    friend = a_guardian(clerk, pupil, responsibility=responsibility)
    with pytest.raises(Refused, match="parental responsibility"):
        clerk.perform(RecordPermission(pupil, friend, MediaKind.PHOTOGRAPH, Answer.GIVEN, DAY))


def test_bad_answers_are_refused(clerk: Office) -> None:
    pupil = a_pupil(clerk)
    stranger = a_guardian(clerk, a_pupil(clerk, "Oscar", "Khan"))
    with pytest.raises(Refused, match="does not tie"):
        clerk.perform(RecordPermission(pupil, stranger, MediaKind.PHOTOGRAPH, Answer.GIVEN, DAY))
    with pytest.raises(Refused, match="lies ahead"):
        clerk.perform(RecordPermission(pupil, None, MediaKind.PHOTOGRAPH, Answer.GIVEN, date(2027, 1, 1)))
    with pytest.raises(Refused, match="run out before"):
        clerk.perform(
            RecordPermission(pupil, None, MediaKind.PHOTOGRAPH, Answer.GIVEN, DAY, expires_on=date(2026, 1, 1))
        )
    with pytest.raises(Problem, match="no longer"):
        clerk.perform(RecordPermission(999, None, MediaKind.PHOTOGRAPH, Answer.GIVEN, DAY))


def test_the_office_writes_a_care_record_and_cannot_read_it(clerk: Office, slt: Office) -> None:
    pupil = a_pupil(clerk)
    mother = a_guardian(clerk, pupil)
    clerk.perform(RecordPermission(pupil, mother, MediaKind.PHOTOGRAPH, Answer.GIVEN, DAY))
    record = CareRecord(pupil, LegalStatus.CARE_ORDER, "Northshire", social_worker="Sam Reed", starts=DAY)
    clerk.perform(RecordCare(record))
    with pytest.raises(NotAllowed):
        clerk.perform(LookAtCare(pupil))
    assert slt.perform(LookAtCare(pupil)) == record
    assert photograph(clerk, pupil) == (False, "May not be shown")
    assert "care" not in repr(clerk.ask(Pupil(pupil))).lower()
    assert "Northshire" not in repr(clerk.ask(Pupils()))


def test_care_with_permission_for_images_lifts_the_bar(slt: Office) -> None:
    pupil = a_pupil(slt)
    mother = a_guardian(slt, pupil)
    slt.perform(RecordPermission(pupil, mother, MediaKind.PHOTOGRAPH, Answer.GIVEN, DAY))
    slt.perform(RecordCare(CareRecord(pupil, LegalStatus.SECTION_20)))
    assert photograph(slt, pupil)[0] is False
    allowed = CareRecord(pupil, LegalStatus.SECTION_20, decides="Mother", images_allowed=True)
    slt.perform(RecordCare(allowed))
    assert photograph(slt, pupil) == (True, "Given")
    assert slt.perform(LookAtCare(pupil)) == allowed


def test_a_bar_outweighs_every_answer(slt: Office) -> None:
    pupil = a_pupil(slt)
    mother = a_guardian(slt, pupil)
    slt.perform(RecordPermission(pupil, mother, MediaKind.PHOTOGRAPH, Answer.GIVEN, DAY))
    slt.perform(BarPictures(pupil, True))
    assert photograph(slt, pupil) == (False, "May not be shown")
    slt.perform(BarPictures(pupil, False))
    assert photograph(slt, pupil) == (True, "Given")


def test_a_namesake_in_the_class_brings_the_initial(clerk: Office) -> None:
    willow = a_class(clerk)
    first, second = a_pupil(clerk, "Ella", "Marsh", willow), a_pupil(clerk, "Ella", "Khan", willow)
    a_pupil(clerk, "Ella", "Reed", a_class(clerk, "Oak"))
    assert [line.permitted for line in clerk.ask(Pupils())] == ["Ella K", "Ella M", "Ella"]
    assert clerk.ask(Pupil(first)).line.permitted == "Ella M"
    assert clerk.ask(Pupil(second)).line.permitted == "Ella K"

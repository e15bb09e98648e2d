"""The class lists of other people: every one of them reads, or is refused in a sentence, exactly so."""

from __future__ import annotations

from datetime import date

import pytest

from app.domain.enrolment import KnownRegister, plan_register
from app.domain.incoming import RegisterReading
from app.domain.problems import Unreadable
from app.intake.read import read_register
from tests.intake.files import TODAY, told
from tests.shared import shared


def reading(name: str) -> RegisterReading:
    return read_register([shared("samples", "class-lists", name)], today=TODAY)


@pytest.mark.parametrize(
    ("name", "rows", "pupils", "guardians", "rejected", "warnings"),
    [
        (
            "valid.csv", 4, 4, 5, [],
            [(2, "guardian 1 name"), (5, "guardian 1 name"), (2, "year"), (3, "date of birth")],
        ),
        ("valid_extra_fields.csv", 3, 3, 4, [], [(2, "guardian 1 name"), (2, "year")]),
        ("valid_instruction_row.csv", 1, 1, 0, [], [(3, "date of birth")]),
        ("valid_minimal.csv", 1, 1, 0, [], [(2, "date of birth")]),
        ("valid_with_bom.csv", 1, 1, 0, [], [(2, "date of birth")]),
        ("duplicates.csv", 3, 3, 3, [], [(2, "date of birth")]),
        ("review_one.csv", 4, 4, 4, [], [(2, "year")]),
        ("review_one_new_patient.csv", 1, 1, 1, [], [(2, "year")]),
        ("review_two.csv", 5, 5, 4, [], [(2, "year")]),
        ("pds_extravaganza.csv", 1, 1, 0, [], [(2, "year")]),
        ("class-list-import-template.xlsx", 0, 0, 0, [], [(1, None)]),
        ("cohort-import-template.xlsx", 0, 0, 0, [], [(1, None)]),
        ("invalid_instruction_row.csv", 1, 0, 0, [(3, "date of birth")], []),
        ("invalid_minimal.csv", 1, 0, 0, [(2, "date of birth")], []),
        (
            "invalid_fields.csv", 16, 12, 12,
            [(3, "last name"), (8, "first name"), (9, "date of birth"), (16, "date of birth")],
            [
                (4, "guardian 1 name"), (14, "guardian 1 email"), (15, "guardian 1 phone"), (17, "postcode"),
                (4, "date of birth"), (5, "class"),
            ],
        ),
    ],
)  # fmt: skip
def test_every_list_reads(
    name: str,
    rows: int,
    pupils: int,
    guardians: int,
    rejected: list[tuple[int, str]],
    warnings: list[tuple[int, str | None]],
) -> None:
    found = reading(name)
    assert found.files == (name,)
    assert found.format == name.rpartition(".")[2]
    assert (found.rows, len(found.pupils)) == (rows, pupils)
    assert sum(len(pupil.guardians) for pupil in found.pupils) == guardians
    assert told(found.rejected) == rejected
    assert told(found.warnings) == warnings
    assert {remark.file for remark in found.rejected + found.warnings} <= {name}


def test_malformed_list_is_refused_in_one_sentence_that_names_the_row() -> None:
    with pytest.raises(Unreadable) as refusal:
        reading("malformed.csv")
    assert refusal.value.sentence == (
        "malformed.csv cannot be read: the quotation mark opened in row 3 is never closed. "
        "Open the file, correct that row and save it again."
    )


def test_reasons_for_rejection_say_what_is_wrong() -> None:
    reasons = [remark.reason for remark in reading("invalid_fields.csv").rejected]
    assert reasons == [
        "The last name is missing.",
        "The first name is missing.",
        "The date of birth is missing.",
        'The date of birth "invalid" is not a date. Write it as 31/08/2019 or 2019-08-31.',
    ]


def test_values_that_cannot_be_read_are_left_empty_and_the_row_kept() -> None:
    pupils = {pupil.row: pupil for pupil in reading("invalid_fields.csv").pupils}
    assert pupils[14].guardians[0].email is None
    assert pupils[15].guardians[0].phones == ()
    assert pupils[17].postcode is None
    assert pupils[14].guardians[0].phones == ("07412345678",)


def test_dates_of_both_kinds_and_the_rest_of_a_row() -> None:
    jenny, jimmy, mark, gae = reading("valid.csv").pupils
    assert [pupil.born for pupil in (jenny, jimmy, mark, gae)] == [
        date(2010, 1, 1),
        date(2010, 1, 2),
        date(2010, 1, 3),
        date(2010, 4, 9),
    ]
    assert (jenny.first, jenny.last, jenny.preferred, jenny.class_name) == ("Jennifer", "Clarke", "Jenny", "ABC")
    assert (jenny.postcode, jenny.address) == ("SW1A 1AA", "10 Downing Street, London")
    assert gae.last == "Thorne-Smith"


def test_adult_with_an_email_and_no_name_is_kept_and_called_by_it() -> None:
    adult = reading("valid.csv").pupils[0].guardians[0]
    assert (adult.name, adult.email, adult.phones) == (None, "susan@example.com", ("07412345678",))
    assert adult.called == "susan@example.com"


def test_both_parents_of_a_row_with_order_and_relationship() -> None:
    jane, richard = reading("valid.csv").pupils[2].guardians
    assert (jane.first, jane.last, jane.relationship, jane.order) == ("Jane", "Doe", "Mother", 1)
    assert (richard.first, richard.relationship, richard.order, richard.phones) == ("Richard", "Father", 2, ())


def test_the_health_service_number_is_read_nowhere() -> None:
    for name in ("valid.csv", "review_one.csv", "duplicates.csv"):
        text = repr(reading(name))
        assert "999" not in text
        assert "94357" not in text


def test_the_list_called_duplicates_holds_three_different_children() -> None:
    plan = plan_register(reading("duplicates.csv"), KnownRegister())
    assert len(plan.new) == 3
    assert plan.duplicates == ()
    assert len(plan.guardians) == 3


def test_the_same_child_in_twelve_rows_is_one_new_pupil_with_one_father() -> None:
    plan = plan_register(reading("invalid_fields.csv"), KnownRegister())
    assert (len(plan.new), len(plan.duplicates), len(plan.rejected)) == (1, 11, 4)
    father = next(adult for adult in plan.guardians if adult.incoming.last == "Smith")
    assert father.incoming.email == "john@example.com"


def test_one_list_after_another_finds_who_is_known() -> None:
    both = read_register(
        [shared("samples", "class-lists", name) for name in ("review_one.csv", "review_two.csv")], today=TODAY
    )
    plan = plan_register(both, KnownRegister())
    assert both.rows == 9
    assert {duplicate.incoming.first for duplicate in plan.duplicates} == {"Calvin", "Michael"}
    assert {pupil.incoming.first for pupil in plan.new} >= {"Ralph", "Ralphie", "Coco", "John", "Rachel"}

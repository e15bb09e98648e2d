"""Two records of one adult made one: everything follows, nothing is lost, and it can be taken back whole."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from app.domain.permissions import Answer, MediaKind
from app.domain.problems import Overtaken, Problem, Refused
from app.services.acceptance import RecordAcceptance
from app.services.guardians import EndTie, Guardian, Guardians, SaveGuardian, SaveTie
from app.services.guardians_contact import LookAtContact
from app.services.guardians_merging import MergedGuardians, MergeGuardians, UndoMerge
from app.services.linking import RecordCode, RecordLink, SetContact
from app.services.office import Office
from app.services.permissions import RecordPermission
from app.services.pupils import Pupil
from app.store.reads.guardians import GuardianDetails
from app.store.tables import Base
from app.store.tables.content import ItemRow, RecipientRow, ThreadRow
from app.store.tables.links import LinkingCodeRow, LinkRow
from app.store.tables.people import GuardianRow, TieRow
from tests.services.rows import a_guardian, a_pupil, an_item

TODAY = date(2026, 11, 23)
_KEPT_OUT = {"audit", "guardian_merge", "register_change", "finding", "own_phrase"}


def snapshot(office: Office) -> dict[str, list[dict[str, Any]]]:
    """Every row that a merge may touch, but for when an item was last checked."""
    with office.database.reading() as session:
        return {
            table.name: [
                {name: value for name, value in row.items() if name != "checked_at"}
                for row in session.execute(table.select()).mappings()
            ]
            for table in Base.metadata.sorted_tables
            if table.name not in _KEPT_OUT
        }


def pointing_at(office: Office, guardian_id: int) -> list[str]:
    """Every table and column, but those of the merge itself, that still names an adult."""
    found = []
    with office.database.reading() as session:
        for table in Base.metadata.sorted_tables:
            if table.name in ("guardian_merge", "tie", "link", "guardian"):
                continue
            for column in table.columns:
                named = any(key.column.table.name == "guardian" for key in column.foreign_keys)
                if named and session.execute(select(column).where(column == guardian_id)).first() is not None:
                    found.append(f"{table.name}.{column.name}")
    return found


@pytest.fixture
def two(clerk: Office, slt: Office) -> tuple[int, int, int, int]:
    """A child of both records and a sibling of the second alone, with all that can hang on an adult."""
    ella, tom = a_pupil(clerk), a_pupil(clerk, "Tom")
    kept = a_guardian(clerk, ella, responsibility=None)
    gone = clerk.perform(
        SaveGuardian(None, GuardianDetails("Mrs", "Jo", "Marsh", "jo@marsh.example", "07700 900123", "pl"))
    )
    clerk.perform(SaveTie(ella, gone, "PAM", True, 1))
    clerk.perform(SaveTie(tom, gone, "PAM", True, 2))
    for pupil in (ella, tom):
        clerk.perform(RecordPermission(pupil, gone, MediaKind.PHOTOGRAPH, Answer.GIVEN, TODAY))
        clerk.perform(RecordCode(pupil, gone, f"PABCDE{pupil}", "letter"))
        clerk.perform(RecordLink(pupil, gone))
    clerk.perform(RecordAcceptance("policy", TODAY, "signed slip", guardian_id=gone))
    item, _ = an_item(clerk, guardian=gone)
    with clerk.database.writing() as session:
        session.add(ThreadRow(key="family", guardian_id=gone))
        session.add(RecipientRow(item_id=item, guardian_id=gone))
    return ella, tom, kept, gone


def test_everything_follows(clerk: Office, two: tuple[int, int, int, int]) -> None:
    ella, tom, kept, gone = two
    clerk.perform(MergeGuardians(kept, gone))
    assert pointing_at(clerk, gone) == []
    (line,) = clerk.ask(Guardians())
    assert (line.id, line.email, line.phones, line.language) == (kept, "jo@marsh.example", "07700 900123", "pl")
    assert [(child.pupil_id, child.link, child.responsibility) for child in line.children] == [
        (ella, "linked", True),
        (tom, "linked", True),
    ]
    record = clerk.ask(Guardian(gone))
    assert record.id == kept, "an old reference finds the record that is kept"
    assert (record.policy_accepted_on, record.answers, record.codes) == (TODAY, 4, 2)
    assert record.merged[0].gone == "Mrs Jo Marsh"
    assert clerk.ask(Pupil(tom)).line.rulings[MediaKind.PHOTOGRAPH].allowed
    with clerk.database.reading() as session:
        assert session.scalars(select(ItemRow.guardian_id)).all() == [kept]
        assert session.scalars(select(ThreadRow.guardian_id)).all() == [kept]


def test_undoing_brings_everything_back(clerk: Office, two: tuple[int, int, int, int]) -> None:
    _, _, kept, gone = two
    before = snapshot(clerk)
    merge = clerk.perform(MergeGuardians(kept, gone))
    assert snapshot(clerk) != before
    assert clerk.perform(UndoMerge(merge)) == gone
    assert snapshot(clerk) == before
    with pytest.raises(Problem, match="two already"):
        clerk.perform(UndoMerge(merge))
    assert [line.undone for line in clerk.ask(MergedGuardians())] == [True]


def test_either_record_may_be_the_one_that_is_kept(clerk: Office, two: tuple[int, int, int, int]) -> None:
    _, _, other, kept = two
    before = snapshot(clerk)
    merge = clerk.perform(MergeGuardians(kept, other))
    (line,) = clerk.ask(Guardians())
    assert line.name == "Mrs Jo Marsh"
    clerk.perform(UndoMerge(merge))
    assert snapshot(clerk) == before


def test_what_was_changed_since_stays_when_a_merge_is_undone(clerk: Office, two: tuple[int, int, int, int]) -> None:
    _, _, kept, gone = two
    merge = clerk.perform(MergeGuardians(kept, gone))
    clerk.perform(SaveGuardian(kept, GuardianDetails("", "Joanne", "Marsh", "new@marsh.example", "", "ro")))
    clerk.perform(UndoMerge(merge))
    assert clerk.ask(Guardian(kept)).details.email == "new@marsh.example"
    assert clerk.ask(Guardian(gone)).details.email == "jo@marsh.example"
    assert len(clerk.ask(Guardian(gone)).children) == 2


@pytest.mark.parametrize("barred_one", ["kept", "gone"])
def test_a_bar_on_either_record_holds_for_both(
    clerk: Office, slt: Office, two: tuple[int, int, int, int], barred_one: str
) -> None:
    ella, tom, kept, gone = two
    slt.perform(SetContact(ella, kept if barred_one == "kept" else gone, "barred", why="Quaggaberry"))
    before = snapshot(clerk)
    merge = clerk.perform(MergeGuardians(kept, gone))
    by_child = {child.pupil_id: child for child in clerk.ask(Guardian(kept)).children}
    assert (by_child[ella].stopped, by_child[tom].stopped) == (True, False)
    with clerk.database.reading() as session:
        live = session.execute(select(LinkRow.pupil_id).where(LinkRow.state == "linked")).scalars().all()
        usable = session.scalars(select(LinkingCodeRow.pupil_id).where(LinkingCodeRow.revoked_at.is_(None))).all()
    assert (live, usable) == ([tom], [tom])
    assert slt.perform(LookAtContact(ella, kept))[0].why == "Quaggaberry"
    clerk.perform(UndoMerge(merge))
    assert snapshot(clerk) == before


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("linked", "suspended", "suspended"),
        ("suspended", "linked", "suspended"),
        ("invited", "linked", "linked"),
        ("linked", "linked", "linked"),
        ("removed", "linked", "linked"),
    ],
)
def test_the_link_that_binds_most_stays(clerk: Office, one: str, other: str, expected: str) -> None:
    pupil = a_pupil(clerk)
    kept, gone = a_guardian(clerk, pupil), a_guardian(clerk, pupil, "Jo")
    for adult, state in ((kept, one), (gone, other)):
        clerk.perform(RecordLink(pupil, adult, state))
    before = snapshot(clerk)
    merge = clerk.perform(MergeGuardians(kept, gone))
    with clerk.database.reading() as session:
        live = session.scalars(select(LinkRow).where(LinkRow.state.not_in(("removed", "rejected")))).all()
        assert [(link.guardian_id, link.state) for link in live] == [(kept, expected)]
    clerk.perform(UndoMerge(merge))
    assert snapshot(clerk) == before


def test_records_that_disagree_on_responsibility_are_not_made_one(clerk: Office) -> None:
    pupil = a_pupil(clerk)
    kept, gone = a_guardian(clerk, pupil), a_guardian(clerk, pupil, "Jo", responsibility=False)
    before = snapshot(clerk)
    with pytest.raises(Refused, match="parental responsibility for Ella Marsh"):
        clerk.perform(MergeGuardians(kept, gone))
    assert snapshot(clerk) == before


def test_three_records_become_one_and_come_apart_in_turn(clerk: Office) -> None:
    pupil = a_pupil(clerk)
    first, second, third = (a_guardian(clerk, pupil, name) for name in ("Jo", "Joan", "Joanne"))
    before = snapshot(clerk)
    one = clerk.perform(MergeGuardians(second, first))
    two = clerk.perform(MergeGuardians(third, second))
    assert [line.id for line in clerk.ask(Guardians())] == [third]
    assert clerk.ask(Guardian(first)).id == third
    with pytest.raises(Refused, match="Undo that first"):
        clerk.perform(UndoMerge(one))
    clerk.perform(UndoMerge(two))
    clerk.perform(UndoMerge(one))
    assert snapshot(clerk) == before


def test_what_cannot_be_made_one_is_refused(clerk: Office) -> None:
    pupil = a_pupil(clerk)
    kept, gone = a_guardian(clerk, pupil), a_guardian(clerk, pupil, "Jo")
    with pytest.raises(Refused, match="one record already"):
        clerk.perform(MergeGuardians(kept, kept))
    with pytest.raises(Problem, match="no longer in the register"):
        clerk.perform(MergeGuardians(kept, 999))
    clerk.perform(MergeGuardians(kept, gone))
    for attempt in (MergeGuardians(kept, gone), SaveGuardian(gone, GuardianDetails(first="Jo"))):
        with pytest.raises(Overtaken):
            clerk.perform(attempt)


def test_the_later_answer_of_one_adult_counts_after_the_merge(clerk: Office) -> None:
    pupil = a_pupil(clerk)
    kept, gone = a_guardian(clerk, pupil), a_guardian(clerk, pupil, "Jo")
    clerk.perform(RecordPermission(pupil, kept, MediaKind.PHOTOGRAPH, Answer.REFUSED, date(2026, 9, 1)))
    clerk.perform(RecordPermission(pupil, gone, MediaKind.PHOTOGRAPH, Answer.GIVEN, date(2026, 10, 1)))
    photograph = MediaKind.PHOTOGRAPH
    assert clerk.ask(Pupil(pupil)).line.rulings[photograph].words == "Adults disagree"
    merge = clerk.perform(MergeGuardians(kept, gone))
    assert clerk.ask(Pupil(pupil)).line.rulings[photograph].words == "Given"
    clerk.perform(UndoMerge(merge))
    assert clerk.ask(Pupil(pupil)).line.rulings[photograph].words == "Adults disagree"


def test_a_tie_that_had_ended_comes_back_only_where_the_other_stands(clerk: Office) -> None:
    pupil = a_pupil(clerk)
    kept, gone = a_guardian(clerk, pupil), a_guardian(clerk, pupil, "Jo")
    clerk.perform(EndTie(pupil, gone))
    clerk.perform(MergeGuardians(kept, gone))
    assert len(clerk.ask(Guardian(kept)).children) == 1
    with clerk.database.reading() as session:
        assert session.scalar(select(GuardianRow.merged_into).where(GuardianRow.id == gone)) == kept
        ended = session.scalar(select(TieRow.ended_at).where(TieRow.guardian_id == gone))
        assert ended is not None

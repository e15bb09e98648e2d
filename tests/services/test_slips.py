"""Points slips and what a guardian sees: positive only, own only, nothing without a link in force (P11, H8, P4)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from app.domain.problems import NotAllowed, Refused
from app.domain.roles import Role
from app.services.guardian_view import GuardianSees, WhatGuardianSees
from app.services.office import Office
from app.services.slips import MakeSlips, SlipLines
from app.store.reads.evidence import Year, evidence_of
from app.store.reads.pupil_points import OTHER
from app.store.tables.audit import AuditRow
from app.store.tables.content import ImportRow, ItemRow, PointsTotalRow, RecipientRow, TagRow, ThreadRow
from app.store.tables.links import LinkRow
from app.store.tables.people import PupilRow, TieRow
from app.store.tables.review import TakedownRow
from app.store.tables.school import SchoolWayRow, SkillRow
from reports.slips import save
from tests.conftest import NOW, OfficeOf
from tests.reports.paper_reader import Paper
from tests.services.rows import a_class, a_guardian, a_pupil

FIRST, LAST = date(2026, 9, 1), date(2026, 11, 23)


def an_award(office: Office, pupil: int, skill: str, value: float, at: datetime = NOW, **fields: Any) -> None:
    with office.database.writing() as session:
        row = session.scalars(select(SkillRow).where(SkillRow.name == skill)).one()
        count = session.query(ItemRow).count()
        session.add(
            ItemRow(
                digest=f"{count:064}",
                kind="points",
                author_role="staff",
                text="",
                pupil_id=pupil,
                value=value,
                skill_id=row.id,
                sent_at=at,
                **fields,
            )
        )


@pytest.fixture
def school(head: Office) -> dict[str, int]:
    """Two children, skills of two School Ways and one of none; points given and taken away."""
    with head.database.writing() as session:
        ways = {row.name: row.id for row in session.scalars(select(SchoolWayRow))}
        session.add(SkillRow(name="Helping", way_id=ways["Kind"]))
        session.add(SkillRow(name="Listening", way_id=ways["Ready to learn"]))
        session.add(SkillRow(name="Tidying"))
    willow, oak = a_class(head, "Willow"), a_class(head, "Oak")
    found = {"Willow": willow, "Oak": oak}
    for name, place in (("Ella", willow), ("Sam", oak), ("Ida", willow)):
        found[name] = a_pupil(head, name, "Marsh", place)
    an_award(head, found["Ella"], "Helping", 2)
    an_award(head, found["Ella"], "Helping", 1)
    an_award(head, found["Ella"], "Helping", -3)
    an_award(head, found["Ella"], "Listening", -2)
    an_award(head, found["Ella"], "Tidying", 1)
    an_award(head, found["Ella"], "Helping", 9, NOW - timedelta(days=200))
    an_award(head, found["Sam"], "Listening", 4)
    an_award(head, found["Ida"], "Listening", -1)
    return found


def test_a_slip_holds_what_was_given_in_those_days_and_nothing_else(head: Office, school: dict[str, int]) -> None:
    made = head.perform(MakeSlips((school["Ella"], school["Ida"]), FIRST, LAST))
    (slip,) = made.slips
    assert (slip.name, slip.class_name, slip.total) == ("Ella", "Willow", 4)
    assert slip.points == (("Kind", 3), (OTHER, 1))
    assert made.without == 1


def test_a_points_report_counts_in_place_of_single_awards(head: Office, school: dict[str, int]) -> None:
    with head.database.writing() as session:
        row = ImportRow(
            area="points", format="points", digest="p", rows=1, new=1, changed=0, unchanged=0, rejected=0,
            applied_at=NOW, applied_by=1,
        )  # fmt: skip
        session.add(row)
        session.flush()
        skill = session.scalars(select(SkillRow.id).where(SkillRow.name == "Helping")).one()
        for weight, count in ((1, 12), (-1, 5)):
            session.add(
                PointsTotalRow(import_id=row.id, pupil_id=school["Ella"], skill_id=skill, weight=weight, points=count)
            )
    made = head.perform(MakeSlips((school["Ella"], school["Sam"]), FIRST, LAST))
    assert [slip.points for slip in made.slips] == [(("Kind", 12),), (("Ready to learn", 4),)]


def test_lists_say_who_has_points_and_never_how_many(clerk: Office, school: dict[str, int]) -> None:
    lines = clerk.ask(SlipLines(FIRST, LAST))
    assert [(line.permitted, line.class_name, line.has_points) for line in lines] == [
        ("Sam", "Oak", True),
        ("Ella", "Willow", True),
        ("Ida", "Willow", False),
    ]


@pytest.mark.parametrize(
    ("names", "first", "last", "said"),
    [
        ((), FIRST, LAST, "None of these pupils"),
        (("Ida",), FIRST, LAST, "None of these pupils"),
        (("Ella",), date(2020, 1, 1), date(2020, 2, 1), "None of these pupils"),
        (("Ella",), LAST, FIRST, "first day lies after"),
    ],
)
def test_where_there_is_nothing_to_print_it_says_so(
    head: Office, school: dict[str, int], names: tuple[str, ...], first: date, last: date, said: str
) -> None:
    with pytest.raises(Refused, match=said):
        head.perform(MakeSlips(tuple(school[name] for name in names), first, last))
    with head.database.reading() as session:
        assert evidence_of("P11", Year(session, FIRST, LAST, NOW))[0].words == "none recorded"


def test_a_leaver_gets_no_slip(head: Office, school: dict[str, int]) -> None:
    with head.database.writing() as session:
        session.get_one(PupilRow, school["Ella"]).left_on = LAST
    made = head.perform(MakeSlips((school["Ella"], school["Sam"]), FIRST, LAST))
    assert [slip.name for slip in made.slips] == ["Sam"]


def test_slips_are_counted_and_what_stood_on_them_is_not_kept(
    clerk: Office, school: dict[str, int], tmp_path: Path
) -> None:
    place = tmp_path / "slips.pdf"
    save(clerk, (school["Ella"], school["Sam"]), FIRST, LAST, place)
    with clerk.database.reading() as session:
        shown = {one.label: one.words for one in evidence_of("P11", Year(session, FIRST, LAST, NOW))}
        detail = session.scalars(select(AuditRow.detail).where(AuditRow.verb == "slips.made")).one()
    assert shown["Points slips made for families"] == "2"
    assert detail == '{"slips":2}'
    paper = Paper(place.read_bytes())
    assert len(paper.reader.pages) == 1
    said = paper.text()
    assert all(word in said for word in ("Ella", "Willow", "1 Sep 2026 to 23 Nov 2026", "Kind", "Points in all"))
    assert "Marsh" not in said
    assert "-" not in said


def test_a_whole_school_s_slips_lie_two_to_a_page(head: Office, school: dict[str, int], tmp_path: Path) -> None:
    for number in range(5):
        pupil = a_pupil(head, f"Kit{number}", "Frost", school["Oak"])
        an_award(head, pupil, "Helping", 1)
    place = tmp_path / "slips.pdf"
    made = save(head, tuple(line.pupil_id for line in head.ask(SlipLines(FIRST, LAST))), FIRST, LAST, place)
    assert (len(made.slips), len(Paper(place.read_bytes()).reader.pages)) == (7, 4)


def link(office: Office, pupil: int, guardian: int, state: str = "linked") -> None:
    with office.database.writing() as session:
        session.query(LinkRow).delete()
        session.add(LinkRow(pupil_id=pupil, guardian_id=guardian, state=state))


def an_entry(office: Office, kind: str, text: str, at: datetime = NOW, **fields: Any) -> int:
    with office.database.writing() as session:
        count = session.query(ItemRow).count()
        row = ItemRow(
            digest=f"{count:064}", kind=kind, author_role="staff", author_name="Mrs Holt", text=text, sent_at=at,
            **fields,
        )  # fmt: skip
        session.add(row)
        session.flush()
        return row.id


@pytest.fixture
def adult(head: Office, school: dict[str, int]) -> int:
    """Ella's mother, linked; posts, messages and more around her."""
    joanne = a_guardian(head, school["Ella"], "Joanne")
    other = a_guardian(head, school["Sam"], "Bea")
    link(head, school["Ella"], joanne)
    with head.database.writing() as session:
        mine, hers = (ThreadRow(key=f"t{who}", guardian_id=who) for who in (joanne, other))
        session.add_all([mine, hers])
        session.flush()
        threads = (mine.id, hers.id)
    an_entry(head, "class_story", "Willow planted beans", class_id=school["Willow"])
    an_entry(head, "class_story", "Oak went to the farm", class_id=school["Oak"])
    an_entry(head, "school_story", "The hall is painted")
    an_entry(head, "school_story", "Long ago", NOW - timedelta(days=90))
    an_entry(head, "class_story", "Shut away", class_id=school["Willow"], restricted=True)
    an_entry(head, "message", "To you alone", thread_id=threads[0])
    an_entry(head, "message", "To somebody else", thread_id=threads[1])
    told = an_entry(head, "message", "Sent to you too")
    down = an_entry(head, "class_story", "Taken down", class_id=school["Willow"])
    with head.database.writing() as session:
        session.add(RecipientRow(item_id=told, guardian_id=joanne))
        session.add(TagRow(item_id=down, pupil_id=school["Ella"]))
        session.add(
            TakedownRow(item_id=down, wanted="removal", words="", asked_at=NOW, asked_by=1, stated_at=NOW, stated_by=1)
        )
    return joanne


def sees(office: Office, adult: int) -> GuardianSees:
    return office.ask(WhatGuardianSees(adult))


def test_a_linked_adult_sees_own_children_classes_and_messages(slt: Office, adult: int) -> None:
    seen = sees(slt, adult)
    assert seen.linked
    assert [(child.name, child.class_name, child.points) for child in seen.children] == [
        ("Ella", "Willow", (("Kind", 3), (OTHER, 1)))
    ]
    assert sorted(item.text for item in seen.posts) == ["The hall is painted", "Willow planted beans"]
    assert sorted(item.text for item in seen.messages) == ["Sent to you too", "To you alone"]


@pytest.mark.parametrize("state", ["invited", "requested", "suspended", "removed", "rejected"])
def test_without_a_link_in_force_an_adult_sees_nothing(
    slt: Office, adult: int, school: dict[str, int], state: str
) -> None:
    link(slt, school["Ella"], adult, state)
    seen = sees(slt, adult)
    assert (seen.linked, seen.children, seen.posts, seen.messages) == (False, (), (), ())


def test_a_bar_or_a_child_who_left_shows_nothing(slt: Office, adult: int, school: dict[str, int]) -> None:
    with slt.database.writing() as session:
        session.scalars(select(TieRow).where(TieRow.guardian_id == adult)).one().contact = "barred"
    assert not sees(slt, adult).linked
    with slt.database.writing() as session:
        session.scalars(select(TieRow).where(TieRow.guardian_id == adult)).one().contact = "open"
        session.get_one(PupilRow, school["Ella"]).left_on = LAST
    assert not sees(slt, adult).linked


def test_the_office_does_not_read_what_families_are_sent(office_of: OfficeOf, adult: int) -> None:
    with pytest.raises(NotAllowed):
        sees(office_of(Role.OFFICE), adult)

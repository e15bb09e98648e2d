"""Whatever changes in the register, what stands afterwards is what checking everything again would find."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

import pytest
import sqlcipher3.dbapi2 as sqlcipher
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from app.domain.care import CareRecord, LegalStatus
from app.domain.checks.engine import Engine
from app.domain.checks.reach import NameReach, NamesChanged
from app.domain.checks.reading import Reading
from app.domain.checks.register import ClassEntry, GuardianEntry, PupilEntry, Register, SchoolEntry, StaffEntry
from app.domain.checks.school import School
from app.domain.checks.whom import meant
from app.domain.content import Author, AuthorRole, Item, Kind, Media
from app.domain.permissions import Answer, MediaKind
from app.domain.problems import Refused
from app.domain.review import REASONS, Verdict
from app.domain.roles import Role
from app.domain.searching import index_words
from app.services import rechecking
from app.services.care import BarPictures, RecordCare
from app.services.checking import CheckAgain, shipped_judge, shipped_lexicons
from app.services.leavers import RecordLeaver
from app.services.linking import RecordLink, SetContact
from app.services.office import Office
from app.services.permissions import RecordPermission
from app.services.rechecking import ChangesWaiting, CheckChanges
from app.services.review import GiveVerdict, ReferToSafeguarding
from app.services.school import SetCalendar, SetSchool
from app.services.unit import Actor
from app.store import search
from app.store.database import Database, open_in_memory
from app.store.keys import Keys
from app.store.reads.items import items
from app.store.reads.people import key
from app.store.reads.register import checks_register, number
from app.store.tables.audit import AuditRow
from app.store.tables.content import ItemRow, MediaRow, RecipientRow, TagRow
from app.store.tables.people import GuardianRow, PupilRow, TieRow
from app.store.tables.rechecking import RegisterChangeRow
from app.store.tables.review import FindingPupilRow, FindingRow, VerdictRow
from app.store.tables.school import ClassRow, StaffRow
from tests.conftest import NOW, StandingClock

FIRSTS = [
    "Ella", "Elle", "Amelia", "Emelia", "Rose", "Elsie-Mae", "Elsie", "Anne-Marie", "Annemarie", "Bella", "Isabella",
    "Zoë", "Łukasz", "Will", "Hope", "Tyler", "Samuel", "Sam", "James", "Jame", "Willow", "D'Arcy", "Sofia", "Sophia",
    "Holly", "Аня", "Anya", "Tanya", "Oscar", "Oskar", "Ivy", "Poppy", "Daniel", "Danielle", "Marsha",
]  # fmt: skip
LASTS = ["Marsh", "O'Neill", "Day", "Tyler", "Smith-Jones", "Sofie", "Łęcka", "Rose", "Oskars", "de Souza", "Amelie"]
CLASSES = ["Willow", "Class Holly", "Year 3 Oak", "St. John's", "Sofie"]
TEXTS = [
    "{first} {last} won the cup",
    "Well done {first}!",
    "well done {first} and {other} for the maths",
    "{slip} loved the trip",
    "Lovely work from {first} {initial}",
    "{last}, {first}: reading",
    "#{run} had a great day",
    "@{run}{lastrun} #Team{run}",
    "{first}s and {first}'s picture",
    "{upper} {upper_last} is star of the week",
    "Mrs {last} and mr {small} came",
    "{first} ({class_name}) and {other} ({class_name}) sang",
    "{first} has got nits again and his mum is in hospital",
    "{first}’s mum says she cannot afford the trip, he is on free school meals",
    "why does {first} get more points than {other}",
    "{class_name} had PE. {small} fell over",
    "the hamster called {first} and {other} Earhart",
    "Dear Wat {first}, thanks",
    "ring me on 07700 900123, {small}",
    "she is frightened to go home",
    "{wide} {last}",
    "find us on insta, @{handle}",
    "i am {first}_{last} on tiktok, follow @Mrs_{last} or @mrs.{small}",
    "nothing at all",
]


@dataclass
class World:
    """A school with items, and the means to change it."""

    office: Office
    database: Database
    chance: random.Random

    def session(self, does: Callable[[Session], object]) -> None:
        with self.database.writing() as session:
            does(session)

    def set(
        self, table: type[PupilRow] | type[GuardianRow] | type[ClassRow] | type[StaffRow], **values: object
    ) -> None:
        """Change a row that chance picks, behind the back of every command."""
        row_id = self.some(table)
        self.session(lambda session: session.execute(update(table).where(table.id == row_id).values(**values)))

    def some(self, table: type[PupilRow] | type[GuardianRow] | type[ItemRow] | type[ClassRow] | type[StaffRow]) -> int:
        with self.database.reading() as session:
            return self.chance.choice(session.scalars(select(table.id)).all())


def slip(name: str, chance: random.Random) -> str:
    place = chance.randrange(len(name))
    letter = chance.choice("aeszrЯø'")
    return chance.choice(
        [
            name[:place] + name[place + 1 :],
            name[:place] + letter + name[place:],
            name[:place] + letter + name[place + 1 :],
            name[:place] + name[place + 1 : place + 2] + name[place] + name[place + 2 :],
        ]
    )


def a_text(chance: random.Random) -> str:
    first, other, last = chance.choice(FIRSTS), chance.choice(FIRSTS), chance.choice(LASTS)
    return chance.choice(TEXTS).format(
        first=first,
        other=other,
        last=last,
        initial=last[0],
        slip=slip(first, chance),
        run=first.replace("-", ""),
        lastrun=last.replace(" ", ""),
        upper=first.upper(),
        upper_last=last.upper(),
        small=chance.choice([first, last]).lower(),
        class_name=chance.choice(CLASSES),
        handle=chance.choice([f"{first[:2]}_{first[2:]}", f"{first}.{last}", f"mr{last}", first]).lower(),
        wide="".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in first),
    )


def populate(session: Session, chance: random.Random) -> None:
    classes = [ClassRow(name=name, year_group="3") for name in chance.sample(CLASSES, 2)]
    staff = [StaffRow(name=f"Mrs {chance.choice(LASTS)}") for _ in range(2)]
    session.add_all([*classes, *staff])
    session.flush()
    pupils = [a_pupil(session, chance, chance.choice(classes).id) for _ in range(6)]
    guardians = []
    for pupil in pupils:
        guardian = GuardianRow(first="Jo", last=chance.choice(LASTS + FIRSTS), name_key="jo")
        session.add(guardian)
        session.flush()
        session.add(TieRow(pupil_id=pupil, guardian_id=guardian.id, responsibility=True))
        guardians.append(guardian.id)
    for place in range(25):
        role = chance.choice(["staff", "staff", "parent", "pupil", "unknown"])
        row = ItemRow(
            digest=f"{place}",
            kind=chance.choice(["class_story", "school_story", "comment", "message", "portfolio"]),
            class_id=chance.choice([*(c.id for c in classes), None]),
            author_role=role,
            staff_id=staff[0].id if role == "staff" else None,
            guardian_id=chance.choice([*guardians, None]) if role == "parent" else None,
            sent_at=NOW - timedelta(days=chance.randrange(40), hours=chance.randrange(12)),
            text=a_text(chance),
        )
        session.add(row)
        session.flush()
        for kind in chance.sample(["photo", "video", "work"], chance.choice([0, 0, 1, 2])):
            session.add(MediaRow(item_id=row.id, kind=kind))
        for pupil in chance.sample(pupils, chance.choice([0, 0, 1, 2])):
            session.add(TagRow(item_id=row.id, pupil_id=pupil))
        if row.kind in ("message", "portfolio"):
            for guardian_id in chance.sample(guardians, chance.choice([0, 1, 2])):
                session.add(RecipientRow(item_id=row.id, guardian_id=guardian_id))
            if chance.random() < 0.3:
                session.add(RecipientRow(item_id=row.id, staff_id=staff[1].id))


def a_pupil(session: Session, chance: random.Random, class_id: int | None) -> int:
    first, last = chance.choice(FIRSTS), chance.choice(LASTS)
    preferred = chance.choice([None, None, chance.choice(FIRSTS)])
    row = PupilRow(first=first, preferred=preferred, last=last, name_key=key(f"{first} {last}"), class_id=class_id)
    session.add(row)
    session.flush()
    return row.id


def some_tie(world: World) -> tuple[int, int]:
    with world.database.reading() as session:
        ties = session.execute(select(TieRow.pupil_id, TieRow.guardian_id)).all()
    pupil, guardian = world.chance.choice(ties)
    return pupil, guardian


def _rename(world: World) -> None:
    chance = world.chance
    column, names = chance.choice([("first", FIRSTS), ("last", LASTS), ("preferred", FIRSTS)])
    world.set(PupilRow, **{column: chance.choice([*names, None] if column == "preferred" else names)})


def _move(world: World) -> None:
    world.set(PupilRow, class_id=world.some(ClassRow))


def _join(world: World) -> None:
    world.session(lambda session: a_pupil(session, world.chance, world.chance.choice([1, 2, None])))


def _leave(world: World) -> None:
    pupil = world.some(PupilRow)
    with world.database.reading() as session:
        left = session.scalar(select(PupilRow.left_on).where(PupilRow.id == pupil))
    if left is None:
        world.office.perform(RecordLeaver(pupil, date(2026, 11, 20)))
    else:
        world.session(lambda s: s.execute(update(PupilRow).where(PupilRow.id == pupil).values(left_on=None)))


def _permit(world: World) -> None:
    chance = world.chance
    pupil, guardian = some_tie(world)
    world.office.perform(
        RecordPermission(
            pupil,
            chance.choice([guardian, guardian, None]),
            chance.choice(list(MediaKind)),
            chance.choice([Answer.GIVEN, Answer.GIVEN, Answer.REFUSED, Answer.WITHDRAWN]),
            date(2026, 11, chance.randrange(1, 23)),
            expires_on=chance.choice([None, date(2026, 11, 30)]),
        )
    )


def _bar(world: World) -> None:
    pupil, barred = world.some(PupilRow), world.chance.random() < 0.6
    if world.chance.random() < 0.5:
        world.office.perform(BarPictures(pupil, barred))
    else:
        record = CareRecord(pupil, LegalStatus.SECTION_20, decides="Mother", images_allowed=not barred)
        world.office.perform(RecordCare(record))


def _link(world: World) -> None:
    pupil, guardian = some_tie(world)
    states = ["invited", "suspended", "removed"]
    with world.database.reading() as session:
        on_roll = session.scalar(select(PupilRow.left_on).where(PupilRow.id == pupil)) is None
        barred = session.scalar(select(TieRow.contact).where(TieRow.guardian_id == guardian)) == "barred"
    if on_roll and not barred:
        states += ["linked", "linked", "linked"]
    world.office.perform(RecordLink(pupil, guardian, world.chance.choice(states)))


def _contact(world: World) -> None:
    pupil, guardian = some_tie(world)
    world.office.perform(SetContact(pupil, guardian, world.chance.choice(["open", "barred"])))


def _adult(world: World) -> None:
    name = world.chance.choice(LASTS + FIRSTS)
    if world.chance.random() < 0.5:
        world.set(GuardianRow, last=name)
    else:
        world.set(StaffRow, name=f"Miss {name}", active=world.chance.random() < 0.6)


def _class(world: World) -> None:
    if world.chance.random() < 0.4:
        world.session(lambda session: session.add(ClassRow(name=world.chance.choice(CLASSES))))
    else:
        world.set(ClassRow, name=world.chance.choice(CLASSES), active=world.chance.random() < 0.8)


def _calendar(world: World) -> None:
    start = date(2026, 10, world.chance.randrange(1, 30))
    world.office.perform(SetCalendar((), ((start, start + timedelta(days=6), "training"),)))


def _school(world: World) -> None:
    head = world.office
    head.perform(SetSchool(open_days=frozenset(world.chance.sample(range(7), 4)), phone="07700 900123"))


def _tag(world: World) -> None:
    item, pupil = world.some(ItemRow), world.some(PupilRow)

    def tag(session: Session) -> None:
        session.execute(delete(TagRow).where(TagRow.item_id == item, TagRow.tagged_by.is_not(None)))
        if session.get(TagRow, (item, pupil)) is None:
            session.add(TagRow(item_id=item, pupil_id=pupil, tagged_by=1))

    world.session(tag)


CHANGES: list[Callable[[World], None]] = [
    _rename, _rename, _move, _join, _leave, _permit, _permit, _bar, _link, _contact, _adult, _class, _calendar, _school,
    _tag,
]  # fmt: skip


@pytest.mark.parametrize("limit", [0, 1_000])
@given(seed=st.integers(0, 2**32 - 1))
@settings(max_examples=12, deadline=None)
def test_nothing_is_missed_against_checking_everything(
    template: sqlcipher.Connection, keys: Keys, limit: int, seed: int
) -> None:
    chance = random.Random(seed)
    own = sqlcipher.connect(":memory:", check_same_thread=False, isolation_level=None)
    template.backup(own)
    database = open_in_memory(own)
    head = Actor(list(Role).index(Role.HEADTEACHER) + 1, "headteacher", "Pat", Role.HEADTEACHER)
    office = Office(database, keys, head, StandingClock())
    world = World(office, database, chance)
    world.session(lambda session: populate(session, chance))
    office.perform(CheckAgain())
    before, rechecking.AT_ONCE = rechecking.AT_ONCE, limit
    try:
        for _ in range(5):
            change = chance.choice(CHANGES)
            change(world)
            office.perform(CheckChanges())
            assert standing(database) == exhaustively(database), (seed, change.__name__)
    finally:
        rechecking.AT_ONCE = before
        database.close()
        own.close()


Found = set[tuple[int, str, tuple[int, ...], str, str, tuple[int, int] | None]]


def standing(database: Database) -> Found:
    """Every finding that stands."""
    with database.reading() as session:
        pupils: dict[int, list[int]] = {}
        for pair in session.scalars(select(FindingPupilRow)):
            pupils.setdefault(pair.finding_id, []).append(pair.pupil_id)
        return {
            (
                row.item_id,
                row.check,
                tuple(sorted(pupils.get(row.id, ()))),
                row.topics,
                row.why,
                None if row.span_start is None or row.span_end is None else (row.span_start, row.span_end),
            )
            for row in session.scalars(select(FindingRow).where(FindingRow.state != "lapsed"))
        }


def exhaustively(database: Database) -> Found:
    """What the checks find in every item, with everything read afresh."""
    with database.reading() as session:
        engine = Engine(checks_register(session, NOW.date()), shipped_lexicons(), shipped_judge())
        return {
            (
                int(item.id),
                finding.check.value,
                tuple(sorted(number(pupil) for pupil in finding.pupils)),
                ",".join(finding.topics),
                finding.why,
                finding.span,
            )
            for item in items(session, session.scalars(select(ItemRow.id)))
            for finding in engine.check(item)
        }


def a_register(chance: random.Random) -> Register:
    classes = tuple(ClassEntry(f"c{n}", name) for n, name in enumerate(chance.sample(CLASSES, 2)))
    return Register(
        SchoolEntry("Larkfield"),
        classes,
        tuple(StaffEntry(f"s{n}", f"Mrs {chance.choice(LASTS + FIRSTS)}") for n in range(2)),
        tuple(an_entry(f"p{n}", chance) for n in range(chance.randrange(3, 9))),
        tuple(GuardianEntry(f"g{n}", f"Jo {chance.choice(LASTS + FIRSTS)}") for n in range(2)),
    )


def an_entry(id_: str, chance: random.Random) -> PupilEntry:
    return PupilEntry(
        id_,
        chance.choice(FIRSTS),
        chance.choice(LASTS),
        chance.choice(["c0", "c1", None]),
        chance.choice([None, None, chance.choice(FIRSTS)]),
    )


def changed(before: Register, chance: random.Random) -> tuple[Register, NamesChanged]:
    """Another register, and what came or went between the two."""
    pupils, adults, staff, classes = list(before.pupils), [], [], []
    guardians, members, places = list(before.guardians), list(before.staff), list(before.classes)
    touched: list[PupilEntry] = []
    what = chance.choice(["pupil", "pupil", "pupil", "guardian", "staff", "class"])
    at = chance.randrange(2)
    if what == "pupil":
        gone = pupils.pop(chance.randrange(len(pupils))) if chance.random() < 0.8 else None
        come = an_entry(gone.id if gone else "p99", chance) if chance.random() < 0.8 or gone is None else None
        if come is not None:
            pupils.insert(chance.randrange(len(pupils) + 1), come)
        touched = [entry for entry in (gone, come) if entry is not None]
    elif what == "guardian":
        new = GuardianEntry(f"g{at}", f"Jo {chance.choice(LASTS + FIRSTS)}")
        adults, guardians[at] = [guardians[at].name, new.name], new
    elif what == "staff":
        member = StaffEntry(f"s{at}", f"Mr {chance.choice(LASTS + FIRSTS)}")
        staff = adults = [members[at].name, member.name]
        members[at] = member
    else:
        place = ClassEntry(f"c{at}", chance.choice(CLASSES + FIRSTS))
        classes, places[at] = [places[at].name, place.name], place
    after = Register(before.school, tuple(places), tuple(members), tuple(pupils), tuple(guardians))
    return after, NamesChanged(tuple(touched), tuple(adults), tuple(staff), tuple(classes))


JOANNE = 1
"""The one guardian of the one pupil."""


def one_pupil(world_office: Office, text: str = "Ella won", *, media: bool = True) -> tuple[int, int]:
    """A pupil called Ella Marsh and one checked item that says something beside a photograph: the ids of both."""
    with world_office.database.writing() as session:
        pupil = PupilRow(first="Ella", last="Marsh", name_key="ella marsh")
        item = ItemRow(digest=text, kind="class_story", author_role="staff", sent_at=NOW, text=text)
        guardian = GuardianRow(first="Joanne", last="Marsh", name_key="joanne marsh")
        session.add_all([pupil, item, guardian])
        session.flush()
        session.add(TieRow(pupil_id=pupil.id, guardian_id=guardian.id, responsibility=True))
        assert guardian.id == JOANNE
        if media:
            session.add(MediaRow(item_id=item.id, kind="photo"))
        made = pupil.id, item.id
    world_office.perform(CheckAgain())
    return made


def told_of(office: Office, check: str) -> list[tuple[str, str | None]]:
    with office.database.reading() as session:
        rows = session.execute(
            select(FindingRow.state, FindingRow.lapsed_why).where(FindingRow.check == check).order_by(FindingRow.id)
        )
        return [(state, why) for state, why in rows]


def give(office: Office, pupil: int, answer: Answer = Answer.GIVEN) -> None:
    office.perform(RecordPermission(pupil, JOANNE, MediaKind.PHOTOGRAPH, answer, date(2026, 11, 3)))


def test_a_permission_given_lapses_the_finding_and_says_so(head: Office) -> None:
    pupil, _ = one_pupil(head)
    assert told_of(head, "no-permission") == [("open", None)]
    give(head, pupil)
    assert told_of(head, "no-permission") == [("lapsed", "Permission for photographs was given on 3 November 2026.")]
    with head.database.reading() as session:
        row = session.scalars(select(FindingRow)).one()
        assert row.lapsed_at == NOW
        assert row.why


def test_a_permission_withdrawn_raises_a_finding_again_beside_the_old_one(head: Office, clock: StandingClock) -> None:
    pupil, _ = one_pupil(head)
    give(head, pupil)
    clock.later(hours=1)
    head.perform(RecordPermission(pupil, JOANNE, MediaKind.PHOTOGRAPH, Answer.WITHDRAWN, date(2026, 11, 23)))
    assert [state for state, _ in told_of(head, "no-permission")] == ["lapsed", "open"]


def test_the_same_command_holds_the_change_and_what_follows_from_it(head: Office) -> None:
    pupil, _ = one_pupil(head)
    give(head, pupil)
    with head.database.reading() as session:
        verb, detail = session.execute(
            select(AuditRow.verb, AuditRow.detail).order_by(AuditRow.seq.desc()).limit(1)
        ).one()
        assert session.scalar(select(func.count()).select_from(RegisterChangeRow)) == 0
    assert verb == "permission.recorded"
    assert '"rechecked":1' in detail


def test_a_verdict_stays_whatever_changes_afterwards(head: Office) -> None:
    pupil, _ = one_pupil(head)
    with head.database.reading() as session:
        finding = session.scalars(select(FindingRow.id)).one()
    head.perform(GiveVerdict(finding, Verdict.UPHELD, next(iter(REASONS[Verdict.UPHELD]))))
    give(head, pupil)
    assert told_of(head, "no-permission") == [("upheld", None)]
    with head.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(VerdictRow)) == 1


def test_a_leaver_is_named_as_the_reason(head: Office) -> None:
    pupil, _ = one_pupil(head, "Ella Marsh won", media=False)
    assert told_of(head, "surname") == [("open", None)]
    head.perform(RecordLeaver(pupil, date(2026, 11, 20)))
    assert told_of(head, "surname") == [("lapsed", "The pupil left on 20 November 2026.")]


def test_a_bar_lifted_tells_the_effect_and_never_the_reason(head: Office) -> None:
    pupil, _ = one_pupil(head)
    head.perform(BarPictures(pupil, True, "A reason of its own"))
    head.perform(RecordCare(CareRecord(pupil, images_allowed=False)))
    give(head, pupil)
    assert told_of(head, "no-permission") == [("open", None)]
    head.perform(RecordCare(CareRecord(pupil, LegalStatus.SECTION_20, decides="Mother", images_allowed=True)))
    assert told_of(head, "no-permission") == [("open", None)], "a leader's own bar stands on"
    head.perform(BarPictures(pupil, False))
    assert told_of(head, "no-permission") == [("lapsed", "This child may be shown since 23 November 2026.")]


def test_a_writer_who_is_linked_is_no_outsider_any_more(head: Office) -> None:
    with head.database.writing() as session:
        pupil = PupilRow(first="Ella", last="Marsh", name_key="ella marsh")
        guardian = GuardianRow(first="Joanne", last="Marsh", name_key="joanne marsh")
        session.add_all([pupil, guardian])
        session.flush()
        session.add(TieRow(pupil_id=pupil.id, guardian_id=guardian.id, responsibility=True))
        session.add(
            ItemRow(
                digest="m", kind="message", author_role="parent", guardian_id=guardian.id, sent_at=NOW, text="Hello"
            )
        )
        ids = pupil.id, guardian.id
    head.perform(CheckAgain())
    assert told_of(head, "outsider") == [("open", None)]
    head.perform(RecordLink(*ids))
    assert told_of(head, "outsider") == [("lapsed", "The writer was linked on 23 November 2026.")]


def test_an_open_finding_says_what_is_lacking_now(head: Office) -> None:
    pupil, item = one_pupil(head)
    with head.database.writing() as session:
        session.add(MediaRow(item_id=item, kind="video"))
    head.perform(CheckAgain())
    give(head, pupil)
    with head.database.reading() as session:
        whys = session.scalars(select(FindingRow.why).where(FindingRow.state == "open")).all()
    assert len(whys) == 1
    assert "recordings" in whys[0]
    assert "photographs" not in whys[0]


def test_a_permission_that_runs_out_is_noticed_on_its_day(head: Office, clock: StandingClock) -> None:
    pupil, _ = one_pupil(head)
    head.perform(
        RecordPermission(
            pupil, JOANNE, MediaKind.PHOTOGRAPH, Answer.GIVEN, date(2026, 11, 3), expires_on=date(2026, 11, 25)
        )
    )
    assert [state for state, _ in told_of(head, "no-permission")] == ["lapsed"]
    clock.later(days=2)
    head.perform(CheckChanges())
    assert [state for state, _ in told_of(head, "no-permission")] == ["lapsed"]
    clock.later(days=1)
    head.perform(CheckChanges())
    assert [state for state, _ in told_of(head, "no-permission")] == ["lapsed", "open"]


def test_what_is_too_much_for_the_moment_follows_by_itself(head: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    pupil, _ = one_pupil(head)
    monkeypatch.setattr(rechecking, "AT_ONCE", 0)
    give(head, pupil)
    assert [state for state, _ in told_of(head, "no-permission")] == ["lapsed"]
    with head.database.reading() as session:
        verbs = session.scalars(select(AuditRow.verb).order_by(AuditRow.seq.desc()).limit(2)).all()
    assert verbs == ["items.rechecked", "permission.recorded"]


def test_the_desk_may_take_what_follows_into_its_own_hands(head: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    pupil, _ = one_pupil(head)
    monkeypatch.setattr(rechecking, "AT_ONCE", 0)
    taken: list[object] = []
    head.later = taken.append
    give(head, pupil)
    assert taken == [CheckChanges()]
    assert head.ask(ChangesWaiting()) == 2, "one for each story"
    assert told_of(head, "no-permission") == [("open", None)]
    head.perform(CheckChanges())
    assert head.ask(ChangesWaiting()) == 0
    assert [state for state, _ in told_of(head, "no-permission")] == ["lapsed"]


def test_a_school_without_items_notes_nothing(head: Office) -> None:
    with head.database.writing() as session:
        session.add(PupilRow(first="Ella", last="Marsh", name_key="ella marsh"))
        session.flush()
        assert session.scalar(select(func.count()).select_from(RegisterChangeRow)) == 0


def test_a_refused_command_leaves_everything_as_it_was(head: Office) -> None:
    pupil, _ = one_pupil(head)
    with pytest.raises(Refused):
        head.perform(RecordPermission(pupil, JOANNE, MediaKind.PHOTOGRAPH, Answer.GIVEN, date(2027, 1, 1)))
    assert told_of(head, "no-permission") == [("open", None)]


def test_a_referred_item_is_neither_read_again_nor_left_in_the_index(head: Office) -> None:
    pupil, item = one_pupil(head, "Ella Quaggaberry Marsh")
    head.perform(ReferToSafeguarding(item, "note"))
    give(head, pupil)
    with head.database.reading() as session:
        assert search.items_saying(session, "quaggaberry") == []
    assert [state for state, _ in told_of(head, "surname")] == ["open"]


@given(seed=st.integers(0, 2**32 - 1))
@settings(max_examples=80, deadline=None)
def test_a_text_without_the_words_reached_is_read_as_before(seed: int) -> None:
    chance = random.Random(seed)
    lexicons = replace(shipped_lexicons(), entries=shipped_lexicons().entries[:1])
    before = a_register(chance)
    after, names = changed(before, chance)
    reach = NameReach(after.pupils, names, lexicons.names.short_forms).words()
    schools = School(before, lexicons), School(after, lexicons)
    for place in range(150):
        item = Item(
            f"i{place}",
            chance.choice([Kind.CLASS_STORY, Kind.MESSAGE]),
            chance.choice(["c0", "c1", None]),
            Author(AuthorRole.STAFF, "s0"),
            None,
            f"{a_text(chance)}. {a_text(chance)}",
            (Media.PHOTO,),
        )
        if reach.isdisjoint(index_words(item.text).split()):
            one, other = (Reading(item, school) for school in schools)
            assert told(one) == told(other), (item.text, names)


def told(reading: Reading) -> tuple[object, ...]:
    """All that the checks build on: who is named where and how, who may be meant, and the plain form."""
    mentions = [
        (m.span, m.form, [p.entry for p in meant(reading, m)], m.key, m.way, m.possessive) for m in reading.mentions
    ]
    lone = [reading.school.has_namesake(pupil, mention.key) for mention in reading.mentions for pupil in mention.pupils]
    contact = reading.school.contact.first(reading.words, reading.is_by_staff)
    return mentions, lone, reading.plain.text, list(reading.plain.places), contact

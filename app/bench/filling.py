"""A school in a file with as many pupils and messages as anybody likes, for measuring what works on a whole store."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from app.bench.files import write_csv
from app.bench.school import NOW
from app.bench.town import children, messages
from app.domain.content import AuthorRole, Item
from app.intake.read import read_register
from app.services.enrolment import ApplyRegister, PlanRegister
from app.services.office import Office
from app.store.bulk import insert_many
from app.store.search import loading
from app.store.tables.content import ItemRow, MediaRow, RecipientRow, TagRow
from app.store.tables.school import StaffRow

_AT_A_TIME = 20_000
_COLUMNS = (
    "digest", "kind", "class_id", "author_role", "staff_id", "guardian_id", "sent_at", "text", "restricted",
)  # fmt: skip
_KINDS = ("photograph", "recording", "work_sample")
_AUDIENCES = ("class_story", "school_story")


def fill(office: Office, folder: Path, pupils: int, count: int) -> None:
    """Bring a register in, link nine guardians in ten, permit eight pupils in ten, and put the messages in unchecked.

    They go straight into the tables, which for a million takes a minute or two.
    """
    file = write_csv(folder / "register.csv", children(pupils))
    reading = read_register([file])
    office.perform(ApplyRegister(reading, office.ask(PlanRegister(reading))))
    _link_and_permit(office)
    places = _Places(office, pupils)
    stream = messages(count, pupils)
    with office.database.writing() as session, loading(session):
        done = 0
        while batch := list(islice(stream, _AT_A_TIME)):
            ids = insert_many(session, ItemRow, _COLUMNS, [places.row(item) for item in batch])
            kept = list(zip(ids, batch, strict=True))
            shown = [(i, each.value) for i, item in kept for each in item.media]
            insert_many(session, MediaRow, ("item_id", "kind"), shown)
            told = [(i, places.guardians[each]) for i, item in kept for each in item.to]
            insert_many(session, RecipientRow, ("item_id", "guardian_id"), told)
            tags = [(i, places.pupils[each]) for i, item in kept for each in item.tagged]
            if tags:
                session.connection().exec_driver_sql(f"INSERT INTO {TagRow.__tablename__} VALUES (?, ?, NULL)", tags)
            done += len(batch)


def _link_and_permit(office: Office) -> None:
    with office.database.writing() as session:
        connection = session.connection()
        connection.exec_driver_sql("UPDATE tie SET responsibility = 1")
        connection.exec_driver_sql(
            "INSERT INTO link (pupil_id, guardian_id, state) SELECT pupil_id, guardian_id, 'linked' FROM tie "
            "WHERE guardian_id % 10"
        )
        for kind in _KINDS:
            for audience in _AUDIENCES:
                connection.exec_driver_sql(
                    "INSERT INTO permission (pupil_id, guardian_id, by_child, kind, audience, answer, decided_on, "
                    "route, recorded_at, recorded_by) SELECT pupil_id, min(guardian_id), 0, ?, ?, 'given', "
                    "'2026-09-01', 'form', ?, 1 FROM tie WHERE pupil_id % 5 GROUP BY pupil_id",
                    (kind, audience, f"{NOW:%Y-%m-%d %H:%M:%S}.000000"),
                )
        for child in {child.class_name: child for child in children(60)}.values():
            session.add(StaffRow(name=f"Mrs Teacher{child.class_name}"))


class _Places:
    """From the town's ids to the school's rows."""

    def __init__(self, office: Office, pupils: int) -> None:
        town = children(pupils)
        with office.database.reading() as session:
            connection = session.connection()
            upns: dict[str, int] = {k: v for k, v in connection.exec_driver_sql("SELECT upn, id FROM pupil")}
            emails: dict[str, int] = {k: v for k, v in connection.exec_driver_sql("SELECT email, id FROM guardian")}
            classes: dict[str, int] = {k: v for k, v in connection.exec_driver_sql("SELECT name, id FROM class")}
            self.staff = [row[0] for row in connection.exec_driver_sql("SELECT id FROM staff")]
        self.pupils = {f"p{child.number + 1}": upns[child.upn] for child in town}
        # Two adults of one name and one home may have been made one.
        self.guardians = {
            f"g{2 * child.number + place + 1}": emails.get(email) or emails[child.guardians[1 - place][2]]
            for child in town
            for place, (_, _, email) in enumerate(child.guardians)
        }
        names = sorted({child.class_name for child in town})
        self.classes = {f"c{place + 1}": classes[name] for place, name in enumerate(names)}

    def row(self, item: Item) -> tuple[str | int | bool | None, ...]:
        """An item's row."""
        by_staff = item.author.role is AuthorRole.STAFF
        assert item.sent_at is not None
        assert item.author.id is not None
        return (
            f"bench-{item.id}",
            item.kind.value,
            self.classes[item.class_id] if item.class_id else None,
            item.author.role.value,
            self.staff[int(item.author.id[1:]) % len(self.staff)] if by_staff else None,
            None if by_staff else self.guardians[item.author.id],
            f"{item.sent_at:%Y-%m-%d %H:%M:%S}.000000",
            item.text,
            False,
        )


def item_ids(office: Office) -> Iterator[int]:
    """Every item's id."""
    with office.database.reading() as session:
        yield from (row[0] for row in session.connection().exec_driver_sql("SELECT id FROM item ORDER BY id"))

"""Evidence for what staff do: clauses T1 to T14."""

from __future__ import annotations

from collections import Counter

from sqlalchemy import func, select

from app.domain.annual import Evidence
from app.domain.content import Kind
from app.store.reads.evidence.year import Year, middle, shows
from app.store.tables.content import ItemRow
from app.store.tables.monitoring import BeforePostingRow
from app.store.tables.policy import AcceptanceRow
from app.store.tables.review import ReferralRow, ReportedRow, ThreadClosingRow
from app.store.tables.school import StaffRow


@shows("T1")
def hours(year: Year) -> tuple[Evidence, ...]:
    """What staff sent outside hours: a welfare figure, by class and never by name."""
    sent, outside = 0, 0
    told = []
    for name, number, late in year.figures.hours():
        sent, outside = sent + number, outside + late
        if late:
            told.append(Evidence(f"Sent outside hours, {name or 'no class'}", late, number))
    return (Evidence("Staff messages and comments outside hours", outside, sent), *told)


@shows("T2")
def reported(year: Year) -> tuple[Evidence, ...]:
    """Messages that were reported, and how soon."""
    rows = year.session.execute(
        select(ReportedRow.reported_at, ItemRow.sent_at)
        .join(ItemRow, ItemRow.id == ReportedRow.item_id)
        .where(year.within(ReportedRow.reported_at))
    ).all()
    minutes = [(told - sent).total_seconds() / 60 for told, sent in rows if sent is not None and told >= sent]
    return (
        Evidence("Messages reported", len(rows)),
        middle(minutes, "minutes", "From sent to reported, half of them within"),
    )


def _closed(year: Year) -> Counter[str]:
    """Every statement of the year, by how it was: a conversation may be closed more than once."""
    return Counter(year.session.scalars(select(ThreadClosingRow.channel).where(year.within(ThreadClosingRow.at))))


@shows("T3")
def otherwise(year: Year) -> tuple[Evidence, ...]:
    """Conversations answered away from the page."""
    closed = _closed(year)
    names = {"message": "by message", "telephone": "by telephone", "meeting": "at a meeting", "office": "by the office"}
    return tuple(Evidence(f"Conversations answered {words}", closed[key]) for key, words in names.items())


@shows("T4")
def asked_to_phone(year: Year) -> tuple[Evidence, ...]:
    """Families who were asked to phone."""
    return (Evidence("Families asked to phone school", _closed(year)["asked_to_phone"]),)


@shows("T5")
def to_the_office(year: Year) -> tuple[Evidence, ...]:
    """Matters passed to the office, and how soon they were closed."""
    rows = year.session.execute(
        select(ReferralRow.made_at, ReferralRow.done_at).where(
            ReferralRow.to == "office", year.within(ReferralRow.made_at)
        )
    ).all()
    hours_taken = [(done - made).total_seconds() / 3600 for made, done in rows if done is not None]
    return (
        Evidence("Matters passed to the office", len(rows)),
        Evidence("Still open", sum(done is None for _, done in rows)),
        middle(hours_taken, "hours", "From passed on to closed, half of them within"),
    )


@shows("T6")
def regular(year: Year) -> tuple[Evidence, ...]:
    """Classes with a post, and in how many weeks: shown without a target or a ranking."""
    weeks: dict[str, set[object]] = {}
    for week, name, kind, _, _ in year.figures.items():
        if kind is Kind.CLASS_STORY and name:
            weeks.setdefault(name, set()).add(week)
    return tuple(Evidence(f"Weeks with a post, {name}", len(found)) for name, found in sorted(weeks.items()))


@shows("T7")
def shared(year: Year) -> tuple[Evidence, ...]:
    """Pictures and work that were shared."""
    pictures = sum(carrying for *_, carrying in year.figures.items())
    return (
        Evidence("Items with a photograph, a video or work", pictures),
        Evidence("Portfolio items", year.items[Kind.PORTFOLIO]),
    )


@shows("T8")
def names(year: Year) -> tuple[Evidence, ...]:
    """Surnames and initials, and how many to a thousand posts."""
    upheld = year.found("surname", None, ("upheld", "advice")) + year.found("initial", None, ("upheld", "advice"))
    rate = Evidence(
        "Upheld, or advice given, to 1,000 posts", round(1000 * upheld / year.posts, 1) if year.posts else None
    )
    return (*year.judged("Surnames", check="surname"), *year.judged("Initials", check="initial"), rate)


@shows("T9")
def personal(year: Year) -> tuple[Evidence, ...]:
    """Personal matters in what staff wrote."""
    return year.judged("Personal matters", clause="T9")


@shows("T10")
def sensitive(year: Year) -> tuple[Evidence, ...]:
    """Private matters and contact details in the open."""
    return (*year.judged("Private matters", check="sensitive"), *year.judged("Contact details", check="contact"))


@shows("T11")
def class_lists(year: Year) -> tuple[Evidence, ...]:
    """Class lists read by the staff of each class."""
    due, missing = year.people["sheets_due"], year.people["sheets_missing"]
    issued = year.count(AcceptanceRow, AcceptanceRow.what == "class_sheet", year.day_within(AcceptanceRow.accepted_on))
    return (
        Evidence("Class lists acknowledged by the class's staff", due - missing, due, now_only=True),
        Evidence("Acknowledgements recorded", issued),
    )


@shows("T12")
def permitted(year: Year) -> tuple[Evidence, ...]:
    """Pictures without permission, and drafts checked before posting."""
    checked = year.count(BeforePostingRow, year.within(BeforePostingRow.checked_at))
    return (
        *year.judged("Without permission", check="no-permission"),
        Evidence("Drafts checked before posting", checked),
    )


@shows("T13")
def not_elsewhere(year: Year) -> tuple[Evidence, ...]:
    """Sharing elsewhere, and the cases it led to."""
    return (*year.judged("Shared elsewhere", clause="T13"), Evidence("Cases", year.cases("T13")))


@shows("T14")
def devices(year: Year) -> tuple[Evidence, ...]:
    """Yearly statements about personal devices."""
    staff = year.count(StaffRow, StaffRow.active.is_(True))
    stated = year.session.scalar(
        select(func.count(AcceptanceRow.staff_id.distinct()))
        .join(StaffRow, StaffRow.id == AcceptanceRow.staff_id)
        .where(StaffRow.active, AcceptanceRow.what == "device", year.day_within(AcceptanceRow.accepted_on))
    )
    return (Evidence("Members of staff who stated how they use their devices", stated or 0, staff),)

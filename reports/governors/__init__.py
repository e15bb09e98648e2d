"""The governors' summary: two pages, counts under five suppressed, nobody identifiable (H3, M1, M2)."""

from __future__ import annotations

from collections.abc import Iterator

from app.domain.annual import Evidence, Judgement
from reports.annual import FAMILIES, OTHER, counted
from reports.annual.reads import PackData, PackReads, gather
from reports.kit.model import (
    Block,
    Callout,
    Cell,
    Column,
    Document,
    Heading,
    Note,
    Notes,
    Table,
    Text,
    Tile,
    Tiles,
    Tone,
)
from reports.kit.model import Kind as Holds
from reports.kit.numbers import day

__all__ = ["TITLE", "PackReads", "compose", "gather", "suppressed"]

TITLE = "Summary for governors"
LEAST = 5
"""Counts of one to four are not told: somebody might be recognised."""
FEW = "fewer than 5"

_SHOWN: dict[str, tuple[str, ...]] = {
    "H1": ("Class story items", "School story items", "Comment items", "Message items"),
    "H4": ("Linked guardians who agreed to the processing",),
    "H12": ("Leavers", "Leavers done in ClassDojo"),
    "T1": ("Staff messages and comments outside hours",),
    "T5": ("Matters passed to the office", "Still open"),
    "T8": ("Surnames: upheld, or advice given", "Initials: upheld, or advice given"),
    "T11": ("Class lists acknowledged by the class's staff",),
    "T12": ("Without permission: findings", "Drafts checked before posting"),
    "P1": ("Linked guardians who accepted the policy in force",),
    "P6": ("Answered in time", "Not answered, and time is up"),
    "M1": ("Looks finished", "Items looked at", "What the checks miss"),
    "M2": ("Cases opened", "Appeals"),
    "M3": ("Members of staff who accepted the policy in force",),
    "K1": ("Referrals to the safeguarding lead", "Read by the lead"),
    "K2": ("Personal data breaches on the register", "Reported to the ICO"),
    "K3": ("Subject access requests", "Answered in time"),
}
"""What governors see of each clause's evidence. Nothing by class: a class may be one family's."""


def suppressed(one: Evidence) -> str:
    """A figure as governors read it: one to four, or all but one to four of a whole, is only told to be so few."""
    if one.said:
        return one.said
    if one.count is None:
        return "none recorded"
    if one.of == 0:
        return "none"
    number = round(one.count)
    if 0 < number < LEAST:
        return FEW
    if one.of is None:
        return f"{number:,}"
    if 0 < one.of < LEAST:
        return FEW
    if 0 < one.of - number < LEAST:
        return f"all but {FEW} of {one.of:,}"
    return f"{number:,} of {one.of:,}"


def compose(data: PackData) -> Document:
    """The summary as blocks."""
    blocks: list[Block] = [*_stand(data), *_wanting(data), _figures(data), *_reading(data)]
    audience = "For governors. Counts under five are suppressed; no child can be recognised."
    return Document(data.masthead(TITLE, audience), tuple(blocks))


def _stand(data: PackData) -> Iterator[Block]:
    review, found = data.review, counted(data)
    yield Heading("How well the policy was kept")
    if review.signed_at is not None:
        yield Callout("Signed", (f"The headteacher signed this review on {day(review.signed_at.date())}.",), Tone.GOOD)
    else:
        words = f"{review.judged} of {len(review.clauses)} clauses are judged. The headteacher has not signed yet."
        yield Callout("Not signed yet", (words,), Tone.WARN)
    yield Tiles(
        "Clauses",
        (
            Tile("Kept", found[Judgement.KEPT]),
            Tile("Partly kept", found[Judgement.PARTLY]),
            Tile("Not kept", found[Judgement.NOT_KEPT]),
            Tile("Not judged yet", found[None]),
        ),
    )


def _wanting(data: PackData) -> Iterator[Block]:
    rows: list[tuple[Cell, ...]] = [
        (clause.code, clause.heading, clause.judgement.words, clause.due)
        for clause in data.review.clauses
        if clause.judgement is not None and clause.judgement.wants_action
    ]
    columns = (Column("Clause"), Column("About"), Column("Judgement"), Column("Action by", Holds.DATE))
    yield Table("Clauses found wanting", "Clauses that were not wholly kept", columns, tuple(rows),
                empty="No clause that was judged was found wanting.")  # fmt: skip
    open_ = sum(one.done_on is None for one in data.review.actions)
    if data.review.actions:
        done = len(data.review.actions) - open_
        yield Text(f"Of {len(data.review.actions)} actions of earlier reviews, {done} are done and {open_} are not.")


def _figures(data: PackData) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for clause in data.review.clauses:
        wanted = _SHOWN.get(clause.code, ())
        told = {one.label: one for one in clause.evidence}
        rows += [
            (FAMILIES.get(clause.code[:1], OTHER), clause.code, label, suppressed(told[label]))
            for label in wanted
            if label in told
        ]
    columns = (Column("Part"), Column("Clause"), Column("What was counted"), Column("Figure"))
    return Table("Key figures", "Key figures of the period", columns, tuple(rows))


def _reading(data: PackData) -> Iterator[Block]:
    del data
    yield Heading("How to read this", 2)
    yield Notes(
        (
            Note("One to four is shown as “fewer than 5”, so that nobody is recognised. Nothing stands as 0."),
            Note("Nothing ranks classes or staff. The number of posts varies for good reasons."),
            Note("Senior leaders drew random samples. Their seeds are on record: ask to see a draw made again."),
        )
    )

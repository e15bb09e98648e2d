"""The annual review pack: the evidence for every clause, the judgement on it, and what is to be done (H3)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from app.domain.annual import Evidence, Judgement
from app.services.annual_review import ClauseInReview
from reports.annual.reads import PackData, PackReads, gather
from reports.kit.model import (
    Block,
    Callout,
    Cell,
    Chart,
    Column,
    Contents,
    Document,
    Heading,
    NewPage,
    Note,
    Notes,
    Shape,
    Table,
    Text,
    Tile,
    Tiles,
    Tone,
)
from reports.kit.model import Kind as Holds
from reports.kit.numbers import day

__all__ = ["TITLE", "PackData", "PackReads", "compose", "gather"]

TITLE = "Annual review pack"

FAMILIES = {
    "H": "What the service is, and for whom",
    "T": "What staff do",
    "P": "What families do",
    "M": "How the policy is kept",
    "K": "What the law asks",
}
"""The parts of the policy by the first letter of a clause's code."""
OTHER = "The school's own clauses"


def compose(data: PackData) -> Document:
    """The pack as blocks, before it is paper or a spreadsheet."""
    blocks: list[Block] = [
        *_cover(data),
        NewPage(),
        Contents(),
        NewPage(),
        *_findings(data),
        *_clauses(data),
        *_actions(data),
        *_method(data),
    ]
    audience = "For the headteacher, senior leaders and governors. Names no child and no family."
    return Document(data.masthead(TITLE, audience), tuple(blocks))


def counted(data: PackData) -> Counter[Judgement | None]:
    """Clauses by judgement; None counts those that are not judged."""
    return Counter(clause.judgement for clause in data.review.clauses)


def _cover(data: PackData) -> Iterator[Block]:
    review = data.review
    yield Heading("Where the review stands")
    if review.signed_at is not None:
        signed = f"{review.signed_by} signed this review on {day(review.signed_at.date())}."
        yield Callout("Signed", (signed, f"The audit's head at the signature: {review.audit_head}"), Tone.GOOD)
    elif review.id is None:
        yield Callout(
            "Not open yet", ("The review of this year was not opened. The evidence stands below.",), Tone.WARN
        )
    else:
        left = len(review.clauses) - review.judged
        words = f"{review.judged} of {len(review.clauses)} clauses are judged, {left} wait. It is not signed."
        yield Callout("Not signed yet", (words,), Tone.WARN)
    found = counted(data)
    yield Tiles(
        "Judgements",
        (
            Tile("Kept", found[Judgement.KEPT]),
            Tile("Partly kept", found[Judgement.PARTLY]),
            Tile("Not kept", found[Judgement.NOT_KEPT]),
            Tile("Does not apply", found[Judgement.NOT_APPLICABLE]),
            Tile("Not judged yet", found[None]),
            Tile("Clauses without any record", sum(_bare(clause) for clause in review.clauses)),
        ),
    )


def _bare(clause: ClauseInReview) -> bool:
    return not any(one.recorded and one.said != "none recorded" for one in clause.evidence)


def _findings(data: PackData) -> Iterator[Block]:
    yield Heading("Findings")
    review = data.review
    wanting = [clause for clause in review.clauses if clause.judgement is not None and clause.judgement.wants_action]
    if wanting:
        yield Text("These clauses were not wholly kept. Each has an action, with a name and a day.")
        yield Notes(tuple(Note(f"{clause.heading}. {clause.why}", f"{clause.code} ") for clause in wanting))
    elif review.judged:
        yield Text("No clause that was judged was found wanting.")
    else:
        yield Text("No clause is judged yet.")
    bare = [clause for clause in review.clauses if _bare(clause)]
    if bare:
        codes = ", ".join(clause.code for clause in bare)
        yield Text(f"The records hold nothing on: {codes}. What is known of them stands in the judgement, in words.")
    table = _by_part(data)
    yield table
    yield Chart(
        "Judgements by part of the policy",
        Shape.BARS,
        table,
        "Part",
        ("Kept", "Partly kept", "Not kept", "Not judged yet"),
        f"{counted(data)[Judgement.KEPT]} of {len(review.clauses)} clauses were kept.",
    )


def _by_part(data: PackData) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for words, clauses in _parts(data):
        found = Counter(clause.judgement for clause in clauses)
        rows.append(
            (
                words,
                found[Judgement.KEPT],
                found[Judgement.PARTLY],
                found[Judgement.NOT_KEPT],
                found[Judgement.NOT_APPLICABLE],
                found[None],
            )
        )
    titles = ("Kept", "Partly kept", "Not kept", "Does not apply", "Not judged yet")
    columns = (Column("Part"), *(Column(title, Holds.COUNT) for title in titles))
    return Table("Judgements by part", "Judgements by part of the policy", columns, tuple(rows))


def _parts(data: PackData) -> list[tuple[str, list[ClauseInReview]]]:
    parts: dict[str, list[ClauseInReview]] = {}
    for clause in data.review.clauses:
        parts.setdefault(FAMILIES.get(clause.code[:1], OTHER), []).append(clause)
    return list(parts.items())


def _clauses(data: PackData) -> Iterator[Block]:
    for words, clauses in _parts(data):
        yield NewPage()
        yield Heading(words)
        for clause in clauses:
            yield from _clause(clause)


def _clause(clause: ClauseInReview) -> Iterator[Block]:
    yield Heading(f"{clause.code}  {clause.heading}", 2, (clause.code,))
    yield Text(clause.words, quiet=True)
    yield Table(
        f"{clause.code} evidence",
        f"Evidence for {clause.code}",
        (
            Column("What the records show", part=0.42),
            Column("Number", Holds.COUNT, 0.1),
            Column("Of", Holds.COUNT, 0.08),
            Column("In words", part=0.26),
            Column("A year before", Holds.COUNT, 0.14),
        ),
        tuple(_row(one) for one in clause.evidence),
        empty="None recorded.",
    )
    judged = clause.judgement.words if clause.judgement else "Not judged yet"
    yield Text(f"Judgement: {judged}. {clause.why}".strip(), closing=True)
    if clause.action:
        by = f", by {day(clause.due)}" if clause.due else ""
        yield Text(f"Action: {clause.action} ({clause.owner}{by})", closing=True)


def _row(one: Evidence) -> tuple[Cell, ...]:
    said = one.said or (f"{one.unit}" if one.unit and one.count is not None else "")
    if one.count is None and not one.said:
        said = "none recorded"
    return one.label, _whole(one.count), one.of, said, _whole(one.before)


def _whole(figure: float | None) -> int | float | None:
    """A count as the whole number that it is."""
    return int(figure) if figure is not None and float(figure).is_integer() else figure


def _actions(data: PackData) -> Iterator[Block]:
    yield NewPage()
    yield Heading("Actions")
    now = [clause for clause in data.review.clauses if clause.action]
    yield Table(
        "Actions of this review",
        "What is done before the next review",
        (Column("Clause"), Column("Action"), Column("By whom"), Column("By which day", Holds.DATE)),
        tuple((clause.code, clause.action, clause.owner, clause.due) for clause in now),
        empty="No action was decided.",
    )
    yield Table(
        "Actions of earlier reviews",
        "What earlier reviews wanted done",
        (
            Column("Review"),
            Column("Clause"),
            Column("Action"),
            Column("By whom"),
            Column("By which day", Holds.DATE),
            Column("Done on", Holds.DATE),
        ),
        tuple((one.year, one.code, one.action, one.owner, one.due, one.done_on) for one in data.review.actions),
        empty="No action of an earlier review is on record.",
    )


def _method(data: PackData) -> Iterator[Block]:
    yield NewPage()
    yield Heading("Appendix A  Method and limits")
    yield Notes(
        (
            Note("Figures are counted from the school's own records at the moment this pack was made.", "Source. "),
            Note(
                "Checks by machine find what they know. Random samples, read by people, tell how much they miss; the "
                "estimate under M1 comes with its interval.",
                "What the checks miss. ",
            ),
            Note(
                "What came in is what was brought in from the messaging service. A post that was never brought in "
                "stands in no figure.",
                "Coverage. ",
            ),
            *([Note(data.school.destroyed, "Destroyed. ")] if data.school.destroyed else []),
            Note(
                "Permissions, links and acceptances are as they stand on the day. How they stood a year ago is not "
                "kept, so no comparison is shown.",
                "Standing figures. ",
            ),
            Note("The number of posts varies for good reasons. Nothing here ranks classes or staff.", "No league. "),
            Note(
                f"Each line of the audit covers the line before it. The head of the chain printed on every page is "
                f"{data.review.audit_head or data.school.audit_head}; a chain that was changed later has another.",
                "Proof. ",
            ),
        )
    )

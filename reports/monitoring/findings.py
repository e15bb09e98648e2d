"""What the checks found: at a glance by check and class, and clause by clause for each family."""

from __future__ import annotations

from app.domain.checks.finding import CONTENT_CHECKS, Check
from reports.kit import numbers
from reports.kit.model import Block, Cell, Chart, Column, Heading, Shape, Share, Table, Text
from reports.kit.model import Kind as Holds
from reports.monitoring import tally
from reports.monitoring.data import MonitoringData, Verdict
from reports.monitoring.shape import added, counts
from reports.monitoring.words import CHECKS, class_words

_VERDICTS = tuple(verdict.words for verdict in Verdict)
NONE = "The checks found nothing in what was brought in for this period."
_FAMILY_TITLES = {
    "H": "what the service is for",
    "T": "what staff keep to",
    "P": "what families keep to",
    "M": "monitoring and decisions",
    "K": "what the law asks",
}


def glance(data: MonitoringData) -> list[Block]:
    """The section on all checks together."""
    verdicts = tally.verdicts_of(data.findings)
    judged = tally.judged(verdicts)
    wrong = Share(verdicts[Verdict.FALSE_ALARM], judged)
    says = "A finding is a reason for a person to look. It decides nothing: a senior leader does."
    if judged:
        says += f" Of those judged, {numbers.of(wrong.part, wrong.whole)} turned out to be false alarms."
    table = _by_check(data)
    return [
        Heading("The checks at a glance"),
        Text(says),
        Chart("Findings by check and verdict", Shape.BARS, table, "Check", _VERDICTS, _says_of_chart(data)),
        _by_class(data),
        _by_verdict(data),
        table,
        _by_check_and_class(data),
    ]


def _says_of_chart(data: MonitoringData) -> str:
    sums = tally.summed(data.findings, lambda row: row.check, lambda row: row.findings)
    if not sums.total():
        return "No check found anything."
    check = max(CONTENT_CHECKS, key=lambda each: sums[each])
    silent = sum(not sums[each] for each in CONTENT_CHECKS)
    nothing = f" {numbers.opening(silent, 'check')} found nothing." if silent else ""
    return (
        f"Most findings came from the check “{CHECKS[check]}” ({numbers.count(sums[check])} of "
        f"{numbers.count(sums.total())}).{nothing}"
    )


def _by_check(data: MonitoringData) -> Table:
    columns = (
        Column("Check"),
        *counts(*_VERDICTS, "All"),
        Column("False alarm rate", Holds.SHARE),
    )
    rows: list[tuple[Cell, ...]] = []
    for check in CHECKS if data.findings else ():
        verdicts = tally.findings_of(data, check)
        wrong = Share(verdicts[Verdict.FALSE_ALARM], tally.judged(verdicts))
        rows.append((CHECKS[check], *(verdicts[verdict] for verdict in Verdict), verdicts.total(), wrong))
    verdicts = tally.verdicts_of(data.findings)
    wrong = Share(verdicts[Verdict.FALSE_ALARM], tally.judged(verdicts))
    total: tuple[Cell, ...] = ("All", *(verdicts[verdict] for verdict in Verdict), verdicts.total(), wrong)
    note = "The false alarm rate is the share of false alarms among the findings that have been judged."
    return Table("Findings by check", "Findings by check and verdict", columns, tuple(rows), total, note, NONE)


def _by_verdict(data: MonitoringData) -> Table:
    verdicts = tally.verdicts_of(data.findings)
    columns = (Column("Verdict"), *counts("Findings"), Column("Share of all", Holds.SHARE))
    rows: list[tuple[Cell, ...]] = [
        (verdict.words, verdicts[verdict], Share(verdicts[verdict], verdicts.total()))
        for verdict in (Verdict if data.findings else ())
    ]
    return Table("Verdicts", "Findings by verdict", columns, tuple(rows), added(rows, columns), empty=NONE)


def _by_check_and_class(data: MonitoringData) -> Table:
    classes = tally.classes_of(data, (row.class_name for row in data.findings))
    sums = tally.summed(data.findings, lambda row: (row.check, row.class_name), lambda row: row.findings)
    columns = (Column("Check"), *counts(*(class_words(name) for name in classes), "All"))
    rows: list[tuple[Cell, ...]] = []
    for check in CHECKS if data.findings else ():
        figures = [sums[check, name] for name in classes]
        rows.append((CHECKS[check], *figures, sum(figures)))
    return Table(
        "Findings by check and class",
        "Findings by check and class",
        columns,
        tuple(rows),
        added(rows, columns),
        "Whatever the verdict. Counts are small: read them as places to look, not as a ranking of classes.",
        NONE,
    )


def _by_class(data: MonitoringData) -> Table:
    items = tally.summed(data.items, lambda row: row.class_name, lambda row: row.items)
    sums = tally.summed(data.findings, lambda row: (row.class_name, row.verdict), lambda row: row.findings)
    columns = (
        Column("Class"),
        *counts("Items", "Findings", *_VERDICTS),
        Column("Upheld per 1,000 items", Holds.NUMBER),
    )
    rows: list[tuple[Cell, ...]] = []
    for name in tally.classes_of(data, [*items, *(row.class_name for row in data.findings)]) if data.findings else []:
        figures = [sums[name, verdict] for verdict in Verdict]
        rate = numbers.per_thousand(sums[name, Verdict.UPHELD], items[name])
        rows.append((class_words(name), items[name], sum(figures), *figures, rate))
    total = added(rows, columns)
    if total is not None:
        upheld = tally.verdicts_of(data.findings)[Verdict.UPHELD]
        total = (*total[:-1], numbers.per_thousand(upheld, items.total()))
    return Table(
        "Findings by class",
        "Findings by class and verdict",
        columns,
        tuple(rows),
        total,
        "Classes stand in the school's own order. More findings may only mean that more was posted. No rate is given "
        f"for fewer than {numbers.ENOUGH_FOR_RATE} items.",
        NONE,
    )


def family_findings(data: MonitoringData, family: str) -> list[Block]:
    """Clause by clause, what the checks found under one family of clauses."""
    headings = {line.code: line.heading for line in data.clauses}
    found = {row.clause for row in data.findings if row.clause.startswith(family)}
    tested = [
        line.code for line in data.clauses if line.code.startswith(family) and (line.checked or line.code in found)
    ]
    codes = [*tested, *sorted(found - set(tested))]
    columns = (Column("Clause"), Column("About"), *counts("Found", *_VERDICTS))
    rows: list[tuple[Cell, ...]] = []
    for code in codes:
        verdicts = tally.verdicts_of(row for row in data.findings if row.clause == code)
        figures = (verdicts.total(), *(verdicts[verdict] for verdict in Verdict))
        rows.append((code, headings.get(code, "Not in the policy in force"), *figures))
    if not rows:
        return []
    table = Table(
        f"Findings under {family}",
        f"Findings under the clauses on {_FAMILY_TITLES[family]}",
        columns,
        tuple(rows),
        added(rows, columns),
    )
    return [Heading("What the checks found", 2, tuple(codes)), *_first_names(data, family), table]


def _first_names(data: MonitoringData, family: str) -> list[Block]:
    """The rate that the policy's rule on first names is followed by (T8)."""
    if family != "T":
        return []
    named = [row for row in data.findings if row.check in (Check.SURNAME, Check.INITIAL)]
    upheld = tally.verdicts_of(named)[Verdict.UPHELD]
    posts = tally.posts_of(data)
    rate = numbers.per_thousand(upheld, posts)
    if rate is None:
        few = numbers.counted(posts, "post")
        return [Text(f"First names only (T8): with {few} on record, no rate of surnames and initials can be given.")]
    told = numbers.capital(numbers.counted(upheld, "finding was", "findings were"))
    return [
        Text(
            f"First names only (T8): {told} upheld for a surname or an initial that is not needed. Set against "
            f"{numbers.counted(posts, 'post')}, that is {numbers.number(rate)} for every 1,000."
        )
    ]

"""The key figures of every report, read back from its spreadsheet, agree with a recount by plain SQL over the tables.

The sample school, with what it lacks added: a whole appeal, a data breach, a reported message, statements of somebody
who left. The recount is hand-written (`recounting.py`); where it and a report disagree, one of the two is wrong.
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

from app.domain.breach import CaseStatus, Outcome
from app.domain.checks.finding import Check
from app.domain.content import Kind
from app.domain.permissions import MediaKind
from app.domain.words import day_words
from app.services.office import Office
from reports.catalogue import REPORTS, report
from reports.making import make
from tests.reports import test_recount_registers
from tests.reports.paper_reader import Paper
from tests.reports.recount_school import Sheets, counted, head, number, row_of, sheets, sql
from tests.reports.recounted_evidence import recounted
from tests.reports.recounting import COUNTED, HOME, MONDAY, SENT, YEAR, Figure, Sql
from tests.reports.sheet_reader import SheetTable
from tests.screens.sample import full_school

__all__ = ["full_school", "head", "sheets", "sql"]


def test_every_report_is_recounted() -> None:
    tests = {*globals(), *vars(test_recount_registers)}
    here = {name.removeprefix("test_").removesuffix("_agrees").replace("_", "-") for name in tests}
    assert {each.id for each in REPORTS} <= here


def test_annual_agrees(sheets: Sheets, sql: Sql) -> None:
    known = recounted(sql)
    wrong, missing = {}, []
    for code, wanted in known.items():
        table = sheets("annual")[f"Evidence for {code}"]
        told = {row[0]: dict(zip(table.head, row, strict=True)) for row in table.rows}
        for label, figure in wanted.items():
            row = told.pop(label, {"Number": "absent", "Of": "", "In words": ""})
            shown = _figure(row)
            if shown != figure and not (row["Number"] == "absent" and figure in (0, (0, 0), None)):
                wrong[code, label] = (shown, figure)
        if not code.startswith(("K", "H12")):
            missing += [(code, label) for label, row in told.items() if row["Number"]]
    assert wrong == {}
    assert missing == [], "a new figure needs a recount"
    assert len(known) >= 34
    assert sum(bool(figure) for wanted in known.values() for figure in wanted.values()) >= 110


def _figure(row: dict[str, str]) -> object:
    if row["Number"] == "absent":
        return "absent"
    if not row["Number"]:
        return None
    return (number(row["Number"]), number(row["Of"])) if row["Of"] else number(row["Number"])


def test_governors_agrees(sheets: Sheets, sql: Sql) -> None:
    known, shown = recounted(sql), 0
    for _, code, label, said in sheets("governors")["Key figures of the period"].rows:
        if label in known.get(code, {}):
            assert said == _suppressed(known[code][label]), (code, label)
            shown += 1
    assert shown >= 22


def _suppressed(figure: Figure) -> str:
    few = "fewer than 5"
    some, whole = figure if isinstance(figure, tuple) else (figure, None)
    if some is None:
        return "none recorded"
    if whole is None:
        return few if 0 < some < 5 else f"{some:,.0f}"
    if whole == 0:
        return "none"
    if 0 < some < 5 or whole < 5:
        return few
    return f"all but {few} of {whole:,.0f}" if 0 < whole - some < 5 else f"{some:,.0f} of {whole:,.0f}"


def test_monitoring_agrees(sheets: Sheets, sql: Sql) -> None:
    shown = sheets("monitoring")
    kinds = {kind.words: kind.value for kind in Kind}
    items = sql.counts(f"SELECT kind, count(*) FROM item i WHERE {SENT} GROUP BY kind")
    media = sql.counts(
        f"SELECT kind, count(*) FROM item i WHERE {SENT} AND id IN (SELECT item_id FROM media) GROUP BY 1"
    )
    by_kind = counted(shown["Items by kind, and how many carry pictures or work"], "Items", "With pictures or work")
    assert by_kind == {words: (items[kind], media[kind]) for words, kind in kinds.items() if items[kind]}
    weeks = sql.counts(f"SELECT {MONDAY}, count(*) FROM item i WHERE {SENT} GROUP BY 1")
    by_week = counted(shown["Items by week and kind"], "All")
    assert {week: some for week, (some,) in by_week.items() if some} == {
        day_words(date.fromisoformat(week)): some for week, some in weeks.items()
    }
    states = ("upheld", "advice", "false_alarm", "open")
    found = sql.counts(
        'SELECT f."check", f.state, count(*) FROM finding f JOIN item i ON i.id = f.item_id '
        f"WHERE {COUNTED} GROUP BY 1, 2"
    )
    by_check = counted(shown["Findings by check and verdict"], "Upheld", "Advice given", "False alarm", "Waiting")
    assert sum(sum(row) for row in by_check.values()) == found.total() > 300
    assert sorted(row for row in by_check.values() if any(row)) == sorted(
        row for check in Check if any(row := tuple(found[check.value, state] for state in states))
    )
    _people_of_monitoring(shown, sql)
    _ways_of_monitoring(shown, sql)


def _people_of_monitoring(shown: dict[str, SheetTable], sql: Sql) -> None:
    links = sql.counts(
        "SELECT state, count(*) FROM link JOIN pupil p ON p.id = pupil_id WHERE left_on IS NULL GROUP BY 1"
    )
    states = {"Linked": "linked", "Invited, not linked yet": "invited", "Suspended": "suspended", "Removed": "removed"}
    by_state = counted(shown["Links of guardians to pupils, by state"], "Links")
    assert {words: links[state] for words, state in states.items() if words in by_state} == {
        words: some for words, (some,) in by_state.items()
    }
    standing = sql.standing()
    by_kind = Counter((kind, state) for (_, kind), (_, _, state) in standing.items())
    kinds = {kind.words: kind.value for kind in MediaKind}
    names = {"Given": "given", "Refused": "refused", "Withdrawn": "withdrawn", "Undecided": "undecided",
             "In conflict": "conflict"}  # fmt: skip
    for words, some in counted(shown["How permissions stand, by kind of picture or work"], *names).items():
        assert some == tuple(by_kind[kinds[str(words)], state] for state in names.values())
    gaps = {pupil for (pupil, _), (_, _, state) in standing.items() if state in ("undecided", "conflict")}
    table = shown["Pupils with a permission undecided or in conflict, by class"]
    assert sum(some for (some,) in counted(table, "With a gap").values()) == len(gaps) > 0
    hours = sql.rows(
        f"SELECT c.name, count(*) FROM item i LEFT JOIN class c ON c.id = {HOME} WHERE {SENT} "
        "AND i.author_role = 'staff' AND i.kind IN ('message', 'comment') GROUP BY 1"
    )
    sent = counted(shown["Messages and comments by staff, and those sent outside hours"], "Sent by staff")
    assert {name: some for name, (some,) in sent.items()} == {name or "No one class": some for name, some in hours}


def _ways_of_monitoring(shown: dict[str, SheetTable], sql: Sql) -> None:
    waits = Counter(state for _, state, _, _ in sql.waits())
    all_of = row_of(shown["Threads that need a reply, by class"], "All")
    columns = {"In time": "in_time", "Late": "late", "No reply, overdue": "overdue", "Not due yet": "running",
               "Another way": "otherwise"}  # fmt: skip
    assert {column: number(all_of[column]) for column in columns} == {c: waits[state] for c, state in columns.items()}
    cases = sql.counts(
        "SELECT c.status, coalesce(d.outcome, ''), count(*) FROM breach_case c LEFT JOIN case_decision d "
        "ON d.case_id = c.id AND d.superseded_by IS NULL "
        "WHERE c.opened_at < :z AND coalesce(c.closed_at, :a) >= :a GROUP BY 1, 2"
    )
    table = shown["Breach cases opened or open in the period, by status and outcome"]
    assert counted(table, "Cases", keys=2) == {
        (CaseStatus(status).words, Outcome(outcome).words if outcome else "No outcome yet"): (some,)
        for (status, outcome), some in cases.items()
    }
    referrals = shown["Referrals to the safeguarding lead, and how long they took"]
    made = sql.one("SELECT count(*) FROM referral WHERE \"to\" = 'safeguarding' AND made_at >= :a AND made_at < :z")
    assert number(row_of(referrals, "Referrals made to the safeguarding lead")["Figure"]) == made > 0


def test_the_paper_says_what_was_recounted(head: Office, sql: Sql, tmp_path: Path) -> None:
    """Once on paper too; that paper and spreadsheet agree in every table is proved for every report elsewhere."""
    said = Paper(make(head, report("governors"), tmp_path / "governors.pdf", *YEAR).path.read_bytes()).text()
    for label in ("Class story items", "Message items", "Comment items"):
        assert f"{label} {recounted(sql)['H1'][label]}" in said

"""The registers' figures, read back from their spreadsheets, agree with a recount by plain SQL over the tables."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

from app.domain.appeals import AppealOutcome
from app.domain.breach import CaseStatus, Outcome
from app.domain.content import AuthorRole
from app.domain.letters import language_words
from app.domain.permissions import MediaKind
from app.domain.words import day_words
from app.services.data_breaches import RISKS
from tests.reports.recount_school import Sheets, counted, head, number, sheets, sql
from tests.reports.recounting import ENDS, SENT, STARTS, Sql
from tests.screens.sample import full_school

__all__ = ["full_school", "head", "sheets", "sql"]


def test_permissions_agrees(sheets: Sheets, sql: Sql) -> None:
    now, later = sql.standing(), sql.standing(sql.today + timedelta(days=60))
    names = dict(sql.rows("SELECT id, name FROM class"))
    found: Counter[tuple[str, str, str]] = Counter()
    for (pupil, kind), (class_id, barred, state) in now.items():
        soon = state == "given" and later[pupil, kind][2] != "given"
        column = {"given": "Runs out soon" if soon else "Yes", "undecided": "Undecided", "conflict": "Adults disagree"}
        found[names[class_id], kind, "No" if barred else column.get(state, "No")] += 1
    table = sheets("permissions")["Children by class, kind and answer"]
    columns = ("Undecided", "Adults disagree", "Runs out soon", "No", "Yes")
    kinds = {kind.words: kind.value for kind in MediaKind}
    told = counted(table, *columns, keys=2)
    assert len(told) == 3 * len({class_id for class_id, _, _ in now.values()})
    for key, some in told.items():
        assert isinstance(key, tuple)
        assert some == tuple(found[key[0], kinds[key[1]], column] for column in columns), key


def test_links_agrees(sheets: Sheets, sql: Sql) -> None:
    shown = sheets("links")
    codes = sql.counts(
        "SELECT coalesce(c.name, 'No class'), CASE WHEN used_at IS NOT NULL THEN 'Used' WHEN revoked_at IS NOT NULL "
        "THEN 'Revoked' WHEN expires_on < :t THEN 'Expired' ELSE 'Waiting' END, count(*) FROM linking_code l "
        "LEFT JOIN class c ON c.id = l.class_id WHERE issued_at >= :a AND issued_at < :z GROUP BY 1, 2"
    )
    table = shown["Codes given out in the period, by class and what became of them"]
    for name, some in counted(table, *table.head[1:]).items():
        expected = [codes[name, state] for state in table.head[1:-1]]
        assert list(some) == [*expected, sum(expected)]
    assert sum(some for (some,) in counted(table, "All").values()) == codes.total() > 100
    adults = sql.rows(
        "SELECT c.name, sum(n >= 2), sum(n = 1), sum(n = 0) FROM (SELECT p.id, p.class_id, (SELECT count(*) FROM link "
        "WHERE pupil_id = p.id AND state = 'linked') AS n FROM pupil p WHERE left_on IS NULL) JOIN class c "
        "ON c.id = class_id GROUP BY 1"
    )
    linked = shown["Children by class and number of linked adults, today"]
    assert counted(linked, "Two or more", "One adult", "No adult") == {name: tuple(some) for name, *some in adults}
    exceptions = sql.one("SELECT count(*) FROM link WHERE state = 'linked' AND exception_why IS NOT NULL")
    assert counted(shown["Exceptions for a third adult"], "Number") == {"Exceptions in force": (exceptions,)}


def test_looked_after_agrees(sheets: Sheets, sql: Sql) -> None:
    """Whom a record is about is sealed: the sample school has "
    "one that holds for each child, and no leader's own bar."""
    told = counted(sheets("looked-after")["Care records and what they lead to"], "Children")
    wanted = {
        "Children on roll": "SELECT count(*) FROM pupil WHERE left_on IS NULL",
        "With a care record": "SELECT count(*) FROM care_record WHERE replaced_by IS NULL",
        "Who may not be pictured, for whatever reason": "SELECT sum(picture_bar) FROM pupil WHERE left_on IS NULL",
    }
    for label, query in wanted.items():
        assert told[label] == (sql.one(query),), label


def test_replies_agrees(sheets: Sheets, sql: Sql) -> None:
    shown, waits = sheets("replies"), sql.waits()
    names = {**dict(sql.rows("SELECT id, name FROM class")), None: "No one class"}
    by_class = Counter((names[place], state) for place, state, _, _ in waits)
    columns = {"Late": "late", "No answer, overdue": "overdue", "Not due yet": "running", "Another way": "otherwise"}
    table = shown["Messages of families that wanted an answer, by class"]
    for name, some in counted(table, *columns).items():
        assert some == tuple(by_class[str(name), state] for state in columns.values()), name
    messages = counted(table, "Messages")
    assert sum(some for (some,) in messages.values()) == len(waits) > 100
    channels = Counter(channel for *_, channel, _ in waits if channel)
    words = {"message": "By message", "telephone": "By telephone", "meeting": "At a meeting", "office": "By the office"}
    assert counted(shown["How these messages were answered"], "Messages") == {
        words[how]: (some,) for how, some in channels.items()
    }


def test_sampling_agrees(sheets: Sheets, sql: Sql) -> None:
    shown = sheets("sampling")
    looks = sql.rows(
        "SELECT t.name, coalesce(c.name, 'School story'), s.size, "
        "(SELECT count(*) FROM sample_item WHERE sample_id = s.id), "
        "(SELECT count(*) FROM sample_item si JOIN item i ON i.id = si.item_id WHERE sample_id = s.id "
        "AND (seen_at IS NOT NULL OR i.restricted)), (SELECT count(*) FROM sample_item si JOIN finding f "
        "ON f.item_id = si.item_id WHERE si.sample_id = s.id AND f.origin = 'sample' AND f.state <> 'lapsed') "
        "FROM sample s JOIN term t ON t.id = s.term_id LEFT JOIN class c ON c.id = s.class_id "
        "WHERE t.starts <= :l AND t.ends >= :f"
    )
    table = shown["Looks planned and done"]
    assert counted(table, "Planned", "Drawn", "Looked at", "Findings", keys=2) == {
        (term, name): tuple(some) for term, name, *some in looks
    }
    draws = sql.rows("SELECT seed FROM sample_draw")
    assert sorted(row[2] for row in shown["Every draw with its seed"].rows) == sorted(seed for (seed,) in draws)
    assert draws


def test_cases_agrees(sheets: Sheets, sql: Sql) -> None:
    shown = sheets("cases")
    cases = sql.rows(
        "SELECT reference, clause, about_role, status, coalesce(outcome, "
        "'') FROM breach_case c LEFT JOIN case_decision d "
        "ON d.case_id = c.id AND superseded_by IS NULL WHERE opened_at >= :a AND opened_at < :z ORDER BY reference"
    )
    wanted = [
        (ref, clause, AuthorRole(role).words, CaseStatus(status).words, Outcome(what).words if what else "None yet")
        for ref, clause, role, status, what in cases
    ]
    assert [(*row[:3], *row[4:6]) for row in shown["Cases by reference"].rows] == wanted
    decided = sql.rows(
        "SELECT c.reference, d.outcome, json_extract(a.detail, '$.links'), x.done_at IS NOT NULL, "
        "(SELECT group_concat(json_extract(l.detail, '$.language')) FROM audit l WHERE l.verb = 'case.letter_made' "
        "AND json_extract(l.detail, '$.decision') = d.id), p.outcome FROM case_decision d "
        "JOIN breach_case c ON c.id = d.case_id JOIN audit a ON a.verb = 'case.decided' "
        "AND json_extract(a.detail, '$.decision') = d.id LEFT JOIN done_in_classdojo x ON x.decision_id = d.id "
        "LEFT JOIN appeal p ON p.decision_id = d.id WHERE d.decided_at >= :a AND d.decided_at < :z ORDER BY d.id"
    )
    told = shown["Decisions by case, with links, letters and appeals"].rows
    assert len(told) == len(decided) >= 4
    for row, (ref, outcome, links, done, letters, appeal) in zip(told, decided, strict=True):
        words = AppealOutcome(appeal).words if appeal else "None"
        assert (row[0], row[2], number(row[3]), bool(row[4])) == (ref, Outcome(outcome).words, links, bool(done))
        assert (row[5], row[6]) == (language_words(letters) if letters else "", words)


def test_breaches_agrees(sheets: Sheets, sql: Sql) -> None:
    (table,) = sheets("breaches").values()
    rows = sql.rows("SELECT risk, reported FROM data_breach WHERE aware_at >= :a AND aware_at < :z")
    wanted = [(RISKS.get(risk or "", "Not judged yet"), {1: "Reported", 0: "Not reported"}.get(said, "Not decided yet"))
              for risk, said in rows]  # fmt: skip
    assert sorted(row[2:4] for row in table.rows) == sorted(wanted)
    assert len(wanted) == 2


def test_requests_agrees(sheets: Sheets, sql: Sql) -> None:
    table = sheets("requests")["Requests to the service, with the digest of what came"]
    rows = sql.rows(
        "SELECT received_on, due_on, coalesce(file_sha256, '') FROM request WHERE kind = 'history' "
        "AND received_on BETWEEN :f AND :l"
    )
    said = [
        (day_words(date.fromisoformat(asked)), day_words(date.fromisoformat(due)), seal) for asked, due, seal in rows
    ]
    assert sorted((row[0], row[1], row[5]) for row in table.rows) == sorted(said)
    assert said


def test_staff_agrees(sheets: Sheets, sql: Sql) -> None:
    shown = sheets("staff")
    rows = sql.rows(
        "SELECT s.name, (SELECT max(accepted_on) FROM acceptance "
        "WHERE staff_id = s.id AND what = 'policy' AND version_id = "
        "(SELECT id FROM policy_version ORDER BY number DESC LIMIT 1)), (SELECT max(accepted_on) FROM acceptance "
        "WHERE staff_id = s.id AND what = 'device' AND accepted_on BETWEEN '2026-09-01' AND '2027-08-31') "
        "FROM staff s WHERE active"
    )

    def day(said: str | None) -> str:
        return day_words(date.fromisoformat(said)) if said else ""

    assert sorted(shown["Members of staff"].rows) == sorted((name, day(one), day(two)) for name, one, two in rows)
    shares = {row[0]: row[1] for row in shown["Members of staff, in figures"].rows}
    agreed = sum(one is not None for _, one, _ in rows)
    assert shares["Acknowledged the policy in force"] in (
        f"{agreed} of {len(rows)}",
        f"{100 * agreed / len(rows):.0f}%",
    )


def test_points_agrees(sheets: Sheets, sql: Sql) -> None:
    """Totals of a points report count; removals are always single items."""
    table = sheets("points")["Points by School Way and class"]
    rows = sql.rows(
        "SELECT coalesce(w.name, 'No School Way'), coalesce(c.name, "
        "'No class'), sum(t.points), sum(t.points * t.weight) "
        "FROM points_total t JOIN import m ON m.id = t.import_id JOIN pupil p ON p.id = t.pupil_id "
        "LEFT JOIN class c ON c.id = p.class_id JOIN skill s ON s.id = t.skill_id "
        "LEFT JOIN school_way w ON w.id = s.way_id "
        f"WHERE t.weight > 0 AND m.applied_at >= '{STARTS}' AND m.applied_at < '{ENDS}' GROUP BY 1, 2"
    )
    told = counted(table, "Awards", "Points", keys=2)
    assert {key: some for key, some in told.items() if any(some)} == {
        (way, name): (awards, points) for way, name, awards, points in rows
    }
    removed = sql.one(f"SELECT count(*) FROM item i WHERE kind = 'points' AND value < 0 AND {SENT}")
    assert sum(some for (some,) in counted(table, "Taken away", keys=2).values()) == removed > 0

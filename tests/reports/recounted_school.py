"""What the pack says of the service and of staff (clauses H and T), counted again by SQL."""

from __future__ import annotations

from collections import Counter

from app.domain.content import Kind
from tests.reports.recounting import FOUND, HOME, LINKED, MONDAY, SENT, WITHIN, Figure, Sql

_LANGUAGES = {"en": "English", "cy": "Welsh", "pl": "Polish", "ro": "Romanian", "sk": "Slovak", "cs": "Czech",
              "ur": "Urdu", "ar": "Arabic", "uk": "Ukrainian", "ckb": "Kurdish (Sorani)"}  # fmt: skip


def of_the_service(sql: Sql) -> dict[str, dict[str, Figure]]:
    """Clauses H1 to H12."""
    kinds = sql.counts(f"SELECT kind, count(*) FROM item i WHERE {SENT} GROUP BY kind")
    upheld = sql.counts(
        f"SELECT i.kind, count(*) FROM finding f JOIN item i ON i.id = f.item_id "
        f"WHERE {SENT} AND f.state IN ('upheld', 'advice') GROUP BY i.kind"
    )
    linked = sql.one(f"SELECT count(*) FROM ({LINKED})")
    agreed = (
        "SELECT guardian_id FROM link WHERE processing_accepted_at IS NOT NULL "
        "UNION SELECT guardian_id FROM acceptance WHERE what = 'processing'"
    )
    points = sql.counts(
        "SELECT coalesce(w.name, 'No School Way'), sum(t.points) "
        "FROM points_total t JOIN import m ON m.id = t.import_id "
        "JOIN skill s ON s.id = t.skill_id LEFT JOIN school_way w ON w.id = s.way_id "
        f"WHERE t.weight > 0 AND {WITHIN.format('m.applied_at')} GROUP BY 1"
    )
    removed = sql.one(f"SELECT count(*) FROM item i WHERE kind = 'points' AND value < 0 AND {SENT}")
    posts = "Findings upheld, or advice given, on them"
    return {
        "H1": {f"{kind.words} items": kinds[kind.value] for kind in Kind},
        "H2": {
            **languages(
                sql,
                "Guardians who prefer",
                "SELECT language, count(*) FROM guardian WHERE merged_into IS NULL GROUP BY 1",
            ),
            **languages(
                sql,
                "Code letters in",
                "SELECT g.language, count(*) FROM linking_code c JOIN guardian g ON g.id = c.guardian_id "
                f"WHERE {WITHIN.format('c.issued_at')} GROUP BY 1",
            ),
            **languages(
                sql,
                "Letters about a decision in",
                "SELECT json_extract(detail, '$.language'), count(*) FROM audit "
                f"WHERE verb = 'case.letter_made' AND {WITHIN.format('at')} GROUP BY 1",
            ),
            "Letters whose language a speaker has confirmed": sql.one(
                "SELECT count(*) FROM letter_wording WHERE confirmed_at IS NOT NULL"
            ),
        },
        "H4": {
            "Linked guardians who agreed to the processing": (
                sql.one(f"SELECT count(*) FROM ({LINKED}) WHERE guardian_id IN ({agreed})"),
                linked,
            )
        },
        "H5": {
            "Accounts that can sign in": sql.one("SELECT count(*) FROM account WHERE active"),
            "Sign-ins": sql.one(f"SELECT count(*) FROM audit WHERE verb = 'session.opened' AND {WITHIN.format('at')}"),
            "Attempts refused for want of permission": sql.one(
                f"SELECT count(*) FROM audit WHERE outcome = 'refused' AND {WITHIN.format('at')}"
            ),
        },
        "H6": {"Login cards entered": sql.one(f"SELECT count(*) FROM login_card WHERE {WITHIN.format('entered_at')}")},
        "H7": {
            f"Children of {'year ' + year if year.isdigit() else 'Reception' if year == 'R' else year} "
            "with a linked adult": (
                some,
                whole,
            )
            for year, some, whole in sql.rows(
                "SELECT coalesce(p.year_group, c.year_group, 'not known'), sum(p.id "
                "IN (SELECT pupil_id FROM link WHERE state = 'linked')), count(*) "
                "FROM pupil p LEFT JOIN class c ON c.id = p.class_id WHERE p.left_on IS NULL GROUP BY 1"
            )
        },
        "H8": {
            **{f"Points awarded for {way}": number for way, number in points.items()},
            "Points awarded for No School Way": points["No School Way"],
            "Points taken away": removed,
        },
        "H9": {"Class story posts": kinds["class_story"], posts: upheld["class_story"]},
        "H10": {"School story posts": kinds["school_story"], posts: upheld["school_story"]},
        "H11": {
            "Portfolio items": kinds["portfolio"],
            **{
                f"Portfolio items of {name or 'no class'}": number
                for name, number in sql.rows(
                    "SELECT c.name, count(*) FROM item i LEFT JOIN class c ON c.id "
                    f"= i.class_id WHERE i.kind = 'portfolio' AND {SENT} GROUP BY 1"
                )
            },
        },
        "H12": {
            "Leavers": sql.one("SELECT count(*) FROM pupil WHERE left_on BETWEEN :f AND :l"),
            "Leavers done in ClassDojo": sql.one("SELECT count(*) FROM leaver WHERE done_on BETWEEN :f AND :l"),
        },
    }


def languages(sql: Sql, what: str, query: str) -> dict[str, Figure]:
    """Counts by the name of a language."""
    found: Counter[str] = Counter()
    for code, number in sql.rows(query):
        found[_LANGUAGES.get(code.partition("-")[0], code)] += number
    return {f"{what} {name}": number for name, number in found.items()}


def of_staff(sql: Sql) -> dict[str, dict[str, Figure]]:
    """Clauses T1 to T14."""
    wrote = (
        f"FROM item i LEFT JOIN class c ON c.id = {HOME} WHERE {SENT} AND "
        "i.author_role = 'staff' AND i.kind IN ('message', 'comment')"
    )
    late = "i.id IN (SELECT item_id FROM finding WHERE \"check\" = 'hours' AND state <> 'lapsed')"
    hours = sql.rows(f"SELECT c.name, sum({late}), count(*) {wrote} GROUP BY 1")
    closed = sql.counts(f"SELECT channel, count(*) FROM thread_closing WHERE {WITHIN.format('at')} GROUP BY 1")
    office = f"FROM referral WHERE \"to\" = 'office' AND {WITHIN.format('made_at')}"
    names = sql.one(
        f"SELECT count(*) {FOUND} AND f.\"check\" IN ('surname', 'initial') AND f.state IN ('upheld', 'advice')"
    )
    posts = sql.one(f"SELECT count(*) FROM item i WHERE {SENT} AND kind IN ('class_story', 'school_story')")
    newest = (
        "SELECT sc.staff_id, s.id FROM staff_class sc JOIN class_sheet s ON s.class_id = sc.class_id "
        "AND s.number = (SELECT max(number) FROM class_sheet x WHERE x.class_id = sc.class_id)"
    )
    read = (
        f"SELECT count(*) FROM ({newest}) n JOIN acceptance a ON a.what = "
        "'class_sheet' AND a.class_sheet_id = n.id AND a.staff_id = n.staff_id"
    )
    staff = sql.one("SELECT count(*) FROM staff WHERE active")
    devices = (
        "SELECT count(DISTINCT a.staff_id) FROM acceptance a JOIN staff s ON s.id = "
        "a.staff_id WHERE s.active AND what = 'device' AND accepted_on BETWEEN :f AND :l"
    )
    return {
        "T1": {
            "Staff messages and comments outside hours": (
                sum(some for _, some, _ in hours),
                sum(whole for *_, whole in hours),
            ),
            **{f"Sent outside hours, {name or 'no class'}": (some, whole) for name, some, whole in hours if some},
        },
        "T2": {
            "Messages reported": sql.one(f"SELECT count(*) FROM reported WHERE {WITHIN.format('reported_at')}"),
            "From sent to reported, half of them within": sql.middle(
                "SELECT i.sent_at, r.reported_at FROM reported r JOIN item i ON i.id = r.item_id "
                f"WHERE {WITHIN.format('r.reported_at')} AND r.reported_at >= i.sent_at",
                60,
            ),
        },
        "T3": {
            f"Conversations answered {words}": closed[how]
            for how, words in (
                ("message", "by message"),
                ("telephone", "by telephone"),
                ("meeting", "at a meeting"),
                ("office", "by the office"),
            )
        },
        "T4": {"Families asked to phone school": closed["asked_to_phone"]},
        "T5": {
            "Matters passed to the office": sql.one(f"SELECT count(*) {office}"),
            "Still open": sql.one(f"SELECT count(*) {office} AND done_at IS NULL"),
            "From passed on to closed, half of them within": sql.middle(
                f"SELECT made_at, done_at {office} AND done_at IS NOT NULL", 3600
            ),
        },
        "T6": {
            f"Weeks with a post, {name}": number
            for name, number in sql.rows(
                f"SELECT c.name, count(DISTINCT {MONDAY}) FROM item i JOIN class c ON "
                f"c.id = i.class_id WHERE i.kind = 'class_story' AND {SENT} GROUP BY 1"
            )
        },
        "T7": {
            "Items with a photograph, a video or work": sql.one(
                f"SELECT count(*) FROM item i WHERE {SENT} AND id IN (SELECT item_id FROM media)"
            ),
            "Portfolio items": sql.one(f"SELECT count(*) FROM item i WHERE {SENT} AND kind = 'portfolio'"),
        },
        "T8": {"Upheld, or advice given, to 1,000 posts": round(1000 * names / posts, 1)},
        "T11": {
            "Class lists acknowledged by the class's staff": (
                sql.one(read),
                sql.one(f"SELECT count(*) FROM ({newest})"),
            ),
            "Acknowledgements recorded": sql.one(
                "SELECT count(*) FROM acceptance WHERE what = 'class_sheet' AND accepted_on BETWEEN :f AND :l"
            ),
        },
        "T12": {
            "Drafts checked before posting": sql.one(
                f"SELECT count(*) FROM before_posting WHERE {WITHIN.format('checked_at')}"
            )
        },
        "T13": {"Cases": cases_under(sql, "T13")},
        "T14": {"Members of staff who stated how they use their devices": (sql.one(devices), staff)},
    }


def cases_under(sql: Sql, clause: str) -> int:
    """Cases opened in the year under a clause."""
    found: int = sql.one(
        f"SELECT count(*) FROM breach_case WHERE clause = :c AND {WITHIN.format('opened_at')}", c=clause
    )
    return found

"""What the pack says of families, of how the policy is kept, "
"and of the law (clauses P, M and K), counted again by SQL."""

from __future__ import annotations

from collections import Counter

from app.domain.breach import Outcome
from tests.reports.recounted_school import cases_under, of_staff
from tests.reports.recounting import FOUND, LINKED, SENT, VERSION, WITHIN, Figure, Sql


def _outcomes(sql: Sql) -> dict[str, Figure]:
    found = sql.counts(
        "SELECT outcome, count(*) FROM case_decision d WHERE "
        "superseded_by IS NULL AND NOT EXISTS (SELECT 1 FROM appeal "
        f"WHERE decision_id = d.id AND outcome = 'withdrawn') AND {WITHIN.format('decided_at')} GROUP BY 1"
    )
    return {f"Decided: {one.words.lower()}": found[one.value] for one in Outcome}


def of_families(sql: Sql) -> dict[str, dict[str, Figure]]:
    """Clauses P1 to P12."""
    linked = sql.one(f"SELECT count(*) FROM ({LINKED})")
    accepted = f"SELECT guardian_id FROM acceptance WHERE what = 'policy' AND version_id = {VERSION}"
    codes = f"FROM linking_code WHERE {WITHIN.format('issued_at')}"
    waits = sql.waits()
    states = Counter(state for _, state, _, _ in waits)
    taken = sorted(each.total_seconds() / 3600 for *_, each in waits if each is not None)
    half = (taken[(len(taken) - 1) // 2] + taken[len(taken) // 2]) / 2
    standing = Counter((kind, state) for (_, kind), (_, _, state) in sql.standing().items())
    pupils = sql.one("SELECT count(*) FROM pupil WHERE left_on IS NULL")
    hours = of_staff(sql)["T1"]["Staff messages and comments outside hours"]
    assert isinstance(hours, tuple)
    return {
        "P1": {
            "Linked guardians who accepted the policy in force": (
                sql.one(f"SELECT count(*) FROM ({LINKED}) WHERE guardian_id IN ({accepted})"),
                linked,
            )
        },
        "P2": {"Cases under this clause": cases_under(sql, "P2"), **_outcomes(sql)},
        "P3": {
            "Codes given out": sql.one(f"SELECT count(*) {codes}"),
            "Codes used": sql.one(f"SELECT count(*) {codes} AND used_at IS NOT NULL"),
            "Codes revoked": sql.one(f"SELECT count(*) {codes} AND revoked_at IS NOT NULL"),
            "From given out to used, half of them within": sql.middle(
                f"SELECT issued_at, used_at {codes} AND used_at IS NOT NULL", 86_400
            ),
        },
        "P4": {
            "Links in force": sql.one(
                "SELECT count(*) FROM link JOIN pupil p ON p.id = pupil_id WHERE state = 'linked' AND left_on IS NULL"
            ),
            "Exceptions for a third adult in force": sql.one(
                "SELECT count(*) FROM link WHERE state = 'linked' AND exception_why IS NOT NULL"
            ),
            "Requests rejected": sql.one(
                f"SELECT count(*) FROM link WHERE state = 'rejected' AND {WITHIN.format('decided_at')}"
            ),
        },
        "P5": {"Staff messages and comments in hours": (hours[1] - hours[0], hours[1])},
        "P6": {
            "Answered in time": (states["in_time"], states["in_time"] + states["late"] + states["overdue"]),
            "Answered late": states["late"],
            "Not answered, and time is up": states["overdue"],
            "Answered by telephone, at a meeting or by the office": states["otherwise"],
            "Half of the answers came within": round(half, 1),
        },
        "P7": _topics(sql),
        "P8": {
            f"{kind.replace('_', ' ').capitalize()}: {state}": (number, pupils)
            for (kind, state), number in standing.items()
        },
        "P9": {"Cases": cases_under(sql, "P9"), "Suspensions": _outcomes(sql)["Decided: suspension"]},
    }


def _topics(sql: Sql) -> dict[str, Figure]:
    told: dict[str, Figure] = {}
    referred = f"FROM referral WHERE \"to\" = 'office' AND topic = :topic AND {WITHIN.format('made_at')}"
    for topic in ("absence", "appointment", "complaint", "dinners", "music", "progress", "sickness", "urgent"):
        said = {
            "found": f"SELECT count(*) {FOUND} AND {SENT} AND f.\"check\" = 'office' AND f.state <> 'false_alarm' "
            "AND ',' || f.topics || ',' LIKE '%,' || :topic || ',%'",
            "passed on": f"SELECT count(*) {referred}",
            "done": f"SELECT count(*) {referred} AND done_at IS NOT NULL",
        }
        told |= {f"{topic.capitalize()}: {what}": sql.one(query, topic=topic) for what, query in said.items()}
    return told


def of_keeping(sql: Sql) -> dict[str, dict[str, Figure]]:
    """Clauses M1 to M3."""
    looks = "sample s JOIN term t ON t.id = s.term_id WHERE t.starts >= :f AND t.ends <= :l"
    seen = (
        "SELECT si.item_id FROM sample_item si WHERE si.seen_at IS "
        f"NOT NULL AND si.sample_id IN (SELECT s.id FROM {looks})"
    )
    by_check = "SELECT item_id FROM finding WHERE origin <> 'sample'"
    people = (
        f"SELECT count(*) FROM ({seen}) x WHERE item_id NOT IN ({by_check}) AND item_id "
        "IN (SELECT item_id FROM finding WHERE origin = 'sample' AND state <> 'lapsed')"
    )
    decided = f"FROM case_decision d WHERE {WITHIN.format('d.decided_at')}"
    heard = sql.counts(
        "SELECT coalesce(outcome, ''), count(*) FROM appeal WHERE received_on BETWEEN :f AND :l GROUP BY 1"
    )
    off = f"{decided} AND outcome IN ('suspension', 'removal')"
    staff = sql.one("SELECT count(*) FROM staff WHERE active")
    agreed = (
        "SELECT count(DISTINCT s.id) FROM staff s JOIN acceptance a ON a.staff_id "
        f"= s.id WHERE s.active AND a.what = 'policy' AND a.version_id = {VERSION}"
    )
    return {
        "M1": {
            "Looks finished": (
                sql.one(f"SELECT count(*) FROM {looks} AND s.done_at IS NOT NULL"),
                sql.one(f"SELECT count(*) FROM {looks}"),
            ),
            "Items looked at": sql.one(f"SELECT count(*) FROM ({seen})"),
            "Items in which only a person found something": (
                sql.one(people),
                sql.one(f"SELECT count(*) FROM ({seen}) WHERE item_id NOT IN ({by_check})"),
            ),
            "Weeks whose figures were noted": sql.one("SELECT count(*) FROM snapshot WHERE week_of BETWEEN :f AND :l"),
            "Settings looked up in ClassDojo and stated": sql.one(
                f"SELECT count(*) FROM attestation WHERE {WITHIN.format('stated_at')}"
            ),
            "Message histories asked for": sql.one(
                "SELECT count(*) FROM request WHERE kind = 'history' AND received_on BETWEEN :f AND :l"
            ),
        },
        "M2": {
            "Cases opened": sql.one(f"SELECT count(*) FROM breach_case WHERE {WITHIN.format('opened_at')}"),
            **_outcomes(sql),
            "From opened to decided, half of them within": sql.middle(
                "SELECT c.opened_at, min(d.decided_at) FROM breach_case c JOIN case_decision d ON d.case_id = c.id "
                f"WHERE {WITHIN.format('c.opened_at')} GROUP BY c.id",
                86_400,
            ),
            "Adults with more than one case": sql.one(
                "SELECT count(*) FROM (SELECT guardian_id FROM breach_case "
                "WHERE guardian_id > 0 GROUP BY 1 HAVING count(*) > 1)"
            ),
            "Links suspended or ended by a decision, at once": sql.one(
                "SELECT sum(json_extract(detail, '$.links')) FROM audit "
                f"WHERE verb = 'case.decided' AND {WITHIN.format('at')}"
            ),
            "Suspensions and removals done in ClassDojo": (
                sql.one(f"SELECT count(*) {off} AND id IN (SELECT decision_id FROM done_in_classdojo)"),
                sql.one(f"SELECT count(*) {off}"),
            ),
            "Letters about a decision": sql.one(
                f"SELECT count(*) FROM audit WHERE verb = 'case.letter_made' AND {WITHIN.format('at')}"
            ),
            "Appeals": heard.total(),
            "Appeals heard by somebody other than who decided": (heard.total() - heard[""], heard.total()),
            "Appeals: the decision stands": heard["stands"],
            "Appeals: the decision is made milder": heard["eased"],
            "Appeals: the decision is taken back": heard["withdrawn"],
            "Adults let back after a suspension": sql.one(
                f"SELECT count(*) FROM case_event WHERE kind = 'reinstated' AND {WITHIN.format('at')}"
            ),
            "Referrals of cases outside the school": sql.one(
                f"SELECT count(*) FROM case_event WHERE kind = 'referred out' AND {WITHIN.format('at')}"
            ),
        },
        "M3": {"Members of staff who accepted the policy in force": (sql.one(agreed), staff)},
    }


def of_the_law(sql: Sql) -> dict[str, dict[str, Figure]]:
    """Clauses K1 and K2."""
    harm = f"FROM referral r WHERE \"to\" = 'safeguarding' AND {WITHIN.format('made_at')}"
    aware = f"FROM data_breach WHERE {WITHIN.format('aware_at')}"
    found = "(SELECT min(found_at) FROM finding WHERE item_id = r.item_id)"
    return {
        "K1": {
            "Referrals to the safeguarding lead": sql.one(f"SELECT count(*) {harm}"),
            "Read by the lead": (
                sql.one(f"SELECT count(*) {harm} AND received_at IS NOT NULL"),
                sql.one(f"SELECT count(*) {harm}"),
            ),
            "From found to referred, half of them within": sql.middle(
                f"SELECT {found}, made_at {harm} AND {found} IS NOT NULL", 60
            ),
        },
        "K2": {
            "Personal data breaches on the register": sql.one(f"SELECT count(*) {aware}"),
            "Reported to the ICO": sql.one(f"SELECT count(*) {aware} AND reported"),
            "Decided not to report, with reasons": sql.one(f"SELECT count(*) {aware} AND reported = 0"),
            "From aware to decided, half of them within": sql.middle(
                f"SELECT aware_at, decided_at {aware} AND decided_at IS NOT NULL", 3600
            ),
        },
    }

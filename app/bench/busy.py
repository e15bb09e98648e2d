"""A filled school in which everything happened that reports tell of: conversations, verdicts, cases, codes, looks."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import cycle
from pathlib import Path

from app.bench.filling import fill
from app.bench.making import YEAR
from app.bench.school import NOW
from app.domain.breach import Outcome
from app.domain.checks.finding import Check
from app.services.cases import DecideCase, OpenCase
from app.services.checking import CheckAgain
from app.services.codes import IssueCodes, Scope
from app.services.data_breaches import RecordBreach
from app.services.histories import AskForHistory
from app.services.monitoring_plan import PlanMonitoring
from app.services.office import Office
from app.services.review import ReferToOffice, ReferToSafeguarding
from app.services.sampling import DrawSample
from app.services.school import SetCalendar, SetSchoolWays
from app.services.sheets import IssueOutdated

_TODAY = NOW.date()
_WAYS = ("Be kind", "Be ready", "Be brave")
_CONVERSATIONS = (
    "INSERT INTO thread (key, guardian_id, class_id, started_at) SELECT 'bench-' || guardian_id, guardian_id, "
    "max(class_id), min(sent_at) FROM item WHERE kind = 'message' AND guardian_id IS NOT NULL GROUP BY guardian_id",
    "UPDATE item SET thread_id = (SELECT id FROM thread WHERE key = 'bench-' || coalesce(item.guardian_id, "
    "(SELECT guardian_id FROM recipient WHERE item_id = item.id LIMIT 1))) WHERE kind = 'message'",
)
_VERDICTS = (
    "UPDATE finding SET state = CASE id % 5 WHEN 0 THEN 'upheld' WHEN 1 THEN 'advice' WHEN 2 THEN 'false_alarm' "
    "ELSE state END"
)
_POINTS = (
    "INSERT INTO item (digest, kind, class_id, author_role, pupil_id, sent_at, text, value, skill_id, restricted) "
    "SELECT 'points-' || pupil.id || '-' || skill.id, 'points', class_id, 'staff', pupil.id, "
    "'2026-10-06 10:00:00.000000', '', 1 + pupil.id % 2, skill.id, 0 FROM pupil, skill"
)


def fill_busy(office: Office, folder: Path, pupils: int, items: int) -> None:
    """So many items, checked and judged, and some of everything else; most of it through the door."""
    office.perform(SetCalendar((("Autumn", YEAR[0], date(2026, 12, 18)), ("Spring", date(2027, 1, 4), YEAR[1])), ()))
    office.perform(SetSchoolWays(_WAYS, tuple((f"{way}, every day", way) for way in _WAYS)))
    fill(office, folder, pupils, items)
    office.perform(CheckAgain())
    with office.database.writing() as session:
        for statement in (*_CONVERSATIONS, _VERDICTS, _POINTS):
            session.connection().exec_driver_sql(statement)
    some = max(4, items // 500)
    _cases(office, some)
    _referrals(office, some)
    office.perform(IssueCodes(Scope()))
    office.perform(IssueOutdated())
    office.perform(AskForHistory("Messages of a class in October", _TODAY - timedelta(days=9)))
    _looks(office, some)


def _ids(office: Office, query: str, *values: object) -> list[int]:
    with office.database.reading() as session:
        return [row[0] for row in session.connection().exec_driver_sql(query, values)]


def _cases(office: Office, some: int) -> None:
    by_families = "SELECT finding.id FROM finding JOIN item ON item.id = item_id WHERE guardian_id > 0 LIMIT ?"
    ends = _TODAY + timedelta(weeks=6)
    for place, (outcome, finding) in enumerate(zip(cycle(Outcome), _ids(office, by_families, some), strict=False)):
        case = office.perform(OpenCase(finding, "Against the policy."))
        if place % 5:
            office.perform(DecideCase(case, outcome, "As it was before.", ends_on=ends))
        if not place % 7:
            office.perform(RecordBreach(NOW, "A list went out.", case))


def _referrals(office: Office, some: int) -> None:
    query = 'SELECT DISTINCT item_id FROM finding WHERE "check" = ? ORDER BY item_id LIMIT ?'
    for item in _ids(office, query, Check.OFFICE.value, some):
        office.perform(ReferToOffice(item, "absence", "Please enter it."))
    for item in _ids(office, query, Check.SAFEGUARDING.value, some // 4):
        office.perform(ReferToSafeguarding(item))


def _looks(office: Office, some: int) -> None:
    (term, *_) = _ids(office, "SELECT id FROM term ORDER BY starts")
    office.perform(PlanMonitoring(term))
    for sample in _ids(office, "SELECT id FROM sample ORDER BY id LIMIT ?", some):
        office.perform(DrawSample(sample))

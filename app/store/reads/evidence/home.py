"""Evidence for what the service is and for whom: clauses H1 to H12."""

from __future__ import annotations

from collections import Counter

from sqlalchemy import func, select

from app.domain.annual import Evidence
from app.domain.content import Kind
from app.domain.letters import language_of, language_words
from app.domain.words import day_words
from app.store.reads.evidence.year import Year, shows
from app.store.tables.accounts import AccountRow
from app.store.tables.audit import AuditRow
from app.store.tables.data_requests import DataRequestRow
from app.store.tables.letters import LetterWordingRow
from app.store.tables.links import LinkingCodeRow, LinkRow
from app.store.tables.monitoring import RequestRow
from app.store.tables.people import GuardianRow, PupilRow
from app.store.tables.policy import AnnualReviewRow, PolicyVersionRow
from app.store.tables.register import LeaverRow, LoginCardRow
from app.store.tables.school import ClassRow


@shows("H1")
def volumes(year: Year) -> tuple[Evidence, ...]:
    """What came in, by kind."""
    return tuple(Evidence(f"{kind.words} items", year.items[kind]) for kind in Kind)


@shows("H2")
def languages(year: Year) -> tuple[Evidence, ...]:
    """Guardians by the language they prefer, letters by language, and which wordings a speaker has confirmed."""
    rows = year.session.execute(
        select(GuardianRow.language, func.count())
        .where(GuardianRow.merged_into.is_(None))
        .group_by(GuardianRow.language)
    )
    counts: Counter[str] = Counter()
    for code, number in rows:
        counts[language_words(code)] += number
    letters = Counter(language_words(code) for one in year.decisions for code in one.letters)
    confirmed = year.count(LetterWordingRow, LetterWordingRow.confirmed_at.is_not(None))
    told = tuple(
        Evidence(f"Guardians who prefer {name}", number, now_only=True) for name, number in counts.most_common()
    )
    return (
        *told,
        Evidence("Letters whose language a speaker has confirmed", confirmed, now_only=True),
        *(Evidence(f"Code letters in {name}", number) for name, number in _code_letters(year).most_common()),
        *(Evidence(f"Letters about a decision in {name}", number) for name, number in letters.most_common()),
    )


def _code_letters(year: Year) -> Counter[str]:
    """Codes given out in the year, by the language of the adult's letters."""
    rows = year.session.execute(
        select(GuardianRow.language, func.count())
        .join(LinkingCodeRow, LinkingCodeRow.guardian_id == GuardianRow.id)
        .where(year.within(LinkingCodeRow.issued_at))
        .group_by(GuardianRow.language)
    )
    counts: Counter[str] = Counter()
    for code, number in rows:
        counts[language_words(language_of(code))] += number
    return counts


@shows("H3")
def reviewed(year: Year) -> tuple[Evidence, ...]:
    """When the policy was last reviewed, and which version stands."""
    version = year.session.scalars(select(PolicyVersionRow).order_by(PolicyVersionRow.number.desc()).limit(1)).first()
    signed = year.session.scalar(
        select(AnnualReviewRow.signed_at)
        .where(AnnualReviewRow.signed_at.is_not(None))
        .order_by(AnnualReviewRow.signed_at.desc())
        .limit(1)
    )
    told = []
    if version is not None:
        told.append(Evidence("Version in force", said=f"{version.number}, since {day_words(version.adopted_on)}"))
        if version.review_due is not None:
            told.append(Evidence("Next review due", said=day_words(version.review_due)))
        if version.changes:
            told.append(Evidence("What that version changed", said=version.changes))
    told.append(Evidence("Last review signed", said=day_words(signed.date()) if signed else "not yet"))
    return tuple(told)


@shows("H4")
def processing(year: Year) -> tuple[Evidence, ...]:
    """Linked guardians who agreed to the processing."""
    linked = year.people["linked"]
    agreed = linked - year.people["without_processing"]
    return (Evidence("Linked guardians who agreed to the processing", agreed, linked, now_only=True),)


@shows("H5")
def private(year: Year) -> tuple[Evidence, ...]:
    """Who can sign in, how often they did, and what was refused."""
    active = year.count(AccountRow, AccountRow.active.is_(True))
    opened = year.count(AuditRow, AuditRow.verb == "session.opened", year.within(AuditRow.at))
    refused = year.count(AuditRow, AuditRow.outcome == "refused", year.within(AuditRow.at))
    return (
        Evidence("Accounts that can sign in", active, now_only=True),
        Evidence("Sign-ins", opened),
        Evidence("Attempts refused for want of permission", refused),
    )


@shows("H6")
def pupils_do_not_message(year: Year) -> tuple[Evidence, ...]:
    """Login cards, and anything that a pupil seems to have written."""
    cards = year.count(LoginCardRow, year.within(LoginCardRow.entered_at))
    return (Evidence("Login cards entered", cards), *year.judged("Written by pupils", check="pupil-author"))


@shows("H7")
def every_year_group(year: Year) -> tuple[Evidence, ...]:
    """Children with a linked adult, by year group."""
    covered = set(year.session.scalars(select(LinkRow.pupil_id).where(LinkRow.state == "linked")))
    whole: Counter[str] = Counter()
    linked: Counter[str] = Counter()
    rows = year.session.execute(
        select(PupilRow.id, PupilRow.year_group, ClassRow.year_group)
        .outerjoin(ClassRow, ClassRow.id == PupilRow.class_id)
        .where(PupilRow.left_on.is_(None))
    )
    for pupil_id, own, of_class in rows:
        name = own or of_class or "not known"
        whole[name] += 1
        linked[name] += pupil_id in covered
    return tuple(
        Evidence(f"Children of {_year_words(name)} with a linked adult", linked[name], whole[name], now_only=True)
        for name in sorted(whole, key=lambda name: (name.isdigit(), name.zfill(3)))
    )


def _year_words(name: str) -> str:
    return f"year {name}" if name.isdigit() else {"R": "Reception"}.get(name, name)


@shows("H8")
def points(year: Year) -> tuple[Evidence, ...]:
    """Points by School Way, and what was taken away."""
    awards: Counter[str] = Counter()
    removed = 0
    for way, _, number, _, removals in year.figures.points():
        awards[way] += number
        removed += removals
    told = tuple(Evidence(f"Points awarded for {way}", number) for way, number in sorted(awards.items()))
    return (
        *told,
        Evidence("Points taken away", removed),
        *year.judged("Points taken away", check="points-removed"),
    )


@shows("H9")
def class_story(year: Year) -> tuple[Evidence, ...]:
    """Posts on class pages."""
    return (
        Evidence("Class story posts", year.items[Kind.CLASS_STORY]),
        Evidence("Findings upheld, or advice given, on them", year.finding_posts(Kind.CLASS_STORY)),
    )


@shows("H10")
def school_story(year: Year) -> tuple[Evidence, ...]:
    """Posts to the whole school."""
    return (
        Evidence("School story posts", year.items[Kind.SCHOOL_STORY]),
        Evidence("Findings upheld, or advice given, on them", year.finding_posts(Kind.SCHOOL_STORY)),
    )


@shows("H11")
def home_learning(year: Year) -> tuple[Evidence, ...]:
    """Work handed in through the portfolio."""
    by_class: Counter[str] = Counter()
    for _, name, kind, number, _ in year.figures.items():
        if kind is Kind.PORTFOLIO:
            by_class[name or "no class"] += number
    told = tuple(Evidence(f"Portfolio items of {name}", number) for name, number in sorted(by_class.items()))
    return (Evidence("Portfolio items", year.items[Kind.PORTFOLIO]), *told)


@shows("H12")
def leavers(year: Year) -> tuple[Evidence, ...]:
    """Leavers done in the service and deleted here; requests to see or delete."""
    left = year.count(PupilRow, year.day_within(PupilRow.left_on))
    done = year.count(LeaverRow, year.day_within(LeaverRow.done_on))
    deleted = year.count(LeaverRow, year.within(LeaverRow.deleted_at))
    kinds = ("access", "erasure")
    on_request = year.count(DataRequestRow, year.within(DataRequestRow.approved_at))
    asked = year.count(RequestRow, RequestRow.kind.in_(kinds), year.day_within(RequestRow.received_on))
    return (
        Evidence("Leavers", left),
        Evidence("Leavers done in ClassDojo", done),
        Evidence("Leavers whose personal data was deleted here", deleted),
        Evidence("Requests to see or delete personal data", asked),
        Evidence("Records deleted as somebody asked", on_request),
    )

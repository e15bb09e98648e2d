"""Trying a change to the word lists on the last term's items, before it is made: how many more, how many fewer."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.domain.checks.engine import Engine
from app.domain.checks.finding import Check, Finding
from app.domain.checks.judge import Kept
from app.domain.checks.own_words import OwnPhrase, OwnWords, Silenced, usable
from app.domain.checks.phrases import Phrase
from app.domain.content import Item
from app.domain.roles import LEADERS
from app.domain.ticket import Ticket
from app.services.checking import engine_with, shipped_lexicons
from app.services.door import Query, answers
from app.services.unit import View
from app.services.words_at_hand import holding, may_change, still_readable
from app.store.reads.close_reading import kept_readings
from app.store.reads.items import items
from app.store.reads.register import checks_register
from app.store.reads.wordlists import own_words
from app.store.tables.content import ItemRow
from app.store.tables.review import FindingRow
from app.store.tables.school import SchoolRow, TermRow

_WITHOUT_A_TERM = timedelta(weeks=13)
"""How far back a change is tried where the school has noted no term."""
_EXAMPLES = 8
_LONGEST_EXAMPLE = 240
_NOWHERE = Finding(Check.PERSONAL, "", "")


@dataclass(frozen=True, slots=True)
class Example:
    """An item that a change would touch: the beginning of its text, and what would be marked in it."""

    item_id: int
    text: str
    span: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class Tried:
    """What a change to the words would have done to the last term's items."""

    starts: date
    ends: date
    looked_at: int
    found_now: int
    """Items of the term in which the check finds something as the words are."""
    found_then: int
    more: int
    fewer: int
    examples_more: tuple[Example, ...]
    examples_fewer: tuple[Example, ...]


@dataclass(frozen=True, slots=True)
class TryWords(Query[Tried]):
    """Try a change on the last term's items: a phrase added, words ruled out, or a shipped entry silenced."""

    change: OwnPhrase | Silenced
    replaces: int | None = None
    ticket: Ticket | None = None


@answers(TryWords, roles=LEADERS)
def try_words(query: TryWords, view: View) -> Tried:
    """Changes nothing. Refused by name where the phrase cannot be used. Items under a referral are left out."""
    change = query.change
    may_change(view, change.check)
    now = own_words(view.session)
    phrases: list[Phrase] = []
    if isinstance(change, OwnPhrase):
        phrases = [usable(change, shipped_lexicons())]
        kept = tuple(phrase for phrase in now.phrases if phrase.id != query.replaces)
        then = replace(now, phrases=(*kept, change))
    else:
        then = replace(now, silenced=now.silenced | {change})
    starts, ends = _last_term(view)
    term = _ids_between(view, starts, ends)
    replaced = [phrase for phrase in now.phrases if phrase.id == query.replaces]
    for phrase in replaced:
        phrases += still_readable(phrase.phrase)
    touched = term & (holding(view.session, phrases) | _found_by(view.session, change.check))
    return _compare(view, change, (now, then), sorted(touched), (starts, ends, len(term)), query.ticket)


def _compare(
    view: View,
    change: OwnPhrase | Silenced,
    words: tuple[OwnWords, OwnWords],
    ids: list[int],
    period: tuple[date, date, int],
    ticket: Ticket | None,
) -> Tried:
    register = checks_register(view.session, view.today)
    engines = [engine_with(register, each) for each in words]
    counts, number = [0, 0], [0, 0]
    differing: tuple[list[Example], list[Example]] = ([], [])
    kept = kept_readings(view.session, ids)
    for done, item in enumerate(items(view.session, ids), start=1):
        before, after = (_found(engine, item, change, kept.get(int(item.id))) for engine in engines)
        counts[0] += before is not None
        counts[1] += after is not None
        if (before is None) != (after is None):
            way = 1 if after is None else 0
            number[way] += 1
            if len(differing[way]) < _EXAMPLES:
                differing[way].append(_example(item, (after or before or _NOWHERE).span))
        if ticket is not None and done % 50 == 0:
            ticket.tick(done, len(ids), "Trying the words")
    starts, ends, looked_at = period
    more, fewer = tuple(differing[0]), tuple(differing[1])
    return Tried(starts, ends, looked_at, counts[0], counts[1], number[0], number[1], more, fewer)


def _found(engine: Engine, item: Item, change: OwnPhrase | Silenced, kept: Kept | None) -> Finding | None:
    """What the check that a change is about finds in an item, if anything."""
    found = engine.check(item) if kept is None else engine.check_again(item, kept)[0]
    return next((finding for finding in found if _is_about(finding, change)), None)


def _is_about(finding: Finding, change: OwnPhrase | Silenced) -> bool:
    same_topic = change.check is not Check.OFFICE or not change.topic or change.topic in finding.topics
    return finding.check is change.check and same_topic


def _example(item: Item, span: tuple[int, int] | None) -> Example:
    """The words around what would be marked, short enough for a list."""
    start = max(0, (span[0] if span else 0) - _LONGEST_EXAMPLE // 2)
    text = item.text[start : start + _LONGEST_EXAMPLE]
    moved = None if span is None else (span[0] - start, min(span[1] - start, len(text)))
    return Example(int(item.id), text, moved)


def _last_term(view: View) -> tuple[date, date]:
    """The last term that has ended, and the days since: a change is tried on what people write now, too."""
    last = view.session.scalar(select(func.max(TermRow.starts)).where(TermRow.ends < view.today))
    return (last or view.today - _WITHOUT_A_TERM), view.today


def _ids_between(view: View, starts: date, ends: date) -> set[int]:
    zone = ZoneInfo(view.session.scalar(select(SchoolRow.timezone)) or "Europe/London")
    first = datetime.combine(starts, time(), zone)
    last = datetime.combine(ends + timedelta(days=1), time(), zone)
    return set(
        view.session.scalars(
            select(ItemRow.id).where(ItemRow.sent_at >= first, ItemRow.sent_at < last, ~ItemRow.restricted)
        )
    )


def _found_by(session: Session, check: Check) -> set[int]:
    return set(
        session.scalars(select(FindingRow.item_id).where(FindingRow.check == check, FindingRow.state != "lapsed"))
    )

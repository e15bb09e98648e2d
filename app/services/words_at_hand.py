"""What the commands and the trial of word lists share: who may change a check's words, and where words may stand."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.checks.finding import Check
from app.domain.checks.own_words import OwnPhrase, Silenced, usable, words_needed
from app.domain.checks.phrases import Phrase
from app.domain.problems import Refused
from app.domain.roles import SAFEGUARDERS
from app.services.checking import shipped_lexicons
from app.services.unit import View
from app.store.search import items_with_any
from app.store.tables.content import ItemRow


def may_change(view: View, check: Check) -> None:
    """Refused for the words that look for signs of harm, to all but the safeguarding lead and the headteacher (K1)."""
    if check is Check.SAFEGUARDING and view.actor.role not in SAFEGUARDERS:
        raise Refused("The words that look for signs of harm are changed by the safeguarding lead or the headteacher.")


def shipped_phrases(wanted: Silenced) -> list[Phrase]:
    """The shipped phrases that a silence is about."""
    return [
        phrase
        for entry in shipped_lexicons().entries
        if (entry.check, entry.topic, entry.note) == (wanted.check, wanted.topic, wanted.note)
        for phrase in entry.phrases
        if wanted.phrase in (None, phrase.text)
    ]


def still_readable(phrase: str) -> list[Phrase]:
    """A phrase that is in force; nothing where this version of the program cannot read it any more."""
    try:
        return [usable(OwnPhrase(0, Check.PERSONAL, phrase), shipped_lexicons())]
    except Refused:
        return []


def holding(session: Session, phrases: Iterable[Phrase]) -> set[int]:
    """Ids of items that may hold one of the phrases; more than need be, never fewer."""
    compiled = list(phrases)
    if not compiled:
        return set()
    needed = words_needed(compiled)
    if needed is None:
        return set(session.scalars(select(ItemRow.id)))
    return items_with_any(session, _as_written(needed))


def _as_written(plain: frozenset[str]) -> set[str]:
    """Plain words, and every hurried spelling that stands for one of them, as the index enters words."""
    found = set(plain)
    for written, meaning in shipped_lexicons().plain.items():
        if plain & set(meaning.split()):
            found.add(written.replace("'", ""))
    return found | {"ill"} if plain & {"i", "will"} else found

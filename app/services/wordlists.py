"""The word lists in Settings: what the school adds to a check, rules out of it and silences (T9, T10, P7, P10, P12).

Every change checks again at once what it may touch. The lists that look for signs of harm are the safeguarding lead's
and the headteacher's alone (K1).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select

from app.domain.checks.finding import Check
from app.domain.checks.own_words import OwnPhrase, Silenced, usable
from app.domain.checks.phrases import Phrase
from app.domain.problems import Overtaken, Refused
from app.domain.roles import LEADERS
from app.domain.ticket import Ticket
from app.services.checking import check_items, shipped_lexicons
from app.services.door import Command, does
from app.services.unit import Unit
from app.services.words_at_hand import holding, may_change, shipped_phrases, still_readable
from app.store.reads.wordlists import EXCEPT, FIND, own_words
from app.store.tables.review import FindingRow
from app.store.tables.wordlists import OwnPhraseRow, SilencedPhraseRow


@dataclass(frozen=True, slots=True)
class AddPhrase(Command[int]):
    """Add a phrase to a check, or rule words out of it. `replaces` ends an earlier phrase in the same step."""

    phrase: OwnPhrase
    replaces: int | None = None
    ticket: Ticket | None = None


@does(AddPhrase, roles=LEADERS, verb="words.added")
def add_phrase(command: AddPhrase, unit: Unit) -> int:
    """The phrase's id. Refused by name where it cannot be used: then the one it was to replace stays in force."""
    phrase = replace(command.phrase, phrase=" ".join(command.phrase.phrase.split()))
    may_change(unit, phrase.check)
    compiled = usable(phrase, shipped_lexicons())
    before = own_words(unit.session)
    if any(replace(phrase, id=0) == replace(other, id=0) for other in before.phrases):
        raise Refused(f"“{phrase.phrase}” is there already. Nothing was changed.")
    row = OwnPhraseRow(
        check=phrase.check,
        topic=phrase.topic,
        sort=EXCEPT if phrase.is_exception else FIND,
        phrase=phrase.phrase,
        by=",".join(sorted(phrase.by)),
        added_at=unit.now,
        added_by=unit.actor.id,
    )
    unit.session.add(row)
    touched = {phrase.check}
    phrases = [compiled]
    if command.replaces is not None:
        old = _own(unit, command.replaces)
        may_change(unit, Check(old.check))
        old.ended_at, old.ended_by = unit.now, unit.actor.id
        touched.add(Check(old.check))
        phrases += still_readable(old.phrase)
    unit.session.flush()
    unit.audit(f"words:{row.id}", {"check": phrase.check, "sort": row.sort})
    _recheck(unit, touched, phrases, command.ticket, "The school changed the words of this check.")
    return row.id


@dataclass(frozen=True, slots=True)
class EndPhrase(Command[None]):
    """Take a phrase of the school's own out of force. It stays on record."""

    phrase_id: int
    ticket: Ticket | None = None


@does(EndPhrase, roles=LEADERS, verb="words.ended")
def end_phrase(command: EndPhrase, unit: Unit) -> None:
    """What rested on it alone no longer holds, and is marked so."""
    row = _own(unit, command.phrase_id)
    may_change(unit, Check(row.check))
    row.ended_at, row.ended_by = unit.now, unit.actor.id
    unit.session.flush()
    unit.audit(f"words:{row.id}", {"check": row.check, "sort": row.sort})
    why = "The school took back the words that this rested on."
    _recheck(unit, {Check(row.check)}, still_readable(row.phrase), command.ticket, why)


@dataclass(frozen=True, slots=True)
class SilencePhrase(Command[int]):
    """No longer look for a shipped entry, or for one phrase of it, with the reason."""

    silenced: Silenced
    why: str
    ticket: Ticket | None = None


@does(SilencePhrase, roles=LEADERS, verb="words.silenced")
def silence_phrase(command: SilencePhrase, unit: Unit) -> int:
    """The id. Refused without a reason, for what the program does not carry, and for what is silenced already."""
    wanted = command.silenced
    may_change(unit, wanted.check)
    if not command.why.strip():
        raise Refused(
            "Say in a few words why this should not be looked for. Whoever comes after you will want to know."
        )
    if not shipped_phrases(wanted):
        raise Refused("The program does not carry these words any more, so there is nothing to silence.")
    if wanted in own_words(unit.session).silenced:
        raise Overtaken("Somebody has silenced this already. Nothing was changed.")
    row = SilencedPhraseRow(
        check=wanted.check,
        topic=wanted.topic,
        note=wanted.note,
        phrase=wanted.phrase,
        why=command.why.strip()[:300],
        silenced_at=unit.now,
        silenced_by=unit.actor.id,
    )
    unit.session.add(row)
    unit.session.flush()
    unit.audit(f"silence:{row.id}", {"check": wanted.check})
    _recheck(unit, {wanted.check}, (), command.ticket, "The school no longer looks for these words.")
    return row.id


@dataclass(frozen=True, slots=True)
class LiftSilence(Command[None]):
    """Look for something again that was silenced."""

    silence_id: int
    ticket: Ticket | None = None


@does(LiftSilence, roles=LEADERS, verb="words.lifted")
def lift_silence(command: LiftSilence, unit: Unit) -> None:
    """Items that hold the words are checked again."""
    row = unit.session.get(SilencedPhraseRow, command.silence_id)
    if row is None or row.lifted_at is not None:
        raise Overtaken("Somebody has lifted this already. Nothing was changed.")
    may_change(unit, Check(row.check))
    row.lifted_at, row.lifted_by = unit.now, unit.actor.id
    unit.session.flush()
    unit.audit(f"silence:{row.id}", {"check": row.check})
    phrases = shipped_phrases(Silenced(Check(row.check), row.topic, row.note, row.phrase))
    _recheck(unit, {Check(row.check)}, phrases, command.ticket, "The school changed the words of this check.")


def _own(unit: Unit, phrase_id: int) -> OwnPhraseRow:
    row = unit.session.get(OwnPhraseRow, phrase_id)
    if row is None or row.ended_at is not None:
        raise Overtaken("Somebody has taken this phrase out already. Nothing was changed.")
    return row


class _Because:
    """Why a finding no longer holds, the same for all."""

    def __init__(self, why: str) -> None:
        self._why = why

    def why(self, item_id: int, check: str, pupils: Sequence[int]) -> str:
        """One sentence for the reviewer."""
        del item_id, check, pupils
        return self._why


def _recheck(unit: Unit, checks: set[Check], phrases: Iterable[Phrase], ticket: Ticket | None, why: str) -> None:
    """Check again what holds the words, and what these checks have found so far."""
    ids = holding(unit.session, phrases) | set(
        unit.session.scalars(select(FindingRow.item_id).where(FindingRow.check.in_(checks), FindingRow.state == "open"))
    )
    new = check_items(unit, sorted(ids), ticket, lapsing=_Because(why))
    unit.audit(unit.subject, {"rechecked": len(ids), "new_findings": new})
    unit.changed("review", "words")

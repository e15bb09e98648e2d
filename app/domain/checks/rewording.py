"""A draft with names as the policy allows them: surnames and needless initials go, and nothing else changes (T8)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from app.domain.checks.known_names import KnownPupil
from app.domain.checks.mention import Form, Mention
from app.domain.checks.reading import Reading
from app.domain.checks.school import School
from app.domain.checks.whom import meant
from app.domain.content import Item
from app.domain.naming import Folded, fold_with_origins, known_as, permitted_name

_PASSES = 4
"""Taking a surname away may lay bare an initial behind it, so the text is read again until nothing is left to do."""
_IDLE_STOP = re.compile(r"\.(?=\s+[a-z]|[,;:!?)])")
"""The stop after an initial, where it ends no sentence."""
_CLOSING = {"(": ")", '"': '"', "“": "”", "‘": "’"}


@dataclass(frozen=True, slots=True)
class Change:
    """One name put right. `start` and `end` are a half-open range of the draft's characters; `new` stands there now."""

    start: int
    end: int
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Rewording:
    """A draft reworded: the whole text, and every place where it differs from the draft, in order."""

    text: str
    changes: tuple[Change, ...] = ()


def reword(school: School, item: Item) -> Rewording:
    """The item's text with the names that staff may use in public; outside the changes it is kept letter for letter."""
    changes: list[Change] = []
    text = item.text
    for _ in range(_PASSES):
        found = _changes(Reading(replace(item, text=text), school))
        if not found:
            break
        changes = _together(item.text, changes, found)
        text = _applied(item.text, changes)
    return Rewording(text, tuple(changes))


def _changes(reading: Reading) -> list[Change]:
    text = reading.item.text
    made: list[Change] = []
    for mention in reading.mentions:
        pupils = meant(reading, mention)
        if not pupils or not _needs_changing(reading, mention, pupils):
            continue
        start, end = _whole(text, mention.span)
        if mention.form is Form.INITIAL and _IDLE_STOP.match(text, end):
            end += 1
        old = text[start:end]
        new = _new(reading, mention, old, _allowed(reading.school, pupils), text[start - 1 : start])
        if new != old and (not made or start >= made[-1].end):
            made.append(Change(start, end, old, new))
    return made


def _needs_changing(reading: Reading, mention: Mention, pupils: Iterable[KnownPupil]) -> bool:
    """What the checks on names would speak of: any surname, and an initial that tells no namesakes apart."""
    if mention.form is Form.INITIAL:
        return any(not reading.school.has_namesake(pupil, mention.key) for pupil in pupils)
    return mention.form is Form.FULL


def _allowed(school: School, pupils: Iterable[KnownPupil]) -> str:
    """The permitted name; where it is not clear which child is meant, the shortest that fits one of them."""
    everybody = school.register.pupils
    names = {permitted_name(pupil.entry, everybody): known_as(pupil.entry) for pupil in pupils}
    return min(names if len(names) == 1 else names.values(), key=lambda name: (len(name), name))


def _whole(text: str, span: tuple[int, int]) -> tuple[int, int]:
    """The span without white space at its end, and with the bracket or quotation mark that it opened and left open."""
    start, end = span
    while end > start and text[end - 1].isspace():
        end -= 1
    written = text[start:end]
    for opening, closing in _CLOSING.items():
        unpaired = written.count(opening) % 2 if opening == closing else opening in written and closing not in written
        if unpaired and text[end : end + 1] == closing:
            return start, end + 1
    return start, end


def _new(reading: Reading, mention: Mention, old: str, allowed: str, before: str) -> str:
    run_together = mention.last - mention.first == 1 and not any(sign.isspace() for sign in old)
    if run_together and (before in ("#", "@") or len(old) > len(mention.key)):
        return _in_one_word(mention, old, allowed)
    return allowed.upper() if _is_shouted(old) else allowed


def _in_one_word(mention: Mention, old: str, allowed: str) -> str:
    """Inside a hashtag or a name written as one word, what stands round the name stays."""
    folded = fold_with_origins(old)
    name = (
        mention.key if mention.key in folded.text and len(mention.key) < len(old) else _first_name_in(mention, folded)
    )
    at = folded.text.find(name)
    if at < 0 or not name:
        return allowed.replace(" ", "")
    end = at + len(name)
    rest = folded.text[end:]
    gone = next((len(p.surname) for p in mention.pupils if p.surname and rest.startswith(p.surname)), 0)
    if not gone and mention.form is Form.INITIAL:
        gone = 1
    kept_from = folded.span(end, end + gone)[1] if gone else folded.origin(end)
    short = allowed.replace(" ", "")
    return old[: folded.origin(at)] + (short.upper() if _is_shouted(old) else short) + old[kept_from:]


def _first_name_in(mention: Mention, folded: Folded) -> str:
    """The first name inside a run of letters that names a child in full."""
    firsts = {first for pupil in mention.pupils for first in pupil.firsts if first in folded.text}
    return max(firsts, key=len, default="")


def _is_shouted(written: str) -> bool:
    letters = [sign for sign in written if sign.isalpha()]
    return len(letters) > 2 and all(sign.isupper() for sign in letters)


def _applied(text: str, changes: Iterable[Change]) -> str:
    pieces: list[str] = []
    done = 0
    for change in changes:
        pieces += (text[done : change.start], change.new)
        done = change.end
    return "".join((*pieces, text[done:]))


def _together(draft: str, earlier: list[Change], later: list[Change]) -> list[Change]:
    """Changes to the draft, and changes to what came of them, as changes to the draft."""
    if not earlier:
        return later
    between = _applied(draft, earlier)
    shift = 0
    spans: list[tuple[int, int]] = []
    for change in earlier:
        start = change.start + shift
        shift += len(change.new) - (change.end - change.start)
        spans.append((start, start + len(change.new)))
    ranges = sorted([*spans, *((change.start, change.end) for change in later)])
    merged: list[tuple[int, int]] = []
    for start, end in ranges:
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return [_one(draft, between, earlier, later, span) for span in merged]


def _one(draft: str, between: str, earlier: list[Change], later: list[Change], span: tuple[int, int]) -> Change:
    start, end = span
    inner = [
        Change(change.start - start, change.end - start, change.old, change.new)
        for change in later
        if start <= change.start and change.end <= end
    ]
    new = _applied(between[start:end], inner)
    first, last = _back(earlier, start, opening=True), _back(earlier, end, opening=False)
    return Change(first, last, draft[first:last], new)


def _back(earlier: list[Change], position: int, *, opening: bool) -> int:
    """Where in the draft a position in the text after the earlier changes came from; inside a change, its edge."""
    shift = 0
    for change in earlier:
        start = change.start + shift
        end = start + len(change.new)
        if opening and start <= position < end:
            return change.start
        if not opening and start < position <= end:
            return change.end
        if position <= start:
            break
        shift += len(change.new) - (change.end - change.start)
    return position - shift

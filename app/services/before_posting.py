"""Checking a draft before it is posted: who may be shown, what the policy says of the words, the names put right (T12).

A draft's words are not kept: only that a check was made, by whom, for which class, and how much it found. Why a child
may not be shown is never said here, to anybody.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.domain.checks.finding import Check, Finding, Severity
from app.domain.checks.permission import may_be_shown
from app.domain.checks.reading import Reading
from app.domain.checks.register import PupilEntry, Register
from app.domain.checks.rewording import Rewording, reword
from app.domain.checks.school import School
from app.domain.checks.whom import meant
from app.domain.content import Author, AuthorRole, Item, Kind, Media
from app.domain.naming import known_as, permitted_name
from app.domain.problems import Refused
from app.domain.roles import EVERYONE
from app.services.checking import engine_for, shipped_lexicons
from app.services.door import Command, Query, answers, does
from app.services.engines import close_judge
from app.services.posting_clearance import not_cleared
from app.services.unit import Unit, View
from app.store.reads.register import checks_register, number, ref
from app.store.tables.monitoring import BeforePostingRow
from app.store.tables.school import ClassRow

LONGEST = 100_000
"""Characters; no post comes near it."""

KINDS = (Kind.CLASS_STORY, Kind.SCHOOL_STORY, Kind.COMMENT, Kind.PORTFOLIO, Kind.MESSAGE)
"""What a draft can be meant for."""

_SOMEBODY = "g0"
"""A reader who is nobody's guardian: whom a message goes to where nobody says."""

_ADVICE: dict[Check, str] = {
    Check.SAFEGUARDING: "Do not post it. Speak to the safeguarding lead now.",
    Check.NO_PERMISSION: "Choose another picture, or leave the child out.",
    Check.SURNAME: "Use the reworded text.",
    Check.INITIAL: "Use the reworded text.",
    Check.SENSITIVE: "Leave it out, or tell the family in a private message.",
    Check.CONTACT: "Leave it out, or give it in a private message.",
    Check.PERSONAL: "Leave it out: the pages are for the children's schooling.",
    Check.ABUSE: "Say it in other words, or speak to the person.",
    Check.COMPARE: "Praise each child for their own work.",
    Check.RESHARE: "Leave it out: nothing goes from the class page to other places.",
    Check.HOURS: "Send it in school hours.",
}


@dataclass(frozen=True, slots=True)
class DraftFinding:
    """What one check says of a draft, and what to do. `children` are permitted names."""

    check: Check
    clause: str
    severity: Severity
    why: str
    advice: str
    span: tuple[int, int] | None
    children: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DraftChild:
    """A child who was ticked or is named in a draft.

    `allowed` is a yes or no for each kind of media the draft carries; `stopped` says that the draft may not go out
    with them in it. Neither says why.
    """

    id: int
    name: str
    class_name: str | None
    ticked: bool
    named: bool
    allowed: tuple[tuple[Media, bool], ...]
    stopped: bool


@dataclass(frozen=True, slots=True)
class DraftChecked:
    """What came of checking a draft. `rewording` has the names put right and nothing else changed."""

    children: tuple[DraftChild, ...]
    findings: tuple[DraftFinding, ...]
    rewording: Rewording
    not_cleared: tuple[str, ...] = ()
    """Why posting for a class concerned is not cleared yet: a sentence each (T11)."""

    @property
    def is_clear(self) -> bool:
        """Nothing stands against posting it as it is."""
        return not self.findings


def get_ready() -> None:
    """Read the word lists, which the first check would otherwise wait for."""
    shipped_lexicons()
    close_judge()


@dataclass(frozen=True, slots=True)
class CheckDraft(Command[DraftChecked]):
    """Check a draft, with the children in its pictures ticked.

    A message goes to the families of the ticked children; where none is ticked, it may go to any.
    """

    text: str
    kind: Kind = Kind.CLASS_STORY
    class_id: int | None = None
    pupils: tuple[int, ...] = ()
    media: tuple[Media, ...] = ()

    def __repr__(self) -> str:
        return f"CheckDraft(kind={self.kind.value}, characters={len(self.text)})"


@does(CheckDraft, roles=EVERYONE, verb="draft.checked")
def check_draft(command: CheckDraft, unit: Unit) -> DraftChecked:
    """Refused for an empty draft, one that is far too long, and a class post without its class."""
    _can_be_checked(command, unit)
    register = checks_register(unit.session, unit.today)
    item = _item(command, unit, register)
    school = School(register, shipped_lexicons())
    found = engine_for(unit.session, register, closely=True).check(item)
    rewording = reword(school, item)
    children = _children(Reading(item, school), found, command)
    names = _permitted(register.pupils)
    findings = tuple(_finding(finding, names) for finding in found)
    unit.session.add(
        BeforePostingRow(
            class_id=command.class_id,
            digest=_digest(command, rewording.text),
            findings=len(findings),
            checked_at=unit.now,
            checked_by=unit.actor.id,
        )
    )
    unit.audit(
        f"class:{command.class_id}" if command.class_id else "school",
        {"kind": command.kind, "media": [media.value for media in command.media], "findings": len(findings)},
    )
    unit.changed("drafts")
    return DraftChecked(children, findings, rewording, _clearance(command, register, unit))


def _clearance(command: CheckDraft, register: Register, unit: Unit) -> tuple[str, ...]:
    """A message goes to families alone; a post is seen by many, so the classes of its children must be cleared."""
    if command.kind is Kind.MESSAGE:
        return ()
    ticked = {ref("p", pupil) for pupil in command.pupils}
    classes = {number(pupil.class_id) for pupil in register.pupils if pupil.id in ticked and pupil.class_id}
    return not_cleared(unit, classes | ({command.class_id} if command.class_id is not None else set()))


def _can_be_checked(command: CheckDraft, unit: Unit) -> None:
    if command.kind not in KINDS:
        raise Refused("Points are given, not posted. Choose a story, a comment, a portfolio entry or a message.")
    if not command.text.strip() and not command.media:
        raise Refused("There is nothing to check yet. Write or paste the draft, or say what pictures it has.")
    if len(command.text) > LONGEST:
        raise Refused("This is far longer than any post. Check it in parts.")
    if command.class_id is not None and unit.session.get(ClassRow, command.class_id) is None:
        raise Refused("There is no such class any more. Choose another.")
    if command.class_id is None and command.kind is Kind.CLASS_STORY:
        raise Refused("A class story needs its class, because names are judged within it. Choose the class.")


def _item(command: CheckDraft, unit: Unit, register: Register) -> Item:
    on_roll = {pupil.id for pupil in register.pupils}
    ticked = tuple(dict.fromkeys(ref("p", pupil) for pupil in command.pupils))
    if not on_roll.issuperset(ticked):
        raise Refused("A child you ticked is no longer on roll. Look at the ticks again.")
    readers = tuple(g.id for g in register.guardians if set(g.pupils) & set(ticked)) or (_SOMEBODY,)
    is_message = command.kind is Kind.MESSAGE
    return Item(
        id="draft",
        kind=command.kind,
        class_id=ref("c", command.class_id) if command.class_id else None,
        author=Author(AuthorRole.STAFF),
        sent_at=unit.now,
        text=command.text,
        media=tuple(dict.fromkeys(command.media)),
        tagged=ticked,
        to=readers if is_message else (),
    )


def _children(reading: Reading, found: Iterable[Finding], command: CheckDraft) -> tuple[DraftChild, ...]:
    everybody = reading.school.register.pupils
    names = _permitted(everybody)
    classes = {entry.id: entry.name for entry in reading.school.register.classes}
    named = {pupil.entry.id for mention in reading.mentions for pupil in meant(reading, mention)}
    ticked = {ref("p", pupil) for pupil in command.pupils}
    stopped = {id_ for finding in found if finding.check is Check.NO_PERMISSION for id_ in finding.pupils}
    children = [
        DraftChild(
            id=number(pupil.id),
            name=names[pupil.id],
            class_name=classes.get(pupil.class_id or ""),
            ticked=pupil.id in ticked,
            named=pupil.id in named,
            allowed=tuple((media, may_be_shown(pupil, media, command.kind)) for media in reading.item.media),
            stopped=pupil.id in stopped,
        )
        for pupil in everybody
        if pupil.id in ticked | named
    ]
    return tuple(sorted(children, key=lambda child: (not child.stopped, not child.ticked, child.name, child.id)))


def _finding(finding: Finding, permitted: Mapping[str, str]) -> DraftFinding:
    names = tuple(permitted[pupil] for pupil in finding.pupils)
    return DraftFinding(
        check=finding.check,
        clause=finding.clause,
        severity=finding.severity,
        why=_not_shown(names) if finding.check is Check.NO_PERMISSION else finding.why,
        advice=_ADVICE.get(finding.check, ""),
        span=finding.span,
        children=names,
        topics=finding.topics,
    )


def _not_shown(names: tuple[str, ...]) -> str:
    return f"{' and '.join(names) or 'A child'} may not be shown here."


def _digest(command: CheckDraft, text: str) -> str:
    """Recognises the same check made again, and a post that went out as it was checked; it tells nobody the words."""
    told = [command.kind.value, str(command.class_id), " ".join(text.split())]
    return hashlib.sha256("\n".join(told).encode("utf-8", "replace")).hexdigest()


@dataclass(frozen=True, slots=True)
class ClassChild:
    """A child to tick. `name` is the permitted name, with the surname where two would read alike; `called` is every
    name that the child may be asked for by."""

    id: int
    name: str
    class_id: int | None
    class_name: str | None
    called: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ChildrenToTick(Query[tuple[ClassChild, ...]]):
    """The children who may be in a picture: of one class, or of the whole school."""

    class_id: int | None = None


@answers(ChildrenToTick, roles=EVERYONE)
def children_to_tick(query: ChildrenToTick, view: View) -> tuple[ClassChild, ...]:
    """By class and name. No rulings: those are given when the draft is checked, and the check is recorded."""
    register = checks_register(view.session, view.today)
    names = _permitted(register.pupils)
    alike = Counter((pupil.class_id, names[pupil.id]) for pupil in register.pupils)
    classes = {entry.id: entry.name for entry in register.classes}
    children = [
        ClassChild(
            id=number(pupil.id),
            name=names[pupil.id] if alike[pupil.class_id, names[pupil.id]] == 1 else f"{known_as(pupil)} {pupil.last}",
            class_id=number(pupil.class_id) if pupil.class_id else None,
            class_name=classes.get(pupil.class_id or ""),
            called=_called(pupil, names[pupil.id]),
        )
        for pupil in register.pupils
        if query.class_id is None or pupil.class_id == ref("c", query.class_id)
    ]
    return tuple(sorted(children, key=lambda child: (child.class_name or "~", child.name.casefold(), child.id)))


def _called(pupil: PupilEntry, permitted: str) -> tuple[str, ...]:
    firsts = (known_as(pupil), pupil.first)
    return tuple(dict.fromkeys([permitted, *firsts, *(f"{first} {pupil.last}" for first in firsts)]))


def _permitted(pupils: Iterable[PupilEntry]) -> dict[str, str]:
    """Each pupil's permitted name, by id: judged among the class, which is all the rule looks at."""
    classes: dict[str | None, list[PupilEntry]] = defaultdict(list)
    for pupil in pupils:
        classes[pupil.class_id].append(pupil)
    return {pupil.id: permitted_name(pupil, mates) for mates in classes.values() for pupil in mates}

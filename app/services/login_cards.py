"""Pupils' login codes for ClassDojo: entered or brought in, kept encrypted, given out as cards (H6).

The codes are shown to those who enter them and to nobody else: the office and the headteacher. Taking cards out is a
command, so that it is on record.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select

from app.domain.login_codes import ListedLogin, LoginCode, login_doubt, read_login
from app.domain.problems import Overtaken, Problem, Refused
from app.domain.roles import EVERYONE
from app.services.door import Command, Query, answers, does
from app.services.importing_codes import Imported, Told
from app.services.leaving import revoke_cards
from app.services.school import OFFICE_AND_HEAD
from app.services.unit import Unit, View
from app.store.keys import Keys, WrongKey, unwrap, wrap
from app.store.reads.codes import permitted_names
from app.store.reads.people import directory, key
from app.store.tables.people import PupilRow
from app.store.tables.register import LoginCardRow
from app.store.tables.school import ClassRow, SchoolRow

_LEFT = "This pupil has left, so no login code is kept. Nothing was saved."
_REPLACED = "Replaced by a newer code."


@dataclass(frozen=True, slots=True)
class EnterLogin(Command[None]):
    """A pupil's own code, in place of the one before."""

    pupil_id: int
    code: str = field(repr=False)
    link: str = field(default="", repr=False)


@does(EnterLogin, roles=OFFICE_AND_HEAD, verb="card.entered")
def enter_login(command: EnterLogin, unit: Unit) -> None:
    """Refused for a leaver, for a parent's code, and for a code that another pupil has."""
    pupil = unit.session.get(PupilRow, command.pupil_id)
    if pupil is None:
        raise Problem("That pupil is no longer in the register. Nothing was saved.")
    if pupil.left_on is not None:
        raise Refused(_LEFT)
    said = read_login(command.code, command.link)
    if owner := _owners(unit).get(said.code):
        if owner == pupil.id:
            raise Overtaken("This pupil has this code already. Nothing was saved twice.")
        raise Refused("Another pupil has this code. Compare both with ClassDojo. Nothing was saved.")
    _keep(unit, pupil.id, said)
    unit.audit(f"pupil:{pupil.id}", {"codes": 1})
    unit.changed("cards")


@dataclass(frozen=True, slots=True)
class ImportLogins(Command[Imported]):
    """The codes of a pasted list."""

    lines: tuple[ListedLogin, ...]

    def __repr__(self) -> str:
        return f"ImportLogins({len(self.lines)})"


@does(ImportLogins, roles=OFFICE_AND_HEAD, verb="card.entered")
def import_logins(command: ImportLogins, unit: Unit) -> Imported:
    """Recorded and rejected lines add up to the list. Refused where the list is empty."""
    if not command.lines:
        raise Refused("The list holds no code. Paste a name and a code in each line.")
    names, owners = directory(unit.session).pupils, _owners(unit)
    rejected, doubts, recorded = [], [], 0
    for line in command.lines:
        try:
            pupil_id, said = _placed(unit, line, names, owners)
        except Refused as refused:
            rejected.append(Told(line.number, line.name, refused.sentence))
            continue
        _keep(unit, pupil_id, said)
        owners = {code: owner for code, owner in owners.items() if owner != pupil_id} | {said.code: pupil_id}
        recorded += 1
        if doubt := login_doubt(said.code):
            doubts.append(Told(line.number, line.name, doubt))
    unit.audit("school", {"codes": recorded, "rejected": len(rejected)})
    if recorded:
        unit.changed("cards")
    return Imported(recorded, tuple(rejected), tuple(doubts))


def _placed(unit: Unit, line: ListedLogin, names: dict[str, int], owners: dict[str, int]) -> tuple[int, LoginCode]:
    if not line.code:
        raise Refused("There is no code in this line. Write the name, a comma and the code.")
    said = read_login(line.code, line.link)
    last, comma, first = line.name.partition(",")
    turned = key(f"{first} {last}") if comma else ""
    pupil = unit.session.get(PupilRow, names.get(turned) or names.get(key(line.name), 0))
    if pupil is None:
        raise Refused("No pupil of this name, or more than one, is in the register. Write the full name.")
    if pupil.left_on is not None:
        raise Refused(_LEFT)
    if said.code in owners:
        mine = owners[said.code] == pupil.id
        raise Refused("This pupil has this code already." if mine else "Another pupil has this code.")
    return pupil.id, said


@dataclass(frozen=True, slots=True)
class RevokeLogin(Command[None]):
    """A pupil's code holds no longer: a lost card. Make a new one in ClassDojo too."""

    pupil_id: int
    why: str


@does(RevokeLogin, roles=OFFICE_AND_HEAD, verb="card.revoked")
def revoke_login(command: RevokeLogin, unit: Unit) -> None:
    """Refused without a reason; `Overtaken` where there is no code."""
    if not command.why.strip():
        raise Refused("Say why the code is revoked. The reason stays on record.")
    if not revoke_cards(unit, command.pupil_id, command.why.strip()[:300]):
        raise Overtaken("This pupil has no login code that holds. Nothing was changed.")
    unit.audit(f"pupil:{command.pupil_id}")
    unit.changed("cards")


@dataclass(frozen=True, slots=True)
class CardLine:
    """Whether a pupil on roll has a login code: its last two signs only."""

    pupil_id: int
    name: str
    permitted: str
    class_id: int | None
    class_name: str | None
    ending: str
    entered_at: datetime | None
    printed_at: datetime | None


@dataclass(frozen=True, slots=True)
class LoginCards(Query[tuple[CardLine, ...]]):
    """Every pupil on roll, with or without a code."""


@answers(LoginCards, roles=EVERYONE)
def login_cards(query: LoginCards, view: View) -> tuple[CardLine, ...]:
    """By class and surname. Never the code itself."""
    del query
    names = permitted_names(view.session)
    live = {row.pupil_id: row for row in view.session.scalars(_LIVE)}
    rows = view.session.execute(
        select(PupilRow, ClassRow.name)
        .outerjoin(ClassRow, ClassRow.id == PupilRow.class_id)
        .where(PupilRow.left_on.is_(None))
    )
    lines = []
    for pupil, class_name in rows:
        card = live.get(pupil.id)
        lines.append(
            CardLine(
                pupil_id=pupil.id,
                name=f"{pupil.preferred or pupil.first} {pupil.last}",
                permitted=names.get(pupil.id, pupil.preferred or pupil.first),
                class_id=pupil.class_id,
                class_name=class_name,
                ending=card.ending if card is not None else "",
                entered_at=card.entered_at if card is not None else None,
                printed_at=card.printed_at if card is not None else None,
            )
        )
    return tuple(sorted(lines, key=lambda line: (key(line.class_name or ""), key(line.name), line.pupil_id)))


@dataclass(frozen=True, slots=True)
class Card:
    """One pupil's card as it is printed."""

    name: str
    """The permitted name: a card lies about."""
    class_name: str
    login: LoginCode


@dataclass(frozen=True, slots=True)
class TakenOut:
    """Cards to print, for which school, and how many of the wanted pupils have no code."""

    school: str
    cards: tuple[Card, ...]
    without: int


@dataclass(frozen=True, slots=True)
class TakeOutCards(Command[TakenOut]):
    """Give out the codes of these pupils, to be printed."""

    pupils: tuple[int, ...]


@does(TakeOutCards, roles=OFFICE_AND_HEAD, verb="card.taken_out")
def take_out_cards(command: TakeOutCards, unit: Unit) -> TakenOut:
    """In the order asked for. Refused where none of them has a code."""
    live = {row.pupil_id: row for row in unit.session.scalars(_LIVE)}
    names = permitted_names(unit.session)
    classes = {id_: name for id_, name in unit.session.execute(select(ClassRow.id, ClassRow.name))}
    cards = []
    for pupil_id in command.pupils:
        row = live.get(pupil_id)
        if row is None or pupil_id not in names:
            continue
        place = unit.session.get_one(PupilRow, pupil_id).class_id
        cards.append(Card(names[pupil_id], classes.get(place or 0, ""), _opened(row, unit.keys)))
        row.printed_at = unit.now
    if not cards:
        raise Refused("None of these pupils has a login code. Enter the codes, or bring in a list, then print.")
    school = unit.session.scalars(select(SchoolRow.name)).one()
    unit.audit("school", {"cards": len(cards)})
    unit.changed("cards")
    return TakenOut(school, tuple(cards), len(command.pupils) - len(cards))


_LIVE = select(LoginCardRow).where(LoginCardRow.revoked_at.is_(None)).order_by(LoginCardRow.id)


def _owners(view: View) -> dict[str, int]:
    """Who has which code that holds."""
    return {_opened(row, view.keys).code: row.pupil_id for row in view.session.scalars(_LIVE)}


def _keep(unit: Unit, pupil_id: int, said: LoginCode) -> None:
    revoke_cards(unit, pupil_id, _REPLACED)
    words = json.dumps({"code": said.code, "link": said.link}).encode()
    unit.session.add(
        LoginCardRow(
            pupil_id=pupil_id,
            sealed=wrap(words, _card_key(unit.keys)),
            ending=said.code[-2:],
            entered_at=unit.now,
            entered_by=unit.actor.id,
        )
    )
    unit.session.flush()


def _opened(row: LoginCardRow, keys: Keys) -> LoginCode:
    try:
        read = json.loads(unwrap(row.sealed, _card_key(keys)))
    except WrongKey as fault:
        raise Problem("A login code cannot be read: the database is damaged. Restore the last backup.") from fault
    return LoginCode(read["code"], read["link"])


def _card_key(keys: Keys) -> bytes:
    return hashlib.sha256(keys.main + b"login cards").digest()

"""ClassDojo's own codes, brought in from a list. They belong to a child, and anybody who holds one may use it (P3)."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from app.domain.code_list import ListedCode
from app.domain.codes import service_doubt
from app.domain.issuing import LEFT
from app.domain.problems import Refused
from app.services.door import Command, does
from app.services.linking import OFFICE_AND_LEADERS, code_digest
from app.services.unit import Unit
from app.store.reads.people import directory, key
from app.store.tables.links import LinkingCodeRow
from app.store.tables.people import PupilRow


@dataclass(frozen=True, slots=True)
class Told:
    """A line that wants a person's eye, and why."""

    number: int
    name: str
    why: str


@dataclass(frozen=True, slots=True)
class Imported:
    """How many codes were recorded; the lines that were not; the recorded ones with something odd."""

    recorded: int
    rejected: tuple[Told, ...]
    doubts: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class ImportServiceCodes(Command[Imported]):
    """Record the codes of a list. Only a digest of each is kept."""

    lines: tuple[ListedCode, ...]

    def __repr__(self) -> str:
        return f"ImportServiceCodes({len(self.lines)})"


@does(ImportServiceCodes, roles=OFFICE_AND_LEADERS, verb="code.brought_in")
def import_service_codes(command: ImportServiceCodes, unit: Unit) -> Imported:
    """Recorded and rejected lines add up to the list. Refused where the list is empty."""
    if not command.lines:
        raise Refused("The list holds no code. Paste a name and a code in each line.")
    names = directory(unit.session).pupils
    rejected, doubts, recorded = [], [], 0
    for line in command.lines:
        why = _against(line, names, unit)
        if why:
            rejected.append(Told(line.number, line.name, why))
            continue
        _record(line, names[_named(line.name, names)], unit)
        recorded += 1
        if doubt := service_doubt(line.code):
            doubts.append(Told(line.number, line.name, doubt))
    unit.audit("school", {"codes": recorded, "rejected": len(rejected)})
    if recorded:
        unit.changed("links")
    return Imported(recorded, tuple(rejected), tuple(doubts))


def _named(name: str, names: dict[str, int]) -> str:
    """The name as the register knows it; "Ward, Omar" is Omar Ward."""
    last, comma, first = name.partition(",")
    turned = key(f"{first} {last}") if comma else ""
    return turned if turned in names else key(name)


def _against(line: ListedCode, names: dict[str, int], unit: Unit) -> str:
    if not line.code:
        return "There is no code in this line. Write the name, a comma and the code."
    pupil = unit.session.get(PupilRow, names.get(_named(line.name, names), 0))
    if pupil is None:
        return "No pupil of this name, or more than one, is in the register. Write the full name."
    if pupil.left_on is not None:
        return LEFT
    digest = code_digest(line.code, unit.keys.main)
    if unit.session.scalar(select(LinkingCodeRow.id).where(LinkingCodeRow.digest == digest)):
        return "This code is in the ledger already. Nothing was recorded twice."
    return ""


def _record(line: ListedCode, pupil_id: int, unit: Unit) -> None:
    pupil = unit.session.get(PupilRow, pupil_id)
    assert pupil is not None
    unit.session.add(
        LinkingCodeRow(
            pupil_id=pupil.id,
            class_id=pupil.class_id,
            origin="classdojo",
            digest=code_digest(line.code, unit.keys.main),
            ending=line.code[-2:],
            issued_at=unit.now,
            issued_by=unit.actor.id,
            route="ClassDojo",
        )
    )
    unit.session.flush()

"""What a named person found set in ClassDojo each term, against what the school expects (H5, P4, M1, T14)."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from app.domain.problems import Problem, Refused
from app.domain.roles import LEADERS
from app.resources import text_of
from app.services.door import Command, Query, answers, does
from app.services.unit import Unit, View
from app.store.tables.accounts import AccountRow
from app.store.tables.monitoring import AttestationRow
from app.store.tables.school import TermRow


@dataclass(frozen=True, slots=True)
class Setting:
    """Something to look up in ClassDojo: where it is, and how the school wants it."""

    code: str
    name: str
    where: str
    expected: str
    clause: str


def settings_to_attest() -> tuple[Setting, ...]:
    """What ships with the program, in the order in which one meets it in ClassDojo."""
    return tuple(Setting(**said) for said in tomllib.loads(text_of("policy", "attested.toml"))["setting"])


@dataclass(frozen=True, slots=True)
class AttestSetting(Command[None]):
    """State how a setting was found, in a word or a few ("Off", "2 classes")."""

    code: str
    found: str


@does(AttestSetting, roles=LEADERS, verb="setting.attested")
def attest_setting(command: AttestSetting, unit: Unit) -> None:
    """A later statement in the same term stands beside the earlier one; the newest counts."""
    setting = next((one for one in settings_to_attest() if one.code == command.code), None)
    if setting is None:
        raise Problem("That setting is not among those to look up.")
    found = command.found.strip()
    if not found:
        raise Refused("Say how you found it, also where it is as expected.")
    if len(found) > 120:
        raise Refused("Say it in a few words (at most 120 letters).")
    term = _term_of(unit, unit.today)
    unit.session.add(
        AttestationRow(
            term_id=term.id if term else None,
            subject=setting.code,
            expected=setting.expected,
            found=found,
            stated_at=unit.now,
            stated_by=unit.actor.id,
        )
    )
    unit.audit("school", {"setting": setting.code, "as_expected": as_expected(setting.expected, found)})
    unit.changed("samples")


def as_expected(expected: str, found: str) -> bool:
    """Whether what was found is what was expected, capitals and a full stop aside."""
    return expected.strip(" .").casefold() == found.strip(" .").casefold()


@dataclass(frozen=True, slots=True)
class Attested:
    """One statement."""

    found: str
    expected: str
    at: datetime
    by: str
    term: str | None

    @property
    def agrees(self) -> bool:
        """As the school expects."""
        return as_expected(self.expected, self.found)


@dataclass(frozen=True, slots=True)
class SettingLine:
    """A setting, what was stated this term, and everything that was stated before, newest first."""

    setting: Setting
    now: Attested | None
    earlier: tuple[Attested, ...]


@dataclass(frozen=True, slots=True)
class SettingsShown:
    """Every setting. `term` is None between terms, or where the calendar has none."""

    term: str | None
    term_ends: date | None
    lines: tuple[SettingLine, ...]

    @property
    def waiting(self) -> int:
        """Settings that nobody has looked up this term."""
        return sum(line.now is None for line in self.lines)


@dataclass(frozen=True, slots=True)
class SettingsAttested(Query[SettingsShown]):
    """The settings and what was found."""


@answers(SettingsAttested, roles=LEADERS)
def settings_attested(query: SettingsAttested, view: View) -> SettingsShown:
    """A statement made between terms counts for the term before."""
    del query
    term = _term_of(view, view.today)
    terms = {row.id: row.name for row in view.session.scalars(select(TermRow))}
    names = {row.id: row.name for row in view.session.scalars(select(AccountRow))}
    stated: dict[str, list[tuple[int | None, Attested]]] = {}
    for row in view.session.scalars(select(AttestationRow).order_by(AttestationRow.id.desc())):
        line = Attested(
            row.found, row.expected, row.stated_at, names.get(row.stated_by, ""), terms.get(row.term_id or 0)
        )
        stated.setdefault(row.subject, []).append((row.term_id, line))
    lines = []
    for setting in settings_to_attest():
        said = stated.get(setting.code, [])
        current = bool(said) and said[0][0] == (term.id if term else None)
        now = said[0][1] if current else None
        lines.append(SettingLine(setting, now, tuple(line for _, line in said[1 if current else 0 :])))
    return SettingsShown(term.name if term else None, term.ends if term else None, tuple(lines))


def _term_of(view: View, day: date) -> TermRow | None:
    """The term that a day lies in, or the last one before it."""
    return view.session.scalar(select(TermRow).where(TermRow.starts <= day).order_by(TermRow.starts.desc()).limit(1))

"""The plan by which senior leaders look for themselves: who looks at which class, by when, what came of it (M1)."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from app.domain.problems import Problem, Refused
from app.domain.roles import LEADERS, Role
from app.domain.sampling import SIZE
from app.services.door import Command, Query, answers, does
from app.services.school import year_order
from app.services.unit import Unit, View
from app.store.reads.samples import SampleLine, SamplingFigures, sample_lines, sampling_figures
from app.store.tables.accounts import AccountRow
from app.store.tables.monitoring import SampleItemRow, SampleRow
from app.store.tables.school import ClassRow, TermRow

MOST = 200
"""The largest sample: more than this is not a sample but a reading of everything."""


@dataclass(frozen=True, slots=True)
class PlanMonitoring(Command[int]):
    """Plan a look at every class, and at the school story, for a half-term. Looks that are planned already stay."""

    term_id: int
    size: int = SIZE
    owner_id: int | None = None
    due_on: date | None = None
    """The half-term's last day, where nothing is said."""


@does(PlanMonitoring, roles=LEADERS, verb="sample.planned")
def plan_monitoring(command: PlanMonitoring, unit: Unit) -> int:
    """How many looks were added. Each has its seed from this moment: before anybody knows what will be posted."""
    term = unit.session.get(TermRow, command.term_id)
    if term is None:
        raise Problem("That half-term is not in the calendar any more. Look at the terms in Settings.")
    _check(unit, command.size, command.owner_id)
    there = set(unit.session.scalars(select(SampleRow.class_id).where(SampleRow.term_id == term.id)))
    classes = list(unit.session.scalars(select(ClassRow.id).where(ClassRow.active)))
    if not classes:
        raise Refused("There are no classes yet, so there is nothing to plan. Bring in the register first.")
    new: list[int | None] = [one for one in (*classes, None) if one not in there]
    unit.session.add_all(
        SampleRow(
            class_id=class_id,
            term_id=term.id,
            size=command.size,
            seed=new_seed(),
            owner_id=command.owner_id,
            due_on=command.due_on or term.ends,
        )
        for class_id in new
    )
    unit.audit(f"term:{term.id}", {"looks": len(new), "size": command.size})
    unit.changed("samples")
    return len(new)


@dataclass(frozen=True, slots=True)
class SetLook(Command[None]):
    """Change who looks, by when, and at how many items. The size stands once the items are drawn."""

    sample_id: int
    owner_id: int | None
    due_on: date
    size: int


@does(SetLook, roles=LEADERS, verb="sample.set")
def set_look(command: SetLook, unit: Unit) -> None:
    """Refused for a look that is finished."""
    row = unit.session.get(SampleRow, command.sample_id)
    if row is None:
        raise Problem("That look is not in the plan any more.")
    if row.done_at is not None:
        raise Refused("This look is finished, and stays as it was recorded.")
    if row.drawn_at is not None and command.size != row.size:
        raise Refused("The items are drawn already, so their number stands. Draw again, and say why.")
    _check(unit, command.size, command.owner_id)
    row.owner_id, row.due_on, row.size = command.owner_id, command.due_on, command.size
    unit.audit(f"sample:{row.id}", {"size": row.size})
    unit.changed("samples")


@dataclass(frozen=True, slots=True)
class DropLook(Command[None]):
    """Take a look out of the plan, before anything is drawn."""

    sample_id: int


@does(DropLook, roles=LEADERS, verb="sample.dropped")
def drop_look(command: DropLook, unit: Unit) -> None:
    """Refused once items are drawn: what was begun stays on record."""
    row = unit.session.get(SampleRow, command.sample_id)
    if row is None:
        raise Problem("That look is not in the plan any more.")
    if row.drawn_at is not None:
        raise Refused("Its items are drawn already, so it stays in the plan. Finish it, and say why it was not needed.")
    unit.session.delete(row)
    unit.audit(f"sample:{row.id}")
    unit.changed("samples")


def _check(unit: Unit, size: int, owner_id: int | None) -> None:
    if not 1 <= size <= MOST:
        raise Refused(f"A look takes 1 to {MOST} items. Choose a number between.")
    if owner_id is None:
        return
    owner = unit.session.get(AccountRow, owner_id)
    if owner is None or Role(owner.role) not in LEADERS:
        raise Refused("Only a senior leader, the safeguarding lead or the headteacher can look. Choose one of them.")


def new_seed() -> str:
    """Sixteen characters that nobody can foresee."""
    return secrets.token_hex(8)


@dataclass(frozen=True, slots=True)
class PlanShown:
    """The plan of one half-term, with what came of it. No terms: the calendar has none yet."""

    terms: tuple[tuple[int, str, date, date], ...]
    term_id: int | None
    lines: tuple[SampleLine, ...]
    figures: SamplingFigures | None
    leaders: tuple[tuple[int, str], ...]
    today: date


@dataclass(frozen=True, slots=True)
class MonitoringPlan(Query[PlanShown]):
    """The plan of a half-term; the present one, or the last one begun, where none is named."""

    term_id: int | None = None


@answers(MonitoringPlan, roles=LEADERS)
def monitoring_plan(query: MonitoringPlan, view: View) -> PlanShown:
    """Looks by year group and class, the school story last."""
    terms = tuple(
        (row.id, row.name, row.starts, row.ends)
        for row in view.session.scalars(select(TermRow).order_by(TermRow.starts))
    )
    chosen = next((term for term in terms if term[0] == query.term_id), None) or _present(terms, view.today)
    years = {row.id: row.year_group for row in view.session.scalars(select(ClassRow))}
    lines = sample_lines(view.session, chosen[0]) if chosen else ()
    accounts = view.session.scalars(
        select(AccountRow).where(AccountRow.role.in_([role.value for role in LEADERS]), AccountRow.active)
    )
    return PlanShown(
        terms=terms,
        term_id=chosen[0] if chosen else None,
        lines=tuple(sorted(lines, key=lambda line: (line.class_id is None, _order(years, line)))),
        figures=sampling_figures(view.session, chosen[2], chosen[3]) if chosen else None,
        leaders=tuple(sorted(((row.id, row.name) for row in accounts), key=lambda one: one[1].casefold())),
        today=view.today,
    )


def _order(years: dict[int, str | None], line: SampleLine) -> tuple[int, str]:
    return year_order(years.get(line.class_id or 0), line.class_name)


def _present(terms: tuple[tuple[int, str, date, date], ...], today: date) -> tuple[int, str, date, date] | None:
    begun = [term for term in terms if term[2] <= today]
    return begun[-1] if begun else terms[0] if terms else None


def drop_items(unit: Unit, sample_id: int) -> None:
    """Let go of the items of a draw that is made again."""
    for row in unit.session.scalars(select(SampleItemRow).where(SampleItemRow.sample_id == sample_id)):
        unit.session.delete(row)
    unit.session.flush()

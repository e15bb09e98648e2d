"""The tour's pictures of what leaders look at themselves: looks, figures, the policy, the yearly review."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

from PySide6.QtWidgets import QWidget

from app.domain.annual import Judgement
from app.domain.problems import Overtaken
from app.services.annual_review import AnnualReview, JudgeClause, OpenReview
from app.services.monitoring_plan import MonitoringPlan
from app.services.office import Office
from app.ui.screens.annual.screen import AnnualScreen
from app.ui.screens.figures.screen import FiguresScreen
from app.ui.screens.monitoring.dialogs import FoundDialog, PlanDialog
from app.ui.screens.monitoring.screen import MonitoringScreen
from app.ui.screens.policy.screen import PolicyScreen
from app.ui.shell.desk import Desk
from app.ui.tour_posing import Picture, dialog_picture


def leader_pictures(office: Office, desk: Desk, window: QWidget, picture: Picture) -> Iterator[str]:
    """Every state, as the headteacher meets it. The school is one to be worked on."""
    yield from _monitoring(office, desk, window, picture)
    yield from _figures(desk, window, picture)
    yield from _policy(desk, window, picture)
    yield from _annual(office, desk, window, picture)


def _monitoring(office: Office, desk: Desk, window: QWidget, picture: Picture) -> Iterator[str]:
    desk.open_area("monitoring")
    screen = desk.shown
    assert isinstance(screen, MonitoringScreen)
    plan = office.ask(MonitoringPlan())
    first = plan.terms[0]
    screen.plan.presenter.load(first[0])
    screen.plan.refresh()
    yield picture(window, "head-monitoring-term-over")
    for page in ("weeks", "settings", "histories"):
        screen.look_through(page)
        yield picture(window, f"head-monitoring-{page}")
    asking = PlanDialog(window, plan.leaders, first[3])
    yield dialog_picture(asking, picture, "head-monitoring-plan")
    looks = office.ask(MonitoringPlan(first[0])).lines
    drawn = [line for line in looks if line.state == "drawn"] or [line for line in looks if line.drawn]
    desk.open_record("look", drawn[0].id)
    yield picture(window, "head-look")
    yield dialog_picture(FoundDialog(window), picture, "head-look-finding")


def _figures(desk: Desk, window: QWidget, picture: Picture) -> Iterator[str]:
    desk.open_area("figures")
    screen = desk.shown
    assert isinstance(screen, FiguresScreen)
    for card in screen.cards:
        card.turn()
    yield picture(window, "head-figures-tables")


def _policy(desk: Desk, window: QWidget, picture: Picture) -> Iterator[str]:
    desk.open_area("policy")
    screen = desk.shown
    assert isinstance(screen, PolicyScreen)
    for page in ("guardians", "staff", "versions"):
        screen.look_through(page)
        yield picture(window, f"head-policy-{page}")
    screen.look_through("clauses")
    screen.clauses.retire()
    yield picture(window, "head-policy-draft")
    screen.clauses.presenter.drop_draft()
    screen.clauses.refresh()


def _annual(office: Office, desk: Desk, window: QWidget, picture: Picture) -> Iterator[str]:
    with suppress(Overtaken):  # the second scheme finds it open already
        office.perform(OpenReview())
    for clause in office.ask(AnnualReview()).clauses[:12]:
        office.perform(JudgeClause(clause.code, Judgement.KEPT))
    desk.open_area("annual")
    screen = desk.shown
    assert isinstance(screen, AnnualScreen)
    screen.refresh()
    screen.table.choose("T8")
    screen.panel.judgement.setCurrentIndex(screen.panel.judgement.findData(Judgement.PARTLY))
    yield picture(window, "head-annual-judging")
    screen.look_through("actions")
    yield picture(window, "head-annual-actions")
    screen.look_through("clauses")

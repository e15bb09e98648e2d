"""Staff acknowledgements: the policy in force, and this year's statements on devices (M3, T14)."""

from __future__ import annotations

from app.services.office import Office
from app.services.policy import Acceptances
from reports.kit.model import Block, Heading, Share, Table, Text
from reports.kit.model import Kind as Holds
from reports.period import Period
from reports.registers.shape import SCHOOL_ONLY, columns, compose, gatherer

__all__ = ["TITLE", "compose", "gather"]

TITLE = "Staff acknowledgements"


def _blocks(office: Office, period: Period) -> tuple[Block, ...]:
    del period
    shown = office.ask(Acceptances())
    whole = len(shown.staff)
    stated = sum(line.stated_on is not None for line in shown.staff)
    return (
        Heading("Who has acknowledged what", clauses=("M3", "T14")),
        Text(f"Version {shown.number} of the policy is in force. A new version is acknowledged anew."),
        Table(
            "Figures",
            "Members of staff, in figures",
            columns("What", ("Staff", Holds.SHARE)),
            (
                ("Acknowledged the policy in force", Share(sum(not line.waits for line in shown.staff), whole)),
                (
                    "Stated how they use their devices",
                    Share(stated, whole),
                ),
            ),
        ),
        Table(
            "Staff",
            "Members of staff",
            columns("Name", ("Policy acknowledged", Holds.DATE), ("Devices stated", Holds.DATE)),
            tuple((line.name, line.accepted_on, line.stated_on) for line in shown.staff),
            empty="No member of staff is in the records.",
        ),
    )


gather = gatherer(TITLE, SCHOOL_ONLY, _blocks)

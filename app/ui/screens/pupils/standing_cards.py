"""Cards on a pupil's page: the class list the child stands on, the login card, what is left to do about a leaver."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QSizePolicy

from app.domain.leaving import Leaving
from app.domain.sheets import Sheet, SheetState
from app.domain.words import day_words
from app.services.login_cards import CardLine
from app.ui.parts.buttons import secondary
from app.ui.parts.card import Card
from app.ui.parts.chip import Chip, Tone
from app.ui.parts.facts import Facts
from app.ui.screens.sheets.screen import sheet_chip

_MEANS = {
    SheetState.NEVER: "Issue the list before anybody posts.",
    SheetState.OUTDATED: "Something that matters has changed. Issue the new list before anybody posts.",
    SheetState.LAST_YEAR: "That was last school year. Issue this year's list.",
    SheetState.WAITING: "Not all staff have read this issue.",
    SheetState.CLEARED: "All its staff have read this issue.",
}


class SheetCard(Card):
    """Where the list of the child's class stands, and what it says of the child."""

    def __init__(self, open_lists: Callable[[], object]) -> None:
        self.facts = Facts()
        self.button = secondary("Class li&sts", open_lists, icon="sheet")
        super().__init__("Class list", self.facts, actions=[self.button])
        self.inside.insertStretch(self.inside.count() - 1, 1)

    def show_sheet(self, sheet: Sheet | None, pupil_id: int) -> None:
        """None hides the card: the child is in no class."""
        self.setVisible(sheet is not None)
        if sheet is None:
            return
        line = next((each for each in sheet.lines if each.pupil_id == pupil_id), None)
        issue = f"Issue {sheet.newest.number}, {day_words(sheet.newest.issued_on)}" if sheet.newest else "None yet"
        self.facts.show_facts(
            [
                ("State", sheet_chip(sheet)),
                ("Newest", issue),
                ("It says", line.name if line is not None else "Not on the list"),
                ("What it means", _MEANS.get(sheet.state, "")),
            ]
        )


class LoginFacts(Card):
    """Whether the child has a login code; the code itself is on the card alone."""

    def __init__(self, open_cards: Callable[[], object]) -> None:
        self.facts = Facts()
        self.button = secondary("Login c&ard", open_cards, icon="qr")
        super().__init__("Login card", self.facts, actions=[self.button])
        self.inside.insertStretch(self.inside.count() - 1, 1)

    def show_card(self, line: CardLine | None) -> None:
        """None hides the card: the child has left."""
        self.setVisible(line is not None)
        if line is None:
            return
        has = bool(line.ending)
        code = Chip("done", f"Ends in {line.ending}", Tone.GOOD) if has else Chip("undecided", "No code", Tone.QUIET)
        printed = day_words(line.printed_at.date()) if line.printed_at else "Not yet"
        entered = day_words(line.entered_at.date()) if line.entered_at else ""
        self.facts.show_facts([("Code", code), ("Entered", entered), ("Printed", printed if has else "")])


class LeavingCard(Card):
    """For a leaver: the day, ClassDojo, and when the record is deleted."""

    def __init__(self, open_leavers: Callable[[], object]) -> None:
        self.facts = Facts()
        self.button = secondary("Leavers' l&ist", open_leavers, icon="removed")
        super().__init__("Has left", self.facts, actions=[self.button])
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    def show_leaving(self, leaving: Leaving | None) -> None:
        """None hides the card: the child is on roll."""
        self.setVisible(leaving is not None)
        if leaving is not None:
            facts: list[tuple[str, str | Chip]] = [("Last day", day_words(leaving.left_on))]
            self.facts.show_facts(
                [
                    *facts,
                    ("In ClassDojo", step_chip(leaving)),
                    ("Record deleted from", day_words(leaving.delete_on)),
                    ("Held", leaving.held or "No"),
                ]
            )


def step_chip(leaving: Leaving) -> Chip:
    """What was done about a leaver in ClassDojo."""
    if leaving.step is None or leaving.done_on is None:
        return Chip("waiting", "Still to do", Tone.WARN)
    return Chip("done", leaving.step.words, Tone.GOOD)

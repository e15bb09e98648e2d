"""What the login cards' screen knows and does, without Qt (H6)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from app.domain.login_codes import read_login_list
from app.services.importing_codes import Imported
from app.services.login_cards import (
    CardLine,
    EnterLogin,
    ImportLogins,
    LoginCards,
    RevokeLogin,
    TakenOut,
    TakeOutCards,
)
from app.services.office import Office
from app.services.school import School

WITHOUT, NOT_PRINTED = "without", "not-printed"


@dataclass(slots=True)
class CardsPresenter:
    """Every pupil on roll, with or without a login code."""

    office: Office
    lines: tuple[CardLine, ...] = ()
    classes: tuple[tuple[int, str], ...] = ()

    def load(self) -> None:
        """Read the list again."""
        self.lines = self.office.ask(LoginCards())
        self.classes = tuple((id_, name) for id_, name, _ in self.office.ask(School()).classes)

    def shown(self, on: frozenset[str], words: str) -> list[CardLine]:
        """Those that the filters keep."""
        chosen = next((int(key.partition(":")[2]) for key in on if key.startswith("class:")), None)
        return [
            line
            for line in self.lines
            if (chosen is None or line.class_id == chosen)
            and (WITHOUT not in on or not line.ending)
            and (NOT_PRINTED not in on or (line.ending and line.printed_at is None))
            and all(word in line.name.casefold() for word in words.casefold().split())
        ]

    def counts(self) -> dict[str, int]:
        """How many each filter would show."""
        return {
            WITHOUT: sum(not line.ending for line in self.lines),
            NOT_PRINTED: sum(bool(line.ending) and line.printed_at is None for line in self.lines),
        }

    @property
    def may_hold_codes(self) -> bool:
        """Whether this person enters codes and takes cards out."""
        return self.office.may(TakeOutCards)

    def enter(self, line: CardLine, code: str, link: str, initiator: object = None) -> None:
        """One pupil's code."""
        self.office.perform(EnterLogin(line.pupil_id, code, link), initiator)

    def bring_in(self, text: str, initiator: object = None) -> Imported:
        """A pasted list of codes."""
        return self.office.perform(ImportLogins(read_login_list(text)), initiator)

    def revoke(self, line: CardLine, why: str, initiator: object = None) -> None:
        """A lost card."""
        self.office.perform(RevokeLogin(line.pupil_id, why), initiator)

    def save(self, lines: Sequence[CardLine], place: Path) -> TakenOut:
        """The cards as a PDF; taking them out is noted."""
        from reports.login_cards import save  # the letters of a page cost time, so only now

        return save(self.office, [line.pupil_id for line in lines], place)

    def pages(self, lines: Sequence[CardLine]) -> tuple[TakenOut, bytes]:
        """The cards to be printed; taking them out is noted."""
        from reports.login_cards import pages

        return pages(self.office, [line.pupil_id for line in lines])


def taken_words(taken: TakenOut) -> str:
    """What went out, and who has no code yet."""
    cards = "1 card" if len(taken.cards) == 1 else f"{len(taken.cards)} cards"
    if not taken.without:
        return f"{cards}."
    return f"{cards}. {taken.without} of the pupils {'has' if taken.without == 1 else 'have'} no code yet."

"""The three lists of the codes page: the ledger, the requests to be linked, the exceptions for a third adult."""

from __future__ import annotations

from collections.abc import Callable

from app.domain.codes import CodeState
from app.domain.words import day_words
from app.store.reads.codes import ExceptionLine, LedgerLine, RequestLine
from app.ui.parts.chip import Chip, Tone
from app.ui.parts.columns import Column
from app.ui.parts.table import Table
from app.ui.screens.codes.presenter import REQUEST_WORDS

_CHIPS = {
    CodeState.WAITING: ("invited", Tone.INFO),
    CodeState.USED: ("linked", Tone.GOOD),
    CodeState.EXPIRED: ("due", Tone.WARN),
    CodeState.REVOKED: ("removed", Tone.QUIET),
}
_REQUEST_CHIPS = {
    "requested": ("waiting", Tone.WARN),
    "rejected": ("not-allowed", Tone.QUIET),
    "stopped": ("stop", Tone.STOP),
}


def ledger_table(age: Callable[[LedgerLine], str]) -> Table[LedgerLine]:
    """Every code; several may be selected to be given anew."""
    return Table(
        "Ledger of codes",
        (
            Column("Pupil", text=lambda r: r.pupil, strong=True, stretch=True),
            Column("Given to", text=lambda r: r.guardian, width=180),
            Column("Class", text=lambda r: r.class_name or "", width=90, spare=True),
            Column("State", text=lambda r: r.state.words, chip=_state_chip, width=110),
            Column("Given", text=age, sort=lambda r: r.issued_at, width=165, quiet=True),
            Column("Sent", text=lambda r: r.route.capitalize(), width=110, spare=True, quiet=True),
            Column("Use by", text=lambda r: day_words(r.expires_on) if r.expires_on else "", width=130, spare=True),
            Column("Ends in", text=lambda r: r.ending, width=85, spare=True),
            Column("Note", text=_note, tip=_note, width=190, spare=True),
        ),
        key=lambda r: r.id,
        many=True,
        empty=("codes", "No codes yet. Issue codes to a class, and print the letters."),
    )


def request_table() -> Table[RequestLine]:
    """Who asks to be linked to which child."""
    return Table(
        "Requests to be linked",
        (
            Column("Name given", text=lambda r: r.name_given, strong=True, width=190),
            Column("For", text=lambda r: r.pupil, width=150),
            Column("Class", text=lambda r: r.class_name or "", width=90, spare=True),
            Column("State", text=lambda r: REQUEST_WORDS[r.state], chip=_request_chip, width=120),
            Column("In the register", text=lambda r: r.guardian or "Nobody", width=170),
            Column("Why", text=lambda r: r.reason, tip=lambda r: r.reason, stretch=True),
            Column("Linked adults", text=lambda r: str(r.linked_adults), number=True, width=110, spare=True),
        ),
        key=lambda r: r.id,
        empty=("link-request", "No request waits. Enter one when an adult asks on ClassDojo to be linked."),
    )


def exception_table(due: Callable[[ExceptionLine], bool]) -> Table[ExceptionLine]:
    """Adults beyond the policy's number, the one to look at first at the top."""

    def review_chip(line: ExceptionLine) -> Chip:
        tone = Tone.WARN if due(line) else Tone.QUIET
        return Chip("due" if due(line) else "date", _review(line), tone)

    return Table(
        "Exceptions for a third adult",
        (
            Column("Adult", text=lambda r: r.guardian, strong=True, width=170),
            Column("For", text=lambda r: r.pupil, width=150),
            Column("Class", text=lambda r: r.class_name or "", width=90, spare=True),
            Column("Look at it again", text=_review, sort=lambda r: r.review_on, chip=review_chip, width=180),
            Column("Why", text=lambda r: r.why, tip=lambda r: r.why, stretch=True),
            Column("Allowed by", text=lambda r: r.given_by, width=150, spare=True),
        ),
        key=lambda r: r.id,
        empty=("linked", "No exceptions. One is recorded when a third adult is linked to a child."),
    )


def _review(line: ExceptionLine) -> str:
    return day_words(line.review_on) if line.review_on else "No day"


def _note(line: LedgerLine) -> str:
    """Why it was revoked; else where the adult can be reached."""
    return line.revoked_why or line.reach


def _state_chip(line: LedgerLine) -> Chip:
    icon, tone = _CHIPS[line.state]
    return Chip(icon, line.state.words, tone)


def _request_chip(line: RequestLine) -> Chip:
    icon, tone = _REQUEST_CHIPS[line.state]
    return Chip(icon, REQUEST_WORDS[line.state], tone)

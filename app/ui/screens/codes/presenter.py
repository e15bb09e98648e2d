"""What the codes screen knows and does, without Qt."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from app.domain.code_list import read_code_list
from app.domain.codes import CodeState, read_code, service_doubt
from app.domain.linking import LinkRuling
from app.domain.problems import Refused
from app.domain.words import age_words, short_day
from app.services.codes import CodeLedger, RevokeCode
from app.services.importing_codes import Imported, ImportServiceCodes
from app.services.link_exceptions import LinkedAdults, LinkExceptions, ReviewException
from app.services.link_requests import (
    ApproveRequest,
    Asked,
    LinkRequests,
    RejectRequest,
    RequestLink,
    RulingOnRequest,
    UseCode,
)
from app.services.office import Office
from app.services.pupils import Pupils
from app.services.school import School
from app.store.reads.codes import ExceptionLine, LedgerLine, RequestLine

REQUESTS, CHASE, STOPPED, EXCEPTIONS = "requests", "chase", "stopped", "exceptions"
AGES = {"age:7": "Older than a week", "age:14": "Older than two weeks", "age:28": "Older than four weeks"}
STATES = {state.value: state for state in CodeState}
REQUEST_WORDS = {"requested": "Waiting", "rejected": "Rejected", "stopped": "Stopped: contact is barred"}


@dataclass(slots=True)
class CodesPresenter:
    """The ledger of codes, the requests to be linked, and whom to chase."""

    office: Office
    lines: tuple[LedgerLine, ...] = ()
    asked: tuple[RequestLine, ...] = ()
    excepted: tuple[ExceptionLine, ...] = ()
    today: date = date.min
    classes: tuple[tuple[int, str], ...] = ()
    _pupils: tuple[tuple[int, str], ...] = field(default=())

    def load(self) -> None:
        """Read everything again."""
        facts = self.office.ask(School())
        self.today = facts.today
        self.classes = tuple((id_, name) for id_, name, _ in facts.classes)
        self.lines = self.office.ask(CodeLedger())
        self.asked = self.office.ask(LinkRequests())
        self.excepted = self.office.ask(LinkExceptions())

    def ledger(self, on: frozenset[str], words: str) -> list[LedgerLine]:
        """The codes that the filters keep; to chase: not used and not linked, the oldest first."""
        classes = {int(key.partition(":")[2]) for key in on if key.startswith("class:")}
        states = {STATES[key] for key in on if key in STATES}
        days = max((int(key.partition(":")[2]) for key in on if key in AGES), default=0)
        latest = self.office.clock() - timedelta(days=days)
        kept = [
            line
            for line in self.lines
            if (not states or line.state in states)
            and (not classes or line.class_id in classes)
            and line.issued_at <= latest
            and all(word in f"{line.pupil} {line.guardian} {line.ending}".casefold() for word in words.split())
        ]
        if CHASE in on:
            kept = sorted((line for line in kept if _to_chase(line)), key=lambda line: (line.issued_at, line.id))
        return kept

    def requests(self, on: frozenset[str]) -> list[RequestLine]:
        """Those that wait; with the filter for it, those that were stopped; else every one."""
        wanted = "stopped" if STOPPED in on else "requested"
        return [line for line in self.asked if line.state == wanted or (REQUESTS not in on and STOPPED not in on)]

    def counts(self) -> dict[str, int]:
        """How many each filter would show."""
        found = {state.value: sum(line.state is state for line in self.lines) for state in CodeState}
        found[CHASE] = sum(map(_to_chase, self.lines))
        found[REQUESTS] = sum(line.state == "requested" for line in self.asked)
        found[STOPPED] = sum(line.state == "stopped" for line in self.asked)
        found[EXCEPTIONS] = len(self.excepted)
        return found

    def age(self, line: LedgerLine) -> str:
        """Since when a code waits."""
        return f"{age_words(line.issued_at, self.office.clock())}, since {short_day(line.issued_at.date())}"

    def revoke(self, line: LedgerLine, why: str, initiator: object = None) -> None:
        """Make a code worthless."""
        self.office.perform(RevokeCode(line.id, why), initiator)

    def note_used(self, code: str, accepted: bool, initiator: object = None) -> Asked:
        """A code was used on the service."""
        return self.office.perform(UseCode(code, accepted), initiator)

    def enter(self, pupil_id: int, name: str, code: str, initiator: object = None) -> Asked:
        """Somebody asked to be linked."""
        return self.office.perform(RequestLink(pupil_id, name, code), initiator)

    def bring_in(self, text: str, initiator: object = None) -> Imported:
        """ClassDojo's own codes, from a pasted list."""
        return self.office.perform(ImportServiceCodes(read_code_list(text)), initiator)

    def approve(self, line: RequestLine, reason: str, exception: str, review: date | None, by: object = None) -> Asked:
        """Link the adult who asked."""
        return self.office.perform(ApproveRequest(line.id, reason, exception, review), by)

    def reject(self, line: RequestLine, reason: str, initiator: object = None) -> Asked:
        """Turn a request down."""
        return self.office.perform(RejectRequest(line.id, reason), initiator)

    def ruling(self, line: RequestLine) -> LinkRuling:
        """What the policy says of a request now."""
        return self.office.ask(RulingOnRequest(line.id))

    def linked(self, line: RequestLine) -> tuple[str, ...]:
        """Who is linked to the child now."""
        return self.office.ask(LinkedAdults(line.pupil_id))

    def review(self, line: ExceptionLine, reason: str, on: date | None, initiator: object = None) -> None:
        """An exception was looked at again: it stands until a day, or it ends (None)."""
        self.office.perform(ReviewException(line.id, reason, on), initiator)

    def is_due(self, line: ExceptionLine) -> bool:
        """The day on which an exception is looked at again has come."""
        return line.review_on is not None and line.review_on <= self.today

    def save_chase(self, lines: Iterable[LedgerLine], place: Path) -> Path:
        """The codes to chase, as a spreadsheet with how to reach each adult."""
        from reports.letters.chasing import save_chase  # spreadsheets cost time at start

        return save_chase(self.office, tuple(lines), place)

    @property
    def may_except(self) -> bool:
        """Whether this person may allow one adult more, and look at it again."""
        return self.office.may(ReviewException)

    def pupils(self) -> tuple[tuple[int, str], ...]:
        """Every pupil on roll with the class, to choose from."""
        lines = self.office.ask(Pupils())
        return tuple((line.id, f"{line.known_as} {line.last}, {line.class_name or 'no class'}") for line in lines)


def _to_chase(line: LedgerLine) -> bool:
    return line.state in (CodeState.WAITING, CodeState.EXPIRED) and not line.linked and line.on_roll


def fault_of_code(typed: str) -> str:
    """What is wrong with a code as it is typed; empty where nothing is, or nothing is typed yet."""
    if not typed.strip():
        return ""
    try:
        read_code(typed)
    except Refused as refused:
        return "" if not service_doubt(typed) else refused.sentence
    return ""


OUTCOME = {
    "linked": "Linked.",
    "requested": "The request waits for a decision.",
    "rejected": "Rejected: the register names no such adult. Reject it in ClassDojo too.",
    "stopped": "Stopped: contact is barred. Do not approve it in ClassDojo. Leaders are told on Today.",
}
"""What became of a request, without a name."""

"""Reporting a message, without Qt: what was typed and dropped, read and sent on (T2)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from app.domain.content import AuthorRole, Kind
from app.domain.incoming import IncomingItem
from app.domain.problems import Problem, Refused
from app.domain.words import moment_words
from app.intake.dates import HOW_TO, read_date
from app.intake.eml import looks_like_mail
from app.intake.read import read_feed
from app.services.office import Office
from app.services.reported import MOST_FILES, Reported, ReportMessage
from app.services.school import School, SchoolFacts

_MOST_BYTES = 60 * 1024 * 1024
_TIME = "Write the time as 14:05."
_DAYS = {"today": timedelta(), "yesterday": timedelta(days=1)}


@dataclass(frozen=True, slots=True)
class Entered:
    """What the form holds, as typed. `sent_day` and `sent_time` may be empty: then nobody knows when."""

    text: str = ""
    author: str = ""
    role: AuthorRole = AuthorRole.UNKNOWN
    kind: Kind = Kind.MESSAGE
    class_name: str | None = None
    sent_day: str = ""
    sent_time: str = ""
    reporter: str = ""
    reported_day: str = ""
    reported_time: str = ""
    why: str = ""


class Fault(Refused):
    """Something in one field of the form."""

    def __init__(self, field_name: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field_name


@dataclass(frozen=True, slots=True)
class Added:
    """A file that was added: its name for the screen, and its content."""

    name: str
    content: bytes = field(repr=False)


@dataclass(slots=True)
class ReportPresenter:
    """A report in the making."""

    office: Office
    files: list[Added] = field(default_factory=list)
    mail: IncomingItem | None = None

    def facts(self) -> SchoolFacts:
        """The school's own date and classes."""
        return self.office.ask(School())

    @property
    def now(self) -> datetime:
        """The present moment by the school's own clock."""
        return self.office.clock().astimezone(ZoneInfo(self.facts().timezone))

    @property
    def is_empty(self) -> bool:
        """Nothing was added yet."""
        return not self.files and self.mail is None

    def add(self, paths: Sequence[Path]) -> None:
        """Take files: an e-mail is read, anything else is kept as it is. Raises `Problem`; nothing is added then."""
        if len(self.files) + len(paths) > MOST_FILES:
            raise Refused(f"At most {MOST_FILES} files can be added to one report. Leave some out.")
        added = [_read(path) for path in paths]
        mails = [path for path, file in zip(paths, added, strict=True) if looks_like_mail(file.content[:65_536])]
        if len(mails) > 1 or (mails and self.mail is not None):
            raise Refused("One e-mail makes one report. Report the others one by one.")
        if mails:
            self.mail = read_feed(mails, "eml", zone=self.facts().timezone).items[0]
        self.files += [file for path, file in zip(paths, added, strict=True) if path not in mails]

    def add_picture(self, png: bytes) -> None:
        """A picture from the clipboard."""
        if len(self.files) >= MOST_FILES:
            raise Refused(f"At most {MOST_FILES} files can be added to one report. Leave some out.")
        self.files.append(Added("Picture pasted", png))

    def drop_mail(self) -> None:
        """Let go of the e-mail."""
        self.mail = None

    def drop(self, place: int) -> None:
        """Let go of a file."""
        del self.files[place]

    def clear(self) -> None:
        """Begin anew."""
        self.files, self.mail = [], None

    def mail_words(self) -> str:
        """What the e-mail says of itself, in a line."""
        if self.mail is None:
            return ""
        zone = self.facts().timezone
        return f"E-mail from {self.mail.author_name or 'an unknown person'}, {moment_words(self.mail.sent_at, zone)}"

    def send(self, entered: Entered, initiator: object = None) -> Reported:
        """Record the report. Raises `Fault` for one field, `Problem` for the whole; nothing is kept then."""
        if not entered.text.strip() and self.is_empty:
            raise Fault("text", "Paste the words, or add a screenshot or a file.")
        if not entered.reporter.strip():
            raise Fault("reporter", "Say who reports it, so that a senior leader can ask.")
        sent = self._moment(entered.sent_day, entered.sent_time, "sent")
        reported = self._moment(entered.reported_day, entered.reported_time, "reported")
        done = self.office.perform(
            ReportMessage(
                reporter=entered.reporter,
                text=entered.text,
                author_name=entered.author,
                author_role=entered.role,
                kind=entered.kind,
                class_name=entered.class_name,
                sent_at=sent,
                reported_at=reported,
                why=entered.why,
                files=tuple(file.content for file in self.files),
                mail=self.mail,
            ),
            initiator,
        )
        self.clear()
        return done

    def _moment(self, day: str, at: str, which: str) -> datetime | None:
        """A day and a time as typed; None where neither is given. No time is invented: it would be measured."""
        if not day.strip():
            if at.strip():
                raise Fault(which, "Give the day as well, or neither.")
            return None
        if not at.strip():
            raise Fault(which, f"Give the time as well: about is enough. {_TIME}")
        if day.strip().casefold() in _DAYS:
            return _at(self.now.date() - _DAYS[day.strip().casefold()], at, which, self.now)
        told = read_date(day, self.now.date())
        if told.date is None:
            raise Fault(which, f"The day “{day.strip()[:40]}” {told.problem}. {HOW_TO}")
        return _at(told.date, at, which, self.now)


def _at(day: date, at: str, which: str, now: datetime) -> datetime:
    words = at.strip().replace(".", ":")
    try:
        hour, _, minute = words.partition(":")
        moment = time(int(hour), int(minute or "0"))
    except ValueError as fault:
        raise Fault(which, f"The time “{at.strip()[:20]}” cannot be read. {_TIME}") from fault
    return datetime.combine(day, moment, now.tzinfo)


def _read(path: Path) -> Added:
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise Refused(f"{path.name} is too large. Keep a smaller copy here, or note where the whole one is kept.")
        return Added(path.name, path.read_bytes())
    except OSError as fault:
        raise Problem(f"{path.name} could not be read. Copy it to this computer and add it again.") from fault

"""What the screens on replies know and do, without Qt: what waits, in working time, and how it was closed (P6)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from app.domain.problems import Refused
from app.domain.words import day_words, moment_words
from app.intake.dates import HOW_TO, read_date
from app.services.office import Office
from app.services.replies import Conversation, Replies, RepliesShown, ReplyFigures, ReplyLine
from app.services.school import School
from app.services.threads import CHANNELS, CloseConversation, TakeBackClosing
from app.store.reads.conversations import Said

STATES: dict[str, str] = {"overdue": "Late", "running": "Waiting", "late": "Answered late"}
"""How a line of the list is named, by its state."""


@dataclass(slots=True)
class RepliesPresenter:
    """The conversations of one period, under the filter."""

    office: Office
    shown: RepliesShown | None = None
    on: frozenset[str] = frozenset()
    period: tuple[date, date] | None = None
    periods: tuple[tuple[str, date, date], ...] = ()
    zone: str = "Europe/London"
    closings: list[int] = field(default_factory=list)

    def load(self) -> tuple[ReplyLine, ...]:
        """Read again."""
        facts = self.office.ask(School())
        self.zone = facts.timezone
        self.periods = tuple(term for term in facts.terms if term[1] <= facts.today)
        first, last = self.period or (None, None)
        self.shown = self.office.ask(Replies(first, last))
        return self.lines

    @property
    def lines(self) -> tuple[ReplyLine, ...]:
        """What the list shows: what waits, and with "late" what was answered late; of one class where one is chosen."""
        if self.shown is None:
            return ()
        states = {state for state in STATES if state in self.on} or {"overdue", "running"}
        classes = {key.removeprefix("class:") for key in self.on if key.startswith("class:")}
        return tuple(
            line for line in self.shown.lines if line.state in states and (not classes or line.class_name in classes)
        )

    def counts(self) -> dict[str, int]:
        """How many lines each state has."""
        lines = self.shown.lines if self.shown is not None else ()
        return {state: sum(line.state == state for line in lines) for state in STATES}

    def conversation(self, line: ReplyLine) -> tuple[Said, ...]:
        """What was said, the newest at the end."""
        return self.office.ask(Conversation(line.thread_id))

    def close(self, line: ReplyLine, channel: str, day: str, at: str, initiator: object = None) -> None:
        """State how it was answered; no day means just now. Raises `Problem`; nothing is changed then."""
        moment = self._moment(day, at)
        self.closings.append(self.office.perform(CloseConversation(line.thread_id, channel, moment), initiator))

    def take_back(self, initiator: object = None) -> bool:
        """Undo the last closing made here. False where there is none."""
        if not self.closings:
            return False
        self.office.perform(TakeBackClosing(self.closings.pop()), initiator)
        return True

    def _moment(self, day: str, at: str) -> datetime | None:
        if not day.strip() and not at.strip():
            return None
        now = self.office.clock().astimezone(ZoneInfo(self.zone))
        on = now.date()
        if day.strip() and day.strip().casefold() != "today":
            told = read_date(day, on)
            if told.date is None:
                raise Refused(f"The day “{day.strip()[:40]}” {told.problem}. {HOW_TO}")
            on = told.date
        if not at.strip():
            raise Refused("Give the time as well: about is enough. Write it as 14:05.")
        hour, _, minute = at.strip().replace(".", ":").partition(":")
        try:
            return datetime.combine(on, time(int(hour), int(minute or "0")), now.tzinfo)
        except ValueError as fault:
            raise Refused(f"The time “{at.strip()[:20]}” cannot be read. Write it as 14:05.") from fault

    def waited(self, line: ReplyLine) -> str:
        """How long it has waited, or did, in working time."""
        return working_words(line.waited, self.working_day)

    @property
    def working_day(self) -> timedelta:
        """How long a working day is."""
        if self.shown is None:
            return timedelta(hours=9)
        return self.shown.allowance * (24 / max(self.shown.target_hours, 1))

    def target_words(self) -> str:
        """What is promised, and what that comes to."""
        if self.shown is None:
            return ""
        return (
            f"The policy promises a reply within {self.shown.target_hours} hours on working days: "
            f"{working_words(self.shown.allowance, timedelta())} of the school's own hours. "
            "Nights, weekends, holidays and closures do not count."
        )

    def when(self, moment: datetime | None) -> str:
        """On the school's own clock."""
        return moment_words(moment, self.zone)

    def period_words(self) -> str:
        """Which days are shown."""
        if self.shown is None:
            return ""
        return f"{self.shown.period}: {day_words(self.shown.first)} to {day_words(self.shown.last)}"


def working_words(gone: timedelta, day: timedelta) -> str:
    """Working time in words: "40 min", "3 h 20 min", "2 working days 1 h"."""
    minutes = max(int(gone.total_seconds() // 60), 0)
    a_day = int(day.total_seconds() // 60)
    days, minutes = divmod(minutes, a_day) if a_day and minutes > a_day else (0, minutes)
    hours, minutes = divmod(minutes, 60)
    said = [f"{days} working day{'' if days == 1 else 's'}"] if days else []
    said += [f"{hours} h"] if hours else []
    said += [f"{minutes} min"] if (minutes and not days) or not (hours or days) else []
    return " ".join(said)


def share_words(figures: ReplyFigures) -> str:
    """The share that was answered in time; nothing where there are too few to say."""
    return "Too few" if figures.share is None else f"{figures.share:.0%}"


def median_words(figures: ReplyFigures) -> str:
    """The median working time to a reply; nothing where there are too few to say."""
    return "Too few" if figures.median is None else working_words(figures.median, timedelta())


def channel_words(channels: Sequence[tuple[str, int]]) -> str:
    """How families were answered, in a line (T3, T4)."""
    return ", ".join(f"{CHANNELS[channel].lower()}: {count:,}" for channel, count in channels if channel in CHANNELS)

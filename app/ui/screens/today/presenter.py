"""What Today knows, without Qt: the lines, and the first steps of a school that has just been set up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from app.domain.roles import HEAD, LEADERS, Role
from app.domain.words import age_words, day_words, moment_words
from app.services.office import Office
from app.services.school import School, SchoolFacts
from app.services.today import Today, TodayLine, TodayShown


@dataclass(frozen=True, slots=True)
class Step:
    """One of the first steps: what, how, and where it is done."""

    what: str
    how: str
    verb: str
    area: str
    lens: str = ""
    done: bool = False


@dataclass(slots=True)
class TodayPresenter:
    """What waits for the person who is signed in."""

    office: Office
    facts: SchoolFacts | None = None

    def load(self) -> TodayShown:
        """Read again what waits."""
        self.facts = self.office.ask(School())
        return self.office.ask(Today())

    @property
    def zone(self) -> str:
        """The school's own time."""
        return self.facts.timezone if self.facts is not None else "Europe/London"

    def greeting(self) -> str:
        """By the school's own clock."""
        hour = self.office.clock().astimezone(ZoneInfo(self.zone)).hour
        return f"Good {'morning' if hour < 12 else 'afternoon' if hour < 17 else 'evening'}"

    def when(self, line: TodayLine) -> str:
        """Since or until when, in words."""
        if line.when is None:
            return ""
        if not isinstance(line.when, datetime):
            return day_words(line.when)
        if line.tone == "quiet":
            return moment_words(line.when, self.zone)
        return f"Since {moment_words(line.when, self.zone)} ({age_words(line.when, self.office.clock())})"

    def steps(self, shown: TodayShown) -> tuple[Step, ...]:
        """What a new school does first, in order; nothing once posts or messages are in."""
        if not (shown.empty_school or shown.without_items):
            return ()
        return first_steps(self.office.actor.role, register=not shown.empty_school)


def first_steps(role: Role, *, register: bool) -> tuple[Step, ...]:
    """By role: not everybody reviews, and only the headteacher lets others sign in."""
    steps = [
        Step(
            "Bring in the class lists",
            "From your own system, as CSV, Excel, a common transfer file or OneRoster.",
            "Bring in &class lists",
            "imports",
            done=register,
        ),
        Step(
            "Bring in posts and messages",
            "What you saved from ClassDojo: a story feed, messages, a points report, e-mails. It is checked at once.",
            "Bring in &posts and messages",
            "imports",
        ),
    ]
    if role in LEADERS:
        steps.append(
            Step("Review what the checks find", "Each finding gets a verdict with a reason.", "&Review", "review")
        )
    if role in HEAD:
        steps.append(
            Step(
                "Let other people sign in",
                "The office, senior leaders and the safeguarding lead each get an account of their own.",
                "Add &accounts",
                "settings",
                "accounts",
            )
        )
    return tuple(steps)

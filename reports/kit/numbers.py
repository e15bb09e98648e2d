"""How figures, days and durations are written, the same everywhere.

Nothing here depends on the computer's own language or region.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from statistics import median as _median

from reports.kit.model import MONTHS, Cell, Kind, Share

FEW = 20
"""Below this many, a percentage says more than is known: the counts are shown instead ("3 of 4")."""

ENOUGH_FOR_RATE = 100
"""Below this many, a rate for every 1,000 would be a figure made up."""

NOTHING = "–"
"""Stands in a table where there is nothing to measure."""

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def count(number: int) -> str:
    """A whole number with commas: 1,234."""
    return f"{number:,}".replace("-", "−")


def number(figure: float) -> str:
    """A figure with one decimal place, halves rounded up as a spreadsheet does: 5.5."""
    tenths = Decimal(repr(float(figure))).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return f"{tenths:,}".replace("-", "−")


def whole_percent(share: Share) -> int | None:
    """The share in hundredths, halves rounded up, without any error of binary fractions."""
    return (200 * share.part + share.whole) // (2 * share.whole) if share.whole else None


def percent(share: Share) -> str:
    """A share as a whole percentage that never claims all or none where that is not so."""
    shown = whole_percent(share)
    if shown is None:
        return NOTHING
    if shown == 0 and share.part:
        return "under 1%"
    if shown == 100 and share.part < share.whole:
        return "over 99%"
    return f"{shown}%"


def share(part_of: Share) -> str:
    """A share in a table: counts where the whole is small, else a percentage."""
    if 0 < part_of.whole < FEW:
        return f"{part_of.part} of {part_of.whole}"
    return percent(part_of)


def of(part: int, whole: int) -> str:
    """A share in a sentence: "3 of 4", "150 of 200 (75%)"."""
    words = f"{count(part)} of {count(whole)}"
    return words if whole < FEW else f"{words} ({percent(Share(part, whole))})"


def day(when: date) -> str:
    """A day: Tue 6 Oct 2026."""
    return f"{_DAYS[when.weekday()]} {when.day} {MONTHS[when.month - 1]} {when.year}"


def short_day(when: date) -> str:
    """A day without its weekday and year, for an axis: 6 Oct."""
    return f"{when.day} {MONTHS[when.month - 1]}"


def moment(when: datetime) -> str:
    """A moment on the 24-hour clock: Tue 6 Oct 2026, 14:41."""
    return f"{day(when.date())}, {when:%H:%M}"


def duration(length: timedelta) -> str:
    """How long: 45 min, 2 h 15 min, 3 days 4 h. Nothing below a minute is claimed; no line breaks inside it."""
    minutes = round(length.total_seconds() / 60)
    if minutes < 0:
        return "−" + duration(-length)
    days, rest = divmod(minutes, 24 * 60)
    hours, minutes = divmod(rest, 60)
    if days:
        words = f"{days} {'day' if days == 1 else 'days'}" + (f" {hours} h" if hours else "")
    elif hours:
        words = f"{hours} h" + (f" {minutes} min" if minutes else "")
    else:
        words = f"{minutes} min" if minutes or not length else "under 1 min"
    return words.replace(" ", "\N{NO-BREAK SPACE}")


def counted(how_many: int, singular: str, plural: str | None = None) -> str:
    """A number with its noun, as in a sentence: no findings, one finding, 2 findings."""
    noun = singular if how_many == 1 else plural or singular + "s"
    return ({0: "no", 1: "one"}.get(how_many) or count(how_many)) + " " + noun


def done(how_many: int, singular: str, plural: str) -> str:
    """A number with its verb, as in a sentence: none was late, one was late, 2 were late."""
    verb = plural if how_many > 1 else singular
    return ({0: "none", 1: "one"}.get(how_many) or count(how_many)) + " " + verb


def opening(how_many: int, singular: str, plural: str | None = None) -> str:
    """A number with its noun at the beginning of a sentence: No findings, One finding, 2 findings."""
    return capital(counted(how_many, singular, plural))


def capital(sentence: str) -> str:
    """The sentence with its first letter raised, the rest untouched."""
    return sentence[:1].upper() + sentence[1:]


def listed(words: Sequence[str]) -> str:
    """Words as a list in a sentence: a, b and c."""
    if len(words) < 2:
        return "".join(words)
    return ", ".join(words[:-1]) + " and " + words[-1]


def per_thousand(part: int, whole: int) -> float | None:
    """How many for every 1,000, or None where there are too few for a rate to mean anything."""
    return part * 1000 / whole if whole >= ENOUGH_FOR_RATE else None


def median(figures: Iterable[float]) -> float | None:
    """The middle figure, or None where there is none."""
    known = list(figures)
    return float(_median(known)) if known else None


def written(cell: Cell, kind: Kind = Kind.TEXT) -> str:
    """A table's cell as it stands on paper."""
    if cell is None:
        return NOTHING
    if isinstance(cell, str):
        return cell
    if isinstance(cell, Share):
        return share(cell)
    if isinstance(cell, datetime):
        return moment(cell)
    if isinstance(cell, date):
        return day(cell)
    if isinstance(cell, timedelta):
        return duration(cell)
    if isinstance(cell, int) and kind is not Kind.NUMBER:
        return count(cell)
    return number(cell)

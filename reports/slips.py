"""Points slips for families, two to a page: one child's own points by School Way (P11, H8).

What was given, never what was taken away; no other child, no average, no rank.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from app.domain.words import day_words
from app.services.office import Office
from app.services.slips import MakeSlips, Slip, Slips
from reports.kit.slips import CutSlip, slips_pdf
from reports.kit.whole import written_whole

TITLE = "ClassDojo points"
CLOSING = "Points reward our School Ways. They are never taken away."


def save(office: Office, pupils: Sequence[int], first: date, last: date, path: Path) -> Slips:
    """Save the slips of these pupils as a PDF; that they were made is noted. Raises `Problem` where there is none."""
    made, data = pages(office, pupils, first, last)
    path.parent.mkdir(parents=True, exist_ok=True)
    with written_whole(path) as place:
        place.write_bytes(data)
    return made


def pages(office: Office, pupils: Sequence[int], first: date, last: date) -> tuple[Slips, bytes]:
    """The slips of these pupils as the bytes of a PDF, to be printed."""
    made = office.perform(MakeSlips(tuple(pupils), first, last))
    return made, as_pdf(made)


def as_pdf(made: Slips) -> bytes:
    """The bytes of the PDF."""
    days = f"{day_words(made.first)[4:]} to {day_words(made.last)[4:]}"
    slips = [_slip(made.school, days, each) for each in made.slips]
    return slips_pdf(slips, title=TITLE, author=made.school, made=made.at)[0]


def _slip(school: str, days: str, slip: Slip) -> CutSlip:
    return CutSlip(
        head=f"{school}: {TITLE}",
        name=slip.name,
        below=", ".join(part for part in (slip.class_name, days) if part),
        opening=f"{slip.name} was given these points.",
        lines=tuple((way, str(points)) for way, points in slip.points),
        whole=("Points in all", str(slip.total)),
        closing=CLOSING,
    )

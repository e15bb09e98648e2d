"""What stands around an item: who reported it, what was asked and corrected, and what its author did before."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtWidgets import QWidget

from app.domain.words import moment_words
from app.store.reads.around import Around
from app.ui.parts.arrange import column, wrapping
from app.ui.parts.chip import Chip, ChipLabel, Tone
from app.ui.parts.text import body, caption, quiet
from app.ui.screens.chips import state_chip
from app.ui.theme.spacing import TIGHT


def pieces(around: Around, zone: str) -> Iterator[QWidget]:
    """From the top; nothing for what there is not."""
    for report in around.reports:
        yield quiet(f"Reported by {report.reporter}, {moment_words(report.reported_at, zone)}.")
    for asked in around.takedowns:
        if asked.stated_at is None:
            chip = Chip("waiting", f"Asked to be taken down: {asked.wanted.words.lower()}", Tone.WARN)
            when = f"{asked.asked_by}, {moment_words(asked.asked_at, zone)}"
        else:
            chip = Chip("done", f"{asked.stated_by} stated that it is done", Tone.GOOD)
            when = moment_words(asked.stated_at, zone)
        words = caption(f"{when}. {asked.words}".rstrip(". ") + ".")
        yield column(wrapping(ChipLabel(chip)), words, gap=TIGHT)
    for correction in around.corrections:
        yield column(
            body(f"Correction: {correction.words}", select=True),
            caption(f"{correction.added_by}, {moment_words(correction.added_at, zone)}"),
            gap=2,
        )
    if around.author_items:
        yield caption(author_words(around))
    if around.past:
        yield _past(around, zone)


def author_words(around: Around) -> str:
    """How much is on record by the author, and how much of it was upheld."""
    items = "1 item" if around.author_items == 1 else f"{around.author_items:,} items"
    upheld = {0: "no other finding", 1: "1 other finding"}.get(
        around.author_upheld, f"{around.author_upheld:,} other findings"
    )
    return f"{items} by this author, {upheld} upheld."


def _past(around: Around, zone: str) -> QWidget:
    lines = [
        wrapping(
            quiet(f"{past.check.words}, {moment_words(past.sent_at, zone).partition(',')[0]}"),
            ChipLabel(state_chip(past.state)),
        )
        for past in around.past
    ]
    return column(caption("Earlier findings about this author"), *lines, gap=TIGHT)

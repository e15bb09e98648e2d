"""The tables on a pupil's page: guardians, codes, posts that name the pupil."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from app.domain.linking import NOT_TO_BE_LINKED, Contact
from app.domain.words import moment_words
from app.store.reads.pupil_record import CodeLine, GuardianLine, NamedIn
from app.ui.parts.chip import Chip, Tone
from app.ui.parts.columns import Column
from app.ui.parts.table import Table
from app.ui.screens.chips import KIND_ICON, link_chip, state_chip
from app.ui.screens.pupils.presenter import LANGUAGES, link_words, relationship_words, responsibility_words
from app.ui.theme.current import theme

T = TypeVar("T")
_MOST = 8
"""Rows in sight; more scroll."""


def guardians_table() -> Table[GuardianLine]:
    """Who belongs to the child, and how each stands to the service."""
    return Table(
        "Guardians and links",
        (
            Column("Name", text=lambda g: g.name, strong=True, stretch=True, least=185, tip=_everything),
            Column("On ClassDojo", text=link_words, chip=_link, width=165),
            Column("Responsibility", text=lambda g: responsibility_words(g.responsibility), width=120),
            Column("Telephone", text=lambda g: g.phones or "", spare=True, width=120),
            Column("Relationship", text=lambda g: relationship_words(g.relationship), spare=True, width=110),
            Column("E-mail", text=lambda g: g.email or "", spare=True, width=220),
            Column("Language", text=_language, spare=True, width=90),
        ),
        key=lambda g: g.id,
        empty=("guardians", "No guardian is recorded. Bring in the class list, or add one."),
    )


def codes_table(zone: Callable[[], str]) -> Table[CodeLine]:
    """Codes that were given out: their last two signs only."""
    return Table(
        "Codes",
        (
            Column("Ends in", text=lambda c: f"…{c.ending}", width=80),
            Column("Given to", text=lambda c: c.guardian, stretch=True, least=150),
            Column("State", text=lambda c: _code(c).word, chip=_code, width=120),
            Column(
                "When",
                text=lambda c: moment_words(c.issued_at, zone()).split(",")[0],
                sort=lambda c: c.issued_at,
                spare=True,
                width=130,
            ),
            Column("How", text=lambda c: c.route.capitalize(), spare=True, quiet=True, width=110),
        ),
    )


def named_table(zone: Callable[[], str]) -> Table[NamedIn]:
    """Posts and messages that name or tag the pupil."""
    return Table(
        "Posts that name this pupil",
        (
            Column("Words", text=lambda n: n.opening, icon=lambda n: KIND_ICON[n.kind], stretch=True, least=180),
            Column(
                "State",
                text=lambda n: n.state.words if n.state else "",
                chip=lambda n: state_chip(n.state) if n.state else None,
                width=110,
            ),
            Column("Finding", text=lambda n: ", ".join(c.words for c in n.checks), spare=True, quiet=True, width=150),
            Column(
                "When", text=lambda n: moment_words(n.sent_at, zone()), sort=lambda n: n.item_id, spare=True, width=185
            ),
            Column("What", text=lambda n: n.kind.words, spare=True, quiet=True, width=110),
        ),
        key=lambda n: n.item_id,
        empty=("posts", "No post or message names or tags this pupil so far."),
    )


def fill(table: Table[T], rows: tuple[T, ...], most: int = _MOST) -> None:
    """Show rows in a table that is as tall as they are: the page scrolls, not the table."""
    table.set_rows(rows)
    look = theme()
    head = table.horizontalHeader().sizeHint().height()
    tall = head + max(1, min(len(rows), most)) * look.row_height + 2 * table.frameWidth() + look.px(4)
    table.setFixedHeight(tall if rows else look.px(200))


def _language(guardian: GuardianLine) -> str:
    return LANGUAGES.get(guardian.language, guardian.language)


def _everything(guardian: GuardianLine) -> str:
    parts = (
        guardian.name,
        relationship_words(guardian.relationship),
        guardian.phones,
        guardian.email,
        _language(guardian),
    )
    return "\n".join(part for part in parts if part)


def _link(guardian: GuardianLine) -> Chip:
    if Contact(guardian.contact).stops:
        return Chip("not-allowed", NOT_TO_BE_LINKED, Tone.STOP)
    return link_chip(guardian.link, link_words(guardian))


def _code(code: CodeLine) -> Chip:
    if code.revoked_at is not None:
        return Chip("removed", "Revoked", Tone.QUIET)
    if code.used_at is not None:
        return Chip("done", "Used", Tone.GOOD)
    return Chip("waiting", "Not used yet", Tone.INFO)

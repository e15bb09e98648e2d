"""A pupil's record on one page: guardians and links, permissions, codes, posts that name them, history."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from zoneinfo import ZoneInfo

from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from app.domain.permissions import Audience, MediaKind
from app.domain.problems import Problem
from app.domain.verbs import spoken
from app.domain.words import day_words, moment_words
from app.services.office import Office
from app.store.reads.pupils import CodeLine, GuardianLine, NamedIn, PupilRecord
from app.ui.parts.arrange import clear, row, scrolling
from app.ui.parts.banner import Banner
from app.ui.parts.buttons import secondary
from app.ui.parts.card import Card
from app.ui.parts.chip import Chip, Tone
from app.ui.parts.columns import Column
from app.ui.parts.facts import Facts
from app.ui.parts.header import PageHeader
from app.ui.parts.rulings import RulingGrid
from app.ui.parts.table import Table
from app.ui.parts.text import quiet
from app.ui.parts.timeline import Event, Timeline
from app.ui.screens.chips import KIND_ICON, link_chip, ruled, state_chip
from app.ui.screens.pupils.presenter import (
    LANGUAGES,
    PupilPresenter,
    care_facts,
    link_words,
    relationship_words,
    responsibility_words,
)
from app.ui.shell.area import Screen, Shell
from app.ui.theme.current import theme
from app.ui.theme.spacing import BETWEEN


class PupilScreen(Screen):
    """One child. Why a child may not be shown never stands here, but for those who ask and may."""

    def __init__(self, shell: Shell, office: Office, pupil_id: int) -> None:
        super().__init__(shell, "Pupil", "pupils")
        self.presenter = PupilPresenter(office, pupil_id)
        self.header = PageHeader("Pupil")
        self.banner = Banner()
        self._body = QVBoxLayout()
        self._body.setContentsMargins(0, 0, 0, 0)
        self._body.setSpacing(theme().px(BETWEEN))
        held = QWidget()
        held.setLayout(self._body)
        self.set_content(scrolling(self.header, self.banner, held))

    def refresh(self) -> None:
        """Read the record again."""
        try:
            record = self.presenter.load()
        except Problem as problem:
            self.banner.problem(problem)
            return
        self._head(record)
        clear(self._body)
        self._body.addWidget(self._guardians(record))
        self._body.addWidget(row(_whole(self._permissions(record)), _whole(self._about(record)), gap=BETWEEN))
        cards = [
            self._care() if self.presenter.may_see_care else None,
            self._codes(record) if record.codes else None,
            self._named_in(record),
            self._history(record),
        ]
        for card in cards:
            if card is not None:
                self._body.addWidget(_whole(card))

    def on_changes(self, changes: frozenset[str], initiator: object) -> None:
        """Something about pupils changed."""
        if changes & {"pupils", "permissions", "links", "review"}:
            self.refresh()

    def _head(self, record: PupilRecord) -> None:
        line = record.line
        chips = [ruled(line.rulings[MediaKind.PHOTOGRAPH]).chip]
        chips[0] = Chip(chips[0].icon, f"Photographs: {chips[0].word.lower()}", chips[0].tone)
        if line.left_on is not None:
            chips.append(Chip("removed", f"Left {day_words(line.left_on)}", Tone.QUIET))
        chips.append(
            Chip("linked", f"{line.linked} linked", Tone.GOOD)
            if line.linked
            else Chip("unlinked", "No adult linked", Tone.WARN)
        )
        where = ", ".join(
            part for part in (line.class_name, f"Year {line.year_group}" if line.year_group else "") if part
        )
        self.header.say(title=f"{line.known_as} {line.last}", subtitle=where or "No class", chips=chips)

    def _about(self, record: PupilRecord) -> Card:
        facts = Facts()
        same = f" Shares the first name with {', '.join(record.namesakes)}." if record.namesakes else ""
        facts.show_facts(
            [
                ("May be called", record.line.permitted),
                ("Full name", " ".join(p for p in (record.line.first, record.middle, record.line.last) if p)),
                ("Date of birth", day_words(record.born) if record.born else ""),
                ("UPN", record.upn or ""),
                ("Postcode", record.postcode or ""),
            ]
        )
        return Card("About", facts, quiet(same.strip()) if same else None)

    def _guardians(self, record: PupilRecord) -> Card:
        table: Table[GuardianLine] = Table(
            "Guardians and links",
            (
                Column("Name", text=lambda g: g.name, strong=True, width=200),
                Column("Relationship", text=lambda g: relationship_words(g.relationship), width=130),
                Column("Parental responsibility", text=lambda g: responsibility_words(g.responsibility), width=170),
                Column("On ClassDojo", text=link_words, chip=_link, width=170),
                Column("Language", text=lambda g: LANGUAGES.get(g.language, g.language), width=120),
                Column("Telephone", text=lambda g: g.phones or "", width=150),
                Column("E-mail", text=lambda g: g.email or "", stretch=True, quiet=True),
            ),
            key=lambda g: g.id,
            empty=("guardians", "No guardian is recorded. Bring in the class list, or add one."),
        )
        table.set_rows(record.guardians)
        _fit(table, len(record.guardians))
        return Card("Guardians and links", table)

    def _permissions(self, record: PupilRecord) -> Card:
        grid = RulingGrid("Permissions", [kind.words for kind in MediaKind], [Audience.CLASSDOJO.words])
        grid.show_rulings(
            {(kind.words, Audience.CLASSDOJO.words): ruled(record.line.rulings[kind]) for kind in MediaKind}
        )
        return Card("Permissions", grid)

    def _care(self) -> Card:
        card = Card("Looked-after record")
        card.inside.addWidget(quiet("Only senior leaders can open this. Every look is noted."))
        show = secondary("&Look at the record", partial(self._look, card), icon="care")
        card.inside.addWidget(row(show, quiet("")))
        return card

    def _look(self, card: Card) -> None:
        try:
            record = self.presenter.look_at_care()
        except Problem as problem:
            self.banner.problem(problem)
            return
        if record is None:
            card.inside.addWidget(quiet("There is no such record for this child."))
        else:
            facts = Facts()
            facts.show_facts(care_facts(record))
            card.inside.addWidget(facts)

    def _codes(self, record: PupilRecord) -> Card:
        zone = self.presenter.zone
        table: Table[CodeLine] = Table(
            "Codes",
            (
                Column("Ends in", text=lambda c: f"…{c.ending}", width=90),
                Column("Given to", text=lambda c: c.guardian, stretch=True),
                Column(
                    "When",
                    text=lambda c: moment_words(c.issued_at, zone).split(",")[0],
                    sort=lambda c: c.issued_at,
                    width=150,
                ),
                Column("How", text=lambda c: c.route.capitalize(), width=120),
                Column("State", text=lambda c: _code(c).word, chip=_code, width=140),
            ),
        )
        table.set_rows(record.codes)
        _fit(table, len(record.codes))
        return Card("Codes", table)

    def _named_in(self, record: PupilRecord) -> Card:
        zone = self.presenter.zone
        table: Table[NamedIn] = Table(
            "Posts that name this pupil",
            (
                Column("When", text=lambda n: moment_words(n.sent_at, zone), sort=lambda n: n.item_id, width=195),
                Column("What", text=lambda n: n.kind.words, icon=lambda n: KIND_ICON[n.kind], width=130),
                Column("Words", text=lambda n: n.opening, stretch=True),
                Column("Finding", text=lambda n: ", ".join(c.words for c in n.checks), width=220, quiet=True),
                Column(
                    "State",
                    text=lambda n: n.state.words if n.state else "",
                    chip=lambda n: state_chip(n.state) if n.state else None,
                    width=140,
                ),
            ),
            key=lambda n: n.item_id,
            empty=("posts", "No post or message names or tags this pupil so far."),
        )
        table.set_rows(record.named_in)
        _fit(table, len(record.named_in))
        return Card("Posts that name this pupil", table)

    def _history(self, record: PupilRecord) -> Card:
        zone = self.presenter.zone
        events = [Event(moment_words(line.at, zone), spoken(line.verb)) for line in record.history[:12]]
        return Card("History", Timeline(events) if events else quiet("Nothing has been recorded by hand yet."))


def _whole(card: Card) -> Card:
    """A card that the page never squeezes: the page scrolls instead."""
    card.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    card.inside.addStretch(1)
    return card


def _fit(table: Table[GuardianLine] | Table[CodeLine] | Table[NamedIn], rows: int) -> None:
    """A table inside a page is as tall as its rows, up to eight."""
    look = theme()
    tall = look.px(40) + max(1, min(rows, 8)) * look.px(33) + look.px(10)
    table.setFixedHeight(tall if rows else look.px(150))


def _link(guardian: GuardianLine) -> Chip:
    if guardian.contact == "barred":
        return Chip("not-allowed", "Barred", Tone.STOP)
    return link_chip(guardian.link, link_words(guardian))


def _day(moment: datetime, zone: str) -> str:
    return day_words(moment.astimezone(ZoneInfo(zone)).date())


def _code(code: CodeLine) -> Chip:
    if code.revoked_at is not None:
        return Chip("removed", "Revoked", Tone.QUIET)
    if code.used_at is not None:
        return Chip("done", "Used", Tone.GOOD)
    return Chip("waiting", "Not used yet", Tone.INFO)

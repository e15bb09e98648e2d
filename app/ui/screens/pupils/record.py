"""A pupil's record on one page: details, guardians and links, permissions with reasons, class list, codes, history."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from app.domain.permissions import MediaKind
from app.domain.problems import Problem
from app.domain.words import day_words
from app.services.office import Office
from app.store.reads.pupil_record import PupilRecord
from app.ui.parts.arrange import column, scrolling, tiles
from app.ui.parts.banner import Banner
from app.ui.parts.buttons import danger, secondary
from app.ui.parts.card import Card
from app.ui.parts.chip import Chip, Tone
from app.ui.parts.confirm import confirm
from app.ui.parts.facts import Facts
from app.ui.parts.header import PageHeader
from app.ui.parts.text import quiet
from app.ui.parts.timeline import Event, Timeline
from app.ui.screens.care.presenter import CareDesk
from app.ui.screens.chips import ruled
from app.ui.screens.imports.leaver_dialog import ask_last_day
from app.ui.screens.permissions.child_card import PermissionsCard
from app.ui.screens.pupils.care_card import CareCard
from app.ui.screens.pupils.presenter import PupilPresenter, year_words
from app.ui.screens.pupils.pupil_dialog import ask_changes
from app.ui.screens.pupils.standing_cards import LeavingCard, LoginFacts, SheetCard
from app.ui.screens.pupils.tables import codes_table, fill, guardians_table, named_table
from app.ui.shell.area import Screen, Shell
from app.ui.theme.current import theme
from app.ui.theme.spacing import BETWEEN

_HISTORY = 12
"""Lines of history on the page."""


class PupilScreen(Screen):
    """One child. Why a child may not be shown never stands here, but for those who ask and may."""

    def __init__(self, shell: Shell, office: Office, pupil_id: int) -> None:
        super().__init__(shell, "Pupil", "pupils")
        self.presenter = PupilPresenter(office, pupil_id)
        self.edit_button = secondary("&Edit details", self.edit, icon="edit")
        self.left_button = danger("&Has left...", self.leaves, icon="removed")
        self.back_button = secondary("&Take back on roll", self.take_back, icon="undo")
        self.header = PageHeader("Pupil", actions=[self.edit_button, self.left_button, self.back_button])
        self.banner = Banner()
        self.guardians = guardians_table()
        self.codes = codes_table(lambda: self.presenter.zone)
        self.named = named_table(lambda: self.presenter.zone)
        self.permissions = PermissionsCard(office, pupil_id, self.banner)
        self.permissions.done.connect(self.shell.done)
        self.facts, self._same, self.reasons = Facts(), quiet(), quiet()
        self.sheet = SheetCard(lambda: self.shell.open_area("sheets"))
        self.login = LoginFacts(lambda: self.shell.open_record("cards", pupil_id))
        self.leaving = LeavingCard(lambda: self.shell.open_record("leavers", pupil_id))
        self.timeline, self._nothing_yet = Timeline(), quiet("Nothing has been recorded by hand yet.")
        desk = CareDesk(office, pupil_id)
        self.care = CareCard(desk, self.banner) if desk.may_look else None
        if self.care is not None:
            self.care.done.connect(self.shell.done)
        self._codes_card = _whole(Card("Codes", self.codes))
        self._body = QWidget()
        down = QVBoxLayout(self._body)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(theme().px(BETWEEN))
        for card in self._cards():
            down.addWidget(card)
        self.set_content(scrolling(self.header, self.banner, self._body))
        if self.presenter.may_open_items:
            self.named.on_opened(lambda n: self.shell.open_record("item", n.item_id))
            self.named.on_aside(lambda n: self.shell.open_record("item", n.item_id, aside=True))

    def refresh(self) -> None:
        """Read the record again. The page's pieces stay, and so does the keyboard's place in them."""
        try:
            record = self.presenter.load()
        except Problem as problem:
            self._body.hide()
            self.banner.problem(problem)
            return
        self._head(record)
        self._about(record)
        fill(self.guardians, record.guardians)
        fill(self.codes, record.codes)
        self._codes_card.setVisible(bool(record.codes))
        fill(self.named, record.named_in)
        self.permissions.refresh()
        self.reasons.setText("\n".join(self.presenter.reasons()))
        on_roll, may_edit = record.line.left_on is None, self.presenter.may_edit
        self.edit_button.setVisible(may_edit and on_roll)
        self.left_button.setVisible(may_edit and on_roll)
        self.back_button.setVisible(may_edit and not on_roll)
        self.sheet.show_sheet(self.presenter.sheet, self.presenter.pupil_id)
        self.login.show_card(self.presenter.card)
        self.leaving.show_leaving(self.presenter.leaving)
        events = [Event(when, what, detail) for when, what, detail in self.presenter.history()[:_HISTORY]]
        self.timeline.show_events(events)
        self._nothing_yet.setVisible(not events)

    def on_changes(self, changes: frozenset[str], initiator: object) -> None:
        """Something about pupils changed."""
        if changes & {"pupils", "permissions", "links", "review", "content", "sheets", "cards", "leavers"}:
            self.refresh_when_seen()

    def edit(self) -> None:
        """Change the details."""
        try:
            saved = ask_changes(self, self.presenter.office, self.presenter.pupil_id)
        except Problem as problem:
            self.banner.problem(problem)
            return
        if saved:
            self.banner.dismiss()
            self.refresh()
            self.shell.done("The details are saved.")

    def leaves(self) -> None:
        """The pupil has left: links and codes end at once."""
        day = ask_last_day(self, self.presenter.today)
        if day is not None and self._do(lambda: self.presenter.record_left(day, self)):
            self.shell.done("Recorded as a leaver. Do it in ClassDojo too, then tick it in the leavers' list.")

    def take_back(self) -> None:
        """A leaver is here again."""
        if confirm(
            self,
            "Take this pupil back on roll?",
            "The record is as it was. Links and codes stay ended: issue new codes to the family.",
            "&Take back on roll",
        ) and self._do(lambda: self.presenter.take_back(self)):
            self.shell.done("The pupil is on roll again.")

    def _do(self, do: Callable[[], object]) -> bool:
        try:
            do()
        except Problem as problem:
            self.banner.problem(problem)
            return False
        self.banner.dismiss()
        self.refresh()
        return True

    def _cards(self) -> list[QWidget]:
        self.permissions.inside.insertWidget(2, self.reasons)
        about = Card("About", self.facts, self._same)
        about.inside.addStretch(1)
        cards: list[QWidget | None] = [
            self.leaving,
            _whole(Card("Guardians and links", self.guardians)),
            tiles(about, column(self.sheet, self.login, gap=BETWEEN), least=370),
            self.permissions,
            self.care,
            self._codes_card,
            _whole(Card("Posts that name this pupil", self.named)),
            _whole(Card("History", self.timeline, self._nothing_yet)),
        ]
        return [card for card in cards if card is not None]

    def _head(self, record: PupilRecord) -> None:
        line = record.line
        pictures = ruled(line.rulings[MediaKind.PHOTOGRAPH]).chip
        chips = [Chip(pictures.icon, f"Photographs: {pictures.word.lower()}", pictures.tone)]
        if line.left_on is not None:
            chips.append(Chip("removed", f"Left {day_words(line.left_on)}", Tone.QUIET))
        elif line.linked:
            chips.append(Chip("linked", f"{line.linked} linked", Tone.GOOD))
        else:
            chips.append(Chip("unlinked", "No adult linked", Tone.WARN))
        where = ", ".join(part for part in (line.class_name, year_words(line.year_group)) if part)
        self.header.say(title=f"{line.known_as} {line.last}", subtitle=where or "No class", chips=chips)

    def _about(self, record: PupilRecord) -> None:
        line = record.line
        self.facts.show_facts(
            [
                ("May be called", line.permitted),
                ("Full name", " ".join(part for part in (line.first, record.middle, line.last) if part)),
                ("Date of birth", day_words(record.born) if record.born else ""),
                ("Sex", {"F": "Girl", "M": "Boy"}.get(record.sex or "", "")),
                ("UPN", record.upn or ""),
                ("Postcode", record.postcode or ""),
                ("First day here", day_words(record.joined_on) if record.joined_on else ""),
            ]
        )
        self._same.setText(f"Shares the first name with {', '.join(record.namesakes)}." if record.namesakes else "")
        self._same.setVisible(bool(record.namesakes))


def _whole(card: Card) -> Card:
    """A card that the page never squeezes: the page scrolls instead."""
    card.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    return card

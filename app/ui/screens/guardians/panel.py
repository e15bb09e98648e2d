"""One adult beside the list: details, every child of theirs, and what can be done about both."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from app.domain.problems import Problem
from app.store.reads.guardians import ChildOf, GuardianRecord
from app.ui.parts.arrange import scrolling, wrapping
from app.ui.parts.banner import Banner, announce
from app.ui.parts.buttons import secondary
from app.ui.parts.card import Card
from app.ui.parts.chip import Chip, Tone
from app.ui.parts.columns import Column
from app.ui.parts.confirm import confirm
from app.ui.parts.empty import EmptyState
from app.ui.parts.facts import Facts
from app.ui.parts.header import PageHeader
from app.ui.parts.table import Table
from app.ui.parts.text import quiet
from app.ui.screens.guardians.dialogs import ContactDialog, DetailsDialog, TieDialog
from app.ui.screens.guardians.presenter import GuardiansPresenter, details_facts, link_state_words
from app.ui.screens.pupils.presenter import relationship_words, responsibility_words
from app.ui.shell.area import Shell
from app.ui.theme.current import theme

_WHY = "Why an adult may not be linked is for leaders. Every look is noted."


class GuardianPanel(QWidget):
    """Shows one adult. What only leaders may read is opened on request, and closed when the panel goes out of sight."""

    def __init__(self, shell: Shell, presenter: GuardiansPresenter, changed: Callable[[], object]) -> None:
        super().__init__()
        self.shell, self.presenter, self._changed = shell, presenter, changed
        self.record: GuardianRecord | None = None
        self.banner = Banner()
        self.header = PageHeader("Adult")
        self.facts = Facts()
        self.children_table = _children()
        self.children_table.on_chosen(lambda _child: self._offer())
        self.children_table.on_opened(lambda child: shell.open_record("pupil", child.pupil_id))
        self.edit_button = secondary("&Edit details", self.edit, icon="edit")
        self.tie_button = secondary("Relationshi&p...", self.edit_tie)
        self.add_button = secondary("Add a ch&ild...", self.add_child, icon="pupil")
        self.contact_button = secondary("Contac&t...", self.set_contact, icon="not-allowed")
        self.why_button = secondary("Look at &why", self.look_at_why, icon="care")
        self.end_button = secondary("E&nd...", self.end)
        self.sees_button = secondary("What they &see", self.open_view, icon="show")
        self.sees_button.setVisible(presenter.may_see_content)
        self._why_note, self.why = quiet(_WHY), Facts()
        self._shown = scrolling(
            self.header,
            self.banner,
            Card(
                "Children",
                self.children_table,
                self._why_note,
                self.why,
                wrapping(self.tie_button, self.contact_button, self.why_button, self.end_button, self.add_button),
            ),
            Card("Details", self.facts, actions=[self.sees_button, self.edit_button]),
        )
        self._empty = EmptyState("guardians", "Choose an adult on the left. Their children and details appear here.")
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._empty)
        whole.addWidget(self._shown)
        self.show_adult(None)

    def show_adult(self, guardian_id: int | None) -> None:
        """Show an adult; None shows that nobody is chosen."""
        again = self.record is not None and guardian_id == self.record.id
        chosen = self.children_table.current() if again else None
        self.record = self.presenter.record(guardian_id) if guardian_id is not None else None
        self._empty.setVisible(self.record is None)
        self._shown.setVisible(self.record is not None)
        self.close_why()
        if not again:
            self.banner.dismiss()
        if self.record is None:
            return
        children = self.record.children
        self.header.say(title=self.record.name, subtitle=_subtitle(self.record), chips=_chips(self.record))
        self.facts.show_facts(details_facts(self.record))
        self.children_table.set_rows(children, choose_first=True)
        if chosen is not None:
            self.children_table.choose(chosen.pupil_id)
        look = theme()
        head = self.children_table.horizontalHeader().sizeHint().height()
        rows = max(1, min(len(children), 6))
        tall = head + rows * look.row_height + 2 * self.children_table.frameWidth() + look.px(4)
        self.children_table.setFixedHeight(tall if children else look.px(200))
        self._offer()

    def open_view(self) -> None:
        """What this adult may see in ClassDojo."""
        if self.record is not None:
            self.shell.open_record("guardian-sees", self.record.id)

    def edit(self) -> None:
        """Change the details."""
        if self.record is None:
            return
        record = self.record
        dialog = DetailsDialog(self, record.details)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            said = dialog.details
            self._do(lambda: self.presenter.save(record.id, said, record.details, self), "The details are saved.")
        dialog.deleteLater()

    def edit_tie(self) -> None:
        """Change what the adult is to the chosen child."""
        child = self.children_table.current()
        if child is not None:
            self._ask_tie(child)

    def add_child(self) -> None:
        """Tie the adult to another child."""
        self._ask_tie(None)

    def set_contact(self) -> None:
        """Open, restrict or bar contact with the chosen child."""
        child = self.children_table.current()
        if self.record is None or child is None:
            return
        may_ease = self.presenter.may_see_why
        dialog = ContactDialog(self, self.record.id, child, self.presenter.today, may_ease=may_ease)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            command = dialog.command
            self._do(lambda: self.presenter.set_contact(command, self), "Recorded. Links and codes follow it at once.")
        dialog.deleteLater()

    def look_at_why(self) -> None:
        """Why contact with the chosen child is limited, for leaders."""
        child = self.children_table.current()
        if self.record is None or child is None:
            return
        try:
            facts = self.presenter.why(self.record.id, child.pupil_id)
        except Problem as problem:
            self.banner.problem(problem)
            return
        facts = facts or [("Contact", "Nothing was written. The look was noted.")]
        self.why.show_facts(facts)
        self.why.show()
        announce(self.why, ". ".join(f"{name}: {words}" for name, words in facts))

    def close_why(self) -> None:
        """Take the reason off the page again."""
        self.why.show_facts([])
        self.why.hide()

    def end(self) -> None:
        """The adult no longer belongs to the chosen child."""
        child = self.children_table.current()
        if self.record is None or child is None:
            return
        record = self.record
        agreed = confirm(
            self,
            "End this?",
            "The adult no longer belongs to the child. Their link is removed, their codes are revoked, and a yes of "
            "theirs no longer counts. What was recorded stays on record.",
            "&End it",
            danger=True,
        )
        if agreed:
            self._do(lambda: self.presenter.end(record.id, child.pupil_id, self), "Ended.")

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.close_why()

    def _ask_tie(self, child: ChildOf | None) -> None:
        if self.record is None:
            return
        record = self.record
        dialog = TieDialog(self, record.name, child, self.presenter.pupils() if child is None else ())
        if dialog.exec() == QDialog.DialogCode.Accepted:
            pupil, (kin, holds, order) = dialog.pupil_id, dialog.said
            self._do(lambda: self.presenter.tie(record.id, pupil, kin, holds, order, self), "Recorded.")
        dialog.deleteLater()

    def _do(self, do: Callable[[], object], told: str) -> None:
        try:
            do()
        except Problem as problem:
            self.banner.problem(problem)
            return
        self.banner.dismiss()
        self._changed()
        self.shell.done(told)

    def _offer(self) -> None:
        child = self.children_table.current()
        for button in (self.tie_button, self.contact_button, self.end_button):
            button.setEnabled(child is not None)
        stopped = self.record is not None and any(one.stopped for one in self.record.children)
        self._why_note.setVisible(stopped and not self.presenter.may_see_why)
        self.why_button.setVisible(self.presenter.may_see_why)
        self.why_button.setEnabled(child is not None)
        self.close_why()


def _children() -> Table[ChildOf]:
    return Table(
        "Children",
        (
            Column("Child", text=lambda c: c.name, strong=True, stretch=True, least=130),
            Column("On ClassDojo", text=link_state_words, chip=_link, width=175),
            Column("Relationship", text=lambda c: relationship_words(c.relationship), width=110, spare=True),
            Column("Responsibility", text=lambda c: responsibility_words(c.responsibility), width=120, spare=True),
            Column("Class", text=lambda c: c.class_name or ("No class" if c.on_roll else "Left"), width=80, spare=True),
            Column("Order", text=lambda c: str(c.order or ""), number=True, width=60, spare=True),
        ),
        key=lambda c: c.pupil_id,
        empty=("pupils", "No child yet. Add the child this adult belongs to."),
    )


def _link(child: ChildOf) -> Chip:
    words = link_state_words(child)
    if child.stopped:
        return Chip("not-allowed", words, Tone.STOP)
    icon, tone = {
        "linked": ("linked", Tone.GOOD),
        "suspended": ("suspended", Tone.STOP),
        "requested": ("waiting", Tone.WARN),
        "invited": ("invited", Tone.INFO),
    }.get(child.link or "", ("unlinked", Tone.QUIET))
    return Chip(icon, words, tone)


def _subtitle(record: GuardianRecord) -> str:
    here = [child for child in record.children if child.on_roll]
    made = f" {len(record.merged)} other records were made one with this." if len(record.merged) > 1 else ""
    made = " Another record was made one with this." if len(record.merged) == 1 else made
    return ("One child at school." if len(here) == 1 else f"{len(here)} children at school.") + made


def _chips(record: GuardianRecord) -> list[Chip]:
    if any(child.stopped for child in record.children):
        return [Chip("not-allowed", "May not be linked", Tone.STOP)]
    if record.children and any(child.responsibility is None for child in record.children):
        return [Chip("undecided", "Responsibility not recorded", Tone.WARN)]
    return []

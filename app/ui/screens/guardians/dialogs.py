"""Asking for what the adults' screens need: details, what an adult is to a child, contact, which record to keep."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QDateEdit,
    QHBoxLayout,
    QRadioButton,
    QWidget,
)

from app.domain.incoming import RELATIONSHIPS
from app.domain.linking import Contact
from app.services.linking import SetContact
from app.store.reads.guardians import ChildOf, GuardianDetails, GuardianRecord
from app.ui.parts.asking import Asking
from app.ui.parts.card import Card
from app.ui.parts.facts import Facts
from app.ui.parts.form import day_of
from app.ui.parts.growing import grow
from app.ui.screens.guardians.presenter import CONTACT_CHOICES, compared
from app.ui.screens.pupils.presenter import LANGUAGES, relationship_words
from app.ui.theme.current import theme
from app.ui.theme.spacing import BETWEEN


class DetailsDialog(Asking):
    """An adult's own details."""

    def __init__(self, parent: QWidget | None, was: GuardianDetails | None) -> None:
        question = "Add an adult" if was is None else "Edit details"
        super().__init__(parent, question, "", "&Add adult" if was is None else "&Save details")
        said = was or GuardianDetails()
        form = self.form
        self.title = form.text("&Title", said.title)
        self.first = form.text("&First name", said.first)
        self.last = form.text("&Last name", said.last)
        self.email = form.text("&E-mail", said.email)
        self.phones = form.text("Tele&phone", said.phones, hint="Several with commas between, the best one first.")
        self.language = form.choice("Lan&guage", LANGUAGES.items(), said.language, hint="For letters.")
        self.address = form.text("A&ddress" if was is None else "&Address", said.address)
        self.postcode = form.text("P&ostcode", said.postcode)

    def judge(self) -> None:
        """A name; an address that can be one."""
        if not self.first.text().strip() and not self.last.text().strip():
            self.form.fault(self.first, "Enter a name: an adult with none cannot be told from another.")

    @property
    def details(self) -> GuardianDetails:
        """What stands in the fields."""
        return GuardianDetails(
            self.title.text(),
            self.first.text(),
            self.last.text(),
            self.email.text(),
            self.phones.text(),
            str(self.language.currentData()),
            self.address.text(),
            self.postcode.text(),
        )


class TieDialog(Asking):
    """What an adult is to a child."""

    def __init__(
        self, parent: QWidget | None, name: str, was: ChildOf | None, pupils: Sequence[tuple[int, str]] = ()
    ) -> None:
        words = f"{name} and {was.name}." if was is not None else f"Which child does {name} belong to, and how?"
        super().__init__(parent, "Relationship", words, "&Record")
        self._was = was
        self.pupil: QComboBox | None = None
        if was is None:
            self.pupil = self.form.add("C&hild", _searchable(pupils), hint="Type a part of the name to find it.")
        known = was.relationship.strip().upper() if was is not None and was.relationship else ""
        kinds = [("", "Not recorded"), *((code, relationship_words(code)) for code in RELATIONSHIPS)]
        if was is not None and was.relationship and known not in RELATIONSHIPS:
            kinds.append((was.relationship, was.relationship))
            known = was.relationship
        self.relationship = self.form.choice("&Relationship", kinds, known)
        holds = [("", "Not recorded"), ("yes", "Yes"), ("no", "No")]
        said = {True: "yes", False: "no", None: ""}[was.responsibility if was is not None else None]
        self.responsibility = self.form.choice(
            "&Parental responsibility", holds, said, hint="Who holds none cannot answer for the child."
        )
        orders = [(0, "Not recorded"), *((number, str(number)) for number in range(1, 10))]
        self.order = self.form.choice("&Contact order", orders, (was.order if was is not None else None) or 0)

    def judge(self) -> None:
        """A child of the list."""
        if self.pupil is not None and self.pupil.findText(self.pupil.currentText()) < 0:
            self.form.fault(self.pupil, "Choose a child of the list.")

    @property
    def pupil_id(self) -> int:
        """The child."""
        if self._was is not None:
            return self._was.pupil_id
        assert self.pupil is not None
        return int(self.pupil.itemData(self.pupil.findText(self.pupil.currentText())))

    @property
    def said(self) -> tuple[str | None, bool | None, int | None]:
        """Relationship, responsibility, contact order."""
        holds = {"yes": True, "no": False, "": None}[str(self.responsibility.currentData())]
        return str(self.relationship.currentData()) or None, holds, int(self.order.currentData()) or None


class ContactDialog(Asking):
    """How far an adult may be in touch with a child. The reason is sealed for leaders as it is recorded."""

    def __init__(
        self, parent: QWidget | None, guardian_id: int, child: ChildOf, today: date, *, may_ease: bool = True
    ) -> None:
        super().__init__(
            parent,
            "Contact",
            "Anything but open stops codes and links at once. What you write here only leaders can read afterwards.",
            "&Record contact",
        )
        self._guardian_id, self._child, self._today = guardian_id, child, today
        form = self.form
        chosen = Contact.OPEN.value if child.stopped and may_ease else Contact.BARRED.value
        self.contact = form.choice("&Contact with the child", CONTACT_CHOICES, chosen)
        self.ordered = form.tick("There is a court &order")
        self.order = form.date("&Date of the order", today)
        self.reviewed = form.tick("&Look at it again on a day", not child.stopped)
        self.review = form.date("Da&y", today + timedelta(days=182))
        self.why = form.passage("&Why", lines=3, hint="Not the order's words: what the school must know.")
        for tick, field in ((self.ordered, self.order), (self.reviewed, self.review)):
            form.show_field(field, tick.isChecked())
            tick.toggled.connect(partial(self._show, field))

    def _show(self, field: QDateEdit, on: bool) -> None:
        self.form.show_field(field, on)
        grow(self)

    def judge(self) -> None:
        """Days that can be."""
        if self.ordered.isChecked() and day_of(self.order) > self._today:
            self.form.fault(self.order, "This day lies ahead. Enter the date on the order.")
        if self.reviewed.isChecked() and day_of(self.review) <= self._today:
            self.form.fault(self.review, "Choose a day ahead.")
        if self.contact.currentData() != Contact.OPEN.value and not self.why.toPlainText().strip():
            self.form.fault(self.why, "Write why in a few words. Only leaders can read it.")

    @property
    def command(self) -> SetContact:
        """What to do."""
        return SetContact(
            self._child.pupil_id,
            self._guardian_id,
            str(self.contact.currentData()),
            day_of(self.order) if self.ordered.isChecked() else None,
            day_of(self.review) if self.reviewed.isChecked() else None,
            self.why.toPlainText().strip(),
        )


class MergeDialog(Asking):
    """Two records side by side, and which one is kept."""

    def __init__(self, parent: QWidget | None, left: GuardianRecord, right: GuardianRecord, why: str) -> None:
        super().__init__(
            parent,
            "Make these one record?",
            f"{why} Everything that hangs on the other record follows: children, links, codes, permissions, "
            "acceptances, messages. What the kept record does not say is filled in. You can undo it.",
            "&Make one record",
            wide=880,
        )
        self._records = (left, right)
        self.choices = [QRadioButton("Keep the &left record"), QRadioButton("Keep the &right record")]
        group = QButtonGroup(self)
        sides = QWidget()
        across = QHBoxLayout(sides)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(theme().px(BETWEEN))
        for record, choice in zip(self._records, self.choices, strict=True):
            choice.setAccessibleName(f"Keep the record of {record.name}")
            group.addButton(choice)
            across.addWidget(Card(record.name, Facts(compared(record)), choice), 1)
        self.body.replaceWidget(self.form, sides)
        self.form.hide()
        (self.choices[0] if _weight(left) >= _weight(right) else self.choices[1]).setChecked(True)
        next(choice for choice in self.choices if choice.isChecked()).setFocus()

    @property
    def kept_and_gone(self) -> tuple[int, int]:
        """The ids of the record that stays and the one that goes."""
        left, right = self._records
        return (left.id, right.id) if self.choices[0].isChecked() else (right.id, left.id)


def _weight(record: GuardianRecord) -> int:
    """How much hangs on a record: the one with more is offered to be kept."""
    said = record.details
    linked = sum(child.link == "linked" for child in record.children)
    return (
        10 * linked + record.codes + record.answers + sum(bool(part) for part in (said.email, said.phones, said.first))
    )


def _searchable(choices: Sequence[tuple[int, str]]) -> QComboBox:
    field = QComboBox()
    for value, words in choices:
        field.addItem(words, value)
    field.setEditable(True)
    field.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
    field.setCurrentIndex(-1)
    completer = field.completer()
    if completer is not None:
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCompletionMode(completer.CompletionMode.PopupCompletion)
    return field

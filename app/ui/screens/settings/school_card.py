"""The school's details: what stands on letters, when school is open, what the policy leaves to the school."""

from __future__ import annotations

from datetime import time

from PySide6.QtCore import QTime, Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QSizePolicy, QTimeEdit, QWidget

from app.services.school_details import Details
from app.ui.parts.arrange import STRETCH, row
from app.ui.parts.banner import Banner
from app.ui.parts.buttons import primary
from app.ui.parts.card import Card
from app.ui.parts.form import Form
from app.ui.screens.settings.presenter import DAYS


class SchoolCard(Card):
    """A form. Nothing changes before it is saved."""

    saved = Signal(object)
    """Details, complete and plausible."""

    def __init__(self) -> None:
        self.banner = Banner()
        self._form = form = Form()
        self.name = form.text("School &name", hint="As it stands on letters.")
        self.phone = form.text("&Telephone")
        self.email = form.text("E-ma&il")
        self.postcode = form.text("&Postcode")
        self.la = form.text("Local authority num&ber", hint="Three figures. A transfer file is checked against it.")
        self.estab = form.text("Establish&ment number", hint="Four figures.")
        self.days = [QCheckBox(day) for day in DAYS]
        self._days = form.add("School is open on", _group(self.days))
        self.opens = form.add("School &opens at", _clock())
        self.closes = form.add("School &closes at", _clock())
        self.reply_hours = form.number(
            "&Reply within", 24, 1, 240, hint="Working hours in which staff answer a message (T3)."
        )
        self.adult_cap = form.number("&Adults linked to a child", 2, 1, 8, hint="At most, without an exception (P4).")
        self.code_needs_acceptance = form.tick(
            "No code before the polic&y and the processing of data are accepted",
            hint="Then adults who have not accepted both are passed over (P1, H4).",
        )
        self.reply_hours.setSuffix(" hours")
        self.adult_cap.setSuffix(" adults")
        self.save_button = primary("Sa&ve the school's details", self._save)
        super().__init__("School", self.banner, form, row(STRETCH, self.save_button))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._shown: Details | None = None

    @property
    def is_changed(self) -> bool:
        """Something was entered that is not saved."""
        return self._shown is not None and self.details() != self._shown

    def show_details(self, said: Details) -> None:
        """Show what stands."""
        for field, value in (
            (self.name, said.name),
            (self.phone, said.phone),
            (self.email, said.email),
            (self.postcode, said.postcode),
            (self.la, said.la),
            (self.estab, said.estab),
        ):
            field.setText(value)
        for at, tick in enumerate(self.days):
            tick.setChecked(at in said.open_days)
        self.opens.setTime(QTime(said.opens.hour, said.opens.minute))
        self.closes.setTime(QTime(said.closes.hour, said.closes.minute))
        self.reply_hours.setValue(said.reply_hours)
        self.adult_cap.setValue(said.adult_cap)
        self.code_needs_acceptance.setChecked(said.code_needs_acceptance)
        self._shown = self.details()

    def details(self) -> Details:
        """What stands in the fields."""
        return Details(
            name=self.name.text(),
            la=self.la.text(),
            estab=self.estab.text(),
            phone=self.phone.text(),
            email=self.email.text(),
            postcode=self.postcode.text(),
            open_days=frozenset(at for at, tick in enumerate(self.days) if tick.isChecked()),
            opens=_time(self.opens),
            closes=_time(self.closes),
            reply_hours=self.reply_hours.value(),
            adult_cap=self.adult_cap.value(),
            code_needs_acceptance=self.code_needs_acceptance.isChecked(),
        )

    def _save(self) -> None:
        form, said = self._form, self.details()
        form.clear_faults()
        self.banner.dismiss()
        if not said.name.strip():
            form.fault(self.name, "Enter the school's name.")
        if said.la.strip() and not (said.la.strip().isdigit() and len(said.la.strip()) == 3):
            form.fault(self.la, "The local authority number has three figures.")
        if said.estab.strip() and not (said.estab.strip().isdigit() and len(said.estab.strip()) == 4):
            form.fault(self.estab, "The establishment number has four figures.")
        if not said.open_days:
            form.fault(self._days, "Choose at least one day.")
        if said.opens >= said.closes:
            form.fault(self.closes, "School would close before it opens.")
        if not form.has_faults:
            self.saved.emit(said)


def _group(ticks: list[QCheckBox]) -> QWidget:
    held = QWidget()
    grid = QGridLayout(held)
    grid.setContentsMargins(0, 0, 0, 0)
    for at, tick in enumerate(ticks):
        tick.setAccessibleName(f"Open on {tick.text()}")
        grid.addWidget(tick, *divmod(at, 4))
    return held


def _clock() -> QTimeEdit:
    field = QTimeEdit()
    field.setDisplayFormat("HH:mm")
    return field


def _time(field: QTimeEdit) -> time:
    shown = field.time()
    return time(shown.hour(), shown.minute())

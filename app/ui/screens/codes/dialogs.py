"""Asking for what the codes screen needs: a request's facts, a code that was used, why a request is approved."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from app.domain.codes import LENGTH, plain
from app.ui.parts.asking import Asking
from app.ui.parts.form import Form, day_of
from app.ui.screens.codes.presenter import fault_of_code


class RequestDialog(Asking):
    """Who asks to be linked to which child, and the code they used."""

    def __init__(self, parent: QWidget | None, pupils: Sequence[tuple[int, str]]) -> None:
        super().__init__(
            parent,
            "Enter a request to be linked",
            "Copy it from ClassDojo. The name is matched with the register, and you see why before you decide.",
            "&Enter request",
        )
        self.pupil = self.form.add("C&hild", searchable(pupils), hint="Type a part of the name to find it.")
        self.name = self.form.text("&Name given", hint="As the adult wrote it on ClassDojo.")
        self.code = self.form.text("&Code, if you know it")
        _watch(self.form, self.code)

    def judge(self) -> None:
        """A child of the list, a name, a code that fits."""
        if self.pupil.findText(self.pupil.currentText()) < 0:
            self.form.fault(self.pupil, "Choose a child of the list.")
        if not self.name.text().strip():
            self.form.fault(self.name, "Enter the name that the adult gave.")
        self.form.fault(self.code, fault_of_code(self.code.text()))

    @property
    def pupil_id(self) -> int:
        """The child chosen."""
        return int(self.pupil.itemData(self.pupil.findText(self.pupil.currentText())))


class UsedDialog(Asking):
    """A code that an adult used on the service."""

    def __init__(self, parent: QWidget | None) -> None:
        super().__init__(
            parent,
            "Note that a code was used",
            "The adult it was given to is linked, where the policy allows it.",
            "&Note as used",
        )
        self.code = self.form.text("&Code", hint="As it stands on the letter. Capitals and hyphens do not matter.")
        _watch(self.form, self.code)
        self.agreed = self.form.tick("The adult &agreed to the processing of data when joining")

    def judge(self) -> None:
        """A code that fits."""
        fault = fault_of_code(self.code.text())
        self.form.fault(self.code, fault or ("" if self.code.text().strip() else "Enter the code."))


class ListDialog(Asking):
    """ClassDojo's own codes, pasted."""

    def __init__(self, parent: QWidget | None) -> None:
        super().__init__(
            parent,
            "Bring in ClassDojo's own codes",
            "Paste a list: in each line a pupil's name and a code. Only a digest of each code is kept.",
            "&Bring in",
        )
        self.list = self.form.passage("&List", lines=8)

    def judge(self) -> None:
        """Something to read."""
        if not self.list.toPlainText().strip():
            self.form.fault(self.list, "Paste the list: a name and a code in each line.")


class ApproveDialog(Asking):
    """Why a request is approved, and the exception where the number of adults is reached and it may be given."""

    def __init__(
        self, parent: QWidget | None, matched: str, against: Sequence[str], excepts: bool, today: date
    ) -> None:
        super().__init__(parent, "Approve this request?", " ".join((matched, *against)), "&Approve request")
        self._today, self._excepts = today, excepts
        self.reason = self.form.passage("&Reason", hint="How you know who it is. It stays on record.", lines=2)
        self.why = self.form.passage("E&xception: why one adult more", lines=2)
        self.review = self.form.date("Look at it again &on", today + timedelta(days=182))
        self.form.show_field(self.why, excepts)
        self.form.show_field(self.review, excepts)

    def judge(self) -> None:
        """Reasons where they are needed, a day ahead."""
        if not self.reason.toPlainText().strip():
            self.form.fault(self.reason, "Write how you know who it is. It stays on record.")
        if self._excepts and not self.why.toPlainText().strip():
            self.form.fault(self.why, "Write why this child needs one adult more than the policy allows.")
        if self._excepts and day_of(self.review) <= self._today:
            self.form.fault(self.review, "Choose a day ahead.")

    @property
    def exception(self) -> tuple[str, date | None]:
        """The exception's reason and the day it is looked at again; nothing where none is needed."""
        if not self._excepts:
            return "", None
        return self.why.toPlainText().strip(), day_of(self.review)


class AcceptDialog(Asking):
    """When adults accepted the policy and the processing of data, and how."""

    def __init__(self, parent: QWidget | None, today: date) -> None:
        super().__init__(
            parent,
            "Note what the selected adults have accepted?",
            "The policy in force and the processing of data, as far as they are not noted yet.",
            "&Note as accepted",
        )
        self._today = today
        self.on = self.form.date("&On", today, hint="The day on the form.")
        self.route = self.form.choice("&How", [(route, route.capitalize()) for route in ("paper form", "online form")])

    def judge(self) -> None:
        """A day that has been."""
        if day_of(self.on) > self._today:
            self.form.fault(self.on, "The day lies ahead. Enter the day on the form.")


class KeepDialog(Asking):
    """Why an exception stands, and when it is looked at again."""

    def __init__(self, parent: QWidget | None, why: str, today: date) -> None:
        super().__init__(
            parent,
            "Keep this exception?",
            f"It was allowed because: {why}",
            "&Keep exception",
            keep="&Not now",
        )
        self._today = today
        self.reason = self.form.passage("&Reason", hint="Why it still stands. It stays on record.", lines=3)
        self.review = self.form.date("Look at it again &on", today + timedelta(days=182))

    def judge(self) -> None:
        """A reason, and a day ahead."""
        if not self.reason.toPlainText().strip():
            self.form.fault(self.reason, "Write why the exception still stands. It stays on record.")
        if day_of(self.review) <= self._today:
            self.form.fault(self.review, "Choose a day ahead.")

    @property
    def review_on(self) -> date:
        """The day on which it is looked at again."""
        return day_of(self.review)


def _watch(form: Form, field: QLineEdit) -> None:
    """Say that a code is mistyped as soon as it is as long as one, and no later than the next field."""

    def judge(whole: bool) -> None:
        enough = whole or len(plain(field.text())) >= LENGTH
        form.fault(field, fault_of_code(field.text()) if enough else "")

    field.textEdited.connect(lambda _text: judge(False))
    field.editingFinished.connect(lambda: judge(True))


def searchable(choices: Sequence[tuple[int, str]]) -> QComboBox:
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

"""Enter one person's answers from a form: who answered, what for each kind, on which day, by which way (P8, T12)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from PySide6.QtWidgets import QComboBox, QDialog, QVBoxLayout, QWidget

from app.domain.permissions import Answer, MediaKind
from app.ui.parts.arrange import STRETCH, row
from app.ui.parts.banner import Banner
from app.ui.parts.buttons import primary, secondary
from app.ui.parts.confirm import send_with_keys
from app.ui.parts.form import Form, day_of
from app.ui.parts.text import body, section
from app.ui.theme.current import theme
from app.ui.theme.spacing import BETWEEN, PAGE, WITHIN

ANSWERS: tuple[tuple[str, str], ...] = (
    ("", "No answer"),
    (Answer.GIVEN.value, "Yes"),
    (Answer.REFUSED.value, "No"),
    (Answer.WITHDRAWN.value, "Withdrawn"),
)
ROUTES: tuple[str, ...] = ("paper form", "online form", "e-mail", "telephone", "in person")
_LABELS = {
    MediaKind.PHOTOGRAPH: "&Photographs",
    MediaKind.RECORDING: "&Recordings",
    MediaKind.WORK_SAMPLE: "Work &samples",
}


@dataclass(frozen=True, slots=True)
class Entered:
    """What was entered from a form."""

    guardian_id: int | None
    answers: dict[MediaKind, Answer]
    decided_on: date
    route: str
    expires_on: date | None


class PermissionDialog(QDialog):
    """A later answer of the same person stands in place of the earlier one, which is kept."""

    def __init__(
        self,
        parent: QWidget | None,
        people: list[tuple[int | None, str]],
        today: date,
        first: MediaKind | None = None,
    ) -> None:
        """`first` is the kind that was asked about: the keyboard begins there."""
        super().__init__(parent)
        self.setWindowTitle("Schoolgate")
        self.setAccessibleName("Record an answer")
        self.setModal(True)
        self._today = today
        px = theme().px
        self.setMinimumWidth(px(460))
        self._banner = Banner(dismissable=False)
        self._form = form = Form()
        self.who: QComboBox = form.choice("&Who answered", [(id_ or 0, words) for id_, words in people])
        self.kinds = {kind: form.choice(_LABELS[kind], ANSWERS) for kind in MediaKind}
        self.day = form.date("&Day on the form", today)
        self.route = form.choice("&How it came", [(route, route.capitalize()) for route in ROUTES])
        self.runs_out = form.tick("A yes runs &out on a day")
        self.expires = form.date("&Last day", today + timedelta(days=365))
        form.show_field(self.expires, False)
        self.runs_out.toggled.connect(lambda on: form.show_field(self.expires, on))
        self.go = primary("R&ecord", self._accept)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(px(PAGE), px(PAGE), px(PAGE), px(BETWEEN))
        whole.setSpacing(px(WITHIN))
        whole.addWidget(section("Record an answer"))
        whole.addWidget(body("An earlier answer of the same person is kept and no longer counts."))
        whole.addWidget(self._banner)
        whole.addWidget(form)
        whole.addWidget(row(STRETCH, secondary("&Keep as it is", self.reject), self.go))
        send_with_keys(self, self.go)
        (self.kinds[first] if first is not None else self.who).setFocus()

    def entered(self) -> Entered:
        """What stands in the fields."""
        answers = {kind: Answer(field.currentData()) for kind, field in self.kinds.items() if field.currentData()}
        return Entered(
            int(self.who.currentData()) or None,
            answers,
            day_of(self.day),
            str(self.route.currentData()),
            day_of(self.expires) if self.runs_out.isChecked() else None,
        )

    def _accept(self) -> None:
        self._form.clear_faults()
        said = self.entered()
        if not said.answers:
            self._form.fault(self.kinds[MediaKind.PHOTOGRAPH], "Choose an answer for at least one kind.")
        if said.decided_on > self._today:
            self._form.fault(self.day, "This day lies ahead. Enter the day on the form.")
        if said.expires_on is not None and said.expires_on < said.decided_on:
            self._form.fault(self.expires, "It would run out before it was given.")
        if not self._form.has_faults:
            self.accept()


def ask_permission(
    parent: QWidget, people: list[tuple[int | None, str]], today: date, first: MediaKind | None = None
) -> Entered | None:
    """Ask, and wait. None where the person stepped back."""
    dialog = PermissionDialog(parent, people, today, first)
    try:
        return dialog.entered() if dialog.exec() == QDialog.DialogCode.Accepted else None
    finally:
        dialog.deleteLater()

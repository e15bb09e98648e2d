"""Enter one person's answers from a form: who, what for each kind, where it holds, day, way, basis, end, scan (P8)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from PySide6.QtWidgets import QCheckBox, QComboBox, QDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.domain.permissions import Answer, Audience, Basis, MediaKind
from app.ui.parts.arrange import STRETCH, row
from app.ui.parts.banner import Banner
from app.ui.parts.buttons import primary, secondary
from app.ui.parts.confirm import send_with_keys
from app.ui.parts.form import Form, day_of
from app.ui.parts.growing import grow
from app.ui.parts.text import body, section
from app.ui.screens.permissions.scan_field import ScanField
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
    MediaKind.WORK_SAMPLE: "Wor&k samples",
}
_PLACES = {
    Audience.CLASS_STORY: "C&lass story",
    Audience.SCHOOL_STORY: "Sch&ool story",
    Audience.WEBSITE: "School we&bsite",
    Audience.SOCIAL_MEDIA: "Social &media",
    Audience.PRESS: "Press (&newspapers)",
    Audience.DISPLAY: "D&isplay in school",
}


@dataclass(frozen=True, slots=True)
class Entered:
    """What was entered from a form."""

    guardian_id: int | None
    answers: dict[MediaKind, Answer]
    audiences: tuple[Audience, ...]
    decided_on: date
    route: str
    basis: Basis | None
    expires_on: date | None
    scan: bytes | None = field(default=None, repr=False)


class AnswerDialog(QDialog):
    """A later answer of the same person stands in place of the earlier one, which is kept."""

    def __init__(
        self,
        parent: QWidget | None,
        people: Sequence[tuple[int | None, str]],
        asked: Sequence[Audience],
        today: date,
        first: MediaKind | None = None,
        where: Audience | None = None,
    ) -> None:
        """`first` is the kind that was asked about: the keyboard begins there. `where` alone is ticked then."""
        super().__init__(parent)
        self.setWindowTitle("Schoolgate")
        self.setAccessibleName("Record an answer")
        self.setModal(True)
        self._today = today
        px = theme().px
        self._banner = Banner(dismissable=False)
        self._said, self._how = Form(width=380), Form(width=380)
        self.who: QComboBox = self._said.choice("&Who answered", [(id_ or 0, words) for id_, words in people])
        self.kinds = {kind: self._said.choice(_LABELS[kind], ANSWERS) for kind in MediaKind}
        self.places = {audience: QCheckBox(_PLACES[audience]) for audience in asked}
        self._where = self._said.add("For which place", _ticks(list(self.places.values())))
        for audience, tick in self.places.items():
            tick.setChecked(where is None or audience is where)
        self.day = self._how.date("&Day on the form", today)
        self.route = self._how.choice("&How it came", [(route, route.capitalize()) for route in ROUTES])
        self.basis = self._how.choice(
            "Lawf&ul basis", [("", "Not recorded"), *((basis.value, basis.words) for basis in Basis)]
        )
        self.runs_out = self._how.tick("A yes runs ou&t on a day")
        self.expires = self._how.date("Last da&y", today + timedelta(days=365))
        self._how.show_field(self.expires, False)
        self.runs_out.toggled.connect(self._show_end)
        self.scan = ScanField("&Choose scan...")
        self._how.add("The form itself", self.scan, hint="PDF or picture, at most 25 MB. It is kept encrypted.")
        self.scan.refused.connect(lambda sentence: self._how.fault(self.scan, sentence))
        self.go = primary("R&ecord", self._accept)
        sides = QWidget()
        across = QHBoxLayout(sides)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(px(PAGE))
        for form in (self._said, self._how):
            side = QVBoxLayout()
            side.addWidget(form)
            side.addStretch(1)
            across.addLayout(side, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(px(PAGE), px(PAGE), px(PAGE), px(BETWEEN))
        whole.setSpacing(px(WITHIN))
        whole.addWidget(section("Record an answer"))
        whole.addWidget(body("An earlier answer of the same person is kept and no longer counts."))
        whole.addWidget(self._banner)
        whole.addWidget(sides)
        whole.addWidget(row(STRETCH, secondary("Keep as it i&s", self.reject), self.go))
        self.setMinimumWidth(px(800))
        send_with_keys(self, self.go)
        (self.kinds[first] if first is not None else self.who).setFocus()

    def entered(self) -> Entered:
        """What stands in the fields."""
        answers = {kind: Answer(field.currentData()) for kind, field in self.kinds.items() if field.currentData()}
        basis = str(self.basis.currentData())
        return Entered(
            int(self.who.currentData()) or None,
            answers,
            tuple(audience for audience, tick in self.places.items() if tick.isChecked()),
            day_of(self.day),
            str(self.route.currentData()),
            Basis(basis) if basis else None,
            day_of(self.expires) if self.runs_out.isChecked() else None,
            self.scan.content,
        )

    def _show_end(self, on: bool) -> None:
        self._how.show_field(self.expires, on)
        grow(self)

    def _accept(self) -> None:
        said, how = self._said, self._how
        said.clear_faults()
        how.clear_faults()
        entered = self.entered()
        if not entered.answers:
            said.fault(self.kinds[MediaKind.PHOTOGRAPH], "Choose an answer for at least one kind.")
        if not entered.audiences:
            said.fault(self._where, "Tick at least one place.")
        if entered.decided_on > self._today:
            how.fault(self.day, "This day lies ahead. Enter the day on the form.")
        if entered.expires_on is not None and entered.expires_on < entered.decided_on:
            how.fault(self.expires, "It would run out before it was given.")
        if not said.has_faults and not how.has_faults:
            self.accept()
        grow(self)


def _ticks(ticks: list[QCheckBox]) -> QWidget:
    held = QWidget()
    grid = QGridLayout(held)
    grid.setContentsMargins(0, 0, 0, 0)
    for at, tick in enumerate(ticks):
        tick.setAccessibleName(f"For the place {tick.text().replace('&', '')}")
        grid.addWidget(tick, *divmod(at, 2))
    return held


def ask_answer(
    parent: QWidget,
    people: Sequence[tuple[int | None, str]],
    asked: Sequence[Audience],
    today: date,
    first: MediaKind | None = None,
    where: Audience | None = None,
) -> Entered | None:
    """Ask, and wait. None where the person stepped back."""
    dialog = AnswerDialog(parent, people, asked, today, first, where)
    try:
        return dialog.entered() if dialog.exec() == QDialog.DialogCode.Accepted else None
    finally:
        dialog.deleteLater()

"""Entering a request, pausing its clock, letting it go on, giving it more time, closing it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSizePolicy, QWidget

from app.domain.data_requests import CLOSINGS, Asked, Asker, Identity, Pause, Result
from app.domain.problems import Problem
from app.services.data_request_board import Askers, DataRequestLine
from app.services.data_requests import RecordDataRequest
from app.ui.parts.acting import Acting
from app.ui.parts.form import Form, day_of
from app.ui.parts.growing import grow
from app.ui.screens.codes.dialogs import searchable
from app.ui.theme.current import theme
from app.ui.theme.spacing import PAGE

_FIND = "Type a part of the name to find it."
_SIGNS = 24
"""So many signs of a long entry are in sight; the list shows it whole."""
_NOBODY = "Pupil, or not in the register"


class RecordDialog(Acting):
    """Who asks for what, since when, and how their identity was checked."""

    def __init__(self, parent: QWidget | None, people: Askers, do: Callable[[RecordDataRequest], object]) -> None:
        super().__init__(
            parent,
            "Record a request",
            "It need not be in writing, and nobody has to say why they ask.",
            "&Record request",
        )
        self.setMinimumWidth(theme().px(720))
        self._today, self._do = people.today, do
        form = self.form
        right = self.right = Form()
        self._side_by_side()
        self.kind = form.choice("&What they want", [(one, one.words) for one in Asked])
        self.asker = form.choice("W&ho asks", [(one, one.words) for one in Asker])
        self.guardian = form.add("&Guardian", searchable(people.guardians), hint=_FIND)
        self.pupil = form.add("&Pupil", searchable(people.pupils), hint=_FIND)
        self.by = form.add("Asked &by", searchable([(0, _NOBODY), *people.guardians]), hint=_FIND)
        self.staff = form.add("Member of &staff", searchable(people.staff), hint=_FIND)
        self.name = form.text("&Name")
        self.received = right.date("Received &on", people.today)
        self.identity = right.choice("&Identity", [(one, one.words) for one in Identity], Identity.KNOWN)
        self.words = right.passage(
            "What was &asked", hint="As they said it. Only leaders can read it afterwards.", lines=3
        )
        for field in (self.guardian, self.pupil, self.by, self.staff, self.identity):
            field.setMinimumContentsLength(_SIGNS)
            field.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            field.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.by.setCurrentIndex(0)
        self.asker.currentIndexChanged.connect(lambda _at: self._show_fields())
        self._show_fields()
        self.kind.setFocus()

    def judge(self) -> None:
        """Somebody from the list, a day that has come, words. The first fault, from the top left, has the keyboard."""
        if day_of(self.received) > self._today:
            self.right.fault(self.received, "This day lies ahead. Enter the day on which it came in.")
        if not self.words.toPlainText().strip():
            self.right.fault(self.words, "Write what was asked for.")
        for field in self._people():
            if field.findText(field.currentText()) < 0:
                self.form.fault(field, "Choose somebody from the list.")
        if self._who is Asker.OTHER and not self.name.text().strip():
            self.form.fault(self.name, "Write the name of the person who asks.")

    @property
    def has_faults(self) -> bool:
        """Something is still wrong, on either side."""
        return self.form.has_faults or self.right.has_faults

    def send(self) -> None:
        """Judge both sides, enter it, and close; or say why not."""
        self.form.clear_faults()
        self.right.clear_faults()
        self.banner.dismiss()
        self.judge()
        if not self.has_faults:
            self._try()
        grow(self)

    def _try(self) -> None:
        try:
            self.act()
        except Problem as problem:
            self.banner.problem(problem)
            return
        self.accept()

    def _side_by_side(self) -> None:
        """Who asks at the left, when and what at the right: with large text one column is taller than a screen."""
        place = self.body.indexOf(self.form)
        both = QHBoxLayout()
        both.setSpacing(theme().px(PAGE))
        for side in (self.form, self.right):
            both.addWidget(side, 1, Qt.AlignmentFlag.AlignTop)
        self.body.insertLayout(place, both)

    def act(self) -> None:
        """Enter it."""
        who = self._who
        adult = {Asker.GUARDIAN: self.guardian, Asker.FOR_PUPIL: self.by}.get(who)
        self._do(
            RecordDataRequest(
                Asked(self.kind.currentData()),
                who,
                day_of(self.received),
                Identity(self.identity.currentData()),
                self.words.toPlainText(),
                guardian_id=(_chosen(adult) or None) if adult is not None else None,
                pupil_id=_chosen(self.pupil) if who is Asker.FOR_PUPIL else None,
                staff_id=_chosen(self.staff) if who is Asker.STAFF else None,
                name=self.name.text() if who is Asker.OTHER else "",
            )
        )

    @property
    def _who(self) -> Asker:
        return Asker(self.asker.currentData())

    def _people(self) -> tuple[QComboBox, ...]:
        return {
            Asker.GUARDIAN: (self.guardian,),
            Asker.FOR_PUPIL: (self.pupil, self.by),
            Asker.STAFF: (self.staff,),
        }.get(self._who, ())

    def _show_fields(self) -> None:
        shown = self._people()
        for field in (self.guardian, self.pupil, self.by, self.staff):
            self.form.show_field(field, field in shown)
        self.form.show_field(self.name, self._who is Asker.OTHER)


def _chosen(field: QComboBox) -> int:
    """The id behind what stands in the field: the chosen entry, or the first that reads so."""
    at = field.currentIndex()
    if at < 0 or field.itemText(at) != field.currentText():
        at = field.findText(field.currentText())
    return int(field.itemData(at))


class PauseDialog(Acting):
    """What the school waits for, since when."""

    def __init__(self, parent: QWidget | None, line: DataRequestLine, do: Callable[[Pause, date], object]) -> None:
        super().__init__(
            parent,
            "Pause the clock?",
            "Only while you cannot go on without an answer that you asked the person for. Ask at once, and once.",
            "&Pause the clock",
        )
        self._line, self._do = line, do
        offered = [(Pause.IDENTITY, "For proof of identity"), (Pause.CLARIFICATION, "To hear what is meant")]
        self.why = self.form.choice("&Why", offered)
        self.on = self.form.date("Asked &on", line.today)
        self.why.setFocus()

    def act(self) -> None:
        """Note it."""
        self._do(Pause(self.why.currentData()), day_of(self.on))


class ResumeDialog(Acting):
    """The answer came: when, and how identity was checked where that was asked for."""

    def __init__(
        self, parent: QWidget | None, line: DataRequestLine, do: Callable[[date, Identity | None], object]
    ) -> None:
        super().__init__(
            parent,
            "Let the clock go on?",
            "The request is due later by the days on which the clock stood.",
            "&Go on",
        )
        self._do = do
        checked = [(one, one.words) for one in Identity if one is not Identity.WAITING]
        self.on = self.form.date("Their answer came &on", line.today)
        self.identity = self.form.choice("&Identity", checked) if line.waits_for is Pause.IDENTITY else None
        self.on.setFocus()

    def act(self) -> None:
        """Note it."""
        self._do(day_of(self.on), Identity(self.identity.currentData()) if self.identity is not None else None)


class ExtendDialog(Acting):
    """When the person was told, and why it takes longer."""

    def __init__(self, parent: QWidget | None, line: DataRequestLine, do: Callable[[date, str], object]) -> None:
        super().__init__(
            parent,
            "Give it two months more?",
            "For a complex request, or several by one person. Tell them why within the first month, then note it here.",
            "&Extend",
        )
        self._do = do
        self.on = self.form.date("&Told on", line.today)
        self.why = self.form.passage("&Reason", hint="As the person was told.", lines=3)
        self.on.setFocus()

    def judge(self) -> None:
        """A reason."""
        if not self.why.toPlainText().strip():
            self.form.fault(self.why, "Write the reason, as the person was told.")

    def act(self) -> None:
        """Note it."""
        self._do(day_of(self.on), self.why.toPlainText())


class CloseDialog(Acting):
    """How the request ended, when, and what was sent or refused."""

    def __init__(
        self, parent: QWidget | None, line: DataRequestLine, do: Callable[[Result, date, str], object]
    ) -> None:
        super().__init__(
            parent,
            "Close this request?",
            "Whoever is refused something is told why, and that they can complain to the ICO.",
            "&Close request",
        )
        self._do = do
        self.ended = self.form.choice("&How it ended", [(one, one.words) for one in CLOSINGS])
        self.on = self.form.date("&Answered on", line.today)
        self.words = self.form.passage(
            "&What was sent or done", hint="And what was refused, with the reason. Only leaders can read it.", lines=4
        )
        self.ended.setFocus()

    def judge(self) -> None:
        """Words."""
        if not self.words.toPlainText().strip():
            self.form.fault(self.words, "Write what was sent or done. Where something was refused, write why.")

    def act(self) -> None:
        """Close it."""
        self._do(Result(self.ended.currentData()), day_of(self.on), self.words.toPlainText())

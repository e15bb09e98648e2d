"""Enter or change a pupil's details: judged as they are typed, with the name that staff may use (T8, H7)."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.domain.problems import Problem
from app.domain.pupil_details import Judged, PupilDetails
from app.services.office import Office
from app.ui.parts.arrange import STRETCH, row, scrolling
from app.ui.parts.banner import Banner
from app.ui.parts.buttons import primary, secondary
from app.ui.parts.chip import Tone
from app.ui.parts.confirm import send_with_keys
from app.ui.parts.form import Form
from app.ui.parts.text import Text, body, caption, section
from app.ui.screens.pupils.details_presenter import DetailsPresenter
from app.ui.theme.current import theme
from app.ui.theme.spacing import BETWEEN, PAGE, WITHIN

_PAUSE_MS = 250
_SEXES = (("", "Not recorded"), ("F", "Girl"), ("M", "Boy"))


class PupilDialog(QDialog):
    """Two columns of fields. A doubt stands under its field and stops nobody; a fault does."""

    def __init__(self, parent: QWidget | None, presenter: DetailsPresenter) -> None:
        super().__init__(parent)
        self.presenter = presenter
        self.saved: int | None = None
        """The pupil's id once saved."""
        title = "Add a pupil" if presenter.is_new else "Edit details"
        self.setWindowTitle("Schoolgate")
        self.setAccessibleName(title)
        self.setModal(True)
        px = theme().px
        self.banner = Banner(dismissable=False)
        self.called = body()
        self._left, self._right = Form(), Form()
        self._doubts: dict[str, Text] = {}
        self._make_fields(presenter.details)
        self.go = primary("&Add pupil" if presenter.is_new else "&Save details", self.send)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(px(PAGE), px(PAGE), px(PAGE), px(BETWEEN))
        whole.setSpacing(px(WITHIN))
        whole.addWidget(section(title))
        whole.addWidget(self.called)
        whole.addWidget(self.banner)
        fields = QWidget()
        across = QHBoxLayout(fields)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(px(PAGE))
        for form in (self._left, self._right):
            holder = QVBoxLayout()
            holder.addWidget(form)
            holder.addStretch(1)
            across.addLayout(holder, 1)
        whole.addWidget(scrolling(fields, margin=0), 1)
        whole.addWidget(row(STRETCH, secondary("&Keep as it is", self.reject), self.go))
        send_with_keys(self, self.go)
        self.resize(px(760), px(640))
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self.judge)
        self._listen()
        self.judge()
        self.first.setFocus()

    def entered(self) -> PupilDetails:
        """What stands in the fields; a date that cannot be read is None and has a fault of its own."""
        return PupilDetails(
            first=self.first.text(),
            last=self.last.text(),
            preferred=self.preferred.text(),
            preferred_last=self.presenter.details.preferred_last,
            middle=self.middle.text(),
            born=self.presenter.day(self.born.text())[0],
            sex=str(self.sex.currentData()),
            upn=self.upn.text(),
            year_group=str(self.year.currentData()),
            class_id=int(self.place.currentData()) or None,
            postcode=self.postcode.text(),
            joined_on=self.presenter.day(self.joined.text())[0],
        )

    def judge(self) -> None:
        """Say what is doubtful, and what the child may be called."""
        judged = self.presenter.judged(self.entered())
        for field, told in self._doubts.items():
            said = judged.doubt_of(field)
            told.setText(said)
            told.setVisible(bool(said))
        self.called.setText(_called(judged))

    def send(self) -> None:
        """Save, or say at the fields why not."""
        self._pause.stop()
        for form in (self._left, self._right):
            form.clear_faults()
        self.banner.dismiss()
        said = self.entered()
        judged = self.presenter.judged(said)
        self._show_faults(judged)
        if self._left.has_faults or self._right.has_faults:
            return
        if judged.likely and self.presenter.is_new and not self.presenter.warned(judged):
            self.judge()
            self.go.setText("&Add all the same")
            self.banner.say(
                Tone.WARN,
                "This child may be in the register already.",
                judged.doubt_of("first"),
                "If it is another child, choose “Add all the same”.",
            )
            return
        try:
            self.saved = self.presenter.save(said)
        except Problem as problem:
            self.banner.problem(problem)
            return
        self.accept()

    def _show_faults(self, judged: Judged) -> None:
        for name, (form, field) in self._fields.items():
            sentence = judged.of(name)
            if name in ("born", "joined_on") and isinstance(field, QLineEdit):
                sentence = self.presenter.day(field.text())[1] or sentence
            if sentence:
                form.fault(field, sentence)

    def _make_fields(self, said: PupilDetails) -> None:
        left, right, show = self._left, self._right, self.presenter.day_text
        self.first = left.text("&First name", said.first)
        self.last = left.text("&Last name", said.last)
        self.preferred = left.text("K&nown as", said.preferred, hint="If not the first name.")
        self.middle = left.text("&Middle names", said.middle)
        self.sex = left.choice("Se&x", _SEXES, said.sex)
        self.postcode = left.text("&Postcode", said.postcode)
        self.born = right.text("&Date of birth", show(said.born), hint="Such as 31/8/2019.")
        self.year = right.choice("&Year group", self.presenter.years(), said.year_group)
        self.place = right.choice("&Class", self.presenter.classes(), said.class_id or 0)
        self.upn = right.text("&UPN", said.upn, hint="A letter and 12 figures.")
        self.joined = right.text("F&irst day here", show(said.joined_on), hint="Today where it is left empty.")
        self._fields: dict[str, tuple[Form, QWidget]] = {
            "first": (left, self.first),
            "last": (left, self.last),
            "born": (right, self.born),
            "year_group": (right, self.year),
            "class_id": (right, self.place),
            "upn": (right, self.upn),
            "joined_on": (right, self.joined),
        }
        for name in ("first", "born", "class_id", "upn"):
            form, field = self._fields[name]
            told = caption()
            told.set_tone("warn")
            told.hide()
            form.below(field, told)
            self._doubts[name] = told

    def _listen(self) -> None:
        for field in (self.first, self.last, self.preferred, self.born, self.upn, self.joined):
            field.textChanged.connect(lambda _words: self._pause.start())
        self.year.currentIndexChanged.connect(lambda _at: self.judge())
        self.place.currentIndexChanged.connect(lambda _at: self.judge())


def ask_new_pupil(parent: QWidget, office: Office, class_id: int | None = None) -> int | None:
    """Enter a new pupil, and wait. The id; None where the person stepped back."""
    presenter = DetailsPresenter.of_new(office, class_id)
    return _asked(PupilDialog(parent, presenter))


def ask_changes(parent: QWidget, office: Office, pupil_id: int) -> bool:
    """Change a pupil's details, and wait; whether something was saved. Raises `Problem` where the pupil is gone."""
    presenter = DetailsPresenter.of_pupil(office, pupil_id)
    return _asked(PupilDialog(parent, presenter)) is not None


def _asked(dialog: PupilDialog) -> int | None:
    try:
        return dialog.saved if dialog.exec() == QDialog.DialogCode.Accepted else None
    finally:
        dialog.deleteLater()


def _called(judged: Judged) -> str:
    if not judged.permitted:
        return "Fill in the names: what staff may call the child on ClassDojo is shown here."
    said = f"On ClassDojo the child is called {judged.permitted}."
    if judged.namesakes:
        return f"{said} The initial is there because of {', '.join(judged.namesakes)} in the same class."
    return said

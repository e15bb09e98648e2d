"""First run: the school's name and the first headteacher's account, then the recovery key.

setup = SetUpPage(strength=judge_password)         # (password, user) -> (score 0..4, sentence)
setup.submitted.connect(self.make_school)          # NewSchool; answer with problem(...) or show_key(key)
setup.finished.connect(self.open_desk)
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.ui.parts.banner import Banner
from app.ui.parts.buttons import primary
from app.ui.parts.form import Form
from app.ui.parts.text import body, caption, title
from app.ui.shell.recovery import RecoveryKeyPage
from app.ui.shell.signin import centred, reveal
from app.ui.theme.current import theme

LEAST = 12
"""Characters a password must have."""

Strength = Callable[[str, str], tuple[int, str]]
"""Judges a password, given the user name: 0 (refused) to 4 (strong), and a sentence."""


@dataclass(frozen=True, slots=True)
class NewSchool:
    """What was entered. The password is not shown where this is printed."""

    school: str
    name: str
    user: str
    password: str = field(repr=False)


def plain_strength(password: str, user: str) -> tuple[int, str]:
    """A judgement by length and variety: three random words are better than one clever one."""
    if not password:
        return 0, "Use three random words, or at least 12 characters."
    if len(password) < LEAST:
        missing = LEAST - len(password)
        return 0, f"Too short: add {missing} more character{'s' if missing > 1 else ''}."
    if user and user.casefold() in password.casefold():
        return 0, "It holds your user name. Leave that out."
    if len(set(password)) < 6:
        return 1, "Easy to guess: it repeats itself. Use three random words."
    if len(password) >= 20:
        return 4, "Strong."
    return (3, "Good.") if len(password) >= 16 else (2, "Fair. Another word makes it stronger.")


class SetUpPage(QWidget):
    """Two steps. Nothing is made before the first is complete, and the second cannot be skipped."""

    submitted = Signal(object)
    finished = Signal()

    def __init__(self, strength: Strength = plain_strength) -> None:
        super().__init__()
        px = theme().px
        self._strength = strength
        self._banner = Banner(dismissable=False)
        self._form = form = Form()
        self.school = form.text("School &name", hint="As it stands on letters.")
        self.name = form.text("&Your name", hint="You are the headteacher, or set this up on the headteacher's behalf.")
        self.user = form.text("&User name", hint="What you sign in with.")
        self.password = form.text("&Password", secret=True)
        self._judged = caption(strength("", "")[1])
        form.below(self.password, self._judged)
        self.again = form.text("Password &again", secret=True)
        self._show = form.tick("&Show the passwords")
        self._show.toggled.connect(self._reveal)
        self.password.textChanged.connect(self._judge)
        self.user.textChanged.connect(self._judge)
        self._go = primary("&Create the school's records", self._submit)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self._go)
        first = QWidget()
        column = QVBoxLayout(first)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(8))
        column.addWidget(title("Set up Schoolgate"))
        column.addWidget(
            body("This makes an encrypted store on this computer. Nothing is sent anywhere. It takes about a minute.")
        )
        column.addWidget(self._banner)
        column.addSpacing(px(8))
        column.addWidget(form)
        column.addStretch(1)
        column.addLayout(foot)
        self.key = RecoveryKeyPage()
        self.key.confirmed.connect(self._finish)
        self._first = first
        self.key.hide()
        panel = QFrame()
        panel.setProperty("part", "card")
        panel.setFixedWidth(px(560))
        inside = QVBoxLayout(panel)
        inside.setContentsMargins(px(32), px(28), px(32), px(24))
        inside.addWidget(first)
        inside.addWidget(self.key)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolled(centred(panel)))

    def problem(self, sentence: str) -> None:
        """Say why it could not be made."""
        self.busy(False)
        self._banner.problem(sentence)

    def busy(self, on: bool) -> None:
        """While the records are being made."""
        self._form.setEnabled(not on)
        self._go.setEnabled(not on)

    def show_key(self, key: str) -> None:
        """The second step."""
        for secret in (self.password, self.again):
            secret.clear()
        self.busy(False)
        self.key.show_key(key)
        self._first.hide()
        self.key.show()
        self.key.setFocus()

    def _judge(self) -> None:
        score, sentence = self._strength(self.password.text(), self.user.text().strip())
        self._judged.setText(sentence)
        self._judged.set_tone("" if not self.password.text() else "good" if score >= 3 else "warn" if score else "stop")

    def _reveal(self, on: bool) -> None:
        reveal(self.password, on)
        reveal(self.again, on)

    def _submit(self) -> None:
        form = self._form
        form.clear_faults()
        for empty, sentence in (
            (self.school, "Enter the school's name."),
            (self.name, "Enter your name."),
            (self.user, "Enter a user name, such as your initials."),
        ):
            if not empty.text().strip():
                form.fault(empty, sentence)
        if self._strength(self.password.text(), self.user.text().strip())[0] < 1:
            form.fault(self.password, f"Choose a password of at least {LEAST} characters.")
        elif self.password.text() != self.again.text():
            form.fault(self.again, "The two passwords differ. Type the same one twice.")
        if form.has_faults:
            return
        self._banner.hide()
        self.busy(True)
        said = (self.school.text().strip(), self.name.text().strip(), self.user.text().strip())
        self.submitted.emit(NewSchool(*said, self.password.text()))

    def _finish(self) -> None:
        self.key.forget()
        self.finished.emit()


def scrolled(inner: QWidget) -> QWidget:
    """Scrolls where the window is too small."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(inner)
    return area

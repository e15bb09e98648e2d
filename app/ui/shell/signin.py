"""The sign-in page, which is also the lock screen. It knows nothing of accounts: it hands over what was typed.

page = SignInPage()
page.submitted.connect(self.try_sign_in)         # user name, password
page.problem("The user name and password do not match. Try again.")
page.lock_for("j.holt", "Jane Holt")             # as the lock screen: the password alone
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.ui.parts.banner import Banner
from app.ui.parts.buttons import plain, primary
from app.ui.parts.form import Form
from app.ui.parts.glyph import Glyph
from app.ui.parts.text import quiet, title
from app.ui.theme.current import theme


def reveal(field: QLineEdit, show: bool) -> None:
    """Show or hide what was typed as a password."""
    field.setEchoMode(QLineEdit.EchoMode.Normal if show else QLineEdit.EchoMode.Password)


def centred(panel: QWidget) -> QWidget:
    """A panel in the middle of the window."""
    holder = QWidget()
    holder.setProperty("ground", "page")
    holder.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    across = QHBoxLayout(holder)
    across.addStretch(1)
    down = QVBoxLayout()
    down.addStretch(2)
    down.addWidget(panel)
    down.addStretch(3)
    across.addLayout(down)
    across.addStretch(1)
    return holder


class SignInPage(QWidget):
    """User name, password, and what went wrong."""

    submitted = Signal(str, str)
    """User name and password as typed. Answer with `problem`, or show the desk."""
    someone_else = Signal()
    """On the lock screen: another person wants to sign in."""

    def __init__(self) -> None:
        super().__init__()
        px = theme().px
        self._title, self._about = title("Sign in"), quiet()
        self._banner = Banner(dismissable=False)
        form = Form()
        self.user = form.text("&User name")
        self.password = form.text("&Password", secret=True)
        self._form = form
        self._show = form.tick("&Show the password")
        self._show.toggled.connect(lambda on: reveal(self.password, on))
        self._go = primary("S&ign in", self._submit)
        self._other = plain("Sign in as someone &else", self.someone_else.emit)
        foot = QHBoxLayout()
        foot.addWidget(self._other)
        foot.addStretch(1)
        foot.addWidget(self._go)
        panel = QFrame()
        panel.setProperty("part", "card")
        self._panel = panel
        self._fit()
        theme().changed.connect(self._fit)
        column = QVBoxLayout(panel)
        column.setContentsMargins(px(32), px(28), px(32), px(24))
        column.setSpacing(px(8))
        column.addWidget(Glyph("school", "accent", 32))
        column.addWidget(self._title)
        column.addWidget(self._about)
        column.addWidget(self._banner)
        column.addSpacing(px(8))
        column.addWidget(form)
        column.addSpacing(px(8))
        column.addLayout(foot)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(centred(panel))
        self.user.returnPressed.connect(self.password.setFocus)
        self.password.returnPressed.connect(self._submit)
        self._user_name = ""
        self.fresh("")

    def _fit(self) -> None:
        self._panel.setFixedWidth(theme().px(420))

    def fresh(self, school: str) -> None:
        """As the first page: both fields empty."""
        self._user_name = ""
        self._title.setText("Sign in")
        self._about.setText(school or "Schoolgate")
        self._lay_out(locked=False)
        self.user.clear()
        self.user.setFocus()

    def lock_for(self, user: str, name: str) -> None:
        """As the lock screen of a person who is signed in."""
        self._user_name = user
        self._title.setText("Locked")
        self._about.setText(f"{name} is signed in. Enter your password to go on where you were.")
        self._lay_out(locked=True)
        self.password.setFocus()

    def problem(self, sentence: str) -> None:
        """Say why not, empty the password and go to it."""
        self.busy(False)
        self._banner.problem(sentence)
        self.password.clear()
        self.password.setFocus()

    def busy(self, on: bool) -> None:
        """While the password is being checked."""
        for piece in (self.user, self.password, self._go, self._other):
            piece.setEnabled(not on)
        self._go.setText("Checking" if on else "S&ign in")

    def _lay_out(self, *, locked: bool) -> None:
        self.busy(False)
        self._form.show_field(self.user, not locked)
        self._other.setVisible(locked)
        self._show.setChecked(False)
        self.password.clear()
        self._banner.hide()

    def _submit(self) -> None:
        user = self._user_name or self.user.text().strip()
        self._form.clear_faults()
        if not user:
            self._form.fault(self.user, "Enter your user name.")
        if not self.password.text():
            self._form.fault(self.password, "Enter your password.")
        if not self._form.has_faults:
            self._banner.hide()
            self.submitted.emit(user, self.password.text())

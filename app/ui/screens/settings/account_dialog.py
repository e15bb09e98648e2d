"""Let another person sign in: name, user name, role, first password (H5)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from app.domain.problems import Problem
from app.domain.roles import Role
from app.ui.parts.arrange import STRETCH, row, scrolling
from app.ui.parts.banner import Banner
from app.ui.parts.buttons import primary, secondary
from app.ui.parts.form import Form
from app.ui.parts.text import body, caption, section
from app.ui.screens.settings.presenter import ROLES
from app.ui.shell.setup import LEAST, plain_strength
from app.ui.shell.signin import reveal
from app.ui.theme.current import theme
from app.ui.theme.spacing import BETWEEN, PAGE, WITHIN

_SEES: dict[Role, str] = {
    Role.OFFICE: "Sees the register, permissions and links, and matters that were passed on. Does not review.",
    Role.SLT: "Reviews findings, gives verdicts, opens cases, reads the looked-after record.",
    Role.SAFEGUARDING: "As a senior leader, and reads what is referred as a sign of harm.",
    Role.HEADTEACHER: "Everything: decides cases, reads the activity, lets others sign in.",
}


@dataclass(frozen=True, slots=True)
class NewAccount:
    """What was entered. The password is not shown where this is printed."""

    login: str
    name: str
    role: Role
    password: str = field(repr=False)


class AccountDialog(QDialog):
    """Stays open, and says why, where the account cannot be made."""

    def __init__(self, parent: QWidget | None, make: Callable[[NewAccount], object]) -> None:
        super().__init__(parent)
        self._make = make
        self.setWindowTitle("Schoolgate")
        self.setAccessibleName("Let another person sign in")
        self.setModal(True)
        px = theme().px
        self.setMinimumWidth(px(500))
        self._banner = Banner(dismissable=False)
        self._form = form = Form()
        self.name = form.text("&Name", hint="As colleagues know them: Mrs Holt.")
        self.user = form.text("&User name", hint="What they sign in with.")
        self.role = form.choice("&Role", ROLES, Role.OFFICE.value)
        self._sees = caption(_SEES[Role.OFFICE])
        form.below(self.role, self._sees)
        self.password = form.text("First &password", secret=True, hint="Give it to them in person.")
        self._judged = caption(plain_strength("", "")[1])
        form.below(self.password, self._judged)
        self.again = form.text("Password &again", secret=True)
        show = form.tick("&Show the passwords")
        show.toggled.connect(self._reveal)
        self.role.currentIndexChanged.connect(lambda _at: self._sees.setText(_SEES[Role(self.role.currentData())]))
        self.password.textChanged.connect(lambda words: self._judged.setText(plain_strength(words, "")[1]))
        self.go = primary("Add a&ccount", self._accept)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(px(PAGE), px(PAGE), px(PAGE), px(BETWEEN))
        whole.setSpacing(px(WITHIN))
        whole.addWidget(section("Let another person sign in"))
        whole.addWidget(body("Their work stands under their own name in the record."))
        whole.addWidget(self._banner)
        whole.addWidget(scrolling(form, margin=0))
        whole.addWidget(row(STRETCH, secondary("&Keep as it is", self.reject), self.go))
        self.resize(px(540), px(640))
        self.name.setFocus()

    def _reveal(self, on: bool) -> None:
        for secret in (self.password, self.again):
            reveal(secret, on)

    def entered(self) -> NewAccount:
        """What stands in the fields."""
        login, name = self.user.text().strip(), self.name.text().strip()
        return NewAccount(login, name, Role(self.role.currentData()), self.password.text())

    def _accept(self) -> None:
        form, said = self._form, self.entered()
        form.clear_faults()
        self._banner.dismiss()
        if not said.name:
            form.fault(self.name, "Enter the person's name.")
        if not said.login:
            form.fault(self.user, "Enter a user name, such as their initials.")
        if plain_strength(said.password, said.login)[0] < 1:
            form.fault(self.password, f"Choose a password of at least {LEAST} characters.")
        elif said.password != self.again.text():
            form.fault(self.again, "The two passwords differ. Type the same one twice.")
        if form.has_faults:
            return
        try:
            self._make(said)
        except Problem as problem:
            self._banner.problem(problem)
            return
        self.accept()

"""Who can sign in, for the headteacher: add an account, end one."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QSizePolicy

from app.domain.problems import Problem
from app.domain.words import day_words
from app.services.accounts import AccountLine
from app.ui.parts.banner import Banner
from app.ui.parts.buttons import danger, secondary
from app.ui.parts.card import Card
from app.ui.parts.chip import Chip, Tone
from app.ui.parts.columns import Column
from app.ui.parts.confirm import confirm
from app.ui.parts.table import Table
from app.ui.screens.settings.account_dialog import AccountDialog, NewAccount
from app.ui.screens.settings.presenter import SettingsPresenter
from app.ui.theme.current import theme


class AccountsCard(Card):
    """Ended accounts stay in the list: their past stays in the record."""

    done = Signal(str)
    """What was done, without a name."""

    def __init__(self, presenter: SettingsPresenter) -> None:
        self._presenter = presenter
        self.banner = Banner()
        self.table: Table[AccountLine] = Table(
            "People who sign in",
            (
                Column("Name", text=lambda line: line.name, strong=True, stretch=True, least=140),
                Column("User name", text=lambda line: line.login, width=110),
                Column("Role", text=lambda line: line.role.words, width=120),
                Column(
                    "Since",
                    text=lambda line: day_words(line.created_at.date()),
                    sort=lambda line: line.created_at,
                    quiet=True,
                    spare=True,
                    width=130,
                ),
                Column("State", text=lambda line: _state(line).word, chip=_state, spare=True, width=100),
            ),
            key=lambda line: line.id,
        )
        self.end_button = danger("&End account", self.end)
        self.add_button = secondary("A&dd an account", self.add, icon="add")
        super().__init__("People who sign in", self.banner, self.table, actions=[self.end_button, self.add_button])
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.table.on_chosen(self._chosen)

    def refresh(self) -> None:
        """Read the accounts again."""
        rows = self._presenter.accounts()
        self.table.set_rows(rows)
        look = theme()
        head = self.table.horizontalHeader().sizeHint().height()
        shown = max(2, min(len(rows), 10))
        self.table.setFixedHeight(head + shown * look.row_height + 2 * self.table.frameWidth() + look.px(4))
        self._chosen(self.table.current())

    def add(self) -> None:
        """Ask who, and make the account."""
        dialog = AccountDialog(self, self._make)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self.refresh()
            self.done.emit("Account added.")
        dialog.deleteLater()

    def end(self) -> None:
        """Stop the chosen person from signing in."""
        line = self.table.current()
        if line is None or not confirm(
            self,
            "End this account?",
            "The person can no longer sign in. What they did stays on record under their name.",
            "&End account",
            danger=True,
        ):
            return
        try:
            self._presenter.end(line.id, self)
        except Problem as problem:
            self.banner.problem(problem)
            return
        self.banner.dismiss()
        self.refresh()
        self.table.setFocus()
        self.done.emit("Account ended.")

    def _make(self, said: NewAccount) -> None:
        self._presenter.add(said.login, said.name, said.role, said.password, self)

    def _chosen(self, line: AccountLine | None) -> None:
        self.end_button.setEnabled(line is not None and line.active and not self._presenter.is_own(line))


def _state(line: AccountLine) -> Chip:
    return Chip("allowed", "Can sign in", Tone.GOOD) if line.active else Chip("removed", "Ended", Tone.QUIET)

"""Settings: the look, for everyone; the school's details and the accounts, for the headteacher."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.domain.problems import Problem
from app.services.office import Office
from app.services.permissions import SetAudiences
from app.services.school_details import Details
from app.ui.parts.arrange import scrolling
from app.ui.parts.confirm import confirm
from app.ui.parts.header import PageHeader
from app.ui.screens.settings.accounts_card import AccountsCard
from app.ui.screens.settings.audiences_card import AudiencesCard
from app.ui.screens.settings.folder_card import FolderCard
from app.ui.screens.settings.look_card import LookCard
from app.ui.screens.settings.presenter import SettingsPresenter
from app.ui.screens.settings.school_card import SchoolCard
from app.ui.screens.settings.words_card import WordsCard
from app.ui.shell.area import Screen, Shell
from app.ui.theme.choice import Look


class SettingsScreen(Screen):
    """One page, a card for each."""

    def __init__(self, shell: Shell, office: Office) -> None:
        super().__init__(shell, "Settings", "settings")
        self.presenter = SettingsPresenter(office)
        self.look = LookCard(Look.kept(shell.settings))
        self.look.chosen.connect(self._look)
        self.accounts = AccountsCard(self.presenter) if self.presenter.may_see_accounts else None
        self.school = SchoolCard() if self.presenter.may_set_school else None
        self.audiences = AudiencesCard(office) if office.may(SetAudiences) else None
        self.words = WordsCard() if self.presenter.may_see_words else None
        self.folder = FolderCard() if self.presenter.may_set_folder else None
        if self.folder is not None:
            self.folder.chosen.connect(self._watch)
        if self.words is not None:
            self.words.wanted.connect(lambda: self.shell.open_record("words", ""))
        if self.accounts is not None:
            self.accounts.done.connect(self.shell.done)
        if self.school is not None:
            self.school.saved.connect(self._save)
        if self.audiences is not None:
            self.audiences.done.connect(self.shell.done)
        self.page = scrolling(
            PageHeader("Settings"), self.look, self.words, self.folder, self.accounts, self.audiences, self.school
        )
        self.set_content(self.page)

    def refresh(self) -> None:
        """Read again what stands; what is being entered is not overwritten."""
        if self.folder is not None:
            self.folder.show_folder(self.presenter.folder())
        if self.accounts is not None:
            self.accounts.refresh()
        if self.audiences is not None:
            self.audiences.refresh()
        if self.school is not None and not self.school.is_changed:
            self.school.show_details(self.presenter.details())

    def on_changes(self, changes: frozenset[str], initiator: object) -> None:
        """An account or the school's details changed."""
        if changes & {"accounts", "school"} and initiator is not self.accounts:
            self.refresh_when_seen()

    def look_through(self, lens: str) -> None:
        """Go to the accounts."""
        if lens == "accounts" and self.accounts is not None:
            self.accounts.add_button.setFocus(Qt.FocusReason.OtherFocusReason)
            self.page.ensureWidgetVisible(self.accounts)

    def may_close(self) -> bool:
        """Details that were entered are asked about."""
        return (
            self.school is None
            or not self.school.is_changed
            or confirm(
                self,
                "Leave without saving?",
                "The school's details that you entered are not saved yet and will be lost.",
                "&Leave it",
                danger=True,
            )
        )

    def _look(self, look: Look) -> None:
        look.keep(self.shell.settings)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            look.put_on(app)
        self.shell.renew()

    def _watch(self, folder: str) -> None:
        assert self.folder is not None
        try:
            self.presenter.watch(folder, self)
        except Problem as problem:
            self.folder.banner.problem(problem)
            return
        self.folder.banner.dismiss()
        self.folder.show_folder(self.presenter.folder())
        self.shell.done("The folder is watched." if folder else "No folder is watched any more.")

    def _save(self, said: Details) -> None:
        assert self.school is not None
        try:
            self.presenter.save(said, self)
        except Problem as problem:
            self.school.banner.problem(problem)
            return
        self.school.show_details(self.presenter.details())
        self.shell.done("The school's details are saved.")

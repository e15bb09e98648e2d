"""How the settings in ClassDojo were found this term, against what the school expects (H5, P4, M1)."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.problems import Problem
from app.domain.words import day_words
from app.services.attestations import AttestSetting, SettingLine, SettingsAttested
from app.services.office import Office
from app.ui.parts.arrange import page
from app.ui.parts.asking import Asking, asked
from app.ui.parts.banner import Banner
from app.ui.parts.buttons import primary
from app.ui.parts.chip import Chip, Tone
from app.ui.parts.columns import Column
from app.ui.parts.header import PageHeader
from app.ui.parts.listing import Listing
from app.ui.parts.table import Table
from app.ui.shell.area import Shell


class FoundSettingDialog(Asking):
    """How one setting was found."""

    def __init__(self, parent: QWidget | None, line: SettingLine) -> None:
        setting = line.setting
        super().__init__(
            parent,
            f"{setting.name}: how did you find it?",
            f"Look in ClassDojo under {setting.where}. The school expects: {setting.expected}. "
            "Your name and the day stand beside what you state.",
            "&State it",
            keep="&Not now",
        )
        self._found = self.form.text("&Found", setting.expected, hint="As it was when you looked.")
        self._found.selectAll()

    def judge(self) -> None:
        """Something must be said."""
        if not self.found:
            self.form.fault(self._found, "Say how you found it, also where it is as expected.")

    @property
    def found(self) -> str:
        """What was found."""
        return self._found.text().strip()


class SettingsPage(QWidget):
    """Every setting to look up, with what was found."""

    def __init__(self, shell: Shell, office: Office) -> None:
        super().__init__()
        self._shell, self._office = shell, office
        self.state_button = primary("&State what you found", lambda: self.state(self.table.current()))
        self.header = PageHeader("Settings in ClassDojo", actions=[self.state_button])
        self.banner = Banner()
        self.table: Table[SettingLine] = Table(
            "Settings to look up in ClassDojo",
            (
                Column("Setting", text=lambda line: line.setting.name, strong=True, stretch=True, least=260),
                Column("Where", text=lambda line: line.setting.where, quiet=True, spare=True, width=250),
                Column("Expected", text=lambda line: line.setting.expected, width=90),
                Column("Found this term", text=lambda line: _chip(line).word, chip=_chip, width=190),
                Column("Stated", text=_stated, quiet=True, spare=True, width=230),
            ),
            key=lambda line: line.setting.code,
            empty=("monitoring", "There is no setting to look up."),
        )
        self.table.on_opened(self.state)
        self.listing = Listing(self.table, "setting", "settings", inset=False)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(page(self.header, self.banner, self.listing))

    def refresh(self) -> None:
        """Read again what was found."""
        shown = self._office.ask(SettingsAttested())
        when = f"{shown.term}." if shown.term else "There are no terms in Settings yet, so nothing counts for a term."
        waiting = f"{shown.waiting} of {len(shown.lines)} not looked up yet." if shown.waiting else "All looked up."
        self.header.say(subtitle=f"Looked up and stated by a named person once a term. {when} {waiting}")
        self.table.set_rows(shown.lines, choose_first=True)
        self.state_button.setEnabled(bool(shown.lines))

    def state(self, line: SettingLine | None) -> None:
        """State how a setting was found."""
        if line is None:
            return
        dialog = FoundSettingDialog(self, line)
        if asked(dialog):
            try:
                self._office.perform(AttestSetting(line.setting.code, dialog.found), self)
            except Problem as problem:
                self.banner.problem(problem)
            else:
                self.banner.dismiss()
                self._shell.done("Stated.")
                self.refresh()
        dialog.deleteLater()


def _chip(line: SettingLine) -> Chip:
    if line.now is None:
        return Chip("due", "Not looked up yet", Tone.WARN)
    if line.now.agrees:
        return Chip("good", line.now.found, Tone.GOOD)
    return Chip("warn", line.now.found, Tone.STOP)


def _stated(line: SettingLine) -> str:
    last = line.now or (line.earlier[0] if line.earlier else None)
    return f"{last.by}, {day_words(last.at.date())}" if last is not None else "Never"

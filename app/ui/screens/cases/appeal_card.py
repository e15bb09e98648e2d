"""The appeal against a case's decision, letting an adult back, and whether the case is a data breach (M2, K2)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.appeals import AppealOutcome
from app.domain.breach import Outcome
from app.domain.problems import Problem
from app.domain.words import day_words, moment_words
from app.services.appeals import AppealOf, AppealShown, DecideAppeal, RecordAppeal, Reinstate
from app.services.cases import CaseFile
from app.services.data_breaches import RISKS, BreachLine, DataBreaches, DecideBreach, RecordBreach
from app.services.door import Command
from app.services.office import Office
from app.ui.parts.arrange import clear, wrapping
from app.ui.parts.asking import Asking, asked
from app.ui.parts.buttons import secondary
from app.ui.parts.card import Card
from app.ui.parts.confirm import ask_reason
from app.ui.parts.form import day_of
from app.ui.parts.text import body, quiet
from app.ui.theme.current import theme
from app.ui.theme.spacing import BETWEEN


class AppealDialog(Asking):
    """The day on which the appeal came."""

    def __init__(self, parent: QWidget | None, shown: AppealShown, today: date) -> None:
        last = f" The last day for it is {day_words(shown.last_day)}." if shown.last_day else ""
        super().__init__(
            parent,
            "Note an appeal?",
            f"A decision is appealed once, and somebody else than the headteacher hears it.{last}",
            "&Note the appeal",
            keep="&Not now",
        )
        self._on = self.form.date("&Received on", today)

    @property
    def on(self) -> date:
        """The day."""
        return day_of(self._on)


class HearingDialog(Asking):
    """Who heard the appeal, and what they decided."""

    def __init__(self, parent: QWidget | None, decided: Outcome, today: date) -> None:
        super().__init__(
            parent,
            "What became of the appeal?",
            "Record what the person who heard it decided. The first decision stays on record either way.",
            "&Record it",
            keep="&Not now",
        )
        self._by = self.form.text("&Heard by", hint="Such as the chair of governors. Not the person who decided.")
        self._outcome = self.form.choice("&Outcome", [(one, one.words) for one in AppealOutcome])
        ladder = list(Outcome)
        milder = ladder[: ladder.index(decided)]
        self._milder = self.form.choice("&Instead", [(one, one.words) for one in reversed(milder)])
        self._reasons = self.form.passage("&Reasons")
        self._on = self.form.date("&Decided on", today)
        self._outcome.currentIndexChanged.connect(self._fit)
        self._fit()

    def judge(self) -> None:
        """A name and reasons."""
        if not self._by.text().strip():
            self.form.fault(self._by, "Name the person who heard the appeal.")
        if not self._reasons.toPlainText().strip():
            self.form.fault(self._reasons, "Write the reasons: the family is told them.")

    def command(self, case_id: int) -> DecideAppeal:
        """What was entered."""
        outcome = AppealOutcome(self._outcome.currentData())
        eased = outcome is AppealOutcome.EASED and self._milder.currentData() is not None
        milder = Outcome(self._milder.currentData()) if eased else None
        return DecideAppeal(case_id, outcome, self._by.text(), self._reasons.toPlainText(), day_of(self._on), milder)

    def _fit(self) -> None:
        self.form.show_field(self._milder, self._outcome.currentData() is AppealOutcome.EASED)


class BreachDialog(Asking):
    """A personal data breach: when the school became aware, and what happened."""

    def __init__(self, parent: QWidget | None, today: date, now: time, zone: str) -> None:
        super().__init__(
            parent,
            "Is this also a personal data breach?",
            "Every breach is recorded. Where a risk to people is likely, the ICO is told within 72 hours of the moment "
            "the school became aware.",
            "&Enter it in the register",
            keep="&No, it is not",
        )
        self._zone = zone
        self._on = self.form.date("The school became a&ware on", today)
        self._at = self.form.text("&At", f"{now:%H:%M}", hint="By the school's clock, such as 14:30.")
        self._words = self.form.passage("&What happened", hint="Whose data, how many people, how.")

    def judge(self) -> None:
        """A time and words."""
        try:
            time.fromisoformat(self._at.text().strip())
        except ValueError:
            self.form.fault(self._at, "Enter the time as hours and minutes, such as 14:30.")
        if not self._words.toPlainText().strip():
            self.form.fault(self._words, "Say in a sentence what happened.")

    def command(self, case_id: int | None) -> RecordBreach:
        """What was entered."""
        at = time.fromisoformat(self._at.text().strip())
        aware = datetime.combine(day_of(self._on), at, ZoneInfo(self._zone))
        return RecordBreach(aware, self._words.toPlainText(), case_id)


class RiskDialog(Asking):
    """The headteacher's decision to report or not."""

    def __init__(self, parent: QWidget | None, line: BreachLine, zone: str) -> None:
        super().__init__(
            parent,
            "Report this breach to the ICO?",
            f"72 hours end {moment_words(line.due_at, zone)}. Your reasons stay in the register either way.",
            "&Decide",
            keep="&Not yet",
        )
        self._risk = self.form.choice("&Risk to people", list(RISKS.items()))
        self._reported = self.form.tick("It is &reported to the ICO")
        self._reasons = self.form.passage("Rea&sons")

    def judge(self) -> None:
        """Reasons, and a high risk is reported."""
        if not self._reasons.toPlainText().strip():
            self.form.fault(self._reasons, "Write the reasons. The ICO may ask for them.")
        if self._risk.currentData() == "high" and not self._reported.isChecked():
            self.form.fault(self._risk, "A high risk is always reported. Tick that, or judge the risk again.")

    def command(self, breach_id: int) -> DecideBreach:
        """What was entered."""
        return DecideBreach(
            breach_id, str(self._risk.currentData()), self._reported.isChecked(), self._reasons.toPlainText()
        )


class AfterDecision(QWidget):
    """What can follow a decision: an appeal, letting the adult back, the data breach register."""

    did = Signal(str)
    """Something was recorded: the words for the notice."""
    failed = Signal(object)
    """A `Problem`."""

    def __init__(self, office: Office) -> None:
        super().__init__()
        self._office = office
        self._file: CaseFile | None = None
        self._today, self._zone = date.min, "Europe/London"
        self._down = QVBoxLayout(self)
        self._down.setContentsMargins(0, 0, 0, 0)
        self._down.setSpacing(theme().px(BETWEEN))

    def show_case(self, file: CaseFile, today: date, zone: str) -> None:
        """Show what stands and what can be done."""
        self._file, self._today, self._zone = file, today, zone
        clear(self._down)
        if file.decisions:
            self._down.addWidget(self._appeal(self._office.ask(AppealOf(file.line.id))))
        self._down.addWidget(self._breach())

    def _appeal(self, shown: AppealShown) -> Card:
        assert self._file is not None
        pieces: list[QWidget] = [body(_appeal_words(shown))]
        buttons: list[QWidget] = []
        if shown.received_on is None and self._office.may(RecordAppeal):
            buttons.append(secondary("An appeal has &come", lambda: self._note_appeal(shown)))
        if shown.received_on is not None and shown.outcome is None and self._office.may(DecideAppeal):
            buttons.append(secondary("Record its o&utcome", self._hear))
        if shown.suspended and self._office.may(Reinstate):
            buttons.append(secondary("&Let the adult back", self._reinstate))
        return Card("Appeal", *pieces, *((wrapping(*buttons),) if buttons else ()))

    def _breach(self) -> Card:
        assert self._file is not None
        line = next((one for one in self._office.ask(DataBreaches()) if one.case_id == self._file.line.id), None)
        if line is None:
            button = secondary("Enter as a data breac&h", self._note_breach)
            return Card("Personal data breach", quiet("Not in the register."), wrapping(button))
        pieces: list[QWidget] = [body(_breach_words(line, self._zone))]
        if line.decided_at is None and self._office.may(DecideBreach):
            pieces.append(wrapping(secondary("Decide whether to repor&t", lambda: self._judge(line))))
        return Card("Personal data breach", *pieces)

    def _note_appeal(self, shown: AppealShown) -> None:
        assert self._file is not None
        case = self._file.line.id
        dialog = AppealDialog(self, shown, self._today)
        self._send(dialog, lambda: RecordAppeal(case, dialog.on), "Noted.")

    def _hear(self) -> None:
        assert self._file is not None
        case = self._file.line.id
        standing = next(one for one in reversed(self._file.decisions) if one.standing)
        dialog = HearingDialog(self, standing.outcome, self._today)
        self._send(dialog, lambda: dialog.command(case), "Recorded.")

    def _reinstate(self) -> None:
        assert self._file is not None
        why = ask_reason(
            self,
            "Let this adult back?",
            "Their suspended links are in force again at once. Do the same in ClassDojo.",
            "&Let them back",
        )
        if why is not None:
            self._perform(Reinstate(self._file.line.id, why), "Let back. Do the same in ClassDojo.")

    def _note_breach(self) -> None:
        assert self._file is not None
        case = self._file.line.id
        now = self._office.clock().astimezone(ZoneInfo(self._zone)).time()
        dialog = BreachDialog(self, self._today, now, self._zone)
        self._send(dialog, lambda: dialog.command(case), "Entered in the register.")

    def _judge(self, line: BreachLine) -> None:
        dialog = RiskDialog(self, line, self._zone)
        self._send(dialog, lambda: dialog.command(line.id), "Decided.")

    def _send(self, dialog: Asking, command: Callable[[], Command[object]], told: str) -> None:
        if asked(dialog):
            self._perform(command(), told)
        dialog.deleteLater()

    def _perform(self, command: Command[object], told: str) -> None:
        try:
            self._office.perform(command, self)
        except Problem as problem:
            self.failed.emit(problem)
            return
        self.did.emit(told)


def _appeal_words(shown: AppealShown) -> str:
    if shown.outcome is not None and shown.decided_on is not None:
        return f"{shown.outcome.words}. Heard by {shown.heard_by}, {day_words(shown.decided_on)}."
    if shown.received_on is not None:
        return f"An appeal came on {day_words(shown.received_on)}. Somebody else than the headteacher hears it."
    return f"None. The family can appeal until {day_words(shown.last_day)}." if shown.last_day else "None."


def _breach_words(line: BreachLine, zone: str) -> str:
    aware = f"In the register. The school became aware {moment_words(line.aware_at, zone)}."
    if line.decided_at is None:
        hours = int(line.left.total_seconds() // 3600)
        left = f"{hours} hours are left to decide." if hours >= 0 else "72 hours are over, and nobody has decided."
        return f"{aware} {left}"
    told = "Reported to the ICO." if line.reported else "Not reported, with reasons."
    return f"{aware} {told} Decided by {line.decided_by}."

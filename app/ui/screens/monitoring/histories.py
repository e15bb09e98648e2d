"""Message histories asked for from ClassDojo: asked, received with the file's digest, read (M1, T2)."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from app.domain.problems import Problem
from app.domain.ticket import Ticket
from app.domain.words import day_words
from app.services.door import Command
from app.services.histories import USUAL, AskForHistory, Histories, HistoryLine, ReceiveHistory, ReviewHistory
from app.services.office import Office
from app.services.school import School
from app.ui.parts.arrange import STRETCH, page, row
from app.ui.parts.asking import Asking, asked
from app.ui.parts.banner import Banner
from app.ui.parts.buttons import primary, secondary
from app.ui.parts.chip import Chip, Tone
from app.ui.parts.columns import Column
from app.ui.parts.confirm import ask_reason
from app.ui.parts.form import day_of
from app.ui.parts.header import PageHeader
from app.ui.parts.listing import Listing
from app.ui.parts.table import Table
from app.ui.shell.area import Shell

_ABOUT = (
    "A leader can ask ClassDojo for a conversation's whole history; messages a teacher removed stand in it still. "
    "Bring the file in under Bring in, and note here when it came and who read it."
)
_PART = 1 << 20


def digest_of(file: Path, ticket: Ticket) -> str:
    """The SHA-256 of a file's bytes. Raises `Problem` where it cannot be read."""
    sum_ = hashlib.sha256()
    try:
        with file.open("rb") as opened:
            while part := opened.read(_PART):
                ticket.tick(0, 0, "")
                sum_.update(part)
    except OSError as fault:
        raise Problem("The file cannot be read. Close it in other programs, or copy it and choose the copy.") from fault
    return sum_.hexdigest()


class HistoryDialog(Asking):
    """What was asked for, and when the answer is due."""

    def __init__(self, parent: QWidget | None, today: date) -> None:
        super().__init__(
            parent,
            "Note a request to ClassDojo",
            "Say which conversation or class, and which days. Use a reference, not a child's full name.",
            "&Note the request",
            keep="&Not now",
        )
        self._words = self.form.passage("&What you asked for", lines=3)
        self._asked = self.form.date("&Asked on", today)
        self._due = self.form.date("Answer &due by", today + USUAL)

    def judge(self) -> None:
        """Words, and a due day that follows."""
        if not self._words.toPlainText().strip():
            self.form.fault(self._words, "Write what you asked for: whose messages, and of which days.")
        if day_of(self._due) < day_of(self._asked):
            self.form.fault(self._due, "The answer is due before it was asked for. Check the two dates.")

    @property
    def command(self) -> AskForHistory:
        """What was entered."""
        return AskForHistory(self._words.toPlainText(), day_of(self._asked), day_of(self._due))


class HistoriesPage(QWidget):
    """Every request, what waits first."""

    def __init__(self, shell: Shell, office: Office) -> None:
        super().__init__()
        self._shell, self._office = shell, office
        self.ask_button = primary("Note a re&quest", self.ask, icon="add")
        self.receive_button = secondary("It has &come", self.receive)
        self.review_button = secondary("It was r&ead", self.review)
        self.header = PageHeader("Message histories", _ABOUT, actions=[self.ask_button])
        self.banner = Banner()
        self.table: Table[HistoryLine] = Table(
            "Message histories asked for",
            (
                Column("Asked for", text=lambda line: line.words, strong=True, stretch=True, least=220),
                Column("Asked", text=lambda line: day_words(line.asked_on), quiet=True, spare=True, width=130),
                Column("Due", text=lambda line: day_words(line.due_on), quiet=True, width=130),
                Column("State", text=lambda line: _chip(line).word, chip=_chip, width=140),
                Column("Read by", text=lambda line: line.reviewed_by or "–", quiet=True, spare=True, width=150),
                Column("Digest of the file", text=_digest, tip=lambda line: line.sha256 or "", quiet=True, spare=True,
                       width=120),
            ),
            key=lambda line: line.id,
            empty=("monitoring", "No history was asked for yet. Note a request on the day you make it."),
        )  # fmt: skip
        self.table.on_chosen(self._chosen)
        self.table.on_opened(lambda line: self.receive() if line.received_on is None else self.review())
        self.listing = Listing(self.table, "request", "requests", inset=False)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(
            page(self.header, self.banner, self.listing, row(STRETCH, self.receive_button, self.review_button))
        )

    def refresh(self) -> None:
        """Read the requests again."""
        self.table.set_rows(self._office.ask(Histories()), choose_first=True)
        self._chosen(self.table.current())

    def ask(self) -> None:
        """Note a request."""
        dialog = HistoryDialog(self, self._office.ask(School()).today)
        if asked(dialog):
            self._do(dialog.command, "Noted.")
        dialog.deleteLater()

    def receive(self) -> None:
        """Choose the file that came; its digest is noted, not the file."""
        line = self.table.current()
        if line is None or line.received_on is not None:
            return
        place, _ = QFileDialog.getOpenFileName(self, "Choose the history that came")
        if place:
            self.receive_file(line, Path(place))

    def receive_file(self, line: HistoryLine, file: Path) -> None:
        """Note that a history came."""

        def done(sha256: str) -> None:
            today = self._office.ask(School()).today
            self._do(ReceiveHistory(line.id, today, sha256), "Noted, with the file's digest.")

        self._shell.run(lambda ticket: digest_of(file, ticket), done, self.banner.problem, words="Reading the file")

    def review(self) -> None:
        """State that it was read, and what was found."""
        line = self.table.current()
        if line is None or line.state != "received":
            return
        said = ask_reason(
            self,
            "State that this history was read?",
            "Your name and the day go on record.",
            "&State it",
            label="What you &found",
        )
        if said is not None:
            self._do(ReviewHistory(line.id, said), "Stated.")

    def _do(self, command: Command[object], told: str) -> None:
        try:
            self._office.perform(command, self)
        except Problem as problem:
            self.refresh()
            self.banner.problem(problem)
            return
        self.banner.dismiss()
        self._shell.done(told)
        self.refresh()

    def _chosen(self, line: HistoryLine | None) -> None:
        self.receive_button.setEnabled(line is not None and line.received_on is None)
        self.review_button.setEnabled(line is not None and line.state == "received")


def _chip(line: HistoryLine) -> Chip:
    return {
        "overdue": Chip("late", "Overdue", Tone.STOP),
        "waiting": Chip("waiting", "Waiting", Tone.WARN),
        "received": Chip("info", "To be read", Tone.INFO),
        "reviewed": Chip("done", "Read", Tone.GOOD),
    }[line.state]


def _digest(line: HistoryLine) -> str:
    return f"{line.sha256[:12]}…" if line.sha256 else "–"

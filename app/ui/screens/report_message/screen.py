"""Report a message: paste it, drop an e-mail, a screenshot or a file; who wrote it, when, and who reports it (T2)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from app.domain.content import AuthorRole, Kind
from app.domain.problems import Problem
from app.domain.words import day_words
from app.services.office import Office
from app.services.reported import Reported
from app.ui.parts.arrange import STRETCH, clear, column, row, scrolling, tiles, wrapping
from app.ui.parts.banner import Banner
from app.ui.parts.buttons import icon_button, primary, secondary
from app.ui.parts.chip import Tone
from app.ui.parts.confirm import confirm
from app.ui.parts.form import Form
from app.ui.parts.header import PageHeader
from app.ui.parts.picture import png_of
from app.ui.parts.text import body, plain_tip, quiet, strong
from app.ui.screens.report_message.presenter import Entered, Fault, ReportPresenter
from app.ui.shell.area import Screen, Shell
from app.ui.theme.spacing import BETWEEN, PAGE, TIGHT

_ABOUT = "It goes to the senior leaders at once. You need not know everything: the words or a picture are enough."
_HARM = "Tell the safeguarding lead in person now: do not wait for the queue."
_ROLES = (
    (AuthorRole.UNKNOWN, "I am not sure"),
    (AuthorRole.PARENT, "A parent or guardian"),
    (AuthorRole.STAFF, "A member of staff"),
    (AuthorRole.PUPIL, "A pupil"),
)
_KINDS = (
    (Kind.MESSAGE, "A private message"),
    (Kind.COMMENT, "A comment under a post"),
    (Kind.CLASS_STORY, "A class post"),
    (Kind.SCHOOL_STORY, "A whole-school post"),
    (Kind.PORTFOLIO, "A portfolio entry"),
)


class ReportScreen(Screen):
    """One page, done in under a minute; everything but what was said and who reports it may stay empty."""

    def __init__(self, shell: Shell, office: Office) -> None:
        super().__init__(shell, "Report a message", "report_message")
        self.presenter = ReportPresenter(office)
        self._office = office
        self.header = PageHeader("Report a message", _ABOUT)
        self.banner = Banner()
        self._words, self._rest = Form(width=0), Form(width=0)
        self.text: QPlainTextEdit = self._words.passage("&What was said", lines=9, hint="Paste it as it stands.")
        self._files = QWidget()
        self._list = QVBoxLayout(self._files)
        self._list.setContentsMargins(0, 0, 0, 0)
        self.choose_button = secondary("&Add a screenshot or file", self.choose, icon="evidence")
        self.paste_button = secondary("Paste a &picture", self.paste_picture, icon="picture")
        self.why = self._words.text("What is wron&g with it", hint="If you wish.")
        self.author = self._rest.text("Who wrote &it", hint="As the service shows the name.")
        self.role = self._rest.choice("&They are", list(_ROLES))
        self.kind = self._rest.choice("&Kind", list(_KINDS))
        self.sent_day, self.sent_time = self._moment("&Day it was sent", "at")
        self.reporter = self._rest.text("Who &reports it", office.actor.name)
        self.reported_day, self.reported_time = self._moment("Da&y it was reported to you", "at")
        left = column(
            self._words,
            self._files,
            wrapping(self.choose_button, self.paste_button),
            quiet("You can also drop an e-mail (.eml), a screenshot or a file anywhere on this page."),
            STRETCH,
            gap=TIGHT,
        )
        across = tiles(left, column(self._rest, STRETCH), gap=PAGE, least=350)
        self.send_button = primary("&Send to the senior leaders", self.send)
        self.send_button.setToolTip(plain_tip("Ctrl+Enter"))
        self.leave_button = secondary("&Leave it", self._put_away)
        self.set_content(
            scrolling(self.header, self.banner, across, row(STRETCH, self.leave_button, self.send_button), gap=BETWEEN)
        )
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self).activated.connect(self.send)
        self.setAcceptDrops(True)
        self.begin_at = self.text

    def refresh(self) -> None:
        """Propose now as the time at which it was reported, where nothing stands there yet."""
        now = self.presenter.now
        if not self.reported_day.text():
            self.reported_day.setText(day_words(now.date()).split(" ", 1)[1])
            self.reported_time.setText(f"{now:%H:%M}")
        self._show_files()

    def add(self, paths: Sequence[Path]) -> None:
        """Take files that were dropped or chosen."""
        self._try(partial(self.presenter.add, paths))

    def choose(self) -> None:
        """Choose files from a window."""
        names, _ = QFileDialog.getOpenFileNames(self, "Choose a screenshot, an e-mail or a file")
        if names:
            self.add([Path(name) for name in names])

    def paste_picture(self) -> None:
        """Take a picture from the clipboard: a screenshot that was just made."""
        clipboard = QApplication.clipboard()
        image: QImage = clipboard.image()
        if image.isNull():
            self.banner.say(Tone.WARN, "There is no picture on the clipboard.", "Take a screenshot and try again.")
            return
        self._try(partial(self.presenter.add_picture, png_of(image)))

    def send(self) -> None:
        """Record it."""
        for form in (self._words, self._rest):
            form.clear_faults()
        self.banner.dismiss()
        try:
            done = self.presenter.send(self._entered(), self)
        except Fault as fault:
            field = {"text": self.text, "reporter": self.reporter, "sent": self.sent_day, "reported": self.reported_day}
            form = self._words if fault.field == "text" else self._rest
            form.fault(field[fault.field], fault.sentence)
            return
        except Problem as problem:
            self.banner.problem(problem)
            return
        self._empty()
        self._tell(done)

    def may_close(self) -> bool:
        """Asks before what was typed is lost."""
        if not self.text.toPlainText().strip() and self.presenter.is_empty:
            return True
        go = confirm(self, "Leave this report?", "What you have entered is not kept.", "&Leave it", danger=True)
        if go:
            self._empty()
        return go

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        self.add([Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste) and not QApplication.clipboard().image().isNull():
            self.paste_picture()
            return
        super().keyPressEvent(event)

    def _moment(self, label: str, at: str) -> tuple[QLineEdit, QLineEdit]:
        """A day and a time side by side, under one label."""
        day = self._rest.text(label, hint="20 Nov 2026, today or yesterday. Empty where nobody knows.")
        moment = QLineEdit()
        moment.setAccessibleName(f"Time, for {label.replace('&', '').lower()}")
        moment.setPlaceholderText("14:05")
        moment.setMaximumWidth(moment.fontMetrics().horizontalAdvance("00:00") * 3)
        self._rest.below(day, row(quiet(at), moment, STRETCH))
        return day, moment

    def _entered(self) -> Entered:
        return Entered(
            text=self.text.toPlainText(),
            author=self.author.text(),
            role=AuthorRole(self.role.currentData()),
            kind=Kind(self.kind.currentData()),
            sent_day=self.sent_day.text(),
            sent_time=self.sent_time.text(),
            reporter=self.reporter.text(),
            reported_day=self.reported_day.text(),
            reported_time=self.reported_time.text(),
            why=self.why.text(),
        )

    def _try(self, act: partial[None]) -> None:
        self.banner.dismiss()
        try:
            act()
        except Problem as problem:
            self.banner.problem(problem)
        self._show_files()

    def _show_files(self) -> None:
        clear(self._list)
        if self.presenter.mail is not None:
            told = self.presenter.mail_words()
            self._list.addWidget(self._line(told, self._drop_mail))
            self._list.addWidget(body("Its own words and time are taken. What you paste above is not needed."))
        for place, file in enumerate(self.presenter.files):
            self._list.addWidget(self._line(file.name, partial(self._drop, place)))
        self._files.setVisible(not self.presenter.is_empty)

    def _line(self, words: str, drop: partial[None] | object) -> QWidget:
        away = icon_button("close", f"Leave out {words}")
        away.clicked.connect(drop)
        return row(strong(words), away, STRETCH)

    def _drop(self, place: int) -> None:
        self.presenter.drop(place)
        self._show_files()
        self.choose_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _drop_mail(self) -> None:
        self.presenter.drop_mail()
        self._show_files()
        self.choose_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _tell(self, done: Reported) -> None:
        if done.harm:
            self.banner.say(Tone.STOP, "Recorded. This may be a sign of harm.", _HARM)
            self.text.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.shell.done("Reported. A senior leader will look at it.")
        self.shell.back()

    def _put_away(self) -> None:
        if self.may_close():
            self._empty()
            self.shell.back()

    def _empty(self) -> None:
        self.presenter.clear()
        for field in (self.text, self.why, self.author, self.sent_day, self.sent_time):
            field.clear()
        for field in (self.reported_day, self.reported_time):
            field.clear()
        self.reporter.setText(self._office.actor.name)
        self._show_files()

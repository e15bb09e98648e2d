"""The two forms that change a list: words of the school's own, and a shipped meaning that is silenced."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from app.domain.checks.finding import Check
from app.domain.checks.own_words import LONGEST, OwnPhrase, Silenced
from app.domain.content import AuthorRole
from app.ui.parts.arrange import STRETCH, row, rule, scrolling
from app.ui.parts.banner import Banner
from app.ui.parts.buttons import primary, secondary
from app.ui.parts.form import Form
from app.ui.parts.text import body, section
from app.ui.screens.wordlists.presenter import TOPICS, WRITERS, WordLine, readable
from app.ui.screens.wordlists.trial import TrialResult
from app.ui.theme.spacing import WITHIN

_HOW = (
    "As people say it, without capitals. A star stands for any ending (late*), two dots for a few words between "
    "(wont be .. in), (a|b) for either."
)
_FIND, _EXCEPT = "find", "except"
_DOING = ((_FIND, "Look for these words"), (_EXCEPT, "Rule these words out"))


class ChangePanel(QWidget):
    """A form, a trial on the last term, and the button that puts it in force."""

    trial_wanted = Signal(object)
    """An OwnPhrase or a Silenced, to be tried."""
    wanted = Signal(object)
    """The same, to be put in force."""
    left = Signal()

    def __init__(self, heading: str, words: str, verb: str) -> None:
        super().__init__()
        self.form = Form(width=0)
        self.banner = Banner()
        self.result = TrialResult()
        self.heading, self.about = section(heading), body(words)
        self.try_button = secondary("&Try on the last term", self._try, icon="search")
        self.keep_button = secondary("&Keep as it is", self.left.emit)
        self.go = primary(verb, self._go, icon="save")
        inside = scrolling(self.heading, self.about, self.banner, self.form, self.result, ground="page")
        foot = row(self.try_button, STRETCH, self.keep_button, self.go, margin=WITHIN)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        for piece in (inside, rule(), foot):
            whole.addWidget(piece)
        self.page = inside

    def change(self) -> OwnPhrase | Silenced | None:
        """What the form says; None where something is missing, which is said beside the field."""
        raise NotImplementedError

    def begin(self) -> None:
        """Where the keyboard starts."""
        raise NotImplementedError

    def _try(self) -> None:
        said = self.change()
        if said is not None:
            self.trial_wanted.emit(said)

    def _go(self) -> None:
        said = self.change()
        if said is not None:
            self.wanted.emit(said)

    def _stale(self) -> None:
        """The words are others now: what was tried says nothing about them."""
        self.result.clear()
        self.banner.dismiss()


class AddPanel(ChangePanel):
    """Words of the school's own: looked for, or ruled out."""

    def __init__(self) -> None:
        super().__init__(
            "Add words of your own",
            "Try them first: you see which posts and messages of the last term they would touch.",
            "&Add words",
        )
        self.check = Check.SENSITIVE
        self.doing: QComboBox = self.form.choice("&What to do", _DOING, _FIND)
        self.topic: QComboBox = self.form.choice("T&opic", TOPICS)
        self.by: QComboBox = self.form.choice("W&hose words", WRITERS)
        self.phrase = self.form.text("&Phrase", hint=_HOW)
        self.phrase.setMaxLength(LONGEST)
        for field in (self.doing, self.topic, self.by):
            field.currentIndexChanged.connect(self._stale)
        self.doing.currentIndexChanged.connect(self._offer)
        self.phrase.textChanged.connect(self._stale)
        self.phrase.returnPressed.connect(self._try)

    def open_for(self, check: Check) -> None:
        """An empty form for a check's words."""
        self.check = check
        self.heading.setText(f"Add words: {check.words.lower()}")
        self.phrase.clear()
        self.form.clear_faults()
        self._stale()
        self._offer()

    def begin(self) -> None:
        self.phrase.setFocus(Qt.FocusReason.OtherFocusReason)

    def change(self) -> OwnPhrase | None:
        self.form.clear_faults()
        text = " ".join(self.phrase.text().split())
        if not text:
            self.form.fault(self.phrase, "Write the words, as people say them.")
            return None
        writer = str(self.by.currentData())
        by = frozenset({AuthorRole(writer)}) if writer and not self._rules_out else frozenset()
        topic = str(self.topic.currentData()) if self.check is Check.OFFICE else ""
        return OwnPhrase(0, self.check, text, topic, by, is_exception=self._rules_out)

    @property
    def _rules_out(self) -> bool:
        return bool(self.doing.currentData() == _EXCEPT)

    def _offer(self) -> None:
        self.form.show_field(self.topic, self.check is Check.OFFICE)
        self.form.show_field(self.by, not self._rules_out)
        self.go.setText("&Rule out" if self._rules_out else "&Add words")


class SilencePanel(ChangePanel):
    """A shipped meaning, or one of its phrases, that this school does not want looked for."""

    def __init__(self) -> None:
        super().__init__(
            "Silence these words",
            "They are no longer looked for. What they found and nobody has judged is marked so, and kept.",
            "&Silence",
        )
        self._line: WordLine | None = None
        self.what: QComboBox = self.form.choice("&What is silenced", ())
        self.what.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.what.setMinimumContentsLength(30)
        self.why = self.form.passage("&Reason", hint="It stays on record. Whoever comes after you reads it.", lines=2)
        self.what.currentIndexChanged.connect(self._stale)

    def open_for(self, line: WordLine, phrase: str | None = None) -> None:
        """For a shipped meaning; `phrase` is the one of its phrases that is meant."""
        entry = line.entry
        assert entry is not None
        self._line = line
        self.heading.setText(f"Silence: {line.words.lower()}")
        self.why.clear()
        self.form.clear_faults()
        self.what.clear()
        gone = {text for text, _ in entry.silenced_phrases}
        self.what.addItem(f"All of it: {len(entry.phrases)} phrases", "")
        for text in entry.phrases:
            if text not in gone:
                self.what.addItem(readable(text), text)
        self.what.setCurrentIndex(max(0, self.what.findData(phrase)) if phrase else 0)
        self._stale()

    def begin(self) -> None:
        self.what.setFocus(Qt.FocusReason.OtherFocusReason)

    def change(self) -> Silenced | None:
        if self._line is None or self._line.entry is None:
            return None
        entry = self._line.entry
        return Silenced(entry.check, entry.topic, entry.note, str(self.what.currentData()) or None)

    def _go(self) -> None:
        self.form.clear_faults()
        if not self.why.toPlainText().strip():
            self.form.fault(self.why, "Say in a few words why this should not be looked for.")
            return
        super()._go()

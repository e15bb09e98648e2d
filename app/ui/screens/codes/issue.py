"""Issuing codes: for whom and until when at the left, the letters as they will be at the right."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QDialog, QFileDialog, QVBoxLayout, QWidget

from app.domain.problems import Problem
from app.services.codes import PassedOver
from app.services.office import Office
from app.ui.parts.arrange import STRETCH, page, roomy, row
from app.ui.parts.banner import Banner
from app.ui.parts.buttons import primary, secondary
from app.ui.parts.chip import Tone
from app.ui.parts.columns import Column
from app.ui.parts.confirm import confirm
from app.ui.parts.form import Form, day_of
from app.ui.parts.header import PageHeader
from app.ui.parts.listing import Listing, counted
from app.ui.parts.pages import PagesView
from app.ui.parts.printer import chosen_printer
from app.ui.parts.split import ListDetail
from app.ui.parts.table import Table
from app.ui.parts.text import body, caption, strong
from app.ui.screens.codes.dialogs import AcceptDialog, searchable
from app.ui.screens.codes.issuing import FAMILY, LASTS, PREVIEWED, IssuePresenter
from app.ui.screens.reports.printing import print_pdf
from app.ui.shell.area import Screen, Shell
from app.ui.theme.current import theme
from app.ui.theme.spacing import PAGE, WITHIN

ROUTES = ("paper letter", "e-mail", "at the office")
"""How letters go out."""


class IssueScreen(Screen):
    """The plain codes are in the letters alone, so leaving before they are saved or printed is asked about."""

    def __init__(self, shell: Shell, office: Office, key: object) -> None:
        super().__init__(shell, "Issue codes", "codes")
        self.presenter = IssuePresenter.of(office, key)
        self._kept = True
        self.banner = Banner()
        self.form = Form()
        scope = self.presenter.scope
        chosen = f"class:{scope.class_id}" if scope.class_id is not None else "everyone"
        chosen = FAMILY if scope.family_of is not None else chosen
        self.whom = self.form.choice("&For", self.presenter.choices(), chosen)
        self.form.show_field(self.whom, not scope.by_hand)
        self.child = self.form.add(
            "C&hild of the family", searchable(self.presenter.pupils()), hint="Type a part of the name to find it."
        )
        self.child.setCurrentIndex(self.child.findData(scope.family_of) if scope.family_of is not None else -1)
        self.until = self.form.date("&Use by, the last day", self.presenter.last_day())
        self.route = self.form.choice("How they are &sent", [(route, route.capitalize()) for route in ROUTES])
        self.whom.currentIndexChanged.connect(self.refresh)
        self.child.currentIndexChanged.connect(self.refresh)
        self.until.dateChanged.connect(lambda _day: self._preview())
        self.said = body()
        self.passed: Table[PassedOver] = Table(
            "Passed over",
            (
                Column("Pupil", text=lambda r: r.pupil, strong=True, stretch=True),
                Column("Adult", text=lambda r: r.guardian, width=170),
                Column("Why", text=_why, tip=_why, width=260, spare=True),
            ),
            empty=("good", "Nobody is passed over."),
            many=True,
        )
        self.passed.setMinimumHeight(theme().px(150))
        self.why = caption()
        self.passed.on_chosen(lambda line: self.why.setText(_why(line) if line is not None else ""))
        self.accept_button = secondary("Note as a&ccepted...", self.accept, icon="done")
        self.letters = PagesView("The letters")
        self.letters_button = secondary("Show the le&tters", lambda: self.split.show_detail(), icon="letter")
        self.letters_button.hide()
        self.wording_button = secondary("Letter &wording", self.wording, icon="language")
        self.save_button = primary("Save &letters", partial(self.save, ".pdf"), icon="pdf")
        self.merge_button = secondary("Save for a &mail merge", partial(self.save, ".xlsx"), icon="sheet")
        self.print_button = secondary("&Print", self.print_, icon="print")
        self.issue_button = primary("&Issue codes", self.issue, icon="code")
        self.split = ListDetail(
            roomy(self._left()), self._right(), shell.settings, "issue", share=0.4, back="&Back to the form"
        )
        self.split.narrowed.connect(self.letters_button.setVisible)
        self._offer()
        self.set_content(self.split)

    def refresh(self) -> None:
        """Ask again who would be given a code."""
        if self.presenter.issued is not None:
            return
        whom = str(self.whom.currentData())
        self.form.show_field(self.child, whom == FAMILY and not self.presenter.scope.by_hand)
        plan = self.presenter.choose(whom, self.child.currentData())
        self.passed.set_rows(plan.passed_over)
        self.why.setText("")
        self.accept_button.setVisible(any(one.to_accept for one in plan.passed_over))
        self.said.setText(_means(len(plan.recipients)))
        self.issue_button.setEnabled(bool(plan.recipients))
        self._preview()
        self._offer()

    def issue(self) -> None:
        """Make the codes and show the letters."""
        try:
            issued = self.presenter.issue(str(self.route.currentData()), day_of(self.until), self)
            self.letters.show_pdf(self.presenter.pdf())
        except Problem as problem:
            self.banner.problem(problem)
            return
        self._kept = False
        count = counted(len(issued.codes), "code", "codes")
        self.said.setText("The letters with their codes.")
        self.banner.say(
            Tone.WARN,
            f"{count} issued.",
            "The codes stand in these letters alone.",
            "Save or print the letters before you leave this page.",
        )
        self.split.show_detail()
        self.shell.recount()
        self._offer()

    def wording(self) -> None:
        """To the words of the letters."""
        self.shell.open_record("letters", "code")

    def accept(self) -> None:
        """Note that the selected adults have accepted what the school asks for first."""
        dialog = AcceptDialog(self, self.presenter.last_day() - LASTS)
        agreed = dialog.exec() == QDialog.DialogCode.Accepted
        on, route = day_of(dialog.on), str(dialog.route.currentData())
        dialog.deleteLater()
        if not agreed:
            return
        try:
            count = self.presenter.accept(self.passed.selected(), on, route, self)
        except Problem as problem:
            self.banner.problem(problem)
            return
        self.banner.dismiss()
        self.refresh()
        self.shell.done(f"Noted for {counted(count, 'adult', 'adults')}.")

    def save(self, form: str) -> None:
        """Save the letters, or the list for a mail merge, where the person says."""
        kind = "PDF (*.pdf)" if form == ".pdf" else "Spreadsheet (*.xlsx)"
        place, _ = QFileDialog.getSaveFileName(self, "Save letters", f"code-letters{form}", kind)
        if place:
            self.save_to(Path(place).with_suffix(form))

    def save_to(self, place: Path) -> None:
        """Save into this file."""
        try:
            self.presenter.save(place)
        except Problem as problem:
            self.banner.problem(problem)
            return
        self._kept = True
        self.banner.dismiss()
        self.shell.done(f"Saved as {place.name}. Delete the file when the letters are out.")

    def print_(self) -> bool:
        """Print the letters with their codes."""
        if self.presenter.issued is None:
            return False
        printer = chosen_printer(self)
        if printer is not None:
            print_pdf(self.presenter.pdf(), printer)
            self._kept = True
        return True

    def leave(self) -> bool:
        """From the letters back to the form, in a narrow window; nowhere while letters would be lost."""
        return self.split.show_list() or not self.may_close()

    def may_close(self) -> bool:
        """Asks where the letters are neither saved nor printed."""
        return self._kept or confirm(
            self,
            "Leave without the letters?",
            "The codes cannot be shown again. They would have to be issued anew.",
            "&Leave without them",
            danger=True,
        )

    def _preview(self) -> None:
        if self.presenter.issued is not None:
            return
        if not self.presenter.plan.recipients:
            self.letters.clear()
            return
        try:
            self.letters.show_pdf(self.presenter.preview(day_of(self.until)))
            drafts = self.presenter.drafts()
        except Problem as problem:
            self.banner.problem(problem)
            return
        if drafts:
            self.banner.say(
                Tone.WARN,
                f"Draft wording: {', '.join(drafts)}.",
                "The letters say so at their foot.",
                "Have a speaker of each language check it before the letters go out.",
            )

    def _offer(self) -> None:
        done = self.presenter.issued is not None
        for button in (self.save_button, self.merge_button, self.print_button):
            button.setVisible(done)
        self.issue_button.setVisible(not done)
        self.wording_button.setVisible(not done)
        self.form.setEnabled(not done)

    def _left(self) -> QWidget:
        return page(
            PageHeader(
                "Issue codes",
                "A code for each adult who may have one. The letters hold it, and nothing else.",
                actions=[self.letters_button],
            ),
            self.form,
            strong("Passed over"),
            Listing(self.passed, "adult", "adults", inset=False, foot=self.accept_button),
            self.why,
        )

    def _right(self) -> QWidget:
        px = theme().px
        held = QWidget()
        down = QVBoxLayout(held)
        down.setContentsMargins(px(PAGE), px(PAGE), px(PAGE), px(WITHIN))
        down.setSpacing(px(12))
        down.addWidget(self.banner)
        down.addWidget(self.said)
        down.addWidget(self.letters, 1)
        down.addWidget(
            row(self.wording_button, STRETCH, self.print_button, self.merge_button, self.save_button, self.issue_button)
        )
        return held


def _means(letters: int) -> str:
    if not letters:
        return "Nobody here may be given a code now. The list beside says why."
    more = f" The first {PREVIEWED} are shown." if letters > PREVIEWED else ""
    return (
        f"{counted(letters, 'letter', 'letters')} with a code each. Here a sample stands in place of each code.{more}"
    )


def _why(passed: PassedOver) -> str:
    return " ".join(passed.reasons)

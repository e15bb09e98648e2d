"""Pictures of cases: opened by hand, the letter of a decision in English and Urdu, what is to do in ClassDojo."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtWidgets import QWidget

from app.domain.breach import CaseStatus
from app.services.case_classdojo import ClassDojoToDo
from app.services.cases import Cases
from app.services.office import Office
from app.ui.screens.cases.letter_dialog import LetterDialog
from app.ui.screens.cases.letter_presenter import LetterPresenter
from app.ui.screens.cases.opening_dialog import OpeningDialog
from app.ui.screens.cases.opening_presenter import OpeningPresenter
from app.ui.screens.cases.outside_card import OutsideDialog
from app.ui.screens.cases.presenter import CasePresenter
from app.ui.shell.desk import Desk
from app.ui.tour_posing import Picture, dialog_picture


def case_pictures(office: Office, desk: Desk, window: QWidget, picture: Picture) -> Iterator[str]:
    """What the headteacher meets after a decision."""
    decided = next((one for one in office.ask(Cases()) if one.status is not CaseStatus.OPEN), None)
    if decided is None:
        return
    file = CasePresenter(office).open(decided.id)
    dialog = LetterDialog(window, LetterPresenter.of(office, file))
    dialog.show()
    for code in ("en", "ur"):
        dialog.language.setCurrentIndex(dialog.language.findData(code))
        yield picture(dialog, f"head-case-letter-{code}")
    dialog.close()
    dialog.deleteLater()
    asking = OpeningDialog(window, OpeningPresenter.of(office))
    yield dialog_picture(asking, picture, "head-case-by-hand")
    outside = OutsideDialog(window, file.line.opened_at.date())
    yield dialog_picture(outside, picture, "head-case-outside")
    for line in office.ask(ClassDojoToDo())[:1]:
        desk.open_record("case", line.case_id)
        yield picture(window, "head-case-classdojo")
    desk.open_record("letters", "decision:ur")
    yield picture(window, "head-case-letter-wording")

"""Every issue of a class's list so far, and who acknowledged each on which day (T11)."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from app.domain.words import day_words
from app.store.reads.sheets import PastIssue
from app.ui.parts.arrange import STRETCH, row
from app.ui.parts.buttons import secondary
from app.ui.parts.columns import Column
from app.ui.parts.table import Table
from app.ui.parts.text import body, section
from app.ui.theme.current import theme
from app.ui.theme.spacing import BETWEEN, PAGE, WITHIN


class IssuesDialog(QDialog):
    """The newest issue first; below the table, who read the chosen one."""

    def __init__(self, parent: QWidget | None, name: str, issues: Sequence[PastIssue]) -> None:
        super().__init__(parent)
        self.setWindowTitle("Schoolgate")
        self.setModal(True)
        self.setAccessibleName(f"Issues of the list of {name}")
        px = theme().px
        self.setMinimumSize(px(560), px(420))
        self.table: Table[PastIssue] = Table(
            "Issues so far",
            (
                Column("Issue", text=lambda issue: str(issue.number), number=True, strong=True, width=70),
                Column("Issued on", text=lambda issue: day_words(issue.issued_on), width=150),
                Column("Issued by", text=lambda issue: issue.issued_by, stretch=True),
                Column("Read by", text=lambda issue: str(len(issue.read)), number=True, width=90),
            ),
            key=lambda issue: issue.number,
        )
        self.read = body()
        self.table.on_chosen(self._tell)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(px(PAGE), px(PAGE), px(PAGE), px(BETWEEN))
        whole.setSpacing(px(WITHIN))
        whole.addWidget(section(f"{name}: issues so far"))
        whole.addWidget(self.table, 1)
        whole.addWidget(self.read)
        whole.addWidget(row(STRETCH, secondary("&Close", self.accept)))
        self.table.set_rows(issues, choose_first=True)
        self._tell(self.table.current())
        self.table.setFocus()

    def _tell(self, issue: PastIssue | None) -> None:
        if issue is None:
            self.read.setText("")
            return
        named = ", ".join(f"{name} on {day_words(on)}" for name, on in issue.read)
        self.read.setText(f"Issue {issue.number} was read by {named}." if named else "Nobody has read this issue yet.")

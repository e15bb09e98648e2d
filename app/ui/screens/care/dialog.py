"""Writing a looked-after child's record: who decides about images and what they decided, and until when (T11)."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtWidgets import QCheckBox, QDateEdit, QDialog, QHBoxLayout, QVBoxLayout, QWidget

from app.domain.care import CareRecord, LegalStatus
from app.ui.parts.arrange import STRETCH, row
from app.ui.parts.buttons import primary, secondary
from app.ui.parts.confirm import send_with_keys
from app.ui.parts.form import Form, day_of
from app.ui.parts.growing import grow
from app.ui.parts.text import body, section
from app.ui.screens.care.presenter import IMAGES
from app.ui.screens.permissions.scan_field import ScanField
from app.ui.theme.current import theme
from app.ui.theme.spacing import BETWEEN, PAGE, WITHIN

_REVIEW = timedelta(days=182)
_STATUS_FIRST = "Enter the legal status first."


class CareDialog(QDialog):
    """Begins with what holds. Without a yes of whoever decides, there are no images."""

    def __init__(self, parent: QWidget | None, pupil_id: int, was: CareRecord | None, today: date) -> None:
        super().__init__(parent)
        self.setWindowTitle("Schoolgate")
        self.setAccessibleName("Looked-after record")
        self.setModal(True)
        self._was = was = was or CareRecord(pupil_id)
        px = theme().px
        self._child, self._images = Form(width=380), Form(width=380)
        child, images = self._child, self._images
        self.status = child.choice(
            "&Legal status", [(status.value, status.words) for status in LegalStatus], was.status.value
        )
        self.authority = child.text("Responsible &authority", was.authority)
        self.worker = child.text("Social &worker", was.social_worker, hint="Name and telephone number.")
        self.since, self.starts = self._optional(
            child, "Looked after &since a known day", "&First day", was.starts, today
        )
        self.over, self.ends = self._optional(child, "It has &ended, or ends", "Last da&y", was.ends, today)
        self.decides = images.text("Who &decides about images", was.decides, hint="Foster carers do not.")
        self.allowed = images.choice("&Images", IMAGES, was.images_allowed)
        self.decision = images.passage("Wha&t they decided", was.decision, lines=2)
        due = was.review_on or today + _REVIEW
        self.reviewed, self.review = self._optional(images, "Look at it again &on a day", "Next &review", due, today)
        self.paper = images.text("Where the &paper is kept", was.document)
        self.scan = ScanField("&Choose document...", "Ta&ke it away")
        kept = "One is kept already; another takes its place." if was.evidence_id is not None else ""
        images.add("Delegated-authority document", self.scan, hint=f"PDF or picture. It is sealed. {kept}".strip())
        self.scan.refused.connect(lambda sentence: images.fault(self.scan, sentence))
        self.go = primary("Record it &now", self._accept)
        sides = QWidget()
        across = QHBoxLayout(sides)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(px(PAGE))
        for form in (child, images):
            side = QVBoxLayout()
            side.addWidget(form)
            side.addStretch(1)
            across.addLayout(side, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(px(PAGE), px(PAGE), px(PAGE), px(BETWEEN))
        whole.setSpacing(px(WITHIN))
        whole.addWidget(section("Looked-after record"))
        whole.addWidget(body("Only leaders can read it. Everybody else sees that the child may not be shown."))
        whole.addWidget(sides)
        whole.addWidget(row(STRETCH, secondary("&Keep as it is", self.reject), self.go))
        self.setMinimumWidth(px(800))
        send_with_keys(self, self.go)
        self.status.setFocus()

    def record(self) -> CareRecord:
        """What stands in the fields."""
        return CareRecord(
            self._was.pupil_id,
            LegalStatus(self.status.currentData()),
            self.authority.text().strip(),
            self.worker.text().strip(),
            self.decides.text().strip(),
            self.allowed.currentData(),
            self.paper.text().strip(),
            day_of(self.starts) if self.since.isChecked() else None,
            day_of(self.ends) if self.over.isChecked() else None,
            day_of(self.review) if self.reviewed.isChecked() else None,
            self.decision.toPlainText().strip(),
            self._was.evidence_id,
        )

    def _optional(
        self, form: Form, tick: str, label: str, value: date | None, today: date
    ) -> tuple[QCheckBox, QDateEdit]:
        """A day that may be unknown: a tick, and the day below it."""
        known = form.tick(tick, value is not None)
        field = form.date(label, value or today)
        form.show_field(field, value is not None)

        def show(on: bool) -> None:
            form.show_field(field, on)
            grow(self)

        known.toggled.connect(show)
        return known, field

    def _accept(self) -> None:
        for form in (self._child, self._images):
            form.clear_faults()
        said = self.record()
        wants = said.wants()
        if wants is not None:
            unsigned = said.status is not LegalStatus.UNKNOWN
            field, sentence = (self.decides, "Enter who said so.") if unsigned else (self.allowed, _STATUS_FIRST)
            self._images.fault(field, sentence)
        if said.starts is not None and said.ends is not None and said.ends < said.starts:
            self._child.fault(self.ends, "It would end before it begins.")
        if not self._child.has_faults and not self._images.has_faults:
            self.accept()
        grow(self)


def ask_care(
    parent: QWidget, pupil_id: int, was: CareRecord | None, today: date
) -> tuple[CareRecord, bytes | None] | None:
    """Ask, and wait: the record, and the document where one was chosen. None where the person stepped back."""
    dialog = CareDialog(parent, pupil_id, was, today)
    try:
        agreed = dialog.exec() == QDialog.DialogCode.Accepted
        return (dialog.record(), dialog.scan.content) if agreed else None
    finally:
        dialog.deleteLater()

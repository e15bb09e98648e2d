"""The plan: figures that filter, the list, the chosen line beside it, and what can be done with all of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QHBoxLayout, QVBoxLayout, QWidget

from app.domain.enrolment_shapes import Settlement
from app.domain.incoming import IncomingPupil
from app.ui.parts.arrange import wrapping
from app.ui.parts.buttons import primary, secondary
from app.ui.parts.filters import Filter, FilterBar
from app.ui.parts.listing import Listing
from app.ui.parts.split import ListDetail, Remembered
from app.ui.screens.imports.plan_detail import PlanDetail
from app.ui.screens.imports.plan_lines import PlanLine
from app.ui.screens.imports.plan_table import plan_table
from app.ui.screens.imports.presenter import ImportPresenter
from app.ui.theme.current import theme
from app.ui.theme.spacing import BETWEEN, WITHIN

_TAB = Qt.FocusPolicy.TabFocus


class PlanPanel(QWidget):
    """Shows what is in the presenter's hand."""

    def __init__(
        self,
        presenter: ImportPresenter,
        settings: Remembered,
        *,
        on_settled: Callable[[Sequence[Settlement]], object],
        on_unsettled: Callable[[IncomingPupil], object],
        on_left: Callable[[int], object],
        on_columns: Callable[[], object],
        on_save: Callable[[], object],
        on_away: Callable[[], object],
        on_apply: Callable[[], object],
    ) -> None:
        super().__init__()
        self._presenter = presenter
        self.filters = FilterBar()
        self.filters.changed.connect(self._filtered)
        self.table = plan_table()
        self.table.on_chosen(self._chosen)
        self.table.on_opened(self._opened)
        self.detail = PlanDetail(
            presenter,
            on_settled=on_settled,
            on_unsettled=on_unsettled,
            on_left=on_left,
            on_taken=self._taken,
        )
        self.listing = Listing(self.table, "line", "lines", filters=self.filters, inset=False)
        self.split = ListDetail(self.listing, self.detail, settings, "imports", share=0.56, back="Back to the l&ist")
        self.sure_button = secondary("", lambda: on_settled(presenter.sure))
        self.columns_button = secondary("Colu&mns", on_columns)
        self.save_button = secondary("Sa&ve what is left out", on_save, icon="save")
        self.away_button = secondary("&Leave it", on_away)
        self.apply_button = primary("&Bring in", on_apply)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(theme().px(BETWEEN))
        whole.addWidget(self.split, 1)
        foot = QHBoxLayout()
        foot.setSpacing(theme().px(WITHIN))
        foot.addWidget(wrapping(self.columns_button, self.save_button, self.sure_button), 1)
        foot.addWidget(self.away_button)
        foot.addWidget(self.apply_button)
        whole.addLayout(foot)

    def fill(self, *, afresh: bool = True) -> None:
        """Show what is in hand; `afresh` begins at the top, else the place in the list stays."""
        presenter = self._presenter
        if afresh:
            self.filters.set_filters([])
        self.filters.set_filters(
            [Filter(key, words, number, group="outcome") for key, words, number in presenter.figures() if number]
        )
        place = 0 if afresh else max(self.table.currentIndex().row(), 0)
        self._show_lines(place)
        self.apply_button.setEnabled(presenter.worth_applying and presenter.may_apply)
        self.columns_button.setVisible(presenter.asked is not None)
        plan = presenter.hand.plan
        aside = plan is not None and bool(plan.rejected or plan.doubts or plan.left_out)
        self.save_button.setVisible(aside)
        sure = len(presenter.sure)
        self.sure_button.setVisible(sure > 1)
        self.sure_button.setText(f"Very likely: the same child for &all {sure}")

    def open_line(self, at: int) -> None:
        """Choose a line and bring it whole to the front."""
        self.table.choose_place(at)
        self._bring_forward()

    def _filtered(self) -> None:
        self._show_lines(0)

    def _show_lines(self, place: int) -> None:
        lines = self._presenter.lines().of(self.filters.on)
        self.table.set_rows(lines)
        if len(lines):
            self.table.choose_place(min(place, len(lines) - 1))
        else:
            self.detail.show_line(None)

    def _chosen(self, line: PlanLine | None) -> None:
        held = QApplication.focusWidget()
        if held is not None and self.detail.isAncestorOf(held):
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)  # what held the keyboard is about to go
            line = self.table.current()  # a list that is given the keyboard chooses a line itself
        self.detail.show_line(line)
        self._order_tabs()

    def _order_tabs(self) -> None:
        """What is made anew for each line still comes after the list and before the buttons below."""
        chips = self.filters.findChildren(QAbstractButton)
        inside = [each for each in self.detail.pane.findChildren(QWidget) if each.focusPolicy() & _TAB]
        below = (self.columns_button, self.save_button, self.sure_button, self.away_button, self.apply_button)
        for before, after in pairwise((*chips, self.table, *inside, *below)):
            QWidget.setTabOrder(before, after)

    def _opened(self, _line: PlanLine) -> None:
        self._bring_forward()

    def _bring_forward(self) -> None:
        """In a narrow window the line replaces the list; the keyboard goes to what can be done with it."""
        self.split.show_detail()
        if self.detail.first is not None:
            self.detail.first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _taken(self) -> None:
        self.table.viewport().update()

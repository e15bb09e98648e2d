"""Asking for what the classes screen needs: a class, a member of staff, who works in a class, where pupils move."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from app.services.classes import STAFF_ROLES, ClassLine, StaffLine
from app.ui.parts.acting import Acting
from app.ui.parts.form import day_of
from app.ui.screens.classes.presenter import names_of, role_words
from app.ui.theme.current import theme


class ClassDialog(Acting):
    """A class's name and year group."""

    def __init__(
        self,
        parent: QWidget,
        years: Sequence[tuple[str, str]],
        line: ClassLine | None,
        do: Callable[[str, str], object],
    ) -> None:
        super().__init__(
            parent,
            "Add a class" if line is None else "Change this class",
            "It can be used at once." if line is None else "Its pupils, staff and lists stay with it.",
            "&Add class" if line is None else "&Save class",
        )
        self._do = do
        self.name = self.form.text("&Name", line.name if line is not None else "", hint="As ClassDojo calls it.")
        self.year = self.form.choice("&Year group", years, (line.year_group or "") if line is not None else "")
        self.name.setFocus()

    def judge(self) -> None:
        """A name."""
        if not self.name.text().strip():
            self.form.fault(self.name, "A class needs a name, such as Willow or 3H.")

    def act(self) -> None:
        """Save it."""
        self._do(self.name.text(), str(self.year.currentData()))


class StaffDialog(Acting):
    """A member of staff's name, role and address."""

    def __init__(self, parent: QWidget, line: StaffLine | None, do: Callable[[str, str, str], object]) -> None:
        super().__init__(
            parent,
            "Add a member of staff" if line is None else "Change a member of staff",
            "Their posts and messages are known by the name.",
            "&Add" if line is None else "&Save",
        )
        self._do = do
        roles = list(STAFF_ROLES)
        if line is not None and line.role not in dict(roles):
            roles.append((line.role, role_words(line.role)))
        self.name = self.form.text("&Name", line.name if line else "", hint="As ClassDojo shows it: Mrs Holt.")
        self.role = self.form.choice("&Role", roles, line.role if line else "teacher")
        self.email = self.form.text("&E-mail", line.email if line else "")
        self.name.setFocus()

    def judge(self) -> None:
        """A name."""
        if not self.name.text().strip():
            self.form.fault(self.name, "Enter the name as ClassDojo shows it.")

    def act(self) -> None:
        """Save it."""
        self._do(self.name.text(), str(self.role.currentData()), self.email.text())


class StaffOfClassDialog(Acting):
    """Tick who works in a class."""

    def __init__(
        self, parent: QWidget, line: ClassLine, staff: Sequence[StaffLine], do: Callable[[list[int]], object]
    ) -> None:
        super().__init__(
            parent,
            f"Who works in {line.name}?",
            "They are asked to read the class list. Space ticks a name.",
            "&Save",
        )
        self._do = do
        here = {staff_id for staff_id, _ in line.staff}
        self.list = QListWidget()
        self.list.setMinimumSize(theme().px(460), theme().px(280))
        self.list.setProperty("part", "ticks")
        self.list.setUniformItemSizes(True)
        self.list.setTabKeyNavigation(False)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for each in staff:
            other = [pair for pair in each.classes if pair[0] != line.id]
            also = f" (also {names_of(other, '')})" if other else ""
            item = QListWidgetItem(f"{each.name}, {role_words(each.role).lower()}{also}")
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if each.id in here else Qt.CheckState.Unchecked)
            item.setData(Qt.ItemDataRole.UserRole, each.id)
            self.list.addItem(item)
        self.form.add("S&taff", self.list)
        self.list.setCurrentRow(0)
        self.list.setFocus()

    def ticked(self) -> list[int]:
        """Who is ticked."""
        items = [self.list.item(at) for at in range(self.list.count())]
        return [int(i.data(Qt.ItemDataRole.UserRole)) for i in items if i.checkState() is Qt.CheckState.Checked]

    def act(self) -> None:
        """Save it."""
        self._do(self.ticked())


class MoveDialog(Acting):
    """Where pupils move to."""

    def __init__(
        self, parent: QWidget, count: int, classes: Sequence[ClassLine], do: Callable[[int | None], object]
    ) -> None:
        super().__init__(
            parent,
            f"Move {'this pupil' if count == 1 else f'these {count} pupils'}",
            "Both class lists change, and unused codes are revoked: issue both anew afterwards. The year group stays.",
            "&Move",
        )
        self._do = do
        choices: list[tuple[object, str]] = [(line.id, line.name) for line in classes]
        self.place = self.form.choice("&To class", [*choices, (0, "No class")])
        self.place.setFocus()

    def act(self) -> None:
        """Move them."""
        self._do(int(self.place.currentData()) or None)


class StaffLeftDialog(Acting):
    """A member of staff's last day."""

    def __init__(self, parent: QWidget, today: date, do: Callable[[date], object]) -> None:
        super().__init__(
            parent,
            "Has this member of staff left?",
            "They are taken out of their classes, and what they wrote stays. Remove them in ClassDojo too.",
            "&Record as left",
        )
        self._do, self._today = do, today
        self.day = self.form.date("&Last day", today)
        self.day.setFocus()

    def judge(self) -> None:
        """A day that has come."""
        if day_of(self.day) > self._today:
            self.form.fault(self.day, "This day lies ahead. Record it when it has come.")

    def act(self) -> None:
        """Record it."""
        self._do(day_of(self.day))

"""The look a person has chosen, kept on this computer: light or dark, text size, height of rows.

Look.kept(settings).put_on(app)
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

from PySide6.QtWidgets import QApplication

from app.ui.theme.apply import Scheme, apply_theme

SCHEMES: tuple[tuple[Scheme, str], ...] = (
    ("system", "As this computer"),
    ("light", "Light"),
    ("dark", "Dark"),
)
SCALES: tuple[float, ...] = (0.9, 1.0, 1.15, 1.25, 1.5, 1.75, 2.0)


class Habits(Protocol):
    """Where small habits are kept: QSettings is one."""

    def value(self, key: str, /) -> Any:
        """What was kept, or None."""

    def setValue(self, key: str, value: Any, /) -> None:
        """Keep it."""


@dataclass(frozen=True, slots=True)
class Look:
    """One person's choice on one computer."""

    scheme: Scheme = "system"
    scale: float = 1.0
    compact: bool = False

    @classmethod
    def kept(cls, habits: Habits) -> Look:
        """What was chosen before; what cannot be read counts as not chosen."""
        said = str(habits.value("look/scheme") or "")
        scheme: Scheme = "light" if said == "light" else "dark" if said == "dark" else "system"
        try:
            scale = float(str(habits.value("look/scale") or 1.0))
        except ValueError:
            scale = 1.0
        return cls(scheme, scale, str(habits.value("look/compact")).lower() in ("true", "1"))

    def keep(self, habits: Habits) -> None:
        """Remember it."""
        habits.setValue("look/scheme", self.scheme)
        habits.setValue("look/scale", self.scale)
        habits.setValue("look/compact", self.compact)

    def put_on(self, app: QApplication) -> None:
        """Put it in force."""
        apply_theme(app, self.scheme, self.scale, compact=self.compact)

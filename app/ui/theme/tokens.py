"""Colours by meaning: one name, a light value and a dark value. Code names tokens and never colours.

Every text token stands at 4.5:1 or more on every surface it may stand on (`TEXT_ON`); the tests hold it to that.
"""

from __future__ import annotations

from dataclasses import dataclass, fields


@dataclass(frozen=True, slots=True)
class Tokens:
    """One scheme's colours as `#rrggbb`. The style sheets write a name as `@surface-raised@`."""

    surface: str
    """The page."""
    surface_raised: str
    """Cards, tables, fields, dialogs: what lies on the page."""
    surface_sunken: str
    """The side bar, table headings, what lies behind the page."""
    text: str
    text_quiet: str
    """Captions, subtitles, what can be read second."""
    line: str
    """Hairlines between things."""
    line_strong: str
    """The edge of a field or a tick box: 3:1 against what it stands on."""
    scroll: str
    """The handle of a scroll bar at rest."""
    accent: str
    """Deep teal: action, selection and the focus ring, nothing else."""
    accent_strong: str
    """The accent under the pointer or pressed."""
    accent_text: str
    """Words on the accent."""
    accent_soft: str
    """The selected row."""
    hover: str
    """The row or quiet button under the pointer."""
    good: str
    good_soft: str
    warn: str
    warn_soft: str
    stop: str
    stop_soft: str
    info: str
    info_soft: str
    quiet_soft: str
    """Behind a quiet chip."""

    def items(self) -> dict[str, str]:
        """Every token as the style sheets name it."""
        return {f.name.replace("_", "-"): getattr(self, f.name) for f in fields(self)}


LIGHT = Tokens(
    surface="#f6f8f8",
    surface_raised="#ffffff",
    surface_sunken="#edf1f1",
    text="#1a2224",
    text_quiet="#55626a",
    line="#dbe2e3",
    line_strong="#808c91",
    scroll="#c2ccce",
    accent="#0b5f66",
    accent_strong="#084a50",
    accent_text="#ffffff",
    accent_soft="#dceeee",
    hover="#eef3f3",
    good="#1c6437",
    good_soft="#e1f2e6",
    warn="#7d4a00",
    warn_soft="#fcefd3",
    stop="#a8221b",
    stop_soft="#fbe6e4",
    info="#1d5594",
    info_soft="#e3edf8",
    quiet_soft="#e8edee",
)

DARK = Tokens(
    surface="#14191b",
    surface_raised="#1b2224",
    surface_sunken="#101415",
    text="#e5eaeb",
    text_quiet="#a3b0b4",
    line="#2c3639",
    line_strong="#768387",
    scroll="#445155",
    accent="#5fc3c6",
    accent_strong="#86d6d8",
    accent_text="#04282b",
    accent_soft="#173b3e",
    hover="#222b2e",
    good="#82cf97",
    good_soft="#1b3023",
    warn="#e9b95f",
    warn_soft="#362b16",
    stop="#f49c94",
    stop_soft="#3d2322",
    info="#92bff0",
    info_soft="#1c2d42",
    quiet_soft="#2a3437",
)

_PLAIN = ("surface", "surface-raised", "surface-sunken", "hover", "accent-soft")

TEXT_ON: tuple[tuple[str, str], ...] = (
    *(("text", s) for s in (*_PLAIN, "good-soft", "warn-soft", "stop-soft", "info-soft", "quiet-soft")),
    *(("text-quiet", s) for s in (*_PLAIN, "quiet-soft")),
    *(("accent", s) for s in _PLAIN),
    *((tone, s) for tone in ("good", "warn", "stop", "info") for s in (*_PLAIN, f"{tone}-soft")),
    ("accent-text", "accent"),
    ("accent-text", "accent-strong"),
    ("surface-raised", "stop"),
)
"""Which text may stand on which surface; each pair is tested at 4.5:1 in both schemes."""

EDGES_ON: tuple[tuple[str, str], ...] = (
    *(("line-strong", s) for s in ("surface", "surface-raised", "surface-sunken")),
    *(("accent", s) for s in ("surface", "surface-raised", "surface-sunken", "accent-soft")),
)
"""Which edge may bound what; each pair is tested at 3:1 in both schemes."""

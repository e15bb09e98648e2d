"""The 8 px grid: 8 within a group, 16 between groups, 24 round a page. All of it grows with the person's text size."""

from __future__ import annotations

HAIR = 1
TIGHT = 4
"""Between an icon and its word, a label and its field."""
WITHIN = 8
"""Within a group."""
BETWEEN = 16
"""Between groups."""
PAGE = 24
"""Round a page."""

RADIUS = 6
FOCUS = 2
"""The focus ring's width."""

ICON = 18
"""An icon beside body text."""
ICON_SMALL = 16
"""An icon in a chip or beside a caption."""
ICON_LARGE = 40
"""The icon of an empty state."""

ROW = 32
ROW_COMPACT = 26

NARROW = 1100
"""Below this width the detail replaces the list."""

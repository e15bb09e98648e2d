"""The kinds of words that readers look out for, each a bit."""

from __future__ import annotations

RUDE = 2
"""The word is rude."""
PART = 4
"""The word is the telling one of several that are rude together."""
LETTER = 8
"""The word is one letter that is no word by itself: letters may be spaced out."""
FIGURE = 16
"""The word holds a figure."""
DETAIL = 32
"""The word may be a part of a private detail by itself."""
NUMBER = 64
"""The word tells a digit, of which there must be two."""
ROAD = 128
"""The word may end an address, if another tells that somebody lives there."""
HOUSE = 256
"""The word tells that somebody lives there."""

"""A QR code as rows of dark modules, to be drawn as areas: sharp at every size, and small in the file."""

from __future__ import annotations

import re
from typing import Any

import zxingcpp

QUIET = 4
"""Modules of white that a reader needs on every side."""

_DARK = re.compile(b"\x00+")

Bar = tuple[int, int, int]
"""Row from the top, first dark module, how many."""


def bars(content: str) -> tuple[int, tuple[Bar, ...]]:
    """How many modules a side has, without the quiet zone, and the dark stretches of each row. Error correction M."""
    code = zxingcpp.create_barcode(content, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    image: Any = zxingcpp.write_barcode_to_image(code, scale=1, add_quiet_zones=False)
    picture = memoryview(image)
    rows, side = picture.shape or (0, 0)
    dots = picture.tobytes()
    found = [
        (row, dark.start(), dark.end() - dark.start())
        for row in range(rows)
        for dark in _DARK.finditer(dots[row * side : (row + 1) * side])
    ]
    return side, tuple(found)

"""A QR code as rows of dark modules, to be drawn as areas: sharp at every size, and small in the file."""

from __future__ import annotations

from typing import Any

import zxingcpp

QUIET = 4
"""Modules of white that a reader needs on every side."""

Bar = tuple[int, int, int]
"""Row from the top, first dark module, how many."""


def bars(content: str) -> tuple[int, tuple[Bar, ...]]:
    """How many modules a side has, without the quiet zone, and the dark stretches of each row. Error correction M."""
    code = zxingcpp.create_barcode(content, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    image: Any = zxingcpp.write_barcode_to_image(code, scale=1, add_quiet_zones=False)
    picture = memoryview(image)
    rows, side = picture.shape or (0, 0)
    dots = picture.tobytes()
    found: list[Bar] = []
    for row in range(rows):
        line = dots[row * side : (row + 1) * side]
        at = line.find(b"\x00")
        while at >= 0:
            end = line.find(b"\xff", at)
            end = side if end < 0 else end
            found.append((row, at, end - at))
            at = line.find(b"\x00", end)
    return side, tuple(found)

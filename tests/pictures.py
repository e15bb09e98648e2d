"""Pictures for tests, drawn here: with the camera's notes or without, whole, broken or made to do harm."""

from __future__ import annotations

import io
import struct
import zlib

from PIL import Image
from PIL.ExifTags import GPS, Base


def picture(form: str = "JPEG", size: tuple[int, int] = (640, 480), *, located: bool = False) -> bytes:
    """A picture of one colour; `located` ones say where they were made."""
    made = Image.new("RGB", size, (30, 120, 200))
    out = io.BytesIO()
    if located:
        notes = made.getexif()
        notes[Base.Make] = "Invented"
        notes[Base.GPSInfo] = {
            GPS.GPSLatitudeRef: "N",
            GPS.GPSLatitude: (53.0, 25.0, 48.0),
            GPS.GPSLongitudeRef: "W",
            GPS.GPSLongitude: (1.0, 21.0, 24.0),
        }
        made.save(out, form, exif=notes)
    else:
        made.save(out, form)
    return out.getvalue()


def bomb(width: int = 60_000, height: int = 60_000) -> bytes:
    """A few bytes that call themselves an enormous picture (PNG)."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    body = zlib.compress(b"\x00" * 2_000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")

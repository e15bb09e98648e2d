"""Small pictures of pictures, and copies without what the camera noted. The files may be hostile.

Nothing is decoded before its size is known, and only the plain formats are decoded at all.
"""

from __future__ import annotations

import io
import struct

from PIL import Image, ImageOps

from app.domain.problems import Refused

SIDE = 320
"""The longer side of a thumbnail, in pixels."""

LARGEST = 2_400
"""The longer side of a copy to look at, in pixels."""

MOST_PIXELS = 100_000_000
"""More than any camera a school owns makes, but for the photographs below."""

MOST_PHOTO_PIXELS = 250_000_000
"""Photographs (JPEG) are decoded at a fraction of their size, so that a telephone's largest ones are no danger."""

BOMB = (
    "This picture would unpack to an enormous one, as files made to do harm do. It was not kept. "
    "Ask for it to be sent again, or take a screenshot of it."
)
_FORMATS = ("JPEG", "PNG", "GIF", "WEBP", "BMP")
_FAULTS = (
    OSError,
    ValueError,
    SyntaxError,
    EOFError,
    struct.error,
    ArithmeticError,
    LookupError,
    TypeError,
    AttributeError,
    RuntimeError,
    MemoryError,
    Warning,
)
"""What decoding a broken or hostile picture may raise."""


def thumbnail(content: bytes) -> bytes | None:
    """A small JPEG without any of the camera's notes; None for what is no picture or cannot be decoded.

    Raises `Refused` for a picture that would unpack to an enormous one.
    """
    return _drawn(content, SIDE, 78)


def without_notes(content: bytes) -> bytes | None:
    """A JPEG to look at, without the camera's notes; None where it cannot be made. Raises `Refused` as above."""
    return _drawn(content, LARGEST, 90)


def _drawn(content: bytes, side: int, quality: int) -> bytes | None:
    try:
        with Image.open(io.BytesIO(content), formats=_FORMATS) as picture:
            _check_size(picture)
            picture.draft("RGB", (side, side))
            turned = ImageOps.exif_transpose(picture)
            flat = _flat(turned)
            flat.thumbnail((side, side))
            out = io.BytesIO()
            flat.save(out, "JPEG", quality=quality)
            return out.getvalue()
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as fault:
        raise Refused(BOMB) from fault
    except _FAULTS:
        return None


def _check_size(picture: Image.Image) -> None:
    width, height = picture.size
    most = MOST_PHOTO_PIXELS if picture.format in ("JPEG", "MPO") else MOST_PIXELS
    if width * height > most:
        raise Image.DecompressionBombError


def _flat(picture: Image.Image) -> Image.Image:
    """On white, where it lets the ground through."""
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        seen = picture.convert("RGBA")
        ground = Image.new("RGB", seen.size, "white")
        ground.paste(seen, mask=seen.getchannel("A"))
        return ground
    return picture.convert("RGB")

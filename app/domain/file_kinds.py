"""What a file is, by its content: its name and what a mail says of it may lie. Nothing is unpacked to tell.

Also whether it says where it was made, without ever reading the place itself.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass

from app.domain.content import Media


@dataclass(frozen=True, slots=True)
class FileKind:
    """A kind of file. `media` is the permission it needs if it shows a child; `is_program` means it can do harm."""

    mime: str
    words: str
    ending: str
    media: Media = Media.WORK
    is_program: bool = False


UNKNOWN = FileKind("application/octet-stream", "a file of an unknown kind", "bin")
TEXT = FileKind("text/plain", "a text", "txt")

_PHOTO, _VIDEO = Media.PHOTO, Media.VIDEO
_STARTS: tuple[tuple[bytes, FileKind], ...] = (
    (b"\xff\xd8\xff", FileKind("image/jpeg", "a picture (JPEG)", "jpg", _PHOTO)),
    (b"\x89PNG\r\n\x1a\n", FileKind("image/png", "a picture (PNG)", "png", _PHOTO)),
    (b"GIF87a", FileKind("image/gif", "a picture (GIF)", "gif", _PHOTO)),
    (b"GIF89a", FileKind("image/gif", "a picture (GIF)", "gif", _PHOTO)),
    (b"II*\x00", FileKind("image/tiff", "a picture (TIFF)", "tif", _PHOTO)),
    (b"MM\x00*", FileKind("image/tiff", "a picture (TIFF)", "tif", _PHOTO)),
    (b"%PDF-", FileKind("application/pdf", "a PDF", "pdf")),
    (b"{\\rtf", FileKind("application/rtf", "a document (RTF)", "rtf")),
    (b"\x1aE\xdf\xa3", FileKind("video/webm", "a film (WebM)", "webm", _VIDEO)),
    (b"OggS", FileKind("audio/ogg", "a recording (Ogg)", "ogg", _VIDEO)),
    (b"ID3", FileKind("audio/mpeg", "a recording (MP3)", "mp3", _VIDEO)),
    (b"\xff\xfb", FileKind("audio/mpeg", "a recording (MP3)", "mp3", _VIDEO)),
    (b"\xff\xf3", FileKind("audio/mpeg", "a recording (MP3)", "mp3", _VIDEO)),
    (b"#!AMR", FileKind("audio/amr", "a recording (AMR)", "amr", _VIDEO)),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", FileKind("application/msword", "a document (old Office)", "doc")),
    (b"\x7fELF", FileKind("application/x-executable", "a program", "bin", is_program=True)),
    (b"\xcf\xfa\xed\xfe", FileKind("application/x-executable", "a program", "bin", is_program=True)),
    (b"\xca\xfe\xba\xbe", FileKind("application/x-executable", "a program", "bin", is_program=True)),
    (b"L\x00\x00\x00\x01\x14\x02\x00", FileKind("application/x-ms-shortcut", "a shortcut", "bin", is_program=True)),
    (b"#!", FileKind("text/x-script", "a script", "txt", is_program=True)),
)
_RIFF = {
    b"WEBP": FileKind("image/webp", "a picture (WebP)", "webp", _PHOTO),
    b"AVI ": FileKind("video/x-msvideo", "a film (AVI)", "avi", _VIDEO),
    b"WAVE": FileKind("audio/wav", "a recording (WAV)", "wav", _VIDEO),
}
_HEIC = FileKind("image/heic", "a picture (HEIC)", "heic", _PHOTO)
_BRANDS = {
    b"heic": _HEIC,
    b"heix": _HEIC,
    b"mif1": _HEIC,
    b"msf1": _HEIC,
    b"avif": FileKind("image/avif", "a picture (AVIF)", "avif", _PHOTO),
    b"qt  ": FileKind("video/quicktime", "a film (QuickTime)", "mov", _VIDEO),
    b"M4A ": FileKind("audio/mp4", "a recording (M4A)", "m4a", _VIDEO),
}
_FILM = FileKind("video/mp4", "a film (MP4)", "mp4", _VIDEO)
_BITMAP = FileKind("image/bmp", "a picture (BMP)", "bmp", _PHOTO)
_PROGRAM = FileKind("application/x-msdownload", "a program", "bin", is_program=True)
_OFFICE = (
    (
        b"word/",
        FileKind("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "a document", "docx"),
    ),
    (b"xl/", FileKind("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "a spreadsheet", "xlsx")),
    (b"ppt/", FileKind("application/vnd.openxmlformats-officedocument.presentationml.presentation", "slides", "pptx")),
)
_ZIP = FileKind("application/zip", "a packed folder (zip)", "zip")
_HTML = FileKind("text/html", "a web page", "html")
_MAIL = FileKind("message/rfc822", "an e-mail", "eml")
_SVG = FileKind("image/svg+xml", "a drawing (SVG)", "svg", _PHOTO)
_HEAD = 4_096

KINDS: dict[str, FileKind] = {
    kind.mime: kind
    for kind in (
        *(kind for _, kind in _STARTS),
        *_RIFF.values(),
        *_BRANDS.values(),
        *(kind for _, kind in _OFFICE),
        *(_BITMAP, _PROGRAM, _FILM, _ZIP, _HTML, _MAIL, _SVG, TEXT, UNKNOWN),
    )
}
"""Every kind that is told apart, by its MIME type."""


def kind_of(content: bytes) -> FileKind:
    """The kind of a file, from its own first bytes; `UNKNOWN` where they tell nothing."""
    for start, kind in _STARTS:
        if content.startswith(start):
            return kind
    if content.startswith(b"BM") and content[6:10] == b"\x00" * 4:
        return _BITMAP
    if content.startswith(b"MZ") and b"\x00" in content[:64]:
        return _PROGRAM
    if content.startswith(b"RIFF"):
        return _RIFF.get(content[8:12], UNKNOWN)
    if content[4:8] == b"ftyp":
        return _BRANDS.get(content[8:12], _FILM)
    if content.startswith(b"PK\x03\x04"):
        return _packed(content)
    return _text(content[:_HEAD])


def _packed(content: bytes) -> FileKind:
    if b"[Content_Types].xml" not in content:
        return _ZIP
    return next((kind for folder, kind in _OFFICE if folder in content), _ZIP)


def _text(head: bytes) -> FileKind:
    if not head or b"\x00" in head:
        return UNKNOWN
    try:
        start = head.decode("utf-8", "ignore").lstrip("\ufeff \r\n\t").lower()
    except ValueError:
        return UNKNOWN
    if sum(sign < " " and sign not in "\r\n\t\x0c" for sign in start) * 50 > len(start):
        return UNKNOWN
    if start.startswith("<svg") or (start.startswith("<?xml") and "<svg" in start):
        return _SVG
    if start.startswith(("<!doctype html", "<html")):
        return _HTML
    if start.startswith(("from:", "received:", "return-path:", "delivered-to:", "mime-version:", "message-id:")):
        return _MAIL
    return TEXT if start else UNKNOWN


_GPS_POINTER, _LATITUDE, _LONGITUDE = 0x8825, 2, 4
_MOST_ENTRIES = 512
_SAYS_SO = (
    b"GPSLatitude",
    b"com.apple.quicktime.location",
    b"\xa9xyz",
    b"loci\x00\x00\x00\x00",
)
"""Marks by which pictures' descriptions (XMP) and films say where they were made."""


def tells_place(content: bytes) -> bool:
    """Whether a picture or film says where it was made. The place itself is not read."""
    if any(mark in content for mark in _SAYS_SO):
        return True
    for mark, order in ((b"II*\x00", "<"), (b"MM\x00*", ">")):
        at = content.find(mark)
        while at >= 0:
            if _has_place(content, at, order):
                return True
            at = content.find(mark, at + 1)
    return False


def _has_place(content: bytes, start: int, order: str) -> bool:
    """Whether the camera's notes that begin here point at a latitude or a longitude."""
    try:
        (first,) = struct.unpack_from(f"{order}I", content, start + 4)
        pointer = _entries(content, start, first, order).get(_GPS_POINTER)
        if pointer is None:
            return False
        place = _entries(content, start, pointer, order)
    except struct.error:
        return False
    return _LATITUDE in place or _LONGITUDE in place


def _entries(content: bytes, start: int, offset: int, order: str) -> dict[int, int]:
    """A directory of the camera's notes: tags and the numbers beside them."""
    (count,) = struct.unpack_from(f"{order}H", content, start + offset)
    if count > _MOST_ENTRIES:
        return {}
    found = {}
    for number in range(count):
        tag, _, _, value = struct.unpack_from(f"{order}HHII", content, start + offset + 2 + number * 12)
        found[tag] = value
    return found

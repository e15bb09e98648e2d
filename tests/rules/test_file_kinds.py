"""What a file is, by its content; whether it says where it was made."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.content import Media
from app.domain.file_kinds import KINDS, UNKNOWN, kind_of, tells_place
from tests.pictures import picture

HEIC = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic"
MP4 = b"\x00\x00\x00\x18ftypisom\x00\x00\x02\x00isomiso2"
TIFF_WITH_PLACE = (
    b"II*\x00\x08\x00\x00\x00\x01\x00\x25\x88\x04\x00\x01\x00\x00\x00\x1a\x00\x00\x00\x00\x00\x00\x00"
    b"\x01\x00\x02\x00\x05\x00\x03\x00\x00\x00\x2c\x00\x00\x00\x00\x00\x00\x00"
)


@pytest.mark.parametrize(
    ("content", "mime", "media"),
    [
        (picture("JPEG"), "image/jpeg", Media.PHOTO),
        (picture("PNG"), "image/png", Media.PHOTO),
        (picture("GIF"), "image/gif", Media.PHOTO),
        (picture("WEBP"), "image/webp", Media.PHOTO),
        (picture("BMP"), "image/bmp", Media.PHOTO),
        (picture("TIFF"), "image/tiff", Media.PHOTO),
        (HEIC, "image/heic", Media.PHOTO),
        (MP4, "video/mp4", Media.VIDEO),
        (b"\x00\x00\x00\x14ftypqt  ", "video/quicktime", Media.VIDEO),
        (b"RIFF\x00\x00\x00\x00WAVEfmt ", "audio/wav", Media.VIDEO),
        (b"ID3\x04\x00", "audio/mpeg", Media.VIDEO),
        (b"%PDF-1.7\n", "application/pdf", Media.WORK),
        (b"PK\x03\x04....[Content_Types].xml....word/document.xml", (
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
        ), Media.WORK),
        (b"PK\x03\x04....holiday.jpg", "application/zip", Media.WORK),
        (b"From: a@b.example\r\nTo: c@d.example\r\n", "message/rfc822", Media.WORK),
        (b"\xef\xbb\xbfDear Mrs Holt", "text/plain", Media.WORK),
        (b"<!DOCTYPE html><p>x", "text/html", Media.WORK),
        (b"<svg xmlns='x'>", "image/svg+xml", Media.PHOTO),
        (b"BMX club meets on Monday at four", "text/plain", Media.WORK),
        (b"MZ is how he signs", "text/plain", Media.WORK),
        (b"", UNKNOWN.mime, Media.WORK),
        (b"\x00\x01\x02\x03", UNKNOWN.mime, Media.WORK),
        (b"\x01\x02\x03\x04\x05\x06", UNKNOWN.mime, Media.WORK),
    ],
)  # fmt: skip
def test_a_file_is_told_by_its_content(content: bytes, mime: str, media: Media) -> None:
    found = kind_of(content)
    assert (found.mime, found.media, found.is_program) == (mime, media, False)
    assert KINDS[found.mime] == found


@pytest.mark.parametrize(
    "content",
    [
        b"MZ\x90\x00\x03\x00\x00\x00",
        b"\x7fELF\x02\x01\x01",
        b"#!/bin/sh\nrm -rf /\n",
        b"L\x00\x00\x00\x01\x14\x02\x00\x00\x00",
    ],
)
def test_programs_are_known_for_what_they_are(content: bytes) -> None:
    assert kind_of(content).is_program


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_pictures_that_say_where_they_were_made(form: str) -> None:
    assert tells_place(picture(form, located=True))
    assert not tells_place(picture(form))


def test_other_ways_of_saying_where() -> None:
    assert tells_place(HEIC + b"\x00" * 40 + b"Exif\x00\x00" + TIFF_WITH_PLACE)
    assert tells_place(TIFF_WITH_PLACE)
    assert not tells_place(TIFF_WITH_PLACE.replace(b"\x02\x00\x05\x00", b"\x00\x00\x05\x00"))
    assert tells_place(MP4 + b"udta\x00\x00\x00\x1e\xa9xyz+53.43-001.35/")
    assert tells_place(picture() + b"<exif:GPSLatitude>53,25.8N</exif:GPSLatitude>")
    assert not tells_place(MP4)


@given(st.binary(max_size=400))
def test_no_bytes_break_the_telling(content: bytes) -> None:
    assert kind_of(content).mime
    assert tells_place(b"II*\x00" + content) in (True, False)
    assert tells_place(b"MM\x00*" + content) in (True, False)

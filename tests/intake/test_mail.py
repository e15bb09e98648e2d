"""E-mails: plain, in HTML, with attachments, and built to do harm."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.content import Kind, Media
from app.domain.incoming import IncomingItem
from app.domain.problems import Unreadable
from app.intake.eml import looks_like_mail, read_mail
from app.intake.html_text import text_of_html
from app.intake.read import LONDON, read_feed
from app.intake.recognise import Shape, recognise
from tests.intake.files import TODAY, written

HEAD = b"From: Jo Marsh <jo@marsh.example>\r\nTo: office@school.example\r\nSubject: Dinner\r\n"
DATE = b"Date: Tue, 6 Oct 2026 19:15:00 +0000\r\n"


def mail(folder: Path, data: bytes) -> IncomingItem:
    (item,) = read_feed([written(folder, "m.eml", data)], today=TODAY).items
    return item


def test_a_plain_mail(tmp_path: Path) -> None:
    item = mail(tmp_path, HEAD + DATE + b"Message-ID: <1@marsh.example>\r\n\r\nIs there pie?\r\n")
    assert (item.kind, item.text, item.subject) == (Kind.MESSAGE, "Dinner\n\nIs there pie?", "Dinner")
    assert (item.author_name, item.author_id, item.to) == ("Jo Marsh", "jo@marsh.example", ("office@school.example",))
    assert item.sent_at == datetime(2026, 10, 6, 19, 15, tzinfo=UTC)
    assert item.source_id == "1@marsh.example"


def test_names_and_words_in_other_scripts(tmp_path: Path) -> None:
    item = mail(
        tmp_path,
        b"From: =?utf-8?q?Zo=C3=AB_O=27Neill?= <zoe@oneill.example>\r\nSubject: =?iso-8859-1?q?Caf=E9?=\r\n"
        b"Content-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
        b"na=EFve\r\n",
    )
    assert (item.author_name, item.text) == ("Zoë O'Neill", "Café\n\nnaïve")


def test_html_alone_becomes_its_words(tmp_path: Path) -> None:
    item = mail(
        tmp_path,
        HEAD + DATE + b"Content-Type: text/html\r\n\r\n<html><head><style>p{}</style></head><body><p>Hello<br>there</p>"
        b"<script>alert(1)</script><div>Ella &amp; Oscar</div></body></html>",
    )
    assert item.text == "Dinner\n\nHello\nthere\n\nElla & Oscar"


def test_attachments_with_bytes_fingerprint_and_a_safe_name(tmp_path: Path) -> None:
    data = (
        HEAD
        + DATE
        + b"MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nSee attached.\r\n"
        b'--b\r\nContent-Type: image/png\r\nContent-Disposition: attachment; filename="..\\..\\a:1.png"\r\n'
        b"Content-Transfer-Encoding: base64\r\n\r\naGVsbG8=\r\n"
        b"--b\r\nContent-Type: message/rfc822\r\n\r\nFrom: x@y.example\r\nSubject: Inner\r\n\r\nSecret\r\n--b--\r\n"
    )
    item = mail(tmp_path, data)
    picture, inner = item.attachments
    assert (picture.name, picture.mime, picture.media, picture.size) == ("a_1.png", "image/png", Media.PHOTO, 5)
    assert picture.content == b"hello"
    assert picture.sha256 == hashlib.sha256(b"hello").hexdigest()
    assert "hello" not in repr(item)
    assert inner.content is not None
    assert b"Secret" in inner.content
    assert item.text == "Dinner\n\nSee attached."
    assert item.media == (Media.PHOTO, Media.WORK)


def test_mails_with_pieces_missing_say_so(tmp_path: Path) -> None:
    found = read_feed(
        [written(tmp_path, "m.eml", b"Subject: x\r\nDate: never\r\nMIME-Version: 1.0\r\n\r\n")], today=TODAY
    )
    assert [remark.field for remark in found.warnings] == ["From", "text", "Date"]
    assert found.items[0].sent_at is None


def test_an_unknown_zone_is_universal_time(tmp_path: Path) -> None:
    item = mail(tmp_path, HEAD + b"Date: Tue, 6 Oct 2026 19:15:00 -0000\r\n\r\nx")
    assert item.sent_at == datetime(2026, 10, 6, 19, 15, tzinfo=UTC)


def test_thousands_of_parts_and_nestings_are_refused_or_read_but_never_fail(tmp_path: Path) -> None:
    many = b"".join(b"--b\r\n\r\nx\r\n" for _ in range(1000)) + b"--b--\r\n"
    with pytest.raises(Unreadable, match="more than 300 parts"):
        mail(tmp_path, HEAD + b"Content-Type: multipart/mixed; boundary=b\r\n\r\n" + many)
    nested = HEAD + b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (depth, depth) for depth in range(3000)
    )
    sentence = ""
    try:
        assert mail(tmp_path, nested).subject == "Dinner"
    except Unreadable as refusal:
        sentence = refusal.sentence
    assert sentence == "" or sentence.startswith("m.eml ")


@pytest.mark.parametrize(
    "extra",
    [
        b"Content-Type: text/plain; charset=klingon\r\n",
        b"Content-Type: text/plain; charset=\x00\r\n",
        b"Content-Type: ;;;=\r\n",
        b"Content-Transfer-Encoding: base64\r\n",
        b"Content-Transfer-Encoding: x-uuencode\r\n",
        b"Content-Disposition: attachment; filename*=klingon''%ff\r\n",
        b"Content-Type: text/plain; name*0*=utf-8''a; name*1=b\r\n",
        b"From: =?klingon?q?x?= <a@b.example>\r\n",
        b"Subject: =?utf-8?b?!!!!?=\r\n",
        b"Content-Type: multipart/mixed\r\n",
    ],
)
def test_odd_headers_never_fail(tmp_path: Path, extra: bytes) -> None:
    assert mail(tmp_path, HEAD + DATE + extra + b"\r\nZm9v").kind is Kind.MESSAGE


@given(st.binary(max_size=600), st.sampled_from([b"", b"Content-Type: multipart/mixed; boundary=b\r\n", b"X: "]))
def test_any_bytes_after_the_headers_are_a_mail_or_refused(body: bytes, extra: bytes) -> None:
    try:
        found = read_mail("m.eml", HEAD + extra + body, ZoneInfo(LONDON))
    except Unreadable:
        return
    assert len(found.items) == 1
    found.items[0].text.encode("utf-8")


@given(st.text(max_size=300))
def test_any_text_is_html_of_a_sort(text: str) -> None:
    assert isinstance(text_of_html(text), str)


@given(st.lists(st.sampled_from(["<p>", "</p>", "<script>", "</script>", "<!--", "-->", "<![CDATA[", "<!", "&#", "x"])))
def test_broken_html_is_read_without_fault(pieces: list[str]) -> None:
    assert text_of_html("<p>Hi</p>" + "".join(pieces)).startswith("Hi")


def test_a_mail_is_known_by_its_headers_and_a_table_is_not_one(tmp_path: Path) -> None:
    assert looks_like_mail(HEAD + b"\r\n")
    assert not looks_like_mail(b"From,To,Date\r\nA,B,C\r\n")
    assert not looks_like_mail(b"Subject: one header only\r\n\r\nFrom: in the body\r\n")
    assert recognise(written(tmp_path, "renamed.csv", HEAD + DATE + b"\r\nx")).shape is Shape.MAIL

"""What a file is, by what is in it. Its name is not asked: files are renamed, and endings lie."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from app.domain.problems import Unreadable
from app.intake.eml import looks_like_mail
from app.intake.files import foreign_kind, foreign_zip, read_bytes, read_head
from app.intake.sheets import XLSX_PARTS, zip_names
from app.intake.text import Decoded, decode

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_HTML = ("<!doctype html", "<html", "<head", "<table", "<body")


class Shape(StrEnum):
    """The form a file has, before anybody asks what it is about."""

    FOLDER = "folder"
    ZIP = "zip"
    WORKBOOK = "workbook"
    XML = "xml"
    JSON = "json"
    JSON_LINES = "json lines"
    MAIL = "mail"
    TABLE = "table"


@dataclass(frozen=True, slots=True)
class Recognised:
    """A path, its form, and its text where it was needed to tell."""

    path: Path
    shape: Shape
    decoded: Decoded | None = None


def recognise(path: Path) -> Recognised:
    """Tell what form a file has. Raises Unreadable for a missing or empty file and for forms nobody imports."""
    if path.is_dir():
        return Recognised(path, Shape.FOLDER)
    head = read_head(path)
    if head.startswith(b"PK"):
        return Recognised(path, _shape_of_zip(path))
    if head.startswith(_OLE):
        return Recognised(path, _shape_of_compound(path))
    kind = foreign_kind(head)
    if kind is not None:
        raise Unreadable(f"{path.name} is {kind}, which cannot be read as a list. Save it as CSV or XLSX.")
    if looks_like_mail(head):
        return Recognised(path, Shape.MAIL)
    if _starts_with_bracket(head):
        return Recognised(path, Shape.XML)
    decoded = decode(path.name, read_bytes(path))
    return Recognised(path, _shape_of_text(path, decoded.text), decoded)


def _shape_of_zip(path: Path) -> Shape:
    names = zip_names(path)
    kind = foreign_zip(names)
    if kind is not None:
        raise Unreadable(f"{path.name} is {kind}, which cannot be read as a list. Save it as XLSX or CSV.")
    return Shape.WORKBOOK if XLSX_PARTS in names else Shape.ZIP


def _shape_of_compound(path: Path) -> Shape:
    """Old workbooks, locked new ones and Outlook messages share one container."""
    content = read_bytes(path)
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise Unreadable(f"{path.name} is locked with a password. Save it without one and bring it in again.")
    if "__substg1.0_".encode("utf-16-le") in content:
        raise Unreadable(f"{path.name} is an Outlook message. Save it as .eml, or paste its text.")
    return Shape.WORKBOOK


def _starts_with_bracket(head: bytes) -> bool:
    """XML in any encoding; pages of HTML are told apart by their text."""
    plain = head
    for mark in _MARKS:
        plain = plain.removeprefix(mark)
    plain = plain.replace(b"\x00", b"").lstrip()
    text = plain[:200].decode("latin-1").lower()
    return text.startswith("<") and not text.startswith(_HTML)


def _shape_of_text(path: Path, text: str) -> Shape:
    start = text.lstrip()
    if start[:200].lower().startswith(_HTML):
        raise Unreadable(
            f"{path.name} is a web page, often what comes when a sign-in has run out. Sign in and download it again."
        )
    if start.startswith("{"):
        first, _, rest = start.partition("\n")
        if first.rstrip().endswith("}") and (rest.lstrip().startswith("{") or _is_item(first)):
            return Shape.JSON_LINES
        return Shape.JSON
    return Shape.JSON if start.startswith("[") else Shape.TABLE


def _is_item(line: str) -> bool:
    """Whether a file's only line is an item rather than a page of posts."""
    return '"kind"' in line and '"_items"' not in line

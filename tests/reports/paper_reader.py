"""Reads a PDF back: its text, its fonts, its bookmarks and the tree that a screen reader walks."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from pypdf import PdfReader
from pypdf.generic import ArrayObject, ContentStream, DictionaryObject, NumberObject


@dataclass
class Node:
    """An element of the structure tree: its role, its own text, its words for a picture, its children."""

    role: str
    text: str = ""
    alt: str = ""
    kids: list[Node] = field(default_factory=list)

    def walk(self) -> Iterator[Node]:
        """This element and all below it, in reading order."""
        yield self
        for kid in self.kids:
            yield from kid.walk()

    def all(self, role: str) -> list[Node]:
        """The elements below with this role."""
        return [node for node in self.walk() if node.role == role]

    @property
    def whole(self) -> str:
        """The text of the element and everything in it, its spaces made even."""
        return " ".join(" ".join(node.text for node in self.walk()).split())


class Paper:
    """A PDF that was written, read back."""

    def __init__(self, data: bytes) -> None:
        self.reader = PdfReader(io.BytesIO(data))
        self.root: Any = self.reader.trailer["/Root"]

    def text(self) -> str:
        """All pages' text, its spaces made even."""
        return " ".join(" ".join(page.extract_text() for page in self.reader.pages).split())

    def fonts(self) -> dict[str, bool]:
        """The fonts of all pages, and whether each is embedded."""
        found: dict[str, bool] = {}
        for page in self.reader.pages:
            fonts: Any = page["/Resources"]["/Font"]  # type: ignore[index]
            for font in (each.get_object() for each in fonts.values()):
                found[font["/BaseFont"]] = "/FontFile2" in font["/FontDescriptor"]
        return found

    def bookmarks(self) -> list[str]:
        """The titles of the outline, all levels in order."""
        titles: list[str] = []

        def take(entries: list[Any]) -> None:
            for entry in entries:
                if isinstance(entry, list):
                    take(entry)
                else:
                    titles.append(str(entry["/Title"]))

        take(list(self.reader.outline))
        return titles

    def tree(self) -> Node:
        """The document's element, with the text of each piece of content in its place."""
        pieces = {page.indirect_reference.idnum: _pieces(page) for page in self.reader.pages if page.indirect_reference}
        return _node(self.root["/StructTreeRoot"]["/K"], pieces)

    def unmarked(self) -> int:
        """How many pieces of text stand outside any marked content; a screen reader would stumble on each."""
        loose = 0
        for page in self.reader.pages:
            depth = 0
            for operands, operator in _content(page).operations:
                del operands
                depth += {b"BDC": 1, b"BMC": 1, b"EMC": -1}.get(operator, 0)
                loose += operator == b"Tj" and not depth
        return loose

    def edges(self, page: int) -> list[tuple[float, float, float, str]]:
        """Each drawn text of a page, from 0: where it begins, where it ends, the line it stands on, and the text."""
        place = self.reader.pages[page]
        fonts = {name: font.get_object() for name, font in place["/Resources"]["/Font"].items()}  # type: ignore[index]
        letters = {name: _letters(font) for name, font in fonts.items()}
        found: list[tuple[float, float, float, str]] = []
        x = y = size = 0.0
        name = ""
        for operands, operator in _content(place).operations:
            if operator == b"Tm":
                x, y = float(operands[4]), float(operands[5])
            elif operator == b"Tf":
                name, size = operands[0], float(operands[1])
            elif operator == b"Tj":
                codes = operands[0].original_bytes
                end = x + sum(float(fonts[name]["/Widths"][code]) for code in codes) * size / 1000
                found.append((x, end, y, "".join(letters[name].get(code, "?") for code in codes)))
                x = end
        return found


def _content(page: Any) -> ContentStream:
    return ContentStream(page["/Contents"].get_object(), page.pdf)


def _pieces(page: Any) -> dict[int, str]:
    """The text of each numbered piece of content on a page; words given in place of the drawn ones are taken."""
    maps = {name: _letters(font.get_object()) for name, font in page["/Resources"]["/Font"].items()}
    found: dict[int, str] = {}
    stack: list[int | str | None] = []
    letters: dict[int, str] = {}
    for operands, operator in _content(page).operations:
        if operator in (b"BDC", b"BMC"):
            facts = operands[1] if len(operands) > 1 else {}
            stack.append(int(facts["/MCID"]) if "/MCID" in facts else facts.get("/ActualText"))
            if isinstance(stack[-1], str):
                _add(found, stack, str(stack[-1]))
        elif operator == b"EMC":
            stack.pop()
        elif operator == b"Tf":
            letters = maps[operands[0]]
        elif operator == b"Tj" and not any(isinstance(each, str) for each in stack):
            _add(found, stack, "".join(letters.get(code, "?") for code in operands[0].original_bytes))
    return found


def _add(found: dict[int, str], stack: list[int | str | None], text: str) -> None:
    piece = next((each for each in reversed(stack) if isinstance(each, int)), None)
    if piece is not None:
        found[piece] = found.get(piece, "") + text


def _letters(font: Any) -> dict[int, str]:
    """What each code of a font stands for, from the map that the font carries."""
    stream = font["/ToUnicode"].get_object().get_data().decode("ascii")
    pairs = re.findall(r"^<([0-9A-F]{2})> <([0-9A-F]{4})>$", stream, re.MULTILINE)
    return {int(code, 16): bytes.fromhex(letter).decode("utf-16-be") for code, letter in pairs}


def _node(entry: Any, pieces: dict[int, dict[int, str]], page: int = 0) -> Node:
    entry = entry.get_object()
    home = entry.raw_get("/Pg").idnum if "/Pg" in entry else page
    node = Node(entry["/S"][1:], alt=str(entry.get("/Alt", "")))
    kids = entry["/K"]
    for kid in kids if isinstance(kids, ArrayObject) else [entry.raw_get("/K")]:
        value = kid.get_object()
        if isinstance(value, NumberObject):
            node.text += pieces[home].get(int(value), "")
        elif isinstance(value, DictionaryObject) and value.get("/Type") == "/MCR":
            node.text += " " + pieces[value.raw_get("/Pg").idnum].get(int(str(value["/MCID"])), "")
        else:
            node.kids.append(_node(value, pieces, home))
    return node

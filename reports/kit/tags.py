"""The tree behind the pages that lets a screen reader use them: headings, paragraphs, lists, tables, figures.

reportlab draws pages but writes no such tree, so it is made here and hung into the document before it is saved.
Only what every reader needs is written: element, place in the tree, language, scope of headings, words for pictures.
"""

from __future__ import annotations

from typing import Any

from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas


def literal(text: str) -> str:
    """Any text as a PDF string."""
    return "<FEFF" + text.encode("utf-16-be", "replace").hex().upper() + ">"


class Element:
    """A node: its role ("H1", "P", "TD"), attributes already in PDF's writing, and what it holds in reading order.

    What it holds is either an element or a piece of a page's content: the page's number and the piece's.
    """

    __slots__ = ("family", "kids", "parent", "place", "role", "says")

    def __init__(self, role: str, parent: Element | None, says: str = "") -> None:
        self.role = role
        self.parent = parent
        self.says = says
        self.kids: list[Element | tuple[int, int]] = []
        self.family: list[Element] = [] if parent is None else parent.family
        self.place = len(self.family)
        self.family.append(self)
        if parent is not None:
            parent.kids.append(self)


class Tree:
    """All elements of one document, and which of them each piece of a page's content belongs to."""

    def __init__(self) -> None:
        self.root = Element("Document", None)
        self._pages: list[list[int]] = [[]]

    def content(self, element: Element) -> int:
        """A number, unique on the page, for the piece of content about to be drawn as part of the element."""
        owners = self._pages[-1]
        piece = len(owners)
        element.kids.append((len(self._pages), piece))
        owners.append(element.place)
        return piece

    @property
    def next_piece(self) -> int:
        """The number on its page of the piece that comes next."""
        return len(self._pages[-1])

    def end_page(self) -> None:
        """The content that follows stands on the next page."""
        self._pages.append([])

    def hang(self, canvas: Canvas) -> None:
        """Writes the tree into the canvas's document. Every page must have been shown; nothing is saved yet."""
        document: Any = canvas._doc  # type: ignore[attr-defined]
        pages = [document.idToObjectNumberAndVersion[f"Page{place}"][0] for place in range(1, len(self._pages))]
        first = document.objectcounter + 3
        top, owners = first - 2, first - 1
        writer = _Writer(first, top, pages)
        lists = "\n".join(
            f"{place} [{' '.join(f'{first + owner} 0 R' for owner in page)}]"
            for place, page in enumerate(self._pages[:-1])
        )
        root = (
            f"<</Type/StructTreeRoot/K {first} 0 R/ParentTree {owners} 0 R/ParentTreeNextKey {len(pages)}"
            "/RoleMap <</Title/P>>>>"
        )
        _register(document, [root, f"<</Nums [\n{lists}\n]>>", *map(writer.written, self.root.family)])
        for place in range(len(pages)):
            page = document.idToObject[f"Page{place + 1}"]
            page.__NoDefault__ = [*page.__NoDefault__, "StructParents", "Tabs"]
            page.StructParents, page.Tabs = place, pdfdoc.PDFName("S")
        document.Catalog.StructTreeRoot = f"{top} 0 R"
        document.Catalog.MarkInfo = pdfdoc.PDFDictionary({"Marked": "true"})


def _register(document: Any, written: list[str]) -> None:
    """Gives a document objects whose writing is known, one number each.

    reportlab's own way takes a class and several calls for each object: with a row of a table in nine of them, that was
    half the time of a long report.
    """
    for number, text in enumerate(written, start=document.objectcounter + 1):
        name = f"Tag{number}"
        document.idToObjectNumberAndVersion[name] = (number, 0)
        document.numberToId[number] = name
        document.idToObject[name] = text.encode("ascii")
    document.objectcounter += len(written)


class _Writer:
    """Puts elements into PDF's writing, once their numbers are known."""

    def __init__(self, first: int, top: int, pages: list[int]) -> None:
        self.first, self.top, self.pages = first, top, pages

    def written(self, element: Element) -> str:
        """One element as it stands in the file."""
        parent = self.first + element.parent.place if element.parent else self.top
        home, page = 0, ""
        kids = []
        for kid in element.kids:
            if isinstance(kid, Element):
                kids.append(f"{self.first + kid.place} 0 R")
                continue
            number, piece = kid
            if not home:
                home, page = number, f"/Pg {self.pages[number - 1]} 0 R"
            if number == home:
                kids.append(str(piece))
            else:
                kids.append(f"<</Type/MCR/Pg {self.pages[number - 1]} 0 R/MCID {piece}>>")
        held = kids[0] if len(kids) == 1 else f"[{' '.join(kids)}]"
        return f"<</S/{element.role}/P {parent} 0 R{page}{element.says}/K {held}>>"

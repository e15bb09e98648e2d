"""Class lists as files: a page for each class to print, and a spreadsheet (T8, T11).

They carry the permitted name and may or may not for each kind; never why, never a UPN, never a date of birth. They are
about today rather than about a period, so they stand beside the catalogue of reports and not in it.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from app.domain.permissions import MediaKind
from app.domain.problems import Problem
from app.domain.sheets import Sheet
from app.domain.words import day_words
from app.services.office import Office
from app.services.sheets import ClassSheets, RecordSheetSaved, SheetBoard
from reports.kit.model import Block, Callout, Column, Document, Heading, Masthead, Table, Text, Tone
from reports.kit.roster import Roster, Rosters, rosters_pdf
from reports.kit.whole import written_whole

TITLE = "Who may be shown on ClassDojo"
RULES = (
    "No means no. Do not ask the child, the family or a colleague why. Where you are not sure, or a child is not on "
    "this list, do not show the child. Use the name exactly as it stands here.",
)


def save(office: Office, class_id: int | None, path: Path) -> Path:
    """Save a class's list, or every class's where `class_id` is None, as the file's ending says, and note it.

    Raises `Problem` where a list no longer holds: it must be issued first, so that paper and record agree.
    """
    if path.suffix.lower() not in (".pdf", ".xlsx"):
        raise Problem(f"The list was not saved: {path.name} must end in .pdf or .xlsx. Choose one of the two.")
    board = office.ask(ClassSheets())
    data = as_pdf(board, class_id) if path.suffix.lower() == ".pdf" else as_xlsx(board, class_id)
    path.parent.mkdir(parents=True, exist_ok=True)
    with written_whole(path) as place:
        place.write_bytes(data)
    office.perform(RecordSheetSaved(class_id, path.suffix.lower()[1:], hashlib.sha256(data).hexdigest()))
    return path


def as_pdf(board: SheetBoard, class_id: int | None) -> bytes:
    """The pages to print. Raises `Problem` where a list no longer holds."""
    lists = tuple(_roster(sheet) for sheet in _issued(board, class_id))
    return rosters_pdf(Rosters(board.school, TITLE, board.now, board.by, lists))[0]


def as_xlsx(board: SheetBoard, class_id: int | None) -> bytes:
    """The same as a workbook with a sheet for each class. Raises `Problem` where a list no longer holds."""
    from reports.kit.sheet import xlsx_of

    return xlsx_of(document(board, class_id))


def document(board: SheetBoard, class_id: int | None) -> Document:
    """The lists as a document. Raises `Problem` where a list no longer holds."""
    pages = _issued(board, class_id)
    head = Masthead(
        school=board.school,
        title=TITLE,
        period=day_words(board.today),
        policy="",
        generated_at=board.now,
        generated_by=board.by,
        audit_head="",
        audience="Staff only. Destroy earlier issues.",
    )
    blocks: list[Block] = [Text(RULES[0])]
    for sheet in pages:
        blocks += [Heading(f"{sheet.name}, {_issue(sheet)}", 2), *_notes(sheet), _table(sheet)]
    return Document(head, tuple(blocks))


def _issued(board: SheetBoard, class_id: int | None) -> tuple[Sheet, ...]:
    pages = board.pages_of(class_id)
    chosen = board.of(class_id)
    if not pages or chosen is None or not chosen.lines:
        raise Problem("There is no list to save: no pupils are in this class.")
    stale = [sheet for sheet in dict.fromkeys((chosen, *pages)) if sheet.state.needs_issue]
    if stale:
        raise Problem(f"{stale[0].name}: {stale[0].words.lower()}. Issue the list first, then save or print it.")
    return pages


def _issue(sheet: Sheet) -> str:
    assert sheet.newest is not None
    return f"issue {sheet.newest.number}, {day_words(sheet.newest.issued_on)}"


def _roster(sheet: Sheet) -> Roster:
    return Roster(
        title=sheet.name,
        aside=f"{TITLE} · I{_issue(sheet)[1:]}",
        columns=tuple(kind.words for kind in MediaKind),
        rows=tuple((line.name, line.may) for line in sheet.lines),
        notes=(*RULES, *_alike(sheet)),
        sign=tuple(reader.name for reader in sheet.readers),
    )


def _alike(sheet: Sheet) -> list[str]:
    return [
        f"Two children here are called {name}, with different answers. If in doubt, show neither."
        for name in sheet.alike
    ]


def _notes(sheet: Sheet) -> list[Callout]:
    alike = _alike(sheet)
    return [Callout("Names that two children share", tuple(alike), Tone.WARN)] if alike else []


def _table(sheet: Sheet) -> Table:
    return Table(
        name=sheet.name,
        title=f"{sheet.name}: who may be shown on ClassDojo, {_issue(sheet)}",
        columns=(Column("Name on ClassDojo"), *(Column(kind.words) for kind in MediaKind)),
        rows=tuple((line.name, *("May" if may else "May not" for may in line.may)) for line in sheet.lines),
    )

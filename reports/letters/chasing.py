"""The codes that nobody used, as a list for whoever telephones or writes: the oldest first (P3)."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from app.domain.problems import Problem
from app.domain.words import day_words
from app.services.codes import RecordChaseSaved
from app.services.office import Office
from app.store.reads.codes import LedgerLine
from reports.kit.merge import sheet_of
from reports.kit.whole import written_whole

COLUMNS = ("Pupil", "Class", "Adult", "E-mail or telephone", "Given on", "Days", "How sent", "Use by", "State")


def save_chase(office: Office, lines: Sequence[LedgerLine], path: Path) -> Path:
    """Save the list as a workbook and note that it left the program. Raises `Problem` where there is nothing in it."""
    if not lines:
        raise Problem("There is no code to chase, so nothing was saved.")
    data = chase_sheet(lines, office.clock())
    with written_whole(path) as place:
        place.write_bytes(data)
    office.perform(RecordChaseSaved(len(lines), hashlib.sha256(data).hexdigest()))
    return path


def chase_sheet(lines: Sequence[LedgerLine], now: datetime) -> bytes:
    """A row a code, without the code: the letter alone holds it."""
    rows = [
        (
            line.pupil,
            line.class_name or "",
            line.guardian,
            line.reach,
            day_words(line.issued_at.date()),
            str((now - line.issued_at).days),
            line.route,
            day_words(line.expires_on) if line.expires_on else "",
            line.state.words,
        )
        for line in sorted(lines, key=lambda line: line.issued_at)
    ]
    return sheet_of("Codes to chase", COLUMNS, rows)

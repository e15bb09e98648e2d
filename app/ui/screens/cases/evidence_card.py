"""Evidence as it was frozen: the words, the conversation around them, the files and their seals."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from app.domain.content import Kind
from app.domain.words import moment_words
from app.services.case_evidence import FILE, Evidence, FrozenFile
from app.ui.parts.arrange import wrapping
from app.ui.parts.buttons import secondary
from app.ui.parts.card import Card
from app.ui.parts.marked import MarkedText
from app.ui.parts.text import caption, quiet, strong


def evidence_card(kept: Evidence, zone: str, look: Callable[[], object]) -> Card:
    """One piece of evidence. `look` opens a file that was added by hand."""
    captured = f"Captured {moment_words(kept.captured_at, zone)} by {kept.captured_by}. SHA-256 {kept.sha256[:16]}…"
    files = [quiet(_file_words(file)) for file in kept.files]
    if kept.kind == FILE:
        button = (wrapping(secondary("Open the &file", look, icon="evidence")),) if kept.file_id is not None else ()
        return Card("Evidence", *files, *button, caption(captured))
    sent = f", sent {moment_words(kept.sent_at, zone)}" if kept.sent_at is not None else ""
    pieces: list[QWidget] = [_passage("The words as they were captured", kept.text), *files]
    if kept.thread:
        pieces += [strong("The conversation around it"), _passage("The conversation around it", _spoken(kept, zone))]
    return Card("Evidence", *pieces, caption(f"{Kind(kept.kind).words}{sent}. {captured}"))


def _passage(name: str, words: str) -> MarkedText:
    view = MarkedText(name)
    view.fit(2, 12)
    view.show_text(words)
    return view


def _spoken(kept: Evidence, zone: str) -> str:
    lines = []
    for one in kept.thread:
        when = f", {moment_words(one.sent_at, zone)}" if one.sent_at is not None else ""
        lines.append(f"{one.by}{when}\n{one.text}")
    return "\n\n".join(lines)


def _file_words(file: FrozenFile) -> str:
    kind = file.words[:1].upper() + file.words[1:]
    return f"{kind}, {max(file.size // 1024, 1):,} KB. SHA-256 {file.sha256[:16]}…"

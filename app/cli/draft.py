"""`draft`: check a post before it is posted."""

from __future__ import annotations

import sys
from pathlib import Path

from app.cli.context import Context
from app.domain.content import Kind, Media
from app.domain.naming import name_key
from app.domain.problems import Problem, Unreadable
from app.services.before_posting import CheckDraft, ChildrenToTick, ClassChild, DraftChecked
from app.services.office import Office
from app.services.school import School


def draft(context: Context) -> int:
    """Rulings, findings and a rewording; exit 1 where something stands against posting it as it is."""
    said = context.said
    text = _text(said.file)
    kind = Kind(said.kind)
    office = context.office()
    try:
        class_id = _class_named(office, said.class_name)
        children = office.ask(ChildrenToTick(None if kind is Kind.SCHOOL_STORY else class_id))
        ticked = tuple(_child_named(children, name) for name in said.children)
        media = tuple(Media(name) for name in said.media)
        done = office.perform(CheckDraft(text, kind, class_id, ticked, media))
    finally:
        office.close()
    context.answer(_document(done), _lines(done))
    return 0 if done.is_clear else 1


def _text(file: str) -> str:
    try:
        return sys.stdin.read() if file == "-" else Path(file).read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as fault:
        raise Unreadable("The draft is not UTF-8 text. Save it as UTF-8 and try again.") from fault
    except OSError as fault:
        raise Unreadable(f"{fault.filename} cannot be opened: {fault.strerror}.") from fault


def _class_named(office: Office, name: str | None) -> int | None:
    if name is None:
        return None
    classes = office.ask(School()).classes
    for id_, known, _ in classes:
        if name_key(known) == name_key(name):
            return id_
    listed = ", ".join(known for _, known, _ in classes) or "none yet: bring in the register first"
    raise Problem(f"No class is called “{name}”. The classes are {listed}.")


def _child_named(children: tuple[ClassChild, ...], name: str) -> int:
    found = [child for child in children if name_key(name) in {name_key(called) for called in child.called}]
    if len(found) == 1:
        return found[0].id
    if not found:
        raise Problem(f"No child here is called “{name}”. Check the name and the class.")
    raise Problem(f"“{name}” fits {len(found)} children. Give the surname too.")


def _document(done: DraftChecked) -> dict[str, object]:
    return {
        "clear": done.is_clear,
        "not_cleared": list(done.not_cleared),
        "children": [
            {
                "name": child.name,
                "class": child.class_name,
                "ticked": child.ticked,
                "named": child.named,
                "may_be_shown": {media.value: allowed for media, allowed in child.allowed},
                "stopped": child.stopped,
            }
            for child in done.children
        ],
        "findings": [
            {
                "check": finding.check.value,
                "clause": finding.clause,
                "children": list(finding.children),
                "topics": list(finding.topics),
                "span": list(finding.span) if finding.span else None,
                "why": finding.why,
                "advice": finding.advice,
            }
            for finding in done.findings
        ],
        "reworded": {
            "text": done.rewording.text,
            "changes": [
                {"span": [change.start, change.end], "old": change.old, "new": change.new}
                for change in done.rewording.changes
            ],
        },
    }


def _lines(done: DraftChecked) -> list[str]:
    lines = ["Nothing stands against posting this." if done.is_clear else "Do not post this as it is."]
    for child in done.children:
        words = "may NOT be shown" if child.stopped else "may be shown" if child.allowed else "named"
        lines.append(f"  {child.name}{f' ({child.class_name})' if child.class_name else ''}: {words}")
    lines += [f"  {finding.clause}  {finding.why} {finding.advice}".rstrip() for finding in done.findings]
    if done.rewording.changes:
        lines += ["With the names put right:", "", done.rewording.text]
    return lines
